//! Keeping days folded: only what is dirty, then forward from there.

use super::fold_day::{Cutoff, DayReader, days_of};
use super::join::to_join;
use super::{HOT_DAYS, Log, meta};
use crate::error::{Error, Result};
use crate::fold::{Carry, DayState};
use crate::id::EventId;
use crate::sort::Gather as _;
use crate::store::{Batch, Note, Table};
use crate::time::{LocalDate, Timestamp};
use std::collections::BTreeSet;

/// Days folded in one durable step.
const STEP: usize = 64;

/// What a refresh did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refreshed {
    /// Days whose state changed.
    pub changed: Vec<LocalDate>,
    /// Days folded.
    pub folded: usize,
    /// There are more dirty days.
    pub left: bool,
}

impl Log {
    /// Brings the folded days up to the log: folds the dirty days, then carries forward from the first
    /// that changed. Does nothing when nothing is dirty. A reader without the right to write keeps the
    /// days in memory.
    ///
    /// # Errors
    /// `storage`, `corrupt`, `conflict`.
    pub fn refresh(&mut self) -> Result<Refreshed> {
        self.refresh_at_most(usize::MAX)
    }

    /// As [`Log::refresh`], but stops after about so many days: `left` tells that there are more.
    ///
    /// # Errors
    /// As [`Log::refresh`].
    pub fn refresh_at_most(&mut self, days: usize) -> Result<Refreshed> {
        let mut buckets = Vec::new();
        self.store.notes(Table::Dirty, i64::MIN..=i64::MAX, &mut |bucket, _| {
            buckets.push(bucket);
            Ok(())
        })?;
        let dates: BTreeSet<LocalDate> = buckets
            .iter()
            .filter_map(|b| i32::try_from(*b).ok())
            .filter(|b| *b != i32::MIN)
            .flat_map(days_of)
            .gather();
        let mut done = Refreshed::default();
        if buckets.is_empty() && self.store.note(Table::Meta, meta::CARRY_FROM)?.is_none() {
            return Ok(done);
        }
        let dates: Vec<LocalDate> = dates.into_iter().collect();
        let mut hot = std::mem::take(&mut self.hot);
        for chunk in dates.chunks(STEP.min(days.max(4))) {
            if done.folded >= days {
                done.left = true;
                return Ok(done);
            }
            let mut notes = Vec::new();
            let mut fresh = Vec::new();
            {
                let mut reader = DayReader::new(self, &self.context, Cutoff::default());
                for date in chunk {
                    let day = match hot.remove(date) {
                        Some(day) => day,
                        None => reader.day(*date)?,
                    };
                    fresh.push(day);
                }
                notes.extend(reader.loose.iter().map(|bucket| to_join(*bucket)));
            }
            for day in &fresh {
                let key = i64::from(day.date.days());
                let stored = self.store.note(Table::Day, key)?;
                let body = if day.is_empty() { None } else { Some(write_day(day)?) };
                done.folded += 1;
                if stored != body {
                    done.changed.push(day.date);
                    notes.push(Note { table: Table::Day, key, body });
                    let body = Some((self.revision(day.date)? + 1).to_le_bytes().to_vec());
                    notes.push(Note { table: Table::Revision, key, body });
                }
            }
            if let Some(first) = done.changed.first() {
                let before = self.carry_from()?.map_or(*first, |from| from.min(*first));
                let body = Some(before.days().to_le_bytes().to_vec());
                notes.push(Note { table: Table::Meta, key: meta::CARRY_FROM, body });
            }
            // A bucket is clean when the day after it is folded; the last ones wait for the last step.
            let last = chunk.last().map_or(i64::MIN, |d| i64::from(d.days()));
            let end = dates.last() == chunk.last();
            for bucket in buckets.iter().filter(|b| end || **b < last) {
                notes.push(Note { table: Table::Dirty, key: *bucket, body: None });
            }
            if self.store.writable() {
                self.store.commit(&Batch { notes, ..Batch::default() })?;
            }
            for day in fresh {
                self.hot.insert(day.date, day);
            }
            if self.store.writable() {
                while self.hot.len() > STEP + HOT_DAYS {
                    self.hot.pop_first();
                }
            }
        }
        if self.store.writable() {
            self.carry_forward()?;
            while self.hot.len() > HOT_DAYS {
                self.hot.pop_first();
            }
        }
        Ok(done)
    }

    /// How often a day's state changed on this device; 0 for a day of which nothing was ever known. Grows
    /// when something late, corrected or deleted reaches the day.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn revision(&self, date: LocalDate) -> Result<u32> {
        let bytes = self.store.note(Table::Revision, i64::from(date.days()))?;
        Ok(bytes.and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes))
    }

    fn carry_from(&self) -> Result<Option<LocalDate>> {
        let bytes = self.store.note(Table::Meta, meta::CARRY_FROM)?;
        Ok(bytes.and_then(|b| b.try_into().ok()).map(|b| LocalDate::from_days(i32::from_le_bytes(b))))
    }

    /// Steps the carry over all days from the first that changed.
    fn carry_forward(&mut self) -> Result<()> {
        let Some(from) = self.carry_from()? else { return Ok(()) };
        let mut carry = self.carry_before(from)?;
        let mut notes = Vec::new();
        self.store.notes(Table::Carry, i64::from(from.days())..=i64::MAX, &mut |key, _| {
            notes.push(Note { table: Table::Carry, key, body: None });
            Ok(())
        })?;
        self.store.notes(Table::Day, i64::from(from.days())..=i64::MAX, &mut |key, bytes| {
            let date = i32::try_from(key).ok().map(LocalDate::from_days);
            match date.and_then(|date| self.hot.get(&date)) {
                Some(day) => carry.step(day),
                None => carry.step(&read_day(bytes)?),
            }
            notes.push(Note { table: Table::Carry, key, body: Some(carry.encode()?) });
            Ok(())
        })?;
        notes.push(Note { table: Table::Meta, key: meta::CARRY_FROM, body: None });
        self.put_notes(notes)
    }

    /// The carry at the start of a day.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn carry_before(&self, date: LocalDate) -> Result<Carry> {
        let mut newest = None;
        // Most days have a row: look back in growing steps instead of reading all.
        let mut span = 8_i64;
        let end = i64::from(date.days()) - 1;
        let floor = i64::from(LocalDate::from_days(i32::MIN).days());
        loop {
            let start = (end - span).max(floor);
            self.store.notes(Table::Carry, start..=end, &mut |_, bytes| {
                newest = Some(Carry::decode(bytes)?);
                Ok(())
            })?;
            if newest.is_some() || start == floor {
                return Ok(newest.unwrap_or_default());
            }
            span = span.saturating_mul(8);
        }
    }

    /// A folded day; empty where nothing is known. Call [`Log::refresh`] first.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn day(&self, date: LocalDate) -> Result<DayState> {
        if let Some(day) = self.hot.get(&date) {
            return Ok(day.clone());
        }
        match self.store.note(Table::Day, i64::from(date.days()))? {
            Some(bytes) => read_day(&bytes),
            None => Ok(DayState::empty(date)),
        }
    }

    /// Visits folded days that are not empty, in order. Call [`Log::refresh`] first.
    ///
    /// # Errors
    /// `storage`, `corrupt`, and what `visit` returns.
    pub fn days(
        &self,
        from: LocalDate,
        to: LocalDate,
        visit: &mut dyn FnMut(DayState) -> Result<()>,
    ) -> Result<()> {
        if self.store.writable() {
            let keys = i64::from(from.days())..=i64::from(to.days());
            return self.store.notes(Table::Day, keys, &mut |_, bytes| visit(read_day(bytes)?));
        }
        // A reader's own folds stand before what is stored.
        let mut days = std::collections::BTreeMap::new();
        let keys = i64::from(from.days())..=i64::from(to.days());
        self.store.notes(Table::Day, keys, &mut |_, bytes| {
            let day = read_day(bytes)?;
            days.insert(day.date, day);
            Ok(())
        })?;
        if from <= to {
            days.extend(self.hot.range(from..=to).map(|(date, day)| (*date, day.clone())));
        }
        days.into_values().filter(|d| !d.is_empty()).try_for_each(visit)
    }

    /// The first and last folded day.
    ///
    /// # Errors
    /// `storage`.
    pub fn extent(&self) -> Result<Option<(LocalDate, LocalDate)>> {
        let mut extent: Option<(LocalDate, LocalDate)> = None;
        self.store.notes(Table::Day, i64::MIN..=i64::MAX, &mut |key, _| {
            let date = LocalDate::from_days(i32::try_from(key).unwrap_or(0));
            extent = Some(extent.map_or((date, date), |(a, b)| (a.min(date), b.max(date))));
            Ok(())
        })?;
        Ok(extent)
    }

    /// A day up to a moment, or as known at a moment: folded from the log.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn day_until(&self, date: LocalDate, cutoff: Cutoff) -> Result<DayState> {
        let context = match cutoff.known_at {
            Some(known_at) => &self.context_until(Some(known_at))?,
            None => &self.context,
        };
        DayReader::new(self, context, cutoff).day(date)
    }

    /// The day of an instant, in the zone lived in.
    #[must_use]
    pub fn date_at(&self, at: Timestamp) -> LocalDate {
        self.context.zones.date_of(at)
    }
}

/// A day's row: 16 bytes of hash, then the day.
pub(super) fn write_day(day: &DayState) -> Result<Vec<u8>> {
    let bytes = day.encode()?;
    let mut out = hash_of(&bytes).0.to_vec();
    out.extend_from_slice(&bytes);
    Ok(out)
}

/// Reads a day's row.
pub(super) fn read_day(bytes: &[u8]) -> Result<DayState> {
    let (_, body) =
        bytes.split_at_checked(16).ok_or_else(|| Error::Corrupt("a folded day is cut short".into()))?;
    DayState::decode(body)
}

pub(super) fn hash_of(day: &[u8]) -> EventId {
    EventId::of("day", &[day])
}
