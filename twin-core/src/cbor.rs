//! Values as CBOR, the form that is stored and hashed.

use cbor4ii::core::Value;
use cbor4ii::core::dec::Decode;
use cbor4ii::core::enc::Write;
use cbor4ii::core::utils::SliceReader;
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

/// Is every number of a value a finite one? Nothing else can be compared with itself, or be written as JSON.
pub(crate) fn is_finite(bytes: &[u8]) -> bool {
    // Most values hold nothing that even looks like one: the head of a float, then an exponent of ones.
    let odd = |w: &[u8]| matches!(w, [0xfb, 0x7f | 0xff, 0xf0..=0xff] | [0xfa, 0x7f | 0xff, 0x80..=0xff] | [0xf9, 0x7c..=0x7f | 0xfc..=0xff, _]);
    if !bytes.windows(3).any(odd) {
        return true;
    }
    Value::decode(&mut SliceReader::new(bytes)).is_ok_and(|value| finite(&value))
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.is_finite(),
        Value::Array(values) => values.iter().all(finite),
        Value::Map(pairs) => pairs.iter().all(|(key, value)| finite(key) && finite(value)),
        Value::Tag(_, value) => finite(value),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_found_wherever_it_stands() {
        let bytes = |n: f64| append(Vec::new(), &(1_u8, vec![Some(n)], "\u{7ff}\u{7ff}")).unwrap();
        assert!(is_finite(&bytes(f64::MAX)) && is_finite(&bytes(0.5)));
        // A text whose bytes look like one is none.
        assert!(is_finite(&append(Vec::new(), &vec![0xfb_u8, 0xff, 0xff]).unwrap()));
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::from_bits(0xffff_ffff_ffff_ff00)] {
            assert!(!is_finite(&bytes(odd)), "{odd}");
        }
        assert!(!is_finite(&append(Vec::new(), &f32::NAN).unwrap()));
    }

    #[test]
    fn the_bytes_are_those_of_the_encoder() {
        let value = (1_u8, -7_i64, 0.5, "text", [Some(1_000_000_u64), None], vec![true, false]);
        let plain = cbor4ii::serde::to_vec(Vec::new(), &value).unwrap();
        assert_eq!(append(Vec::new(), &value).unwrap(), plain);
        assert_eq!(append(vec![9], &value).unwrap()[1..], plain[..]);
    }
}
