//! Windows of one pane with their plain figures alone, kept by time instead of by key: what is said together
//! lies together, so that nothing waits for memory.

use super::hot::{Figures, Hot};
use super::partial::{Partial, Summary, WindowResult};
use super::plan::Plan;
use super::said::{Known, SaidRows};
use crate::sort::OrderBy;
use crate::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Figures of a key that are not said yet; of one key there may be several.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) partial: Partial,
    pub(super) key: u64,
    pub(super) place: u32,
}

/// One span of time with all its keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Span {
    pub(super) end: i64,
    /// Keys and places whose newest figures are, or were, of this span.
    open: Vec<(u64, u32)>,
    /// In order of arrival.
    pub(super) fresh: Vec<Part>,
    pub(super) said: SaidRows,
}

/// All spans of an operator.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    pub(super) by_start: BTreeMap<i64, Span>,
    /// Starts of spans that have something to say, now or once the watermark has passed them.
    waiting: BTreeSet<i64>,
    held: Held,
}

/// How many parts and rows there are of each place.
#[derive(Clone, Debug, Default)]
struct Held(Vec<u32>);

/// Parts of one key in one span, on average, before they are put together.
const MOST_PARTS: usize = 4;
/// Fewer parts than this are not put together before they are said.
const FEW_PARTS: usize = 1024;

impl Held {
    fn add(&mut self, place: u32) {
        if place as usize >= self.0.len() {
            self.0.resize(place as usize + 1, 0);
        }
        self.0.get_mut(place as usize).into_iter().for_each(|n| *n += 1);
    }

    /// Returns how many are left.
    fn take(&mut self, place: u32, gone: u32) -> u32 {
        let Some(n) = self.0.get_mut(place as usize) else { return 0 };
        *n = n.saturating_sub(gone);
        *n
    }
}

impl Span {
    /// Puts the parts of each key together.
    fn put_together(&mut self, held: &mut Held) {
        self.fresh.order_by_key(|part| part.key);
        self.fresh.dedup_by(|part, before| {
            let same = part.key == before.key;
            if same {
                before.partial.merge(&part.partial);
                held.take(part.place, 1);
            }
            same
        });
    }

    /// Adds a part to what was said of its key; what comes out is to be said. Nothing where there was
    /// nothing and nothing came.
    fn say(&mut self, start: i64, parts: u32, part: Part, held: &mut Held) -> Option<WindowResult> {
        let Part { mut partial, key, place } = part;
        let revision = match self.said.get_mut(key) {
            Some(known) => {
                held.take(place, parts);
                known.partial.merge(&partial);
                partial = known.partial.clone();
                let revision = known.revision.map_or(0, |r| r.saturating_add(1));
                known.revision = Some(revision);
                revision
            }
            None if partial.count == 0 => {
                held.take(place, parts);
                return None;
            }
            None => {
                // The row takes the place of one part.
                held.take(place, parts - 1);
                self.said.insert(key, Known { partial: partial.clone(), place, revision: Some(0) });
                0
            }
        };
        let (start, end) = (Timestamp::from_micros(start), Timestamp::from_micros(self.end));
        let summary = Summary { partial, ..Summary::default() };
        Some(WindowResult { key, start, end, revision, summary })
    }
}

impl Spans {
    /// A span that is about to have something to say.
    fn span(&mut self, start: i64, end: i64) -> &mut Span {
        let span = self.by_start.entry(start).or_default();
        if span.open.is_empty() && span.fresh.is_empty() {
            span.end = end;
            self.waiting.insert(start);
        }
        span
    }

    /// The newest figures of a key are of the span from now on.
    pub(super) fn open(&mut self, start: i64, end: i64, key: u64, place: u32) {
        self.span(start, end).open.push((key, place));
    }

    /// Figures that are no longer a key's newest.
    pub(super) fn put(&mut self, key: u64, place: u32, figures: &Figures) {
        let part = Part { partial: figures.partial(), key, place };
        self.put_part(figures.start, figures.end, part);
    }

    pub(super) fn put_part(&mut self, start: i64, end: i64, part: Part) {
        self.held.add(part.place);
        let most = MOST_PARTS * self.held.0.len() + FEW_PARTS;
        let span = self.span(start, end);
        span.fresh.push(part);
        if span.fresh.len() > most
            && let Some(span) = self.by_start.get_mut(&start)
        {
            span.put_together(&mut self.held);
        }
    }

    /// A row as it was known elsewhere.
    pub(super) fn put_row(&mut self, start: i64, end: i64, key: u64, known: Known) {
        self.held.add(known.place);
        let span = self.by_start.entry(start).or_default();
        span.end = end;
        span.said.insert(key, known);
    }

    /// Makes parts of all newest figures.
    pub(super) fn gather_all(&mut self, hot: &mut [Hot]) {
        for start in self.waiting.clone() {
            self.gather(start, hot);
        }
    }

    /// Makes parts of the newest figures that are of a span.
    fn gather(&mut self, start: i64, hot: &mut [Hot]) {
        let Some(span) = self.by_start.get_mut(&start) else { return };
        let open = std::mem::take(&mut span.open);
        span.fresh.reserve(open.len());
        for (key, place) in open {
            if let Some(Hot(figures)) = hot.get_mut(place as usize)
                && figures.start == start
                && !figures.is_empty()
            {
                self.held.add(place);
                span.fresh.push(Part { partial: figures.partial(), key, place });
                *figures = Figures::none();
            }
        }
    }

    /// Says every window that the watermark has passed and that has news, by key and start. Returns how many
    /// parts were looked at.
    pub(super) fn say(&mut self, watermark: i64, hot: &mut [Hot], out: &mut Vec<WindowResult>) -> u64 {
        let mut passed: Vec<(i64, Vec<Part>, Span)> = Vec::new();
        while let Some(start) = self.waiting.first().copied()
            && self.by_start.get(&start).is_some_and(|span| span.end <= watermark)
        {
            self.waiting.remove(&start);
            self.gather(start, hot);
            if let Some(mut span) = self.by_start.remove(&start) {
                passed.push((start, std::mem::take(&mut span.fresh), span));
            }
        }
        // Key, span and part in one number each, so that sorting moves little.
        let parts = passed.iter().map(|(_, fresh, _)| fresh.len()).sum();
        let mut order: Vec<u128> = Vec::with_capacity(parts);
        for (number, (_, fresh, _)) in (0_u128..).zip(&passed) {
            let numbered = (0_u128..).zip(fresh);
            order.extend(numbered.map(|(i, part)| u128::from(part.key) << 64 | number << 32 | i));
        }
        order.order();
        let same_row = |a: &u128, b: &u128| a >> 32 == b >> 32;
        let number_of = |same: &[u128]| same.first().map_or(0, |n| (n >> 32) as u32 as usize);
        let mut rows = vec![0; passed.len()];
        for same in order.chunk_by(same_row) {
            rows.get_mut(number_of(same)).into_iter().for_each(|n| *n += 1);
        }
        out.reserve(rows.iter().sum());
        passed.iter_mut().zip(rows).for_each(|((.., span), rows)| span.said.make_room(rows));
        for same in order.chunk_by(same_row) {
            let Some((start, fresh, span)) = passed.get_mut(number_of(same)) else { continue };
            let mut all = same.iter().filter_map(|n| fresh.get(*n as u32 as usize));
            let Some(mut part) = all.next().cloned() else { continue };
            all.for_each(|other| part.partial.merge(&other.partial));
            out.extend(span.say(*start, same.len() as u32, part, &mut self.held));
        }
        self.by_start.extend(passed.into_iter().map(|(start, _, span)| (start, span)));
        parts as u64
    }

    /// Forgets what takes nothing more; names the keys and places of which nothing is held.
    pub(super) fn forget(&mut self, plan: &Plan, watermark: i64) -> Vec<(u64, u32)> {
        let mut free = Vec::new();
        while let Some(first) = self.by_start.first_entry()
            && plan.closed(first.get().end, watermark)
        {
            for (key, known) in first.remove().said.rows() {
                if self.held.take(known.place, 1) == 0 {
                    free.push((key, known.place));
                }
            }
        }
        free
    }
}
