//! Reads PMData [thambawita2020]: wrist-worn device and daily check-ins of people in training.
//!
//! Check-ins carry UTC, the device local time; the study ran in Norway. A morning holds only what was known at
//! its check-in: nights that had ended by then, the day before as a whole.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use twin_core::{LocalDate, Timestamp, Zone};
use twin_models::health::readiness::Scale;
use twin_models::health::readiness::drivers::{Answers, Morning};

const ZONE: &str = "Europe/Oslo";
/// Minutes of any activity in a day below which the device was not worn. OWN.
const WORN_MIN: f64 = 10.0;

/// The scale of readiness.
pub(crate) const READINESS: Scale = Scale { low: 0.0, high: 10.0 };
/// The scale of all other items.
pub(crate) const ITEM: Scale = Scale { low: 1.0, high: 5.0 };

/// One person's mornings, oldest first, days without a check-in among them.
pub(crate) struct Person {
    pub(crate) name: String,
    /// Short hash of the answers: tells whether a person helped to fit the priors.
    pub(crate) hash: String,
    pub(crate) mornings: Vec<Morning>,
    /// Local hour of each check-in; absent where there was none.
    pub(crate) hours: Vec<Option<f64>>,
}

struct Night {
    end: Timestamp,
    asleep_min: f64,
    efficiency: Option<f64>,
    bedtime_min: f64,
    score: Option<f64>,
    restoration: Option<f64>,
    resting_hr: Option<f64>,
}

/// All people under `DIR/wearable_selfreport/pmdata`; those without check-ins are left out.
pub(crate) fn people(data: &Path) -> Result<Vec<Person>, String> {
    let folder = data.join("wearable_selfreport/pmdata");
    let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    folders.retain(|path| path.join("pmsys/wellness.csv").is_file());
    folders.sort();
    let zone = Zone::named(ZONE).map_err(|e| e.to_string())?;
    folders.iter().map(|path| person(path, &zone)).collect()
}

fn person(folder: &Path, zone: &Zone) -> Result<Person, String> {
    let wellness = std::fs::read_to_string(folder.join("pmsys/wellness.csv")).map_err(|e| e.to_string())?;
    let mut told: Vec<(Timestamp, Answers)> = table(&wellness).iter().filter_map(check_in).collect();
    told.sort_by_key(|(at, _)| *at);
    let nights = nights(folder);
    let active = active_minutes(folder);
    let resting =
        daily(folder, "resting_heart_rate", |v| v.get("value").and_then(number).filter(|x| *x > 0.0));
    let loads = loads(folder, zone);
    let drinks = drinks(folder, zone);
    let morning = |day: i32, at: Timestamp, answers: Answers| {
        let known: Vec<&Night> =
            nights.get(&day).into_iter().flatten().filter(|n| local_end(n, zone) <= at).collect();
        let main = known.iter().max_by(|a, b| a.asleep_min.total_cmp(&b.asleep_min));
        Morning {
            day,
            sleep_min: main.map(|_| known.iter().map(|n| n.asleep_min).sum()),
            sleep_efficiency: main.and_then(|n| n.efficiency),
            bedtime_min: main.map(|n| n.bedtime_min),
            sleep_score: main.and_then(|n| n.score),
            restoration: main.and_then(|n| n.restoration),
            resting_hr_bpm: main.and_then(|n| n.resting_hr).or_else(|| resting.get(&(day - 1)).copied()),
            lnrmssd: None,
            active_min_yesterday: active.get(&(day - 1)).copied(),
            load_yesterday: loads.as_ref().map(|l| l.get(&(day - 1)).copied().unwrap_or(0.0)),
            alcohol_yesterday: drinks.get(&(day - 1)).filter(|(told, _)| *told <= at).map(|(_, yes)| *yes),
            answers,
        }
    };
    let days: Vec<i32> = told.iter().map(|(at, _)| zone.date_of(*at).days()).collect();
    let first = days.first().into_iter().chain(nights.keys().next()).min().copied().unwrap_or(0);
    let last = days.last().copied().unwrap_or(first);
    let (mut mornings, mut hours) = (Vec::new(), Vec::new());
    for day in first..=last {
        let asked: Vec<_> = told.iter().zip(&days).filter(|(_, d)| **d == day).map(|(t, _)| t).collect();
        for (at, answers) in &asked {
            let local = at.secs() + i64::from(zone.offset_at(*at));
            mornings.push(morning(day, *at, *answers));
            hours.push(Some(local.rem_euclid(86_400) as f64 / 3600.0));
        }
        if asked.is_empty() {
            let noon = zone.start_of(LocalDate::from_days(day)).plus_secs(43_200);
            mornings.push(morning(day, noon, Answers::default()));
            hours.push(None);
        }
    }
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Person { name, hash: hash(&told), mornings, hours })
}

/// Check-ins that the hash is made of: a recording that ends earlier is still known.
const HASHED: usize = 10;

/// FNV-1a over times and answers of the first check-ins, 48 bits.
fn hash(told: &[(Timestamp, Answers)]) -> String {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for (at, answers) in told.iter().take(HASHED) {
        for byte in format!("{} {:?};", at.secs(), answers.all()).bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{:012x}", state >> 16)
}

type Line<'a> = BTreeMap<String, String>;

fn table(text: &str) -> Vec<Line<'_>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
}

fn check_in(line: &Line<'_>) -> Option<(Timestamp, Answers)> {
    let at: Timestamp = line.get("effective_time_frame")?.parse().ok()?;
    let answer = |item: &str, scale: Scale| {
        let value: f64 = line.get(item)?.parse().ok()?;
        value.is_finite().then(|| value.clamp(scale.low, scale.high))
    };
    let answers = Answers {
        readiness: answer("readiness", READINESS),
        fatigue: answer("fatigue", ITEM),
        mood: answer("mood", ITEM),
        stress: answer("stress", ITEM),
        soreness: answer("soreness", ITEM),
        sleep_quality: answer("sleep_quality", ITEM),
    };
    Some((at, answers))
}

/// A JSON list, plain or packed; empty where the file is absent or damaged.
fn list(folder: &Path, name: &str) -> Vec<Value> {
    let plain = folder.join(format!("fitbit/{name}.json"));
    let text = std::fs::read_to_string(&plain).ok().or_else(|| {
        let packed = std::fs::File::open(plain.with_extension("json.gz")).ok()?;
        let mut text = String::new();
        GzDecoder::new(packed).read_to_string(&mut text).ok()?;
        Some(text)
    });
    text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default()
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).filter(|x| x.is_finite())
}

/// Seconds since 1970 of a wall-clock text, as if it were UTC.
fn wall(text: &str) -> Option<i64> {
    let text = text.trim_end_matches('Z').replace(' ', "T");
    format!("{text}Z").parse::<Timestamp>().ok().map(Timestamp::secs)
}

fn daily(folder: &Path, name: &str, value: impl Fn(&Value) -> Option<f64>) -> BTreeMap<i32, f64> {
    let day = |row: &Value| {
        let second = wall(row.get("dateTime")?.as_str()?)?;
        Some(((second.div_euclid(86_400)) as i32, value(row.get("value")?)?))
    };
    list(folder, name).iter().filter_map(day).collect()
}

/// Minutes of moderate and hard movement by local day; absent where the watch was not worn.
pub(super) fn active_minutes(folder: &Path) -> BTreeMap<i32, f64> {
    let [light, moderate, very] =
        ["lightly", "moderately", "very"].map(|k| daily(folder, &format!("{k}_active_minutes"), number));
    let all = moderate.iter().filter_map(|(day, m)| Some((*day, m + very.get(day)?)));
    all.filter(|(day, m)| *m > 0.0 || light.get(day).is_some_and(|l| *l >= WORN_MIN)).collect()
}

/// Hours of recorded exercise by local day.
pub(super) fn exercise_hours(folder: &Path) -> BTreeMap<i32, f64> {
    let mut out = BTreeMap::new();
    for row in list(folder, "exercise") {
        let second = row.get("startTime").and_then(Value::as_str).and_then(wall);
        if let Some((second, ms)) = second.zip(row.get("duration").and_then(number)) {
            *out.entry(second.div_euclid(86_400) as i32).or_insert(0.0) += ms / 3.6e6;
        }
    }
    out
}

fn nights(folder: &Path) -> BTreeMap<i32, Vec<Night>> {
    let scores = std::fs::read_to_string(folder.join("fitbit/sleep_score.csv")).unwrap_or_default();
    let scores: BTreeMap<String, Line<'_>> =
        table(&scores).into_iter().filter_map(|l| Some((l.get("sleep_log_entry_id")?.clone(), l))).collect();
    let mut out: BTreeMap<i32, Vec<Night>> = BTreeMap::new();
    for row in list(folder, "sleep") {
        if let Some((day, night)) = night(&row, &scores) {
            out.entry(day).or_default().push(night);
        }
    }
    out
}

fn night(row: &Value, scores: &BTreeMap<String, Line<'_>>) -> Option<(i32, Night)> {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let day: LocalDate = text("dateOfSleep")?.parse().ok()?;
    let start = wall(text("startTime")?)?;
    let asleep_min = number(row.get("minutesAsleep")?)?;
    let in_bed = row.get("timeInBed").and_then(number).filter(|x| *x > 0.0);
    let score = row.get("logId").and_then(|id| scores.get(&id.to_string()));
    let part = |key: &str| score.and_then(|l| l.get(key)?.parse::<f64>().ok()).filter(|x| *x > 0.0);
    let night = Night {
        end: Timestamp::from_secs(wall(text("endTime")?)?),
        asleep_min,
        efficiency: in_bed.map(|bed| asleep_min / bed),
        bedtime_min: (start - i64::from(day.days()) * 86_400) as f64 / 60.0,
        score: part("overall_score"),
        restoration: part("revitalization_score"),
        resting_hr: part("resting_heart_rate"),
    };
    Some((day.days(), night))
}

fn local_end(night: &Night, zone: &Zone) -> Timestamp {
    zone.instant_of_local(night.end.secs())
}

/// Session loads (exertion times minutes) of each local day; absent where none were ever recorded.
fn loads(folder: &Path, zone: &Zone) -> Option<BTreeMap<i32, f64>> {
    let text = std::fs::read_to_string(folder.join("pmsys/srpe.csv")).ok()?;
    let mut out = BTreeMap::new();
    for line in table(&text) {
        let get = |key: &str| line.get(key)?.parse::<f64>().ok();
        let at = line.get("end_date_time").and_then(|t| t.parse::<Timestamp>().ok());
        if let (Some(at), Some(exertion), Some(minutes)) =
            (at, get("perceived_exertion"), get("duration_min"))
        {
            *out.entry(zone.date_of(at).days()).or_insert(0.0) += exertion * minutes;
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether alcohol was drunk on a day, and when that was told.
fn drinks(folder: &Path, zone: &Zone) -> BTreeMap<i32, (Timestamp, bool)> {
    let text = std::fs::read_to_string(folder.join("googledocs/reporting.csv")).unwrap_or_default();
    let iso = |date: &str| {
        let mut parts = date.split('/');
        Some(format!("{2}-{1}-{0}", parts.next()?, parts.next()?, parts.next()?))
    };
    let told = |line: &Line<'_>| {
        let day: LocalDate = iso(line.get("date")?)?.parse().ok()?;
        let (date, time) = line.get("timestamp")?.split_once(' ')?;
        let at = zone.instant_of_local(wall(&format!("{}T{time}", iso(date)?))?);
        Some((day.days(), (at, line.get("alcohol_consumed")? == "Yes")))
    };
    table(&text).iter().filter_map(told).collect()
}
