//! Whether the phase of the inner clock comes back. The truth is a clock under light that only the simulation
//! knows, of a person more or less sensitive to light than people are; the estimate sees a noisy light sensor, or
//! sleep and steps. The control takes its truth from another model of the clock: what two published clocks make
//! of the same light differs.

use super::super::report::{Figure, Report};
use super::super::score::mae;
use super::{FIRST_SEED, PEOPLE, Random};
use twin_models::health::circadian::clock::{self, DLMO_BEFORE_CBTMIN_H, LightClock, STEP_H};
use twin_models::health::circadian::hannay::Hannay19;
use twin_models::health::circadian::light::Forger99;
use twin_models::health::circadian::{CircadianInput, circadian_phase};

const DAYS: usize = 42;
/// Days of the record that the estimate sees.
const SEEN: usize = 28;
/// Nearness asked for, h.
const NEAR_H: f64 = 0.75;
/// Spread of people's sensitivity to light, as a factor's logarithm: some feel twice the light of others.
const SENSITIVITY_SD: f64 = 0.5;
/// Error of a light sensor, as a factor's logarithm.
const SENSOR_SD: f64 = 0.3;
/// What a published rule makes of mid-sleep on any nights, h before it.
const BEFORE_MIDDLE_H: f64 = 5.5;

/// One person's days: light each tenth of an hour, sleeps, steps by hour.
struct Lived {
    lux: Vec<f64>,
    sleep_h: Vec<(f64, f64)>,
    steps: Vec<Option<f64>>,
}

pub(super) fn phase(report: &mut Report) -> Result<(), String> {
    let (mut sensed, mut guessed, mut rule, mut inside) = (Vec::new(), Vec::new(), Vec::new(), [0.0; 2]);
    let mut other = Vec::new();
    for seed in FIRST_SEED..FIRST_SEED + PEOPLE {
        let mut random = Random(seed ^ 0xc10c);
        let lived = live(&mut random);
        let sensitivity = (SENSITIVITY_SD * random.normal()).exp();
        let felt: Vec<f64> = lived.lux.iter().map(|lux| lux * sensitivity).collect();
        let truth = dlmo(Hannay19::MIDNIGHT, &felt)?;
        let forger = dlmo(Forger99::MIDNIGHT, &felt)?;
        let from = (DAYS - SEEN) as f64 * 24.0;
        let sleep_h: Vec<(f64, f64)> = lived.sleep_h.iter().map(|(a, b)| (a - from, b - from)).collect();
        let lux: Vec<Option<f64>> = lived
            .lux
            .iter()
            .skip((DAYS - SEEN) * 240)
            .map(|l| Some(l * (SENSOR_SD * random.normal()).exp()))
            .collect();
        let steps = lived.steps.get((DAYS - SEEN) * 24..).unwrap_or_default();
        let now_h = SEEN as f64 * 24.0;
        for (i, (pairs, lux)) in
            [(&mut sensed, lux.as_slice()), (&mut guessed, &[][..])].into_iter().enumerate()
        {
            let input = CircadianInput { now_h, sleep_h: &sleep_h, steps, lux, ..CircadianInput::default() };
            let dlmo = circadian_phase(&input).dlmo_h;
            let value = dlmo.value.ok_or("a phase is absent after four weeks")?;
            let near = truth + apart(value, truth);
            pairs.push((near, truth));
            if i == 1 {
                other.push((forger + apart(value, forger), forger));
            }
            let half = dlmo.high.map_or(0.0, |high| high - value);
            if let Some(count) = inside.get_mut(i) {
                *count += f64::from(u8::from((near - truth).abs() <= half));
            }
        }
        let middles: Vec<f64> =
            sleep_h.iter().rev().take(SEEN).map(|(a, b)| f64::midpoint(*a, *b).rem_euclid(24.0)).collect();
        let middle =
            middles.iter().map(|m| if *m > 12.0 { m - 24.0 } else { *m }).sum::<f64>() / middles.len() as f64;
        rule.push((truth + apart(middle - BEFORE_MIDDLE_H, truth), truth));
    }
    let near = |pairs: &[(f64, f64)]| {
        pairs.iter().filter(|(a, b)| (a - b).abs() <= NEAR_H).count() as f64 / pairs.len() as f64
    };
    report.n += sensed.len() + guessed.len();
    let n = PEOPLE as f64;
    for (name, pairs, inside) in
        [("light sensor", &sensed, inside[0]), ("sleep and steps", &guessed, inside[1])]
    {
        report.metrics.push(Figure::new(&format!("phase, {name}: MAE, h"), mae(pairs)));
        report.metrics.push(Figure::new(&format!("phase, {name}: within 0.75 h"), near(pairs)));
        report.metrics.push(Figure::new(&format!("phase, {name}: inside 80 % interval"), inside / n));
    }
    report.baselines.push(Figure::new("phase, middle of sleep less 5.5 h: MAE, h", mae(&rule)));
    report.baselines.push(Figure::new("phase, middle of sleep less 5.5 h: within 0.75 h", near(&rule)));
    report.controls.push(Figure::new("phase, sleep and steps against another clock: MAE, h", mae(&other)));
    let fixed: Vec<(f64, f64)> =
        rule.iter().map(|(_, truth)| (truth + apart(21.0, *truth), *truth)).collect();
    report.baselines.push(Figure::new("phase, 21:00 for all: MAE, h", mae(&fixed)));
    Ok(())
}

/// Dim light melatonin onset of the last day of a clock under light, local h.
fn dlmo<C: LightClock>(start: C, lux: &[f64]) -> Result<f64, String> {
    let states = clock::run(start, lux, STEP_H);
    let last = clock::cbtmin_h(&states, 0.0, STEP_H).last().copied().ok_or("a clock without minima")?;
    Ok((last - DLMO_BEFORE_CBTMIN_H).rem_euclid(24.0))
}

/// The shorter way round the clock from `b` to `a`, h.
fn apart(a: f64, b: f64) -> f64 {
    (a - b + 12.0).rem_euclid(24.0) - 12.0
}

/// Six weeks of a person: a habit of their own, evenings of their own light, walks of their own.
fn live(random: &mut Random) -> Lived {
    let wake = 6.0 + 3.5 * random.unit();
    let length = 6.5 + 2.0 * random.unit();
    let (room, evening) = (100.0 + 300.0 * random.unit(), 20.0 + 130.0 * random.unit());
    let walks = 0.5 + 2.0 * random.unit();
    let mut sleep_h = Vec::new();
    for day in 0..=DAYS {
        let up = 24.0 * day as f64 + wake + 0.5 * random.normal() + if day % 7 >= 5 { 1.0 } else { 0.0 };
        sleep_h.push((up - length - 0.4 * random.normal(), up));
    }
    let mut steps = Vec::new();
    for hour in 0..DAYS * 24 {
        let clock = hour % 24;
        let out = (8..18).contains(&clock) && random.unit() < walks / 10.0;
        steps.push(Some(if out { 600.0 + 1500.0 * random.unit() } else { 200.0 * random.unit() }));
    }
    let cloud: Vec<f64> = (0..DAYS).map(|_| 1500.0 + 8500.0 * random.unit()).collect();
    let lux = (0..DAYS * 240)
        .map(|i| {
            let t = i as f64 * STEP_H;
            let clock = t.rem_euclid(24.0);
            let asleep = sleep_h.iter().any(|(from, to)| (*from..*to).contains(&t));
            let outdoors = steps.get(i / 10).copied().flatten().is_some_and(|s| s > 500.0);
            match (asleep, outdoors) {
                (true, _) => 0.0,
                (_, true) => cloud.get(i / 240).copied().unwrap_or(0.0),
                _ if !(5.0..19.0).contains(&clock) => evening,
                _ => room,
            }
        })
        .collect();
    Lived { lux, sleep_h, steps }
}
