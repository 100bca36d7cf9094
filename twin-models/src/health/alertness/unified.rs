//! Unified model of fatigue under short and lost sleep [rajdev2013], [ramakrishnan2016].
//!
//! Unlike the two-process model it keeps a memory of the last week: on real nights of 3 hours its fatigue
//! follows reaction time where the others saturate. Parameters as in the open implementation FIPS.

use std::f64::consts::TAU;

/// Upper asymptote U.
pub const UPPER: f64 = 24.12;
/// Time constant while awake, h.
pub const AWAKE_H: f64 = 40.0;
/// Time constant while asleep, h.
pub const ASLEEP_H: f64 = 1.0;
/// Time constant of the lower asymptote, the memory of past nights, h.
pub const MEMORY_H: f64 = 97.44;
/// Amplitude κ of the body's clock.
pub const AMPLITUDE: f64 = 4.13;
/// Phase φ of the body's clock, h.
pub const PHASE_H: f64 = 2.02;
/// Weights of its harmonics (24, 12, 8, 6, 4.8 h).
pub const HARMONICS: [f64; 5] = [0.97, 0.22, 0.07, 0.03, 0.0001];

/// Sleep pressure S and its lower asymptote L.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pressure {
    /// S.
    pub s: f64,
    /// L.
    pub l: f64,
}

/// What differs between people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Personal {
    /// Amplitude κ.
    pub amplitude: f64,
    /// By how many hours the body's clock is later than usual.
    pub later_h: f64,
}

impl Default for Personal {
    fn default() -> Self {
        Self { amplitude: AMPLITUDE, later_h: 0.0 }
    }
}

/// The pressure after so many hours awake.
#[must_use]
pub fn awake(from: Pressure, hours: f64) -> Pressure {
    let kept = (-hours / MEMORY_H).exp();
    Pressure {
        s: UPPER - (UPPER - from.s) * (-hours / AWAKE_H).exp(),
        l: from.l * kept + UPPER * (1.0 - kept),
    }
}

/// The pressure after so many hours asleep.
///
/// ```
/// # use twin_models::health::alertness::unified::{Pressure, asleep, awake};
/// let evening = awake(Pressure::default(), 16.0);
/// let morning = asleep(evening, 8.0);
/// assert!((evening.s - 7.9519).abs() < 1e-4 && (morning.s - 0.0592).abs() < 1e-4);
/// ```
#[must_use]
pub fn asleep(from: Pressure, hours: f64) -> Pressure {
    let (fast, kept) = ((-hours / ASLEEP_H).exp(), (-hours / MEMORY_H).exp());
    let coupling = MEMORY_H / (MEMORY_H - ASLEEP_H);
    Pressure {
        s: from.s * fast - 2.0 * UPPER * (1.0 - fast) + (from.l + 2.0 * UPPER) * coupling * (kept - fast),
        l: from.l * kept - 2.0 * UPPER * (1.0 - kept),
    }
}

/// C at a time of day, h; highest (sleepiest) before dawn, about −1..=1.
#[must_use]
pub fn circadian(hour: f64) -> f64 {
    let turn = TAU * (hour + PHASE_H) / 24.0;
    let (sin, cos) = turn.sin_cos();
    // sin kx from the two before it: 2 cos x · sin (k − 1)x − sin (k − 2)x
    let (mut before, mut now, mut sum) = (0.0, sin, 0.0);
    for weight in HARMONICS {
        sum += weight * now;
        (before, now) = (now, 2.0 * cos * now - before);
    }
    sum
}

/// Sleep inertia so many hours after waking, 0..=1.14.
#[must_use]
pub fn inertia(awake_h: f64) -> f64 {
    1.14 * (-0.46 * awake_h).exp()
}

/// Fatigue `S + κ C` at a time of day, h; higher is more tired. Inertia is not in it.
#[must_use]
pub fn fatigue(pressure: Pressure, hour: f64, person: &Personal) -> f64 {
    pressure.s + person.amplitude * circadian(hour - person.later_h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::alertness::walk;
    use proptest::prelude::*;

    #[test]
    fn short_nights_add_up_and_long_ones_pay_back() {
        let nights = |hours: f64| {
            (0..7).map(|d| 24.0 * f64::from(d) + 31.0).map(|wake| (wake - hours, wake)).collect::<Vec<_>>()
        };
        let noon: Vec<f64> = (1..8).map(|d| f64::from(d) * 24.0 + 12.0).collect();
        let path = |hours: f64| walk(Pressure::default(), 7.0, &nights(hours), &noon, awake, asleep);
        let short = path(3.0);
        assert!(short.windows(2).all(|w| w[1].state.s > w[0].state.s + 0.3));
        let usual = path(8.0);
        assert!(usual[6].state.s - usual[0].state.s < 1.0 && short[6].state.s - short[0].state.s > 4.0);
    }

    proptest! {
        #[test]
        fn a_state_can_be_cut_anywhere(s in -5.0..20.0, l in -10.0..20.0, a in 0.0..20.0, b in 0.0..20.0) {
            let from = Pressure { s, l };
            for step in [awake, asleep] {
                let (once, twice) = (step(from, a + b), step(step(from, a), b));
                prop_assert!((once.s - twice.s).abs() < 1e-9 && (once.l - twice.l).abs() < 1e-9);
            }
        }
    }
}
