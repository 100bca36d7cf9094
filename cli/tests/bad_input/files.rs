//! Bad files.

use super::tool::{Place, file_of, heart_rates, is_there, run, simulated};
use std::io::Write;
use std::time::{Duration, Instant};

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Runs an import, ends it when it takes long, and tells the most memory it held, MiB.
fn weighed(place: &Place, file: &str) -> (super::tool::Run, u64, Duration) {
    let started = Instant::now();
    let mut child = super::tool::start(&["import", "--json", &place.twin, file]);
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        peak = peak.max(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024);
        if started.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("no end in sight: {file}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    (super::tool::end(child), peak, started.elapsed())
}

#[test]
fn usage() {
    for (args, code) in [
        (&["--help"][..], 0),
        (&["--version"], 0),
        (&[], 2),
        (&["nonsense"], 2),
        (&["import"], 2),
        (&["history", "a", "steps", "--raw", "--every", "5m"], 2),
        (&["report", "a", "--days", "0"], 2),
    ] {
        assert_eq!(run(args).code, code, "{args:?}");
    }
}

#[test]
fn bad_words() {
    let place = Place::new();
    let diary = simulated(&place, 20, &["wellness.csv"]);
    let twin = place.twin.clone();
    run(&["import", "--zone", "Moon/Crater", &twin, &diary[0]]).refused("invalid_value");
    place.import(&[&diary[0]]).fine();
    run(&["state", &twin, "--at", "yesterday"]).refused("invalid_value");
    run(&["state", &twin, "--at", "2026-02-30"]).refused("invalid_value");
    run(&["history", &twin, "steps", "--every", "0s"]).refused("invalid_value");
    run(&["history", &twin, ""]).refused("invalid_value");
    run(&["history", &twin, "steps", "--from", "2026-02-01", "--to", "2026-01-01"]).fine();
    run(&["report", &twin, "--until", "soon"]).refused("invalid_value");
    run(&["report", &twin, "-o", "/no/such/folder/r.html"]).refused("storage");
    run(&["export", &twin, "-o", "/no/such/folder/e.jsonl"]).refused("storage");
    run(&["grant", &twin, "coach", "gossip"]).refused("invalid_value");
    run(&["state", &twin, "--actor", "coach", "--purpose", "health"]).refused("consent_required");
    run(&["state", &twin, "--person", "somebody-else"]).refused("conflict");
    run(&["state", &twin, "--person", ""]).refused("invalid_value");
    for args in [
        &["state", &twin, "--json"][..],
        &["verify", &twin, "--json"],
        &["history", &twin, "steps", "--json"],
    ] {
        assert_eq!(run(args).fine().json().len(), 1, "{args:?}");
    }
    for line in run(&["export", &twin]).fine().out.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn no_file_no_twin() {
    let place = Place::new();
    run(&["state", &place.twin]).refused("not_found");
    assert!(!is_there(&place.path("a.twin")), "looking makes nothing");
    place.import(&["/no/such/file.csv"]).refused("not_found");
    let nothing = place.path("nothing");
    std::fs::create_dir(&nothing).unwrap();
    run(&["state", nothing.to_str().unwrap()]).refused("storage");
    place.import(&[nothing.to_str().unwrap()]).fine();
    for (name, bytes) in [("x.txt", "x"), ("notes.txt", "a note about nothing, not a twin")] {
        let file = place.write(name, bytes);
        run(&["verify", &file]).refused("corrupt");
        run(&["import", &file, &file]).refused("corrupt");
        assert_eq!(file_of(&file), bytes.as_bytes(), "a file that is no twin is left alone");
    }
    // A folder stands for its files, and one bad file does not keep the others out.
    let folder = place.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let diary = simulated(&place, 20, &["wellness.csv"]);
    std::fs::copy(&diary[0], folder.join("b.csv")).unwrap();
    std::fs::write(folder.join("a.bin"), "neither this nor that").unwrap();
    let told = place.import(&[folder.to_str().unwrap()]).refused("unsupported").json();
    assert_eq!(told.len(), 2);
    assert!(told[1]["events"].as_u64().unwrap() > 0);
}

#[test]
fn files_that_are_no_such_files() {
    let place = Place::new();
    let csv = "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n2026-01-13T06:43:00.506Z,3,4,5,8,3,4,[],4\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(csv.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let nested = |n| format!("[{{\"dateTime\":{}1{}}}]", "[".repeat(n), "]".repeat(n));
    let cases: [(&str, Vec<u8>); 12] = [
        ("empty.csv", Vec::new()),
        ("empty.fit", Vec::new()),
        ("empty.zip", b"PK\x05\x06".iter().copied().chain([0; 18]).collect()),
        ("noise.fit", (0..5000_u32).map(|n| ((n * n) >> 3) as u8).collect()),
        ("zeros.ics", vec![0; 10_000]),
        ("picture.csv", b"\x89PNG\r\n\x1a\n and the rest".to_vec()),
        ("deep.json", "[".repeat(2_000_000).into_bytes()),
        ("deeper.json", nested(500_000).into_bytes()),
        ("half.gz", gz(&[7; 5000])[..20].to_vec()),
        ("broken.gz", [&gz(b"x")[..10], &[0xff; 50]].concat()),
        ("half.zip", b"PK\x03\x04\x14\0\0\0\x08\0".to_vec()),
        ("utf16-half.csv", utf16[..21].to_vec()),
    ];
    for (name, bytes) in cases {
        let file = place.write(name, bytes);
        let done = place.import(&[&file]);
        let refused = done.json()[0]["refused"].as_array().unwrap().len();
        assert!(
            (done.code == 1 && ["malformed", "unsupported"].contains(&done.error())) || refused > 0,
            "{name}: {} {}",
            done.out,
            done.err
        );
        assert_eq!(done.json()[0]["events"], 0, "{name}");
    }
    // Named as one thing, being another: the bytes decide.
    let told = place.import(&[&place.write("ride.fit", csv)]).fine().json();
    assert_eq!((told[0]["format"].as_str(), told[0]["events"].as_u64()), (Some("pmsys_wellness"), Some(1)));
    let utf16 = place.import(&[&place.write("utf16.csv", utf16)]);
    let again = utf16.json()[0]["duplicates"].as_u64();
    assert!(
        again == Some(1) || utf16.error() == "unsupported",
        "read as what it is, or refused: {}",
        utf16.out
    );
    place.hash();
}

#[test]
fn truncated_files_keep_their_beginning() {
    let place = Place::new();
    for file in simulated(&place, 14, &["-ride.fit", "calendar.ics", "wellness.csv"]) {
        let whole = file_of(&file);
        for part in [2, 3, 5] {
            let cut = place.write("cut", &whole[..whole.len() * (part - 1) / part]);
            let done = place.import(&[&cut]);
            let told = done.json().remove(0);
            let kept = told["events"].as_u64().unwrap() + told["duplicates"].as_u64().unwrap();
            assert!(kept > 0, "{file} cut by 1/{part}: {told}");
            if !file.ends_with("csv") {
                let said = told["error"].is_string() || !told["refused"].as_array().unwrap().is_empty();
                assert!(
                    said || !told["warnings"].as_array().unwrap().is_empty(),
                    "{file}: nothing said: {told}"
                );
            }
        }
        place.import(&[&file]).fine();
    }
    place.hash();
}

#[test]
fn bombs_end_quickly_and_small() {
    let place = Place::new();
    let bomb = |head: &[u8], with: u8| gz(&[head, &vec![with; 100_000_000]].concat());
    let diary = b"effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n2026-01-13T06:43:00.506Z,3,4,5,8,3,4,[],4\n";
    let heart = br#"[{"dateTime":"01/01/20 00:00:00","value":{"bpm":70,"confidence":1}}"#;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("apple_health_export/export.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<?xml version=\"1.0\"?><HealthData>").unwrap();
    zip.write_all(&vec![b' '; 100_000_000]).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    for (name, bytes) in [
        ("zeros.gz", bomb(b"", 0)),
        ("calendar.gz", bomb(b"BEGIN:VCALENDAR\r\n", b' ')),
        ("diary.gz", bomb(diary, b'0')),
        ("heart.gz", bomb(heart, b' ')),
        ("brackets.gz", bomb(b"[", b'[')),
        ("export.zip", zip),
    ] {
        assert!(bytes.len() < 120_000, "{name}: {}", bytes.len());
        let file = place.write(name, bytes);
        let (done, peak, took) = weighed(&place, &file);
        let told = done.json().remove(0);
        let said = done.code == 1 || !told["refused"].as_array().unwrap().is_empty();
        assert!(said, "{name}: {told}");
        assert!(peak < 200, "{name} took {peak} MiB");
        println!("{name}: {peak} MiB, {took:?}, {told}");
    }
    place.hash();
}

#[test]
fn impossible_values_and_clocks() {
    let place = Place::new();
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260113T100000Z\r\n\
        DTEND:20260113T090000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTART:99990101T100000Z\r\n\
        DTEND:99990101T110000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:c\r\nDTSTART:20260113T100000Z\r\n\
        DTEND:20260113T110000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let told = place.import(&[&place.write("c.ics", calendar)]).fine().json();
    assert_eq!(told[0]["events"], 1, "the sound one: {}", told[0]);
    let refused: u64 =
        told[0]["refused"].as_array().unwrap().iter().map(|r| r["count"].as_u64().unwrap()).sum();
    assert_eq!(refused, 2, "{}", told[0]);
    let rates = "Id,Time,Value\n1,3/1/2024 7:00:00 AM,612\n1,3/1/2024 7:00:10 AM,70\n1,3/1/2124 7:00:10 AM,70\n\
        1,3/1/1924 7:00:10 AM,70\n1,3/1/2024 7:00:20 AM,\n1,3/1/2024 7:00:30 AM,NaN\n1,3/1/2024 7:00:40 AM,-5\n1,13/45/2024 7:00:00 AM,70\n";
    let told = place.import(&[&place.write("heartrate_seconds_merged.csv", rates)]).fine().json();
    assert_eq!(told[0]["samples"], 1, "{}", told[0]);
    let refused: u64 =
        told[0]["refused"].as_array().unwrap().iter().map(|r| r["count"].as_u64().unwrap()).sum();
    assert!(refused == 5, "{}", told[0]);
    for r in told[0]["refused"].as_array().unwrap() {
        super::words::check_message(r["example"].as_str().unwrap());
    }
    place.hash();
}

#[test]
fn the_same_file_twice_and_files_that_overlap() {
    let place = Place::new();
    let rates = heart_rates(&place, 20_000);
    let files = simulated(&place, 14, &[".ics", ".csv", ".txt"]);
    let mut all: Vec<&str> = files.iter().map(String::as_str).collect();
    all.push(&rates);
    place.import(&all).fine();
    let hash = place.hash();
    for told in place.import(&all).fine().json() {
        assert_eq!((told["events"].as_u64(), told["samples"].as_u64()), (Some(0), Some(0)), "{told}");
        assert!(told["duplicates"].as_u64().unwrap() > 0, "{told}");
    }
    assert_eq!(place.hash(), hash);
    // The other way round, and each file cut in two that overlap: the same state.
    let other = Place::new();
    for file in all.iter().rev() {
        let text = String::from_utf8(file_of(file)).unwrap();
        if !file.ends_with("csv") {
            other.import(&[file]).fine();
            continue;
        }
        let (head, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().collect();
        let (third, name) = (rows.len() / 3, file.rsplit('/').next().unwrap());
        for part in [&rows[third..], &rows[..third * 2]] {
            let part = other.write(name, format!("{head}\n{}\n", part.join("\n")));
            other.import(&[&part]).fine();
        }
    }
    let resolved = |p: &Place| run(&["history", &p.twin, "heart_rate", "--every", "1h", "--json"]).fine().out;
    assert_eq!(resolved(&other), resolved(&place));
    assert_eq!(other.hash(), hash);
}

#[test]
fn a_file_that_changed_since() {
    let place = Place::new();
    let rates = heart_rates(&place, 3000);
    let raw = || {
        let told = run(&["history", &place.twin, "heart_rate", "--raw", "--csv"]).fine().out;
        told.lines().skip(1).map(|l| l.split(',').nth(2).unwrap().parse::<f64>().unwrap()).collect::<Vec<_>>()
    };
    place.import(&[&rates]).fine();
    let before = raw();
    let mut lines: Vec<String> =
        String::from_utf8(file_of(&rates)).unwrap().lines().map(str::to_owned).collect();
    let row = lines[1501].rsplit_once(',').unwrap().0.to_owned();
    lines[1501] = format!("{row},199");
    std::fs::write(&rates, lines.join("\n")).unwrap();
    place.import(&[&rates]).fine();
    let after = raw();
    let changed: Vec<usize> = (0..before.len()).filter(|n| before[*n] != after[*n]).collect();
    assert_eq!((before.len(), after.len()), (3000, 3000), "no sample is doubled");
    // Without a revision of the source's own, one of the two is believed, by a rule that holds everywhere.
    assert!(changed.len() <= 1 && changed.iter().all(|n| after[*n] == 199.0), "{changed:?}");
    let other = Place::new();
    other.import(&[&rates]).fine();
    other.import(&[&heart_rates(&other, 3000)]).fine();
    assert_eq!(other.hash(), place.hash(), "whichever was read first");
}
