//! Powers of the bands of a spectrum.

/// Where the band of very low frequencies begins, Hz [taskforce1996].
pub const VLF_FROM_HZ: f64 = 0.0033;
/// Where low frequencies begin, Hz.
pub const LF_FROM_HZ: f64 = 0.04;
/// Where high frequencies begin, Hz.
pub const HF_FROM_HZ: f64 = 0.15;
/// Where high frequencies end, Hz.
pub const HF_TO_HZ: f64 = 0.40;

/// Powers of the bands, ms². A band is `from ≤ f < to`, its power the trapezoid over the density.
///
/// Powers of different methods (Welch, Lomb–Scargle) are not comparable. LF/HF is a ratio of powers and not
/// a "sympathovagal balance" [billman2013].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandPowers {
    /// 0.0033..0.04 Hz, ms².
    pub vlf_ms2: f64,
    /// 0.04..0.15 Hz, ms².
    pub lf_ms2: f64,
    /// 0.15..0.40 Hz, ms².
    pub hf_ms2: f64,
    /// Where the density of the low band is highest, Hz.
    pub lf_peak_hz: f64,
    /// Where the density of the high band is highest, Hz.
    pub hf_peak_hz: f64,
}

impl BandPowers {
    /// The bands of a density in ms²/Hz on a grid `first_hz + i · step_hz`.
    pub(super) fn of(density: &[f64], first_hz: f64, step_hz: f64) -> Self {
        let band = |from: f64, to: f64| {
            // half a billionth of a step forgives the rounding of a grid that meets a border
            let place = |f: f64| ((f - first_hz) / step_hz - 1e-6).ceil().max(0.0) as usize;
            let (from, to) = (place(from), place(to).min(density.len()));
            let inside = density.get(from..to).unwrap_or_default();
            let ends = inside.first().copied().unwrap_or(0.0) + inside.last().copied().unwrap_or(0.0);
            let power = step_hz * (inside.iter().sum::<f64>() - ends / 2.0);
            let mut peak = (from, f64::NEG_INFINITY);
            for (i, &value) in inside.iter().enumerate() {
                if value > peak.1 {
                    peak = (from + i, value);
                }
            }
            (power.max(0.0), first_hz + peak.0 as f64 * step_hz)
        };
        let (vlf_ms2, _) = band(VLF_FROM_HZ, LF_FROM_HZ);
        let (lf_ms2, lf_peak_hz) = band(LF_FROM_HZ, HF_FROM_HZ);
        let (hf_ms2, hf_peak_hz) = band(HF_FROM_HZ, HF_TO_HZ);
        Self { vlf_ms2, lf_ms2, hf_ms2, lf_peak_hz, hf_peak_hz }
    }

    /// Sum of the three bands, ms².
    #[must_use]
    pub fn total_ms2(&self) -> f64 {
        self.vlf_ms2 + self.lf_ms2 + self.hf_ms2
    }

    /// LF over HF; absent where HF is 0.
    #[must_use]
    pub fn lf_hf(&self) -> Option<f64> {
        (self.hf_ms2 > 0.0).then(|| self.lf_ms2 / self.hf_ms2)
    }

    /// LF in percent of LF + HF; absent where both are 0.
    #[must_use]
    pub fn lf_nu(&self) -> Option<f64> {
        let both = self.lf_ms2 + self.hf_ms2;
        (both > 0.0).then(|| 100.0 * self.lf_ms2 / both)
    }

    /// HF in percent of LF + HF; absent where both are 0.
    #[must_use]
    pub fn hf_nu(&self) -> Option<f64> {
        self.lf_nu().map(|lf| 100.0 - lf)
    }
}

/// Ends of intervals in seconds from the first, as the spectra want them.
///
/// ```
/// # use twin_models::health::hrv::bands::beat_times_s;
/// assert_eq!(beat_times_s(&[800.0, 1000.0, 500.0]), [0.0, 1.0, 1.5]);
/// ```
#[must_use]
pub fn beat_times_s(nn_ms: &[f64]) -> Vec<f64> {
    let mut out = Vec::new();
    beat_times_into(nn_ms, &mut out);
    out
}

pub(super) fn beat_times_into(nn_ms: &[f64], out: &mut Vec<f64>) {
    let first = nn_ms.first().copied().unwrap_or(0.0);
    let mut sum_ms = 0.0;
    out.clear();
    out.extend(nn_ms.iter().map(|nn| {
        sum_ms += nn;
        (sum_ms - first) / 1000.0
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_sharing_a_bin() {
        // density 1 everywhere, 10 mHz apart: LF holds 0.04..=0.14, HF 0.15..=0.39
        let flat = BandPowers::of(&[1.0; 60], 0.0, 0.01);
        assert!((flat.lf_ms2 - 0.10).abs() < 1e-12 && (flat.hf_ms2 - 0.24).abs() < 1e-12);
        assert!((flat.lf_peak_hz - 0.04).abs() < 1e-12);
        assert!((flat.lf_nu().unwrap() + flat.hf_nu().unwrap() - 100.0).abs() < 1e-12);
        let silent = BandPowers::of(&[0.0; 60], 0.0, 0.01);
        assert_eq!((silent.lf_hf(), silent.lf_nu(), silent.total_ms2()), (None, None, 0.0));
        assert_eq!(BandPowers::of(&[], 0.0, 0.01).total_ms2(), 0.0);
    }
}
