//! The metric catalogue: every metric's unit, aggregation, ranges, and its names elsewhere.

mod check;
mod table;

pub use check::{Checked, Flag, check_value};

/// A metric of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its id: `heart_rate`.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// UCUM unit of its values; empty for categories and intervals.
    pub unit: &'static str,
    /// How it comes.
    pub value_kind: ValueKind,
    /// How values of a day are put together.
    pub aggregation: Aggregation,
    /// LOINC code, or empty.
    pub loinc: &'static str,
    /// HealthKit identifier, or empty.
    pub healthkit: &'static str,
    /// Health Connect record, or empty.
    pub health_connect: &'static str,
    /// FIT fields, or empty.
    pub garmin_fit: &'static str,
    /// Below is kept and flagged.
    pub plausible_min: Option<f64>,
    /// Above is kept and flagged.
    pub plausible_max: Option<f64>,
    /// Below is impossible and refused.
    pub hard_min: Option<f64>,
    /// Above is impossible and refused.
    pub hard_max: Option<f64>,
    /// Seconds an instant sample holds when no other follows.
    pub hold_s: Option<f64>,
    /// Kinds of devices, best first, where several measure at once; empty for the usual order.
    pub priority: &'static [&'static str],
}

/// How a metric comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Many samples.
    Series,
    /// Single values.
    Quantity,
    /// Spans with details of their own.
    Interval,
    /// Words.
    Category,
}

/// How values of a day are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// Mean, weighted by time for series.
    Mean,
    /// Sum over disjoint spans.
    Sum,
    /// The last one.
    Last,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// Spans, not numbers.
    Interval,
}

impl Metric {
    /// The metric of an id; `None` for vendors' own.
    ///
    /// ```
    /// # use twin_core::catalogue::Metric;
    /// assert_eq!(Metric::find("heart_rate").map(|m| m.unit), Some("/min"));
    /// assert_eq!(Metric::find("healthkit:DietaryZinc"), None);
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        table::METRICS.binary_search_by(|m| m.id.cmp(id)).ok().and_then(|i| table::METRICS.get(i))
    }

    /// All metrics, by id.
    #[must_use]
    pub fn all() -> &'static [Self] {
        table::METRICS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_ordered() {
        assert!(Metric::all().len() > 100);
        assert!(Metric::all().windows(2).all(|w| w[0].id < w[1].id));
    }

    #[test]
    fn ranges_are_ranges() {
        for m in Metric::all() {
            for (low, high) in [(m.plausible_min, m.plausible_max), (m.hard_min, m.hard_max)] {
                if let (Some(low), Some(high)) = (low, high) {
                    assert!(low < high, "{}", m.id);
                }
            }
            if let (Some(hard), Some(plausible)) = (m.hard_min, m.plausible_min) {
                assert!(hard <= plausible, "{}: impossible above implausible", m.id);
            }
            if let (Some(hard), Some(plausible)) = (m.hard_max, m.plausible_max) {
                assert!(hard >= plausible, "{}: impossible below implausible", m.id);
            }
        }
    }

    #[test]
    fn kinds_and_aggregations_fit() {
        for m in Metric::all() {
            let numeric = !matches!(m.value_kind, ValueKind::Interval | ValueKind::Category);
            if numeric && m.aggregation != Aggregation::Interval {
                assert!(!m.unit.is_empty(), "{} has no unit", m.id);
            }
            if m.aggregation == Aggregation::Sum && m.value_kind != ValueKind::Interval {
                assert!(m.plausible_min.unwrap_or(0.0) >= 0.0, "{} sums below zero", m.id);
            }
        }
    }

    #[test]
    fn method_variants_are_metrics_of_their_own() {
        // RMSSD and SDNN measure different things: two metrics, one vendor name each.
        let rmssd = Metric::find("hrv_rmssd").unwrap();
        let sdnn = Metric::find("hrv_sdnn").unwrap();
        assert!(rmssd.healthkit.is_empty());
        assert_eq!(sdnn.healthkit, "HKQuantityTypeIdentifierHeartRateVariabilitySDNN");
    }
}
