//! The wave of 24 hours through the waking part of a day, by least squares [nelson1979].

use std::f64::consts::TAU;

/// Fewest slots awake: six hours. OWN.
const MIN_SLOTS: usize = 24;

/// How values at given hours make a wave: weights of each value in its cosine and its sine.
pub(super) struct Cosine {
    weights: Vec<(f64, f64)>,
}

impl Cosine {
    /// For values at these hours; `None` for too few of them, or all at one time.
    pub(super) fn over(hours: &[f64]) -> Option<Self> {
        if hours.len() < MIN_SLOTS {
            return None;
        }
        let n = hours.len() as f64;
        let waves: Vec<(f64, f64)> =
            hours.iter().map(|h| (TAU * h / 24.0).sin_cos()).map(|(s, c)| (c, s)).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| waves.iter().map(of).sum::<f64>() / n;
        let (mc, ms) = (mean(|w| w.0), mean(|w| w.1));
        let sum = |of: &dyn Fn(f64, f64) -> f64| waves.iter().map(|(c, s)| of(c - mc, s - ms)).sum::<f64>();
        let (cc, cs, ss) = (sum(&|c, _| c * c), sum(&|c, s| c * s), sum(&|_, s| s * s));
        let det = cc * ss - cs * cs;
        if det <= 1e-9 * cc * ss {
            return None;
        }
        let weight = |(c, s): &(f64, f64)| {
            let (c, s) = (c - mc, s - ms);
            ((ss * c - cs * s) / det, (cc * s - cs * c) / det)
        };
        Some(Self { weights: waves.iter().map(weight).collect() })
    }

    /// Hour of the crest, 0..24, and by how many hours each value would move it; `None` without a wave.
    pub(super) fn crest(&self, values: &[f64]) -> Option<(f64, Vec<f64>)> {
        let (mut c, mut s) = (0.0, 0.0);
        for ((wc, ws), value) in self.weights.iter().zip(values) {
            c += wc * value;
            s += ws * value;
        }
        let square = c * c + s * s;
        if square < 1e-9 || !square.is_finite() {
            return None;
        }
        let pull = |(wc, ws): &(f64, f64)| 24.0 / TAU * (c * ws - s * wc) / square;
        Some(((24.0 / TAU * s.atan2(c)).rem_euclid(24.0), self.weights.iter().map(pull).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_is_found_again_and_moves_with_its_values() {
        let hours: Vec<f64> = (28..92).map(|i| f64::from(i) / 4.0).collect();
        let wave =
            |at: f64| hours.iter().map(|h| 0.5 + 0.2 * (TAU * (h - at) / 24.0).cos()).collect::<Vec<_>>();
        let cosine = Cosine::over(&hours).unwrap();
        let (hour, pull) = cosine.crest(&wave(16.8)).unwrap();
        assert!((hour - 16.8).abs() < 1e-9);
        let moved: f64 =
            pull.iter().zip(wave(16.9).iter().zip(wave(16.8))).map(|(p, (a, b))| p * (a - b)).sum();
        assert!((moved - 0.1).abs() < 1e-3, "{moved}");
        assert!(cosine.crest(&[0.5; 64]).is_none() && Cosine::over(&hours[..9]).is_none());
        assert!(Cosine::over(&[3.0; 30]).is_none());
    }
}
