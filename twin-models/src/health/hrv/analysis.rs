//! All measures of one reading, each with the least data it asks for.

use super::bands::{BandPowers, HF_FROM_HZ, HF_TO_HZ, LF_FROM_HZ, VLF_FROM_HZ};
use super::bootstrap::{Block, MIN_BLOCKS, Resampled};
use super::dfa::{Scaling, dfa_with};
use super::gates::{
    ALPHA1_MIN_BEATS, ALPHA2_MIN_BEATS, FIVE_MINUTES_S, HF_MIN_S, LF_MIN_S, Reading, SAMPEN_MIN_BEATS,
    Stretch,
};
use super::lomb::lomb_scargle;
use super::sampen::sample_entropy_with;
use super::time_domain::time_domain_with_gaps;
use super::window::{CAUTION_FRACTION, Cleaned, REFERENCE_SD_LN, WITHHOLD_FRACTION, clean};
use super::workspace::Workspace;
use crate::stats::{Z80, interval80};
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "hrv_analysis";
/// Its version.
pub const VERSION: &str = "1";

/// Spread between adults, the reference of confidence: SD over mean, for powers of their logarithm [nunan2010].
const SDNN_SD_LN: f64 = 0.32;
const LF_SD_LN: f64 = 0.52;
const HF_SD_LN: f64 = 0.93;
const LF_HF_SD_LN: f64 = 0.79;
/// In percent points [nunan2010].
const NU_SD: f64 = 10.0;
/// Of α1. OWN.
const ALPHA1_SD: f64 = 0.2;
/// Frequency steps that a Hann window makes one of.
const HANN_WIDTH: f64 = 1.5;

/// How the spectrum was found. Powers of the two are not comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpectrumMethod {
    /// No beat is missing.
    Welch,
    /// Beats are missing, their times are known.
    LombScargle,
}

/// One measure by name.
#[derive(Clone, Debug, PartialEq)]
pub struct HrvMeasure {
    /// The name, as in [`NAMES`].
    pub name: &'static str,
    /// The value, or why there is none.
    pub estimate: Estimate,
}

/// Names and units of all measures, in the order they are given.
pub const NAMES: &[(&str, &str)] = &[
    ("mean_nn", "ms"),
    ("mean_hr", "/min"),
    ("rmssd", "ms"),
    ("pnn50", "%"),
    ("sd1", "ms"),
    ("sdnn", "ms"),
    ("sd2", "ms"),
    ("stress_index", "1"),
    ("vlf", "ms2"),
    ("lf", "ms2"),
    ("hf", "ms2"),
    ("lf_hf", "1"),
    ("lf_nu", "%"),
    ("hf_nu", "%"),
    ("lf_peak", "Hz"),
    ("hf_peak", "Hz"),
    ("sampen", "1"),
    ("dfa_alpha1", "1"),
    ("dfa_alpha2", "1"),
];

/// All measures of one reading.
#[derive(Clone, Debug, PartialEq)]
pub struct HrvAnalysis {
    /// From the start of the first to the end of the last interval, s.
    pub span_s: f64,
    /// Time of accepted beats, s.
    pub covered_s: f64,
    /// Accepted beats.
    pub beats: usize,
    /// Marked intervals over all intervals, 0..=1.
    pub artifact_fraction: f64,
    /// How the spectrum was found; absent without one.
    pub spectrum: Option<SpectrumMethod>,
    /// One entry for each of [`NAMES`].
    pub measures: Vec<HrvMeasure>,
}

impl HrvAnalysis {
    /// The measure of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Estimate> {
        self.measures.iter().find(|m| m.name == name).map(|m| &m.estimate)
    }
}

/// All measures of one reading of beat-to-beat intervals.
///
/// `t_us`: end of each interval, µs since 1970, ascending; `rr_ms`: raw intervals, ms. Beats are marked as in
/// [`clean`]. Least data: RMSSD, mean, pNN50, SD1 60 s and 30 pairs; SDNN, SD2, stress index and VLF 5
/// minutes; LF 250 s; HF 60 s; sample entropy 200 beats, α1 120, α2 256, these and the spectrum in one stretch
/// without a pause. Above 5 % artefacts no spectrum and no fractal slope, above 20 % nothing.
///
/// Intervals: RMSSD, SDNN, mean and pNN50 by a bootstrap over blocks of 30 s; powers from the number of
/// independent frequencies in a band, as if it were flat; slopes from the error of the regression. The rest
/// have none, and their confidence says only how much of the reading was usable.
///
/// # Source
/// [taskforce1996], [welch1967], [lomb1976], [scargle1982], [richman2000], [peng1995]; spread between people
/// [nunan2010].
/// # Example
/// ```
/// # use twin_models::health::hrv::analyse;
/// let rr: Vec<f64> = (0..400_u32).map(|i| 850.0 + f64::from(i * i % 41)).collect();
/// let mut t = 0;
/// let at: Vec<i64> = rr.iter().map(|rr| { t += (rr * 1000.0) as i64; t }).collect();
/// let all = analyse(&at, &rr);
/// assert!(all.get("dfa_alpha1").unwrap().value.is_some());
/// let short = analyse(&at[..100], &rr[..100]);
/// assert!(short.get("rmssd").unwrap().value.is_some());
/// assert_eq!(short.get("sampen").unwrap().gaps, ["100 beats without a pause, 200 needed"]);
/// ```
#[must_use]
pub fn analyse(t_us: &[i64], rr_ms: &[f64]) -> HrvAnalysis {
    analyse_with(&mut Workspace::new(), t_us, rr_ms)
}

/// The same with plans and memory kept from one reading to the next.
pub fn analyse_with(workspace: &mut Workspace, t_us: &[i64], rr_ms: &[f64]) -> HrvAnalysis {
    let beats = clean(t_us, rr_ms);
    let reading = Reading::of(&beats, t_us, rr_ms);
    let mut answers = reading.time_domain(&beats);
    let (spectrum, bands) = reading.spectrum(workspace);
    answers.extend(reading.bands(bands.as_ref()));
    answers.extend(reading.shape(workspace));
    HrvAnalysis {
        span_s: reading.span_s,
        covered_s: reading.covered_s,
        beats: beats.nn_ms.len(),
        artifact_fraction: reading.fraction,
        spectrum,
        measures: NAMES
            .iter()
            .zip(answers)
            .map(|(&(name, unit), answer)| HrvMeasure { name, estimate: reading.estimate(unit, answer) })
            .collect(),
    }
}

/// A value with what is known of its error, or why there is none.
type Answer = Result<Known, String>;

struct Known {
    value: f64,
    interval: Option<(f64, f64)>,
    /// Standard error over the spread between people.
    doubt: Option<f64>,
    n: f64,
}

impl Known {
    const fn plain(value: f64, n: f64) -> Self {
        Self { value, interval: None, doubt: None, n }
    }
}

impl Reading<'_> {
    fn time_domain(&self, beats: &Cleaned) -> Vec<Answer> {
        let n = self.blocks.len() as f64;
        let measures = time_domain_with_gaps(&beats.nn_ms, &beats.adjacent);
        let of = |value: Option<f64>| value.map(|v| Known::plain(v, n)).ok_or_else(undefined);
        let drawn = |value: Option<f64>, what: fn(&Block) -> Option<f64>, reference: Option<f64>| {
            let mut known = of(value)?;
            if self.blocks.len() >= MIN_BLOCKS {
                let mut resampled = Resampled::of(&self.blocks, what);
                known.interval = resampled.interval();
                known.doubt = reference.map(|sd| resampled.sd() / (sd * known.value));
            }
            Ok(known)
        };
        let (short, long) = (self.pairs(), self.five_minutes());
        let m = measures.as_ref();
        vec![
            short.clone().and_then(|()| drawn(m.map(|m| m.mean_nn_ms), Block::mean, None)),
            short.clone().and_then(|()| of(m.map(|m| m.mean_hr_bpm))),
            short
                .clone()
                .and_then(|()| drawn(m.and_then(|m| m.rmssd_ms), Block::rmssd, Some(REFERENCE_SD_LN))),
            short.clone().and_then(|()| drawn(m.map(|m| m.pnn50_pct), Block::pnn50, None)),
            short.and_then(|()| of(m.and_then(|m| m.sd1_ms))),
            long.clone().and_then(|()| drawn(m.and_then(|m| m.sdnn_ms), Block::sdnn, Some(SDNN_SD_LN))),
            long.clone().and_then(|()| of(m.and_then(|m| m.sd2_ms))),
            long.and_then(|()| of(m.and_then(|m| m.baevsky_si))),
        ]
    }

    fn spectrum(&self, workspace: &mut Workspace) -> (Option<SpectrumMethod>, Option<BandPowers>) {
        if self.seconds(HF_MIN_S).is_err() {
            return (None, None);
        }
        let Stretch { t_us, nn_ms, unbroken } = self.stretch;
        if unbroken {
            let bands = workspace.welch.bands(nn_ms);
            return (bands.map(|_| SpectrumMethod::Welch), bands);
        }
        let first = t_us.first().copied().unwrap_or(0);
        let t_s: Vec<f64> = t_us.iter().map(|t| t.saturating_sub(first) as f64 / 1e6).collect();
        let bands = lomb_scargle(&t_s, nn_ms);
        (bands.map(|_| SpectrumMethod::LombScargle), bands)
    }

    fn bands(&self, bands: Option<&BandPowers>) -> Vec<Answer> {
        // frequencies in a band that are independent of each other, and the spread of ln power they leave
        let free = |from: f64, to: f64| ((to - from) * self.stretch.seconds() / HANN_WIDTH).max(1.0);
        let n_vlf = free(VLF_FROM_HZ, LF_FROM_HZ);
        let (n_lf, n_hf) = (free(LF_FROM_HZ, HF_FROM_HZ), free(HF_FROM_HZ, HF_TO_HZ));
        let power = |value: Option<f64>, n: f64, sd_ln: f64, reference: f64| {
            let value = value.ok_or_else(undefined)?;
            let factor = (Z80 * sd_ln).exp();
            let interval = Some((value / factor, value * factor));
            Ok(Known { value, interval, doubt: Some(sd_ln / reference), n })
        };
        let ratio_sd = (1.0 / n_lf + 1.0 / n_hf).sqrt();
        let share = |value: Option<f64>| {
            let value = value.ok_or_else(undefined)?;
            let error = value * (100.0 - value) / 100.0 * ratio_sd;
            let (low, high) = interval80(value, error);
            let interval = Some((low.max(0.0), high.min(100.0)));
            Ok(Known { value, interval, doubt: Some(error / NU_SD), n: n_lf })
        };
        let of = |value: Option<f64>, n: f64| value.map(|v| Known::plain(v, n)).ok_or_else(undefined);
        let (vlf, lf, hf) = (self.seconds(FIVE_MINUTES_S), self.seconds(LF_MIN_S), self.seconds(HF_MIN_S));
        let b = bands;
        vec![
            vlf.and_then(|()| power(b.map(|b| b.vlf_ms2), n_vlf, n_vlf.sqrt().recip(), LF_SD_LN)),
            lf.clone().and_then(|()| power(b.map(|b| b.lf_ms2), n_lf, n_lf.sqrt().recip(), LF_SD_LN)),
            hf.clone().and_then(|()| power(b.map(|b| b.hf_ms2), n_hf, n_hf.sqrt().recip(), HF_SD_LN)),
            lf.clone().and_then(|()| power(b.and_then(BandPowers::lf_hf), n_lf, ratio_sd, LF_HF_SD_LN)),
            lf.clone().and_then(|()| share(b.and_then(BandPowers::lf_nu))),
            lf.clone().and_then(|()| share(b.and_then(BandPowers::hf_nu))),
            lf.and_then(|()| of(b.filter(|b| b.lf_ms2 > 0.0).map(|b| b.lf_peak_hz), n_lf)),
            hf.and_then(|()| of(b.filter(|b| b.hf_ms2 > 0.0).map(|b| b.hf_peak_hz), n_hf)),
        ]
    }

    /// Sample entropy and the fractal slopes.
    fn shape(&self, workspace: &mut Workspace) -> [Answer; 3] {
        let nn = self.stretch.nn_ms;
        let n = nn.len() as f64;
        let slope = |scaling: Option<Scaling>, reference: Option<f64>| {
            let Scaling { alpha, se } = scaling.ok_or_else(undefined)?;
            let doubt = reference.map(|sd| se / sd);
            Ok(Known { value: alpha, interval: Some(interval80(alpha, se)), doubt, n })
        };
        let alpha1 = self.beats(ALPHA1_MIN_BEATS, CAUTION_FRACTION);
        let alpha2 = self.beats(ALPHA2_MIN_BEATS, CAUTION_FRACTION);
        let entropy = self.beats(SAMPEN_MIN_BEATS, WITHHOLD_FRACTION);
        let dfa = alpha1.is_ok().then(|| dfa_with(nn, &mut workspace.profile));
        [
            entropy.and_then(|()| {
                let value = sample_entropy_with(nn, &mut workspace.templates);
                value.map(|v| Known::plain(v, n)).ok_or_else(undefined)
            }),
            alpha1.and_then(|()| slope(dfa.and_then(|d| d.alpha1), Some(ALPHA1_SD))),
            alpha2.and_then(|()| slope(dfa.and_then(|d| d.alpha2), None)),
        ]
    }

    fn estimate(&self, unit: &str, answer: Answer) -> Estimate {
        let absent = |gaps| Estimate::absent(ID, VERSION, unit, EstimateStatus::InsufficientData, gaps);
        let known = match answer {
            Ok(known) if known.value.is_finite() => known,
            Ok(_) => return absent(vec![undefined()]),
            Err(why) => return absent(vec![why]),
        };
        let coverage = if self.span_s > 0.0 { (self.covered_s / self.span_s).min(1.0) } else { 0.0 };
        let trust = known.doubt.map_or(1.0 - self.fraction / WITHHOLD_FRACTION, |doubt| 1.0 - doubt.min(1.0));
        let mut gaps = Vec::new();
        if self.fraction > CAUTION_FRACTION {
            gaps.push(format!("{:.0} % artefacts", 100.0 * self.fraction));
        }
        if self.range_only {
            gaps.push("part of the recording is too broken for the adaptive artefact rule".into());
        }
        let provisional = !gaps.is_empty() || self.blocks.len() < MIN_BLOCKS;
        let (low, high) = known.interval.filter(|(low, high)| low.is_finite() && high.is_finite()).unzip();
        Estimate {
            value: Some(known.value),
            low,
            high,
            confidence: if trust.is_finite() { trust.max(0.0) * coverage } else { 0.0 },
            kind: EstimateKind::Quantity,
            status: if provisional { EstimateStatus::Provisional } else { EstimateStatus::Ok },
            n_effective: known.n,
            coverage,
            as_of: self.last_us.map(Timestamp::from_micros),
            ..absent(gaps)
        }
    }
}

fn undefined() -> String {
    "not defined for these beats".into()
}

#[cfg(test)]
#[path = "analysis_tests.rs"]
mod tests;
