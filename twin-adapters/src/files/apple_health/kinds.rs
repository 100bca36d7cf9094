//! What becomes of a record type: the catalogue's metric, a vendor's own, sleep, a kept word.

use super::units::Conversion;
use std::collections::HashMap;
use twin_core::MetricId;
use twin_core::catalogue::{Aggregation, Metric, ValueKind};

/// What becomes of records of one type and unit.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Samples of a series.
    Series { metric: MetricId, unit: String, conversion: Conversion },
    /// Single measurements.
    Measurement { metric: MetricId, unit: &'static str, conversion: Conversion },
    /// Spans of sleep.
    Sleep,
    /// The length of the span is the value, minutes.
    Minutes { metric: MetricId },
    /// Words, or numbers without a unit.
    Category,
    /// The catalogue's metric cannot be had from this unit.
    UnknownUnit,
}

/// The catalogue by HealthKit identifier.
#[derive(Debug)]
pub(super) struct Kinds {
    by_identifier: HashMap<&'static str, &'static Metric>,
}

impl Kinds {
    pub(super) fn new() -> Self {
        let by_identifier = Metric::all()
            .iter()
            .flat_map(|m| m.healthkit.split(" / ").filter(|id| !id.is_empty()).map(move |id| (id, m)))
            .collect();
        Self { by_identifier }
    }

    /// `unit` as written in the export, without entities.
    pub(super) fn of(&self, identifier: &str, unit: &str) -> Kind {
        if identifier == "HKCategoryTypeIdentifierSleepAnalysis" {
            return Kind::Sleep;
        }
        if let Some(metric) = self.by_identifier.get(identifier) {
            let id = MetricId::lossy(metric.id);
            if metric.value_kind == ValueKind::Interval && metric.unit == "min" {
                return Kind::Minutes { metric: id };
            }
            if identifier.starts_with("HKQuantityType") {
                return match Conversion::between(unit, metric.unit) {
                    None => Kind::UnknownUnit,
                    Some(conversion)
                        if metric.value_kind == ValueKind::Series
                            || metric.aggregation == Aggregation::Sum =>
                    {
                        Kind::Series { metric: id, unit: metric.unit.to_owned(), conversion }
                    }
                    Some(conversion) => Kind::Measurement { metric: id, unit: metric.unit, conversion },
                };
            }
        }
        if identifier.starts_with("HKCategoryType") {
            return Kind::Category;
        }
        let unit_or_one = if unit.is_empty() { "1" } else { unit };
        Kind::Series {
            metric: own(identifier),
            unit: unit_or_one.to_owned(),
            conversion: Conversion::own(unit),
        }
    }
}

#[cfg(feature = "platform")]
impl Kinds {
    /// Are records of a type single measurements, in whatever unit?
    pub(super) fn is_measurement(&self, identifier: &str) -> bool {
        let Some(metric) = self.by_identifier.get(identifier) else { return false };
        matches!(self.of(identifier, metric.unit), Kind::Measurement { .. } | Kind::UnknownUnit)
            && metric.value_kind != ValueKind::Series
            && metric.aggregation != Aggregation::Sum
    }
}

/// A type's name without HealthKit's prefixes.
pub(super) fn short(identifier: &str) -> &str {
    [
        "HKQuantityTypeIdentifier",
        "HKCategoryTypeIdentifier",
        "HKCorrelationTypeIdentifier",
        "HKDataType",
        "HKWorkoutActivityType",
        "HKWorkoutEventType",
    ]
    .iter()
    .find_map(|prefix| identifier.strip_prefix(prefix))
    .filter(|rest| !rest.is_empty())
    .unwrap_or(identifier)
}

/// The vendor's own metric of a type.
pub(super) fn own(identifier: &str) -> MetricId {
    MetricId::lossy(&format!("healthkit:{}", short(identifier)))
}

/// `TraditionalStrengthTraining` to `traditional_strength_training`.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = c.is_lowercase() || c.is_numeric();
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_where_the_catalogue_says() {
        let kinds = Kinds::new();
        let name = |id: &str, unit: &str| match kinds.of(id, unit) {
            Kind::Series { metric, unit, .. } => format!("series {metric} {unit}"),
            Kind::Measurement { metric, unit, .. } => format!("measurement {metric} {unit}"),
            Kind::Minutes { metric } => format!("minutes {metric}"),
            other => format!("{other:?}"),
        };
        assert_eq!(name("HKQuantityTypeIdentifierHeartRate", "count/min"), "series heart_rate /min");
        assert_eq!(name("HKQuantityTypeIdentifierStepCount", "count"), "series steps {step}");
        assert_eq!(name("HKQuantityTypeIdentifierCyclingSpeed", "km/hr"), "series speed m/s");
        assert_eq!(name("HKQuantityTypeIdentifierBodyMass", "lb"), "measurement body_weight kg");
        assert_eq!(name("HKQuantityTypeIdentifierBodyMass", "m"), "UnknownUnit");
        assert_eq!(name("HKQuantityTypeIdentifierDietaryZinc", "mg"), "series healthkit:DietaryZinc mg");
        assert_eq!(name("HKDataTypeSleepDurationGoal", "hr"), "series healthkit:SleepDurationGoal hr");
        assert_eq!(name("HKCategoryTypeIdentifierMindfulSession", ""), "minutes mindful_time");
        assert_eq!(name("HKCategoryTypeIdentifierSleepAnalysis", ""), "Sleep");
        assert_eq!(name("HKCategoryTypeIdentifierMenstrualFlow", ""), "Category");
        assert_eq!(snake("TraditionalStrengthTraining"), "traditional_strength_training");
    }
}
