use super::*;
use proptest::prelude::*;

/// Beats with a rhythm and some disorder; ends in µs.
fn beats(n: usize, seed: u64) -> (Vec<i64>, Vec<f64>) {
    let (mut state, mut t) = (seed, 0.0_f64);
    let mut ends = Vec::new();
    let rr: Vec<f64> = (0..n)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let noise = (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5;
            let rr = 850.0 + 30.0 * (0.628 * t).sin() + 20.0 * (1.57 * t).sin() + 30.0 * noise;
            t += rr / 1000.0;
            ends.push((t * 1e6) as i64);
            rr
        })
        .collect();
    (ends, rr)
}

#[test]
fn five_clean_minutes_say_everything() {
    let (t, rr) = beats(360, 7);
    let all = analyse(&t, &rr);
    assert_eq!(all.measures.len(), NAMES.len());
    for HrvMeasure { name, estimate } in &all.measures {
        assert_eq!(estimate.status, EstimateStatus::Ok, "{name}: {:?}", estimate.gaps);
        let value = estimate.value.unwrap();
        assert!(estimate.low.is_none_or(|low| low <= value + 1e-9), "{name}");
        assert!(estimate.high.is_none_or(|high| value <= high + 1e-9), "{name}");
        assert!((0.0..=1.0).contains(&estimate.confidence), "{name}");
    }
    assert_eq!(all.spectrum, Some(SpectrumMethod::Welch));
    for name in ["rmssd", "sdnn", "lf", "hf", "dfa_alpha1"] {
        assert!(all.get(name).unwrap().low.is_some(), "{name}");
    }
    assert_eq!(all.get("horoscope"), None);
    let mut workspace = Workspace::new();
    analyse_with(&mut workspace, &t[..200], &rr[..200]);
    assert_eq!(analyse_with(&mut workspace, &t, &rr), all);
}

#[test]
fn each_measure_waits_for_its_data() {
    let (t, rr) = beats(400, 3);
    let known = |n: usize| -> Vec<&str> {
        let all = analyse(&t[..n], &rr[..n]);
        all.measures.iter().filter(|m| m.estimate.value.is_some()).map(|m| m.name).collect()
    };
    assert_eq!(known(60), Vec::<&str>::new());
    assert_eq!(known(100), ["mean_nn", "mean_hr", "rmssd", "pnn50", "sd1", "hf", "hf_peak"]);
    assert!(known(130).contains(&"dfa_alpha1") && !known(130).contains(&"sampen"));
    assert!(known(210).contains(&"sampen") && !known(210).contains(&"lf"));
    assert!(known(310).contains(&"lf") && known(310).contains(&"dfa_alpha2"));
    assert!(!known(310).contains(&"vlf") && !known(310).contains(&"sdnn"));
    assert_eq!(known(370).len(), NAMES.len());
}

#[test]
fn artefacts_silence_the_spectrum_first() {
    let (t, rr) = beats(400, 5);
    let spoilt = |every: usize| {
        let mut rr = rr.clone();
        rr.iter_mut().skip(1).step_by(every).for_each(|x| *x = 250.0);
        analyse(&t, &rr)
    };
    let one = spoilt(390);
    assert_eq!(one.spectrum, Some(SpectrumMethod::LombScargle));
    assert!(one.get("lf").unwrap().value.is_some());
    let some = spoilt(10);
    assert!(some.artifact_fraction > 0.05 && some.artifact_fraction < 0.2, "{}", some.artifact_fraction);
    assert_eq!(some.get("lf").unwrap().value, None);
    assert_eq!(some.get("dfa_alpha1").unwrap().value, None);
    assert_eq!(some.get("rmssd").unwrap().status, EstimateStatus::Provisional);
    let many = spoilt(3);
    assert!(many.measures.iter().all(|m| m.estimate.value.is_none()));
    assert!(many.measures[0].estimate.gaps[0].contains("at most 20 % allowed"));
}

#[test]
fn nothing_gives_nothing() {
    let none = analyse(&[], &[]);
    assert!(none.measures.iter().all(|m| m.estimate.gaps == ["no heartbeats"]));
    let flat = analyse(&(1..=400).map(|i| i * 1_000_000).collect::<Vec<_>>(), &[1000.0; 400]);
    assert_eq!(flat.get("rmssd").unwrap().value, Some(0.0));
    assert_eq!(flat.get("dfa_alpha1").unwrap().value, None);
    assert!(flat.measures.iter().all(|m| m.estimate.confidence.is_finite()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_input_breaks_it(
        pairs in proptest::collection::vec((any::<i64>(), prop_oneof![200.0_f64..2100.0, any::<f64>()]), 0..300),
        sorted in any::<bool>(),
    ) {
        let (mut t, rr): (Vec<i64>, Vec<f64>) = pairs.into_iter().unzip();
        if sorted { t.sort_unstable(); }
        for m in analyse(&t, &rr).measures {
            let e = m.estimate;
            prop_assert!(e.value.is_none_or(f64::is_finite) && e.confidence.is_finite());
            prop_assert!(e.value.is_some() || !e.gaps.is_empty());
        }
    }
}
