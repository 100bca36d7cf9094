//! A daily wave fitted to values at any times [nelson1979].

use crate::stats::{Z80, interval80};
use std::f64::consts::TAU;
use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "circadian_cosinor";
/// Its version.
pub const VERSION: &str = "1";
/// Least span of the values, h.
pub const MIN_SPAN_H: f64 = 24.0;
/// Least number of values.
pub const MIN_POINTS: usize = 12;
/// Bins of four hours of the day that must hold a value, of six.
pub const MIN_BINS: usize = 4;
/// Above this probability of no rhythm there is no phase.
pub const MAX_P: f64 = 0.05;

/// A fitted wave `y = M + A cos(2π (t − φ) / period)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosinor {
    /// Mean level M, in the unit of the values.
    pub mesor: f64,
    /// Amplitude A, in the unit of the values.
    pub amplitude: f64,
    /// Time of the crest φ, h, 0..period; meaningless where the amplitude is 0.
    pub acrophase_h: f64,
    /// Standard error of the mesor.
    pub se_mesor: f64,
    /// Standard error of the amplitude (delta method).
    pub se_amplitude: f64,
    /// Standard error of the acrophase, h (delta method); infinite where the amplitude is 0.
    pub se_acrophase_h: f64,
    /// F statistic of the zero-amplitude test, with 2 and n − 3 degrees of freedom.
    pub f_stat: f64,
    /// Its probability where there is no rhythm.
    pub p_zero_amplitude: f64,
    /// Share of variance explained, 0..=1.
    pub r2: f64,
}

/// Least squares fit of one wave.
///
/// `t_h`: hours; `y` as long. `None` below 4 values, for other lengths, where a number is not finite, the
/// values are all the same, or the times cannot tell cosine from sine from level.
///
/// ```
/// # use twin_models::health::circadian::cosinor;
/// let t: Vec<f64> = (0..48).map(f64::from).collect();
/// let y: Vec<f64> = t.iter().map(|t| 60.0 + 8.0 * (std::f64::consts::TAU * (t - 16.0) / 24.0).cos()).collect();
/// let wave = cosinor(&t, &y, 24.0).unwrap();
/// assert!((wave.mesor - 60.0).abs() < 1e-9 && (wave.amplitude - 8.0).abs() < 1e-9);
/// assert!((wave.acrophase_h - 16.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn cosinor(t_h: &[f64], y: &[f64], period_h: f64) -> Option<Cosinor> {
    let finite = t_h.iter().chain(y).all(|x| x.is_finite()) && period_h.is_finite();
    if t_h.len() != y.len() || t_h.len() < 4 || !finite || period_h <= 0.0 {
        return None;
    }
    let n = y.len() as f64;
    let turn = TAU / period_h;
    let waves: Vec<(f64, f64)> = t_h.iter().map(|t| (turn * t).sin_cos()).collect();
    let (mean_s, mean_c) = waves.iter().fold((0.0, 0.0), |(s, c), w| (s + w.0 / n, c + w.1 / n));
    let mean_y = y.iter().sum::<f64>() / n;
    let (mut cc, mut ss, mut cs, mut cy, mut sy, mut yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for ((s, c), y) in waves.iter().zip(y) {
        let (s, c, y) = (s - mean_s, c - mean_c, y - mean_y);
        cc += c * c;
        ss += s * s;
        cs += c * s;
        cy += c * y;
        sy += s * y;
        yy += y * y;
    }
    let determinant = cc * ss - cs * cs;
    if determinant <= 1e-10 * n * n || yy <= 0.0 {
        return None;
    }
    let beta = (cy * ss - sy * cs) / determinant;
    let gamma = (sy * cc - cy * cs) / determinant;
    let mesor = mean_y - beta * mean_c - gamma * mean_s;
    let residual: f64 =
        waves.iter().zip(y).map(|((s, c), y)| (y - mesor - beta * c - gamma * s).powi(2)).sum();
    let freedom = n - 3.0;
    let variance = residual / freedom;
    if !(variance + beta + gamma + mesor).is_finite() {
        return None;
    }
    // covariance of beta and gamma over the variance
    let (vb, vg, vbg) = (ss / determinant, cc / determinant, -cs / determinant);
    let amplitude = beta.hypot(gamma);
    let spread =
        |db: f64, dg: f64| (variance * (db * db * vb + 2.0 * db * dg * vbg + dg * dg * vg)).max(0.0).sqrt();
    let square = amplitude * amplitude;
    let f_stat = ((yy - residual).max(0.0) / 2.0) / variance;
    Some(Cosinor {
        mesor,
        amplitude,
        acrophase_h: (gamma.atan2(beta).rem_euclid(TAU) / turn).rem_euclid(period_h),
        se_mesor: (variance
            * (1.0 / n + mean_c * mean_c * vb + 2.0 * mean_c * mean_s * vbg + mean_s * mean_s * vg))
            .max(0.0)
            .sqrt(),
        se_amplitude: if square > 0.0 {
            spread(beta / amplitude, gamma / amplitude)
        } else {
            spread(1.0, 0.0)
        },
        se_acrophase_h: if square > 0.0 {
            spread(-gamma / square, beta / square) / turn
        } else {
            f64::INFINITY
        },
        f_stat,
        // the F distribution with two degrees of freedom above has a closed form
        p_zero_amplitude: (1.0 + 2.0 * f_stat / freedom).powf(-freedom / 2.0),
        r2: (1.0 - residual / yy).max(0.0),
    })
}

/// Two waves, of a period and of half of it: a rhythm with a steep side or two crests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoWaves {
    /// The wave of the whole period; its errors and test are those of [`cosinor`] alone.
    pub first: Cosinor,
    /// Amplitude of the wave of half the period, in the unit of the values.
    pub second_amplitude: f64,
    /// Time of its crest, h, 0..period/2.
    pub second_acrophase_h: f64,
    /// Share of variance that both explain, 0..=1.
    pub r2: f64,
}

/// Fits a wave of 24 h (say) and one of 12 h to what the first leaves, in turns until both stand still.
///
/// `None` where one of them cannot be fitted. Values as in [`cosinor`].
#[must_use]
pub fn cosinor_two(t_h: &[f64], y: &[f64], period_h: f64) -> Option<TwoWaves> {
    let wave = |t: f64, a: f64, phase: f64, period: f64| a * (TAU * (t - phase) / period).cos();
    let mut first = cosinor(t_h, y, period_h)?;
    let alone = first;
    let (mut amplitude, mut phase) = (0.0, 0.0);
    let mut r2 = alone.r2;
    let total: f64 = {
        let mean = crate::stats::mean(y)?;
        y.iter().map(|y| (y - mean).powi(2)).sum()
    };
    for _ in 0..200 {
        let rest: Vec<f64> = t_h
            .iter()
            .zip(y)
            .map(|(t, y)| y - wave(*t, first.amplitude, first.acrophase_h, period_h))
            .collect();
        let Some(second) = cosinor(t_h, &rest, period_h / 2.0) else { break };
        (amplitude, phase) = (second.amplitude, second.acrophase_h);
        let rest: Vec<f64> =
            t_h.iter().zip(y).map(|(t, y)| y - wave(*t, amplitude, phase, period_h / 2.0)).collect();
        first = cosinor(t_h, &rest, period_h)?;
        let left: f64 = t_h
            .iter()
            .zip(&rest)
            .map(|(t, y)| (y - first.mesor - wave(*t, first.amplitude, first.acrophase_h, period_h)).powi(2))
            .sum();
        let better = 1.0 - left / total;
        if (better - r2).abs() < 1e-13 {
            break;
        }
        r2 = better;
    }
    let first =
        Cosinor { mesor: first.mesor, amplitude: first.amplitude, acrophase_h: first.acrophase_h, ..alone };
    Some(TwoWaves { first, second_amplitude: amplitude, second_acrophase_h: phase, r2 })
}

/// A daily rhythm of a person's values.
#[derive(Clone, Debug, PartialEq)]
pub struct CosinorRhythm {
    /// Mean level.
    pub mesor: Estimate,
    /// Half the way from trough to crest.
    pub amplitude: Estimate,
    /// Local time of the crest, h; absent where no rhythm can be told from chance.
    pub acrophase_h: Estimate,
}

/// The daily rhythm of values at local hours since some midnight, in `unit`.
///
/// Values that are not finite count as missing. Absent below 24 h, 12 values or values in 4 of the 6 bins of
/// four hours; the crest also where the zero-amplitude test gives p > 0.05. Bounds of the crest may lie below 0 or above
/// 24: the evening before, the morning after. Confidence is R² for the crest and amplitude; for the mesor one
/// less its error over the spread of the values.
///
/// ```
/// # use twin_models::health::circadian::rhythm;
/// let t: Vec<f64> = (0..48).map(f64::from).collect();
/// let y: Vec<Option<f64>> = t.iter().map(|t| Some(60.0 + 8.0 * (0.2618 * (t - 16.0)).cos())).collect();
/// assert!((rhythm(&t, &y, "/min").acrophase_h.value.unwrap() - 16.0).abs() < 0.01);
/// assert_eq!(rhythm(&t[..20], &y[..20], "/min").mesor.value, None);
/// ```
#[must_use]
pub fn rhythm(t_h: &[f64], values: &[Option<f64>], unit: &str) -> CosinorRhythm {
    let known = t_h.iter().zip(values).filter_map(|(t, y)| Some((*t, (*y)?)));
    let (t, y): (Vec<f64>, Vec<f64>) = known.filter(|(t, y)| t.is_finite() && y.is_finite()).unzip();
    let absent = |unit: &str, why: &str| {
        Estimate::absent(ID, VERSION, unit, EstimateStatus::InsufficientData, vec![why.into()])
    };
    let nothing = |why: &str| CosinorRhythm {
        mesor: absent(unit, why),
        amplitude: absent(unit, why),
        acrophase_h: absent("h", why),
    };
    let span =
        t.iter().copied().fold(f64::NEG_INFINITY, f64::max) - t.iter().copied().fold(f64::INFINITY, f64::min);
    let bins = (0_u8..6).filter(|bin| t.iter().any(|t| (t.rem_euclid(24.0) / 4.0) as u8 == *bin)).count();
    if t.len() < MIN_POINTS {
        return nothing(&format!("{} values, {MIN_POINTS} needed", t.len()));
    }
    if span < MIN_SPAN_H {
        return nothing(&format!("values of {span:.0} h, 24 needed"));
    }
    if bins < MIN_BINS {
        return nothing(&format!("values in {bins} of 6 parts of the day, {MIN_BINS} needed"));
    }
    let Some(wave) = cosinor(&t, &y, 24.0) else {
        return nothing("the values are all the same, or their times too alike");
    };
    let of = |unit: &str, value: f64, se: f64, confidence: f64| {
        let (low, high) = interval80(value, se);
        Estimate {
            value: Some(value),
            low: Some(low),
            high: Some(high),
            confidence: confidence.clamp(0.0, 1.0),
            status: EstimateStatus::Ok,
            n_effective: t.len() as f64,
            coverage: t.len() as f64 / t_h.len().min(values.len()) as f64,
            gaps: Vec::new(),
            ..absent(unit, "")
        }
    };
    let spread = crate::stats::sd(&y).unwrap_or(0.0);
    let rhythmic = wave.p_zero_amplitude <= MAX_P;
    let mut amplitude = of(unit, wave.amplitude, wave.se_amplitude, wave.r2);
    amplitude.low = Some((wave.amplitude - Z80 * wave.se_amplitude).max(0.0));
    if !rhythmic {
        amplitude.status = EstimateStatus::Provisional;
        amplitude.gaps.push("no daily rhythm that could not be chance".into());
    }
    CosinorRhythm {
        mesor: of(unit, wave.mesor, wave.se_mesor, 1.0 - wave.se_mesor / spread),
        amplitude,
        acrophase_h: if rhythmic {
            of("h", wave.acrophase_h, wave.se_acrophase_h, wave.r2)
        } else {
            absent(
                "h",
                &format!("no daily rhythm that could not be chance (p = {:.2})", wave.p_zero_amplitude),
            )
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chance_has_no_crest() {
        let t: Vec<f64> = (0..60).map(|i| f64::from(i) * 0.8).collect();
        let y: Vec<Option<f64>> = (0..60_u32).map(|i| Some(f64::from(i * i * 7 % 31))).collect();
        let r = rhythm(&t, &y, "1");
        assert_eq!((r.acrophase_h.value, r.amplitude.status), (None, EstimateStatus::Provisional));
        assert!(r.mesor.value.is_some());
    }

    #[test]
    fn gates_say_what_is_missing() {
        let day: Vec<f64> = (0..60).map(|i| f64::from(i / 4 % 15 + 24 * (i % 4)) / 2.0).collect();
        let all = |n: usize| vec![Some(1.0); n];
        assert_eq!(rhythm(&day[..9], &all(9), "1").mesor.gaps, ["9 values, 12 needed"]);
        assert_eq!(rhythm(&[3.0; 40], &all(40), "1").mesor.gaps, ["values of 0 h, 24 needed"]);
        let mornings: Vec<f64> = (0..40).map(|i| 24.0 * f64::from(i % 5) + 0.2 * f64::from(i)).collect();
        assert_eq!(
            rhythm(&mornings, &all(40), "1").mesor.gaps,
            ["values in 2 of 6 parts of the day, 4 needed"]
        );
        let hours: Vec<f64> = (0..48).map(f64::from).collect();
        assert!(rhythm(&hours, &all(48), "1").mesor.gaps[0].starts_with("the values are all the same"));
        assert_eq!(rhythm(&[], &[], "1").mesor.value, None);
    }

    #[test]
    fn two_waves_are_told_apart() {
        let t: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.37).collect();
        let y: Vec<f64> = t
            .iter()
            .map(|t| 5.0 + 3.0 * (TAU * (t - 15.0) / 24.0).cos() + 2.0 * (TAU * (t - 4.0) / 12.0).cos())
            .collect();
        let two = cosinor_two(&t, &y, 24.0).unwrap();
        assert!((two.first.amplitude - 3.0).abs() < 1e-6 && (two.first.acrophase_h - 15.0).abs() < 1e-6);
        assert!((two.second_amplitude - 2.0).abs() < 1e-6 && (two.second_acrophase_h - 4.0).abs() < 1e-6);
        assert!(two.r2 > 1.0 - 1e-9 && two.first.mesor - 5.0 < 1e-6);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(rows in proptest::collection::vec((any::<f64>(), any::<Option<f64>>()), 0..80)) {
            let (t, y): (Vec<f64>, Vec<Option<f64>>) = rows.into_iter().unzip();
            for e in [rhythm(&t, &y, "1").mesor, rhythm(&t, &y, "1").acrophase_h] {
                prop_assert!(e.value.is_none_or(f64::is_finite) && e.confidence.is_finite());
            }
        }
    }
}
