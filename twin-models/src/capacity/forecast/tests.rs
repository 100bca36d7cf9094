//! What the forecast of capacity and demand must keep.

use super::*;
use crate::stats::Draws;

fn past(n: usize, capacity: f64, demand: f64) -> Vec<PastWeek> {
    let mut draws = Draws::new(n as u64);
    let mut near = |x: f64| Some(x + 2.0 * draws.normal());
    (0..n).map(|_| PastWeek { capacity_h: near(capacity), demand_h: near(demand), open_share: 1.0 }).collect()
}

const OPEN: ComingWeek = ComingWeek { open_share: 1.0, committed_h: None };

fn ask(past: &[PastWeek], coming: &[ComingWeek], velocity: Option<f64>) -> CapacityForecast {
    capacity_forecast(&ForecastInput { past, coming, velocity })
}

#[test]
fn parts_add_up_and_leave_is_known() {
    let mut weeks = past(20, 20.0, 18.0);
    // a week of leave, and one with a holiday
    weeks[10] = PastWeek { capacity_h: Some(0.0), demand_h: Some(0.0), open_share: 0.0 };
    weeks[11] = PastWeek { capacity_h: Some(16.0), demand_h: Some(14.4), open_share: 0.8 };
    let coming = [OPEN, ComingWeek { open_share: 0.6, committed_h: Some(30.0) }, OPEN];
    let out = ask(&weeks, &coming, Some(1.0));
    for week in &out.weeks {
        for estimate in [&week.capacity, &week.demand] {
            let usual =
                estimate.contributions.iter().find(|c| c.feature == "level").unwrap().baseline.unwrap();
            let sum: f64 = estimate.contributions.iter().map(|c| c.amount).sum();
            assert!((usual + sum - estimate.value.unwrap()).abs() < 1e-9, "{estimate:?}");
            assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
            assert_eq!(estimate.status, EstimateStatus::Ok);
        }
    }
    let (first, second) = (&out.weeks[0], &out.weeks[1]);
    assert!((first.capacity.value.unwrap() - 20.2).abs() < 2.0);
    assert!((second.capacity.value.unwrap() / first.capacity.value.unwrap() - 0.605).abs() < 0.02);
    assert_eq!(second.demand.value, Some(30.0));
    assert!(second.overload.value.unwrap() > 0.99 && first.overload.value.unwrap() < 0.5);
    assert!(out.capacity_by.is_some() && out.weeks.len() == 3);
}

#[test]
fn a_full_week_is_what_the_series_says() {
    let weeks = past(30, 20.0, 18.0);
    let out = ask(&weeks, &[OPEN; 8], None);
    let demand: Vec<Option<f64>> = weeks.iter().map(|w| w.demand_h).collect();
    let next = weekly_forecast(&demand, 8).unwrap();
    for (week, next) in out.weeks.iter().zip(next) {
        let said = &week.demand;
        assert_eq!((said.value, said.low, said.high), (Some(next.median), Some(next.low), Some(next.high)));
    }
    assert_eq!(out.demand_by, Some(Method::Average));
}

#[test]
fn a_season_is_told_as_such() {
    let week = |i: usize| {
        let hours = Some(if i % 52 < 4 { 3.0 } else { 25.0 } + (i % 3) as f64);
        PastWeek { capacity_h: hours, demand_h: hours, open_share: 1.0 }
    };
    let weeks: Vec<PastWeek> = (0..150).map(week).collect();
    let told = |at: usize| {
        let parts = &ask(&weeks, &[OPEN; 8], None).weeks[at].capacity.contributions;
        parts.iter().find(|c| c.feature == "season").map_or(0.0, |c| c.amount)
    };
    assert!(told(7) < -4.0 && told(2).abs() < 4.0, "{} {}", told(7), told(2));
}

#[test]
fn learning_grows_capacity_a_little_only() {
    let weeks = past(20, 20.0, 18.0);
    let last = |v| ask(&weeks, &[OPEN; 8], v).weeks[7].capacity.value.unwrap();
    assert!(last(Some(1.0)) > last(None) && last(Some(1e9)) < 1.09 * last(None));
    assert_eq!(last(Some(f64::NAN)), last(None));
}

#[test]
fn few_weeks_are_drawn_to_people_in_general() {
    let out = ask(&past(3, 40.0, 10.0), &[OPEN], None);
    let capacity = &out.weeks[0].capacity;
    assert!((25.0..35.0).contains(&capacity.value.unwrap()) && out.capacity_by == Some(Method::ShrunkMean));
    assert_eq!(capacity.status, EstimateStatus::Provisional);
    assert_eq!(out.weeks[0].overload.status, EstimateStatus::Provisional);
    let none = ask(&[], &[OPEN], None);
    assert_eq!(none.weeks[0].overload.status, EstimateStatus::InsufficientData);
    assert!(none.weeks[0].capacity.value.is_none() && none.capacity_by.is_none());
}

#[test]
fn impossible_weeks_are_refused_or_missing() {
    let weeks = past(10, 20.0, 18.0);
    let refused = |coming: &[ComingWeek]| ask(&weeks, coming, None).weeks[0].capacity.status;
    assert_eq!(refused(&[]), EstimateStatus::OutOfRangeInput);
    assert_eq!(refused(&[OPEN; 9]), EstimateStatus::OutOfRangeInput);
    let bad = ComingWeek { open_share: f64::NAN, committed_h: None };
    assert_eq!(refused(&[bad]), EstimateStatus::OutOfRangeInput);
    let wild: Vec<PastWeek> = (0..10)
        .map(|_| PastWeek { capacity_h: Some(10_000.0), demand_h: Some(f64::NAN), open_share: 1.0 })
        .collect();
    assert!(ask(&wild, &[OPEN], None).weeks[0].capacity.value.is_none());
    let same = vec![PastWeek { capacity_h: Some(20.0), demand_h: Some(20.0), open_share: 1.0 }; 30];
    assert!(ask(&same, &[OPEN], None).weeks[0].overload.value.is_some());
}
