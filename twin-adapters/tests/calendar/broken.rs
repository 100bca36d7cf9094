//! Broken files cost no more than what is broken.

use super::{SERIES, all, codes, event, options, read_in, sample, try_read, warned};
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, calendar};
use twin_core::observation::Collected;
use twin_core::{Code, Timestamp};

#[test]
fn a_bad_entry_costs_only_itself() {
    let bad = [
        ("DTSTART:20260231T090000Z", "bad_time"),
        ("DTSTART:20260301T250000Z", "bad_time"),
        ("DTSTART:yesterday", "bad_time"),
        ("SUMMARY:no start", "bad_time"),
        ("DTSTART:20260301T090000Z\nDTEND:20260301T080000Z", "bad_time"),
        ("DTSTART:20260301T090000Z\nDTEND:later", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:-PT1H", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:an hour", "bad_time"),
        ("DTSTART:20260301T090000Z\nDURATION:P999999999999999W", "bad_time"),
        ("DTSTART:20260301T090000Z\nRECURRENCE-ID:first", "bad_time"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=SOMETIMES", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;BYHOUR=265", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;COUNT=0", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:FREQ=WEEKLY;BYMONTHDAY=3", "bad_rule"),
        ("DTSTART:20260301T090000Z\nRRULE:RSCALE=HEBREW;FREQ=YEARLY", "unsupported_rule"),
    ];
    for (lines, code) in bad {
        let good = event("DTSTART:20260302T090000Z").replace("UID:a@", "UID:good@");
        let seen = read_in("UTC", &format!("{}\n{good}", event(lines)));
        assert_eq!(codes(&seen), [code], "{lines}");
        assert_eq!(seen.refused[0].subject, "VEVENT 1");
        let left: Vec<_> = all(&seen).into_iter().map(|e| e.uid).collect();
        assert_eq!(left, ["good@example.org"], "{lines}");
    }
}

#[test]
fn an_unreadable_exception_is_told_and_costs_no_other() {
    let lines =
        "DTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T090000Z\nEXDATE:someday\nRDATE:";
    let seen = read_in("UTC", &event(lines));
    assert_eq!(all(&seen).len(), 2);
    assert_eq!(codes(&seen), ["bad_time"]);
}

#[test]
fn a_cut_file_keeps_what_precedes() {
    let whole = format!("BEGIN:VCALENDAR\r\n{}\r\n", event("DTSTART:20260301T090000Z").replace('\n', "\r\n"));
    let (result, seen) = try_read(whole.as_bytes(), "UTC");
    result.unwrap();
    assert_eq!((all(&seen).len(), codes(&seen)), (1, vec!["truncated"]));
    let cut = format!("{whole}BEGIN:VEVENT\r\nUID:c\r\nDTSTART:20260302T090000Z\r\nRRU");
    let (result, seen) = try_read(cut.as_bytes(), "UTC");
    result.unwrap();
    assert_eq!((all(&seen).len(), codes(&seen)), (1, vec!["truncated", "truncated"]));
}

#[test]
fn line_ends_marks_and_encodings() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:l\r\nDTSTART:20260301T09\r\n 0000Z\r\nSUMMARY:caf\u{e9}\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let forms = [
        (text.as_bytes().to_vec(), false),
        (text.replace("\r\n", "\n").into_bytes(), false),
        (text.replace("\r\n", "\r").into_bytes(), false),
        (format!("\u{feff}{text}").into_bytes(), false),
        (text.replace("\r\n", "\r\n\r\n").into_bytes(), false),
        (latin, true),
    ];
    for (bytes, warns) in forms {
        assert!(calendar::matches(&bytes), "{}", String::from_utf8_lossy(&bytes));
        let (result, seen) = try_read(&bytes, "UTC");
        result.unwrap();
        let entry = all(&seen).remove(0);
        assert_eq!(
            (entry.title.as_deref(), entry.start.to_string()),
            (Some("café"), "2026-03-01T09:00:00Z".into())
        );
        assert_eq!(warned(&seen, "encoding"), warns);
    }
}

#[test]
fn fragments_cards_and_other_things() {
    let (result, seen) = try_read(event("DTSTART:20260301T090000Z").as_bytes(), "UTC");
    result.unwrap();
    assert_eq!(all(&seen).len(), 1);
    assert!(warned(&seen, "fragment"));
    let code = |text: &str| try_read(text.as_bytes(), "UTC").0.unwrap_err().code();
    assert_eq!(code("BEGIN:VCARD\nVERSION:3.0\nN:A\nEND:VCARD\n"), Code::Unsupported);
    assert_eq!(code(""), Code::Malformed);
    assert_eq!(code("a,b\n1,2\n"), Code::Malformed);
    assert_eq!(code("BEGIN:HTML\nEND:HTML\n"), Code::Malformed);
    assert!(
        !calendar::matches(b"BEGIN:VCARD\r\n") && !calendar::matches(b"BEGIN:") && !calendar::matches(b"")
    );
    let (result, seen) = try_read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "UTC");
    result.unwrap();
    assert!(seen.facts.is_empty() && seen.refused.is_empty());
}

#[test]
fn an_entry_without_its_end_does_not_swallow_the_next() {
    let open = "BEGIN:VEVENT\nUID:open\nDTSTART:20260301T090000Z";
    let seen = read_in("UTC", &format!("{open}\n{}", event("DTSTART:20260302T090000Z")));
    assert_eq!(all(&seen).len(), 2);
}

#[test]
fn huge_lines_and_many_entries_are_bounded() {
    let seen =
        read_in("UTC", &event(&format!("DTSTART:20260301T090000Z\nDESCRIPTION:{}", "x".repeat(3 << 20))));
    assert_eq!(all(&seen).len(), 1);
    let nested = format!("{}{}", "BEGIN:VEVENT\n".repeat(20_000), "END:VEVENT\n".repeat(20_000));
    let seen = read_in("UTC", &nested);
    assert_eq!(codes(&seen).len(), 20_000);
}

#[test]
fn the_same_bytes_give_the_same_facts() {
    let text =
        format!("{}\n{}", event(SERIES), event("DTSTART:20260401T090000Z").replace("UID:a@", "UID:b@"));
    assert_eq!(read_in("UTC", &text).facts, read_in("UTC", &text).facts);
    let late: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
    let mut seen = Collected::default();
    let later = ReadOptions { now: late, ..options("UTC") };
    let bytes = String::from_utf8(sample()).unwrap();
    calendar::read(&mut Cursor::new(&bytes), &later, &mut seen).unwrap();
    assert_eq!(seen.facts, try_read(bytes.as_bytes(), "UTC").1.facts);
}
