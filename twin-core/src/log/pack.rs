//! A log as bytes: to carry it to another device, or out of a browser and back.
//!
//! ```text
//! HTWPACK1 | record … | end
//! record   = tag (1 byte) | length (4 bytes, little-endian) | body
//! 'p'      the person's id
//! 's'      a segment: its hash (16 bytes), then its compressed columns; before the event that names it
//! 'e'      an event: clock (wall 8, counter 4, node 8 bytes), then its stored form
//! 'z'      the end: 32 bytes, the BLAKE3 hash of all bytes before this record
//! ```

use super::{Log, MergeReport};
use crate::cbor;
use crate::check::AHEAD_S;
use crate::error::{Error, Result};
use crate::event::{Event, EventBody};
use crate::id::{SegmentHash, TwinId};
use crate::series::{decode_segment, encode_segment};
use crate::store::{Batch, Sealed};
use crate::time::{Hlc, Timestamp};
use std::sync::Arc;

/// What a packed log begins with.
pub const MAGIC: &[u8; 8] = b"HTWPACK1";
/// Events in one durable step.
const STEP: usize = 1000;
/// Samples in one durable step.
const STEP_SAMPLES: usize = 1_000_000;

impl Log {
    /// Hands the whole log over as bytes, piece by piece. What [`Log::merge_bytes`] reads.
    ///
    /// # Errors
    /// `storage`, `corrupt`, and what `out` returns.
    pub fn pack(&self, out: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let mut hasher = blake3::Hasher::new();
        let mut put = |bytes: &[u8]| {
            hasher.update(bytes);
            out(bytes)
        };
        put(MAGIC)?;
        put(&record(b'p', self.twin.as_str().as_bytes())?)?;
        self.store.scan(i32::MIN..=i32::MAX, &mut |event| {
            if let EventBody::SeriesWritten(s) = &event.content.body
                && let Some(samples) = self.store.segment(s.segment)?
            {
                let mut body = s.segment.0.to_vec();
                body.extend_from_slice(&encode_segment(&samples)?);
                put(&record(b's', &body)?)?;
            }
            let clock = event.clock;
            let mut body = clock.wall.micros().to_le_bytes().to_vec();
            body.extend_from_slice(&clock.counter.to_le_bytes());
            body.extend_from_slice(&clock.node.to_le_bytes());
            body.extend_from_slice(&event.content.encode()?);
            put(&record(b'e', &body)?)
        })?;
        let end = record(b'z', hasher.finalize().as_bytes())?;
        out(&end)
    }

    /// Merges a packed log of the same person; see [`Log::merge_from`]. The bytes are checked from the
    /// first to the last before anything is written.
    ///
    /// # Errors
    /// `unsupported` when it is no packed log of this version, `corrupt` when it is damaged or cut short,
    /// `conflict` and `invalid_value` as [`Log::merge_from`]; `storage`.
    pub fn merge_bytes(&mut self, bytes: &[u8], now: Timestamp) -> Result<MergeReport> {
        let pack = PackReader::new(bytes)?;
        if *pack.twin() != self.twin {
            return Err(Error::Conflict("the other log is of another person".into()));
        }
        pack.walk(&mut |part| match part {
            Part::Event(event, _) if event.clock.wall > now.plus_secs(AHEAD_S) => {
                Err(Error::invalid("clock", event.clock.wall, "at most one day ahead of this device's clock"))
            }
            // Written again it would not have the id that names it.
            Part::Event(event, stored) if event.content.encode()? != stored => Err(Error::Unsupported(
                "a packed log holds an event in a form this build does not write; was it packed by a newer one?"
                    .into(),
            )),
            Part::Event(_, stored) if !cbor::is_finite(stored) => {
                Err(corrupt("an event holds a value that is no number"))
            }
            Part::Event(event, _) => self.not_of_another(&event),
            Part::Segment(..) => Ok(()),
        })?;
        let mut report = MergeReport::default();
        let mut batch = Batch::default();
        let mut samples = 0;
        pack.walk(&mut |part| {
            match part {
                Part::Segment(hash, segment) => {
                    samples += segment.len();
                    batch.segments.push((hash, Arc::new(segment)));
                }
                Part::Event(event, stored) => {
                    report.seen += 1;
                    batch.events.push(Sealed { event, bytes: stored.to_vec() });
                }
            }
            if batch.events.len() >= STEP || samples >= STEP_SAMPLES {
                self.take_over(std::mem::take(&mut batch), &mut report)?;
                samples = 0;
            }
            Ok(())
        })?;
        self.take_over(batch, &mut report)?;
        Ok(report)
    }

    /// A date of birth that contradicts this log's is another person's.
    fn not_of_another(&self, event: &Event) -> Result<()> {
        match (&event.content.body, self.context.person.born) {
            (EventBody::ProfileStated(p), Some(here)) if p.born.is_some_and(|there| there != here) => {
                Err(Error::Conflict(
                    "the other log states another date of birth; correct it there first if it is one person's"
                        .into(),
                ))
            }
            _ => Ok(()),
        }
    }
}

fn record(tag: u8, body: &[u8]) -> Result<Vec<u8>> {
    let length = u32::try_from(body.len())
        .map_err(|_| Error::invalid("record", format_args!("{} bytes", body.len()), "at most 4 GiB"))?;
    let mut out = Vec::with_capacity(5 + body.len());
    out.push(tag);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(body);
    Ok(out)
}

/// A packed log whose bytes are whole.
struct PackReader<'a> {
    twin: TwinId,
    records: &'a [u8],
}

/// What a packed log holds.
enum Part<'a> {
    Segment(SegmentHash, crate::series::Samples),
    /// An event and its stored form.
    Event(Event, &'a [u8]),
}

impl<'a> PackReader<'a> {
    /// Checks the bytes from the first to the last.
    ///
    /// # Errors
    /// `unsupported` when it is no packed log of this version, `corrupt` when it is damaged or cut short.
    fn new(bytes: &'a [u8]) -> Result<Self> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
            Error::Unsupported("this is no packed log of a version this build reads".into())
        })?;
        let (tag, twin) = next(&mut rest)?;
        let twin = std::str::from_utf8(twin).ok().and_then(|t| TwinId::new(t).ok());
        let (b'p', Some(twin)) = (tag, twin) else { return Err(corrupt("it names no person")) };
        let records = rest;
        loop {
            let before = bytes.len() - rest.len();
            let (tag, body) = next(&mut rest)?;
            if tag != b'z' {
                continue;
            }
            let whole = blake3::hash(bytes.get(..before).unwrap_or_default());
            if !rest.is_empty() || body != whole.as_bytes() {
                return Err(corrupt("it does not match its hash"));
            }
            let records = records.get(..records.len() - 5 - body.len()).unwrap_or_default();
            return Ok(Self { twin, records });
        }
    }

    /// Whose log it is.
    #[must_use]
    const fn twin(&self) -> &TwinId {
        &self.twin
    }

    fn walk(&self, visit: &mut dyn FnMut(Part<'a>) -> Result<()>) -> Result<()> {
        let mut rest = self.records;
        while !rest.is_empty() {
            let (tag, body) = next(&mut rest)?;
            let part = match tag {
                b's' => {
                    let (hash, columns) =
                        body.split_first_chunk().ok_or_else(|| corrupt("a segment is cut"))?;
                    let samples = decode_segment(columns)?;
                    if samples.hash() != SegmentHash(*hash) {
                        return Err(corrupt("a segment does not match its hash"));
                    }
                    Part::Segment(SegmentHash(*hash), samples)
                }
                b'e' => {
                    let (clock, stored) = clock(body).ok_or_else(|| corrupt("an event is cut short"))?;
                    Part::Event(Event::from_stored(Event::id_of(stored), stored, clock)?, stored)
                }
                _ => {
                    return Err(Error::Unsupported(
                        "a packed log holds a part this build does not know".into(),
                    ));
                }
            };
            visit(part)?;
        }
        Ok(())
    }
}

/// An event's clock, and what follows it.
fn clock(body: &[u8]) -> Option<(Hlc, &[u8])> {
    let (wall, rest) = body.split_first_chunk::<8>()?;
    let (counter, rest) = rest.split_first_chunk::<4>()?;
    let (node, stored) = rest.split_first_chunk::<8>()?;
    let clock = Hlc {
        wall: Timestamp::from_micros(i64::from_le_bytes(*wall)),
        counter: u32::from_le_bytes(*counter),
        node: u64::from_le_bytes(*node),
    };
    Some((clock, stored))
}

fn corrupt(why: &str) -> Error {
    Error::Corrupt(format!("a packed log is damaged: {why}"))
}

fn next<'a>(rest: &mut &'a [u8]) -> Result<(u8, &'a [u8])> {
    let cut = || corrupt("it is cut short");
    let (&tag, tail) = rest.split_first().ok_or_else(cut)?;
    let (length, tail) = tail.split_first_chunk::<4>().ok_or_else(cut)?;
    let (body, tail) = tail.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(cut)?;
    *rest = tail;
    Ok((tag, body))
}
