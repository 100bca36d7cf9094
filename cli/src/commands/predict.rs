//! `predict`.

use super::asked;
use crate::args::PredictArgs;
use crate::print;
use humantwin::core::Zone;
use humantwin::core::estimate::{Contribution, Estimate, EstimateStatus};
use humantwin::{CurveView, Error, NamedEstimate, PredictionView, SpanView, Timestamp, Twin};
use std::process::ExitCode;

pub(crate) fn run(args: &PredictArgs) -> Result<ExitCode, Error> {
    let Some(model) = &args.model else {
        let rows = Twin::models().iter().map(|m| vec![m.id.to_owned(), m.title.to_owned()]).collect();
        print::table(&["model", "what it says"], rows);
        return Ok(ExitCode::SUCCESS);
    };
    let (twin, at, known_at) = asked(&args.asked)?;
    let view = twin.predict(model, at, known_at)?;
    if args.asked.json {
        print::json(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    let zone = twin.state(None, None)?.zone.and_then(|z| Zone::named(&z).ok()).unwrap_or_else(Zone::utc);
    tell(&view, &zone);
    Ok(ExitCode::SUCCESS)
}

fn tell(view: &PredictionView, zone: &Zone) {
    print::line(format_args!("{} ({} {})", view.title, view.model, view.version));
    for named in &view.estimates {
        estimate(named);
    }
    for curve in &view.curves {
        print::line(format_args!("{}{}", curve.name, of_unit(&curve.unit)));
        points(curve, zone);
    }
    view.spans.iter().for_each(|s| span(s, zone));
    view.words.iter().for_each(print::line);
    print::line("Nothing here is a diagnosis.");
}

fn estimate(NamedEstimate { name, estimate }: &NamedEstimate) {
    let Estimate { value, low, high, unit, status, .. } = estimate;
    match value {
        Some(value) => {
            let range = low.zip(*high).map_or_else(String::new, |(low, high)| {
                format!(", 80 % between {} and {}", figure(low), figure(high))
            });
            let settled = if *status == EstimateStatus::Ok { "" } else { ", provisional" };
            print::line(format_args!(
                "{name}: {}{}{range}; confidence {:.0} %{settled}",
                figure(*value),
                of_unit(unit),
                100.0 * estimate.confidence
            ));
        }
        None => print::line(format_args!("{name}: not given")),
    }
    for Contribution { feature, amount, now, baseline, unit } in &estimate.contributions {
        let against = now.zip(*baseline).map_or_else(String::new, |(now, usual)| {
            format!(": {}{} against {}", figure(now), of_unit(unit), figure(usual))
        });
        print::line(format_args!("    {amount:+.2} {feature}{against}"));
    }
    for gap in &estimate.gaps {
        print::line(format_args!("    missing: {gap}"));
    }
}

/// About one point an hour or a day: what fits on a screen. `--json` has all.
fn points(curve: &CurveView, zone: &Zone) {
    let every = curve.points.len().div_ceil(24).max(1);
    for point in curve.points.iter().step_by(every) {
        let range = point
            .low
            .zip(point.high)
            .map_or_else(String::new, |(low, high)| format!("  {} – {}", figure(low), figure(high)));
        print::line(format_args!("    {}  {}{range}", local(point.at, zone), figure(point.value)));
    }
}

fn span(span: &SpanView, zone: &Zone) {
    let value = span.value.map_or_else(String::new, |v| {
        format!(", {}{}", figure(v), of_unit(span.unit.as_deref().unwrap_or("1")))
    });
    let chance = span.probability.map_or_else(String::new, |p| format!(", probability {:.0} %", 100.0 * p));
    let note = span.note.as_ref().map_or_else(String::new, |n| format!(": {n}"));
    let (start, end) = (local(span.start, zone), local(span.end, zone));
    print::line(format_args!("{}: {start} to {end}{value}{chance}{note}", span.name));
}

/// A moment on the clock of the zone lived in.
fn local(t: Timestamp, zone: &Zone) -> String {
    let text = t.plus_secs(i64::from(zone.offset_at(t))).to_string();
    text.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// Three digits that count.
fn figure(value: f64) -> String {
    match value.abs() {
        a if a >= 100.0 => format!("{value:.0}"),
        a if a >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn of_unit(unit: &str) -> String {
    if unit == "1" { String::new() } else { format!(" {unit}") }
}
