//! Probability that two people report a conflict within a month, why, and what would lower it. For the two
//! themselves and whom they choose, never for anyone above them.
//!
//! Conflict about the task and conflict between persons are kept apart: the latter harms most [jehn1995]
//! [dedreu2003] [dewit2012].

use super::answer::{DRAWS, Form, gamma, interval, part, quantity, status};
use super::conflict_signals::{PairWeek, RECENT_WEEKS, Signal, changes};
use super::logistic::{Fit, Prior, Row, logistic, logit};
use crate::noise::Noise;
use std::f64::consts::LN_2;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "conflict_risk";
/// Its version.
pub const VERSION: &str = "1";
/// Probability of a conflict in a month where nothing is known of a pair.
pub const BASE_RATE: f64 = 0.02;
/// Log-odds of each standard deviation of a signal before any outcome.
pub const WEIGHT: f64 = 0.4;
/// How sure that is. OWN.
const WEIGHT_SD: f64 = 0.2;
/// Months of a pair that the base rate is worth. OWN.
const BASE_MONTHS: f64 = 25.0;
/// Days after which a reported conflict counts half. OWN.
const HALF_LIFE_DAYS: f64 = 365.0;
const DAYS_OF_MONTH: f64 = 30.44;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Probability };

/// What a conflict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// What is to be done, and how.
    Task,
    /// Each other.
    Relationship,
}

/// A conflict that one of the two reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reported {
    /// What it was about.
    pub kind: ConflictKind,
    /// Days since then, 0 or more.
    pub age_days: f64,
}

/// A pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// Weeks without holes, oldest first.
    pub weeks: Vec<PairWeek>,
    /// Conflicts reported.
    pub reported: Vec<Reported>,
    /// Days for which reports were possible; at least the weeks and the oldest report count.
    pub observed_days: f64,
}

/// What each signal counts, learnt from outcomes or as the book has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Log-odds of each standard deviation, in the order of [`Signal::ALL`].
    pub mean: [f64; 8],
    /// How sure they are.
    pub sd: [f64; 8],
    /// Log-odds added for all pairs.
    pub shift: f64,
    /// Months they were learnt from.
    pub months: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self { mean: [WEIGHT; 8], sd: [WEIGHT_SD; 8], shift: 0.0, months: 0 }
    }
}

/// A month of some pair that agreed to be learnt from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConflictMonth {
    /// The [`changes`] at its beginning.
    pub changes: [Option<f64>; 8],
    /// Whether a conflict was reported in it.
    pub conflict: bool,
}

/// Weights from months of pairs: a discrete-time hazard, which is a logistic regression of months. No signal
/// counts below 0.
#[must_use]
pub fn learn(months: &[ConflictMonth]) -> Weights {
    let priors: Vec<Prior> = std::iter::once(Prior::free(0.0, 0.5))
        .chain([Prior { mean: WEIGHT, sd: WEIGHT_SD, sign: 1 }; 8])
        .chain([Prior::free(logit(BASE_RATE), 1e-6)])
        .collect();
    let row = |m: &ConflictMonth| {
        let known =
            m.changes.iter().enumerate().filter_map(|(i, z)| Some((i + 1, z.filter(|z| z.is_finite())?)));
        let x = [(0, 1.0), (9, 1.0)].into_iter().chain(known).collect();
        Row { x, y: f64::from(u8::from(m.conflict)), weight: 1.0 }
    };
    let fit = Fit::of(&months.iter().map(row).collect::<Vec<_>>(), &priors);
    let mut weights = Weights { months: months.len(), shift: fit.score(&[(0, 1.0)]), ..Weights::default() };
    for (i, (mean, sd)) in weights.mean.iter_mut().zip(&mut weights.sd).enumerate() {
        (*mean, *sd) = (fit.score(&[(i + 1, 1.0)]), fit.doubt(&[(i + 1, 1.0)]));
    }
    weights
}

/// What would lower the risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Prevention {
    /// The signal that would have to be as usual again.
    pub signal: Signal,
    /// In plain words.
    pub what: &'static str,
    /// The probability that would be left.
    pub probability: f64,
}

/// A pair's risk.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictRisk {
    /// Probability of any conflict within a month; contributions add up to value − 0.02.
    pub any: Estimate,
    /// Of one about the task.
    pub task: Estimate,
    /// Of one between persons.
    pub relationship: Estimate,
    /// The two signals that lower it most; fewer where fewer are worse than usual.
    pub prevention: Vec<Prevention>,
}

/// The risk of the coming month. Abstains below four weeks, or where no signal is known and nothing was reported.
///
/// ```
/// # use twin_models::collaboration::{conflict_risk::{Pair, Weights, conflict_risk}, conflict_signals::PairWeek};
/// let calm = PairWeek { decline_rate: Some(0.1), ..PairWeek::default() };
/// let tense = PairWeek { decline_rate: Some(0.6), ..PairWeek::default() };
/// let pair = Pair { weeks: [vec![calm; 12], vec![tense; 4]].concat(), ..Pair::default() };
/// let risk = conflict_risk(&pair, &Weights::default());
/// assert!(risk.any.value.unwrap() > 0.03 && risk.prevention[0].probability < 0.02);
/// assert!(conflict_risk(&Pair::default(), &Weights::default()).any.value.is_none());
/// ```
#[must_use]
pub fn conflict_risk(pair: &Pair, weights: &Weights) -> ConflictRisk {
    let abstain = |gap: &str| {
        let none = || FORM.absent(EstimateStatus::Abstained, vec![gap.to_owned()]);
        ConflictRisk { any: none(), task: none(), relationship: none(), prevention: Vec::new() }
    };
    if pair.weeks.len() < RECENT_WEEKS {
        return abstain("fewer than four weeks are known");
    }
    let changes = changes(&pair.weeks);
    let reported: Vec<&Reported> =
        pair.reported.iter().filter(|r| quantity(Some(r.age_days), 36_525.0).is_some()).collect();
    if changes.iter().all(Option::is_none) && reported.is_empty() {
        return abstain("no signal is known");
    }
    let known: Vec<(Signal, f64, f64, f64)> = Signal::ALL
        .iter()
        .zip(changes)
        .zip(weights.mean.iter().zip(&weights.sd))
        .filter_map(|((signal, z), (mean, sd))| Some((*signal, z?, *mean, *sd)))
        .collect();
    let oldest = reported.iter().map(|r| r.age_days).fold(7.0 * pair.weeks.len() as f64, f64::max);
    let days = quantity(Some(pair.observed_days), 36_525.0).map_or(oldest, |d| d.max(oldest));
    let rates = [ConflictKind::Task, ConflictKind::Relationship].map(|kind| Rate::of(&reported, kind, days));
    let signals: f64 = weights.shift + known.iter().map(|k| k.1 * k.2).sum::<f64>();
    let [task, relationship] = rates.map(|rate| of(rate.mean(), signals));
    let draws: Vec<[f64; 2]> = (0..DRAWS)
        .map(|i| {
            let mut noise = Noise::of(super::answer::seed(&[ID]), [i, 0, 0]);
            let log_odds =
                weights.shift + known.iter().map(|k| k.1 * (k.2 + k.3 * noise.normal())).sum::<f64>();
            rates.map(|rate| of(rate.draw(&mut noise), log_odds))
        })
        .collect();
    let coverage = known.len() as f64 / Signal::ALL.len() as f64;
    let unknown = Signal::ALL.iter().filter(|s| known.iter().all(|k| k.0 != **s));
    let gaps: Vec<String> = unknown.map(|s| format!("{}: too little is known", s.name())).collect();
    let months = days / DAYS_OF_MONTH;
    let told = |value: f64, list: Vec<f64>| Estimate {
        n_effective: months,
        prior_share: BASE_MONTHS / (BASE_MONTHS + months),
        coverage,
        confidence: coverage * 0.5 * (1.0 + months / (BASE_MONTHS + months)),
        gaps: gaps.clone(),
        // reports alone say how it was, not how it goes
        ..FORM.given(value, interval(list), status(!known.is_empty()))
    };
    let any = |list: &[f64; 2]| 1.0 - list.iter().map(|p| 1.0 - p).product::<f64>();
    let with = |log_odds: f64| any(&rates.map(|rate| of(rate.mean(), log_odds)));
    ConflictRisk {
        any: Estimate {
            contributions: contributions(&known, weights.shift, with),
            ..told(with(signals), draws.iter().map(any).collect())
        },
        task: told(task, draws.iter().map(|[task, _]| *task).collect()),
        relationship: told(relationship, draws.iter().map(|[_, relationship]| *relationship).collect()),
        prevention: prevention(&known, signals, with),
    }
}

/// Probability in a month, of a rate a month and the log-odds of what changed.
fn of(rate: f64, log_odds: f64) -> f64 {
    // a rate of nothing has no logarithm
    logistic(logit((-(-rate).exp_m1()).clamp(1e-9, 0.999)) + log_odds)
}

/// Belief about conflicts a month: gamma.
#[derive(Clone, Copy)]
struct Rate {
    count: f64,
    months: f64,
}

impl Rate {
    /// Half of the base rate and what was reported, both fading.
    fn of(reported: &[&Reported], kind: ConflictKind, days: f64) -> Self {
        let own = reported.iter().filter(|r| r.kind == kind);
        let seen: f64 = own.map(|r| (-r.age_days / HALF_LIFE_DAYS).exp2()).sum();
        let base = -(-BASE_RATE).ln_1p() / 2.0;
        let watched = HALF_LIFE_DAYS / LN_2 * (1.0 - (-days / HALF_LIFE_DAYS).exp2()) / DAYS_OF_MONTH;
        Self { count: base * BASE_MONTHS + seen, months: BASE_MONTHS + watched }
    }

    fn mean(self) -> f64 {
        self.count / self.months
    }

    fn draw(self, noise: &mut Noise) -> f64 {
        gamma(noise, self.count) / self.months
    }
}

fn contributions(
    known: &[(Signal, f64, f64, f64)],
    shift: f64,
    with: impl Fn(f64) -> f64,
) -> Vec<Contribution> {
    let (mut at, mut log_odds) = (with(0.0), 0.0);
    let mut parts = vec![part("conflicts reported before", at - BASE_RATE, Some(BASE_RATE), Some(at))];
    let mut ranked: Vec<(&str, f64, f64)> = known.iter().map(|k| (k.0.name(), k.1, k.1 * k.2)).collect();
    ranked.order_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    if shift != 0.0 {
        ranked.insert(0, ("pairs like these", shift, shift));
    }
    for (name, z, amount) in ranked {
        log_odds += amount;
        let next = with(log_odds);
        parts.push(part(name, next - at, Some(0.0), Some(z)));
        at = next;
    }
    parts
}

fn prevention(known: &[(Signal, f64, f64, f64)], signals: f64, with: impl Fn(f64) -> f64) -> Vec<Prevention> {
    let mut worse: Vec<(Signal, f64)> =
        known.iter().map(|k| (k.0, k.1 * k.2)).filter(|k| k.1 > 0.0).collect();
    worse.order_by(|a, b| b.1.total_cmp(&a.1));
    let told = |(signal, amount): (Signal, f64)| Prevention {
        signal,
        what: signal.remedy(),
        probability: with(signals - amount),
    };
    worse.into_iter().take(2).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::metrics::{brier, calibration_error};

    const CALM: PairWeek = PairWeek {
        reciprocity: Some(0.6),
        latency_h: Some(1.9),
        negative_share: Some(0.05),
        bounce_rate: Some(0.2),
        decline_rate: Some(0.1),
        rejection_rate: Some(0.15),
        workload_gap: Some(0.15),
        role_ambiguity: Some(0.3),
    };

    fn risk(weeks: Vec<PairWeek>, reported: &[Reported]) -> ConflictRisk {
        conflict_risk(&Pair { weeks, reported: reported.into(), observed_days: 365.0 }, &Weights::default())
    }

    #[test]
    fn history_moves_its_own_kind() {
        let calm = || vec![CALM; 16];
        let report = |kind| vec![Reported { kind, age_days: 60.0 }; 2];
        let (none, task) = (risk(calm(), &[]), risk(calm(), &report(ConflictKind::Task)));
        let personal = risk(calm(), &report(ConflictKind::Relationship));
        assert!(none.any.value.unwrap() < BASE_RATE);
        assert!(task.task.value.unwrap() > 4.0 * none.task.value.unwrap());
        assert_eq!(task.relationship.value, none.relationship.value);
        assert!(
            personal.relationship.value > none.relationship.value && personal.task.value == none.task.value
        );
        let old = risk(calm(), &[Reported { kind: ConflictKind::Task, age_days: 3000.0 }; 2]);
        assert!(old.task.value < task.task.value);
    }

    #[test]
    fn reports_alone_are_not_sure_of_anything() {
        let quiet = vec![PairWeek::default(); 6];
        let told = risk(quiet, &[Reported { kind: ConflictKind::Task, age_days: 10.0 }]).any;
        assert!(told.value.is_some() && told.confidence == 0.0);
        assert_eq!(told.status, twin_core::estimate::EstimateStatus::Provisional);
    }

    #[test]
    fn the_two_worst_signals_are_what_to_do() {
        let tense =
            PairWeek { decline_rate: Some(0.5), negative_share: Some(0.12), latency_h: Some(2.1), ..CALM };
        let known = risk([vec![CALM; 12], vec![tense; 4]].concat(), &[]);
        let signals: Vec<Signal> = known.prevention.iter().map(|p| p.signal).collect();
        assert_eq!(signals, [Signal::Declines, Signal::NegativeAffect]);
        assert!(known.prevention.iter().all(|p| p.probability < known.any.value.unwrap()));
        let parts: f64 = known.any.contributions.iter().map(|c| c.amount).sum();
        assert!((known.any.value.unwrap() - BASE_RATE - parts).abs() < 1e-12);
        assert!(known.any.low < known.any.value && known.any.value < known.any.high);
        let better = PairWeek { negative_share: Some(0.0), bounce_rate: Some(0.0), ..CALM };
        let calmer = risk([vec![CALM; 12], vec![better; 4]].concat(), &[]);
        assert!(calmer.any.value < risk(vec![CALM; 16], &[]).any.value);
    }

    #[test]
    fn too_little_abstains_and_odd_values_do_no_harm() {
        assert_eq!(risk(vec![CALM; 3], &[]).any.status, EstimateStatus::Abstained);
        assert_eq!(risk(vec![PairWeek::default(); 9], &[]).any.status, EstimateStatus::Abstained);
        let odd =
            [f64::NAN, -1.0, f64::INFINITY].map(|age_days| Reported { kind: ConflictKind::Task, age_days });
        assert_eq!(risk(vec![CALM; 8], &odd), risk(vec![CALM; 8], &[]));
        let lost = Pair { weeks: vec![CALM; 8], observed_days: f64::NAN, ..Pair::default() };
        assert!(conflict_risk(&lost, &Weights::default()).any.value.unwrap() < 0.03);
        assert_eq!(learn(&[]).mean.map(|w| (w * 1e9).round() / 1e9), [WEIGHT; 8]);
    }

    /// Pairs whose weeks wander; the true hazard has the book's weights, or others.
    fn simulated(
        pairs: u64,
        weights: [f64; 8],
        base: f64,
        seed: u64,
    ) -> (Vec<Pair>, Vec<ConflictMonth>, Vec<bool>) {
        let (mut all, mut months, mut happened) = (Vec::new(), Vec::new(), Vec::new());
        for pair in 0..pairs {
            let mut noise = Noise::of(seed, [pair, 0, 0]);
            let mut tension = [0.0; 8];
            let weeks: Vec<PairWeek> = (0..16)
                .map(|week| {
                    if week == 12 {
                        tension = tension.map(|_| 0.8 * noise.normal());
                    }
                    let mut at = |i: usize, usual: f64, sd: f64| {
                        Some((usual + sd * (tension[i] + 0.8 * noise.normal())).clamp(0.0, 1.0))
                    };
                    PairWeek {
                        reciprocity: at(0, 0.6, -0.15),
                        negative_share: at(2, 0.2, 0.05),
                        bounce_rate: at(3, 0.4, 0.12),
                        decline_rate: at(4, 0.4, 0.1),
                        rejection_rate: at(5, 0.4, 0.12),
                        workload_gap: at(6, 0.4, 0.12),
                        role_ambiguity: at(7, 0.5, 0.15),
                        latency_h: Some((0.7_f64 + 0.7 * (tension[1] + 0.8 * noise.normal())).exp()),
                    }
                })
                .collect();
            let changes = changes(&weeks);
            let log_odds: f64 = changes.iter().zip(weights).map(|(z, w)| z.unwrap() * w).sum();
            let conflict = noise.unit() < logistic(logit(base) + log_odds);
            all.push(Pair { weeks, reported: Vec::new(), observed_days: 0.0 });
            months.push(ConflictMonth { changes, conflict });
            happened.push(conflict);
        }
        (all, months, happened)
    }

    #[test]
    fn probabilities_hold_on_simulated_teams_and_learning_betters_them() {
        let truth = [1.0, 0.1, 0.6, 0.0, 0.9, 0.1, 0.3, 0.2];
        let (_, months, _) = simulated(3000, truth, 0.03, 1);
        let (pairs, _, happened) = simulated(3000, truth, 0.03, 2);
        let p = |weights: &Weights| -> Vec<f64> {
            pairs.iter().map(|pair| conflict_risk(pair, weights).any.value.unwrap()).collect()
        };
        let (book, learnt) = (p(&Weights::default()), p(&learn(&months)));
        let of = |p: &[f64]| (brier(p, &happened).unwrap(), calibration_error(p, &happened).unwrap());
        let base = happened.iter().filter(|h| **h).count() as f64 / happened.len() as f64;
        println!(
            "conflict: base {base:.3}, book (Brier, calibration error) {:.4?}, learnt {:.4?}",
            of(&book),
            of(&learnt)
        );
        assert!(of(&learnt).0 < of(&book).0 && of(&learnt).0 < base * (1.0 - base));
        assert!(of(&learnt).1 < 0.02, "{:?}", of(&learnt));
    }

    #[test]
    fn without_learning_probabilities_hold_where_the_book_is_right() {
        let (pairs, _, happened) = simulated(3000, [WEIGHT; 8], BASE_RATE, 3);
        let p: Vec<f64> =
            pairs.iter().map(|pair| conflict_risk(pair, &Weights::default()).any.value.unwrap()).collect();
        let error = calibration_error(&p, &happened).unwrap();
        println!("conflict: calibration error of the book where it is right {error:.4}");
        assert!(error < 0.02, "{error}");
    }
}
