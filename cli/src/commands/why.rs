//! `why`.

use super::{Edge, moment, open};
use crate::args::WhyArgs;
use crate::print;
use humantwin::{Clock, Error, SystemClock, Twin, WhyQuery};
use std::process::ExitCode;

pub(crate) fn run(args: &WhyArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    let since = since(&twin, &args.since)?;
    let view = twin.why(&WhyQuery { score: args.score.clone().unwrap_or_default(), since })?;
    if args.json {
        print::json(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    let what = if view.score.is_empty() { "figures" } else { &view.score };
    if view.days.is_empty() {
        print::line(format_args!("{what}: no day differs from what was known at {since}"));
        return Ok(ExitCode::SUCCESS);
    }
    for day in &view.days {
        print::line(&day.text);
        let others = day.changed.len() - 1;
        print::line(format_args!(
            "    revision {}{}",
            day.revision,
            if others > 0 { format!("; {others} more figures differ (--json)") } else { String::new() }
        ));
    }
    if view.more {
        print::line("older days are left out");
    }
    Ok(ExitCode::SUCCESS)
}

/// A moment, or a word for the end of a day in the zone lived in.
fn since(twin: &Twin, text: &str) -> Result<humantwin::Timestamp, Error> {
    let days = match text {
        "yesterday" => 1,
        "last-week" => 7,
        _ => return moment(twin, text, Edge::Last),
    };
    let now = SystemClock.now();
    let today = twin.state(None, None)?.day.date;
    let (_, end) = twin.day_bounds(today.plus_days(-days))?;
    Ok(end.plus_micros(-1).min(now))
}
