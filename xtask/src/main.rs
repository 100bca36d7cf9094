//! Tasks of the workspace: `cargo xtask <task>`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for developers speaks on the terminal"
)]

mod catalogue;
mod measures;
mod vectors;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["catalogue", rest @ ..] => catalogue::run(rest.contains(&"--check")),
        ["measures", rest @ ..] => measures::run(rest),
        ["vectors", rest @ ..] => vectors::run(rest),
        _ => Err(
            "usage: cargo xtask catalogue [--check] | measures [--json] [--quick] [--full] [--only GROUP] | \
            vectors [--dir DIR] [--json]"
                .into(),
        ),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
