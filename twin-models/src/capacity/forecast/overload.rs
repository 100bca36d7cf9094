//! Whether more is asked than there is.

use super::{ID, VERSION};
use crate::special::normal_cdf;
use crate::stats::Z80;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// A middle and the spreads below and above it, as of two halves of normal distributions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) middle: f64,
    pub(super) below: f64,
    pub(super) above: f64,
}

impl Spread {
    pub(super) fn of(estimate: &Estimate) -> Option<Self> {
        let (middle, low, high) = (estimate.value?, estimate.low?, estimate.high?);
        Some(Self { middle, below: (middle - low) / Z80, above: (high - middle) / Z80 })
    }

    /// What lies so many spreads from the middle.
    pub(super) fn at(&self, z: f64) -> f64 {
        self.middle + z * if z < 0.0 { self.below } else { self.above }
    }
}

/// Probability that demand is more than capacity, not depending on each other, each with the spread on the side of
/// the other.
pub(super) fn overload(capacity: &Estimate, demand: &Estimate, known: Option<(Spread, Spread)>) -> Estimate {
    let gaps: Vec<String> = capacity.gaps.iter().chain(&demand.gaps).cloned().collect();
    let none = Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, gaps);
    let none = Estimate { kind: EstimateKind::Probability, ..none };
    let Some((c, d)) = known else { return none };
    let over = d.middle - c.middle;
    let sd = if over > 0.0 { c.above.hypot(d.below) } else { c.below.hypot(d.above) };
    let n = capacity.n_effective.min(demand.n_effective).max(1.0);
    // where the means really lie is known as well as that many weeks tell
    let at = |moved: f64| {
        let over = over + moved * sd / n.sqrt();
        if sd > 0.0 { normal_cdf(over / sd) } else { f64::from(u8::from(over > 0.0)) }
    };
    let provisional = [capacity, demand].iter().any(|e| e.status != EstimateStatus::Ok);
    Estimate {
        value: Some(at(0.0)),
        low: Some(at(-Z80)),
        high: Some(at(Z80)),
        confidence: capacity.confidence.min(demand.confidence),
        status: if provisional { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: n,
        prior_share: capacity.prior_share.max(demand.prior_share),
        coverage: capacity.coverage.min(demand.coverage),
        ..none
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(value: f64, low: f64, high: f64) -> Estimate {
        let absent = Estimate::absent(ID, VERSION, "h", EstimateStatus::Ok, Vec::new());
        Estimate { value: Some(value), low: Some(low), high: Some(high), n_effective: 9.0, ..absent }
    }

    fn chance(capacity: &Estimate, demand: &Estimate) -> f64 {
        overload(capacity, demand, Spread::of(capacity).zip(Spread::of(demand))).value.unwrap()
    }

    #[test]
    fn the_spread_towards_the_other_decides() {
        let capacity = hours(20.0, 18.0, 22.0);
        // half of the time just as much
        assert!((chance(&capacity, &hours(20.0, 5.0, 50.0)) - 0.5).abs() < 1e-9);
        let lumpy = chance(&capacity, &hours(15.0, 14.0, 40.0));
        assert!(lumpy > 0.35 && chance(&capacity, &hours(15.0, 0.0, 16.0)) < 0.01);
        // without any doubt
        assert_eq!(chance(&hours(20.0, 20.0, 20.0), &hours(21.0, 21.0, 21.0)), 1.0);
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known() {
        let known = hours(20.0, 18.0, 22.0);
        assert!(overload(&known, &known, None).value.is_none());
    }
}
