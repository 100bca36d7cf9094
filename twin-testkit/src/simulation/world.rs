//! Worlds: rows of small numbers, so that a failing world shrinks to few rows and can be written down.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::fmt;
use std::str::FromStr;

/// Most rows in a world made from a seed.
const ROWS: u64 = 40;

/// A world: how many devices with which clocks, and what happens, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct World {
    /// Devices, where and when the person lives, how far the devices' clocks are off.
    pub head: [u8; 4],
    /// What happens, see the script.
    pub rows: Vec<[u8; 8]>,
}

impl World {
    /// The world of a seed; the same everywhere.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut draws = ChaCha8Rng::seed_from_u64(seed);
        let head = draws.next_u32().to_le_bytes();
        let rows = 2 + draws.next_u64() % ROWS;
        Self { head, rows: (0..rows).map(|_| draws.next_u64().to_le_bytes()).collect() }
    }
}

/// The form in which a world is written down: hexadecimal, the head first.
impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.iter().chain(self.rows.iter().flatten()).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows, HUMANTWIN_WORLD={self}", self.rows.len())
    }
}

impl FromStr for World {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits: Vec<u8> = text
            .trim()
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or("a world is hexadecimal"))
            .collect::<Result<_, _>>()?;
        let bytes: Vec<u8> =
            digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, d| byte * 16 + d)).collect();
        let (head, rows) = bytes.split_first_chunk::<4>().ok_or("a world has a head of four bytes")?;
        let rows = rows.chunks(8).map(|row| row.try_into().map_err(|_| "a row has eight bytes"));
        Ok(Self { head: *head, rows: rows.collect::<Result<_, _>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_are_written_down_and_read_back() {
        let world = World::of(7);
        assert_eq!(world.to_string().parse::<World>(), Ok(world));
        assert!("00112".parse::<World>().is_err());
    }
}
