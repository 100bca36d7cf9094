//! A person's state and its bytes.
//!
//! Bytes: `HTWS`, the version of this form (1 byte), [`FOLD_VERSION`] (4 bytes, little endian), the hash of
//! what follows (16 bytes), the body. Maps are written in order of their keys, so that equal states are
//! equal bytes.

use super::bytes::{Reader, Writer, damaged};
use super::kept::{Kept, Record, Version, segment_of};
use super::segment::Segment;
use super::settled::Settled;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::fold::{Carry, FOLD_VERSION};
use crate::id::{EventId, MetricId, RecordKey, SegmentHash, SourceId, TwinId};
use crate::sort::OrderBy;
use crate::store::{STANDING, bucket_of};
use crate::time::{Hlc, LocalDate, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const MAGIC: &[u8; 4] = b"HTWS";
const VERSION: u8 = 1;
const HEAD: usize = 25;
/// Most bytes of a state.
pub const MAX_STATE_BYTES: usize = 64 * 1024;
/// Most samples of a state, whatever room they take.
pub(super) const MAX_SAMPLES: usize = 1 << 20;

/// What is held of one person between two calls.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The newest `now`.
    pub(super) now: Timestamp,
    /// The first civil day that is held; the least day for a person not seen before.
    pub(super) from: LocalDate,
    /// Days from here on had no room.
    pub(super) ceiling: Option<LocalDate>,
    /// The first day with anything in it that left the horizon.
    pub(super) first: Option<LocalDate>,
    /// What was carried into `from`; `None` when it is not known any more.
    pub(super) carry: Option<Carry>,
    /// Of window reads that left the horizon, the newest clock of each source.
    pub(super) windows: BTreeMap<SourceId, Hlc>,
    /// The newest records that left the horizon: last bucket and the head of the key.
    pub(super) gone: BTreeSet<(i32, [u8; 4])>,
    /// The newest series that were settled whole: the heads of their ids.
    pub(super) seen: BTreeSet<(i32, [u8; 8])>,
    /// Days that are not empty, with the hash last given out; `None` for one that must be folded again.
    pub(super) days: BTreeMap<LocalDate, Option<[u8; 16]>>,
    pub(super) settled: BTreeMap<(LocalDate, MetricId), Settled>,
    pub(super) kept: Arc<Kept>,
}

impl State {
    /// A person not seen before.
    pub(super) fn new() -> Self {
        Self {
            now: Timestamp::MIN,
            from: LocalDate::from_days(i32::MIN),
            ceiling: None,
            first: None,
            carry: Some(Carry::default()),
            windows: BTreeMap::new(),
            gone: BTreeSet::new(),
            seen: BTreeSet::new(),
            days: BTreeMap::new(),
            settled: BTreeMap::new(),
            kept: Arc::default(),
        }
    }

    /// Did anything leave the horizon?
    pub(super) fn has_past(&self) -> bool {
        self.first.is_some() || !self.gone.is_empty()
    }

    /// The events, to change. Everybody who reads from them has let go by then.
    pub(super) fn kept_mut(&mut self) -> &mut Kept {
        Arc::make_mut(&mut self.kept)
    }

    /// The bytes.
    pub(super) fn encode(&mut self, twin: &TwinId) -> Result<Vec<u8>> {
        if self.kept.segments.values().any(|s| !s.sealed()) {
            for segment in self.kept_mut().segments.values_mut() {
                segment.seal()?;
            }
        }
        let mut out = Writer(Vec::with_capacity(2048));
        out.fixed(&[0; HEAD]);
        out.bytes(twin.as_str().as_bytes());
        out.i64(self.now.micros());
        out.i64(self.from.days().into());
        out.option(self.ceiling, |out, d| out.i64(d.days().into()));
        out.option(self.first, |out, d| out.i64(d.days().into()));
        let carry = self.carry.as_ref().filter(|c| **c != Carry::default());
        let carry = carry.map(Carry::encode).transpose()?;
        out.option(self.carry.as_ref(), |out, _| out.bytes(&carry.unwrap_or_default()));
        out.count(self.windows.len());
        for (source, clock) in &self.windows {
            out.bytes(source.as_str().as_bytes());
            write_clock(&mut out, *clock, Timestamp::default());
        }
        out.count(self.gone.len());
        for (bucket, head) in &self.gone {
            out.i64((*bucket).into());
            out.fixed(head);
        }
        out.count(self.seen.len());
        for (bucket, head) in &self.seen {
            out.i64((*bucket).into());
            out.fixed(head);
        }
        out.count(self.days.len());
        for (date, hash) in &self.days {
            out.i64(date.days().into());
            out.option(*hash, |out, hash| out.fixed(&hash));
        }
        out.count(self.settled.len());
        for ((date, metric), settled) in &self.settled {
            out.i64(date.days().into());
            out.bytes(metric.as_str().as_bytes());
            settled.write(&mut out);
        }
        out.count(self.kept.records.len());
        for record in self.kept.records.values() {
            write_record(&mut out, record);
        }
        out.count(self.kept.segments.len());
        for (hash, segment) in &self.kept.segments {
            out.fixed(&hash.0);
            segment.write(&mut out);
        }
        let mut bytes = out.0;
        let hash = EventId::of("stream state", &[bytes.get(HEAD..).unwrap_or_default()]);
        let head = MAGIC.iter().chain(&[VERSION]).copied().chain(FOLD_VERSION.to_le_bytes()).chain(hash.0);
        bytes.iter_mut().zip(head).for_each(|(byte, head)| *byte = head);
        Ok(bytes)
    }

    /// Reads the bytes of `twin`'s state.
    ///
    /// # Errors
    /// `unsupported` for another version, `corrupt` for damage, `conflict` for another person's state.
    pub(super) fn decode(twin: &TwinId, bytes: &[u8]) -> Result<Self> {
        let mut from = Reader(bytes);
        if from.fixed::<4>()? != *MAGIC {
            return Err(damaged());
        }
        let (version, fold) = (from.byte()?, u32::from_le_bytes(from.fixed()?));
        if version != VERSION || fold != FOLD_VERSION {
            return Err(Error::Unsupported(format!(
                "the state bytes have version {version}.{fold}, this build reads {VERSION}.{FOLD_VERSION}; make new ones from the full log"
            )));
        }
        let hash = from.fixed::<16>()?;
        if bytes.len() > MAX_STATE_BYTES || EventId::of("stream state", &[from.0]).0 != hash {
            return Err(damaged());
        }
        if from.text()? != twin.as_str() {
            return Err(Error::Conflict("the state bytes are those of another person".into()));
        }
        Self::body(&mut from).map_err(|_| damaged())
    }

    fn body(from: &mut Reader<'_>) -> Result<Self> {
        let date = |from: &mut Reader<'_>| Ok(LocalDate::from_days(from.i32()?));
        let mut state = Self {
            now: Timestamp::from_micros(from.i64()?),
            from: date(from)?,
            ceiling: from.option(date)?,
            first: from.option(date)?,
            carry: from.option(read_carry)?,
            ..Self::new()
        };
        for _ in 0..from.count()? {
            let source = from.text()?.parse()?;
            state.windows.insert(source, read_clock(from, Timestamp::default())?);
        }
        for _ in 0..from.count()? {
            state.gone.insert((from.i32()?, from.fixed()?));
        }
        for _ in 0..from.count()? {
            state.seen.insert((from.i32()?, from.fixed()?));
        }
        for _ in 0..from.count()? {
            state.days.insert(date(from)?, from.option(Reader::fixed)?);
        }
        for _ in 0..from.count()? {
            let key = (date(from)?, from.text()?.parse()?);
            state.settled.insert(key, Settled::read(from)?);
        }
        let mut kept = Kept::default();
        for _ in 0..from.count()? {
            let (key, record) = read_record(from)?;
            kept.records.insert(key, record);
        }
        let mut samples = 0;
        for _ in 0..from.count()? {
            let hash = SegmentHash(from.fixed()?);
            let segment = Segment::read(from)?;
            samples += segment.count();
            kept.segments.insert(hash, segment);
        }
        let named = |hash| kept.segments.contains_key(&hash);
        if samples > MAX_SAMPLES || !from.0.is_empty() || !kept.versions().filter_map(segment_of).all(named) {
            return Err(damaged());
        }
        state.kept = Arc::new(kept);
        Ok(state)
    }
}

fn read_carry(from: &mut Reader<'_>) -> Result<Carry> {
    let bytes = from.bytes()?;
    if bytes.is_empty() {
        return Ok(Carry::default());
    }
    let carry = Carry::decode(bytes)?;
    // What no real life reaches is damage, and would overflow later.
    let far = carry.days > 1 << 24
        || carry.facts > 1 << 48
        || carry.open_tasks.values().any(|t| t.delays > 1 << 24);
    if far { Err(damaged()) } else { Ok(carry) }
}

/// A clock beside a moment it is usually near to.
fn write_clock(out: &mut Writer, clock: Hlc, near: Timestamp) {
    out.i64(clock.wall.micros() - near.micros());
    out.u64(clock.counter.into());
    out.u64(clock.node);
}

fn read_clock(from: &mut Reader<'_>, near: Timestamp) -> Result<Hlc> {
    Ok(Hlc {
        wall: near.plus_micros(from.i64()?),
        counter: u32::try_from(from.u64()?).map_err(|_| damaged())?,
        node: from.u64()?,
    })
}

fn write_record(out: &mut Writer, record: &Record) {
    out.count(record.versions.len());
    for version in &record.versions {
        out.bytes(&version.bytes);
        write_clock(out, version.event.clock, version.event.content.at);
        out.u64(version.trimmed.into());
    }
    // Most records have seen no later bucket than that of what they hold.
    let held = record.versions.iter().map(|v| v.bucket).max().unwrap_or(STANDING);
    out.option((record.last != held).then_some(record.last), |out, last| out.i64(last.into()));
}

fn read_record(from: &mut Reader<'_>) -> Result<(RecordKey, Record)> {
    let mut versions = from.list(|from| {
        let bytes = from.bytes()?;
        let event = Event::from_stored(Event::id_of(bytes), bytes, Hlc::ZERO)?;
        let clock = read_clock(from, event.content.at)?;
        let trimmed = from.u64()? != 0;
        let bucket = bucket_of(&event.content);
        Ok(Version { event: event.learned(clock), bytes: bytes.to_vec(), bucket, trimmed })
    })?;
    versions.order_by_key(|v| v.event.id);
    let key = versions.first().map(|v| v.event.key()).ok_or_else(damaged)?;
    if versions.iter().any(|v| v.event.key() != key) {
        return Err(damaged());
    }
    let held = versions.iter().map(|v| v.bucket).max().unwrap_or(STANDING);
    let last = from.option(Reader::i32)?.unwrap_or(held);
    Ok((key, Record { last, versions }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twin() -> TwinId {
        TwinId::new("p").unwrap()
    }

    #[test]
    fn an_empty_state_round_trips_and_knows_its_person() {
        let bytes = State::new().encode(&twin()).unwrap();
        let mut back = State::decode(&twin(), &bytes).unwrap();
        assert_eq!(back.encode(&twin()).unwrap(), bytes);
        let other = State::decode(&TwinId::new("q").unwrap(), &bytes).unwrap_err();
        assert_eq!(other.code(), crate::Code::Conflict);
    }

    #[test]
    fn other_versions_are_told_from_damage() {
        let bytes = State::new().encode(&twin()).unwrap();
        for (at, code) in [
            (0, crate::Code::Corrupt),
            (4, crate::Code::Unsupported),
            (5, crate::Code::Unsupported),
            (9, crate::Code::Corrupt),
            (26, crate::Code::Corrupt),
        ] {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert_eq!(State::decode(&twin(), &bad).unwrap_err().code(), code, "byte {at}");
        }
    }
}
