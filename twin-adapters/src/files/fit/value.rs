//! Base types and values: what FIT marks as invalid is missing.

/// How the bytes of a field are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    U8z,
    U16z,
    U32z,
    U64z,
    Text,
    Byte,
}

/// A valid number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Float(f64),
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Invalid, as FIT says it: missing.
    Missing,
    One(Number),
    /// More than one element; a missing one keeps its place.
    Many(Vec<Option<Number>>),
    Text(String),
}

impl Base {
    /// The base type of a code in a definition; bytes where the code is not known.
    pub(super) const fn of(code: u8) -> Self {
        match code {
            0x00 | 0x02 => Self::U8,
            0x01 => Self::I8,
            0x83 | 0x03 => Self::I16,
            0x84 | 0x04 => Self::U16,
            0x85 | 0x05 => Self::I32,
            0x86 | 0x06 => Self::U32,
            0x07 => Self::Text,
            0x88 | 0x08 => Self::F32,
            0x89 | 0x09 => Self::F64,
            0x0a => Self::U8z,
            0x8b | 0x0b => Self::U16z,
            0x8c | 0x0c => Self::U32z,
            0x8e | 0x0e => Self::I64,
            0x8f | 0x0f => Self::U64,
            0x90 | 0x10 => Self::U64z,
            _ => Self::Byte,
        }
    }

    /// Bytes of one element.
    pub(super) const fn size(self) -> usize {
        match self {
            Self::U8 | Self::I8 | Self::U8z | Self::Text | Self::Byte => 1,
            Self::U16 | Self::I16 | Self::U16z => 2,
            Self::U32 | Self::I32 | Self::U32z | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::U64z | Self::F64 => 8,
        }
    }

    /// One element; `None` when it is invalid.
    #[inline]
    pub(super) fn number(self, bytes: &[u8], big: bool) -> Option<Number> {
        fn some(valid: bool, value: impl Into<i64>) -> Option<Number> {
            valid.then(|| Number::Int(value.into()))
        }
        fn wide(valid: bool, value: u64) -> Option<Number> {
            valid.then(|| i64::try_from(value).map_or(Number::Float(value as f64), Number::Int))
        }
        fn get<const N: usize>(bytes: &[u8], big: bool) -> Option<[u8; N]> {
            let mut raw = *bytes.first_chunk::<N>()?;
            if big {
                raw.reverse();
            }
            Some(raw)
        }
        match self {
            Self::U8 => bytes.first().and_then(|v| some(*v != u8::MAX, *v)),
            // A single byte is a number; whether a field of bytes is missing shows in all of them.
            Self::Byte | Self::Text => bytes.first().and_then(|v| some(true, *v)),
            Self::I8 => bytes.first().and_then(|v| some(*v != 0x7f, v.cast_signed())),
            Self::U8z => bytes.first().and_then(|v| some(*v != 0, *v)),
            Self::U16 => get(bytes, big).map(u16::from_le_bytes).and_then(|v| some(v != u16::MAX, v)),
            Self::I16 => get(bytes, big).map(i16::from_le_bytes).and_then(|v| some(v != i16::MAX, v)),
            Self::U16z => get(bytes, big).map(u16::from_le_bytes).and_then(|v| some(v != 0, v)),
            Self::U32 => get(bytes, big).map(u32::from_le_bytes).and_then(|v| some(v != u32::MAX, v)),
            Self::I32 => get(bytes, big).map(i32::from_le_bytes).and_then(|v| some(v != i32::MAX, v)),
            Self::U32z => get(bytes, big).map(u32::from_le_bytes).and_then(|v| some(v != 0, v)),
            Self::U64 => get(bytes, big).map(u64::from_le_bytes).and_then(|v| wide(v != u64::MAX, v)),
            Self::I64 => get(bytes, big).map(i64::from_le_bytes).and_then(|v| some(v != i64::MAX, v)),
            Self::U64z => get(bytes, big).map(u64::from_le_bytes).and_then(|v| wide(v != 0, v)),
            Self::F32 => get(bytes, big)
                .map(f32::from_le_bytes)
                .filter(|v| v.is_finite())
                .map(|v| Number::Float(v.into())),
            Self::F64 => get(bytes, big).map(f64::from_le_bytes).filter(|v| v.is_finite()).map(Number::Float),
        }
    }

    /// All a field holds.
    pub(super) fn value(self, bytes: &[u8], big: bool) -> Value {
        if self == Self::Text {
            let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
            let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).trim().to_owned();
            return if text.is_empty() { Value::Missing } else { Value::Text(text) };
        }
        if self == Self::Byte && bytes.iter().all(|b| *b == u8::MAX) {
            return Value::Missing;
        }
        if bytes.len() <= self.size() {
            return self.number(bytes, big).map_or(Value::Missing, Value::One);
        }
        let elements: Vec<_> =
            bytes.chunks_exact(self.size()).map(|element| self.number(element, big)).collect();
        if elements.iter().all(Option::is_none) { Value::Missing } else { Value::Many(elements) }
    }
}

impl Number {
    #[inline]
    pub(super) const fn as_f64(self) -> f64 {
        match self {
            Self::Int(v) => v as f64,
            Self::Float(v) => v,
        }
    }
}

impl Value {
    /// The single whole number it is.
    pub(super) const fn int(&self) -> Option<i64> {
        match self {
            Self::One(Number::Int(v)) => Some(*v),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_is_missing() {
        for (code, bytes) in [
            (0x02, &[0xff][..]),
            (0x01, &[0x7f]),
            (0x84, &[0xff, 0xff]),
            (0x83, &[0xff, 0x7f]),
            (0x0a, &[0]),
            (0x8c, &[0, 0, 0, 0]),
            (0x88, &[0xff, 0xff, 0xff, 0xff]),
            (0x07, &[0, 0x41]),
            (0x0d, &[0xff, 0xff, 0xff]),
        ] {
            assert_eq!(Base::of(code).value(bytes, false), Value::Missing, "{code:#x}");
        }
        assert_eq!(
            Base::of(0x0d).value(&[1, 0xff], false),
            Value::Many(vec![Some(Number::Int(1)), Some(Number::Int(255))])
        );
    }

    #[test]
    fn both_byte_orders() {
        assert_eq!(Base::I16.value(&[0xfe, 0xff], false), Value::One(Number::Int(-2)));
        assert_eq!(Base::I16.value(&[0xff, 0xfe], true), Value::One(Number::Int(-2)));
        assert_eq!(Base::F32.value(&1.5_f32.to_be_bytes(), true), Value::One(Number::Float(1.5)));
        assert_eq!(
            Base::U16.value(&[1, 0, 0xff, 0xff], false),
            Value::Many(vec![Some(Number::Int(1)), None])
        );
    }
}
