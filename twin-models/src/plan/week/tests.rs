//! Plans against the rules, written apart from the search.

use super::*;
use proptest::prelude::*;

/// A day of 16 slots of two hours before and after lunch, energy falling.
fn slot(t: usize) -> Slot {
    Slot { working: (1..15).contains(&(t % 16)), energy: 0.9 - 0.04 * (t % 16) as f64, ..Slot::default() }
}

fn days(days: usize, tasks: Vec<WorkTask>) -> WeekProblem {
    WeekProblem {
        slots_per_day: 16,
        slots: (0..16 * days).map(slot).collect(),
        tasks,
        daily_capacity: vec![12; days],
        lunch: Some(Lunch { from: 6, to: 11 }),
        ..WeekProblem::default()
    }
}

fn task(id: &str, slots: f64, value: f64) -> WorkTask {
    WorkTask { id: id.into(), q50: slots * 0.8, q80: slots, value, ..WorkTask::default() }
}

fn plan(problem: &WeekProblem, steps: u64) -> WeekPlan {
    work_plan(problem, Budget::steps(steps, 1)).unwrap()
}

/// The first rule that a plan breaks.
fn broken(problem: &WeekProblem, plan: &WeekPlan) -> Option<String> {
    let (n, per_day) = (problem.slots.len(), problem.slots_per_day);
    let find = |id: &str| problem.tasks.iter().find(|t| t.id == id).unwrap();
    let of = |id: &str| plan.blocks.iter().filter(|b| b.task == id).cloned().collect::<Vec<_>>();
    let end = |id: &str| of(id).iter().map(|b| b.end).max();
    let mut owner: Vec<Option<&str>> = vec![None; n];
    for b in &plan.blocks {
        for (s, owner) in problem.slots[b.start..b.end].iter().zip(&mut owner[b.start..b.end]) {
            if owner.is_some() || s.busy || !(s.working || s.after_hours) {
                return Some(format!("a slot of {}", b.task));
            }
            *owner = Some(&b.task);
        }
    }
    let locked = |t: usize| owner[t].is_some_and(|id| find(id).locked.is_some());
    let was_locked = |t: usize| {
        problem.tasks.iter().any(|k| k.locked.is_some_and(|s| s <= t && t < s + k.q80.ceil() as usize))
    };
    for day in 0..n / per_day {
        let range = day * per_day..(day + 1) * per_day;
        if range.clone().filter(|&t| owner[t].is_some()).count() > problem.daily_capacity[day] {
            return Some(format!("capacity of day {day}"));
        }
        let mut work = 0;
        for t in range {
            if owner[t].is_some() && !locked(t) {
                work += 1;
            } else if owner[t].is_none() && !problem.slots[t].busy {
                work = 0;
            }
            if work > 6 {
                return Some(format!("no break before {t}"));
            }
        }
        if let Some(lunch) = problem.lunch {
            let pair = |free: &dyn Fn(usize) -> bool| {
                (lunch.from..lunch.to - 1).any(|t| free(day * per_day + t) && free(day * per_day + t + 1))
            };
            let could = pair(&|t| !problem.slots[t].busy && !was_locked(t));
            if could && !pair(&|t| !problem.slots[t].busy && owner[t].is_none()) {
                return Some(format!("no lunch on day {day}"));
            }
        }
    }
    for t in &problem.tasks {
        let blocks = of(&t.id);
        let listed = plan.unplaced.iter().any(|u| u.task == t.id);
        if listed != blocks.is_empty() {
            return Some(format!("{} is neither placed nor unplaced, or both", t.id));
        }
        let (Some(first), slots) = (blocks.first(), t.q80.ceil() as usize) else { continue };
        if blocks.iter().map(|b| b.end - b.start).sum::<usize>() != slots {
            return Some(format!("slots of {}", t.id));
        }
        if t.locked.is_some_and(|s| s != first.start) {
            return Some(format!("{} is locked", t.id));
        }
        let whole = blocks.iter().zip(blocks.iter().skip(1)).all(|(a, b)| b.start == a.end + 1)
            && first.start / per_day == end(&t.id).unwrap().saturating_sub(1).max(first.start) / per_day;
        if slots > 0 && t.locked.is_none() && !t.splittable && !whole {
            return Some(format!("{} is in parts", t.id));
        }
        if t.splittable
            && t.locked.is_none()
            && blocks.iter().any(|b| b.end - b.start < t.min_chunk.min(slots))
        {
            return Some(format!("{} has a part too short", t.id));
        }
        for p in &t.depends_on {
            match end(p) {
                Some(e) if e <= first.start => {}
                None if t.locked.is_some() => {}
                _ => return Some(format!("{} before {p}", t.id)),
            }
        }
    }
    None
}

/// What blocks are worth, counted slot by slot.
fn points(problem: &WeekProblem, blocks: &[Block]) -> f64 {
    let w = &problem.weights;
    let mut sum = 0.0;
    let mut blocks: Vec<Block> = blocks.to_vec();
    blocks.sort_by_key(|b| (b.start, b.end));
    let worked: Vec<&Block> = blocks.iter().filter(|b| b.end > b.start).collect();
    for pair in worked.windows(2) {
        let one_day = pair[0].start / problem.slots_per_day == pair[1].start / problem.slots_per_day;
        sum -= if one_day && pair[0].task != pair[1].task { w.switch } else { 0.0 };
    }
    for t in &problem.tasks {
        let mine: Vec<&Block> = blocks.iter().filter(|b| b.task == t.id).collect();
        let slots = t.q80.ceil() as usize;
        // of blocks that overlap the first counts
        let first = |at: usize| problem.current.iter().find(|b| (b.start..b.end).contains(&at));
        let old: Vec<usize> =
            (0..problem.slots.len()).filter(|&at| first(at).is_some_and(|b| b.task == t.id)).collect();
        let working = |from: usize, to: usize| problem.slots[from..to].iter().filter(|s| s.working).count();
        let end = mine.iter().map(|b| b.end).max().unwrap_or(problem.slots.len());
        let late = t.deadline.filter(|d| *d < end).map_or(0, |d| 1 + working(d, end));
        sum -= w.late * t.value * late as f64;
        if mine.is_empty() {
            sum -= if old.is_empty() { 0.0 } else { w.moved * problem.slots_per_day as f64 };
            continue;
        }
        for b in &mine {
            for at in b.start..b.end {
                let s = problem.slots[at];
                sum += 100.0 * t.value * t.load * s.energy;
                sum -= if s.after_hours && !s.working { w.after_hours } else { 0.0 };
                let away = old.iter().map(|o| o.abs_diff(at)).min().unwrap_or(0);
                sum -= w.moved * away as f64 / slots as f64;
            }
            sum += if t.deep && b.end - b.start >= 6 { w.focus } else { 0.0 };
            sum -= if b.end - b.start < 2 && slots >= 2 { w.fragment } else { 0.0 };
        }
    }
    sum
}

/// The most that tasks in one go can reach: every start of each, or none.
fn best_of_all(problem: &WeekProblem, blocks: &mut Vec<Block>, i: usize) -> f64 {
    let Some(task) = problem.tasks.get(i) else {
        let placed = |id: &str| blocks.iter().any(|b| b.task == id);
        let unplaced = problem.tasks.iter().filter(|t| !placed(&t.id));
        let unplaced = unplaced.map(|t| Unplaced { task: t.id.clone(), reason: Reason::NoRoom }).collect();
        let plan = WeekPlan {
            blocks: blocks.clone(),
            unplaced,
            deadlines: vec![],
            objective: 0.0,
            bound: 0.0,
            moves: vec![],
            warnings: vec![],
        };
        return if broken(problem, &plan).is_some() { f64::NEG_INFINITY } else { points(problem, blocks) };
    };
    let mut best = best_of_all(problem, blocks, i + 1);
    let long = task.q80.ceil() as usize;
    for start in 0..=problem.slots.len() - long {
        blocks.push(Block { task: task.id.clone(), start, end: start + long });
        best = best.max(best_of_all(problem, blocks, i + 1));
        blocks.pop();
    }
    best
}

#[test]
fn a_long_task_gets_its_breaks_and_lunch_is_kept() {
    let problem = days(1, vec![task("a", 11.0, 5.0), WorkTask { splittable: true, ..task("b", 9.0, 2.0) }]);
    let found = plan(&problem, 300);
    assert_eq!(broken(&problem, &found), None);
    // lunch and breaks leave no day for eleven slots in one go: two breaks of a slot are no lunch
    assert_eq!(found.unplaced, vec![Unplaced { task: "a".into(), reason: Reason::Lunch }]);
    assert!(found.blocks.len() >= 2 && found.blocks.iter().all(|b| b.task == "b"));
}

#[test]
fn what_binds_is_named() {
    let mut problem = days(1, vec![task("long", 20.0, 9.0), task("idle", 2.0, 1.0), task("waits", 1.0, 1.0)]);
    problem.tasks[1].value = 0.0;
    problem.tasks[2].depends_on = vec!["long".into()];
    let reason = |problem: &WeekProblem, id: &str| {
        let found = plan(problem, 50);
        assert_eq!(broken(problem, &found), None);
        found.unplaced.into_iter().find(|u| u.task == id).map(|u| u.reason)
    };
    assert_eq!(reason(&problem, "long"), Some(Reason::NoRoom));
    assert_eq!(reason(&problem, "idle"), Some(Reason::NotWorthIt));
    assert_eq!(reason(&problem, "waits"), Some(Reason::WaitsFor { tasks: vec!["long".into()] }));
    problem.tasks[0] = task("long", 4.0, 9.0);
    problem.daily_capacity = vec![3];
    assert_eq!(reason(&problem, "long"), Some(Reason::DailyCapacity));
    problem.daily_capacity = vec![4];
    assert_eq!(reason(&problem, "waits"), Some(Reason::Displaced { by: vec!["long".into()] }));
    problem.tasks[2].depends_on = vec![];
    problem.tasks[2].locked = Some(2);
    problem.tasks[0].q80 = 2.0;
    problem.tasks[0].q50 = 2.0;
    problem.tasks[2].depends_on = vec!["long".into()];
    assert_eq!(reason(&problem, "long"), Some(Reason::BeforeLocked));
    let order = Clash::Order { task: "waits".into(), needs: "long".into() };
    assert_eq!(plan(&problem, 50).warnings, vec![order]);
}

#[test]
fn clashes_and_bad_input_are_named() {
    let locked = |id: &str, at| WorkTask { locked: Some(at), ..task(id, 3.0, 1.0) };
    let of = |problem: &WeekProblem| work_plan(problem, Budget::steps(10, 1)).unwrap_err();
    let mut problem = days(
        1,
        vec![
            locked("a", 3),
            locked("b", 5),
            WorkTask { q80: 2.0, q50: 1.0, ..locked("c", 14) },
            locked("d", 99),
        ],
    );
    problem.tasks[0].depends_on = vec!["b".into()];
    let id = String::from;
    let clashes = [
        Clash::Overlap { tasks: [id("a"), id("b")] },
        Clash::Order { task: id("a"), needs: id("b") },
        Clash::NotFree { task: id("c"), slot: 15 },
        Clash::Outside { task: id("d") },
    ];
    let WeekError::Infeasible { clashes: found } = of(&problem) else { panic!("no clash") };
    assert!(clashes.iter().all(|clash| found.contains(clash)), "{found:?}");
    let mut problem = days(1, vec![locked("a", 3), locked("b", 7)]);
    problem.daily_capacity = vec![5];
    let over = Clash::Capacity { day: 0, tasks: vec![id("a"), id("b")] };
    assert_eq!(of(&problem), WeekError::Infeasible { clashes: vec![over] });
    let bad = |change: &dyn Fn(&mut WeekProblem)| {
        let mut problem = days(1, vec![task("a", 1.0, 1.0), task("b", 1.0, 1.0)]);
        change(&mut problem);
        of(&problem)
    };
    assert_eq!(bad(&|p| p.tasks[1].id = id("a")), WeekError::SameId { task: id("a") });
    assert_eq!(bad(&|p| p.tasks[1].q80 = f64::NAN), WeekError::Task { task: id("b"), field: "q80" });
    assert_eq!(bad(&|p| p.tasks[1].q50 = 9.0), WeekError::Task { task: id("b"), field: "q80" });
    assert_eq!(bad(&|p| p.slots[1].energy = 2.0), WeekError::Calendar { field: "slots" });
    assert_eq!(bad(&|p| p.daily_capacity = vec![]), WeekError::Calendar { field: "daily_capacity" });
    let none = WeekError::NoSuchTask { task: id("a"), needs: id("x") };
    assert_eq!(bad(&|p| p.tasks[0].depends_on = vec![id("x")]), none);
    let circle = bad(&|p| {
        p.tasks[0].depends_on = vec![id("b")];
        p.tasks[1].depends_on = vec![id("a")];
    });
    assert_eq!(circle, WeekError::Cycle { tasks: vec![id("a"), id("b")] });
    let empty = plan(&WeekProblem { slots_per_day: 4, ..WeekProblem::default() }, 10);
    assert_eq!((empty.blocks.len(), empty.objective, empty.bound), (0, 0.0, 0.0));
}

#[test]
fn a_task_without_length_stands_where_what_it_waits_for_ends() {
    let mut problem = days(1, vec![task("work", 2.0, 1.0), task("done", 0.0, 1.0), task("next", 1.0, 1.0)]);
    problem.tasks[1].depends_on = vec!["work".into()];
    problem.tasks[1].deadline = Some(8);
    problem.tasks[2].depends_on = vec!["done".into()];
    let found = plan(&problem, 100);
    assert_eq!(broken(&problem, &found), None);
    let done = found.blocks.iter().find(|b| b.task == "done").unwrap();
    assert_eq!((done.start, done.end), (3, 3));
    assert_eq!(found.deadlines, vec![Deadline { task: "done".into(), late_slots: Some(0), p_late: 0.0 }]);
}

#[test]
fn a_new_meeting_moves_few_tasks() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut problem =
        days(3, names.iter().enumerate().map(|(i, id)| task(id, 2.0 + (i % 3) as f64, 2.0)).collect());
    let first = plan(&problem, 500);
    problem.current = first.blocks.clone();
    let again = plan(&problem, 500);
    assert_eq!((again.blocks, again.moves), (first.blocks.clone(), vec![]));
    let block = &first.blocks[2];
    problem.slots[block.start].busy = true;
    let changed = plan(&problem, 500);
    assert_eq!(broken(&problem, &changed), None);
    let moved = changed.moves.iter().find(|m| m.task == block.task).unwrap();
    assert_eq!((moved.from, &moved.reason), (block.start, &Some(Reason::Event)));
    // without the price of moves more is changed, or as much
    problem.weights.moved = 0.0;
    assert!(changed.moves.len() <= plan(&problem, 500).moves.len().max(2));
    assert!(changed.moves.len() <= 3, "{:?}", changed.moves);
}

#[test]
fn deep_work_is_kept_together_and_deadlines_have_probabilities() {
    let mut problem = days(1, vec![WorkTask { deep: true, splittable: true, ..task("deep", 6.0, 1.0) }]);
    problem.slots.iter_mut().for_each(|s| s.energy = 0.5);
    problem.tasks[0].deadline = Some(8);
    let found = plan(&problem, 200);
    assert_eq!(found.blocks.len(), 1);
    assert!(
        (found.objective - (6.0 * 50.0 + 20.0)).abs() < 1e-9 && (found.bound - found.objective).abs() < 1e-9
    );
    // seven working slots to the deadline for a task of 4.8 in the middle case
    let p = found.deadlines[0].p_late;
    assert!(p > 0.05 && p < 0.2, "{p}");
    problem.slots[1].busy = true;
    assert!(plan(&problem, 200).deadlines[0].p_late > p);
}

#[test]
fn what_is_overdue_comes_first() {
    let mut problem =
        days(2, vec![task("overdue", 3.0, 1.0), task("rich", 4.0, 9.0), task("today", 3.0, 1.0)]);
    problem.tasks[0].deadline = Some(0);
    problem.tasks[2].deadline = Some(15);
    problem.daily_capacity = vec![6, 6];
    let found = plan(&problem, 300);
    assert_eq!(broken(&problem, &found), None);
    let day = |id: &str| found.blocks.iter().find(|b| b.task == id).map(|b| b.start / 16);
    // four slots of work that is worth more wait a day, at no price
    assert_eq!((day("overdue"), day("today"), day("rich")), (Some(0), Some(0), Some(1)));
    // it is late in every plan, and the bound knows: one for being late, three working slots at least
    assert!(found.bound < 100.0 * 0.9 * (4.0 * 9.0 + 6.0) - 60.0 * 4.0 + 1e-9, "{}", found.bound);
    // after hours are not used to be less late overnight
    problem.slots.iter_mut().enumerate().for_each(|(t, s)| s.after_hours = t % 16 == 15);
    problem.daily_capacity = vec![12, 12];
    let found = plan(&problem, 300);
    assert!(found.blocks.iter().all(|b| b.end <= 15 || b.start >= 16), "{:?}", found.blocks);
}

#[test]
fn a_caller_may_stop_at_once() {
    let problem = days(5, (0..30).map(|i| task(&format!("{i}"), 3.0, 1.0)).collect());
    let stop = || true;
    let budget = Budget { should_stop: Some(&stop), ..Budget::steps(u64::MAX, 1) };
    let found = work_plan(&problem, budget).unwrap();
    assert_eq!(broken(&problem, &found), None);
    assert!(found.objective > 0.0);
}

fn problems() -> impl Strategy<Value = WeekProblem> {
    let one = (
        0..14_u8,
        0..7_usize,
        prop::option::of(0..50_usize),
        0..9_u8,
        any::<[bool; 2]>(),
        prop::option::of(0..10_usize),
    );
    let locked = prop::option::weighted(0.06, 0..44_usize);
    let tasks = prop::collection::vec((one, locked), 0..12);
    let slots = prop::collection::vec((0..8_u8, 0..=10_u8), 48);
    (tasks, slots, 4..14_usize, any::<bool>(), any::<u64>()).prop_map(
        |(raw, slots, capacity, lunch, seed)| {
            let tasks = raw.into_iter().enumerate().map(
                |(i, ((q80, chunk, deadline, value, [split, deep], after), locked))| WorkTask {
                    id: format!("t{i}"),
                    q50: f64::from(q80) * 0.7,
                    q80: f64::from(q80),
                    min_chunk: chunk,
                    deadline,
                    value: f64::from(value),
                    load: 1.0,
                    depends_on: after.filter(|p| *p < i).map(|p| format!("t{p}")).into_iter().collect(),
                    splittable: split,
                    deep,
                    locked: locked.filter(|_| q80 < 4),
                },
            );
            let tasks: Vec<WorkTask> = tasks.collect();
            let of = |(kind, energy): (u8, u8)| Slot {
                working: kind > 1,
                after_hours: kind == 1,
                busy: kind == 2,
                energy: f64::from(energy) / 10.0,
            };
            // some of a plan from before, whether it keeps the rules or not
            let current = tasks.iter().enumerate().filter(|(i, _)| seed >> i & 1 == 1).map(|(i, t)| {
                let start = i * 4;
                Block { task: t.id.clone(), start, end: (start + t.q80 as usize).min(48) }
            });
            WeekProblem {
                slots_per_day: 16,
                slots: slots.into_iter().map(of).collect(),
                daily_capacity: vec![capacity; 3],
                lunch: lunch.then_some(Lunch { from: 5, to: 10 }),
                current: current.collect(),
                tasks,
                weights: Weights::default(),
            }
        },
    )
}

proptest! {
    #[test]
    fn few_tasks_are_planned_nearly_as_well_as_can_be(
        raw in prop::collection::vec((1..4_u8, 1..12_usize, 0..9_u8, any::<bool>()), 1..4),
        busy in prop::collection::vec(0..5_u8, 12),
        capacity in 2..8_usize,
    ) {
        let of = |(i, (slots, deadline, value, deep)): (usize, (u8, usize, u8, bool))| WorkTask {
            deadline: Some(deadline),
            deep,
            depends_on: (i == 2).then(|| "t0".to_owned()).into_iter().collect(),
            ..task(&format!("t{i}"), slots.into(), value.into())
        };
        let mut problem = days(1, raw.into_iter().enumerate().map(of).collect());
        problem.slots.truncate(12);
        problem.slots_per_day = 12;
        problem.daily_capacity = vec![capacity];
        problem.current = vec![Block { task: "t1".into(), start: 2, end: 3 }];
        problem.slots.iter_mut().zip(busy).for_each(|(slot, b)| slot.busy = b == 0);
        let truth = best_of_all(&problem, &mut Vec::new(), 0);
        let found = plan(&problem, 400);
        // never above what can be, and short of it by no more than a switch
        prop_assert!(found.objective <= truth + 1e-6, "{} {truth}", found.objective);
        prop_assert!(found.objective >= truth - 15.0, "{} {truth} {:?}", found.objective, found.blocks);
    }

    #[test]
    fn no_plan_ever_breaks_a_rule(problem in problems(), steps in 0..60_u64, seed in 0..3_u64) {
        let budget = Budget::steps(steps, seed);
        match work_plan(&problem, budget) {
            Ok(found) => {
                prop_assert_eq!(broken(&problem, &found), None);
                prop_assert_eq!(&found, &work_plan(&problem, budget).unwrap());
                let week = problem::Week::of(&problem).unwrap();
                prop_assert!(worth::bound(&week) >= found.objective - 1e-6);
                prop_assert!((points(&problem, &found.blocks) - found.objective).abs() < 1e-6);
                prop_assert!(found.deadlines.iter().all(|d| (0.0..=1.0).contains(&d.p_late)));
            }
            Err(WeekError::Infeasible { clashes }) => {
                prop_assert!(!clashes.is_empty() && problem.tasks.iter().any(|t| t.locked.is_some()));
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
