//! Days that are written without a zone are the machine's.

use std::process::Command;

#[test]
fn a_day_ends_where_the_machine_is() {
    let folder = tempfile::tempdir().unwrap();
    let twin = folder.path().join("me.twin");
    let calendar = folder.path().join("one.ics");
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTAMP:20260301T080000Z\r\nDTSTART:20260301T090000\r\nDTEND:20260301T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    std::fs::write(&calendar, text).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_humantwin"));
        let output = command.args(args).env("TZ", "Asia/Tokyo").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let twin = twin.to_str().unwrap();
    run(&["import", twin, calendar.to_str().unwrap()]);
    let meeting = run(&["history", twin, "collaboration.meeting_attended"]);
    assert!(meeting.contains("2026-03-01T00:00:00"), "nine o'clock in Tokyo is midnight in UTC: {meeting}");
    let state = run(&["state", twin, "--at", "2026-03-01", "--json"]);
    assert!(state.contains(r#""at":"2026-03-01T14:59:59"#), "{state}");
}
