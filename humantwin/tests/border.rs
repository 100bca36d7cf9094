//! The door for other languages: verbs by name, columns, errors, closing.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use humantwin::border::{Answer, Door, TwinDoor, VERBS};
use humantwin::{Code, SystemClock};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const OPEN: &str = r#"{"now":"2026-03-01T12:00:00Z"}"#;

fn open() -> TwinDoor {
    Door::open(OPEN, Arc::new(SystemClock)).unwrap().twin("me", "").unwrap()
}

fn ask(twin: &TwinDoor, verb: &str, request: Value) -> Value {
    match twin.call(verb, &request.to_string(), None, None).unwrap() {
        Answer::Json(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn refused(twin: &TwinDoor, verb: &str, request: &str) -> (Code, String) {
    let error = twin.call(verb, request, None, None).unwrap_err();
    (error.code, error.message)
}

fn coffee(id: &str, mg: f64) -> Value {
    json!({"events": [{"id": id, "source": "diary", "type": "health.caffeine_consumed",
        "time": "2026-03-01T08:00:00Z", "data": {"amount_mg": mg}}]})
}

#[test]
fn a_fact_goes_in_and_shows_in_the_state() {
    let twin = open();
    assert_eq!(ask(&twin, "record", coffee("1", 80.0))["events"], 1);
    assert_eq!(ask(&twin, "record", coffee("1", 80.0))["duplicates"], 1);
    assert_eq!(ask(&twin, "state", json!({}))["day"]["caffeine_mg"], 80.0);
    assert_eq!(ask(&twin, "verify", json!({}))["ok"], true);
}

#[test]
fn a_request_that_is_none_writes_nothing() {
    let twin = open();
    let (code, message) = refused(&twin, "state", r#"{"att":"2026-03-01T12:00:00Z"}"#);
    assert_eq!(code, Code::InvalidValue);
    assert!(message.starts_with("this is no request of `state`: unknown field `att`"), "{message}");
    assert_eq!(refused(&twin, "record", "{").0, Code::InvalidValue);
    assert_eq!(refused(&twin, "record", r#"{"events":[{"source":"a\ud800"}]}"#).0, Code::Malformed);
    assert_eq!(refused(&twin, "maintain", r#"{"steps":9007199254740993}"#).0, Code::InvalidValue);
    assert_eq!(refused(&twin, "levitate", "").0, Code::NotFound);
    assert_eq!(refused(&twin, "import", "{}").0, Code::InvalidValue);
    let two = json!({"events": [coffee("1", 80.0)["events"][0], coffee("2", f64::from(-1))["events"][0]]});
    assert_eq!(refused(&twin, "record", &two.to_string()).0, Code::InvalidValue);
    assert_eq!(ask(&twin, "verify", json!({}))["events"], 0);
}

#[test]
fn a_panic_arrives_as_internal_and_the_twin_lives_on() {
    let twin = open();
    ask(&twin, "record", coffee("1", 80.0));
    assert_eq!(refused(&twin, "drill", "").0, Code::Internal);
    assert_eq!(ask(&twin, "state", json!({}))["day"]["caffeine_mg"], 80.0);
}

#[test]
fn closing_frees_the_file_even_while_something_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let options = json!({"path": folder.path().join("me.twin"), "now": "2026-03-01T12:00:00Z"}).to_string();
    let door = Door::open(&options, Arc::new(SystemClock)).unwrap();
    let twin = door.twin("me", "").unwrap();
    let watch = twin.watch(r#"{"type":"days","last":1}"#).unwrap();
    let pushed = twin.watch_with(r#"{"type":"days","last":1}"#, Box::new(|_| {})).unwrap();
    assert_eq!(Door::open(&options, Arc::new(SystemClock)).err().unwrap().code, Code::Conflict);
    door.close();
    assert_eq!(refused(&twin, "state", "").0, Code::NotFound);
    assert_eq!(watch.poll().unwrap_err().code, Code::NotFound);
    let again = Door::open(&options, Arc::new(SystemClock)).unwrap();
    assert_eq!(ask(&again.twin("me", "").unwrap(), "verify", json!({}))["ok"], true);
    drop(pushed);
}

#[test]
fn a_file_deleted_while_open_takes_no_more_facts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("me.twin");
    let options = json!({"path": path, "now": "2026-03-01T12:00:00Z"}).to_string();
    let twin = Door::open(&options, Arc::new(SystemClock)).unwrap().twin("me", "").unwrap();
    ask(&twin, "record", coffee("1", 80.0));
    std::fs::remove_file(&path).unwrap();
    let (code, message) = refused(&twin, "record", &coffee("2", 80.0).to_string());
    assert_eq!(code, Code::Storage);
    assert!(message.contains("deleted"), "{message}");
    std::fs::write(&path, "another file").unwrap();
    assert_eq!(refused(&twin, "record", &coffee("2", 80.0).to_string()).0, Code::Storage);
}

#[test]
fn who_watches_may_ask_again_from_within() {
    let twin = open();
    let told = Arc::new(Mutex::new(Vec::new()));
    let (inner, heard) = (twin.clone(), Arc::clone(&told));
    let request = r#"{"type":"days","figure":"caffeine_mg","last":1}"#;
    let _subscription = twin
        .watch_with(
            request,
            Box::new(move |text| {
                let state = ask(&inner, "state", json!({}));
                heard.lock().unwrap().push((text.to_owned(), state["day"]["caffeine_mg"].clone()));
            }),
        )
        .unwrap();
    ask(&twin, "record", coffee("1", 80.0));
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].0.contains(r#""after":80.0"#), "{}", told[0].0);
    assert_eq!(told[0].1, 80.0);
}

#[test]
fn columns_go_in_and_come_out() {
    let twin = open();
    let start = 1_772_355_600_000_000_i64;
    let starts: Vec<i64> = (0..100).map(|i| start + i * 1_000_000).collect();
    let values: Vec<f64> = (0..100).map(|i| 60.0 + f64::from(i % 7)).collect();
    twin.record_series("strap", "heart_rate", "/min", starts.as_slice(), [], values.as_slice()).unwrap();
    let columns = twin.series(r#"{"metric":"heart_rate"}"#).unwrap();
    assert_eq!((columns.starts_us, columns.values), (starts.clone(), values.clone()));
    let unequal = twin.record_series("strap", "heart_rate", "/min", &starts[1..], [], values.as_slice());
    assert_eq!(unequal.unwrap_err().code, Code::InvalidValue);
    let wrong = twin.record_series("strap", "heart_rate", "/min", &starts[..1], [], [f64::NAN]);
    assert_eq!(wrong.unwrap_err().code, Code::InvalidValue);
}

#[test]
fn a_packed_twin_merges_and_exports_the_same() {
    let (a, b) = (open(), open());
    ask(&a, "record", coffee("1", 80.0));
    let Answer::Bytes(packed) = a.call("pack", "", None, None).unwrap() else { panic!() };
    b.call("merge", "", Some(&packed), None).unwrap();
    assert_eq!(ask(&a, "state", json!({}))["state_hash"], ask(&b, "state", json!({}))["state_hash"]);
    assert_eq!(a.call("export", "", None, None).unwrap(), b.call("export", "", None, None).unwrap());
}

#[test]
fn somebody_else_sees_what_was_granted() {
    let door = Door::open(OPEN, Arc::new(SystemClock)).unwrap();
    let me = door.twin("me", "").unwrap();
    ask(&me, "record", coffee("1", 80.0));
    let coach = door.twin("me", r#"{"actor":"coach","purpose":"work"}"#).unwrap();
    assert_eq!(refused(&coach, "state", "").0, Code::ConsentRequired);
    ask(&me, "grant", json!({"actor": "coach", "purpose": "work"}));
    assert_eq!(ask(&coach, "state", json!({}))["day"].get("caffeine_mg"), None);
}

#[test]
fn every_verb_is_a_verb_of_the_reference() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/verbs.md")).unwrap();
    for verb in VERBS {
        assert!(page.contains(&format!("## `{}`", verb.name)), "{}", verb.name);
    }
}
