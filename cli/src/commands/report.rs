//! `report`.

use super::open;
use crate::args::ReportArgs;
use crate::print;
use humantwin::{Code, Error, ReportOptions};
use std::process::ExitCode;

pub(crate) fn run(args: &ReportArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    let options = ReportOptions {
        days: args.days,
        until: args.until.as_deref().map(str::parse).transpose()?,
        title: args.title.clone(),
    };
    let html = twin.report(&options)?;
    std::fs::write(&args.output, &html).map_err(|e| {
        Error::new(Code::Storage, format!("`{}` cannot be written: {}", args.output.display(), e.kind()))
    })?;
    print::line(format_args!("{} ({} kB), open it in any browser", args.output.display(), html.len() / 1000));
    Ok(ExitCode::SUCCESS)
}
