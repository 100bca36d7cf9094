//! The `humantwin` command as a library, so that packages can carry it: [`run`] is all of it.
//!
//! What this crate does *not* do: it holds no rule of health or work; it calls the facade and prints.

mod args;
mod commands;
mod print;

use args::{Cli, Command};
use clap::Parser;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command. Exit code 0 on success, 2 on bad usage, 1 otherwise with `error[code]: message`
/// on the error stream.
pub fn run<I, T>(args: I) -> ExitCode
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Where help cannot be written there is nobody to tell.
            drop(error.print());
            return ExitCode::from(if help { 0 } else { 2 });
        }
    };
    let done = match cli.command {
        Command::Demo(args) => commands::demo::run(&args),
        Command::Import(args) => commands::import::run(&args),
        Command::State(args) => commands::state::run(&args),
        Command::History(args) => commands::history::run(&args),
        Command::Windows(args) => commands::windows::run(&args),
        Command::Predict(args) => commands::predict::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Simulate(args) => commands::simulate::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Merge(args) => commands::merge::run(&args),
        Command::Why(args) => commands::why::run(&args),
        Command::Maintain(args) => commands::maintain::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Grant(args) => commands::consent::grant(&args),
        Command::Revoke(args) => commands::consent::revoke(&args),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            print::error(&error);
            ExitCode::FAILURE
        }
    }
}
