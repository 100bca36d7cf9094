//! A row of the log: its number, which is its day, and its body.

use super::SqliteStore;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use twin_core::event::Event;
use twin_core::{Error, EventId, Hlc, Result, Timestamp};

/// Rows are numbered by bucket first, so that the facts of a day lie side by side and need no index.
const BUCKET_SHIFT: u32 = 32;

/// The numbers of a bucket's rows.
pub(super) fn rows_of(buckets: &RangeInclusive<i32>) -> RangeInclusive<i64> {
    let first = |bucket: i32| i64::from(bucket) << BUCKET_SHIFT;
    first(*buckets.start())..=first(*buckets.end()) | i64::from(u32::MAX)
}

/// The bucket of a row.
pub(super) const fn bucket_of_row(seq: i64) -> i32 {
    (seq >> BUCKET_SHIFT) as i32
}

/// The number of each bucket's next row, as far as it was asked for.
pub(super) type Next = BTreeMap<i32, i64>;

/// Bytes of a clock.
const CLOCK: usize = 20;

/// What a body holds before it is sealed: clock, event id, content.
pub(super) fn write_body(event: &Event, content: &[u8], out: &mut Vec<u8>) {
    let clock = event.clock;
    out.clear();
    out.extend_from_slice(&clock.wall.micros().to_le_bytes());
    out.extend_from_slice(&clock.counter.to_le_bytes());
    out.extend_from_slice(&clock.node.to_le_bytes());
    out.extend_from_slice(&event.id.0);
    out.extend_from_slice(content);
}

/// The clock at the start of a body.
pub(super) fn read_clock(body: &[u8]) -> Option<Hlc> {
    let (wall, rest) = body.split_first_chunk::<8>()?;
    let (counter, rest) = rest.split_first_chunk::<4>()?;
    let (node, _) = rest.split_first_chunk::<8>()?;
    Some(Hlc {
        wall: Timestamp::from_micros(i64::from_le_bytes(*wall)),
        counter: u32::from_le_bytes(*counter),
        node: u64::from_le_bytes(*node),
    })
}

/// Clock, id and content of a body.
pub(super) fn parts(body: &[u8]) -> Result<(Hlc, EventId, &[u8])> {
    let cut = || Error::Corrupt("a stored event is cut short".into());
    let clock = read_clock(body).ok_or_else(cut)?;
    let (id, content) = body.get(CLOCK..).and_then(|rest| rest.split_first_chunk()).ok_or_else(cut)?;
    Ok((clock, EventId(*id), content))
}

impl SqliteStore {
    /// The event of a row.
    pub(super) fn decode(&self, bucket: i32, body: &[u8]) -> Result<Event> {
        let plain = self.codec.open(bucket, body)?;
        let (clock, id, content) = parts(&plain)?;
        Event::from_stored(id, content, clock)
    }
}
