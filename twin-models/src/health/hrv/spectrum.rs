//! Welch's spectrum of NN intervals [welch1967], [taskforce1996].
//!
//! Intervals are laid on their beats, joined by a natural cubic spline and read at 4 Hz; segments of 256 s
//! overlap by half under a Hann window.

use super::bands::{BandPowers, beat_times_into};
use super::transform::Transform;
use std::f64::consts::TAU;
use std::fmt;

/// Samples a second of the even grid.
pub const RATE_HZ: f64 = 4.0;
/// Samples of a segment: 256 s, or the whole record if it is shorter.
pub const SEGMENT: usize = 1024;
/// Samples of the transform; the rest of a segment is zeros.
pub const NFFT: usize = 4096;
/// A record longer than this is not laid on a grid: four days. OWN.
const LONGEST_S: f64 = 4.0 * 86_400.0;

/// Plan and memory for any number of spectra.
pub struct Welch {
    transform: Transform,
    even: Vec<f64>,
    padded: Vec<f64>,
    density: Vec<f64>,
    hann: Vec<f64>,
    spline: Spline,
    times_s: Vec<f64>,
}

impl fmt::Debug for Welch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Welch").finish_non_exhaustive()
    }
}

impl Default for Welch {
    fn default() -> Self {
        Self::new()
    }
}

impl Welch {
    /// Plans the transform; keep it for the next spectrum.
    #[must_use]
    pub fn new() -> Self {
        Self {
            transform: Transform::new(),
            even: Vec::new(),
            padded: vec![0.0; NFFT],
            density: Vec::new(),
            hann: Vec::new(),
            spline: Spline::default(),
            times_s: Vec::new(),
        }
    }

    /// Band powers of one unbroken series of intervals; see [`welch`].
    pub fn bands(&mut self, nn_ms: &[f64]) -> Option<BandPowers> {
        let mut times = std::mem::take(&mut self.times_s);
        beat_times_into(nn_ms, &mut times);
        let bands = self.bands_at(&times, nn_ms);
        self.times_s = times;
        bands
    }

    /// The same with a time for each interval, s from the first, ascending.
    pub fn bands_at(&mut self, t_s: &[f64], nn_ms: &[f64]) -> Option<BandPowers> {
        self.density_at(t_s, nn_ms)?;
        Some(BandPowers::of(&self.density, 0.0, RATE_HZ / NFFT as f64))
    }

    /// One-sided density in ms²/Hz at `i · 4/4096` Hz, up to the 2 Hz of the grid.
    pub fn density_at(&mut self, t_s: &[f64], nn_ms: &[f64]) -> Option<&[f64]> {
        self.spline.read_evenly(t_s, nn_ms, &mut self.even)?;
        let segment = self.even.len().min(SEGMENT);
        let step = segment - segment / 2;
        if self.hann.len() != segment {
            let turn = TAU / segment as f64;
            self.hann.clear();
            self.hann.extend((0..segment).map(|i| 0.5 - 0.5 * (turn * i as f64).cos()));
        }
        let energy: f64 = self.hann.iter().map(|w| w * w).sum();
        self.density.clear();
        self.density.resize(NFFT / 2 + 1, 0.0);
        let mut segments = 0_u32;
        for piece in self.even.windows(segment).step_by(step) {
            let mean = piece.iter().sum::<f64>() / segment as f64;
            let (head, tail) = self.padded.split_at_mut_checked(segment)?;
            for ((out, x), w) in head.iter_mut().zip(piece).zip(&self.hann) {
                *out = (x - mean) * w;
            }
            tail.fill(0.0);
            let transform = self.transform.of(&self.padded)?;
            for (sum, x) in self.density.iter_mut().zip(transform) {
                *sum += x.norm_sqr();
            }
            segments += 1;
        }
        let scale = 2.0 / (RATE_HZ * energy * f64::from(segments));
        self.density.iter_mut().for_each(|x| *x *= scale);
        // the ends have no mirror image
        for end in [0, NFFT / 2] {
            if let Some(x) = self.density.get_mut(end) {
                *x /= 2.0;
            }
        }
        Some(&self.density)
    }
}

/// Welch band powers of one unbroken series of NN intervals, ms².
///
/// `nn_ms`: milliseconds, positive and finite. `None` below 4 s or 3 intervals; see
/// [`super::analysis`] for what is enough. For many windows keep a [`Welch`].
///
/// ```
/// # use twin_models::health::hrv::spectrum::welch;
/// // 30 ms at 0.1 Hz have a power of 30²/2 = 450 ms²
/// let mut t = 0.0_f64;
/// let nn: Vec<f64> = (0..400)
///     .map(|_| {
///         let nn = 850.0 + 30.0 * (std::f64::consts::TAU * 0.1 * t).sin();
///         t += nn / 1000.0;
///         nn
///     })
///     .collect();
/// let bands = welch(&nn).unwrap();
/// assert!((bands.lf_ms2 - 450.0).abs() < 13.5 && (bands.lf_peak_hz - 0.1).abs() < 0.001);
/// ```
#[must_use]
pub fn welch(nn_ms: &[f64]) -> Option<BandPowers> {
    Welch::new().bands(nn_ms)
}

/// A natural cubic spline; memory is kept between uses.
#[derive(Debug, Default)]
struct Spline {
    /// Second derivatives at the knots.
    curvature: Vec<f64>,
    /// Upper diagonal of the elimination.
    upper: Vec<f64>,
}

impl Spline {
    /// Values at 0, ¼, ½ … s up to the last knot.
    fn read_evenly(&mut self, t: &[f64], y: &[f64], out: &mut Vec<f64>) -> Option<()> {
        out.clear();
        let &last = t.last()?;
        let ascending = t.iter().zip(t.iter().skip(1)).all(|(a, b)| b > a);
        let usable = t.first() == Some(&0.0) && t.len() == y.len() && t.len() >= 3;
        if !usable || !ascending || !(4.0..=LONGEST_S).contains(&last) || !y.iter().all(|y| y.is_finite()) {
            return None;
        }
        self.solve(t, y);
        let samples = (last * RATE_HZ).floor() as usize + 1;
        out.reserve(samples);
        let knots = t.iter().zip(t.iter().skip(1)).zip(y.iter().zip(y.iter().skip(1)));
        let bends = self.curvature.iter().zip(self.curvature.iter().skip(1));
        let mut i = 0_u32;
        for (((t0, t1), (y0, y1)), (m0, m1)) in knots.zip(bends) {
            let h = t1 - t0;
            let inverse = 1.0 / h;
            loop {
                let at = f64::from(i) / RATE_HZ;
                if at > *t1 || out.len() == samples {
                    break;
                }
                let (a, b) = ((t1 - at) * inverse, (at - t0) * inverse);
                let bend = ((a * a * a - a) * m0 + (b * b * b - b) * m1) * h * h / 6.0;
                out.push(a * y0 + b * y1 + bend);
                i += 1;
            }
        }
        Some(())
    }

    /// Thomas elimination of the tridiagonal system with second derivatives 0 at both ends.
    fn solve(&mut self, t: &[f64], y: &[f64]) {
        self.curvature.clear();
        self.upper.clear();
        self.curvature.push(0.0);
        self.upper.push(0.0);
        let (mut before, mut bend) = (0.0, 0.0);
        for (t, y) in t.windows(3).zip(y.windows(3)) {
            let (&[t0, t1, t2], &[y0, y1, y2]) = (t, y) else { continue };
            let (h0, h1) = (t1 - t0, t2 - t1);
            let right = 6.0 * ((y2 - y1) / h1 - (y1 - y0) / h0);
            let pivot = 1.0 / (2.0 * (h0 + h1) - h0 * before);
            before = h1 * pivot;
            bend = (right - h0 * bend) * pivot;
            self.upper.push(before);
            self.curvature.push(bend);
        }
        self.curvature.push(0.0);
        let mut next = 0.0;
        for (m, upper) in self.curvature.iter_mut().rev().skip(1).zip(self.upper.iter().rev()) {
            *m -= upper * next;
            next = *m;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spline_passes_through_its_knots_and_is_natural() {
        let (mut spline, mut out) = (Spline::default(), Vec::new());
        let t = [0.0, 1.0, 2.5, 4.0, 5.0];
        let y = [1.0, 3.0, -2.0, 0.0, 4.0];
        spline.read_evenly(&t, &y, &mut out).unwrap();
        assert_eq!(out.len(), 21);
        for (t, y) in t.iter().zip(y) {
            assert!((out[(t * 4.0) as usize] - y).abs() < 1e-12);
        }
        assert_eq!((spline.curvature.len(), spline.curvature[0], spline.curvature[4]), (5, 0.0, 0.0));
        // a straight line stays one
        spline.read_evenly(&t, &t, &mut out).unwrap();
        assert!(out.iter().enumerate().all(|(i, x)| (x - i as f64 / 4.0).abs() < 1e-12));
    }

    #[test]
    fn what_cannot_be_laid_on_a_grid_has_no_spectrum() {
        let mut welch = Welch::new();
        assert_eq!(welch.bands(&[]), None);
        assert_eq!(welch.bands(&[900.0; 4]), None);
        assert_eq!(welch.bands(&[900.0, f64::NAN, 900.0, 900.0, 900.0, 900.0, 900.0]), None);
        assert_eq!(welch.bands(&[900.0, 0.0, 900.0, 900.0, 900.0, 900.0, 900.0]), None);
        assert_eq!(welch.bands(&[1e12; 9]), None);
        let flat = welch.bands(&[900.0; 300]).unwrap();
        assert!(flat.total_ms2() < 1e-12);
    }

    #[test]
    fn memory_carries_nothing_over() {
        let noisy = |seed: u64, n: u64| -> Vec<f64> {
            (0..n).map(|i| 800.0 + ((i * i * 7 + i * seed) % 101) as f64).collect()
        };
        let mut welch = Welch::new();
        let first = welch.bands(&noisy(3, 700));
        welch.bands(&noisy(5, 100));
        assert_eq!(welch.bands(&noisy(3, 700)), first);
    }
}
