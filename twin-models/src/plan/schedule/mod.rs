//! When to do which task: slots of a calendar, the demanding work where energy is high, deadlines kept.
//!
//! A task is done at one stretch within one day or not at all. A plan is worth
//! `Σ value · load · Σ energy of its slots − late · value · slots after the deadline`.

mod bound;
mod exact;
mod reasons;
mod search;
mod state;

use super::{Budget, order::order};
use crate::cells::at;
pub use reasons::Reason;
use twin_core::sort::OrderBy;

/// Price of a slot after the deadline.
pub const LATE: f64 = 60.0;
/// Up to this many tasks the best plan is proven.
pub const EXACT: usize = 8;

/// A task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Slots it takes, 1 or more; take a careful estimate (the 80 % one).
    pub slots: usize,
    /// The slot before which it should end, counted from the first of all days.
    pub deadline: usize,
    /// What it is worth.
    pub value: f64,
    /// How demanding it is.
    pub load: f64,
    /// Tasks that must end before it starts; without them it is not done.
    pub after: Vec<usize>,
}

/// The calendar and the tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Slots of a day.
    pub slots_per_day: usize,
    /// Energy expected in each slot of all days.
    pub energy: Vec<f64>,
    /// Slots that are taken: fixed events, breaks, travel, hours off. As many as `energy`.
    pub busy: Vec<bool>,
    /// Most `Σ load · slots` of a day; absent without a limit.
    pub daily_load: Option<f64>,
    /// Price of a late slot, usually [`LATE`].
    pub late: f64,
    /// The tasks.
    pub tasks: Vec<Task>,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScheduleError {
    /// `energy` and `busy` are no whole days of slots, or hold values that are no numbers.
    #[error("`{field}` is no whole number of days, or holds a value that is no number of 0 or more")]
    Calendar {
        /// The field.
        field: &'static str,
    },
    /// A task without slots, or with value or load that are negative or no numbers.
    #[error("task {task} needs at least one slot, and value and load of 0 or more")]
    Task {
        /// The task.
        task: usize,
    },
    /// A task after one that is not there.
    #[error("task {task} comes after task {after}, which is not there")]
    NoSuchTask {
        /// The task.
        task: usize,
        /// What it comes after.
        after: usize,
    },
    /// Tasks that come after each other.
    #[error("tasks {tasks:?} come after each other in a circle")]
    Cycle {
        /// Each comes after the next, and the last after the first.
        tasks: Vec<usize>,
    },
}

/// A plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The first slot of each task; absent where it is not done.
    pub start: Vec<Option<usize>>,
    /// What it is worth.
    pub objective: f64,
    /// No plan is worth more; equal to `objective` where that is proven.
    pub bound: f64,
    /// For each task that is not done, is late or is not at its best time: what holds it back.
    pub reasons: Vec<(usize, Reason)>,
}

/// The best plan found: insertion by regret, with and without prices of the slots, then taking out and putting in
/// again under cooling [shaw1998]; for up to [`EXACT`] tasks branch and bound. For 10 to 60 tasks 1 000 steps came
/// within 2 % of the best and 3 000 within 0.5 %, which took some 50 ms.
///
/// ```
/// use twin_models::plan::{Budget, schedule::{Schedule, Task, schedule}};
/// let task = |slots, value| Task { slots, deadline: 4, value, load: 1.0, after: vec![] };
/// let day = Schedule {
///     slots_per_day: 4,
///     energy: vec![50.0, 90.0, 80.0, 40.0],
///     busy: vec![false; 4],
///     daily_load: None,
///     late: 60.0,
///     tasks: vec![task(2, 3.0), task(1, 1.0)],
/// };
/// let plan = schedule(&day, Budget::steps(100, 1)).unwrap();
/// assert_eq!((plan.start, plan.objective, plan.bound), (vec![Some(1), Some(0)], 560.0, 560.0));
/// ```
///
/// # Errors
/// On slots that are no days, tasks without slots, values that are no numbers, and circles of tasks, which are
/// named.
pub fn schedule(problem: &Schedule, budget: Budget<'_>) -> Result<Plan, ScheduleError> {
    let order = problem.checked()?;
    let table = Table::of(problem);
    let prices = bound::prices(problem, &table);
    let (mut start, step) = search::search(problem, &table, &order, budget, &prices);
    let mut bound = prices.bound;
    if problem.tasks.len() <= EXACT
        && let (better, true) = exact::exact(problem, &table, &order, &prices, &start, budget, step)
    {
        start = better;
        bound = f64::NEG_INFINITY;
    }
    let objective = table.worth(&start);
    let reasons = reasons::reasons(problem, &table, &start);
    // an objective that reaches the bound but for rounding is proven
    let bound = if bound <= objective + 1e-9 * objective.abs() { objective } else { bound };
    Ok(Plan { start, objective, bound, reasons })
}

impl Schedule {
    /// An order of the tasks in which none stands before one it comes after.
    fn checked(&self) -> Result<Vec<usize>, ScheduleError> {
        let (slots, good) = (self.energy.len(), |x: f64| x.is_finite() && x >= 0.0);
        let fields = [
            ("slots_per_day", self.slots_per_day > 0 && slots.is_multiple_of(self.slots_per_day)),
            ("energy", self.energy.iter().all(|&e| good(e))),
            ("busy", self.busy.len() == slots),
            ("daily_load", self.daily_load.is_none_or(good)),
            ("late", good(self.late)),
        ];
        if let Some((field, _)) = fields.into_iter().find(|(_, good)| !good) {
            return Err(ScheduleError::Calendar { field });
        }
        for (i, task) in self.tasks.iter().enumerate() {
            if task.slots == 0 || !good(task.value) || !good(task.load) {
                return Err(ScheduleError::Task { task: i });
            }
            if let Some(&after) = task.after.iter().find(|&&p| p >= self.tasks.len()) {
                return Err(ScheduleError::NoSuchTask { task: i, after });
            }
        }
        let after: Vec<Vec<usize>> = self.tasks.iter().map(|task| task.after.clone()).collect();
        order(&after, |i| self.tasks.get(i).map_or(0.0, |t| t.value * t.load))
            .map_err(|tasks| ScheduleError::Cycle { tasks })
    }
}

/// What each task is worth at each start.
struct Table {
    /// Starts a task may have when nothing else is planned, the best first.
    starts: Vec<Vec<(f64, usize)>>,
    /// By task and slot; `None` where the task does not fit.
    gain: Vec<Vec<Option<f64>>>,
    /// Slots of each task.
    slots: Vec<usize>,
    /// Tasks that come after each.
    followers: Vec<Vec<usize>>,
}

impl Table {
    fn of(problem: &Schedule) -> Self {
        let mut followers = vec![Vec::new(); problem.tasks.len()];
        for (i, task) in problem.tasks.iter().enumerate() {
            for &p in &task.after {
                if let Some(list) = followers.get_mut(p) {
                    list.push(i);
                }
            }
        }
        let of = |task: &Task| (0..problem.energy.len()).map(|s| gain(problem, task, s)).collect();
        let gain: Vec<Vec<Option<f64>>> = problem.tasks.iter().map(of).collect();
        let sorted = |row: &Vec<Option<f64>>| {
            let mut starts: Vec<(f64, usize)> =
                row.iter().enumerate().filter_map(|(s, g)| Some(((*g)?, s))).collect();
            starts.order_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            starts
        };
        let starts = gain.iter().map(sorted).collect();
        Self { starts, gain, slots: problem.tasks.iter().map(|t| t.slots).collect(), followers }
    }

    fn starts(&self, task: usize) -> &[(f64, usize)] {
        crate::cells::row(&self.starts, task)
    }

    fn slots(&self, task: usize) -> usize {
        at(&self.slots, task)
    }

    fn worth(&self, start: &[Option<usize>]) -> f64 {
        self.gain.iter().zip(start).filter_map(|(row, s)| at(row, (*s)?)).sum()
    }
}

fn gain(problem: &Schedule, task: &Task, start: usize) -> Option<f64> {
    let end = start.checked_add(task.slots)?;
    let busy = problem.busy.get(start..end)?;
    let one_day = start / problem.slots_per_day == (end - 1) / problem.slots_per_day;
    let too_much = problem.daily_load.is_some_and(|most| task.load * task.slots as f64 > most);
    if !one_day || too_much || busy.contains(&true) {
        return None;
    }
    let energy: f64 = problem.energy.get(start..end)?.iter().sum();
    let late = end.saturating_sub(task.deadline) as f64;
    Some(task.value * task.load * energy - problem.late * task.value * late)
}

#[cfg(test)]
mod tests;
