//! A picture a model, drawn from what it says of the simulated person: `cargo xtask plots [--check]`.
//!
//! `docs/pictures/models/<id>.svg` stands on the model's card. `--check` asks whether every model that a twin can
//! be asked for has its picture, and its card shows it.

mod draw;

use crate::catalogue::root;
use draw::{Band, Panel};
use humantwin::{Engine, EngineOptions, FixedClock, ImportOptions, PredictionView, Storage, Timestamp, Twin};
use std::io::Cursor;
use std::sync::Arc;
use twin_testkit::{Person, SimOptions};

const SEED: u64 = 7;
const DAYS: u32 = 120;
/// Days that a picture shows.
const SHOWN: i64 = 60;

/// Draws every picture, or with `check` says which are missing.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let folder = root().join("docs/pictures/models");
    if check {
        return missing(&folder);
    }
    let (twin, now) = simulated().map_err(|e| e.to_string())?;
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    for model in Twin::models() {
        let said: Vec<PredictionView> = (0..SHOWN)
            .rev()
            .map(|back| twin.predict(model.id, Some(now.plus_secs(-86_400 * back)), None))
            .collect::<Result<_, _>>()
            .map_err(|e| format!("{}: {e}", model.id))?;
        let panels = panels(&said);
        if panels.is_empty() {
            println!("{}: nothing to draw, the simulated person has no data for it", model.id);
            continue;
        }
        let path = folder.join(format!("{}.svg", model.id));
        std::fs::write(&path, draw::svg(model.title, &panels)).map_err(|e| e.to_string())?;
    }
    println!("pictures of {} models in {}", Twin::models().len(), folder.display());
    Ok(())
}

/// A simulated person's twin, and a late afternoon of their last day.
fn simulated() -> Result<(Twin, Timestamp), humantwin::Error> {
    let options = SimOptions { days: DAYS, ..SimOptions::default() };
    let world = Person::simulate(SEED, &options)?;
    let zone = humantwin::core::Zone::named(&options.home_zone)?;
    let end = zone.day_bounds(options.start.plus_days(i32::try_from(DAYS).unwrap_or(i32::MAX) - 1)).1;
    let now = end.plus_secs(-8 * 3600);
    let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(FixedClock(end))))?;
    let twin = engine.own_twin("me")?;
    let import = ImportOptions { zone: Some(options.home_zone.clone()), ..ImportOptions::default() };
    for (name, bytes) in world.write_files() {
        twin.import(&name, &mut Cursor::new(bytes), &import, None)?;
    }
    Ok((twin, now))
}

/// The curve of the newest answer where there is one, else the first estimates over the days.
fn panels(said: &[PredictionView]) -> Vec<Panel> {
    let Some(newest) = said.last() else { return Vec::new() };
    let start = newest.at;
    let curves = newest.curves.iter().filter(|c| c.points.len() > 1).map(|curve| Panel {
        title: curve.name.replace('_', " "),
        unit: curve.unit.clone(),
        x_unit: "hours from now",
        points: curve
            .points
            .iter()
            .map(|p| Band { x: p.at.secs_since(start) / 3600.0, value: p.value, low: p.low, high: p.high })
            .collect(),
    });
    let mut panels: Vec<Panel> = curves.collect();
    for named in newest.estimates.iter().take(3) {
        let points: Vec<Band> = said
            .iter()
            .filter_map(|view| {
                let e = &view.estimates.iter().find(|e| e.name == named.name)?.estimate;
                let x = view.at.secs_since(start) / 86_400.0;
                Some(Band { x, value: e.value?, low: e.low, high: e.high })
            })
            .collect();
        if points.len() > 1 {
            let (title, unit) = (named.name.replace('_', " "), named.estimate.unit.clone());
            panels.push(Panel { title, unit, x_unit: "days from today", points });
        }
    }
    panels.truncate(3);
    panels
}

fn missing(folder: &std::path::Path) -> Result<(), String> {
    let mut wrong = Vec::new();
    for model in Twin::models() {
        let card = root().join(format!("docs/models/{}.md", model.id));
        let text = std::fs::read_to_string(&card).unwrap_or_default();
        let picture = format!("../pictures/models/{}.svg", model.id);
        let drawn = folder.join(format!("{}.svg", model.id)).exists();
        if drawn != text.contains(&picture) {
            wrong.push(model.id);
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("card and picture do not go together: {}; run `cargo xtask plots`", wrong.join(", ")))
}
