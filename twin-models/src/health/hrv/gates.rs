//! What a reading must have before a measure of it may be given.

use super::artifacts::in_range;
use super::bootstrap::{Block, blocks};
use super::window::{CAUTION_FRACTION, Cleaned, RMSSD_MIN_PAIRS, RMSSD_MIN_S, SDNN_MIN_S, WITHHOLD_FRACTION};

/// Five minutes of beats, s: a cut of 300 s lacks up to one interval. OWN.
pub const FIVE_MINUTES_S: f64 = 298.0;
/// Least unbroken stretch for low frequencies, s [taskforce1996].
pub const LF_MIN_S: f64 = 250.0;
/// Least unbroken stretch for high frequencies, s [taskforce1996].
pub const HF_MIN_S: f64 = 60.0;
/// Least beats for sample entropy.
pub const SAMPEN_MIN_BEATS: usize = 200;
/// Least beats for α1.
pub const ALPHA1_MIN_BEATS: usize = 120;
/// Least beats for α2.
pub const ALPHA2_MIN_BEATS: usize = 256;

/// What the gates ask of a reading.
pub(super) struct Reading<'a> {
    pub(super) span_s: f64,
    pub(super) covered_s: f64,
    pub(super) fraction: f64,
    pub(super) range_only: bool,
    pub(super) pairs: usize,
    pub(super) blocks: Vec<Block>,
    pub(super) last_us: Option<i64>,
    pub(super) stretch: Stretch<'a>,
}

/// The longest run of accepted beats without a pause; single marked beats may be missing in it.
#[derive(Clone, Copy, Default)]
pub(super) struct Stretch<'a> {
    pub(super) t_us: &'a [i64],
    pub(super) nn_ms: &'a [f64],
    pub(super) unbroken: bool,
}

impl<'a> Stretch<'a> {
    pub(super) fn longest(beats: &'a Cleaned) -> Self {
        let (mut best, mut from) = (0..0, 0);
        let ends = beats.t_us.iter().zip(&beats.nn_ms);
        let mut before: Option<(i64, f64)> = None;
        for (i, (&t, &nn)) in ends.enumerate() {
            let pause = before.is_some_and(|(last, rr)| {
                t <= last || t.saturating_sub(last) as f64 / 1000.0 > 1.5 * rr + 2000.0
            });
            if pause {
                from = i;
            }
            if i + 1 - from > best.len() {
                best = from..i + 1;
            }
            before = Some((t, nn));
        }
        let adjacent = beats.adjacent.get(best.clone()).unwrap_or_default();
        Self {
            t_us: beats.t_us.get(best.clone()).unwrap_or_default(),
            nn_ms: beats.nn_ms.get(best).unwrap_or_default(),
            unbroken: adjacent.iter().skip(1).all(|a| *a),
        }
    }

    pub(super) fn seconds(&self) -> f64 {
        match (self.t_us.first(), self.t_us.last(), self.nn_ms.first()) {
            (Some(first), Some(last), Some(nn)) => last.saturating_sub(*first) as f64 / 1e6 + nn / 1000.0,
            _ => 0.0,
        }
    }
}

impl<'a> Reading<'a> {
    pub(super) fn of(beats: &'a Cleaned, t_us: &[i64], rr_ms: &[f64]) -> Self {
        let ends = || t_us.iter().copied().zip(rr_ms.iter().copied());
        let (first, last_us) = (ends().next(), ends().next_back().map(|(t, _)| t));
        let (marked, accepted) = (beats.marked_us.len(), beats.nn_ms.len());
        let span_us = last_us.zip(first).map_or(0, |(last, (first, _))| last.saturating_sub(first).max(0));
        let lead_s = first.filter(|(_, rr)| in_range(*rr)).map_or(0.0, |(_, rr)| rr / 1000.0);
        Self {
            span_s: span_us as f64 / 1e6 + lead_s,
            covered_s: beats.nn_ms.iter().sum::<f64>() / 1000.0,
            fraction: marked as f64 / (marked + accepted).max(1) as f64,
            range_only: beats.range_only,
            pairs: beats.adjacent.iter().filter(|a| **a).count(),
            blocks: blocks(beats, first.map_or(0, |(t, _)| t)),
            last_us,
            stretch: Stretch::longest(beats),
        }
    }

    /// Why nothing at all, or nothing of the spectrum and the slopes, may be said.
    pub(super) fn artifacts(&self, most: f64) -> Result<(), String> {
        if self.last_us.is_none() {
            return Err("no heartbeats".into());
        }
        let told =
            || format!("{:.0} % artefacts, at most {:.0} % allowed", 100.0 * self.fraction, 100.0 * most);
        if self.fraction > most { Err(told()) } else { Ok(()) }
    }

    pub(super) fn pairs(&self) -> Result<(), String> {
        self.artifacts(WITHHOLD_FRACTION)?;
        if self.covered_s >= RMSSD_MIN_S && self.pairs >= RMSSD_MIN_PAIRS {
            return Ok(());
        }
        Err(format!("{:.0} s and {} pairs of clean beats, 60 s and 30 needed", self.covered_s, self.pairs))
    }

    pub(super) fn five_minutes(&self) -> Result<(), String> {
        self.artifacts(WITHHOLD_FRACTION)?;
        if self.span_s >= FIVE_MINUTES_S && self.covered_s >= SDNN_MIN_S {
            return Ok(());
        }
        Err(format!("{:.0} s of clean beats in {:.0} s, 240 in 300 needed", self.covered_s, self.span_s))
    }

    pub(super) fn seconds(&self, least: f64) -> Result<(), String> {
        self.artifacts(CAUTION_FRACTION)?;
        let got = self.stretch.seconds();
        if got >= least { Ok(()) } else { Err(format!("{got:.0} s without a pause, {least:.0} needed")) }
    }

    pub(super) fn beats(&self, least: usize, most_artifacts: f64) -> Result<(), String> {
        self.artifacts(most_artifacts)?;
        let got = self.stretch.nn_ms.len();
        if got >= least { Ok(()) } else { Err(format!("{got} beats without a pause, {least} needed")) }
    }
}
