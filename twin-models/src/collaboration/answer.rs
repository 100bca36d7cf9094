//! What the gated models of this folder share: the form of an answer, its reasons, and seeded draws.

use crate::noise::Noise;
use crate::stats::quantile;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Draws of a bootstrap.
pub(super) const DRAWS: u64 = 200;

/// A model's answers: its id and version, and what sort of number it gives.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) id: &'static str,
    pub(super) version: &'static str,
    pub(super) unit: &'static str,
    pub(super) kind: EstimateKind,
}

impl Form {
    /// Nothing, and why.
    pub(super) fn absent(self, status: EstimateStatus, gaps: Vec<String>) -> Estimate {
        Estimate { kind: self.kind, ..Estimate::absent(self.id, self.version, self.unit, status, gaps) }
    }

    /// Too little data.
    pub(super) fn too_little(self, gap: &str) -> Estimate {
        self.absent(EstimateStatus::InsufficientData, vec![gap.into()])
    }

    /// A value with its interval, widened where needed to hold the value; provisional where `gaps` say why. A
    /// value that is no number is none.
    pub(super) fn given(self, value: f64, (low, high): (f64, f64), status: EstimateStatus) -> Estimate {
        if !value.is_finite() {
            return self.absent(EstimateStatus::OutOfRangeInput, vec!["the inputs give no number".into()]);
        }
        let end = |x: f64| if x.is_finite() { x } else { value };
        Estimate {
            value: Some(value),
            low: Some(end(low).min(value)),
            high: Some(end(high).max(value)),
            ..self.absent(status, Vec::new())
        }
    }
}

impl Form {
    /// The same form in another unit.
    pub(super) const fn of(self, unit: &'static str, kind: EstimateKind) -> Self {
        Self { unit, kind, ..self }
    }
}

/// `Ok` or `Provisional`.
pub(super) const fn status(enough: bool) -> EstimateStatus {
    if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional }
}

/// One reason.
pub(super) fn part(feature: &str, amount: f64, baseline: Option<f64>, now: Option<f64>) -> Contribution {
    Contribution { feature: feature.into(), amount, baseline, now, unit: "1".into() }
}

/// The 80 % interval of draws.
pub(super) fn interval(mut draws: Vec<f64>) -> (f64, f64) {
    let mut at = |q| quantile(&mut draws, q).unwrap_or(f64::NAN);
    (at(0.1), at(0.9))
}

/// A share that is believed: 0..=1.
pub(super) fn share(x: Option<f64>) -> Option<f64> {
    x.filter(|x| (0.0..=1.0).contains(x))
}

/// A quantity that is believed: finite, 0 or more, at most `most`.
pub(super) fn quantity(x: Option<f64>, most: f64) -> Option<f64> {
    x.filter(|x| (0.0..=most).contains(x))
}

/// The seed of names (FNV-1a): the same names give the same draws everywhere.
pub(super) fn seed(names: &[&str]) -> u64 {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}

/// How often an event is drawn in a bootstrap where it may come 0, 1, 2 … times (Poisson of mean 1).
pub(super) fn times(noise: &mut Noise) -> f64 {
    poisson(noise, 1.0)
}

/// A Poisson draw; normal above 30.
pub(super) fn poisson(noise: &mut Noise, mean: f64) -> f64 {
    if mean > 30.0 {
        return (mean + mean.sqrt() * noise.normal()).round().max(0.0);
    }
    let (mut left, mut count, end) = (noise.unit(), 0.0, (-mean).exp());
    while left > end {
        left *= noise.unit();
        count += 1.0;
    }
    count
}

/// A gamma draw of a shape above 0 and scale 1 [marsaglia2000].
pub(super) fn gamma(noise: &mut Noise, shape: f64) -> f64 {
    if shape < 1.0 {
        let raised = gamma(noise, shape + 1.0);
        return raised * noise.unit().powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    for _ in 0..1000 {
        let x = noise.normal();
        let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
        if v > 0.0 && noise.unit().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
    shape
}

/// A beta draw.
pub(super) fn beta(noise: &mut Noise, a: f64, b: f64) -> f64 {
    let (x, y) = (gamma(noise, a), gamma(noise, b));
    if x + y > 0.0 { x / (x + y) } else { a / (a + b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{mean, sd};

    #[test]
    fn draws_have_their_means_and_spreads() {
        let mut noise = Noise::of(3, [0, 0, 0]);
        for (a, b) in [(0.5, 2.0), (4.0, 1.5)] {
            let all: Vec<f64> = (0..20_000).map(|_| beta(&mut noise, a, b)).collect();
            let spread = (a * b / ((a + b).powi(2) * (a + b + 1.0))).sqrt();
            assert!((mean(&all).unwrap() - a / (a + b)).abs() < 0.01, "{a} {b}");
            assert!((sd(&all).unwrap() - spread).abs() < 0.01, "{a} {b}");
        }
        for m in [1.0, 50.0] {
            let all: Vec<f64> = (0..20_000).map(|_| poisson(&mut noise, m)).collect();
            assert!((mean(&all).unwrap() / m - 1.0).abs() < 0.03);
            assert!((sd(&all).unwrap() / m.sqrt() - 1.0).abs() < 0.03);
        }
    }

    #[test]
    fn what_is_no_number_is_no_answer() {
        let form = Form { id: "x", version: "1", unit: "1", kind: EstimateKind::Index };
        assert_eq!(form.given(f64::NAN, (0.0, 1.0), EstimateStatus::Ok).value, None);
        let known = form.given(2.0, (f64::NAN, 1.0), EstimateStatus::Ok);
        assert_eq!((known.low, known.high), (Some(2.0), Some(2.0)));
        assert_ne!(seed(&["a", "b"]), seed(&["ab"]));
        assert_eq!(
            (share(Some(1.1)), share(Some(f64::NAN)), quantity(Some(2.0), 3.0)),
            (None, None, Some(2.0))
        );
    }
}
