//! Charts drawn here, as inline SVG: one column a day, or a quarter of an hour. They stretch to any width; their
//! labels do not.

use super::chart::{StripSpec, legend};
use super::frame::Frame;
use super::html::{Esc, put, short_date};
use super::table::{Column, Rows, data_table, day_table};

/// A chart of columns.
pub(super) struct Strip<'t> {
    pub(super) id: &'t str,
    pub(super) title: &'t str,
    pub(super) summary: String,
    /// Height of the drawing in its own units.
    pub(super) rows: f64,
    pub(super) height_px: u32,
    /// Width of the column of labels, `near` or `wide`.
    pub(super) gutter: &'static str,
    /// Labels of the vertical axis, by their place in `rows`.
    pub(super) labels: Vec<(f64, String)>,
    /// Horizontal lines, by their place in `rows`.
    pub(super) lines: Vec<f64>,
    /// What is drawn: class and path.
    pub(super) paths: Vec<(&'static str, String)>,
    /// Key: shape, colour, label.
    pub(super) key: Vec<(&'static str, &'static str, String)>,
    /// One line of words a column.
    pub(super) tips: Vec<Option<String>>,
    pub(super) table: Vec<Column>,
}

/// The columns of a chart, and what stands under them.
pub(super) struct Columns {
    pub(super) count: usize,
    pub(super) ticks: Vec<Tick>,
    /// Columns with a dotted line.
    pub(super) marks: Vec<usize>,
    /// The column read out while none is pointed at; without it the last one with words.
    pub(super) rest: Option<usize>,
}

/// A label under the columns.
pub(super) struct Tick {
    /// Its place, in columns from the left.
    pub(super) at: f64,
    pub(super) label: String,
    /// Left out where there is little room.
    pub(super) spare: bool,
}

/// Adds a box to a path: from column `x`, `width` days wide, from `top` to `bottom`.
pub(super) fn add_box(path: &mut String, x: f64, width: f64, top: f64, bottom: f64) {
    if bottom > top {
        put!(path, "M{} {}h{}v{}h-{2}z", short(x), short(top), short(width), short(bottom - top));
    }
}

/// Two digits are enough to draw.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.strip_prefix("0.").map_or_else(|| text.to_owned(), |f| format!(".{f}"))
}

/// Writes a figure of one column a day and hands back what the script needs.
pub(super) fn strip(out: &mut String, frame: &Frame<'_>, strip: Strip<'_>) -> StripSpec {
    let tick = |i| Tick { at: i as f64 + 0.5, label: short_date(frame.date(i)), spare: false };
    let columns = Columns {
        count: frame.len(),
        ticks: frame.ticks().into_iter().map(tick).collect(),
        marks: frame.marks().into_iter().map(|(day, _)| day).collect(),
        rest: None,
    };
    draw(out, &columns, &strip);
    day_table(out, frame, strip.title, &strip.table);
    put!(out, "</figure>");
    StripSpec { id: strip.id.to_owned(), tips: strip.tips, rest: None }
}

/// Writes a figure of columns of its own and hands back what the script needs.
pub(super) fn drawing(out: &mut String, columns: &Columns, rows: &Rows<'_>, strip: Strip<'_>) -> StripSpec {
    draw(out, columns, &strip);
    data_table(out, strip.title, rows, &strip.table);
    put!(out, "</figure>");
    StripSpec { id: strip.id.to_owned(), tips: strip.tips, rest: columns.rest }
}

fn draw(out: &mut String, columns: &Columns, strip: &Strip<'_>) {
    let (title, n) = (Esc(strip.title), columns.count);
    put!(out, "<figure class=fig><figcaption><h3>{title}</h3><p>{}</p></figcaption>", Esc(&strip.summary));
    legend(out, strip.key.iter().cloned());
    put!(
        out,
        "<div class=\"plot strip {}\" id=\"{}\" tabindex=0 role=img aria-label=\"{title}. {}\">",
        strip.gutter,
        strip.id,
        Esc(&strip.summary)
    );
    let h = strip.height_px;
    let at = |row: f64| (row / strip.rows * f64::from(h) * 10.0).round() / 10.0;
    put!(out, "<svg class=ylab height={h}>");
    for (row, label) in &strip.labels {
        put!(out, "<text x=\"100%\" y={} dx=-6 dy=4 text-anchor=end>{}</text>", at(*row), Esc(label));
    }
    put!(
        out,
        "</svg><svg class=area height={h} viewBox=\"0 0 {n} {}\" preserveAspectRatio=none>",
        short(strip.rows)
    );
    for row in &strip.lines {
        put!(out, "<path class=grid d=\"M0 {}h{n}\"/>", short(*row));
    }
    for (class, path) in strip.paths.iter().filter(|(_, p)| !p.is_empty()) {
        put!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    }
    for column in &columns.marks {
        put!(out, "<path class=mark d=\"M{column}.5 0V{}\"/>", short(strip.rows));
    }
    put!(out, "<path class=cursor d=\"\"/></svg><svg class=xlab height=22>");
    for tick in &columns.ticks {
        let x = tick.at / n as f64 * 100.0;
        let spare = if tick.spare { " class=spare" } else { "" };
        put!(out, "<text{spare} x=\"{}%\" y=17 text-anchor=middle>{}</text>", short(x), Esc(&tick.label));
    }
    put!(out, "</svg></div><p class=read id=\"{}-read\" aria-live=polite></p>", strip.id);
}

/// A small line of the last days with the usual range behind it; nothing where fewer than two are known.
pub(super) fn spark(trend: &[Option<f64>], usual: Option<(f64, f64)>) -> String {
    let from = trend.len().saturating_sub(30);
    let trend: Vec<_> = trend.iter().skip(from).map(|v| v.filter(|v| v.is_finite())).collect();
    let known: Vec<f64> =
        trend.iter().flatten().copied().chain(usual.into_iter().flat_map(|(l, h)| [l, h])).collect();
    if trend.iter().flatten().count() < 2 {
        return String::new();
    }
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let y = |v: f64| if high > low { 31.0 - (v - low) / (high - low) * 26.0 } else { 18.0 };
    let x = |i: usize| 3.0 + i as f64 / (trend.len() - 1) as f64 * 90.0;
    let mut out = String::from("<svg class=spark viewBox=\"0 0 96 36\" width=96 height=36 aria-hidden=true>");
    if let Some((l, h)) = usual {
        put!(out, "<path class=range d=\"M0 {}H96V{}H0z\"/>", short(y(h)), short(y(l).max(y(h) + 1.0)));
    }
    let (mut line, mut alone, mut last) = (String::new(), String::new(), None);
    for (i, value) in trend.iter().enumerate() {
        let Some(value) = value else { continue };
        let gap = |k: Option<usize>| k.and_then(|k| trend.get(k)).is_none_or(Option::is_none);
        let (before, after) = (gap(i.checked_sub(1)), gap(Some(i + 1)));
        put!(line, "{}{} {}", if before { "M" } else { "L" }, short(x(i)), short(y(*value)));
        if before && after {
            put!(alone, "M{} {}h.01", short(x(i)), short(y(*value)));
        }
        last = Some((x(i), y(*value)));
    }
    put!(out, "<path class=sl d=\"{line}\"/><path class=sa d=\"{alone}\"/>");
    if let Some((x, y)) = last {
        put!(out, "<circle cx={} cy={} r=2.6 />", short(x), short(y));
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_day_breaks_the_line() {
        let svg = spark(&[Some(1.0), Some(2.0), None, Some(3.0), Some(2.0)], None);
        let line = svg.split("class=sl d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(line.matches('M').count(), 2, "{line}");
        assert_eq!(spark(&[Some(1.0), None], None), "");
    }

    #[test]
    fn boxes_are_short() {
        let mut path = String::new();
        add_box(&mut path, 3.15, 0.7, 0.5, 2.0);
        add_box(&mut path, 3.15, 0.7, 2.0, 2.0);
        assert_eq!(path, "M3.15 .5h.7v1.5h-.7z");
    }
}
