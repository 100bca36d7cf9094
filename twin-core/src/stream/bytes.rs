//! Numbers and texts as bytes: LEB128 integers, zigzag where signed, lengths before bytes.

use crate::error::{Error, Result};

/// Writes.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn u128(&mut self, mut n: u128) {
        while n >= 0x80 {
            self.0.push((n & 0x7f) as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    pub(super) fn i128(&mut self, n: i128) {
        self.u128(((n << 1) ^ (n >> 127)).cast_unsigned());
    }

    pub(super) fn u64(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push((n & 0x7f) as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    pub(super) fn i64(&mut self, n: i64) {
        self.u64(((n << 1) ^ (n >> 63)).cast_unsigned());
    }

    pub(super) fn count(&mut self, n: usize) {
        self.u64(n as u64);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn fixed(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Writes 0 for nothing, else 1 and what `write` writes.
    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }
}

/// Reads what [`Writer`] wrote, and never past the end.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

pub(super) fn damaged() -> Error {
    Error::Corrupt("the state bytes are damaged".into())
}

impl<'a> Reader<'a> {
    pub(super) fn u128(&mut self) -> Result<u128> {
        let mut n = 0_u128;
        for shift in (0..128).step_by(7) {
            let byte = self.byte()?;
            n |= u128::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(damaged())
    }

    pub(super) fn i128(&mut self) -> Result<i128> {
        let n = self.u128()?;
        Ok((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
    }

    pub(super) fn u64(&mut self) -> Result<u64> {
        if let Some((byte, rest)) = self.0.split_first().filter(|(byte, _)| **byte < 0x80) {
            self.0 = rest;
            return Ok((*byte).into());
        }
        u64::try_from(self.u128()?).map_err(|_| damaged())
    }

    pub(super) fn i64(&mut self) -> Result<i64> {
        let n = self.u64()?;
        Ok((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
    }

    pub(super) fn i32(&mut self) -> Result<i32> {
        i32::try_from(self.i64()?).map_err(|_| damaged())
    }

    pub(super) fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A number of things that take at least a byte each: never more than bytes are left.
    pub(super) fn count(&mut self) -> Result<usize> {
        usize::try_from(self.u64()?).ok().filter(|n| *n <= self.0.len()).ok_or_else(damaged)
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.count()?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(super) fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| damaged())
    }

    pub(super) fn fixed<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(*bytes)
    }

    pub(super) fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        match self.byte()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(damaged()),
        }
    }

    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let count = self.count()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_round_trip(a in any::<i128>(), b in any::<i64>(), c in any::<u64>()) {
            let mut out = Writer::default();
            out.i128(a);
            out.i64(b);
            out.u64(c);
            let mut back = Reader(&out.0);
            prop_assert_eq!((back.i128().unwrap(), back.i64().unwrap(), back.u64().unwrap()), (a, b, c));
            prop_assert!(back.byte().is_err());
        }
    }
}
