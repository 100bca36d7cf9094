use super::super::compatibility_learnt::features;
use super::super::logistic::logistic;
use super::*;
use crate::learn::metrics::{auc, calibration_error};
use twin_core::estimate::EstimateStatus;

fn measured(value: f64) -> Option<Measured> {
    Some(Measured { value, sd: 0.05 })
}

fn random(noise: &mut Noise) -> ([Side; 2], Between) {
    let mut side = || Side {
        skills: (0..4).map(|_| noise.unit() * 5.0).collect(),
        hours: Some((7.0 + 4.0 * noise.unit(), 15.0 + 4.0 * noise.unit())),
        chronotype_h: Some(2.0 + 4.0 * noise.unit()),
        workload: Some(0.4 + 0.8 * noise.unit()),
    };
    let sides = [side(), side()];
    let between = Between {
        past: (0..noise.below(5)).map(|_| noise.unit()).collect(),
        hand_offs: measured(noise.unit()),
        meetings: measured(noise.unit()),
        tie: measured(noise.unit()),
        reciprocity: measured(noise.unit()),
        style_matching: measured(noise.unit()),
        style_proximity: measured(noise.unit()),
    };
    (sides, between)
}

fn chance(sides: &[Side; 2], between: &Between) -> f64 {
    let weights = [0.3, 1.0, 2.0, 1.5, 0.4, 2.5, -0.5, -1.0];
    let [a, b] = sides;
    logistic(0.3 + features([a, b], between).iter().zip(weights).map(|(x, w)| x * w).sum::<f64>())
}

fn outcomes(n: usize, noise: &mut Noise) -> Vec<JointOutcome> {
    let mut one = |i: usize| {
        let (sides, between) = random(noise);
        let good = noise.unit() < chance(&sides, &between);
        let pair = [format!("p{}", i % 17), format!("q{}", i % 13)];
        JointOutcome { pair, team: format!("t{}", i % 4), sides, between, good }
    };
    (0..n).map(&mut one).collect()
}

fn of(names: [&str; 2], sides: &[Side; 2], between: &Between, outcomes: &[JointOutcome]) -> Estimate {
    let [a, b] = sides;
    compatibility(names, "t1", [a, b], between, outcomes)
}

#[test]
fn the_answer_is_symmetric_and_its_parts_add_up() {
    let mut noise = Noise::of(1, [0, 0, 0]);
    let past = outcomes(60, &mut noise);
    for list in [&past[..0], &past[..]] {
        let (sides, between) = random(&mut noise);
        let there = of(["p1", "q1"], &sides, &between, list);
        let turned = [sides[1].clone(), sides[0].clone()];
        assert_eq!(there, of(["q1", "p1"], &turned, &between, list));
        assert!(there.low < there.value && there.value < there.high && there.status == EstimateStatus::Ok);
        let parts: f64 = there.contributions.iter().map(|c| c.amount).sum();
        let base = if list.is_empty() { 50.0 } else { there.contributions[0].baseline.unwrap() };
        assert!((there.value.unwrap() - base - parts).abs() < 1e-9);
    }
    let mut turned = past.clone();
    for outcome in &mut turned {
        outcome.pair.reverse();
        outcome.sides.reverse();
    }
    let (sides, between) = random(&mut noise);
    let value = |list: &[JointOutcome]| of(["p1", "q1"], &sides, &between, list).value.unwrap();
    assert!((value(&past) - value(&turned)).abs() < 1e-9);
}

/// No field of the input is a protected attribute: this fails to build when one is added.
#[test]
fn nothing_else_goes_in() {
    let Side { skills: _, hours: _, chronotype_h: _, workload: _ } = Side::default();
    let Between {
        past: _,
        hand_offs: _,
        meetings: _,
        tie: _,
        reciprocity: _,
        style_matching: _,
        style_proximity: _,
    } = Between::default();
    // and names are only names
    let mut noise = Noise::of(3, [0, 0, 0]);
    let (sides, between) = random(&mut noise);
    let value = |names| of(names, &sides, &between, &[]).value;
    assert_eq!(value(["Anna", "Mehmet"]), value(["Bob", "x"]));
}

#[test]
fn outcomes_teach_and_probabilities_hold() {
    let mut noise = Noise::of(4, [0, 0, 0]);
    let past = outcomes(150, &mut noise);
    let (mut p, mut index, mut good) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..600 {
        let (sides, between) = random(&mut noise);
        good.push(noise.unit() < chance(&sides, &between));
        let [a, b] = &sides;
        p.push(compatibility(["x", "y"], "t9", [a, b], &between, &past).value.unwrap());
        index.push(compatibility(["x", "y"], "t9", [a, b], &between, &[]).value.unwrap());
    }
    let (learnt, plain, error) =
        (auc(&p, &good).unwrap(), auc(&index, &good).unwrap(), calibration_error(&p, &good).unwrap());
    println!("compatibility: AUC learnt {learnt:.3} index {plain:.3}, calibration error {error:.3}");
    assert!(learnt > plain && learnt > 0.65 && error < 0.1);
}

#[test]
fn ties_and_shared_hours_never_harm_even_if_outcomes_say_so() {
    let mut noise = Noise::of(5, [0, 0, 0]);
    let mut past = outcomes(120, &mut noise);
    for outcome in &mut past {
        outcome.good = outcome.between.tie.unwrap().value < 0.5;
    }
    let (sides, between) = random(&mut noise);
    let with = |tie| of(["x", "y"], &sides, &Between { tie: measured(tie), ..between.clone() }, &past).value;
    assert!(with(0.1) <= with(0.9));
    let late = [Side { hours: Some((16.0, 23.0)), ..sides[0].clone() }, sides[1].clone()];
    assert!(of(["x", "y"], &late, &between, &past).value <= of(["x", "y"], &sides, &between, &past).value);
}

#[test]
fn bad_or_no_input_has_no_answer_or_is_left_out() {
    let nobody = [Side::default(), Side::default()];
    assert_eq!(of(["a", "b"], &nobody, &Between::default(), &[]).status, EstimateStatus::InsufficientData);
    for bad in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
        let between =
            Between { past: vec![bad], hand_offs: measured(bad), tie: measured(bad), ..Between::default() };
        let side = Side { skills: vec![bad.min(-1.0)], hours: Some((bad.max(25.0), bad)), ..Side::default() };
        assert!(of(["a", "b"], &[side.clone(), side], &between, &[]).value.is_none(), "{bad}");
    }
    let some = Between { hand_offs: measured(0.9), ..Between::default() };
    let known = of(["a", "b"], &nobody, &some, &[]);
    assert_eq!((known.value.map(f64::round), known.status), (Some(60.0), EstimateStatus::Provisional));
    assert!(known.high.unwrap() - known.low.unwrap() > 15.0);
    assert_eq!(overlap_h((22.0, 6.0), (0.0, 8.0)), Some(6.0));
    assert_eq!((overlap_h((9.0, 17.0), (13.0, 21.0)), overlap_h((9.0, 30.0), (1.0, 2.0))), (Some(4.0), None));
}
