//! `windows`.

use super::history::step_us;
use super::{Edge, moment, open};
use crate::args::{CalendarArg, WindowsArgs};
use crate::print;
use humantwin::view::{WindowView, WindowsView};
use humantwin::{Code, Error, Twin, WindowShape, WindowsQuery};
use std::process::ExitCode;

pub(crate) fn run(args: &WindowsArgs) -> Result<ExitCode, Error> {
    if args.name.is_none() && args.metric.is_none() {
        for (name, about) in Twin::ready_windows() {
            print::line(format_args!("{name:28}  {about}"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let twin = open(&args.twin, false)?;
    let time = |t: &Option<String>, edge| t.as_deref().map(|t| moment(&twin, t, edge)).transpose();
    let query = WindowsQuery {
        name: args.name.clone(),
        metric: args.metric.clone(),
        shape: shape(args)?,
        from: time(&args.from, Edge::Start)?,
        to: time(&args.to, Edge::Start)?,
        at: time(&args.at, Edge::Last)?,
        known_at: time(&args.known_at, Edge::Last)?,
        goal: args.goal,
    };
    let view = twin.windows(&query)?;
    if args.json {
        print::json(&view)?;
    } else if args.csv {
        print::line(
            "start,end,value,min,max,last,count,coverage,complete,revision,sources,change,goal_share",
        );
        view.windows.iter().for_each(|w| print::line(csv(w)));
    } else {
        view.windows.iter().for_each(|w| print::line(plain(&view, w)));
        for gap in &view.gaps {
            print::line(gap);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn shape(args: &WindowsArgs) -> Result<Option<WindowShape>, Error> {
    if let Some(size) = &args.every {
        return Ok(Some(WindowShape::Tumbling { size_us: step_us("every", size)? }));
    }
    if let Some(text) = &args.sliding {
        let (size, every) = text.split_once('/').ok_or_else(|| {
            let message = "value of `sliding` has no step, expected a length and a step like 10m/1m";
            Error::new(Code::InvalidValue, message)
        })?;
        let (size_us, every_us) = (step_us("sliding", size)?, step_us("sliding", every)?);
        return Ok(Some(WindowShape::Sliding { size_us, every_us }));
    }
    if let Some(gap) = &args.session {
        return Ok(Some(WindowShape::Session { gap_us: step_us("session", gap)? }));
    }
    Ok(args.calendar.map(|unit| match unit {
        CalendarArg::Day => WindowShape::Day,
        CalendarArg::Week => WindowShape::Week,
        CalendarArg::Month => WindowShape::Month,
    }))
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn csv(w: &WindowView) -> String {
    let sources = format!("\"{}\"", w.sources.join("+").replace('"', "\"\""));
    [
        w.start.to_string(),
        w.end.to_string(),
        number(w.value),
        number(w.min),
        number(w.max),
        number(w.last),
        w.count.to_string(),
        number(w.coverage),
        w.complete.to_string(),
        w.revision.to_string(),
        sources,
        number(w.change),
        number(w.goal_share),
    ]
    .join(",")
}

fn plain(view: &WindowsView, w: &WindowView) -> String {
    let mut text = format!("{} to {}", w.start, w.end);
    text += &w.value.map_or_else(|| "  –".to_owned(), |v| format!("  {v:.4} {}", view.unit));
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    if let Some(coverage) = w.coverage {
        text += &format!("  covered {}", percent(coverage));
    }
    for mean in &w.trailing {
        if let Some(value) = mean.mean {
            text += &format!("  last {}: {value:.4}", mean.windows);
        }
    }
    if let Some(share) = w.goal_share {
        text += &format!("  of the goal {}", percent(share));
    }
    if w.revision > 0 {
        text += &format!("  revision {}", w.revision);
    }
    text + "  " + &w.sources.join("+")
}
