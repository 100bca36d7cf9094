//! Batches of phone bridges, as a twin takes them: order, repetition, deletion.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use humantwin::border::{Answer, Door, TwinDoor};
use humantwin::{Code, SystemClock};
use serde_json::{Value, json};
use std::sync::Arc;

fn open() -> TwinDoor {
    let door = Door::open(r#"{"now":"2026-03-01T12:00:00Z"}"#, Arc::new(SystemClock)).unwrap();
    door.twin("me", "").unwrap()
}

fn ask(twin: &TwinDoor, verb: &str, bytes: Option<&[u8]>) -> Value {
    match twin.call(verb, "{}", bytes, None).unwrap() {
        Answer::Json(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn batch(added: &Value, deleted: &Value) -> Vec<u8> {
    format!(r#"{{"humantwin_batch":"healthkit","version":1,"added":{added},"deleted":{deleted}}}"#)
        .into_bytes()
}

fn weight(uuid: &str, kilograms: f64) -> Value {
    json!({"uuid": uuid, "type": "HKQuantityTypeIdentifierBodyMass", "start": "2026-03-01T07:00:00Z",
        "end": "2026-03-01T07:00:00Z", "value": kilograms, "unit": "kg", "source": "Scale"})
}

fn gone(uuid: &str) -> Value {
    json!([{"uuid": uuid, "type": "HKQuantityTypeIdentifierBodyMass", "source": "Scale"}])
}

#[test]
fn a_batch_sent_twice_counts_once() {
    let me = open();
    let sent = batch(&json!([weight("a", 72.5)]), &json!([]));
    let first = ask(&me, "import", Some(&sent));
    assert_eq!((&first["format"], &first["refused"]), (&json!("platform_batch"), &json!([])));
    let hash = ask(&me, "state", None)["state_hash"].clone();
    assert_eq!(ask(&me, "import", Some(&sent))["events"], 0);
    assert_eq!(ask(&me, "state", None)["state_hash"], hash);
    assert_eq!(ask(&me, "state", None)["last"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_deleted_is_gone_in_either_order() {
    let (before, after) = (open(), open());
    let added = batch(&json!([weight("a", 72.5)]), &json!([]));
    let deleted = batch(&json!([]), &gone("a"));
    for sent in [&deleted, &added] {
        ask(&before, "import", Some(sent));
    }
    for sent in [&added, &deleted] {
        ask(&after, "import", Some(sent));
    }
    for me in [&before, &after] {
        assert_eq!(ask(me, "state", None)["last"], json!([]));
        assert_eq!(ask(me, "verify", None)["ok"], true);
    }
    assert_eq!(ask(&before, "state", None)["state_hash"], ask(&after, "state", None)["state_hash"]);
}

#[test]
fn a_damaged_batch_is_an_error_and_writes_nothing() {
    let me = open();
    let mut cut = batch(&json!([weight("a", 72.5)]), &json!([]));
    cut.truncate(cut.len() - 20);
    assert_eq!(me.call("import", "{}", Some(&cut), None).unwrap_err().code, Code::Malformed);
    assert_eq!(ask(&me, "state", None)["last"], json!([]));
}
