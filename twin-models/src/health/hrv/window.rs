//! What may be said of a stretch of heartbeats: artefact handling, minimum data, and a whole night.

use super::artifacts::in_range;
use super::bootstrap::{Block, MIN_BLOCKS, Resampled, blocks};
use super::lipponen;
use super::time_domain::{TimeDomain, time_domain_with_gaps};
use crate::stats::{effective_n, interval80, median, scaled_mad};
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the spot estimate.
pub const SPOT_ID: &str = "hrv_spot";
/// Id of the night estimate.
pub const NIGHT_ID: &str = "hrv_night";
/// Version of both.
pub const VERSION: &str = "1";

/// Least time of accepted beats for RMSSD, s [taskforce1996].
pub const RMSSD_MIN_S: f64 = 60.0;
/// Least number of adjacent accepted pairs for RMSSD.
pub const RMSSD_MIN_PAIRS: usize = 30;
/// Least time of accepted beats for SDNN, s [taskforce1996]. A window that is full but for marked
/// beats passes: four fifths are asked for, as no more than a fifth may be artefacts.
pub const SDNN_MIN_S: f64 = 240.0;
/// Above this share of artefacts nothing is said.
pub const WITHHOLD_FRACTION: f64 = 0.20;
/// Above this share an answer is provisional, and spectra and fractal slopes are withheld.
pub const CAUTION_FRACTION: f64 = 0.05;
/// Length of the windows of a night, µs.
pub const NIGHT_WINDOW_US: i64 = 300_000_000;
/// Valid windows from which a night is more than provisional: one hour. OWN.
pub const NIGHT_MIN_WINDOWS: usize = 12;
/// Spread of ln RMSSD between adults, the reference of confidence: 15 ms of 42 ms [nunan2010].
pub const REFERENCE_SD_LN: f64 = 0.36;

/// Beats after artefact handling: the accepted ones, in time order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// End of each accepted interval, µs since 1970.
    pub t_us: Vec<i64>,
    /// Accepted intervals, ms.
    pub nn_ms: Vec<f64>,
    /// Whether an interval directly follows the accepted one before it.
    pub adjacent: Vec<bool>,
    /// End of every marked beat, µs since 1970.
    pub marked_us: Vec<i64>,
    /// Whether a stretch was too short for the adaptive rule, so that only the range was checked.
    pub range_only: bool,
}

/// Marks artefacts and cuts segments.
///
/// `t_us`: end of each interval, ascending; `rr_ms`: as long as `t_us` (what is longer is ignored). A
/// step in time of more than 1.5 times the last interval plus 2 s starts a new segment. Out of range
/// intervals (300..=2000 ms) are marked, the rest of a segment is judged by [`lipponen`] if it has at
/// least 20 beats.
#[must_use]
pub fn clean(t_us: &[i64], rr_ms: &[f64]) -> Cleaned {
    let mut out = Cleaned::default();
    let mut segment: Vec<(i64, f64)> = Vec::new();
    let mut last: Option<(i64, f64)> = None;
    for (&t, &rr) in t_us.iter().zip(rr_ms) {
        let usable = in_range(rr);
        let broken = last.is_some_and(|(before, rr)| {
            (t.saturating_sub(before)) as f64 / 1000.0 > 1.5 * rr + 2000.0 || t < before
        });
        if broken || !usable {
            close_segment(&mut out, &mut segment);
        }
        if usable {
            segment.push((t, rr));
            last = Some((t, rr));
        } else {
            out.marked_us.push(t);
        }
    }
    close_segment(&mut out, &mut segment);
    out
}

fn close_segment(out: &mut Cleaned, segment: &mut Vec<(i64, f64)>) {
    let rr: Vec<f64> = segment.iter().map(|beat| beat.1).collect();
    let spoilt = if rr.len() >= lipponen::MIN_BEATS {
        lipponen::marks(&rr).0
    } else {
        out.range_only |= !rr.is_empty();
        vec![false; rr.len()]
    };
    let mut follows = false;
    for (&(t, rr), &spoilt) in segment.iter().zip(&spoilt) {
        if spoilt {
            out.marked_us.push(t);
        } else {
            out.t_us.push(t);
            out.nn_ms.push(rr);
            out.adjacent.push(follows);
        }
        follows = !spoilt;
    }
    segment.clear();
}

/// One stretch of cleaned beats.
#[derive(Clone, Debug, PartialEq)]
pub struct HrvWindow {
    /// Start, µs since 1970.
    pub start_us: i64,
    /// End, µs since 1970.
    pub end_us: i64,
    /// Time covered by accepted beats, s.
    pub covered_s: f64,
    /// Marked intervals over all intervals, 0..=1.
    pub artifact_fraction: f64,
    /// The measures; absent without accepted beats or above 20 % artefacts.
    pub measures: Option<TimeDomain>,
}

impl HrvWindow {
    /// RMSSD, ms, if there are 60 s and 30 pairs.
    #[must_use]
    pub fn rmssd_ms(&self) -> Option<f64> {
        let measures = self.measures.as_ref()?;
        (self.covered_s >= RMSSD_MIN_S && measures.n_pairs >= RMSSD_MIN_PAIRS)
            .then_some(measures.rmssd_ms)
            .flatten()
    }

    /// SDNN, ms, if there are 5 minutes (see [`SDNN_MIN_S`]).
    #[must_use]
    pub fn sdnn_ms(&self) -> Option<f64> {
        let measures = self.measures.as_ref()?;
        let long = self.end_us - self.start_us >= NIGHT_WINDOW_US;
        (long && self.covered_s >= SDNN_MIN_S).then_some(measures.sdnn_ms).flatten()
    }
}

/// Measures of the beats that end in `start_us..end_us`.
#[must_use]
pub fn window(beats: &Cleaned, start_us: i64, end_us: i64) -> HrvWindow {
    let from = beats.t_us.partition_point(|&t| t < start_us);
    let to = beats.t_us.partition_point(|&t| t < end_us).max(from);
    let nn = beats.nn_ms.get(from..to).unwrap_or_default();
    let mut adjacent = beats.adjacent.get(from..to).unwrap_or_default().to_vec();
    if let Some(first) = adjacent.first_mut() {
        *first = false;
    }
    let marked = beats.marked_us.iter().filter(|t| (start_us..end_us).contains(t)).count();
    let fraction = if marked == 0 { 0.0 } else { marked as f64 / (marked + nn.len()) as f64 };
    HrvWindow {
        start_us,
        end_us,
        covered_s: nn.iter().sum::<f64>() / 1000.0,
        artifact_fraction: fraction,
        measures: if fraction > WITHHOLD_FRACTION { None } else { time_domain_with_gaps(nn, &adjacent) },
    }
}

/// RMSSD of one reading, whatever its length, ms.
///
/// Absent below 60 s or 30 pairs or above 20 % artefacts, with the reason in `gaps`; provisional above
/// 5 %, or where the recording was too broken for the adaptive rule. The interval is a bootstrap over
/// blocks of 30 s (200 draws, fixed seed). `coverage` is the time of accepted beats over the span.
#[must_use]
pub fn spot_rmssd(t_us: &[i64], rr_ms: &[f64]) -> Estimate {
    let beats = clean(t_us, rr_ms);
    let (Some(&first), Some(&last)) = (t_us.first(), t_us.iter().zip(rr_ms).next_back().map(|(t, _)| t))
    else {
        return absent(SPOT_ID, vec!["no heartbeats".into()]);
    };
    let lead_us = rr_ms.first().filter(|rr| in_range(**rr)).map_or(0, |rr| (rr * 1000.0) as i64);
    let whole = window(&beats, first, last.saturating_add(1));
    let Some(rmssd) = whole.rmssd_ms() else {
        return absent(SPOT_ID, vec![why_not(&whole)]);
    };
    let mut blocks = blocks(&beats, first);
    blocks.retain(|block| block.pairs > 0);
    let mut resampled = Resampled::of(&blocks, Block::rmssd);
    let spread_ln = resampled.sd() / rmssd;
    let enough_blocks = blocks.len() >= MIN_BLOCKS;
    let (low, high) = resampled.interval().filter(|_| enough_blocks).unzip();
    let provisional = whole.artifact_fraction > CAUTION_FRACTION || beats.range_only || !enough_blocks;
    let span_s = (last.saturating_sub(first).saturating_add(lead_us)) as f64 / 1e6;
    let coverage = if span_s > 0.0 { (whole.covered_s / span_s).min(1.0) } else { 0.0 };
    let mut gaps = artifact_gaps(whole.artifact_fraction);
    if beats.range_only {
        gaps.push("part of the recording is too broken for the adaptive artefact rule".into());
    }
    Estimate {
        value: Some(rmssd),
        low,
        high,
        confidence: confidence(spread_ln, coverage),
        kind: EstimateKind::Quantity,
        status: if provisional { EstimateStatus::Provisional } else { EstimateStatus::Ok },
        n_effective: blocks.len() as f64,
        coverage,
        as_of: Some(Timestamp::from_micros(last)),
        gaps,
        ..absent(SPOT_ID, Vec::new())
    }
}

/// RMSSD of a night, ms: the median of the valid 5-minute windows inside `sleep`.
///
/// `sleep`: spans asleep as (start, end) in µs since 1970, any order; what touches is joined. Each is cut into windows of
/// 5 minutes; a window counts when it lies wholly inside and passes the gates of [`HrvWindow::rmssd_ms`].
/// The median, not the mean: one window of movement or missed artefacts can hold several times the
/// usual RMSSD, and moves the mean of a night but not its median.
///
/// `coverage` is the time of accepted beats in valid windows over the time asleep. Provisional below
/// 12 valid windows or below half of the night covered; absent without a valid window. The interval is
/// the normal one of a median, its n corrected for neighbouring windows being alike.
#[must_use]
pub fn night_rmssd(t_us: &[i64], rr_ms: &[f64], sleep: &[(i64, i64)]) -> Estimate {
    let sleep = crate::health::joined(sleep);
    let asleep_us: i64 = sleep.iter().map(|(start, end)| end.saturating_sub(*start)).sum();
    if asleep_us == 0 {
        return absent(NIGHT_ID, vec!["no sleep recorded".into()]);
    }
    let beats = clean(t_us, rr_ms);
    let (mut values, mut covered_s, mut tried, mut withheld) = (Vec::new(), 0.0, 0_u32, 0_u32);
    let mut as_of = None;
    for (start, end) in sleep {
        let mut from = start;
        while let Some(to) = from.checked_add(NIGHT_WINDOW_US).filter(|to| *to <= end) {
            let one = window(&beats, from, to);
            tried += 1;
            withheld += u32::from(one.artifact_fraction > WITHHOLD_FRACTION);
            if let Some(rmssd) = one.rmssd_ms() {
                values.push(rmssd);
                covered_s += one.covered_s;
                as_of = Some(Timestamp::from_micros(to));
            }
            from = to;
        }
    }
    let n_effective = effective_n(&values);
    let mut scratch = values.clone();
    let Some(centre) = median(&mut scratch) else {
        return absent(
            NIGHT_ID,
            vec![format!("none of {tried} windows of 5 min has enough clean heartbeats")],
        );
    };
    let spread = scaled_mad(&mut scratch, centre).unwrap_or(0.0);
    // the standard error of a median of n normal values is √(π/2) of that of their mean
    let error = (std::f64::consts::FRAC_PI_2).sqrt() * spread / n_effective.sqrt();
    let coverage = (covered_s * 1e6 / asleep_us as f64).min(1.0);
    let enough = values.len() >= NIGHT_MIN_WINDOWS && coverage >= 0.5;
    let (low, high) = interval80(centre, error);
    let mut gaps = Vec::new();
    if !enough {
        gaps.push(format!("{} of {tried} windows of 5 min usable", values.len()));
    }
    if withheld > 0 {
        gaps.push(format!("{withheld} windows with more than 20 % artefacts left out"));
    }
    let known_spread = values.len() >= 3;
    Estimate {
        value: Some(centre),
        low: Some(low.max(0.0)).filter(|_| known_spread),
        high: Some(high).filter(|_| known_spread),
        confidence: if known_spread { confidence(error / centre, coverage) } else { 0.0 },
        status: if enough { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective,
        coverage,
        as_of,
        gaps,
        ..absent(NIGHT_ID, Vec::new())
    }
}

fn why_not(window: &HrvWindow) -> String {
    if window.artifact_fraction > WITHHOLD_FRACTION {
        format!("{:.0} % artefacts, at most 20 % allowed", 100.0 * window.artifact_fraction)
    } else {
        let pairs = window.measures.as_ref().map_or(0, |m| m.n_pairs);
        format!("{:.0} s and {pairs} pairs of clean beats, 60 s and 30 needed", window.covered_s)
    }
}

fn artifact_gaps(fraction: f64) -> Vec<String> {
    let many = (fraction > CAUTION_FRACTION).then(|| format!("{:.0} % artefacts", 100.0 * fraction));
    many.into_iter().collect()
}

fn confidence(spread_ln: f64, coverage: f64) -> f64 {
    (1.0 - (spread_ln / REFERENCE_SD_LN).min(1.0)) * coverage
}

fn absent(id: &str, gaps: Vec<String>) -> Estimate {
    Estimate::absent(id, VERSION, "ms", EstimateStatus::InsufficientData, gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_US: i64 = 3_600_000_000;

    /// Beats that alternate `rr ± half` so that RMSSD is exactly twice `half`.
    fn alternating(n: usize, rr: f64, half: f64) -> (Vec<i64>, Vec<f64>) {
        let rr: Vec<f64> = (0..n).map(|i| if i % 2 == 0 { rr + half } else { rr - half }).collect();
        let mut t = 0;
        let at = rr.iter().map(|x| {
            t += (x * 1000.0) as i64;
            t
        });
        (at.collect(), rr)
    }

    #[test]
    fn a_clean_night_gives_its_median() {
        let (t, rr) = alternating(7200, 1000.0, 20.0);
        let night = night_rmssd(&t, &rr, &[(0, 2 * HOUR_US)]);
        assert!((night.value.unwrap() - 40.0).abs() < 1e-9);
        assert_eq!(night.status, EstimateStatus::Ok);
        assert!(night.coverage > 0.99 && night.confidence > 0.99, "{night:?}");
    }

    #[test]
    fn a_short_or_empty_reading_is_no_number() {
        let (t, rr) = alternating(40, 1000.0, 20.0);
        let spot = spot_rmssd(&t, &rr);
        assert_eq!((spot.value, spot.status), (None, EstimateStatus::InsufficientData));
        assert_eq!(spot.gaps, ["40 s and 39 pairs of clean beats, 60 s and 30 needed"]);
        assert_eq!(spot_rmssd(&[], &[]).value, None);
        assert_eq!(night_rmssd(&t, &rr, &[]).gaps, ["no sleep recorded"]);
        assert_eq!(night_rmssd(&[], &[], &[(0, HOUR_US)]).value, None);
    }

    #[test]
    fn a_spot_reading_has_an_interval_around_it() {
        let (t, rr) = alternating(300, 900.0, 15.0);
        let spot = spot_rmssd(&t, &rr);
        let (value, low, high) = (spot.value.unwrap(), spot.low.unwrap(), spot.high.unwrap());
        assert!((value - 30.0).abs() < 1e-9 && low <= value + 1e-9 && value <= high + 1e-9);
        assert_eq!(spot.status, EstimateStatus::Ok);
        assert_eq!(spot, spot_rmssd(&t, &rr));
    }

    #[test]
    fn beats_out_of_range_break_pairs() {
        let beats = clean(&[1_000_000, 1_250_000, 2_250_000, 3_250_000], &[1000.0, 250.0, 1000.0, 1010.0]);
        assert_eq!(beats.nn_ms, [1000.0, 1000.0, 1010.0]);
        assert_eq!(beats.adjacent, [false, false, true]);
        assert_eq!(beats.marked_us, [1_250_000]);
        let one = window(&beats, 0, 10_000_000);
        assert_eq!(one.artifact_fraction, 0.25);
        assert_eq!((one.measures.as_ref(), one.rmssd_ms()), (None, None));
    }

    #[test]
    fn a_pause_starts_a_new_segment() {
        let beats = clean(&[1_000_000, 2_000_000, 5_600_000, 6_600_000], &[1000.0; 4]);
        assert_eq!(beats.adjacent, [false, true, false, true]); // 3.6 s > 1.5 s + 2 s
        let kept = clean(&[1_000_000, 2_000_000, 5_400_000], &[1000.0; 3]);
        assert_eq!(kept.adjacent, [false, true, true]);
    }

    #[test]
    fn a_broken_night_is_withheld() {
        let (t, mut rr) = alternating(3600, 1000.0, 20.0);
        rr.iter_mut().step_by(3).for_each(|x| *x = 2500.0);
        let night = night_rmssd(&t, &rr, &[(0, HOUR_US)]);
        assert_eq!(night.value, None);
    }

    #[test]
    fn sdnn_asks_for_five_minutes() {
        let (t, rr) = alternating(400, 1000.0, 20.0);
        let beats = clean(&t, &rr);
        assert!(window(&beats, 0, NIGHT_WINDOW_US).sdnn_ms().is_some());
        assert_eq!(window(&beats, 0, NIGHT_WINDOW_US / 2).sdnn_ms(), None);
    }
}
