//! Written times, quickly.

use std::io::Write;
use twin_core::LocalDate;

/// Writes instants as local times; remembers the day it wrote last.
#[derive(Default)]
pub(crate) struct Stamper {
    day: Option<i64>,
    ymd: (i16, i8, i8),
}

/// A local reading: year, month, day, hour, minute, second.
pub(crate) type Civil = (i16, i8, i8, i64, i64, i64);

impl Stamper {
    /// The reading of a clock `offset` seconds east of UTC.
    pub(crate) fn civil(&mut self, secs: i64, offset: i32) -> Civil {
        let local = secs + i64::from(offset);
        let (day, rest) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        if self.day != Some(day) {
            self.day = Some(day);
            self.ymd = LocalDate::from_days(day as i32).ymd();
        }
        let (y, m, d) = self.ymd;
        (y, m, d, rest / 3600, rest % 3600 / 60, rest % 60)
    }

    /// `2026-03-01 07:00:00 +0100`.
    pub(crate) fn apple(&mut self, out: &mut Vec<u8>, secs: i64, offset: i32) {
        let (y, m, d, hour, minute, second) = self.civil(secs, offset);
        let two = |out: &mut Vec<u8>, n: i64, after: u8| {
            out.extend([b'0' + (n / 10) as u8, b'0' + (n % 10) as u8, after])
        };
        two(out, i64::from(y) / 100, b'0');
        out.pop();
        two(out, i64::from(y) % 100, b'-');
        two(out, i64::from(m), b'-');
        two(out, i64::from(d), b' ');
        two(out, hour, b':');
        two(out, minute, b':');
        two(out, second, b' ');
        out.push(if offset < 0 { b'-' } else { b'+' });
        let minutes = i64::from(offset.abs() / 60);
        two(out, minutes / 60, b'0');
        out.pop();
        two(out, minutes % 60, b' ');
        out.pop();
    }

    /// `2026-03-01T06:00:00.250Z`, from UTC milliseconds.
    pub(crate) fn zulu(&mut self, out: &mut Vec<u8>, ms: i64) {
        let (y, m, d, hour, minute, second) = self.civil(ms.div_euclid(1000), 0);
        let _ =
            write!(out, "{y:04}-{m:02}-{d:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms.rem_euclid(1000));
    }

    /// `20260301T070000`, iCalendar's local form.
    pub(crate) fn basic(&mut self, secs: i64, offset: i32) -> String {
        let (y, m, d, hour, minute, second) = self.civil(secs, offset);
        format!("{y:04}{m:02}{d:02}T{hour:02}{minute:02}{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms() {
        let t = "2026-03-01T06:00:09Z".parse::<twin_core::Timestamp>().unwrap().secs();
        let mut s = Stamper::default();
        let mut out = Vec::new();
        s.apple(&mut out, t, 3600);
        assert_eq!(String::from_utf8(out).unwrap(), "2026-03-01 07:00:09 +0100");
        let mut out = Vec::new();
        s.apple(&mut out, t, -9000);
        assert_eq!(String::from_utf8(out).unwrap(), "2026-03-01 03:30:09 -0230");
        let mut out = Vec::new();
        s.zulu(&mut out, t * 1000 + 7);
        assert_eq!(String::from_utf8(out).unwrap(), "2026-03-01T06:00:09.007Z");
        assert_eq!(s.basic(t, 3600), "20260301T070009");
    }
}
