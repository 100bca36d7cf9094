//! Operators put together, and slots put back.

use super::due::Due;
use super::hot::{Figures, Hot, Moved};
use super::operator::KeyedWindows;
use super::plan::NEVER;
use super::slot::{Slot, unscheduled};
use super::spans::Spans;
use crate::error::{Error, Result};

impl KeyedWindows {
    /// Takes the windows of another operator over the same question in, as if its samples had come here.
    /// Windows that both had said come out again with a higher revision.
    ///
    /// # Errors
    /// `conflict` for another question, or when one of them has closed windows of a key for which the
    /// other still holds samples; nothing is changed then.
    pub fn merge(&mut self, mut other: Self) -> Result<()> {
        if self.plan.spec != other.plan.spec || self.plan.options != other.plan.options {
            return Err(Error::Conflict("windows of different questions cannot be merged".into()));
        }
        self.put_away();
        other.put_away();
        let merged = self.merge_slots(other);
        self.bring_back();
        merged
    }

    /// Merges what lies in slots.
    fn merge_slots(&mut self, other: Self) -> Result<()> {
        let shared = |a: &Self, b: &Self| {
            let closed = |slot: &Slot| slot.panes.iter().any(|p| a.plan.is_closed(p, a.forgotten));
            b.slots.iter().any(|slot| closed(slot) && a.index.contains_key(&slot.key))
        };
        if shared(self, &other) || shared(&other, self) {
            let text = "one part has closed windows for which the other holds samples";
            return Err(Error::Conflict(text.into()));
        }
        self.newest = self.newest.max(other.newest);
        self.pass(other.watermark);
        self.tick = NEVER;
        self.forgotten = self.forgotten.max(other.forgotten);
        self.samples += other.samples;
        self.too_late += other.too_late;
        self.work += other.work;
        self.late.extend_from_slice(&other.late);
        for mut slot in other.slots.into_iter().filter(|slot| !slot.is_empty()) {
            slot.scheduled = unscheduled();
            let place = match self.index.get(&slot.key) {
                Some(place) => *place,
                None => self.settle(slot.key),
            };
            if let Some(mine) = self.slots.get_mut(place as usize) {
                if mine.is_empty() {
                    let scheduled = mine.scheduled;
                    *mine = Slot { scheduled, ..slot };
                } else {
                    mine.merge(&self.plan, self.watermark, slot);
                }
            }
            self.schedule(place);
        }
        Ok(())
    }

    /// Puts what came lately into the panes, and all panes into slots.
    pub(super) fn put_away(&mut self) {
        if let Some(spans) = self.spans.take() {
            self.slots.resize_with(self.hot.len(), || Slot::new(0));
            for (key, place) in &self.index {
                self.slots.get_mut(*place as usize).into_iter().for_each(|slot| slot.key = *key);
            }
            spans.into_slots(&mut self.hot, &mut self.slots);
            return;
        }
        for (place, slot) in (0_u32..).zip(&self.slots) {
            if let Some(Hot(hot)) = self.hot.get_mut(place as usize)
                && !hot.is_empty()
            {
                let figures = std::mem::replace(hot, Figures::none());
                self.moved.push(Moved { key: slot.key, place, figures });
            }
        }
        self.settle_moved();
    }

    /// Keeps panes by time again, where they are.
    fn bring_back(&mut self) {
        if self.plan.is_by_time() {
            self.spans = Some(Spans::of_slots(std::mem::take(&mut self.slots)));
            self.due = Due::default();
        }
    }

    /// Goes on from slots that were saved.
    pub(super) fn resume(&mut self, watermark: i64, slots: Vec<Slot>) {
        self.pass(watermark);
        self.put_away();
        for slot in slots {
            let place = self.settle(slot.key);
            if let Some(new) = self.slots.get_mut(place as usize) {
                *new = slot;
            }
            self.schedule(place);
        }
        self.bring_back();
    }
}
