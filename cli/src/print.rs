//! The one place that writes to the terminal.
#![expect(clippy::print_stderr, reason = "a command speaks on the terminal")]

use humantwin::Error;
use serde::Serialize;
use std::io::Write;

/// A line on standard output. A closed pipe ends the program quietly, as other commands do.
pub(crate) fn line(text: impl std::fmt::Display) {
    if writeln!(std::io::stdout().lock(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// A JSON text on one line.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Error> {
    let text = serde_json::to_string(value)
        .map_err(|e| Error::new(humantwin::Code::Internal, format!("an answer has no JSON form: {e}")))?;
    line(text);
    Ok(())
}

/// A line on the error stream.
pub(crate) fn note(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

/// `error[code]: message`.
pub(crate) fn error(error: &Error) {
    note(format_args!("error[{}]: {error}", error.code));
}

/// An error that an answer carries as `code: message`.
pub(crate) fn carried(text: &str) {
    let (code, message) = text.split_once(": ").unwrap_or(("internal", text));
    note(format_args!("error[{code}]: {message}"));
}

/// A table for people.
pub(crate) fn table(head: &[&str], rows: Vec<Vec<String>>) {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(head);
    for row in rows {
        table.add_row(row);
    }
    line(table);
}
