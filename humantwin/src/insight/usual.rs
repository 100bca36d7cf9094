//! A day against the person's own past.

use crate::view::{DayView, UsualView};
use std::collections::BTreeMap;
use twin_core::LocalDate;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_models::health::baseline::lnrmssd::{self, BASE_MIN, SWC_SHARE, TrendDay, trend};
use twin_models::health::baseline::person::{BaselineSpec, DailyRow, baseline_of_day};
use twin_models::health::baseline::robust::RobustOptions;
use twin_models::stats::Z80;

/// A daily quantity with a baseline of its own.
pub(crate) struct UsualSpec {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    /// The least spread that means anything: the sensor's resolution (`models-health` §3.3).
    floor: f64,
    by_weekday: bool,
    /// The value and its era: what it may be compared with.
    value: fn(&DayView) -> Option<(f64, String)>,
}

/// The quantities that are compared with the person's own past.
pub(crate) fn usual_specs() -> [UsualSpec; 5] {
    [
        UsualSpec {
            name: "sleep_duration",
            unit: "min",
            floor: 10.0,
            by_weekday: true,
            value: |d| d.sleep.as_ref().and_then(|s| Some((s.asleep_min?, s.source.clone()))),
        },
        UsualSpec {
            name: "resting_heart_rate",
            unit: "/min",
            floor: 0.5,
            by_weekday: false,
            value: |d| {
                let heart = d.heart.as_ref()?;
                Some((heart.resting.as_ref()?.value?, heart.resting_method.clone()?))
            },
        },
        UsualSpec { name: "ln_rmssd", unit: "1", floor: 0.05, by_weekday: false, value: ln_rmssd },
        UsualSpec {
            name: "hrv_sdnn",
            unit: "ms",
            floor: 2.0,
            by_weekday: false,
            value: |d| {
                d.hrv.as_ref().and_then(|h| Some((h.sdnn_ms?, h.sdnn_source.clone().unwrap_or_default())))
            },
        },
        UsualSpec {
            name: "steps",
            unit: "{step}",
            floor: 250.0,
            by_weekday: true,
            value: |d| d.activity.as_ref().and_then(|a| Some((a.steps?, String::new()))),
        },
    ]
}

fn ln_rmssd(day: &DayView) -> Option<(f64, String)> {
    let hrv = day.hrv.as_ref()?;
    let value = hrv.rmssd.as_ref()?.value.filter(|v| *v > 0.0)?;
    Some((value.ln(), format!("{}/{}", hrv.source, hrv.method)))
}

/// A quantity on `today` against the days before it. The newest value counts where today has none.
pub(crate) fn usual(spec: &UsualSpec, days: &[DayView], today: LocalDate) -> UsualView {
    let mut eras: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows = Vec::new();
    for day in days.iter().filter(|d| d.date <= today) {
        if let Some((value, era)) = (spec.value)(day) {
            let next = eras.len() as u32;
            rows.push(DailyRow { date: day.date, value, era: *eras.entry(era).or_insert(next) });
        }
    }
    let date = rows.last().map_or(today, |r| r.date);
    let options = RobustOptions { floor: spec.floor, ..RobustOptions::default() };
    let baseline = baseline_of_day(
        &rows,
        date,
        &BaselineSpec {
            metric: spec.name,
            unit: spec.unit,
            options,
            prior: None,
            by_weekday: spec.by_weekday,
        },
    );
    let flag = baseline.z.value.map(|z| {
        if z > Z80 {
            1
        } else if z < -Z80 {
            -1
        } else {
            0
        }
    });
    UsualView {
        name: spec.name.into(),
        date,
        value: rows.last().map(|r| r.value),
        unit: spec.unit.into(),
        range_low: baseline.range.map(|r| r.0),
        range_high: baseline.range.map(|r| r.1),
        usual: baseline.usual,
        z: baseline.z,
        flag,
    }
}

/// The 7-day mean of ln RMSSD against the smallest worthwhile change; `None` without such a mean.
pub(crate) fn rmssd_trend(days: &[DayView], today: LocalDate) -> Option<UsualView> {
    let trend = Trend::of(days, today);
    let date = days.iter().rev().find(|d| d.date <= today && ln_rmssd(d).is_some())?.date;
    let day = trend.on(date)?;
    let ln7 = day.ln7?;
    let absent = |unit: &str| {
        Estimate::absent(lnrmssd::ID, lnrmssd::VERSION, unit, EstimateStatus::InsufficientData, Vec::new())
    };
    let (mut usual, mut z) = (absent("1"), absent("1"));
    z.kind = EstimateKind::Index;
    let mut range = None;
    match (day.base_mean, day.base_sd) {
        (Some(mean), Some(sd)) => {
            let half = SWC_SHARE * sd;
            range = Some((mean - half, mean + half));
            (usual.value, usual.status, usual.coverage, usual.confidence) =
                (Some(mean), EstimateStatus::Ok, 1.0, 0.8);
            (z.value, z.status, z.coverage, z.confidence) =
                ((sd > 0.0).then(|| (ln7 - mean) / sd), EstimateStatus::Ok, 1.0, 0.8);
        }
        _ => {
            let why = format!("fewer than {BASE_MIN} readings in the 4 weeks before the last");
            usual.gaps.push(why.clone());
            z.gaps.push(why);
        }
    }
    Some(UsualView {
        name: "ln_rmssd_7_days".into(),
        date,
        value: Some(ln7),
        unit: "1".into(),
        range_low: range.map(|r| r.0),
        range_high: range.map(|r| r.1),
        usual,
        z,
        flag: day.flag.map(i32::from),
    })
}

/// The trend of ln RMSSD over days of one method: the newest day's.
pub(crate) struct Trend {
    first: Option<LocalDate>,
    days: Vec<TrendDay>,
}

impl Trend {
    pub(crate) fn of(days: &[DayView], today: LocalDate) -> Self {
        let known: Vec<&DayView> = days.iter().filter(|d| d.date <= today && ln_rmssd(d).is_some()).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return Self { first: None, days: Vec::new() };
        };
        let era = ln_rmssd(last).map(|(_, era)| era);
        let span = usize::try_from(last.date.days() - first.date.days()).unwrap_or(0);
        let mut values = vec![None; span + 1];
        for day in &known {
            let place = usize::try_from(day.date.days() - first.date.days()).ok();
            if let (Some((ln, this)), Some(slot)) = (ln_rmssd(day), place.and_then(|p| values.get_mut(p)))
                && Some(this) == era
            {
                *slot = Some(ln.exp());
            }
        }
        Self { first: Some(first.date), days: trend(&values) }
    }

    pub(crate) fn on(&self, date: LocalDate) -> Option<TrendDay> {
        let place = usize::try_from(date.days() - self.first?.days()).ok()?;
        self.days.get(place).copied()
    }
}
