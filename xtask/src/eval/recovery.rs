//! Whether the truth of simulated people comes back: their need of sleep, the phase of their
//! inner clock and their fitness constants.
//!
//! The people are invented, so this says whether the estimators work on what they were made for and nothing of
//! real people. Seeds are others than those of any test.

mod phase;

use super::report::{Figure, Report};
use super::score::mae;
use std::path::Path;
use twin_models::health::sleep::need::{NeedNight, need_estimate};
use twin_models::health::training::impulse_response::{ImpulseResponse, POPULATION_TAU, Performance};
use twin_models::health::training::performance::performance_model;
use twin_testkit::{Person, SimOptions};

const PEOPLE: u64 = 20;
const FIRST_SEED: u64 = 52_000;
const NIGHTS: u32 = 60;
/// Error of a wearable's time asleep, h.
const TST_ERROR_H: f64 = 0.3;
/// Nearness asked for: the need in h, a time constant as a share of it.
const NEED_NEAR_H: f64 = 0.5;
const TAU_NEAR: f64 = 0.25;

/// The task: a folder of recordings is not looked at.
pub(super) fn run(_: &Path) -> Result<Report, String> {
    let mut report = Report { task: "recovery".into(), people: PEOPLE as usize, ..Report::default() };
    need(&mut report)?;
    phase::phase(&mut report)?;
    for (name, days, error) in [
        ("a year, error 1 %", 365, 0.01),
        ("a year, error 2 %", 365, 0.02),
        ("half a year, error 1 %", 182, 0.01),
    ] {
        constants(&mut report, name, days, error);
    }
    report.notes.extend([
        format!("{PEOPLE} simulated people from seed {FIRST_SEED} on; invented, no model of physiology"),
        format!("need of sleep after {NIGHTS} nights, time asleep with an error of {TST_ERROR_H} h"),
        "fitness constants: tests twice a week; blocks of three hard weeks and an easy one, one taper in 13 weeks"
            .into(),
        "the control shuffles the tests; what is left then is the prior of people in general, near which these \
         people were drawn"
            .into(),
        "simulated nights pay back a quarter of a debt, as the estimate assumes: its figures flatter".into(),
    ]);
    Ok(report)
}

fn need(report: &mut Report) -> Result<(), String> {
    let (mut said, mut prior, mut free_mean, mut all_mean, mut inside) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), 0.0);
    for seed in FIRST_SEED..FIRST_SEED + PEOPLE {
        let mut random = Random(seed ^ 0x51ee);
        let world = Person::simulate(seed, &SimOptions::with_days(NIGHTS)).map_err(|e| e.to_string())?;
        let truth = world.truth();
        let nights: Vec<NeedNight> = truth
            .days
            .iter()
            .map(|day| NeedNight {
                tst_h: day.sleep.recorded.then(|| day.sleep.tst_min / 60.0 + TST_ERROR_H * random.normal()),
                naps_h: day.nap_min / 60.0,
                free: !day.works,
                unusual: day.ill || day.sleep.in_flight || day.jet_lag_h.abs() > 1.0,
            })
            .collect();
        let estimate = need_estimate(&nights);
        let need = truth.person.sleep_need_h;
        let value = estimate.value.ok_or("a need of sleep is absent after 60 nights")?;
        said.push((value, need));
        prior.push((8.0, need));
        let free: Vec<f64> = nights.iter().filter(|n| n.free).filter_map(|n| n.tst_h).collect();
        free_mean.push((free.iter().sum::<f64>() / free.len() as f64, need));
        let all: Vec<f64> = nights.iter().filter_map(|n| n.tst_h).collect();
        all_mean.push((all.iter().sum::<f64>() / all.len() as f64, need));
        let within = estimate.low.zip(estimate.high).is_some_and(|(low, high)| (low..=high).contains(&need));
        inside += f64::from(u8::from(within));
    }
    let share = |pairs: &[(f64, f64)]| {
        pairs.iter().filter(|(a, b)| (a - b).abs() <= NEED_NEAR_H).count() as f64 / pairs.len() as f64
    };
    report.n += said.len();
    report.metrics.push(Figure::new("sleep need: MAE, h", mae(&said)));
    report.metrics.push(Figure::new("sleep need: within 0.5 h", share(&said)));
    report.metrics.push(Figure::new("sleep need: inside 80 % interval", inside / said.len() as f64));
    report.baselines.push(Figure::new("sleep need: MAE of 8 h, h", mae(&prior)));
    report.baselines.push(Figure::new("sleep need: 8 h within 0.5 h", share(&prior)));
    report.baselines.push(Figure::new("sleep need: MAE of mean of free nights, h", mae(&free_mean)));
    report.baselines.push(Figure::new("sleep need: MAE of mean of all nights, h", mae(&all_mean)));
    Ok(())
}

/// Share near the truth, median error as a share, share inside the interval: of τ1 and τ2.
#[derive(Default)]
struct Found {
    errors: [Vec<f64>; 2],
    inside: [f64; 2],
}

impl Found {
    fn near(errors: &[f64]) -> f64 {
        errors.iter().filter(|e| **e <= TAU_NEAR).count() as f64 / errors.len().max(1) as f64
    }

    fn middle(errors: &[f64]) -> f64 {
        let mut sorted = errors.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

fn constants(report: &mut Report, name: &str, days: usize, error: f64) {
    let (mut own, mut population, mut shuffled) = (Found::default(), Found::default(), Found::default());
    for seed in FIRST_SEED..FIRST_SEED + PEOPLE {
        let mut random = Random(seed.wrapping_mul(0x9e37) ^ days as u64);
        let truth = trained_person(&mut random);
        let load = year(&mut random, days);
        let clean = truth.performance(&load);
        let mut tests: Vec<Performance> = clean
            .iter()
            .enumerate()
            .skip(7)
            .filter(|(day, _)| matches!(day % 7, 1 | 4))
            .map(|(day, p)| (day, p * (1.0 + error * random.normal())))
            .collect();
        let load: Vec<Option<f64>> = load.into_iter().map(Some).collect();
        compare(&mut own, &load, &tests, &truth);
        for (errors, (found, truth)) in population
            .errors
            .iter_mut()
            .zip([(POPULATION_TAU.0, truth.tau1_days), (POPULATION_TAU.1, truth.tau2_days)])
        {
            errors.push((found / truth - 1.0).abs());
        }
        let mut values: Vec<f64> = tests.iter().map(|t| t.1).collect();
        for i in (1..values.len()).rev() {
            values.swap(i, (random.unit() * (i + 1) as f64) as usize);
        }
        tests.iter_mut().zip(values).for_each(|(test, value)| test.1 = value);
        compare(&mut shuffled, &load, &tests, &truth);
    }
    report.n += 2 * own.errors.iter().map(Vec::len).max().unwrap_or(0);
    let names = ["τ1", "τ2"];
    for ((tau, errors), inside) in names.iter().zip(&own.errors).zip(own.inside) {
        let n = errors.len().max(1) as f64;
        report.metrics.push(Figure::new(&format!("{tau} within 25 %: {name}"), Found::near(errors)));
        report.metrics.push(Figure::new(&format!("{tau} median error: {name}"), Found::middle(errors)));
        report.metrics.push(Figure::new(&format!("{tau} inside 80 % interval: {name}"), inside / n));
    }
    for (tau, errors) in names.iter().zip(&population.errors) {
        report.baselines.push(Figure::new(
            &format!("{tau} of people in general within 25 %: {name}"),
            Found::near(errors),
        ));
    }
    for (tau, errors) in names.iter().zip(&shuffled.errors) {
        report
            .controls
            .push(Figure::new(&format!("{tau} of shuffled tests within 25 %: {name}"), Found::near(errors)));
    }
}

fn compare(found: &mut Found, load: &[Option<f64>], tests: &[Performance], truth: &ImpulseResponse) {
    let model = performance_model(load, 0, tests, "W", 1);
    let pairs = [(&model.tau1, truth.tau1_days), (&model.tau2, truth.tau2_days)];
    for ((errors, inside), (tau, truth)) in found.errors.iter_mut().zip(&mut found.inside).zip(pairs) {
        let (Some(value), Some(low), Some(high)) = (tau.value, tau.low, tau.high) else { continue };
        errors.push((value / truth - 1.0).abs());
        *inside += f64::from(u8::from((low..=high).contains(&truth)));
    }
}

/// A person whose performance of 220–300 W training raises by about a fifth.
fn trained_person(random: &mut Random) -> ImpulseResponse {
    let mut between = |low: f64, high: f64| low + (high - low) * random.unit();
    ImpulseResponse {
        p0: between(220.0, 300.0),
        k1: between(0.025, 0.045),
        k2: between(0.05, 0.09),
        tau1_days: between(32.0, 58.0),
        tau2_days: between(5.0, 14.0),
    }
}

fn year(random: &mut Random, days: usize) -> Vec<f64> {
    let phase = (random.unit() * 13.0) as usize;
    (0..days)
        .map(|day| {
            let week = match (day / 7 + phase) % 13 {
                12 => 0.15,
                w if w % 4 == 3 => 0.5,
                w => 0.8 + 0.2 * (w % 4) as f64,
            };
            let shape = [0.0, 1.1, 0.6, 1.4, 0.0, 1.7, 1.0].get(day % 7).copied().unwrap_or(0.0);
            let skipped = random.unit() < 0.08;
            if skipped { 0.0 } else { (70.0 * week * shape * (1.0 + 0.3 * random.normal())).max(0.0) }
        })
        .collect()
}

/// Seeded draws (SplitMix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly normal: the sum of twelve uniform draws.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_need_of_sleep_comes_back() {
        let mut report = Report::default();
        need(&mut report).unwrap();
        let of = |name: &str, figures: &[Figure]| figures.iter().find(|f| f.name == name).unwrap().value;
        assert!(of("sleep need: within 0.5 h", &report.metrics) >= 0.9);
        let prior = of("sleep need: MAE of 8 h, h", &report.baselines);
        assert!(of("sleep need: MAE, h", &report.metrics) < 0.8 * prior);
    }

    #[test]
    fn time_constants_come_back() {
        let mut report = Report::default();
        constants(&mut report, "a year", 365, 0.01);
        let near = report.metrics.iter().filter(|f| f.name.contains("within"));
        assert!(near.clone().count() == 2 && near.clone().all(|f| f.value >= 0.9), "{:?}", report.metrics);
    }
}
