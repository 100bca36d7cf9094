use super::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A reading of the hybrid logical clock: when we learned something.
///
/// Ordered by wall time, then counter, then node, so that two events never tie.
/// Source: Kulkarni et al., Logical Physical Clocks, OPODIS 2014.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hlc {
    /// The larger of the device's clock and the newest clock seen.
    pub wall: Timestamp,
    /// Events within one reading of the wall clock.
    pub counter: u32,
    /// The device that wrote.
    pub node: u64,
}

impl Hlc {
    /// Before every other reading.
    pub const ZERO: Self = Self { wall: Timestamp::MIN, counter: 0, node: 0 };
    /// After every other reading with this wall time or an earlier one.
    #[must_use]
    pub const fn end_of(wall: Timestamp) -> Self {
        Self { wall, counter: u32::MAX, node: u64::MAX }
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:016x}", self.wall, self.counter, self.node)
    }
}

/// Hands out readings that never go back, whatever the device's clock does.
///
/// ```
/// # use twin_core::{HlcClock, Timestamp};
/// let mut clock = HlcClock::new(7);
/// let first = clock.tick(Timestamp::from_secs(100));
/// let second = clock.tick(Timestamp::from_secs(40)); // the device's clock was set back
/// assert!(second > first);
/// ```
#[derive(Clone, Debug)]
pub struct HlcClock {
    last: Hlc,
}

impl HlcClock {
    /// A clock of the device `node`.
    #[must_use]
    pub const fn new(node: u64) -> Self {
        Self { last: Hlc { wall: Timestamp::MIN, counter: 0, node } }
    }

    /// The next reading, after `now` and after everything seen.
    pub fn tick(&mut self, now: Timestamp) -> Hlc {
        if now > self.last.wall {
            self.last.wall = now;
            self.last.counter = 0;
        } else if self.last.counter == u32::MAX {
            self.last.wall = self.last.wall.plus_micros(1);
            self.last.counter = 0;
        } else {
            self.last.counter += 1;
        }
        self.last
    }

    /// Takes note of a reading made elsewhere, so that later readings follow it.
    pub fn observe(&mut self, seen: Hlc) {
        if (seen.wall, seen.counter) > (self.last.wall, self.last.counter) {
            self.last.wall = seen.wall;
            self.last.counter = seen.counter;
        }
    }

    /// The newest reading handed out or seen.
    #[must_use]
    pub const fn last(&self) -> Hlc {
        self.last
    }
}
