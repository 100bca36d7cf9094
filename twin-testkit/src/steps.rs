//! Steps minute by minute, and which device was there to count them.

use crate::body::Body;
use crate::calendar::Calendar;
use crate::draws::{Draws, Topic};
use crate::episodes::Episodes;
use crate::person::Person;
use crate::places::Places;
use crate::session::Sport;
use std::collections::BTreeMap;

/// The share of steps that the phone misses even while it is carried.
pub const PHONE_SHORTFALL: f64 = 0.07;
/// The watch's count of a day is within this share of the truth while it is worn.
pub const WATCH_ERROR: f64 = 0.03;

/// A minute with steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepMinute {
    /// Start, UTC seconds.
    pub start: i64,
    /// True steps.
    pub steps: u16,
    /// The phone is carried.
    pub carried: bool,
    /// Within a running session.
    pub running: bool,
}

/// How likely walking is in each local hour.
const HOURS: [f64; 24] = [
    0.1, 0.05, 0.02, 0.02, 0.02, 0.1, 0.4, 1.0, 1.3, 0.9, 0.9, 1.0, 1.5, 1.2, 0.9, 0.9, 1.0, 1.3, 1.3, 1.1,
    0.8, 0.5, 0.3, 0.2,
];

pub(crate) fn walk(
    seed: u64,
    person: &Person,
    episodes: &Episodes,
    places: &Places,
    calendar: &Calendar,
    body: &Body,
    end: i64,
) -> Vec<StepMinute> {
    let mut all = Vec::new();
    for (day, pair) in (0_u32..).zip(body.nights.windows(2)) {
        let [before, after] = pair else { continue };
        let mut d = Draws::of(seed, Topic::Steps, u64::from(day));
        let mut minutes: BTreeMap<i64, StepMinute> = BTreeMap::new();
        let (from, to) = (before.rise / 60 * 60 + 60, after.bed.min(end) / 60 * 60);
        let naps: Vec<_> = body.naps.iter().filter(|n| n.0 >= from && n.0 < to).collect();
        let sessions: Vec<_> = body.sessions.iter().filter(|s| s.day == day).collect();
        let busy = |t: i64| {
            calendar.busy(day).iter().any(|b| (b.0..b.1).contains(&t))
                || places.flying(t)
                || naps.iter().any(|n| (n.0..n.1).contains(&t))
                || sessions.iter().any(|s| s.start - 120 < t && t < s.end() + 120)
        };
        let ill = if episodes.ill(day) { 0.3 } else { 1.0 };
        let goal =
            person.steps * libm::exp(d.normal(0.0, 0.22)) * ill * if calendar.works(day) { 1.0 } else { 1.1 };
        let mut walked = 0.0;
        let mut bout = |d: &mut Draws, t: i64, length: u32, pace: f64, carried: bool| {
            let mut sum = 0.0;
            for m in (0..i64::from(length)).map(|i| t + i * 60).filter(|m| *m >= from && *m < to && !busy(*m))
            {
                let steps = (pace + d.normal(0.0, 7.0)).round().clamp(4.0, 150.0) as u16;
                minutes.entry(m).or_insert_with(|| {
                    sum += f64::from(steps);
                    StepMinute { start: m, steps, carried, running: false }
                });
            }
            sum
        };
        if calendar.works(day) && !episodes.away(day) {
            let date = i64::from(places.date(day).days()) * 86_400;
            for hour in [8.2, 8.9, 17.6, 18.0] {
                let t = places
                    .home
                    .instant_of_local(date + (hour * 60.0 + d.normal(0.0, 6.0)).round() as i64 * 60)
                    .secs();
                let length = d.whole(7, 11);
                walked += bout(&mut d, t, length, 108.0, true);
            }
        }
        for _ in 0..400 {
            if walked >= goal || to <= from {
                break;
            }
            let t = from + d.whole(0, ((to - from) / 60) as u32) as i64 * 60;
            let hour = places.hour_at(t) as usize;
            if !d.chance(HOURS.get(hour).copied().unwrap_or(0.0) / 1.5) {
                continue;
            }
            let (length, pace) = (1 + d.count(3.2), d.between(35.0, 112.0));
            // Short ways at home are often walked without the phone.
            let carried = d.chance(if length > 4 { 0.92 } else { 0.55 });
            walked += bout(&mut d, t, length, pace, carried);
        }
        all.extend(minutes.into_values());
    }
    for session in body.sessions.iter().filter(|s| s.sport == Sport::Run) {
        let mut sums: BTreeMap<i64, f64> = BTreeMap::new();
        for (t, s) in (session.start..).zip(session.seconds(person)) {
            *sums.entry(t.div_euclid(60) * 60).or_default() += s.cadence / 60.0;
        }
        all.extend(sums.into_iter().map(|(start, steps)| StepMinute {
            start,
            steps: steps.round() as u16,
            carried: false,
            running: true,
        }));
    }
    all.retain(|m| m.start < end);
    all.sort_by_key(|m| m.start);
    all.dedup_by_key(|m| m.start);
    all
}
