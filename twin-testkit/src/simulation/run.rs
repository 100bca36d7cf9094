//! Lives a world twice, in the engine and in the specification.

use super::compare::{self, Difference, failed};
use super::edge;
use super::script::{Step, script};
use super::stores::OpenStore;
use super::world::World;
use crate::spec::{self, Fact, Taken, Until};
use std::collections::BTreeMap;
use std::sync::Arc;
use twin_core::event::{Event, EventBody};
use twin_core::log::{Intake, Log};
use twin_core::observation::Sink;
use twin_core::series::Samples;
use twin_core::store::{Batch, EventStore, Sealed};
use twin_core::{EventId, Result, SegmentHash, Timestamp, TwinId};

/// What came of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Lived {
    /// Events of all devices together.
    pub events: usize,
    /// Facts and samples that were refused.
    pub refused: u64,
    /// The hash of the state that all devices' logs make together.
    pub hash: String,
}

/// A device: its log in the engine and in the specification.
struct Device {
    number: usize,
    /// Absent only while it is opened again.
    log: Option<Log>,
    spec: spec::Log,
}

impl Device {
    fn node(&self) -> u64 {
        self.number as u64 + 1
    }

    fn log(&mut self) -> Result<&mut Log, Difference> {
        self.log.as_mut().ok_or_else(|| "the log is closed".to_owned())
    }
}

fn open(store: Box<dyn EventStore>, node: u64) -> Result<Log, Difference> {
    TwinId::new("person").and_then(|twin| Log::open(store, twin, node)).map_err(|e| failed(&e))
}

/// Runs a world; the stores are in the hands of the caller.
///
/// # Errors
/// The first difference between the engine and the specification, in words, with the step after which it shows.
pub fn run(world: &World, stores: OpenStore<'_>) -> Result<Lived, Difference> {
    let (count, steps) = script(world).map_err(|e| failed(&e))?;
    let mut devices = Vec::new();
    for number in 0..count {
        let mut device = Device { number, log: None, spec: spec::Log::of(number as u64 + 1) };
        device.log = Some(open(stores(number).map_err(|e| failed(&e))?, device.node())?);
        devices.push(device);
    }
    let mut refused = 0;
    for (n, step) in steps.iter().enumerate() {
        let done = live(step, &mut devices, stores);
        refused +=
            done.map_err(|difference| format!("after step {n} of {count} devices, {step:?}: {difference}"))?;
    }
    for device in &mut devices {
        let number = device.number;
        check(device, Until::default())
            .map_err(|difference| format!("at the end of device {number}: {difference}"))?;
    }
    together(&devices, world).map(|(events, hash)| Lived { events, refused, hash })
}

fn check(device: &mut Device, until: Until) -> Result<(), Difference> {
    let Device { log: Some(log), spec, .. } = device else { return Ok(()) };
    compare::events(log, spec)?;
    if until == Until::default() { compare::now(log, spec) } else { compare::past(log, spec, until) }
}

/// Lives one step; returns how many things were refused.
fn live(step: &Step, devices: &mut [Device], stores: OpenStore<'_>) -> Result<u64, Difference> {
    let missing = || "there is no such device".to_owned();
    match step {
        Step::Tell(n, now, facts) => return tell(devices.get_mut(*n).ok_or_else(missing)?, *now, facts),
        Step::Refresh(n) => {
            devices.get_mut(*n).ok_or_else(missing)?.log()?.refresh().map_err(|e| failed(&e))?;
        }
        Step::Reopen(n) => {
            let device = devices.get_mut(*n).ok_or_else(missing)?;
            drop(device.log.take());
            device.log = Some(open(stores(*n).map_err(|e| failed(&e))?, device.node())?);
        }
        Step::Read(n, until) => check(devices.get_mut(*n).ok_or_else(missing)?, *until)?,
        Step::Merge(..) => {}
    }
    Ok(0)
}

/// Tells facts to both, and compares what was new, there already, or refused.
fn tell(device: &mut Device, now: i64, facts: &[Fact]) -> Result<u64, Difference> {
    let mut intake =
        Intake::new(device.log.as_mut().ok_or("the log is closed")?, Timestamp::from_micros(now));
    let (mut new, mut duplicates, mut refused) = (0, 0, 0);
    for fact in facts {
        edge::observation(fact).and_then(|told| intake.accept(told)).map_err(|e| failed(&e))?;
        let (let_in, out) = spec::admit(fact, now);
        refused += out;
        let Some(let_in) = let_in else { continue };
        let hashes = edge::hashes(&let_in).map_err(|e| failed(&e))?;
        match device.spec.take(let_in, hashes, now) {
            Taken::New => new += 1,
            Taken::Duplicate => duplicates += 1,
        }
    }
    let (report, _) = intake.finish().map_err(|e| failed(&e))?;
    let engine = (report.events, report.duplicates, report.refused.iter().map(|r| r.count).sum::<u64>());
    if engine != (new, duplicates, refused) {
        return Err(format!(
            "new, duplicate, refused: engine {engine:?}, spec {:?}",
            (new, duplicates, refused)
        ));
    }
    Ok(refused)
}

/// All devices' events with their smallest clocks, and the segments they name.
type Union = (BTreeMap<EventId, Sealed>, BTreeMap<SegmentHash, Arc<Samples>>);

fn union(devices: &[Device]) -> Result<Union> {
    let (mut events, mut segments) = Union::default();
    for log in devices.iter().filter_map(|d| d.log.as_ref()) {
        log.all_events(&mut |event| {
            if let EventBody::SeriesWritten(written) = &event.content.body
                && let Some(samples) = log.store().segment(written.segment)?
            {
                segments.insert(written.segment, samples);
            }
            let earlier = |there: &Sealed| there.event.clock <= event.clock;
            if !events.get(&event.id).is_some_and(earlier) {
                let (event, bytes) = Event::seal(event.content.as_ref().clone(), event.clock)?;
                events.insert(event.id, Sealed { event, bytes });
            }
            Ok(())
        })?;
    }
    Ok((events, segments))
}

/// The state of all logs together is the same in whatever order and parts they come, and as specified.
fn together(devices: &[Device], world: &World) -> Result<(usize, String), Difference> {
    let (events, segments) = union(devices).map_err(|e| failed(&e))?;
    let mut spec = spec::Log::of(99);
    devices.iter().for_each(|device| spec.merge(&device.spec));
    let mut order: Vec<&Sealed> = events.values().collect();
    let mut hashes = Vec::new();
    for parts in 1..=3 {
        // Any order will do: the world itself says how to shuffle.
        let turns = world.rows.iter().map(|row| usize::from(row[0] ^ row[7])).chain([parts]);
        turns.enumerate().for_each(|(n, turn)| {
            let length = order.len().max(1);
            if !order.is_empty() {
                order.swap(n % length, turn % length);
            }
        });
        let store = super::stores::in_memory();
        let failed = |e| failed(&e);
        for part in order.chunks(order.len().div_ceil(parts).max(1)) {
            let segments = segments.iter().map(|(hash, samples)| (*hash, Arc::clone(samples))).collect();
            let events = part.iter().map(|sealed| (*sealed).clone()).collect();
            store(0)
                .map_err(failed)?
                .commit(&Batch { events, segments, notes: Vec::new() })
                .map_err(failed)?;
            open(store(0).map_err(failed)?, 99)?.refresh().map_err(failed)?;
        }
        let mut log = open(store(0).map_err(failed)?, 99)?;
        compare::now(&mut log, &spec)
            .map_err(|difference| format!("all together in {parts} parts: {difference}"))?;
        hashes.push(log.state_hash().map_err(failed)?);
    }
    hashes.dedup();
    match hashes.as_slice() {
        [hash] => Ok((events.len(), hash.clone())),
        several => Err(format!("the state depends on the order of arrival: {several:?}")),
    }
}
