//! Time domain, Poincaré plot, geometric index and stress index of a series of NN intervals.

use crate::stats::{median, quantile, scaled_mad};
use std::f64::consts::PI;

/// Width of a bin of the HRV triangular index, ms (1/128 s) [taskforce1996].
pub const HTI_BIN_MS: f64 = 1000.0 / 128.0;
/// Width of a bin of the Baevsky stress index, ms [baevsky2017].
pub const BAEVSKY_BIN_MS: f64 = 50.0;

/// Bins of a histogram are counted in an array up to here, and the few beats beyond in none.
const LONGEST_BINNED_MS: f64 = 60_000.0;

/// Time-domain measures of one series of NN intervals.
///
/// What needs differences is absent below two adjacent intervals (those with n−1 below three), what
/// divides by zero is absent too.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeDomain {
    /// Number of intervals.
    pub n: usize,
    /// Number of differences between adjacent intervals.
    pub n_pairs: usize,
    /// Mean interval, ms.
    pub mean_nn_ms: f64,
    /// Median interval, ms.
    pub median_nn_ms: f64,
    /// Shortest interval, ms.
    pub min_nn_ms: f64,
    /// Longest interval, ms.
    pub max_nn_ms: f64,
    /// Standard deviation of the intervals (n−1), ms.
    pub sdnn_ms: Option<f64>,
    /// Root mean square of successive differences, ms.
    pub rmssd_ms: Option<f64>,
    /// Natural logarithm of RMSSD in ms; absent when RMSSD is 0.
    pub ln_rmssd: Option<f64>,
    /// Standard deviation of successive differences (n−1), ms.
    pub sdsd_ms: Option<f64>,
    /// Differences above 50 ms.
    pub nn50: usize,
    /// `nn50` in percent of the number of *intervals* [taskforce1996].
    pub pnn50_pct: f64,
    /// Differences above 20 ms.
    pub nn20: usize,
    /// `nn20` in percent of the number of intervals.
    pub pnn20_pct: f64,
    /// SDNN over mean interval.
    pub cvnn: Option<f64>,
    /// RMSSD over mean interval.
    pub cvsd: Option<f64>,
    /// Median absolute deviation, scaled to a standard deviation, ms.
    pub mad_nn_ms: f64,
    /// Interquartile range, ms.
    pub iqr_nn_ms: f64,
    /// 60000 over mean interval, per minute.
    pub mean_hr_bpm: f64,
    /// Short axis of the Poincaré plot (n−1), ms [brennan2001].
    pub sd1_ms: Option<f64>,
    /// Long axis of the Poincaré plot (n−1), ms [brennan2001].
    pub sd2_ms: Option<f64>,
    /// Triangular index: intervals over the fullest bin of 1/128 s.
    pub hti: f64,
    /// The fullest bin of 50 ms (ties: the lowest), its centre, s.
    pub baevsky_mo_s: f64,
    /// Intervals in that bin, percent.
    pub baevsky_amo_pct: f64,
    /// Longest minus shortest interval, s.
    pub baevsky_mxdmn_s: f64,
    /// Stress index AMo / (2 · Mo · MxDMn); meant for 5 minutes of rest [baevsky2017].
    pub baevsky_si: Option<f64>,
}

impl TimeDomain {
    /// SD1 over SD2.
    #[must_use]
    pub fn sd1_sd2(&self) -> Option<f64> {
        ratio(self.sd1_ms?, self.sd2_ms?)
    }

    /// Area of the Poincaré ellipse, ms².
    #[must_use]
    pub fn area_ms2(&self) -> Option<f64> {
        Some(PI * self.sd1_ms? * self.sd2_ms?)
    }

    /// Cardiac sympathetic index SD2/SD1 [toichi1997].
    #[must_use]
    pub fn csi(&self) -> Option<f64> {
        ratio(self.sd2_ms?, self.sd1_ms?)
    }

    /// Cardiac vagal index log10(16 · SD1 · SD2), lengths in ms [toichi1997].
    #[must_use]
    pub fn cvi(&self) -> Option<f64> {
        let product = 16.0 * self.sd1_ms? * self.sd2_ms?;
        (product > 0.0).then(|| product.log10())
    }

    /// Modified cardiac sympathetic index L²/T = 4 · SD2²/SD1, ms [jeppesen2014].
    #[must_use]
    pub fn csi_modified_ms(&self) -> Option<f64> {
        ratio(4.0 * self.sd2_ms?.powi(2), self.sd1_ms?)
    }

    /// Square root of the stress index, as some programs report it.
    #[must_use]
    pub fn baevsky_sqrt_si(&self) -> Option<f64> {
        self.baevsky_si.map(f64::sqrt)
    }
}

/// Time-domain measures of one unbroken series of NN intervals.
///
/// `nn_ms`: milliseconds, finite, artefacts removed. `None` if there is none, or one is not positive
/// and finite. Nothing is asked about length: see [`super::window`] for what is enough.
///
/// # Source
/// [taskforce1996], [brennan2001], [toichi1997], [jeppesen2014], [baevsky2017].
/// # Example
/// ```
/// # use twin_models::health::hrv::time_domain;
/// let hrv = time_domain(&[800.0, 810.0, 790.0]).unwrap();
/// assert_eq!(hrv.rmssd_ms, Some(15.811388300841896)); // √((10² + 20²) / 2)
/// assert_eq!(hrv.sdnn_ms, Some(10.0));
/// assert_eq!(hrv.mean_hr_bpm, 75.0);
/// ```
#[must_use]
pub fn time_domain(nn_ms: &[f64]) -> Option<TimeDomain> {
    measure(nn_ms, std::iter::repeat(true))
}

/// The same for a series with gaps: `adjacent[i]` says that interval `i` follows interval `i − 1`
/// without a beat missing between them. Only such pairs enter differences.
///
/// `None` also when the lengths differ. The percentages still divide by the number of intervals.
#[must_use]
pub fn time_domain_with_gaps(nn_ms: &[f64], adjacent: &[bool]) -> Option<TimeDomain> {
    if nn_ms.len() != adjacent.len() {
        return None;
    }
    measure(nn_ms, adjacent.iter().copied())
}

/// Sums of one pass, each taken around the first value so that nothing cancels.
#[derive(Default)]
struct Sums {
    x: f64,
    xx: f64,
    d: f64,
    dd: f64,
    s: f64,
    ss: f64,
}

fn measure(nn: &[f64], adjacent: impl Iterator<Item = bool>) -> Option<TimeDomain> {
    let &first = nn.first()?;
    let mut sums = Sums::default();
    let (mut min, mut max) = (first, first);
    let (mut pairs, mut nn50, mut nn20) = (0_usize, 0_usize, 0_usize);
    let mut fine = Bins::new(HTI_BIN_MS);
    let mut coarse = Bins::new(BAEVSKY_BIN_MS);
    let mut previous = None;
    for (&x, follows) in nn.iter().zip(adjacent) {
        if !x.is_finite() || x <= 0.0 {
            return None;
        }
        let shifted = x - first;
        sums.x += shifted;
        sums.xx += shifted * shifted;
        min = min.min(x);
        max = max.max(x);
        fine.add(x);
        coarse.add(x);
        if let (Some(before), true) = (previous, follows) {
            let difference: f64 = x - before;
            let sum = shifted + (before - first);
            pairs += 1;
            sums.d += difference;
            sums.dd += difference * difference;
            sums.s += sum;
            sums.ss += sum * sum;
            nn50 += usize::from(difference.abs() > 50.0);
            nn20 += usize::from(difference.abs() > 20.0);
        }
        previous = Some(x);
    }
    let n = nn.len();
    let count = n as f64;
    let mean = first + sums.x / count;
    let mut scratch = nn.to_vec();
    let median_nn = median(&mut scratch)?;
    let iqr = quantile(&mut scratch, 0.75)? - quantile(&mut scratch, 0.25)?;
    let mad = scaled_mad(&mut scratch, median_nn)?;
    let sdnn = spread(sums.x, sums.xx, n);
    let rmssd = (pairs > 0).then(|| (sums.dd / pairs as f64).sqrt());
    let sdsd = spread(sums.d, sums.dd, pairs);
    let (_, fullest) = fine.fullest();
    let (modal, modal_count) = coarse.fullest();
    let mo_s = (modal as f64 + 0.5) * BAEVSKY_BIN_MS / 1000.0;
    let amo = 100.0 * modal_count as f64 / count;
    let range_s = (max - min) / 1000.0;
    Some(TimeDomain {
        n,
        n_pairs: pairs,
        mean_nn_ms: mean,
        median_nn_ms: median_nn,
        min_nn_ms: min,
        max_nn_ms: max,
        sdnn_ms: sdnn,
        rmssd_ms: rmssd,
        ln_rmssd: rmssd.filter(|&r| r > 0.0).map(f64::ln),
        sdsd_ms: sdsd,
        nn50,
        pnn50_pct: 100.0 * nn50 as f64 / count,
        nn20,
        pnn20_pct: 100.0 * nn20 as f64 / count,
        cvnn: sdnn.map(|s| s / mean),
        cvsd: rmssd.map(|r| r / mean),
        mad_nn_ms: mad,
        iqr_nn_ms: iqr,
        mean_hr_bpm: 60_000.0 / mean,
        sd1_ms: sdsd.map(|s| s / std::f64::consts::SQRT_2),
        sd2_ms: spread(sums.s, sums.ss, pairs).map(|s| s / std::f64::consts::SQRT_2),
        hti: count / fullest.max(1) as f64,
        baevsky_mo_s: mo_s,
        baevsky_amo_pct: amo,
        baevsky_mxdmn_s: range_s,
        baevsky_si: ratio(amo, 2.0 * mo_s * range_s),
    })
}

/// Standard deviation (n−1) from a sum and a sum of squares.
fn spread(sum: f64, squares: f64, n: usize) -> Option<f64> {
    let count = n as f64;
    (n > 1).then(|| ((squares - sum * sum / count).max(0.0) / (count - 1.0)).sqrt())
}

fn ratio(above: f64, below: f64) -> Option<f64> {
    (below != 0.0).then(|| above / below)
}

/// A histogram with bins aligned at zero.
struct Bins {
    width: f64,
    counts: Vec<u32>,
}

impl Bins {
    const fn new(width: f64) -> Self {
        Self { width, counts: Vec::new() }
    }

    fn add(&mut self, x: f64) {
        if x > LONGEST_BINNED_MS {
            return;
        }
        let bin = (x / self.width) as usize;
        if bin >= self.counts.len() {
            self.counts.resize(bin + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(bin) {
            *count += 1;
        }
    }

    /// Index and count of the fullest bin, the lowest of equals.
    fn fullest(&self) -> (usize, u32) {
        let mut best = (0, 0);
        for (i, &count) in self.counts.iter().enumerate() {
            if count > best.1 {
                best = (i, count);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_series_worked_by_hand() {
        let hrv = time_domain(&[800.0, 860.0, 830.0, 830.0]).unwrap();
        assert_eq!(hrv.mean_nn_ms, 830.0);
        assert_eq!(hrv.median_nn_ms, 830.0);
        assert_eq!(hrv.sdnn_ms, Some(600.0_f64.sqrt())); // (900 + 900) / 3
        assert_eq!(hrv.rmssd_ms, Some(1500.0_f64.sqrt())); // (3600 + 900 + 0) / 3
        assert_eq!((hrv.nn50, hrv.nn20), (1, 2));
        assert_eq!(hrv.pnn50_pct, 25.0);
        assert_eq!(hrv.iqr_nn_ms, 837.5 - 822.5);
        assert_eq!(hrv.mad_nn_ms, 15.0 * crate::stats::MAD_TO_SD);
        // bins of 50 ms: 800, 830, 830 in 800..850 and 860 in 850..900
        assert_eq!((hrv.baevsky_mo_s, hrv.baevsky_amo_pct), (0.825, 75.0));
        let si = hrv.baevsky_si.unwrap();
        assert!((si - 75.0 / (2.0 * 0.825 * 0.06)).abs() < 1e-9);
        assert_eq!(hrv.hti, 2.0);
    }

    #[test]
    fn a_gap_takes_its_pair_out_and_nothing_else() {
        let hrv = time_domain_with_gaps(&[800.0, 810.0, 900.0, 890.0], &[true, true, false, true]).unwrap();
        assert_eq!(hrv.n_pairs, 2);
        assert_eq!(hrv.rmssd_ms, Some(10.0));
        assert_eq!(hrv.mean_nn_ms, 850.0);
        assert_eq!(time_domain_with_gaps(&[800.0], &[]), None);
    }

    #[test]
    fn too_little_leaves_fields_absent() {
        assert_eq!(time_domain(&[]), None);
        assert_eq!(time_domain(&[800.0, f64::NAN]), None);
        assert_eq!(time_domain(&[-1.0]), None);
        let one = time_domain(&[800.0]).unwrap();
        assert_eq!((one.rmssd_ms, one.sdnn_ms, one.sd1_ms, one.baevsky_si), (None, None, None, None));
        let flat = time_domain(&[800.0; 5]).unwrap();
        assert_eq!((flat.rmssd_ms, flat.ln_rmssd, flat.csi()), (Some(0.0), None, None));
    }

    proptest! {
        #[test]
        fn variability_ignores_level_and_follows_scale(
            nn in proptest::collection::vec(400.0_f64..1500.0, 3..200),
            shift in 0.0_f64..300.0,
            scale in 0.5_f64..2.0,
        ) {
            let base = time_domain(&nn).unwrap();
            let shifted = time_domain(&nn.iter().map(|x| x + shift).collect::<Vec<_>>()).unwrap();
            let scaled = time_domain(&nn.iter().map(|x| x * scale).collect::<Vec<_>>()).unwrap();
            let close = |a: Option<f64>, b: Option<f64>| (a.unwrap() - b.unwrap()).abs() <= 1e-6;
            prop_assert!(close(base.rmssd_ms, shifted.rmssd_ms));
            prop_assert!(close(base.sdnn_ms, shifted.sdnn_ms));
            prop_assert!(close(base.rmssd_ms.map(|x| x * scale), scaled.rmssd_ms));
            prop_assert!(close(base.sd2_ms.map(|x| x * scale), scaled.sd2_ms));
            prop_assert!(base.min_nn_ms <= base.median_nn_ms && base.median_nn_ms <= base.max_nn_ms);
            prop_assert!(base.hti >= 1.0 && base.nn50 <= base.nn20 && base.nn20 <= base.n_pairs);
        }
    }
}
