//! The FIT reader against files made here byte by byte, and against another decoder where recordings are at hand.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../fit_builder/mod.rs"]
mod fit_builder;

mod bytes;
mod messages;
mod parts;
mod recordings;
mod records;

use fit_builder::{Part, T0, U0};
use twin_adapters::files::{ReadOptions, fit};
use twin_core::event::{EventBody, KeptValue, MessageKept, WorkoutRecorded};
use twin_core::observation::Collected;
use twin_core::{Timestamp, Zone};

fn options() -> ReadOptions {
    ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    }
}

fn read(bytes: &[u8]) -> Collected {
    let mut all = Collected::default();
    fit::read(&mut &*bytes, &options(), &mut all).unwrap();
    all
}

/// (seconds after the first time, value)
fn rows(all: &Collected, metric: &str) -> Vec<(f64, f64)> {
    all.samples(metric).iter().map(|(at, _, value)| ((at - U0 * 1_000_000) as f64 / 1e6, *value)).collect()
}

fn kept<'a>(all: &'a Collected, name: &str) -> Vec<&'a MessageKept> {
    let messages = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::MessageKept(kept) => Some(kept),
        _ => None,
    });
    messages.filter(|kept| kept.message == name).collect()
}

fn field<'a>(kept: &'a MessageKept, name: &str) -> &'a KeptValue {
    &kept.fields.iter().find(|f| f.name == name).unwrap().value
}

fn workouts(all: &Collected) -> Vec<&WorkoutRecorded> {
    let workouts = all.facts.iter().filter_map(|fact| match &fact.body {
        EventBody::WorkoutRecorded(workout) => Some(&**workout),
        _ => None,
    });
    workouts.collect()
}

fn refusals(all: &Collected) -> Vec<&str> {
    all.refused.iter().map(|r| r.code.as_str()).collect()
}

fn warnings(all: &Collected) -> Vec<&str> {
    all.warnings.iter().map(|w| w.code.as_str()).collect()
}

const ENUM: u8 = 0x00;
const I8: u8 = 0x01;
const U8: u8 = 0x02;
const TEXT: u8 = 0x07;
const BYTE: u8 = 0x0d;
const I16: u8 = 0x83;
const U16: u8 = 0x84;
const I32: u8 = 0x85;
const U32: u8 = 0x86;
const U32Z: u8 = 0x8c;

/// A Garmin activity by the device with serial number 77, made at the first time.
fn activity() -> Part {
    let mut part = Part::default();
    part.define(0, 0, &[(0, 1, ENUM), (1, 2, U16), (2, 2, U16), (3, 4, U32Z), (4, 4, U32)]);
    part.data(0, |b| b.u8(4).u16(1).u16(2067).u32(77).u32(T0));
    part
}

fn session(part: &mut Part, sport: u8, start: u32, seconds: u32) {
    let fields = [
        (253, 4, U32),
        (2, 4, U32),
        (7, 4, U32),
        (5, 1, ENUM),
        (9, 4, U32),
        (16, 1, U8),
        (18, 1, U8),
        (193, 1, U8),
    ];
    part.define(9, 18, &fields);
    part.data(9, |b| {
        b.u32(start + seconds).u32(start).u32(seconds * 1000).u8(sport).u32(123_456).u8(140).u8(90).u8(70)
    });
}
