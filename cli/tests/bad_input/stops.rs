//! Imports that are stopped half-way, and two processes on one twin.

use super::tool::{Place, end, heart_rates, run, simulated, start};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

fn signal(child: &Child, name: &str) {
    drop(Command::new("kill").args([name, &child.id().to_string()]).status());
}

/// Files that take a while, and the hash they come to.
fn long_import(place: &Place) -> (Vec<String>, String, Duration) {
    let mut files = simulated(place, 21, &["calendar.ics", "wellness.csv"]);
    files.push(heart_rates(place, 30_000));
    let reference = Place::new();
    let all: Vec<&str> = files.iter().map(String::as_str).collect();
    let started = Instant::now();
    reference.import(&all).fine();
    let took = started.elapsed();
    (files, reference.hash(), took)
}

fn import(place: &Place, files: &[String]) -> Child {
    let mut args = vec!["import", "--json", "--zone", "Europe/Paris", &place.twin];
    args.extend(files.iter().map(String::as_str));
    start(&args)
}

/// An export that takes a while, and the hash it comes to.
fn long_export(place: &Place) -> (Vec<String>, String, Duration) {
    let path = place.path("export.xml");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    twin_testkit::write_apple_export(&mut out, 60_000_000, 7).unwrap();
    drop(out);
    let files = vec![path.to_str().unwrap().to_owned()];
    let reference = Place::new();
    let started = Instant::now();
    reference.import(&[&files[0]]).fine();
    let took = started.elapsed();
    (files, reference.hash(), took)
}

#[test]
fn interrupted_and_taken_up_again() {
    let place = Place::new();
    let (files, hash, took) = long_export(&place);
    let mut stopped = 0;
    for part in 1..=24_u32 {
        if stopped == 2 {
            break;
        }
        let place = Place::new();
        let child = import(&place, &files);
        std::thread::sleep(took * part / 24);
        signal(&child, "-INT");
        let done = end(child);
        if done.code == 0 {
            continue;
        }
        if done.code == 1 {
            stopped += 1;
            assert_eq!(done.error(), "cancelled", "{} {}", done.out, done.err);
            assert_eq!(done.json().last().unwrap()["interrupted"], true);
        } else {
            // Before the handler was set: the process ends as others do.
            println!("stopped before the first file");
        }
        if place.path("a.twin").exists() {
            place.hash();
        }
        end(import(&place, &files)).fine();
        assert_eq!(place.hash(), hash, "after a stop at {part}/24");
    }
    assert!(stopped > 0, "no import was met half-way");
}

#[test]
fn killed_at_any_moment() {
    let kills: u32 = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let place = Place::new();
    let (files, hash, took) = long_import(&place);
    let (mut half_way, mut seed) = (0, 12_345_u32);
    let mut place = Place::new();
    let mut least = 0;
    for kill in 0..kills {
        // Some kills hit one twin again and again, some a new one.
        if kill % 3 == 0 {
            (place, least) = (Place::new(), 0);
        }
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut child = import(&place, &files);
        std::thread::sleep(took * (seed >> 16) / 65_536);
        half_way += u32::from(child.try_wait().unwrap().is_none());
        signal(&child, "-KILL");
        drop(end(child));
        if place.path("a.twin").exists() {
            let events = place.events();
            assert!(events >= least, "what was acknowledged is lost: {events} of {least}");
            least = events;
        }
        if kill % 3 == 2 || kill + 1 == kills {
            end(import(&place, &files)).fine();
            assert_eq!(place.hash(), hash, "after kill {kill}");
        }
    }
    println!("{half_way} of {kills} kills met an import half-way");
    assert!(half_way > 0);
}

#[test]
fn what_was_told_is_there_after_a_kill() {
    use std::io::{BufRead, BufReader};
    let place = Place::new();
    let (files, ..) = long_import(&place);
    let place = Place::new();
    let mut child = import(&place, &files);
    // The first file is told as done: from then on it may not be lost.
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    signal(&child, "-KILL");
    child.wait().unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(told["events"].as_u64().unwrap() > 0);
    let again = place.import(&[&files[0]]).fine().json();
    assert_eq!((again[0]["events"].as_u64(), again[0]["samples"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn two_processes_on_one_twin() {
    let place = Place::new();
    let diary = simulated(&place, 20, &["wellness.csv"]);
    place.import(&[&diary[0]]).fine();
    let sound = place.hash();
    // An import of a pipe that nobody writes to holds the twin as long as it waits.
    let pipe = place.path("pipe.csv").to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = import(&place, &[pipe]);
    let lock = std::fs::File::open(format!("{}.lock", place.twin)).unwrap();
    let held = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let free = lock.try_lock_shared().is_ok();
        if free {
            lock.unlock().unwrap();
        }
        !free
    });
    assert!(held, "the import never took the twin");
    let grant = || run(&["grant", &place.twin, "coach", "health"]);
    grant().refused("conflict");
    place.import(&[&diary[0]]).refused("conflict");
    place.events();
    run(&["state", "--json", &place.twin]).fine();
    signal(&writer, "-KILL");
    drop(end(writer));
    grant().fine();
    assert_ne!(place.hash(), sound);
}

#[test]
fn readers_beside_an_import() {
    let place = Place::new();
    let (files, hash, _) = long_import(&place);
    let place = Place::new();
    place.import(&[&files[0]]).fine();
    let mut writer = import(&place, &files);
    let (mut read, mut least) = (0, 0);
    while writer.try_wait().unwrap().is_none() {
        let events = place.events();
        assert!(events >= least);
        (read, least) = (read + 1, events);
        run(&["state", "--json", &place.twin]).fine();
    }
    println!("{read} readers read beside the import");
    // A reader that came first keeps the import out, just as well.
    let done = end(writer);
    assert!(done.code == 0 || done.error() == "conflict", "{}", done.err);
    end(import(&place, &files)).fine();
    assert_eq!(place.hash(), hash);
}
