//! Sessions and laps, made workouts.

use super::message::{Message, TIMESTAMP};
use super::profile::{self, mesgdef};
use super::value::Value;
use mesgdef::Session;
use twin_core::Timestamp;
use twin_core::event::{Lap, MessageKept, NamedQuantity, WorkoutRecorded};

/// Start and end of a session or lap: its start and its elapsed time, or the time it was written.
pub(super) fn span(m: &Message) -> Option<(Timestamp, Timestamp)> {
    // session and lap number these fields alike
    let elapsed = m.number(Session::TOTAL_ELAPSED_TIME).map(|s| (s * 1e6).round() as i64);
    let (start, end) = match (m.time(Session::START_TIME), elapsed, m.at()) {
        (Some(start), Some(elapsed), _) => (start, start.plus_micros(elapsed)),
        (Some(start), None, Some(end)) => (start, end),
        (None, Some(elapsed), Some(end)) => (end.plus_micros(elapsed.saturating_neg()), end),
        _ => return None,
    };
    (start <= end).then_some((start, end))
}

/// A lap; `None` when it states no times.
pub(super) fn lap(m: &Message) -> Option<Lap> {
    let (start, end) = span(m)?;
    Some(Lap {
        start,
        end,
        distance_m: m.number(mesgdef::Lap::TOTAL_DISTANCE),
        heart_rate_mean: m.number(mesgdef::Lap::AVG_HEART_RATE),
    })
}

/// Fields of a session that the workout itself holds.
const HELD: [u8; 14] = [
    TIMESTAMP,
    Session::START_TIME,
    Session::SPORT,
    Session::SUB_SPORT,
    Session::TOTAL_ELAPSED_TIME,
    Session::TOTAL_DISTANCE,
    Session::TOTAL_CALORIES,
    Session::AVG_HEART_RATE,
    Session::MAX_HEART_RATE,
    Session::AVG_POWER,
    Session::TOTAL_ASCENT,
    Session::SPORT_PROFILE_NAME,
    Session::WORKOUT_RPE,
    Session::MESSAGE_INDEX,
];

/// The workout of a session, and what of the session has no place in it: texts, lists, developer fields.
///
/// `energy_kcal` is the session's `total_calories`. `moving_s` is its moving time, or its timer time
/// where the device does not tell standing from moving; the timer time stays among the statistics.
pub(super) fn workout(m: &Message, laps: Vec<Lap>) -> Option<(WorkoutRecorded, Option<MessageKept>)> {
    let (start, end) = span(m)?;
    let mut placed = HELD.to_vec();
    let mut statistics = Vec::new();
    for num in m.numbers().filter(|num| !HELD.contains(num)) {
        if let Some(Value::One(number)) = m.value(num) {
            let info = profile::field(m.num, num);
            let value = info.scaled(*number);
            if value.is_finite() && !info.is_time {
                statistics.push(NamedQuantity {
                    name: info.name,
                    value,
                    unit: profile::ucum(&info.unit).to_owned(),
                });
                placed.push(num);
            }
        }
    }
    let left = Some(m.kept_but(&placed)).filter(|kept| !kept.fields.is_empty());
    let workout = WorkoutRecorded {
        start,
        end,
        sport: m.code(Session::SPORT).map_or_else(|| "unknown".to_owned(), profile::sport),
        sub_sport: m.code(Session::SUB_SPORT).filter(|code| *code != 0).map(profile::sub_sport),
        title: m.text(Session::SPORT_PROFILE_NAME).map(str::to_owned),
        moving_s: m.number(Session::TOTAL_MOVING_TIME).or(m.number(Session::TOTAL_TIMER_TIME)),
        distance_m: m.number(Session::TOTAL_DISTANCE),
        energy_kcal: m.number(Session::TOTAL_CALORIES),
        heart_rate_mean: m.number(Session::AVG_HEART_RATE).filter(|v| *v > 0.0),
        heart_rate_max: m.number(Session::MAX_HEART_RATE).filter(|v| *v > 0.0),
        power_mean_w: m.number(Session::AVG_POWER),
        ascent_m: m.number(Session::TOTAL_ASCENT),
        perceived_exertion: m.number(Session::WORKOUT_RPE).map(|tenths| tenths / 10.0),
        statistics,
        laps,
    };
    Some((workout, left))
}
