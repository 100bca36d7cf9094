//! What the forecast of weeks must keep.

use super::*;
use crate::noise::Noise;
use crate::stats::median;

#[test]
fn four_of_five_weeks_fall_into_the_interval() {
    let mut noise = Noise::of(2, [0, 0, 0]);
    for lumpy in [false, true] {
        let (mut inside, mut n) = (0.0, 0.0);
        for _ in 0..20 {
            let mut series = Weekly::default();
            for week in 0..120 {
                let size = (2.5 + 0.8 * noise.normal()).exp();
                let hours = match lumpy {
                    true if noise.unit() < 0.35 => 0.0,
                    true => size,
                    false => (20.0 + 5.0 * noise.normal()).max(0.0),
                };
                if let Some(next) = series.forecast(1).filter(|_| week > 20) {
                    inside += f64::from(u8::from((next[0].low..=next[0].high).contains(&hours)));
                    n += 1.0;
                }
                series.observe(Some(hours));
            }
        }
        let share = inside / n;
        assert!((0.77..0.85).contains(&share), "{lumpy} {share}");
    }
}

#[test]
fn follows_a_level_that_changes_and_ignores_one_odd_week() {
    let mut weeks = vec![Some(10.0); 30];
    weeks.push(Some(300.0));
    assert!((weekly_forecast(&weeks, 1).unwrap()[0].median - 10.0).abs() < 5.0);
    weeks.extend(vec![Some(30.0); 20]);
    let next = weekly_forecast(&weeks, 8).unwrap();
    assert_eq!(next.len(), 8);
    assert!(next.iter().all(|w| (w.median - 30.0).abs() < 3.0), "{next:?}");
}

#[test]
fn a_series_that_goes_on_says_the_same() {
    let weeks: Vec<Option<f64>> = (0..60).map(|i| (i % 9 != 4).then(|| f64::from(i * 7 % 13))).collect();
    let mut series = Weekly::default();
    weeks.iter().for_each(|week| series.observe(*week));
    assert_eq!(series.forecast(3), weekly_forecast(&weeks, 3));
}

#[test]
fn bad_input_has_no_answer_or_counts_as_unknown() {
    assert_eq!(weekly_forecast(&[], 1), None);
    assert_eq!(weekly_forecast(&[None; 50], 1), None);
    assert_eq!(weekly_forecast(&[Some(1.0); 9], 0), None);
    assert_eq!(weekly_forecast(&[Some(1.0); 9], MAX_HORIZON + 1), None);
    let constant = weekly_forecast(&[Some(5.0); 40], 1).unwrap()[0];
    assert!((constant.median - 5.0).abs() < 1e-9 && constant.low <= 5.0 && constant.high >= 5.0);
    let mut weeks = vec![Some(4.0); 20];
    weeks.extend([Some(f64::NAN), Some(f64::INFINITY), Some(-3.0), Some(1e300)]);
    let next = weekly_forecast(&weeks, 8).unwrap();
    assert!(next.iter().all(|w| (w.median - 4.0).abs() < 1e-9 && w.high.is_finite()));
    let zero = weekly_forecast(&[Some(0.0); 40], 1).unwrap()[0];
    assert_eq!((zero.median, zero.low, zero.high), (0.0, 0.0, 0.0));
}

/// The mean absolute error in shares of that of the median of 13 weeks, over series of a form, all distances.
fn beside_the_median(form: fn(&mut Noise, &mut f64) -> f64) -> f64 {
    let mut noise = Noise::of(7, [1, 2, 3]);
    let (mut own, mut of_median) = (0.0, 0.0);
    for _ in 0..30 {
        let mut state = 0.0;
        let weeks: Vec<f64> = (0..110).map(|_| form(&mut noise, &mut state).max(0.0)).collect();
        let mut series = Weekly::default();
        for (i, week) in weeks.iter().enumerate() {
            series.observe(Some(*week));
            if i < 12 {
                continue;
            }
            let quarter = median(&mut weeks[i - 12..=i].to_vec()).unwrap();
            for (said, was) in series.forecast(MAX_HORIZON).unwrap().iter().zip(&weeks[i + 1..]) {
                own += (said.median - was).abs();
                of_median += (quarter - was).abs();
            }
        }
    }
    own / of_median
}

#[test]
fn beats_the_median_of_a_quarter_whatever_the_weeks_are_like() {
    let steady = beside_the_median(|noise, _| 20.0 + 5.0 * noise.normal());
    let wanders = beside_the_median(|noise, level| {
        *level = 0.98 * *level + 2.0 * noise.normal();
        20.0 + *level + 4.0 * noise.normal()
    });
    let projects = beside_the_median(|noise, on| {
        if noise.unit() < 0.12 {
            *on = 1.0 - *on;
        }
        (4.0 + 20.0 * *on) * (1.0 + 0.3 * noise.normal())
    });
    let lumpy = beside_the_median(
        |noise, _| if noise.unit() < 0.55 { 0.0 } else { (3.0 + 0.8 * noise.normal()).exp() },
    );
    println!("steady {steady:.3}, wanders {wanders:.3}, projects {projects:.3}, lumpy {lumpy:.3}");
    assert!(steady < 0.985 && wanders < 0.96 && projects < 0.95 && lumpy < 1.0);
}

#[test]
fn last_years_weeks_are_told_apart() {
    let mut noise = Noise::of(3, [0, 0, 0]);
    let weeks: Vec<Option<f64>> = (0..150)
        .map(|week| Some(if week % 52 < 4 { 2.0 } else { 25.0 } * (1.0 + 0.05 * noise.normal())))
        .collect();
    // after 150 weeks the next quiet one is seven ahead
    let next = weekly_forecast(&weeks, 8).unwrap();
    assert!(next[7].season < -5.0 && next[7].median < 18.0, "{next:?}");
    assert!(next[2].season.abs() < 4.0 && next[2].median > 22.0, "{next:?}");
}
