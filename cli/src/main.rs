//! The `humantwin` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    humantwin_cli::run(std::env::args_os())
}
