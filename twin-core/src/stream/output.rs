//! What a call gives beside the states: columns in Arrow layout.

use super::binary::Binary;
use crate::error::Result;
use crate::time::{LocalDate, Timestamp};

/// Which table of the input a row stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Lane {
    /// [`FactColumns`](super::FactColumns).
    Facts = 0,
    /// [`SeriesColumns`](super::SeriesColumns).
    Series = 1,
}

/// Everything a call found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outputs {
    /// Days whose state changed, and days that closed.
    pub days: DayRows,
    /// Rows of the input that did not become part of a state, each with its reason.
    pub handed_back: HandedBack,
    /// People whose days must be folded again by the full engine.
    pub needs_refold: RefoldRows,
}

/// Folded days, by person, then date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayRows {
    /// Row of `keys` (`Int32`).
    pub key: Vec<i32>,
    /// The civil day (`Date32`).
    pub date: Vec<i32>,
    /// [`DayState::encode`](crate::fold::DayState::encode)'s bytes (`Binary`); of a day that holds nothing any more, the empty day's.
    pub payload: Binary,
    /// The day's hash, the same as the full engine's (`FixedSizeBinary(16)`).
    pub hash: Vec<u8>,
    /// `now` of the call, UTC microseconds (`Timestamp(µs)`): a larger one replaces a smaller one.
    pub revision: Vec<i64>,
    /// Is the day over where the person is (`UInt8`, 0 or 1)? Late data can change it still.
    pub closed: Vec<u8>,
}

/// Rows of the input that the host keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandedBack {
    /// Row of `keys` (`Int32`).
    pub key: Vec<i32>,
    /// [`Lane`] as a number (`UInt8`).
    pub lane: Vec<u8>,
    /// Row of that lane's table (`Int32`).
    pub row: Vec<i32>,
    /// How much: 1 for the whole row, else that many of its samples (`UInt64`).
    pub count: Vec<u64>,
    /// `needs_refold`, `unsupported`, `corrupt`, `conflict`, or why the row is refused: `out_of_range`, `malformed` … (`Utf8`).
    pub code: Binary,
    /// A sentence for people, without personal data (`Utf8`).
    pub message: Binary,
}

/// What the full engine must fold again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RefoldRows {
    /// Row of `keys` (`Int32`).
    pub key: Vec<i32>,
    /// From this civil day on (`Date32`).
    pub from: Vec<i32>,
    /// Why: `late`, `standing_fact`, `unseen_version`, `settled` or `squeezed_out` (`Utf8`).
    pub reason: Binary,
}

/// When the host should call again, with no events if there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timers {
    /// Row of `keys` (`Int32`).
    pub key: Vec<i32>,
    /// The next civil midnight of the person, UTC microseconds (`Timestamp(µs)`).
    pub at_us: Vec<i64>,
}

/// Why days must be folded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Data of a day that left the horizon.
    Late,
    /// A standing fact that changes how such days are read.
    StandingFact,
    /// A version of a record of which others may have left the horizon.
    UnseenVersion,
    /// Data of a part of a day whose samples were squeezed out.
    Settled,
    /// There is no room for the day.
    SqueezedOut,
}

impl Reason {
    /// The word in the column.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::StandingFact => "standing_fact",
            Self::UnseenVersion => "unseen_version",
            Self::Settled => "settled",
            Self::SqueezedOut => "squeezed_out",
        }
    }
}

impl DayRows {
    pub(super) fn push(&mut self, key: i32, day: &DayOut, revision: Timestamp) -> Result<()> {
        self.key.push(key);
        self.date.push(day.date.days());
        self.payload.push(&day.payload)?;
        self.hash.extend_from_slice(&day.hash);
        self.revision.push(revision.micros());
        self.closed.push(u8::from(day.closed));
        Ok(())
    }
}

impl HandedBack {
    pub(super) fn push(&mut self, key: i32, back: &Back) -> Result<()> {
        self.key.push(key);
        self.lane.push(back.lane as u8);
        self.row.push(back.row);
        self.count.push(back.count);
        self.code.push(back.code.as_bytes())?;
        self.message.push(back.message.as_bytes())
    }
}

impl RefoldRows {
    pub(super) fn push(&mut self, key: i32, from: LocalDate, reason: Reason) -> Result<()> {
        self.key.push(key);
        self.from.push(from.days());
        self.reason.push(reason.as_str().as_bytes())
    }
}

/// One day given out.
pub(super) struct DayOut {
    pub(super) date: LocalDate,
    pub(super) payload: Vec<u8>,
    pub(super) hash: [u8; 16],
    pub(super) closed: bool,
}

/// One row of the input given back.
pub(super) struct Back {
    pub(super) lane: Lane,
    pub(super) row: i32,
    pub(super) count: u64,
    pub(super) code: String,
    pub(super) message: String,
}
