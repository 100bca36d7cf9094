//! Valence and arousal now: an Ornstein–Uhlenbeck state that sources of unequal worth correct.

use super::space::Affect;

/// Rate of return to the person's usual mood, per minute.
pub const RETURN_RATE: f64 = 1.0 / 180.0;
/// Variance of mood around the usual one.
pub const STATIONARY_VARIANCE: f64 = 0.15;
/// Minutes after the last observation from which the state is stale.
pub const STALE_MIN: f64 = 360.0;
/// Squared standardised surprise beyond which a source is trusted less this time.
pub const OUTLIER: f64 = 9.0;
/// By how much its variance then grows.
pub const OUTLIER_INFLATION: f64 = 4.0;
/// A self-report moves the state at least so far towards itself.
pub const SELF_REPORT_GAIN: f64 = 0.85;
/// Observations that the first guess of a source's variance counts for.
pub const VARIANCE_PRIOR: f64 = 20.0;

/// Observation variance of what a person says of themselves.
pub const SELF_REPORT_VARIANCE: f64 = 0.02;
/// Observation variance of arousal from the body; it says nothing of valence.
pub const BIOMETRIC_VARIANCE: f64 = 0.16;
/// Observation variance of what the context suggests.
pub const CONTEXT_VARIANCE: f64 = 0.5;

/// Observation variance of text, from the confidence (0..=1) of its reading: 0.09 when sure, 0.25 when not.
///
/// ```
/// assert_eq!(twin_models::emotion::mood::text_variance(1.0), 0.09);
/// ```
#[must_use]
pub fn text_variance(confidence: f64) -> f64 {
    0.09 + 0.16 * (1.0 - confidence.clamp(0.0, 1.0))
}

/// The variance of a source as learnt from its squared distances to self-reports within 20 min, drawn to the
/// first guess: `(κ R₀ + Σ d²) / (κ + n)`, κ = 20.
#[must_use]
pub fn learnt_variance(first_guess: f64, squared_distances: &[f64]) -> f64 {
    let sum: f64 = squared_distances.iter().sum();
    (VARIANCE_PRIOR * first_guess + sum) / (VARIANCE_PRIOR + squared_distances.len() as f64)
}

/// A normal belief.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// Its mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

/// How a mood moves by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dynamics {
    /// Rate of return, per minute.
    pub return_rate: f64,
    /// Variance around the usual mood.
    pub stationary_variance: f64,
    /// The usual mood of the person.
    pub usual: Affect,
}

impl Default for Dynamics {
    fn default() -> Self {
        Self { return_rate: RETURN_RATE, stationary_variance: STATIONARY_VARIANCE, usual: Affect::default() }
    }
}

/// Something that speaks of the mood; a variance of infinity, or a value that is not finite, says nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// What it says.
    pub affect: Affect,
    /// Variance of what it says of valence.
    pub valence_variance: f64,
    /// Variance of what it says of arousal.
    pub arousal_variance: f64,
    /// Whether the person said it of themselves.
    pub self_report: bool,
}

/// Mood as known from the observations so far.
///
/// What comes at one time is weighed together against the state before it, so its order does not matter:
/// first the other sources, then the self-reports, which move the state at least 85 % towards themselves.
///
/// ```
/// # use twin_models::emotion::{mood::{Dynamics, Mood, Observation}, space::Affect};
/// let mut mood = Mood::new(Dynamics::default());
/// let said = Affect { valence: 1.0, arousal: -1.0 };
/// mood.observe(0.0, Observation { affect: said, valence_variance: 0.02, arousal_variance: 0.02, self_report: true });
/// assert!(mood.at(0.0).0.mean > 0.85);
/// assert!(mood.at(180.0).0.mean < 0.4); // fades to the usual mood by 1/e in three hours
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mood {
    dynamics: Dynamics,
    time_min: Option<f64>,
    valence: Axis,
    arousal: Axis,
}

impl Mood {
    /// The usual mood, as unsure as it varies.
    #[must_use]
    pub fn new(dynamics: Dynamics) -> Self {
        let start = |mean| Axis::new(Belief { mean, variance: dynamics.stationary_variance });
        let Affect { valence, arousal } = dynamics.usual;
        Self { dynamics, time_min: None, valence: start(valence), arousal: start(arousal) }
    }

    /// Takes in an observation at `time_min`, minutes of any origin; what is older than the newest is left out,
    /// and so is a time that is not finite.
    pub fn observe(&mut self, time_min: f64, observation: Observation) {
        if !time_min.is_finite() || self.time_min.is_some_and(|last| time_min < last) {
            return;
        }
        if self.time_min.is_some_and(|last| time_min > last) {
            let (valence, arousal) = self.at(time_min);
            (self.valence, self.arousal) = (Axis::new(valence), Axis::new(arousal));
        }
        self.time_min = Some(time_min);
        let Observation { affect, valence_variance, arousal_variance, self_report } = observation;
        self.valence.add(affect.valence, valence_variance, self_report);
        self.arousal.add(affect.arousal, arousal_variance, self_report);
    }

    /// Valence and arousal at `time_min`, not before the newest observation.
    #[must_use]
    pub fn at(&self, time_min: f64) -> (Belief, Belief) {
        let elapsed = self.time_min.map_or(0.0, |last| (time_min - last).max(0.0));
        let kept = (-self.dynamics.return_rate * elapsed).exp();
        let later = |axis: &Axis, usual: f64| {
            let Belief { mean, variance } = axis.posterior();
            let lost = self.dynamics.stationary_variance * (1.0 - kept * kept);
            Belief { mean: usual + kept * (mean - usual), variance: kept * kept * variance + lost }
        };
        let Affect { valence, arousal } = self.dynamics.usual;
        (later(&self.valence, valence), later(&self.arousal, arousal))
    }

    /// Minutes since the newest observation; `None` before the first.
    #[must_use]
    pub fn age_min(&self, time_min: f64) -> Option<f64> {
        self.time_min.map(|last| (time_min - last).max(0.0))
    }
}

/// One axis: the belief before the present moment, and what the moment says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Axis {
    before: Belief,
    others: Said,
    own: Said,
}

/// Observations of one moment: the sum of their precisions, and of their values times precision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Said {
    precision: f64,
    weighted: f64,
}

impl Axis {
    fn new(before: Belief) -> Self {
        Self { before, others: Said::default(), own: Said::default() }
    }

    fn add(&mut self, value: f64, variance: f64, own: bool) {
        if !value.is_finite() || variance.is_nan() || variance <= 0.0 {
            return;
        }
        let surprise = (value - self.before.mean).powi(2) / (self.before.variance + variance);
        let doubted = !own && surprise > OUTLIER;
        let precision = 1.0 / if doubted { variance * OUTLIER_INFLATION } else { variance };
        let said = if own { &mut self.own } else { &mut self.others };
        said.precision += precision;
        said.weighted += value * precision;
    }

    fn posterior(&self) -> Belief {
        let others = updated(self.before, self.others);
        // at least so precise that the gain is 0.85
        let least = SELF_REPORT_GAIN / (1.0 - SELF_REPORT_GAIN) / others.variance;
        let grown = if self.own.precision > 0.0 { (least / self.own.precision).max(1.0) } else { 1.0 };
        updated(others, Said { precision: self.own.precision * grown, weighted: self.own.weighted * grown })
    }
}

fn updated(belief: Belief, said: Said) -> Belief {
    let precision = 1.0 / belief.variance + said.precision;
    Belief { mean: (belief.mean / belief.variance + said.weighted) / precision, variance: 1.0 / precision }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn observation() -> impl Strategy<Value = Observation> {
        (-1.0..1.0_f64, -1.0..1.0_f64, 0.02..0.6_f64, any::<bool>(), any::<bool>()).prop_map(
            |(valence, arousal, variance, self_report, body)| Observation {
                affect: Affect { valence, arousal },
                valence_variance: if body { f64::INFINITY } else { variance },
                arousal_variance: variance,
                self_report,
            },
        )
    }

    proptest! {
        #[test]
        fn the_order_of_one_moment_does_not_matter(
            first in observation(), moment in prop::collection::vec(observation(), 1..6), turn in 0_usize..6,
        ) {
            let run = |moment: &[Observation]| {
                let mut mood = Mood::new(Dynamics::default());
                mood.observe(0.0, first);
                moment.iter().for_each(|o| mood.observe(30.0, *o));
                mood.at(45.0)
            };
            let mut other = moment.clone();
            other.reverse();
            other.rotate_left(turn % moment.len());
            let (a, b) = (run(&moment), run(&other));
            prop_assert!((a.0.mean - b.0.mean).abs() < 1e-9 && (a.1.mean - b.1.mean).abs() < 1e-9);
            prop_assert!((a.0.variance - b.0.variance).abs() < 1e-9);
        }

        #[test]
        fn a_self_report_moves_the_state_most_of_the_way(
            before in prop::collection::vec(observation(), 0..5), said in -1.0..1.0_f64, wait in 0.5..300.0_f64,
        ) {
            let mut mood = Mood::new(Dynamics::default());
            before.iter().enumerate().for_each(|(i, o)| mood.observe(i as f64, *o));
            let time = 5.0 + wait;
            let from = mood.at(time).0.mean;
            let affect = Affect { valence: said, arousal: 0.0 };
            mood.observe(time, Observation { affect, valence_variance: 0.02, arousal_variance: 0.02, self_report: true });
            let moved = mood.at(time).0.mean - from;
            prop_assert!((said - from).abs() < 1e-9 || moved / (said - from) >= SELF_REPORT_GAIN - 1e-9);
        }
    }

    #[test]
    fn without_data_it_returns_to_the_usual_mood() {
        let usual = Affect { valence: 0.2, arousal: -0.1 };
        let mut mood = Mood::new(Dynamics { usual, ..Dynamics::default() });
        let odd = Affect { valence: f64::NAN, arousal: 1.0 };
        mood.observe(
            10.0,
            Observation { affect: odd, valence_variance: 0.1, arousal_variance: 0.1, self_report: false },
        );
        assert_eq!(mood.at(10.0).0.mean, 0.2);
        assert!(mood.at(10.0).1.mean > 0.4);
        let (valence, arousal) = mood.at(1e6);
        assert_eq!((valence.mean, arousal.mean), (0.2, -0.1));
        assert!((arousal.variance - STATIONARY_VARIANCE).abs() < 1e-12);
        assert_eq!((mood.age_min(370.0), Mood::new(Dynamics::default()).age_min(0.0)), (Some(360.0), None));
        assert!((learnt_variance(0.1, &[0.5; 20]) - 0.3).abs() < 1e-12);
    }
}
