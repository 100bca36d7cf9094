//! What moves energy beside sleep and the clock: readiness, load, stress, caffeine, the dip after noon.

use super::energy::EnergyInput;
use super::schedule::{Schedule, UsualDay};
use super::three_process;

/// Half-life of acute stress, h.
pub const STRESS_HALF_LIFE_H: f64 = 1.5;
/// Half-life of caffeine, h.
pub const CAFFEINE_HALF_LIFE_H: f64 = 5.0;
/// What moves the curve beside sleep, in spreads of the usual day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// For the dip after noon, which is −1..=0.
    pub lunch: f64,
    /// For a readiness of z = 1. OWN.
    pub readiness: f64,
    /// For a training load (7 days) of z = 1. OWN.
    pub load: f64,
    /// For acute stress of z = 1. OWN.
    pub stress: f64,
    /// For 100 mg of caffeine in the body. OWN.
    pub caffeine: f64,
    /// The most that caffeine does. OWN.
    pub caffeine_most: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { lunch: 0.5, readiness: 0.3, load: -0.2, stress: -0.5, caffeine: 0.3, caffeine_most: 0.6 }
    }
}

/// Acute stress.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AcuteStress {
    /// When it was highest, h.
    pub at_h: f64,
    /// How high, in the person's usual spreads.
    pub z: f64,
}

/// What is added to alertness, in spreads of the usual day.
pub(super) struct Corrections<'a> {
    input: &'a EnergyInput<'a>,
    /// The dip after noon of the usual day, which is in its level already.
    usual_dip: f64,
    next_sleep_h: f64,
}

impl<'a> Corrections<'a> {
    pub(super) fn new(input: &'a EnergyInput<'a>, usual: &UsualDay, schedule: &Schedule) -> Self {
        let ahead = schedule.sleeps.iter().map(|s| s.0).find(|onset| *onset > input.now_h);
        Self {
            input,
            usual_dip: usual.mean_of(|t, _, _| three_process::ultradian(t)),
            next_sleep_h: ahead.unwrap_or(f64::INFINITY),
        }
    }

    pub(super) fn parts(&self, t: f64) -> [(&'static str, f64); 5] {
        let (input, w) = (self.input, &self.input.weights);
        let known = |x: Option<f64>| x.filter(|x| x.is_finite()).map_or(0.0, |x| x.clamp(-3.0, 3.0));
        let awake_still = (self.next_sleep_h - 24.0..self.next_sleep_h).contains(&t);
        let readiness = if awake_still { known(input.readiness_z) } else { 0.0 };
        let left = |at_h: f64, half_life: f64| {
            if t >= at_h { 0.5_f64.powf((t - at_h) / half_life) } else { 0.0 }
        };
        let stress = input.stress.map_or(0.0, |s| known(Some(s.z)) * left(s.at_h, STRESS_HALF_LIFE_H));
        let drunk = input.caffeine.iter().filter(|(at, mg)| at.is_finite() && (0.0..=2000.0).contains(mg));
        let caffeine_mg: f64 = drunk.map(|(at, mg)| mg * left(*at, CAFFEINE_HALF_LIFE_H)).sum();
        [
            ("dip_after_noon", w.lunch * (three_process::ultradian(t) - self.usual_dip)),
            ("readiness", w.readiness * readiness),
            ("training_load", w.load * known(input.load_z)),
            ("stress", w.stress * stress),
            ("caffeine", (w.caffeine * caffeine_mg / 100.0).min(w.caffeine_most)),
        ]
    }

    pub(super) fn at(&self, t: f64) -> f64 {
        self.parts(t).iter().map(|(_, z)| z).sum()
    }
}
