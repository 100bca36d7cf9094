//! A picture a model, drawn from what it says of a simulated person: `cargo xtask plots [--check] [ID…]`.
//!
//! `docs/pictures/models/<id>.svg` stands on the model's card. `--check` asks whether every picture is shown on its
//! page, and no page shows a picture that is not there.

mod calibration;
mod draw;
mod rows;
mod subjects;
mod week;

use crate::catalogue::root;
use draw::{Band, Panel, Told};
use humantwin::{
    BandView, Engine, EngineOptions, FixedClock, ImportOptions, NamedEstimate, PlanChange, PredictionView,
    Scenario, Storage, Timestamp, Twin,
};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use twin_testkit::{Person, SimOptions, WorkOptions, World, write_work};

const SEED: u64 = 7;
const DAYS: u32 = 120;
/// Days that a picture shows.
const SHOWN: i64 = 60;
/// Estimates that are times of day: 24 is 0 again.
const CLOCKS: &[&str] = &["dlmo", "cbtmin", "acrophase", "chronotype", "best_hour"];
/// Their figures over the days say nothing to a reader: points of a search.
const SKIPPED: &[&str] = &["team_composition"];
/// Pictures beside those of the models that are asked with `predict`, and their pages.
const OTHERS: &[(&str, &str)] = &[
    ("what_if", "docs/models/what_if.md"),
    ("work_plan", "docs/models/work_plan.md"),
    ("calibration", "docs/explanation/models.md"),
];

/// Draws the pictures named in `only`, or all; or with `check` says which are missing.
pub(crate) fn run(check: bool, only: &[&str]) -> Result<(), String> {
    let folder = root().join("docs/pictures/models");
    if check {
        return missing(&folder);
    }
    let told = |e: humantwin::Error| e.to_string();
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let (twin, _, now) = simulated(SEED, DAYS).map_err(told)?;
    let wanted = |id: &str| only.is_empty() || only.contains(&id);
    for model in Twin::models().into_iter().filter(|m| wanted(m.id) && !SKIPPED.contains(&m.id)) {
        let said: Vec<PredictionView> = (0..SHOWN)
            .rev()
            .map(|back| twin.predict(model.id, Some(now.plus_secs(-86_400 * back)), None))
            .collect::<Result<_, _>>()
            .map_err(|e| format!("{}: {e}", model.id))?;
        write(&folder, model.id, model.title, &panels(model.id, &said))?;
    }
    if wanted("what_if") {
        let panels = changed(&twin, now).map_err(told)?;
        write(&folder, "what_if", "Three days of rest and early nights", &drawn(&panels))?;
    }
    if wanted("work_plan") {
        let zone = humantwin::core::Zone::named(&SimOptions::default().home_zone);
        let zone = zone.map_err(|e| e.to_string())?;
        write(&folder, "work_plan", "Plan of work days", &week::panel(&twin, now, &zone).map_err(told)?)?;
    }
    if wanted("calibration") {
        let panels = calibration::panels().map_err(told)?;
        write(&folder, "calibration", "Probabilities and intervals", &drawn(&panels))?;
    }
    println!("pictures in {}", folder.display());
    Ok(())
}

fn drawn(panels: &[Panel]) -> Vec<String> {
    panels.iter().map(draw::panel).collect()
}

fn write(folder: &Path, id: &str, title: &str, panels: &[String]) -> Result<(), String> {
    if panels.is_empty() {
        println!("{id}: nothing to draw of the simulated person");
        return Ok(());
    }
    std::fs::write(folder.join(format!("{id}.svg")), draw::svg(title, panels)).map_err(|e| e.to_string())
}

/// A simulated person's twin and truth, and a late afternoon of their last day.
fn simulated(seed: u64, days: u32) -> Result<(Twin, World, Timestamp), humantwin::Error> {
    let options = SimOptions { days, ..SimOptions::default() };
    let world = Person::simulate(seed, &options)?;
    let zone = humantwin::core::Zone::named(&options.home_zone)?;
    let end = zone.day_bounds(options.start.plus_days(i32::try_from(days).unwrap_or(i32::MAX) - 1)).1;
    let now = end.plus_secs(-8 * 3600);
    let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(FixedClock(end))))?;
    let twin = engine.own_twin("me")?;
    let import = ImportOptions { zone: Some(options.home_zone.clone()), ..ImportOptions::default() };
    for (name, bytes) in world.write_files() {
        twin.import(&name, &mut Cursor::new(bytes), &import, None)?;
    }
    // A working life beside it; winter time is near enough for both.
    let work = WorkOptions { start: options.start, days, offset_s: 3600, alone: false };
    twin.import("work.jsonl", &mut Cursor::new(write_work(seed, &work)), &import, None)?;
    Ok((twin, world, now))
}

/// The curve of the newest answer where there is one, else the first estimates over the days; of some models those
/// of today under each other.
fn panels(id: &str, said: &[PredictionView]) -> Vec<String> {
    let Some(newest) = said.last() else { return Vec::new() };
    let about = subjects::of(id);
    if let Some(about) = about.filter(|about| about.only_today()) {
        return about.today(newest).into_iter().collect();
    }
    let named = |name: &str, unit: &str| about.map_or_else(|| title(name, unit), |about| about.title(name));
    let start = newest.at;
    // The newest answer is of 16:00 local: hours since midnight.
    let hour = |at: Timestamp| 16.0 + at.secs_since(start) / 3600.0;
    let curves = newest.curves.iter().filter_map(|curve| {
        let band = |x, p: &humantwin::PointView| Band { x, value: p.value, low: p.low, high: p.high };
        let (first, last) = (curve.points.first()?.at, curve.points.last()?.at);
        let days = last.secs_since(first) > 3.0 * 86_400.0;
        let points: Vec<Band> = curve
            .points
            .iter()
            .map(|p| band(if days { p.at.secs_since(start) / 86_400.0 } else { hour(p.at) }, p))
            .collect();
        // Days in a row, or weeks.
        let steps = points.windows(2).filter_map(|two| Some(two.last()?.x - two.first()?.x));
        let apart = 1.5 * steps.fold(f64::INFINITY, f64::min);
        let (across, x, gap) = if days {
            ("days from today", Told::Plain, apart.max(2.5))
        } else {
            ("time of day", Told::Clock, 0.75)
        };
        let (title, y, guide) = (named(&curve.name, &curve.unit), Told::Plain, None);
        (points.len() > 1).then_some(Panel { title, across, x, y, gap, guide, points })
    });
    let mut panels: Vec<Panel> = curves.collect();
    // Of a model with subjects, the curves are theirs already.
    let curved = !panels.is_empty();
    let shown = |told: &&NamedEstimate| about.is_none_or(|about| !curved && about.names(told));
    for told in newest.estimates.iter().filter(shown) {
        let y = if CLOCKS.contains(&told.name.as_str()) { Told::Clock } else { Told::Plain };
        let mut points: Vec<Band> = said
            .iter()
            .filter_map(|view| {
                let e = &view.estimates.iter().find(|e| e.name == told.name)?.estimate;
                let x = view.at.secs_since(start) / 86_400.0;
                Some(Band { x, value: e.value?, low: e.low, high: e.high })
            })
            .collect();
        if y == Told::Clock {
            unwind(&mut points);
        }
        if points.len() > 1 && panels.len() < 3 && changes(&points) {
            let unit = if y == Told::Clock { "time of day" } else { &told.estimate.unit };
            let (title, across, x) = (named(&told.name, unit), "days from today", Told::Plain);
            panels.push(Panel { title, across, x, y, gap: 2.5, guide: None, points });
        }
    }
    drawn(&panels)
}

/// Is it not one figure all the time?
fn changes(points: &[Band]) -> bool {
    let values = || points.iter().map(|p| p.value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    high - low > 1e-6 * high.abs().max(low.abs())
}

/// Hours of a clock without the jump at midnight: each in the turn nearest to the one before.
fn unwind(points: &mut [Band]) {
    let mut before = points.first().map_or(0.0, |p| p.value);
    for point in points {
        let turn = 24.0 * ((before - point.value) / 24.0).round();
        point.value += turn;
        (point.low, point.high) = (point.low.map(|v| v + turn), point.high.map(|v| v + turn));
        before = point.value;
    }
}

fn title(name: &str, unit: &str) -> String {
    let (name, unit) = (name.replace('_', " "), unit.replace("{score}", "points"));
    if unit == "1" || unit.starts_with('{') { name } else { format!("{name}, {unit}") }
}

/// By how much three days of rest and early nights change the coming days.
fn changed(twin: &Twin, now: Timestamp) -> Result<Vec<Panel>, humantwin::Error> {
    let early = PlanChange::SleepAt { days: vec![1, 2, 3], bed: "22:00".into(), wake: "07:00".into() };
    let rest = (1..=3).map(|day| PlanChange::RestDay { day });
    let changes: Vec<PlanChange> = [early].into_iter().chain(rest).collect();
    let said = twin.simulate(&Scenario { changes, at: Some(now), ..Scenario::default() })?;
    let shown = ["energy", "sleep_debt", "form"];
    let found = shown.iter().filter_map(|name| said.quantities.iter().find(|q| q.name == *name));
    let band = |(x, b): (u32, &BandView)| Band {
        x: f64::from(x),
        value: b.value,
        low: Some(b.low),
        high: Some(b.high),
    };
    Ok(found
        .map(|q| Panel {
            title: format!("{}: changed less planned", title(&q.name, &q.unit)),
            across: "days from today",
            x: Told::Plain,
            y: Told::Plain,
            gap: 1.5,
            guide: Some(draw::Guide::Level(0.0)),
            points: (1_u32..).zip(&q.difference).map(band).collect(),
        })
        .collect())
}

fn missing(folder: &Path) -> Result<(), String> {
    let mut wrong = Vec::new();
    let models = Twin::models().into_iter().map(|m| (m.id, format!("docs/models/{}.md", m.id)));
    let others = OTHERS.iter().map(|(id, page)| (*id, (*page).to_owned()));
    let all: Vec<(&str, String)> = models.chain(others).collect();
    let count = all.len();
    for (id, page) in all {
        let text = std::fs::read_to_string(root().join(page)).unwrap_or_default();
        let drawn = folder.join(format!("{id}.svg")).exists();
        if drawn != text.contains(&format!("../pictures/models/{id}.svg")) {
            wrong.push(id);
        }
    }
    if wrong.is_empty() {
        println!("{count} pages and their pictures go together");
        return Ok(());
    }
    Err(format!("page and picture do not go together: {}; run `cargo xtask plots`", wrong.join(", ")))
}
