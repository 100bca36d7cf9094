//! What a key says, and what it forgets.

use super::held::{self, Held};
use super::partial::{Summary, WindowResult};
use super::plan::Plan;
use super::sketch::QuantileSketch;
use super::slot::{Pane, Said, Slot, below, find};
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::ops::Range;

impl Slot {
    /// When this key must be looked at: for a window to say, one to take back, or a pane to forget.
    pub(super) fn due(&self, plan: &Plan) -> i64 {
        if self.gone {
            return i64::MIN;
        }
        if let Some(start) = self.waiting.front() {
            return self.end_of(plan, *start);
        }
        match (self.panes.front(), self.carry) {
            (Some(pane), _) => plan.last_end(pane.start, pane.end) + plan.options.lateness_us,
            (None, Some(carry)) => {
                let (start, end) = plan.pane_at(carry.reach());
                plan.last_end(start, end) + plan.options.lateness_us
            }
            (None, None) => i64::MAX,
        }
    }

    fn pane_of(&self, start: i64) -> Option<&Pane> {
        find(&self.panes, start, |p| p.start).ok().and_then(|i| self.panes.get(i))
    }

    /// The end of the window that starts there.
    fn end_of(&self, plan: &Plan, start: i64) -> i64 {
        plan.window_end(start, self.pane_of(start).map_or(start, |p| p.end))
    }

    /// Says every window that the watermark has passed and that has news.
    pub(super) fn say(&mut self, plan: &Plan, watermark: i64, out: &mut Vec<WindowResult>) {
        if std::mem::take(&mut self.gone) {
            let gone = |said: &Said| find(&self.panes, said.start, |p| p.start).is_err();
            let (gone, kept): (VecDeque<Said>, VecDeque<Said>) =
                self.said.iter().partition(|said| gone(said));
            self.said = kept;
            for said in gone {
                out.push(result(self.key, said, said.revision.saturating_add(1), Summary::default()));
            }
        }
        while let Some(start) = self.waiting.front().copied() {
            let end = self.end_of(plan, start);
            if end > watermark {
                break;
            }
            self.waiting.pop_front();
            let from = self.before(start);
            let to = if plan.is_session() { from + 1 } else { self.before(end) };
            let summary = self.summary(plan, start..end, from..to);
            for pane in self.panes.iter_mut().skip(from).take(to - from) {
                pane.noted = false;
            }
            let place = find(&self.said, start, |s| s.start);
            let before = place.ok().and_then(|i| self.said.get(i)).map(|s| s.revision);
            if summary.is_empty() && before.is_none() {
                continue;
            }
            let revision = before.map_or(0, |r| r.saturating_add(1));
            let said = Said { start, end, revision };
            match place {
                Ok(place) => {
                    if let Some(old) = self.said.get_mut(place) {
                        *old = said;
                    }
                }
                Err(place) => self.said.insert(place, said),
            }
            out.push(result(self.key, said, revision, summary));
        }
    }

    /// Number of panes that start before a time.
    fn before(&self, t: i64) -> usize {
        below(&self.panes, |p| p.start < t)
    }

    /// The figures of a window and its panes.
    fn summary(&self, plan: &Plan, window: Range<i64>, panes: Range<usize>) -> Summary {
        let inside = || self.panes.iter().skip(panes.start).take(panes.len());
        let sketch = plan.options.quantiles.then(QuantileSketch::default);
        let mut summary = Summary { sketch, ..Summary::default() };
        for pane in inside() {
            summary.partial.merge(&pane.partial);
            if let (Some(all), Some(more)) = (&mut summary.sketch, &pane.more) {
                all.merge(&more.sketch);
            }
        }
        if plan.options.hold_us.is_some() {
            let before = if plan.is_session() {
                None
            } else {
                let mut earlier = self.panes.iter().take(panes.start).rev();
                earlier.find_map(|p| p.held().last()).copied().or(self.carry)
            };
            let samples = before.into_iter().chain(inside().flat_map(Pane::held).copied());
            (summary.amount, summary.covered_us) = held::weigh(samples, window.start, window.end);
        }
        summary
    }

    /// Forgets what takes nothing more; is anything left?
    pub(super) fn forget(&mut self, plan: &Plan, watermark: i64) -> bool {
        // Starts and ends rise together, so that what has closed comes first.
        let closed = self.panes.iter().take_while(|p| plan.is_closed(p, watermark)).count();
        let gone = self.panes.drain(..closed);
        if plan.options.hold_us.is_some() && !plan.is_session() {
            let last = gone.filter_map(|p| p.held().last().copied()).max_by(Held::order);
            self.carry = last.or(self.carry).filter(|c| c.reach() > plan.cut(watermark).0);
        } else {
            drop(gone);
        }
        let first = self.panes.front().map_or(i64::MAX, |p| p.start);
        let over = |s: &Said| plan.closed(s.end, watermark) && !(plan.is_session() && s.start >= first);
        let closed = self.said.iter().take_while(|s| over(s)).count();
        drop(self.said.drain(..closed));
        !self.is_empty()
    }
}

fn result(key: u64, said: Said, revision: u32, summary: Summary) -> WindowResult {
    let (start, end) = (Timestamp::from_micros(said.start), Timestamp::from_micros(said.end));
    WindowResult { key, start, end, revision, summary }
}
