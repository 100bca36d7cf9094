//! How long until strain has fallen: it decays, and how fast is learnt from a person's own recoveries.
//!
//! `ds/dt = −κ s` and noise; without noise strain `s` is at the target `s*` after `ln(s/s*)/κ`. With noise on the
//! logarithm of strain the time is that of a first passage [chhikara1988].

use super::gated::{effective, part, recency};
use crate::noise::Noise;
use crate::skill::first_passage::FirstPassage;
use crate::special::normal_cdf;
use crate::stats::{Z80, quantile};
use std::f64::consts::LN_2;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "strain_recovery";
/// Its version.
pub const VERSION: &str = "1";
/// Episodes from which the rate is the person's own.
pub const MIN_EPISODES: usize = 8;
/// Draws of the rate.
pub const DRAWS: u64 = 512;
/// Age at which an episode counts half, days. OWN.
pub const HALF_LIFE_DAYS: f64 = 180.0;
/// Spread of the logarithm of the rate between people.
const RATE_SD: f64 = 0.5;
/// Spread of the logarithm of the rate of one episode around the person's own. OWN.
const EPISODE_SD: f64 = 0.6;
/// Rates are believed between half-lives of an hour and of 60 days, 1/h. OWN.
const RATE_RANGE: (f64, f64) = (LN_2 / 1440.0, LN_2);

/// What sort of strain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrainKind {
    /// Of a day; answers in hours.
    Daily,
    /// Of a week with too much work; answers in days.
    Weekly,
}

impl StrainKind {
    /// Usual half-life in people in general, h.
    #[must_use]
    pub const fn half_life_h(self) -> f64 {
        match self {
            Self::Daily => 16.0,
            Self::Weekly => 120.0,
        }
    }

    const fn unit(self) -> (&'static str, f64) {
        match self {
            Self::Daily => ("h", 1.0),
            Self::Weekly => ("d", 24.0),
        }
    }
}

/// A past recovery, of the same sort of strain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecoveryEpisode {
    /// Strain at its beginning, above 0.
    pub start: f64,
    /// Strain at its end, above 0.
    pub end: f64,
    /// Hours between them, above 0.
    pub hours: f64,
    /// Days since then, at least 0.
    pub age_days: f64,
}

/// What recovery is asked of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrainInput<'a> {
    /// Which strain.
    pub kind: StrainKind,
    /// Strain now, above 0, in any unit that stays the same (HRV fall, resting heart rate above usual, answers).
    pub strain: f64,
    /// Strain below which one is recovered, above 0.
    pub target: f64,
    /// Past recoveries, in any order.
    pub episodes: &'a [RecoveryEpisode],
    /// Spread that the logarithm of strain gains in an hour, where recovery wavers; nothing or 0 for none.
    pub waver: Option<f64>,
    /// Hours until the answer is needed, such as to the next working day; above 0.
    pub within_h: Option<f64>,
    /// Seed of the draws.
    pub seed: u64,
}

/// How long until strain has fallen.
#[derive(Clone, Debug, PartialEq)]
pub struct StrainRecovery {
    /// Median time, h (daily strain) or d (weekly); contributions add up to value − that of people in general.
    pub time: Estimate,
    /// Probability to be recovered within the hours asked for; absent where none were.
    pub in_time: Option<Estimate>,
    /// Hours in which strain halves, and the ends of its 80 % interval.
    pub half_life_h: (f64, f64, f64),
}

/// Hours until strain is at the target, at a rate of decay (1/h); 0 where it already is. `None` for numbers that are
/// not finite and above 0.
///
/// ```
/// # use twin_models::capacity::strain::hours_until;
/// let kappa = std::f64::consts::LN_2 / 16.0;
/// assert!((hours_until(80.0, 20.0, kappa).unwrap() - 32.0).abs() < 1e-12);
/// assert_eq!(hours_until(10.0, 20.0, kappa), Some(0.0));
/// ```
#[must_use]
pub fn hours_until(strain: f64, target: f64, rate: f64) -> Option<f64> {
    let sound = [strain, target, rate].iter().all(|x| x.is_finite() && *x > 0.0);
    sound.then(|| ((strain / target).ln() / rate).max(0.0)).filter(|h| h.is_finite())
}

/// Normal belief about the logarithm of a rate.
struct Rate {
    mean: f64,
    sd: f64,
    weights: Vec<f64>,
}

impl Rate {
    /// After these episodes. One that brought no relief counts as the slowest recovery: leaving it out would make
    /// the person look faster than they are.
    fn learnt(kind: StrainKind, episodes: &[RecoveryEpisode]) -> Self {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        let (mut precision, mut sum) =
            (RATE_SD.powi(-2), (LN_2 / kind.half_life_h()).ln() * RATE_SD.powi(-2));
        let mut weights = Vec::new();
        for e in episodes.iter().filter(|e| positive(e.start) && positive(e.end) && positive(e.hours)) {
            let Some(weight) = recency(e.age_days, HALF_LIFE_DAYS).filter(|w| *w > 1e-6) else { continue };
            // far below a tenth of the usual rate, or above ten times it, an episode says no more
            let usual = LN_2 / kind.half_life_h();
            let rate = ((e.start / e.end).ln() / e.hours).clamp(0.1 * usual, 10.0 * usual);
            precision += weight * EPISODE_SD.powi(-2);
            sum += weight * rate.ln() * EPISODE_SD.powi(-2);
            weights.push(weight);
        }
        Self { mean: sum / precision, sd: precision.powf(-0.5), weights }
    }

    /// The rate that many standard deviations from the middle, 1/h.
    fn at(&self, z: f64) -> f64 {
        (self.mean + z * self.sd).exp().clamp(RATE_RANGE.0, RATE_RANGE.1)
    }
}

/// How long until strain has fallen below the target.
///
/// Provisional below 8 episodes. Already below the target the answer is 0.
///
/// ```
/// # use twin_models::capacity::strain::{StrainInput, StrainKind, strain_recovery};
/// let input = StrainInput {
///     kind: StrainKind::Daily, strain: 60.0, target: 15.0, episodes: &[], waver: None, within_h: None, seed: 1,
/// };
/// let time = strain_recovery(&input).time;
/// assert!((time.value.unwrap() - 32.0).abs() < 2.0); // two half-lives of 16 h
/// ```
#[must_use]
pub fn strain_recovery(input: &StrainInput<'_>) -> StrainRecovery {
    let (unit, hours_per_unit) = input.kind.unit();
    let rate = Rate::learnt(input.kind, input.episodes);
    let half_life_h = (LN_2 / rate.at(0.0), LN_2 / rate.at(Z80), LN_2 / rate.at(-Z80));
    let usual_rate = LN_2 / input.kind.half_life_h();
    let waver = input.waver.unwrap_or(0.0);
    let sound = waver >= 0.0 && waver.is_finite() && input.within_h.is_none_or(|h| h > 0.0 && h.is_finite());
    let usual = hours_until(input.strain, input.target, usual_rate).filter(|_| sound);
    let Some(usual) = usual else {
        let gaps = vec!["strain, target or hours are not finite and above 0".to_owned()];
        let time = Estimate::absent(ID, VERSION, unit, EstimateStatus::OutOfRangeInput, gaps);
        return StrainRecovery { time, in_time: None, half_life_h };
    };
    let mut drawn: Vec<f64> = (0..DRAWS).map(|i| drawn_hours(input, &rate, waver, i)).collect();
    let soon = input.within_h.map(|limit| {
        let certain = |h: &&f64| **h <= limit;
        drawn.iter().filter(certain).count() as f64 / DRAWS as f64
    });
    let at = |drawn: &mut [f64], q| quantile(drawn, q).unwrap_or(usual);
    let (low, value, high) = (at(&mut drawn, 0.1), at(&mut drawn, 0.5), at(&mut drawn, 0.9));
    let known = rate.weights.len();
    let mut gaps = Vec::new();
    if known < MIN_EPISODES {
        gaps.push("fewer than eight past recoveries: mostly people in general".to_owned());
    }
    if known < input.episodes.len() {
        gaps.push(format!("{} past recoveries could not be used", input.episodes.len() - known));
    }
    let prior_share = (rate.sd / RATE_SD).powi(2);
    let contributions = vec![part(
        "own rate of recovery",
        (value - usual) / hours_per_unit,
        Some(input.kind.half_life_h()),
        Some(half_life_h.0),
        "h",
    )];
    let time = Estimate {
        value: Some(value / hours_per_unit),
        low: Some(low / hours_per_unit),
        high: Some(high / hours_per_unit),
        confidence: 1.0 - prior_share,
        status: if known < MIN_EPISODES { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: effective(&rate.weights),
        prior_share,
        coverage: known as f64 / input.episodes.len().max(1) as f64,
        contributions,
        ..Estimate::absent(ID, VERSION, unit, EstimateStatus::Ok, gaps)
    };
    let in_time = soon.map(|p| {
        let (low, high) = ends(input, &rate, waver, p);
        Estimate {
            value: Some(p),
            low: Some(low),
            high: Some(high),
            unit: "1".into(),
            kind: EstimateKind::Probability,
            contributions: Vec::new(),
            ..time.clone()
        }
    });
    StrainRecovery { time, in_time, half_life_h }
}

/// Hours of one draw: a rate, and with waver a first passage at that rate (Michael, Schucany and Haas' way).
fn drawn_hours(input: &StrainInput<'_>, rate: &Rate, waver: f64, draw: u64) -> f64 {
    let mut noise = Noise::of(input.seed, [draw, 0, 0]);
    let kappa = rate.at(noise.normal());
    let Some(passage) = FirstPassage::new((input.strain / input.target).ln(), kappa, waver) else {
        return hours_until(input.strain, input.target, kappa).unwrap_or(0.0);
    };
    let (mean, square) = (passage.mean, noise.normal().powi(2));
    let y = mean * square / (2.0 * passage.shape);
    // the smaller root, written so that large values do not cancel
    let early = mean / (1.0 + y + (y * (y + 2.0)).sqrt());
    if noise.unit() <= mean / (mean + early) { early } else { mean * mean / early }
}

/// The probability at the ends of the rate's 80 % interval, never inside the value.
fn ends(input: &StrainInput<'_>, rate: &Rate, waver: f64, p: f64) -> (f64, f64) {
    let limit = input.within_h.unwrap_or(0.0);
    let distance = (input.strain / input.target).ln();
    let at = |z: f64| match FirstPassage::new(distance, rate.at(z), waver) {
        Some(passage) => passage.cdf(limit),
        // without waver a rate is either fast enough or not
        None => f64::from(u8::from(distance <= rate.at(z) * limit)),
    };
    (at(-Z80).min(p), at(Z80).max(p))
}

/// Probability of recovery within so many hours in closed form, without waver: the rate is log-normal.
///
/// `half_life_h`: the person's, and its spread on the logarithm.
///
/// ```
/// # use twin_models::capacity::strain::recovered_within;
/// assert_eq!(recovered_within(40.0, 20.0, 16.0, (16.0, 0.5)), Some(0.5));
/// ```
#[must_use]
pub fn recovered_within(strain: f64, target: f64, hours: f64, half_life_h: (f64, f64)) -> Option<f64> {
    let median = hours_until(strain, target, LN_2 / half_life_h.0)?;
    let sound = hours > 0.0 && half_life_h.1 > 0.0 && half_life_h.1.is_finite();
    sound.then(|| if median > 0.0 { normal_cdf((hours / median).ln() / half_life_h.1) } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    const INPUT: StrainInput<'_> = StrainInput {
        kind: StrainKind::Daily,
        strain: 60.0,
        target: 20.0,
        episodes: &[],
        waver: None,
        within_h: Some(24.0),
        seed: 7,
    };

    #[test]
    fn draws_agree_with_the_closed_form() {
        let told = strain_recovery(&INPUT);
        let median = 16.0 * 3.0_f64.log2();
        let end = |z: f64| median * (z * RATE_SD).exp();
        let near = |a: Option<f64>, b: f64| (a.unwrap() / b - 1.0).abs() < 0.1;
        assert!(
            near(told.time.value, median) && near(told.time.low, end(-Z80)) && near(told.time.high, end(Z80))
        );
        let p = recovered_within(60.0, 20.0, 24.0, (16.0, RATE_SD)).unwrap();
        assert!((told.in_time.unwrap().value.unwrap() - p).abs() < 0.05);
        assert_eq!(strain_recovery(&INPUT), strain_recovery(&INPUT));
    }

    #[test]
    fn with_waver_it_is_a_first_passage() {
        // a person known so well that only the waver is left
        let exact = RecoveryEpisode { start: 40.0, end: 20.0, hours: 10.0, age_days: 0.0 };
        let episodes = vec![exact; 4000];
        let told = strain_recovery(&StrainInput { episodes: &episodes, waver: Some(0.15), ..INPUT });
        let passage = FirstPassage::new(3.0_f64.ln(), LN_2 / 10.0, 0.15).unwrap();
        for (value, q) in [(told.time.low, 0.1), (told.time.value, 0.5), (told.time.high, 0.9)] {
            assert!((value.unwrap() / passage.quantile(q).unwrap() - 1.0).abs() < 0.1, "{q} {value:?}");
        }
        assert!((told.in_time.unwrap().value.unwrap() - passage.cdf(24.0)).abs() < 0.05);
    }

    #[test]
    fn the_rate_is_learnt_from_recoveries() {
        let mut draws = Draws::new(2);
        let (mut own, mut general) = (0.0, 0.0);
        for _ in 0..100 {
            let truth = 16.0 * (RATE_SD * draws.normal()).exp();
            let mut episode = || {
                let half_life = truth * (0.5 * draws.normal()).exp();
                RecoveryEpisode {
                    start: 50.0,
                    end: 50.0 * (-12.0 / half_life).exp2(),
                    hours: 12.0,
                    age_days: 20.0,
                }
            };
            let episodes: Vec<RecoveryEpisode> = (0..12).map(|_| episode()).collect();
            let told = strain_recovery(&StrainInput { episodes: &episodes, ..INPUT });
            assert_eq!(told.time.status, EstimateStatus::Ok);
            own += (told.half_life_h.0 / truth).ln().abs() / 100.0;
            general += (16.0 / truth).ln().abs() / 100.0;
        }
        println!(
            "mean error of the half-life {:.0} %, of people in general {:.0} %",
            100.0 * own,
            100.0 * general
        );
        assert!(own < 0.5 * general, "{own} {general}");
    }

    #[test]
    fn weeks_are_told_in_days_and_no_relief_is_slow() {
        let week = strain_recovery(&StrainInput { kind: StrainKind::Weekly, within_h: None, ..INPUT });
        assert!((week.time.value.unwrap() - 5.0 * 3.0_f64.log2()).abs() < 0.8 && week.time.unit == "d");
        let none = vec![RecoveryEpisode { start: 40.0, end: 45.0, hours: 12.0, age_days: 1.0 }; 10];
        let slow = strain_recovery(&StrainInput { episodes: &none, ..INPUT }).time;
        assert!(slow.value.unwrap() > 2.0 * 16.0 * 3.0_f64.log2());
        let sum: f64 = slow.contributions.iter().map(|c| c.amount).sum();
        assert!((slow.value.unwrap() - 16.0 * 3.0_f64.log2() - sum).abs() < 1e-9);
        let done = strain_recovery(&StrainInput { strain: 10.0, ..INPUT });
        assert_eq!((done.time.value, done.in_time.unwrap().value), (Some(0.0), Some(1.0)));
    }

    #[test]
    fn bad_input_has_no_answer() {
        let absent = |i: StrainInput<'_>| strain_recovery(&i).time.value.is_none();
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(
                absent(StrainInput { strain: bad, ..INPUT }) && absent(StrainInput { target: bad, ..INPUT })
            );
            assert!(absent(StrainInput { within_h: Some(bad), ..INPUT }));
            let episode = RecoveryEpisode { start: bad, end: 5.0, hours: 3.0, age_days: 1.0 };
            let told = strain_recovery(&StrainInput { episodes: &[episode], ..INPUT });
            assert_eq!((told.time.coverage, told.time.n_effective), (0.0, 0.0));
        }
        assert!(absent(StrainInput { waver: Some(-0.1), ..INPUT }));
        assert_eq!(recovered_within(40.0, 20.0, f64::NAN, (16.0, 0.5)), None);
    }
}
