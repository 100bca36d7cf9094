//! A batch of Health Connect: records as its client gives them, deletions with what the bridge kept of them.

use super::{Batch, source};
use crate::files::ReadOptions;
use crate::files::health_connect::change;
use crate::files::shared::figures::text;
use crate::files::shared::out::Out;
use serde_json::{Value, json};
use twin_core::observation::Sink;
use twin_core::{Error, Result};

pub(super) fn read(batch: Batch, total: u64, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut out = Out::new(options, sink);
    if batch.expired {
        let expired = json!({ "changesTokenExpired": true });
        return expired.as_object().map_or(Ok(()), |o| change(&mut out, 0, "", o));
    }
    for (n, added) in (1..).zip(&batch.added) {
        match added.as_object() {
            Some(record) => change(&mut out, n, "records", record)?,
            None => out.refuse("not_a_record", format!("record {n}"), "the element is no object"),
        }
    }
    for (n, deleted) in (1..).zip(&batch.deleted) {
        let Some(deleted) = deleted.as_object() else {
            out.refuse("not_a_record", format!("deletion {n}"), "the element is no object");
            continue;
        };
        let mut told = json!({ "type": "DeletionChange" });
        let fields = [
            ("recordId", text(deleted, "uuid")),
            ("recordType", text(deleted, "type")),
            ("dataOrigin", source(deleted)),
        ];
        for (key, value) in fields {
            if let (Some(told), Some(value)) = (told.as_object_mut(), value) {
                told.insert(key.into(), Value::from(value));
            }
        }
        if let Some(told) = told.as_object() {
            change(&mut out, n, "changes", told)?;
        }
    }
    out.progress(total)?;
    // A batch of which all was refused is read all the same: the bridge shall go on behind it.
    match out.finish("batch") {
        Err(Error::Malformed { .. }) => Ok(()),
        done => done,
    }
}
