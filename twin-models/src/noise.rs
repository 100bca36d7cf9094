//! Seeded noise for simulated draws: the same seed and place give the same noise everywhere.

use std::f64::consts::TAU;

/// A stream of noise (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Noise(u64);

impl Noise {
    /// The stream of a place (draw, day, quantity …) under a seed. Places do not disturb each other.
    pub(crate) fn of(seed: u64, place: [u64; 3]) -> Self {
        Self(place.iter().fold(mixed(seed), |state, part| mixed(state ^ mixed(part.wrapping_add(1)))))
    }

    /// Uniform in 0..1, never an end.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        ((mixed(self.0) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// One of 0..n; 0 where there is none.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// Standard normal (Box–Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (TAU * self.unit()).cos()
    }
}

const fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{mean, sd};

    #[test]
    fn noise_is_standard_normal_and_places_differ() {
        let values: Vec<f64> = (0..4000).map(|i| Noise::of(1, [i, 0, 0]).normal()).collect();
        assert!(mean(&values).unwrap().abs() < 0.05 && (sd(&values).unwrap() - 1.0).abs() < 0.05);
        let first = |place| Noise::of(7, place).unit();
        assert_ne!(first([0, 1, 0]), first([1, 0, 0]));
        assert_eq!(first([3, 1, 0]), first([3, 1, 0]));
    }
}
