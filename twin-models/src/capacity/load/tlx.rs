//! The NASA task load index, raw and weighted, and how a person's own answers weigh the parts of the load.

use crate::capacity::gated::logistic;

/// Subscales: mental, physical and temporal demand, performance, effort, frustration.
pub const SUBSCALES: usize = 6;

/// Raw index: the mean of six subscales, each 0..=100 [hart2006]. `None` for other numbers of them or values.
///
/// ```
/// # use twin_models::capacity::load::tlx::raw_tlx;
/// assert_eq!(raw_tlx(&[70.0, 10.0, 60.0, 40.0, 65.0, 55.0]), Some(50.0));
/// assert_eq!(raw_tlx(&[70.0, 10.0]), None);
/// ```
#[must_use]
pub fn raw_tlx(subscales: &[f64]) -> Option<f64> {
    let sound = subscales.len() == SUBSCALES && subscales.iter().all(|r| (0.0..=100.0).contains(r));
    sound.then(|| subscales.iter().sum::<f64>() / SUBSCALES as f64)
}

/// Weighted index: each subscale (0..=100) by how often it was chosen in the fifteen comparisons of pairs, 0..=5
/// times [hart1988]. `None` where the choices do not add up to 15.
///
/// ```
/// # use twin_models::capacity::load::tlx::weighted_tlx;
/// let index = weighted_tlx(&[70.0, 10.0, 60.0, 40.0, 65.0, 55.0], &[5, 0, 4, 1, 3, 2]);
/// assert_eq!(index, Some((350.0 + 240.0 + 40.0 + 195.0 + 110.0) / 15.0));
/// ```
#[must_use]
pub fn weighted_tlx(subscales: &[f64], chosen: &[u8]) -> Option<f64> {
    raw_tlx(subscales)?;
    let sound = chosen.len() == SUBSCALES
        && chosen.iter().all(|w| *w <= 5)
        && chosen.iter().map(|w| u32::from(*w)).sum::<u32>() == 15;
    sound.then(|| subscales.iter().zip(chosen).map(|(r, w)| r * f64::from(*w)).sum::<f64>() / 15.0)
}

/// Parts of the load.
pub(super) const PARTS: usize = 7;
/// Strength of the pull towards equal weights.
const RIDGE: f64 = 1.0;
/// Spread of an answer around the load, as a share of the scale. OWN.
const ANSWER_SD: f64 = 0.12;
const SWEEPS: usize = 60;
/// A sweep that moves no weight by more is the last.
const SETTLED: f64 = 1e-13;

/// `TLX/100 = logistic(offset + Σ w x)`; x is 4 (part − ½), so that equal weights give about the mean of the parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weights {
    pub(super) offset: f64,
    pub(super) each: [f64; PARTS],
}

/// Parts as shares 0..=1, 0.5 where not known.
pub(super) type Shares = [f64; PARTS];

impl Weights {
    pub(super) const EQUAL: Self = Self { offset: 0.0, each: [1.0 / PARTS as f64; PARTS] };

    /// Log-odds of the load.
    pub(super) fn odds(&self, shares: &Shares) -> f64 {
        self.offset + self.each.iter().zip(shares).map(|(w, s)| w * scaled(*s)).sum::<f64>()
    }

    /// The weights, none below 0, that fit answers (0..=1) best while staying near equal ones.
    ///
    /// One weight after the other by Newton's step on the squared error, over and over.
    pub(super) fn fit(answers: &[(Shares, f64)]) -> Self {
        let mut now = Self::EQUAL;
        // The log-odds of each answer go along with every step.
        let mut odds: Vec<f64> = answers.iter().map(|(shares, _)| now.odds(shares)).collect();
        for _ in 0..SWEEPS {
            let mut most = shift(answers, &mut odds, |_| 1.0, &mut now.offset, 0.0, f64::NEG_INFINITY);
            for (part, weight) in now.each.iter_mut().enumerate() {
                let x = |s: &Shares| s.get(part).map_or(0.0, |s| scaled(*s));
                most = most.max(shift(answers, &mut odds, x, weight, 1.0 / PARTS as f64, 0.0));
            }
            if most < SETTLED {
                break;
            }
        }
        now
    }
}

/// Moves one weight, pulled by the ridge towards `pulled` and never below `least`; returns how far it went.
fn shift(
    answers: &[(Shares, f64)],
    odds: &mut [f64],
    x: impl Fn(&Shares) -> f64,
    weight: &mut f64,
    pulled: f64,
    least: f64,
) -> f64 {
    let (mut slope, mut bend) = (-RIDGE * (*weight - pulled), RIDGE);
    for ((shares, answer), odds) in answers.iter().zip(odds.iter()) {
        let p = logistic(*odds);
        let lean = p * (1.0 - p) * x(shares) / ANSWER_SD;
        slope += lean * (answer - p) / ANSWER_SD;
        bend += lean * lean;
    }
    let before = *weight;
    *weight = (before + slope / bend).max(least);
    let moved = *weight - before;
    for ((shares, _), odds) in answers.iter().zip(odds) {
        *odds += moved * x(shares);
    }
    moved.abs()
}

fn scaled(share: f64) -> f64 {
    4.0 * (share - 0.5)
}

/// Spearman's correlation of ranks; `None` below 3 pairs or where all of one side is equal.
pub(super) fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let rank = |values: &[f64]| -> Vec<f64> {
        let below = |x: f64| {
            values.iter().map(move |y| f64::from(u8::from(*y < x)) + 0.5 * f64::from(u8::from(*y == x)))
        };
        values.iter().map(|x| below(*x).sum()).collect()
    };
    let (a, b) = (rank(a), rank(b));
    let middle = 0.5 * a.len() as f64;
    let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| (x - middle) * (y - middle)).sum::<f64>();
    let spread = (sum(&a, &a) * sum(&b, &b)).sqrt();
    (a.len() > 2 && a.len() == b.len() && spread > 0.0).then(|| sum(&a, &b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    #[test]
    fn answers_outside_their_scale_have_no_index() {
        assert_eq!(raw_tlx(&[f64::NAN; 6]), None);
        assert_eq!(raw_tlx(&[101.0; 6]), None);
        assert_eq!(weighted_tlx(&[50.0; 6], &[5, 5, 5, 0, 0, 1]), None);
        assert_eq!(weighted_tlx(&[50.0; 6], &[6, 4, 3, 1, 1, 0]), None);
        assert_eq!(weighted_tlx(&[100.0; 6], &[5, 4, 3, 2, 1, 0]), Some(100.0));
    }

    #[test]
    fn a_part_that_matters_gets_the_weight() {
        let mut draws = Draws::new(8);
        let mut day = || -> Shares { std::array::from_fn(|_| draws.unit()) };
        let days: Vec<Shares> = (0..60).map(|_| day()).collect();
        let answers: Vec<(Shares, f64)> = days.iter().map(|s| (*s, logistic(1.5 * scaled(s[2])))).collect();
        let fit = Weights::fit(&answers);
        assert!(fit.each[2] > 1.0 && fit.each.iter().enumerate().all(|(i, w)| i == 2 || *w < 0.2), "{fit:?}");
        assert_eq!(Weights::fit(&[]), Weights::EQUAL);
    }

    #[test]
    fn ranks_correlate_whatever_the_scale() {
        assert!((rank_correlation(&[1.0, 2.0, 3.0], &[1.0, 10.0, 100.0]).unwrap() - 1.0).abs() < 1e-12);
        assert!(
            (rank_correlation(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 4.0, 3.0]).unwrap() - 0.6).abs() < 1e-12
        );
        assert_eq!(rank_correlation(&[1.0; 4], &[1.0, 2.0, 3.0, 4.0]), None);
        assert_eq!(rank_correlation(&[1.0, 2.0], &[1.0, 2.0]), None);
    }
}
