//! `demo`: a simulated person, in real file formats, to a twin and its report.

use super::{import, state};
use crate::args::{DemoArgs, TwinArgs};
use crate::print;
use humantwin::core::Zone;
use humantwin::{Code, Engine, EngineOptions, Error, FixedClock, ImportOptions, ReportOptions, Storage};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use twin_testkit::{Person, SimOptions, WorkOptions, write_work};

pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode, Error> {
    let files = args.output.join("files");
    let written = |path: &Path| {
        let path = path.display().to_string();
        move |e: std::io::Error| {
            Error::new(Code::Storage, format!("`{path}` cannot be written: {}", e.kind()))
        }
    };
    std::fs::create_dir_all(&files).map_err(written(&files))?;
    let options = SimOptions { days: args.days, ..SimOptions::default() };
    let world = Person::simulate(args.seed, &options)?;
    print::line(format_args!("A simulated person, {} days, seed {}; no real data.", args.days, args.seed));
    let mut paths = Vec::new();
    for (name, bytes) in world.write_files() {
        let path = files.join(name);
        std::fs::write(&path, bytes).map_err(written(&path))?;
        paths.push(path);
    }
    // What trackers, timers and messengers tell of the same days; the calendar has the meetings.
    let zone = Zone::named(&options.home_zone)?;
    let offset_s = zone.offset_at(zone.day_bounds(options.start).0);
    let work = WorkOptions { start: options.start, days: args.days, offset_s, alone: false };
    let path = files.join("work.jsonl");
    std::fs::write(&path, write_work(args.seed, &work)).map_err(written(&path))?;
    paths.push(path);
    print::line(format_args!("{} files in {}", paths.len(), files.display()));

    // The demo's twin is made anew: the same seed shows the same numbers, whatever the date is today.
    let twin_path = args.output.join("person.twin");
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut name = twin_path.as_os_str().to_owned();
        name.push(ending);
        drop(std::fs::remove_file(name));
    }
    let end = zone.day_bounds(options.start.plus_days(i32::try_from(args.days).unwrap_or(i32::MAX) - 1)).1;
    let clock = Arc::new(FixedClock(end.plus_secs(-2 * 3600)));
    let engine = Engine::open(EngineOptions::new(Storage::File(twin_path.clone()), clock))?;
    let twin = engine.own_twin("me")?;
    let import_options = ImportOptions { zone: Some(options.home_zone.clone()), ..ImportOptions::default() };
    let stop = AtomicBool::new(false);
    let (mut events, mut samples, mut refused) = (0, 0, 0);
    for path in &paths {
        let view = import::one(&twin, path, &import_options, &stop, true)?;
        events += view.events;
        samples += view.samples;
        refused += view.refused.iter().map(|r| r.count).sum::<u64>();
    }
    print::line(format_args!("imported: {events} events, {samples} samples, {refused} refused"));
    state::tell(&twin.state(None, None)?);
    let report = args.output.join("report.html");
    let html =
        twin.report(&ReportOptions { days: args.days, title: Some("Demo person".into()), until: None })?;
    std::fs::write(&report, html).map_err(written(&report))?;
    let shown = |path: &Path| path.display().to_string();
    print::line(format_args!("report: {}", shown(&report)));
    print::line(format_args!(
        "twin:   {} (try `humantwin state {} --at {}`)",
        shown(&twin_path),
        shown(&twin_path),
        end.plus_secs(-1)
    ));
    let args = TwinArgs { twin: twin_path, person: "me".into(), actor: None, purpose: None };
    drop(twin);
    drop(engine);
    let checked = super::open(&args, false)?.verify()?;
    print::line(format_args!(
        "verify: {}, state {}",
        if checked.ok { "all is well" } else { "findings" },
        checked.state_hash
    ));
    Ok(if checked.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
