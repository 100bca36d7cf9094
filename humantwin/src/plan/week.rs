//! Open tasks in the free working time of the coming days.

use super::{LeftOut, PlanBlock, PlanView, conflict, invalid};
use crate::error::{Error, Result};
use crate::predict::work::{OpenTask, WorkWeek};
use crate::predict::{Features, NamedEstimate};
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_models::plan::Budget;
use twin_models::plan::week::{
    self, Block, Lunch, Reason, Slot, WeekError, WeekProblem, WorkTask, work_plan,
};

/// Slots of a day: quarters of an hour.
const SLOTS: usize = 96;
/// Days planned, unless asked otherwise.
const DAYS: u32 = 5;
/// Hours after which work is after hours, and at which it ends for good.
const EVENING_H: f64 = 20.0;

pub(super) fn plan(
    features: &Features<'_>,
    days: Option<u32>,
    current: &[PlanBlock],
    budget: Budget<'_>,
) -> Result<PlanView> {
    let days = match days.unwrap_or(DAYS) {
        n if (1..=14).contains(&n) => n as usize,
        n => return Err(invalid(format!("`days` is {n}, expected 1..=14"))),
    };
    let known = WorkWeek::of(features, days)?;
    let problem = WeekProblem {
        slots_per_day: SLOTS,
        slots: slots(features, &known, days),
        tasks: known.tasks.iter().map(|task| work_task(features, task, &known, days)).collect(),
        daily_capacity: known.days.iter().map(|day| (4.0 * day.workable_h) as usize).collect(),
        lunch: Some(Lunch { from: 46, to: 56 }),
        current: current.iter().filter_map(|block| slot_block(features, block, days)).collect(),
        ..WeekProblem::default()
    };
    let found = work_plan(&problem, budget).map_err(told)?;
    let mut view = PlanView::empty();
    let moment = |slot: usize| at(features, slot);
    for block in found.blocks.iter().filter(|b| b.end > b.start) {
        let (start, end) = (moment(block.start), moment(block.end));
        view.blocks.push(PlanBlock { task: block.task.clone(), start, end });
    }
    view.left_out =
        found.unplaced.iter().map(|u| LeftOut { name: u.task.clone(), reason: words(&u.reason) }).collect();
    for deadline in &found.deadlines {
        let p = deadline.p_late;
        let status = EstimateStatus::Ok;
        let mut late = Estimate::absent(week::ID, week::VERSION, "1", status, Vec::new());
        (late.value, late.kind, late.confidence) = (Some(p), EstimateKind::Probability, 0.5);
        view.estimates.push(NamedEstimate { name: format!("late: {}", deadline.task), estimate: late });
        let due = known.tasks.iter().find(|task| task.id == deadline.task).and_then(|task| task.due);
        if due.is_some_and(|due| due <= features.moment()) {
            view.words.push(format!("`{}` is overdue", deadline.task));
        } else if p > 0.5 {
            view.words.push(format!("`{}` will more likely than not be late", deadline.task));
        }
    }
    for moved in &found.moves {
        let why = moved.reason.as_ref().map_or_else(|| "it is worth more there".into(), words);
        let to = match moved.to {
            Some(slot) => format!("moves to {}", moment(slot)),
            None => "is no longer planned".into(),
        };
        view.words.push(format!("`{}` {to}: {why}", moved.task));
    }
    view.words.extend(known.words);
    (view.objective, view.bound) = (found.objective, found.bound);
    Ok(view)
}

/// The moment of a slot, counted from the midnight of today.
fn at(features: &Features<'_>, slot: usize) -> Timestamp {
    let (day, of_day) = (slot / SLOTS, slot % SLOTS);
    features.at_clock(i32::try_from(day).unwrap_or(0), of_day as f64 / 4.0)
}

/// The slot of a moment; absent where it is not within the days.
fn slot_of(features: &Features<'_>, at: Timestamp, days: usize) -> Option<usize> {
    let day = usize::try_from(-features.days_ago(at)).ok().filter(|d| *d < days)?;
    Some(day * SLOTS + (4.0 * features.local_h(at)) as usize)
}

fn slot_block(features: &Features<'_>, block: &PlanBlock, days: usize) -> Option<Block> {
    let start = slot_of(features, block.start, days)?;
    let long = (block.end.secs_since(block.start) / 900.0).round().max(0.0) as usize;
    Some(Block { task: block.task.clone(), start, end: (start + long).min(days * SLOTS) })
}

fn slots(features: &Features<'_>, known: &WorkWeek, days: usize) -> Vec<Slot> {
    let now = (4.0 * features.local_h(features.moment())).ceil() as usize;
    (0..days * SLOTS)
        .map(|n| {
            let (day, of_day) = (n / SLOTS, n % SLOTS);
            let hour = of_day as f64 / 4.0;
            let Some(known) = known.days.get(day) else { return Slot::default() };
            let over = n < now;
            let within = |(from, to): &(f64, f64)| hour + 0.25 > *from && hour < *to;
            let (from, to) = known.work_h;
            Slot {
                working: !over && to > from && within(&(from, to)),
                after_hours: !over && to > from && hour >= to && hour < EVENING_H,
                busy: known.meetings.iter().any(within),
                energy: known.energy.get(of_day).copied().flatten().unwrap_or(0.5),
            }
        })
        .collect()
}

fn work_task(features: &Features<'_>, task: &OpenTask, known: &WorkWeek, days: usize) -> WorkTask {
    let due = task.due.and_then(|due| match due {
        past if past <= features.moment() => Some(0),
        _ => slot_of(features, due, days),
    });
    let complexity = task.complexity.unwrap_or(0.5);
    let q80 = 4.0 * task.q80_h;
    WorkTask {
        id: task.id.clone(),
        q50: 4.0 * task.q50_h,
        q80,
        min_chunk: 2.min(q80.ceil() as usize).max(1),
        deadline: due,
        value: task.value.unwrap_or(1.0),
        load: 0.5 + complexity,
        depends_on: task
            .depends_on
            .iter()
            .filter(|id| known.tasks.iter().any(|t| t.id == **id))
            .cloned()
            .collect(),
        splittable: q80 > 6.0,
        deep: complexity >= 0.6,
        locked: None,
    }
}

/// The rule that binds, in words.
fn words(reason: &Reason) -> String {
    match reason {
        Reason::NoRoom => "no free working time is long enough".into(),
        Reason::DailyCapacity => "it is more than its days hold".into(),
        Reason::Lunch => "it would take the lunch".into(),
        Reason::Breaks => "it would need more than 90 minutes without a break".into(),
        Reason::BeforeLocked => "a task at a fixed time waits for it".into(),
        Reason::WaitsFor { tasks } => format!("it waits for {}, which found no place", tasks.join(", ")),
        Reason::NotWorthIt => "it would lose more, as after hours, than it gains".into(),
        Reason::Displaced { by } => format!("in the same time {} are worth more", by.join(", ")),
        Reason::Event => "an event lies where it was".into(),
    }
}

fn told(error: WeekError) -> Error {
    match error {
        WeekError::Calendar { .. } | WeekError::Task { .. } => invalid(error.to_string()),
        WeekError::Cycle { ref tasks } => {
            conflict(format!("these tasks depend on each other in a circle: {}", tasks.join(", ")))
        }
        other => conflict(other.to_string()),
    }
}
