//! The log's promises: any order and any parts give one state; corrections, deletions and window
//! reads do what they say; the past can be read back.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use twin_core::event::*;
use twin_core::log::{Cutoff, Intake, Log};
use twin_core::observation::{Observation, SeriesBlock, Sink};
use twin_core::series::Samples;
use twin_core::store::MemoryStore;
use twin_core::{Hlc, LocalDate, MetricId, RecordId, SourceId, Timestamp, TwinId};

fn now() -> Timestamp {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

fn log() -> Log {
    Log::open(Box::new(MemoryStore::new()), TwinId::new("p").unwrap(), 1).unwrap()
}

fn source(name: &str) -> SourceId {
    SourceId::new(name).unwrap()
}

fn origin(name: &str) -> Origin {
    Origin::of(source(name))
}

fn take(log: &mut Log, observations: &[Observation]) {
    let mut intake = Intake::new(log, now());
    for o in observations {
        intake.accept(o.clone()).unwrap();
    }
    let (report, _) = intake.finish().unwrap();
    assert!(report.refused.is_empty(), "{:?}", report.refused);
}

fn hash(log: &mut Log) -> String {
    log.refresh().unwrap();
    assert_eq!(log.verify().unwrap(), Vec::<String>::new());
    log.state_hash().unwrap()
}

fn coffee(at: &str, mg: f64) -> Content {
    Content::new(origin("diary"), at.parse().unwrap(), CaffeineConsumed { amount_mg: mg })
}

/// A small world: what a record's revision says is a function of both, as it is for real sources.
fn observation(kind: u8, day: i64, slot: i64, revision: u64) -> Observation {
    let at = Timestamp::from_secs(1_772_400_000 + day * 86_400 + slot * 3600);
    let record = RecordId::new(format!("r{day}-{slot}")).unwrap();
    let task = format!("t{}", slot % 4);
    let zone = ["Europe/Paris", "America/New_York", "Asia/Tokyo"][slot as usize % 3];
    let (origin, body): (Origin, EventBody) = match kind {
        0 => {
            let body = CaffeineConsumed { amount_mg: 10.0 * revision as f64 };
            let content = Content { record: Some(record), revision, ..Content::new(origin("app"), at, body) };
            return Observation::Fact(content);
        }
        1 => (origin("person"), RecordDeleted { source: source("app"), record, revision }.into()),
        2 => {
            let replacement = Box::new(CaffeineConsumed { amount_mg: 5.0 }.into());
            let correction = RecordCorrected {
                source: source("app"),
                record,
                revision: revision + 10,
                replacement,
                reason: None,
            };
            (origin("person"), correction.into())
        }
        3 => (origin("diary"), ZoneChanged { zone: zone.parse().unwrap() }.into()),
        4 => (origin("tool"), TaskStarted::of(task).into()),
        5 => (origin("tool"), TaskCompleted::of(task).into()),
        n => {
            let steps = n < 8;
            let start = at.micros();
            let samples = Samples::new(
                (0..5).map(|i| start + i * 600_000_000).collect(),
                if steps { vec![600_000_000; 5] } else { vec![] },
                (0..5).map(|i| 60.0 + f64::from(n) + (slot * i) as f64).collect(),
            );
            return Observation::Series(SeriesBlock {
                metric: MetricId::new(if steps { "steps" } else { "heart_rate" }).unwrap(),
                unit: if steps { "{step}" } else { "/min" }.into(),
                origin: origin(["watch", "phone"][n as usize % 2]),
                offset_s: (slot % 2 == 0).then_some(3600),
                revision,
                replaces: false,
                samples: samples.unwrap(),
            });
        }
    };
    Observation::Fact(Content::new(origin, at, body))
}

fn worlds() -> impl Strategy<Value = Vec<Observation>> {
    proptest::collection::vec((0_u8..10, 0_i64..6, 0_i64..24, 0_u64..3), 1..40)
        .prop_map(|rows| rows.into_iter().map(|(k, d, s, r)| observation(k, d, s, r)).collect())
}

fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut x = seed | 1;
    for i in (1..items.len()).rev() {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, (x >> 33) as usize % (i + 1));
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_order_and_any_parts_give_one_state(
        world in worlds(), seed in any::<u64>(), cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..4),
    ) {
        let mut once = log();
        take(&mut once, &world);
        let expected = hash(&mut once);
        let mut shuffled = world.clone();
        shuffle(&mut shuffled, seed);
        // In parts that overlap, folded in between.
        let mut parts = log();
        let mut at: Vec<usize> = cuts.iter().map(|c| c.index(shuffled.len())).collect();
        at.sort_unstable();
        let mut from = 0;
        for cut in at.into_iter().chain([shuffled.len()]) {
            take(&mut parts, &shuffled[from..cut]);
            parts.refresh().unwrap();
            from = cut.saturating_sub(1);
        }
        prop_assert_eq!(hash(&mut parts), expected);
    }
}

#[test]
fn the_same_again_changes_nothing() {
    let mut log = log();
    let world: Vec<_> = (0..9).map(|k| observation(k, 1, 5, 1)).collect();
    take(&mut log, &world);
    let before = hash(&mut log);
    let events = log.store().len().unwrap();
    take(&mut log, &world);
    assert!(log.refresh().unwrap().changed.is_empty());
    assert_eq!((hash(&mut log), log.store().len().unwrap()), (before, events));
}

#[test]
fn a_deletion_holds_also_when_it_comes_first() {
    let fact = coffee("2026-03-05T08:00:00Z", 80.0);
    let (event, _) = Event::seal(fact.clone(), Hlc::ZERO).unwrap();
    let record = RecordId::new(format!("event:{}", event.id)).unwrap();
    let deletion =
        Content::new(origin("person"), now(), RecordDeleted { source: source("diary"), record, revision: 0 });
    for order in [[fact.clone(), deletion.clone()], [deletion, fact]] {
        let mut log = log();
        take(&mut log, &order.map(Observation::Fact));
        hash(&mut log);
        assert!(log.day("2026-03-05".parse().unwrap()).unwrap().is_empty());
    }
}

#[test]
fn a_window_read_to_its_end_deletes_what_it_did_not_show() {
    let day: LocalDate = "2026-03-05".parse().unwrap();
    let record = |name: &str, revision| Content {
        record: Some(RecordId::new(name).unwrap()),
        revision,
        ..coffee("2026-03-05T08:00:00Z", 80.0)
    };
    for (complete, left) in [(true, 1), (false, 2)] {
        let window = WindowRead {
            source: source("diary"),
            start: "2026-03-05T00:00:00Z".parse().unwrap(),
            end: "2026-03-06T00:00:00Z".parse().unwrap(),
            complete,
            scope: vec![],
            seen: vec![RecordId::new("kept").unwrap()],
        };
        let mut log = log();
        take(&mut log, &[record("kept", 0), record("gone", 0)].map(Observation::Fact));
        log.refresh().unwrap();
        take(&mut log, &[Observation::Fact(Content::new(origin("reader"), now(), window))]);
        hash(&mut log);
        assert_eq!(log.day(day).unwrap().facts.len(), left);
        // What is written after the window stands.
        take(&mut log, &[Observation::Fact(record("gone", 1))]);
        hash(&mut log);
        assert_eq!(log.day(day).unwrap().facts.len(), 2);
    }
}

#[test]
fn the_past_is_read_without_what_came_later() {
    let mut log = log();
    let both = [coffee("2026-03-05T08:00:00Z", 80.0), coffee("2026-03-05T20:00:00Z", 40.0)];
    take(&mut log, &both.map(Observation::Fact));
    log.refresh().unwrap();
    let day: LocalDate = "2026-03-05".parse().unwrap();
    let until = |at: &str| Cutoff { at: Some(at.parse().unwrap()), known_at: None };
    assert_eq!(log.day_until(day, until("2026-03-05T12:00:00Z")).unwrap().facts.len(), 1);
    assert_eq!(log.day_until(day, until("2026-03-05T23:00:00Z")).unwrap().facts.len(), 2);
    let known = Cutoff { at: None, known_at: Some(now().plus_secs(-60)) };
    assert!(log.day_until(day, known).unwrap().is_empty());
}
