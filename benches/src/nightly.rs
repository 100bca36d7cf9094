//! What runs each morning, for many people over a year: every model says what it would have said that morning.

use crate::life::{Day, column, life};
use crate::models::{mornings, need_night, night_of};
use crate::timing::cpu;
use crate::{Failure, Line, Options};
use std::hint::black_box;
use twin_models::health::anomaly::night::Night;
use twin_models::health::anomaly::state::anomaly_nights;
use twin_models::health::baseline::lnrmssd;
use twin_models::health::baseline::robust::{RobustOptions, robust};
use twin_models::health::readiness::drivers::{USUAL_DAYS, drivers};
use twin_models::health::readiness::{Question, Scale, forecast, learn, numbers, priors};
use twin_models::health::recovery::index::{RecoveryInput, recovery_index};
use twin_models::health::sleep::habits::need_and_debt;
use twin_models::health::sleep::need::NeedNight;
use twin_models::health::training::fitness_fatigue::training_form;

const YEAR: usize = 365;
/// Nights that need and debt look back on, as the facade gives them.
const HABIT_DAYS: usize = 90;
/// Days of load, likewise.
const LOAD_DAYS: usize = 180;
const SCALE: Scale = Scale { low: 0.0, high: 10.0 };

/// What a pass over one person did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nights {
    /// Nights passed.
    pub nights: u64,
    /// Days handed to models, each as often as it was.
    pub handed: u64,
    /// Answers that had a value.
    pub answers: u64,
}

/// The models of every morning of one person, in one pass: resting heart rate, ln RMSSD and their robust z, need
/// and debt, form, readiness with its learning, the state of unusual nights, recovery.
#[must_use]
pub fn nights(days: &[Day]) -> Nights {
    let mut done = Nights::default();
    let last = |today: usize, n: usize| (today + 1).saturating_sub(n)..=today;
    let rmssd = column(days, |d| d.rmssd_ms);
    let trend = lnrmssd::trend(&rmssd);
    let z = |values: &[Option<f64>], floor: f64| {
        robust(values, None, &RobustOptions { floor, ..RobustOptions::default() })
    };
    let hr_z = z(&column(days, |d| d.resting_hr), 0.5);
    let ln_z = z(&column(days, |d| d.rmssd_ms.map(f64::ln)), 0.05);
    let week_z = z(&trend.iter().map(|d| d.ln7).collect::<Vec<_>>(), 0.05);
    let sleep_z = z(&column(days, |d| d.asleep_min.map(|m| m / 60.0)), 1.0 / 6.0);
    let breath_z = z(&column(days, |d| d.breaths), 0.1);
    let warmth_z = z(&column(days, |d| d.warmth), 0.05);
    let judged = anomaly_nights(&days.iter().map(night_of).collect::<Vec<Night>>());
    done.handed += 8 * days.len() as u64;

    let need: Vec<NeedNight> = days.iter().map(need_night).collect();
    let load = column(days, |d| d.load);
    let mornings = mornings(days);
    let question = Question::Readiness;
    let mut learner = learn(question, &priors::READINESS, false, &[], SCALE);
    for (today, day) in days.iter().enumerate() {
        let habits = need.get(last(today, HABIT_DAYS)).unwrap_or_default();
        let loads = load.get(last(today, LOAD_DAYS)).unwrap_or_default();
        let known = mornings.get(last(today, USUAL_DAYS + 1)).unwrap_or_default();
        done.handed += (habits.len() + loads.len() + 2 * known.len()) as u64;
        let (_, debt) = need_and_debt(habits);
        let form = training_form(loads, (day.date + 3).rem_euclid(7) as u8);
        let said = forecast(&learner, question, false, known);
        if let Some(answer) = day.answer {
            learner.observe(&numbers(&drivers(known), question, false), answer);
        }
        let recovery = recovery_index(&RecoveryInput {
            ln_rmssd_z: ln_z.get(today).and_then(|d| d.z),
            ln_rmssd_week_z: week_z.get(today).and_then(|d| d.z),
            resting_hr_z: hr_z.get(today).and_then(|d| d.z),
            sleep_z: sleep_z.get(today).and_then(|d| d.z),
            respiration_z: breath_z.get(today).and_then(|d| d.z),
            temperature_z: warmth_z.get(today).and_then(|d| d.z),
            age_h: Some(0.5),
            weights: None,
        });
        let values = [debt.value, form.form.value, said.score.value, recovery.score.value];
        let strength = judged.get(today).and_then(|n| n.strength);
        done.answers += values.into_iter().chain([strength]).flatten().count() as u64;
        done.nights += 1;
    }
    done
}

/// The least a program could do with the same columns: read them and keep running means.
#[must_use]
pub fn plain(days: &[Day]) -> [f64; 8] {
    let mut means = [0.0; 8];
    for day in days {
        let row = [
            day.resting_hr,
            day.rmssd_ms,
            day.breaths,
            day.warmth,
            day.asleep_min,
            day.steps,
            day.load,
            day.answer,
        ];
        for (mean, value) in means.iter_mut().zip(row) {
            if let Some(value) = value {
                *mean += 0.1 * (value - *mean);
            }
        }
    }
    means
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    // A line is always of 10,000 people, also when fewer were passed.
    let tried = options.count(1_000);
    let scale = 10_000.0 / tried as f64;
    let before = crate::apple::peak_mb();
    let (mut pass, mut loops, mut done) = (0.0, 0.0, Nights::default());
    for person in 0..tried {
        let days = life(person as u64, YEAR);
        let (seconds, one) = cpu(|| Ok(nights(black_box(&days))))?;
        pass += seconds;
        loops += cpu(|| Ok(black_box(plain(black_box(&days)))))?.0;
        done.nights += one.nights;
        done.answers += one.answers;
    }
    if done.answers < 3 * done.nights {
        return Err("models were silent".into());
    }
    let memory = before.zip(crate::apple::peak_mb()).map_or(String::new(), |(before, after)| {
        format!("; {:.0} MB more memory, person by person", after - before)
    });
    let rate = done.nights as f64 / pass;
    Ok(vec![
        Line::new("nightly models, 10,000 people × 1 year", "one core", scale * pass, "s")
            .note(format!("of {tried} people{memory}")),
        Line::new("– person-nights", "one core", rate, "nights/s")
            .against("plain loop, running means of the same columns", done.nights as f64 / loops)
            .note("resting heart rate, ln RMSSD, z, need and debt, form, readiness, anomaly, recovery"),
    ])
}
