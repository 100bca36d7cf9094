use calcard::icalendar::ICalendar;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use twin_core::observation::{Sink, Warning};

/// The text of a file: line ends made one kind, bytes that are no UTF-8 taken as Latin-1.
pub(super) fn decode(bytes: Vec<u8>, sink: &mut dyn Sink) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|e| {
        let mut text = String::with_capacity(e.as_bytes().len());
        for chunk in e.as_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|&b| char::from(b)));
        }
        sink.warn(Warning::new("encoding", "the file is not UTF-8; other bytes are taken as Latin-1"));
        text
    });
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text = if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") };
    if text.lines().any(str::is_empty) { without_blank_lines(&text) } else { text }
}

/// Old writers put blank lines between a line and its continuation.
fn without_blank_lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n').filter(|l| !l.trim_end_matches(['\r', '\n']).is_empty()) {
        kept.push_str(line);
    }
    kept
}

/// A component's place: which entry of the file, which component of it in order of its `BEGIN`.
pub(super) type Place = (usize, usize);

/// What the lines alone tell.
#[derive(Default)]
pub(super) struct Outline {
    /// The file ends inside a component.
    pub(super) broken_off: bool,
    /// Components open at the end of the file.
    open: BTreeSet<Place>,
    /// Components with a rule that has an impossible number, which the parser would take for another.
    bad_rules: BTreeSet<Place>,
    components: BTreeMap<usize, usize>,
}

/// Components that cannot be trusted.
#[derive(Default)]
pub(super) struct Doubts {
    pub(super) truncated: BTreeSet<Place>,
    pub(super) bad_rules: BTreeSet<Place>,
}

impl Outline {
    /// The doubts, where the outline and the parser agree on what is a component.
    pub(super) fn fitting(&self, calendars: &[ICalendar]) -> Doubts {
        let parsed = calendars.iter().map(|c| c.components.len());
        if parsed.eq(self.components.values().copied()) {
            Doubts { truncated: self.open.clone(), bad_rules: self.bad_rules.clone() }
        } else {
            Doubts::default()
        }
    }
}

/// Reads the outline of a file. Contact cards do not count as entries.
pub(super) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut open: Vec<Place> = Vec::new();
    let (mut entries, mut components, mut in_card) = (0_usize, 0_usize, false);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (name, value) = parts(line);
        if in_card {
            in_card = !(name.eq_ignore_ascii_case("END") && value.trim().eq_ignore_ascii_case("VCARD"));
        } else if name.eq_ignore_ascii_case("BEGIN") {
            if open.is_empty() && value.trim().eq_ignore_ascii_case("VCARD") {
                in_card = true;
                continue;
            }
            if open.is_empty() {
                entries += 1;
                components = 0;
            }
            open.push((entries - 1, components));
            components += 1;
            outline.components.insert(entries - 1, components);
        } else if name.eq_ignore_ascii_case("END") {
            open.pop();
        } else if name.eq_ignore_ascii_case("RRULE") || name.eq_ignore_ascii_case("EXRULE") {
            let mut rule = value.to_owned();
            while let Some(more) = lines.next_if(|l| l.starts_with([' ', '\t'])) {
                rule.push_str(more.get(1..).unwrap_or_default());
            }
            if let Some(place) = open.last().filter(|_| !rule.split(';').all(possible)) {
                outline.bad_rules.insert(*place);
            }
        }
    }
    outline.broken_off = !open.is_empty();
    outline.open = open.into_iter().collect();
    outline
}

/// A line's name and value; parameters of rules and component marks do not matter here.
fn parts(line: &str) -> (&str, &str) {
    let name = line.split([':', ';']).next().unwrap_or_default();
    (name.trim(), line.split_once(':').map_or("", |(_, value)| value))
}

/// Can this part of a rule be? Only numbers are looked at; the parser judges the rest.
fn possible(part: &str) -> bool {
    let Some((key, values)) = part.split_once('=') else {
        return true;
    };
    let range: RangeInclusive<i64> = match key.trim().to_ascii_uppercase().as_str() {
        "COUNT" => 1..=i64::from(u32::MAX),
        "INTERVAL" => 1..=i64::from(u16::MAX),
        "BYSECOND" => 0..=60,
        "BYMINUTE" => 0..=59,
        "BYHOUR" => 0..=23,
        "BYMONTHDAY" => -31..=31,
        "BYYEARDAY" | "BYSETPOS" => -366..=366,
        "BYWEEKNO" => -53..=53,
        _ => return true,
    };
    let zero = *range.start() >= 0;
    values.split(',').all(|value| {
        let value = value.trim();
        value.is_empty()
            || value
                .strip_prefix('+')
                .unwrap_or(value)
                .parse()
                .is_ok_and(|n: i64| range.contains(&n) && (zero || n != 0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rules() {
        assert!(possible("BYMONTHDAY=-1,+15"));
        assert!(possible("COUNT=10"));
        assert!(!possible("COUNT=0"));
        assert!(!possible("BYHOUR=256"));
        assert!(!possible("BYMONTHDAY=0"));
        assert!(!possible("INTERVAL=65536"));
        assert!(possible("FREQ=DAILY"));
    }

    #[test]
    fn what_is_open_at_the_end() {
        let outline = outline("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\nDTST");
        assert!(outline.broken_off);
        assert_eq!(outline.open.iter().copied().collect::<Vec<_>>(), [(0, 0), (0, 2)]);
    }
}
