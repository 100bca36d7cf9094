//! What invented models say of the sample's last day, and an invented comparison.

use humantwin::report::{Outlook, Percentiles, ReportData, TrainingState, WhatIf, WhatIfDay, WhatIfQuantity};
use humantwin::{CurveView, NamedEstimate, PointView, PredictionView, SpanView};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::{LocalDate, Timestamp};

fn given(model: &str, unit: &str, value: f64, half: f64, reasons: &[(&str, f64)]) -> Estimate {
    let reason = |(feature, amount): &(&str, f64)| Contribution {
        feature: (*feature).into(),
        amount: *amount,
        baseline: None,
        now: None,
        unit: unit.into(),
    };
    Estimate {
        value: Some(value),
        low: Some(value - half),
        high: Some(value + half),
        confidence: 0.68,
        kind: EstimateKind::Index,
        n_effective: 48.0,
        coverage: 0.96,
        contributions: reasons.iter().map(reason).collect(),
        ..Estimate::absent(model, "1", unit, EstimateStatus::Ok, Vec::new())
    }
}

fn said(model: &str, at: Timestamp, estimates: Vec<(&str, Estimate)>, words: &[&str]) -> PredictionView {
    PredictionView {
        model: model.into(),
        version: "1".into(),
        title: model.replace('_', " "),
        at,
        estimates: estimates
            .into_iter()
            .map(|(name, estimate)| NamedEstimate { name: name.into(), estimate })
            .collect(),
        curves: Vec::new(),
        spans: Vec::new(),
        words: words.iter().map(|w| (*w).to_owned()).collect(),
    }
}

/// The models' answers at the moment the sample was made.
pub(super) fn outlook(at: Timestamp) -> Outlook {
    let after = |minutes: i64| at.plus_secs(60 * minutes);
    let mut energy = said(
        "energy_curve",
        at,
        vec![(
            "energy",
            given("energy_curve", "{score}", 61.0, 9.0, &[("hours_awake", 7.0), ("clock", 4.0)]),
        )],
        &["50 is your usual level; asleep there is none"],
    );
    // Made at 10:30: awake until 23:15 and from 07:00 on.
    let points = (0..96).filter(|i| !(51..82).contains(i)).map(|i: i32| {
        let hour = 10.5 + f64::from(i) / 4.0;
        let value =
            50.0 + 16.0 * ((hour - 4.5) / 24.0 * std::f64::consts::TAU * 1.5).sin() - 0.2 * f64::from(i % 51);
        let half = 8.0 + 0.06 * f64::from(i);
        PointView { at: after(i64::from(i) * 15), value, low: Some(value - half), high: Some(value + half) }
    });
    energy.curves =
        vec![CurveView { name: "energy".into(), unit: "{score}".into(), points: points.collect() }];
    let span = |name: &str, from: i64, to: i64, probability, note: Option<&str>| SpanView {
        name: name.into(),
        start: after(from),
        end: after(to),
        value: None,
        unit: None,
        probability: Some(probability),
        note: note.map(str::to_owned),
    };
    energy.spans = vec![span("peak_window", 630, 735, 0.71, None), span("peak_window", 0, 30, 0.58, None)];
    let mut unusual = said(
        "health_anomaly",
        at,
        vec![("anomaly", given("health_anomaly", "{score}", 58.0, 12.0, &[("resting heart rate", 6.0)]))],
        &["your nights are as usual for you; two weeks ago the heart ran faster for four nights"],
    );
    unusual.spans = vec![span(
        "unusual_nights",
        -27_360,
        -21_600,
        0.83,
        Some("resting heart rate high and variability low, after hard sessions"),
    )];
    let short = Estimate::absent(
        "burnout_risk",
        "1",
        "1",
        EstimateStatus::InsufficientData,
        vec!["12 of 28 days with an answer".into()],
    );
    let readiness = given(
        "readiness",
        "{score}",
        64.0,
        11.0,
        &[("sleep of last night", -3.1), ("variability, 7 days", 9.4), ("load of yesterday", 1.2)],
    );
    let hour = |value: f64| Estimate {
        kind: EstimateKind::Quantity,
        ..given("circadian_phase", "h", value, 0.7, &[])
    };
    let form = |value: f64, half: f64| Estimate {
        kind: EstimateKind::Quantity,
        ..given("training_form", "1", value, half, &[])
    };
    Outlook {
        at,
        said: vec![
            energy,
            said("readiness", at, vec![("readiness", readiness)], &[]),
            said("circadian_phase", at, vec![("dlmo", hour(21.6)), ("cbtmin", hour(4.4))], &[]),
            said(
                "training_form",
                at,
                vec![("form", form(-4.2, 2.5)), ("fitness", form(38.0, 3.0)), ("fatigue", form(42.0, 3.5))],
                &["load by TRIMP, in its own points"],
            ),
            unusual,
            said("burnout_risk", at, vec![("burnout_risk", short)], &[]),
            said("a_model_of_tomorrow", at, Vec::new(), &["the page does not know it"]),
        ],
        plan: None,
    }
}

/// Gives each day what its load amounts to, and what sleep is owed.
pub(super) fn trends(data: &mut ReportData) {
    let (mut fitness, mut fatigue, mut owed) = (38.0, 38.0, 0.0_f64);
    for day in &mut data.days {
        let form = fitness - fatigue;
        if let Some(load) = &day.load {
            fitness += (load.value - fitness) / 42.0;
            fatigue += (load.value - fatigue) / 7.0;
        }
        day.training =
            Some(TrainingState { fitness: Some(fitness), fatigue: Some(fatigue), form: Some(form) });
        let slept = day.sleep.as_ref().and_then(|s| s.asleep_min).map(|m| m / 60.0);
        owed = (owed * 0.87 + slept.map_or(0.0, |h| 7.2 - h)).max(0.0);
        day.sleep_debt_h = slept.map(|_| owed);
    }
}

/// Two weeks with an hour more in bed against two weeks as they are.
pub(super) fn what_if(to: LocalDate) -> WhatIf {
    let quantity = |title: &str, unit: &str, start: f64, step: f64, half: f64| WhatIfQuantity {
        title: title.into(),
        unit: unit.into(),
        days: (1..=14)
            .map(|i| {
                let wide = half * f64::from(i).sqrt();
                let around = |p50: f64| Percentiles { p10: (p50 - wide).max(0.0), p50, p90: p50 + wide };
                let wave = half * (f64::from(i) / 2.0).sin();
                WhatIfDay {
                    date: to.plus_days(i),
                    plan: Some(around(start + wave)),
                    changed: Some(around(start + wave + step * f64::from(i))),
                }
            })
            .collect(),
    };
    WhatIf {
        title: "In bed an hour earlier for two weeks".into(),
        words: vec!["Work and training stay as planned.".into()],
        quantities: vec![
            quantity("Sleep debt", "h", 3.6, -0.19, 0.35),
            quantity("Energy at noon", "", 52.0, 0.7, 2.5),
        ],
    }
}
