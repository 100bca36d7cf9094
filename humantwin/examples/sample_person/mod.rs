//! An invented person's days as plain facts, the same at every run: for scenarios and tests.
#![allow(dead_code, reason = "who includes it uses a part of it")]

use humantwin::{LocalDate, Timestamp};
use serde_json::{Value, json};

/// The last day of the record; it ends at noon.
pub(crate) const TODAY: &str = "2026-03-10";
/// The moment after the last fact.
pub(crate) const NOON: &str = "2026-03-10T12:00:00Z";
/// Days of the record.
pub(crate) const DAYS: i32 = 70;

const MINUTE_US: i64 = 60_000_000;

/// A column of samples.
pub(crate) struct Column {
    pub(crate) source: &'static str,
    pub(crate) metric: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) starts_us: Vec<i64>,
    pub(crate) durations_us: Vec<i64>,
    pub(crate) values: Vec<f64>,
}

pub(crate) fn date(back: i32) -> LocalDate {
    TODAY.parse().map_or(LocalDate::from_days(20_522), |today: LocalDate| today.plus_days(-back))
}

/// So many minutes after midnight (UTC) of a day.
pub(crate) fn minute(date: LocalDate, minutes: i32) -> Timestamp {
    Timestamp::from_micros(i64::from(date.days()) * 1440 * MINUTE_US + i64::from(minutes) * MINUTE_US)
}

/// A whole number in `0..span`, the same for the same day and subject: whole numbers are the same on every machine.
fn roll(day: i32, subject: u32, span: i32) -> i32 {
    let mut x = (day as u32).wrapping_mul(0x9E37_79B9) ^ subject.wrapping_mul(0x85EB_CA6B);
    for _ in 0..3 {
        x ^= x >> 15;
        x = x.wrapping_mul(0x2C1B_3C6D);
    }
    ((x >> 8) % span.unsigned_abs().max(1)) as i32
}

/// 0 Monday … 6 Sunday.
fn weekday(date: LocalDate) -> i32 {
    (date.days() + 3).rem_euclid(7)
}

/// Three days of a cold, a month ago.
fn ill(back: i32) -> bool {
    (29..=31).contains(&back)
}

/// Falling asleep and waking, in minutes from midnight (UTC) of the day of waking.
fn slept(back: i32) -> (i32, i32) {
    let late = if weekday(date(back)) >= 5 { 70 } else { 0 };
    (-110 + late + roll(back, 1, 45), 300 + late + roll(back, 2, 50))
}

pub(crate) fn event(id: &str, source: &str, kind: &str, time: Timestamp, data: &Value) -> Value {
    json!({ "specversion": "1.0", "id": id, "source": source, "type": kind, "time": time, "data": data })
}

pub(crate) fn profile() -> Value {
    let data = json!({
        "born": "1988-05-04", "sex": "female", "height_m": 1.7, "zone": "Europe/Berlin",
        "work_days": [0, 1, 2, 3, 4],
    });
    event("profile", "me", "person.profile_stated", minute(date(DAYS), 600), &data)
}

/// The facts of the day so many days back.
pub(crate) fn day(back: i32) -> Vec<Value> {
    let date = date(back);
    let hard = trained(back + 1) && effort(back + 1) >= 7;
    let strain = 3 * i32::from(hard) + 4 * i32::from(drank(back + 1)) + 9 * i32::from(ill(back));
    let mut facts = vec![night(back)];
    let (_, wake) = slept(back);
    let mut measured = |metric: &str, value: f64, unit: &str| {
        let data = json!({ "metric": metric, "value": value, "unit": unit });
        let id = format!("{metric}-{date}");
        facts.push(event(&id, "ring", "health.measurement_recorded", minute(date, wake + 2), &data));
    };
    measured("heart_rate_resting", f64::from(54 + roll(back, 3, 5) + strain), "/min");
    measured("hrv_rmssd", f64::from(52 + roll(back, 4, 15) - 2 * strain), "ms");
    measured("respiratory_rate", f64::from(140 + roll(back, 5, 9) + strain) / 10.0, "/min");
    measured("skin_temperature_deviation", f64::from(roll(back, 6, 30) - 15 + 8 * strain) / 100.0, "K");
    if weekday(date) == 0 {
        measured("blood_pressure_systolic", f64::from(112 + roll(back, 47, 12)), "mm[Hg]");
        measured("body_weight", 64.0 + f64::from(roll(back, 7, 10)) / 10.0, "kg");
    }
    facts.push(morning(back, strain));
    if back < 40 {
        let scales = json!([
            { "scale": "energy", "value": 2 + roll(back, 8, 3), "min": 1, "max": 5, "higher_is_better": true },
            { "scale": "exhaustion", "value": roll(back, 9, 3), "min": 0, "max": 4, "higher_is_better": false },
        ]);
        let data = json!({ "instrument": "afternoon", "scales": scales });
        let id = format!("afternoon-{date}");
        facts.push(event(&id, "diary", "wellbeing.check_in_answered", minute(date, 900), &data));
    }
    let coffee = json!({ "amount_mg": 80 + 10 * roll(back, 10, 3) });
    let id = format!("coffee-{date}");
    facts.push(event(&id, "diary", "health.caffeine_consumed", minute(date, 420), &coffee));
    if weekday(date) >= 4 {
        let drinks =
            if drank(back) { json!({ "drinks": 2, "consumed": true }) } else { json!({ "consumed": false }) };
        let id = format!("alcohol-{date}");
        facts.push(event(&id, "diary", "health.alcohol_consumed", minute(date, 1200), &drinks));
    }
    if ill(back) {
        let data = json!({ "symptom": "sore throat", "severity": 4 });
        facts.push(event(&format!("cold-{date}"), "diary", "health.symptom_noted", minute(date, 540), &data));
    }
    if trained(back) {
        facts.push(workout(back));
    }
    let noon = minute(self::date(0), 720);
    facts.retain(|fact| {
        fact["time"].as_str().and_then(|t| t.parse::<Timestamp>().ok()).is_some_and(|t| t <= noon)
    });
    facts
}

fn drank(back: i32) -> bool {
    weekday(date(back)) == 5
}

fn trained(back: i32) -> bool {
    back >= 1 && !ill(back) && (back % 2 == 1 || weekday(date(back)) == 6)
}

fn effort(back: i32) -> i32 {
    3 + roll(back, 11, 6)
}

fn night(back: i32) -> Value {
    let date = date(back);
    let (asleep, wake) = slept(back);
    let mut stages = Vec::new();
    let mut at = asleep;
    // Cycles: deep sleep early, REM late.
    for (cycle, (deep, rem)) in (0..).zip([(35, 8), (25, 15), (15, 22), (8, 28), (4, 30), (4, 30)]) {
        let parts = [
            ("light", 40 + roll(back, 20 + cycle, 10)),
            ("deep", deep),
            ("rem", rem),
            ("awake", if roll(back, 30 + cycle, 3) == 0 { 6 } else { 0 }),
        ];
        for (stage, length) in parts {
            let end = (at + length).min(wake);
            if end > at {
                stages.push(json!({ "start": minute(date, at), "end": minute(date, end), "stage": stage }));
            }
            at = end;
        }
    }
    // A night ends asleep.
    if at < wake {
        stages.push(json!({ "start": minute(date, at), "end": minute(date, wake), "stage": "light" }));
    }
    let data = json!({
        "start": minute(date, asleep), "end": minute(date, wake),
        "in_bed_start": minute(date, asleep - 10 - roll(back, 12, 12)), "in_bed_end": minute(date, wake + 4),
        "stages": stages,
    });
    event(&format!("night-{date}"), "ring", "health.sleep_recorded", minute(date, wake), &data)
}

fn morning(back: i32, strain: i32) -> Value {
    let date = date(back);
    let worse = i32::from(strain >= 4);
    let up = |scale: &str, value: i32, max: i32| {
        let min = i32::from(max == 5);
        let value = value.clamp(min, max);
        json!({ "scale": scale, "value": value, "min": min, "max": max, "higher_is_better": true })
    };
    let down = |scale: &str, value: i32| json!({ "scale": scale, "value": value.clamp(1, 5), "min": 1, "max": 5, "higher_is_better": false });
    let scales = json!([
        up("readiness", 6 + roll(back, 13, 4) - strain / 2, 10),
        down("fatigue", 2 + roll(back, 14, 2) + worse),
        up("mood", 3 + roll(back, 15, 3) - worse, 5),
        down("stress", 1 + roll(back, 16, 3) + worse),
        down("soreness", 1 + roll(back, 17, 2) + i32::from(strain >= 3)),
        up("sleep_quality", 3 + roll(back, 18, 3) - worse, 5),
    ]);
    let data = json!({ "instrument": "morning", "scales": scales });
    let (_, wake) = slept(back);
    event(&format!("morning-{date}"), "diary", "wellbeing.check_in_answered", minute(date, wake + 30), &data)
}

fn workout(back: i32) -> Value {
    let date = date(back);
    let start = minute(date, WORKOUT);
    let end = minute(date, WORKOUT + workout_min(back));
    let sport = if back % 4 == 1 { "running" } else { "cycling" };
    let data = json!({ "start": start, "end": end, "sport": sport, "perceived_exertion": effort(back) });
    event(&format!("workout-{date}"), "watch", "health.workout_recorded", end, &data)
}

/// Workouts begin at 16:30 (UTC).
const WORKOUT: i32 = 990;

fn workout_min(back: i32) -> i32 {
    35 + 5 * roll(back, 19, 4)
}

/// Every fact of the last `days` days, oldest first; the profile comes first.
pub(crate) fn facts(days: i32) -> Vec<Value> {
    std::iter::once(profile()).chain((0..days).rev().flat_map(day)).collect()
}

/// Samples: steps of four weeks, heart rate of a week, of a ride and of the last morning, power, beats.
pub(crate) fn columns() -> Vec<Column> {
    vec![steps(), week(), ride("heart_rate"), ride("power"), forenoon(), hour(), beats()]
}

fn column(metric: &'static str, unit: &'static str, samples: impl Iterator<Item = (i64, f64)>) -> Column {
    let (starts_us, values) = samples.unzip();
    Column { source: "watch", metric, unit, starts_us, durations_us: Vec::new(), values }
}

fn steps() -> Column {
    let parts = (0..28).rev().flat_map(|back| {
        let hours = [(7, 1200), (11, 2400), (17, 2800)].into_iter().filter(move |(h, _)| back > 0 || *h < 11);
        hours.map(move |(hour, usual)| {
            let tired = if ill(back) { 4 } else { 1 };
            (minute(date(back), 60 * hour).micros(), f64::from((usual + roll(back, 40, 1200)) / tired))
        })
    });
    let mut column = column("steps", "{step}", parts);
    column.durations_us = vec![60 * MINUTE_US; column.values.len()];
    column
}

/// One heart rate an hour, awake, highest at three in the afternoon.
fn week() -> Column {
    let first = minute(date(7), 720).micros();
    let samples = (0..162_i32).filter(|i| (7..21).contains(&((12 + i) % 24))).map(|i| {
        let from_high = ((12 + i) % 24 - 15).abs();
        (first + i64::from(i) * 60 * MINUTE_US, f64::from(80 - 2 * from_high + roll(i, 41, 5)))
    });
    column("heart_rate", "/min", samples)
}

/// Yesterday's session, every 15 s, and two minutes after it; power every 5 s of twenty-five minutes.
fn ride(metric: &'static str) -> Column {
    let start = minute(date(1), WORKOUT).micros();
    if metric == "power" {
        // Half a minute hard, then easier, and a last steep stretch.
        let watts = |i: i32| {
            if i < 60 {
                265
            } else if i > 260 {
                280
            } else {
                190
            }
        };
        let samples =
            (0..300_i32).map(|i| (start + i64::from(i) * 5_000_000, f64::from(watts(i) + roll(i, 42, 15))));
        return column("power", "W", samples);
    }
    let length = workout_min(1) * 4;
    let samples = (0..length + 9).map(|i| {
        let bpm = if i < length { 105 + i.min(60) + roll(i, 43, 6) } else { 168 - 7 * (i - length) };
        (start + i64::from(i) * 15_000_000, f64::from(bpm))
    });
    column("heart_rate", "/min", samples)
}

/// From breakfast to half past eleven, one a minute.
fn forenoon() -> Column {
    let samples = (320..690).map(|i| (minute(date(0), i).micros(), f64::from(62 + roll(i, 46, 6))));
    column("heart_rate", "/min", samples)
}

/// The half hour before noon: four calm minutes and six tense ones every second, then slowly calmer, every 20 s.
fn hour() -> Column {
    let start = minute(date(0), 690).micros();
    let seconds = (0..600_i32).chain((600..1800).step_by(20));
    let samples = seconds.map(|i| {
        let tense = match i {
            240..600 => 45 + roll(i, 44, 5),
            600..1200 => 45 - 45 * (i - 600) / 600,
            _ => roll(i, 44, 2),
        };
        (start + i64::from(i) * 1_000_000, f64::from(62 + tense))
    });
    column("heart_rate", "/min", samples)
}

/// Beats of six minutes at rest, yesterday at two o'clock.
fn beats() -> Column {
    let mut at = minute(date(1), 780).micros();
    let mut samples = Vec::new();
    for i in 0..390 {
        // A slow wave of breath, and what is left to chance.
        let wave = [0, 14, 24, 14, 0, -14, -24, -14];
        let breath = wave.get(i as usize % wave.len()).copied().unwrap_or(0);
        let rr_ms = 880 + breath + roll(i, 45, 21) - 10;
        at += i64::from(rr_ms) * 1000;
        samples.push((at, f64::from(rr_ms)));
    }
    column("rr_interval", "ms", samples.into_iter())
}
