//! What if, for work: focus hours and open work day by day, under a plan and under a changed plan.
//!
//! Each day's focus hours and each task's hours are drawn once and used under both plans, so that the difference is
//! that of the changes alone.

use super::{Band, Options, QuantityPath};
use crate::noise::Noise;
use crate::stats::{Z80, quantile};

/// Focus hours of a day and their spread, h.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FocusDay {
    /// Mean.
    pub mean_h: f64,
    /// Standard deviation.
    pub sd_h: f64,
}

/// A task in hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskInHand {
    /// Median hours, above 0.
    pub median_h: f64,
    /// Hours that one in ten takes more of, at least the median.
    pub high_h: f64,
    /// Taken in the changed plan only, on this day of 0 and later.
    pub taken_on: Option<u32>,
}

/// Focus hours (`focus_hours`) and hours of work still open at the end of the day (`open_work`), for the days of
/// `plan`, which `changed` pairs one by one. Hours that are no hours count as none.
///
/// ```
/// use twin_models::simulate::{Options, work::{FocusDay, TaskInHand, work_paths}};
/// let day = |mean_h| FocusDay { mean_h, sd_h: 0.5 };
/// let task = TaskInHand { median_h: 6.0, high_h: 9.0, taken_on: None };
/// let said = work_paths(&[day(4.0), day(4.0)], &[day(5.0), day(4.0)], &[task], &Options::days(2));
/// assert_eq!(said[0].difference[0].p50, 1.0);
/// assert!(said[1].difference[0].p50 < -0.9 && said[1].baseline[1].p50 == 0.0);
/// ```
#[must_use]
pub fn work_paths(
    plan: &[FocusDay],
    changed: &[FocusDay],
    tasks: &[TaskInHand],
    options: &Options,
) -> Vec<QuantityPath> {
    let days = plan.len().min(changed.len());
    let draws = options.draws.clamp(1, super::MAX_DRAWS);
    let hours = |x: f64| if x.is_finite() { x.max(0.0) } else { 0.0 };
    let mut focus = Paths::new(days);
    let mut open = Paths::new(days);
    for draw in 0..u64::from(draws) {
        let task_h: Vec<(f64, Option<u32>)> = (0..)
            .zip(tasks)
            .map(|(n, task)| {
                let z = Noise::of(options.seed, [draw, n, 1]).normal();
                let spread = (task.high_h / task.median_h).ln() / Z80;
                (hours(task.median_h * (z * hours(spread)).exp()), task.taken_on)
            })
            .collect();
        let of = |on: Option<u32>| task_h.iter().filter(|t| t.1 == on).map(|t| t.0).sum::<f64>();
        let (mut left, mut left_changed) = (of(None), of(None));
        for (day, (before, after)) in (0_u32..).zip(plan.iter().zip(changed)) {
            let z = Noise::of(options.seed, [draw, u64::from(day), 2]).normal();
            let held = |day: &FocusDay| hours(day.mean_h + z * hours(day.sd_h));
            let (a, b) = (held(before), held(after));
            left_changed += of(Some(day));
            (left, left_changed) = ((left - a).max(0.0), (left_changed - b).max(0.0));
            focus.add(day as usize, a, b);
            open.add(day as usize, left, left_changed);
        }
    }
    let now: f64 = tasks.iter().filter(|t| t.taken_on.is_none()).map(|t| hours(t.median_h)).sum();
    vec![focus.path("focus_hours", None), open.path("open_work", Some(now))]
}

/// Draws of one quantity: by day, with and without the changes.
struct Paths(Vec<Vec<(f64, f64)>>);

impl Paths {
    fn new(days: usize) -> Self {
        Self(vec![Vec::new(); days])
    }

    fn add(&mut self, day: usize, plan: f64, changed: f64) {
        if let Some(draws) = self.0.get_mut(day) {
            draws.push((plan, changed));
        }
    }

    fn path(&self, name: &str, now: Option<f64>) -> QuantityPath {
        let bands = |of: fn(&(f64, f64)) -> f64| -> Vec<Band> {
            self.0.iter().map(|draws| band(draws.iter().map(of).collect())).collect()
        };
        QuantityPath {
            name: name.into(),
            unit: "h".into(),
            now,
            baseline: bands(|d| d.0),
            changed: bands(|d| d.1),
            difference: bands(|d| d.1 - d.0),
        }
    }
}

fn band(mut values: Vec<f64>) -> Band {
    let mut at = |q| quantile(&mut values, q).unwrap_or(0.0);
    Band { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: FocusDay = FocusDay { mean_h: 4.0, sd_h: 1.0 };

    #[test]
    fn a_task_more_is_more_open_work_from_its_day_on() {
        let own = TaskInHand { median_h: 30.0, high_h: 40.0, taken_on: None };
        let more = TaskInHand { median_h: 5.0, high_h: 8.0, taken_on: Some(1) };
        let said = work_paths(&[DAY; 3], &[DAY; 3], &[own, more], &Options::days(3));
        let open = &said[1];
        assert_eq!(open.now, Some(30.0));
        assert!(
            open.difference[0].p90 == 0.0 && open.difference[1].p10 > 2.0 && open.difference[1].p50 > 4.0
        );
        assert!(said[0].difference.iter().all(|b| b.p10 == 0.0 && b.p90 == 0.0));
    }

    #[test]
    fn what_is_no_number_counts_as_none_and_the_seed_decides() {
        let odd = FocusDay { mean_h: f64::NAN, sd_h: f64::INFINITY };
        let task = TaskInHand { median_h: f64::NAN, high_h: -1.0, taken_on: None };
        for path in work_paths(&[odd; 2], &[odd; 2], &[task], &Options::days(2)) {
            assert!(path.baseline.iter().all(|b| b.p10 == 0.0 && b.p90 == 0.0));
        }
        assert!(work_paths(&[], &[DAY], &[], &Options::days(2)).iter().all(|p| p.baseline.is_empty()));
        let seeded = |seed| work_paths(&[DAY], &[DAY], &[], &Options { seed, ..Options::days(1) });
        assert_eq!(seeded(1), seeded(1));
        assert_ne!(seeded(1), seeded(2));
    }
}
