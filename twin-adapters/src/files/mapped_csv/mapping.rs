//! What the columns of a table mean, as a person writes it down.

use twin_core::catalogue::Metric;
use twin_core::event::EventBody;
use twin_core::{Error, Result, Zone};
use twin_macros::payload;

/// What the columns of a table mean. The table has a header; columns are named by it.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CsvMapping {
    /// Who recorded the rows: the app or device, `my_scale`. The source of all records.
    pub source: String,
    /// Column that holds the row's own id; a row with a known id revises it. Absent: the content is the id.
    pub record: Option<String>,
    /// When: of a span its start.
    pub time: CsvTime,
    /// The end of the span a row is of; absent for moments.
    pub end: Option<CsvTime>,
    /// Length of the span a row is of, seconds; instead of `end`.
    pub length_s: Option<f64>,
    /// Figures of a row.
    pub metrics: Vec<CsvMetric>,
    /// The fact that a row is.
    pub fact: Option<CsvFact>,
}

/// A column with a time.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CsvTime {
    /// The column.
    pub column: String,
    /// How it is written. Default: `iso`.
    pub format: Option<CsvTimeFormat>,
    /// IANA zone of times without one. Default: the zone handed in at the import.
    pub zone: Option<String>,
}

/// How a time is written.
#[payload]
pub enum CsvTimeFormat {
    /// `2026-03-01T08:30:00+01:00`, `2026-03-01 08:30`, `2026-03-01`.
    Iso,
    /// `03/01/2026 8:30 AM`.
    MonthFirst,
    /// `01.03.2026 08:30`.
    DayFirst,
    /// Seconds since 1970, UTC.
    UnixSeconds,
    /// Milliseconds since 1970, UTC.
    UnixMilliseconds,
}

/// A figure: a column with values, and what they are of.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CsvMetric {
    /// Column with the value. An empty cell says nothing.
    pub value: String,
    /// A metric of the catalogue, or one of your own with your source before a colon: `my_app:focus`.
    pub metric: Option<String>,
    /// Column with the metric, for tables with a row for each; instead of `metric`.
    pub metric_column: Option<String>,
    /// UCUM unit after `multiply` and `add`; metrics of the catalogue: the catalogue's, which is the default.
    pub unit: Option<String>,
    /// Column with the unit, checked against the catalogue's; instead of `unit`.
    pub unit_column: Option<String>,
    /// The value times this is in the unit. Default 1.
    pub multiply: Option<f64>,
    /// Added after multiplying. Default 0.
    pub add: Option<f64>,
    /// Keep each value as a measurement of its own, with the row's id, instead of a sample of a series.
    pub single: Option<bool>,
}

/// An event kind, and where its fields come from.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CsvFact {
    /// The event kind: `task.completed`, `health.caffeine_consumed` …
    pub kind: String,
    /// Its fields.
    pub fields: Vec<CsvField>,
}

/// A field of an event.
#[payload]
#[serde(deny_unknown_fields)]
pub struct CsvField {
    /// The field's name in the event.
    pub field: String,
    /// Column it comes from; an empty cell leaves it out.
    pub column: Option<String>,
    /// The same text for every row; instead of `column`.
    pub text: Option<String>,
    /// What the cell is. Default: `text`.
    pub kind: Option<CsvFieldKind>,
    /// A number times this is in the event's unit. Default 1.
    pub multiply: Option<f64>,
}

/// What a cell is.
#[payload]
pub enum CsvFieldKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// `true`, `yes`, `1` or `false`, `no`, `0`.
    Truth,
    /// A time, written as that of the row.
    Time,
    /// The row's start; needs no column.
    Start,
    /// The row's end; needs no column.
    End,
}

impl CsvMapping {
    /// Reads a mapping's JSON text and checks it.
    ///
    /// # Errors
    /// `malformed` when it is no mapping; `invalid_value` naming what cannot be: a unit that is not the
    /// catalogue's, an unknown event kind or zone, a mapping that gives nothing.
    ///
    /// ```
    /// use twin_adapters::files::mapped_csv::CsvMapping;
    /// let text = r#"{"source": "my_scale", "time": {"column": "when"},
    ///   "metrics": [{"value": "kg", "metric": "body_weight", "unit": "kg", "single": true}]}"#;
    /// assert!(CsvMapping::read(text).is_ok());
    /// assert!(CsvMapping::read(&text.replace("\"unit\": \"kg\"", "\"unit\": \"lb\"")).is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self> {
        let mapping: Self = serde_json::from_str(text).map_err(|e| Error::malformed("mapping", e))?;
        mapping.check()?;
        Ok(mapping)
    }

    fn check(&self) -> Result<()> {
        twin_core::SourceId::new(&self.source)?;
        if self.metrics.is_empty() && self.fact.is_none() {
            return Err(Error::invalid("mapping", "neither `metrics` nor `fact`", "at least one of them"));
        }
        if let Some(bad) = self.length_s.filter(|s| !(0.0..=1.3e6).contains(s)) {
            return Err(Error::invalid("length_s", bad, "0 to 1300000 seconds"));
        }
        for zone in
            [Some(&self.time), self.end.as_ref()].into_iter().flatten().filter_map(|t| t.zone.as_ref())
        {
            Zone::named(zone)?;
        }
        for metric in &self.metrics {
            metric.check()?;
        }
        let Some(fact) = &self.fact else { return Ok(()) };
        let closed = ["consent.", "record.", "series.", "source."];
        let known = EventBody::KINDS.iter().any(|(kind, ..)| *kind == fact.kind);
        if !known || closed.iter().any(|family| fact.kind.starts_with(family)) {
            let kind: String = fact.kind.chars().take(60).collect();
            return Err(Error::invalid(
                "fact.kind",
                format_args!("`{kind}`"),
                "an event kind that a row can be",
            ));
        }
        for field in &fact.fields {
            let place = matches!(field.kind, Some(CsvFieldKind::Start | CsvFieldKind::End));
            if field.column.is_none() && field.text.is_none() && !place {
                let expected = "`column`, `text`, or the kind `start` or `end`";
                return Err(Error::invalid(format!("fact.fields.{}", field.field), "neither", expected));
            }
        }
        Ok(())
    }
}

impl CsvMetric {
    fn check(&self) -> Result<()> {
        let (Some(id), None) = (&self.metric, &self.metric_column) else {
            if self.metric.is_none() && self.metric_column.is_some() {
                return Ok(());
            }
            return Err(Error::invalid("metrics.metric", "none or two", "`metric` or `metric_column`"));
        };
        twin_core::MetricId::new(id)?;
        match Metric::find(id) {
            Some(known) if known.unit.is_empty() => {
                Err(Error::invalid("metrics.metric", format_args!("`{id}`"), "a metric with numbers"))
            }
            Some(known) => match self.unit.as_deref().filter(|unit| *unit != known.unit) {
                Some(unit) => {
                    let unit: String = unit.chars().take(30).collect();
                    let expected =
                        format!("`{}`, with `multiply` and `add` where the table has another", known.unit);
                    Err(Error::invalid(format!("{id}.unit"), format_args!("`{unit}`"), expected))
                }
                None => Ok(()),
            },
            None if !id.contains(':') => {
                let expected = "a metric of the catalogue, or one of your own like `my_app:focus`";
                Err(Error::invalid("metrics.metric", format_args!("`{id}`"), expected))
            }
            None => Ok(()),
        }
    }
}
