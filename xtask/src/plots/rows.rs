//! Estimates of the newest answer under each other: a dot with its interval for each task, skill or person.

use super::draw::{HEIGHT, RIGHT, Told, WIDTH, escaped, figure, range, ticks};
use std::fmt::Write as _;

/// One of them.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// More are not shown.
const MOST: usize = 8;
/// Letters of a name that have a place.
const LETTERS: usize = 24;
const LEFT: f64 = 170.0;
const TOP: f64 = 32.0;
const BOTTOM: f64 = 30.0;

/// A panel of rows on an axis that begins at 0, or below it where a row does.
pub(super) fn rows(title: &str, rows: &[Row]) -> String {
    let shown = rows.get(..MOST.min(rows.len())).unwrap_or_default();
    let all = shown.iter().flat_map(|r| [Some(r.value), r.low, r.high]).flatten();
    let (low, high) = range(all.chain([0.0]));
    let x = |v: f64| LEFT + (v - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    let (floor, step) = (HEIGHT - BOTTOM, (HEIGHT - TOP - BOTTOM) / shown.len().max(1) as f64);
    let mut out = format!("<text x=\"8\" y=\"16\" font-weight=\"600\">{}</text>\n", escaped(title));
    let (marks, apart) = ticks(low, high, Told::Plain, 8.0);
    for mark in marks {
        let (at, words) = (x(mark), figure(mark, apart, Told::Plain));
        let _ = writeln!(
            out,
            "<line class=\"g\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{floor}\"/>\
             <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{words}</text>",
            floor + 16.0
        );
    }
    for (i, row) in shown.iter().enumerate() {
        let y = TOP + step * (i as f64 + 0.5);
        let name: String = row.name.chars().take(LETTERS).collect();
        let (from, to) = (x(row.low.unwrap_or(row.value)), x(row.high.unwrap_or(row.value)));
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect class=\"b\" x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"8\"/>\
             <circle class=\"p\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"3\"/>",
            LEFT - 8.0,
            y + 4.0,
            escaped(&name),
            y - 4.0,
            (to - from).abs(),
            x(row.value)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_name_and_its_interval_and_the_axis_begins_at_0() {
        let row = |value: f64| Row { name: "a & b".into(), value, low: None, high: Some(value + 2.0) };
        let text = rows("hours", &[row(2.0), row(6.0)]);
        assert_eq!((text.matches("<circle").count(), text.matches("a &amp; b").count()), (2, 2));
        // 0 to 8 over 450: two hours are 112.5 of it.
        assert!(text.contains("width=\"112.5\"") && text.contains(">0</text>"), "{text}");
        let many: Vec<Row> = (0..20).map(|n| row(f64::from(n))).collect();
        assert_eq!(rows("hours", &many).matches("<circle").count(), MOST);
        assert!(!rows("hours", &[]).contains("NaN"));
    }
}
