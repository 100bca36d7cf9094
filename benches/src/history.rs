//! Five years of wearable data: opening, the first state, a state of long ago.

use crate::timing::median_wall;
use crate::{Failure, Line, Options};
use humantwin::{Engine, EngineOptions, FixedClock, ImportOptions, Storage, Twin};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use twin_core::Timestamp;
use twin_core::fold::FOLD_VERSION;
use twin_testkit::{Person, SimOptions};

fn open(path: &Path, now: Timestamp) -> Result<Twin, Failure> {
    let engine = Engine::open(EngineOptions::new(Storage::File(path.to_owned()), Arc::new(FixedClock(now))))?;
    Ok(engine.own_twin("me")?)
}

fn simulation(options: &Options) -> SimOptions {
    let five = SimOptions::five_years();
    if options.quick { SimOptions { days: 800, ..five } } else { five }
}

/// The twin of a simulated life, kept between runs; with the moment it ends.
fn twin_file(options: &Options) -> Result<(PathBuf, Timestamp), Failure> {
    let simulated = simulation(options);
    let end = simulated.start.plus_days(simulated.days as i32);
    let now = Timestamp::from_secs(i64::from(end.days()) * 86_400 - 7200);
    std::fs::create_dir_all(&options.cache)?;
    let layout = twin_store::FORMAT_VERSION;
    let path = options.cache.join(format!("{}-days-layout{layout}-fold{FOLD_VERSION}.twin", simulated.days));
    if path.exists() {
        return Ok((path, now));
    }
    let making = path.with_extension("part");
    drop(std::fs::remove_file(&making));
    {
        let twin = open(&making, now)?;
        let read = ImportOptions { zone: Some(simulated.home_zone.clone()), ..ImportOptions::default() };
        for (name, bytes) in Person::simulate(1, &simulated)?.write_files() {
            twin.import(&name, &mut Cursor::new(bytes), &read, None)?;
        }
        twin.state(None, None)?;
    }
    std::fs::rename(&making, &path)?;
    Ok((path, now))
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let (source, now) = twin_file(options)?;
    let size = std::fs::metadata(&source)?.len() as f64 / 1e6;
    let dir = tempfile::tempdir()?;
    let mut number = 0;
    // A copy each time: what one opening keeps must not help the next.
    let mut copy = || {
        number += 1;
        let path = dir.path().join(format!("{number}.twin"));
        std::fs::copy(&source, &path)?;
        Ok::<_, Failure>(path)
    };
    let first = 1e3 * median_wall(5, &mut copy, |path| Ok(open(path, now)?.state(None, None)?))?;
    let past = now.plus_secs(-i64::from(2 * 365 + 1) * 86_400 + 5 * 3600);
    let back = 1e3
        * median_wall(5, &mut copy, |path| {
            let view = open(path, now)?.state(Some(past), None)?;
            if view.day.sleep.is_none() && view.newest.is_none() {
                Err("the past is empty".into())
            } else {
                Ok(view)
            }
        })?;
    let again = 1e3
        * median_wall(
            5,
            || {
                let twin = open(&copy()?, now)?;
                twin.state(Some(past), None)?;
                Ok(twin)
            },
            |twin| Ok(twin.state(Some(past), None)?),
        )?;
    let years = f64::from(simulation(options).days) / 365.25;
    Ok(vec![
        Line::new("open a twin with 5 years, first state", "SQLite, wall time", first, "ms")
            .at_most(50.0, 10.0)
            .note(format!("{years:.1} years, {size:.0} MB")),
        Line::new("state two years back, cold, opening included", "SQLite, wall time", back, "ms")
            .at_most(500.0, 100.0),
        Line::new("– the same again", "SQLite, wall time", again, "ms"),
    ])
}
