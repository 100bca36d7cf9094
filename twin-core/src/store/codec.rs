use crate::error::{Error, Result};
use std::borrow::Cow;

/// The seam between what is stored and what it says: encryption is another codec, not a migration.
pub trait Codec: Send + Sync {
    /// Closes a body of a bucket.
    ///
    /// # Errors
    /// `crypto`-like errors of the codec.
    fn seal<'a>(&self, bucket: i32, plain: &'a [u8]) -> Result<Cow<'a, [u8]>>;

    /// Opens what [`Codec::seal`] closed.
    ///
    /// # Errors
    /// `corrupt` when the bytes were not made by this codec.
    fn open<'a>(&self, bucket: i32, sealed: &'a [u8]) -> Result<Cow<'a, [u8]>>;
}

/// Bodies as they are, behind one byte that names this codec.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainCodec;

const PLAIN: u8 = 0;

impl Codec for PlainCodec {
    fn seal<'a>(&self, _bucket: i32, plain: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        let mut out = Vec::with_capacity(plain.len() + 1);
        out.push(PLAIN);
        out.extend_from_slice(plain);
        Ok(out.into())
    }

    fn open<'a>(&self, _bucket: i32, sealed: &'a [u8]) -> Result<Cow<'a, [u8]>> {
        match sealed.split_first() {
            Some((&PLAIN, body)) => Ok(body.into()),
            _ => Err(Error::Corrupt("a stored body was written by another codec".into())),
        }
    }
}
