//! Momentary stress from a wearable, window by window, and the load of a day.
//!
//! Not a diagnosis. What is found is bodily arousal as in a laboratory's tasks; joy and effort look alike. A
//! device with heart data only gets a lower confidence and the word arousal.

pub mod calibrate;
pub mod classifier;
pub mod eda;
pub mod episodes;
pub mod features;
pub mod gate;
mod ring;
pub mod smooth;

use crate::stats::Z80;
use calibrate::Platt;
use classifier::{Channels, Prior};
use features::{BASELINE_S, Extractor, FORMS, Features, HOP_S, MEASURES, Second};
use gate::{ActivityGate, AdditionalHr};
use smooth::{Filter, logistic};
use twin_core::Timestamp;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the momentary estimate.
pub const NOW_ID: &str = "stress_now";
/// Id of the load of a day.
pub const LOAD_ID: &str = "stress_load";
/// Version of both.
pub const VERSION: &str = "1";

/// What heart data alone keeps of the confidence. OWN.
const HEART_ONLY: f64 = 0.5;
/// Reasons that are named; the rest is one more.
const NAMED: usize = 5;

/// One person's stress, as seconds come in. Memory is constant.
///
/// ```
/// use twin_models::health::stress::{Monitor, features::Second};
/// let mut monitor = Monitor::shipped().unwrap();
/// let second = Second { hr_bpm: Some(64.0), ..Second::default() };
/// let said = (0..240_i64).filter_map(|t| monitor.push(twin_core::Timestamp::from_micros(t * 1_000_000), &second));
/// let said: Vec<_> = said.collect();
/// assert_eq!((said.len(), said[0].value), (7, None)); // the first three minutes are the baseline
/// assert!(said[6].value.unwrap() < 0.5);
/// ```
#[derive(Clone, Debug)]
pub struct Monitor {
    prior: Prior,
    person: Option<Platt>,
    extractor: Extractor,
    gate: ActivityGate,
    additional: AdditionalHr,
    all: Filter,
    heart: Filter,
    eda_heard: u64,
    hr_heard: u64,
    log_odds: Option<f64>,
}

impl Monitor {
    /// With the prior that is shipped.
    #[must_use]
    pub fn shipped() -> Option<Self> {
        Prior::shipped().map(Self::new)
    }

    /// With this prior.
    #[must_use]
    pub fn new(prior: Prior) -> Self {
        let filter = Filter::new(prior.log_odds);
        Self {
            prior,
            person: None,
            extractor: Extractor::default(),
            gate: ActivityGate::default(),
            additional: AdditionalHr::default(),
            all: filter,
            heart: filter,
            eda_heard: u64::MAX,
            hr_heard: u64::MAX,
            log_odds: None,
        }
    }

    /// Takes the person's own labels: log odds as [`Monitor::log_odds`] gave them and what the person said.
    /// From five labels of both kinds on, probabilities are calibrated to the person.
    pub fn calibrate(&mut self, labels: &[(f64, bool)]) {
        self.person = Platt::person(labels);
    }

    /// The calibrated log odds of the last window, before the person's own line; absent without one.
    #[must_use]
    pub const fn log_odds(&self) -> Option<f64> {
        self.log_odds
    }

    /// Takes the second that starts at `at`; every 30 s, from the first minute on, gives an estimate or its absence.
    ///
    /// A missing second is pushed empty. After hours off the wrist start a new monitor.
    pub fn push(&mut self, at: Timestamp, second: &Second<'_>) -> Option<Estimate> {
        self.gate.push(second);
        let heard = |value: Option<f64>, ago: u64| {
            if value.is_some_and(f64::is_finite) { 0 } else { ago.saturating_add(1) }
        };
        self.eda_heard = heard(second.eda_us, self.eda_heard);
        self.hr_heard = heard(second.hr_bpm, self.hr_heard);
        let hr = second.hr_bpm.filter(|hr| (25.0..=250.0).contains(hr));
        let hr_bpm = self.additional.push(hr, second.steps);
        let features = self.extractor.push(&Second { hr_bpm, ..*second })?;
        self.log_odds = None;
        let refusal = if self.hr_heard > 60 {
            Some("no heart rate in the last minute")
        } else if let Some(active) = self.gate.active() {
            Some(active.why())
        } else {
            (self.extractor.seconds() <= BASELINE_S).then_some("the first three minutes are the baseline")
        };
        if let Some(why) = refusal {
            self.all.skip();
            self.heart.skip();
            let status = if why.starts_with("masked") {
                EstimateStatus::Abstained
            } else {
                EstimateStatus::InsufficientData
            };
            return Some(Estimate {
                kind: EstimateKind::Probability,
                ..Estimate::absent(NOW_ID, VERSION, "1", status, vec![why.into()])
            });
        }
        Some(self.estimate(at, &features))
    }

    fn estimate(&mut self, at: Timestamp, features: &Features) -> Estimate {
        let channels = if self.eda_heard <= HOP_S { Channels::All } else { Channels::Heart };
        let all = self.all.push(self.prior.score(features, Channels::All));
        let heart = self.heart.push(self.prior.score(features, Channels::Heart));
        let smoothed = if channels == Channels::All { all } else { heart };
        let [slope, offset, between] = self.prior.linear(channels).calibration;
        let population = slope * smoothed + offset;
        self.log_odds = Some(population);
        let line = self.person.unwrap_or_default();
        let last = line.slope * population + line.offset;
        let p = logistic(last);
        let usual = logistic(self.prior.log_odds);
        // what a step of one in a window's log odds is worth now; the rest was believed before
        let worth = line.slope * slope * smooth::EVIDENCE;
        let parts = self.prior.contributions(features, channels);
        let contributions = reasons(&parts, features, worth, last - self.prior.log_odds, p - usual);
        let (used, wanted) = self.used(features, channels);
        let coverage = used / wanted.max(1.0);
        let reference = (usual * (1.0 - usual)).sqrt();
        let sure = 1.0 - ((p * (1.0 - p)).sqrt() / reference).min(1.0);
        let heart_only = channels == Channels::Heart;
        let mut gaps = Vec::new();
        if heart_only {
            gaps.push("heart data only: this is arousal, not stress".into());
        }
        if coverage < 1.0 {
            gaps.push("some measures are missing and taken as usual".into());
        }
        if !self.gate.measured() {
            gaps.push("activity is not measured: movement may look like stress".into());
        }
        Estimate {
            value: Some(p),
            low: Some(logistic(last - Z80 * between)),
            high: Some(logistic(last + Z80 * between)),
            confidence: sure * coverage * if heart_only { HEART_ONLY } else { 1.0 },
            kind: EstimateKind::Probability,
            status: if heart_only || coverage < 0.5 {
                EstimateStatus::Provisional
            } else {
                EstimateStatus::Ok
            },
            n_effective: 1.0,
            prior_share: if self.person.is_some() { 0.5 } else { 1.0 },
            coverage,
            as_of: Some(Timestamp::from_micros(at.micros().saturating_add(1_000_000))),
            contributions,
            gaps,
            ..Estimate::absent(NOW_ID, VERSION, "1", EstimateStatus::Ok, Vec::new())
        }
    }

    /// Weight of features that are there, and of all.
    fn used(&self, features: &Features, channels: Channels) -> (f64, f64) {
        let weights = self.prior.linear(channels).weights.iter();
        weights.zip(features).fold((0.0, 0.0), |(used, all), (w, x)| {
            (used + if x.is_some() { w.abs() } else { 0.0 }, all + w.abs())
        })
    }
}

/// The measures that moved the estimate most, and the rest: together exactly `value_change`.
///
/// Log odds are linear; all are turned into probability with one factor, that of the whole change.
fn reasons(
    parts: &[f64],
    features: &Features,
    worth: f64,
    log_odds_change: f64,
    value_change: f64,
) -> Vec<Contribution> {
    let factor = if log_odds_change.abs() > 1e-9 { value_change / log_odds_change } else { 0.25 };
    let contribution = |feature: &str, amount: f64, baseline, now, unit: &str| Contribution {
        feature: feature.into(),
        amount,
        baseline,
        now,
        unit: unit.into(),
    };
    let per_measure = MEASURES.iter().zip(parts.chunks(FORMS.len())).zip(features.chunks(FORMS.len()));
    let mut named: Vec<Contribution> = per_measure
        .map(|((measure, parts), features)| {
            let now = features.first().copied().flatten();
            let usual = features.get(4).copied().flatten().zip(now).map(|(less, now)| now - less);
            let unit = if measure.starts_with("hrm") || *measure == "hr180" { "/min" } else { "1" };
            contribution(measure, parts.iter().sum::<f64>() * worth * factor, usual, now, unit)
        })
        .filter(|c| c.amount != 0.0)
        .collect();
    named.order_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    named.truncate(NAMED);
    let rest = value_change - named.iter().map(|c| c.amount).sum::<f64>();
    named.push(contribution("minutes before and other measures", rest, None, None, "1"));
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(seconds: i64, second: impl Fn(i64) -> Second<'static>) -> Vec<Estimate> {
        let mut monitor = Monitor::shipped().unwrap();
        (0..seconds).filter_map(|t| monitor.push(Timestamp::from_micros(t * 1_000_000), &second(t))).collect()
    }

    fn aroused(t: i64) -> Second<'static> {
        let on = t > 900;
        let wave = (t % 20) as f64 / 20.0;
        Second {
            hr_bpm: Some(if on { 85.0 } else { 62.0 } + wave),
            eda_us: Some(if on { 2.0 + (t - 900) as f64 / 200.0 + 0.3 * wave } else { 2.0 }),
            steps: Some(0.0),
            ..Second::default()
        }
    }

    #[test]
    fn a_racing_heart_and_rising_conductance_raise_it_and_say_why() {
        let said = run(1200, aroused);
        let (before, after) = (&said[25], said.last().unwrap());
        assert!(after.value.unwrap() > before.value.unwrap() + 0.3, "{before:?} {after:?}");
        assert_eq!(after.kind, EstimateKind::Probability);
        let prior = Prior::shipped().unwrap();
        for one in said.iter().filter(|one| one.value.is_some()) {
            let sum: f64 = one.contributions.iter().map(|c| c.amount).sum();
            assert!((sum - (one.value.unwrap() - logistic(prior.log_odds))).abs() < 1e-9);
            assert!(one.low < one.value && one.value < one.high);
        }
    }

    #[test]
    fn heart_data_alone_is_arousal_with_less_confidence() {
        let said = run(1200, |t| Second { eda_us: None, ..aroused(t) });
        let last = said.last().unwrap();
        assert!(last.gaps.iter().any(|gap| gap.contains("arousal")));
        assert!(last.confidence <= 0.5 && last.status == EstimateStatus::Provisional);
    }

    #[test]
    fn walking_and_an_empty_wrist_are_no_number() {
        let walked = run(900, |t| Second { steps: Some(if t > 600 { 2.0 } else { 0.0 }), ..aroused(t) });
        assert_eq!(
            (walked.last().unwrap().value, &walked.last().unwrap().status),
            (None, &EstimateStatus::Abstained)
        );
        assert!(
            run(900, |_| Second::default()).iter().all(|one| one.value.is_none() && !one.gaps.is_empty())
        );
    }

    #[test]
    fn own_labels_move_the_probability() {
        let said = |labels: &[(f64, bool)]| {
            let mut monitor = Monitor::shipped().unwrap();
            monitor.calibrate(labels);
            (0..1200)
                .filter_map(|t| monitor.push(Timestamp::from_micros(t * 1_000_000), &aroused(t)))
                .last()
                .unwrap()
        };
        let never: Vec<(f64, bool)> = (0..30).map(|i| (f64::from(i % 5) - 1.0, i == 0)).collect();
        assert!(said(&never).value < said(&[]).value);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_the_sensors_say_there_is_no_bad_number(
            values in proptest::collection::vec((any::<f64>(), any::<f64>(), any::<f64>(), any::<f64>()), 300..400)
        ) {
            let mut monitor = Monitor::shipped().unwrap();
            for (t, (a, b, c, d)) in values.into_iter().enumerate() {
                let beats = [features::Beat { at_s: a, rr_ms: d }];
                let second = Second {
                    hr_bpm: Some(a),
                    eda_us: Some(b),
                    steps: (t % 2 == 0).then_some(c.min(0.0)),
                    acceleration_sd_g: None,
                    beats: &beats,
                    ..Second::default()
                };
                if let Some(one) = monitor.push(Timestamp::from_micros(t as i64 * 1_000_000), &second) {
                    prop_assert!(one.value.is_none_or(|p| (0.0..=1.0).contains(&p)));
                    prop_assert!((0.0..=1.0).contains(&one.confidence) && (0.0..=1.0).contains(&one.coverage));
                    prop_assert!(one.contributions.iter().all(|c| c.amount.is_finite()));
                }
            }
        }
    }
}
