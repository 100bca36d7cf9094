//! People for the stream's tests: events with clocks, as columns and in the full engine.

use proptest::prelude::*;
use twin_core::event::*;
use twin_core::log::{Intake, Log};
use twin_core::observation::SeriesBlock;
use twin_core::series::Samples;
use twin_core::store::MemoryStore;
use twin_core::{Hlc, LocalDate, MetricId, RecordId, SourceId, Timestamp, TwinId};

/// Noon of a day of the world.
pub(crate) fn noon(day: i64) -> Timestamp {
    Timestamp::from_secs(1_772_452_800 + day * 86_400)
}

#[derive(Clone, Debug)]
pub(crate) enum Said {
    Fact(Content),
    Series(SeriesBlock),
}

/// What was said, and when we learned it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) said: Said,
    pub(crate) clock: Hlc,
}

pub(crate) fn source(name: &str) -> SourceId {
    SourceId::new(name).unwrap()
}

pub(crate) fn coffee(record: Option<&str>, at: Timestamp, amount_mg: f64) -> Content {
    let record = record.map(|r| RecordId::new(r).unwrap());
    Content { record, ..Content::new(Origin::of(source("app")), at, CaffeineConsumed { amount_mg }) }
}

pub(crate) fn block(
    metric: &str,
    device: &str,
    start: Timestamp,
    step_s: i64,
    values: &[f64],
) -> SeriesBlock {
    let steps = metric == "steps";
    let starts = (0..values.len() as i64).map(|i| start.micros() + i * step_s * 1_000_000).collect();
    let durations = if steps { vec![step_s * 1_000_000; values.len()] } else { vec![] };
    SeriesBlock {
        metric: MetricId::new(metric).unwrap(),
        unit: if steps { "{step}" } else { "/min" }.into(),
        origin: Origin::of(source(device)),
        offset_s: None,
        revision: 0,
        replaces: false,
        samples: Samples::new(starts, durations, values.to_vec()).unwrap(),
    }
}

/// One thing said on a day at an hour.
fn said(kind: u8, day: i64, hour: i64, n: u64) -> Said {
    let at = noon(day).plus_secs((hour - 12) * 3600);
    // Versions of a record lie at most three days apart.
    let record = format!("r{}-{}", day / 4, hour % 8);
    let id = || RecordId::new(&record).unwrap();
    let device = ["watch", "phone"][n as usize % 2];
    let fact = |source_name: &str, body: EventBody| {
        Said::Fact(Content::new(Origin::of(source(source_name)), at, body))
    };
    match kind {
        0..=3 => Said::Fact(Content { revision: n, ..coffee(Some(&record), at, 10.0 + n as f64) }),
        4 => Said::Fact(coffee(None, at, 30.0 + n as f64)),
        5 => fact("person", RecordDeleted { source: source("app"), record: id(), revision: n }.into()),
        6 => {
            let replacement = Box::new(CaffeineConsumed { amount_mg: 5.0 }.into());
            fact(
                "person",
                RecordCorrected {
                    source: source("app"),
                    record: id(),
                    revision: n,
                    replacement,
                    reason: None,
                }
                .into(),
            )
        }
        7 => {
            let zone = ["Europe/Paris", "America/New_York", "Asia/Tokyo"][n as usize % 3];
            fact("phone", ZoneChanged { zone: zone.parse().unwrap() }.into())
        }
        8 => {
            let order = vec![source("phone"), source("watch")];
            fact("person", SourcePrioritySet { metric: None, order }.into())
        }
        9 => {
            let kind = [DeviceKind::Watch, DeviceKind::Phone, DeviceKind::Strap][n as usize % 3];
            fact(
                device,
                DeviceDescribed { device: None, kind, manufacturer: None, model: None, software: None }
                    .into(),
            )
        }
        10 => {
            let window = WindowRead {
                source: source(if n == 0 { "app" } else { device }),
                start: at.plus_secs(-86_400 * n as i64),
                end: at.plus_secs(43_200),
                complete: hour % 4 != 0,
                scope: vec![],
                seen: vec![id()],
            };
            fact("reader", window.into())
        }
        11 => fact("tool", TaskStarted::of(format!("t{n}")).into()),
        12 => fact("tool", TaskCompleted::of(format!("t{n}")).into()),
        13 => {
            let mut content = coffee(None, at, 70.0);
            content.end_offset_s = Some([-36_000, 3600, 46_800][n as usize % 3]);
            content.civil_date = (hour % 3 == 0).then(|| LocalDate::from_days((at.secs() / 86_400) as i32));
            Said::Fact(content)
        }
        kind => {
            let values: Vec<f64> =
                (0..40).map(|i| 50.0 + ((i * (n + 3) + hour as u64) % 60) as f64 / 4.0).collect();
            let step = [300, 60, 7][n as usize % 3];
            let mut block =
                block(if kind % 2 == 0 { "steps" } else { "heart_rate" }, device, at, step, &values);
            block.offset_s = (hour % 5 == 0).then_some(7200);
            block.revision = n / 2;
            block.replaces = hour % 7 == 0;
            Said::Series(block)
        }
    }
}

/// Worlds of some days; each thing is learned at its own second.
pub(crate) fn worlds(days: std::ops::Range<i64>) -> impl Strategy<Value = Vec<Told>> {
    proptest::collection::vec((0_u8..20, days, 0_i64..24, 0_u64..3), 1..40).prop_map(|rows| {
        let told = rows.into_iter().enumerate().map(|(i, (kind, day, hour, n))| Told {
            said: said(kind, day, hour, n),
            // Clocks run through the things in an order of their own.
            clock: clock(i as i64 * 37 % 101),
        });
        told.collect()
    })
}

/// The clock of the second `s` of the day on which all is learned.
pub(crate) fn clock(s: i64) -> Hlc {
    Hlc { wall: noon(11).plus_secs(s), counter: 0, node: 7 }
}

/// The moment at which tests look: everything has been learned.
pub(crate) fn now() -> Timestamp {
    noon(11).plus_secs(3600)
}

/// The full engine's log of what was told, taken in through its own way in, in the order of clocks.
pub(crate) fn full(twin: &str, told: &[Told]) -> Log {
    let mut log = Log::open(Box::new(MemoryStore::new()), TwinId::new(twin).unwrap(), 7).unwrap();
    let mut told: Vec<&Told> = told.iter().collect();
    told.sort_by_key(|t| t.clock);
    for Told { said, clock } in told {
        let mut intake = Intake::new(&mut log, clock.wall);
        match said.clone() {
            Said::Fact(content) => intake.fact(content).unwrap(),
            Said::Series(block) => intake.series(block).unwrap(),
        }
        intake.finish().unwrap();
    }
    log.refresh().unwrap();
    log
}

pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut x = seed | 1;
    for i in (1..items.len()).rev() {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, (x >> 33) as usize % (i + 1));
    }
}
