//! The clock of Hannay, Booth and Forger: many oscillators seen as one amplitude and one phase [hannay2019].

use super::clock::{LightClock, rk4, usable};
use std::f64::consts::{PI, TAU};

const TAU_H: f64 = 23.84;
const K: f64 = 0.06358;
const GAMMA: f64 = 0.024;
const BETA1: f64 = -0.09318;
const A1: f64 = 0.3855;
const A2: f64 = 0.1977;
const BETA_L1: f64 = -0.0026;
const BETA_L2: f64 = -0.957_756;
const SIGMA: f64 = 0.040_069_2;
const G: f64 = 33.75;
const ALPHA0: f64 = 0.05;
const I0: f64 = 9325.0;
const EXPONENT: f64 = 1.5;
const DELTA: f64 = 0.0075;
/// The phase has no meaning, and its slope no bound, where the amplitude is 0.
const LEAST_R: f64 = 1e-3;

/// The state of the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hannay19 {
    /// Amplitude: how much the oscillators agree, 0..=1.
    pub r: f64,
    /// Phase, radians, not wrapped; π at the minimum of core body temperature.
    pub psi: f64,
    /// Photoreceptors in use, 0..=1.
    pub n: f64,
}

impl Hannay19 {
    /// A settled clock at midnight, of a person who sleeps from 0 to 8.
    pub const MIDNIGHT: Self = Self { r: 0.820_419_11, psi: 1.713_836_97, n: 0.523_181_22 };

    /// Hours from this state to the one `step_h` later at which temperature was lowest, if it was between.
    #[must_use]
    pub fn cbtmin_before(&self, later: &Self, step_h: f64) -> Option<f64> {
        let turns = |psi: f64| (psi - PI) / TAU;
        let (from, to) = (turns(self.psi), turns(later.psi));
        let crossed = to.floor();
        (crossed > from.floor() && to > from).then(|| step_h * (crossed - from) / (to - from))
    }
}

impl LightClock for Hannay19 {
    fn step(self, lux: f64, step_h: f64) -> Self {
        let power = usable(lux).powf(EXPONENT);
        let alpha = ALPHA0 * power / (power + I0);
        let [r, psi, n] = rk4([self.r.max(LEAST_R), self.psi, self.n], step_h, |[r, psi, n]| {
            let r = r.max(LEAST_R);
            let drive = G * (1.0 - n) * alpha;
            let (r4, r8) = (r.powi(4), r.powi(8));
            let (sin1, cos1) = (psi + BETA_L1).sin_cos();
            let (sin2, cos2) = (2.0 * psi + BETA_L2).sin_cos();
            [
                -GAMMA * r
                    + K * BETA1.cos() / 2.0 * r * (1.0 - r4)
                    + A1 / 2.0 * drive * (1.0 - r4) * cos1
                    + A2 / 2.0 * drive * r * (1.0 - r8) * cos2,
                TAU / TAU_H + K / 2.0 * BETA1.sin() * (1.0 + r4) + SIGMA * drive
                    - A1 / 2.0 * drive * (r.powi(3) + 1.0 / r) * sin1
                    - A2 / 2.0 * drive * (1.0 + r8) * sin2,
                60.0 * (alpha * (1.0 - n) - DELTA * n),
            ]
        });
        Self { r: r.max(LEAST_R), psi, n }
    }

    fn marker(&self) -> f64 {
        self.psi.cos()
    }
}

#[cfg(test)]
mod tests {
    use super::super::clock::{STEP_H, cbtmin_h, run};
    use super::*;

    /// Light of 16:8 from `wake` on, one value a step.
    fn days(n: usize, wake_h: f64, lux: f64) -> Vec<f64> {
        let on = |i: usize| (i as f64 * STEP_H - wake_h).rem_euclid(24.0) < 16.0;
        (0..n * 240).map(|i| if on(i) { lux } else { 0.0 }).collect()
    }

    #[test]
    fn regular_light_entrains_within_a_fortnight() {
        for (wake, lux) in [(8.0, 150.0), (8.0, 1000.0), (5.0, 500.0), (12.0, 500.0)] {
            let states = run(Hannay19::MIDNIGHT, &days(24, wake, lux), STEP_H);
            let times: Vec<f64> = states
                .iter()
                .zip(states.iter().skip(1))
                .zip(0_u32..)
                .filter_map(|((a, b), i)| Some(f64::from(i) * STEP_H + a.cbtmin_before(b, STEP_H)?))
                .collect();
            for pair in times.windows(2).filter(|pair| pair[0] > 14.0 * 24.0) {
                let drift_min = 60.0 * (pair[1] - pair[0] - 24.0);
                assert!(drift_min.abs() < 5.0, "wake {wake}, {lux} lux: {drift_min} min a day");
            }
        }
    }

    #[test]
    fn the_crossing_agrees_with_the_grid() {
        let states = run(Hannay19::MIDNIGHT, &days(5, 8.0, 500.0), STEP_H);
        let grid = cbtmin_h(&states, 0.0, STEP_H);
        let fine: Vec<f64> = (0_u32..)
            .zip(states.windows(2))
            .filter_map(|(i, w)| Some(f64::from(i) * STEP_H + w[0].cbtmin_before(&w[1], STEP_H)?))
            .collect();
        assert_eq!(grid.len(), fine.len());
        assert!(grid.iter().zip(&fine).all(|(a, b)| (a - b).abs() <= STEP_H));
    }

    #[test]
    fn a_dead_clock_stays_finite() {
        let dead = Hannay19 { r: 0.0, psi: 0.0, n: 0.0 };
        let states = run(dead, &vec![1e9; 1000], STEP_H);
        assert!(states.iter().skip(1).all(|s| s.r.is_finite() && s.psi.is_finite() && s.r >= LEAST_R));
    }
}
