//! What one minute of signals says, beside the person's own minutes before: causal, and in constant memory.
//!
//! Seconds come in, every 30 s features go out. Nothing here knows how long the recording has lasted, and the
//! levels that drift by themselves (skin conductance, skin temperature) are not features: skin conductance is
//! used less its running mean of minutes only.

use super::eda::Eda;
use super::ring::Ring;
use std::collections::VecDeque;

/// Length of a window, s.
pub const WINDOW_S: u64 = 60;
/// From one window to the next, s.
pub const HOP_S: u64 = 30;
/// The first minutes, which are the person's first baseline, s.
pub const BASELINE_S: u64 = 180;
/// Least adjacent pairs of clean beats for heart rate variability in five minutes.
const MIN_PAIRS: usize = 8;
/// Least clean beats for their spread.
const MIN_BEATS: usize = 10;
const BEATS_S: f64 = 300.0;
/// Most beats that are kept: five minutes at 200 per minute.
const MOST_BEATS: usize = 1000;

/// What is measured of a window, in the order of [`Raw`]; the number is the look-back in seconds.
pub const MEASURES: [&str; 16] = [
    "hr180",
    "hrmax60",
    "hrmin60",
    "hrjump180",
    "beats300",
    "rmssd300",
    "sdnn300",
    "pnn20300",
    "edarise180",
    "edaphasic180",
    "edapeaks60",
    "edapeaks180",
    "edaslope60",
    "edaslope180",
    "edalevel60",
    "temp60",
];
/// What is made of each measure: itself, less its running means with half-lives of 120, 300 and 600 s, less its
/// mean so far, less its mean in the first three minutes.
pub const FORMS: [&str; 6] = ["raw", "d120", "d300", "d600", "dx", "b3"];
/// Number of features.
pub const FEATURES: usize = MEASURES.len() * FORMS.len();

/// The measures of one window.
pub type Raw = [Option<f64>; MEASURES.len()];
/// The features of one window, those of a measure beside each other.
pub type Features = [Option<f64>; FEATURES];

/// The name of a feature, as `hr180.d300`.
#[must_use]
pub fn name(index: usize) -> Option<String> {
    let (measure, form) = (MEASURES.get(index / FORMS.len())?, FORMS.get(index % FORMS.len())?);
    Some(format!("{measure}.{form}"))
}

/// One heartbeat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beat {
    /// When it ended, s on the axis on which the first pushed second is 0..1.
    pub at_s: f64,
    /// The interval before it, ms.
    pub rr_ms: f64,
}

/// What the sensors said in one second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Second<'a> {
    /// Heart rate, bpm.
    pub hr_bpm: Option<f64>,
    /// Beats that ended in it.
    pub beats: &'a [Beat],
    /// Skin conductance, µS.
    pub eda_us: Option<f64>,
    /// Skin temperature, °C; for controls only.
    pub temperature_c: Option<f64>,
    /// Steps; missing where the device counts none.
    pub steps: Option<f64>,
    /// Standard deviation of the acceleration's magnitude, g.
    pub acceleration_sd_g: Option<f64>,
    /// Whether the person exercises.
    pub exercising: bool,
}

/// Turns seconds into features.
#[derive(Clone, Debug)]
pub struct Extractor {
    seconds: u64,
    hr: Ring,
    jumps: Ring,
    hr_before: Option<f64>,
    beats: VecDeque<Beat>,
    eda: Eda,
    temperature: Ring,
    usual: [Usual; MEASURES.len()],
}

impl Default for Extractor {
    fn default() -> Self {
        Self {
            seconds: 0,
            hr: Ring::new(180),
            jumps: Ring::new(180),
            hr_before: None,
            beats: VecDeque::new(),
            eda: Eda::default(),
            temperature: Ring::new(60),
            usual: [Usual::default(); MEASURES.len()],
        }
    }
}

impl Extractor {
    /// Takes one second; every 30 s, from the first minute on, gives features.
    pub fn push(&mut self, second: &Second<'_>) -> Option<Features> {
        let hr = second.hr_bpm.filter(|hr| (25.0..=250.0).contains(hr));
        self.hr.push(hr);
        self.jumps.push(hr.zip(self.hr_before).map(|(now, before)| (now - before).abs()));
        self.hr_before = hr;
        self.eda.push(second.eda_us);
        self.temperature.push(second.temperature_c.filter(|t| t.is_finite()));
        let usable = |b: &&Beat| b.rr_ms > 300.0 && b.rr_ms < 2000.0 && b.at_s.is_finite();
        self.beats.extend(second.beats.iter().filter(usable).copied());
        self.seconds += 1;
        let now = self.seconds as f64;
        while self.beats.front().is_some_and(|b| b.at_s < now - BEATS_S) || self.beats.len() > MOST_BEATS {
            self.beats.pop_front();
        }
        if self.seconds < WINDOW_S || !(self.seconds - WINDOW_S).is_multiple_of(HOP_S) {
            return None;
        }
        let raw = self.raw();
        let baseline = self.seconds <= BASELINE_S;
        let mut features = [None; FEATURES];
        for ((usual, raw), out) in self.usual.iter_mut().zip(raw).zip(features.chunks_mut(FORMS.len())) {
            for (slot, value) in out.iter_mut().zip(usual.forms(raw, baseline)) {
                *slot = value;
            }
        }
        Some(features)
    }

    /// Seconds taken so far.
    #[must_use]
    pub const fn seconds(&self) -> u64 {
        self.seconds
    }

    fn raw(&self) -> Raw {
        let [coverage, rmssd, sdnn, pnn20] = self.variability();
        [
            self.hr.mean(180),
            self.hr.max(60),
            self.hr.min(60),
            self.jumps.mean(180).map(|x| (x + 0.05).ln()),
            coverage,
            rmssd,
            sdnn,
            pnn20,
            self.eda.rise(180),
            self.eda.phasic_sd(180),
            self.eda.peaks(60),
            self.eda.peaks(180),
            self.eda.slope(60),
            self.eda.slope(180),
            self.eda.level(),
            self.temperature.mean(60),
        ]
    }

    /// Share of time with clean beats, ln RMSSD, ln SDNN, share of differences above 20 ms; of five minutes.
    fn variability(&self) -> [Option<f64>; 4] {
        if self.beats.is_empty() {
            return [None; 4];
        }
        let n = self.beats.len() as f64;
        let sum: f64 = self.beats.iter().map(|b| b.rr_ms).sum();
        let coverage = (sum / 1000.0 / BEATS_S.min(self.seconds as f64)).min(1.0);
        let spread = (self.beats.iter().map(|b| (b.rr_ms - sum / n).powi(2)).sum::<f64>() / n).sqrt();
        let (mut squares, mut large, mut pairs) = (0.0, 0_usize, 0_usize);
        for (before, now) in self.beats.iter().zip(self.beats.iter().skip(1)) {
            let step = now.rr_ms - before.rr_ms;
            let adjacent = ((now.at_s - before.at_s) * 1000.0 - now.rr_ms).abs() < 30.0;
            if adjacent && step.abs() < 0.3 * now.rr_ms {
                squares += step * step;
                large += usize::from(step.abs() > 20.0);
                pairs += 1;
            }
        }
        let enough = pairs >= MIN_PAIRS;
        [
            Some(coverage),
            enough.then(|| ((squares / pairs as f64).sqrt() + 1.0).ln()),
            (self.beats.len() >= MIN_BEATS).then(|| (spread + 1.0).ln()),
            enough.then(|| large as f64 / pairs as f64),
        ]
    }
}

/// What is usual for this person in one measure.
#[derive(Clone, Copy, Debug, Default)]
struct Usual {
    quick: Decaying,
    slow: Decaying,
    slowest: Decaying,
    so_far: Decaying,
    first: Decaying,
}

impl Usual {
    fn forms(&mut self, raw: Option<f64>, baseline: bool) -> [Option<f64>; FORMS.len()] {
        let half_life = |seconds: f64| 0.5_f64.powf(HOP_S as f64 / seconds);
        self.quick.push(raw, half_life(120.0));
        self.slow.push(raw, half_life(300.0));
        self.slowest.push(raw, half_life(600.0));
        self.so_far.push(raw, 1.0);
        if baseline {
            self.first.push(raw, 1.0);
        }
        let less = |usual: Decaying| Some(raw? - usual.mean()?);
        [raw, less(self.quick), less(self.slow), less(self.slowest), less(self.so_far), less(self.first)]
    }
}

/// A mean that forgets.
#[derive(Clone, Copy, Debug, Default)]
struct Decaying {
    sum: f64,
    weight: f64,
}

impl Decaying {
    fn push(&mut self, value: Option<f64>, keep: f64) {
        self.sum *= keep;
        self.weight *= keep;
        if let Some(value) = value {
            self.sum += value;
            self.weight += 1.0;
        }
    }

    fn mean(self) -> Option<f64> {
        (self.weight > 1e-9).then(|| self.sum / self.weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(features: &Features, wanted: &str) -> Option<f64> {
        (0..FEATURES).find(|i| name(*i).as_deref() == Some(wanted)).and_then(|i| features[i])
    }

    #[test]
    fn windows_come_every_half_minute_and_compare_with_the_person() {
        let mut extractor = Extractor::default();
        let mut out = Vec::new();
        for t in 0..600 {
            let hr = if t < 300 { 60.0 } else { 80.0 };
            out.extend(extractor.push(&Second { hr_bpm: Some(hr), ..Second::default() }));
        }
        assert_eq!(out.len(), 19);
        assert_eq!(at(&out[5], "hrmax60.b3"), Some(0.0));
        assert_eq!(at(&out[18], "hrmax60.b3"), Some(20.0));
        assert!(at(&out[18], "hrmax60.d120").unwrap() < at(&out[18], "hrmax60.d300").unwrap());
        assert_eq!(at(&out[18], "rmssd300.raw"), None);
        assert_eq!(name(FEATURES), None);
    }

    #[test]
    fn a_window_does_not_see_what_comes_later() {
        let run = |later: f64| {
            let mut extractor = Extractor::default();
            (0..400)
                .filter_map(|t| {
                    let x = if t < 210 { 1.0 + f64::from(t % 9) } else { later };
                    extractor.push(&Second { hr_bpm: Some(60.0 + x), eda_us: Some(x), ..Second::default() })
                })
                .take(6)
                .collect::<Vec<_>>()
        };
        assert_eq!(run(5.0), run(90.0));
    }
}
