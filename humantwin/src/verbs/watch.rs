//! `watch`: differences of days or windows, asked for or pushed to the host.

use super::figures::{Figure, figures};
use super::windows::WindowsQuery;
use crate::error::Result;
use crate::insight::day_view;
use crate::twin::Twin;
use crate::view::DayView;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::ThreadId;
use twin_core::log::Cutoff;
use twin_core::sort::{Gather as _, OrderBy};
use twin_core::{LocalDate, Timestamp};
use twin_macros::payload;

/// What to watch.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchQuery {
    /// Figures of the last days, today among them.
    Days {
        /// A figure as `why` understands it; empty for all.
        figure: String,
        /// How many days back; 1 for today alone.
        last: u32,
    },
    /// Windows, ready-made or of a metric.
    Windows(WindowsQuery),
}

/// What is not as it was at the last look.
#[payload(full)]
pub struct WatchView {
    /// When it was looked at.
    pub at: Timestamp,
    /// The differences, oldest span first.
    pub changes: Vec<WatchChange>,
}

/// A figure that changed.
#[payload(full)]
pub struct WatchChange {
    /// The figure, or the windows' name.
    pub name: String,
    /// Start of the day or window.
    pub start: Timestamp,
    /// End of the day or window.
    pub end: Timestamp,
    /// Before; absent where nothing was known.
    pub before: Option<f64>,
    /// After; absent where nothing is known any more.
    pub after: Option<f64>,
    /// Which version of the day or window this is.
    pub revision: u32,
}

/// A look at a twin that remembers the look before.
pub struct Watch {
    twin: Twin,
    query: WatchQuery,
    days: BTreeMap<LocalDate, ([u8; 16], DayView)>,
    windows: BTreeMap<(Timestamp, Timestamp), (Option<f64>, u32)>,
}

impl Twin {
    /// Watches days or windows: what is there now is the first look; [`Watch::poll`] tells what differs
    /// since the look before.
    ///
    /// # Errors
    /// As [`Twin::state`] and [`Twin::windows`].
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, Storage, WatchQuery};
    /// # let noon = FixedClock("2026-03-01T12:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// let twin = engine.own_twin("me")?;
    /// let mut watch = twin.watch(WatchQuery::Days { figure: "caffeine_mg".into(), last: 7 })?;
    /// twin.record_json(r#"{"specversion":"1.0","id":"1","source":"diary","type":"health.caffeine_consumed",
    ///     "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#)?;
    /// let seen = watch.poll()?;
    /// assert_eq!((seen.changes[0].before, seen.changes[0].after), (None, Some(80.0)));
    /// assert!(watch.poll()?.changes.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn watch(&self, query: WatchQuery) -> Result<Watch> {
        let mut watch = Watch { twin: self.alone(), query, days: BTreeMap::new(), windows: BTreeMap::new() };
        watch.poll()?;
        Ok(watch)
    }

    /// As [`Twin::watch`], and pushes: after each verb of this engine that wrote, `told` hears what differs,
    /// in the thread of that verb and after it is durable. Dropping the subscription ends it. A verb called
    /// from `told` is not told of; an answer that fails (a grant that ended) is told as no change.
    ///
    /// # Errors
    /// As [`Twin::watch`].
    pub fn watch_with(
        &self,
        query: WatchQuery,
        told: Box<dyn FnMut(&WatchView) + Send>,
    ) -> Result<Subscription> {
        let watch = self.watch(query)?;
        Ok(self.watchers().add(watch, told))
    }
}

impl Watch {
    /// What differs since the look before.
    ///
    /// # Errors
    /// As [`Twin::state`] and [`Twin::windows`].
    pub fn poll(&mut self) -> Result<WatchView> {
        match self.query.clone() {
            WatchQuery::Days { figure, last } => self.poll_days(&figure, last),
            WatchQuery::Windows(query) => self.poll_windows(&query),
        }
    }

    fn poll_days(&mut self, figure: &str, last: u32) -> Result<WatchView> {
        let (mut log, now) = self.twin.enter()?;
        log.refresh()?;
        let today = log.date_at(now);
        let from = today.plus_days(1 - i32::try_from(last.max(1)).unwrap_or(i32::MAX));
        let mut marks: BTreeMap<LocalDate, [u8; 16]> =
            log.day_marks(from, today.plus_days(1))?.into_iter().gather();
        // A day of which nothing is known any more has no row.
        for date in self.days.keys().filter(|date| **date >= from) {
            marks.entry(*date).or_default();
        }
        self.days.retain(|date, _| *date >= from);
        let mut changes = Vec::new();
        for (date, mark) in marks {
            if self.days.get(&date).is_some_and(|(seen, _)| *seen == mark) {
                continue;
            }
            let mut after = day_view(&log, &log.day(date)?, Cutoff::default())?;
            self.twin.mask_day(&mut after);
            let empty;
            let before = match self.days.get(&date) {
                Some((_, before)) => before,
                None => {
                    empty = day_view(&log, &twin_core::fold::DayState::empty(date), Cutoff::default())?;
                    &empty
                }
            };
            let revision = log.revision(date)?;
            changes.extend(figures(before, &after, figure)?.into_iter().map(
                |Figure { name, before, after: value }| WatchChange {
                    name,
                    start: after.start,
                    end: after.end,
                    before,
                    after: value,
                    revision,
                },
            ));
            self.days.insert(date, (mark, after));
        }
        Ok(WatchView { at: now, changes })
    }

    fn poll_windows(&mut self, query: &WindowsQuery) -> Result<WatchView> {
        let view = self.twin.windows(query)?;
        let now = view.watermark;
        let mut left = std::mem::take(&mut self.windows);
        let mut changes = Vec::new();
        let change = |start, end, before, after, revision| WatchChange {
            name: view.name.clone(),
            start,
            end,
            before,
            after,
            revision,
        };
        for window in &view.windows {
            let key = (window.start, window.end);
            let before = left.remove(&key);
            if before.map(|b| b.0) != Some(window.value) {
                let known = before.and_then(|b| b.0);
                changes.push(change(key.0, key.1, known, window.value, window.revision));
            }
            self.windows.insert(key, (window.value, window.revision));
        }
        for ((start, end), (value, revision)) in left {
            changes.push(change(start, end, value, None, revision + 1));
        }
        changes.order_by_key(|c| (c.start, c.end));
        Ok(WatchView { at: now, changes })
    }
}

type Told = Box<dyn FnMut(&WatchView) + Send>;

/// Who wants to hear of changes of an engine's twin.
#[derive(Default)]
pub(crate) struct Watchers(Mutex<List>);

/// The last number given, who has which, and what happens while they are told.
#[derive(Default)]
struct List {
    last: u64,
    all: Vec<(u64, Watch, Told)>,
    /// The thread that is telling; the list is with it.
    telling: Option<ThreadId>,
    /// Who ended while being told.
    ended: BTreeSet<u64>,
    /// Another thread wrote meanwhile.
    again: bool,
}

/// A standing wish to hear of changes; dropping it ends it.
#[must_use = "dropping it ends it"]
pub struct Subscription {
    id: u64,
    watchers: Weak<Watchers>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(watchers) = self.watchers.upgrade() {
            let mut list = watchers.lock();
            let at = list.all.iter().position(|(id, ..)| *id == self.id);
            let gone = at.map(|at| list.all.remove(at));
            if gone.is_none() && list.telling.is_some() {
                list.ended.insert(self.id);
            }
            // What the host gave is let go of unlocked: it may hold subscriptions itself.
            drop(list);
            drop(gone);
        }
    }
}

impl Watchers {
    fn lock(&self) -> std::sync::MutexGuard<'_, List> {
        // What a panicking host left is still a list.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, watch: Watch, told: Told) -> Subscription {
        let mut list = self.lock();
        list.last += 1;
        let id = list.last;
        list.all.push((id, watch, told));
        Subscription { id, watchers: Arc::downgrade(self) }
    }

    /// Tells everybody what differs. Nobody is told from within being told; what another thread writes
    /// meanwhile is told before this ends.
    pub(crate) fn tell(&self) {
        let here = std::thread::current().id();
        loop {
            let mut list = self.lock();
            if let Some(telling) = list.telling {
                list.again |= telling != here;
                return;
            }
            if list.all.is_empty() {
                return;
            }
            list.telling = Some(here);
            let taken = std::mem::take(&mut list.all);
            drop(list);
            let mut round = Round { watchers: self, kept: Vec::with_capacity(taken.len()) };
            for (id, mut watch, mut told) in taken {
                let ended = self.lock().ended.contains(&id);
                if !ended
                    && let Ok(view) = watch.poll()
                    && !view.changes.is_empty()
                {
                    told(&view);
                }
                round.kept.push((id, watch, told));
            }
            drop(round);
            if !std::mem::take(&mut self.lock().again) {
                return;
            }
        }
    }
}

/// Gives the list back, also when a host panics while it is told.
struct Round<'a> {
    watchers: &'a Watchers,
    kept: Vec<(u64, Watch, Told)>,
}

impl Drop for Round<'_> {
    fn drop(&mut self) {
        let mut list = self.watchers.lock();
        // Who came while the others were told.
        self.kept.append(&mut list.all);
        let ended = std::mem::take(&mut list.ended);
        let all = std::mem::take(&mut self.kept);
        let (gone, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|(id, ..)| ended.contains(id));
        list.all = kept;
        list.telling = None;
        // What the host gave is let go of unlocked: it may hold subscriptions itself.
        drop(list);
        drop(gone);
    }
}
