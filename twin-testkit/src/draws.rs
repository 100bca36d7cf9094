//! Seeded draws: every topic and day has a stream of its own, so that changing one topic
//! leaves the others as they were.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream of draws is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Topic {
    Person = 1,
    Episodes,
    Body,
    Night,
    Training,
    Session,
    Steps,
    Heart,
    Calendar,
    Notes,
    CheckIn,
    Weight,
    Rr,
    Bulk,
    Faults,
    Work,
}

/// A stream of draws. The same seed, topic and index give the same draws on every platform: only
/// exact arithmetic and the `libm` crate are used.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    pub(crate) fn of(seed: u64, topic: Topic, index: u64) -> Self {
        let mut key = [0_u8; 32];
        let words =
            seed.to_le_bytes().into_iter().chain((topic as u64).to_le_bytes()).chain(index.to_le_bytes());
        key.iter_mut().zip(words).for_each(|(slot, byte)| *slot = byte);
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Uniform in 0..1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `low..high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `low..=high`.
    pub(crate) fn whole(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low.saturating_add((self.0.next_u64() % span) as u32)
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Close to normal, within ±6 deviations: the sum of twelve uniform draws (Irwin–Hall).
    pub(crate) fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let mut sum = 0_u64;
        for _ in 0..6 {
            let word = self.0.next_u64();
            sum += (word >> 32) + (word & 0xffff_ffff);
        }
        mean + deviation * (sum as f64 / (1_u64 << 32) as f64 - 6.0)
    }

    /// How often something with this mean happens (Knuth; for small means).
    pub(crate) fn count(&mut self, mean: f64) -> u32 {
        let limit = libm::exp(-mean);
        let (mut product, mut n) = (self.unit(), 0);
        while product > limit && n < 100 {
            product *= self.unit();
            n += 1;
        }
        n
    }

    /// One of the choices; `None` when there are none.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let last = choices.len().checked_sub(1)?;
        choices.get(self.whole(0, last as u32) as usize)
    }

    /// Brings the items into another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.whole(0, i as u32) as usize);
        }
    }

    /// Raw bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_differ_and_repeat() {
        let first = |seed, topic, index| Draws::of(seed, topic, index).bits();
        assert_eq!(first(1, Topic::Steps, 4), first(1, Topic::Steps, 4));
        assert_ne!(first(1, Topic::Steps, 4), first(1, Topic::Steps, 5));
        assert_ne!(first(1, Topic::Steps, 4), first(1, Topic::Heart, 4));
        assert_ne!(first(1, Topic::Steps, 4), first(2, Topic::Steps, 4));
    }

    #[test]
    fn the_normal_has_its_mean_and_deviation() {
        let mut draws = Draws::of(3, Topic::Body, 0);
        let x: Vec<f64> = (0..20_000).map(|_| draws.normal(5.0, 2.0)).collect();
        let mean = x.iter().sum::<f64>() / 20_000.0;
        let sd = (x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 20_000.0).sqrt();
        assert!((mean - 5.0).abs() < 0.06, "{mean}");
        assert!((sd - 2.0).abs() < 0.05, "{sd}");
    }
}
