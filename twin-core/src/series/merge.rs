//! Several segments of one source and metric, made one.

use super::Samples;
use crate::id::SegmentHash;
use crate::sort::OrderBy;
use crate::time::{Hlc, Timestamp};

/// A segment with what decides between it and others.
#[derive(Clone, Debug)]
pub struct SegmentVersion {
    /// The source's revision.
    pub revision: u64,
    /// When we learned it.
    pub clock: Hlc,
    /// The samples' hash.
    pub hash: SegmentHash,
    /// Older samples that start in this span are withdrawn.
    pub replaces: Option<(Timestamp, Timestamp)>,
    /// Samples that start outside this span only take part in deciding; absent when all are wanted.
    pub within: Option<(Timestamp, Timestamp)>,
    /// Seconds east of UTC in which the samples were lived.
    pub offset_s: Option<i32>,
    /// The samples.
    pub samples: Samples,
}

/// What several segments say together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The samples that hold.
    pub samples: Samples,
    /// The greatest offset of the segments they are from.
    pub offset_s: Option<i32>,
}

/// The samples that hold: set union over instants.
///
/// At an instant (start, duration) that several segments give, the one with the highest
/// (revision, hash, offset, clock) is believed, with all its samples of that instant. A segment that replaces a
/// span withdraws what segments of an older (revision, clock) say of it. The answer does not depend on
/// the order of `segments`.
#[must_use]
pub fn merge_segments(mut segments: Vec<SegmentVersion>) -> Merged {
    if segments.len() == 1 {
        return segments.pop().map(alone).unwrap_or_default();
    }
    // Best first: of the same samples told twice the one that says where, then the later telling.
    segments.order_by_key(|s| std::cmp::Reverse((s.revision, s.hash, s.offset_s, s.clock)));
    segments.dedup_by_key(|s| (s.revision, s.hash, s.offset_s, s.replaces));
    let withdrawals: Vec<_> =
        segments.iter().filter_map(|s| s.replaces.map(|span| (span, s.revision, s.clock))).collect();
    let withdrawn = |start: i64, revision: u64, clock: Hlc| {
        withdrawals.iter().any(|((from, to), r, c)| {
            (from.micros()..=to.micros()).contains(&start) && (revision, clock) < (*r, *c)
        })
    };
    // (start, duration, segment, value); a stable sort keeps the order within a segment.
    let mut rows = Vec::with_capacity(segments.iter().map(|s| s.samples.len()).sum());
    for (rank, segment) in segments.iter().enumerate() {
        rows.extend(
            segment
                .samples
                .iter()
                .filter(|(start, ..)| !withdrawn(*start, segment.revision, segment.clock))
                .map(|(start, duration, value)| (start, duration, rank, value)),
        );
    }
    rows.order_by_key(|(start, duration, rank, _)| (*start, *duration, *rank));
    let mut merged = Merged::default();
    let mut holder = None;
    for (start, duration, rank, value) in rows {
        match holder {
            Some((s, d, r)) if (s, d) == (start, duration) && r != rank => {}
            _ => {
                holder = Some((start, duration, rank));
                let Some(segment) = segments.get(rank) else { continue };
                let wanted =
                    |(from, to): (Timestamp, Timestamp)| (from.micros()..to.micros()).contains(&start);
                if segment.within.is_none_or(wanted) {
                    merged.samples.push(start, duration, value);
                    merged.offset_s = merged.offset_s.max(segment.offset_s);
                }
            }
        }
    }
    merged
}

fn alone(segment: SegmentVersion) -> Merged {
    let samples = match segment.within {
        Some((from, to)) => segment.samples.between(from, to),
        None => segment.samples,
    };
    let offset_s = segment.offset_s.filter(|_| !samples.is_empty());
    Merged { samples, offset_s }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(revision: u64, wall: i64, rows: &[(i64, f64)]) -> SegmentVersion {
        let samples =
            Samples::new(rows.iter().map(|r| r.0).collect(), vec![], rows.iter().map(|r| r.1).collect())
                .unwrap();
        SegmentVersion {
            revision,
            clock: Hlc { wall: Timestamp::from_secs(wall), counter: 0, node: 1 },
            hash: samples.hash(),
            replaces: None,
            within: None,
            offset_s: None,
            samples,
        }
    }

    #[test]
    fn union_without_doubling_whatever_the_order() {
        let a = version(0, 1, &[(1, 60.0), (2, 61.0), (2, 62.0)]);
        let b = version(0, 2, &[(2, 61.0), (2, 62.0), (3, 63.0)]);
        let one = merge_segments(vec![a.clone(), b.clone()]);
        assert_eq!(one.samples.values(), [60.0, 61.0, 62.0, 63.0]);
        assert_eq!(one, merge_segments(vec![b.clone(), a.clone(), b]));
    }

    #[test]
    fn a_higher_revision_wins_its_instants() {
        let a = version(5, 1, &[(1, 60.0), (2, 61.0)]);
        let b = version(4, 2, &[(2, 99.0), (3, 63.0)]);
        assert_eq!(merge_segments(vec![a, b]).samples.values(), [60.0, 61.0, 63.0]);
    }

    #[test]
    fn a_replacing_segment_withdraws_the_older() {
        let a = version(0, 1, &[(1, 60.0), (2, 61.0), (9, 69.0)]);
        let mut b = version(0, 2, &[(2, 50.0)]);
        b.replaces = Some((Timestamp::from_micros(0), Timestamp::from_micros(5)));
        assert_eq!(merge_segments(vec![a, b]).samples.values(), [50.0, 69.0]);
    }

    #[test]
    fn samples_told_again_hold_after_they_were_withdrawn_and_count_for_one_day() {
        let mut told = version(0, 1, &[(1, 60.0), (9, 69.0)]);
        let mut emptied = version(0, 2, &[]);
        emptied.replaces = Some((Timestamp::from_micros(0), Timestamp::from_micros(20)));
        assert!(merge_segments(vec![told.clone(), emptied.clone()]).samples.is_empty());
        // Told again with another offset: the later telling says on which day an instant was lived.
        told.within = Some((Timestamp::from_micros(0), Timestamp::from_micros(20)));
        let mut again = version(0, 3, &[(1, 60.0), (9, 69.0)]);
        again.within = Some((Timestamp::from_micros(0), Timestamp::from_micros(5)));
        again.offset_s = Some(3600);
        let merged = merge_segments(vec![again, emptied, told]);
        assert_eq!((merged.samples.values(), merged.offset_s), (&[60.0][..], Some(3600)));
    }
}
