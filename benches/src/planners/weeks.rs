//! Plans of a working week: from nothing, and again after a new meeting.

use crate::life::Draws;
use crate::timing::median_wall;
use crate::{Failure, Line};
use twin_models::plan::Budget;
use twin_models::plan::week::{Lunch, Slot, WeekProblem, WorkTask, work_plan};

/// Five days of eight hours with meetings and so many tasks of up to two and a half hours.
pub(crate) fn week(tasks: usize) -> WeekProblem {
    let mut draws = Draws(17 + tasks as u64);
    let slot = |t: usize| {
        let hour = t % 96;
        let working = (36..68).contains(&hour);
        Slot {
            working,
            after_hours: (68..76).contains(&hour),
            busy: working && draws.unit() < 0.15,
            energy: 0.8 - 0.3 * ((hour as f64 - 40.0).abs() / 30.0).min(1.0),
        }
    };
    let slots: Vec<Slot> = (0..480).map(slot).collect();
    let task = |i: usize| {
        let long = 1.0 + (9.0 * draws.unit()).floor();
        WorkTask {
            id: format!("t{i}"),
            q50: 0.8 * long,
            q80: long,
            min_chunk: 2,
            deadline: (draws.unit() < 0.7).then(|| 60 + (420.0 * draws.unit()) as usize),
            value: 1.0 + (8.0 * draws.unit()).floor(),
            load: 1.0 + (2.0 * draws.unit()).floor(),
            depends_on: (i > 0 && draws.unit() < 0.2)
                .then(|| format!("t{}", (i as f64 * draws.unit()) as usize))
                .into_iter()
                .collect(),
            splittable: draws.unit() < 0.5,
            deep: draws.unit() < 0.4,
            locked: None,
        }
    };
    WeekProblem {
        slots_per_day: 96,
        slots,
        tasks: (0..tasks).map(task).collect(),
        daily_capacity: vec![24; 5],
        lunch: Some(Lunch { from: 46, to: 56 }),
        ..WeekProblem::default()
    }
}

pub(super) fn measure() -> Result<Vec<Line>, Failure> {
    let problem = week(30);
    let steps = Budget::steps(1000, 1);
    let first = work_plan(&problem, steps)?;
    let seconds = median_wall(3, || Ok(()), |()| Ok(work_plan(&problem, steps)?))?;
    let again = WeekProblem { current: first.blocks.clone(), ..problem.clone() };
    let mut meeting = again;
    if let (Some(block), slots) = (first.blocks.get(3), &mut meeting.slots) {
        slots.get_mut(block.start).into_iter().for_each(|slot| slot.busy = true);
    }
    let moved = work_plan(&meeting, steps)?.moves.len();
    Ok(vec![
        Line::new("plan of a week: 30 tasks, 1,000 steps", "one core", 1000.0 * seconds, "ms")
            .at_most(1000.0, 50.0)
            .note(format!(
                "{:.1} % of the bound; a new meeting moves {moved}",
                100.0 * first.objective / first.bound
            )),
    ])
}
