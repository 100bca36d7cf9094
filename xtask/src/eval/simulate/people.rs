//! Who is simulated ahead: invented people, and real ones with a watch.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use twin_core::LocalDate;
use twin_models::simulate::{DayRecord, NightRecord};
use twin_testkit::{Person, SimOptions};

/// Seeds of the invented people. While building, 1 to 20 and 101 to 120 were looked at.
pub(super) const SEEDS: std::ops::RangeInclusive<u64> = 201..=220;
const DAYS: u32 = 120;
/// Ten equally likely values of N(0, 1), in mixed order.
const LATER_H: [f64; 10] = [-0.67, 1.04, -0.13, 0.39, -1.64, 1.64, -0.39, 0.13, -1.04, 0.67];

/// The days of one person, in order and without holes.
pub(super) struct PersonDays {
    pub(super) first: LocalDate,
    pub(super) days: Vec<DayRecord>,
    /// By how many hours the body's clock is late, which no forecast is told; the people of a testkit have none,
    /// so it is set to quantiles of N(0, 1 h), and to 0 for real people, of whom it is not known.
    pub(super) later_h: f64,
}

impl PersonDays {
    /// The weekday of a day, 0 is Monday.
    pub(super) fn weekday(&self, day: usize) -> u8 {
        self.first.plus_days(i32::try_from(day).unwrap_or(0)).weekday()
    }
}

/// The invented people, as a watch that is not always worn saw them.
pub(super) fn simulated() -> Result<Vec<PersonDays>, String> {
    SEEDS
        .map(|seed| {
            let options = SimOptions::with_days(DAYS);
            let truth = Person::simulate(seed, &options).map_err(|e| e.to_string())?.truth();
            let days = truth.days.iter().map(|day| {
                let hour = |t: twin_core::Timestamp| (t.secs() - day.start.secs()) as f64 / 3600.0;
                let night = NightRecord {
                    onset_h: hour(day.sleep.onset),
                    wake_h: hour(day.sleep.wake),
                    asleep_h: day.sleep.tst_min / 60.0,
                };
                let worn = day.sleep.recorded;
                DayRecord {
                    night: worn.then_some(night),
                    nap_h: day.nap_min / 60.0,
                    load: Some(day.training_load),
                    resting_hr: worn.then_some(day.rhr_bpm),
                    ln_rmssd: worn.then_some(day.rmssd_ms.ln()),
                    drinks: f64::from(day.drinks),
                    free: !day.works,
                }
            });
            Ok(PersonDays {
                first: options.start,
                days: days.collect(),
                later_h: LATER_H.iter().cycle().nth(seed as usize).copied().unwrap_or(0.0),
            })
        })
        .collect()
}

/// The real people of the folder; empty where there is none.
pub(super) fn real(folder: &Path) -> Result<Vec<PersonDays>, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> =
        entries.filter_map(|e| Some(e.ok()?.path().join("fitbit"))).filter(|p| p.is_dir()).collect();
    paths.sort();
    Ok(paths.iter().filter_map(|path| of_watch(path)).collect())
}

fn of_watch(path: &Path) -> Option<PersonDays> {
    let mut by_date: BTreeMap<LocalDate, DayRecord> = BTreeMap::new();
    for sleep in list(&path.join("sleep.json")) {
        let date: Option<LocalDate> = text(&sleep, "dateOfSleep").and_then(|t| t.parse().ok());
        let (Some(date), Some(onset), Some(wake), Some(asleep)) = (
            date,
            text(&sleep, "startTime").and_then(instant_h),
            text(&sleep, "endTime").and_then(instant_h),
            sleep.get("minutesAsleep").and_then(Value::as_f64),
        ) else {
            continue;
        };
        let midnight = 24.0 * f64::from(date.days());
        let night =
            NightRecord { onset_h: onset - midnight, wake_h: wake - midnight, asleep_h: asleep / 60.0 };
        let day = by_date.entry(date).or_default();
        if sleep.get("mainSleep").and_then(Value::as_bool) == Some(true) {
            day.night = Some(night);
        } else {
            day.nap_h += night.asleep_h;
        }
    }
    for row in list(&path.join("resting_heart_rate.json")) {
        let date: Option<LocalDate> = text(&row, "dateTime").and_then(|t| t.get(..10)?.parse().ok());
        let value =
            row.get("value").and_then(|v| v.get("value")).and_then(Value::as_f64).filter(|v| *v > 0.0);
        if let Some((date, value)) = date.zip(value) {
            by_date.entry(date).or_default().resting_hr = Some(value);
        }
    }
    let (first, last) = (*by_date.keys().next()?, *by_date.keys().next_back()?);
    let days = (0..=last.days() - first.days())
        .map(|i| first.plus_days(i))
        .map(|date| DayRecord {
            free: date.weekday() >= 5,
            ..by_date.get(&date).copied().unwrap_or_default()
        })
        .collect();
    Some(PersonDays { first, days, later_h: 0.0 })
}

/// The entries of a file, packed or not; none if it is not there.
fn list(path: &Path) -> Vec<Value> {
    let mut bytes = Vec::new();
    if let Ok(file) = std::fs::File::open(path.with_extension("json.gz")) {
        if flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).is_err() {
            return Vec::new();
        }
    } else if let Ok(plain) = std::fs::read(path) {
        bytes = plain;
    }
    serde_json::from_slice::<Vec<Value>>(&bytes).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// Hours of a wall clock that never changes, from `YYYY-MM-DD HH:MM:SS` or with a `T`.
fn instant_h(text: &str) -> Option<f64> {
    let date: LocalDate = text.get(..10)?.parse().ok()?;
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<f64>().ok();
    Some(24.0 * f64::from(date.days()) + part(11..13)? + part(14..16)? / 60.0 + part(17..19)? / 3600.0)
}
