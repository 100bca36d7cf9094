//! Sums by number, cleared in the time it took to fill them.

use crate::cells::{add, at, put};
use twin_core::sort::OrderBy;

/// Sums under keys below a size.
pub(super) struct Gather {
    sum: Vec<f64>,
    seen: Vec<bool>,
    keys: Vec<usize>,
}

impl Gather {
    pub(super) fn new(size: usize) -> Self {
        Self { sum: vec![0.0; size], seen: vec![false; size], keys: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        for &key in &self.keys {
            put(&mut self.sum, key, 0.0);
            put(&mut self.seen, key, false);
        }
        self.keys.clear();
    }

    pub(super) fn add(&mut self, key: usize, value: f64) {
        if !at(&self.seen, key) {
            put(&mut self.seen, key, true);
            self.keys.push(key);
        }
        add(&mut self.sum, key, value);
    }

    /// Puts the keys in order.
    pub(super) fn sort(&mut self) {
        self.keys.order();
    }

    pub(super) fn keys(&self) -> &[usize] {
        &self.keys
    }

    /// The sum under a key; 0 where nothing was added.
    pub(super) fn sum(&self, key: usize) -> f64 {
        at(&self.sum, key)
    }
}
