//! Values as CBOR, the form that is stored and hashed.

use cbor4ii::core::enc::Write;
use cbor4ii::serde::Serializer;
use serde::Serialize;
use std::convert::Infallible;

/// Bytes that grow. The one the encoder brings asks for room before each piece, which costs as much as
/// writing it.
struct Bytes(Vec<u8>);

impl Write for Bytes {
    type Error = Infallible;

    #[inline]
    fn push(&mut self, input: &[u8]) -> Result<(), Infallible> {
        self.0.extend_from_slice(input);
        Ok(())
    }
}

/// Writes a value behind what is in `out`; `None` where it has no binary form.
pub(crate) fn append(out: Vec<u8>, value: &impl Serialize) -> Option<Vec<u8>> {
    let mut writer = Serializer::new(Bytes(out));
    value.serialize(&mut writer).ok()?;
    Some(writer.into_inner().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_the_encoder() {
        let value = (1_u8, -7_i64, 0.5, "text", [Some(1_000_000_u64), None], vec![true, false]);
        let plain = cbor4ii::serde::to_vec(Vec::new(), &value).unwrap();
        assert_eq!(append(Vec::new(), &value).unwrap(), plain);
        assert_eq!(append(vec![9], &value).unwrap()[1..], plain[..]);
    }
}
