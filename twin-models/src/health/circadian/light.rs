//! The clock of Forger, Jewett and Kronauer: a limit cycle pushed by light [forger1999].

use super::clock::{LightClock, rk4, usable};
use std::f64::consts::PI;

const MU: f64 = 0.23;
/// Period without light, h.
const TAU_H: f64 = 24.2;
const G: f64 = 33.75;
const ALPHA0: f64 = 0.05;
const I0: f64 = 9500.0;
const BETA: f64 = 0.0075;
const K: f64 = 0.55;

/// The state of the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forger99 {
    /// The oscillator; lowest at the minimum of core body temperature.
    pub x: f64,
    /// Its companion.
    pub xc: f64,
    /// Photoreceptors in use, 0..=1.
    pub n: f64,
}

impl Forger99 {
    /// A settled clock at midnight, of a person who sleeps from 0 to 8.
    pub const MIDNIGHT: Self = Self { x: -0.084_325_9, xc: -1.096_075_46, n: 0.455_843_06 };
}

impl LightClock for Forger99 {
    fn step(self, lux: f64, step_h: f64) -> Self {
        let alpha = ALPHA0 * (usable(lux) / I0).sqrt();
        let free = (24.0 / (0.99669 * TAU_H)).powi(2);
        let [x, xc, n] = rk4([self.x, self.xc, self.n], step_h, |[x, xc, n]| {
            let drive = G * (1.0 - n) * alpha * (1.0 - 0.4 * x) * (1.0 - 0.4 * xc);
            [
                PI / 12.0 * (xc + drive),
                PI / 12.0 * (MU * (xc - 4.0 * xc.powi(3) / 3.0) - x * (free + K * drive)),
                60.0 * (alpha * (1.0 - n) - BETA * n),
            ]
        });
        Self { x, xc, n }
    }

    fn marker(&self) -> f64 {
        self.x
    }
}

#[cfg(test)]
mod tests {
    use super::super::clock::{STEP_H, cbtmin_h, run};
    use super::*;

    #[test]
    fn in_the_dark_it_keeps_its_own_period() {
        let states = run(Forger99::MIDNIGHT, &vec![0.0; 240 * 40], STEP_H);
        let times = cbtmin_h(&states, 0.0, STEP_H);
        let period = (times[times.len() - 1] - times[9]) / (times.len() - 10) as f64;
        assert!((period - 24.2).abs() < 0.1, "{period}");
    }
}
