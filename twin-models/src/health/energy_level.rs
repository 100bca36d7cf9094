//! Momentary energy: what the person would answer now (book §10).
//!
//! No recordings with momentary energy answers were at hand, so there is no fitted table of trees: a linear learner
//! stands in. It starts with no opinion on its drivers and learns them from the person alone. Without any answer it
//! falls back to the energy curve that the caller supplies.

use super::readiness::Scale;
use super::readiness::interval::Errors;
use super::readiness::posterior::{Posterior, dot};
use crate::stats::{Z80, mean, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "energy_level";
/// Its version.
pub const VERSION: &str = "1";
/// Answers from which an estimate is no longer provisional.
pub const ANSWERS_MIN: usize = 14;
/// Answers that the starting point counts for in the calibration.
pub const KAPPA: f64 = 20.0;
/// Half-life of the person's level, in answers. OWN.
pub const HALF_LIFE: f64 = 7.0;
/// Pseudo-answers that draw the level of a time of day towards the level of all. OWN, as a season in §3.3.
pub const BIN_SHRINKAGE: f64 = 8.0;
/// Times of day that have a level and an interval of their own: night, morning, afternoon, evening.
pub const BINS: usize = 4;
/// Page–Hinkley: change that is tolerated, and the sum that makes a drift, in spreads [page1954].
pub const DRIFT: (f64, f64) = (0.05, 10.0);

const DRIVERS: usize = 6;
/// Quantiles of |N(0, 1)|: errors before there are own ones.
const NORMAL_ERRORS: [f64; 15] = [
    0.0418, 0.1257, 0.2104, 0.2967, 0.3853, 0.4770, 0.5730, 0.6745, 0.7835, 0.9027, 1.0364, 1.1918, 1.3830,
    1.6449, 2.1280,
];

/// What is known at one moment, and the answer if one was given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Local time of day, 0..24 hours.
    pub hour: f64,
    /// The energy curve of the alertness models at this time, 0..=100.
    pub curve: Option<f64>,
    /// Readiness score of the day, 0..=100.
    pub readiness: Option<f64>,
    /// Hours since waking.
    pub hours_awake: Option<f64>,
    /// Steps of the last 60 minutes.
    pub steps_60min: Option<f64>,
    /// Heart rate of the last 10 minutes, in own spreads.
    pub heart_rate_z: Option<f64>,
    /// Minutes of meetings in the last 3 hours.
    pub meeting_min_3h: Option<f64>,
    /// The answer on the host's scale; higher is more energy.
    pub answer: Option<f64>,
}

impl Moment {
    /// Centred drivers of about unit spread, 0 where missing; centres and spreads OWN.
    fn drivers(&self) -> [f64; DRIVERS] {
        let centred = |value: Option<f64>, centre: f64, spread: f64| {
            value.filter(|v| v.is_finite()).map_or(0.0, |v| ((v - centre) / spread).clamp(-3.0, 3.0))
        };
        [
            centred(self.curve, 50.0, 25.0),
            centred(self.readiness, 50.0, 25.0),
            centred(self.hours_awake, 8.0, 4.0),
            centred(self.steps_60min.map(|s| s.max(0.0).ln_1p()), 5.0, 2.0),
            centred(self.heart_rate_z, 0.0, 1.0),
            centred(self.meeting_min_3h, 45.0, 45.0),
        ]
    }

    fn inputs(&self) -> [(&'static str, &'static str, Option<f64>); DRIVERS] {
        [
            ("energy_curve", "1", self.curve),
            ("readiness", "1", self.readiness),
            ("hours_awake", "h", self.hours_awake),
            ("steps_60min", "1", self.steps_60min),
            ("heart_rate_z", "1", self.heart_rate_z),
            ("meeting_min_3h", "min", self.meeting_min_3h),
        ]
    }

    fn bin(&self) -> usize {
        (self.hour.rem_euclid(24.0) / 24.0 * BINS as f64) as usize % BINS
    }
}

/// Momentary energy and whether the person has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyLevel {
    /// The expected answer on the host's scale; contributions from the person's level.
    pub level: Estimate,
    /// Whether errors have drifted to one side: the learner should start again.
    pub drifted: bool,
}

/// Energy at the last of `moments` (oldest first), from the answers before it.
///
/// ```
/// # use twin_models::health::energy_level::{energy_level, Moment};
/// # use twin_models::health::readiness::Scale;
/// let scale = Scale { low: 0.0, high: 10.0 };
/// let now = Moment { hour: 10.0, curve: Some(60.0), ..Moment::default() };
/// assert_eq!(energy_level(&[now], scale).level.value, Some(6.0)); // the curve, on the host's scale
/// let mut moments = vec![Moment { answer: Some(7.0), ..now }; 20];
/// moments.push(now);
/// let learned = energy_level(&moments, scale).level.value.unwrap();
/// assert!((learned - 7.0).abs() < 0.2);
/// ```
#[must_use]
pub fn energy_level(moments: &[Moment], scale: Scale) -> EnergyLevel {
    let Some((now, past)) = moments.split_last() else {
        return none(EstimateStatus::InsufficientData, "no moment");
    };
    if !scale.is_valid() || !now.hour.is_finite() {
        return none(EstimateStatus::OutOfRangeInput, "the scale or the time of day is none");
    }
    let mut learner = Learner::new(scale);
    for moment in past.iter().filter(|m| m.hour.is_finite()) {
        learner.observe(moment);
    }
    if learner.answers.is_empty() {
        return fallen_back(now, scale);
    }
    learner.answer(now)
}

/// Without answers: the curve, on the host's scale.
fn fallen_back(now: &Moment, scale: Scale) -> EnergyLevel {
    let Some(curve) = now.curve.filter(|c| (0.0..=100.0).contains(c)) else {
        return none(EstimateStatus::InsufficientData, "no answers and no energy curve");
    };
    let gaps = vec!["not calibrated to you: no answers yet".into()];
    let blank = Estimate::absent(ID, VERSION, "1", EstimateStatus::Provisional, gaps);
    let value = scale.low + curve / 100.0 * (scale.high - scale.low);
    let level = Estimate { value: Some(value), prior_share: 1.0, coverage: 1.0 / DRIVERS as f64, ..blank };
    EnergyLevel { level, drifted: false }
}

fn none(status: EstimateStatus, why: &str) -> EnergyLevel {
    EnergyLevel { level: Estimate::absent(ID, VERSION, "1", status, vec![why.into()]), drifted: false }
}

struct Learner {
    scale: Scale,
    /// Answers, their bins, and what they left over of the level.
    answers: Vec<(f64, usize)>,
    weights: Posterior,
    errors: Vec<Errors>,
    up: f64,
    down: f64,
    drifted: bool,
}

impl Learner {
    fn new(scale: Scale) -> Self {
        Self {
            scale,
            answers: Vec::new(),
            weights: Posterior::new(&[0.0; DRIVERS], KAPPA.sqrt().recip(), 1.0),
            errors: vec![Errors::new(&NORMAL_ERRORS); BINS],
            up: 0.0,
            down: 0.0,
            drifted: false,
        }
    }

    /// Level of a time of day: the fading mean of all answers and, shrunken, how this time differs from it.
    fn level(&self, bin: usize) -> f64 {
        let (mut sum, mut weight, mut keep) = (0.0, 0.0, 1.0);
        let fade = 0.5_f64.powf(1.0 / HALF_LIFE);
        for (answer, _) in self.answers.iter().rev() {
            sum += keep * answer;
            weight += keep;
            keep *= fade;
        }
        let all: Vec<f64> = self.answers.iter().map(|(a, _)| *a).collect();
        let same: Vec<f64> = self.answers.iter().filter(|(_, b)| *b == bin).map(|(a, _)| *a).collect();
        let apart = mean(&same).zip(mean(&all)).map_or(0.0, |(here, usual)| here - usual);
        sum / weight + apart * same.len() as f64 / (same.len() as f64 + BIN_SHRINKAGE)
    }

    /// The person's spread; 0.15 of the scale counts for 6 answers. OWN.
    fn spread(&self) -> f64 {
        let n = self.answers.len() as f64;
        let own = sd(&self.answers.iter().map(|(a, _)| *a).collect::<Vec<_>>()).unwrap_or(0.0);
        let start = 0.15 * (self.scale.high - self.scale.low);
        ((n * own * own + 6.0 * start * start) / (n + 6.0)).sqrt()
    }

    fn observe(&mut self, moment: &Moment) {
        let Some(answer) = moment.answer.filter(|a| (self.scale.low..=self.scale.high).contains(a)) else {
            return;
        };
        if self.answers.len() >= 3 {
            let (level, spread) = (self.level(moment.bin()), self.spread());
            let z = moment.drivers();
            let solved = self.weights.solved();
            let said = dot(&self.weights.trusted(&solved), &z);
            let surprise = (answer - level) / spread;
            if let Some(errors) = self.errors.get_mut(moment.bin()) {
                errors.observe((surprise - said).abs());
            }
            self.up = (self.up + surprise - said - DRIFT.0).max(0.0);
            self.down = (self.down - surprise + said - DRIFT.0).max(0.0);
            self.drifted |= self.up.max(self.down) > DRIFT.1;
            self.weights.observe_solved(&z, surprise.clamp(-3.0, 3.0), &solved);
        }
        self.answers.push((answer, moment.bin()));
    }

    fn answer(&self, now: &Moment) -> EnergyLevel {
        let (level, spread, n) = (self.level(now.bin()), self.spread(), self.answers.len());
        let amounts: Vec<f64> =
            self.weights.weights().iter().zip(now.drivers()).map(|(w, z)| spread * w * z).collect();
        let free = level + amounts.iter().sum::<f64>();
        let value = free.clamp(self.scale.low, self.scale.high);
        let kept = if free == level { 1.0 } else { (value - level) / (free - level) };
        let half = spread * self.errors.get(now.bin()).map_or(f64::INFINITY, Errors::half_width);
        let inputs = now.inputs();
        let missing: Vec<&str> =
            inputs.iter().filter(|(.., v)| v.is_none()).map(|(name, ..)| *name).collect();
        let coverage = 1.0 - missing.len() as f64 / DRIVERS as f64;
        let contributions = inputs.iter().zip(&amounts).filter(|(_, amount)| **amount != 0.0);
        let mut gaps = Vec::new();
        if n < ANSWERS_MIN {
            gaps.push(format!("{n} of {ANSWERS_MIN} answers"));
        }
        if !missing.is_empty() {
            gaps.push(format!("missing now: {}", missing.join(", ")));
        }
        let status = if n < ANSWERS_MIN { EstimateStatus::Provisional } else { EstimateStatus::Ok };
        let level = Estimate {
            value: Some(value),
            low: Some((value - half).max(self.scale.low)),
            high: Some((value + half).min(self.scale.high)),
            confidence: coverage * (1.0 - (half / Z80 / spread).min(1.0)),
            kind: EstimateKind::Quantity,
            n_effective: n as f64,
            prior_share: KAPPA / (KAPPA + n as f64),
            coverage,
            contributions: contributions
                .map(|((name, unit, now), amount)| Contribution {
                    feature: (*name).into(),
                    amount: kept * amount,
                    baseline: None,
                    now: *now,
                    unit: (*unit).into(),
                })
                .collect(),
            ..Estimate::absent(ID, VERSION, "1", status, gaps)
        };
        EnergyLevel { level, drifted: self.drifted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { low: 0.0, high: 10.0 };

    #[test]
    fn it_learns_what_moves_this_person() {
        let moment = |i: u32| {
            let curve = f64::from(i.wrapping_mul(2_654_435_761) >> 8 & 63) + 20.0;
            let answer = Some((5.0 + (curve - 50.0) / 15.0).round());
            Moment { hour: f64::from(i % 4) * 6.0, curve: Some(curve), answer, ..Moment::default() }
        };
        let mut moments: Vec<Moment> = (0..300).map(moment).collect();
        moments.push(Moment { hour: 12.0, curve: Some(80.0), ..Moment::default() });
        let high = energy_level(&moments, SCALE);
        moments.pop();
        moments.push(Moment { hour: 12.0, curve: Some(20.0), ..Moment::default() });
        let low = energy_level(&moments, SCALE);
        assert!(high.level.value > Some(6.0) && low.level.value < Some(4.0), "{high:?} {low:?}");
        let first = &high.level.contributions[0];
        assert!(first.feature == "energy_curve" && first.amount > 1.0);
        assert!(!high.drifted && high.level.low < high.level.value && high.level.value < high.level.high);
    }

    #[test]
    fn a_lasting_change_is_noticed_and_bad_input_is_absent() {
        let at = |answer| Moment { hour: 9.0, answer: Some(answer), ..Moment::default() };
        let moments: Vec<Moment> = (0..200)
            .map(|i| at(if i < 100 { 2.0 + f64::from(i % 2) } else { f64::from(i) / 20.0 }))
            .collect();
        assert!(energy_level(&moments, SCALE).drifted);
        assert_eq!(energy_level(&[], SCALE).level.value, None);
        let odd = Moment { hour: f64::NAN, curve: Some(50.0), ..Moment::default() };
        assert_eq!(energy_level(&[odd], SCALE).level.status, EstimateStatus::OutOfRangeInput);
        let blank = Moment { hour: 9.0, curve: Some(f64::NAN), ..Moment::default() };
        assert_eq!(energy_level(&[blank], SCALE).level.value, None);
    }
}
