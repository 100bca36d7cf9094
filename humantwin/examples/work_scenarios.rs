//! Writes the conformance scenarios of the work twin, without what they expect:
//! `cargo run -p humantwin --all-features --example work_scenarios`. Afterwards
//! `HUMANTWIN_BLESS=1 cargo test -p humantwin --all-features --test scenarios` writes down the answers, to be read.

use humantwin::{LocalDate, Twin};
use serde_json::{Value, json};
use std::path::Path;
use twin_testkit::{WorkOptions, write_work};

type Done = Result<(), Box<dyn std::error::Error>>;

/// The noon after the last day.
const NOON: &str = "2026-03-10T12:00:00Z";
/// The last day, and days of the record: six weeks.
const LAST: i32 = 20_522;
const DAYS: u32 = 42;

/// Models of work and of what it does to the person.
const MODELS: [&str; 31] = [
    "bkt",
    "break_advice",
    "burnout_forecast",
    "capacity_forecast",
    "cognitive_load",
    "compatibility",
    "conflict_risk",
    "daily_capacity",
    "hand_offs",
    "knowledge",
    "learning_methods",
    "mastery",
    "meetings",
    "mentoring",
    "network_role",
    "new_ties",
    "peak_windows",
    "skill_gaps",
    "skill_level",
    "skill_memory",
    "skill_trajectory",
    "skill_transfer",
    "strain_recovery",
    "stress_risk",
    "style_match",
    "synergy",
    "task_duration",
    "team_composition",
    "ties",
    "energy_curve",
    "burnout_risk",
];

fn main() -> Done {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/scenarios");
    let start = LocalDate::from_days(LAST + 1).plus_days(-(DAYS as i32));
    let lines = write_work(7, &WorkOptions { start, days: DAYS, offset_s: 3600, alone: true });
    std::fs::write(folder.join("files/worker.jsonl"), lines)?;
    std::fs::write(folder.join("files/github_issue.json"), ISSUE)?;
    write(&folder, "work", "What every model of work says of six weeks of an invented person.", work())?;
    let about = "Plans of work, what if, and what services deliver; what is refused, and why.";
    write(&folder, "work_plans", about, plans())
}

fn write(folder: &Path, name: &str, about: &str, steps: Vec<Value>) -> Done {
    let text = serde_json::to_string_pretty(&json!({ "about": about, "steps": steps }))?;
    Ok(std::fs::write(folder.join(format!("{name}.json")), text + "\n")?)
}

fn verb(on: &str, verb: &str, request: &Value) -> Value {
    json!({ "on": on, "verb": verb, "request": request })
}

fn told(on: &str) -> Vec<Value> {
    let zone = json!({ "specversion": "1.0", "id": "zone", "source": "me", "type": "person.profile_stated",
        "time": "2026-01-01T08:00:00Z", "data": { "zone": "Europe/Paris" } });
    vec![
        json!({ "open": on, "options": { "now": NOON } }),
        verb(on, "record", &json!({ "events": [zone] })),
        json!({ "on": on, "verb": "import", "file": "files/worker.jsonl", "request": { "name": "worker.jsonl" } }),
    ]
}

fn work() -> Vec<Value> {
    let mut steps = told("a");
    let known: Vec<&str> = Twin::models().iter().map(|m| m.id).collect();
    let asked = MODELS.iter().filter(|m| known.contains(m));
    steps.extend(asked.map(|model| verb("a", "predict", &json!({ "model": model }))));
    let past = json!({ "model": "skill_level", "at": "2026-02-20T12:00:00Z" });
    steps.push(verb("a", "predict", &past));
    steps.push(verb("a", "state", &json!({ "at": "2026-03-09T20:00:00Z" })));
    // Somebody else learns of tasks, not of people.
    let lead = json!({ "actor": "lead", "purpose": "work" });
    steps.push(verb("a", "grant", &lead));
    steps.push(json!({ "twin_of": "a", "as": "lead", "access": lead }));
    let asked = ["task_duration", "ties", "conflict_risk", "burnout_forecast"];
    steps.extend(asked.map(|model| verb("lead", "predict", &json!({ "model": model }))));
    steps
}

fn plans() -> Vec<Value> {
    let mut steps = told("a");
    let item = |name: &str, skill: &str, hours: f64, needs: &[&str]| json!({ "name": name, "skill": skill, "hours": hours, "needs": needs });
    let skill = |skill: &str, level: f64| json!({ "skill": skill, "level": level });
    let people = json!([
        { "person": "ana", "skills": [skill("rust", 80.0)], "unit": "web", "ties": [{ "person": "ben", "tie": 0.8 }] },
        { "person": "ben", "skills": [skill("sql", 75.0)], "unit": "data" },
        { "person": "cem", "skills": [skill("rust", 60.0), skill("sql", 50.0)], "unit": "web" },
        { "person": "dia", "skills": [skill("writing", 70.0)], "unit": "ops" }
    ]);
    let takers = json!([
        { "person": "ana", "hours": 10.0, "skills": [skill("rust", 80.0)] },
        { "person": "ben", "hours": 6.0, "skills": [skill("sql", 75.0)] }
    ]);
    let tasks = json!([
        { "task": "api", "hours": 4.0, "skills": [skill("rust", 60.0)], "now": "ben" },
        { "task": "report", "hours": 3.0, "skills": [skill("sql", 60.0)], "now": "ben" },
        { "task": "move", "hours": 2.0, "able": ["ben"], "now": "ben" }
    ]);
    let path = json!([
        item("ownership", "rust", 6.0, &[]),
        item("async", "rust", 8.0, &["ownership"]),
        item("joins", "sql", 5.0, &[])
    ]);
    let asked = [
        json!({ "plan": { "type": "week", "days": 3 }, "steps": 100 }),
        json!({ "plan": { "type": "learning_path", "hours": 14.0, "hours_per_week": 3.0, "items": path } }),
        json!({ "plan": { "type": "team", "size": 2, "needs": [skill("rust", 70.0), skill("sql", 60.0)], "people": people } }),
        json!({ "plan": { "type": "assign", "tasks": tasks, "people": takers } }),
        json!({ "plan": { "type": "balance", "tasks": tasks, "people": takers } }),
        json!({ "plan": { "type": "allocate", "capacity": [{ "hours": 30.0, "sd": 5.0 }], "projects": [
            { "project": "site", "value": 5.0, "demand": [{ "hours": 20.0, "sd": 4.0 }] },
            { "project": "search", "value": 4.0, "demand": [{ "hours": 15.0, "sd": 3.0 }] }] } }),
        // What cannot be planned.
        json!({ "plan": { "type": "learning_path", "hours": 9.0, "hours_per_week": 3.0,
            "items": [item("a", "rust", 2.0, &["b"]), item("b", "rust", 2.0, &["a"])] } }),
        json!({ "plan": { "type": "week", "days": 99 } }),
        json!({ "plan": { "type": "balance", "tasks": tasks, "people": [] } }),
        json!({ "plan": { "type": "allocate", "capacity": [{ "hours": 3.0 }],
            "projects": [{ "project": "site", "value": 5.0, "demand": [{ "hours": 20.0 }], "must": true }] } }),
        json!({ "plan": { "type": "team", "size": 9, "needs": [skill("rust", 70.0)], "people": people } }),
    ];
    steps.extend(asked.iter().map(|request| verb("a", "plan", request)));
    let changes = json!([
        { "type": "drop_meeting", "day": 1, "at": "09:35" },
        { "type": "take_task", "day": 1, "estimate_h": 6.0 },
    ]);
    let scenarios = [
        json!({ "days": 3, "changes": changes, "draws": 50 }),
        json!({ "days": 2, "changes": [{ "type": "take_task", "day": 1, "estimate_h": -1.0 }] }),
    ];
    steps.extend(scenarios.iter().map(|request| verb("a", "simulate", request)));
    steps.extend(deliveries());
    let start = json!({ "start": { "url": "https://dav.example.org/", "collections": [] } });
    steps.push(verb("a", "sync_calendar", &start));
    steps.push(verb("a", "sync_calendar", &json!({ "machine": "none" })));
    steps
}

/// The same delivery: proven, sent again, changed on the way, unsigned; and from nowhere.
fn deliveries() -> Vec<Value> {
    let header = |name: &str, value: &str| json!({ "name": name, "value": value });
    let told = |service: &str, signature: Option<&str>| {
        let mut headers = vec![header("X-GitHub-Event", "issues"), header("X-GitHub-Delivery", "d-1")];
        headers.extend(signature.map(|s| header("X-Hub-Signature-256", s)));
        let request =
            json!({ "service": service, "secret": "an invented secret", "headers": headers, "me": ["ben"] });
        json!({ "on": "a", "verb": "receive", "file": "files/github_issue.json", "request": request })
    };
    vec![
        told("github", Some(SIGNATURE)),
        told("github", Some(SIGNATURE)),
        told("github", Some("sha256=00")),
        told("github", None),
        told("pigeon", None),
    ]
}

/// A made-up delivery of GitHub's shape, and its signature with the secret above.
const ISSUE: &str = r#"{"action":"assigned","issue":{"id":7,"node_id":"I_7","number":7,"title":"Dates are off by one","state":"open","created_at":"2026-03-09T08:00:00Z","updated_at":"2026-03-10T09:00:00Z","html_url":"https://github.example.org/o/site/issues/7","url":"https://api.github.example.org/repos/o/site/issues/7","user":{"login":"ana","id":1,"type":"User"},"assignee":{"login":"ben","id":2,"type":"User"},"assignees":[{"login":"ben","id":2,"type":"User"}],"labels":[{"name":"bug"}]},"assignee":{"login":"ben","id":2,"type":"User"},"repository":{"id":3,"name":"site","full_name":"o/site"},"sender":{"login":"ana","id":1,"type":"User"}}"#;
const SIGNATURE: &str = "sha256=858f25f8a1ee6ad4bef2606452a9d927bd6c2244694a46ed99a3847775a0bc81";
