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

/// Three digits that count.
pub(crate) fn figure(value: f64) -> String {
    match value.abs() {
        a if a >= 100.0 => format!("{value:.0}"),
        a if a >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A unit behind a figure. What UCUM writes for plain numbers, and in braces (`{step}`), is not for people.
pub(crate) fn of_unit(ucum: &str) -> String {
    if ucum == "1" || ucum.starts_with('{') { String::new() } else { format!(" {ucum}") }
}
