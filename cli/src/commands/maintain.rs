//! `maintain`.

use super::open;
use crate::args::MaintainArgs;
use crate::print;
use humantwin::Error;
use std::process::ExitCode;

/// Steps in a round when all is to be done.
const ROUND: u32 = 64;

pub(crate) fn run(args: &MaintainArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, true)?;
    let mut view = twin.maintain(args.steps.unwrap_or(ROUND))?;
    while args.steps.is_none() && !view.done {
        let next = twin.maintain(ROUND)?;
        let stuck = !next.done && next.folded == 0 && next.joined == 0 && view.folded == 0;
        view.folded += next.folded;
        view.joined += next.joined;
        view.done = next.done;
        if stuck {
            break;
        }
    }
    if args.json {
        print::json(&view)?;
    } else if view.done {
        print::line(format_args!(
            "all is done: {} days folded, {} small segments joined",
            view.folded, view.joined
        ));
    } else {
        print::line(format_args!(
            "{} days folded, {} small segments joined; there is more, call again",
            view.folded, view.joined
        ));
    }
    Ok(ExitCode::SUCCESS)
}
