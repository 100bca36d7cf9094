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
use twin_core::store::{Batch, EventStore, MemoryStore, Sealed};
use twin_core::{Code, EventId, Result, SegmentHash, Timestamp, TwinId};

/// What came of a world.
#[derive(Clone, Debug, PartialEq)]
pub struct Lived {
    /// Events of all devices together.
    pub events: usize,
    /// Facts and samples that were refused.
    pub refused: u64,
    /// Small segments that upkeep joined.
    pub joined: usize,
    /// The hash of the state that all devices' logs make together.
    pub hash: String,
}

/// The node of a log that joins all others.
const UNION: u64 = 99;

/// A device: its log in the engine and in the specification.
struct Device {
    number: usize,
    /// Absent only while it is opened again.
    log: Option<Log>,
    spec: spec::Log,
    joined: usize,
}

/// Rounds of upkeep in which all must be done.
const ROUNDS: usize = 10_000;

impl Device {
    fn node(&self) -> u64 {
        self.number as u64 + 1
    }

    fn log(&mut self) -> Result<&mut Log, Difference> {
        self.log.as_mut().ok_or_else(|| "the log is closed".to_owned())
    }

    /// Does so many steps of upkeep; returns whether nothing is left.
    fn maintain(&mut self, steps: u32) -> Result<bool, Difference> {
        let round = self.log()?.maintain(steps).map_err(|e| failed(&e))?;
        self.joined += round.joined;
        Ok(round.done)
    }
}

fn open(store: Box<dyn EventStore>, node: u64) -> Result<Log, Difference> {
    let mut log =
        TwinId::new("person").and_then(|twin| Log::open(store, twin, node)).map_err(|e| failed(&e))?;
    // Worlds are small: what is joined are single segments.
    log.join_from(1);
    Ok(log)
}

/// Runs a world; the stores are in the hands of the caller.
///
/// # Errors
/// The first difference between the engine and the specification, in words, with the step after which it shows.
pub fn run(world: &World, stores: OpenStore<'_>) -> Result<Lived, Difference> {
    let (count, steps) = script(world).map_err(|e| failed(&e))?;
    let mut devices = Vec::new();
    for number in 0..count {
        let mut device = Device { number, log: None, spec: spec::Log::of(number as u64 + 1), joined: 0 };
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
            .and_then(|()| tidied(device))
            .map_err(|difference| format!("at the end of device {number}: {difference}"))?;
    }
    let joined = devices.iter().map(|device| device.joined).sum();
    together(&devices, world).map(|(events, hash)| Lived { events, refused, joined, hash })
}

/// Does all upkeep, then compares again: now, and as known in the middle.
fn tidied(device: &mut Device) -> Result<(), Difference> {
    let mut rounds = 0..ROUNDS;
    while !device.maintain(1)? {
        rounds.next().ok_or("upkeep does not come to an end")?;
    }
    let mut clocks: Vec<i64> = device.spec.entries.iter().map(|e| e.clock.wall).collect();
    clocks.sort_unstable();
    let known_at = clocks.get(clocks.len() / 2).copied();
    let told = |difference| format!("after upkeep: {difference}");
    check(device, Until { at: None, known_at }).map_err(told)?;
    check(device, Until::default()).map_err(told)
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
        Step::Maintain(n, steps) => {
            devices.get_mut(*n).ok_or_else(missing)?.maintain(*steps)?;
        }
        Step::Reopen(n) => {
            let device = devices.get_mut(*n).ok_or_else(missing)?;
            drop(device.log.take());
            device.log = Some(open(stores(*n).map_err(|e| failed(&e))?, device.node())?);
        }
        Step::Read(n, until) => check(devices.get_mut(*n).ok_or_else(missing)?, *until)?,
        Step::Merge(n, other, now) => {
            let lent = devices.get_mut(*other).ok_or_else(missing)?;
            let (log, spec) = (lent.log.take(), lent.spec.clone());
            let done = merge(devices.get_mut(*n).ok_or_else(missing)?, log.as_ref(), &spec, *now);
            devices.get_mut(*other).ok_or_else(missing)?.log = log;
            return done;
        }
    }
    Ok(0)
}

/// Merges another device's log into both. A log whose clock is more than a day ahead is refused.
fn merge(device: &mut Device, other: Option<&Log>, spec: &spec::Log, now: i64) -> Result<u64, Difference> {
    let ahead = spec.entries.iter().any(|e| e.clock.wall > now + spec::DAY_US);
    let before = device.spec.entries.len();
    if !ahead {
        device.spec.merge(spec);
    }
    let new = device.spec.entries.len() - before;
    let other = other.ok_or("the log is closed")?;
    let merged = device.log()?.merge_from(other, Timestamp::from_micros(now)).map(|report| report.events);
    match merged {
        Err(error) if ahead && error.code() == Code::InvalidValue => Ok(1),
        Err(error) => Err(failed(&error)),
        Ok(events) if ahead => Err(format!("{events} events of a clock more than a day ahead were taken")),
        Ok(events) if events == new as u64 => Ok(0),
        Ok(events) => Err(format!("merged: engine {events} new events, spec {new}")),
    }
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

/// The state of all logs together is as specified, and the same in whatever order and parts they come.
fn together(devices: &[Device], world: &World) -> Result<(usize, String), Difference> {
    let (events, segments) = union(devices).map_err(|e| failed(&e))?;
    let mut spec = spec::Log::of(UNION);
    devices.iter().for_each(|device| spec.merge(&device.spec));
    // Device by device, forth and back, then in parts of anybody's events in any order.
    let logs: Vec<&Log> = devices.iter().filter_map(|d| d.log.as_ref()).collect();
    let mut hashes = vec![
        ("device by device", joined(logs.iter().copied(), &spec)?),
        ("device by device, last first", joined(logs.into_iter().rev(), &spec)?),
    ];
    let mut order: Vec<&Sealed> = events.values().collect();
    shuffle(&mut order, world);
    for (parts, how) in [(1, "in one part"), (3, "in three parts")] {
        let mut logs = Vec::new();
        for part in order.chunks(order.len().div_ceil(parts).max(1)) {
            let mut store = MemoryStore::new();
            let segments = segments.iter().map(|(hash, samples)| (*hash, Arc::clone(samples))).collect();
            let events = part.iter().map(|sealed| (*sealed).clone()).collect();
            store.commit(&Batch { events, segments, notes: Vec::new() }).map_err(|e| failed(&e))?;
            logs.push(open(Box::new(store), UNION)?);
        }
        hashes.push((how, joined(logs.iter().rev(), &spec)?));
    }
    let (_, hash) = hashes.first().cloned().unwrap_or_default();
    if hashes.iter().any(|(_, other)| *other != hash) {
        return Err(format!("the state depends on the order of arrival: {hashes:?}"));
    }
    Ok((events.len(), hash))
}

/// Merges logs one after the other into an empty one, which folds after each; the hash of the state.
fn joined<'a>(logs: impl Iterator<Item = &'a Log>, spec: &spec::Log) -> Result<String, Difference> {
    let mut log = open(Box::new(MemoryStore::new()), UNION)?;
    for other in logs {
        log.merge_from(other, Timestamp::MAX).map_err(|e| failed(&e))?;
        log.refresh().map_err(|e| failed(&e))?;
    }
    compare::now(&mut log, spec).map_err(|difference| format!("all together: {difference}"))?;
    log.state_hash().map_err(|e| failed(&e))
}

/// Any order will do: the world itself says how to shuffle.
fn shuffle(order: &mut [&Sealed], world: &World) {
    let length = order.len().max(1);
    for (n, row) in world.rows.iter().enumerate().take(order.len()) {
        let [turn, .., other] = row.map(usize::from);
        order.swap(n % length, (turn + 7 * other) % length);
    }
}
