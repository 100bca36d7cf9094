//! NumPy's `.npy` with one dimension of numbers, as beat intervals.

use super::super::out::Out;
use super::beats::{ListKind, Undated, kind_of, ms_of_seconds, refuse_kind};
use std::io::BufRead;
use twin_core::{Error, Result};

const LOOK: usize = 8192;

#[derive(Clone, Copy)]
struct Form {
    big_endian: bool,
    kind: u8,
    size: usize,
}

impl Form {
    fn of(descr: &str) -> Option<Self> {
        let b = descr.as_bytes();
        let &[order, kind, size] = b else { return None };
        let size = usize::from(size.checked_sub(b'0')?);
        let fits = match kind {
            b'i' | b'u' => matches!(size, 1 | 2 | 4 | 8),
            b'f' => matches!(size, 4 | 8),
            _ => false,
        };
        (fits && matches!(order, b'<' | b'>' | b'|' | b'=')).then_some(Self {
            big_endian: order == b'>',
            kind,
            size,
        })
    }

    fn number(self, bytes: &[u8]) -> Option<f64> {
        let mut b = [0_u8; 8];
        let filled = b.get_mut(..self.size)?;
        filled.copy_from_slice(bytes.get(..self.size)?);
        if self.big_endian {
            filled.reverse();
        }
        let bits = u64::from_le_bytes(b);
        let spare = 64 - 8 * self.size as u32;
        Some(match (self.kind, self.size) {
            (b'f', 4) => f64::from(f32::from_bits(bits as u32)),
            (b'f', _) => f64::from_bits(bits),
            (b'i', _) => ((bits << spare).cast_signed() >> spare) as f64,
            _ => bits as f64,
        })
    }
}

fn bad(detail: &'static str) -> Error {
    Error::malformed("npy file", detail)
}

/// Reads the numbers; all below 10 are seconds, else milliseconds.
///
/// # Errors
/// `unsupported` when they are no intervals, or for other types and more dimensions; else as `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let cut = |_| bad("the header is cut short");
    let mut lead = [0_u8; 8];
    input.read_exact(&mut lead).map_err(cut)?;
    let length = if lead.get(6) == Some(&1) {
        let mut b = [0; 2];
        input.read_exact(&mut b).map_err(cut)?;
        usize::from(u16::from_le_bytes(b))
    } else {
        let mut b = [0; 4];
        input.read_exact(&mut b).map_err(cut)?;
        usize::try_from(u32::from_le_bytes(b)).unwrap_or(usize::MAX)
    };
    if length > 1 << 16 {
        return Err(bad("the header is too long"));
    }
    let mut header = vec![0; length];
    input.read_exact(&mut header).map_err(cut)?;
    let header = String::from_utf8_lossy(&header);
    let after = |key: &str| header.split_once(key).map(|(_, rest)| rest.trim_start_matches([':', ' ']));
    let form = after("'descr'")
        .and_then(|r| r.strip_prefix('\''))
        .and_then(|r| r.split_once('\''))
        .and_then(|(descr, _)| Form::of(descr))
        .ok_or_else(|| Error::Unsupported("npy files of whole or floating numbers only".into()))?;
    let shape =
        after("'shape'").and_then(|r| r.strip_prefix('(')).and_then(|r| r.split_once(')')).map(|(s, _)| s);
    let sizes: Vec<u64> =
        shape.ok_or_else(|| bad("no shape"))?.split(',').filter_map(|s| s.trim().parse().ok()).collect();
    let count = match *sizes.as_slice() {
        [n] | [n, 1] | [1, n] => n,
        _ => return Err(Error::Unsupported("npy files of one dimension only".into())),
    };
    let mut first = Vec::new();
    let mut bytes = vec![0; form.size];
    let mut read = 0_u64;
    let mut failed = None;
    let mut beats: Option<(Undated, bool)> = None;
    while read < count {
        match input.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(e) => {
                failed = Some(e);
                break;
            }
        }
        let value = form.number(&bytes).unwrap_or(f64::NAN);
        read += 1;
        if let Some((beats, seconds)) = &mut beats {
            push(beats, *seconds, value, read, out)?;
            continue;
        }
        first.push(value);
        if first.len() >= LOOK {
            beats = Some(begin(&first, out)?);
        }
    }
    if beats.is_none() {
        begin(&first, out)?;
    }
    if let Some(error) = failed {
        out.damaged(&error, read);
    }
    Ok(())
}

fn begin(first: &[f64], out: &mut Out<'_>) -> Result<(Undated, bool)> {
    let kind = kind_of(first);
    let ListKind::Intervals { seconds } = kind else { return Err(refuse_kind(kind)) };
    let mut beats = Undated::new(out);
    for (i, value) in first.iter().enumerate() {
        push(&mut beats, seconds, *value, i as u64 + 1, out)?;
    }
    Ok((beats, seconds))
}

fn push(beats: &mut Undated, seconds: bool, value: f64, n: u64, out: &mut Out<'_>) -> Result<()> {
    if value.is_nan() {
        out.missing();
        return Ok(());
    }
    beats.push(if seconds { ms_of_seconds(value) } else { value }, &format!("number {n}"), out)
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn numbers_of_all_forms() {
        assert_eq!(Form::of("<i8").unwrap().number(&(-5_i64).to_le_bytes()), Some(-5.0));
        assert_eq!(Form::of(">i2").unwrap().number(&(-5_i16).to_be_bytes()), Some(-5.0));
        assert_eq!(Form::of("|u1").unwrap().number(&[200]), Some(200.0));
        assert_eq!(Form::of("<f4").unwrap().number(&0.5_f32.to_le_bytes()), Some(0.5));
        assert_eq!(Form::of(">f8").unwrap().number(&1e3_f64.to_be_bytes()), Some(1e3));
        assert!(Form::of("<U8").is_none());
        assert!(Form::of("<f2").is_none());
    }
}
