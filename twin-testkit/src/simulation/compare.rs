//! The engine's answers beside the specification's.

use super::edge;
use crate::spec::{self, Carry, Clock, Day, DayFact, MetricDay, SourceDay, Until};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use twin_core::fold::{self, DayState};
use twin_core::log::{Cutoff, Log};
use twin_core::{Error, LocalDate, Timestamp};

/// A difference, or an error of the engine, in words.
pub(super) type Difference = String;

pub(super) fn failed(error: &Error) -> Difference {
    format!("the engine answers {error}")
}

fn same<T: PartialEq + Debug>(what: &str, engine: &T, specified: &T) -> Result<(), Difference> {
    if engine == specified {
        return Ok(());
    }
    Err(format!("{what}\n   engine {engine:?}\n   spec   {specified:?}"))
}

/// The log itself: which events there are, and when each was learned.
pub(super) fn events(log: &Log, spec: &spec::Log) -> Result<(), Difference> {
    let mut engine = BTreeMap::new();
    log.all_events(&mut |event| {
        let clock = event.clock;
        let clock = Clock { wall: clock.wall.micros(), counter: clock.counter, node: clock.node };
        engine.insert(event.id.0, clock);
        Ok(())
    })
    .map_err(|e| failed(&e))?;
    same("clocks of events", &engine, &spec.entries.iter().map(|e| (e.id, e.clock)).collect())
}

/// Every day as it is folded and kept, and what is carried over all of them.
pub(super) fn now(log: &mut Log, spec: &spec::Log) -> Result<(), Difference> {
    log.refresh().map_err(|e| failed(&e))?;
    let mut engine = BTreeMap::new();
    let (first, last) = (LocalDate::from_days(i32::MIN), LocalDate::from_days(i32::MAX));
    log.days(first, last, &mut |day| {
        engine.insert(day.date.days(), day);
        Ok(())
    })
    .map_err(|e| failed(&e))?;
    let days = spec.days(Until::default());
    let dates: BTreeSet<i32> = engine.keys().chain(days.keys()).copied().collect();
    for date in dates {
        let kept = log.day(LocalDate::from_days(date)).map_err(|e| failed(&e))?;
        let stored = engine.remove(&date).unwrap_or_else(|| DayState::empty(kept.date));
        same(&format!("{}: in memory and stored", kept.date), &kept, &stored)?;
        self::day(&kept, days.get(&date).unwrap_or(&Day::default()))?;
    }
    let carry = log.carry_before(last).map_err(|e| failed(&e))?;
    same("carried", &carried(&carry), &Carry::after(&days))?;
    same("verify", &log.verify().map_err(|e| failed(&e))?, &Vec::new())
}

/// Every day up to a cut-off.
pub(super) fn past(log: &Log, spec: &spec::Log, until: Until) -> Result<(), Difference> {
    let cutoff = Cutoff {
        at: until.at.map(Timestamp::from_micros),
        known_at: until.known_at.map(Timestamp::from_micros),
    };
    let days = spec.days(until);
    let around = |date: &i32| date - 1..=date + 1;
    let dates: BTreeSet<i32> =
        spec.days(Until::default()).keys().chain(days.keys()).flat_map(around).collect();
    for date in dates {
        let read = log.day_until(LocalDate::from_days(date), cutoff).map_err(|e| failed(&e))?;
        day(&read, days.get(&date).unwrap_or(&Day::default()))
            .map_err(|difference| format!("until {until:?}: {difference}"))?;
    }
    Ok(())
}

fn day(engine: &DayState, spec: &Day) -> Result<(), Difference> {
    let date = engine.date;
    let mut facts = Vec::new();
    for (key, content) in &engine.facts {
        let says =
            edge::says(&content.body).ok_or_else(|| format!("{date}: unexpected {:?}", content.body))?;
        let source = content.origin.source.as_str().to_owned();
        facts.push(DayFact { at: key.at.micros(), order: key.key.0, source, says });
    }
    same(&format!("{date}: facts"), &facts, &spec.facts)?;
    same(
        &format!("{date}: kept"),
        &engine.kept,
        &spec.kept.iter().map(|(n, c)| (format!("fit:{n}"), *c)).collect(),
    )?;
    let names = |m: &BTreeMap<String, MetricDay>| m.keys().cloned().collect::<Vec<_>>();
    let engine_names: Vec<String> = engine.metrics.keys().map(|m| m.as_str().to_owned()).collect();
    same(&format!("{date}: metrics"), &engine_names, &names(&spec.metrics))?;
    for ((name, folded), specified) in engine.metrics.iter().zip(spec.metrics.values()) {
        metric(&format!("{date}: {name:?}"), folded, specified)?;
    }
    Ok(())
}

fn metric(what: &str, engine: &fold::MetricDay, spec: &MetricDay) -> Result<(), Difference> {
    let sources: Vec<SourceDay> = engine
        .sources
        .iter()
        .map(|s| SourceDay {
            stream: (s.source.as_str().to_owned(), s.method.as_ref().map(|m| m.as_str().to_owned())),
            n: (s.n, s.flagged),
            sum: s.sum,
            range: (s.min, s.max, s.last),
            span: (s.first_us, s.last_us),
        })
        .collect();
    same(&format!("{what}: sources"), &sources, &spec.sources)?;
    let all = &engine.resolved;
    same(&format!("{what}: resolved"), &(all.amount, all.covered_us, all.n), &spec.all)?;
    same(&format!("{what}: range"), &(all.min, all.max, all.last), &spec.range)?;
    let parts = all.parts.iter().map(|p| (p.source.as_str().to_owned(), (p.amount, p.covered_us, p.n)));
    same(&format!("{what}: parts"), &parts.collect(), &spec.parts)?;
    let hours: BTreeMap<i64, (i128, i64)> =
        all.hours.iter().map(|h| (i64::from(h.hour), (h.amount, h.covered_us))).collect();
    let sum = |hours: &BTreeMap<i64, (i128, i64)>| hours.values().map(|h| h.0).sum::<i128>();
    match &spec.hours {
        Some(specified) => same(&format!("{what}: hours"), &hours, specified)?,
        None => same(&format!("{what}: sum of hours"), &sum(&hours), &spec.all.0)?,
    }
    // The mean of a level: by time where its samples have a length, else of the longest stream.
    let (amount, covered, _) = spec.all;
    let plain = spec.sources.iter().max_by_key(|s| s.n.0).map(|s| (s.sum, i128::from(s.n.0)));
    let mean = if covered > 0 { Some((amount, i128::from(covered))) } else { plain };
    let mean = mean.map(|(sum, by)| sum as f64 / by as f64 / 1e6);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(1.0);
    match (engine.mean(), mean) {
        (Some(a), Some(b)) if near(a, b) => Ok(()),
        (engine, mean) => same(&format!("{what}: mean"), &engine, &mean),
    }
}

fn carried(carry: &fold::Carry) -> Carry {
    let last = carry
        .last
        .iter()
        .map(|(name, l)| (name.as_str().to_owned(), (l.at.micros(), l.value, l.source.as_str().to_owned())));
    let open = carry
        .open_tasks
        .iter()
        .map(|(task, t)| (task.clone(), (t.since.micros(), t.due.map(Timestamp::micros), t.delays)));
    Carry { days: carry.days, facts: carry.facts, last: last.collect(), open_tasks: open.collect() }
}
