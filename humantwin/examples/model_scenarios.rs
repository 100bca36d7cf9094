//! Writes the conformance scenarios of models and what-if runs, without what they expect:
//! `cargo run -p humantwin --all-features --example model_scenarios`. Afterwards
//! `HUMANTWIN_BLESS=1 cargo test -p humantwin --all-features --test scenarios` writes down the answers, to be read.

mod sample_person;

use humantwin::Twin;
use sample_person::{Column, DAYS, NOON, columns, date, day, event, facts, minute, profile};
use serde_json::{Value, json};
use std::path::Path;

type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> Done {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/scenarios");
    let lines: String = facts(DAYS).iter().map(|fact| format!("{fact}\n")).collect();
    std::fs::write(folder.join("files/person.jsonl"), lines)?;
    write(&folder, "models", "What every model says of ten weeks of an invented person.", models())?;
    write(&folder, "simulate", "What would happen: as usual, with changes, from the past.", simulate())?;
    let absent = "Where there is little or nothing to say, who may not ask, and what is no question.";
    write(&folder, "models_absent", absent, absent_steps())
}

fn write(folder: &Path, name: &str, about: &str, steps: Vec<Value>) -> Done {
    let text = serde_json::to_string_pretty(&json!({ "about": about, "steps": steps }))?;
    Ok(std::fs::write(folder.join(format!("{name}.json")), text + "\n")?)
}

fn open(name: &str) -> Value {
    json!({ "open": name, "options": { "now": NOON } })
}

fn verb(on: &str, verb: &str, request: &Value) -> Value {
    json!({ "on": on, "verb": verb, "request": request })
}

fn predict_all(on: &str) -> impl Iterator<Item = Value> {
    Twin::models().into_iter().map(move |model| verb(on, "predict", &json!({ "model": model.id })))
}

fn import(on: &str) -> Value {
    let request = json!({ "name": "person.jsonl" });
    json!({ "on": on, "verb": "import", "file": "files/person.jsonl", "request": request })
}

fn series_in(on: &str, column: Column) -> Value {
    let Column { source, metric, unit, starts_us, durations_us, values } = column;
    let series = json!({ "source": source, "metric": metric, "unit": unit, "starts_us": starts_us,
        "durations_us": durations_us, "values": values });
    json!({ "on": on, "series_in": series })
}

fn models() -> Vec<Value> {
    let mut steps = vec![open("a"), json!({ "on": "a", "verb": "models" }), import("a")];
    steps.extend(columns().into_iter().map(|column| series_in("a", column)));
    steps.extend(predict_all("a"));
    let before = json!({ "model": "sleep_debt", "at": "2026-02-20T12:00:00Z" });
    steps.push(verb("a", "predict", &before));
    let reading = json!({ "model": "hrv_spot", "at": "2026-03-09T14:00:00Z" });
    steps.push(verb("a", "predict", &reading));
    steps
}

fn simulate() -> Vec<Value> {
    let mut steps = vec![open("a"), import("a")];
    let early = json!({ "type": "sleep_at", "days": [1, 2, 3, 4], "bed": "22:00", "wake": "06:30" });
    let changes = json!([
        early,
        { "type": "train", "day": 1, "load": 300.0 },
        { "type": "rest_day", "day": 3 },
        { "type": "caffeine", "day": 1, "at": "17:00", "amount_mg": 150.0 },
        { "type": "alcohol", "day": 2, "drinks": 3.0 },
        { "type": "day_off", "day": 4 },
    ]);
    let asked = [
        json!({ "days": 4 }),
        json!({ "days": 5, "changes": changes }),
        json!({ "days": 2, "changes": [early], "seed": 2, "draws": 100 }),
        json!({ "days": 2, "changes": [early], "at": "2026-02-20T12:00:00Z" }),
    ];
    steps.extend(asked.iter().map(|request| verb("a", "simulate", request)));
    steps
}

fn absent_steps() -> Vec<Value> {
    let mut steps = vec![open("empty")];
    steps.extend(predict_all("empty"));
    steps.push(verb("empty", "simulate", &json!({ "days": 2 })));
    // One day.
    let first: Vec<Value> = std::iter::once(profile()).chain(day(0)).collect();
    steps.extend([open("day"), verb("day", "record", &json!({ "events": first }))]);
    steps.extend(predict_all("day"));
    steps.push(verb("day", "simulate", &json!({ "days": 2 })));
    // Nobody is born today, and nobody weighs so much.
    let noon = minute(date(0), 700);
    let born = event("p", "me", "person.profile_stated", noon, &json!({ "born": date(0), "height_m": 1.7 }));
    let mass = json!({ "metric": "body_weight", "value": 900.0, "unit": "kg" });
    let mass = event("w", "scale", "health.measurement_recorded", noon, &mass);
    steps.push(open("odd"));
    steps.extend([born, mass].map(|fact| verb("odd", "record", &json!({ "events": [fact] }))));
    let asked = ["energy_expenditure", "hr_max", "vo2max"];
    steps.extend(asked.map(|model| verb("odd", "predict", &json!({ "model": model }))));
    // What is no question.
    steps.push(verb("odd", "predict", &json!({ "model": "moon_phase" })));
    let changes = [
        json!({ "type": "sleep_at", "days": [1], "bed": "25:00", "wake": "06:30" }),
        json!({ "type": "sleep_at", "days": [1], "bed": "22:60", "wake": "06:30" }),
        json!({ "type": "train", "day": 1, "load": -5.0 }),
        json!({ "type": "alcohol", "day": 1, "drinks": -1.0 }),
        json!({ "type": "caffeine", "day": 1, "at": "noon", "amount_mg": 80.0 }),
    ];
    let scenarios =
        [json!({ "days": 0 }), json!({ "days": 61 }), json!({ "draws": 0 }), json!({ "draws": 5001 })];
    let asked = changes.into_iter().map(|change| json!({ "changes": [change] })).chain(scenarios);
    steps.extend(asked.map(|request| verb("odd", "simulate", &request)));
    // Somebody else.
    let coach = json!({ "actor": "coach", "purpose": "health" });
    steps.push(json!({ "twin_of": "day", "as": "coach", "access": coach }));
    let private = ["mood_trend", "burnout_risk", "wellness", "stress_now", "stress_load", "stress_recovery"];
    let seen = ["sleep_night", "sleep_debt"];
    steps.push(verb("coach", "predict", &json!({ "model": "sleep_night" })));
    steps.push(verb("coach", "simulate", &json!({ "days": 2 })));
    steps.push(verb("day", "grant", &coach));
    steps.extend(
        seen.iter().chain(&private).map(|model| verb("coach", "predict", &json!({ "model": model }))),
    );
    steps
}
