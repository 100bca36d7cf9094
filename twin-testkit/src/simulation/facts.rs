//! What sources tell in these worlds.

use super::edge;
use crate::spec::{DAY_US, Fact, Sample, Says, Series, Target, Window, admit};
use twin_core::Result;

const SOURCES: [(&str, Option<&str>); 3] = [("watch", Some("w1")), ("phone", None), ("band", Some("b1"))];
pub(super) const METRICS: [&str; 4] = ["steps", "heart_rate", "body_weight", "vendor:spins"];
/// Last: one that is no place's.
const OFFSETS: [Option<i32>; 8] =
    [None, None, Some(0), Some(3600), Some(-36_000), Some(50_400), Some(46_800), Some(93_600)];
/// Last: one that is nowhere.
const ZONES: [&str; 11] = [
    "Europe/Paris",
    "America/New_York",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "UTC",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Mars/Olympus",
];
const KINDS: [&str; 5] = ["watch", "phone", "strap", "scale", "unknown"];
const MINUTE_US: i64 = 60_000_000;

/// What was told so far, by whom does not matter: the same file may be read on two devices.
#[derive(Default)]
pub(super) struct Told {
    facts: Vec<Fact>,
    /// Facts without a name: their source and hash.
    nameless: Vec<(String, String)>,
}

impl Told {
    /// Notes a fact that is about to be told.
    pub(super) fn note(&mut self, fact: &Fact, now: i64) -> Result<()> {
        self.facts.push(fact.clone());
        if let (Some(let_in), _) = admit(fact, now)
            && fact.record.is_none()
        {
            let [id, ..] = edge::hashes(&let_in)?;
            self.nameless.push((fact.source.clone(), format!("event:{:032x}", u128::from_be_bytes(id))));
        }
        Ok(())
    }
}

fn pick<T: Copy>(from: &[T], which: u8) -> Option<T> {
    from.get(usize::from(which).checked_rem(from.len())?).copied()
}

/// The fact of a row; `None` where the row tells none.
pub(super) fn fact(row: [u8; 8], now: i64, first_day: i64, moment: i64, told: &Told) -> Result<Option<Fact>> {
    let [kind, _, day, slot, a, b, c, d] = row;
    if kind >= 184 {
        return Ok(None);
    }
    if kind >= 152 {
        return Ok(again(kind, a, b, now, told));
    }
    let Some((source, device)) = pick(&SOURCES, c) else { return Ok(None) };
    let says = match kind / 4 {
        0..=4 => Says::Caffeine(i64::from(b) * 10_000 * if b == 255 { 1000 } else { 1 }),
        5 => Says::Answered(
            (b % 2 == 0).then(|| days(first_day + i64::from(day % 8) - i64::from(b % 5))),
            5000,
        ),
        6 => Says::Kept(if b % 2 == 0 { "hrv_status" } else { "device_info" }),
        7 | 8 => Says::Measured("body_weight", if b == 255 { -1000 } else { 60_000 + i64::from(b) * 100 }),
        9 | 10 => Says::Planned(moment, moment + (i64::from(b) - 10) * 30 * MINUTE_US),
        11 => Says::TaskStarted(task(a), (b % 2 == 0).then_some(moment + i64::from(b) * DAY_US)),
        12 => Says::TaskDelayed(task(a), (b % 2 == 0).then_some(moment + i64::from(b) * DAY_US)),
        13 => Says::TaskCompleted(task(a)),
        14..=21 => Says::Series(series(a, b, c, d, moment)),
        22 => Says::Series(tombstone(a, b, moment)),
        23 | 24 => match pick(&ZONES, b) {
            Some(zone) if kind % 4 == 0 => Says::UsualZone(zone),
            zone => Says::ZoneChanged(zone.unwrap_or("UTC")),
        },
        25 => {
            let device = pick(&[None, None, Some("w1"), Some("b1"), Some("w2")], b).flatten();
            Says::Described(device.map(str::to_owned), pick(&KINDS, a).unwrap_or("unknown"))
        }
        26 => {
            let mut order: Vec<String> = SOURCES.iter().map(|(source, _)| (*source).to_owned()).collect();
            order.rotate_left(usize::from(b) % 3);
            order.truncate(1 + usize::from(b / 3) % 3);
            Says::Priority(pick(&[None, Some("steps"), Some("heart_rate")], a).flatten(), order)
        }
        27..=30 => Says::Window(window(a, b, c, d, moment, told)),
        31..=34 => Says::Deleted(target(a, b, c, told)),
        _ => {
            let instead = match slot % 6 {
                0 => Says::Answered(Some(days(first_day + i64::from(d % 8))), 7000),
                1 => Says::Planned(moment, moment + i64::from(d) * 60 * MINUTE_US),
                2 => Says::Measured("body_weight", 50_000),
                3 => Says::Kept("corrected"),
                4 => Says::ZoneChanged("Asia/Tokyo"),
                _ => Says::Caffeine(42_000),
            };
            Says::Corrected(target(a, b, c, told), Box::new(instead))
        }
    };
    let series = matches!(says, Says::Series(_));
    let about_records = matches!(says, Says::Window(_) | Says::Deleted(_) | Says::Corrected(..));
    let (at, source, device) = match &says {
        Says::Planned(..) => (moment - i64::from(a) * 40 * MINUTE_US, source, device),
        Says::Series(series) => (series.span.1, source, device),
        Says::Window(_) | Says::Deleted(_) => (now, "reader", None),
        Says::Corrected(..) => (moment, "person", None),
        _ => (moment, source, device),
    };
    let record = (!series && !about_records && a % 8 >= 2).then(|| format!("r{}", a % 4));
    Ok(Some(Fact {
        at,
        source: source.into(),
        device: device.map(str::to_owned),
        method: (series && c >= 170).then(|| "optical".into()),
        revision: if record.is_some() || series { u64::from(b % 3) } else { 0 },
        record,
        offset_s: pick(&OFFSETS, d >> 1).flatten(),
        civil_day: (!series && d >= 240).then(|| days(first_day + i64::from(d % 8))),
        says,
    }))
}

/// Something that was told before is told again: as it was, from elsewhere, moved, or otherwise.
fn again(kind: u8, a: u8, b: u8, now: i64, told: &Told) -> Option<Fact> {
    let mut fact = told.facts.iter().rev().nth(usize::from(a).checked_rem(told.facts.len())?)?.clone();
    match (kind / 4) % 8 {
        // A file exported again after a journey states other offsets.
        0 => fact.offset_s = pick(&OFFSETS, b).flatten(),
        // A revision that moves the record, also to before the version it replaces.
        1 | 2 if !matches!(fact.says, Says::Series(_)) => {
            fact.revision += 1;
            fact.at = (fact.at + (i64::from(b) - 160) * 20 * MINUTE_US).min(now);
        }
        // The same samples, one of them corrected.
        1 | 2 => {
            fact.revision += u64::from(b % 2);
            if let Says::Series(series) = &mut fact.says
                && let Some(sample) = series.samples.first_mut()
            {
                sample.value += 1000;
            }
        }
        3 => {
            let (source, device) = pick(&SOURCES, b)?;
            (fact.source, fact.device) = (source.to_owned(), device.map(str::to_owned));
        }
        // Two devices say different things of one version of a record.
        4 | 5 if fact.record.is_some() => fact.says = Says::Caffeine(i64::from(b) * 1000),
        _ => {}
    }
    Some(fact)
}

fn days(day: i64) -> i32 {
    i32::try_from(day).unwrap_or(0)
}

fn task(a: u8) -> String {
    format!("t{}", a % 3)
}

/// A block of samples that start on one day of UTC: regular or not, with gaps and overlaps, one of them
/// perhaps odd or impossible.
fn series(a: u8, b: u8, c: u8, d: u8, moment: i64) -> Series {
    let metric = pick(&METRICS, if a >= 200 { a } else { a % 2 }).unwrap_or("steps");
    let step = pick(&[10, 1, 30, 60, 0, 5, 180], c >> 2).unwrap_or(1) * MINUTE_US;
    let usual = match metric {
        "steps" => 100_000,
        "heart_rate" => 60_000,
        _ => 70_000,
    };
    let day = moment.div_euclid(DAY_US);
    let samples: Vec<Sample> = (0..1 + i64::from(b % 6))
        .map(|n| {
            let odd = match (d >> 5, n) {
                (5, 1) => 612_000,
                (6, 1) => -5_000,
                (7, 1) => 240_000,
                _ => usual + n * 7001 + i64::from(a) * 100,
            };
            let duration = match (c >> 4) % 6 {
                0 | 1 => step,
                2 => 0,
                3 => step + 7 * MINUTE_US,
                4 => n % 2 * step,
                _ => 300 * MINUTE_US,
            };
            Sample { start: moment + n * step, duration, value: odd }
        })
        .filter(|sample| sample.start.div_euclid(DAY_US) == day)
        .collect();
    let end = samples.iter().map(|s| s.end()).max().unwrap_or(moment);
    Series { metric, replaces: b >= 215, span: (moment, end), samples }
}

/// Samples of a span are taken back.
fn tombstone(a: u8, b: u8, moment: i64) -> Series {
    let metric = pick(&METRICS, a).unwrap_or("steps");
    let end = (moment + i64::from(b) * 10 * MINUTE_US).min((moment.div_euclid(DAY_US) + 1) * DAY_US - 1);
    Series { metric, replaces: true, span: (moment, end), samples: Vec::new() }
}

fn window(a: u8, b: u8, c: u8, d: u8, moment: i64, told: &Told) -> Window {
    let source = pick(&SOURCES, c).map_or("watch", |(source, _)| source);
    let scope =
        pick(&["", "", "health.caffeine_consumed", "heart_rate", "series.written", "body_weight"], d >> 1);
    let named = (0..4_u8).filter(|r| a >> r & 1 == 1).map(|r| format!("r{r}"));
    let nameless =
        told.nameless.iter().enumerate().filter(|(n, (of, _))| of == source && a >> (4 + n % 4) & 1 == 1);
    Window {
        source: source.into(),
        start: moment,
        end: moment + i64::from(b % 64) * 60 * MINUTE_US,
        complete: b < 170,
        scope: scope.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        seen: named.chain(nameless.map(|(_, (_, name))| name.clone())).collect(),
    }
}

fn target(a: u8, b: u8, c: u8, told: &Told) -> Target {
    let source = pick(&SOURCES, c).map_or("watch", |(source, _)| source);
    let nameless =
        usize::from(a).checked_rem(told.nameless.len()).and_then(|n| told.nameless.iter().rev().nth(n));
    match nameless {
        Some((source, name)) if a >= 128 => {
            Target { source: source.clone(), record: name.clone(), revision: u64::from(b % 3) }
        }
        _ => Target { source: source.into(), record: format!("r{}", a % 4), revision: u64::from(b % 4) },
    }
}
