//! Record types of Health Connect, as data: which field is which metric, in which unit and factor.

/// How a record's figures lie in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Amounts over the record's span: samples of a series.
    Amount,
    /// Values at the record's moment: measurements.
    Value,
    /// A list of samples: the list's field.
    Samples(&'static str),
}

/// A field of a record or sample: metric, unit of our own names, property of the Kotlin quantity, factor
/// to the unit.
pub(super) struct Field {
    pub(super) field: &'static str,
    pub(super) metric: &'static str,
    pub(super) unit: &'static str,
    pub(super) property: &'static str,
    pub(super) factor: f64,
}

/// A record type.
pub(super) struct Kind {
    pub(super) record: &'static str,
    pub(super) form: Form,
    pub(super) fields: &'static [Field],
}

const fn f(
    field: &'static str,
    metric: &'static str,
    unit: &'static str,
    property: &'static str,
    factor: f64,
) -> Field {
    Field { field, metric, unit, property, factor }
}

const fn kind(record: &'static str, form: Form, fields: &'static [Field]) -> Kind {
    Kind { record, form, fields }
}

use Form::{Amount, Samples, Value};

/// Every type with figures; sleep and exercise sessions have readers of their own.
pub(super) const KINDS: &[Kind] = &[
    kind("StepsRecord", Amount, &[f("count", "steps", "{step}", "", 1.0)]),
    kind("DistanceRecord", Amount, &[f("distance", "distance_walk_run", "m", "inMeters", 1.0)]),
    kind("ElevationGainedRecord", Amount, &[f("elevation", "elevation_gain", "m", "inMeters", 1.0)]),
    kind("FloorsClimbedRecord", Amount, &[f("floors", "floors_climbed", "{floor}", "", 1.0)]),
    kind("WheelchairPushesRecord", Amount, &[f("count", "wheelchair_pushes", "{push}", "", 1.0)]),
    kind(
        "ActiveCaloriesBurnedRecord",
        Amount,
        &[f("energy", "energy_active", "kcal", "inKilocalories", 1.0)],
    ),
    kind("TotalCaloriesBurnedRecord", Amount, &[f("energy", "energy_total", "kcal", "inKilocalories", 1.0)]),
    kind("HydrationRecord", Amount, &[f("volume", "water_intake", "mL", "inMilliliters", 1.0)]),
    kind("HeartRateRecord", Samples("samples"), &[f("beatsPerMinute", "heart_rate", "/min", "", 1.0)]),
    kind("SpeedRecord", Samples("samples"), &[f("speed", "speed", "m/s", "inMetersPerSecond", 1.0)]),
    kind("PowerRecord", Samples("samples"), &[f("power", "power", "W", "inWatts", 1.0)]),
    kind(
        "CyclingPedalingCadenceRecord",
        Samples("samples"),
        &[f("revolutionsPerMinute", "cadence_cycling", "/min", "", 1.0)],
    ),
    kind("StepsCadenceRecord", Samples("samples"), &[f("rate", "cadence_running", "/min", "", 1.0)]),
    kind(
        "SkinTemperatureRecord",
        Samples("deltas"),
        &[f("delta", "health_connect:skin_temperature_delta", "K", "inCelsius", 1.0)],
    ),
    kind("RestingHeartRateRecord", Value, &[f("beatsPerMinute", "heart_rate_resting", "/min", "", 1.0)]),
    kind(
        "HeartRateVariabilityRmssdRecord",
        Value,
        &[f("heartRateVariabilityMillis", "hrv_rmssd", "ms", "", 1.0)],
    ),
    kind("OxygenSaturationRecord", Value, &[f("percentage", "oxygen_saturation", "%", "value", 1.0)]),
    kind("RespiratoryRateRecord", Value, &[f("rate", "respiratory_rate", "/min", "", 1.0)]),
    kind("Vo2MaxRecord", Value, &[f("vo2MillilitersPerMinuteKilogram", "vo2_max", "mL/min/kg", "", 1.0)]),
    kind("BodyTemperatureRecord", Value, &[f("temperature", "body_temperature", "Cel", "inCelsius", 1.0)]),
    kind(
        "BasalBodyTemperatureRecord",
        Value,
        &[f("temperature", "basal_body_temperature", "Cel", "inCelsius", 1.0)],
    ),
    kind("WeightRecord", Value, &[f("weight", "body_weight", "kg", "inKilograms", 1.0)]),
    kind("HeightRecord", Value, &[f("height", "body_height", "m", "inMeters", 1.0)]),
    kind("BodyFatRecord", Value, &[f("percentage", "body_fat_percentage", "%", "value", 1.0)]),
    kind("LeanBodyMassRecord", Value, &[f("mass", "lean_body_mass", "kg", "inKilograms", 1.0)]),
    kind("BoneMassRecord", Value, &[f("mass", "bone_mass", "kg", "inKilograms", 1.0)]),
    kind(
        "BodyWaterMassRecord",
        Value,
        &[f("mass", "health_connect:body_water_mass", "kg", "inKilograms", 1.0)],
    ),
    // A power, not an amount.
    kind(
        "BasalMetabolicRateRecord",
        Value,
        &[f("basalMetabolicRate", "basal_metabolic_rate", "kcal/d", "inKilocaloriesPerDay", 1.0)],
    ),
    // Millimoles a litre.
    kind(
        "BloodGlucoseRecord",
        Value,
        &[f("level", "blood_glucose", "mg/dL", "inMillimolesPerLiter", 18.016)],
    ),
    kind(
        "BloodPressureRecord",
        Value,
        &[
            f("systolic", "blood_pressure_systolic", "mm[Hg]", "inMillimetersOfMercury", 1.0),
            f("diastolic", "blood_pressure_diastolic", "mm[Hg]", "inMillimetersOfMercury", 1.0),
        ],
    ),
    kind(
        "NutritionRecord",
        Value,
        &[
            f("energy", "energy_intake", "kcal", "inKilocalories", 1.0),
            f("protein", "protein_intake", "g", "inGrams", 1.0),
            f("totalCarbohydrate", "carbohydrate_intake", "g", "inGrams", 1.0),
            f("totalFat", "fat_intake", "g", "inGrams", 1.0),
            // Grams.
            f("caffeine", "caffeine_intake", "mg", "inGrams", 1000.0),
        ],
    ),
    kind("MenstruationFlowRecord", Value, &[f("flow", "health_connect:menstruation_flow", "1", "", 1.0)]),
];

/// The kind of a record type.
pub(super) fn find(record: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.record == record)
}

/// Sleep stages by Health Connect's number.
pub(super) const fn stage(number: i64) -> twin_core::event::SleepStage {
    use twin_core::event::SleepStage as S;
    match number {
        1 => S::Awake,
        2 => S::Asleep,
        3 => S::OutOfBed,
        4 => S::Light,
        5 => S::Deep,
        6 => S::Rem,
        7 => S::AwakeInBed,
        _ => S::Unknown,
    }
}

/// Exercise types by the numbers of the Jetpack client, which are not those of the platform; others keep it:
/// `health_connect_46`.
pub(super) const SPORTS: &[(i64, &str)] = &[
    (0, "other"),
    (2, "badminton"),
    (5, "basketball"),
    (8, "cycling"),
    (9, "cycling"),
    (13, "strength_training"),
    (16, "dancing"),
    (25, "elliptical"),
    (28, "football_american"),
    (29, "football_australian"),
    (36, "interval_training"),
    (37, "hiking"),
    (48, "pilates"),
    (53, "rowing"),
    (54, "rowing"),
    (56, "running"),
    (57, "running"),
    (61, "skiing"),
    (64, "football"),
    (70, "strength_training"),
    (71, "stretching"),
    (73, "swimming"),
    (74, "swimming"),
    (76, "tennis"),
    (79, "walking"),
    (81, "strength_training"),
    (83, "yoga"),
];
