//! The background heart rate that a watch sees every few minutes.

use crate::body::Body;
use crate::calendar::Calendar;
use crate::draws::{Draws, Topic};
use crate::night::Stage;
use crate::person::Person;
use crate::places::Places;
use crate::steps::StepMinute;

/// A background reading: UTC seconds and heart rate in 1/min.
pub type HeartSample = (i64, f64);

pub(crate) fn beat(
    seed: u64,
    person: &Person,
    places: &Places,
    calendar: &Calendar,
    body: &Body,
    steps: &[StepMinute],
    end: i64,
) -> Vec<HeartSample> {
    let mut out = Vec::new();
    for (day, (night, state)) in (0_u32..).zip(body.nights.iter().zip(&body.days)) {
        let until = body.nights.get(day as usize + 1).map_or(end, |n| n.bed).min(end);
        let mut d = Draws::of(seed, Topic::Heart, u64::from(day));
        let today: Vec<_> = body.sessions.iter().filter(|s| s.day == day || s.day + 1 == day).collect();
        let naps: Vec<_> = body.naps.iter().filter(|n| n.0 >= night.rise && n.0 < until).collect();
        let (mut t, mut drift) = (night.bed + 60, 0.0);
        while t < until {
            drift = 0.75 * drift + d.normal(0.0, 1.0);
            let rest = state.resting_hr;
            if !today.iter().any(|s| (s.start..s.end()).contains(&t)) {
                let hr = match night.stage_at(t) {
                    Some(stage) => {
                        let through = (t - night.onset) as f64 / (night.wake - night.onset).max(1) as f64;
                        let add = match stage {
                            Stage::Deep => 0.5,
                            Stage::Light => 1.5,
                            Stage::Rem => 4.5,
                            Stage::Awake => 10.0,
                        };
                        rest + add + 5.0 * (1.0 - through) * (1.0 - through) + 0.7 * drift
                    }
                    None if t < night.rise => rest + 9.0 + drift,
                    None => awake(t, rest, state.stress, day, places, calendar, &naps, steps, &today, drift),
                };
                out.push((t, hr.clamp(35.0, person.max_hr_bpm)));
            }
            t += i64::from(d.whole(270, 420));
        }
    }
    out.sort_by_key(|s| s.0);
    out
}

#[expect(clippy::too_many_arguments, reason = "one branch of the loop above, split off to be read alone")]
fn awake(
    t: i64,
    rest: f64,
    stress: f64,
    day: u32,
    places: &Places,
    calendar: &Calendar,
    naps: &[&(i64, i64)],
    steps: &[StepMinute],
    sessions: &[&crate::session::Session],
    drift: f64,
) -> f64 {
    let mut hr = rest
        + 13.0
        + 4.0 * libm::cos((places.hour_at(t) - 16.0) * core::f64::consts::PI / 12.0)
        + 2.5 * drift;
    let after = steps.partition_point(|s| s.start <= t);
    let walked: f64 = steps
        .get(after.saturating_sub(3)..after)
        .unwrap_or_default()
        .iter()
        .filter(|s| s.start > t - 180 && !s.running)
        .map(|s| f64::from(s.steps))
        .sum();
    hr += 0.11 * walked;
    if calendar.busy(day).iter().any(|b| (b.0..b.1).contains(&t)) {
        hr += 3.0 + 2.0 * stress.max(0.0);
    }
    if naps.iter().any(|n| (n.0..n.1).contains(&t)) {
        hr = rest + 5.0 + drift;
    }
    for session in sessions.iter().filter(|s| s.end() <= t && t < s.end() + 3 * 3600) {
        let minutes = (t - session.end()) as f64 / 60.0;
        hr += (session.mean_hr - rest - 13.0) * 0.6 * libm::exp(-minutes / 18.0)
            + 6.0 * libm::exp(-minutes / 90.0);
    }
    hr
}
