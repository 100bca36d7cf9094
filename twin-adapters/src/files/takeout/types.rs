//! Data types of Google Fit: the metric of each, and the sports of its numbers.

/// A type (without `com.google.`), the metrics of its values in order, their own unit, and the factor.
pub(super) type Kind = (&'static str, &'static [&'static str], &'static str, f64);

pub(super) const KINDS: &[Kind] = &[
    ("step_count.delta", &["steps"], "{step}", 1.0),
    ("step_count.cumulative", &["google_fit:step_count_cumulative"], "{step}", 1.0),
    ("distance.delta", &["distance_walk_run"], "m", 1.0),
    ("calories.expended", &["energy_total"], "kcal", 1.0),
    ("calories.bmr", &["basal_metabolic_rate"], "kcal/d", 1.0),
    ("active_minutes", &["active_time"], "min", 1.0),
    ("heart_minutes", &["google_fit:heart_points"], "1", 1.0),
    ("heart_rate.bpm", &["heart_rate"], "/min", 1.0),
    ("speed", &["speed"], "m/s", 1.0),
    ("power.sample", &["power"], "W", 1.0),
    ("cycling.pedaling.cadence", &["cadence_cycling"], "/min", 1.0),
    ("weight", &["body_weight"], "kg", 1.0),
    ("height", &["body_height"], "m", 1.0),
    ("body.fat.percentage", &["body_fat_percentage"], "%", 1.0),
    ("body.temperature", &["body_temperature"], "Cel", 1.0),
    ("oxygen_saturation", &["oxygen_saturation"], "%", 1.0),
    ("respiratory_rate", &["respiratory_rate"], "/min", 1.0),
    ("blood_pressure", &["blood_pressure_systolic", "blood_pressure_diastolic"], "mm[Hg]", 1.0),
    // Millimoles a litre.
    ("blood_glucose", &["blood_glucose"], "mg/dL", 18.016),
    // Litres.
    ("hydration", &["water_intake"], "mL", 1000.0),
    ("activity.segment", &["google_fit:activity"], "1", 1.0),
    ("sleep.segment", &["google_fit:sleep_stage"], "1", 1.0),
];

/// The kind of a type name, `com.google.` or not.
pub(super) fn kind(name: &str) -> Option<&'static Kind> {
    let name = name.strip_prefix("com.google.").unwrap_or(name);
    KINDS.iter().find(|k| k.0 == name)
}

/// Our word for an activity of Google Fit, and its own where it says more.
pub(super) fn sport(name: &str) -> (String, Option<String>) {
    let word = name.trim().to_lowercase().replace([' ', '.', '-'], "_");
    let word: String = word.chars().take(60).collect();
    let broad = match word.split('_').next().unwrap_or_default() {
        "biking" | "cycling" => "cycling",
        "running" | "jogging" => "running",
        "walking" => "walking",
        "swimming" => "swimming",
        "hiking" => "hiking",
        _ => return (if word.is_empty() { "unknown".into() } else { word }, None),
    };
    let finer = (word != broad && word != "biking").then_some(word);
    (broad.into(), finer)
}
