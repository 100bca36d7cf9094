//! Records as HealthKit hands them over, read as the export would write them: one mapping for both.

use super::kinds::short;
use super::session::Session;
use crate::files::ReadOptions;
use quick_xml::events::BytesStart;
use twin_core::event::{Content, RecordDeleted};
use twin_core::observation::Sink;
use twin_core::{RecordId, Result, SourceId, Timestamp};

/// Attributes of an element, by the export's names.
type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A batch that is being read.
pub(in crate::files) struct Batch<'s>(Session<'s>);

impl<'s> Batch<'s> {
    pub(in crate::files) fn new(options: &'s ReadOptions, sink: &'s mut dyn Sink) -> Self {
        Self(Session::new(options, sink))
    }

    /// A record with the metadata beside it; `uuid` is the id of facts.
    pub(in crate::files) fn record(
        &mut self,
        uuid: &str,
        record: Attributes<'_>,
        metadata: Attributes<'_>,
    ) -> Result<()> {
        let Some(mut record) = self.0.record(&element("Record", record))? else { return Ok(()) };
        let id = ("HKMetadataKeySyncIdentifier", uuid);
        for (key, value) in metadata.iter().copied().chain((!uuid.is_empty()).then_some(id)) {
            // Samples of a series have no place for an id; it is not worth a warning.
            if key != id.0 || self.0.is_fact(&record) {
                let entry = element("MetadataEntry", &[("key", key), ("value", value)]);
                self.0.record_child(&mut record, "MetadataEntry", &entry)?;
            }
        }
        self.0.finish_record(record)
    }

    /// A workout with the metadata beside it.
    pub(in crate::files) fn workout(
        &mut self,
        uuid: &str,
        workout: Attributes<'_>,
        metadata: Attributes<'_>,
    ) -> Result<()> {
        let Some(mut workout) = self.0.workout(&element("Workout", workout))? else { return Ok(()) };
        workout.record = (!uuid.is_empty()).then(|| RecordId::lossy(&workout_id(uuid)));
        for (key, value) in metadata {
            let entry = element("MetadataEntry", &[("key", key), ("value", value)]);
            self.0.workout_child(&mut workout, "MetadataEntry", &entry, 2, true)?;
        }
        self.0.finish_workout(workout)
    }

    /// Takes a fact back, of a type whose records are facts.
    pub(in crate::files) fn delete(&mut self, uuid: &str, identifier: &str, source: &str) -> Result<()> {
        let name =
            if identifier == WORKOUT { workout_id(uuid) } else { format!("{}/{uuid}", short(identifier)) };
        let source = SourceId::lossy(&format!("apple_health/{}", source.trim()));
        let origin = twin_core::event::Origin::of(source.clone());
        let body = RecordDeleted { source, record: RecordId::lossy(&name), revision: u64::MAX >> 1 };
        // A deletion has no time of its own: the same one read again must be the same fact.
        self.0.fact(Content::new(origin, Timestamp::from_secs(0), body))
    }

    /// Are records of a type facts of their own, with an id?
    pub(in crate::files) fn is_fact(&self, identifier: &str) -> bool {
        identifier == WORKOUT || self.0.kinds.is_measurement(identifier)
    }

    pub(in crate::files) fn refuse(&mut self, code: &'static str, subject: &str, message: &'static str) {
        self.0.tally.refuse(code, subject, message);
    }

    /// How many bytes are read.
    pub(in crate::files) fn progress(&mut self, bytes: u64) -> Result<()> {
        self.0.progress(bytes)
    }

    /// Hands over what is still gathered.
    pub(in crate::files) fn finish(mut self) -> Result<()> {
        self.0.finish()
    }
}

/// HealthKit's identifier of workouts.
pub(in crate::files) const WORKOUT: &str = "HKWorkoutTypeIdentifier";

fn workout_id(uuid: &str) -> String {
    format!("Workout/{uuid}")
}

fn element(name: &'static str, attributes: Attributes<'_>) -> BytesStart<'static> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}
