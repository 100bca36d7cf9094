//! Several sources at once: at every instant the best source that has something to say is believed.

use crate::series::Samples;
use crate::sort::OrderBy;

/// A span of a resolved series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Start, UTC microseconds.
    pub start_us: i64,
    /// End, UTC microseconds; equal to `start_us` for an instant without a hold.
    pub end_us: i64,
    /// The sample's value: of a held sample its level, of a cumulative one its whole amount.
    pub value: f64,
    /// The sample's own span, to share a cumulative amount over its pieces.
    pub sample_us: (i64, i64),
    /// Which of the streams, by its place in the argument.
    pub stream: usize,
}

/// Resolves streams, best first, into pieces that do not overlap, in order of time.
///
/// `hold_us`: how long an instant sample holds when no other of its stream follows; 0 keeps instants
/// as they are (cumulative metrics, beats). A sample ends where the next of its stream starts. A
/// worse stream fills only what the better ones leave open: two devices are never added.
#[must_use]
pub fn resolve(streams: &[&Samples], hold_us: i64) -> Vec<Piece> {
    let mut taken: Vec<Piece> = Vec::new();
    for (stream, samples) in streams.iter().enumerate() {
        let own = spans(samples, hold_us, stream);
        taken = if taken.is_empty() { own } else { fill(taken, &own) };
    }
    taken
}

/// The spans of one stream, which do not overlap: a sample ends where the next starts. Of samples
/// with one start the finest is believed; of held instants with one start the last.
fn spans(samples: &Samples, hold_us: i64, stream: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(samples.len());
    for (start, duration, value) in samples.iter() {
        if let Some(last) = pieces.last_mut() {
            let same = last.start_us == start;
            if same && duration > 0 && last.end_us > start {
                continue;
            }
            if !same {
                last.end_us = last.end_us.min(start);
            } else if hold_us > 0 {
                pieces.pop();
            }
        }
        let length = if duration > 0 { duration } else { hold_us };
        let sample_us = (start, start.saturating_add(duration));
        pieces.push(Piece {
            start_us: start,
            end_us: start.saturating_add(length),
            value,
            sample_us,
            stream,
        });
    }
    pieces
}

/// Better pieces with the open parts of worse ones between them. Both in order of start.
fn fill(better: Vec<Piece>, worse: &[Piece]) -> Vec<Piece> {
    let mut out = Vec::with_capacity(better.len() + worse.len());
    let mut from = 0;
    for piece in worse {
        // Better pieces that end before this one starts cannot touch it or any later one.
        while better.get(from).is_some_and(|b| b.end_us < piece.start_us) {
            from += 1;
        }
        let mut open = piece.start_us;
        let mut covered = false;
        for b in better.get(from..).unwrap_or_default() {
            if b.start_us > piece.end_us {
                break;
            }
            covered |= b.start_us <= piece.start_us && b.end_us >= piece.start_us;
            if b.start_us > open {
                out.push(Piece { start_us: open, end_us: b.start_us.min(piece.end_us), ..*piece });
            }
            open = open.max(b.end_us);
        }
        if open < piece.end_us || (piece.start_us == piece.end_us && !covered) {
            out.push(Piece { start_us: open.min(piece.end_us), ..*piece });
        }
    }
    out.extend(better);
    out.order_by_key(|p| (p.start_us, p.end_us, p.stream));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn samples(rows: &[(i64, i64, f64)]) -> Samples {
        Samples::new(
            rows.iter().map(|r| r.0).collect(),
            rows.iter().map(|r| r.1).collect(),
            rows.iter().map(|r| r.2).collect(),
        )
        .unwrap()
    }

    fn short(pieces: &[Piece]) -> Vec<(i64, i64, f64, usize)> {
        pieces.iter().map(|p| (p.start_us, p.end_us, p.value, p.stream)).collect()
    }

    #[test]
    fn a_phone_fills_only_what_the_watch_leaves_open() {
        let watch = samples(&[(0, 10, 100.0), (20, 10, 50.0)]);
        let phone = samples(&[(5, 20, 80.0), (40, 5, 7.0)]);
        assert_eq!(
            short(&resolve(&[&watch, &phone], 0)),
            vec![(0, 10, 100.0, 0), (10, 20, 80.0, 1), (20, 30, 50.0, 0), (40, 45, 7.0, 1)]
        );
    }

    #[test]
    fn instants_hold_until_the_next_or_the_hold_ends() {
        let strap = samples(&[(0, 0, 60.0), (4, 0, 62.0), (100, 0, 70.0)]);
        let watch = samples(&[(50, 0, 90.0)]);
        assert_eq!(
            short(&resolve(&[&strap, &watch], 10)),
            vec![(0, 4, 60.0, 0), (4, 14, 62.0, 0), (50, 60, 90.0, 1), (100, 110, 70.0, 0)]
        );
    }

    proptest! {
        #[test]
        fn pieces_never_overlap_and_better_streams_keep_all_they_have(
            a in proptest::collection::vec((0_i64..500, 1_i64..30), 0..30),
            b in proptest::collection::vec((0_i64..500, 1_i64..30), 0..30),
        ) {
            let make = |rows: &[(i64, i64)]| samples(&rows.iter().map(|(s, d)| (*s, *d, 1.0)).collect::<Vec<_>>());
            let (a, b) = (make(&a), make(&b));
            let both = resolve(&[&a, &b], 0);
            let alone = resolve(&[&a], 0);
            prop_assert!(both.windows(2).all(|w| w[0].end_us <= w[1].start_us || w[0].start_us == w[1].start_us));
            let kept: Vec<_> = both.iter().filter(|p| p.stream == 0).copied().collect();
            prop_assert_eq!(kept, alone);
        }
    }
}
