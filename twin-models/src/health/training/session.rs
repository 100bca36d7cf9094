//! Load of a training session and of a day.

/// Id of the model.
pub const ID: &str = "session_load";
/// Its version.
pub const VERSION: &str = "1";

/// Coefficient and exponent of the Banister impulse [banister1991].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrimpWeight {
    /// 0.64 · e^{1.92 x}.
    Male,
    /// 0.86 · e^{1.67 x}.
    Female,
    /// The mean of the two, for people who are neither or do not say.
    Mean,
}

impl TrimpWeight {
    /// The weight of a minute at heart-rate reserve `x`, 0..=1.
    #[must_use]
    pub fn of(self, x: f64) -> f64 {
        match self {
            Self::Male => 0.64 * (1.92 * x).exp(),
            Self::Female => 0.86 * (1.67 * x).exp(),
            Self::Mean => f64::midpoint(Self::Male.of(x), Self::Female.of(x)),
        }
    }
}

/// Heart rate during a session: (seconds that the sample stands for, per minute).
pub type HrSample = (f64, f64);

/// Samples from times, each standing until the next one but no longer than `hold_s`; the last for as long as
/// the one before it.
#[must_use]
pub fn held(t_us: &[i64], bpm: &[f64], hold_s: f64) -> Vec<HrSample> {
    let mut long = 0.0;
    let mut out: Vec<HrSample> = Vec::with_capacity(bpm.len());
    let next = t_us.iter().skip(1).map(|t| Some(*t)).chain(std::iter::once(None));
    for ((t, bpm), next) in t_us.iter().zip(bpm).zip(next) {
        long = next.map_or(long, |next| (next.saturating_sub(*t) as f64 / 1e6).clamp(0.0, hold_s));
        out.push((long, *bpm));
    }
    out
}

/// Banister's training impulse: `Σ min · x · w(x)`, x the heart-rate reserve clamped to 0..=1 [banister1991].
///
/// `None` without samples or unless `hr_max > hr_rest`.
///
/// ```
/// # use twin_models::health::training::{TrimpWeight, trimp_banister};
/// let hour_at_reserve = [(3600.0, 190.0)];
/// let load = trimp_banister(&hour_at_reserve, 50.0, 190.0, TrimpWeight::Male).unwrap();
/// assert!((load - 60.0 * 0.64 * 1.92_f64.exp()).abs() < 1e-9);
/// ```
#[must_use]
pub fn trimp_banister(samples: &[HrSample], hr_rest: f64, hr_max: f64, weight: TrimpWeight) -> Option<f64> {
    let reserve = hr_max - hr_rest;
    if samples.is_empty() || reserve.is_nan() || reserve <= 0.0 {
        return None;
    }
    Some(
        minutes(samples)
            .map(|(min, bpm)| {
                let x = ((bpm - hr_rest) / reserve).clamp(0.0, 1.0);
                min * x * weight.of(x)
            })
            .sum(),
    )
}

/// Edwards' load: minutes times 1..=5 for 50–60 … 90–100 % of the highest heart rate [edwards1993].
///
/// ```
/// # use twin_models::health::training::trimp_edwards;
/// // 10 min below half, 10 min in the first zone, 10 min in the last
/// assert_eq!(trimp_edwards(&[(600.0, 90.0), (600.0, 100.0), (600.0, 185.0)], 200.0), Some(60.0));
/// ```
#[must_use]
pub fn trimp_edwards(samples: &[HrSample], hr_max: f64) -> Option<f64> {
    if samples.is_empty() || hr_max.is_nan() || hr_max <= 0.0 {
        return None;
    }
    let zone = |bpm: f64| (bpm / hr_max * 10.0 + 1e-9).floor().clamp(4.0, 9.0) - 4.0;
    Some(minutes(samples).map(|(min, bpm)| min * zone(bpm)).sum())
}

/// Lucia's load: minutes times 1, 2 or 3 below, between and above the ventilatory thresholds [lucia2003].
///
/// Without measured thresholds 0.70 and 0.87 of the highest heart rate are usual.
#[must_use]
pub fn trimp_lucia(samples: &[HrSample], vt1_bpm: f64, vt2_bpm: f64) -> Option<f64> {
    let zone = |bpm: f64| 1.0 + f64::from(u8::from(bpm >= vt1_bpm) + u8::from(bpm >= vt2_bpm));
    (!samples.is_empty()).then(|| minutes(samples).map(|(min, bpm)| min * zone(bpm)).sum())
}

/// Session RPE: perceived exertion (CR10, 0..=10) times minutes; `None` outside the scale [foster2001].
///
/// ```
/// assert_eq!(twin_models::health::training::session_rpe(6.0, 30.0), Some(180.0));
/// ```
#[must_use]
pub fn session_rpe(cr10: f64, duration_min: f64) -> Option<f64> {
    ((0.0..=10.0).contains(&cr10) && duration_min >= 0.0).then_some(cr10 * duration_min)
}

/// Heart-rate stress score: 100 times the impulse over that of one hour at lactate threshold.
#[must_use]
pub fn hr_tss(trimp: f64, lthr_bpm: f64, hr_rest: f64, hr_max: f64, weight: TrimpWeight) -> Option<f64> {
    let hour = trimp_banister(&[(3600.0, lthr_bpm)], hr_rest, hr_max, weight)?;
    (hour > 0.0).then(|| 100.0 * trimp / hour)
}

/// Highest heart rate expected at an age in years, standard deviation 10 /min [tanaka2001].
#[must_use]
pub fn hr_max_by_age(age_years: f64) -> f64 {
    208.0 - 0.7 * age_years
}

/// What a session cost, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SessionLoad {
    /// The load in the rule's own points; different rules do not compare.
    pub load: f64,
    /// The rule.
    pub method: LoadMethod,
}

/// Rules of session load, the preferred first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadMethod {
    /// [`trimp_banister`].
    Banister,
    /// [`trimp_edwards`].
    Edwards,
    /// [`session_rpe`].
    SessionRpe,
}

/// What is known of a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionInput<'a> {
    /// Heart rate; should cover at least half of the session.
    pub hr: &'a [HrSample],
    /// Resting heart rate, per minute.
    pub hr_rest: Option<f64>,
    /// Highest heart rate, per minute.
    pub hr_max: Option<f64>,
    /// Weights; the mean where the person does not say.
    pub weight: Option<TrimpWeight>,
    /// Perceived exertion, CR10.
    pub cr10: Option<f64>,
    /// Duration, min.
    pub duration_min: f64,
}

/// The load by the best rule that the input allows; `None` where no rule applies.
///
/// Heart rate that covers less than half of the session is not used.
#[must_use]
pub fn session_load(input: &SessionInput<'_>) -> Option<SessionLoad> {
    let covered: f64 = minutes(input.hr).map(|(min, _)| min).sum();
    let hr = if covered >= 0.5 * input.duration_min { input.hr } else { &[] };
    let weight = input.weight.unwrap_or(TrimpWeight::Mean);
    let banister = || trimp_banister(hr, input.hr_rest?, input.hr_max?, weight);
    let edwards = || trimp_edwards(hr, input.hr_max?);
    let rpe = || session_rpe(input.cr10?, input.duration_min);
    let by = |method| move |load| SessionLoad { load, method };
    banister()
        .map(by(LoadMethod::Banister))
        .or_else(|| edwards().map(by(LoadMethod::Edwards)))
        .or_else(|| rpe().map(by(LoadMethod::SessionRpe)))
}

/// The load of each day: the sum of its sessions' loads by one rule. `None` where a day had a session that the
/// rule could not score, as leaving it out would look like rest.
///
/// `days`: for each day, the loads of its sessions; an empty day is a day of rest.
#[must_use]
pub fn daily_load(days: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
    days.iter().map(|sessions| sessions.iter().copied().sum::<Option<f64>>()).collect()
}

fn minutes(samples: &[HrSample]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let usable = |s: &&HrSample| s.0.is_finite() && s.0 > 0.0 && s.1.is_finite();
    samples.iter().filter(usable).map(|(s, bpm)| (s / 60.0, *bpm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_rule_that_applies() {
        let hr = [(600.0, 150.0)];
        let mut input = SessionInput {
            hr: &hr,
            hr_rest: Some(50.0),
            hr_max: Some(200.0),
            cr10: Some(5.0),
            duration_min: 10.0,
            weight: Some(TrimpWeight::Female),
        };
        let x: f64 = 100.0 / 150.0;
        let load = session_load(&input).unwrap();
        assert_eq!(load.method, LoadMethod::Banister);
        assert!((load.load - 10.0 * x * 0.86 * (1.67 * x).exp()).abs() < 1e-9);
        input.hr_rest = None;
        assert_eq!(session_load(&input), Some(SessionLoad { load: 30.0, method: LoadMethod::Edwards }));
        input.duration_min = 60.0; // heart rate covers a sixth
        assert_eq!(session_load(&input), Some(SessionLoad { load: 300.0, method: LoadMethod::SessionRpe }));
        input.cr10 = Some(12.0);
        assert_eq!(session_load(&input), None);
    }

    #[test]
    fn samples_are_held_but_not_for_ever() {
        let samples = held(&[0, 1_000_000, 61_000_000, 63_000_000], &[100.0, 110.0, 120.0, 130.0], 10.0);
        assert_eq!(samples, [(1.0, 100.0), (10.0, 110.0), (2.0, 120.0), (2.0, 130.0)]);
        assert_eq!(trimp_lucia(&[(60.0, 99.0), (60.0, 100.0), (60.0, 150.0)], 100.0, 150.0), Some(6.0));
        assert_eq!(trimp_banister(&[], 50.0, 190.0, TrimpWeight::Mean), None);
        assert_eq!(trimp_banister(&samples, 190.0, 190.0, TrimpWeight::Mean), None);
        assert_eq!(hr_max_by_age(40.0), 180.0);
    }

    #[test]
    fn an_unscored_session_is_not_rest() {
        let days = [vec![], vec![Some(50.0), Some(30.0)], vec![Some(50.0), None]];
        assert_eq!(daily_load(&days), [Some(0.0), Some(80.0), None]);
    }
}
