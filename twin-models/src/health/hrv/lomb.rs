//! The Lomb–Scargle spectrum: for intervals with beats missing, as it asks for no even grid [lomb1976], [scargle1982].

use super::bands::{BandPowers, beat_times_s};
use std::f64::consts::TAU;

/// First frequency, Hz.
pub const FROM_HZ: f64 = 0.003;
/// Step between frequencies, Hz.
pub const STEP_HZ: f64 = 0.0005;
/// Frequencies: 0.003..=0.400 Hz.
pub const FREQUENCIES: usize = 795;
/// Steps after which turned angles are computed afresh, so that rounding does not add up.
const REFRESH: usize = 128;

/// Lomb–Scargle band powers of NN intervals at their times, ms².
///
/// `t_s`: end of each interval in seconds, ascending; `nn_ms` as long. Mean subtracted, no floating mean,
/// density `2T/N` times half the χ² drop. `None` below 3 intervals, for other lengths, or where a number is
/// not finite. Time is 795 · N.
///
/// ```
/// # use twin_models::health::hrv::lomb::lomb_scargle;
/// let t: Vec<f64> = (0..300).map(f64::from).collect();
/// let nn: Vec<f64> = t.iter().map(|t| 850.0 + 30.0 * (std::f64::consts::TAU * 0.1 * t).sin()).collect();
/// let bands = lomb_scargle(&t, &nn).unwrap();
/// assert!((bands.lf_ms2 - 450.0).abs() < 13.5 && (bands.lf_peak_hz - 0.1).abs() < 1e-9);
/// ```
#[must_use]
pub fn lomb_scargle(t_s: &[f64], nn_ms: &[f64]) -> Option<BandPowers> {
    let density = density(t_s, nn_ms)?;
    Some(BandPowers::of(&density, FROM_HZ, STEP_HZ))
}

/// The same for an unbroken series, whose times are the sums of its intervals.
#[must_use]
pub fn lomb_scargle_unbroken(nn_ms: &[f64]) -> Option<BandPowers> {
    lomb_scargle(&beat_times_s(nn_ms), nn_ms)
}

/// One beat on its way through the frequencies: cosine and sine now, and of one step.
struct Turning {
    t: f64,
    y: f64,
    cos: f64,
    sin: f64,
    step_cos: f64,
    step_sin: f64,
}

/// Density at `0.003 + i · 0.0005` Hz, ms²/Hz.
fn density(t_s: &[f64], nn_ms: &[f64]) -> Option<Vec<f64>> {
    let (&first, &last) = (t_s.first()?, t_s.last()?);
    let span = last - first;
    let finite = t_s.iter().chain(nn_ms).all(|x| x.is_finite());
    if t_s.len() != nn_ms.len() || t_s.len() < 3 || !finite || span <= 0.0 {
        return None;
    }
    let n = nn_ms.len() as f64;
    let mean = nn_ms.iter().sum::<f64>() / n;
    let mut beats: Vec<Turning> = t_s
        .iter()
        .zip(nn_ms)
        .map(|(t, y)| {
            let (step_sin, step_cos) = (TAU * STEP_HZ * (t - first)).sin_cos();
            Turning { t: t - first, y: y - mean, cos: 1.0, sin: 0.0, step_cos, step_sin }
        })
        .collect();
    let mut out = Vec::with_capacity(FREQUENCIES);
    for i in 0..FREQUENCIES {
        if i % REFRESH == 0 {
            let turn = TAU * (FROM_HZ + i as f64 * STEP_HZ);
            for beat in &mut beats {
                (beat.sin, beat.cos) = (turn * beat.t).sin_cos();
            }
        }
        let (mut yc, mut ys, mut cc, mut cs) = (0.0, 0.0, 0.0, 0.0);
        for beat in &mut beats {
            yc += beat.y * beat.cos;
            ys += beat.y * beat.sin;
            cc += beat.cos * beat.cos;
            cs += beat.cos * beat.sin;
            let cos = beat.cos * beat.step_cos - beat.sin * beat.step_sin;
            beat.sin = beat.sin * beat.step_cos + beat.cos * beat.step_sin;
            beat.cos = cos;
        }
        let ss = n - cc;
        let determinant = cc * ss - cs * cs;
        // both columns are one where all beats fall on the same phase: such a frequency says nothing
        let drop = if determinant > 1e-12 * n * n {
            (yc * yc * ss - 2.0 * yc * ys * cs + ys * ys * cc) / determinant
        } else {
            0.0
        };
        out.push(drop.max(0.0) * span / n);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_beats_leave_a_tone_in_place() {
        let all: Vec<f64> = (0..400).map(|i| 0.8 * f64::from(i)).collect();
        let kept: Vec<f64> = all.iter().copied().filter(|t| !((t * 7.0) as u32).is_multiple_of(5)).collect();
        let tone = |t: &f64| 900.0 + 20.0 * (TAU * 0.25 * t).sin();
        let bands = lomb_scargle(&kept, &kept.iter().map(tone).collect::<Vec<_>>()).unwrap();
        assert!(kept.len() < 350);
        assert!((bands.hf_ms2 - 200.0).abs() < 10.0, "{bands:?}");
        assert!((bands.hf_peak_hz - 0.25).abs() < 1e-9);
    }

    #[test]
    fn bad_input_has_no_spectrum() {
        assert_eq!(lomb_scargle(&[], &[]), None);
        assert_eq!(lomb_scargle(&[0.0, 1.0, 2.0], &[800.0, 800.0]), None);
        assert_eq!(lomb_scargle(&[1.0; 4], &[800.0; 4]), None);
        assert_eq!(lomb_scargle(&[0.0, 1.0, f64::INFINITY], &[800.0; 3]), None);
        assert_eq!(lomb_scargle_unbroken(&[800.0; 50]).unwrap().total_ms2(), 0.0);
    }
}
