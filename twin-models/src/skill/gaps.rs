//! What a role asks of a person and they do not have yet, and how ready they are.

use super::evidence::{NEWCOMER_POINTS, NEWCOMER_SD, PRACTICE_PER_H};
use crate::health::answer::Answer;
use crate::special::{normal_cdf, normal_pdf};
use crate::stats::Z80;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "skill_gaps";
/// Its version.
pub const VERSION: &str = "1";
/// Level that practice is counted up to where 100 is asked: nobody gets there. OWN.
const TOP: f64 = 99.0;

const GAP: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Quantity };
const READY: Answer = Answer { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Probability };
const COVERED: Answer = Answer { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// A skill that a role asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The skill.
    pub skill: String,
    /// Level asked for, points, above 0, at most 100.
    pub level: f64,
    /// How much it matters, above 0, at most a million.
    pub importance: f64,
    /// Whether it is a must; others should be.
    pub must: bool,
}

/// A skill that a person has.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The skill.
    pub skill: String,
    /// Level, points 0..=100.
    pub level: f64,
    /// Its standard deviation, at least 0.
    pub sd: f64,
    /// Probability of recall today, 0..=1; 1 where unknown.
    pub recall: Option<f64>,
    /// Points that an hour of learning brought this person, above 0; that of the population where unknown.
    pub points_per_hour: Option<f64>,
}

/// What is missing of one skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillGap {
    /// The skill.
    pub skill: String,
    /// Level asked for.
    pub required: f64,
    /// How much it matters.
    pub importance: f64,
    /// Whether it is a must.
    pub must: bool,
    /// Expected points that are missing.
    pub gap: Estimate,
    /// Probability that the level is there today.
    pub p_met: f64,
    /// Hours to close the gap; 0 where there is none.
    pub hours: f64,
    /// Importance times gap over hours: what an hour is worth here. 0 where there is no gap.
    pub priority: f64,
}

/// Gaps of a person against a role.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillGaps {
    /// One a requirement, the worthiest hour first.
    pub gaps: Vec<SkillGap>,
    /// Probability that all musts are met today, the skills taken apart from each other; low and high are what it
    /// could be if they depend on each other. Contributions are what each must takes away from 1.
    pub readiness: Estimate,
    /// Share of what is asked for that is there, by importance, 0..=1; contributions from 1.
    pub coverage: Estimate,
}

/// What a role asks for and the person lacks, readiness and coverage.
///
/// A skill that the person is not known to have counts as a newcomer's (20 ± 20 points, OWN) and is named among the
/// gaps. Requirements with impossible numbers are left out and counted; without any left all is absent.
///
/// ```
/// # use twin_models::skill::gaps::{Held, Requirement, skill_gaps};
/// let role = [Requirement { skill: "sql".into(), level: 60.0, importance: 1.0, must: true }];
/// let held = [Held { skill: "sql".into(), level: 60.0, sd: 10.0, recall: None, points_per_hour: Some(0.5) }];
/// let found = skill_gaps(&role, &held);
/// assert!((found.readiness.value.unwrap() - 0.5).abs() < 1e-12);
/// assert!((found.gaps[0].gap.value.unwrap() - 3.989).abs() < 1e-3);
/// assert!((found.gaps[0].hours - 7.979).abs() < 1e-3);
/// ```
#[must_use]
pub fn skill_gaps(role: &[Requirement], held: &[Held]) -> SkillGaps {
    let believed =
        |r: &&Requirement| r.level > 0.0 && r.level <= 100.0 && r.importance > 0.0 && r.importance <= 1e6;
    let asked: Vec<&Requirement> = role.iter().filter(believed).collect();
    let mut unknown = Vec::new();
    let mut all: Vec<(SkillGap, f64)> = Vec::new();
    for requirement in &asked {
        let own = held.iter().find(|h| h.skill == requirement.skill && sound(h));
        if own.is_none() {
            unknown.push(format!("nothing is known of {}: counted as a newcomer's", requirement.skill));
        }
        all.push(gap(requirement, own));
    }
    if role.len() > asked.len() {
        unknown.push(format!("{} requirements could not be used", role.len() - asked.len()));
    }
    let total: f64 = asked.iter().map(|r| r.importance).sum();
    let known = asked.iter().filter(|r| held.iter().any(|h| h.skill == r.skill && sound(h))).count();
    let filled = |estimate: Estimate, contributions| Estimate {
        status: if known == asked.len() { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: known as f64,
        prior_share: 1.0 - known as f64 / asked.len().max(1) as f64,
        coverage: known as f64 / role.len().max(1) as f64,
        contributions,
        gaps: unknown.clone(),
        ..estimate
    };
    let (readiness, coverage) = if asked.is_empty() {
        let gap = "the role asks for nothing that could be used";
        (READY.too_little(gap), COVERED.too_little(gap))
    } else {
        let (value, ends, parts) = readiness(&all);
        let readiness = READY.between(value, ends, 1.0 - (ends.1 - ends.0));
        (filled(readiness, parts), covered(&all, total, filled))
    };
    let mut gaps: Vec<SkillGap> = all.into_iter().map(|(gap, _)| gap).collect();
    gaps.order_by(|a, b| b.priority.total_cmp(&a.priority).then_with(|| a.skill.cmp(&b.skill)));
    SkillGaps { gaps, readiness, coverage }
}

fn sound(held: &Held) -> bool {
    (0.0..=100.0).contains(&held.level)
        && held.sd >= 0.0
        && held.sd.is_finite()
        && held.recall.is_none_or(|r| (0.0..=1.0).contains(&r))
        && held.points_per_hour.is_none_or(|p| p > 0.0 && p.is_finite())
}

/// The gap of a requirement, and the variance of what is missing.
fn gap(requirement: &Requirement, own: Option<&Held>) -> (SkillGap, f64) {
    let recall = own.and_then(|h| h.recall).unwrap_or(1.0);
    let (level, sd) = own.map_or((NEWCOMER_POINTS, NEWCOMER_SD), |h| (h.level, h.sd));
    let (mean, sd, required) = (level * recall, sd * recall, requirement.level);
    let value = expected_gap(required, mean, sd);
    let short = |x: f64| (required - x).clamp(0.0, required);
    let (low, high) = (short(mean + Z80 * sd), short(mean - Z80 * sd));
    // what is left of a certain gap in practice: the nearer to 100 the slower
    let hours = match own.and_then(|h| h.points_per_hour) {
        Some(rate) => value / rate,
        None => {
            let to = required.min(TOP);
            (((100.0 - to + value.min(to)) / (100.0 - to)).ln() / PRACTICE_PER_H).max(0.0)
        }
    };
    let priority = if hours > 0.0 { requirement.importance * value / hours } else { 0.0 };
    let part = |feature: &str, amount| Contribution {
        feature: feature.into(),
        amount,
        baseline: None,
        now: None,
        unit: "{score}".into(),
    };
    let certain = (required - level).max(0.0);
    let today = (required - mean).max(0.0);
    let known = own.is_some();
    let estimate = Estimate {
        status: if known { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: f64::from(u8::from(known)),
        prior_share: f64::from(u8::from(!known)),
        coverage: f64::from(u8::from(known)),
        contributions: vec![
            part("level below what is asked", certain),
            part("not exercised lately", today - certain),
            part("doubt about the level", value - today),
        ],
        gaps: if known { Vec::new() } else { vec!["nothing is known of the skill".into()] },
        ..GAP.between(value, (low, high.max(value)), 1.0 - (high - low) / 100.0)
    };
    let p_met =
        if sd > 0.0 { normal_cdf((mean - required) / sd) } else { f64::from(u8::from(mean >= required)) };
    let found = SkillGap {
        skill: requirement.skill.clone(),
        required,
        importance: requirement.importance,
        must: requirement.must,
        gap: estimate,
        p_met,
        hours,
        priority,
    };
    (found, gap_variance(required, mean, sd, value))
}

/// `E[max(0, required − level)]` of a normal level, points.
///
/// ```
/// # use twin_models::skill::gaps::expected_gap;
/// assert!((expected_gap(60.0, 60.0, 10.0) - 3.989422804014327).abs() < 1e-12);
/// assert_eq!(expected_gap(60.0, 45.0, 0.0), 15.0);
/// ```
#[must_use]
pub fn expected_gap(required: f64, mean: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        let z = (required - mean) / sd;
        (sd * (z * normal_cdf(z) + normal_pdf(z))).max(0.0)
    } else {
        (required - mean).max(0.0)
    }
}

/// Variance of `max(0, required − level)`.
fn gap_variance(required: f64, mean: f64, sd: f64, expected: f64) -> f64 {
    if sd <= 0.0 {
        return 0.0;
    }
    let z = (required - mean) / sd;
    let square = sd * sd * ((z * z + 1.0) * normal_cdf(z) + z * normal_pdf(z));
    (square - expected * expected).max(0.0)
}

/// Probability that all musts are met if they are apart from each other; the least and most it can be if they are not
/// (Fréchet's bounds); and what each takes away, the least likely first.
fn readiness(all: &[(SkillGap, f64)]) -> (f64, (f64, f64), Vec<Contribution>) {
    let mut musts: Vec<&SkillGap> = all.iter().map(|(gap, _)| gap).filter(|g| g.must).collect();
    musts.order_by(|a, b| a.p_met.total_cmp(&b.p_met));
    let mut p = 1.0;
    let parts = musts.iter().map(|must| {
        let before = p;
        p *= must.p_met;
        Contribution {
            feature: must.skill.clone(),
            amount: p - before,
            baseline: Some(1.0),
            now: Some(must.p_met),
            unit: "1".into(),
        }
    });
    let parts = parts.collect();
    let least = 1.0 - musts.iter().map(|m| 1.0 - m.p_met).sum::<f64>();
    let most = musts.first().map_or(1.0, |m| m.p_met);
    (p, (least.max(0.0).min(p), most.max(p)), parts)
}

/// Share of what is asked for that is there.
fn covered(
    all: &[(SkillGap, f64)],
    total: f64,
    filled: impl Fn(Estimate, Vec<Contribution>) -> Estimate,
) -> Estimate {
    let mut variance = 0.0;
    let mut parts: Vec<Contribution> = Vec::new();
    for (gap, spread) in all {
        let share = gap.importance / (total * gap.required);
        variance += share * share * spread;
        parts.push(Contribution {
            feature: gap.skill.clone(),
            amount: -share * gap.gap.value.unwrap_or(0.0),
            baseline: Some(gap.required),
            now: gap.gap.value.map(|missing| gap.required - missing),
            unit: "{score}".into(),
        });
    }
    let value = (1.0 + parts.iter().map(|p| p.amount).sum::<f64>()).clamp(0.0, 1.0);
    let reach = Z80 * variance.sqrt();
    let (low, high) = ((value - reach).max(0.0), (value + reach).min(1.0));
    filled(COVERED.between(value, (low, high), 1.0 - (high - low)), parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    fn asked(skill: &str, level: f64, importance: f64, must: bool) -> Requirement {
        Requirement { skill: skill.into(), level, importance, must }
    }

    fn held(skill: &str, level: f64, sd: f64, recall: f64) -> Held {
        Held { skill: skill.into(), level, sd, recall: Some(recall), points_per_hour: None }
    }

    #[test]
    fn closed_forms_are_within_one_percent_of_drawn_people() {
        let role = [asked("a", 60.0, 2.0, true), asked("b", 40.0, 1.0, true), asked("c", 70.0, 1.5, false)];
        let own = [held("a", 65.0, 8.0, 0.95), held("b", 45.0, 10.0, 1.0), held("c", 50.0, 12.0, 0.9)];
        let found = skill_gaps(&role, &own);
        let (mut draws, n) = (Draws::new(2), 400_000);
        let (mut gaps, mut ready, mut coverage) = ([0.0; 3], 0.0, 0.0);
        for _ in 0..n {
            let mut all = true;
            for ((gap, r), h) in gaps.iter_mut().zip(&role).zip(&own) {
                let level = h.recall.unwrap() * (h.level + h.sd * draws.normal());
                let missing = (r.level - level).max(0.0);
                *gap += missing;
                all &= !r.must || missing == 0.0;
                coverage += r.importance / 4.5 * (1.0 - missing / r.level);
            }
            ready += f64::from(u8::from(all));
        }
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 0.01;
        let n = f64::from(n);
        for (r, drawn) in role.iter().zip(gaps) {
            let closed = found.gaps.iter().find(|g| g.skill == r.skill).unwrap().gap.value.unwrap();
            assert!(near(closed, drawn / n), "{closed} {}", drawn / n);
        }
        assert!(near(found.readiness.value.unwrap(), ready / n));
        assert!(near(found.coverage.value.unwrap(), coverage / n));
        for estimate in [&found.readiness, &found.coverage] {
            let parts: f64 = estimate.contributions.iter().map(|c| c.amount).sum();
            assert!((estimate.value.unwrap() - 1.0 - parts).abs() < 1e-12);
        }
        for gap in &found.gaps {
            let parts: f64 = gap.gap.contributions.iter().map(|c| c.amount).sum();
            assert!((gap.gap.value.unwrap() - parts).abs() < 1e-12);
            assert!(gap.gap.low <= gap.gap.value && gap.gap.value <= gap.gap.high);
        }
    }

    #[test]
    fn the_worthiest_hour_comes_first() {
        let role =
            [asked("dear", 60.0, 1.0, true), asked("cheap", 60.0, 1.0, false), asked("has", 20.0, 9.0, true)];
        let own = [
            Held { points_per_hour: Some(0.1), ..held("dear", 40.0, 1.0, 1.0) },
            Held { points_per_hour: Some(2.0), ..held("cheap", 50.0, 1.0, 1.0) },
            held("has", 90.0, 0.0, 1.0),
        ];
        let names: Vec<String> = skill_gaps(&role, &own).gaps.into_iter().map(|g| g.skill).collect();
        assert_eq!(names, ["cheap", "dear", "has"]);
    }

    #[test]
    fn bad_or_missing_input_says_so() {
        let nothing = skill_gaps(&[], &[]);
        assert_eq!((nothing.readiness.value, nothing.coverage.value, nothing.gaps.len()), (None, None, 0));
        for bad in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            assert_eq!(skill_gaps(&[asked("a", bad, 1.0, true)], &[]).readiness.value, None);
            assert_eq!(skill_gaps(&[asked("a", 50.0, bad, true)], &[]).coverage.value, None);
        }
        for bad in [f64::NAN, -1.0] {
            let found = skill_gaps(&[asked("a", 50.0, 1.0, true)], &[held("a", bad, 1.0, 1.0)]);
            assert_eq!(
                (found.readiness.status, found.readiness.prior_share),
                (EstimateStatus::Provisional, 1.0)
            );
            assert!(found.readiness.gaps[0].contains("nothing is known of a"));
        }
        let top = skill_gaps(&[asked("a", 100.0, 1.0, true)], &[held("a", 0.0, 0.0, 0.0)]);
        assert!(top.gaps[0].hours.is_finite() && top.gaps[0].gap.value == Some(100.0));
    }
}
