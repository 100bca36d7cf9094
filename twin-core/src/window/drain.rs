//! What comes out.

use super::hot::{Figures, Hot};
use super::operator::KeyedWindows;
use super::partial::WindowResult;
use super::plan::{ALWAYS, NEVER};
use super::slot::{Slot, unscheduled};

/// How many slots are read ahead of their visit.
const AHEAD: usize = 16;

impl KeyedWindows {
    /// What the watermark has passed since the last call, by key and start: new windows with revision 0,
    /// windows that late samples changed with a higher one. Forgets windows that take nothing more.
    pub fn drain(&mut self) -> Vec<WindowResult> {
        if self.newest > NEVER {
            self.move_on();
        }
        let mut out = Vec::new();
        if self.spans.is_some() {
            self.drain_spans(&mut out);
        } else {
            self.drain_slots(&mut out);
        }
        self.forgotten = self.watermark;
        out
    }

    /// Says every window there is: the stream has ended. Whatever comes after is too late.
    pub fn finish(&mut self) -> Vec<WindowResult> {
        self.pass(ALWAYS);
        self.drain()
    }

    fn drain_spans(&mut self, out: &mut Vec<WindowResult>) {
        let Some(spans) = &mut self.spans else { return };
        self.work += spans.say(self.watermark, &mut self.hot, out);
        for (key, place) in spans.forget(&self.plan, self.watermark) {
            if self.hot.get(place as usize).is_some_and(|hot| hot.0.is_empty()) {
                self.index.remove(&key);
                self.free.push(place);
            }
        }
    }

    fn drain_slots(&mut self, out: &mut Vec<WindowResult>) {
        let mut visits = self.due.take(self.watermark);
        visits.extend(self.moved.iter().map(|moved| (moved.place, moved.key)));
        visits.sort_unstable_by_key(|(place, key)| (*key, *place));
        visits.dedup();
        let mut moved = std::mem::take(&mut self.moved);
        moved.sort_unstable_by_key(|moved| moved.key);
        let mut moved = moved.iter().peekable();
        for (visit, (place, key)) in visits.iter().copied().enumerate() {
            if visit % AHEAD == 0 {
                self.fetch(visits.get(visit..).unwrap_or_default());
            }
            // A place may have gone to another key since.
            let Some(slot) = self.slots.get_mut(place as usize).filter(|slot| slot.key == key) else {
                continue;
            };
            let Some(Hot(hot)) = self.hot.get_mut(place as usize) else { continue };
            let before = out.len();
            while let Some(part) = moved.next_if(|moved| moved.key == key) {
                slot.put_away(&self.plan, self.forgotten, &part.figures);
            }
            if !hot.is_empty() && self.plan.first_end(hot.start, hot.end) <= self.watermark {
                slot.put_away(&self.plan, self.forgotten, hot);
                *hot = Figures::none();
            }
            slot.scheduled = unscheduled();
            slot.say(&self.plan, self.watermark, out);
            self.work += 1 + (out.len() - before) as u64;
            if slot.forget(&self.plan, self.watermark) || !hot.is_empty() {
                self.schedule(place);
            } else {
                *slot = Slot::new(key);
                self.index.remove(&key);
                self.free.push(place);
            }
        }
    }

    /// Reads a little of the slots that come next, all at once: one after the other, each would wait for memory.
    fn fetch(&self, visits: &[(u32, u64)]) {
        let edges = |(place, _): &(u32, u64)| self.slots.get(*place as usize).map_or(0, |slot| slot.edges());
        std::hint::black_box(visits.iter().take(AHEAD).map(edges).fold(0, |all, edges| all ^ edges));
    }
}
