//! The catalogue's units are UCUM, and quantities that differ by method are different metrics.

use std::collections::BTreeSet;
use twin_core::catalogue::Metric;

/// What is a word or a span, not a number.
const WORDS_OR_SPANS: &[&str] = &[
    "irregular_rhythm_event",
    "menstrual_flow",
    "mood_label",
    "resilience_level",
    "sleep_session",
    "sleep_stage",
    "workout",
];

#[test]
fn every_unit_is_ucum() {
    let mut units = BTreeSet::new();
    for metric in Metric::all() {
        if metric.unit.is_empty() {
            assert!(WORDS_OR_SPANS.contains(&metric.id), "{} has no unit", metric.id);
            continue;
        }
        assert!(
            octofhir_ucum::validate(metric.unit).is_ok(),
            "{}: `{}` is no UCUM unit",
            metric.id,
            metric.unit
        );
        units.insert(metric.unit);
    }
    assert!(units.len() > 20, "{units:?}");
    assert!(octofhir_ucum::validate("bpm").is_err(), "the oracle accepts anything");
}

#[test]
fn method_variants_are_metrics_of_their_own() {
    // RMSSD and SDNN, and one metric at rest, asleep or over the day, answer different questions.
    let variants: &[&[&str]] = &[
        &["heart_rate", "heart_rate_resting", "heart_rate_sleep_lowest", "heart_rate_sleep_mean"],
        &["hrv_rmssd", "hrv_sdnn"],
    ];
    for group in variants {
        let found: BTreeSet<&str> = group.iter().map(|id| Metric::find(id).unwrap().id).collect();
        assert_eq!(found.len(), group.len(), "{group:?}");
    }
    // No name elsewhere may lead to two of our metrics: reading it would mix their methods.
    let mut seen = std::collections::BTreeMap::new();
    for metric in Metric::all().iter().filter(|m| m.healthkit.starts_with("HKQuantityTypeIdentifier")) {
        for name in metric.healthkit.split(" / ") {
            if let Some(other) = seen.insert(name, metric.id) {
                panic!("{name} leads to both {other} and {}", metric.id);
            }
        }
    }
}
