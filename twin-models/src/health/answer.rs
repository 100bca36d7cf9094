//! The common parts of the estimates of training and recovery.

use crate::stats::{Draws, interval80};
use std::f64::consts::TAU;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Whose estimate, in which unit.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) id: &'static str,
    pub(crate) version: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) kind: EstimateKind,
}

impl Answer {
    pub(crate) const fn quantity(id: &'static str, version: &'static str, unit: &'static str) -> Self {
        Self { id, version, unit, kind: EstimateKind::Quantity }
    }

    pub(crate) const fn index(id: &'static str, version: &'static str) -> Self {
        Self { id, version, unit: "1", kind: EstimateKind::Index }
    }

    pub(crate) fn absent(&self, status: EstimateStatus, gap: impl Into<String>) -> Estimate {
        let absent = Estimate::absent(self.id, self.version, self.unit, status, vec![gap.into()]);
        Estimate { kind: self.kind, ..absent }
    }

    pub(crate) fn too_little(&self, gap: impl Into<String>) -> Estimate {
        self.absent(EstimateStatus::InsufficientData, gap)
    }

    /// A value with its interval; confidence is `1 − sd / reference`, the reference being the spread of a
    /// predictor that knows nothing of the day. Absent where a number is not finite.
    pub(crate) fn given(&self, value: f64, sd: f64, reference: f64) -> Estimate {
        let (low, high) = interval80(value, sd);
        let confidence = if reference > 0.0 { (1.0 - sd / reference).clamp(0.0, 1.0) } else { 0.0 };
        self.between(value, (low, high), confidence)
    }

    /// A value with an interval of any form. Absent where a number is not finite.
    pub(crate) fn between(&self, value: f64, (low, high): (f64, f64), confidence: f64) -> Estimate {
        let absent = self.absent(EstimateStatus::OutOfRangeInput, "the input leads to no finite value");
        if ![value, low, high, confidence].iter().all(|x| x.is_finite()) {
            return absent;
        }
        Estimate {
            value: Some(value),
            low: Some(low),
            high: Some(high),
            confidence: confidence.clamp(0.0, 1.0),
            status: EstimateStatus::Ok,
            coverage: 1.0,
            gaps: Vec::new(),
            ..absent
        }
    }
}

/// The value if it is there and finite.
pub(crate) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|x| x.is_finite())
}

/// The 80 % interval of draws; `None` of nothing.
pub(crate) fn middle80(draws: &mut [f64]) -> Option<(f64, f64)> {
    let low = crate::stats::quantile(draws, 0.1)?;
    Some((low, crate::stats::quantile(draws, 0.9)?))
}

impl Draws {
    /// Uniform in 0..1, never an end.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.below(1 << 30) as f64 + 0.5) / f64::from(1_u32 << 30)
    }

    /// Standard normal (Box–Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (TAU * self.unit()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_standard_normal() {
        let mut draws = Draws::new(4);
        let many: Vec<f64> = (0..20_000).map(|_| draws.normal()).collect();
        assert!(crate::stats::mean(&many).unwrap().abs() < 0.03);
        assert!((crate::stats::sd(&many).unwrap() - 1.0).abs() < 0.03);
    }

    #[test]
    fn what_is_not_finite_is_not_given() {
        let answer = Answer::index("x", "1");
        assert_eq!(answer.given(f64::NAN, 1.0, 2.0).value, None);
        assert_eq!(answer.given(3.0, 1.0, 2.0).confidence, 0.5);
    }
}
