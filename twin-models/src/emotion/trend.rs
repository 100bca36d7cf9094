//! Repeated answers on one item (mood, valence, energy …): level, variability, inertia, time of day, change.

use crate::stats::{Z80, effective_n, interval80, mean, sd};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "mood_trend";
/// Its version.
pub const VERSION: &str = "1";
/// Answers that the model asks for.
pub const MIN_ANSWERS: usize = 14;
/// Answers in each of two weeks that a weekly change needs. OWN.
pub const MIN_WEEK: usize = 4;
/// Standard errors beyond which a weekly change is flagged.
pub const FLAG: f64 = 1.96;
/// Days without an answer after which the level is stale. OWN.
pub const STALE_DAYS: f64 = 7.0;
/// Days between two answers that still count as successive. OWN.
pub const SUCCESSIVE_DAYS: f64 = 1.5;
/// Days whose coverage is told.
const COVERAGE_DAYS: f64 = 28.0;
/// Variance of the level's step of a day in variances of an answer, as tried. OWN.
const RATIOS: [f64; 7] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Local time in days of any origin; the fraction is the time of day.
    pub day: f64,
    /// What was answered.
    pub value: f64,
}

/// The item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    /// Its name, for the reasons.
    pub name: &'a str,
    /// Lowest answer.
    pub low: f64,
    /// Highest answer.
    pub high: f64,
}

/// What the answers say.
#[derive(Clone, Debug, PartialEq)]
pub struct MoodTrend {
    /// The level now, on the item's scale.
    pub level: Estimate,
    /// Mean of the last seven days less that of the seven before.
    pub weekly_change: Estimate,
    /// Whether that change is beyond 1.96 standard errors.
    pub changed: bool,
    /// Root mean square of the differences of successive answers [jahng2008].
    pub variability: Option<f64>,
    /// Correlation of successive answers: how far a mood carries over [kuppens2010].
    pub inertia: Option<f64>,
    /// Mean deviation from the overall mean at night (0–6 h), in the morning, afternoon and evening; absent
    /// below three answers there.
    pub time_of_day: [Option<f64>; 4],
}

/// The trend at `now_day` (local time in days of the answers' origin); later answers are not looked at.
///
/// Answers in any order; those off the item's scale are left out and told. With fewer than 14 everything is
/// absent. The level is a Kalman filter of a local level [harvey1990] whose pace is the likeliest of seven.
///
/// ```
/// # use twin_models::emotion::trend::{Answer, Item, mood_trend};
/// let item = Item { name: "mood", low: 0.0, high: 10.0 };
/// let answers: Vec<Answer> = (0..28).map(|i| Answer { day: f64::from(i) + 0.8, value: 6.0 + f64::from(i % 2) }).collect();
/// let trend = mood_trend(&answers, 27.9, &item);
/// assert!((trend.level.value.unwrap() - 6.5).abs() < 0.1);
/// assert_eq!((trend.variability, trend.changed), (Some(1.0), false));
/// ```
#[must_use]
pub fn mood_trend(answers: &[Answer], now_day: f64, item: &Item<'_>) -> MoodTrend {
    let on_scale = |a: &Answer| (item.low..=item.high).contains(&a.value);
    let in_time = |a: &&Answer| a.day.is_finite() && a.day <= now_day;
    let mut used: Vec<Answer> = answers.iter().filter(in_time).filter(|a| on_scale(a)).copied().collect();
    used.order_by(|a, b| a.day.total_cmp(&b.day));
    let off = answers.iter().filter(in_time).filter(|a| !on_scale(a)).count();
    let mut gaps = Vec::new();
    if off > 0 {
        gaps.push(format!("{off} answers off the scale left out"));
    }
    let absent =
        |gaps: Vec<String>| Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, gaps);
    let Some(last) = used.last().filter(|_| used.len() >= MIN_ANSWERS && item.high > item.low) else {
        gaps.push(format!("{} of {MIN_ANSWERS} answers", used.len()));
        return MoodTrend {
            level: absent(gaps.clone()),
            weekly_change: absent(gaps),
            changed: false,
            variability: None,
            inertia: None,
            time_of_day: [None; 4],
        };
    };
    let mut answered: Vec<i64> =
        used.iter().filter(|a| now_day - a.day < COVERAGE_DAYS).map(|a| a.day.floor() as i64).collect();
    answered.dedup();
    let coverage = (answered.len() as f64 / COVERAGE_DAYS).min(1.0);
    gaps.push(format!("answers on {} of the last 28 days", answered.len()));
    let values: Vec<f64> = used.iter().map(|a| a.value).collect();
    let least = (item.high - item.low) / 40.0; // an answer is a rounded feeling. OWN
    let spread = sd(&values).unwrap_or(0.0).max(least);
    let level = local_level(&used, now_day, least);
    let stale = now_day - last.day > STALE_DAYS;
    let (low, high) = interval80(level.mean, level.variance.sqrt());
    let confidence = (1.0 - level.variance.sqrt() / spread).clamp(0.0, 1.0);
    let base = Estimate {
        kind: EstimateKind::Quantity,
        n_effective: effective_n(&values),
        coverage,
        ..absent(gaps)
    };
    let (weekly_change, changed) = weekly_change(&used, now_day, spread, item, &base);
    MoodTrend {
        level: Estimate {
            value: Some(level.mean.clamp(item.low, item.high)),
            low: Some(low.max(item.low)),
            high: Some(high.min(item.high)),
            confidence: if stale { confidence / 2.0 } else { confidence },
            status: if stale { EstimateStatus::Stale } else { EstimateStatus::Ok },
            ..base
        },
        weekly_change,
        changed,
        variability: rmssd(&used),
        inertia: inertia(&used),
        time_of_day: time_of_day(&used),
    }
}

struct Level {
    mean: f64,
    variance: f64,
    log_likelihood: f64,
}

/// The likeliest local level at `now_day`; the variance of an answer is concentrated out, at least `least²`.
fn local_level(answers: &[Answer], now_day: f64, least: f64) -> Level {
    let runs = RATIOS.iter().map(|ratio| filter(answers, now_day, *ratio, least));
    let none = Level { mean: f64::NAN, variance: f64::NAN, log_likelihood: f64::NEG_INFINITY };
    runs.fold(none, |best, run| if run.log_likelihood > best.log_likelihood { run } else { best })
}

/// One pass in units of an answer's variance.
fn filter(answers: &[Answer], now_day: f64, ratio: f64, least: f64) -> Level {
    let Some((first, rest)) = answers.split_first() else {
        return Level { mean: f64::NAN, variance: f64::NAN, log_likelihood: f64::NEG_INFINITY };
    };
    let (mut mean, mut variance, mut at) = (first.value, 1.0, first.day);
    let (mut squares, mut logs) = (0.0, 0.0);
    for answer in rest {
        variance += ratio * (answer.day - at);
        at = answer.day;
        let total = variance + 1.0;
        let surprise = answer.value - mean;
        squares += surprise * surprise / total;
        logs += total.ln();
        mean += variance / total * surprise;
        variance /= total;
    }
    let n = rest.len().max(1) as f64;
    let scale = (squares / n).max(least * least);
    let log_likelihood = -0.5 * (n * scale.ln() + logs + squares / scale);
    Level { mean, variance: scale * (variance + ratio * (now_day - at)), log_likelihood }
}

/// Differences between successive answers, not over long pauses.
fn successive(answers: &[Answer]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let near = |(a, b): &(&Answer, &Answer)| b.day - a.day <= SUCCESSIVE_DAYS;
    answers.iter().zip(answers.iter().skip(1)).filter(near).map(|(a, b)| (a.value, b.value))
}

fn rmssd(answers: &[Answer]) -> Option<f64> {
    let squares: Vec<f64> = successive(answers).map(|(a, b)| (b - a).powi(2)).collect();
    mean(&squares).filter(|_| squares.len() >= MIN_ANSWERS / 2).map(f64::sqrt)
}

fn inertia(answers: &[Answer]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = successive(answers).collect();
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (mean_before, mean_after) = (mean(&before)?, mean(&after)?);
    let product: f64 = pairs.iter().map(|(a, b)| (a - mean_before) * (b - mean_after)).sum();
    let squares = |values: &[f64], mean: f64| values.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    let scale = (squares(&before, mean_before) * squares(&after, mean_after)).sqrt();
    (pairs.len() >= MIN_ANSWERS / 2 && scale > 1e-12).then(|| (product / scale).clamp(-1.0, 1.0))
}

fn time_of_day(answers: &[Answer]) -> [Option<f64>; 4] {
    let values: Vec<f64> = answers.iter().map(|a| a.value).collect();
    let usual = mean(&values).unwrap_or(0.0);
    [0, 1, 2, 3].map(|quarter| {
        let inside = |a: &&Answer| (a.day.rem_euclid(1.0) * 4.0) as i64 == quarter;
        let there: Vec<f64> = answers.iter().filter(inside).map(|a| a.value - usual).collect();
        mean(&there).filter(|_| there.len() >= 3)
    })
}

/// Last week against the one before; repeated answers count less, by the correlation of each week's.
fn weekly_change(
    answers: &[Answer],
    now_day: f64,
    spread: f64,
    item: &Item<'_>,
    base: &Estimate,
) -> (Estimate, bool) {
    let week = |from: f64, to: f64| -> Vec<f64> {
        let inside = |a: &&Answer| (from..to).contains(&(now_day - a.day));
        answers.iter().filter(inside).map(|a| a.value).collect()
    };
    let (this, before) = (week(0.0, 7.0), week(7.0, 14.0));
    let both = mean(&this).zip(mean(&before)).filter(|_| this.len().min(before.len()) >= MIN_WEEK);
    let Some((now, then)) = both else {
        let mut absent = base.clone();
        absent.gaps.push(format!("{} and {} answers in the last two weeks", this.len(), before.len()));
        return (absent, false);
    };
    let error = spread * (1.0 / effective_n(&this).max(1.0) + 1.0 / effective_n(&before).max(1.0)).sqrt();
    let change = now - then;
    let (low, high) = interval80(change, error);
    let estimate = Estimate {
        value: Some(change),
        low: Some(low),
        high: Some(high),
        confidence: (1.0 - error / (Z80 * spread)).clamp(0.0, 1.0),
        status: EstimateStatus::Ok,
        n_effective: effective_n(&this) + effective_n(&before),
        contributions: vec![Contribution {
            feature: item.name.into(),
            amount: change,
            baseline: Some(then),
            now: Some(now),
            unit: "1".into(),
        }],
        ..base.clone()
    };
    (estimate, change.abs() > FLAG * error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOOD: Item<'static> = Item { name: "mood", low: 0.0, high: 10.0 };

    fn daily(values: &[f64]) -> Vec<Answer> {
        values
            .iter()
            .zip(0_u32..)
            .map(|(value, day)| Answer { day: f64::from(day) + 0.5, value: *value })
            .collect()
    }

    #[test]
    fn fourteen_answers_make_a_trend() {
        let few = mood_trend(&daily(&[5.0; 13]), 13.0, &MOOD);
        assert_eq!((few.level.value, few.weekly_change.value), (None, None));
        assert_eq!(few.level.gaps, ["13 of 14 answers"]);
        let enough = mood_trend(&daily(&[5.0; 14]), 14.0, &MOOD);
        assert_eq!((enough.level.value, enough.inertia, enough.changed), (Some(5.0), None, false));
    }

    #[test]
    fn a_worse_week_is_flagged_and_the_level_follows() {
        let mut values: Vec<f64> = (0..28).map(|i| 7.0 + f64::from(i % 3) - 1.0).collect();
        values.extend((0..7).map(|i| 3.0 + f64::from(i % 3) - 1.0));
        let trend = mood_trend(&daily(&values), 35.0, &MOOD);
        assert!(trend.changed && trend.weekly_change.value.unwrap() < -3.0);
        assert!(trend.level.value.unwrap() < 4.5);
        assert!(trend.inertia.unwrap() > 0.3);
        let steady = mood_trend(&daily(&values[..28]), 28.0, &MOOD);
        assert!(!steady.changed && steady.level.high.unwrap() - steady.level.low.unwrap() < 2.0);
    }

    #[test]
    fn answers_that_ended_long_ago_are_stale() {
        let trend = mood_trend(&daily(&[4.0, 6.0].repeat(10)), 40.0, &MOOD);
        assert_eq!((trend.level.status, trend.weekly_change.value), (EstimateStatus::Stale, None));
    }

    #[test]
    fn evenings_can_differ_from_mornings() {
        let at = |day: u32, hour: f64, value: f64| Answer { day: f64::from(day) + hour / 24.0, value };
        let answers: Vec<Answer> = (0..10).flat_map(|d| [at(d, 9.0, 4.0), at(d, 20.0, 8.0)]).collect();
        assert_eq!(mood_trend(&answers, 10.0, &MOOD).time_of_day, [None, Some(-2.0), None, Some(2.0)]);
    }

    proptest! {
        #[test]
        fn never_a_made_up_number(rows in prop::collection::vec((-5.0..60.0_f64, prop_oneof![
            0.0..10.0_f64, Just(f64::NAN), Just(11.0),
        ]), 0..60), now in -5.0..70.0_f64) {
            let answers: Vec<Answer> = rows.iter().map(|(day, value)| Answer { day: *day, value: *value }).collect();
            let trend = mood_trend(&answers, now, &MOOD);
            prop_assert!(trend.level.value.is_none_or(|v| (0.0..=10.0).contains(&v)));
            prop_assert!(trend.level.low <= trend.level.high);
            prop_assert!((0.0..=1.0).contains(&trend.level.confidence));
            prop_assert!(trend.weekly_change.value.is_none_or(f64::is_finite));
            prop_assert!(trend.variability.is_none_or(f64::is_finite));
        }
    }
}
