//! The daily baseline of a person: eras, gaps, a prior for the first days.

use super::robust::{RobustDay, RobustOptions, robust_on};
use crate::stats::{interval80, median};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::LocalDate;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::Gather as _;

/// Id of the model.
pub const ID: &str = "baseline_z";
/// Its version.
pub const VERSION: &str = "1";
/// Days that a prior counts for.
pub const PRIOR_DAYS: f64 = 5.0;
/// Own days from which z is given with a prior.
pub const NEW_UNTIL: usize = 7;
/// Days without a value after which the scale is widened.
pub const LONG_GAP_DAYS: i32 = 14;
/// By how much.
pub const GAP_WIDENING: f64 = 1.5;
/// For how many values after the gap.
pub const GAP_VALUES: usize = 5;
/// Days on which two sources overlap before one may be shifted onto the other.
pub const MIN_OVERLAP_DAYS: usize = 7;

/// One value of one civil day, from one era (source and method).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DailyRow {
    /// The day; of a night, the day of waking.
    pub date: LocalDate,
    /// The value.
    pub value: f64,
    /// The era; equal for values that may be compared.
    pub era: u32,
}

/// What is known of people in general.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean of people of this age, sex and source.
    pub mean: f64,
    /// Spread between days of one such person, above 0.
    pub sd: f64,
}

/// What the baseline is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaselineSpec<'a> {
    /// The quantity's name, for the reasons.
    pub metric: &'a str,
    /// Its UCUM unit.
    pub unit: &'a str,
    /// Windows, minimum data and floor.
    pub options: RobustOptions,
    /// The prior, where there is one.
    pub prior: Option<Prior>,
    /// Whether weekdays have seasons of their own.
    pub by_weekday: bool,
}

/// How unusual a day is for this person.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// The usual value, in the spec's unit.
    pub usual: Estimate,
    /// Distance from it in usual spreads, unit `1`.
    pub z: Estimate,
    /// Where 80 % of the person's usual days lie, in the spec's unit; absent without a spread.
    pub range: Option<(f64, f64)>,
}

/// A mean that starts at a prior: `(κ μ + Σx) / (κ + n)` with κ = 5 days, and the prior's share of it.
///
/// ```
/// # use twin_models::health::baseline::person::blend;
/// assert_eq!(blend(60.0, &[50.0; 5]), (55.0, 0.5));
/// assert_eq!(blend(60.0, &[]), (60.0, 1.0));
/// ```
#[must_use]
pub fn blend(prior_mean: f64, values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = (PRIOR_DAYS * prior_mean + values.iter().sum::<f64>()) / (PRIOR_DAYS + n);
    (mean, PRIOR_DAYS / (PRIOR_DAYS + n))
}

/// The baseline on `today`, from rows of any order; later days are not looked at.
///
/// The era of today's value (else of the newest before) counts. Values of another era fill its missing days
/// only if both have values on 7 days of the last 90, moved by the median difference; otherwise the baseline
/// restarts with the era. After more than 14 days without a value the scale is 1.5 times as wide and the
/// answer provisional for 5 values. Without 14 own values of the last 28 days the usual value comes from the
/// prior and the own ones, provisional, and z only from 7 own values on.
#[must_use]
pub fn baseline_of_day(rows: &[DailyRow], today: LocalDate, spec: &BaselineSpec<'_>) -> Baseline {
    let known = rows.iter().filter(|r| r.date <= today && r.value.is_finite());
    let Some(newest) = known.clone().max_by_key(|r| (r.date, r.era)) else {
        return nothing(spec, "no values yet");
    };
    let history = History::of_era(known, newest.era, today);
    let span = spec.options.season_days.max(spec.options.days);
    let first = today.plus_days(-i32::try_from(span).unwrap_or(i32::MAX));
    let dates: Vec<LocalDate> = (0..=span).map(|i| first.plus_days(i32::try_from(i).unwrap_or(0))).collect();
    let values: Vec<Option<f64>> = dates.iter().map(|d| history.values.get(d).copied()).collect();
    let weekdays: Vec<u8> = dates.iter().map(|d| d.weekday()).collect();
    let kinds = spec.by_weekday.then_some(weekdays.as_slice());
    let now = values.last().copied().flatten();
    let past: Vec<f64> = values.iter().rev().skip(1).take(spec.options.days).copied().flatten().collect();
    let mut day = robust_on(&values, kinds, &spec.options, span);
    let mut gaps = history.gaps;
    let mut share = 0.0;
    if day.location.is_none() {
        let Some(prior) = spec.prior.filter(|prior| prior.sd > 0.0) else {
            let need = spec.options.min_location;
            return nothing(
                spec,
                &format!("{} of {need} days of the last {}", past.len(), spec.options.days),
            );
        };
        let (mean, prior_share) = blend(prior.mean, &past);
        share = prior_share;
        day = RobustDay { season: 0.0, location: Some(mean), scale: Some(prior.sd), z: None };
        gaps.push(format!("{} own days; the rest is people in general", past.len()));
    }
    let after_gap = history.after_gap;
    if after_gap {
        day.scale = day.scale.map(|scale| scale * GAP_WIDENING);
        gaps.push(format!("fewer than {GAP_VALUES} values since a gap of more than {LONG_GAP_DAYS} days"));
    }
    let status = if share > 0.0 || after_gap { EstimateStatus::Provisional } else { EstimateStatus::Ok };
    answer(spec, &day, now, &Context { past: past.len(), share, status, gaps })
}

struct Context {
    past: usize,
    share: f64,
    status: EstimateStatus,
    gaps: Vec<String>,
}

fn answer(spec: &BaselineSpec<'_>, day: &RobustDay, now: Option<f64>, context: &Context) -> Baseline {
    let mut out = nothing(spec, "");
    let coverage = (context.past as f64 / spec.options.days.max(1) as f64).min(1.0);
    for estimate in [&mut out.usual, &mut out.z] {
        estimate.n_effective = context.past as f64;
        estimate.prior_share = context.share;
        estimate.coverage = coverage;
        estimate.gaps.clone_from(&context.gaps);
        estimate.status = context.status;
        estimate.confidence = coverage * (1.0 - context.share);
    }
    let usual = day.location.map(|location| location + day.season);
    out.usual.value = usual;
    if let (Some(usual), Some(scale)) = (usual, day.scale) {
        let n = context.past as f64 + if context.share > 0.0 { PRIOR_DAYS } else { 0.0 };
        let error = std::f64::consts::FRAC_PI_2.sqrt() * scale / n.max(1.0).sqrt();
        let (low, high) = interval80(usual, error);
        (out.usual.low, out.usual.high) = (Some(low), Some(high));
        out.range = Some(interval80(usual, scale));
    }
    let z =
        usual.zip(now).zip(day.scale.filter(|s| *s > 0.0)).map(|((usual, now), scale)| (now - usual) / scale);
    let too_new = context.share > 0.0 && context.past < NEW_UNTIL;
    out.z.value = z.filter(|_| !too_new);
    match out.z.value {
        Some(z) => out.z.contributions.push(Contribution {
            feature: spec.metric.into(),
            amount: z,
            baseline: usual,
            now,
            unit: spec.unit.into(),
        }),
        None => {
            out.z.status = EstimateStatus::InsufficientData;
            out.z.confidence = 0.0;
            if now.is_none() {
                out.z.gaps.push("no value today".into());
            } else if too_new {
                out.z.gaps.push(format!("fewer than {NEW_UNTIL} own days"));
            }
        }
    }
    out
}

fn nothing(spec: &BaselineSpec<'_>, why: &str) -> Baseline {
    let gaps = || if why.is_empty() { Vec::new() } else { vec![why.to_owned()] };
    let status = EstimateStatus::InsufficientData;
    let mut z = Estimate::absent(ID, VERSION, "1", status, gaps());
    z.kind = EstimateKind::Index;
    Baseline { usual: Estimate::absent(ID, VERSION, spec.unit, status, gaps()), z, range: None }
}

/// The values of one era, and of others where they could be shifted onto it.
struct History {
    values: BTreeMap<LocalDate, f64>,
    gaps: Vec<String>,
    after_gap: bool,
}

impl History {
    fn of_era<'a>(rows: impl Iterator<Item = &'a DailyRow>, era: u32, today: LocalDate) -> Self {
        let mut eras: BTreeMap<u32, BTreeMap<LocalDate, f64>> = BTreeMap::new();
        for row in rows {
            eras.entry(row.era).or_default().insert(row.date, row.value);
        }
        let own = eras.remove(&era).unwrap_or_default();
        let mut values = own.clone();
        let mut gaps = Vec::new();
        let overlap_from = today.plus_days(-90);
        for other in eras.values() {
            let mut differences: Vec<f64> = other
                .range(overlap_from..)
                .filter_map(|(date, value)| own.get(date).map(|mine| mine - value))
                .collect();
            if differences.len() < MIN_OVERLAP_DAYS {
                gaps.push("values of another source are not comparable and left out".into());
                continue;
            }
            if let Some(offset) = median(&mut differences) {
                for (date, value) in other {
                    values.entry(*date).or_insert(value + offset);
                }
            }
        }
        gaps.dedup();
        let dates: Vec<LocalDate> = values.keys().copied().gather::<BTreeSet<_>>().into_iter().collect();
        let long = |a: LocalDate, b: LocalDate| b.days() - a.days() > LONG_GAP_DAYS;
        let newest = dates.iter().rev().take(GAP_VALUES + 1).copied().collect::<Vec<_>>();
        let before_recent =
            newest.iter().zip(newest.iter().skip(1)).any(|(later, earlier)| long(*earlier, *later));
        let until_today = newest.first().is_some_and(|last| long(*last, today));
        Self { values, gaps, after_gap: before_recent || until_today }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(i: i32) -> LocalDate {
        LocalDate::from_days(20_000 + i)
    }

    fn spec() -> BaselineSpec<'static> {
        let options = RobustOptions { floor: 0.5, ..RobustOptions::default() };
        BaselineSpec { metric: "resting_heart_rate", unit: "/min", options, prior: None, by_weekday: false }
    }

    /// `n` days from `from` around 55: 54, 55, 56, 54 …
    fn rows(from: i32, n: i32, era: u32) -> Vec<DailyRow> {
        (from..from + n)
            .map(|i| DailyRow { date: day(i), value: 54.0 + f64::from(i.rem_euclid(3)), era })
            .collect()
    }

    #[test]
    fn an_unusual_day_stands_out() {
        let mut rows = rows(0, 28, 1);
        rows.push(DailyRow { date: day(28), value: 60.0, era: 1 });
        let b = baseline_of_day(&rows, day(28), &spec());
        assert_eq!((b.usual.value, b.usual.status), (Some(55.0), EstimateStatus::Ok));
        let z = b.z.value.unwrap();
        assert!((z - 5.0 / crate::stats::MAD_TO_SD).abs() < 1e-12); // MAD is 1
        assert_eq!(b.z.contributions[0].amount, z);
        let again = baseline_of_day(&rows[..28], day(28), &spec());
        assert_eq!((again.usual.value, again.z.value), (Some(55.0), None));
    }

    #[test]
    fn a_new_source_restarts_unless_both_were_worn() {
        let mut changed = rows(0, 28, 1);
        changed.extend(rows(28, 3, 2).iter().map(|r| DailyRow { value: r.value + 10.0, ..*r }));
        let restarted = baseline_of_day(&changed, day(30), &spec());
        assert_eq!(restarted.usual.value, None);
        changed.extend(rows(20, 8, 2).iter().map(|r| DailyRow { value: r.value + 10.0, ..*r }));
        let shifted = baseline_of_day(&changed, day(30), &spec());
        assert_eq!(shifted.usual.value, Some(65.0));
    }

    #[test]
    fn a_long_gap_widens() {
        let mut with_gap = rows(0, 20, 1);
        with_gap.extend(rows(36, 2, 1));
        let options = RobustOptions { days: 60, ..spec().options };
        let wide = baseline_of_day(&with_gap, day(37), &BaselineSpec { options, ..spec() });
        assert_eq!(wide.z.status, EstimateStatus::Provisional);
        with_gap.extend(rows(38, 5, 1));
        let settled = baseline_of_day(&with_gap, day(42), &BaselineSpec { options, ..spec() });
        assert_eq!(settled.z.status, EstimateStatus::Ok);
    }

    #[test]
    fn a_new_person_leans_on_the_prior() {
        let prior = Some(Prior { mean: 60.0, sd: 3.0 });
        let few = baseline_of_day(&rows(0, 5, 1), day(5), &BaselineSpec { prior, ..spec() });
        // 54 + 55 + 56 + 54 + 55 = 274 and five times 60
        assert_eq!((few.usual.value, few.usual.prior_share), (Some(57.4), 0.5));
        assert_eq!(few.usual.status, EstimateStatus::Provisional);
        let fifth = baseline_of_day(&rows(0, 5, 1), day(4), &BaselineSpec { prior, ..spec() });
        assert_eq!((fifth.z.value, fifth.z.status), (None, EstimateStatus::InsufficientData));
        let more = baseline_of_day(&rows(0, 10, 1), day(9), &BaselineSpec { prior, ..spec() });
        assert_eq!(more.z.status, EstimateStatus::Provisional);
        assert!(more.z.value.is_some());
        assert_eq!(baseline_of_day(&[], day(0), &spec()).usual.value, None);
    }
}
