use super::cause::Cause;
use super::night::{Night, State};
use super::*;
use proptest::prelude::*;

fn night(bpm: f64) -> Night {
    Night { resting_hr: Some(bpm), ..Night::default() }
}

/// `n` usual nights: 55, 56, 57, 55 …
fn usual(n: u32) -> Vec<Night> {
    (0..n).map(|i| night(55.0 + f64::from(i % 3))).collect()
}

fn states(nights: &[Night]) -> Vec<State> {
    health_anomaly(nights).nights.iter().map(|n| n.state).collect()
}

#[test]
fn fourteen_nights_of_learning() {
    let states = states(&usual(16));
    assert!(states[..13].iter().all(|s| *s == State::Learning));
    assert_eq!(states[13..], [State::Green; 3]);
    let early = health_anomaly(&usual(5));
    assert_eq!((early.today.value, early.today.status), (None, EstimateStatus::InsufficientData));
    assert!(early.today.gaps.contains(&"5 of 14 nights".to_owned()));
    assert_eq!(health_anomaly(&[]).nights, []);
}

#[test]
fn one_alert_an_episode_that_closes_after_two_normal_nights() {
    let mut nights = usual(30);
    nights.extend([60.0, 64.0, 64.0, 63.0, 64.0, 56.0, 55.0, 56.0].map(night));
    let all = health_anomaly(&nights).nights;
    let alerts: Vec<usize> = (0..all.len()).filter(|i| all[*i].alert).collect();
    assert_eq!(alerts, [31]);
    assert_eq!(all[31].since, Some(30));
    assert!(all[31..=35].iter().all(|n| n.state == State::Red));
    assert_eq!((all[36].state, all[37].state), (State::Green, State::Green));
}

#[test]
fn seven_quiet_nights_after_an_episode() {
    let episode = [63.0, 64.0, 64.0, 56.0, 55.0, 56.0].map(night);
    let usual_again = |n: usize| (0..n).map(|i| night(55.0 + (i % 3) as f64));
    let alerts_with_pause = |pause: usize| {
        let mut nights = usual(30);
        nights.extend(episode.clone());
        nights.extend(usual_again(pause));
        nights.extend(episode.clone());
        health_anomaly(&nights).nights.iter().filter(|n| n.alert).count()
    };
    assert_eq!((alerts_with_pause(0), alerts_with_pause(10)), (1, 2));
}

#[test]
fn what_stays_is_the_new_usual() {
    let mut nights = usual(30);
    nights.extend((0..60).map(|i| night(63.0 + f64::from(i % 3))));
    let all = health_anomaly(&nights).nights;
    assert_eq!(all.iter().filter(|n| n.alert).count(), 1);
    assert_eq!((all[45].state, all[89].state), (State::Red, State::Green));
    assert!(all[45].drift.is_some_and(|d| d.up));
}

#[test]
fn one_high_night_is_no_alert() {
    let mut nights = usual(30);
    nights.extend([56.0, 66.0, 56.0, 55.0].map(night));
    assert!(health_anomaly(&nights).nights.iter().all(|n| !n.alert));
}

#[test]
fn an_explained_night_is_shown_as_explained() {
    let mut nights = usual(30);
    nights.extend([56.0, 61.0, 65.0].map(night));
    assert_eq!(states(&nights)[32], State::Red);
    nights[30].causes.push(Cause::Alcohol);
    nights[31].causes.push(Cause::Alcohol);
    let anomaly = health_anomaly(&nights);
    let last = &anomaly.nights[32];
    assert_eq!((last.state, &last.explained_by[..]), (State::Explained, &[Cause::Alcohol][..]));
    assert!(anomaly.words.contains("alcohol may explain") && anomaly.today.value.unwrap() > 80.0);
}

#[test]
fn an_illness_after_an_explained_night_is_still_found() {
    let mut nights = usual(30);
    nights[29].causes.push(Cause::Alcohol);
    nights.extend([62.0, 60.0, 64.0, 65.0].map(night));
    assert_eq!(states(&nights)[33], State::Red);
}

#[test]
fn the_cycle_takes_its_effect_off_and_no_more() {
    let mut nights = usual(30);
    nights.extend([57.0, 60.0, 60.0].map(night));
    nights[30..].iter_mut().for_each(|n| n.causes.push(Cause::LutealPhase));
    assert_ne!(states(&nights)[32], State::Red);
    let mut ill = nights.clone();
    ill.truncate(31);
    ill.extend([64.0, 68.0].map(night));
    ill[31..].iter_mut().for_each(|n| n.causes.push(Cause::LutealPhase));
    assert_eq!(states(&ill)[32], State::Red);
}

#[test]
fn contributions_add_up_and_channels_that_agree_say_more() {
    let full = |bpm: f64, ln: f64, breaths: f64, kelvin: f64| Night {
        resting_hr: Some(bpm),
        lnrmssd: Some(ln),
        respiratory_rate: Some(breaths),
        temperature_deviation: Some(kelvin),
        ..Night::default()
    };
    let wave = |i: u32| f64::from(i % 3) - 1.0;
    let mut nights: Vec<Night> = (0..70)
        .map(|i| full(55.0 + wave(i), 4.0 + 0.1 * wave(i + 1), 14.0 + 0.3 * wave(i), 0.2 * wave(i)))
        .collect();
    nights.extend([full(57.0, 3.8, 14.8, 0.5), full(59.0, 3.6, 15.5, 1.0)]);
    let anomaly = health_anomaly(&nights);
    let sum: f64 = anomaly.today.contributions.iter().map(|c| c.amount).sum();
    assert!((sum - (anomaly.today.value.unwrap() - 50.0)).abs() < 1e-9);
    assert_eq!(anomaly.today.contributions.len(), 4);
    assert!(anomaly.second_opinion.unwrap() > 0.6);
    let only: Vec<Night> = nights.iter().map(|n| night(n.resting_hr.unwrap())).collect();
    let alone = health_anomaly(&only);
    assert!(alone.nights[71].strength < anomaly.nights[71].strength);
    assert!(alone.today.confidence < anomaly.today.confidence);
}

#[test]
fn nights_without_a_device_change_nothing() {
    let mut nights = usual(30);
    nights.extend([60.0, 64.0].map(night));
    nights.extend([Night::default(), Night::default()]);
    let anomaly = health_anomaly(&nights);
    assert_eq!(anomaly.nights[33].state, State::Red);
    assert_eq!((anomaly.today.value, anomaly.words.is_empty()), (None, false));
    assert_eq!(states(&vec![Night::default(); 40])[39], State::NoData);
}

#[test]
fn a_constant_series_is_green() {
    assert_eq!(states(&vec![night(60.0); 60])[59], State::Green);
    assert!(states(&vec![night(612.0); 60]).iter().all(|s| *s == State::NoData));
}

proptest! {
    #[test]
    fn never_a_made_up_number(values in prop::collection::vec(prop::option::weighted(0.8, prop_oneof![
        40.0..90.0_f64, Just(f64::NAN), Just(f64::INFINITY), Just(0.0), Just(-1e300),
    ]), 0..80), at in 0_usize..80) {
        let mut nights: Vec<Night> = values.iter().map(|v| Night {
            resting_hr: *v, temperature_deviation: v.map(|x| x - 60.0), training_load: *v, ..Night::default()
        }).collect();
        if let Some(night) = nights.get_mut(at) {
            night.causes.push(Cause::Travel);
        }
        let anomaly = health_anomaly(&nights);
        prop_assert_eq!(anomaly.nights.len(), nights.len());
        for night in &anomaly.nights {
            prop_assert!(night.strength.is_none_or(|s| s.is_finite() && s >= 0.0));
            prop_assert!(night.score().is_none_or(|s| (0.0..=100.0).contains(&s)));
        }
        prop_assert!(anomaly.today.value.is_none_or(f64::is_finite));
        // what was said of a night does not depend on later nights
        let half = nights.len() / 2;
        let before = health_anomaly(&nights[..half]);
        prop_assert_eq!(&before.nights[..], &anomaly.nights[..half]);
    }
}
