use super::week::ExhaustionCheckIn;
use super::*;
use crate::learn::metrics::{brier, calibration_error, mean_absolute_error};
use crate::stats::Draws;

const NOW: usize = 30;

/// A person's weeks up to now, and true exhaustion in all of them and twelve more.
fn person(draws: &mut Draws) -> (Vec<WorkWeek>, Vec<f64>) {
    let own = PEOPLE.0 + 12.5 * draws.normal();
    let mut x = (own + 10.7 * draws.normal()).clamp(0.0, 100.0);
    let mut weight = |mean: f64| mean + 0.5 * draws.normal();
    let (d, r, c, s) = (weight(1.0), weight(0.8), weight(0.3), weight(1.0));
    // what work asks and gives changes slowly
    let mut blocks = [draws.normal(), draws.normal(), draws.normal()];
    let (mut weeks, mut truth) = (Vec::new(), Vec::new());
    for week in 0..=NOW + 12 {
        truth.push(x);
        let scale = draws.unit() < 0.3;
        let value = (x + (if scale { 4.0 } else { 8.0 }) * draws.normal()).clamp(0.0, 100.0);
        if week <= NOW {
            weeks.push(WorkWeek {
                exhaustion: (draws.unit() < 0.7).then_some(ExhaustionCheckIn { value, scale }),
                cognitive_load: Some((50.0 + 15.0 * blocks[0]).max(0.0)),
                support: Some((0.6 + 0.2 * blocks[1]).max(0.0)),
                sleep_h: Some(7.0 + 0.9 * blocks[2]),
                ..WorkWeek::default()
            });
        }
        let [demand, resource, recovery] = blocks;
        x = own + 0.96 * (x - own) + d * demand - r * resource - c * demand * resource - s * recovery
            + 3.0 * draws.normal();
        x = x.clamp(0.0, 100.0);
        blocks = blocks.map(|b| 0.95 * b + 0.31 * draws.normal());
    }
    (weeks, truth)
}

#[test]
fn it_is_calibrated_and_beats_the_last_check_in() {
    let mut draws = Draws::new(17);
    let people: Vec<_> = (0..1500).map(|_| person(&mut draws)).collect();
    for (i, weeks) in HORIZONS.into_iter().enumerate() {
        let (mut said, mut carried, mut hit) = (Vec::new(), Vec::new(), Vec::new());
        for (history, truth) in &people {
            let forecast = burnout_forecast(history, None);
            said.push(forecast.reaching[i].value.unwrap());
            let last = history.iter().rev().find_map(WorkWeek::check_in).unwrap();
            carried.push(f64::from(u8::from(last.value >= THRESHOLD)));
            hit.push(truth[NOW + weeks] >= THRESHOLD);
        }
        let error = calibration_error(&said, &hit).unwrap();
        let (own, last) = (brier(&said, &hit).unwrap(), brier(&carried, &hit).unwrap());
        println!("{weeks} weeks: ECE {error:.3}, Brier {own:.3}, last check-in carried forward {last:.3}");
        assert!(error <= 0.05 && own < 0.9 * last, "{weeks}: {error} {own} {last}");
    }
}

#[test]
fn exhaustion_now_is_nearer_than_the_last_check_in() {
    let mut draws = Draws::new(5);
    let (mut now, mut last, mut truth, mut inside) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..300 {
        let (history, x) = person(&mut draws);
        let known = burnout_forecast(&history, None).exhaustion;
        now.push(known.value.unwrap());
        last.push(history.iter().rev().find_map(WorkWeek::check_in).unwrap().value);
        truth.push(x[NOW]);
        inside += usize::from(known.low.unwrap() <= x[NOW] && x[NOW] <= known.high.unwrap());
    }
    let (own, carried) =
        (mean_absolute_error(&now, &truth).unwrap(), mean_absolute_error(&last, &truth).unwrap());
    println!("mean error {own:.2} points, last check-in {carried:.2}, {inside} of 300 inside");
    assert!(own < 0.85 * carried && (210..=270).contains(&inside), "{own} {carried} {inside}");
}

fn weeks(exhaustion: f64) -> Vec<WorkWeek> {
    let said = Some(ExhaustionCheckIn { value: exhaustion, scale: true });
    let week = WorkWeek {
        exhaustion: said,
        cognitive_load: Some(50.0),
        support: Some(0.6),
        sleep_h: Some(7.0),
        ..WorkWeek::default()
    };
    vec![week; 10]
}

#[test]
fn reasons_add_up_and_point_the_right_way() {
    let hard: Vec<WorkWeek> = weeks(55.0)
        .into_iter()
        .map(|w| WorkWeek { cognitive_load: Some(80.0), feedback: Some(0.1), support: Some(0.5), ..w })
        .collect();
    let (usual, hard) = (burnout_forecast(&weeks(55.0), None), burnout_forecast(&hard, None));
    assert!(hard.trend.value > usual.trend.value && hard.reaching[1].value > usual.reaching[1].value);
    assert_eq!(hard.top_demand.unwrap().name, "cognitive load");
    assert_eq!(hard.missing_resource.unwrap().name, "feedback");
    assert!(usual.top_demand.is_none() && usual.missing_resource.is_none());
    for (estimate, weeks) in hard.reaching.iter().zip(HORIZONS) {
        let p = estimate.value.unwrap();
        assert!(estimate.low.unwrap() <= p && p <= estimate.high.unwrap(), "{weeks}");
        assert!(estimate.contributions.iter().any(|c| c.feature == "demands" && c.amount > 0.0));
    }
    let sum: f64 = hard.trend.contributions.iter().map(|c| c.amount).sum();
    assert!((sum - hard.trend.value.unwrap()).abs() < 1e-9);
    let higher = burnout_forecast(&weeks(55.0), Some(50.0));
    assert!(higher.reaching[0].value > usual.reaching[0].value);
}

#[test]
fn without_check_ins_it_abstains_and_old_ones_are_stale() {
    let silent = |n: usize| {
        let mut all = weeks(40.0);
        all.extend(vec![WorkWeek::default(); n]);
        burnout_forecast(&all, None)
    };
    assert_eq!(silent(9).exhaustion.status, EstimateStatus::Stale);
    assert_eq!(silent(8).exhaustion.status, EstimateStatus::Ok);
    let width = |f: BurnoutForecast| f.exhaustion.high.unwrap() - f.exhaustion.low.unwrap();
    assert!(width(silent(8)) > 1.5 * width(silent(0)));
    for bad in [&[][..], &weeks(40.0)[..2], &weeks(f64::NAN), &weeks(400.0)] {
        let none = burnout_forecast(bad, None);
        assert!(none.exhaustion.value.is_none() && none.reaching.len() == 3 && none.trend.value.is_none());
        assert_eq!(none.exhaustion.status, EstimateStatus::InsufficientData);
    }
    assert_eq!(burnout_forecast(&weeks(40.0), Some(f64::NAN)).trend.status, EstimateStatus::OutOfRangeInput);
}
