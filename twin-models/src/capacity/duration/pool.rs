//! Several forecasts of one quantile, brought together by how each did until now: exponentiated gradient
//! [kivinen1997] with forgetting. Slow, because the mean of several forecasts is hard to beat.

/// How fast weights move, 1/log hours. OWN.
const RATE: f64 = 0.06;
/// Tasks after which what was learnt counts half. OWN.
const HALF_LIFE_TASKS: f64 = 300.0;

/// Weights of `N` forecasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pool<const N: usize> {
    prior: [f64; N],
    /// How much better each would have been, log hours of pinball loss.
    regret: [f64; N],
}

impl<const N: usize> Pool<N> {
    pub(super) const fn new(prior: [f64; N]) -> Self {
        Self { prior, regret: [0.0; N] }
    }

    /// What each counts; they add up to 1.
    pub(super) fn weights(&self) -> [f64; N] {
        let most = self.regret.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut out = self.prior;
        for (w, r) in out.iter_mut().zip(&self.regret) {
            *w *= (RATE * (r - most)).exp();
        }
        let sum: f64 = out.iter().sum();
        out.map(|w| w / sum)
    }

    /// All together.
    pub(super) fn of(&self, said: &[f64; N]) -> f64 {
        self.weights().iter().zip(said).map(|(w, s)| w * s).sum()
    }

    /// All but the first together.
    pub(super) fn of_others(&self, said: &[f64; N]) -> f64 {
        let others = || self.weights().into_iter().zip(said).skip(1);
        let sum: f64 = others().map(|(w, _)| w).sum();
        others().map(|(w, s)| w * s).sum::<f64>() / sum.max(1e-300)
    }

    /// Learns by how much each would have been better than all together.
    pub(super) fn learn(&mut self, better: &[f64; N]) {
        let keep = (-1.0 / HALF_LIFE_TASKS).exp2();
        for (regret, better) in self.regret.iter_mut().zip(better) {
            *regret = *regret * keep + better;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_forecast_comes_to_count_more() {
        let mut pool = Pool::new([0.5, 0.5]);
        assert_eq!((pool.of(&[1.0, 3.0]), pool.of_others(&[1.0, 3.0])), (2.0, 3.0));
        (0..200).for_each(|_| pool.learn(&[0.3, -0.3]));
        let [good, bad] = pool.weights();
        assert!(good > 0.95 && (good + bad - 1.0).abs() < 1e-12);
        (0..3000).for_each(|_| pool.learn(&[0.0, 0.0]));
        assert!((pool.of(&[1.0, 3.0]) - 2.0).abs() < 0.1, "what is long past is forgotten");
    }
}
