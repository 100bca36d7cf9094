//! Where a sample goes that is not of its key's newest pane, and where a new key goes.

use super::hot::{Figures, Hot, Moved};
use super::operator::KeyedWindows;
use super::slot::Slot;

/// Most figures that wait to be put into their slots.
const MOST_MOVED: usize = 1 << 16;

impl KeyedWindows {
    /// A sample that opens a pane, comes late, or is kept.
    #[cold]
    #[inline(never)]
    pub(super) fn place(&mut self, key: u64, place: u32, at: i64, duration: i64, value: f64) {
        self.work += 1;
        if !self.plain {
            let Some(slot) = self.slots.get_mut(place as usize) else { return };
            self.work += slot.add(&self.plan, self.watermark, at, duration, value) as u64;
            self.schedule(place);
            return;
        }
        let Some(Hot(hot)) = self.hot.get_mut(place as usize) else { return };
        let (start, end) = self.plan.pane_at(at);
        let mut figures = Figures::over(start, end);
        figures.add(at, value);
        if hot.end <= start {
            std::mem::swap(hot, &mut figures);
            match &mut self.spans {
                Some(spans) => spans.open(start, end, key, place),
                None => self.due.put(self.plan.first_end(start, end), place, key),
            }
        }
        if figures.is_empty() {
            return;
        }
        if let Some(spans) = &mut self.spans {
            spans.put(key, place, &figures);
        } else {
            self.moved.push(Moved { key, place, figures });
            if self.moved.len() >= MOST_MOVED {
                self.settle_moved();
            }
        }
    }

    /// Puts all figures that wait into their slots.
    pub(super) fn settle_moved(&mut self) {
        for moved in std::mem::take(&mut self.moved) {
            if let Some(slot) = self.slots.get_mut(moved.place as usize) {
                slot.put_away(&self.plan, self.forgotten, &moved.figures);
            }
            self.schedule(moved.place);
        }
    }

    /// A place for a new key.
    #[cold]
    #[inline(never)]
    pub(super) fn settle(&mut self, key: u64) -> u32 {
        let place = self.free.pop().unwrap_or(self.hot.len() as u32);
        if place as usize == self.hot.len() {
            self.hot.push(Hot(Figures::none()));
        }
        if self.spans.is_none() {
            match self.slots.get_mut(place as usize) {
                Some(slot) => *slot = Slot::new(key),
                None => self.slots.push(Slot::new(key)),
            }
        }
        self.index.insert(key, place);
        place
    }

    /// Sees to it that a key is looked at in time.
    pub(super) fn schedule(&mut self, place: u32) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let due = slot.due(&self.plan);
        if due < slot.scheduled {
            slot.scheduled = due;
            self.due.put(due, place, slot.key);
        }
    }
}
