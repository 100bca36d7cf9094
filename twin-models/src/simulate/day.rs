//! What one day does to the state of one draw.

use super::plan::{Caffeine, PlanDay};
use super::returning::{Effects, Returning};
use super::run::Day;
use super::state::{FATIGUE_DAYS, FITNESS_DAYS, NightRecord, SimulationState, gain, next_strain};
use crate::health::alertness::corrections::{CAFFEINE_HALF_LIFE_H, Weights};
use crate::health::alertness::energy::score;
use crate::health::alertness::schedule::alertness;
use crate::health::alertness::unified::{self, Personal, Pressure};
use crate::health::sleep::debt::{LEAST_DEBT_H, MEMORY_DAYS, NAP_SHARE};
use crate::noise::Noise;
use crate::stats::mean;

/// The state of one draw.
pub(super) struct Running {
    pub(super) pressure: Pressure,
    pub(super) woke_h: f64,
    pub(super) debt_h: f64,
    pub(super) fitness_fatigue: Option<(f64, f64)>,
    pub(super) strain: f64,
    pub(super) resting_hr: Measure,
    pub(super) ln_rmssd: Measure,
}

impl Running {
    pub(super) fn new(state: &SimulationState) -> Self {
        let (woke_h, s, l) = state.woke;
        Self {
            pressure: Pressure { s, l },
            woke_h,
            debt_h: state.debt_h,
            fitness_fatigue: state.fitness_fatigue,
            strain: state.strain,
            resting_hr: Measure::new(state.resting_hr.as_ref()),
            ln_rmssd: Measure::new(state.ln_rmssd.as_ref()),
        }
    }

    /// What is still to come today: a session more.
    pub(super) fn rest_of_today(&mut self, today: &PlanDay, half_life_h: f64) {
        if let Some((ctl, atl)) = self.fitness_fatigue.as_mut().filter(|_| today.extra_load > 0.0) {
            let more = next_strain(0.0, *ctl + today.extra_load, *ctl, half_life_h);
            self.strain += more;
            *ctl += gain(FITNESS_DAYS) * today.extra_load;
            *atl += gain(FATIGUE_DAYS) * today.extra_load;
        }
    }

    pub(super) fn sleep(&mut self, midnight: f64, night: &NightRecord, nap_h: f64, need_h: f64) {
        let onset = (midnight + night.onset_h).max(self.woke_h);
        let wake = (midnight + night.wake_h).max(onset);
        let tired = unified::awake(self.pressure, onset - self.woke_h);
        self.pressure = unified::asleep(tired, wake - onset);
        self.woke_h = wake;
        let fade = (-1.0 / MEMORY_DAYS).exp();
        self.debt_h = (self.debt_h * fade + need_h - night.asleep_h - NAP_SHARE * nap_h).max(LEAST_DEBT_H);
    }

    /// Energy and fatigue of the waking day.
    pub(super) fn awake(
        &self,
        out: &mut Day,
        midnight: f64,
        until: f64,
        day: &PlanDay,
        clock: &Personal,
        (level, spread): (f64, f64),
    ) {
        let weights = Weights::default();
        let pressure = |t: f64| unified::awake(self.pressure, (t - self.woke_h).max(0.0));
        let energy = |t: f64| {
            let own = alertness(pressure(t).s, t, t - self.woke_h, clock);
            let caffeine = weights.caffeine * in_body(day, t - midnight) / 100.0;
            score((own - level) / spread + caffeine.min(weights.caffeine_most))
        };
        let end = until.max(self.woke_h + 4.0);
        let times = (0..).map(|i| self.woke_h + 0.5 * f64::from(i)).take_while(|t| *t < end);
        let [of_day, morning, afternoon, ..] = out;
        *of_day = mean(&times.map(energy).collect::<Vec<_>>());
        let fatigue = |hour: f64| {
            let t = midnight + hour;
            let inertia = if t > self.woke_h { unified::inertia(t - self.woke_h) } else { 0.0 };
            Some(unified::fatigue(pressure(t), t, clock) + inertia)
        };
        (*morning, *afternoon) = (fatigue(9.0), fatigue(15.0));
    }

    /// Fitness, fatigue and form after a day; form looks at yesterday.
    pub(super) fn train(&mut self, load: Option<f64>, half_life_h: f64) -> Option<(f64, f64, f64)> {
        let (ctl, atl) = self.fitness_fatigue?;
        let load = load.unwrap_or(ctl);
        self.strain = next_strain(self.strain, load, ctl, half_life_h);
        let next = (ctl + gain(FITNESS_DAYS) * (load - ctl), atl + gain(FATIGUE_DAYS) * (load - atl));
        self.fitness_fatigue = Some(next);
        Some((next.0, next.1, ctl - atl))
    }
}

/// A measure that returns to its usual value, of one draw.
pub(super) struct Measure {
    of: Option<Returning>,
}

impl Measure {
    pub(super) fn new(of: Option<&Returning>) -> Self {
        Self { of: of.cloned() }
    }

    /// The distance from the usual value on the next day.
    pub(super) fn step(
        &mut self,
        effects: &Effects,
        short_h: f64,
        drinks: f64,
        strain: f64,
        noise: &mut Noise,
    ) -> Option<f64> {
        let r = self.of.as_mut()?;
        let pick = (noise.unit() * r.noise.len() as f64) as usize;
        let ([a, b], [x, y]) = (r.persistence, r.rest);
        r.rest = [a * x + b * y + r.noise.get(pick).copied().unwrap_or(0.0), x];
        let away = r.rest[0] + r.own(*effects).of(short_h, drinks, strain);
        r.recent.push(away);
        if r.recent.len() > 7 {
            r.recent.remove(0);
        }
        Some(away)
    }

    pub(super) fn today(&self) -> Option<f64> {
        self.of.as_ref()?.recent.last().copied()
    }

    pub(super) fn z(&self) -> Option<f64> {
        let r = self.of.as_ref()?;
        Some(r.recent.last()? / r.sd)
    }

    /// The mean of the day's z and that of the week.
    pub(super) fn z_of_week(&self) -> Option<f64> {
        let r = self.of.as_ref()?;
        Some(f64::midpoint(self.z()?, mean(&r.recent)? / r.sd))
    }
}

/// The recovery index, 0..=100: at least two of ln RMSSD (0.40), resting heart rate (−0.25), sleep (0.25).
pub(super) fn recovered(ln_rmssd: Option<f64>, resting_hr: Option<f64>, sleep: Option<f64>) -> Option<f64> {
    let terms = [(0.40, 1.0, ln_rmssd), (0.25, -1.0, resting_hr), (0.25, 1.0, sleep)];
    let known = || terms.iter().filter_map(|(weight, sign, z)| Some((weight, sign * (*z)?.clamp(-3.0, 3.0))));
    let weight: f64 = known().map(|(w, _)| w).sum();
    (known().count() >= 2).then(|| score(known().map(|(w, z)| w * z).sum::<f64>() / weight))
}

/// Caffeine of a day in the body at an hour of that day, mg.
pub(super) fn in_body(day: &PlanDay, hour: f64) -> f64 {
    let left = |c: &Caffeine| {
        let age = hour - c.at.hours();
        if age >= 0.0 { c.amount_mg * 0.5_f64.powf(age / CAFFEINE_HALF_LIFE_H) } else { 0.0 }
    };
    day.caffeine.iter().map(left).sum()
}
