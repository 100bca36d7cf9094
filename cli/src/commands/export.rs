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
        let mut out = BufWriter::new(std::io::stdout().lock());
        if args.packed {
            twin.pack(&mut out)?;
        } else {
            twin.export(&mut out)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let file = std::fs::File::create(&args.output).map_err(|e| {
        Error::new(Code::Storage, format!("`{}` cannot be written: {}", args.output, e.kind()))
    })?;
    if args.packed {
        twin.pack(&mut BufWriter::new(file))?;
        print::line(format_args!("packed into {}; not encrypted", args.output));
        return Ok(ExitCode::SUCCESS);
    }
    let events = twin.export(&mut BufWriter::new(file))?;
    print::line(format_args!("{events} events written to {}", args.output));
    Ok(ExitCode::SUCCESS)
}
