//! Tables: the numbers behind a chart, and lists.

use super::frame::Frame;
use super::html::{Esc, put};

/// Most rows of one list.
const MAX_ROWS: usize = 500;

/// One column of a table: its heading and a text a row.
pub(super) struct Column {
    pub(super) head: String,
    pub(super) cells: Vec<Option<String>>,
}

/// What the rows of a table are: heading of their column, one and many of them, and how each is called.
pub(super) struct Rows<'a> {
    pub(super) head: &'a str,
    pub(super) words: (&'a str, &'a str),
    pub(super) names: Vec<String>,
}

/// The numbers behind a chart over the span's days.
pub(super) fn day_table(out: &mut String, frame: &Frame<'_>, title: &str, columns: &[Column]) {
    let names = (0..frame.len()).map(|i| frame.date(i).to_string()).collect();
    data_table(out, title, &Rows { head: "Day", words: ("day", "days"), names }, columns);
}

/// The numbers behind a chart, closed at first. Rows without any value are left out, and the table says so.
pub(super) fn data_table(out: &mut String, title: &str, rows: &Rows<'_>, columns: &[Column]) {
    put!(out, "<details class=data><summary>Data table</summary>");
    open(out, &format!("{title}, by {}", rows.words.0));
    put!(out, "<tr><th scope=col>{}", Esc(rows.head));
    for column in columns {
        put!(out, "<th scope=col>{}", Esc(&column.head));
    }
    put!(out, "<tbody>");
    let mut empty = 0;
    for (i, name) in rows.names.iter().enumerate() {
        let cells: Vec<_> = columns.iter().map(|c| c.cells.get(i).and_then(Option::as_deref)).collect();
        if cells.iter().all(Option::is_none) {
            empty += 1;
            continue;
        }
        put!(out, "<tr><th scope=row>{}", Esc(name));
        for cell in cells {
            put!(out, "<td>{}", Esc(cell.unwrap_or("–")));
        }
    }
    put!(out, "</table></div>");
    if empty > 0 {
        put!(
            out,
            "<p class=fine>{} without data, not listed.</p>",
            super::html::plural(empty, rows.words.0, rows.words.1)
        );
    }
    put!(out, "</details>");
}

/// A list: headings and rows of texts, escaped here. On a phone each row becomes a block, its cells with their headings.
pub(super) fn list(out: &mut String, caption: &str, heads: &[&str], rows: &[Vec<String>]) {
    put!(out, "<table class=list><caption class=vh>{}</caption><thead><tr>", Esc(caption));
    for head in heads {
        put!(out, "<th scope=col>{}", Esc(head));
    }
    put!(out, "<tbody>");
    for row in rows.iter().take(MAX_ROWS) {
        put!(out, "<tr>");
        for (i, (cell, head)) in row.iter().zip(heads).enumerate() {
            match (i, cell.as_str()) {
                (0, cell) => put!(out, "<th scope=row>{}", Esc(if cell.is_empty() { "–" } else { cell })),
                (_, "") => put!(out, "<td class=nil>–"),
                (_, cell) => {
                    let figure = cell.starts_with(|c: char| c.is_ascii_digit()) && cell.chars().count() < 24;
                    put!(
                        out,
                        "<td{} data-h=\"{}\">{}",
                        if figure { " class=n" } else { "" },
                        Esc(head),
                        Esc(cell)
                    );
                }
            }
        }
    }
    put!(out, "</table>");
    if let Some(more) = rows.len().checked_sub(MAX_ROWS).filter(|n| *n > 0) {
        put!(out, "<p class=fine>{} not listed.</p>", super::html::plural(more, "more row", "more rows"));
    }
}

fn open(out: &mut String, caption: &str) {
    put!(
        out,
        "<div class=scroll tabindex=0 role=region aria-label=\"{0}\"><table><caption class=vh>{0}</caption><thead>",
        Esc(caption)
    );
}
