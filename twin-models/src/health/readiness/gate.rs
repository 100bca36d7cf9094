//! The gate: what is said, how sure, why, and what was missing.

use super::drivers::{DRIVERS, Driver, KINDS, Morning, SENSED, drivers};
use super::learner::{Forecast, Learner, SPREAD_ANSWERS, Scale};
use super::prior::Prior;
use super::{ANSWERS_MIN, ID, Question, VERSION, WELLNESS_ID, priors};
use crate::stats::Z80;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Days without an answer from which a forecast is provisional again.
const LONG_GAP_DAYS: i32 = 14;
/// Days in which confidence halves without answers. OWN, as load in the book's conventions.
const CONFIDENCE_HALF_LIFE_DAYS: f64 = 7.0;
/// Parts of the recovery index, the score without answers (book §8): name of the driver and weight.
const RECOVERY: [(&str, f64); 3] = [("lnrmssd", 0.40), ("resting_hr_bpm", -0.25), ("sleep_min", 0.25)];
/// Terms that the recovery index needs.
const RECOVERY_MIN: usize = 2;

/// What the person will say this morning.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfReport {
    /// 0..=100, 50 being the person's own normal.
    pub score: Estimate,
    /// The expected answer on the host's scale, 80 % interval, contributions from the person's own mean.
    pub rating: Estimate,
    /// The answer with the least expected absolute error, a step of the scale.
    pub likely_answer: Option<f64>,
    /// Probability of an answer at or below the running mean less half a standard deviation, at least 0.5.
    pub low_day: Estimate,
}

/// Readiness on the last of `mornings` (oldest first), from its drivers and the answers before it.
#[must_use]
pub fn readiness(mornings: &[Morning], scale: Scale) -> SelfReport {
    of(Question::Readiness, Question::Readiness.prior(), false, mornings, scale)
}

/// The same, from the other answers of the same morning too.
#[must_use]
pub fn readiness_with_morning(mornings: &[Morning], scale: Scale) -> SelfReport {
    of(Question::Readiness, &priors::READINESS_WITH_MORNING, true, mornings, scale)
}

/// Fatigue, mood, stress, soreness or sleep quality in the same way.
#[must_use]
pub fn wellness(question: Question, mornings: &[Morning], scale: Scale) -> SelfReport {
    of(question, question.prior(), false, mornings, scale)
}

fn of(question: Question, prior: &Prior, others: bool, mornings: &[Morning], scale: Scale) -> SelfReport {
    let past = mornings.split_last().map_or(&[][..], |(_, past)| past);
    forecast(&learn(question, prior, others, past, scale), question, others, mornings)
}

/// A learner that has seen `mornings` (oldest first). `others`: whether other answers of a morning are drivers.
#[must_use]
pub fn learn(question: Question, prior: &Prior, others: bool, mornings: &[Morning], scale: Scale) -> Learner {
    let mut learner = Learner::new(prior, scale);
    if !scale.is_valid() {
        return learner;
    }
    for today in 1..=mornings.len() {
        let seen = mornings.get(..today).unwrap_or_default();
        let answer = seen.last().and_then(|m| question.of(&m.answers));
        if let Some(answer) = answer {
            learner.observe(&numbers(&drivers(seen), question, others), answer);
        }
    }
    learner
}

/// The z of each driver, 0 where it is missing or may not be used.
#[must_use]
pub fn numbers(drivers: &[Driver; DRIVERS], question: Question, others: bool) -> [f64; DRIVERS] {
    let mut z = drivers.map(|d| d.z.unwrap_or(0.0));
    for (value, asked) in z.iter_mut().skip(SENSED).zip(Question::ALL) {
        if !others || asked == question {
            *value = 0.0;
        }
    }
    z
}

/// What a learner says of the last of `mornings`, whose answers before it the learner has seen.
#[must_use]
pub fn forecast(learner: &Learner, question: Question, others: bool, mornings: &[Morning]) -> SelfReport {
    let model = if question == Question::Readiness { ID } else { WELLNESS_ID };
    if mornings.is_empty() {
        return nothing(model, EstimateStatus::InsufficientData, "no morning");
    };
    if !learner.scale().is_valid() {
        return nothing(model, EstimateStatus::OutOfRangeInput, "the scale needs 1 to 100 whole steps");
    }
    if !mornings.is_sorted_by_key(|m| m.day) {
        return nothing(model, EstimateStatus::OutOfRangeInput, "mornings are not in order of time");
    }
    let measured = drivers(mornings);
    let said = learner.forecast(&numbers(&measured, question, others));
    let frame = Frame::new(model, learner, question, others, mornings, &measured);
    if learner.answers() < 1.0 {
        return unanswered(&frame, &said, &measured);
    }
    let (_, sd) = learner.usual();
    let score = |rating: f64| own_normal((rating - said.usual) / said.spread);
    let contributions = reasons(&said, &measured, learner);
    let points =
        if said.mean == said.usual { 0.0 } else { (score(said.mean) - 50.0) / (said.mean - said.usual) };
    let in_points = contributions.iter().map(|c| Contribution { amount: c.amount * points, ..c.clone() });
    let confidence = frame.confidence(said.half_width / Z80, sd.max(said.spread));
    let (low, high) = said.interval;
    let rating = frame.estimate(EstimateKind::Quantity, said.mean, Some((low, high)), confidence);
    let index =
        frame.estimate(EstimateKind::Index, score(said.mean), Some((score(low), score(high))), confidence);
    let low_day = if learner.answers() < ANSWERS_MIN {
        frame.absent(&format!("{:.0} of {ANSWERS_MIN} answers for a low day", learner.answers()))
    } else {
        frame.estimate(EstimateKind::Probability, said.low_day, None, confidence)
    };
    SelfReport {
        score: Estimate { contributions: in_points.collect(), ..index },
        rating: Estimate { contributions, ..rating },
        likely_answer: Some(said.median),
        low_day,
    }
}

/// Without any answer: the score of the recovery terms, the rating of people in general.
fn unanswered(frame: &Frame, said: &Forecast, measured: &[Driver; DRIVERS]) -> SelfReport {
    let term = |(name, weight): &(&str, f64)| {
        let (kind, driver) = KINDS.iter().zip(measured).find(|(kind, _)| kind.name == *name)?;
        Some((kind, driver, driver.z?, *weight))
    };
    let terms: Vec<_> = RECOVERY.iter().filter_map(term).collect();
    let rating = Estimate {
        prior_share: 1.0,
        ..frame.estimate(EstimateKind::Quantity, said.mean, Some(said.interval), 0.0)
    };
    let weights: f64 = terms.iter().map(|(.., weight)| weight.abs()).sum();
    let score = if terms.len() < RECOVERY_MIN {
        frame.absent("no answers, and fewer than two of HRV, resting heart rate and sleep")
    } else {
        let z = terms.iter().map(|(_, _, z, weight)| weight * z).sum::<f64>() / weights;
        let points = if z == 0.0 { 0.0 } else { (own_normal(z) - 50.0) / z };
        let contributions = terms.iter().map(|(kind, driver, z, weight)| Contribution {
            amount: points * weight * z / weights,
            ..reason(kind.name, kind.unit, driver)
        });
        Estimate {
            contributions: contributions.collect(),
            ..frame.estimate(EstimateKind::Index, own_normal(z), None, 0.0)
        }
    };
    let low_day = frame.absent(&format!("0 of {ANSWERS_MIN} answers for a low day"));
    SelfReport { score, rating, likely_answer: None, low_day }
}

/// 50 is the own normal, one spread above it 79, two 94.
fn own_normal(z: f64) -> f64 {
    50.0 + 50.0 * (z / 1.5).tanh()
}

fn reason(name: &str, unit: &str, driver: &Driver) -> Contribution {
    Contribution {
        feature: name.into(),
        amount: 0.0,
        baseline: driver.usual,
        now: driver.now,
        unit: unit.into(),
    }
}

/// What moved the rating away from the person's mean; the largest first.
fn reasons(said: &Forecast, measured: &[Driver; DRIVERS], learner: &Learner) -> Vec<Contribution> {
    let mut all = vec![Contribution {
        feature: "recent_answers".into(),
        amount: said.recent_amount,
        baseline: Some(learner.usual().0),
        now: Some(said.usual + said.recent_amount),
        unit: "1".into(),
    }];
    for ((kind, driver), amount) in KINDS.iter().zip(measured).zip(&said.driver_amounts) {
        if *amount != 0.0 {
            all.push(Contribution { amount: *amount, ..reason(kind.name, kind.unit, driver) });
        }
    }
    all.order_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    all
}

/// What all estimates of one morning share.
struct Frame {
    model: &'static str,
    status: EstimateStatus,
    n_effective: f64,
    prior_share: f64,
    coverage: f64,
    age_days: f64,
    gaps: Vec<String>,
}

impl Frame {
    fn new(
        model: &'static str,
        learner: &Learner,
        question: Question,
        others: bool,
        mornings: &[Morning],
        measured: &[Driver; DRIVERS],
    ) -> Self {
        let used = if others { DRIVERS - 1 } else { SENSED };
        let wanted = || KINDS.iter().zip(measured).take(if others { DRIVERS } else { SENSED });
        let missing: Vec<&str> = wanted()
            .filter(|(kind, d)| d.z.is_none() && kind.name != format!("answer_{}", question.name()))
            .map(|(kind, _)| kind.name)
            .collect();
        let coverage = 1.0 - missing.len() as f64 / used as f64;
        let today = mornings.last().map_or(0, |m| m.day);
        let past = mornings.iter().rev().skip(1);
        let last = past.clone().find(|m| question.of(&m.answers).is_some()).map(|m| m.day);
        let age = last.map_or(0, |day| today.saturating_sub(day));
        let answers = learner.answers();
        let mut gaps = Vec::new();
        if answers < 1.0 {
            gaps.push("not calibrated to you: no answers yet".into());
        } else if answers < ANSWERS_MIN {
            gaps.push(format!("{answers:.0} of {ANSWERS_MIN} answers"));
        }
        if age > LONG_GAP_DAYS {
            gaps.push(format!("the last answer is {age} days old"));
        }
        let Scale { low, high } = learner.scale();
        let outside =
            past.filter_map(|m| question.of(&m.answers)).filter(|a| !(low..=high).contains(a)).count();
        if outside > 0 {
            gaps.push(format!("{outside} answers outside the scale were left out"));
        }
        if !missing.is_empty() {
            gaps.push(format!("without a usual value or a value today: {}", missing.join(", ")));
        }
        let settled = answers >= ANSWERS_MIN && age <= LONG_GAP_DAYS;
        Self {
            model,
            status: if settled { EstimateStatus::Ok } else { EstimateStatus::Provisional },
            n_effective: learner.n_effective(),
            prior_share: SPREAD_ANSWERS / (SPREAD_ANSWERS + answers),
            coverage,
            age_days: f64::from(age),
            gaps,
        }
    }

    /// How much narrower than not knowing, less for what is missing or old.
    fn confidence(&self, sd_predicted: f64, sd_reference: f64) -> f64 {
        let gained = 1.0 - (sd_predicted / sd_reference).min(1.0);
        let fading = 0.5_f64.powf((self.age_days - 1.0).max(0.0) / CONFIDENCE_HALF_LIFE_DAYS);
        gained * self.coverage * fading
    }

    fn estimate(
        &self,
        kind: EstimateKind,
        value: f64,
        interval: Option<(f64, f64)>,
        confidence: f64,
    ) -> Estimate {
        // What is no narrower than not knowing is nothing to rely on.
        let status = if confidence > 0.0 { self.status } else { EstimateStatus::Provisional };
        let blank = Estimate::absent(self.model, VERSION, "1", status, self.gaps.clone());
        Estimate {
            value: Some(value),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            confidence,
            kind,
            n_effective: self.n_effective,
            prior_share: self.prior_share,
            coverage: self.coverage,
            ..blank
        }
    }

    fn absent(&self, why: &str) -> Estimate {
        let mut gaps = self.gaps.clone();
        gaps.push(why.into());
        Estimate::absent(self.model, VERSION, "1", EstimateStatus::InsufficientData, gaps)
    }
}

fn nothing(model: &str, status: EstimateStatus, why: &str) -> SelfReport {
    let absent = Estimate::absent(model, VERSION, "1", status, vec![why.into()]);
    SelfReport { score: absent.clone(), rating: absent.clone(), likely_answer: None, low_day: absent }
}
