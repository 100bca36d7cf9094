//! The plane of valence and arousal, and the words for its regions [russell1980].

use super::opinion_pool::normal;

/// A point: valence (unpleasant −1 to pleasant 1) and arousal (calm −1 to excited 1).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Affect {
    /// −1..=1.
    pub valence: f64,
    /// −1..=1.
    pub arousal: f64,
}

/// A word for a region of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emotion {
    /// Joy.
    Joy,
    /// Anger.
    Anger,
    /// Fear.
    Fear,
    /// Sadness.
    Sadness,
    /// Surprise.
    Surprise,
    /// Disgust.
    Disgust,
    /// Calm.
    Calm,
    /// None of them.
    Neutral,
}

/// The words and their centres (valence, arousal), after the norms of [russell1977]; fear and calm are
/// approximate.
pub const CENTRES: [(Emotion, f64, f64); 8] = [
    (Emotion::Joy, 0.76, 0.48),
    (Emotion::Anger, -0.43, 0.67),
    (Emotion::Fear, -0.64, 0.60),
    (Emotion::Sadness, -0.63, -0.27),
    (Emotion::Surprise, 0.40, 0.67),
    (Emotion::Disgust, -0.60, 0.35),
    (Emotion::Calm, 0.55, -0.50),
    (Emotion::Neutral, 0.0, 0.0),
];

/// Width of a region.
pub const WIDTH: f64 = 0.35;

/// How well each word of [`CENTRES`] fits a point: the softmax of `−distance² / (2 · 0.35²)`; sums to 1.
///
/// ```
/// # use twin_models::emotion::space::{Affect, words};
/// let fit = words(Affect { valence: 0.76, arousal: 0.48 });
/// assert!(fit[0] > 0.5); // joy
/// ```
#[must_use]
pub fn words(at: Affect) -> [f64; 8] {
    let near = |(_, v, a): &(Emotion, f64, f64)| {
        -((at.valence - v).powi(2) + (at.arousal - a).powi(2)) / (2.0 * WIDTH * WIDTH)
    };
    let fit = normal(&CENTRES.iter().map(near).collect::<Vec<_>>());
    let mut out = [0.0; 8];
    for (slot, p) in out.iter_mut().zip(fit) {
        *slot = p;
    }
    out
}

/// The point that probabilities of the words of [`CENTRES`] stand for: the mean of the centres, weighted.
///
/// `None` if the probabilities add up to nothing or are not finite.
///
/// ```
/// # use twin_models::emotion::space::{Affect, point};
/// let mut p = [0.0; 8];
/// p[3] = 2.0; // only sadness; any sum will do
/// assert_eq!(point(&p), Some(Affect { valence: -0.63, arousal: -0.27 }));
/// ```
#[must_use]
pub fn point(probabilities: &[f64; 8]) -> Option<Affect> {
    let total: f64 = probabilities.iter().sum();
    let mean = |axis: fn(&(Emotion, f64, f64)) -> f64| {
        probabilities.iter().zip(&CENTRES).map(|(p, c)| p * axis(c)).sum::<f64>() / total
    };
    (total > 0.0 && total.is_finite() && probabilities.iter().all(|p| *p >= 0.0))
        .then(|| Affect { valence: mean(|c| c.1), arousal: mean(|c| c.2) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_centre_is_nearest_to_its_own_word() {
        for (i, (_, valence, arousal)) in CENTRES.iter().enumerate() {
            let fit = words(Affect { valence: *valence, arousal: *arousal });
            assert!((fit.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(fit.iter().all(|p| *p <= fit[i]), "{i}");
        }
    }

    #[test]
    fn no_probabilities_no_point() {
        assert_eq!(point(&[0.0; 8]), None);
        assert_eq!(point(&[f64::NAN; 8]), None);
    }
}
