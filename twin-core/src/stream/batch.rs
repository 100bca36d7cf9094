//! The step over all people of a call.

use super::binary::{Binary, BinaryView};
use super::columns::{FactColumns, SeriesColumns, check_people};
use super::input;
use super::output::{Back, Lane, Outputs, Timers};
use super::person::{Stepped, step};
use crate::error::{Error, Result};
use crate::sort::OrderBy;
use crate::time::Timestamp;

/// Takes new events of many people into their states.
///
/// `keys`: person ids (`Utf8` or `Binary`), each once. `states`: as many rows; what the last call gave, an empty row or
/// null for a person not seen before. `facts`, `series`: the new events, in any order; a row names its
/// person by the row of `keys`. `now`: the batch's time, at best rising from call to call; it moves the
/// horizon, and times more than a day ahead of it are refused.
///
/// Returns the states (a row a key, at most [`MAX_STATE_BYTES`](super::MAX_STATE_BYTES)), the [`Outputs`] and the
/// [`Timers`]. A person without new events is brought up to `now`: days that ended are given out as
/// closed. Equal events give equal state bytes, in any order and any parts, as long as none came later
/// than the horizon and nothing was squeezed out.
///
/// A state of another version (`unsupported`), a damaged one (`corrupt`) or one of another person
/// (`conflict`) stops that person only: the state comes back as it was, the events in
/// [`Outputs::handed_back`]. A row `-1` there stands for the person's state itself.
///
/// # Errors
/// `invalid_value` when columns do not fit together, name a person twice, or the answer would exceed
/// 2 GiB in a column; nothing has happened then.
///
/// ```
/// use twin_core::Timestamp;
/// use twin_core::fold::DayState;
/// use twin_core::stream::{Binary, BinaryView, Clocks, FactColumns, SeriesColumns, apply_batch};
///
/// let coffee = r#"{"specversion":"1.0","id":"7","source":"diary","type":"health.caffeine_consumed",
///   "time":"2026-03-01T08:00:00Z","data":{"amount_mg":80}}"#;
/// let now: Timestamp = "2026-03-01T08:01:00Z".parse()?;
/// let keys: Binary = ["ada", "ben"].into_iter().collect();
/// let states: Binary = ["", ""].into_iter().collect();
/// let content: Binary = [coffee].into_iter().collect();
/// let facts = FactColumns {
///     key: &[1],
///     clock: Clocks { wall_us: &[now.micros()], counter: &[0], node: &[1] },
///     content: content.view(),
/// };
/// let (states, outputs, timers) = apply_batch(keys.view(), states.view(), &facts, &SeriesColumns::default(), now)?;
/// assert_eq!(states.view().len(), 2);
/// assert_eq!((outputs.days.key.as_slice(), outputs.days.date.as_slice()), (&[1][..], &[20_513][..]));
/// let day = DayState::decode(outputs.days.payload.view().get(0).unwrap())?;
/// assert_eq!(day.facts.len(), 1);
/// assert_eq!(timers.at_us, ["2026-03-02T00:00:00Z".parse::<Timestamp>()?.micros()]);
/// # let empty = BinaryView::default();
/// # assert!(apply_batch(empty, empty, &FactColumns::default(), &SeriesColumns::default(), now)?.0.view().is_empty());
/// # Ok::<(), twin_core::Error>(())
/// ```
pub fn apply_batch(
    keys: BinaryView<'_>,
    states: BinaryView<'_>,
    facts: &FactColumns<'_>,
    series: &SeriesColumns<'_>,
    now: Timestamp,
) -> Result<(Binary, Outputs, Timers)> {
    let people = check_people(keys, states)?;
    facts.check(people.len())?;
    series.check(people.len())?;
    let (fact_rows, series_rows) = (by_key(facts.key, people.len()), by_key(series.key, people.len()));
    let (mut next, mut outputs, mut timers) = (Binary::default(), Outputs::default(), Timers::default());
    for (row, twin) in people.iter().enumerate() {
        let key = i32::try_from(row).map_err(|_| Error::invalid("keys", row, "fewer people in a call"))?;
        let mine = [(Lane::Facts, fact_rows.of(row)), (Lane::Series, series_rows.of(row))];
        let state = states.get(row).unwrap_or_default();
        let mut back = Vec::new();
        let arrivals = input::read(facts, mine[0].1, series, mine[1].1, now, &mut back);
        match step(twin, state, arrivals, now) {
            Ok(Stepped { state, days, back: more, refold, timer }) => {
                next.push(&state)?;
                days.iter().try_for_each(|day| outputs.days.push(key, day, now))?;
                back.iter().chain(&more).try_for_each(|back| outputs.handed_back.push(key, back))?;
                if let Some((from, reason)) = refold {
                    outputs.needs_refold.push(key, from, reason)?;
                }
                if let Some(at) = timer {
                    timers.key.push(key);
                    timers.at_us.push(at.micros());
                }
            }
            Err(error) => {
                next.push(state)?;
                outputs.handed_back.push(key, &Back::of(Lane::Facts, -1, 0, &error))?;
                for (lane, row) in mine.iter().flat_map(|(lane, rows)| rows.iter().map(|row| (*lane, *row))) {
                    outputs.handed_back.push(key, &Back::of(lane, row, 1, &error))?;
                }
            }
        }
    }
    Ok((next, outputs, timers))
}

/// Rows by key, in their order: those of key `k` are `rows[starts[k]..starts[k + 1]]`.
struct ByKey {
    starts: Vec<usize>,
    rows: Vec<i32>,
}

impl ByKey {
    fn of(&self, key: usize) -> &[i32] {
        let range = self.starts.get(key).copied().zip(self.starts.get(key + 1).copied());
        range.and_then(|(from, to)| self.rows.get(from..to)).unwrap_or_default()
    }
}

fn by_key(column: &[i32], keys: usize) -> ByKey {
    let mut rows: Vec<(i32, i32)> = column.iter().copied().zip(0_i32..).collect();
    rows.order_by_key(|(key, row)| (*key, *row));
    let starts =
        (0..=keys).map(|k| rows.partition_point(|(key, _)| usize::try_from(*key).is_ok_and(|key| key < k)));
    ByKey { starts: starts.collect(), rows: rows.iter().map(|(_, row)| *row).collect() }
}
