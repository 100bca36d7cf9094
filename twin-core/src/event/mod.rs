//! Events: the envelope, the list of kinds, and their wire forms.
//!
//! To add a kind: a struct with `#[payload]` in its family file, a line in [`events!`] below, and a
//! fixture in `conformance/wire/<kind>/v<n>.json`. Nothing else names kinds one by one.

mod body;
mod cloud_event;
mod consent;
mod envelope;
mod health;
mod person;
mod source;
mod stored;
mod upcast;
mod work;

pub use body::UnknownBody;
#[cfg(feature = "schema")]
pub use cloud_event::cloud_event_schema;
pub use cloud_event::{from_cloud_event, to_cloud_event};
pub use consent::*;
pub use envelope::{Content, Event, Origin, Recording};
pub use health::*;
pub use person::*;
pub use source::*;
pub use work::*;

use crate::access::Purpose;

impl EventBody {
    /// What holds when this is believed: of a correction its replacement, else the body itself.
    #[must_use]
    pub fn held(&self) -> &Self {
        match self {
            Self::RecordCorrected(c) => &c.replacement,
            body => body,
        }
    }
}

/// What a variant holds: the data, or a box of it where the data is large and would make every event so.
macro_rules! held {
    ($name:ident) => { $name };
    ($name:ident boxed) => { Box<$name> };
}

/// Makes [`EventBody`] and its registry from the one list of kinds.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $([$boxed:ident])? = ($kind:literal, $version:literal, purpose = $purpose:ident),)+) => {
        /// What happened: one variant a kind, and [`UnknownBody`] for kinds of other versions.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum EventBody {
            $($(#[$doc])* $name(held!($name $($boxed)?)),)+
            /// A kind or version this build does not know, kept as it came.
            Unknown(UnknownBody),
        }

        impl EventBody {
            /// Every kind this build knows: name, newest version, purpose it is collected for.
            pub const KINDS: &'static [(&'static str, u32, Purpose)] =
                &[$(($kind, $version, Purpose::$purpose),)+];

            /// The name on the wire, `family.past_tense`.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name(_) => $kind,)+
                    Self::Unknown(unknown) => &unknown.kind,
                }
            }

            /// The version of the kind.
            #[must_use]
            pub fn version(&self) -> u32 {
                match self {
                    $(Self::$name(_) => $version,)+
                    Self::Unknown(unknown) => unknown.version,
                }
            }

            /// The purpose the kind is collected for.
            #[must_use]
            pub fn purpose(&self) -> Purpose {
                match self {
                    $(Self::$name(_) => Purpose::$purpose,)+
                    Self::Unknown(_) => Purpose::OwnUse,
                }
            }

            pub(crate) fn serialize_data<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(data) => serde::Serialize::serialize(data, s),)+
                    Self::Unknown(unknown) => unknown.serialize_data(s),
                }
            }

            /// Reads the data of a kind's newest version; `Err` gives the input back for other kinds.
            pub(crate) fn deserialize_data<'de, D: serde::Deserializer<'de>>(
                kind: &str, version: u32, d: D,
            ) -> Result<Result<Self, D::Error>, D> {
                match (kind, version) {
                    $(($kind, $version) => Ok(<$name as serde::Deserialize>::deserialize(d).map(Self::from)),)+
                    _ => Err(d),
                }
            }

            /// JSON Schemas of all kinds' data, by kind.
            #[cfg(feature = "schema")]
            #[must_use]
            pub fn schemas() -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($kind, schemars::schema_for!($name)),)+]
            }
        }

        $(impl From<$name> for EventBody {
            fn from(data: $name) -> Self { Self::$name(data.into()) }
        })+
    };
}

events! {
    /// Samples were written as a column segment.
    SeriesWritten = ("series.written", 1, purpose = Health),
    /// A sleep episode.
    SleepRecorded [boxed] = ("health.sleep_recorded", 1, purpose = Health),
    /// A workout.
    WorkoutRecorded [boxed] = ("health.workout_recorded", 1, purpose = Health),
    /// One measurement of a metric.
    MeasurementRecorded = ("health.measurement_recorded", 1, purpose = Health),
    /// Answers on named scales.
    CheckInAnswered = ("wellbeing.check_in_answered", 1, purpose = Companion),
    /// A symptom.
    SymptomNoted = ("health.symptom_noted", 1, purpose = Health),
    /// A medication.
    MedicationTaken = ("health.medication_taken", 1, purpose = Health),
    /// Alcohol.
    AlcoholConsumed = ("health.alcohol_consumed", 1, purpose = Health),
    /// Caffeine.
    CaffeineConsumed = ("health.caffeine_consumed", 1, purpose = Health),
    /// A meeting that took place.
    MeetingAttended [boxed] = ("collaboration.meeting_attended", 1, purpose = Work),
    /// A meeting still ahead.
    MeetingPlanned [boxed] = ("collaboration.meeting_planned", 1, purpose = Work),
    /// Work on a task began.
    TaskStarted = ("task.started", 1, purpose = Work),
    /// A task was finished.
    TaskCompleted = ("task.completed", 2, purpose = Work),
    /// A task was put off.
    TaskDelayed = ("task.delayed", 1, purpose = Work),
    /// Facts about the person.
    ProfileStated = ("person.profile_stated", 1, purpose = OwnUse),
    /// The person's zone changed.
    ZoneChanged = ("person.zone_changed", 1, purpose = OwnUse),
    /// A grant.
    ConsentGranted = ("consent.granted", 1, purpose = Upkeep),
    /// A grant taken back.
    ConsentRevoked = ("consent.revoked", 1, purpose = Upkeep),
    /// What is known of a device.
    DeviceDescribed = ("source.device_described", 1, purpose = Upkeep),
    /// Whose samples win.
    SourcePrioritySet = ("source.priority_set", 1, purpose = Upkeep),
    /// A correction.
    RecordCorrected = ("record.corrected", 1, purpose = Upkeep),
    /// A deletion.
    RecordDeleted = ("record.deleted", 1, purpose = Upkeep),
    /// A source was read over a span.
    WindowRead = ("source.window_read", 1, purpose = Upkeep),
    /// A foreign message kept word for word.
    MessageKept = ("source.message_kept", 1, purpose = Health),
}
