//! Text into HTML, safely; numbers as people read them.

use serde::Serialize;
use std::fmt::{self, Write as _};
use twin_core::{LocalDate, Zone};

/// Longest foreign text on the page, characters; what is longer ends in `…`.
const MAX_TEXT: usize = 400;

/// Writes formatted HTML; foreign text must go through [`Esc`]. Writing to a `String` cannot fail.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {{
        use ::std::fmt::Write as _;
        let _ = ::std::write!($out, $($arg)*);
    }};
}
pub(super) use put;

/// Foreign text, escaped for element content and quoted attributes.
///
/// Control characters and direction overrides become `U+FFFD`, so that no name can reorder the page.
pub(super) struct Esc<'a>(pub(super) &'a str);

impl fmt::Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, c) in self.0.chars().enumerate() {
            if n == MAX_TEXT {
                return f.write_char('…');
            }
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                c if c.is_control() || turns_text(c) => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// JSON for a data block, without direction overrides: no `<`, `>` or `&` is left, so nothing in it can end the element.
pub(super) fn json_block<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "{}".into());
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => put!(out, "\\u{:04x}", c as u32),
            c if turns_text(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Direction overrides and isolates: they reorder what follows them.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Digits with thin spaces between thousands: `12 345.6`; a true minus sign.
pub(super) fn number(value: f64, decimals: u8) -> String {
    let plain = format!("{:.*}", usize::from(decimals.min(3)), value.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    if value < 0.0 && plain.chars().any(|c| matches!(c, '1'..='9')) {
        out.push('−');
    }
    let digits = whole.len();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (digits - i) % 3 == 0 && digits > 4 {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    if let Some(f) = fraction {
        put!(out, ".{f}");
    }
    out
}

/// A whole count.
pub(super) fn count(value: u64) -> String {
    number(value as f64, 0)
}

/// `1 night`, `2 nights`.
pub(super) fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Minutes as `7 h 12 min`, with spaces that do not break.
pub(super) fn duration(minutes: f64) -> String {
    let total = minutes.round().max(0.0) as u64;
    match (total / 60, total % 60) {
        (0, m) => format!("{m}\u{a0}min"),
        (h, 0) => format!("{h}\u{a0}h"),
        (h, m) => format!("{h}\u{a0}h\u{a0}{m}\u{a0}min"),
    }
}

/// Hours since midnight as `23:15`; hours before midnight and after the day wrap round.
pub(super) fn clock(hours: f64) -> String {
    let minutes = ((hours * 60.0).round() as i64).rem_euclid(1440);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A share 0..=1 as `84 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{}\u{a0}%", number(share * 100.0, 0))
}

/// `3 Mar`, with a space that does not break.
pub(super) fn short_date(date: LocalDate) -> String {
    let (_, month, day) = date.ymd();
    format!("{day}\u{a0}{}", month_name(month))
}

/// `Tue 3 Mar 2026`.
pub(super) fn long_date(date: LocalDate) -> String {
    format!("{} {}", weekday_name(date), full_date(date))
}

pub(super) fn weekday_name(date: LocalDate) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].get(usize::from(date.weekday())).copied().unwrap_or("")
}

fn month_name(month: i8) -> &'static str {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(month - 1).ok().and_then(|m| names.get(m)).copied().unwrap_or("")
}

/// `3 Mar 2026`.
pub(super) fn full_date(date: LocalDate) -> String {
    format!("{} {}", short_date(date), date.ymd().0)
}

/// Day and clock time of an instant in a zone: `3 Mar 2026 23:15`.
pub(super) fn local_time(t: twin_core::Timestamp, zone: &Zone) -> String {
    let date = zone.date_of(t);
    format!("{} {}", full_date(date), clock(local_hour(t, zone, date)))
}

/// Clock time of an instant, in hours since midnight of `date`.
pub(super) fn local_hour(t: twin_core::Timestamp, zone: &Zone, date: LocalDate) -> f64 {
    (t.secs() + i64::from(zone.offset_at(t)) - i64::from(date.days()) * 86_400) as f64 / 3600.0
}

/// `running` for `running`, `Strength training` for `strength_training`.
pub(super) fn words(slug: &str) -> String {
    let spaced = slug.replace('_', " ");
    let mut chars = spaced.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(number(12_345.64, 1), "12\u{202f}345.6");
        assert_eq!(number(9_345.0, 0), "9345");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-4.0, 0), "−4");
        assert_eq!(duration(432.4).replace('\u{a0}', " "), "7 h 12 min");
        assert_eq!(clock(-0.75), "23:15");
        assert_eq!(percent(0.844), "84\u{a0}%");
    }

    #[test]
    fn nothing_foreign_gets_out_of_its_place() {
        assert_eq!(Esc("<b a='1'>&\u{202e}\0").to_string(), "&lt;b a=&#39;1&#39;&gt;&amp;\u{fffd}\u{fffd}");
        assert_eq!(json_block(&"</script><!--\u{2028}"), r#""\u003c/script\u003e\u003c!--\u2028""#);
        assert_eq!(Esc(&"x".repeat(500)).to_string().chars().count(), 401);
    }
}
