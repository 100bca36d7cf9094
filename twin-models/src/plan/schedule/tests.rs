//! Plans against a checker written apart from the search, and against trying everything.

use super::*;
use proptest::prelude::*;

fn task(slots: usize, deadline: usize, value: f64) -> Task {
    Task { slots, deadline, value, load: 1.0, after: vec![] }
}

fn days(slots_per_day: usize, days: usize, tasks: Vec<Task>) -> Schedule {
    let slots = slots_per_day * days;
    let energy = (0..slots).map(|t| 90.0 - 5.0 * (t % slots_per_day) as f64).collect();
    Schedule { slots_per_day, energy, busy: vec![false; slots], daily_load: None, late: LATE, tasks }
}

/// Worth of a plan that keeps all rules, slot by slot.
fn worth(problem: &Schedule, start: &[Option<usize>]) -> Option<f64> {
    let mut owner: Vec<Option<usize>> = vec![None; problem.energy.len()];
    let mut sum = 0.0;
    for (i, s) in start.iter().enumerate() {
        let Some(s) = s else { continue };
        let task = &problem.tasks[i];
        for t in *s..s + task.slots {
            let same_day = t / problem.slots_per_day == s / problem.slots_per_day;
            if t >= owner.len() || problem.busy[t] || owner[t].is_some() || !same_day {
                return None;
            }
            owner[t] = Some(i);
            sum += task.value * task.load * problem.energy[t];
            sum -= if t + 1 > task.deadline { problem.late * task.value } else { 0.0 };
        }
        // slots before it that are late already: it starts after its deadline
        sum -= problem.late * task.value * s.saturating_sub(task.deadline) as f64;
        for &p in &task.after {
            if start[p].is_none_or(|q| q + problem.tasks[p].slots > *s) {
                return None;
            }
        }
    }
    for day in owner.chunks(problem.slots_per_day) {
        let load: f64 = day.iter().flatten().map(|&i| problem.tasks[i].load).sum();
        if problem.daily_load.is_some_and(|most| load > most + 1e-9) {
            return None;
        }
    }
    Some(sum)
}

fn best_of_all(problem: &Schedule, start: &mut Vec<Option<usize>>, i: usize) -> f64 {
    if i == problem.tasks.len() {
        return worth(problem, start).unwrap_or(f64::NEG_INFINITY);
    }
    let mut best = best_of_all(problem, start, i + 1);
    for s in 0..problem.energy.len() {
        start[i] = Some(s);
        best = best.max(best_of_all(problem, start, i + 1));
    }
    start[i] = None;
    best
}

#[test]
fn bad_input_is_named() {
    let of = |change: &dyn Fn(&mut Schedule)| {
        let mut problem = days(4, 2, vec![task(1, 8, 1.0), task(2, 8, 1.0)]);
        change(&mut problem);
        schedule(&problem, Budget::steps(10, 1)).unwrap_err()
    };
    assert_eq!(of(&|p| p.tasks[1].slots = 0), ScheduleError::Task { task: 1 });
    assert_eq!(of(&|p| p.tasks[0].value = f64::NAN), ScheduleError::Task { task: 0 });
    assert_eq!(of(&|p| p.tasks[0].after = vec![7]), ScheduleError::NoSuchTask { task: 0, after: 7 });
    assert_eq!(of(&|p| p.slots_per_day = 3), ScheduleError::Calendar { field: "slots_per_day" });
    assert_eq!(of(&|p| p.slots_per_day = 0), ScheduleError::Calendar { field: "slots_per_day" });
    assert_eq!(of(&|p| p.energy[2] = f64::INFINITY), ScheduleError::Calendar { field: "energy" });
    assert_eq!(of(&|p| p.busy = vec![]), ScheduleError::Calendar { field: "busy" });
    let circle = of(&|p| (p.tasks[0].after, p.tasks[1].after) = (vec![1], vec![0]));
    assert_eq!(circle, ScheduleError::Cycle { tasks: vec![0, 1] });
    let empty = schedule(&days(4, 0, vec![task(1, 1, 1.0)]), Budget::steps(10, 1)).unwrap();
    assert_eq!((empty.objective, empty.reasons), (0.0, vec![(0, Reason::NoRoom)]));
}

#[test]
fn what_is_not_done_says_why() {
    let mut problem = days(4, 1, vec![task(4, 4, 9.0), task(5, 9, 9.0), task(1, 4, 1.0), task(1, 0, 1.0)]);
    problem.tasks.push(Task { after: vec![2], ..task(1, 4, 1.0) });
    problem.late = 1e3;
    let plan = schedule(&problem, Budget::steps(100, 1)).unwrap();
    assert_eq!(plan.start, vec![Some(0), None, None, None, None]);
    let displaced = Reason::Displaced { by: vec![0], late: 0 };
    let waits = Reason::WaitsFor { tasks: vec![2] };
    assert_eq!(plan.reasons, vec![(1, Reason::NoRoom), (2, displaced), (3, Reason::NotWorthIt), (4, waits)]);
    problem.daily_load = Some(2.0);
    let plan = schedule(&problem, Budget::steps(100, 1)).unwrap();
    assert!(plan.reasons.contains(&(0, Reason::DailyLoad)));
}

#[test]
fn a_caller_may_stop_at_once() {
    let problem = days(8, 3, (1..12).map(|i| task(1 + i % 4, 24, i as f64)).collect());
    let stop = || true;
    let budget = Budget { should_stop: Some(&stop), ..Budget::steps(u64::MAX, 1) };
    let plan = schedule(&problem, budget).unwrap();
    assert_eq!(worth(&problem, &plan.start), Some(plan.objective));
    assert!(plan.objective > 0.0 && plan.objective <= plan.bound);
}

fn instances(most: usize) -> impl Strategy<Value = Schedule> {
    let one = (1..4_usize, 0..9_usize, 0..9_u8, 0..4_u8, prop::collection::vec(0..12_usize, 0..2));
    let tasks = prop::collection::vec(one, 0..most);
    (tasks, prop::collection::vec(any::<bool>(), 8), prop::option::of(0..12_u8)).prop_map(
        |(raw, busy, daily)| {
            let of =
                |(i, (slots, deadline, value, load, after)): (usize, (usize, usize, u8, u8, Vec<usize>))| {
                    let after = after.into_iter().filter(|&p| p < i).collect();
                    Task { slots, deadline, value: value.into(), load: load.into(), after }
                };
            let mut problem = days(4, 2, raw.into_iter().enumerate().map(of).collect());
            problem.busy = busy.iter().enumerate().map(|(t, b)| *b && t % 3 == 0).collect();
            problem.daily_load = daily.map(f64::from);
            problem
        },
    )
}

proptest! {
    #[test]
    fn no_plan_ever_breaks_a_rule(problem in instances(13), steps in 0..40_u64, seed in 0..3_u64) {
        let plan = schedule(&problem, Budget::steps(steps, seed)).unwrap();
        prop_assert_eq!(&plan, &schedule(&problem, Budget::steps(steps, seed)).unwrap());
        let checked = worth(&problem, &plan.start);
        prop_assert!(checked.is_some_and(|w| (w - plan.objective).abs() < 1e-6), "{checked:?} {plan:?}");
        prop_assert!(plan.objective >= 0.0 && plan.objective <= plan.bound);
        for (i, s) in plan.start.iter().enumerate() {
            prop_assert!(s.is_some() || plan.reasons.iter().any(|r| r.0 == i));
        }
    }

    #[test]
    fn few_tasks_are_planned_as_well_as_can_be(problem in instances(5)) {
        let truth = best_of_all(&problem, &mut vec![None; problem.tasks.len()], 0);
        let plan = schedule(&problem, Budget::steps(400, 1)).unwrap();
        prop_assert!((plan.objective - truth).abs() < 1e-6, "{} {truth}", plan.objective);
        prop_assert_eq!(plan.bound, plan.objective);
    }
}
