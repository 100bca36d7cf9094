//! Charts over days: what the chart library draws, with the summary and the table that say the same.

use super::frame::{Frame, Spread, spread};
use super::html::{Esc, duration, number, percent, plural, put, short_date};
use super::table::{Column, day_table};
use serde::Serialize;

/// How a series is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Line,
    Dots,
    Bar,
    /// A bar on top of the stacked bars before it.
    Stack,
    /// The two ends of a shaded range, low first, high next.
    Low,
    High,
}

/// How values are written.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    Number(u8),
    /// Minutes as hours and minutes.
    Minutes,
    /// Shares 0..=1 as percent.
    Share,
}

impl Format {
    pub(super) fn write(self, value: f64) -> String {
        match self {
            Self::Number(decimals) => number(value, decimals),
            Self::Minutes => duration(value),
            Self::Share => percent(value),
        }
    }

    /// What is kept in the page's data block: enough digits to draw and to read.
    fn round(self, value: f64) -> f64 {
        let scale = match self {
            Self::Number(decimals) => 10_f64.powi(i32::from(decimals.min(3))),
            Self::Minutes => 1.0,
            Self::Share => 1000.0,
        };
        (value * scale).round() / scale
    }
}

/// One series of a chart.
pub(super) struct Series {
    pub(super) label: &'static str,
    pub(super) unit: &'static str,
    pub(super) kind: Kind,
    /// Name of the page's colour: `heart` for `--c-heart`.
    pub(super) color: &'static str,
    pub(super) data: Vec<Option<f64>>,
}

impl Series {
    pub(super) fn known(&self) -> bool {
        self.data.iter().any(Option::is_some)
    }

    /// Heading of its column in the table.
    fn head(&self) -> String {
        let end = match self.kind {
            Kind::Low => " from",
            Kind::High => " to",
            _ => "",
        };
        if self.unit.is_empty() || self.label.eq_ignore_ascii_case(self.unit) {
            format!("{}{end}", self.label)
        } else {
            format!("{}{end}, {}", self.label, self.unit)
        }
    }
}

/// A chart with its words.
pub(super) struct Figure<'t> {
    pub(super) id: String,
    pub(super) title: &'t str,
    pub(super) summary: String,
    pub(super) format: Format,
    pub(super) height_px: u32,
    /// Ends of the value axis, where fixed.
    pub(super) axis: (Option<f64>, Option<f64>),
    pub(super) series: Vec<Series>,
    /// Columns of the table that are not drawn.
    pub(super) more: Vec<Column>,
}

/// What the page's script needs of a chart.
#[derive(Serialize)]
pub(super) struct Spec {
    id: String,
    height: u32,
    format: Format,
    min: Option<f64>,
    max: Option<f64>,
    series: Vec<SpecSeries>,
}

#[derive(Serialize)]
struct SpecSeries {
    label: &'static str,
    unit: &'static str,
    kind: Kind,
    color: &'static str,
    data: Vec<Option<f64>>,
}

/// What the page's script needs of a strip: one line of words a column.
#[derive(Serialize)]
pub(super) struct StripSpec {
    pub(super) id: String,
    pub(super) tips: Vec<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rest: Option<usize>,
}

/// Writes the figure and hands back what the script needs.
pub(super) fn figure(out: &mut String, frame: &Frame<'_>, figure: Figure<'_>) -> Spec {
    let Figure { id, title, summary, format, height_px, axis, series, more } = figure;
    let series: Vec<Series> = series.into_iter().filter(Series::known).collect();
    put!(out, "<figure class=fig><figcaption><h3>{}</h3><p>{}</p></figcaption>", Esc(title), Esc(&summary));
    legend(
        out,
        series.iter().filter(|s| s.kind != Kind::High).map(|s| {
            let shape = match s.kind {
                Kind::Line => "line",
                Kind::Dots => "dot",
                Kind::Bar | Kind::Stack => "box",
                Kind::Low | Kind::High => "band",
            };
            (shape, s.color, s.label.to_owned())
        }),
    );
    put!(
        out,
        "<div class=plot id=\"{0}\" tabindex=0 role=img aria-label=\"{1}. {2}\"></div>\
         <p class=read id=\"{0}-read\" aria-live=polite></p>",
        Esc(&id),
        Esc(title),
        Esc(&summary)
    );
    let mut columns: Vec<Column> = series
        .iter()
        .map(|s| Column {
            head: s.head(),
            cells: s.data.iter().map(|v| v.map(|v| format.write(v))).collect(),
        })
        .collect();
    columns.extend(more.into_iter().filter(|c| c.cells.iter().any(Option::is_some)));
    day_table(out, frame, title, &columns);
    put!(out, "</figure>");
    let series = series.into_iter().map(|s| SpecSeries {
        label: s.label,
        unit: s.unit,
        kind: s.kind,
        color: s.color,
        data: s.data.iter().map(|v| v.map(|v| format.round(v))).collect(),
    });
    Spec { id, height: height_px, format, min: axis.0, max: axis.1, series: series.collect() }
}

/// The key of a chart: `(shape, colour, label)`.
pub(super) fn legend(out: &mut String, entries: impl Iterator<Item = (&'static str, &'static str, String)>) {
    put!(out, "<ul class=key>");
    for (shape, color, label) in entries {
        put!(out, "<li><i class=\"{shape} c-{color}\"></i>{}", Esc(&label));
    }
    put!(out, "</ul>");
}

/// `Median 54 bpm on 84 of 90 days; lowest 49 (3 Mar), highest 61 (9 Feb).` Empty without a value.
pub(super) fn describe(
    frame: &Frame<'_>,
    values: &[Option<f64>],
    format: Format,
    unit: &str,
    days: (&str, &str),
) -> String {
    let Some(Spread { known: n, median, low, high }) = spread(values) else { return String::new() };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let of = if n == frame.len() {
        format!("all {}", plural(n, days.0, days.1))
    } else {
        format!("{n} of {}", plural(frame.len(), days.0, days.1))
    };
    if n == 1 {
        return format!(
            "{}{unit} on {}, the only one of {}.",
            format.write(median),
            short_date(frame.date(low.0)),
            plural(frame.len(), days.0, days.1)
        );
    }
    format!(
        "Median {}{unit} over {of}; lowest {} ({}), highest {} ({}).",
        format.write(median),
        format.write(low.1),
        short_date(frame.date(low.0)),
        format.write(high.1),
        short_date(frame.date(high.0)),
    )
}
