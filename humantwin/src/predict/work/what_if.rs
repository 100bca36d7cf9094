//! What the coming working days would be with a meeting dropped or a task taken.

use super::capacity::{day_of, durations_of};
use super::work_days;
use crate::error::Result;
use crate::predict::Features;
use std::collections::BTreeMap;
use twin_core::estimate::Estimate;
use twin_core::sort::Gather as _;
use twin_models::simulate::work::{FocusDay, TaskInHand, work_paths};
use twin_models::simulate::{Options, QuantityPath};
use twin_models::stats::Z80;

/// A change of the coming work. Day 0 is today, 1 tomorrow.
pub(crate) enum WorkChange {
    /// The meetings that are held at this local hour of a day are dropped.
    DropMeeting { day: u32, at_h: f64 },
    /// A task of so many estimated hours is taken on a day.
    TakeTask { day: u32, estimate_h: f64 },
}

/// What a change that could not be made says.
pub(crate) fn paths(
    features: &Features<'_>,
    changes: &[WorkChange],
    options: &Options,
) -> Result<(Vec<QuantityPath>, Vec<String>)> {
    if features.facts()?.is_empty() {
        let gap = "nothing is known of work: meetings and tasks change nothing".to_owned();
        return Ok((Vec::new(), if changes.is_empty() { Vec::new() } else { vec![gap] }));
    }
    let days = work_days(features)?;
    let mut changed = days.clone();
    let mut gaps = Vec::new();
    let mut extra = Vec::new();
    for change in changes {
        match change {
            WorkChange::DropMeeting { day, at_h } => {
                let ago = -i32::try_from(*day).unwrap_or(i32::MAX);
                let held = changed.days.entry(ago).or_default();
                let before = held.meetings.len();
                held.meetings.retain(|(start, end)| !(*start..*end).contains(at_h));
                if held.meetings.len() == before {
                    gaps.push(format!("no meeting is known at that time on day {day}"));
                }
            }
            WorkChange::TakeTask { day, estimate_h } => extra.push((*day, *estimate_h)),
        }
    }
    let horizon = i32::try_from(options.horizon_days).unwrap_or(0);
    let touched: Vec<i32> = changed
        .days
        .iter()
        .filter(|(ago, day)| days.days.get(ago).map(|d| &d.meetings) != Some(&day.meetings))
        .map(|(ago, _)| *ago)
        .collect();
    let mut plan = Vec::new();
    let mut after = Vec::new();
    for ago in (1..=horizon).map(|day| -day) {
        let before = focus(&day_of(features, days, ago)?);
        plan.push(before);
        after.push(if touched.contains(&ago) { focus(&day_of(features, &changed, ago)?) } else { before });
    }
    let in_hand = |estimate: &Estimate, taken_on| {
        let (median_h, high_h) = (estimate.value?, estimate.high?);
        Some(TaskInHand { median_h, high_h, taken_on })
    };
    let told: BTreeMap<String, Estimate> = durations_of(features, &days.tasks)?.into_iter().gather();
    let mut tasks: Vec<TaskInHand> = told.values().filter_map(|e| in_hand(e, None)).collect();
    for (day, estimate_h) in extra {
        let estimate = super::capacity::duration_of(features, &days.tasks, estimate_h);
        // The first simulated day is tomorrow.
        tasks.extend(in_hand(&estimate, Some(day.saturating_sub(1))));
    }
    Ok((work_paths(&plan, &after, &tasks, options), gaps))
}

fn focus(estimate: &Estimate) -> FocusDay {
    let spread = estimate.high.zip(estimate.low).map_or(0.0, |(high, low)| (high - low) / (2.0 * Z80));
    FocusDay { mean_h: estimate.value.unwrap_or(0.0), sd_h: spread }
}
