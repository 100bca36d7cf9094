use super::*;
use crate::stats::Draws;
use proptest::prelude::*;

fn curve() -> Vec<Option<f64>> {
    (0..96).map(|i| Some(0.5 + 0.3 * (std::f64::consts::TAU * (f64::from(i) - 46.0) / 96.0).cos())).collect()
}

fn weeks(n: usize, slope: f64) -> Vec<Throughput> {
    let week =
        |i| Throughput { age_days: 7.0 * i as f64, days: 5.0, foreseen_h: 22.0, finished_h: 22.0 * slope };
    (0..n).map(week).collect()
}

fn value(plan: &DayPlan<'_>) -> f64 {
    daily_capacity(plan).focus_hours.value.unwrap()
}

#[test]
fn the_cold_start_is_four_and_a_half_hours() {
    let day = daily_capacity(&DayPlan { work_h: (9.0, 17.0), ..DayPlan::default() });
    let focus = day.focus_hours;
    assert!((focus.value.unwrap() - 4.5).abs() < 1e-9 && focus.status == EstimateStatus::Provisional);
    let sd = (focus.high.unwrap() - focus.low.unwrap()) / (2.0 * Z80);
    assert!((sd - 1.5).abs() < 0.02, "{sd}");
    assert_eq!((focus.prior_share, day.work_units.value), (1.0, focus.value));
}

#[test]
fn each_of_the_seven_inputs_changes_an_answer() {
    let (energy, slow) = (curve(), weeks(12, 0.7));
    let plan = DayPlan { energy: &energy, work_h: (9.0, 17.0), readiness: Some(80.0), ..DayPlan::default() };
    let (base, units) = (value(&plan), daily_capacity(&plan).work_units.value.unwrap());
    // completion times, energy, readiness, stress, meetings
    assert!(value(&DayPlan { history: &slow, ..plan }) < base - 0.5);
    assert!((value(&DayPlan { energy: &[], ..plan }) - base).abs() > 0.1);
    assert!(value(&DayPlan { readiness: Some(30.0), ..plan }) < base - 0.3);
    let stressed = value(&DayPlan { stress: Some(1.0), ..plan });
    assert!(stressed < base && stressed > 0.89 * base);
    assert!(value(&DayPlan { meetings: &[(11.0, 12.0)], ..plan }) < base - 0.5);
    // proficiency, collaboration, learning velocity
    let with = |f: UnitFactors| daily_capacity(&DayPlan { units: f, ..plan }).work_units.value.unwrap();
    assert!(with(UnitFactors { proficiency: Some(0.8), ..UnitFactors::default() }) > units);
    assert!(with(UnitFactors { bounce_share: Some(0.2), ..UnitFactors::default() }) < units);
    assert!(with(UnitFactors { wait_share: Some(0.2), ..UnitFactors::default() }) < units);
    assert!(with(UnitFactors { velocity: Some(3.0), ..UnitFactors::default() }) > units);
}

#[test]
fn finished_work_makes_it_the_persons_own_and_covers() {
    let mut draws = Draws::new(5);
    let (mut inside, people) = (0, 200);
    for _ in 0..people {
        let slope = 1.0 + 0.3 * draws.normal().clamp(-2.0, 2.0);
        let mut history = weeks(12, slope);
        for week in &mut history {
            week.finished_h *= (1.0 + 0.3 * draws.normal()).max(0.1);
        }
        let day = daily_capacity(&DayPlan { work_h: (9.0, 17.0), history: &history, ..DayPlan::default() });
        let (focus, truth) = (day.focus_hours, 4.5 * slope * (1.0 + DAY_SPREAD * draws.normal()));
        assert_eq!(focus.status, EstimateStatus::Ok);
        inside += usize::from(focus.low.unwrap() <= truth && truth <= focus.high.unwrap());
    }
    let share = inside as f64 / f64::from(people);
    println!("80 % interval holds {share:.2} of days");
    assert!((0.72..0.92).contains(&share), "{share}");
}

#[test]
fn it_foretells_weeks_better_than_their_mean() {
    let mut draws = Draws::new(12);
    let (mut own, mut of_mean) = (0.0, 0.0);
    for _ in 0..150 {
        let slope = 1.0 + 0.25 * draws.normal().clamp(-2.0, 2.0);
        // weeks differ by their meetings
        let mut all: Vec<Throughput> = (0..13)
            .map(|i| {
                let long = 5.0 * draws.unit();
                let meetings = [(9.5, 9.5 + long)];
                let plan = DayPlan { work_h: (9.0, 17.0), meetings: &meetings, ..DayPlan::default() };
                let foreseen_h = 5.0 * daily_capacity(&plan).foreseen_h;
                let finished_h = slope * foreseen_h * (1.0 + 0.25 * draws.normal()).max(0.1);
                Throughput { age_days: 7.0 * f64::from(i), days: 5.0, foreseen_h, finished_h }
            })
            .collect();
        let next = all.remove(0);
        let last: f64 = all.iter().take(8).map(|w| w.finished_h).sum::<f64>() / 8.0;
        own += (pace::pace(&all).slope * next.foreseen_h - next.finished_h).abs();
        of_mean += (last - next.finished_h).abs();
    }
    println!("mean error {:.2} of that of the mean of 8 weeks", own / of_mean);
    assert!(own < 0.9 * of_mean, "{own} {of_mean}");
}

#[test]
fn a_long_week_leaves_less() {
    let plan = DayPlan { work_h: (9.0, 17.0), ..DayPlan::default() };
    let at = |h: f64| value(&DayPlan { week_worked_h: h, ..plan });
    assert!(at(32.0) == at(0.0) && at(44.0) < at(32.0) && at(56.0) < at(44.0) && at(70.0).abs() < 1e-9);
}

#[test]
fn impossible_days_are_refused_and_days_off_hold_nothing() {
    let plan = DayPlan { work_h: (9.0, 17.0), ..DayPlan::default() };
    let refused = |p: DayPlan<'_>| {
        let day = daily_capacity(&p);
        assert_eq!((day.focus_hours.value, day.work_units.value), (None, None));
        day.focus_hours.status == EstimateStatus::OutOfRangeInput
    };
    assert!(refused(DayPlan { work_h: (17.0, 9.0), ..plan }));
    assert!(refused(DayPlan { work_h: (f64::NAN, 9.0), ..plan }));
    assert!(refused(DayPlan { meetings: &[(f64::INFINITY, 1.0)], ..plan }));
    assert!(refused(DayPlan { energy: &[Some(0.5); 95], ..plan }));
    assert!(refused(DayPlan { energy: &[Some(2.0); 96], ..plan }));
    assert!(refused(DayPlan { readiness: Some(101.0), ..plan }));
    assert!(refused(DayPlan { stress: Some(f64::NAN), ..plan }));
    assert!(refused(DayPlan { week_worked_h: 10_000.0, ..plan }));
    let off = daily_capacity(&DayPlan { work_h: (9.0, 9.0), ..plan });
    assert_eq!((off.focus_hours.value, off.work_units.value, off.free_h), (Some(0.0), Some(0.0), 0.0));
}

proptest! {
    #[test]
    fn parts_sum_and_a_meeting_never_adds(
        raw in proptest::collection::vec((0.0..24.0_f64, 0.0..4.0_f64), 0..8),
        more in (0.0..24.0_f64, 0.0..4.0_f64),
        start in 0.0..12.0_f64, long in 0.0..12.0_f64,
        readiness in proptest::option::of(0.0..100.0_f64), slope in 0.2..2.0_f64,
    ) {
        let meetings: Vec<(f64, f64)> = raw.iter().map(|(at, long)| (*at, at + long)).collect();
        let fuller: Vec<(f64, f64)> = meetings.iter().copied().chain([(more.0, more.0 + more.1)]).collect();
        let (energy, history) = (curve(), weeks(8, slope));
        let plan = DayPlan {
            energy: &energy, work_h: (start, start + long), meetings: &meetings, readiness, history: &history,
            stress: Some(0.4), ..DayPlan::default()
        };
        let day = daily_capacity(&plan);
        let (focus, units) = (&day.focus_hours, &day.work_units);
        let sum = |e: &Estimate| e.contributions.iter().map(|c| c.amount).sum::<f64>();
        let value = focus.value.unwrap();
        // what is lost to meetings leaves the free hours, what is lost to the rest the focus hours
        let lost = focus.contributions.iter().find(|c| c.feature == "meetings").map_or(0.0, |c| -c.amount);
        prop_assert!((long - lost - day.free_h).abs() < 1e-9);
        prop_assert!((long + sum(focus) - value).abs() < 1e-9 && (0.0..=MAX_FOCUS_H).contains(&value));
        prop_assert!((value + sum(units) - units.value.unwrap()).abs() < 1e-9);
        prop_assert!(focus.low.unwrap() <= value && value <= focus.high.unwrap());
        let fuller = daily_capacity(&DayPlan { meetings: &fuller, ..plan });
        prop_assert!(fuller.focus_hours.value.unwrap() <= value + 1e-9);
        prop_assert!(fuller.work_units.value.unwrap() <= units.value.unwrap() + 1e-9);
    }
}
