//! A calendar with a history: after each sync the twin holds what the server shows.

use super::fake::{Fake, URL, meeting};
use super::{at, entry, holds, line, log, options, run, store};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::Cursor;
use twin_adapters::files::{ReadOptions, calendar};
use twin_adapters::services::caldav::{CaldavOptions, CaldavReport};
use twin_core::event::{Content, EventBody};
use twin_core::log::Log;
use twin_core::observation::Collected;
use twin_core::{Timestamp, Zone};

const NOW: &str = "2026-11-01T00:00:00Z";
const STAMP: &str = "20261001T080000Z";

/// A server, a twin that follows it, and what the twin keeps between syncs.
struct World {
    server: Fake,
    log: Log,
    state: Option<String>,
    now: Timestamp,
}

impl World {
    fn new() -> Self {
        Self { server: Fake::default(), log: log(), state: None, now: at(NOW) }
    }

    fn options(&self) -> CaldavOptions {
        CaldavOptions { state: self.state.clone(), now: self.now, ..options(URL, NOW) }
    }

    fn sync(&mut self) -> CaldavReport {
        let options = self.options();
        self.sync_with(options).0
    }

    fn sync_with(&mut self, options: CaldavOptions) -> (CaldavReport, Collected) {
        let mut seen = Collected::default();
        self.server.asked.clear();
        let report = run(options, &mut seen, &mut |request| self.server.serve(request)).unwrap();
        assert!(seen.refused.is_empty(), "{:?}", seen.refused);
        let deletions = seen.facts.iter().filter(|f| matches!(f.body, EventBody::RecordDeleted(_))).count();
        assert_eq!(
            (report.upserts + report.deleted, report.deleted),
            (seen.facts.len() as u64, deletions as u64)
        );
        store(&mut self.log, seen.facts.clone(), self.now);
        self.state = Some(report.state.clone());
        (report, seen)
    }

    fn holds(&self) -> Vec<String> {
        holds(&self.log)
    }

    /// What a file of all calendars says now.
    fn file(&self) -> Vec<Content> {
        let mut seen = Collected::default();
        let zone = Zone::named("Europe/Paris").unwrap();
        let options = ReadOptions { now: self.now, zone, name: "a.ics".into(), subject: None };
        if !self.server.objects.is_empty() {
            calendar::read(&mut Cursor::new(self.server.export()), &options, &mut seen).unwrap();
        }
        seen.facts
    }
}

#[test]
fn a_sync_and_a_file_are_the_same_facts() {
    let mut world = World::new();
    world.server.put(
        "/cal/a/1.ics",
        &format!(
            "{}\n{}",
            meeting("s", STAMP, "20261026T090000", "SUMMARY:Daily\nRRULE:FREQ=DAILY;COUNT=9"),
            meeting("s", STAMP, "20261102T140000", "SUMMARY:Later\nRECURRENCE-ID:20261102T090000")
        ),
    );
    world.server.put("/cal/a/2.ics", &meeting("one", STAMP, "20261020T080000Z", "SUMMARY:A & B <c>"));
    world.server.put(
        "/cal/b/3.ics",
        "BEGIN:VEVENT\nUID:day\nDTSTAMP:20261001T080000Z\nDTSTART;VALUE=DATE:20261224\nEND:VEVENT",
    );
    let options = world.options();
    let (report, seen) = world.sync_with(options);
    let mut file = world.file();
    let mut synced = seen.facts.clone();
    let by_record = |f: &Content| f.record.clone();
    synced.sort_by_key(by_record);
    file.sort_by_key(by_record);
    // Equal with their revisions: the log keeps one of both, so nothing counts twice.
    assert_eq!(synced, file);
    assert_eq!(
        (report.calendars, report.upserts, report.deleted, report.ignored, report.full),
        (2, 11, 0, 0, true)
    );
    let before = world.holds();
    assert_eq!(before.len(), 11);
    store(&mut world.log, file, at(NOW));
    assert_eq!(world.holds(), before);
    assert!(!report.state.contains("Daily"), "a state holds no titles");
}

#[test]
fn only_what_changed_is_asked_for() {
    let mut world = World::new();
    for n in 0..120 {
        world.server.put(
            &format!("/cal/a/{n}.ics"),
            &meeting(&format!("u{n}"), STAMP, "20261020T080000Z", "SUMMARY:x"),
        );
    }
    assert_eq!(world.sync().upserts, 120);
    assert_eq!(world.server.asked.iter().filter(|r| r.body.contains("multiget")).count(), 3);
    let report = world.sync();
    assert_eq!((report.upserts, report.deleted, report.full), (0, 0, false));
    assert_eq!(world.server.fetched(), Vec::<String>::new());
    world.server.put("/cal/a/7.ics", &meeting("u7", "20261002T080000Z", "20261021T080000Z", "SUMMARY:y"));
    world.server.delete("/cal/a/8.ics");
    let report = world.sync();
    assert_eq!((report.upserts, report.deleted, report.full), (1, 1, false));
    assert_eq!(world.server.fetched(), ["/cal/a/7.ics"]);
    let holds = world.holds();
    assert_eq!(holds.len(), 119);
    assert!(holds.contains(&"met/u7 2026-10-21T08:00:00Z y".to_owned()), "{holds:?}");
    world.server.inline = true;
    world.server.put("/cal/a/7.ics", &meeting("u7", "20261003T080000Z", "20261021T080000Z", "SUMMARY:z"));
    assert_eq!(world.sync().upserts, 1);
    assert_eq!(world.server.fetched(), Vec::<String>::new());
}

#[test]
fn a_refused_token_lists_everything_and_asks_for_little() {
    for plain in [false, true] {
        let mut world = World::new();
        world.server.plain = plain;
        for n in 0..4 {
            let text = meeting(&format!("u{n}"), STAMP, "20261020T080000Z", "");
            world.server.put(&format!("/cal/a/{n}.ics"), &text);
        }
        world.sync();
        world.server.delete("/cal/a/0.ics");
        world.server.put("/cal/a/1.ics", &meeting("u1", "20261002T080000Z", "20261022T080000Z", ""));
        world.server.tokens.clear();
        let report = world.sync();
        assert_eq!((report.upserts, report.deleted, report.full), (1, 1, true), "plain: {plain}");
        assert_eq!(world.server.fetched(), ["/cal/a/1.ics"]);
        assert_eq!(world.holds().len(), 3);
    }
}

#[test]
fn a_meeting_moved_to_another_calendar_stays() {
    let mut world = World::new();
    let text = meeting("m", STAMP, "20261020T080000Z", "");
    world.server.put("/cal/b/m.ics", &text);
    world.sync();
    world.server.delete("/cal/b/m.ics");
    world.server.put("/cal/a/m.ics", &text);
    assert_eq!(world.sync().deleted, 0);
    assert_eq!(world.holds().len(), 1);
    world.server.delete("/cal/a/m.ics");
    assert_eq!(world.sync().deleted, 1);
    assert_eq!(world.holds(), Vec::<String>::new());
}

#[test]
fn what_comes_back_from_the_bin_holds_again() {
    let mut world = World::new();
    let text = meeting("m", STAMP, "20261020T080000Z", "");
    for _ in 0..3 {
        world.server.put("/cal/a/m.ics", &text);
        assert_eq!(world.sync().upserts, 1);
        assert_eq!(world.holds().len(), 1);
        assert_eq!(world.sync().upserts, 0);
        world.server.delete("/cal/a/m.ics");
        assert_eq!(world.sync().deleted, 1);
        assert_eq!(world.holds(), Vec::<String>::new());
    }
}

#[test]
fn an_edit_without_a_newer_stamp_is_an_edit() {
    let mut world = World::new();
    for n in 0..8 {
        world
            .server
            .put("/cal/a/m.ics", &meeting("m", STAMP, "20261020T080000Z", &format!("SUMMARY:title {n}")));
        world.sync();
        assert_eq!(world.holds(), [format!("met/m 2026-10-20T08:00:00Z title {n}")]);
    }
    // Not even an older one.
    world.server.put("/cal/a/m.ics", &meeting("m", "20250101T000000Z", "20261020T080000Z", "SUMMARY:old"));
    world.sync();
    assert_eq!(world.holds(), ["met/m 2026-10-20T08:00:00Z old"]);
    world.server.delete("/cal/a/m.ics");
    world.sync();
    assert_eq!(world.holds(), Vec::<String>::new());
}

#[test]
fn plans_become_meetings_though_the_server_says_nothing() {
    let mut world = World::new();
    world.server.put("/cal/a/s.ics", &meeting("s", STAMP, "20261101T080000Z", "RRULE:FREQ=DAILY;COUNT=3"));
    world.server.put("/cal/a/p.ics", &meeting("p", STAMP, "20261020T080000Z", ""));
    world.sync();
    assert_eq!(world.holds().iter().filter(|l| l.starts_with("plan/s/")).count(), 3);
    world.now = at("2026-11-02T12:00:00Z");
    let report = world.sync();
    assert_eq!((report.upserts, report.deleted, report.full), (2, 0, false));
    assert_eq!(world.server.fetched(), ["/cal/a/s.ics"]);
    let met = |w: &World| w.holds().iter().filter(|l| l.starts_with("met/s/")).count();
    assert_eq!(met(&world), 2);
    // The plans behind them go with them.
    world.server.delete("/cal/a/s.ics");
    assert_eq!(world.sync().deleted, 5);
    assert_eq!(world.holds(), ["met/p 2026-10-20T08:00:00Z -"]);
}

#[test]
fn an_endless_series_is_followed_further() {
    let mut world = World::new();
    world
        .server
        .put("/cal/a/s.ics", &meeting("s", STAMP, "20261001T080000Z", "RRULE:FREQ=YEARLY;INTERVAL=2"));
    assert_eq!(world.sync().upserts, 1);
    world.now = at("2028-01-01T00:00:00Z");
    world.sync();
    assert_eq!(
        world.holds(),
        ["met/s/20261001T080000Z 2026-10-01T08:00:00Z -", "plan/s/20281001T080000Z 2028-10-01T08:00:00Z -"]
    );
}

#[test]
fn a_series_that_moved_leaves_nothing_behind() {
    let mut world = World::new();
    let series = |world: &mut World, stamp, start| {
        world.server.put("/cal/a/s.ics", &meeting("s", stamp, start, "RRULE:FREQ=DAILY;COUNT=3"));
        world.sync();
        world.holds()
    };
    assert_eq!(series(&mut world, STAMP, "20261020T080000Z").len(), 3);
    let moved = series(&mut world, "20261002T080000Z", "20261020T090000Z");
    assert_eq!(moved.len(), 3);
    assert!(moved[0].contains("T09:00:00Z"));
    assert_eq!(series(&mut world, "20261003T080000Z", "20261020T080000Z").len(), 3);
}

#[test]
fn a_calendar_that_is_gone_takes_its_meetings_along() {
    let mut world = World::new();
    world.server.put("/cal/a/1.ics", &meeting("1", STAMP, "20261020T080000Z", ""));
    world.server.put("/cal/b/2.ics", &meeting("2", STAMP, "20261020T080000Z", ""));
    world.sync();
    world.server.alone = true;
    let report = world.sync();
    assert_eq!((report.calendars, report.deleted), (1, 1));
    assert_eq!(world.holds(), ["met/1 2026-10-20T08:00:00Z -"]);
    world.server.alone = false;
    assert_eq!(world.sync().upserts, 1);
    assert_eq!(world.holds().len(), 2);
}

#[test]
fn a_window_of_time() {
    let mut world = World::new();
    world.server.put("/cal/a/s.ics", &meeting("s", STAMP, "20261020T080000Z", "RRULE:FREQ=DAILY;COUNT=10"));
    world.server.put("/cal/a/o.ics", &meeting("o", STAMP, "20200101T080000Z", ""));
    let within =
        |world: &World, from, to| CaldavOptions { from: Some(at(from)), to: Some(at(to)), ..world.options() };
    let narrow = within(&world, "2026-10-22T00:00:00Z", "2026-10-25T00:00:00Z");
    let (report, _) = world.sync_with(narrow);
    assert_eq!((report.upserts, report.ignored), (3, 8));
    // Moved inwards nothing is deleted and nothing asked for.
    let narrower = within(&world, "2026-10-23T00:00:00Z", "2026-10-25T00:00:00Z");
    let (report, _) = world.sync_with(narrower);
    assert_eq!((report.upserts, report.deleted), (0, 0));
    assert_eq!(world.server.fetched(), Vec::<String>::new());
    // Moved outwards what was left out comes.
    let wide = within(&world, "2026-10-01T00:00:00Z", "2026-10-28T00:00:00Z");
    let (report, _) = world.sync_with(wide);
    assert_eq!((report.upserts, report.deleted), (5, 0));
    assert_eq!(world.sync().upserts, 3);
    assert_eq!(world.holds().len(), 11);
}

#[test]
fn a_server_that_is_the_only_one_ends_with_a_window() {
    let mut world = World::new();
    world.server.put("/cal/a/1.ics", &meeting("1", STAMP, "20261020T080000Z", ""));
    world.server.put("/cal/a/2.ics", &meeting("2", STAMP, "20261120T080000Z", ""));
    world.sync();
    assert_eq!(world.holds().len(), 2);
    // The state is lost, and meanwhile one is deleted: only a window can tell.
    world.server.delete("/cal/a/1.ics");
    let only =
        CaldavOptions { only_source: true, state: None, now: at("2026-11-01T01:00:00Z"), ..world.options() };
    let mut seen = Collected::default();
    run(only, &mut seen, &mut |request| world.server.serve(request)).unwrap();
    let EventBody::WindowRead(window) = &seen.facts.last().unwrap().body else { panic!("{seen:?}") };
    assert!(window.complete);
    assert_eq!(window.seen.len(), 1);
    store(&mut world.log, seen.facts, at("2026-11-01T01:00:00Z"));
    assert_eq!(world.holds(), ["plan/2 2026-11-20T08:00:00Z -"]);
}

#[derive(Clone, Debug)]
enum Deed {
    Put { path: usize, uid: usize, day: usize, stamp: usize, series: bool, title: usize },
    Delete(usize),
    Sync,
    Expire,
    Wait,
    Mode { plain: bool, inline: bool, page: usize },
}

fn deed() -> impl Strategy<Value = Deed> {
    let put = (0..6_usize, 0..28_usize, 0..3_usize, any::<bool>(), 0..3_usize);
    prop_oneof![
        5 => put.prop_map(|(path, day, stamp, series, title)| Deed::Put { path, uid: path % 3, day, stamp, series, title }),
        2 => (0..6_usize).prop_map(Deed::Delete),
        3 => Just(Deed::Sync),
        1 => Just(Deed::Expire),
        2 => Just(Deed::Wait),
        1 => (any::<bool>(), any::<bool>(), 0..3_usize).prop_map(|(plain, inline, page)| Deed::Mode { plain, inline, page }),
    ]
}

fn path(n: usize) -> String {
    format!("/cal/{}/{}.ics", if n < 3 { "a" } else { "b" }, n % 3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Objects come, change, go and move between calendars in any order, synced in any way: in the end the twin
    /// holds what an export of the server says. Only the server's order counts, never the stamps.
    #[test]
    fn any_history_ends_as_its_export(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut world = World { now: at("2026-10-08T00:00:00Z"), ..World::new() };
        for deed in deeds {
            match deed {
                Deed::Put { path: n, uid, day, stamp, series, title } => {
                    // One object a UID (RFC 4791 §5.3.2): the other calendar's goes.
                    world.server.delete(&path((n + 3) % 6));
                    let rule = if series { "RRULE:FREQ=DAILY;COUNT=3\n" } else { "" };
                    let text = meeting(
                        &format!("u{uid}"),
                        &format!("2026100{}T080000Z", stamp + 1),
                        &format!("202610{:02}T080000Z", day + 1),
                        &format!("{rule}SUMMARY:title {title}"),
                    );
                    world.server.put(&path(n), &text);
                }
                Deed::Delete(n) => world.server.delete(&path(n)),
                Deed::Sync => drop(world.sync()),
                Deed::Wait => world.now = world.now.plus_secs(60 * 3600),
                Deed::Expire => world.server.tokens.clear(),
                Deed::Mode { plain, inline, page } => {
                    (world.server.plain, world.server.inline) = (plain, inline);
                    world.server.page = (page > 0).then_some(page);
                }
            }
        }
        world.sync();
        let file: BTreeSet<String> = world.file().iter().filter(|f| entry(f).is_some()).map(line).collect();
        // A plan stays behind its meeting, as after two imports.
        let met = |plan: &str| file.iter().any(|l| l.split(' ').next() == plan.split(' ').next().map(|p| p.replacen("plan", "met", 1)).as_deref());
        let held = world.holds().into_iter().filter(|l| !l.starts_with("plan/") || !met(l)).collect::<BTreeSet<_>>();
        prop_assert_eq!(held, file);
        prop_assert_eq!(world.log.verify().unwrap(), Vec::<String>::new());
    }
}
