//! `merge`.

use super::open;
use crate::args::{MergeArgs, TwinArgs};
use crate::print;
use humantwin::{Code, Error, MergeReport, Twin};
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(args: &MergeArgs) -> Result<ExitCode, Error> {
    for other in &args.others {
        if !other.is_file() {
            return Err(Error::new(Code::NotFound, format!("there is no file at `{}`", other.display())));
        }
    }
    let twin = open(&args.twin, true)?;
    for other in &args.others {
        let report = merge(&twin, &args.twin, other)
            .map_err(|e| Error::new(e.code, format!("`{}`: {}", other.display(), e.message)))?;
        if args.json {
            print::json(&report)?;
        } else {
            print::line(format_args!(
                "{}: {} events seen, {} new, {} samples",
                other.display(),
                report.seen,
                report.events,
                report.samples
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn merge(twin: &Twin, args: &TwinArgs, path: &Path) -> Result<MergeReport, Error> {
    let failed = |e: std::io::Error| Error::new(Code::Storage, format!("it cannot be read: {}", e.kind()));
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    (&file).take(8).read_to_end(&mut head).map_err(failed)?;
    if head == humantwin::core::log::PACK_MAGIC {
        return twin.merge_bytes(&std::fs::read(path).map_err(failed)?);
    }
    let other = TwinArgs {
        twin: path.to_path_buf(),
        person: args.person.clone(),
        actor: args.actor.clone(),
        purpose: args.purpose.clone(),
    };
    twin.merge(&super::open_as(&other, humantwin::Storage::ReadOnly(path.to_path_buf()))?)
}
