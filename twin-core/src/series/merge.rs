//! Several segments of one source and metric, made one.

use super::Samples;
use crate::id::SegmentHash;
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
    /// The samples.
    pub samples: Samples,
}

/// The samples that hold: set union over instants.
///
/// At an instant (start, duration) that several segments give, the one with the highest
/// (revision, hash) is believed, with all its samples of that instant. A segment that replaces a span
/// withdraws what segments of an older (revision, clock) say of it. The answer does not depend on
/// the order of `segments`.
#[must_use]
pub fn merge_segments(segments: Vec<SegmentVersion>) -> Samples {
    if segments.len() == 1 {
        return segments.into_iter().next().map(|s| s.samples).unwrap_or_default();
    }
    let mut segments = segments;
    segments.sort_by_key(|s| (s.revision, s.hash, s.clock));
    segments.dedup_by_key(|s| (s.revision, s.hash, s.replaces));
    let withdrawals: Vec<_> =
        segments.iter().filter_map(|s| s.replaces.map(|span| (span, s.revision, s.clock))).collect();
    let withdrawn = |start: i64, revision: u64, clock: Hlc| {
        withdrawals.iter().any(|((from, to), r, c)| {
            (from.micros()..=to.micros()).contains(&start) && (revision, clock) < (*r, *c)
        })
    };
    // (start, duration, rank of the segment, value); a stable sort keeps the order within a segment.
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
    rows.sort_by_key(|(start, duration, rank, _)| (*start, *duration, std::cmp::Reverse(*rank)));
    let mut merged = Samples::empty();
    let mut holder = None;
    for (start, duration, rank, value) in rows {
        match holder {
            Some((s, d, r)) if (s, d) == (start, duration) && r != rank => {}
            _ => {
                holder = Some((start, duration, rank));
                merged.push(start, duration, value);
            }
        }
    }
    merged
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
            samples,
        }
    }

    #[test]
    fn union_without_doubling_whatever_the_order() {
        let a = version(0, 1, &[(1, 60.0), (2, 61.0), (2, 62.0)]);
        let b = version(0, 2, &[(2, 61.0), (2, 62.0), (3, 63.0)]);
        let one = merge_segments(vec![a.clone(), b.clone()]);
        assert_eq!(one.values(), [60.0, 61.0, 62.0, 63.0]);
        assert_eq!(one, merge_segments(vec![b.clone(), a.clone(), b]));
    }

    #[test]
    fn a_higher_revision_wins_its_instants() {
        let a = version(5, 1, &[(1, 60.0), (2, 61.0)]);
        let b = version(4, 2, &[(2, 99.0), (3, 63.0)]);
        assert_eq!(merge_segments(vec![a, b]).values(), [60.0, 61.0, 63.0]);
    }

    #[test]
    fn a_replacing_segment_withdraws_the_older() {
        let a = version(0, 1, &[(1, 60.0), (2, 61.0), (9, 69.0)]);
        let mut b = version(0, 2, &[(2, 50.0)]);
        b.replaces = Some((Timestamp::from_micros(0), Timestamp::from_micros(5)));
        assert_eq!(merge_segments(vec![a, b]).values(), [50.0, 69.0]);
    }
}
