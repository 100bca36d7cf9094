use super::*;
use proptest::prelude::*;

/// A day that is as full as `x`, 0..=1, in all parts.
fn day(x: f64) -> LoadDay {
    LoadDay {
        switches_per_h: Some(8.0 * x),
        interruptions_per_h: Some(8.0 * x),
        meeting_min: Some(300.0 * x),
        back_to_back: Some(4.0 * x),
        in_progress: Some(9.0 * x),
        intrinsic_h: Some(6.0 * x),
        after_hours_min: Some(90.0 * x),
        residue: Some(3.0 * x),
    }
}

fn history() -> Vec<LoadDay> {
    (0..60).map(|i| day(0.3 + 0.04 * f64::from(i % 10))).collect()
}

#[test]
fn without_events_there_is_no_load() {
    let rest = cognitive_load(&day(0.0), &history(), &[]);
    assert_eq!((rest.load.value, rest.remaining.value, rest.at_rest), (Some(0.0), Some(100.0), 0.0));
    assert_eq!(cognitive_load(&day(0.0), &[], &[]).load.value, Some(0.0));
    let none = cognitive_load(&LoadDay::default(), &history(), &[]);
    assert_eq!((none.load.value, none.load.status), (None, EstimateStatus::InsufficientData));
    // days of which nothing is known are no days
    let blank = cognitive_load(&day(0.5), &[LoadDay::default(); 60], &[]).load;
    assert_eq!((blank.status, blank.n_effective, blank.prior_share), (EstimateStatus::Provisional, 0.0, 1.0));
}

#[test]
fn the_usual_day_is_in_the_middle_and_parts_add_up() {
    let load = cognitive_load(&day(0.48), &history(), &[]);
    let value = load.load.value.unwrap();
    assert!((40.0..60.0).contains(&value) && load.load.status == EstimateStatus::Ok, "{value}");
    let points: f64 = load.parts.iter().map(|p| p.points).sum();
    assert!((points - value).abs() < 1e-9 && load.parts.len() == PARTS);
    assert!(load.load.low.unwrap() < value && value < load.load.high.unwrap());
    assert!((value + load.remaining.value.unwrap() - 100.0).abs() < 1e-12);
    let sum: f64 = load.remaining.contributions.iter().map(|c| c.amount).sum();
    assert!((sum + value).abs() < 1e-9);
    assert_eq!(cognitive_load(&day(0.48), &history()[..13], &[]).load.status, EstimateStatus::Provisional);
}

/// Check-ins of a person who minds only meetings.
fn check_ins(n: u64, noise: f64) -> Vec<CheckIn> {
    let mut draws = Draws::new(n);
    let one = |_| {
        let mut each = || day(draws.unit());
        let day = LoadDay { meeting_min: each().meeting_min, ..each() };
        let tlx = (10.0 + day.meeting_min.unwrap() / 4.0 + noise * draws.normal()).clamp(0.0, 100.0);
        CheckIn { day, tlx }
    };
    (0..n).map(one).collect()
}

#[test]
fn own_answers_teach_what_weighs() {
    let answers = check_ins(40, 5.0);
    let known = cognitive_load(&day(0.5), &history(), &answers);
    assert!(known.calibrated && known.load.gaps.is_empty(), "{:?}", known.load.gaps);
    let most = known.parts.iter().max_by(|a, b| a.points.total_cmp(&b.points)).unwrap();
    assert_eq!(most.name, "meetings");
    let points: f64 = known.parts.iter().map(|p| p.points).sum();
    assert!((points + known.at_rest - known.load.value.unwrap()).abs() < 1e-9);
    assert!(cognitive_load(&day(0.0), &history(), &answers).load.value == Some(0.0));
    // new check-ins of the same person
    let error = |answers: &[CheckIn]| {
        let of = |c: &CheckIn| cognitive_load(&c.day, &history(), answers).load.value.unwrap() - c.tlx;
        let fresh = check_ins(31, 5.0);
        fresh.iter().map(|c| of(c).abs()).sum::<f64>() / fresh.len() as f64
    };
    let (own, equal) = (error(&answers), error(&[]));
    println!("mean error {own:.1} points with own weights, {equal:.1} with equal ones");
    assert!(own < 0.7 * equal, "{own} {equal}");
}

#[test]
fn the_value_alone_is_the_same() {
    for told in [Vec::new(), check_ins(40, 0.05)] {
        let (today, days) = (day(0.9), history());
        let whole = cognitive_load(&today, &days, &told).load.value;
        assert!(whole.is_some());
        assert_eq!(load_value(&today, &days, &told), whole);
    }
    assert_eq!(load_value(&LoadDay::default(), &history(), &[]), None);
}

#[test]
fn answers_that_do_not_hold_teach_nothing() {
    let few = cognitive_load(&day(0.5), &history(), &check_ins(11, 5.0));
    assert!(!few.calibrated && few.load.gaps[0].contains("12"));
    let mut random = check_ins(30, 5.0);
    let mut draws = Draws::new(4);
    random.iter_mut().for_each(|c| c.tlx = 100.0 * draws.unit());
    let same: Vec<CheckIn> = random.iter().map(|c| CheckIn { tlx: 50.0, ..*c }).collect();
    assert!(!cognitive_load(&day(0.5), &history(), &same).calibrated);
    let bad: Vec<CheckIn> = random.iter().map(|c| CheckIn { tlx: f64::NAN, ..*c }).collect();
    assert!(!cognitive_load(&day(0.5), &history(), &bad).calibrated);
}

proptest! {
    #[test]
    fn more_of_anything_is_never_less_load(x in 0.0..1.0_f64, more in 0.0..5.0_f64) {
        let base = day(x);
        let fuller = LoadDay { interruptions_per_h: base.interruptions_per_h.map(|i| i + more), ..base };
        let load = |day: &LoadDay| cognitive_load(day, &history(), &[]).load.value.unwrap();
        prop_assert!(load(&fuller) >= load(&base) - 1e-9 && load(&fuller) <= 100.0);
    }
}
