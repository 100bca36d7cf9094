//! The operator: what is taken in, and what it can be asked.

use super::due::Due;
use super::hot::{Hot, Moved};
use super::index::Index;
use super::partial::GREATEST;
use super::plan::{NEVER, Plan};
use super::slot::Slot;
use super::spans::Spans;
use super::spec::{WindowOptions, WindowSpec};
use crate::error::{Error, Result};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A sample that came after all its windows had closed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LateSample {
    /// The key.
    pub key: u64,
    /// Its time.
    pub at: Timestamp,
    /// Its duration, microseconds.
    pub duration_us: i64,
    /// Its value.
    pub value: f64,
}

/// Event-time windows of many keys.
///
/// Samples may come in any order. A window is said by [`Self::drain`] once the watermark has passed its
/// end, and again, with a higher revision, when a sample came late and within the allowance. What comes
/// later still is counted and handed over by [`Self::take_late`]. Memory is that of the windows still
/// open and of what was not yet fetched.
#[derive(Clone, Debug)]
pub struct KeyedWindows {
    pub(super) plan: Plan,
    /// Panes keep their plain figures alone, and their bounds.
    pub(super) plain: bool,
    /// Windows of one plain pane, by time; then the slots are empty but while operators are put together.
    pub(super) spans: Option<Spans>,
    pub(super) index: Index,
    pub(super) slots: Vec<Slot>,
    /// The newest panes of the slots where they keep their plain figures alone, by the same places.
    pub(super) hot: Vec<Hot>,
    /// Figures of other panes that are not in their slots yet.
    pub(super) moved: Vec<Moved>,
    pub(super) free: Vec<u32>,
    pub(super) due: Due,
    pub(super) newest: i64,
    pub(super) watermark: i64,
    /// Samples before this are too late.
    pub(super) cut: i64,
    /// The newest time at which the cut moves.
    pub(super) tick: i64,
    /// The watermark when closed windows were last forgotten.
    pub(super) forgotten: i64,
    pub(super) samples: u64,
    pub(super) too_late: u64,
    pub(super) late: Vec<LateSample>,
    pub(super) work: u64,
}

impl KeyedWindows {
    /// Windows without samples.
    ///
    /// # Errors
    /// `invalid_value` for a length that is not positive, too long, or does not fit the others.
    pub fn new(spec: WindowSpec, options: WindowOptions) -> Result<Self> {
        let plan = Plan::new(spec, options)?;
        Ok(Self {
            plain: !plan.is_session() && !plan.keeps_more(),
            spans: plan.is_by_time().then(Spans::default),
            plan,
            index: Index::default(),
            slots: Vec::new(),
            hot: Vec::new(),
            moved: Vec::new(),
            free: Vec::new(),
            due: Due::default(),
            newest: NEVER,
            watermark: NEVER,
            cut: NEVER,
            tick: NEVER,
            forgotten: NEVER,
            samples: 0,
            too_late: 0,
            late: Vec::new(),
            work: 0,
        })
    }

    /// Adds a sample: `duration_us` microseconds long, 0 for an instant. It belongs to the windows that
    /// hold its start.
    ///
    /// # Errors
    /// `invalid_value` for a value that is not finite or beyond ±9e12, a time out of range, and a
    /// duration below zero or of more than 10,000 panes.
    pub fn push(&mut self, key: u64, at: Timestamp, duration_us: i64, value: f64) -> Result<()> {
        Self::check_value(value)?;
        self.check_duration(duration_us)?;
        self.take(key, at.micros(), duration_us, value + 0.0);
        Ok(())
    }

    /// Adds columns of samples, in order of the columns: times in UTC microseconds, `durations_us` empty
    /// for instants. All of them or, on an error, none. Much the faster lane.
    ///
    /// # Errors
    /// `invalid_value` for columns of unequal length, and as [`Self::push`].
    pub fn push_columns(
        &mut self,
        keys: &[u64],
        times_us: &[i64],
        durations_us: &[i64],
        values: &[f64],
    ) -> Result<()> {
        let n = keys.len();
        if times_us.len() != n || values.len() != n || !(durations_us.is_empty() || durations_us.len() == n) {
            return Err(Error::invalid("columns", "of unequal length", "columns of one length"));
        }
        if !values.iter().fold(true, |fine, v| fine & (v.abs() <= GREATEST)) {
            values.iter().try_for_each(|v| Self::check_value(*v))?;
        }
        let (first, last) = (Timestamp::MIN.micros(), Timestamp::MAX.micros());
        if !times_us.iter().fold(true, |fine, t| fine & (*t >= first) & (*t <= last)) {
            return Err(Error::invalid("time", "out of range", "a time in the years -9999 to 9999"));
        }
        durations_us.iter().try_for_each(|d| self.check_duration(*d))?;
        let rows = keys.iter().zip(times_us).zip(values);
        if durations_us.is_empty() {
            for ((key, at), value) in rows {
                self.take(*key, *at, 0, *value + 0.0);
            }
        } else {
            for (((key, at), value), duration) in rows.zip(durations_us) {
                self.take(*key, *at, *duration, *value + 0.0);
            }
        }
        Ok(())
    }

    fn check_value(value: f64) -> Result<()> {
        // Not a number is not within either.
        if value.abs() <= GREATEST {
            return Ok(());
        }
        Err(Error::invalid("value", value, "a number within ±9e12"))
    }

    fn check_duration(&self, duration: i64) -> Result<()> {
        let longest = self.plan.longest_us();
        if (0..=longest).contains(&duration) {
            return Ok(());
        }
        Err(Error::invalid("duration_us", duration, format!("0 to {longest}")))
    }

    /// One checked sample.
    #[inline]
    fn take(&mut self, key: u64, at: i64, duration: i64, value: f64) {
        if at > self.newest {
            self.newest = at;
            if at >= self.tick {
                self.move_on();
            }
        }
        if at < self.cut {
            self.too_late += 1;
            self.late.push(LateSample { key, at: Timestamp::from_micros(at), duration_us: duration, value });
            return;
        }
        self.samples += 1;
        let place = match self.index.get(&key) {
            Some(place) => *place,
            None => self.settle(key),
        };
        // Nearly always the pane of the sample before: nothing else has to be looked at.
        if self.hot.get_mut(place as usize).is_none_or(|hot| !hot.0.add(at, value)) {
            self.place(key, place, at, duration, value);
        }
    }

    /// Samples that came too late since the last call, in order of arrival.
    pub fn take_late(&mut self) -> Vec<LateSample> {
        std::mem::take(&mut self.late)
    }

    /// The pane of a time: a sample whose amount is to be shared over windows is cut at panes' edges.
    #[must_use]
    pub fn pane(&self, at: Timestamp) -> (Timestamp, Timestamp) {
        let (start, end) = self.plan.pane_at(at.micros());
        (Timestamp::from_micros(start), Timestamp::from_micros(end))
    }

    /// From the start of the first window that holds a time to the end of the last.
    #[must_use]
    pub fn hull(&self, at: Timestamp) -> (Timestamp, Timestamp) {
        let (start, end) = self.plan.pane_at(at.micros());
        let first = self.plan.windows_of(start).next().unwrap_or(start);
        (Timestamp::from_micros(first), Timestamp::from_micros(self.plan.last_end(start, end)))
    }

    /// Samples that were taken, and samples that came too late, since the start.
    #[must_use]
    pub const fn counts(&self) -> (u64, u64) {
        (self.samples, self.too_late)
    }

    /// Keys with windows still open.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.index.len()
    }

    /// Panes looked at beyond the one a sample goes to, and keys looked at: what grows must show here.
    #[must_use]
    pub const fn work(&self) -> u64 {
        self.work
    }
}
