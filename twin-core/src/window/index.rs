//! From a key to its place.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Spreads the bits of one 64-bit key: a multiplication, whose halves are mixed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    #[inline]
    fn write_u64(&mut self, key: u64) {
        let wide = u128::from(self.0 ^ key ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f;
        self.0 = (wide as u64) ^ (wide >> 64) as u64;
    }
}

/// Where each key's windows are. Never walked, so that its order shows nowhere.
pub(super) type Index = HashMap<u64, u32, BuildHasherDefault<Spread>>;
