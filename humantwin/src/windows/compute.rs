//! Samples through the operator, and what is said of each window.

use super::feed::{self, Sample, Sight};
use super::revision::{revisions, touches};
use super::{Feed, Statistic};
use crate::error::Result;
use crate::verbs::WindowShape;
use crate::view::{TrailingView, WindowView};
use std::collections::BTreeSet;
use twin_core::fold::{from_micro, to_micro};
use twin_core::log::Log;
use twin_core::window::{CalendarUnit, KeyedWindows, Watermark, WindowOptions, WindowResult, WindowSpec};
use twin_core::{MetricId, Timestamp, ZoneTimeline};

/// What is asked of the log.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) feed: Feed,
    /// The metric of [`Feed::Metric`], where the caller names one.
    pub(crate) metric: Option<MetricId>,
    pub(crate) shape: WindowShape,
    pub(crate) statistic: Statistic,
    pub(crate) trailing: &'static [u32],
    pub(crate) goal: Option<f64>,
    pub(crate) sight: Sight,
}

/// The windows, oldest first, and what was missing.
pub(crate) fn windows_of(
    log: &mut Log,
    zones: &ZoneTimeline,
    question: &Question,
) -> Result<(Vec<WindowView>, Vec<String>)> {
    let spec = spec_of(question.shape, zones);
    let options = WindowOptions { watermark: Watermark::Host, hold_us: Some(0), ..WindowOptions::default() };
    let mut operator = KeyedWindows::new(spec, options)?;
    let Sight { from, to, .. } = question.sight;
    // Whole windows at both ends, and what holds into the first.
    let sight = Sight {
        from: operator.hull(from).0.plus_secs(-86_400),
        to: operator.hull(to.plus_micros(-1)).1.max(to),
        ..question.sight
    };
    let (samples, gap) = match (question.feed, &question.metric) {
        (Feed::Metric(_), Some(metric)) => (feed::metric(log, metric, sight)?, None),
        (feed, _) => feed::days(log, feed, sight)?,
    };
    for sample in &samples {
        push(&mut operator, sample)?;
    }
    let gap_us = match question.shape {
        WindowShape::Session { gap_us } => gap_us,
        _ => 0,
    };
    let said: Vec<WindowResult> = operator
        .finish()
        .into_iter()
        .filter(|w| w.end > from && w.start < to && !w.summary.is_empty())
        .collect();
    let spans: Vec<(Timestamp, Timestamp)> = said.iter().map(|w| (w.start, w.end)).collect();
    let behind = behind(&samples, &spans);
    let revisions = revisions(&touches(log, question.feed, question.metric.as_ref(), sight)?, &spans);
    let mut views: Vec<WindowView> = Vec::with_capacity(said.len());
    for ((window, (count, sources)), revision) in said.iter().zip(behind).zip(revisions) {
        let end = window.end.plus_micros(-gap_us);
        let mut view = view_of(window, end, question.statistic);
        (view.count, view.sources, view.revision) = (count, sources, revision);
        view.complete = window.end <= question.sight.moment;
        view.goal_share = question.goal.zip(view.value).map(|(goal, value)| value / goal);
        views.push(view);
    }
    compare(&mut views, question.trailing, &operator);
    let mut gaps: Vec<String> = gap.map(str::to_owned).into_iter().collect();
    if views.is_empty() && gaps.is_empty() {
        gaps.push("nothing is known in this span".into());
    }
    Ok((views, gaps))
}

fn spec_of(shape: WindowShape, zones: &ZoneTimeline) -> WindowSpec {
    let calendar = |unit| WindowSpec::Calendar { unit, zones: zones.clone() };
    match shape {
        WindowShape::Tumbling { size_us } => WindowSpec::Tumbling { size_us },
        WindowShape::Sliding { size_us, every_us } => WindowSpec::Sliding { size_us, every_us },
        WindowShape::Session { gap_us } => WindowSpec::Session { gap_us },
        WindowShape::Day => calendar(CalendarUnit::Day),
        WindowShape::Week => calendar(CalendarUnit::Week),
        WindowShape::Month => calendar(CalendarUnit::Month),
    }
}

/// Most panes that a level is handed over in one piece for.
const PIECE_PANES: i64 = 5_000;

/// A level as it is; an amount cut at panes' edges, so that each window gets its share.
fn push(operator: &mut KeyedWindows, sample: &Sample) -> Result<()> {
    let (mut from, end) = (sample.start_us, sample.end_us);
    let at = Timestamp::from_micros;
    let Some((first, last)) = sample.amount_us else {
        let (start, edge) = operator.pane(at(from));
        let longest = (edge.micros() - start.micros()).max(1).saturating_mul(PIECE_PANES);
        loop {
            let length = (end - from).min(longest);
            operator.push(0, at(from), length, sample.value)?;
            from += length;
            if from >= end {
                return Ok(());
            }
        }
    };
    // Shares are differences of rounded amounts so far, so that they add up.
    let whole = i128::from(to_micro(sample.value));
    let so_far = |t: i64| whole * i128::from(t - first) / i128::from(last - first);
    while from < end {
        let edge = operator.pane(at(from)).1.micros();
        let to = if edge > from { edge.min(end) } else { end };
        let share = i64::try_from(so_far(to) - so_far(from)).unwrap_or(i64::MAX);
        operator.push(0, at(from), to - from, from_micro(share))?;
        from = to;
    }
    Ok(())
}

/// How many samples touch each window, and whose they are.
fn behind(samples: &[Sample], windows: &[(Timestamp, Timestamp)]) -> Vec<(u64, Vec<String>)> {
    let mut found: Vec<(u64, BTreeSet<&str>)> = vec![(0, BTreeSet::new()); windows.len()];
    for sample in samples {
        let first = windows.partition_point(|(_, end)| end.micros() <= sample.start_us);
        let last_us = sample.end_us.max(sample.start_us + 1);
        let after = windows.partition_point(|(start, _)| start.micros() < last_us);
        for (count, sources) in found.get_mut(first..after.max(first)).into_iter().flatten() {
            *count += 1;
            sources.insert(&sample.source);
        }
    }
    let owned = |set: BTreeSet<&str>| set.into_iter().map(str::to_owned).collect();
    found.into_iter().map(|(count, sources)| (count, owned(sources))).collect()
}

fn view_of(window: &WindowResult, end: Timestamp, statistic: Statistic) -> WindowView {
    let summary = &window.summary;
    let length = end.micros() - window.start.micros();
    let levels = statistic == Statistic::Mean;
    let value = match statistic {
        Statistic::Mean => summary.time_weighted_mean().or(summary.mean()),
        Statistic::Sum => Some(summary.sum()),
        Statistic::Count => Some(summary.count() as f64),
    };
    let covered = summary.covered_us();
    WindowView {
        start: window.start,
        end,
        value,
        min: summary.min().filter(|_| levels),
        max: summary.max().filter(|_| levels),
        last: summary.last().map(|(_, value)| value).filter(|_| levels),
        count: 0,
        coverage: (covered > 0 && length > 0).then(|| (covered as f64 / length as f64).min(1.0)),
        complete: false,
        revision: 0,
        sources: Vec::new(),
        change: None,
        trailing: Vec::new(),
        goal_share: None,
    }
}

/// Change from the window just before, and means over the windows up to each one.
fn compare(views: &mut [WindowView], trailing: &'static [u32], operator: &KeyedWindows) {
    let known: Vec<(Timestamp, Timestamp, Option<f64>)> =
        views.iter().map(|v| (v.start, v.end, v.value)).collect();
    for (place, view) in views.iter_mut().enumerate() {
        let (earlier, _) = known.split_at(place);
        if let Some((_, end, Some(before))) = earlier.last()
            && *end == view.start
        {
            view.change = view.value.map(|value| value - before);
        }
        for windows in trailing {
            // The start of the window so many places back, across windows of which nothing is known.
            let mut first = view.start;
            for _ in 1..*windows {
                first = operator.pane(first.plus_micros(-1)).0;
            }
            let back = known.iter().take(place + 1).rev().take_while(|(start, ..)| *start >= first);
            let values: Vec<f64> = back.filter_map(|(.., value)| *value).collect();
            let n = values.len() as u32;
            // On less than half of the windows a mean would be of another time (OWN).
            let enough = 2 * n >= *windows;
            let mean = enough.then(|| values.iter().sum::<f64>() / f64::from(n));
            view.trailing.push(TrailingView { windows: *windows, known: n, mean });
        }
    }
}
