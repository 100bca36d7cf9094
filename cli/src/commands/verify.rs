//! `verify`.

use super::open;
use crate::args::VerifyArgs;
use crate::print;
use humantwin::Error;
use std::process::ExitCode;

pub(crate) fn run(args: &VerifyArgs) -> Result<ExitCode, Error> {
    let view = open(&args.twin, false)?.verify()?;
    if args.json {
        print::json(&view)?;
    } else if view.ok {
        print::line(format_args!("all is well: {} events, state {}", view.events, view.state_hash));
    } else {
        view.findings.iter().for_each(print::line);
    }
    Ok(if view.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
