use crate::body::{Body, BodyDay};
use crate::draws::{Draws, Topic};
use crate::night::Stage;
use crate::person::Person;
use serde::Serialize;

/// Answers of a morning, on the scales of the pmsys wellness questionnaire: 1..=5 where **5 is best**
/// (fresh, happy, sound sleep, nothing sore, relaxed) and 3 is usual; readiness 0..=10, 10 is best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckIn {
    /// Day from the start.
    pub day: u32,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Readiness to train, 0..=10.
    pub readiness: u8,
    /// Freshness, 1..=5.
    pub fatigue: u8,
    /// Mood, 1..=5.
    pub mood: u8,
    /// Absence of stress, 1..=5.
    pub stress: u8,
    /// Absence of soreness, 1..=5.
    pub soreness: u8,
    /// Quality of sleep, 1..=5.
    pub sleep_quality: u8,
    /// Felt length of sleep, whole hours.
    pub sleep_h: u8,
}

/// Answers on most days: about one in twelve is missing, more often when ill.
pub(crate) fn answer(seed: u64, person: &Person, body: &Body) -> Vec<CheckIn> {
    let mut out = Vec::new();
    for (day, (state, night)) in (0_u32..).zip(body.days.iter().zip(&body.nights)) {
        let mut d = Draws::of(seed, Topic::CheckIn, u64::from(day));
        let asleep_h = night.asleep_min() / 60.0;
        let rested = asleep_h - person.sleep_need_h;
        let heart = (libm::log(state.rmssd_ms) - libm::log(person.rmssd_ms)) / 0.12
            - (state.resting_hr - person.resting_hr_bpm) / 3.0;
        let BodyDay { strain, stress, illness, debt_h, jet_lag_h, .. } = state;
        let scale = |value: f64| value.round().clamp(1.0, 5.0) as u8;
        let mut noise = |deviation: f64| d.normal(0.0, deviation);
        let fatigue =
            3.3 - 0.022 * strain - 0.3 * debt_h.max(0.0) - 1.4 * illness - 0.1 * jet_lag_h.abs() + noise(0.4);
        let mood = 3.6 - 0.35 * stress - 0.8 * illness + 0.1 * rested + noise(0.45);
        let tense = 3.4 - 0.55 * stress - 0.3 * illness + noise(0.4);
        let sore = 3.5 - 0.02 * strain - 0.5 * illness + noise(0.5);
        let quality = 3.4 + 0.3 * rested - 0.015 * (night.waso_min() - 20.0)
            + 0.006 * (night.stage_min(Stage::Deep) - 70.0)
            + noise(0.4);
        let ready =
            6.4 + 0.55 * heart + 0.45 * rested - 0.45 * stress - 2.2 * illness - 0.02 * strain + noise(0.8);
        let felt = asleep_h + noise(0.4);
        let minutes = d.whole(8, 50);
        if d.chance(if *illness > 0.6 { 0.3 } else { 0.07 }) {
            continue;
        }
        out.push(CheckIn {
            day,
            at_ms: (night.rise + i64::from(minutes) * 60) * 1000 + i64::from(d.whole(0, 999)),
            readiness: ready.round().clamp(0.0, 10.0) as u8,
            fatigue: scale(fatigue),
            mood: scale(mood),
            stress: scale(tense),
            soreness: scale(sore),
            sleep_quality: scale(quality),
            sleep_h: felt.round().clamp(0.0, 14.0) as u8,
        });
    }
    out
}
