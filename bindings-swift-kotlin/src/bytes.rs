//! Bytes that cross as a whole. UniFFI would read and write a `Vec<u8>` one byte at a time.

use crate::UniFfiTag;
use uniffi::deps::anyhow::{Context as _, Result};
use uniffi::{FfiConverter, MetadataBuffer, RustBuffer, TypeId, metadata::codes};

/// Bytes; `Data` in Swift, `ByteArray` in Kotlin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

// SAFETY: what is written and read is UniFFI's form of bytes: their number as a big-endian `i32`, then the bytes.
unsafe impl FfiConverter<UniFfiTag> for Bytes {
    type FfiType = RustBuffer;

    const TYPE_ID_META: MetadataBuffer =
        MetadataBuffer::from_code(codes::TYPE_VEC).concat(<u8 as TypeId<UniFfiTag>>::TYPE_ID_META);

    fn lower(bytes: Self) -> RustBuffer {
        let mut buffer = Vec::with_capacity(4 + bytes.0.len());
        <Self as FfiConverter<UniFfiTag>>::write(bytes, &mut buffer);
        RustBuffer::from_vec(buffer)
    }

    fn try_lift(buffer: RustBuffer) -> Result<Self> {
        <Self as FfiConverter<UniFfiTag>>::try_read(&mut buffer.destroy_into_vec().as_slice())
    }

    fn write(bytes: Self, buffer: &mut Vec<u8>) {
        // What is longer than an `i32` can say was refused before.
        let count = i32::try_from(bytes.0.len()).unwrap_or_default();
        buffer.extend(count.to_be_bytes());
        buffer.extend(bytes.0);
    }

    fn try_read(buffer: &mut &[u8]) -> Result<Self> {
        let (count, rest) = buffer.split_first_chunk::<4>().context("bytes without their number")?;
        let count = usize::try_from(i32::from_be_bytes(*count))?;
        let (bytes, rest) = rest.split_at_checked(count).context("bytes cut short")?;
        *buffer = rest;
        Ok(Self(bytes.to_vec()))
    }
}

uniffi::derive_ffi_traits!(local Bytes);
