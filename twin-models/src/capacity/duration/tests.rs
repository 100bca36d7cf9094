//! A small company with known effects.

use super::{DurationModel, Durations, Task};
use crate::stats::Draws;

fn task(estimate_h: f64, person: &str, subtype: &str) -> Task {
    Task { estimate_h: Some(estimate_h), person: person.into(), subtype: subtype.into(), ..Task::default() }
}

/// 12 people with known biases, 6 subtypes, noise of 0.4; a share is booked as estimated.
fn company(model: &mut DurationModel, tasks: u32, booked: f64) -> (Vec<f64>, Vec<(Option<Durations>, f64)>) {
    let mut draws = Draws::new(5);
    let bias: Vec<f64> = (0..12).map(|i| 0.08 * f64::from(i) - 0.44).collect();
    let subtype = [-0.2, -0.1, 0.0, 0.0, 0.1, 0.2];
    let mut said = Vec::new();
    for i in 0..tasks {
        let (who, what) = (draws.below(12), draws.below(6));
        let e = [1.0, 2.0, 4.0, 7.0, 14.0][draws.below(5)];
        let asked = task(e, &format!("p{who}"), &format!("s{what}"));
        let day = f64::from(i) * 0.2;
        if i >= tasks / 2 {
            said.push((model.predict(&asked, day), 0.0));
        }
        let free = e.powf(0.9) * (0.1 + bias[who] + subtype[what] + 0.4 * draws.normal()).exp();
        let actual = if draws.below(1000) < (1000.0 * booked) as usize { e } else { free };
        if let Some(last) = said.last_mut() {
            last.1 = actual;
        }
        assert!(model.update(&asked, actual, day));
        if i % 100 == 99 {
            model.refit(day);
        }
    }
    (bias, said)
}

#[test]
fn known_people_slope_and_coverage_come_back() {
    let mut model = DurationModel::new();
    let (bias, said) = company(&mut model, 2400, 0.0);
    for (i, truth) in bias.iter().enumerate() {
        let known = model.bias_factor(&format!("p{i}"));
        // beside the middle of a working day, where 0.1 × ln 7 of the slope is level
        let expected = truth + 0.1 - 0.1 * 7.0_f64.ln();
        assert!((known.value.unwrap().ln() - expected).abs() < 0.15, "{i}: {known:?} {expected}");
    }
    assert!((model.exponent() - 0.9).abs() < 0.05, "{}", model.exponent());
    let inside = said.iter().filter(|(q, a)| {
        let q = q.as_ref().unwrap();
        (q.q10_h..=q.q90_h).contains(a)
    });
    let share = inside.count() as f64 / said.len() as f64;
    assert!((0.77..0.83).contains(&share), "{share}");
}

#[test]
fn hours_booked_as_estimated_are_a_jump_of_the_probability() {
    let mut model = DurationModel::new();
    let (_, said) = company(&mut model, 1200, 0.4);
    let over: f64 = said.iter().filter_map(|(q, _)| q.as_ref()?.p_overrun).sum::<f64>() / said.len() as f64;
    // 60 % are free, and of these about half take more
    assert!((0.2..0.4).contains(&over), "{over}");
    let p = |h| model.p_finish(&task(4.0, "p5", "s2"), h, 300.0).unwrap();
    assert!(p(4.0) - p(3.99) > 0.2 && p(0.0) < 1e-9 && p(1000.0) > 0.97, "{} {}", p(4.0), p(3.99));
}

#[test]
fn new_people_get_wider_answers_than_known_ones() {
    let mut model = DurationModel::new();
    company(&mut model, 1000, 0.0);
    let width = |who: &str| {
        let q = model.predict(&task(4.0, who, "s2"), 201.0).unwrap();
        assert!(q.quantiles_h.is_sorted() && q.q10_h > 0.0);
        (q.q90_h / q.q10_h).ln()
    };
    assert!(width("nobody") > width("p6"));
    let names: Vec<String> =
        model.multipliers(&task(4.0, "nobody", "s2")).into_iter().map(|m| m.name).collect();
    assert!(names.contains(&"subtype".to_owned()) && !names.contains(&"person".to_owned()));
}

#[test]
fn impossible_tasks_teach_nothing() {
    let mut model = DurationModel::new();
    for bad in [0.0, -3.0, f64::NAN, f64::INFINITY, 10_000.0] {
        assert!(!model.update(&task(2.0, "", ""), bad, 1.0));
        assert!(model.predict(&task(bad, "", ""), 1.0).is_none());
    }
    assert!(!model.update(&task(2.0, "", ""), 2.0, f64::NAN));
    model.refit(f64::NAN);
    model.refit(0.0);
    assert_eq!(model.tasks(), (0, 0));
    assert!(model.predict(&Task::default(), 1.0).is_none() && model.bias_factor("").value.is_none());
    // an impossible estimate is none
    assert!(model.update(&task(f64::NAN, "", ""), 2.0, 1.0));
    assert_eq!(model.tasks(), (0, 1));
}

#[test]
fn tasks_without_estimates_are_known_by_their_kind() {
    let mut model = DurationModel::new();
    let kind = |k: &str| Task { kind: k.into(), ..Task::default() };
    for i in 0..60 {
        model.update(&kind("call"), 0.5 + 0.1 * f64::from(i % 3), f64::from(i));
        model.update(&kind("study"), 20.0 + f64::from(i % 5), f64::from(i));
    }
    model.refit(60.0);
    let h = |k: &str| model.predict(&kind(k), 61.0).unwrap();
    assert!(
        (h("call").q50_h - 0.6).abs() < 0.15 && (h("study").q50_h - 22.0).abs() < 3.0,
        "{:?}",
        h("study")
    );
    assert!(h("call").p_overrun.is_none() && h("new").q90_h / h("new").q10_h > 8.0);
}

#[test]
fn who_books_what_was_estimated_is_forecast_at_it() {
    let mut model = DurationModel::new();
    let mut draws = Draws::new(9);
    for i in 0..300 {
        let day = f64::from(i);
        let free = 4.0 * (0.4 + 0.3 * draws.normal()).exp();
        model.update(&task(4.0, "booker", ""), if i % 5 < 3 { 4.0 } else { free }, day);
        model.update(&task(4.0, "timer", ""), 4.0 * (0.4 + 0.3 * draws.normal()).exp(), day);
        model.refit(day);
    }
    let hours = |who: &str| model.predict(&task(4.0, who, ""), 301.0).unwrap();
    let (booker, timer) = (hours("booker"), hours("timer"));
    assert_eq!(booker.q50_h, 4.0);
    assert!((timer.q50_h / 4.0).ln() > 0.25 && booker.q90_h > 4.5, "{timer:?} {booker:?}");
    assert!(booker.p_overrun < Some(0.5) && timer.p_overrun > Some(0.75), "{timer:?} {booker:?}");
    assert!(model.bias_factor("booker").value < model.bias_factor("timer").value);
}

#[test]
fn days_from_anywhere_and_out_of_order_give_hours() {
    for days in [[-1e300, 0.0, 1e300], [1e6, -1e6, 0.0], [0.0, 1e-300, 1e300]] {
        let mut model = DurationModel::new();
        for (i, day) in days.iter().cycle().take(60).enumerate() {
            assert!(model.update(&task(2.0, "a", "b"), 1.0 + (i % 4) as f64, *day));
            if i % 20 == 7 {
                model.refit(*day);
            }
            let q = model.predict(&task(2.0, "a", "b"), *day).unwrap();
            let known = q.quantiles_h.iter().all(|h| h.is_finite() && *h > 0.0);
            assert!(known && q.quantiles_h.is_sorted() && q.n_effective > 0.0, "{q:?}");
        }
    }
}
