//! What the border says of itself; what crosses it is tested in Swift and Kotlin.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use humantwin_mobile::{BorderEngine, BorderError, BorderTwin, Bytes};
use std::sync::Arc;

fn open() -> (Arc<BorderEngine>, Arc<BorderTwin>) {
    let engine = BorderEngine::open(r#"{"now":"2026-03-01T12:00:00Z"}"#.into()).unwrap();
    let me = engine.twin("me".into(), String::new()).unwrap();
    (engine, me)
}

fn code<T>(done: Result<T, BorderError>) -> String {
    let Err(BorderError::Failed { code, .. }) = done else { panic!("it went well") };
    code
}

#[test]
fn each_verb_has_its_lane() {
    let (_engine, me) = open();
    assert!(!me.call_bytes("pack".into(), String::new(), None, None).unwrap().0.is_empty());
    assert_eq!(code(me.call("pack".into(), String::new(), None, None)), "invalid_value");
    assert_eq!(code(me.call_bytes("state".into(), String::new(), None, None)), "invalid_value");
    assert_eq!(code(me.call("levitate".into(), String::new(), None, None)), "not_found");
}

#[test]
fn bytes_that_are_no_columns_are_refused() {
    let (_engine, me) = open();
    for bytes in [vec![], vec![1, 0, 0, 0, 0, 0, 0, 0], vec![255; 8], vec![0; 9]] {
        let done = me.record_series("strap".into(), "heart_rate".into(), "/min".into(), Bytes(bytes));
        assert_eq!(code(done), "invalid_value");
    }
}

#[test]
fn what_is_shut_stays_shut() {
    let (engine, me) = open();
    assert!(!engine.is_shut());
    engine.shut();
    engine.shut();
    assert!(engine.is_shut());
    assert_eq!(code(me.call("state".into(), String::new(), None, None)), "not_found");
    assert_eq!(code(me.series(r#"{"metric":"heart_rate"}"#.into()).map(|found| found.unit)), "not_found");
}
