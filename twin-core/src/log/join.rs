//! Joins the small segments of a day into chunks: fewer to decode, the same to be found.
//!
//! A chunk is a cache of segments, found by the hashes that the day's events name. Segments are never
//! changed, so a chunk is never out of date: what came after it is read beside it, one by one, until it
//! is joined too.

use super::Log;
use crate::error::{Code, Error, Result};
use crate::event::EventBody;
use crate::id::{MetricId, SegmentHash};
use crate::series::{CHUNK_SAMPLES, CHUNK_SEGMENTS, SMALL, Samples, decode_chunk, encode_chunk, whole};
use crate::sort::OrderBy;
use crate::store::{Note, Table};
use crate::time::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Segments joined in one durable step.
const BATCH: usize = 1024;
/// Loose segments of a metric on a day that are worth joining.
pub(super) const JOIN_FROM: usize = 16;
/// Loose segments of a metric that are joined however many are joined already.
const MANY: usize = 64;
/// Most chunks of a bucket; what does not fit stays loose.
const CHUNKS: i64 = 64;
/// Days whose chunks are looked at in one step.
const LOOKED_AT: usize = 16;

/// A row of [`Table::Joining`].
const TO_JOIN: u8 = 1;
const IS_JOINED: u8 = 0;

/// What a round of joining did.
pub(super) struct Joined {
    pub(super) segments: usize,
    pub(super) steps: u32,
    pub(super) left: bool,
}

/// A bucket whose segments are being joined.
pub(super) struct Join {
    bucket: i32,
    /// What is loose, by metric; the earliest last.
    loose: Vec<(MetricId, Vec<SegmentHash>)>,
    /// Chunks with room, by metric.
    open: BTreeMap<MetricId, (i64, Vec<Arc<Samples>>)>,
    /// The key of the next chunk.
    next: i64,
    /// What is to be written with the first step.
    notes: Vec<Note>,
}

/// The keys of a bucket's chunks; they are used from the first on, without gaps.
fn keys_of(bucket: i32) -> RangeInclusive<i64> {
    let first = i64::from(bucket) * CHUNKS;
    first..=first + CHUNKS - 1
}

/// The bucket of a chunk.
pub(super) fn bucket_of_key(key: i64) -> i32 {
    i32::try_from(key.div_euclid(CHUNKS)).unwrap_or(0)
}

/// May a segment of so many samples be joined?
pub(super) fn is_small(count: u64) -> bool {
    (1..SMALL).contains(&count)
}

/// Marks a bucket for joining.
pub(super) fn to_join(bucket: i32) -> Note {
    Note { table: Table::Joining, key: i64::from(bucket), body: Some(vec![TO_JOIN]) }
}

impl Log {
    /// From how many small segments of a metric on a day on they are joined by [`Log::maintain`]; 16
    /// where nothing else is said. No answer depends on it.
    pub const fn join_from(&mut self, segments: usize) {
        self.join_from = segments;
    }

    /// Are there enough loose segments to join them with those that are? A chunk is not written anew for
    /// each segment that comes.
    pub(super) fn worth_joining(&self, loose: usize, joined: usize) -> bool {
        loose > 0 && loose >= (joined / 8).min(MANY).max(self.join_from)
    }

    /// The joined segments of a bucket, chunk by chunk.
    ///
    /// # Errors
    /// `corrupt` when a chunk is damaged or missing; its segments are then to be read one by one.
    pub(super) fn chunks(&self, bucket: i32) -> Result<Vec<Vec<Samples>>> {
        let (mut chunks, mut keys) = (Vec::new(), keys_of(bucket));
        self.store.notes(Table::Chunk, keys.clone(), &mut |key, bytes| {
            if keys.next() != Some(key) {
                return Err(Error::Corrupt("a chunk is missing".into()));
            }
            chunks.push(decode_chunk(bytes)?);
            Ok(())
        })?;
        Ok(chunks)
    }

    /// Joins small segments of the days that were marked, in at most so many durable steps. A kill
    /// between two of them leaves the day marked and what was joined joined.
    pub(super) fn join(&mut self, steps: u32) -> Result<Joined> {
        let mut done = Joined { segments: 0, steps: 0, left: false };
        let mut marked = self.joining_rows(TO_JOIN, i64::MIN)?;
        while done.steps < steps {
            let job = match self.joining.take() {
                Some(job) => job,
                None => match marked.first() {
                    Some(bucket) => self.begin(*bucket)?,
                    None => break,
                },
            };
            let bucket = job.bucket;
            done.steps += 1;
            let (segments, job) = self.join_some(job)?;
            done.segments += segments;
            if job.is_none() {
                marked.retain(|other| *other != bucket);
            }
            self.joining = job;
        }
        done.left = !marked.is_empty();
        Ok(done)
    }

    /// Buckets whose row says so, from one on.
    fn joining_rows(&self, says: u8, from: i64) -> Result<Vec<i32>> {
        let mut buckets = Vec::new();
        self.store.notes(Table::Joining, from..=i64::MAX, &mut |key, body| {
            buckets.extend(i32::try_from(key).ok().filter(|_| body == [says]));
            Ok(())
        })?;
        Ok(buckets)
    }

    /// What is to be joined in a bucket: one look at its events and its chunks.
    fn begin(&self, bucket: i32) -> Result<Join> {
        let mut loose: HashMap<SegmentHash, (MetricId, Timestamp)> = HashMap::new();
        self.store.scan(bucket..=bucket, &mut |event| {
            if let EventBody::SeriesWritten(s) = &event.content.body
                && is_small(s.count)
            {
                loose.entry(s.segment).or_insert_with(|| (s.metric.clone(), s.start));
            }
            Ok(())
        })?;
        let (chunks, notes) = match self.chunks(bucket) {
            Ok(chunks) => (chunks, Vec::new()),
            // Where one is damaged all are made anew.
            Err(_) => {
                let drop = |key| Note { table: Table::Chunk, key, body: None };
                (Vec::new(), keys_of(bucket).map(drop).collect())
            }
        };
        let mut next = *keys_of(bucket).start();
        let mut joined: BTreeMap<MetricId, usize> = BTreeMap::new();
        let mut open = BTreeMap::new();
        for chunk in chunks {
            let known = chunk.iter().filter_map(|samples| loose.remove(&samples.hash()));
            if let Some((metric, _)) = known.reduce(|_, last| last) {
                *joined.entry(metric.clone()).or_default() += chunk.len();
                open.insert(metric, (next, chunk.into_iter().map(Arc::new).collect()));
            }
            next += 1;
        }
        let mut by_metric: BTreeMap<MetricId, Vec<(Timestamp, SegmentHash)>> = BTreeMap::new();
        for (hash, (metric, start)) in loose {
            by_metric.entry(metric).or_default().push((start, hash));
        }
        let loose = by_metric
            .into_iter()
            .filter(|(metric, all)| {
                self.worth_joining(all.len(), joined.get(metric).copied().unwrap_or_default())
            })
            .map(|(metric, mut all)| {
                all.order_by(|a, b| b.cmp(a));
                (metric, all.into_iter().map(|(_, hash)| hash).collect())
            })
            .collect();
        Ok(Join { bucket, loose, open, next, notes })
    }

    /// One durable step: some segments of one metric into one chunk. Returns how many, and the job
    /// unless it is done.
    fn join_some(&mut self, mut job: Join) -> Result<(usize, Option<Join>)> {
        let mut notes = std::mem::take(&mut job.notes);
        let mut joined = 0;
        if let Some((metric, mut hashes)) = job.loose.pop() {
            let room = |chunk: &[Arc<Samples>]| {
                chunk.len() < CHUNK_SEGMENTS && chunk.iter().map(|s| s.len()).sum::<usize>() < CHUNK_SAMPLES
            };
            let open = job.open.remove(&metric).filter(|(_, chunk)| room(chunk));
            let (key, mut chunk) = open.unwrap_or_else(|| (job.next, Vec::new()));
            let mut samples = chunk.iter().map(|s| s.len()).sum::<usize>();
            for _ in 0..BATCH {
                if chunk.len() >= CHUNK_SEGMENTS || samples >= CHUNK_SAMPLES {
                    break;
                }
                let Some(hash) = hashes.pop() else { break };
                // What is lost or damaged stays as it is, for `verify` to find.
                if let Some(segment) = self.sound_segment(hash)? {
                    samples += segment.len();
                    joined += 1;
                    chunk.push(segment);
                }
            }
            if joined > 0 {
                notes.push(Note { table: Table::Chunk, key, body: Some(encode_chunk(&chunk)?) });
                job.next = job.next.max(key + 1);
                job.open.insert(metric.clone(), (key, chunk));
            }
            if !hashes.is_empty() && keys_of(job.bucket).contains(&job.next) {
                job.loose.push((metric, hashes));
            }
        }
        let left = !job.loose.is_empty();
        if !left {
            let any = job.next > *keys_of(job.bucket).start();
            let body = any.then(|| vec![IS_JOINED]);
            notes.push(Note { table: Table::Joining, key: i64::from(job.bucket), body });
        }
        self.put_notes(notes)?;
        Ok((joined, left.then_some(job)))
    }

    fn sound_segment(&self, hash: SegmentHash) -> Result<Option<Arc<Samples>>> {
        match self.store.segment(hash) {
            Ok(found) => Ok(found.filter(|samples| samples.hash() == hash)),
            Err(error) if error.code() == Code::Corrupt => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Looks once after each opening whether the chunks are as they were written, some days a step, and
    /// marks days whose chunks are not. Returns whether there is more to do.
    pub(super) fn look_at_chunks(&mut self, steps: u32) -> Result<bool> {
        let Some(from) = self.looked_at else { return Ok(false) };
        let buckets = self.joining_rows(IS_JOINED, from)?;
        let most = LOOKED_AT.saturating_mul(steps as usize);
        let damaged: Vec<Note> =
            buckets.iter().take(most).filter(|b| !self.is_whole(**b)).map(|b| to_join(*b)).collect();
        let next = buckets.get(most).copied();
        let left = !damaged.is_empty() || next.is_some();
        if !damaged.is_empty() {
            self.put_notes(damaged)?;
        }
        self.looked_at = next.map(i64::from);
        Ok(left)
    }

    fn is_whole(&self, bucket: i32) -> bool {
        for key in keys_of(bucket) {
            match self.store.note(Table::Chunk, key) {
                Ok(Some(bytes)) if whole(&bytes).is_ok() => {}
                Ok(None) => return key > *keys_of(bucket).start(),
                _ => return false,
            }
        }
        true
    }
}
