//! By how much a person's clock runs late, learnt from answers: a posterior on a grid.

use crate::noise::Noise;

/// Points of the grid, −3..=3 h.
pub const POINTS: usize = 13;
/// Distance of two points, h.
const STEP_H: f64 = 0.5;
/// Spread of people around what their free nights say, h.
pub const PRIOR_SD_H: f64 = 1.0;
/// Mid-sleep on free days of a clock that is neither early nor late, h.
pub const NEUTRAL_MSF_SC_H: f64 = 4.0;
/// Spread of an answer around the curve, in spreads of the usual day. OWN.
const ANSWER_SD: f64 = 0.8;
/// Prior spreads of offset and slope of the answers. OWN.
const OFFSET_SD: f64 = 0.5;
const SLOPE_SD: f64 = 0.3;
/// Chance a day that the clock moved by a grid step to either side: 0.1 h of drift a day. OWN.
const MOVE_PER_DAY: f64 = 0.02;

/// What is believed about one person's clock, and about how they answer if it ran so late.
#[derive(Clone, Debug, PartialEq)]
pub struct PhasePosterior {
    points: [PhasePoint; POINTS],
}

/// One point of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhasePoint {
    /// Hours late.
    pub later_h: f64,
    /// Probability.
    pub weight: f64,
    /// Added to the curve, in spreads of the usual day.
    pub offset: f64,
    /// Times the curve.
    pub slope: f64,
    pub(super) cov: [f64; 3],
}

impl PhasePosterior {
    /// Before any answer: N(MSFsc − 4 h, 1 h), around 0 where MSFsc is not known.
    #[must_use]
    pub fn new(msf_sc_h: Option<f64>) -> Self {
        let centre =
            msf_sc_h.filter(|m| m.is_finite()).map_or(0.0, |m| (m - NEUTRAL_MSF_SC_H).clamp(-3.0, 3.0));
        let point = |i: usize| {
            let later_h = STEP_H * i as f64 - 3.0;
            let weight = (-0.5 * ((later_h - centre) / PRIOR_SD_H).powi(2)).exp();
            let cov = [OFFSET_SD * OFFSET_SD, 0.0, SLOPE_SD * SLOPE_SD];
            PhasePoint { later_h, weight, offset: 0.0, slope: 1.0, cov }
        };
        let mut new = Self { points: std::array::from_fn(point) };
        new.normalise();
        new
    }

    /// Takes an answer (`z`, in spreads of the usual day) where each point of the grid predicted its own.
    pub fn update(&mut self, z: f64, predicted: impl Fn(f64) -> f64) {
        for point in &mut self.points {
            let x = predicted(point.later_h);
            let [oo, os, ss] = point.cov;
            // covariance times (1, x), the spread of the answer, and the Kalman gain
            let (po, ps) = (oo + os * x, os + ss * x);
            let var = po + ps * x + ANSWER_SD * ANSWER_SD;
            let miss = z - point.offset - point.slope * x;
            if !(miss.is_finite() && var.is_finite()) {
                return;
            }
            point.weight *= (-0.5 * miss * miss / var).exp() / var.sqrt();
            point.offset += po / var * miss;
            point.slope += ps / var * miss;
            point.cov = [oo - po * po / var, os - po * ps / var, ss - ps * ps / var];
        }
        self.normalise();
    }

    /// Lets days pass in which the clock may have moved.
    pub fn drift(&mut self, days: f64) {
        let moved = (MOVE_PER_DAY * days.max(0.0)).min(1.0 / 3.0);
        let before = self.points.map(|p| p.weight);
        for (i, point) in self.points.iter_mut().enumerate() {
            let at = |j: Option<usize>| j.and_then(|j| before.get(j)).copied().unwrap_or(point.weight);
            let sides = at(i.checked_sub(1)) + at(Some(i + 1));
            point.weight = (1.0 - 2.0 * moved) * point.weight + moved * sides;
        }
        self.normalise();
    }

    /// Expected hours late.
    #[must_use]
    pub fn mean_h(&self) -> f64 {
        self.points.iter().map(|p| p.weight * p.later_h).sum()
    }

    /// Its spread, h.
    #[must_use]
    pub fn sd_h(&self) -> f64 {
        let mean = self.mean_h();
        self.points.iter().map(|p| p.weight * (p.later_h - mean).powi(2)).sum::<f64>().sqrt()
    }

    /// The expected point.
    #[must_use]
    pub fn expected(&self) -> PhasePoint {
        let of = |what: fn(&PhasePoint) -> f64| self.points.iter().map(|p| p.weight * what(p)).sum();
        PhasePoint {
            later_h: self.mean_h(),
            weight: 1.0,
            offset: of(|p| p.offset),
            slope: of(|p| p.slope),
            cov: [0.0; 3],
        }
    }

    /// Hours late, drawn: anywhere within half a step of a point.
    pub(crate) fn draw(&self, noise: &mut Noise) -> f64 {
        let mut left = noise.unit();
        let drawn = self.points.iter().find(|p| {
            left -= p.weight;
            left <= 0.0
        });
        drawn.map_or_else(|| self.mean_h(), |p| p.later_h) + STEP_H * (noise.unit() - 0.5)
    }

    fn normalise(&mut self) {
        let total: f64 = self.points.iter().map(|p| p.weight).sum();
        if total > 0.0 {
            self.points.iter_mut().for_each(|p| p.weight /= total);
        } else {
            // answers that no point explains: nothing is known
            self.points.iter_mut().for_each(|p| p.weight = 1.0 / POINTS as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::alertness::unified::circadian;

    #[test]
    fn answers_of_a_late_clock_move_the_posterior() {
        let mut belief = PhasePosterior::new(None);
        assert!(belief.mean_h().abs() < 1e-12 && (belief.sd_h() - 1.0).abs() < 0.05);
        let curve = |t: f64, later: f64| -1.5 * circadian(t - later);
        for i in 0..40 {
            let t = 8.0 + 3.7 * f64::from(i) % 14.0;
            belief.update(curve(t, 2.0), |later| curve(t, later));
            belief.drift(0.25);
        }
        // offset and slope explain a part of it
        assert!((1.2..2.3).contains(&belief.mean_h()), "{}", belief.mean_h());
        assert!(belief.sd_h() < 0.8, "{}", belief.sd_h());
        let total: f64 = belief.points.iter().map(|p| p.weight).sum();
        assert!((total - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_prior_follows_free_nights_and_nonsense_changes_nothing() {
        assert!((PhasePosterior::new(Some(5.5)).mean_h() - 1.4).abs() < 0.15);
        let mut belief = PhasePosterior::new(Some(4.0));
        let before = belief.clone();
        belief.update(f64::NAN, |_| 0.0);
        belief.update(0.0, |_| f64::INFINITY);
        assert_eq!(belief, before);
    }
}
