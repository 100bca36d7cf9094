//! What speaks of a skill, and how much: every kind of evidence as points of proficiency with its noise.
//!
//! Points are 0..=100, 50 being usual among people who have the skill and 25 their spread. Noise and gains here
//! are OWN, to be replaced where a host knows its own tests and reviews better.

use super::elo::p_success;
use super::fsrs::Grade;
use twin_core::sort::OrderBy;

/// Points of one log odds of success. OWN: a spread of 25 points is 1.5 log odds.
pub const POINTS_PER_LOGIT: f64 = 100.0 / 6.0;
/// Noise of an assessment that does not say its own, points. OWN.
pub const ASSESSMENT_SD: f64 = 5.0;
/// Noise of a person's rating of themselves, points. OWN.
pub const SELF_RATING_SD: f64 = 12.0;
/// Noise of a review of weight 1, points. OWN.
pub const REVIEW_SD: f64 = 10.0;
/// Heaviest review that is believed. OWN.
const MAX_WEIGHT: f64 = 10.0;
/// Points that somebody who teaches a skill has at least, as a rule. OWN.
pub const TEACHER_POINTS: f64 = 70.0;
/// Noise of that rule. OWN.
const TEACHER_SD: f64 = 20.0;
/// Share of what is missing to 100 points that an hour of practice closes; its spread is as wide. OWN.
pub const PRACTICE_PER_H: f64 = 0.005;
/// The same for an hour with a mentor. OWN.
pub const MENTORED_PER_H: f64 = 0.01;
/// Level of somebody who has not met a skill yet, points, … OWN.
pub const NEWCOMER_POINTS: f64 = 20.0;
/// … and its spread. OWN.
pub const NEWCOMER_SD: f64 = 20.0;
/// Oldest evidence that is believed, days: a hundred years. OWN.
const MAX_AGE_DAYS: f64 = 36_525.0;
/// Longest stretch of learning in one piece that is believed, h. OWN.
pub const MAX_HOURS: f64 = 100.0;

/// One thing that speaks of a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillEvidence {
    /// The skill.
    pub skill: String,
    /// Days since then, at least 0.
    pub age_days: f64,
    /// What it was.
    pub kind: EvidenceKind,
}

/// Kinds of evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EvidenceKind {
    /// A test or an examiner's score.
    Assessment {
        /// 0..=100.
        score: f64,
        /// Its standard error in points, if known.
        sd: Option<f64>,
    },
    /// The person's own rating.
    SelfRating {
        /// 0..=100.
        score: f64,
    },
    /// An answer to a question.
    Response {
        /// Whether it was right.
        correct: bool,
    },
    /// A finished task that needed the skill.
    TaskOutcome {
        /// 0 failed to 1 done well; see [`work_outcome`].
        credit: f64,
        /// 0 easy to 1 hard; a middling one where unknown.
        difficulty: Option<f64>,
    },
    /// Review or feedback by others.
    Review {
        /// 0..=1.
        rating: f64,
        /// How much it counts, 1 being one colleague's careful review; above 0, at most 10.
        weight: f64,
    },
    /// Learning or practising alone.
    Practised {
        /// Hours, above 0, at most 100.
        hours: f64,
    },
    /// Learning with a mentor, or knowledge handed over by a colleague.
    Mentored {
        /// Hours, above 0, at most 100.
        hours: f64,
    },
    /// Teaching others: a mentor's own hours, or knowledge handed on.
    Taught {
        /// Hours, above 0, at most 100.
        hours: f64,
    },
}

/// What evidence says of the level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reading {
    /// The level, with noise.
    Level { points: f64, sd: f64 },
    /// That the level is not lower, with noise.
    AtLeast { points: f64, sd: f64 },
    /// Success or failure against a difficulty in points.
    Outcome { credit: f64, difficulty: f64 },
    /// A share of what is missing to 100 points that was closed.
    Gain { share: f64 },
}

impl Reading {
    /// The reading as points and variance for a level believed with a variance; `None` for a gain, and where it says
    /// nothing.
    pub(crate) fn at(self, level: f64, variance: f64) -> Option<(f64, f64)> {
        match self {
            Self::Level { points, sd } => Some((points, sd * sd)),
            Self::AtLeast { points, sd } => (level < points).then_some((points, sd * sd)),
            Self::Outcome { credit, difficulty } => outcome(level, variance, credit, difficulty),
            Self::Gain { .. } => None,
        }
    }
}

/// The sighting that would leave the same mean and variance as an outcome does, whose log odds of success are level
/// less difficulty: the moments of the posterior on a grid over six spreads.
fn outcome(level: f64, variance: f64, credit: f64, difficulty: f64) -> Option<(f64, f64)> {
    let sd = variance.sqrt();
    let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
    for k in -20..=20_i8 {
        let z = 0.3 * f64::from(k);
        let p = p_success((level + sd * z) / POINTS_PER_LOGIT, difficulty / POINTS_PER_LOGIT)
            .clamp(1e-9, 1.0 - 1e-9);
        let weight = (credit * p.ln() + (1.0 - credit) * (-p).ln_1p() - 0.5 * z * z).exp();
        sum += weight;
        first += weight * z;
        second += weight * z * z;
    }
    let mean = first / sum;
    let told = 1.0 - (second / sum - mean * mean);
    (told > 1e-6).then(|| (level + sd * mean / told, variance * (1.0 - told) / told))
}

impl EvidenceKind {
    /// Its name in reasons.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Assessment { .. } => "assessment",
            Self::SelfRating { .. } => "self-rating",
            Self::Response { .. } => "answer",
            Self::TaskOutcome { .. } => "task",
            Self::Review { .. } => "review",
            Self::Practised { .. } => "practice",
            Self::Mentored { .. } => "mentoring received",
            Self::Taught { .. } => "teaching",
        }
    }

    /// What it says of the level; `None` where its numbers cannot be.
    pub(crate) fn reading(&self) -> Option<Reading> {
        let unit = |x: f64| (0.0..=1.0).contains(&x);
        let points = |x: f64| (0.0..=100.0).contains(&x);
        let time = |h: f64| h > 0.0 && h <= MAX_HOURS;
        let closed = |rate: f64, h: f64| time(h).then(|| Reading::Gain { share: -(-rate * h).exp_m1() });
        match *self {
            Self::Assessment { score, sd } => {
                let sd = sd.unwrap_or(ASSESSMENT_SD);
                let sound = points(score) && sd.is_finite() && sd > 0.0;
                // no test of a person is surer than half a point. OWN
                sound.then(|| Reading::Level { points: score, sd: sd.max(0.5) })
            }
            Self::SelfRating { score } => {
                points(score).then_some(Reading::Level { points: score, sd: SELF_RATING_SD })
            }
            Self::Response { correct } => {
                Some(Reading::Outcome { credit: f64::from(u8::from(correct)), difficulty: 50.0 })
            }
            Self::TaskOutcome { credit, difficulty } => {
                let difficulty = difficulty.unwrap_or(0.5);
                (unit(credit) && unit(difficulty))
                    .then_some(Reading::Outcome { credit, difficulty: 100.0 * difficulty })
            }
            Self::Review { rating, weight } => (unit(rating) && weight > 0.0 && weight <= MAX_WEIGHT)
                .then(|| Reading::Level { points: 100.0 * rating, sd: REVIEW_SD / weight.sqrt() }),
            Self::Practised { hours } => closed(PRACTICE_PER_H, hours),
            Self::Mentored { hours } => closed(MENTORED_PER_H, hours),
            Self::Taught { hours } => {
                time(hours).then_some(Reading::AtLeast { points: TEACHER_POINTS, sd: TEACHER_SD })
            }
        }
    }

    /// How well the skill was recalled; `None` where it was not exercised (a self-rating) or the numbers cannot be.
    ///
    /// Credit, rating and score below 0.4 are a failure, below 0.7 recall with effort (OWN); only teaching counts
    /// as recall at once.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.reading()?;
        match *self {
            Self::SelfRating { .. } => None,
            Self::Assessment { score, .. } => Some(grade_of(score / 100.0)),
            Self::Response { correct } => Some(if correct { Grade::Good } else { Grade::Again }),
            Self::TaskOutcome { credit, .. } => Some(grade_of(credit)),
            Self::Review { rating, .. } => Some(grade_of(rating)),
            Self::Practised { .. } | Self::Mentored { .. } => Some(Grade::Good),
            Self::Taught { .. } => Some(Grade::Easy),
        }
    }
}

/// The grade of a share of success, 0..=1.
pub(crate) const fn grade_of(share: f64) -> Grade {
    match share {
        s if s < 0.4 => Grade::Again,
        s if s < 0.7 => Grade::Hard,
        _ => Grade::Good,
    }
}

/// What a finished task says: 1 where it was done without rework and within the time that four of five such tasks
/// take, 0 where it had to be done again or took longer than 95 of 100; `None` between, and where nothing is known.
///
/// `reworked`: whether it came back; the others in hours. A task that came back is a failure whatever it took.
///
/// ```
/// # use twin_models::skill::evidence::work_outcome;
/// assert_eq!(work_outcome(Some(false), Some(3.0), Some(4.0), Some(9.0)), Some(1.0));
/// assert_eq!(work_outcome(Some(false), Some(10.0), Some(4.0), Some(9.0)), Some(0.0));
/// assert_eq!(work_outcome(Some(false), Some(5.0), Some(4.0), Some(9.0)), None);
/// assert_eq!(work_outcome(Some(true), None, None, None), Some(0.0));
/// ```
#[must_use]
pub fn work_outcome(
    reworked: Option<bool>,
    actual_h: Option<f64>,
    q80_h: Option<f64>,
    q95_h: Option<f64>,
) -> Option<f64> {
    if reworked == Some(true) {
        return Some(0.0);
    }
    let actual = actual_h.filter(|h| h.is_finite() && *h > 0.0)?;
    if q95_h.is_some_and(|q| actual > q) {
        return Some(0.0);
    }
    (reworked == Some(false) && q80_h.is_some_and(|q| actual <= q)).then_some(1.0)
}

/// The usable evidence of a skill, oldest first, and how many pieces there were of it at all.
pub(crate) fn usable<'a>(
    skill: &str,
    evidence: &'a [SkillEvidence],
) -> (Vec<(&'a SkillEvidence, Reading)>, usize) {
    let own: Vec<&SkillEvidence> = evidence.iter().filter(|e| e.skill == skill).collect();
    let sound = |e: &&SkillEvidence| (0.0..=MAX_AGE_DAYS).contains(&e.age_days);
    let mut used: Vec<_> =
        own.iter().copied().filter(sound).filter_map(|e| Some((e, e.kind.reading()?))).collect();
    used.order_by(|a, b| b.0.age_days.total_cmp(&a.0.age_days));
    (used, own.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_cannot_be_say_nothing() {
        for bad in [f64::NAN, f64::INFINITY, -1.0, 10_000.0] {
            for kind in [
                EvidenceKind::Assessment { score: bad, sd: None },
                EvidenceKind::SelfRating { score: bad },
                EvidenceKind::TaskOutcome { credit: bad, difficulty: None },
                EvidenceKind::TaskOutcome { credit: 1.0, difficulty: Some(bad) },
                EvidenceKind::Review { rating: bad, weight: 1.0 },
                EvidenceKind::Review { rating: 0.5, weight: bad },
                EvidenceKind::Practised { hours: bad },
                EvidenceKind::Mentored { hours: bad },
                EvidenceKind::Taught { hours: bad },
            ] {
                assert_eq!((kind.reading(), kind.grade()), (None, None), "{kind:?}");
            }
        }
        assert_eq!(EvidenceKind::Practised { hours: 0.0 }.reading(), None);
    }

    #[test]
    fn a_hard_task_done_says_more_than_an_easy_one() {
        let done = |difficulty| {
            EvidenceKind::TaskOutcome { credit: 1.0, difficulty: Some(difficulty) }.reading().unwrap()
        };
        let step = |reading: Reading| {
            let (points, variance) = reading.at(50.0, 100.0).unwrap();
            100.0 / (100.0 + variance) * (points - 50.0)
        };
        assert!(step(done(0.9)) > step(done(0.5)) && step(done(0.5)) > step(done(0.1)));
    }

    #[test]
    fn part_of_a_success_at_its_difficulty_only_narrows() {
        let half = Reading::Outcome { credit: 0.5, difficulty: 50.0 };
        let (points, variance) = half.at(50.0, 625.0).unwrap();
        assert!((points - 50.0).abs() < 1e-9 && variance > 500.0 && variance < 2000.0, "{variance}");
        let done = Reading::Outcome { credit: 1.0, difficulty: 50.0 };
        assert!(done.at(50.0, 625.0).unwrap().0 > 60.0 && done.at(50.0, 1e-12).is_none());
    }

    #[test]
    fn teaching_only_raises() {
        let reading = EvidenceKind::Taught { hours: 1.0 }.reading().unwrap();
        assert_eq!(reading.at(90.0, 100.0), None);
        assert_eq!(reading.at(40.0, 100.0), Some((70.0, 400.0)));
    }
}
