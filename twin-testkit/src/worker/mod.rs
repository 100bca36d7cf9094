//! A simulated working life: tasks, messages, meetings, reviews, learning and how it feels, as CloudEvents lines.
//!
//! The person is absent in the events, as the contract has it; colleagues have short names. Nobody is real.

mod company;
mod day;
mod people;
mod skills;
mod tasks;

use crate::draws::{Draws, Topic};
use serde_json::{Value, json};
use twin_core::{LocalDate, Timestamp};

/// What to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkOptions {
    /// The first civil day.
    pub start: LocalDate,
    /// How many civil days, at least 1.
    pub days: u32,
    /// Seconds east of UTC where the person works.
    pub offset_s: i32,
    /// The person has no other calendar and no other diary: meetings and how stressed they are stand here, too.
    pub alone: bool,
}

/// The events of a working life, one JSON object a line, in time order.
///
/// ```
/// use twin_testkit::{WorkOptions, write_work};
/// let start = twin_core::LocalDate::from_days(20_465);
/// let lines = write_work(1, &WorkOptions { start, days: 14, offset_s: 3600, alone: true });
/// assert!(lines.lines().filter(|line| line.contains("task.completed")).count() >= 5);
/// assert_eq!(lines, write_work(1, &WorkOptions { start, days: 14, offset_s: 3600, alone: true }));
/// ```
#[must_use]
pub fn write_work(seed: u64, options: &WorkOptions) -> String {
    let mut out = Out { options, events: Vec::new() };
    skills::told_at_the_start(&mut out);
    people::company(&mut out);
    let mut open = tasks::Open::default();
    for day in 0..options.days {
        if options.start.plus_days(day as i32).weekday() < 5 {
            let mut draws = Draws::of(seed, Topic::Work, u64::from(day));
            day::lived(&mut out, day, &mut draws, &mut open);
        }
    }
    if options.alone {
        people::ahead(&mut out);
    }
    people::loads(&mut out);
    out.events.sort_by_key(|(at, n, _)| (*at, *n));
    out.events.iter().map(|(_, _, event)| format!("{event}\n")).collect()
}

/// Events as they come.
struct Out<'a> {
    options: &'a WorkOptions,
    events: Vec<(i64, usize, Value)>,
}

impl Out<'_> {
    /// The moment so many minutes after local midnight of a day.
    fn at(&self, day: u32, minute: u32) -> Timestamp {
        let midnight = i64::from(self.options.start.plus_days(day as i32).days()) * 86_400;
        Timestamp::from_secs(midnight + i64::from(minute) * 60 - i64::from(self.options.offset_s))
    }

    /// 0 for Monday.
    fn weekday(&self, day: u32) -> u32 {
        u32::from(self.options.start.plus_days(day as i32).weekday())
    }

    fn tell(&mut self, day: u32, minute: u32, source: &str, kind: &str, data: Value) {
        let (at, n) = (self.at(day, minute), self.events.len());
        let event = json!({ "specversion": "1.0", "id": format!("w{n}"), "source": source, "type": kind,
            "time": at.to_string(), "data": data });
        self.events.push((at.micros(), n, event));
    }
}

/// An amount with so many digits, as a tool would write it.
fn digits(value: f64, digits: i32) -> f64 {
    let scale = libm::pow(10.0, f64::from(digits));
    libm::round(value * scale) / scale
}
