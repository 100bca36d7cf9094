//! What a plan of the coming days is made of: the days as they are, and open tasks with their durations.

use super::capacity::{durations_of, meetings_of, peak_energy, workable_h};
use super::lives;
use crate::error::Result;
use crate::predict::Features;
use twin_core::Timestamp;

/// A day to come; today is the first.
pub(crate) struct DayAhead {
    /// Start and end of working hours, local hours; equal on a day off.
    pub(crate) work_h: (f64, f64),
    pub(crate) meetings: Vec<(f64, f64)>,
    /// Energy 0..=1 each quarter of an hour from midnight; empty where not known.
    pub(crate) energy: Vec<Option<f64>>,
    /// Work that can be planned, hours on the clock.
    pub(crate) workable_h: f64,
}

/// An open task.
pub(crate) struct OpenTask {
    pub(crate) id: String,
    /// Hours it will take in the middle case, and in four cases of five at most.
    pub(crate) q50_h: f64,
    pub(crate) q80_h: f64,
    pub(crate) due: Option<Timestamp>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) value: Option<f64>,
    pub(crate) complexity: Option<f64>,
}

/// The coming days.
pub(crate) struct WorkWeek {
    pub(crate) days: Vec<DayAhead>,
    pub(crate) tasks: Vec<OpenTask>,
    pub(crate) words: Vec<String>,
}

/// Hours of a task of which nothing is known.
const UNKNOWN_H: f64 = 1.0;
/// Normal quantiles of 0.8 over 0.9: from the end of an 80 % interval to the 80 % quantile.
const Q80_OF_HIGH: f64 = 0.8416 / 1.2816;

impl WorkWeek {
    pub(crate) fn of(features: &Features<'_>, days: usize) -> Result<Self> {
        let mut words = Vec::new();
        let mut ahead = Vec::with_capacity(days);
        let energy = peak_energy(features)?;
        for day in 0..days {
            let ago = -i32::try_from(day).unwrap_or(0);
            let (work_h, meetings) = meetings_of(features, ago)?;
            let workable_h = workable_h(features, ago)?;
            // What lies beyond tomorrow is taken to be as tomorrow.
            let energy = energy.get(day.min(1)).cloned().unwrap_or_default();
            ahead.push(DayAhead { work_h, meetings, energy, workable_h });
        }
        let lives = lives(features)?;
        let told = durations_of(features, lives)?;
        let mut open = Vec::new();
        for (id, life) in lives.iter().filter(|(_, t)| t.finished.is_none() && t.is_own()) {
            let estimate = told.iter().find(|(name, _)| name == id).map(|(_, e)| e);
            let (q50, high) = match estimate.and_then(|e| Some((e.value?, e.high?))) {
                Some(known) => known,
                None => {
                    let guess = life.estimate_h().unwrap_or(UNKNOWN_H);
                    words.push(format!("how long `{id}` takes is not known: {guess:.1} h are taken"));
                    (guess, guess)
                }
            };
            let q80 = if q50 > 0.0 { q50 * (high / q50).powf(Q80_OF_HIGH) } else { 0.0 };
            open.push(OpenTask {
                id: id.clone(),
                q50_h: q50,
                q80_h: q80.max(q50),
                due: life.due,
                depends_on: life.depends_on.clone(),
                value: life.value,
                complexity: life.about.complexity,
            });
        }
        Ok(Self { days: ahead, tasks: open, words })
    }
}
