use super::*;
use crate::stats::Draws;
use std::f64::consts::TAU;

/// A day awake from 7 to 23 with its crest at that hour.
fn day(crest_h: f64, amplitude: f64) -> Vec<Option<f64>> {
    let energy = |h: f64| 0.55 + amplitude * (TAU * (h - crest_h) / 24.0).cos();
    (0..96).map(|i| (f64::from(i) + 0.5) / 4.0).map(|h| (7.0..23.0).contains(&h).then(|| energy(h))).collect()
}

fn seen(clock_h: f64, energy: f64) -> EnergyObservation {
    let kind = ObservationKind::SelfReport;
    EnergyObservation { clock_h, weekend: false, age_days: 5.0, energy, kind }
}

/// `n` reports of a person whose crest lies there.
fn reports(n: usize, crest_h: f64, draws: &mut Draws) -> Vec<EnergyObservation> {
    let one = |_| {
        let h = 7.0 + 16.0 * draws.unit();
        let true_energy = 0.55 + 0.25 * (TAU * (h - crest_h) / 24.0).cos();
        seen(h, (true_energy + 0.25 * draws.normal()).clamp(0.0, 1.0))
    };
    (0..n).map(one).collect()
}

#[test]
fn sixty_reports_recover_the_crest() {
    let mut draws = Draws::new(3);
    let prior = day(15.5, 0.25);
    let (mut own, mut general, mut inside) = (0.0, 0.0, 0);
    for _ in 0..60 {
        // the usual distance between early and late people
        let crest = 15.5 + 1.5 * draws.normal().clamp(-2.0, 2.0);
        let observations = reports(60, crest, &mut draws);
        let peaks =
            peak_windows(&PeakInput { prior: &prior, weekend: [false; 2], observations: &observations });
        let best = peaks.best_hour;
        own += (best.value.unwrap() - crest).abs() / 60.0;
        general += (15.5 - crest).abs() / 60.0;
        inside += usize::from(best.low.unwrap() <= crest && crest <= best.high.unwrap());
        assert_eq!(best.status, EstimateStatus::Ok);
    }
    println!("mean error {own:.2} h, of people in general {general:.2} h, {inside} of 60 inside");
    assert!(own <= 0.75 && own < general, "{own} {general}");
    assert!((42..=60).contains(&inside), "{inside}");
}

#[test]
fn windows_are_long_high_and_likely() {
    let (morning, evening) = (day(11.0, 0.25), day(18.0, 0.25));
    let two: Vec<_> = morning.into_iter().chain(evening).collect();
    let peaks = peak_windows(&PeakInput { prior: &two, weekend: [false, true], observations: &[] });
    assert_eq!((peaks.slots.len(), peaks.windows.len()), (192, 2));
    for window in &peaks.windows {
        assert!(window.end_slot - window.start_slot >= MIN_SLOTS && window.probability >= MIN_PROBABILITY);
    }
    assert!(peaks.windows[0].start_slot < 44 && peaks.windows[1].start_slot > 96 + 60);
    assert_eq!(peaks.best_hour.status, EstimateStatus::Provisional);
    assert!(peaks.slots[0].is_none() && peaks.slots[60].is_some());
    let flat = peak_windows(&PeakInput { prior: &day(12.0, 0.0), weekend: [false; 2], observations: &[] });
    assert!(flat.windows.is_empty() && flat.best_hour.value.is_none());
}

#[test]
fn nothing_is_claimed_of_hours_never_observed() {
    let prior = day(18.0, 0.25);
    // only mornings were ever looked at
    let mornings: Vec<_> = (0..80).map(|i| seen(7.0 + 6.0 * f64::from(i) / 80.0, 0.5)).collect();
    let peaks = peak_windows(&PeakInput { prior: &prior, weekend: [false; 2], observations: &mornings });
    assert!(peaks.windows.iter().all(|w| w.end_slot <= 13 * 4), "{:?}", peaks.windows);
    assert!(peaks.best_hour.gaps.iter().any(|g| g.contains("13, 14, 15")), "{:?}", peaks.best_hour.gaps);
    assert!(peaks.coverage[9] > 0.0 && peaks.coverage[15] == 0.0);
    assert!(peaks.slots[36].unwrap().observed && !peaks.slots[70].unwrap().observed);
    let change = &peaks.best_hour.contributions[0];
    assert!((peaks.best_hour.value.unwrap() - change.baseline.unwrap() - change.amount).abs() < 1e-9);
}

#[test]
fn bad_input_is_left_out_or_refused() {
    let refused = |prior: &[Option<f64>]| {
        peak_windows(&PeakInput { prior, weekend: [false; 2], observations: &[] }).best_hour.status
    };
    assert_eq!(refused(&[Some(0.5); 95]), EstimateStatus::OutOfRangeInput);
    assert_eq!(refused(&[Some(f64::NAN); 96]), EstimateStatus::OutOfRangeInput);
    assert_eq!(refused(&[]), EstimateStatus::OutOfRangeInput);
    assert_eq!(refused(&[None; 96]), EstimateStatus::InsufficientData);
    let prior = day(15.0, 0.2);
    let bad = [seen(25.0, 0.5), seen(12.0, f64::NAN), seen(12.0, 7.0), seen(3.0, 0.5)];
    let input = PeakInput { prior: &prior, weekend: [false; 2], observations: &bad };
    let peaks = peak_windows(&input);
    assert!(
        peaks.best_hour.gaps.iter().any(|g| g.starts_with("4 obs")) && peaks.best_hour.n_effective == 0.0
    );
    let old = [EnergyObservation { age_days: f64::INFINITY, ..seen(12.0, 0.5) }];
    assert!(peak_windows(&PeakInput { observations: &old, ..input }).coverage.iter().all(|n| *n == 0.0));
}
