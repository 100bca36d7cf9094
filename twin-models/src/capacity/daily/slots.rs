//! The quarters of an hour of a working day, and what is left of them.

use super::{DayPlan, RESUMPTION_MIN, fragmentation};

/// Slots of a day.
pub(super) const SLOTS: usize = 96;
const SLOT_H: f64 = 0.25;

/// Hours of a day, each less than the one before.
pub(super) struct Slots {
    /// Working hours.
    pub(super) working_h: f64,
    /// Outside meetings.
    pub(super) free_h: f64,
    /// After coming back to the task in every block.
    pub(super) whole_h: f64,
    /// Weighted by energy.
    pub(super) energy_h: f64,
    /// Mean energy of what is left, 0..=1.
    pub(super) mean_energy: f64,
}

impl Slots {
    /// Slots that lie in working hours; one that a meeting touches is not free. `flat` stands for energy that is
    /// not known.
    pub(super) fn of(plan: &DayPlan<'_>, flat: f64) -> Self {
        let (start, end) = plan.work_h;
        let resumption = plan.resumption_min.unwrap_or(RESUMPTION_MIN);
        let working = |slot: usize| {
            let from = slot as f64 * SLOT_H;
            ((from + SLOT_H).min(end) - from.max(start)).max(0.0)
        };
        let free = |slot: usize| {
            let from = slot as f64 * SLOT_H;
            working(slot) > 0.0
                && !plan.meetings.iter().any(|(a, b)| *a < from + SLOT_H && *b > from && b > a)
        };
        let slots: Vec<(f64, bool, f64)> = (0..SLOTS)
            .map(|i| (working(i), free(i), plan.energy.get(i).copied().flatten().unwrap_or(flat)))
            .collect();
        let mut out = Self {
            working_h: slots.iter().map(|s| s.0).sum(),
            free_h: 0.0,
            whole_h: 0.0,
            energy_h: 0.0,
            mean_energy: flat,
        };
        for block in slots.chunk_by(|a, b| a.1 == b.1).filter(|block| block.iter().any(|s| s.1)) {
            let hours: f64 = block.iter().map(|s| s.0).sum();
            let left = fragmentation(60.0 * hours, resumption);
            out.free_h += hours;
            out.whole_h += left * hours;
            out.energy_h += left * block.iter().map(|s| s.0 * s.2).sum::<f64>();
        }
        if out.whole_h > 0.0 {
            out.mean_energy = out.energy_h / out.whole_h;
        }
        out
    }
}
