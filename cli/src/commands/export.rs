//! `export`.

use super::open;
use crate::args::ExportArgs;
use crate::print;
use humantwin::{Code, Error};
use std::io::BufWriter;
use std::process::ExitCode;

pub(crate) fn run(args: &ExportArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    if args.output == "-" {
        twin.export(&mut BufWriter::new(std::io::stdout().lock()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = std::fs::File::create(&args.output).map_err(|e| {
        Error::new(Code::Storage, format!("`{}` cannot be written: {}", args.output, e.kind()))
    })?;
    let events = twin.export(&mut BufWriter::new(file))?;
    print::line(format_args!("{events} events written to {}", args.output));
    Ok(ExitCode::SUCCESS)
}
