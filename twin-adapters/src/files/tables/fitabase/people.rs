//! Rows of people with their time, whatever order its date is written in.

use super::super::dates::{Around, Candidates, Column, Order, resolve};
use super::super::out::Out;
use super::super::rows::{Header, Row, Rows};
use super::super::times::{Time, clock_us, split};
use std::collections::{HashMap, VecDeque};
use std::io::BufRead;
use twin_core::{LocalDate, Result};

/// Rows looked at before the first is used, to learn the order of the dates, and their bytes.
const AHEAD: usize = 50_000;
const AHEAD_BYTES: usize = 32 << 20;
/// Rows looked ahead from a date of a mixed column.
const NEAR: usize = 400;
/// Most people in one file.
const MAX_PEOPLE: usize = 10_000;
/// Names of the columns that hold the time of a row.
pub(super) const TIME_COLUMNS: &[&str] =
    &["ActivityDate", "ActivityDay", "ActivityHour", "ActivityMinute", "SleepDay", "Date", "Time"];

/// One row of one person.
pub(super) struct Entry {
    /// Index of the person, in order of appearance.
    pub(super) person: usize,
    /// The person's id as written.
    pub(super) id: String,
    pub(super) time: Time,
    pub(super) row: Row,
}

/// The rows of a file, with times.
pub(super) struct People<'a> {
    rows: Rows<'a>,
    pub(super) header: Header,
    ahead: VecDeque<Row>,
    known: HashMap<String, (usize, Option<LocalDate>)>,
    id: usize,
    pub(super) time: usize,
    pub(super) clean: Option<usize>,
    column: Column,
    clean_column: Column,
}

impl<'a> People<'a> {
    /// Reads the header and learns the order of the dates from the first rows.
    ///
    /// # Errors
    /// `malformed` when there is no header with a person and a time.
    pub(super) fn open(input: &'a mut dyn BufRead, out: &mut Out<'_>) -> Result<Self> {
        let mut rows = Rows::open(input)?;
        let header = Header::read(&mut rows, out)?;
        let id = header.require("Id")?;
        let time = header
            .find(TIME_COLUMNS)
            .ok_or_else(|| twin_core::Error::malformed("fitabase table", "no column of times"))?;
        let clean =
            header.names().iter().position(|n| n.to_ascii_lowercase().ends_with("clean") && n.len() > 5);
        let mut people = Self {
            rows,
            header,
            ahead: VecDeque::new(),
            known: HashMap::new(),
            id,
            time,
            clean,
            column: Column::default(),
            clean_column: Column::default(),
        };
        let mut bytes = 0;
        while people.ahead.len() < AHEAD && bytes < AHEAD_BYTES {
            let Some(row) = people.rows.next(out)? else { break };
            people.column.see(split(row.get(time)).0);
            if let Some(clean) = clean {
                people.clean_column.see(split(row.get(clean)).0);
            }
            bytes += row.cells.iter().map(|c| c.len() + size_of::<String>()).sum::<usize>();
            people.ahead.push_back(row);
        }
        if people.column.is_mixed() {
            out.warn_once("mixed_date_order", "dates of one column are partly day first, partly month first");
        } else if people.column.order().is_none() && !people.ahead.is_empty() {
            out.warn_once(
                "date_order_assumed",
                "no date shows whether day or month comes first; month first was taken",
            );
        }
        Ok(people)
    }

    /// The next row whose person is wanted and whose time is known; others are refused.
    ///
    /// # Errors
    /// What the sink returns to end the reading.
    pub(super) fn next(&mut self, out: &mut Out<'_>) -> Result<Option<Entry>> {
        loop {
            let row = match self.ahead.pop_front() {
                Some(row) => row,
                None => match self.rows.next(out)? {
                    Some(row) => {
                        self.column.see(split(row.get(self.time)).0);
                        row
                    }
                    None => return Ok(None),
                },
            };
            let id = row.get(self.id).to_owned();
            if id.is_empty() {
                out.refuse_line("no_subject", row.line, "the row names no person");
                continue;
            }
            if out.options.subject.as_ref().is_some_and(|s| *s != id) {
                continue;
            }
            if self.known.len() >= MAX_PEOPLE && !self.known.contains_key(&id) {
                out.refuse_line("too_many_subjects", row.line, "more than 10000 people in one file");
                continue;
            }
            let (date, clock) = split(row.get(self.time));
            let candidates = Candidates::of(date);
            let clock = if clock.is_empty() { Some(0) } else { clock_us(clock) };
            let (Some(clock), false) = (clock, candidates.is_none()) else {
                out.refuse_line("bad_time", row.line, "the time cannot be read");
                continue;
            };
            let index = self.known.len();
            let (person, before) = *self.known.entry(id.clone()).or_insert((index, None));
            let mixed_and_open = candidates.certain().is_none() && self.column.order().is_none();
            let around = Around {
                column: self.column,
                native: Order::MonthFirst,
                clean: self.clean.map(|c| (self.clean_column, Candidates::of(split(row.get(c)).0))),
                before,
                after: if mixed_and_open { self.after(&id, date) } else { None },
            };
            let Some(day) = resolve(candidates, &around) else {
                out.refuse_line(
                    "ambiguous_date",
                    row.line,
                    "the date may be day first or month first, and nothing tells which",
                );
                continue;
            };
            if let Some(known) = self.known.get_mut(&id) {
                known.1 = Some(day);
            }
            return Ok(Some(Entry { person, id, time: Time::Wall(day, clock), row }));
        }
    }

    /// The next certain day of this person and how many dates on it is.
    fn after(&self, id: &str, date: &str) -> Option<(LocalDate, i32)> {
        let (mut last, mut steps) = (date, 0);
        for row in self.ahead.iter().take(NEAR).filter(|r| r.get(self.id) == id) {
            let text = split(row.get(self.time)).0;
            if text != last {
                steps += 1;
                last = text;
            }
            if let Some(day) = Candidates::of(text).certain() {
                return (steps > 0).then_some((day, steps));
            }
        }
        None
    }
}
