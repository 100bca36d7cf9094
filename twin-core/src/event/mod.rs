//! Events: the envelope, the list of kinds, and their wire forms.
//!
//! To add a kind: a struct with `#[payload]` in its family file, a line in [`events!`] below, and a
//! fixture in `conformance/wire/<kind>/v<n>.json`. Nothing else names kinds one by one.

mod body;
mod capacity;
mod cloud_event;
mod collaboration;
mod consent;
mod envelope;
mod health;
mod person;
mod skill;
mod source;
mod stored;
mod system;
mod upcast;
mod work;

pub use body::UnknownBody;
pub use capacity::*;
#[cfg(feature = "schema")]
pub use cloud_event::cloud_event_schema;
pub use cloud_event::{from_cloud_event, to_cloud_event};
pub use collaboration::*;
pub use consent::*;
pub use envelope::{Content, Event, Origin, Recording};
pub use health::*;
pub use person::*;
pub use skill::*;
pub use source::*;
pub use system::*;
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
    TaskStarted [boxed] = ("task.started", 1, purpose = Work),
    /// A task was finished.
    TaskCompleted [boxed] = ("task.completed", 2, purpose = Work),
    /// A task was put off.
    TaskDelayed = ("task.delayed", 1, purpose = Work),
    /// A task is to be done.
    TaskPlanned [boxed] = ("task.planned", 1, purpose = Work),
    /// A finished task came back.
    TaskReopened = ("task.reopened", 1, purpose = Work),
    /// A machine checked what was made.
    CheckFinished = ("task.check_finished", 1, purpose = Work),
    /// How well somebody masters a skill.
    SkillAssessed = ("skill.assessed", 1, purpose = Work),
    /// A skill grew.
    SkillImproved = ("skill.improved", 1, purpose = Work),
    /// What a skill is.
    SkillDescribed = ("skill.described", 1, purpose = Work),
    /// What a role asks for.
    RoleStated = ("skill.role_stated", 1, purpose = Work),
    /// Something was learnt.
    LearningCompleted = ("learning.completed", 1, purpose = Work),
    /// The workload changed.
    WorkloadChanged = ("capacity.workload_changed", 1, purpose = Work),
    /// How much energy the person has.
    EnergyUpdated = ("capacity.energy_updated", 1, purpose = Companion),
    /// Stress was noticed.
    StressDetected = ("capacity.stress_detected", 1, purpose = Companion),
    /// Time was spent on something.
    TimeTracked = ("capacity.time_tracked", 1, purpose = Work),
    /// A message was sent.
    MessageSent [boxed] = ("collaboration.message_sent", 1, purpose = Work),
    /// Feedback was given.
    FeedbackGiven = ("collaboration.feedback_given", 1, purpose = Work),
    /// Somebody helped somebody to learn.
    MentoringSession = ("collaboration.mentoring_session", 1, purpose = Work),
    /// Work went from one to another.
    HandedOff = ("collaboration.handed_off", 1, purpose = Work),
    /// Work was reviewed.
    ReviewDone = ("collaboration.review_done", 1, purpose = Work),
    /// Somebody came into the team or left it.
    TeamChanged = ("collaboration.team_changed", 1, purpose = Work),
    /// A twin was made.
    TwinCreated = ("system.twin_created", 1, purpose = Upkeep),
    /// A prediction was shown or used.
    PredictionMade = ("system.prediction_made", 1, purpose = Upkeep),
    /// A model was changed.
    ModelUpdated = ("system.model_updated", 1, purpose = Upkeep),
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
