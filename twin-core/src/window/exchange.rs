//! Spans as slots and back: operators are saved and put together by key.

use super::hot::Hot;
use super::partial::Partial;
use super::said::Known;
use super::slot::{Pane, Said, Slot, find};
use super::spans::{Part, Spans};

impl Spans {
    /// Hands everything over to the slots of its places, the newest figures too.
    pub(super) fn into_slots(mut self, hot: &mut [Hot], slots: &mut [Slot]) {
        self.gather_all(hot);
        for (start, span) in self.by_start {
            let pane = |partial| Pane { start, end: span.end, partial, noted: false, more: None };
            for (_, known) in span.said.rows() {
                let Some(slot) = slots.get_mut(known.place as usize) else { continue };
                slot.panes.push_back(pane(known.partial.clone()));
                let said = known.revision.map(|revision| Said { start, end: span.end, revision });
                slot.said.extend(said);
            }
            for part in &span.fresh {
                let Some(slot) = slots.get_mut(part.place as usize) else { continue };
                if slot.panes.back().is_none_or(|last| last.start != start) {
                    slot.panes.push_back(pane(Partial::default()));
                }
                let Some(pane) = slot.panes.back_mut() else { continue };
                pane.partial.merge(&part.partial);
                if !std::mem::replace(&mut pane.noted, true) {
                    slot.waiting.push_back(start);
                }
            }
        }
    }

    /// Takes everything over from slots, in the order of their places.
    pub(super) fn of_slots(slots: Vec<Slot>) -> Self {
        let mut spans = Self::default();
        let mut slots: Vec<(u32, Slot)> = (0..).zip(slots).collect();
        slots.sort_unstable_by_key(|(_, slot)| slot.key);
        for (place, slot) in slots {
            let (key, said, waiting) = (slot.key, slot.said, slot.waiting);
            for pane in slot.panes {
                let (start, end, mut partial) = (pane.start, pane.end, pane.partial);
                let said = find(&said, start, |s| s.start).ok().and_then(|i| said.get(i));
                let revision = said.map(|said| said.revision);
                let waits = pane.noted && find(&waiting, start, |start| *start).is_ok();
                if !waits || revision.is_some() {
                    spans.put_row(start, end, key, Known { partial, place, revision });
                    // What waits has nothing to add, only to be said again.
                    partial = Partial::default();
                }
                if waits {
                    spans.put_part(start, end, Part { partial, key, place });
                }
            }
        }
        spans
    }
}
