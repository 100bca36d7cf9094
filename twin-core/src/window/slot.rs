//! The windows of one key.

use super::held::{self, Held};
use super::hot::Figures;
use super::partial::Partial;
use super::plan::Plan;
use super::sketch::QuantileSketch;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// A piece of time with its figures; of sessions and the calendar a whole window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Pane {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) partial: Partial,
    /// All windows of the pane wait to be said.
    pub(super) noted: bool,
    pub(super) more: Option<Box<More>>,
}

/// What is kept besides where it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct More {
    pub(super) held: Vec<Held>,
    pub(super) sketch: QuantileSketch,
}

impl Pane {
    fn new(start: i64, end: i64) -> Self {
        Self { start, end, partial: Partial::default(), noted: false, more: None }
    }

    pub(super) fn held(&self) -> &[Held] {
        self.more.as_ref().map_or(&[], |more| &more.held)
    }

    fn merge(&mut self, other: &Self) {
        self.partial.merge(&other.partial);
        if let Some(theirs) = &other.more {
            let more = self.more.get_or_insert_default();
            held::merge(&mut more.held, &theirs.held);
            more.sketch.merge(&theirs.sketch);
        }
    }
}

/// A window that was said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) revision: u32,
}

/// How many of a list in order are below a bound. Most are asked of its end, where what lies far back in
/// memory need not be touched.
pub(super) fn below<T>(list: &VecDeque<T>, is_below: impl Fn(&T) -> bool) -> usize {
    for (back, item) in list.iter().rev().take(3).enumerate() {
        if is_below(item) {
            return list.len() - back;
        }
    }
    list.partition_point(is_below)
}

/// The place of an item in a list in order, or where it belongs.
pub(super) fn find<T>(list: &VecDeque<T>, start: i64, start_of: impl Fn(&T) -> i64) -> Result<usize, usize> {
    let place = below(list, |item| start_of(item) < start);
    if list.get(place).is_some_and(|item| start_of(item) == start) { Ok(place) } else { Err(place) }
}

/// The windows of one key. Lists are in order of their starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) key: u64,
    pub(super) panes: VecDeque<Pane>,
    /// Starts of windows to say once the watermark has passed them.
    pub(super) waiting: VecDeque<i64>,
    pub(super) said: VecDeque<Said>,
    /// The last sample of panes that are gone: it may hold on.
    pub(super) carry: Option<Held>,
    /// A session that was said is part of another now.
    pub(super) gone: bool,
    /// The watermark at which this key is looked at next.
    #[serde(skip, default = "unscheduled")]
    pub(super) scheduled: i64,
}

pub(super) const fn unscheduled() -> i64 {
    i64::MAX
}

impl Slot {
    pub(super) const fn new(key: u64) -> Self {
        Self {
            key,
            panes: VecDeque::new(),
            waiting: VecDeque::new(),
            said: VecDeque::new(),
            carry: None,
            gone: false,
            scheduled: unscheduled(),
        }
    }

    /// Is nothing known of the key?
    pub(super) fn is_empty(&self) -> bool {
        self.panes.is_empty() && self.said.is_empty() && self.carry.is_none()
    }

    /// Something of the first and last items of each list, so that they are in the cache.
    pub(super) fn edges(&self) -> i64 {
        let panes = self.panes.front().map_or(0, |p| p.start) ^ self.panes.back().map_or(0, |p| p.end);
        let said = self.said.front().map_or(0, |s| s.start) ^ self.said.back().map_or(0, |s| s.start);
        panes ^ said ^ self.waiting.back().copied().unwrap_or(0)
    }

    /// Puts figures into their pane.
    pub(super) fn put_away(&mut self, plan: &Plan, watermark: i64, figures: &Figures) {
        let place = self.place(figures.start, figures.end);
        if let Some(pane) = self.panes.get_mut(place) {
            pane.partial.merge(&figures.partial());
        }
        self.wait(plan, watermark, place);
    }

    /// Adds a sample; returns how many panes were looked at.
    pub(super) fn add(&mut self, plan: &Plan, watermark: i64, at: i64, duration: i64, value: f64) -> usize {
        let (start, end) = plan.pane_at(at);
        let (place, mut looked) = if plan.is_session() {
            self.session(plan, watermark, start, end.saturating_add(duration))
        } else {
            (self.place(start, end), 1)
        };
        let length = if duration > 0 { duration } else { plan.options.hold_us.unwrap_or(0) };
        let sample = Held { at, length, value };
        let Some(pane) = self.panes.get_mut(place) else { return looked };
        pane.partial.add(at, value);
        let mut last = false;
        if plan.keeps_more() {
            let more = pane.more.get_or_insert_default();
            if plan.options.quantiles {
                more.sketch.add(value);
            }
            if plan.options.hold_us.is_some() {
                last = held::insert(&mut more.held, sample);
            }
        }
        self.wait(plan, watermark, place);
        if last && !plan.is_session() {
            looked += self.reach(plan, watermark, place, sample.reach());
        }
        looked
    }

    /// The place of the pane that starts there; made where it is not there.
    fn place(&mut self, start: i64, end: i64) -> usize {
        find(&self.panes, start, |p| p.start).unwrap_or_else(|place| {
            self.panes.insert(place, Pane::new(start, end));
            place
        })
    }

    /// The place of the session over a span: sessions that it touches become one. A session that is
    /// closed stays as it was said.
    fn session(&mut self, plan: &Plan, watermark: i64, start: i64, end: i64) -> (usize, usize) {
        let after = below(&self.panes, |p| p.start < end);
        let mut first = after;
        while let Some(before) = first.checked_sub(1).and_then(|i| self.panes.get(i))
            && before.end > start
            && !plan.closed(before.end, watermark)
        {
            first -= 1;
        }
        let mut joined = Pane::new(start, end);
        for old in self.panes.drain(first..after) {
            // All but the earliest lose their name.
            let lost = joined.start.max(old.start);
            self.gone |= find(&self.said, lost, |s| s.start).is_ok();
            joined.start = joined.start.min(old.start);
            joined.end = joined.end.max(old.end);
            joined.merge(&old);
            if let Ok(place) = find(&self.waiting, old.start, |start| *start) {
                self.waiting.remove(place);
            }
        }
        self.panes.insert(first, joined);
        (first, after - first + 1)
    }

    /// Notes that the windows of a pane have something to say.
    fn wait(&mut self, plan: &Plan, watermark: i64, place: usize) {
        let Some(pane) = self.panes.get_mut(place) else { return };
        if pane.noted {
            return;
        }
        pane.noted = true;
        for start in plan.windows_of(pane.start) {
            if plan.closed(plan.window_end(start, pane.end), watermark) {
                continue;
            }
            if let Err(place) = find(&self.waiting, start, |start| *start) {
                self.waiting.insert(place, start);
            }
        }
    }

    /// A sample that is the last of its pane holds on into the next ones, up to one with samples.
    fn reach(&mut self, plan: &Plan, watermark: i64, place: usize, reach: i64) -> usize {
        let mut edge = self.panes.get(place).map_or(reach, |p| p.end);
        let mut next = place + 1;
        loop {
            match self.panes.get(next) {
                Some(pane) if pane.start == edge || edge >= reach => {}
                None if edge >= reach => break,
                _ => {
                    let (start, end) = plan.pane_at(edge);
                    if start != edge || end <= edge {
                        break;
                    }
                    self.panes.insert(next, Pane::new(start, end));
                }
            }
            self.wait(plan, watermark, next);
            let Some(pane) = self.panes.get(next) else { break };
            edge = pane.end;
            next += 1;
            if !pane.held().is_empty() {
                break;
            }
        }
        next - place
    }

    /// Takes the windows of the same key in another operator in.
    pub(super) fn merge(&mut self, plan: &Plan, watermark: i64, other: Self) {
        for pane in other.panes {
            let place = if plan.is_session() {
                self.session(plan, watermark, pane.start, pane.end).0
            } else {
                self.place(pane.start, pane.end)
            };
            let held = pane.held().last().copied();
            if let Some(mine) = self.panes.get_mut(place) {
                mine.merge(&pane);
            }
            self.wait(plan, watermark, place);
            if let (Some(held), false) = (held, plan.is_session()) {
                self.reach(plan, watermark, place, held.reach());
            }
        }
        for said in other.said {
            match find(&self.said, said.start, |s| s.start) {
                Ok(place) => {
                    if let Some(mine) = self.said.get_mut(place) {
                        mine.revision = mine.revision.max(said.revision);
                    }
                }
                Err(place) => self.said.insert(place, said),
            }
        }
        self.carry = [self.carry, other.carry].into_iter().flatten().max_by(Held::order);
    }
}
