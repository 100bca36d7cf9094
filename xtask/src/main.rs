//! Tasks of the workspace: `cargo xtask <task>`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for developers speaks on the terminal"
)]

mod arch;
mod catalogue;
mod ci;
mod eval;
mod faults;
mod fit;
mod fuzz;
mod generate;
mod long;
mod measures;
mod plots;
mod schema;
mod share;
mod snippets;
mod stress_predict;
mod vectors;
mod wasm_equal;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask TASK
  check                       format, lints, rooms, catalogue, schemas, pictures
  ci                          the gate: check, all tests, other targets, vectors, demo, report page
  long                        the gate's long forms; FUZZ_SECONDS=N, KILLS=N and PROPTEST_CASES=N shorten them
  arch                        which room imports which
  catalogue [--check]         the metric table
  plots [--check] [ID…]       a picture a model, from what it says of the simulated person
  schema [--check]            schemas/, types and methods of every language, reference pages
  snippets [--check]          code on pages, copied from files that run
  share                       lines written by hand for single languages
  measures [--json] [--quick] [--full] [--only GROUP]  speed and memory, each beside what it is held to
  vectors [--dir DIR] [--json]  reference values
  eval TASK [--data DIR] [--json]  model quality beside simple baselines
  fit WHAT [--data DIR]       priors of a model from recordings
  faults [NAME…]              faults planted in the engine, each caught by the simulation
  fuzz [--seconds N] [TARGET…]  every parser and decoder against bytes grown from seeds
  wasm-equal [--worlds N]     the same state natively and in WebAssembly";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["catalogue", rest @ ..] => catalogue::run(rest.contains(&"--check")),
        ["arch"] => arch::run(),
        ["plots", "--check"] => plots::run(true, &[]),
        ["plots", only @ ..] => plots::run(false, only),
        ["schema", rest @ ..] => schema::run(rest.contains(&"--check")),
        ["share"] => share::run(),
        ["snippets", rest @ ..] => snippets::run(rest.contains(&"--check")),
        ["check"] => ci::check(),
        ["ci", only @ ..] => ci::run(only),
        ["long"] => long::run(),
        ["measures", rest @ ..] => measures::run(rest),
        ["vectors", rest @ ..] => vectors::run(rest),
        ["eval", rest @ ..] => eval::run(rest),
        ["fit", rest @ ..] => fit::run(rest),
        ["faults", rest @ ..] => faults::run(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["wasm-equal", rest @ ..] => wasm_equal::run(rest),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
