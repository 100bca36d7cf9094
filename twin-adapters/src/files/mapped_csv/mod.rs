//! Any table with a header, and a [`CsvMapping`] that says what its columns mean.
//!
//! The table is read as those of [`super::tables`]: delimiter and encoding are found, and rows that cannot
//! be used are refused with line and column.
//!
//! | the mapping says | a row becomes |
//! | --- | --- |
//! | `metrics` | a sample of each metric, or a measurement where `single` |
//! | `fact` | an event of the kind, checked as any other |

mod mapping;
mod times;

pub use mapping::{CsvFact, CsvField, CsvFieldKind, CsvMapping, CsvMetric, CsvTime, CsvTimeFormat};

use super::ReadOptions;
use super::shared::figures::About;
use super::shared::out::{Out, number, origin};
use super::shared::rows::{Header, Row, Rows};
use super::shared::times::Time;
use serde_json::{Map, Value};
use std::io::BufRead;
use times::{instant, time};
use twin_core::catalogue::Metric;
use twin_core::event::{EventBody, Origin};
use twin_core::observation::Sink;
use twin_core::{Error, Result, Timestamp};

/// A column of the mapping and where it is in the table.
struct Found<'m, T> {
    what: &'m T,
    column: usize,
}

/// The mapping, bound to the table's columns.
struct Bound<'m> {
    mapping: &'m CsvMapping,
    origin: Origin,
    record: Option<usize>,
    time: Found<'m, CsvTime>,
    end: Option<Found<'m, CsvTime>>,
    metrics: Vec<(Found<'m, CsvMetric>, Option<usize>, Option<usize>)>,
    fields: Vec<(&'m CsvField, Option<usize>)>,
}

/// Reads a table by its mapping.
///
/// # Errors
/// `malformed` when a column of the mapping is not in the table, naming it, or when no row could be used;
/// what the sink returns to end the reading.
pub fn read(
    mapping: &CsvMapping,
    input: &mut dyn BufRead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let mut out = Out::new(options, sink);
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, &mut out)?;
    let bound = bind(mapping, &header)?;
    while let Some(row) = rows.next(&mut out)? {
        bound.row(&row, &mut out)?;
    }
    out.finish("mapped_csv")
}

fn bind<'m>(mapping: &'m CsvMapping, header: &Header) -> Result<Bound<'m>> {
    let column = |name: &str| {
        header.find(&[name]).ok_or_else(|| {
            let name: String = name.chars().take(60).collect();
            Error::malformed("table", format_args!("no column `{name}`, which the mapping names"))
        })
    };
    let maybe = |name: &Option<String>| name.as_deref().map(column).transpose();
    let mut metrics = Vec::new();
    for metric in &mapping.metrics {
        let value = Found { what: metric, column: column(&metric.value)? };
        metrics.push((value, maybe(&metric.metric_column)?, maybe(&metric.unit_column)?));
    }
    let mut fields = Vec::new();
    for field in mapping.fact.iter().flat_map(|f| &f.fields) {
        fields.push((field, maybe(&field.column)?));
    }
    let end = match &mapping.end {
        Some(end) => Some(Found { what: end, column: column(&end.column)? }),
        None => None,
    };
    Ok(Bound {
        mapping,
        origin: origin(&mapping.source),
        record: maybe(&mapping.record)?,
        time: Found { what: &mapping.time, column: column(&mapping.time.column)? },
        end,
        metrics,
        fields,
    })
}

fn refuse(out: &mut Out<'_>, code: &str, line: u64, column: &str, message: &str) {
    let column: String = column.chars().take(60).collect();
    out.refuse(code, format!("line {line} {column}"), message);
}

impl Bound<'_> {
    fn row(&self, row: &Row, out: &mut Out<'_>) -> Result<()> {
        let Some(about) = self.about(row, out) else { return Ok(()) };
        for (found, metric, unit) in &self.metrics {
            self.figure(row, &about, (found, *metric, *unit), out)?;
        }
        if self.mapping.fact.is_some() { self.fact(row, &about, out) } else { Ok(()) }
    }

    fn about(&self, row: &Row, out: &mut Out<'_>) -> Option<About> {
        let Some(written) = time(row.get(self.time.column), self.time.what.format) else {
            let (line, column) = (row.line, &self.time.what.column);
            refuse(
                out,
                "bad_time",
                line,
                column,
                "the cell holds no time of the form that the mapping names",
            );
            return None;
        };
        let (start, first) = instant(written, self.time.what, out);
        let id = self.record.map(|column| row.get(column)).filter(|id| !id.is_empty());
        let mut about = About::moment(&self.origin, start, id.map(str::to_owned));
        about.offsets = (first, first);
        if let Some(end) = &self.end {
            let Some(written) = time(row.get(end.column), end.what.format) else {
                refuse(
                    out,
                    "bad_time",
                    row.line,
                    &end.what.column,
                    "the cell holds no time of the form that the mapping names",
                );
                return None;
            };
            let (end_at, last) = instant(written, end.what, out);
            if end_at < start {
                refuse(out, "bad_time", row.line, &end.what.column, "the end lies before the start");
                return None;
            }
            (about.start, about.at, about.offsets.1) = (Some(start), end_at, last);
        } else if let Some(length) = self.mapping.length_s {
            (about.start, about.at) = (Some(start), start.plus_micros((length * 1e6) as i64));
        } else if let Time::Day(day) = written {
            // A day alone is the whole civil day.
            let (next, last) = instant(Time::Day(day.plus_days(1)), self.time.what, out);
            (about.start, about.at, about.offsets.1, about.date) = (Some(start), next, last, Some(day));
        }
        Some(about)
    }

    fn figure(
        &self,
        row: &Row,
        about: &About,
        (found, metric, unit): (&Found<'_, CsvMetric>, Option<usize>, Option<usize>),
        out: &mut Out<'_>,
    ) -> Result<()> {
        let mapped = found.what;
        let value = match number(row.get(found.column)) {
            Ok(Some(value)) => value * mapped.multiply.unwrap_or(1.0) + mapped.add.unwrap_or(0.0),
            Ok(None) => {
                out.missing();
                return Ok(());
            }
            Err(()) => {
                refuse(out, "bad_number", row.line, &mapped.value, "the cell holds no number");
                return Ok(());
            }
        };
        let metric =
            metric.map_or_else(|| mapped.metric.as_deref().unwrap_or_default(), |column| row.get(column));
        let known = Metric::find(metric);
        if known.is_none() && !metric.contains(':') {
            let column = mapped.metric_column.as_deref().unwrap_or("metric");
            refuse(
                out,
                "unknown_metric",
                row.line,
                column,
                "neither a metric of the catalogue nor one of your own like `my_app:focus`",
            );
            return Ok(());
        }
        let said = unit.map(|column| row.get(column)).or(mapped.unit.as_deref());
        if let (Some(known), Some(said)) = (known, said)
            && known.unit != said
        {
            let column = mapped.unit_column.as_deref().unwrap_or("unit");
            refuse(out, "unknown_unit", row.line, column, &format!("`{}` is in `{}`", known.id, known.unit));
            return Ok(());
        }
        let unit = said.unwrap_or("1");
        if mapped.single == Some(true) {
            return about.measure(out, metric, unit, value);
        }
        let key = out.stream(metric, unit, &self.origin);
        let start = about.start.unwrap_or(about.at);
        out.sample(key, start, about.at.micros() - start.micros(), value, about.offsets.0)
    }

    fn fact(&self, row: &Row, about: &About, out: &mut Out<'_>) -> Result<()> {
        let Some(fact) = &self.mapping.fact else { return Ok(()) };
        let mut data = Map::new();
        for (field, column) in &self.fields {
            let cell = column.map_or_else(|| field.text.as_deref().unwrap_or_default(), |c| row.get(c));
            let kind = field.kind.unwrap_or(CsvFieldKind::Text);
            let value = match self.value(kind, cell, field, about, out) {
                Ok(Some(value)) => value,
                Ok(None) => continue,
                Err(what) => {
                    let column = field.column.as_deref().unwrap_or(&field.field);
                    refuse(out, "bad_cell", row.line, column, what);
                    return Ok(());
                }
            };
            data.insert(field.field.clone(), value);
        }
        let newest = EventBody::KINDS.iter().find(|(kind, ..)| *kind == fact.kind).map_or(1, |k| k.1);
        match EventBody::of_json(&fact.kind, newest, Value::Object(data)) {
            Ok(body) => about.fact(out, "", body),
            Err(error) => {
                // The parser names the field; a value of the person it quotes only as its type.
                let message = format!("the row is no `{}`: {}", fact.kind, named(&error));
                out.refuse("bad_record", format!("line {}", row.line), message);
                Ok(())
            }
        }
    }

    fn value(
        &self,
        kind: CsvFieldKind,
        cell: &str,
        field: &CsvField,
        about: &About,
        out: &mut Out<'_>,
    ) -> std::result::Result<Option<Value>, &'static str> {
        let moment = |t: Timestamp| serde_json::to_value(t).ok();
        match kind {
            CsvFieldKind::Start => return Ok(moment(about.start.unwrap_or(about.at))),
            CsvFieldKind::End => return Ok(moment(about.at)),
            _ if cell.is_empty() => return Ok(None),
            _ => {}
        }
        match kind {
            CsvFieldKind::Number => match number(cell) {
                Ok(value) => Ok(value.map(|v| Value::from(v * field.multiply.unwrap_or(1.0)))),
                Err(()) => Err("the cell holds no number"),
            },
            CsvFieldKind::Truth => match cell.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(Some(Value::Bool(true))),
                "false" | "no" | "0" => Ok(Some(Value::Bool(false))),
                _ => Err("the cell is neither true nor false"),
            },
            CsvFieldKind::Time => match time(cell, self.time.what.format) {
                Some(written) => Ok(moment(instant(written, self.time.what, out).0)),
                None => Err("the cell holds no time of the form that the mapping names"),
            },
            _ => Ok(Some(cell.into())),
        }
    }
}

/// What was missing or wrong, without what the cell held.
fn named(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        Some(field) => format!("`{field}` is missing"),
        None => "a field is of the wrong kind".into(),
    }
}
