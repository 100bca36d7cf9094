//! The JavaScript around a wasm module: `bindgen MODULE.wasm FOLDER`.
//!
//! A program of its own behind a feature, because what it links is heavy and nothing else needs it.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.as_slice() {
        [module, folder] => run(module, folder),
        _ => Err("usage: bindgen MODULE.wasm FOLDER".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            #[expect(clippy::print_stderr, reason = "a program says what went wrong")]
            {
                eprintln!("{why}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(module: &str, folder: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    let bindgen = bindgen.input_path(module).web(true).map_err(|e| e.to_string())?;
    bindgen
        .typescript(false)
        .omit_default_module_path(false)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .map_err(|e| format!("{e:#}"))
}
