//! Prints the measures: `measures [--json] [--quick] [--full] [--only GROUP] [--cache DIR]`; writes what peers are
//! compared on: `measures planners --dump DIR [--vectors DIR]`, `measures graph|bkt --dump DIR`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for developers speaks on the terminal"
)]

use humantwin_benches::{Failure, Options, dump_answers, dump_graphs, dump_plans, import_child, run, table};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: measures [--json] [--quick] [--full] [--only GROUP] [--cache DIR]
       measures planners --dump DIR [--vectors DIR]
       measures graph|bkt --dump DIR";

fn start(args: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    if let ["--child", export, twin] = words.as_slice() {
        return import_child(Path::new(export), Path::new(twin), &mut std::io::stdout());
    }
    match words.as_slice() {
        ["graph", "--dump", folder] => return dump_graphs(Path::new(folder)),
        ["bkt", "--dump", folder] => return dump_answers(Path::new(folder)),
        _ => {}
    }
    if let ["planners", "--dump", folder, rest @ ..] = words.as_slice() {
        let references = match rest {
            [] => None,
            ["--vectors", references] => Some(Path::new(references)),
            _ => return Err(USAGE.into()),
        };
        return dump_plans(Path::new(folder), references, &mut std::io::stdout());
    }
    let mut options = Options {
        quick: false,
        full: false,
        only: None,
        cache: PathBuf::from("target/measures"),
        recordings: std::env::var_os("HUMANTWIN_DATA").map(PathBuf::from),
    };
    let mut json = false;
    let mut rest = words.into_iter();
    while let Some(word) = rest.next() {
        match word {
            "--json" => json = true,
            "--quick" => options.quick = true,
            "--full" => options.full = true,
            "--only" => options.only = Some(rest.next().ok_or(USAGE)?.to_owned()),
            "--cache" => options.cache = rest.next().ok_or(USAGE)?.into(),
            _ => return Err(USAGE.into()),
        }
    }
    let lines = run(&options, &mut |line| eprintln!("{}", line.name))?;
    if json {
        println!("{}", serde_json::to_string_pretty(&lines)?);
    } else {
        print!("{}", table(&lines));
    }
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match start(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
