//! The operator: watermark, lanes, and what comes out.

use super::due::Due;
use super::hot::{Figures, Hot, Moved};
use super::index::Index;
use super::partial::{GREATEST, WindowResult};
use super::plan::{ALWAYS, NEVER, Plan};
use super::slot::{Slot, unscheduled};
use super::spec::{Watermark, WindowOptions, WindowSpec};
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

/// Most figures that wait to be put into their slots.
const MOST_MOVED: usize = 1 << 16;

/// How many slots are read ahead of their visit.
const AHEAD: usize = 16;

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

    /// A sample that opens a pane, comes late, or is kept.
    #[cold]
    #[inline(never)]
    fn place(&mut self, key: u64, place: u32, at: i64, duration: i64, value: f64) {
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
            self.due.put(self.plan.first_end(start, end), place, key);
        }
        if !figures.is_empty() {
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
        let place = self.free.pop().unwrap_or(self.slots.len() as u32);
        match self.slots.get_mut(place as usize) {
            Some(slot) => *slot = Slot::new(key),
            None => {
                self.slots.push(Slot::new(key));
                self.hot.push(Hot(Figures::none()));
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

    /// Moves the watermark to what the newest time allows.
    #[cold]
    fn move_on(&mut self) {
        if let Watermark::Bounded(bound) = self.plan.options.watermark {
            self.watermark = self.watermark.max(self.newest - bound);
            let (cut, moves) = self.plan.cut(self.watermark);
            (self.cut, self.tick) = (self.cut.max(cut), moves.saturating_add(bound));
        } else {
            self.tick = i64::MAX;
        }
    }

    /// Moves the watermark: the stream is complete up to it. It never goes back.
    pub fn set_watermark(&mut self, watermark: Timestamp) {
        self.pass(watermark.micros());
    }

    pub(super) fn pass(&mut self, watermark: i64) {
        self.watermark = self.watermark.max(watermark);
        self.cut = self.cut.max(self.plan.cut(self.watermark).0);
    }

    /// The watermark, where anything has moved it.
    #[must_use]
    pub fn watermark(&self) -> Option<Timestamp> {
        let watermark = match self.plan.options.watermark {
            Watermark::Bounded(bound) if self.newest > NEVER => self.watermark.max(self.newest - bound),
            _ => self.watermark,
        };
        (watermark > NEVER).then(|| Timestamp::from_micros(watermark))
    }

    /// What the watermark has passed since the last call, by key and start: new windows with revision 0,
    /// windows that late samples changed with a higher one. Forgets windows that take nothing more.
    pub fn drain(&mut self) -> Vec<WindowResult> {
        if self.newest > NEVER {
            self.move_on();
        }
        let mut out = Vec::new();
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
            slot.say(&self.plan, self.watermark, &mut out);
            self.work += 1 + (out.len() - before) as u64;
            if slot.forget(&self.plan, self.watermark) || !hot.is_empty() {
                self.schedule(place);
            } else {
                *slot = Slot::new(key);
                self.index.remove(&key);
                self.free.push(place);
            }
        }
        self.forgotten = self.watermark;
        out
    }

    /// Reads a little of the slots that come next, all at once: one after the other, each would wait for memory.
    fn fetch(&self, visits: &[(u32, u64)]) {
        let edges = |(place, _): &(u32, u64)| self.slots.get(*place as usize).map_or(0, |slot| slot.edges());
        std::hint::black_box(visits.iter().take(AHEAD).map(edges).fold(0, |all, edges| all ^ edges));
    }

    /// Says every window there is: the stream has ended. Whatever comes after is too late.
    pub fn finish(&mut self) -> Vec<WindowResult> {
        self.pass(ALWAYS);
        self.drain()
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
