//! How likely a deadline is missed.

use super::Deadline;
use super::problem::Week;
use super::state::State;
use crate::cells::at;
use crate::special::normal_cdf;

/// The 80 % quantile of the standard normal.
const Z: f64 = 0.841_621_233_572_914_3;

/// For each task with a deadline.
pub(super) fn deadlines(week: &Week<'_>, plan: &State<'_>) -> Vec<Deadline> {
    let of = |i: usize| {
        let task = week.task(i)?;
        let deadline = task.deadline?;
        let (late_slots, p_late) = match plan.end(i) {
            None => (None, 1.0),
            Some(end) => {
                let own = |t: usize| plan.owner(t) == Some(i);
                let spare = |t: usize| t >= end && at(&week.usable, t) && plan.owner(t).is_none();
                let room =
                    (0..deadline.min(week.problem.slots.len())).filter(|&t| own(t) || spare(t)).count();
                let p = if at(&week.slots, i) == 0 {
                    f64::from(u8::from(end > deadline))
                } else {
                    exceeds(task.q50, task.q80, room as f64)
                };
                (Some(end.saturating_sub(deadline)), p)
            }
        };
        Some(Deadline { task: task.id.clone(), late_slots, p_late })
    };
    (0..week.slots.len()).filter_map(of).collect()
}

/// Probability that a log-normal duration with these quantiles exceeds `room`.
fn exceeds(q50: f64, q80: f64, room: f64) -> f64 {
    if room <= 0.0 {
        return 1.0;
    }
    if q50 <= 0.0 {
        // no spread can be told: never above the 80 % quantile
        return f64::from(u8::from(room < q80));
    }
    let spread = (q80 / q50).ln() / Z;
    if spread < 1e-9 {
        return f64::from(u8::from(room < q50));
    }
    1.0 - normal_cdf((room / q50).ln() / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_met() {
        assert!((exceeds(4.0, 6.0, 4.0) - 0.5).abs() < 1e-9);
        assert!((exceeds(4.0, 6.0, 6.0) - 0.2).abs() < 1e-9);
        assert_eq!((exceeds(4.0, 4.0, 4.0), exceeds(4.0, 4.0, 3.0), exceeds(4.0, 6.0, 0.0)), (0.0, 1.0, 1.0));
    }
}
