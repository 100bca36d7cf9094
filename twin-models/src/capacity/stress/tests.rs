use super::*;
use crate::learn::metrics::{auc, brier};
use crate::stats::Draws;

/// Days of a person whose stress follows load and mood, with high days at about that rate.
fn person(n: usize, level: f64, seed: u64) -> Vec<StressDay> {
    let mut draws = Draws::new(seed);
    let mut strain = 0.0;
    let day = |_| {
        // what weighs on a person lasts for some days
        strain = 0.7 * strain + 0.71 * draws.normal();
        let high = logistic(level + 1.5 * strain) > draws.unit();
        StressDay {
            lnrmssd: Some(4.0 - 0.1 * strain + 0.3 * draws.normal()),
            resting_hr: Some(58.0 + strain + 3.0 * draws.normal()),
            sleep_debt_h: Some(1.0 + 0.5 * strain + draws.normal()),
            cognitive_load: Some((50.0 + 12.0 * strain + 8.0 * draws.normal()).clamp(0.0, 100.0)),
            after_hours_share: Some((0.1 + 0.03 * strain + 0.05 * draws.normal()).clamp(0.0, 1.0)),
            mood: Some((3.0 - 0.6 * strain + 0.5 * draws.normal()).clamp(1.0, 5.0)),
            deadline_pressure: Some((0.6 + 0.3 * strain + 0.2 * draws.normal()).max(0.0)),
            high_stress: (draws.unit() < 0.8).then_some(high),
            ..StressDay::default()
        }
    };
    (0..n).map(day).collect()
}

#[test]
fn it_beats_the_persons_own_base_rate() {
    let (mut said, mut base, mut truth) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 0..12 {
        let days = person(260, -1.5 + 0.15 * seed as f64, 100 + seed);
        for end in (110..257).step_by(4) {
            let Some(high) = label(&days, end - 1) else { continue };
            let past: Vec<bool> = (0..end - 1 - HORIZON_DAYS).filter_map(|d| label(&days, d)).collect();
            let risk = stress_risk(&days[..end]);
            assert_eq!((risk.kind, risk.status), (EstimateKind::Probability, EstimateStatus::Ok));
            said.push(risk.value.unwrap());
            base.push(past.iter().filter(|h| **h).count() as f64 / past.len() as f64);
            truth.push(high);
        }
    }
    let skill = 1.0 - brier(&said, &truth).unwrap() / brier(&base, &truth).unwrap();
    let area = auc(&said, &truth).unwrap();
    println!("Brier skill {skill:.3} over the own base rate, AUC {area:.3}, {} days", truth.len());
    assert!(skill > 0.02 && area > 0.62, "{skill} {area}");
}

#[test]
fn reasons_add_up_and_the_future_stays_unseen() {
    let mut days = person(120, -1.0, 3);
    let risk = stress_risk(&days);
    let sum: f64 = risk.contributions.iter().map(|c| c.amount).sum();
    assert!((risk.value.unwrap() - BASE_RATE - sum).abs() < 1e-9);
    assert!(risk.low.unwrap() < risk.value.unwrap() && risk.value.unwrap() < risk.high.unwrap());
    let early = stress_risk(&days[..40]);
    assert_eq!((early.kind, early.status), (EstimateKind::Index, EstimateStatus::Provisional));
    let sum: f64 = early.contributions.iter().map(|c| c.amount).sum();
    assert!((early.value.unwrap() - 50.0 - sum).abs() < 1e-9);
    assert!(early.gaps[0].contains("of 30 labelled"));
    // the last day's own label belongs to days that are not over
    let last = days.len() - 1;
    assert!((last - 2..=last).all(|day| label(&days, day).is_none()) && label(&days, last + 9).is_none());
    days[last].resting_hr = Some(200.0);
    assert!(stress_risk(&days).value > risk.value);
}

#[test]
fn with_little_known_it_abstains() {
    let blind = vec![StressDay { mood: Some(3.0), resting_hr: Some(60.0), ..StressDay::default() }; 60];
    let risk = stress_risk(&blind);
    assert_eq!((risk.value, risk.status, risk.gaps.len()), (None, EstimateStatus::Abstained, 9));
    assert_eq!(stress_risk(&[]).status, EstimateStatus::InsufficientData);
    let mut bad = person(90, 0.0, 2);
    bad.iter_mut().for_each(|d| d.cognitive_load = Some(f64::NAN));
    bad.iter_mut().for_each(|d| d.mood = Some(f64::INFINITY));
    let risk = stress_risk(&bad);
    assert_eq!((risk.value, risk.status), (None, EstimateStatus::Abstained));
    let always: Vec<StressDay> =
        person(90, 0.0, 2).into_iter().map(|d| StressDay { high_stress: Some(true), ..d }).collect();
    let risk = stress_risk(&always).value.unwrap();
    assert!((0.6..=1.0).contains(&risk), "{risk}");
}
