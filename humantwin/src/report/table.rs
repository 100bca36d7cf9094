//! Tables: the numbers behind a chart, and lists.

use super::frame::Frame;
use super::html::{Esc, put};

/// One column of a table by day: its heading and a text a day.
pub(super) struct Column {
    pub(super) head: String,
    pub(super) cells: Vec<Option<String>>,
}

/// The numbers behind a chart, closed at first. Days without any value have no row, and the table says so.
pub(super) fn day_table(out: &mut String, frame: &Frame<'_>, title: &str, columns: &[Column]) {
    put!(out, "<details class=data><summary>Data table</summary>");
    open(out, &format!("{title}, by day"));
    put!(out, "<tr><th scope=col>Day");
    for column in columns {
        put!(out, "<th scope=col>{}", Esc(&column.head));
    }
    put!(out, "<tbody>");
    let mut empty = 0;
    for i in 0..frame.len() {
        let cells: Vec<_> = columns.iter().map(|c| c.cells.get(i).and_then(Option::as_deref)).collect();
        if cells.iter().all(Option::is_none) {
            empty += 1;
            continue;
        }
        put!(out, "<tr><th scope=row>{}", frame.date(i));
        for cell in cells {
            put!(out, "<td>{}", Esc(cell.unwrap_or("–")));
        }
    }
    put!(out, "</table></div>");
    if empty > 0 {
        put!(
            out,
            "<p class=fine>{} without data, not listed.</p>",
            super::html::plural(empty, "day", "days")
        );
    }
    put!(out, "</details>");
}

/// A list: headings and rows of texts, escaped here. `wide`: stays a table on a phone and scrolls.
pub(super) fn list(out: &mut String, caption: &str, heads: &[&str], rows: &[Vec<String>]) {
    open(out, caption);
    put!(out, "<tr>");
    for head in heads {
        put!(out, "<th scope=col>{}", Esc(head));
    }
    put!(out, "<tbody>");
    for row in rows {
        put!(out, "<tr>");
        for (i, cell) in row.iter().enumerate() {
            let tag = if i == 0 { "th scope=row" } else { "td" };
            put!(out, "<{tag}>{}", Esc(if cell.is_empty() { "–" } else { cell }));
        }
    }
    put!(out, "</table></div>");
}

fn open(out: &mut String, caption: &str) {
    put!(
        out,
        "<div class=scroll tabindex=0 role=region aria-label=\"{0}\"><table><caption class=vh>{0}</caption><thead>",
        Esc(caption)
    );
}
