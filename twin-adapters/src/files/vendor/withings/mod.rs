//! Withings: answers `{status, body}` of its service. Times are seconds of UTC; the zone lived in stands
//! beside them.

mod day;
mod measures;
mod sleep;
mod workout;

use super::Found;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{num, object, records, text};
use crate::files::shared::out::{Out, origin};
use measures::Group;
use twin_core::event::Origin;
use twin_core::{DeviceId, Result, Timestamp, Zone};

const GOALS: &str = "goals are no measurements";

/// The origin of a record: the model is the device.
fn source(record: &Object) -> Origin {
    let mut origin = origin("withings");
    origin.device = text(record, "model").or_else(|| text(record, "hash_deviceid")).map(DeviceId::lossy);
    origin
}

/// The zone of a record, or of the answer around it.
fn zone(record: &Object, body: &Object) -> Option<Zone> {
    text(record, "timezone").or_else(|| text(body, "timezone")).and_then(|name| Zone::named(name).ok())
}

/// Seconds of the last change: the record's revision.
fn revision(record: &Object) -> u64 {
    num(record, "modified").filter(|s| (0.0..1e11).contains(s)).map_or(0, |s| s as u64)
}

fn offset(zone: Option<&Zone>, at: Timestamp) -> Option<i32> {
    zone.map(|z| z.offset_at(at))
}

/// One answer, or one group of measures that stands alone.
pub(super) fn answer(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    if o.contains_key("grpid") {
        measures::group(o, &Object::new(), out)?;
        return Ok(Found::Read);
    }
    if num(o, "status").is_some_and(|s| s != 0.0) {
        return Ok(Found::Nothing("the service answered with an error"));
    }
    let Some(body) = object(o, "body") else {
        return Ok(Found::Nothing("the shape of this Withings answer is not known"));
    };
    let has = |field: &str| body.contains_key(field);
    if has("measuregrps") {
        let (mut groups, mut goals) = (0_u64, 0_u64);
        for group in records(body, "measuregrps") {
            groups += 1;
            goals += u64::from(measures::group(group, body, out)? == Group::Goal);
        }
        if goals > 0 && goals == groups {
            return Ok(Found::Nothing(GOALS));
        }
    } else if has("activities") {
        for day in records(body, "activities") {
            day::read(day, body, out)?;
        }
    } else if has("series") {
        let mut gathered = sleep::Gathered::default();
        for record in records(body, "series") {
            if record.contains_key("state") {
                sleep::span(record, &mut gathered, out);
            } else if record.contains_key("category") {
                workout::read(record, body, out)?;
            } else if record.contains_key("data") {
                sleep::summary(record, body, out)?;
            } else {
                out.refuse("bad_record", "series", "neither a span, a night nor a workout");
            }
        }
        sleep::nights(gathered, body, out)?;
    } else if has("devices") {
        return Ok(Found::Nothing("a list of devices holds no measurement"));
    } else if has("goals") {
        return Ok(Found::Nothing(GOALS));
    } else {
        return Ok(Found::Nothing("an answer about subscriptions holds no measurement"));
    }
    Ok(Found::Read)
}
