//! What was learned after a moment, and which days it concerns.

use super::Log;
use super::fold_day::date_in;
use crate::error::Result;
use crate::event::{Event, EventBody};
use crate::sort::OrderBy;
use crate::store::STANDING;
use crate::store::bucket_of;
use crate::time::{LocalDate, Timestamp};
use std::collections::BTreeSet;

/// An event learned after a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The event.
    pub event: Event,
    /// Days whose state it may have changed; of a standing fact none are named, it may concern all.
    pub dates: BTreeSet<LocalDate>,
    /// What it did.
    pub how: How,
}

/// What an event did to what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It told something new.
    New,
    /// It told again, otherwise, what was known.
    Replaced,
    /// It withdrew something.
    Withdrew,
    /// It changed how days are read: a zone, a priority, a device.
    Standing,
}

impl Log {
    /// Everything learned after `since`, in the order it was learned.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn learned_since(&self, since: Timestamp) -> Result<Vec<Learned>> {
        let mut found = Vec::new();
        self.store.scan(i32::MIN..=i32::MAX, &mut |event| {
            if event.clock.wall > since {
                found.push(event.clone());
            }
            Ok(())
        })?;
        found.order_by_key(|e| (e.clock, e.id));
        found.into_iter().map(|event| self.learned(event)).collect()
    }

    fn learned(&self, event: Event) -> Result<Learned> {
        let mut dates = BTreeSet::new();
        let mut others = 0;
        if self.store.contested(event.key())? {
            self.store.versions(event.key(), &mut |other| {
                others += usize::from(other.id != event.id && !other.deletes());
                dates.extend(self.dates_of(other));
                Ok(())
            })?;
        }
        let how = match &event.content.body {
            EventBody::RecordDeleted(_) | EventBody::WindowRead(_) => How::Withdrew,
            _ if bucket_of(&event.content) == STANDING => How::Standing,
            EventBody::RecordCorrected(_) => How::Replaced,
            EventBody::SeriesWritten(s) if s.replaces == Some(true) => How::Replaced,
            _ if others > 0 => How::Replaced,
            _ => How::New,
        };
        if how != How::Standing {
            dates.extend(self.dates_of(&event));
        }
        Ok(Learned { event, dates, how })
    }

    /// The civil days an event tells of.
    fn dates_of(&self, event: &Event) -> Vec<LocalDate> {
        let (start, end) = match &event.content.body {
            EventBody::SeriesWritten(s) => (s.start, s.end),
            EventBody::WindowRead(w) => (w.start, w.end),
            EventBody::RecordDeleted(_) => return Vec::new(),
            _ => return vec![date_in(&self.context, &event.content)],
        };
        let offset = event.content.start_offset_s;
        let day = |t: Timestamp| match offset {
            Some(offset) => LocalDate::from_days((t.secs() + i64::from(offset)).div_euclid(86_400) as i32),
            None => self.context.zones.date_of(t),
        };
        (day(start).days()..=day(end).days()).map(LocalDate::from_days).collect()
    }
}
