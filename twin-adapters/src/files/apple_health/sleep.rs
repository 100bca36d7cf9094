//! Sleep spans to episodes: spans of one source that touch, or are less than an hour apart, are one.

use std::collections::{BTreeMap, BTreeSet};
use twin_core::Timestamp;
use twin_core::event::{Content, Origin, Recording, SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;

const HOUR_US: i64 = 3_600_000_000;
/// A longer span stands alone: it would tie the nights around it together.
const LONGEST_US: i64 = 24 * HOUR_US;

/// One span as recorded.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub start_us: i64,
    pub end_us: i64,
    pub start_offset_s: i32,
    pub end_offset_s: i32,
    pub stage: SleepStage,
}

/// The stage of HealthKit's word, or of the number older tools write.
pub(super) fn stage(word: &str) -> Option<SleepStage> {
    Some(match word.strip_prefix("HKCategoryValueSleepAnalysis").unwrap_or(word) {
        "InBed" | "0" => SleepStage::InBed,
        "Asleep" | "AsleepUnspecified" | "1" => SleepStage::Asleep,
        "Awake" | "2" => SleepStage::Awake,
        "AsleepCore" | "3" => SleepStage::Light,
        "AsleepDeep" | "4" => SleepStage::Deep,
        "AsleepREM" | "5" => SleepStage::Rem,
        _ => return None,
    })
}

/// A stage that is told finely wins over one that is told coarsely.
fn rank(stage: &SleepStage) -> u8 {
    match stage {
        SleepStage::InBed => 0,
        SleepStage::Asleep => 1,
        _ => 2,
    }
}

/// Gathers spans by source until the reading ends.
#[derive(Debug, Default)]
pub(super) struct Spans {
    by_source: BTreeMap<(Origin, bool), Vec<Span>>,
    count: usize,
}

impl Spans {
    /// Most spans kept at once: a century of nights.
    pub(super) const MAX: usize = 4_000_000;

    pub(super) fn push(&mut self, origin: &Origin, manual: bool, span: Span) {
        self.count += 1;
        if let Some(spans) = self.by_source.get_mut(&(origin.clone(), manual)) {
            spans.push(span);
        } else {
            self.by_source.insert((origin.clone(), manual), vec![span]);
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.count >= Self::MAX
    }

    /// Takes the episodes of what was gathered: by source, then by time.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Content> + use<> {
        self.count = 0;
        std::mem::take(&mut self.by_source).into_iter().flat_map(|((mut origin, manual), mut spans)| {
            if manual {
                origin.recording = Some(Recording::Manual);
            }
            spans.order_by_key(|s| (s.start_us, s.end_us, rank(&s.stage)));
            group(spans).into_iter().map(move |episode| content(&origin, &episode)).collect::<Vec<_>>()
        })
    }
}

fn group(spans: Vec<Span>) -> Vec<Vec<Span>> {
    let mut episodes: Vec<Vec<Span>> = Vec::new();
    let mut current: Vec<Span> = Vec::new();
    let mut end = i64::MIN;
    for span in spans {
        if span.end_us - span.start_us > LONGEST_US {
            episodes.push(vec![span]);
            continue;
        }
        if !current.is_empty() && span.start_us.saturating_sub(end) >= HOUR_US {
            episodes.push(std::mem::take(&mut current));
        }
        end = if current.is_empty() { span.end_us } else { end.max(span.end_us) };
        current.push(span);
    }
    if !current.is_empty() {
        episodes.push(current);
    }
    episodes
}

fn content(origin: &Origin, spans: &[Span]) -> Content {
    let bounds = |wanted: &dyn Fn(u8, &SleepStage) -> bool| {
        let all = || spans.iter().filter(|s| wanted(rank(&s.stage), &s.stage));
        let first = all().min_by_key(|s| s.start_us)?;
        let last = all().max_by_key(|s| s.end_us)?;
        Some((first.start_us, last.end_us, first.start_offset_s, last.end_offset_s))
    };
    let asleep = bounds(&|rank, stage| rank > 0 && *stage != SleepStage::Awake);
    let whole = bounds(&|_, _| true).unwrap_or_default();
    let in_bed = bounds(&|rank, _| rank == 0);
    let (start, end, start_offset, end_offset) = asleep.unwrap_or(whole);
    // Awake before falling asleep or after the last awakening is time in bed.
    let early = (whole.0 < start || in_bed.is_some()).then_some(whole.0);
    let late = (whole.1 > end || in_bed.is_some()).then_some(whole.1);
    let stages = stages(spans, asleep.is_some())
        .into_iter()
        .filter_map(|(a, b, stage)| {
            let (a, b) = (a.max(start), b.min(end));
            (a < b).then(|| SleepStageSpan {
                start: Timestamp::from_micros(a),
                end: Timestamp::from_micros(b),
                stage,
            })
        })
        .collect();
    let body = SleepRecorded {
        start: Timestamp::from_micros(start),
        end: Timestamp::from_micros(end),
        in_bed_start: early.map(|t| Timestamp::from_micros(t.min(start))),
        in_bed_end: late.map(|t| Timestamp::from_micros(t.max(end))),
        stages,
        asleep_min: None,
        awake_min: None,
        nap: None,
        vendor_score: None,
    };
    let mut content = Content::new(origin.clone(), body.end, body);
    content.start_offset_s = Some(start_offset);
    content.end_offset_s = Some(end_offset);
    content
}

/// Spans made disjoint: where several cover an instant the finest wins, then the one begun last.
fn stages(spans: &[Span], drop_in_bed: bool) -> Vec<(i64, i64, SleepStage)> {
    let mut edges: Vec<(i64, bool, usize)> = Vec::with_capacity(2 * spans.len());
    for (i, span) in spans.iter().enumerate() {
        if span.start_us < span.end_us && !(drop_in_bed && span.stage == SleepStage::InBed) {
            edges.push((span.start_us, true, i));
            edges.push((span.end_us, false, i));
        }
    }
    edges.order();
    let mut active: BTreeSet<(u8, i64, usize)> = BTreeSet::new();
    let mut out: Vec<(i64, i64, usize)> = Vec::new();
    let mut from = i64::MIN;
    for (t, begins, i) in edges {
        if let Some((_, _, top)) = active.last().copied().filter(|_| from < t) {
            match out.last_mut() {
                Some(last) if last.2 == top && last.1 == from => last.1 = t,
                _ => out.push((from, t, top)),
            }
        }
        from = t;
        let Some(span) = spans.get(i) else { continue };
        let key = (rank(&span.stage), span.start_us, i);
        if begins {
            active.insert(key)
        } else {
            active.remove(&key)
        };
    }
    out.into_iter().filter_map(|(a, b, i)| spans.get(i).map(|s| (a, b, s.stage))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::SourceId;
    use twin_core::event::EventBody;

    fn minutes(m: i64) -> i64 {
        m * 60_000_000
    }

    fn episodes(spans: &[(i64, i64, SleepStage)]) -> Vec<SleepRecorded> {
        let origin = Origin::of(SourceId::new("s").unwrap());
        let mut all = Spans::default();
        for (a, b, stage) in spans {
            let span = Span {
                start_us: minutes(*a),
                end_us: minutes(*b),
                start_offset_s: 0,
                end_offset_s: 0,
                stage: *stage,
            };
            all.push(&origin, false, span);
        }
        all.take()
            .map(|c| match c.body {
                EventBody::SleepRecorded(s) => *s,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn listed(sleep: &SleepRecorded) -> Vec<(i64, i64, SleepStage)> {
        let m = |t: Timestamp| t.micros() / 60_000_000;
        sleep.stages.iter().map(|s| (m(s.start), m(s.end), s.stage)).collect()
    }

    #[test]
    fn spans_within_the_hour_are_one_episode() {
        use SleepStage::{Asleep, Deep, Light};
        let found = episodes(&[(0, 30, Light), (89, 100, Deep), (160, 200, Asleep)]);
        assert_eq!(found.len(), 2);
        assert_eq!(listed(&found[0]), [(0, 30, Light), (89, 100, Deep)]);
        assert_eq!(found[0].in_bed_start, None);
    }

    #[test]
    fn the_finest_stage_wins_and_in_bed_bounds_are_kept() {
        use SleepStage::{Asleep, Awake, Deep, InBed, Light};
        let found = episodes(&[
            (0, 500, InBed),
            (20, 480, Asleep),
            (30, 60, Light),
            (60, 90, Deep),
            (90, 95, Awake),
            (10, 15, Awake),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            listed(&found[0]),
            [(20, 30, Asleep), (30, 60, Light), (60, 90, Deep), (90, 95, Awake), (95, 480, Asleep)]
        );
        assert_eq!(found[0].start, Timestamp::from_micros(minutes(20)));
        assert_eq!(found[0].in_bed_start, Some(Timestamp::from_micros(0)));
        assert_eq!(found[0].in_bed_end, Some(Timestamp::from_micros(minutes(500))));
    }

    #[test]
    fn in_bed_alone_is_no_sleep() {
        let found = episodes(&[(0, 400, SleepStage::InBed)]);
        assert_eq!(listed(&found[0]), [(0, 400, SleepStage::InBed)]);
    }

    #[test]
    fn a_span_of_days_does_not_tie_nights_together() {
        let found = episodes(&[
            (0, 9_000, SleepStage::InBed),
            (10, 400, SleepStage::Light),
            (1_450, 1_800, SleepStage::Light),
        ]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn thousands_of_overlapping_spans_are_quick() {
        let spans: Vec<_> = (0..50_000).map(|i| (i % 700, 1_000 + i % 300, SleepStage::Light)).collect();
        let started = std::time::Instant::now();
        assert_eq!(episodes(&spans).len(), 1);
        assert!(started.elapsed().as_secs() < 5);
    }
}
