//! Zones by their rules of today, and the civil day of an instant.

use super::plain::DAY_US;

const HOUR_S: i64 = 3600;

/// When clocks change: the month, which Sunday of it (5 is the last), and the hour.
struct Change {
    month: i64,
    sunday: i64,
    hour: i64,
}

/// A zone: seconds east of UTC in winter and in summer, when summer begins and ends, and whether the hours
/// of those changes are of UTC or of the clock on the wall.
struct Rule {
    winter_s: i64,
    summer_s: i64,
    begins: Change,
    ends: Change,
    utc: bool,
}

const NEVER: Change = Change { month: 0, sunday: 0, hour: 0 };

const fn fixed(offset_s: i64) -> Rule {
    Rule { winter_s: offset_s, summer_s: offset_s, begins: NEVER, ends: NEVER, utc: true }
}

const fn change(month: i64, sunday: i64, hour: i64) -> Change {
    Change { month, sunday, hour }
}

fn rule(zone: &str) -> Option<Rule> {
    let summer = |winter_s, summer_s, begins, ends, utc| Rule { winter_s, summer_s, begins, ends, utc };
    Some(match zone {
        "UTC" => fixed(0),
        "Asia/Tokyo" => fixed(9 * HOUR_S),
        "Asia/Kolkata" => fixed(5 * HOUR_S + 1800),
        "Pacific/Honolulu" => fixed(-10 * HOUR_S),
        "Pacific/Pago_Pago" => fixed(-11 * HOUR_S),
        "Pacific/Kiritimati" => fixed(14 * HOUR_S),
        "Europe/Paris" => summer(HOUR_S, 2 * HOUR_S, change(3, 5, 1), change(10, 5, 1), true),
        "America/New_York" => summer(-5 * HOUR_S, -4 * HOUR_S, change(3, 2, 2), change(11, 1, 2), false),
        "Pacific/Auckland" => summer(12 * HOUR_S, 13 * HOUR_S, change(9, 5, 2), change(4, 1, 3), false),
        "Australia/Lord_Howe" => {
            summer(10 * HOUR_S + 1800, 11 * HOUR_S, change(10, 1, 2), change(4, 1, 2), false)
        }
        _ => return None,
    })
}

/// Is it a zone?
#[must_use]
pub(super) fn is_zone(zone: &str) -> bool {
    rule(zone).is_some()
}

/// Days in a month.
const fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 to the first of a later month, counted year by year.
fn first_of(year: i64, month: i64) -> i64 {
    let year_days = |y: i64| (1..=12).map(|m| length(y, m)).sum::<i64>();
    (1970..year).map(year_days).sum::<i64>() + (1..month).map(|m| length(year, m)).sum::<i64>()
}

/// The instant of a change in a year, seconds, with the offset before it.
fn instant(year: i64, change: &Change, before_s: i64, utc: bool) -> i64 {
    let first = first_of(year, change.month);
    // 1970-01-01 was a Thursday, so a day is a Sunday where (day + 4) % 7 is 0.
    let sundays: Vec<i64> =
        (first..first + length(year, change.month)).filter(|day| (day + 4).rem_euclid(7) == 0).collect();
    let nth = usize::try_from(change.sunday - 1).unwrap_or(0).min(sundays.len().saturating_sub(1));
    let day = sundays.get(nth).copied().unwrap_or(first);
    day * 86_400 + change.hour * HOUR_S - if utc { 0 } else { before_s }
}

/// Seconds east of UTC in a zone at an instant; an unknown zone is UTC.
#[must_use]
pub(super) fn offset_s(zone: &str, at: i64) -> i64 {
    let Some(rule) = rule(zone) else { return 0 };
    if rule.winter_s == rule.summer_s {
        return rule.winter_s;
    }
    let second = at.div_euclid(1_000_000);
    let year = 1970 + second / 31_556_952;
    let begins = instant(year, &rule.begins, rule.winter_s, rule.utc);
    let ends = instant(year, &rule.ends, rule.summer_s, rule.utc);
    let summer = if begins < ends {
        (begins..ends).contains(&second)
    } else {
        // South of the equator summer runs over the turn of the year.
        !(ends..begins).contains(&second)
    };
    if summer { rule.summer_s } else { rule.winter_s }
}

/// The date on the calendar of a zone.
fn calendar_day(zone: &str, at: i64) -> i64 {
    (at + offset_s(zone, at) * 1_000_000).div_euclid(DAY_US)
}

/// Where the person's clock has been: a zone from an instant on, until the next. Before the first the
/// first holds too, and without any it is UTC.
#[derive(Clone, Debug, Default)]
pub(super) struct Travel(pub(super) Vec<(i64, &'static str)>);

impl Travel {
    /// The civil day of an instant: the latest date that the calendar around the person has shown so far.
    /// A flight that turns the calendar back adds its hours to the day that had begun.
    #[must_use]
    pub(super) fn day(&self, at: i64) -> i32 {
        let first = self.0.first().map_or("UTC", |(_, zone)| *zone);
        let mut stretches = vec![(i64::MIN, first)];
        stretches.extend(self.0.iter().copied());
        let mut latest = i64::MIN;
        for (place, (from, zone)) in stretches.iter().enumerate() {
            let left = stretches.get(place + 1).map_or(i64::MAX, |(next, _)| *next);
            if *from <= at && *from < left {
                let last = at.min(left.saturating_sub(1));
                latest = latest.max(calendar_day(zone, last));
            }
        }
        i32::try_from(latest).unwrap_or(0)
    }

    /// Seconds east of UTC at an instant.
    #[must_use]
    pub(super) fn offset_s(&self, at: i64) -> i64 {
        let here = self.0.iter().rfind(|(from, _)| *from <= at).or(self.0.first());
        here.map_or(0, |(_, zone)| offset_s(zone, at))
    }
}
