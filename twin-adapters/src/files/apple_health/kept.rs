//! Elements without a form of their own here, kept word for word: clinical records, audiograms,
//! prescriptions, states of mind, what future versions add; and correlations, as links.

use super::kinds::short;
use super::record::MAX_ENTRIES;
use super::session::{Session, field};
use super::time::{Moment, moment};
use quick_xml::events::BytesStart;
use twin_core::event::KeptField;
use twin_core::{Result, Timestamp};

/// Attributes that are said otherwise, or say nothing of the person.
const ELSEWHERE: [&str; 4] = ["sourceName", "device", "sourceVersion", "creationDate"];
/// Attributes that tell when, the best first.
const WHEN: [&str; 6] = ["endDate", "date", "startDate", "dateIssued", "receivedDate", "creationDate"];

/// An element being kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub is_correlation: bool,
    name: String,
    source: String,
    device: String,
    at: Option<Moment>,
    fields: Vec<KeptField>,
}

impl Session<'_> {
    pub(super) fn keep(&mut self, name: &str, e: &BytesStart<'_>) -> Kept {
        let mut kept = Kept {
            is_correlation: name == "Correlation",
            name: name.to_owned(),
            source: String::new(),
            device: String::new(),
            at: None,
            fields: Vec::new(),
        };
        let mut best = WHEN.len();
        for attribute in e.attributes().with_checks(false).flatten() {
            let (key, value): (&str, &str) = (attribute.key.0, &attribute.value);
            if let Some(rank) = WHEN.iter().position(|k| *k == key).filter(|rank| *rank < best)
                && let Some(at) = moment(value)
            {
                (best, kept.at) = (rank, Some(at));
            }
            match key {
                "sourceName" => value.clone_into(&mut kept.source),
                "device" => value.clone_into(&mut kept.device),
                "type" => kept.name = format!("{name}:{}", short(value)),
                _ => {}
            }
            if !ELSEWHERE.contains(&key) {
                self.keep_field(&mut kept, field(key, value, None));
            }
        }
        kept
    }

    pub(super) fn kept_child(&mut self, kept: &mut Kept, name: &str, e: &BytesStart<'_>, depth: u32) {
        if kept.is_correlation && name == "Record" {
            // It also stands in the root, where it is read.
            self.tally.warn(
                "duplicate",
                "records inside correlations, which the export also holds outside of them",
            );
        }
        if kept.is_correlation && depth > 2 {
            return;
        }
        if name == "MetadataEntry" {
            let (key, value) = super::record::entry(e);
            self.keep_field(kept, field(super::xml::text(key), value, None));
            return;
        }
        for attribute in e.attributes().with_checks(false).flatten() {
            let (key, value): (&str, &str) = (attribute.key.0, &attribute.value);
            if !ELSEWHERE.contains(&key) {
                self.keep_field(kept, field(format!("{name}.{key}"), value, None));
            }
        }
    }

    fn keep_field(&mut self, kept: &mut Kept, field: KeptField) {
        if kept.fields.len() < MAX_ENTRIES {
            kept.fields.push(field);
        } else {
            self.tally.refuse("too_many_fields", "element", "more fields than are kept of one element");
        }
    }

    pub(super) fn finish_kept(&mut self, kept: Kept) -> Result<()> {
        let at = kept.at.map_or_else(|| self.made_at(), |m| Timestamp::from_micros(m.us));
        let origin = if kept.source.is_empty() && kept.device.is_empty() {
            Self::own_origin()
        } else {
            self.sources.origin(&kept.source, &kept.device, at, self.sink)?
        };
        self.message(origin, at, kept.at.map(|m| m.offset_s), &kept.name, kept.fields)
    }
}
