//! Ways in which files go wrong, seeded.

use crate::draws::{Draws, Topic};
use crate::stamp::Stamper;
use std::io::Write;
use twin_core::LocalDate;

/// The first part of a file, `keep` 0..=1 of its length: a copy that broke off.
///
/// ```
/// assert_eq!(twin_testkit::faults::truncate(b"abcdefgh", 0.5), b"abcd");
/// ```
#[must_use]
pub fn truncate(bytes: &[u8], keep: f64) -> Vec<u8> {
    let length = (bytes.len() as f64 * keep.clamp(0.0, 1.0)).round() as usize;
    bytes.get(..length).unwrap_or(bytes).to_vec()
}

/// A copy in which `count` bytes at drawn places have one bit turned.
#[must_use]
pub fn flip(bytes: &[u8], count: usize, seed: u64) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut d = Draws::of(seed, Topic::Faults, 0);
    let last = out.len().saturating_sub(1) as u32;
    for _ in 0..count {
        let (place, bit) = (d.whole(0, last) as usize, d.whole(0, 7));
        if let Some(byte) = out.get_mut(place) {
            *byte ^= 1 << bit;
        }
    }
    out
}

/// A copy in which each line that `is_record` accepts is written again with probability `share`, as a source does
/// that sends the same record twice.
#[must_use]
pub fn duplicate_lines(text: &[u8], share: f64, seed: u64, is_record: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut d = Draws::of(seed, Topic::Faults, 1);
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        out.extend_from_slice(line);
        if is_record(line) && d.chance(share) {
            out.extend_from_slice(line);
        }
    }
    out
}

/// A copy in which the lines that `is_record` accepts have changed places; the others stay.
#[must_use]
pub fn shuffle_lines(text: &[u8], seed: u64, is_record: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.split_inclusive(|b| *b == b'\n').collect();
    let mut records: Vec<&[u8]> = lines.iter().copied().filter(|line| is_record(line)).collect();
    Draws::of(seed, Topic::Faults, 2).shuffle(&mut records);
    let mut records = records.into_iter();
    lines
        .into_iter()
        .flat_map(|line| if is_record(line) { records.next().unwrap_or(line) } else { line })
        .copied()
        .collect()
}

/// Accepts the records of an `export.xml` that stand on one line.
///
/// ```
/// assert!(twin_testkit::faults::apple_record(b" <Record type=\"x\" value=\"1\"/>\n"));
/// assert!(!twin_testkit::faults::apple_record(b" <Record type=\"x\" value=\"1\">\n"));
/// ```
#[must_use]
pub fn apple_record(line: &[u8]) -> bool {
    line.starts_with(b" <Record ") && line.ends_with(b"/>\n")
}

/// A copy in which every time of the forms `2026-03-01 07:00:00` and `2026-03-01T07:00:00` is moved by `shift_s`
/// seconds: a device whose clock is wrong. For FIT files see [`crate::FitOptions::clock_error_s`].
///
/// ```
/// let late = twin_testkit::faults::wrong_clock(b"a=2026-02-28 23:59:59 +0100,b", 2);
/// assert_eq!(late, b"a=2026-03-01 00:00:01 +0100,b");
/// ```
#[must_use]
pub fn wrong_clock(text: &[u8], shift_s: i64) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut stamper = Stamper::default();
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let after_digit = out.last().is_some_and(u8::is_ascii_digit);
        match rest.first_chunk::<19>().filter(|_| !after_digit).and_then(reading) {
            Some((secs, between)) => {
                let (y, m, d, hour, minute, second) = stamper.civil(secs + shift_s, 0);
                // Writing to a `Vec` does not fail.
                let _ = write!(
                    out,
                    "{y:04}-{m:02}-{d:02}{}{hour:02}:{minute:02}:{second:02}",
                    char::from(between)
                );
                rest = rest.get(19..).unwrap_or_default();
            }
            None => {
                out.push(first);
                rest = tail;
            }
        }
    }
    out
}

/// Seconds since 1970 of a wall-clock reading, and the byte between date and time.
fn reading(text: &[u8; 19]) -> Option<(i64, u8)> {
    let [_, _, _, _, b'-', _, _, b'-', _, _, between @ (b' ' | b'T'), h1, h2, b':', m1, m2, b':', s1, s2] =
        *text
    else {
        return None;
    };
    let two = |a: u8, b: u8| {
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| i64::from(a - b'0') * 10 + i64::from(b - b'0'))
    };
    let date: LocalDate = std::str::from_utf8(text.get(..10)?).ok()?.parse().ok()?;
    Some((i64::from(date.days()) * 86_400 + two(h1, h2)? * 3600 + two(m1, m2)? * 60 + two(s1, s2)?, between))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_can_go_wrong(bytes: Vec<u8>, keep in -1.0..2.0_f64, shift in -1_000_000_000_i64..1_000_000_000, seed: u64) {
            prop_assert!(bytes.starts_with(&truncate(&bytes, keep)));
            prop_assert_eq!(flip(&bytes, 3, seed).len(), bytes.len());
            prop_assert_eq!(shuffle_lines(&bytes, seed, |_| true).len(), bytes.len());
            prop_assert!(duplicate_lines(&bytes, 0.5, seed, |_| true).len() >= bytes.len());
            prop_assert_eq!(wrong_clock(&bytes, shift).len(), bytes.len());
        }
    }

    #[test]
    fn faults_repeat_and_do_what_they_say() {
        let text: Vec<u8> = (0..200).flat_map(|n| format!("r{n}\n").into_bytes()).collect();
        let record = |line: &[u8]| line.starts_with(b"r");
        let shuffled = shuffle_lines(&text, 1, record);
        assert_eq!(shuffled, shuffle_lines(&text, 1, record));
        assert_ne!(shuffled, text);
        let sorted = |bytes: &[u8]| {
            let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&shuffled), sorted(&text));
        let twice = duplicate_lines(&text, 0.5, 1, record);
        let added = twice.iter().filter(|b| **b == b'\n').count() - 200;
        assert!((60..140).contains(&added), "{added}");
        let flipped = flip(&text, 5, 1);
        let changed = flipped.iter().zip(&text).filter(|(a, b)| a != b).count();
        assert!((1..=5).contains(&changed));
        assert!(flip(&[], 5, 1).is_empty());
        assert_eq!(wrong_clock(&wrong_clock(b"2026-01-01T00:00:00Z", -90), 90), b"2026-01-01T00:00:00Z");
        assert_eq!(wrong_clock(b"2026-13-01 00:00:00", 90), b"2026-13-01 00:00:00");
    }
}
