//! How many bytes all members together may expand to: what stops a zip bomb.

use std::cell::Cell;
use std::io::{self, Read};

/// Bytes that are left.
pub(super) struct Budget(Cell<u64>);

impl Budget {
    pub(super) const fn new(bytes: u64) -> Self {
        Self(Cell::new(bytes))
    }

    /// A reader whose bytes are taken from the budget.
    pub(super) const fn spend<R: Read>(&self, inner: R) -> Spending<'_, R> {
        Spending { inner, budget: self }
    }
}

/// Ends with an error of kind `FileTooLarge` when the budget is spent.
pub(super) struct Spending<'b, R> {
    inner: R,
    budget: &'b Budget,
}

impl<R: Read> Read for Spending<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let Some(left) = self.budget.0.get().checked_sub(n as u64) else {
            self.budget.0.set(0);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "more bytes than a zip may expand to"));
        };
        self.budget.0.set(left);
        Ok(n)
    }
}
