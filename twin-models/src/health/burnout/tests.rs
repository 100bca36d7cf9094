use super::*;
use proptest::prelude::*;

/// 118 usual days and 28 that differ.
fn days(recent: Day) -> Vec<Day> {
    let wave = |i: usize| (i % 5) as f64 - 2.0;
    let usual = |i: usize| Day {
        exhaustion: Some(36.0),
        effort_reward: Some(0.6),
        detachment_deficit: Some(0.1 + 0.02 * wave(i)),
        sleep_debt_h: Some(1.0 + 0.5 * wave(i)),
        recovery_failure: i.is_multiple_of(7).then(|| wave(i)),
        workload: Some(6.0 + wave(i)),
        mood: Some(7.0 + 0.5 * wave(i)),
        lnrmssd_7d: Some(4.0 + 0.1 * wave(i)),
        ..Day::default()
    };
    let mut all: Vec<Day> = (0..118).map(usual).collect();
    all.extend((118..146).map(|i| {
        let Day { exhaustion, workload, mood, sleep_debt_h, .. } = recent;
        let day = usual(i);
        Day {
            exhaustion: exhaustion.or(day.exhaustion),
            workload: workload.or(day.workload),
            mood: mood.or(day.mood),
            sleep_debt_h: sleep_debt_h.or(day.sleep_debt_h),
            ..day
        }
    }));
    all
}

#[test]
fn a_usual_month_is_at_the_base_rate() {
    let risk = burnout_risk(&days(Day::default()));
    assert!((risk.probability.value.unwrap() - BASE_RATE).abs() < 0.03);
    assert_eq!((risk.band, risk.probability.status), (Some(Band::Low), EstimateStatus::Ok));
    assert!(risk.trend.unwrap().abs() < 0.05);
}

#[test]
fn reasons_add_up_and_levers_lower_it() {
    let hard = Day { exhaustion: Some(60.0), workload: Some(9.0), sleep_debt_h: Some(3.0), ..Day::default() };
    let risk = burnout_risk(&days(hard));
    let sum = |e: &Estimate| e.contributions.iter().map(|c| c.amount).sum::<f64>();
    assert!((sum(&risk.log_odds) - (risk.log_odds.value.unwrap() - base())).abs() < 1e-9);
    let p = risk.probability.value.unwrap();
    assert!((sum(&risk.probability) - (p - BASE_RATE)).abs() < 1e-9);
    let found: Vec<Driver> = risk.levers.iter().map(|l| l.driver).collect();
    assert!(found.contains(&Driver::SleepDebt) && found.contains(&Driver::Workload));
    assert!(!found.contains(&Driver::Exhaustion));
    assert!(risk.levers.iter().all(|l| l.probability < p) && risk.trend.unwrap() > 0.2);
    assert!(risk.probability.low.unwrap() < p && p < risk.probability.high.unwrap());
}

#[test]
fn each_driver_moves_it_in_its_direction() {
    let p = |day: Day| burnout_risk(&days(day)).probability.value.unwrap();
    let usual = p(Day::default());
    assert!(p(Day { exhaustion: Some(50.0), ..Day::default() }) > usual);
    assert!(p(Day { workload: Some(8.0), ..Day::default() }) > usual);
    assert!(p(Day { mood: Some(5.0), ..Day::default() }) > usual);
    assert!(p(Day { mood: Some(9.0), ..Day::default() }) < usual);
}

#[test]
fn without_a_word_it_stays_careful() {
    let mut all = days(Day { sleep_debt_h: Some(9.0), workload: Some(20.0), ..Day::default() });
    let n = all.len();
    for day in &mut all[n - 40..] {
        *day =
            Day { exhaustion: None, effort_reward: None, mood: None, detachment_deficit: Some(0.9), ..*day };
    }
    let risk = burnout_risk(&all);
    assert!(risk.probability.confidence <= UNSPOKEN_CONFIDENCE && risk.band <= Some(Band::Elevated));
    assert_eq!(risk.probability.status, EstimateStatus::Provisional);
    assert!(risk.probability.gaps.iter().any(|g| g.contains("28 days")));
}

#[test]
fn eight_scores_teach_the_own_level() {
    let with_scores = |score: f64, n: usize| {
        let mut all = days(Day::default());
        (0..n).for_each(|i| all[60 + 7 * i].cbi = Some(score));
        all.iter_mut().for_each(|d| d.exhaustion = None);
        burnout_risk(&all).log_odds
    };
    let own = |e: &Estimate| e.contributions.iter().find(|c| c.feature == "own_level").map(|c| c.amount);
    assert_eq!(own(&with_scores(70.0, 7)), None);
    assert!(own(&with_scores(70.0, 8)).unwrap() > 0.5);
    assert!(own(&with_scores(20.0, 10)).unwrap() < 0.0);
}

#[test]
fn nothing_gives_nothing() {
    let risk = burnout_risk(&[Day::default(); 200]);
    assert_eq!((risk.probability.value, risk.band, risk.trend), (None, None, None));
    assert_eq!(risk.probability.gaps.len(), 8);
    let odd = Day { exhaustion: Some(f64::NAN), workload: Some(f64::INFINITY), ..Day::default() };
    assert_eq!(burnout_risk(&[odd; 150]).probability.value, None);
}

proptest! {
    #[test]
    fn always_a_probability(values in prop::collection::vec(prop::option::weighted(0.8, -1e6..1e6_f64), 0..160)) {
        let all: Vec<Day> = values.iter().map(|v| Day {
            exhaustion: *v, workload: *v, mood: v.map(f64::abs), effort_reward: *v, cbi: *v, ..Day::default()
        }).collect();
        let risk = burnout_risk(&all);
        prop_assert!(risk.probability.value.is_none_or(|p| (0.0..=1.0).contains(&p)));
        prop_assert!((0.0..=1.0).contains(&risk.probability.confidence));
    }
}
