//! `why`: which figures of which days changed since a moment, and what we learned that changed them.

use super::figures::{Figure, figures};
use crate::error::Result;
use crate::insight::day_view;
use crate::twin::Twin;
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::EventBody;
use twin_core::log::{Cutoff, How, Learned, Log};
use twin_core::sort::{Gather as _, OrderBy};
use twin_core::{LocalDate, Timestamp};
use twin_macros::payload;

/// Days compared at most, the newest first.
const MOST_DAYS: usize = 400;
/// Reasons in a sentence; all are in the view.
const MOST_REASONS: usize = 3;

/// What to explain.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyQuery {
    /// A figure of a day: a short name (`load`, `steps`, `sleep_duration`, `resting_heart_rate`, `rmssd`,
    /// `meeting_h` …), a metric id, or a path of a `DayView` (`sleep.asleep_min`). Empty for all.
    pub score: String,
    /// Compared with what was known then.
    pub since: Timestamp,
}

/// What changed, and why.
#[payload(full)]
pub struct WhyView {
    /// What was asked about.
    pub score: String,
    /// Compared with what was known at this moment.
    pub since: Timestamp,
    /// Events learned since.
    pub learned: u64,
    /// Days of which the figure changed, newest first.
    pub days: Vec<WhyDay>,
    /// Days were left out because there were too many.
    pub more: bool,
}

/// A day of which a figure changed.
#[payload(full)]
pub struct WhyDay {
    /// The day.
    pub date: LocalDate,
    /// How often the day's state changed on this device.
    pub revision: u32,
    /// Figures asked about that differ.
    pub changed: Vec<Figure>,
    /// What we learned since that concerns the day, what the figures are made of first.
    pub inputs: Vec<WhyInput>,
    /// In a sentence.
    pub text: String,
}

/// Something learned.
#[payload(full)]
pub struct WhyInput {
    /// `new`, `replaced`, `withdrew`, or `standing` for what changes how days are read.
    pub how: String,
    /// Event kind.
    pub kind: String,
    /// Metric of a series or measurement.
    pub metric: Option<String>,
    /// Who said it.
    pub source: String,
    /// When it happened.
    pub at: Timestamp,
    /// When we learned it.
    pub recorded_at: Timestamp,
    /// It came after the day it is about was over.
    pub late: bool,
    /// How many of the same kind, source and metric.
    pub count: u64,
}

impl Twin {
    /// Explains a difference: which figures of which days are not what they were at `since`, and the
    /// late, corrected and deleted facts behind it. A figure that did not change is not listed.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn why(&self, query: &WhyQuery) -> Result<WhyView> {
        let (mut log, _) = self.enter()?;
        log.refresh()?;
        let mut learned = log.learned_since(query.since)?;
        learned.retain(|l| self.sees(l.event.purpose()).is_ok());
        let mut dates: BTreeSet<LocalDate> = learned.iter().flat_map(|l| l.dates.iter().copied()).gather();
        if learned.iter().any(|l| l.how == How::Standing) {
            log.days(LocalDate::from_days(i32::MIN), LocalDate::from_days(i32::MAX), &mut |day| {
                dates.insert(day.date);
                Ok(())
            })?;
        }
        let mut view = WhyView {
            score: query.score.clone(),
            since: query.since,
            learned: learned.len() as u64,
            days: Vec::new(),
            more: dates.len() > MOST_DAYS,
        };
        let then = Cutoff { at: None, known_at: Some(query.since) };
        for date in dates.into_iter().rev().take(MOST_DAYS) {
            let mut before = day_view(&log, &log.day_until(date, then)?, then)?;
            let mut after = day_view(&log, &log.day(date)?, Cutoff::default())?;
            self.mask_day(&mut before);
            self.mask_day(&mut after);
            let changed = figures(&before, &after, &query.score)?;
            if changed.is_empty() {
                continue;
            }
            let mut inputs = inputs_of(&log, &learned, date);
            inputs.order_by_key(|input| !changed.iter().any(|figure| concerns(input, &figure.name)));
            let text = sentence(date, &changed, &inputs);
            view.days.push(WhyDay { date, revision: log.revision(date)?, changed, inputs, text });
        }
        Ok(view)
    }
}

/// What was learned that concerns a day, alike things counted together.
fn inputs_of(log: &Log, learned: &[Learned], date: LocalDate) -> Vec<WhyInput> {
    let end = log.context().zones.day_bounds(date).1;
    let mut inputs: BTreeMap<(&str, String, Option<String>, String), WhyInput> = BTreeMap::new();
    for l in learned.iter().filter(|l| l.how == How::Standing || l.dates.contains(&date)) {
        let content = &l.event.content;
        let (kind, metric) = named(&content.body);
        let source = match &content.body {
            EventBody::RecordCorrected(c) => &c.source,
            EventBody::RecordDeleted(d) => &d.source,
            EventBody::WindowRead(w) => &w.source,
            _ => &content.origin.source,
        };
        let how = match l.how {
            How::New => "new",
            How::Replaced => "replaced",
            How::Withdrew => "withdrew",
            How::Standing => "standing",
        };
        let input =
            inputs.entry((how, kind.clone(), metric.clone(), source.to_string())).or_insert_with(|| {
                WhyInput {
                    how: how.to_owned(),
                    kind,
                    metric,
                    source: source.to_string(),
                    at: content.at,
                    recorded_at: l.event.clock.wall,
                    late: false,
                    count: 0,
                }
            });
        input.count += 1;
        input.at = input.at.max(content.at);
        input.recorded_at = input.recorded_at.max(l.event.clock.wall);
        input.late |= l.event.clock.wall > end;
    }
    inputs.into_values().collect()
}

/// Kind and metric of what an event says; of a correction those of what it puts in place.
fn named(body: &EventBody) -> (String, Option<String>) {
    match body {
        EventBody::SeriesWritten(s) => (body.kind().to_owned(), Some(s.metric.to_string())),
        EventBody::MeasurementRecorded(m) => (body.kind().to_owned(), Some(m.metric.to_string())),
        EventBody::RecordCorrected(c) => named(&c.replacement),
        _ => (body.kind().to_owned(), None),
    }
}

fn sentence(date: LocalDate, changed: &[Figure], inputs: &[WhyInput]) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |v| format!("{v:.1}"));
    let figure = changed
        .first()
        .map(|f| format!("{} of {date} went from {} to {}", f.name, number(f.before), number(f.after)));
    let close = inputs.iter().filter(|i| changed.iter().any(|f| concerns(i, &f.name))).count();
    let shown = if close > 0 { close.min(MOST_REASONS) } else { MOST_REASONS };
    let more = inputs.len().saturating_sub(shown);
    let mut reasons: Vec<String> = inputs
        .iter()
        .take(shown)
        .map(|i| {
            let what = i.metric.as_deref().unwrap_or(&i.kind);
            let many = if i.count > 1 { format!(" ({} times)", i.count) } else { String::new() };
            match i.how.as_str() {
                "withdrew" => format!("{} took something back{many}", i.source),
                "replaced" => format!("{what} was told anew by {}{many}", i.source),
                "standing" => format!("{what} changed how days are read"),
                _ if i.late => format!("{what} of {} arrived late{many}", i.source),
                _ => format!("{what} of {} arrived{many}", i.source),
            }
        })
        .collect();
    if more > 0 {
        reasons.push(format!("{more} more of that day"));
    }
    format!("{}: {}.", figure.unwrap_or_default(), reasons.join("; "))
}

/// Is an input of the kind that a figure is made of? What was taken back may be of any.
fn concerns(input: &WhyInput, figure: &str) -> bool {
    let section = figure.split(['.', '[']).next().unwrap_or_default();
    let kind = |start: &str| input.kind.starts_with(start);
    let metric = |start: &str| input.metric.as_deref().is_some_and(|m| m.starts_with(start));
    if input.how == "withdrew" {
        return true;
    }
    match section {
        "sleep" | "nap_min" => kind("health.sleep_recorded"),
        "sessions" | "loads" => kind("health.workout_recorded"),
        "heart" => metric("heart_rate") || metric("rr_interval"),
        "hrv" => metric("rr_interval") || metric("hrv_"),
        "calendar" => kind("collaboration."),
        "tasks" => kind("task."),
        "check_ins" => kind("wellbeing."),
        "caffeine_mg" => kind("health.caffeine") || metric("caffeine"),
        "alcohol_drinks" => kind("health.alcohol") || metric("alcohol"),
        "activity" => {
            let first = input.metric.as_deref().and_then(|m| m.split('_').next());
            first.is_some_and(|first| figure.contains(first))
        }
        _ => input.metric.as_deref().is_some_and(|m| figure.contains(&format!("[{m}]"))),
    }
}
