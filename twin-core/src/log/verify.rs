//! Is all as it should be? Hashes, order, and replay equals stored state.

use super::Log;
use super::fold_day::{Cutoff, DayReader, days_of};
use super::join::bucket_of_key;
use super::refresh::{hash_of, read_day};
use crate::error::Result;
use crate::event::EventBody;
use crate::fold::{Carry, FOLD_VERSION};
use crate::id::EventId;
use crate::series::decode_chunk;
use crate::sort::OrderBy;
use crate::store::{STANDING, Table};
use crate::time::LocalDate;
use std::collections::BTreeSet;

impl Log {
    /// The hash of the whole state: standing facts, all days, the carry. It names the fold's version.
    /// Equal facts give equal hashes, in whatever order and parts they came. Call [`Log::refresh`] first.
    ///
    /// # Errors
    /// `storage`, `corrupt`.
    pub fn state_hash(&self) -> Result<String> {
        let mut standing: Vec<EventId> = Vec::new();
        let mut candidates = Vec::new();
        self.store.scan(STANDING..=STANDING, &mut |event| {
            candidates.push(event.clone());
            Ok(())
        })?;
        for event in candidates {
            if self.wins(&event, None)? {
                standing.push(event.id);
            }
        }
        standing.order();
        let standing: Vec<u8> = standing.iter().flat_map(|id| id.0).collect();
        let mut days = Vec::new();
        self.store.notes(Table::Day, i64::MIN..=i64::MAX, &mut |key, bytes| {
            days.extend_from_slice(&key.to_le_bytes());
            days.extend_from_slice(bytes.get(..16).unwrap_or_default());
            Ok(())
        })?;
        let carry = self.carry_before(LocalDate::from_days(i32::MAX))?.encode()?;
        let hash = EventId::of("state", &[&FOLD_VERSION.to_le_bytes(), &standing, &days, &carry]);
        Ok(format!("fold{FOLD_VERSION}:{hash}"))
    }

    /// Looks for damage and for days that differ from what the log says. Returns a line for each
    /// finding; none means that all is well. Call [`Log::refresh`] first.
    ///
    /// # Errors
    /// `storage`.
    pub fn verify(&self) -> Result<Vec<String>> {
        let mut findings = self.store.check()?;
        let mut missing = 0_u64;
        let walked = self.store.scan(i32::MIN..=i32::MAX, &mut |event| {
            if let EventBody::SeriesWritten(s) = &event.content.body
                && s.count > 0
                && !matches!(self.store.segment(s.segment), Ok(Some(_)) | Err(_))
            {
                missing += 1;
            }
            Ok(())
        });
        if let Err(error) = walked
            && findings.is_empty()
        {
            findings.push(error.to_string());
        }
        if missing > 0 {
            findings.push(format!("{missing} series have lost their samples"));
        }
        findings.extend(self.damaged_chunks());
        let mut stored = Vec::new();
        self.store.notes(Table::Day, i64::MIN..=i64::MAX, &mut |_, bytes| {
            stored.push(bytes.to_vec());
            Ok(())
        })?;
        let mut reader = DayReader::new(self, &self.context, Cutoff::default());
        let mut carry = Carry::default();
        for row in &stored {
            let day = match read_day(row) {
                Ok(day) => day,
                Err(error) => {
                    findings.push(error.to_string());
                    continue;
                }
            };
            if row.get(..16) != Some(&hash_of(row.get(16..).unwrap_or_default()).0[..]) {
                findings.push(format!("the folded day {} does not match its hash", day.date));
            }
            match reader.day(day.date) {
                Ok(replayed) if replayed == day => {}
                Ok(_) if self.in_motion(day.date, row)? => {}
                Ok(_) => {
                    findings.push(format!("the folded day {} differs from a replay of the log", day.date))
                }
                Err(error) => findings.push(format!("the day {} cannot be folded again: {error}", day.date)),
            }
            carry.step(&day);
        }
        if self.store.writable() && self.carry_before(LocalDate::from_days(i32::MAX))? != carry {
            findings.push("what is carried from day to day differs from a replay of the log".into());
        }
        Ok(findings)
    }

    /// Days whose chunks are not as they were written. Nothing depends on them: reading leaves them
    /// aside, and [`Log::maintain`] makes them anew.
    fn damaged_chunks(&self) -> Vec<String> {
        let mut days = BTreeSet::new();
        let walked = self.store.notes(Table::Chunk, i64::MIN..=i64::MAX, &mut |key, bytes| {
            if decode_chunk(bytes).is_err() {
                days.insert(LocalDate::from_days(bucket_of_key(key)));
            }
            Ok(())
        });
        let named =
            days.iter().map(|day| format!("the joined samples of {day} are damaged; upkeep joins them anew"));
        let rest = walked.err().map(|_| "joined samples are damaged; upkeep joins them anew".to_owned());
        named.chain(rest).collect()
    }

    /// Is a day still to be folded, or folded since its row was read? So it may be beside a writer.
    fn in_motion(&self, date: LocalDate, row: &[u8]) -> Result<bool> {
        if self.store.note(Table::Day, i64::from(date.days()))?.as_deref() != Some(row) {
            return Ok(true);
        }
        for bucket in days_of(date.days()).map(|d| d.days()).chain([STANDING]) {
            if self.store.note(Table::Dirty, i64::from(bucket))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
