//! The files say what the truth says, within what the devices can see.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use twin_core::Timestamp;
use twin_testkit::{
    FitOptions, PHONE_SHORTFALL, Person, SimOptions, WATCH_ERROR, World, faults, fit_crc, write_apple_export,
};

fn world() -> World {
    Person::simulate(11, &SimOptions::default()).unwrap()
}

struct Row {
    kind: String,
    source: String,
    start: Timestamp,
    end: Timestamp,
    offset: String,
    value: String,
}

/// Every `Record` and `Workout`, and the number of elements; fails where the text is not well-formed.
fn read(xml: &[u8]) -> (Vec<Row>, BTreeMap<String, usize>) {
    let mut reader = Reader::from_reader(xml);
    let (mut rows, mut counts, mut buffer, mut depth) = (Vec::new(), BTreeMap::new(), Vec::new(), 0);
    loop {
        buffer.clear();
        let (tag, opens) = match reader.read_event_into(&mut buffer).unwrap() {
            Event::Start(tag) => (tag, 1),
            Event::Empty(tag) => (tag, 0),
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        depth += opens;
        let name = tag.name().as_ref().to_owned();
        *counts.entry(name.clone()).or_insert(0) += 1;
        let attributes: BTreeMap<String, String> = tag
            .attributes()
            .map(|a| a.unwrap())
            .map(|a| (a.key.as_ref().to_owned(), a.value.clone().into_owned()))
            .collect();
        if name == "Record" || name == "Workout" {
            let instant = |key: &str| {
                let text = &attributes[key];
                format!("{}T{}{}:{}", &text[..10], &text[11..19], &text[20..23], &text[23..25])
                    .parse::<Timestamp>()
                    .unwrap()
            };
            assert!(
                attributes.contains_key("sourceVersion") && instant("creationDate") >= instant("startDate")
            );
            rows.push(Row {
                kind: attributes.get("type").or(attributes.get("workoutActivityType")).unwrap().clone(),
                source: attributes["sourceName"].clone(),
                start: instant("startDate"),
                end: instant("endDate"),
                offset: attributes["startDate"][20..].to_owned(),
                value: attributes.get("value").cloned().unwrap_or_default(),
            });
        }
    }
    assert_eq!(depth, 0);
    (rows, counts)
}

#[test]
fn the_export_agrees_with_the_truth() {
    let w = world();
    let mut xml = Vec::new();
    w.write_apple_xml(&mut xml).unwrap();
    assert!((5_000_000..=30_000_000).contains(&xml.len()), "{} bytes", xml.len());
    let (rows, counts) = read(&xml);
    assert_eq!(counts["ActivitySummary"], 90);
    assert!(
        counts["WorkoutStatistics"] > 60
            && counts["WorkoutRoute"] == 3
            && counts["InstantaneousBeatsPerMinute"] > 10_000
    );
    let offsets: std::collections::BTreeSet<&str> = rows.iter().map(|r| r.offset.as_str()).collect();
    assert_eq!(offsets.into_iter().collect::<Vec<_>>(), ["+0100", "+0200", "-0400"]);

    let truth = w.truth();
    let mut phone_seen = (0.0, 0.0);
    for day in &truth.days {
        let end = day.start.plus_secs((day.hours * 3600.0) as i64);
        let on_day = || rows.iter().filter(|r| r.start >= day.start && r.start < end);
        let steps = |source: &str| -> f64 {
            on_day()
                .filter(|r| r.kind.ends_with("StepCount") && r.source.ends_with(source))
                .map(|r| r.value.parse::<f64>().unwrap())
                .sum()
        };
        let (watch, worn) = (steps("Watch"), f64::from(day.steps_worn));
        assert!(
            (watch - worn).abs() <= WATCH_ERROR * worn + 40.0,
            "{}: watch {watch}, worn {worn}",
            day.date
        );
        phone_seen.0 += steps("iPhone");
        phone_seen.1 += f64::from(day.steps_carried);
        if day.device_gaps.iter().any(|g| g.reason == "left_at_home") {
            assert!(watch == 0.0 && steps("iPhone") > 0.0);
            assert_eq!(on_day().filter(|r| r.kind.ends_with("IdentifierHeartRate")).count(), 0);
        }
        let asleep: f64 = rows
            .iter()
            .filter(|r| r.value.contains("Asleep") && !r.value.ends_with("Unspecified"))
            .filter(|r| r.start >= day.sleep.onset && r.end <= day.sleep.wake)
            .map(|r| r.end.secs_since(r.start) / 60.0)
            .sum();
        assert!(
            (asleep - if day.sleep.recorded { day.sleep.tst_min } else { 0.0 }).abs() < 0.01,
            "{}",
            day.date
        );
        if day.sleep.recorded && !day.sleep.in_flight {
            let mut night: Vec<f64> = rows
                .iter()
                .filter(|r| {
                    r.kind.ends_with("IdentifierHeartRate")
                        && r.start >= day.sleep.onset
                        && r.end <= day.sleep.wake
                })
                .map(|r| r.value.parse().unwrap())
                .collect();
            night.sort_by(f64::total_cmp);
            let low = night[night.len() / 20];
            assert!((low - day.rhr_bpm).abs() < 3.5, "{}: {low} for {}", day.date, day.rhr_bpm);
        }
    }
    let missed = 1.0 - phone_seen.0 / phone_seen.1;
    assert!((missed - PHONE_SHORTFALL).abs() < 0.01, "the phone misses {missed}");
    let workouts = rows.iter().filter(|r| r.kind.starts_with("HKWorkoutActivityType")).count();
    assert_eq!(workouts, w.sessions.iter().filter(|s| w.worn_between(s.start, s.end())).count());
}

#[test]
fn one_offset_throughout_keeps_the_instants() {
    let w = Person::simulate(4, &SimOptions::with_days(3)).unwrap();
    let (mut lived, mut exported) = (Vec::new(), Vec::new());
    w.write_apple_xml(&mut lived).unwrap();
    w.write_apple_xml_at(&mut exported, -18_000).unwrap();
    let (a, b) = (read(&lived).0, read(&exported).0);
    assert!(a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.start == y.start && x.value == y.value));
    assert!(b.iter().all(|r| r.offset == "-0500"));
}

#[test]
fn fit_files_are_whole() {
    let w = world();
    let mut kept_beats = 0;
    for (index, session) in w.sessions.iter().filter(|s| s.strap).enumerate() {
        let fit = w.write_fit(session, FitOptions { developer_field: index == 0, ..FitOptions::default() });
        assert_eq!((fit[0], &fit[8..12]), (14, &b".FIT"[..]));
        let size = u32::from_le_bytes(fit[4..8].try_into().unwrap()) as usize;
        assert_eq!(size + 16, fit.len());
        assert_eq!(fit_crc(&fit[..12]), u16::from_le_bytes([fit[12], fit[13]]));
        assert_eq!(fit_crc(&fit), 0, "the CRC of a file with its CRC is 0");
        assert!(fit.len() > 20 * session.length_s as usize);
        kept_beats += usize::from(session.beats);
        let beats: Vec<(f64, u16)> = session.beat_intervals(&w.person).collect();
        let sum: f64 = beats.iter().map(|b| f64::from(b.1) / 1000.0).sum();
        assert!((sum - f64::from(session.length_s)).abs() < 2.0);
        let rate = 60.0 * beats.len() as f64 / sum;
        assert!((rate - session.mean_hr).abs() < 1.5, "{rate} {}", session.mean_hr);
        let late = w.write_fit(session, FitOptions { clock_error_s: 3600, ..FitOptions::default() });
        assert_ne!(late, fit);
    }
    assert_eq!(kept_beats, 1);
}

#[test]
fn the_watch_lags_behind_the_strap() {
    let w = world();
    let session = w.sessions.iter().find(|s| s.strap).unwrap();
    let seconds: Vec<_> = session.seconds(&w.person).collect();
    let error = |seen: &dyn Fn(usize) -> f64| {
        (seconds.iter().enumerate().map(|(i, s)| (seen(i) - s.hr).powi(2)).sum::<f64>()
            / seconds.len() as f64)
            .sqrt()
    };
    let strap = error(&|i| session.strap_hr(i as u32, seconds[i].hr).map_or(seconds[i].hr, f64::from));
    let watch = error(&|i| seconds[i].watch_hr);
    assert!(strap < 0.5 && watch > 1.5, "strap {strap}, watch {watch}");
    let (lat, lon) = seconds[900].position();
    assert!((0.2..0.4).contains(&lat) && (-30.8..-30.4).contains(&lon));
}

#[test]
fn the_calendar_has_all_that_calendars_have() {
    let w = world();
    let ics = w.write_ics();
    let count = |text: &str| ics.lines().filter(|l| l.starts_with(text)).count();
    assert!(
        ics.ends_with("END:VCALENDAR\r\n")
            && ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    assert_eq!((count("BEGIN:VEVENT"), count("BEGIN:VTIMEZONE")), (count("END:VEVENT"), 2));
    let c = &w.calendar;
    let overrides: usize = c.series.iter().map(|s| s.overrides.len()).sum();
    let expected = c.series.len() + overrides + c.singles.len() + c.all_day.len() + w.places.flights.len();
    assert_eq!(count("BEGIN:VEVENT"), expected);
    assert_eq!((count("RRULE:FREQ=WEEKLY"), count("RECURRENCE-ID")), (3, overrides));
    assert!(
        overrides >= 3
            && count("EXDATE") >= 10
            && count("STATUS:CANCELLED") >= 2
            && count("DTSTART;VALUE=DATE") >= 3
    );
    let truth = w.truth();
    let hours: f64 = truth.days.iter().map(|d| d.meeting_h).sum();
    assert!((60.0..300.0).contains(&hours), "{hours}");
    let crunch: Vec<f64> = truth
        .days
        .iter()
        .enumerate()
        .filter(|(i, _)| w.episodes.crunch(*i as u32))
        .map(|(_, d)| d.meeting_h)
        .collect();
    assert!(crunch.len() == 5 && crunch.iter().sum::<f64>() / 5.0 > 3.0, "{crunch:?}");
}

#[test]
fn tables_hold_every_answer_and_session() {
    let w = world();
    let wellness = w.write_wellness_csv();
    let mut lines = wellness.lines();
    assert!(lines.next().unwrap().starts_with("effective_time_frame,fatigue,mood,readiness"));
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), w.check_ins.len());
    assert!((70..90).contains(&rows.len()));
    for (row, answer) in rows.iter().zip(&w.check_ins) {
        let cells: Vec<&str> = row.split(',').collect();
        assert_eq!(cells[0].parse::<Timestamp>().unwrap().micros(), answer.at_ms * 1000);
        assert_eq!(cells[3].parse::<u8>().unwrap(), answer.readiness);
        assert!(cells[1..3].iter().all(|c| (1..=5).contains(&c.parse::<u8>().unwrap())));
        assert_eq!(cells.last().unwrap().parse::<u8>().unwrap(), answer.stress);
    }
    assert_eq!(w.write_srpe_csv().lines().count(), w.sessions.len() + 1);
}

#[test]
fn the_large_export_is_well_formed_and_as_large_as_asked() {
    for wanted in [0, 500_000, 6_000_000] {
        let mut out = Vec::new();
        let written = write_apple_export(&mut out, wanted, 3).unwrap();
        assert_eq!(written, out.len() as u64);
        assert!(written >= wanted && written < wanted.max(5000) + 400_000);
        let (rows, counts) = read(&out);
        assert_eq!(counts.get("Workout").copied().unwrap_or(0) * (3 * 192 + 6 + 18 + 1), rows.len());
        let mut again = Vec::new();
        write_apple_export(&mut again, wanted, 3).unwrap();
        assert!(again == out);
    }
}

#[test]
fn faults_hit_the_records_of_an_export() {
    let w = Person::simulate(4, &SimOptions::with_days(2)).unwrap();
    let mut xml = Vec::new();
    w.write_apple_xml(&mut xml).unwrap();
    let shuffled = faults::shuffle_lines(&xml, 1, faults::apple_record);
    let (a, b) = (read(&xml), read(&shuffled));
    assert!(shuffled != xml && a.1 == b.1);
    let twice = read(&faults::duplicate_lines(&xml, 1.0, 1, faults::apple_record));
    assert!(twice.0.len() > a.0.len() + 100);
    let late = read(&faults::wrong_clock(&xml, 86_400));
    assert!(late.0.iter().zip(&a.0).all(|(x, y)| x.start == y.start.plus_secs(86_400)));
}
