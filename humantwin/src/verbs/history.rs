//! `history`: a metric over time, raw or resolved or in steps; or the facts of a kind.

use crate::error::{Error, Result};
use crate::twin::Twin;
use std::collections::BTreeMap;
use twin_core::catalogue::{Aggregation, Metric};
use twin_core::event::{Content, Event, EventBody, Origin, to_cloud_event};
use twin_core::fold::Piece;
use twin_core::log::{Cutoff, Log};
use twin_core::{Code, MetricId, Purpose, Timestamp};
use twin_macros::payload;

/// What to read.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryQuery {
    /// A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
    pub metric: String,
    /// From, included.
    pub from: Option<Timestamp>,
    /// To, excluded.
    pub to: Option<Timestamp>,
    /// In which form.
    pub resolution: Resolution,
    /// As known at a moment.
    pub known_at: Option<Timestamp>,
}

/// In which form a metric is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Every stored sample with its source, nothing resolved.
    Raw,
    /// Resolved over sources: at every instant the best source.
    Resolved,
    /// Resolved, in steps of so many microseconds, counted from 1970 in UTC.
    Every(i64),
}

/// A metric over time.
#[payload(full)]
pub struct HistoryView {
    /// What was asked for.
    pub metric: String,
    /// UCUM unit of the values.
    pub unit: String,
    /// Rows in order.
    pub rows: Vec<HistoryRow>,
    /// Facts of an event kind.
    pub events: Vec<crate::view::Event>,
}

/// A row of a history.
#[payload(full)]
pub struct HistoryRow {
    /// Start; UTC.
    pub start: Timestamp,
    /// End; UTC; absent for an instant.
    pub end: Option<Timestamp>,
    /// The value; in steps the mean weighted by time, or the total of a cumulative metric.
    pub value: f64,
    /// Least value in a step.
    pub min: Option<f64>,
    /// Greatest value in a step.
    pub max: Option<f64>,
    /// Pieces in a step.
    pub n: Option<u64>,
    /// Who said it; in steps the sources joined by `+`.
    pub source: String,
    /// How it was measured.
    pub method: Option<String>,
}

impl Twin {
    /// Reads a metric over time.
    ///
    /// # Errors
    /// `invalid_value` for a step of no length or a bad metric id; `consent_required`, `storage`, `corrupt`.
    pub fn history(&self, query: &HistoryQuery) -> Result<HistoryView> {
        let (log, _) = self.enter()?;
        let from = query.from.unwrap_or(Timestamp::MIN);
        let to = query.to.unwrap_or(Timestamp::MAX);
        if query.metric.contains('.') && !query.metric.contains(':') {
            return self.facts(&log, query, from, to);
        }
        self.sees(Purpose::Health)?;
        let metric = MetricId::new(&query.metric)?;
        let cutoff = Cutoff { at: None, known_at: query.known_at };
        let known = Metric::find(metric.as_str());
        let mut view = HistoryView {
            metric: query.metric.clone(),
            unit: known.map_or_else(String::new, |m| m.unit.to_owned()),
            rows: Vec::new(),
            events: Vec::new(),
        };
        match query.resolution {
            Resolution::Raw => {
                for row in log.raw(&metric, from, to, cutoff)? {
                    if view.unit.is_empty() {
                        view.unit = row.unit;
                    }
                    view.rows.push(HistoryRow {
                        start: row.start,
                        end: (row.duration_us > 0).then(|| row.start.plus_micros(row.duration_us)),
                        value: row.value,
                        min: None,
                        max: None,
                        n: None,
                        source: row.source.to_string(),
                        method: row.method.map(|m| m.to_string()),
                    });
                }
            }
            Resolution::Resolved => {
                for (piece, source) in log.resolved(&metric, from, to, cutoff)? {
                    view.rows.push(HistoryRow {
                        start: Timestamp::from_micros(piece.start_us),
                        end: (piece.end_us > piece.start_us).then(|| Timestamp::from_micros(piece.end_us)),
                        value: share(&piece, piece.start_us, piece.end_us, known),
                        min: None,
                        max: None,
                        n: None,
                        source: source.to_string(),
                        method: None,
                    });
                }
            }
            Resolution::Every(step) if step <= 0 => {
                return Err(Error::new(
                    Code::InvalidValue,
                    "value of `every` is not positive, expected a length of time like `5m`",
                ));
            }
            Resolution::Every(step) => {
                view.rows = steps(&log.resolved(&metric, from, to, cutoff)?, step, known)
            }
        }
        Ok(view)
    }

    /// Only the person's own use sees everything; others see what their purpose is about.
    pub(crate) fn sees(&self, about: Purpose) -> Result<()> {
        let purpose = self.access().purpose;
        if purpose == Purpose::OwnUse || purpose == about {
            return Ok(());
        }
        Err(twin_core::Error::ConsentRequired {
            actor: self.access().actor.to_string(),
            purpose: about.as_str().to_owned(),
        }
        .into())
    }

    fn facts(&self, log: &Log, query: &HistoryQuery, from: Timestamp, to: Timestamp) -> Result<HistoryView> {
        let about = twin_core::event::EventBody::KINDS.iter().find(|(kind, ..)| *kind == query.metric);
        self.sees(about.map_or(Purpose::OwnUse, |(_, _, purpose)| *purpose))?;
        let mut events = Vec::new();
        log.events_of_kind(&query.metric, (from, to), query.known_at, &mut |event| {
            events.extend(crate::view::Event::of(to_cloud_event(log.twin(), &as_it_holds(event)?)?));
            Ok(())
        })?;
        Ok(HistoryView { metric: query.metric.clone(), unit: String::new(), rows: Vec::new(), events })
    }
}

/// A corrected fact as if it had been said so at once; any other as it is.
fn as_it_holds(event: &Event) -> twin_core::Result<Event> {
    let EventBody::RecordCorrected(correction) = &event.content.body else { return Ok(event.clone()) };
    let mut content = Content::clone(&event.content);
    content.origin = Origin::of(correction.source.clone());
    content.record = Some(correction.record.clone());
    content.revision = correction.revision;
    content.body = EventBody::clone(&correction.replacement);
    Ok(Event::seal(content, event.clock)?.0)
}

fn is_sum(known: Option<&Metric>) -> bool {
    known.is_some_and(|m| m.aggregation == Aggregation::Sum)
}

/// The value of a part of a piece: its level, or its share of a cumulative amount.
fn share(piece: &Piece, from: i64, to: i64, known: Option<&Metric>) -> f64 {
    let (start, end) = piece.sample_us;
    if is_sum(known) && end > start {
        piece.value * (to - from) as f64 / (end - start) as f64
    } else {
        piece.value
    }
}

/// Pieces shared over steps.
fn steps(pieces: &[(Piece, twin_core::SourceId)], step: i64, known: Option<&Metric>) -> Vec<HistoryRow> {
    struct Sum {
        total: f64,
        covered: i64,
        plain: f64,
        n: u64,
        min: f64,
        max: f64,
        sources: Vec<String>,
    }
    let mut sums: BTreeMap<i64, Sum> = BTreeMap::new();
    for (piece, source) in pieces {
        let mut from = piece.start_us;
        loop {
            let slot = from.div_euclid(step);
            let to = piece.end_us.min((slot + 1).saturating_mul(step));
            let sum = sums.entry(slot).or_insert_with(|| Sum {
                total: 0.0,
                covered: 0,
                plain: 0.0,
                n: 0,
                min: f64::INFINITY,
                max: f64::NEG_INFINITY,
                sources: Vec::new(),
            });
            let value = share(piece, from, to, known);
            sum.total += if is_sum(known) { value } else { value * (to - from) as f64 };
            sum.covered += to - from;
            sum.plain += value;
            sum.n += 1;
            sum.min = sum.min.min(value);
            sum.max = sum.max.max(value);
            if !sum.sources.iter().any(|s| s == source.as_str()) {
                sum.sources.push(source.to_string());
            }
            if to >= piece.end_us {
                break;
            }
            from = to;
        }
    }
    sums.into_iter()
        .map(|(slot, sum)| HistoryRow {
            start: Timestamp::from_micros(slot * step),
            end: Some(Timestamp::from_micros((slot + 1) * step)),
            value: if is_sum(known) {
                sum.total
            } else if sum.covered > 0 {
                sum.total / sum.covered as f64
            } else {
                sum.plain / sum.n as f64
            },
            min: Some(sum.min),
            max: Some(sum.max),
            n: Some(sum.n),
            source: sum.sources.join("+"),
            method: None,
        })
        .collect()
}
