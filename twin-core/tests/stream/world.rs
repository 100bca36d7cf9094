//! People for the stream's tests: events with clocks, as columns and in the full engine.

use proptest::prelude::*;
use twin_core::event::*;
use twin_core::fold::DayState;
use twin_core::log::{Intake, Log};
use twin_core::observation::SeriesBlock;
use twin_core::series::Samples;
use twin_core::store::MemoryStore;
use twin_core::stream::*;
use twin_core::{Hlc, LocalDate, MetricId, RecordId, SourceId, Timestamp, TwinId};
use std::collections::BTreeMap;

/// Noon of a day of the world.
pub fn noon(day: i64) -> Timestamp {
    Timestamp::from_secs(1_772_452_800 + day * 86_400)
}

#[derive(Clone, Debug)]
pub enum Said {
    Fact(Content),
    Series(SeriesBlock),
}

/// What was said, and when we learned it.
#[derive(Clone, Debug)]
pub struct Told {
    pub said: Said,
    pub clock: Hlc,
}

pub fn source(name: &str) -> SourceId {
    SourceId::new(name).unwrap()
}

pub fn coffee(record: Option<&str>, at: Timestamp, amount_mg: f64) -> Content {
    let record = record.map(|r| RecordId::new(r).unwrap());
    Content { record, ..Content::new(Origin::of(source("app")), at, CaffeineConsumed { amount_mg }) }
}

pub fn block(metric: &str, device: &str, start: Timestamp, step_s: i64, values: &[f64]) -> SeriesBlock {
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
    let fact = |source_name: &str, body: EventBody| Said::Fact(Content::new(Origin::of(source(source_name)), at, body));
    match kind {
        0..=3 => Said::Fact(Content { revision: n, ..coffee(Some(&record), at, 10.0 + n as f64) }),
        4 => Said::Fact(coffee(None, at, 30.0 + n as f64)),
        5 => fact("person", RecordDeleted { source: source("app"), record: id(), revision: n }.into()),
        6 => {
            let replacement = Box::new(CaffeineConsumed { amount_mg: 5.0 }.into());
            fact("person", RecordCorrected { source: source("app"), record: id(), revision: n, replacement, reason: None }.into())
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
            fact(device, DeviceDescribed { device: None, kind, manufacturer: None, model: None, software: None }.into())
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
        11 => fact("tool", TaskStarted { task: format!("t{n}"), title: None, estimate_s: None, due: None }.into()),
        12 => fact("tool", TaskCompleted { task: format!("t{n}"), title: None, duration_s: None, difficulty: None }.into()),
        13 => {
            let mut content = coffee(None, at, 70.0);
            content.end_offset_s = Some([-36_000, 3600, 46_800][n as usize % 3]);
            content.civil_date = (hour % 3 == 0).then(|| LocalDate::from_days((at.secs() / 86_400) as i32));
            Said::Fact(content)
        }
        kind => {
            let values: Vec<f64> = (0..40).map(|i| 50.0 + ((i * (n + 3) + hour as u64) % 60) as f64 / 4.0).collect();
            let step = [300, 60, 7][n as usize % 3];
            let mut block = block(if kind % 2 == 0 { "steps" } else { "heart_rate" }, device, at, step, &values);
            block.offset_s = (hour % 5 == 0).then_some(7200);
            block.revision = n / 2;
            block.replaces = hour % 7 == 0;
            Said::Series(block)
        }
    }
}

/// Worlds of some days; each thing is learned at its own second.
pub fn worlds(days: std::ops::Range<i64>) -> impl Strategy<Value = Vec<Told>> {
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
pub fn clock(s: i64) -> Hlc {
    Hlc { wall: noon(11).plus_secs(s), counter: 0, node: 7 }
}

/// The moment at which tests look: everything has been learned.
pub fn now() -> Timestamp {
    noon(11).plus_secs(3600)
}

/// The full engine's log of what was told, taken in through its own way in, in the order of clocks.
pub fn full(twin: &str, told: &[Told]) -> Log {
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

/// One call's input, as columns that own their data.
#[derive(Default)]
pub struct Columns {
    fact_key: Vec<i32>,
    facts: Vec<Vec<u8>>,
    fact_clocks: Vec<Hlc>,
    series_key: Vec<i32>,
    series_clocks: Vec<Hlc>,
    blocks: Vec<SeriesBlock>,
}

impl Columns {
    pub fn add(&mut self, key: i32, told: &Told) {
        match &told.said {
            Said::Fact(content) => {
                self.fact_key.push(key);
                self.facts.push(content.encode().unwrap());
                self.fact_clocks.push(told.clock);
            }
            Said::Series(block) => {
                self.series_key.push(key);
                self.series_clocks.push(told.clock);
                self.blocks.push(block.clone());
            }
        }
    }

    pub fn json(&mut self, key: i32, text: &str, clock: Hlc) {
        self.fact_key.push(key);
        self.facts.push(text.into());
        self.fact_clocks.push(clock);
    }

    pub fn apply(&self, people: &[&str], states: &[Vec<u8>], now: Timestamp) -> (Vec<Vec<u8>>, Outputs, Timers) {
        let keys: Binary = people.iter().collect();
        let states: Binary = states.iter().collect();
        let split = |clocks: &[Hlc]| {
            let wall: Vec<i64> = clocks.iter().map(|c| c.wall.micros()).collect();
            let counter: Vec<u32> = clocks.iter().map(|c| c.counter).collect();
            (wall, counter, clocks.iter().map(|c| c.node).collect::<Vec<u64>>())
        };
        let (fact_clock, series_clock) = (split(&self.fact_clocks), split(&self.series_clocks));
        let content: Binary = self.facts.iter().collect();
        let facts = FactColumns {
            key: &self.fact_key,
            clock: Clocks { wall_us: &fact_clock.0, counter: &fact_clock.1, node: &fact_clock.2 },
            content: content.view(),
        };
        let text = |of: &dyn Fn(&SeriesBlock) -> String| self.blocks.iter().map(of).collect::<Binary>();
        let source = text(&|b| b.origin.source.to_string());
        let metric = text(&|b| b.metric.to_string());
        let unit = text(&|b| b.unit.clone());
        let offsets: Vec<i32> = self.blocks.iter().map(|b| b.offset_s.unwrap_or(99)).collect();
        let bits = |of: &dyn Fn(&SeriesBlock) -> bool| {
            let mut bytes = vec![0_u8; self.blocks.len().div_ceil(8)];
            for (i, _) in self.blocks.iter().enumerate().filter(|(_, b)| of(b)) {
                bytes[i / 8] |= 1 << (i % 8);
            }
            bytes
        };
        let (valid, replaces) = (bits(&|b| b.offset_s.is_some()), bits(&|b| b.replaces));
        let revision: Vec<u64> = self.blocks.iter().map(|b| b.revision).collect();
        let (mut sample_offsets, mut starts, mut durations, mut values) = (vec![0], vec![], vec![], vec![]);
        for (start, duration, value) in self.blocks.iter().flat_map(|b| b.samples.iter()) {
            starts.push(start);
            durations.push(duration);
            values.push(value);
        }
        for block in &self.blocks {
            sample_offsets.push(sample_offsets.last().unwrap() + block.samples.len() as i32);
        }
        let series = SeriesColumns {
            key: &self.series_key,
            clock: Clocks { wall_us: &series_clock.0, counter: &series_clock.1, node: &series_clock.2 },
            source: source.view(),
            metric: metric.view(),
            unit: unit.view(),
            offset_s: Nullable { values: &offsets, validity: Some(Bitmap { bytes: &valid, offset: 0 }) },
            revision: &revision,
            replaces: Some(Bitmap { bytes: &replaces, offset: 0 }),
            sample_offsets: &sample_offsets,
            starts_us: &starts,
            durations_us: &durations,
            values: &values,
            ..SeriesColumns::default()
        };
        let (states, outputs, timers) = apply_batch(keys.view(), states.view(), &facts, &series, now).unwrap();
        let states = (0..people.len()).map(|i| states.view().get(i).unwrap().to_vec()).collect();
        (states, outputs, timers)
    }
}

/// Runs batches of one person through the step; the last payload of every day, and all refolds.
pub struct Run {
    pub state: Vec<u8>,
    pub days: BTreeMap<LocalDate, Vec<u8>>,
    pub refolds: Vec<(LocalDate, String)>,
    pub back: usize,
}

impl Run {
    pub fn new() -> Self {
        Self { state: vec![], days: BTreeMap::new(), refolds: vec![], back: 0 }
    }

    pub fn batch(&mut self, told: &[Told], now: Timestamp) -> Timers {
        let mut columns = Columns::default();
        told.iter().for_each(|t| columns.add(0, t));
        let (mut states, outputs, timers) = columns.apply(&["p"], &[std::mem::take(&mut self.state)], now);
        self.state = states.remove(0);
        assert!(self.state.len() <= MAX_STATE_BYTES, "{}", self.state.len());
        for i in 0..outputs.days.key.len() {
            let payload = outputs.days.payload.view().get(i).unwrap().to_vec();
            let hash = twin_core::EventId::of("day", &[&payload]);
            assert_eq!(outputs.days.hash[16 * i..16 * i + 16], hash.0);
            self.days.insert(LocalDate::from_days(outputs.days.date[i]), payload);
        }
        for i in 0..outputs.needs_refold.key.len() {
            let reason = String::from_utf8(outputs.needs_refold.reason.view().get(i).unwrap().to_vec()).unwrap();
            self.refolds.push((LocalDate::from_days(outputs.needs_refold.from[i]), reason));
        }
        self.back += outputs.handed_back.key.len();
        timers
    }

    /// Are the days given out the full engine's, bit for bit? Days before `from` are not looked at.
    pub fn check(&self, log: &Log, from: LocalDate) -> Result<(), TestCaseError> {
        let mut there = BTreeMap::new();
        log.days(from, LocalDate::from_days(i32::MAX), &mut |day| {
            there.insert(day.date, day.encode()?);
            Ok(())
        })
        .unwrap();
        for (date, payload) in self.days.range(from..) {
            let empty = DayState::empty(*date).encode().unwrap();
            let expected = there.remove(date).unwrap_or(empty);
            if *payload != expected {
                let (ours, full) = (DayState::decode(payload).unwrap(), DayState::decode(&expected).unwrap());
                prop_assert_eq!(ours, full);
            }
        }
        prop_assert!(there.is_empty(), "not given out: {:?}", there.keys().collect::<Vec<_>>());
        Ok(())
    }
}

pub fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut x = seed | 1;
    for i in (1..items.len()).rev() {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, (x >> 33) as usize % (i + 1));
    }
}
