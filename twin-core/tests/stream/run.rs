//! Calls of the step: input as columns, answers gathered.

use super::world::{Said, Told};
use proptest::prelude::*;
use std::collections::BTreeMap;
use twin_core::fold::DayState;
use twin_core::log::Log;
use twin_core::observation::SeriesBlock;
use twin_core::stream::*;
use twin_core::{Hlc, LocalDate, Timestamp};

/// One call's input, as columns that own their data.
#[derive(Default)]
pub(crate) struct Columns {
    fact_key: Vec<i32>,
    facts: Vec<Vec<u8>>,
    fact_clocks: Vec<Hlc>,
    series_key: Vec<i32>,
    series_clocks: Vec<Hlc>,
    blocks: Vec<SeriesBlock>,
}

impl Columns {
    pub(crate) fn add(&mut self, key: i32, told: &Told) {
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

    pub(crate) fn json(&mut self, key: i32, text: &str, clock: Hlc) {
        self.fact_key.push(key);
        self.facts.push(text.into());
        self.fact_clocks.push(clock);
    }

    pub(crate) fn apply(
        &self,
        people: &[&str],
        states: &[Vec<u8>],
        now: Timestamp,
    ) -> (Vec<Vec<u8>>, Outputs, Timers) {
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
        let (states, outputs, timers) =
            apply_batch(keys.view(), states.view(), &facts, &series, now).unwrap();
        let states = (0..people.len()).map(|i| states.view().get(i).unwrap().to_vec()).collect();
        (states, outputs, timers)
    }
}

/// Runs batches of one person through the step; the last payload of every day, and all refolds.
pub(crate) struct Run {
    pub(crate) state: Vec<u8>,
    pub(crate) days: BTreeMap<LocalDate, Vec<u8>>,
    pub(crate) refolds: Vec<(LocalDate, String)>,
    pub(crate) back: usize,
}

impl Run {
    pub(crate) fn new() -> Self {
        Self { state: vec![], days: BTreeMap::new(), refolds: vec![], back: 0 }
    }

    pub(crate) fn batch(&mut self, told: &[Told], now: Timestamp) -> Timers {
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
            let reason =
                String::from_utf8(outputs.needs_refold.reason.view().get(i).unwrap().to_vec()).unwrap();
            self.refolds.push((LocalDate::from_days(outputs.needs_refold.from[i]), reason));
        }
        self.back += outputs.handed_back.key.len();
        timers
    }

    /// Are the days given out the full engine's, bit for bit? Days before `from` are not looked at.
    pub(crate) fn check(&self, log: &Log, from: LocalDate) -> Result<(), TestCaseError> {
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
