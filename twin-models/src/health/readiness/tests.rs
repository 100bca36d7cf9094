//! What the book asks of readiness: monotone drivers, sums, coverage, honest absence.

use super::drivers::{Answers, DRIVERS, KINDS, Morning};
use super::prior::Prior;
use super::*;
use proptest::prelude::*;
use twin_core::estimate::EstimateStatus;

const SCALE: Scale = Scale { low: 0.0, high: 10.0 };

fn all_priors() -> [&'static Prior; 7] {
    [
        &priors::READINESS,
        &priors::READINESS_WITH_MORNING,
        &priors::FATIGUE,
        &priors::MOOD,
        &priors::STRESS,
        &priors::SORENESS,
        &priors::SLEEP_QUALITY,
    ]
}

fn morning(day: i32, answer: Option<f64>) -> Morning {
    let odd = f64::from((day * 7) % 5);
    Morning {
        day,
        sleep_min: Some(420.0 + 10.0 * odd),
        sleep_efficiency: Some(0.9 + 0.01 * odd),
        resting_hr_bpm: Some(55.0 + odd),
        load_yesterday: Some(60.0 * odd),
        restoration: Some(20.0 - odd),
        answers: Answers { readiness: answer, ..Answers::default() },
        ..Morning::default()
    }
}

fn noise(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as f64 / 2_f64.powi(31)
}

#[test]
fn shipped_priors_are_sound() {
    assert!(priors::PEOPLE.len() >= 4);
    for prior in all_priors() {
        assert!(
            (0.0..=1.0).contains(&prior.centre) && prior.spread > 0.0 && prior.tau > 0.0 && prior.noise > 0.0
        );
        assert!(prior.errors.is_sorted() && prior.platt[0] > 0.0);
        for (kind, weight) in KINDS.iter().zip(prior.weights) {
            assert!(kind.sign * weight >= 0.0, "{} {weight}", kind.name);
        }
    }
}

#[test]
fn each_driver_moves_the_forecast_the_way_people_share() {
    for prior in all_priors() {
        let mut learner = Learner::new(prior, SCALE);
        learner.observe(&[0.0; DRIVERS], 5.0);
        for (i, kind) in KINDS.iter().enumerate() {
            let said = |z: f64| {
                let mut drivers = [0.0; DRIVERS];
                drivers[i] = z;
                kind.sign * learner.forecast(&drivers).mean
            };
            let path: Vec<f64> = (-6..=6).map(|k| said(f64::from(k) / 2.0)).collect();
            assert!(path.is_sorted(), "{} {path:?}", kind.name);
        }
    }
}

#[test]
fn four_of_five_answers_fall_inside_the_interval() {
    let (mut seed, mut inside, mut n) = (7, 0, 0);
    let mut learner = Learner::new(&priors::READINESS, SCALE);
    for day in 0..1500 {
        let wave = 6.0 + 2.0 * (f64::from(day) / 40.0).sin();
        let answer = (wave + 3.0 * (noise(&mut seed) - 0.5)).round();
        let z = [noise(&mut seed) - 0.5; DRIVERS];
        let said = learner.forecast(&z);
        if learner.answers() >= ANSWERS_MIN {
            n += 1;
            inside += i32::from((answer - said.mean).abs() <= said.half_width);
        }
        learner.observe(&z, answer);
    }
    let share = f64::from(inside) / f64::from(n);
    assert!((0.75..=0.88).contains(&share), "{share}");
}

#[test]
fn without_answers_the_recovery_terms_speak_and_say_so() {
    let mornings: Vec<Morning> = (0..20).map(|day| morning(day, None)).collect();
    let said = readiness(&mornings, SCALE);
    assert_eq!(said.score.status, EstimateStatus::Provisional);
    assert!(said.score.value.is_some() && said.score.gaps[0].contains("not calibrated to you"));
    let sum: f64 = said.score.contributions.iter().map(|c| c.amount).sum();
    assert!((sum - (said.score.value.unwrap() - 50.0)).abs() < 1e-9);
    assert_eq!((said.rating.prior_share, said.rating.confidence), (1.0, 0.0));
    assert_eq!(said.low_day.status, EstimateStatus::InsufficientData);
    let bare = readiness(&[Morning::default()], SCALE);
    assert_eq!(bare.score.value, None);
}

#[test]
fn this_mornings_answer_is_not_used() {
    let mut mornings: Vec<Morning> = (0..30).map(|day| morning(day, Some(f64::from(5 + day % 3)))).collect();
    let before = readiness(&mornings, SCALE);
    mornings[29].answers.readiness = Some(0.0);
    assert_eq!(before, readiness(&mornings, SCALE));
    mornings[29].answers.fatigue = Some(1.0);
    assert_eq!(before, readiness(&mornings, SCALE));
}

#[test]
fn learned_state_travels() {
    let mut learner = Learner::new(&priors::MOOD, Scale { low: 1.0, high: 5.0 });
    for i in 0..40 {
        learner.observe(&[f64::from(i % 3) - 1.0; DRIVERS], f64::from(2 + i % 3));
    }
    let text = serde_json::to_string(&learner).unwrap();
    let back: Learner = serde_json::from_str(&text).unwrap();
    assert_eq!(back, learner);
    assert!(back.is_current() && !text.contains("answers\":["));
}

#[test]
fn bad_input_is_absent() {
    let absent = |said: SelfReport, status| {
        assert!(said.rating.value.is_none() && said.score.value.is_none() && said.low_day.value.is_none());
        assert_eq!(said.rating.status, status);
    };
    absent(readiness(&[], SCALE), EstimateStatus::InsufficientData);
    for scale in [(0.0, 0.0), (10.0, 0.0), (f64::NAN, 5.0), (0.0, 1e9), (0.0, f64::INFINITY)] {
        let scale = Scale { low: scale.0, high: scale.1 };
        absent(readiness(&[morning(0, Some(5.0)); 20], scale), EstimateStatus::OutOfRangeInput);
    }
    absent(readiness(&[morning(5, None), morning(1, None)], SCALE), EstimateStatus::OutOfRangeInput);
    let odd = readiness(&[morning(0, Some(f64::NAN)), morning(1, Some(-400.0)), morning(2, None)], SCALE);
    assert_eq!(odd.rating.prior_share, 1.0);
    assert!(odd.rating.gaps.iter().any(|g| g.contains("outside the scale")));
}

#[test]
fn a_long_silence_makes_it_provisional_again() {
    let mut mornings: Vec<Morning> = (0..30).map(|day| morning(day, Some(f64::from(5 + day % 3)))).collect();
    mornings.push(morning(30, None));
    let fresh = readiness(&mornings, SCALE);
    mornings.pop();
    mornings.push(morning(60, None));
    let old = readiness(&mornings, SCALE);
    assert_eq!((fresh.rating.status, old.rating.status), (EstimateStatus::Ok, EstimateStatus::Provisional));
    assert!(old.rating.confidence <= fresh.rating.confidence);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_history_gives_sums_and_ranges(
        answers in prop::collection::vec(prop::option::of(0_u8..=10), 1..50),
        sleep in prop::collection::vec(prop::option::of(-1e4_f64..1e4), 50),
        hr in prop::collection::vec(prop::option::of(30.0_f64..120.0), 50),
    ) {
        let mornings: Vec<Morning> = answers.iter().zip(0..).zip(sleep.iter().zip(&hr)).map(|((a, day), (s, h))| Morning {
            day, sleep_min: *s, resting_hr_bpm: *h,
            answers: Answers { readiness: a.map(f64::from), ..Answers::default() },
            ..Morning::default()
        }).collect();
        let said = readiness(&mornings, SCALE);
        let past = mornings.iter().rev().skip(1).filter_map(|m| m.answers.readiness).collect::<Vec<_>>();
        let rating = said.rating.value.unwrap();
        prop_assert!((0.0..=10.0).contains(&rating));
        prop_assert!(said.rating.low.unwrap() <= rating && rating <= said.rating.high.unwrap());
        if let Some(usual) = crate::stats::mean(&past) {
            let sum: f64 = said.rating.contributions.iter().map(|c| c.amount).sum();
            prop_assert!((sum - (rating - usual)).abs() < 1e-6, "{} {}", sum, rating - usual);
            let score = said.score.value.unwrap();
            let sum: f64 = said.score.contributions.iter().map(|c| c.amount).sum();
            prop_assert!((0.0..=100.0).contains(&score) && (sum - (score - 50.0)).abs() < 1e-6);
            prop_assert!(said.low_day.value.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }
    }
}
