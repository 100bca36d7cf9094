//! What may enter: impossible is refused, implausible stays.

use super::plain::{DAY_US, Fact, Says, Series};
use super::zones::is_zone;

/// 2000-01-01.
const YEAR_2000: i64 = 946_684_800_000_000;
/// 1800-01-01: calendars and notes may tell of any day since.
const YEAR_1800: i64 = -5_364_662_400_000_000;
/// 2200-01-01: and until then.
const YEAR_2200: i64 = 7_258_118_400_000_000;

/// A metric, values in thousandths.
pub struct Metric {
    /// Its amounts add up over time.
    pub sums: bool,
    /// Its newest value is carried from day to day.
    pub newest: bool,
    /// How long an instant holds.
    pub hold_us: i64,
    /// Least and greatest plausible value.
    pub plausible: (i64, i64),
    /// Least and greatest possible value.
    pub possible: (i64, i64),
    /// Its unit.
    pub unit: &'static str,
    /// Kinds of devices, best first.
    pub best: &'static [&'static str],
}

const USUAL: &[&str] =
    &["instrument", "strap", "watch", "ring", "sport_computer", "phone", "scale", "unknown", "manual"];

/// The few metrics of these worlds; `vendor:spins` stands for those of no catalogue.
#[must_use]
pub fn metric(name: &str) -> Metric {
    let any = (i64::MIN, i64::MAX);
    match name {
        "steps" => Metric {
            sums: true,
            newest: false,
            hold_us: 0,
            plausible: (0, 1_000_000_000),
            possible: (0, 1_000_000_000),
            unit: "{step}",
            best: &["watch", "ring", "phone", "sport_computer", "unknown", "manual"],
        },
        "heart_rate" => Metric {
            sums: false,
            newest: false,
            hold_us: 600_000_000,
            plausible: (30_000, 220_000),
            possible: (1_000, 300_000),
            unit: "/min",
            best: &[
                "strap",
                "instrument",
                "sport_computer",
                "watch",
                "ring",
                "phone",
                "unknown",
                "scale",
                "manual",
            ],
        },
        "body_weight" => Metric {
            sums: false,
            newest: true,
            hold_us: 0,
            plausible: (0, 1_000_000),
            possible: (0, 1_000_000),
            unit: "kg",
            best: &["scale", "manual", "watch", "phone", "unknown"],
        },
        _ => Metric {
            sums: false,
            newest: false,
            hold_us: 0,
            plausible: any,
            possible: any,
            unit: "1",
            best: USUAL,
        },
    }
}

/// The part of a fact that may enter at the host's time `now`, and how many things were refused.
#[must_use]
pub fn admit(fact: &Fact, now: i64) -> (Option<Fact>, u64) {
    match &fact.says {
        Says::Series(series) if !series.samples.is_empty() => samples(fact, series, now),
        says if possible(fact, says, now) => (Some(fact.clone()), 0),
        _ => (None, 1),
    }
}

fn samples(fact: &Fact, series: &Series, now: i64) -> (Option<Fact>, u64) {
    if !lived(fact.offset_s) {
        return (None, 1);
    }
    let (least, most) = metric(series.metric).possible;
    let fits = |s: &super::Sample| {
        s.start >= YEAR_2000 && s.end() <= now + DAY_US && (least..=most).contains(&s.value)
    };
    let kept: Vec<_> = series.samples.iter().copied().filter(fits).collect();
    let refused = (series.samples.len() - kept.len()) as u64;
    let (Some(start), Some(end)) = (kept.iter().map(|s| s.start).min(), kept.iter().map(|s| s.end()).max())
    else {
        return (None, refused);
    };
    let series = Series { span: (start, end), samples: kept, ..series.clone() };
    (Some(Fact { at: end, says: Says::Series(series), ..fact.clone() }), refused)
}

/// No place on Earth is more than a day from UTC.
fn lived(offset_s: Option<i32>) -> bool {
    offset_s.is_none_or(|offset| offset.abs() <= 86_400)
}

fn possible(fact: &Fact, says: &Says, now: i64) -> bool {
    let told = matches!(
        fact.says,
        Says::Planned(..)
            | Says::UsualZone(_)
            | Says::Kept(_)
            | Says::TaskStarted(..)
            | Says::TaskDelayed(..)
            | Says::TaskCompleted(_)
            | Says::Deleted(_)
            | Says::Window(_)
    );
    let oldest = if told { YEAR_1800 } else { YEAR_2000 };
    let value = match says {
        Says::Caffeine(mg) => (0..=5_000_000).contains(mg),
        Says::Answered(_, value) => (0..=10_000).contains(value),
        Says::Measured(name, value) => {
            let (least, most) = metric(name).possible;
            (least..=most).contains(value)
        }
        Says::Planned(start, end) => start <= end && *start >= YEAR_1800 && *end <= YEAR_2200,
        Says::ZoneChanged(zone) | Says::UsualZone(zone) => is_zone(zone),
        Says::Window(window) => window.start <= window.end,
        Says::Corrected(_, instead) => match &**instead {
            Says::Corrected(..) | Says::Deleted(_) => false,
            instead => possible(&Fact { says: instead.clone(), ..fact.clone() }, instead, now),
        },
        _ => true,
    };
    value && lived(fact.offset_s) && fact.at >= oldest && fact.at <= now + DAY_US
}
