//! What is to be planned, and whether it fits together.

use super::{Clash, FOCUS_SLOTS, LUNCH_SLOTS};
use crate::cells::{at, put};
use crate::plan::order::order;
use std::collections::BTreeMap;

/// A quarter of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slot {
    /// Working time.
    pub working: bool,
    /// Not working time, but may be used at the price of [`Weights::after_hours`].
    pub after_hours: bool,
    /// Taken: a meeting, travel, time off.
    pub busy: bool,
    /// Energy expected, 0..=1.
    pub energy: f64,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkTask {
    /// Its id; no two are the same.
    pub id: String,
    /// Slots it takes in the middle case, 0 or more.
    pub q50: f64,
    /// Slots it takes at most in four cases of five, no less than `q50`; rounded up, these are planned.
    pub q80: f64,
    /// Least slots of a part.
    pub min_chunk: usize,
    /// The slot before which it should end, counted from the first of all days; absent without a deadline.
    pub deadline: Option<usize>,
    /// What it is worth, 0 or more.
    pub value: f64,
    /// How demanding it is, 0 or more; 1 is usual.
    pub load: f64,
    /// Ids of the tasks that must end before it starts.
    pub depends_on: Vec<String>,
    /// Whether it may be done in parts. If not, it is done on one day in a row, with a slot of break after at most
    /// 90 minutes.
    pub splittable: bool,
    /// Deep work: long blocks are worth more.
    pub deep: bool,
    /// The slot it is bound to start at, in one piece.
    pub locked: Option<usize>,
}

impl Default for WorkTask {
    fn default() -> Self {
        Self {
            id: String::new(),
            q50: 0.0,
            q80: 0.0,
            min_chunk: 1,
            deadline: None,
            value: 1.0,
            load: 1.0,
            depends_on: Vec::new(),
            splittable: false,
            deep: false,
            locked: None,
        }
    }
}

/// Slots of a task in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Id of the task.
    pub task: String,
    /// First slot.
    pub start: usize,
    /// The slot after the last.
    pub end: usize,
}

/// When lunch may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lunch {
    /// First slot of the day.
    pub from: usize,
    /// The slot of the day after the last.
    pub to: usize,
}

/// Prices of what makes a plan worse or better, in points; a slot of a task is worth
/// `100 · value · load · energy`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// A working slot after the deadline, times the value, and as much for being late at all; a task that finds no
    /// place is late as if it ended with the last day.
    pub late: f64,
    /// Going from one task to another within a day.
    pub switch: f64,
    /// A part of a task below 30 minutes.
    pub fragment: f64,
    /// A block of deep work of 90 minutes, gained.
    pub focus: f64,
    /// A slot after hours.
    pub after_hours: f64,
    /// A slot of time by which a task is away from where the current plan has it, on average over its slots; a task
    /// that finds no place is a day away.
    pub moved: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { late: 60.0, switch: 15.0, fragment: 10.0, focus: 20.0, after_hours: 40.0, moved: 5.0 }
    }
}

/// The calendar and the tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekProblem {
    /// Slots of a day.
    pub slots_per_day: usize,
    /// All slots, whole days; those that are over are neither working time nor after hours.
    pub slots: Vec<Slot>,
    /// The tasks.
    pub tasks: Vec<WorkTask>,
    /// Most slots of planned work on each day.
    pub daily_capacity: Vec<usize>,
    /// When lunch may be; on days on which events leave room for one, 30 minutes are kept free.
    pub lunch: Option<Lunch>,
    /// What is planned so far; empty without a plan. Tasks that are no longer there are passed over.
    pub current: Vec<Block>,
    /// Prices.
    pub weights: Weights,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WeekError {
    /// A part of the calendar that does not fit the slots, or holds a value out of range.
    #[error("`{field}` does not fit the days, or holds a value out of range")]
    Calendar {
        /// The part.
        field: &'static str,
    },
    /// A value of a task that is out of range.
    #[error("`{field}` of task `{task}` is out of range")]
    Task {
        /// Id of the task.
        task: String,
        /// The field.
        field: &'static str,
    },
    /// Two tasks with the same id.
    #[error("two tasks have the id `{task}`")]
    SameId {
        /// The id.
        task: String,
    },
    /// A task that waits for one that is not there.
    #[error("task `{task}` depends on `{needs}`, which is not there")]
    NoSuchTask {
        /// Id of the task.
        task: String,
        /// What it waits for.
        needs: String,
    },
    /// Tasks that wait for each other.
    #[error("tasks {tasks:?} depend on each other in a circle")]
    Cycle {
        /// Each waits for the next, and the last for the first.
        tasks: Vec<String>,
    },
    /// Rules that cannot be kept together.
    #[error("locked tasks clash: {clashes:?}")]
    Infeasible {
        /// What clashes.
        clashes: Vec<Clash>,
    },
}

/// A problem that fits together, in numbers.
pub(super) struct Week<'a> {
    pub(super) problem: &'a WeekProblem,
    /// Slots of each task.
    pub(super) slots: Vec<usize>,
    pub(super) needs: Vec<Vec<usize>>,
    pub(super) followers: Vec<Vec<usize>>,
    /// What is needed first.
    pub(super) order: Vec<usize>,
    /// Slots that may be planned.
    pub(super) usable: Vec<bool>,
    /// Working slots before each slot, and before the end.
    pub(super) worked: Vec<usize>,
    /// Slots of events and of locked tasks.
    pub(super) fixed: Vec<bool>,
    /// Days on which lunch is kept free.
    pub(super) lunch: Vec<bool>,
    /// The first slot of a locked task that waits for it.
    pub(super) due: Vec<usize>,
    /// The task of each slot in the current plan.
    pub(super) current: Vec<Option<usize>>,
    /// For each task of the current plan and each slot, how far it is from the nearest that the task has there.
    pub(super) away: Vec<Vec<f64>>,
}

impl<'a> Week<'a> {
    pub(super) fn of(problem: &'a WeekProblem) -> Result<Self, WeekError> {
        calendar(problem)?;
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, task) in problem.tasks.iter().enumerate() {
            checked(task)?;
            if places.insert(&task.id, i).is_some() {
                return Err(WeekError::SameId { task: task.id.clone() });
            }
        }
        let mut needs = Vec::new();
        for task in &problem.tasks {
            let place = |id: &String| {
                let none = || WeekError::NoSuchTask { task: task.id.clone(), needs: id.clone() };
                places.get(id.as_str()).copied().ok_or_else(none)
            };
            needs.push(task.depends_on.iter().map(place).collect::<Result<Vec<usize>, _>>()?);
        }
        let worth = |i: usize| problem.tasks.get(i).map_or(0.0, |t| t.value * t.load);
        let named = |tasks: Vec<usize>| {
            let ids = tasks.into_iter().filter_map(|i| problem.tasks.get(i)).map(|t| t.id.clone());
            WeekError::Cycle { tasks: ids.collect() }
        };
        let order = order(&needs, worth).map_err(named)?;
        let n = problem.slots.len();
        let slots: Vec<usize> = problem.tasks.iter().map(|t| t.q80.ceil() as usize).collect();
        let mut fixed: Vec<bool> = problem.slots.iter().map(|s| s.busy).collect();
        for (task, &long) in problem.tasks.iter().zip(&slots) {
            let of = task.locked.map_or(0..0, |start| start..start.saturating_add(long).min(n));
            of.for_each(|t| put(&mut fixed, t, true));
        }
        let mut due = vec![usize::MAX; slots.len()];
        for &i in order.iter().rev() {
            let own = problem.tasks.get(i).and_then(|t| t.locked).unwrap_or(at(&due, i));
            for &p in crate::cells::row(&needs, i) {
                let least = at(&due, p).min(own);
                put(&mut due, p, least);
            }
        }
        let mut followers = vec![Vec::new(); slots.len()];
        for (i, list) in needs.iter().enumerate() {
            for &p in list {
                followers.get_mut(p).into_iter().for_each(|list: &mut Vec<usize>| list.push(i));
            }
        }
        let mut current = vec![None; n];
        for block in &problem.current {
            let task = places.get(block.task.as_str()).copied();
            let open: Vec<usize> = (block.start..block.end).filter(|&t| at(&current, t).is_none()).collect();
            open.into_iter().for_each(|t| put(&mut current, t, task));
        }
        let away = (0..slots.len()).map(|i| away(&current, i)).collect();
        let usable = problem.slots.iter().map(|s| (s.working || s.after_hours) && !s.busy).collect();
        let mut worked = vec![0];
        worked.extend(problem.slots.iter().scan(0, |sum, slot| {
            *sum += usize::from(slot.working);
            Some(*sum)
        }));
        let mut week = Self {
            problem,
            slots,
            needs,
            followers,
            order,
            usable,
            worked,
            fixed,
            lunch: Vec::new(),
            due,
            current,
            away,
        };
        week.lunch = (0..week.days()).map(|day| week.lunch_left(day, |t| !at(&week.fixed, t))).collect();
        Ok(week)
    }

    pub(super) fn days(&self) -> usize {
        self.problem.slots.len() / self.problem.slots_per_day.max(1)
    }

    pub(super) fn day(&self, slot: usize) -> usize {
        slot / self.problem.slots_per_day.max(1)
    }

    pub(super) fn task(&self, i: usize) -> Option<&'a WorkTask> {
        self.problem.tasks.get(i)
    }

    pub(super) fn id(&self, i: usize) -> String {
        self.task(i).map_or_else(String::new, |t| t.id.clone())
    }

    pub(super) fn locked(&self, i: usize) -> Option<usize> {
        self.task(i)?.locked
    }

    /// Whether a lunch is left on a day; without a window none is asked for, and none is left.
    pub(super) fn lunch_left(&self, day: usize, free: impl Fn(usize) -> bool) -> bool {
        let Some(lunch) = self.problem.lunch else { return false };
        let first = day * self.problem.slots_per_day;
        let mut run = 0;
        (first + lunch.from..first + lunch.to).any(|t| {
            run = if free(t) { run + 1 } else { 0 };
            run >= LUNCH_SLOTS
        })
    }

    /// Slots of the parts of a task in one go: as even as can be, none above 90 minutes.
    pub(super) fn parts(&self, task: usize) -> Vec<usize> {
        let slots = at(&self.slots, task);
        let count = slots.div_ceil(FOCUS_SLOTS);
        (0..count).map(|k| slots / count + usize::from(k < slots % count)).collect()
    }
}

/// Empty where the task is not in the plan.
fn away(plan: &[Option<usize>], task: usize) -> Vec<f64> {
    if !plan.contains(&Some(task)) {
        return Vec::new();
    }
    let mut away = vec![f64::INFINITY; plan.len()];
    let places: [Vec<usize>; 2] = [(0..plan.len()).collect(), (0..plan.len()).rev().collect()];
    for order in places {
        let mut far = f64::INFINITY;
        for t in order {
            far = if at(plan, t) == Some(task) { 0.0 } else { far + 1.0 };
            let least = at(&away, t).min(far);
            put(&mut away, t, least);
        }
    }
    away
}

fn calendar(problem: &WeekProblem) -> Result<(), WeekError> {
    let (slots, per_day, w) = (problem.slots.len(), problem.slots_per_day, problem.weights);
    let price = |x: f64| x.is_finite() && x >= 0.0;
    let fields = [
        ("slots_per_day", per_day > 0 && slots.is_multiple_of(per_day)),
        ("slots", problem.slots.iter().all(|s| (0.0..=1.0).contains(&s.energy))),
        ("daily_capacity", per_day > 0 && problem.daily_capacity.len() == slots / per_day),
        ("lunch", problem.lunch.is_none_or(|l| l.from < l.to && l.to <= per_day)),
        ("current", problem.current.iter().all(|b| b.start <= b.end && b.end <= slots)),
        ("weights", [w.late, w.switch, w.fragment, w.focus, w.after_hours, w.moved].into_iter().all(price)),
    ];
    match fields.into_iter().find(|(_, good)| !good) {
        Some((field, _)) => Err(WeekError::Calendar { field }),
        None => Ok(()),
    }
}

fn checked(task: &WorkTask) -> Result<(), WeekError> {
    let good = |x: f64| x.is_finite() && x >= 0.0;
    let fields = [
        ("id", !task.id.is_empty()),
        ("q50", good(task.q50)),
        ("q80", good(task.q80) && task.q80 >= task.q50 && task.q80 <= 1e6),
        ("value", good(task.value)),
        ("load", good(task.load)),
        ("min_chunk", task.min_chunk <= FOCUS_SLOTS),
    ];
    match fields.into_iter().find(|(_, good)| !good) {
        Some((field, _)) => Err(WeekError::Task { task: task.id.clone(), field }),
        None => Ok(()),
    }
}
