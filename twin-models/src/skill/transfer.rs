//! What known skills give a new one: kriging over the graph of skills [kondor2002]. Far transfer is weak
//! [barnett2002, thorndike1901], so nothing is taken from further than two steps away.

use super::evidence::{NEWCOMER_POINTS, NEWCOMER_SD};
use super::skill_graph::SkillGraph;
use super::solve::Cholesky;
use super::track::points;
use crate::cells::cell;
use crate::health::answer::Answer;
use crate::stats::{Z80, interval80};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "skill_transfer";
/// Its version.
pub const VERSION: &str = "1";
/// Steps over which a skill helps another.
pub const MAX_STEPS: u32 = 2;

const LEVEL: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };
const HEAD_START: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Quantity };
const WEEKS: Answer = Answer::quantity(ID, VERSION, "wk");

/// A skill with its level.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownSkill {
    /// The skill.
    pub skill: String,
    /// Level, points 0..=100.
    pub level: f64,
    /// Its standard deviation, above 0.
    pub sd: f64,
}

/// How fast the person learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Velocity {
    /// Points a week.
    pub points_per_week: f64,
    /// Its standard error, at least 0.
    pub sd: f64,
}

/// What known skills give one that is new.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillTransfer {
    /// The new skill.
    pub skill: String,
    /// Level to begin with, 0..=100.
    pub level: Estimate,
    /// Points ahead of a newcomer; contributions are the known skills.
    pub head_start: Estimate,
    /// Weeks saved at the person's velocity; absent where that is not clearly above 0.
    pub weeks_saved: Estimate,
}

/// The head start that known skills give with a new one.
///
/// Levels count as points above a newcomer's 20 ± 20 (OWN). A skill more than two steps away in the graph gives
/// nothing; where none is nearer the head start is 0. Absent for a skill that is not in the graph, and where no
/// level is known.
///
/// ```
/// # use twin_models::skill::skill_graph::{SkillGraph, SkillNode};
/// # use twin_models::skill::transfer::{KnownSkill, skill_transfer};
/// let node = |name: &str| SkillNode {
///     name: name.into(),
///     description: String::new(),
///     roles: vec!["analyst".into()],
/// };
/// let graph = SkillGraph::new(&[node("sql"), node("r")], &[]);
/// let known = [KnownSkill { skill: "sql".into(), level: 80.0, sd: 1e-3 }];
/// let start = skill_transfer(&graph, "r", &known, None);
/// assert!((start.head_start.value.unwrap() - 60.0 * (0.15_f64).tanh()).abs() < 1e-4);
/// ```
#[must_use]
pub fn skill_transfer(
    graph: &SkillGraph,
    skill: &str,
    known: &[KnownSkill],
    velocity: Option<Velocity>,
) -> SkillTransfer {
    let absent = |gap: &str| SkillTransfer {
        skill: skill.into(),
        level: LEVEL.too_little(gap),
        head_start: HEAD_START.too_little(gap),
        weeks_saved: WEEKS.too_little(gap),
    };
    let Some(target) = graph.number(skill) else { return absent("the skill is not in the graph of skills") };
    let sound = |k: &&KnownSkill| (0.0..=100.0).contains(&k.level) && k.sd > 0.0 && k.sd.is_finite();
    let usable: Vec<&KnownSkill> =
        known.iter().filter(|k| k.skill != skill && graph.number(&k.skill).is_some()).filter(sound).collect();
    if usable.is_empty() {
        return absent("no level of another skill in the graph is known");
    }
    let around = graph.around(target);
    let numbers: Vec<usize> = around.iter().map(|(i, _)| *i).collect();
    let kernel = graph.kernel(&numbers);
    // place in the kernel of each known skill that is near enough
    let near: Vec<(usize, &KnownSkill)> = usable
        .iter()
        .filter_map(|k| {
            let number = graph.number(&k.skill)?;
            let place = around.iter().position(|(i, steps)| *i == number && *steps <= MAX_STEPS)?;
            Some((place, *k))
        })
        .collect();
    let Some((parts, sd)) = kriged(&kernel, &near) else {
        return absent("the known skills contradict each other");
    };
    let value: f64 = parts.iter().map(|c| c.amount).sum();
    let mut gaps = Vec::new();
    if near.is_empty() {
        gaps.push("no known skill within two steps".to_owned());
    }
    if usable.len() < known.len() {
        gaps.push(format!("{} known skills could not be used", known.len() - usable.len()));
    }
    let share = (sd / NEWCOMER_SD).powi(2).clamp(0.0, 1.0);
    let filled = |estimate: Estimate, contributions| Estimate {
        status: if near.is_empty() { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: near.len() as f64,
        prior_share: share,
        coverage: usable.len() as f64 / known.len().max(1) as f64,
        contributions,
        gaps: gaps.clone(),
        ..estimate
    };
    let within = |x: f64| x.clamp(0.0, 100.0);
    let start = within(NEWCOMER_POINTS + value);
    let ends = (within(NEWCOMER_POINTS + value - Z80 * sd), within(NEWCOMER_POINTS + value + Z80 * sd));
    let confidence = 1.0 - share.sqrt();
    SkillTransfer {
        skill: skill.into(),
        level: filled(
            LEVEL.between(start, ends, confidence),
            vec![points("newcomer", NEWCOMER_POINTS), points("head start", start - NEWCOMER_POINTS)],
        ),
        head_start: filled(HEAD_START.between(value, interval80(value, sd), confidence), parts),
        weeks_saved: saved(value, sd, velocity, filled),
    }
}

/// What each near skill gives, and the spread that is left.
fn kriged(kernel: &[Vec<f64>], near: &[(usize, &KnownSkill)]) -> Option<(Vec<Contribution>, f64)> {
    let scale = NEWCOMER_SD * NEWCOMER_SD;
    let to: Vec<f64> = near.iter().map(|(i, _)| scale * cell(kernel, 0, *i)).collect();
    let matrix: Vec<Vec<f64>> = near
        .iter()
        .map(|(i, known)| {
            let noise = |j: &usize| if i == j { known.sd * known.sd } else { 0.0 };
            near.iter().map(|(j, _)| scale * cell(kernel, *i, *j) + noise(j)).collect()
        })
        .collect();
    let weights = Cholesky::of(&matrix)?.solve(&to);
    let left = scale - weights.iter().zip(&to).map(|(w, k)| w * k).sum::<f64>();
    let part = |((_, known), weight): (&(usize, &KnownSkill), &f64)| Contribution {
        feature: known.skill.clone(),
        amount: weight * (known.level - NEWCOMER_POINTS),
        baseline: Some(NEWCOMER_POINTS),
        now: Some(known.level),
        unit: "{score}".into(),
    };
    Some((near.iter().zip(&weights).map(part).collect(), left.max(0.0).sqrt()))
}

/// Weeks that the head start is worth.
fn saved(
    head_start: f64,
    sd: f64,
    velocity: Option<Velocity>,
    filled: impl Fn(Estimate, Vec<Contribution>) -> Estimate,
) -> Estimate {
    let sound = |v: &Velocity| v.points_per_week.is_finite() && v.sd.is_finite() && v.sd >= 0.0;
    let Some(velocity) = velocity.filter(sound) else {
        return WEEKS.too_little("the person's velocity is unknown");
    };
    let speed = velocity.points_per_week;
    if speed <= velocity.sd || speed <= 0.0 {
        return WEEKS.absent(EstimateStatus::Abstained, "the person's velocity is not clearly above 0");
    }
    let value = head_start / speed;
    let spread = ((sd / speed).powi(2) + (value * velocity.sd / speed).powi(2)).sqrt();
    let part = Contribution {
        feature: "head start over velocity".into(),
        amount: value,
        baseline: Some(0.0),
        now: Some(head_start),
        unit: "{score}".into(),
    };
    filled(WEEKS.between(value, interval80(value, spread), 1.0 - sd / NEWCOMER_SD), vec![part])
}

/// Skills within two steps of the known ones that the person has no level of, the greatest head start first; those
/// without a head start are left out.
#[must_use]
pub fn transfer_opportunities(
    graph: &SkillGraph,
    known: &[KnownSkill],
    velocity: Option<Velocity>,
) -> Vec<SkillTransfer> {
    let seen: Vec<usize> = known.iter().filter_map(|k| graph.number(&k.skill)).collect();
    let mut all: Vec<SkillTransfer> = graph
        .near(&seen, MAX_STEPS)
        .into_iter()
        .map(|name| skill_transfer(graph, name, known, velocity))
        .filter(|t| t.head_start.value.is_some_and(|v| v > 0.0))
        .collect();
    let of = |t: &SkillTransfer| t.head_start.value.unwrap_or(0.0);
    all.order_by(|a, b| of(b).total_cmp(&of(a)));
    all
}

#[cfg(test)]
mod tests {
    use super::super::skill_graph::{ObservedTransfer, SkillNode};
    use super::*;

    fn node(name: &str, roles: &[&str]) -> SkillNode {
        SkillNode {
            name: name.into(),
            description: String::new(),
            roles: roles.iter().map(|r| (*r).into()).collect(),
        }
    }

    fn known(skill: &str, level: f64) -> KnownSkill {
        KnownSkill { skill: skill.into(), level, sd: 5.0 }
    }

    /// a – b – c – d, each sharing one of two roles with the next: similarity 0.1 by roles, so transfers tie them.
    fn chain() -> SkillGraph {
        let nodes =
            [node("aaa", &["1"]), node("bbb", &["1", "2"]), node("ccc", &["2", "3"]), node("ddd", &["3"])];
        let tie = |a: &str, b: &str| ObservedTransfer { from_skill: a.into(), skill: b.into(), gain: 1.0 };
        let seen = [tie("aaa", "bbb"), tie("bbb", "ccc"), tie("ccc", "ddd")];
        let all: Vec<ObservedTransfer> = std::iter::repeat_n(seen, 180).flatten().collect();
        SkillGraph::new(&nodes, &all)
    }

    #[test]
    fn nearer_skills_help_more_and_far_ones_not_at_all() {
        let graph = chain();
        let from = |skill: &str| skill_transfer(&graph, "aaa", &[known(skill, 90.0)], None).head_start;
        let (near, next, far) = (from("bbb"), from("ccc"), from("ddd"));
        assert!(near.value > next.value && next.value.unwrap() > 0.1, "{near:?} {next:?}");
        assert_eq!((far.value, far.status), (Some(0.0), EstimateStatus::Provisional));
        assert!(near.high.unwrap() - near.low.unwrap() < far.high.unwrap() - far.low.unwrap());
    }

    #[test]
    fn a_seen_transfer_raises_the_head_start_and_parts_add_up() {
        let nodes = [node("aaa", &["x"]), node("bbb", &["x"]), node("ccc", &["x"])];
        let seen = ObservedTransfer { from_skill: "bbb".into(), skill: "aaa".into(), gain: 0.8 };
        let all = [known("bbb", 80.0), known("ccc", 60.0)];
        let velocity = Some(Velocity { points_per_week: 1.0, sd: 0.2 });
        let of =
            |seen: &[ObservedTransfer]| skill_transfer(&SkillGraph::new(&nodes, seen), "aaa", &all, velocity);
        let (before, after) = (of(&[]), of(&[seen]));
        assert!(after.head_start.value > before.head_start.value);
        assert!(after.weeks_saved.value > before.weeks_saved.value);
        let parts: f64 = after.head_start.contributions.iter().map(|c| c.amount).sum();
        assert!((after.head_start.value.unwrap() - parts).abs() < 1e-12);
        assert!((after.level.value.unwrap() - 20.0 - parts).abs() < 1e-9);
    }

    #[test]
    fn opportunities_come_by_head_start() {
        let all = transfer_opportunities(&chain(), &[known("bbb", 90.0)], None);
        let names: Vec<&str> = all.iter().map(|t| t.skill.as_str()).collect();
        assert_eq!(names, ["aaa", "ccc", "ddd"]);
        assert!(transfer_opportunities(&chain(), &[known("bbb", 20.0), known("zzz", 90.0)], None).is_empty());
    }

    #[test]
    fn bad_input_has_no_answer() {
        let graph = chain();
        assert_eq!(skill_transfer(&graph, "zzz", &[known("bbb", 9.0)], None).level.value, None);
        assert_eq!(skill_transfer(&graph, "aaa", &[], None).level.status, EstimateStatus::InsufficientData);
        for bad in [f64::NAN, -1.0, 1e4] {
            assert_eq!(skill_transfer(&graph, "aaa", &[known("bbb", bad)], None).level.value, None);
        }
        let own = skill_transfer(&graph, "aaa", &[known("aaa", 50.0)], None);
        assert_eq!(own.head_start.value, None);
        for (speed, status) in
            [(f64::NAN, EstimateStatus::InsufficientData), (0.1, EstimateStatus::Abstained)]
        {
            let velocity = Some(Velocity { points_per_week: speed, sd: 0.5 });
            let found = skill_transfer(&graph, "aaa", &[known("bbb", 90.0)], velocity);
            assert_eq!((found.weeks_saved.value, found.weeks_saved.status), (None, status));
        }
        let twice = [known("bbb", 90.0), known("bbb", 10.0)];
        assert!(skill_transfer(&graph, "aaa", &twice, None).head_start.value.unwrap().is_finite());
    }
}
