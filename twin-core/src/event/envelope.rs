//! The envelope: when, who, which record, and what.

use super::EventBody;
use crate::access::Purpose;
use crate::error::{Error, Result};
use crate::id::{DeviceId, EventId, MethodId, RecordId, RecordKey, SourceId};
use crate::time::{Hlc, LocalDate, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use twin_macros::payload;

/// Who recorded something, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// The app, service or file family.
    pub source: SourceId,
    /// The device it wrote through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// How the value was measured, where that changes its meaning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodId>,
    /// Measured by itself, in a session, or typed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Recording>,
}

impl Origin {
    /// An origin of which only the source is known.
    #[must_use]
    pub const fn of(source: SourceId) -> Self {
        Self { source, device: None, method: None, recording: None }
    }
}

/// How something was recorded.
#[payload]
pub enum Recording {
    /// By the device, in the background.
    Automatic,
    /// In a session the person started.
    Active,
    /// Typed in.
    Manual,
}

/// What an event says, without when we learned it: its hash is the event's id.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// When it happened: of an episode its end, of a plan the moment it was made.
    pub at: Timestamp,
    /// Who recorded it.
    pub origin: Origin,
    /// The source's id of the record; absent where the content itself is the id.
    pub record: Option<RecordId>,
    /// The source's revision of the record; the highest wins.
    pub revision: u64,
    /// Seconds east of UTC at the start, as lived.
    pub start_offset_s: Option<i32>,
    /// Seconds east of UTC at the end, as lived.
    pub end_offset_s: Option<i32>,
    /// The civil day, where the source gives one.
    pub civil_date: Option<LocalDate>,
    /// What happened.
    pub body: EventBody,
}

impl Content {
    /// A content with the least that must be said.
    #[must_use]
    pub fn new(origin: Origin, at: Timestamp, body: impl Into<EventBody>) -> Self {
        Self {
            at,
            origin,
            record: None,
            revision: 0,
            start_offset_s: None,
            end_offset_s: None,
            civil_date: None,
            body: body.into(),
        }
    }

    /// The binary form that is stored and hashed (CBOR).
    ///
    /// # Errors
    /// `malformed` when a kept unknown body is no JSON.
    pub fn encode(&self) -> Result<Vec<u8>> {
        crate::cbor::append(Vec::with_capacity(224), self)
            .ok_or_else(|| Error::malformed("event", "what it keeps word for word is no JSON"))
    }

    /// Reads the binary form.
    ///
    /// # Errors
    /// `malformed` when the bytes are not an event.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        cbor4ii::serde::from_slice(bytes)
            .map_err(|_| Error::malformed("event", "its bytes are not those of an event"))
    }
}

/// One fact in the log. Never changed once written.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Hash of the content.
    pub id: EventId,
    /// When we learned it.
    pub clock: Hlc,
    /// What it says.
    pub content: Arc<Content>,
    key: RecordKey,
}

impl Event {
    /// The event of a content learned at `clock`, and the content's stored form.
    ///
    /// # Errors
    /// As [`Content::encode`].
    pub fn seal(content: Content, clock: Hlc) -> Result<(Self, Vec<u8>)> {
        let bytes = content.encode()?;
        let id = Self::id_of(&bytes);
        let key = Self::key_of(&content, id);
        Ok((Self { id, clock, content: Arc::new(content), key }, bytes))
    }

    /// The event of a content's stored form and the id it was stored under; the id is taken as it is, which
    /// [`EventStore::check`](crate::store::EventStore::check) makes sure of.
    ///
    /// # Errors
    /// As [`Content::decode`].
    pub fn from_stored(id: EventId, bytes: &[u8], clock: Hlc) -> Result<Self> {
        let content = Content::decode(bytes)?;
        let key = Self::key_of(&content, id);
        Ok(Self { id, clock, content: Arc::new(content), key })
    }

    /// The same event as learned at another moment.
    #[must_use]
    pub fn learned(self, clock: Hlc) -> Self {
        Self { clock, ..self }
    }

    /// The same event, of the same record, read as saying something else: what a correction puts in place.
    pub(crate) fn saying(self, content: Content) -> Self {
        Self { content: Arc::new(content), ..self }
    }

    /// The id of a content's stored form.
    #[must_use]
    pub fn id_of(content: &[u8]) -> EventId {
        EventId::of_content(content)
    }

    /// The record this event is a version of.
    #[must_use]
    pub const fn key(&self) -> RecordKey {
        self.key
    }

    /// The record a content is a version of: for corrections and deletions the record they aim at.
    #[must_use]
    pub fn key_of(content: &Content, id: EventId) -> RecordKey {
        match &content.body {
            EventBody::RecordCorrected(c) => RecordKey::named(&c.source, &c.record),
            EventBody::RecordDeleted(d) => RecordKey::named(&d.source, &d.record),
            _ => content
                .record
                .as_ref()
                .map_or(RecordKey(id.0), |r| RecordKey::named(&content.origin.source, r)),
        }
    }

    /// Does its key come from a name of its own, which no event's id can be?
    pub(crate) fn is_named(&self) -> bool {
        let aims_elsewhere =
            matches!(self.content.body, EventBody::RecordCorrected(_) | EventBody::RecordDeleted(_));
        let name = self.content.record.as_ref();
        !aims_elsewhere && name.is_some_and(|name| !name.as_str().starts_with("event:"))
    }

    /// The revision this event gives its record.
    #[must_use]
    pub fn revision(&self) -> u64 {
        match &self.content.body {
            EventBody::RecordCorrected(c) => c.revision,
            EventBody::RecordDeleted(d) => d.revision,
            _ => self.content.revision,
        }
    }

    /// Is this a deletion?
    #[must_use]
    pub fn deletes(&self) -> bool {
        matches!(self.content.body, EventBody::RecordDeleted(_))
    }

    /// The purpose it is collected for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.content.body.purpose()
    }
}
