//! Probabilities that keep their word for one person: Platt's line on that person's own labels [platt1999].

use super::smooth::logistic;

/// Labels from which a person's own calibration starts.
pub const MIN_LABELS: usize = 5;
/// How hard the person's line is held to the population's; labels of one person are few. OWN.
const HOLD: f64 = 20.0;
const ROUNDS: usize = 50;

/// A line on log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Platt {
    /// Slope, above 0.
    pub slope: f64,
    /// Offset, log odds.
    pub offset: f64,
}

impl Default for Platt {
    fn default() -> Self {
        Self { slope: 1.0, offset: 0.0 }
    }
}

impl Platt {
    /// Fits `(log odds, was stress)`; held to no change with strength `hold`; `None` if a class is missing.
    #[must_use]
    pub fn fit(labels: &[(f64, bool)], hold: f64) -> Option<Self> {
        let labels: Vec<(f64, f64)> = labels
            .iter()
            .filter(|(x, _)| x.is_finite())
            .map(|(x, hit)| (*x, f64::from(u8::from(*hit))))
            .collect();
        let hits: f64 = labels.iter().map(|l| l.1).sum();
        if hits < 1.0 || hits > labels.len() as f64 - 1.0 {
            return None;
        }
        let mut line = Self::default();
        for _ in 0..ROUNDS {
            let (mut g0, mut g1) = (-hold * (line.slope - 1.0), -hold * line.offset);
            let (mut h00, mut h01, mut h11) = (hold + 1e-9, 0.0, hold + 1e-9);
            for (x, hit) in &labels {
                let p = line.apply(*x);
                let w = p * (1.0 - p);
                g0 += (hit - p) * x;
                g1 += hit - p;
                h00 += w * x * x;
                h01 += w * x;
                h11 += w;
            }
            let determinant = h00 * h11 - h01 * h01;
            if determinant <= 0.0 || !determinant.is_finite() {
                return None;
            }
            let step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
            line.slope = (line.slope + step.0.clamp(-1.0, 1.0)).clamp(0.05, 5.0);
            line.offset += step.1.clamp(-1.0, 1.0);
        }
        Some(line)
    }

    /// A person's line from at least [`MIN_LABELS`] labels of both kinds.
    #[must_use]
    pub fn person(labels: &[(f64, bool)]) -> Option<Self> {
        (labels.len() >= MIN_LABELS).then(|| Self::fit(labels, HOLD)).flatten()
    }

    /// The probability at these log odds.
    #[must_use]
    pub fn apply(&self, log_odds: f64) -> f64 {
        logistic(self.slope * log_odds + self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_who_is_never_as_stressed_as_said_is_corrected() {
        let labels: Vec<(f64, bool)> = (0..400).map(|i| (f64::from(i % 8) - 2.0, i % 8 > 5)).collect();
        let line = Platt::person(&labels).unwrap();
        assert!(line.offset < -0.5, "{line:?}");
        let off = |line: Platt| {
            (labels.iter().map(|l| line.apply(l.0)).sum::<f64>() / labels.len() as f64 - 0.25).abs()
        };
        assert!(off(line) < 0.5 * off(Platt::default()));
    }

    #[test]
    fn too_few_labels_or_one_kind_only_is_no_line() {
        assert_eq!(Platt::person(&[(0.0, true), (1.0, false), (0.5, true), (0.1, true)]), None);
        assert_eq!(Platt::person(&[(0.0, true); 9]), None);
        assert!(
            Platt::person(&[(f64::NAN, true), (0.0, true), (0.0, false), (1e9, true), (-1e9, false)])
                .is_some()
        );
    }
}
