//! Changes, and records that stand alone.

use super::{exercise, record, sleep};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, object, text};
use crate::files::shared::out::Out;
use serde_json::Value;
use twin_core::event::RecordDeleted;
use twin_core::{Error, RecordId, Result, Timestamp};

/// A record, a change, or what an answer says beside its lists.
pub(in crate::files) fn read(out: &mut Out<'_>, n: u64, list: &str, o: &Object) -> Result<()> {
    if o.get("changesTokenExpired").and_then(Value::as_bool) == Some(true) {
        let message = "the changes token has expired: what was deleted since is not known; read all records again and ask for a new token";
        out.refuse("token_expired", "changes", message);
        return Err(Error::Unsupported(message.into()));
    }
    let name = text(o, "type").or_else(|| text(o, "recordType")).unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    match name {
        "UpsertionChange" => match object(o, "record") {
            Some(record) => one(out, n, record),
            None => {
                out.refuse("bad_record", format!("record {n}"), "an upsertion without its record");
                Ok(())
            }
        },
        "DeletionChange" => deletion(out, n, o),
        // `nextChangesToken`, `hasMore` and such.
        "" if list.is_empty() => Ok(()),
        _ => one(out, n, o),
    }
}

fn one(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let name = text(o, "type").or_else(|| text(o, "recordType")).unwrap_or_default();
    match name.rsplit('.').next().unwrap_or_default() {
        "SleepSessionRecord" => sleep::read(out, n, o),
        "ExerciseSessionRecord" => exercise::read(out, n, o),
        name => record::read(out, n, name, o),
    }
}

fn deletion(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let Some(id) = text(o, "recordId") else {
        out.refuse("bad_record", format!("record {n}"), "a deletion without `recordId`");
        return Ok(());
    };
    let Some(source) = record::package(o) else {
        let message =
            "the app of the deleted record is not known; keep `dataOrigin` with each record's id and add it";
        out.refuse("unknown_origin", format!("record {n}"), message);
        return Ok(());
    };
    let series = text(o, "recordType")
        .and_then(|t| super::types::find(t.rsplit('.').next()?))
        .is_some_and(|k| k.form != super::types::Form::Value);
    if series {
        let message = "samples of a series are not deleted by an id; read the day again";
        out.refuse("deletion_in_series", format!("record {n}"), message);
        return Ok(());
    }
    let origin = crate::files::shared::out::origin(&source);
    // A deletion has no time of its own: the same change read again must be the same fact.
    let about = About::moment(&origin, Timestamp::from_secs(0), None);
    // A record of several figures is several records here: all of them go.
    let parts = text(o, "recordType").and_then(|t| super::types::find(t.rsplit('.').next()?));
    let metrics: Vec<&str> = match parts {
        Some(kind) => kind.fields.iter().map(|f| f.metric).collect(),
        None => super::types::KINDS
            .iter()
            .filter(|k| k.form == super::types::Form::Value)
            .flat_map(|k| k.fields.iter().map(|f| f.metric))
            .collect(),
    };
    let names = std::iter::once(id.to_owned()).chain(metrics.iter().map(|m| format!("{id}:{m}")));
    let names: Vec<String> = match (parts, text(o, "recordType")) {
        // A session is one record.
        (None, Some(_)) => vec![id.to_owned()],
        (Some(_), _) => names.skip(1).collect(),
        (None, None) => names.collect(),
    };
    for name in names {
        let body = RecordDeleted {
            source: origin.source.clone(),
            record: RecordId::lossy(&name),
            revision: u64::MAX >> 1,
        };
        about.fact(out, "", body)?;
    }
    Ok(())
}
