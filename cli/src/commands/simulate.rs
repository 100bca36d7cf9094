//! `simulate`.

use super::{Edge, moment, open};
use crate::args::SimulateArgs;
use crate::print;
use humantwin::{BandView, Code, Error, Scenario, SimulatedQuantity};
use std::process::ExitCode;

pub(crate) fn run(args: &SimulateArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    let mut scenario = match &args.scenario {
        Some(path) => {
            let shown = path.display();
            let text = std::fs::read_to_string(path)
                .map_err(|e| Error::new(Code::NotFound, format!("`{shown}` cannot be read: {}", e.kind())))?;
            serde_json::from_str::<Scenario>(&text)
                .map_err(|e| Error::new(Code::InvalidValue, format!("`{shown}` is no scenario: {e}")))?
        }
        None => Scenario::default(),
    };
    scenario.days = args.days.or(scenario.days);
    if let Some(at) = &args.at {
        scenario.at = Some(moment(&twin, at, Edge::Last)?);
    }
    let view = twin.simulate(&scenario)?;
    if args.json {
        print::json(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(last) = view.quantities.first().and_then(|q| q.plan.last()) {
        let rows = view.quantities.iter().map(row).collect();
        let last = format!("on {}", last.date);
        print::table(
            &["", "today", &format!("as planned {last}"), &format!("changed {last}"), "difference"],
            rows,
        );
    }
    view.reasons.iter().for_each(print::line);
    for gap in &view.gaps {
        print::line(format_args!("missing: {gap}"));
    }
    print::line(format_args!(
        "80 % intervals of {} draws (seed {}). Nothing here is a diagnosis.",
        view.draws, view.seed
    ));
    Ok(ExitCode::SUCCESS)
}

fn row(quantity: &SimulatedQuantity) -> Vec<String> {
    let unit = if quantity.unit == "1" { String::new() } else { format!(" ({})", quantity.unit) };
    let last = |bands: &[BandView]| {
        bands.last().map_or_else(String::new, |b| format!("{:.1} ({:.1} to {:.1})", b.value, b.low, b.high))
    };
    vec![
        format!("{}{unit}", quantity.name),
        quantity.now.map_or_else(String::new, |v| format!("{v:.1}")),
        last(&quantity.plan),
        last(&quantity.changed),
        last(&quantity.difference),
    ]
}
