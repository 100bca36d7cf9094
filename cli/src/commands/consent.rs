//! `grant` and `revoke`.

use super::{Edge, moment, open};
use crate::args::{GrantArgs, RevokeArgs};
use crate::print;
use humantwin::{Error, Purpose};
use std::process::ExitCode;

pub(crate) fn grant(args: &GrantArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, true)?;
    let until = args.until.as_deref().map(|t| moment(&twin, t, Edge::Start)).transpose()?;
    twin.grant(&args.who, Purpose::parse(&args.what_for)?, until)?;
    print::line(format_args!("{} may use the twin for {}", args.who, args.what_for));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn revoke(args: &RevokeArgs) -> Result<ExitCode, Error> {
    let purpose = args.what_for.as_deref().map(Purpose::parse).transpose()?;
    open(&args.twin, true)?.revoke(&args.who, purpose)?;
    let what = args.what_for.as_deref().unwrap_or("anything");
    print::line(format_args!("{} may no longer use the twin for {what}", args.who));
    Ok(ExitCode::SUCCESS)
}
