//! How well a person has a skill, and how much of it is at hand today.
//!
//! All evidence goes into one Kalman filter of level and slope [durbin2012]; forgetting is that of FSRS [ye2022]
//! and touches what is at hand, not what was once reached.

use super::evidence::SkillEvidence;
use super::memory::recalled;
use super::track::{Track, points};
use crate::health::answer::Answer;
use crate::stats::Z80;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "skill_level";
/// Its version.
pub const VERSION: &str = "1";
/// Outcomes from which the answer is the person's own.
pub const MIN_OUTCOMES: usize = 10;
/// Days after the newest outcome from which an answer is stale. OWN.
pub const STALE_DAYS: f64 = 365.0;
/// Levels at which the next step begins.
const STEPS: [f64; 4] = [20.0, 40.0, 60.0, 80.0];
const ANSWER: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };

/// A skill today.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillLevel {
    /// The skill.
    pub skill: String,
    /// Proficiency, 0..=100; contributions are the evidence that moved it most from 50.
    pub level: Estimate,
    /// Standard deviation of the level.
    pub sd: Option<f64>,
    /// The part of it that would be recalled today, 0..=100. Absent where the skill was only rated, not exercised.
    pub available: Estimate,
    /// Probability of recall today, 0..=1.
    pub recall: Option<f64>,
    /// 1 novice to 5 expert: steps at 20, 40, 60 and 80.
    pub step: Option<u32>,
}

/// Level of a skill today and how much of it is at hand. Evidence of other skills is passed over; what cannot be
/// used is counted among the gaps. Absent where nothing but hours of practice is known.
///
/// ```
/// # use twin_models::skill::{evidence::{EvidenceKind, SkillEvidence}, level::skill_level};
/// let test = SkillEvidence {
///     skill: "welding".into(),
///     age_days: 0.0,
///     kind: EvidenceKind::Assessment { score: 76.0, sd: None },
/// };
/// let known = skill_level("welding", &[test]);
/// assert!((known.level.value.unwrap() - 75.0).abs() < 1e-9);
/// assert_eq!((known.step, known.recall), (Some(4), Some(1.0)));
/// assert_eq!(skill_level("sewing", &[]).level.value, None);
/// ```
#[must_use]
pub fn skill_level(skill: &str, evidence: &[SkillEvidence]) -> SkillLevel {
    let Some(track) = Track::of(skill, evidence, 0.0) else {
        let absent = ANSWER.too_little("nothing shows the level of the skill");
        return SkillLevel {
            skill: skill.into(),
            level: absent.clone(),
            sd: None,
            available: absent,
            recall: None,
            step: None,
        };
    };
    let sd = track.trend.level_variance.sqrt();
    let value = track.trend.level.clamp(0.0, 100.0);
    let within = |x: f64| x.clamp(0.0, 100.0);
    let (low, high) = (within(track.trend.level - Z80 * sd), within(track.trend.level + Z80 * sd));
    let status = if track.newest_days > STALE_DAYS {
        EstimateStatus::Stale
    } else if track.outcomes < MIN_OUTCOMES || track.prior_share() >= 1.0 {
        EstimateStatus::Provisional
    } else {
        EstimateStatus::Ok
    };
    let level = Estimate {
        status,
        n_effective: track.n_effective,
        prior_share: track.prior_share(),
        coverage: track.used as f64 / track.all.max(1) as f64,
        contributions: track.reasons(value),
        gaps: track.gaps(MIN_OUTCOMES),
        ..ANSWER.between(value, (low, high), 1.0 - track.prior_share().sqrt())
    };
    let recall = recalled(skill, evidence);
    let available = recall.map_or_else(
        || ANSWER.too_little("the skill was rated, but not seen exercised"),
        |recall| Estimate {
            value: Some(value * recall),
            low: Some(low * recall),
            high: Some(high * recall),
            contributions: vec![
                points("level", value),
                points("not exercised since", value * (recall - 1.0)),
            ],
            ..level.clone()
        },
    );
    let step = level.value.map(|v| 1 + STEPS.iter().filter(|s| v >= **s).count() as u32);
    SkillLevel { skill: skill.into(), sd: level.value.map(|_| sd), level, available, recall, step }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::EvidenceKind::{self, Assessment, Practised, Response, SelfRating, Taught};
    use super::*;
    use crate::skill::elo::p_success;
    use crate::skill::evidence::POINTS_PER_LOGIT;
    use crate::stats::Draws;

    fn piece(age_days: f64, kind: EvidenceKind) -> SkillEvidence {
        SkillEvidence { skill: "sql".into(), age_days, kind }
    }

    #[test]
    fn parts_add_up_and_the_best_outcome_is_named() {
        let mut all: Vec<SkillEvidence> =
            (0..20).map(|i| piece(60.0 - f64::from(i), Response { correct: i % 3 > 0 })).collect();
        all.push(piece(5.0, Assessment { score: 90.0, sd: None }));
        all.push(piece(4.0, Practised { hours: 10.0 }));
        let known = skill_level("sql", &all);
        let parts: f64 = known.level.contributions.iter().map(|c| c.amount).sum();
        assert!((known.level.value.unwrap() - 50.0 - parts).abs() < 1e-9);
        assert_eq!(known.level.contributions[0].feature, "assessment, 5 days ago");
        assert!(known.level.low < known.level.value && known.level.value < known.level.high);
        let parts: f64 = known.available.contributions.iter().map(|c| c.amount).sum();
        assert!((known.available.value.unwrap() - parts).abs() < 1e-9);
        assert_eq!(known.level.status, EstimateStatus::Ok);
    }

    #[test]
    fn what_was_shown_at_once_and_long_ago_says_little_by_now() {
        let all: Vec<SkillEvidence> = (0..12).map(|_| piece(364.0, Response { correct: true })).collect();
        let known = skill_level("sql", &all).level;
        assert!(known.confidence == 0.0 && known.status == EstimateStatus::Provisional, "{known:?}");
    }

    #[test]
    fn four_of_five_true_levels_fall_into_the_interval() {
        let mut draws = Draws::new(5);
        let (people, mut inside) = (2000, 0);
        for _ in 0..people {
            let truth = 50.0 + 25.0 * draws.normal();
            let p = p_success(truth / POINTS_PER_LOGIT, 3.0);
            let all: Vec<SkillEvidence> =
                (0..20).map(|i| piece(20.0 - f64::from(i), Response { correct: draws.unit() < p })).collect();
            let known = skill_level("sql", &all).level;
            let truth = truth.clamp(0.0, 100.0);
            inside += usize::from((known.low.unwrap()..=known.high.unwrap()).contains(&truth));
        }
        let share = inside as f64 / f64::from(people);
        println!("levels {share}");
        assert!((0.77..0.84).contains(&share), "{share}");
    }

    #[test]
    fn what_rests_is_forgotten_but_not_lost() {
        let at = |age| {
            let all: Vec<SkillEvidence> =
                (0..5).map(|i| piece(age + 7.0 * f64::from(5 - i), Taught { hours: 1.0 })).collect();
            skill_level("sql", &all)
        };
        let (fresh, old) = (at(0.0), at(200.0));
        assert!(old.recall < fresh.recall && old.available.value < fresh.available.value);
        assert!(old.level.value.unwrap() > 50.0 && old.sd > fresh.sd);
        assert_eq!(at(400.0).level.status, EstimateStatus::Stale);
    }

    #[test]
    fn bad_input_has_no_answer() {
        let blank = skill_level("sql", &[]);
        assert_eq!((blank.level.status, blank.step), (EstimateStatus::InsufficientData, None));
        let hours = skill_level("sql", &[piece(1.0, Practised { hours: 5.0 })]);
        assert_eq!(hours.level.value, None);
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let one = skill_level("sql", &[piece(bad, Response { correct: true })]);
            assert_eq!(one.level.value, None);
            let two = [piece(3.0, SelfRating { score: 40.0 }), piece(1.0, SelfRating { score: bad })];
            let known = skill_level("sql", &two);
            assert_eq!((known.level.coverage, known.available.value), (0.5, None));
        }
        let constant = vec![piece(0.0, Assessment { score: 100.0, sd: Some(1e-9) }); 300];
        let known = skill_level("sql", &constant).level;
        assert!(known.value.unwrap() <= 100.0 && known.low <= known.value && known.value <= known.high);
    }
}
