//! Whether a person knows a skill, from their answers and tasks, with forgetting between sessions [corbett1994].
//! Forgetting between them lifts prediction most of all extensions [khajah2016].

use super::bkt::{Bkt, MAX_GUESS, MAX_SLIP, forgotten};
use super::bkt_fit::{MIN_ANSWERS, fit};
use super::evidence::grade_of;
use super::fsrs::{Fsrs, Memory};
use super::mastery::answers_until_known;
use super::memory::exercised;
use crate::health::answer::{Answer, middle80};
use crate::stats::Draws;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "bkt";
/// Its version.
pub const VERSION: &str = "1";
/// Answers that each default parameter is worth. OWN.
const DEFAULT_WORTH: f64 = 20.0;
/// Answers to one that a fitted parameter is worth: they share what the answers say. OWN.
const FITTED_SHARE: f64 = 0.25;
/// Draws of parameters.
const DRAWS: usize = 128;
/// Seed of the draws.
const SEED: u64 = 21;
/// Answers that are named among the reasons.
const NAMED: usize = 5;

const ANSWER: Answer = Answer { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Probability };

/// One answer, or a task that counts as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// Days since then, at least 0.
    pub age_days: f64,
    /// 1 right, 0 wrong, or between; see [`work_outcome`](super::evidence::work_outcome).
    pub credit: f64,
}

/// Parameters of a skill and how far to trust them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// The parameters.
    pub bkt: Bkt,
    /// Whether they are fitted, or the defaults.
    pub fitted: bool,
    /// Answers that each is worth.
    pub worth: f64,
}

/// Parameters of a skill from the answers of everybody, one series a person: fitted from 200 answers on, the defaults
/// below. Fitting takes a while; keep what it gives.
///
/// ```
/// # use twin_models::skill::tracing::parameters;
/// assert!(!parameters(&[vec![true; 199]]).fitted);
/// assert!(parameters(&[vec![true, false].repeat(100)]).fitted);
/// ```
#[must_use]
pub fn parameters(pooled: &[Vec<bool>]) -> Parameters {
    let answers: usize = pooled.iter().map(Vec::len).sum();
    match (answers >= MIN_ANSWERS).then(|| fit(pooled)).flatten() {
        Some(fit) => {
            let worth = (FITTED_SHARE * answers as f64).max(DEFAULT_WORTH);
            Parameters { bkt: fit.parameters, fitted: true, worth }
        }
        None => Parameters { bkt: Bkt::default(), fitted: false, worth: DEFAULT_WORTH },
    }
}

/// What is known of a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Probability that it is known today; contributions are the last answers, from the probability before the first.
    pub p_known: Estimate,
    /// Probability that the next answer will be right.
    pub p_correct: Estimate,
    /// Further answers until it is known with 95 %; absent where that is not foreseen.
    pub answers_until_known: Option<u32>,
}

/// What a person's attempts say of a skill today. Those with impossible numbers are left out and counted.
///
/// Between attempts a day or more apart, and until today, what is known halves with the half-life that the memory
/// model has for these attempts.
///
/// ```
/// # use twin_models::skill::tracing::{Attempt, knowledge_tracing, parameters};
/// let attempts = [Attempt { age_days: 0.0, credit: 1.0 }; 3];
/// let known = knowledge_tracing(&attempts, &parameters(&[]));
/// assert!((known.p_known.value.unwrap() - 0.982_76).abs() < 1e-4);
/// ```
#[must_use]
pub fn knowledge_tracing(attempts: &[Attempt], parameters: &Parameters) -> Knowledge {
    let absent = |status, gap: &str| Knowledge {
        p_known: ANSWER.absent(status, gap),
        p_correct: ANSWER.absent(status, gap),
        answers_until_known: None,
    };
    if !(parameters.bkt.is_valid() && parameters.worth > 0.0 && parameters.worth.is_finite()) {
        return absent(EstimateStatus::OutOfRangeInput, "the parameters of the skill cannot be");
    }
    let believed =
        |a: &Attempt| a.age_days.is_finite() && a.age_days >= 0.0 && (0.0..=1.0).contains(&a.credit);
    let mut used: Vec<Attempt> = attempts.iter().copied().filter(believed).collect();
    used.order_by(|a, b| b.age_days.total_cmp(&a.age_days));
    if used.is_empty() {
        return absent(EstimateStatus::InsufficientData, "no answer or task of this skill");
    }
    let (steps, since) = with_forgetting(&used);
    let course = Course::of(&parameters.bkt, &steps, since);
    let mut draws = Draws::new(SEED);
    let (mut known, mut correct): (Vec<f64>, Vec<f64>) = (0..DRAWS)
        .map(|_| {
            let bkt = drawn(&parameters.bkt, parameters.worth, &mut draws);
            let p = Course::of(&bkt, &steps, since).p_known;
            (p, bkt.p_correct(p))
        })
        .unzip();
    let n = used.len() as f64;
    let mut gaps = Vec::new();
    if !parameters.fitted {
        gaps.push("fewer than 200 answers to this skill by anybody: parameters are defaults".to_owned());
    }
    if used.len() < attempts.len() {
        gaps.push(format!("{} attempts could not be used", attempts.len() - used.len()));
    }
    let filled = |value: f64, draws: &mut [f64], contributions| {
        let (low, high) = middle80(draws).unwrap_or((value, value));
        let (low, high) = (low.min(value), high.max(value));
        Estimate {
            status: if parameters.fitted { EstimateStatus::Ok } else { EstimateStatus::Provisional },
            n_effective: n,
            prior_share: parameters.worth / (parameters.worth + n),
            coverage: n / attempts.len() as f64,
            contributions,
            gaps: gaps.clone(),
            ..ANSWER.between(value, (low, high), 1.0 - (high - low))
        }
    };
    let p_correct = parameters.bkt.p_correct(course.p_known);
    Knowledge {
        p_known: filled(course.p_known, &mut known, course.reasons()),
        p_correct: filled(p_correct, &mut correct, Vec::new()),
        answers_until_known: answers_until_known(&parameters.bkt, course.p_known),
    }
}

/// Each attempt with the share forgotten before it, and the share forgotten since the last.
fn with_forgetting(used: &[Attempt]) -> (Vec<(f64, Attempt)>, f64) {
    let fsrs = Fsrs::default();
    let lost = |state: Option<(Memory, f64)>, age: f64| {
        let (memory, before) = state?;
        let days = before - age;
        let half_life = fsrs.interval_days(memory.stability, 0.5, 1e6)?;
        Some(if days >= 1.0 { forgotten(24.0 * days, 24.0 * half_life) } else { 0.0 })
    };
    let mut state = None;
    let mut steps = Vec::with_capacity(used.len());
    for attempt in used {
        steps.push((lost(state, attempt.age_days).unwrap_or(0.0), *attempt));
        state = Some(exercised(&fsrs, state, attempt.age_days, grade_of(attempt.credit)));
    }
    (steps, lost(state, 0.0).unwrap_or(0.0))
}

/// The way of the belief.
struct Course {
    p_known: f64,
    /// What all forgetting took.
    forgot: f64,
    /// What each attempt moved.
    moved: Vec<(Attempt, f64)>,
}

impl Course {
    fn of(bkt: &Bkt, steps: &[(f64, Attempt)], since: f64) -> Self {
        let (mut p, mut forgot, mut moved) = (bkt.prior, 0.0, Vec::with_capacity(steps.len()));
        for (lost, attempt) in steps {
            forgot -= p * lost;
            let before = p * (1.0 - lost);
            p = bkt.update(before, attempt.credit);
            moved.push((*attempt, p - before));
        }
        Self { p_known: p * (1.0 - since), forgot: forgot - p * since, moved }
    }

    fn reasons(&self) -> Vec<Contribution> {
        let part = |feature: String, amount| Contribution {
            feature,
            amount,
            baseline: None,
            now: None,
            unit: "1".into(),
        };
        let last = self.moved.iter().rev().take(NAMED).map(|(attempt, amount)| {
            let how = match attempt.credit {
                c if c >= 0.7 => "success",
                c if c < 0.4 => "failure",
                _ => "half a success",
            };
            part(format!("{how}, {:.0} days ago", attempt.age_days), *amount)
        });
        let earlier: f64 = self.moved.iter().rev().skip(NAMED).map(|m| m.1).sum();
        let rest = [("earlier attempts", earlier), ("forgetting", self.forgot)];
        let rest = rest.into_iter().filter(|(_, amount)| *amount != 0.0);
        last.chain(rest.map(|(name, amount)| part(name.into(), amount))).collect()
    }
}

/// Parameters drawn around these, each from its beta distribution.
fn drawn(bkt: &Bkt, worth: f64, draws: &mut Draws) -> Bkt {
    let mut beta = |mean: f64, most: f64| {
        let mean = mean.clamp(1e-3, 1.0 - 1e-3);
        let (a, b) = (gamma(mean * worth, draws), gamma((1.0 - mean) * worth, draws));
        (a / (a + b)).min(most)
    };
    Bkt {
        prior: beta(bkt.prior, 1.0),
        learn: beta(bkt.learn, 1.0),
        guess: beta(bkt.guess, MAX_GUESS),
        slip: beta(bkt.slip, MAX_SLIP),
        forget: bkt.forget,
    }
}

/// A draw of the gamma distribution of scale 1 (Marsaglia and Tsang).
fn gamma(shape: f64, draws: &mut Draws) -> f64 {
    if shape < 1.0 {
        // never 0: two of these are divided
        return (gamma(shape + 1.0, draws) * draws.unit().powf(1.0 / shape)).max(1e-300);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let z = draws.normal();
        let v = (1.0 + c * z).powi(3);
        if v > 0.0 && draws.unit().ln() < 0.5 * z * z + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(age_days: f64, credit: f64) -> Attempt {
        Attempt { age_days, credit }
    }

    #[test]
    fn draws_have_the_mean_of_their_distribution() {
        let mut draws = Draws::new(1);
        for shape in [0.3, 2.0, 40.0] {
            let mean = (0..20_000).map(|_| gamma(shape, &mut draws)).sum::<f64>() / 20_000.0;
            assert!((mean / shape - 1.0).abs() < 0.04, "{shape} {mean}");
        }
    }

    #[test]
    fn parts_add_up_and_forgetting_is_one_of_them() {
        let attempts: Vec<Attempt> =
            (0..12).map(|i| attempt(90.0 - 5.0 * f64::from(i), f64::from(i32::from(i % 4 != 1)))).collect();
        let known = knowledge_tracing(&attempts, &parameters(&[]));
        let parts: f64 = known.p_known.contributions.iter().map(|c| c.amount).sum();
        assert!((known.p_known.value.unwrap() - Bkt::default().prior - parts).abs() < 1e-12);
        assert!(known.p_known.contributions.iter().any(|c| c.feature == "forgetting" && c.amount < 0.0));
        assert!(known.p_known.low <= known.p_known.value && known.p_known.value <= known.p_known.high);
        let fresh: Vec<Attempt> = attempts.iter().map(|a| attempt(a.age_days - 35.0, a.credit)).collect();
        assert!(knowledge_tracing(&fresh, &parameters(&[])).p_known.value > known.p_known.value);
    }

    #[test]
    fn many_answers_fit_and_narrow() {
        let mut draws = Draws::new(9);
        let truth = Bkt { prior: 0.4, learn: 0.15, guess: 0.15, slip: 0.05, forget: 0.0 };
        let pooled: Vec<Vec<bool>> = (0..1000)
            .map(|_| {
                let mut known = draws.unit() < truth.prior;
                (0..10)
                    .map(|_| {
                        let right = draws.unit() < if known { 1.0 - truth.slip } else { truth.guess };
                        known |= draws.unit() < truth.learn;
                        right
                    })
                    .collect()
            })
            .collect();
        let fitted = parameters(&pooled);
        println!("{fitted:?}");
        for (a, b) in [(fitted.bkt.prior, 0.4), (fitted.bkt.learn, 0.15), (fitted.bkt.guess, 0.15)] {
            assert!((a - b).abs() < 0.05, "{fitted:?}");
        }
        let attempts = [attempt(0.0, 1.0), attempt(0.0, 0.0), attempt(0.0, 1.0)];
        let width = |p: &Parameters| {
            let known = knowledge_tracing(&attempts, p).p_known;
            known.high.unwrap() - known.low.unwrap()
        };
        assert!(width(&fitted) < 0.5 * width(&parameters(&[])));
        assert_eq!(knowledge_tracing(&attempts, &fitted).p_known.status, EstimateStatus::Ok);
    }

    #[test]
    fn bad_input_has_no_answer() {
        let defaults = parameters(&[]);
        assert_eq!(knowledge_tracing(&[], &defaults).p_known.status, EstimateStatus::InsufficientData);
        for bad in [f64::NAN, f64::INFINITY, -0.5] {
            let known = knowledge_tracing(&[attempt(bad, 1.0), attempt(1.0, bad)], &defaults);
            assert_eq!(known.p_known.value, None);
            let known = knowledge_tracing(&[attempt(bad, 1.0), attempt(1.0, 1.0)], &defaults);
            assert_eq!(known.p_known.coverage, 0.5);
        }
        let odd = Parameters { bkt: Bkt { guess: 0.7, slip: 0.5, ..Bkt::default() }, ..defaults };
        assert_eq!(
            knowledge_tracing(&[attempt(1.0, 1.0)], &odd).p_known.status,
            EstimateStatus::OutOfRangeInput
        );
    }
}
