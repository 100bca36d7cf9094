//! Rolling ln RMSSD and smallest worthwhile change [plews2012], [plews2014], [buchheit2014].

use crate::stats::{mean, sd};

/// Id of the model.
pub const ID: &str = "lnrmssd_trend";
/// Its version.
pub const VERSION: &str = "1";
/// Days of the rolling mean.
pub const SHORT_DAYS: usize = 7;
/// Least readings in it [plews2014].
pub const SHORT_MIN: usize = 3;
/// Days of the baseline, which ends [`SHORT_DAYS`] days ago.
pub const BASE_DAYS: usize = 28;
/// Least readings in it.
pub const BASE_MIN: usize = 14;
/// Share of the baseline's standard deviation that is worth noticing.
pub const SWC_SHARE: f64 = 0.5;
/// Days in a row that make a change sustained.
pub const SUSTAINED_DAYS: usize = 3;

/// The trend on one day. Every field is absent where there are too few readings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrendDay {
    /// Mean ln RMSSD of the last 7 days.
    pub ln7: Option<f64>,
    /// Mean of the 28 days that end 7 days ago.
    pub base_mean: Option<f64>,
    /// Standard deviation (n−1) of those days.
    pub base_sd: Option<f64>,
    /// Coefficient of variation of the last 7 days, percent.
    pub cv7_pct: Option<f64>,
    /// 1 above the smallest worthwhile change, −1 below, 0 inside.
    pub flag: Option<i8>,
    /// The same flag, not 0, on three days in a row.
    pub sustained: bool,
}

/// The trend for each day of `rmssd_ms` (one reading per day; what is not above 0 counts as missing).
///
/// Day `t` uses days `t−6..=t` for the rolling mean and `t−34..=t−7` for the baseline, nothing later.
///
/// ```
/// # use twin_models::health::baseline::lnrmssd::trend;
/// let e = std::f64::consts::E;
/// let days = trend(&[Some(e), Some(e * e), Some(e * e * e)]);
/// assert!((days[2].ln7.unwrap() - 2.0).abs() < 1e-12); // (1 + 2 + 3) / 3
/// assert!((days[2].cv7_pct.unwrap() - 50.0).abs() < 1e-9);
/// assert_eq!(days[1].ln7, None);
/// ```
#[must_use]
pub fn trend(rmssd_ms: &[Option<f64>]) -> Vec<TrendDay> {
    let ln: Vec<Option<f64>> =
        rmssd_ms.iter().map(|x| x.filter(|x| x.is_finite() && *x > 0.0).map(f64::ln)).collect();
    let mut out: Vec<TrendDay> = Vec::with_capacity(ln.len());
    for today in 0..ln.len() {
        let recent = between(&ln, (today + 1).saturating_sub(SHORT_DAYS), today + 1);
        let base_end = (today + 1).saturating_sub(SHORT_DAYS);
        let base = between(&ln, base_end.saturating_sub(BASE_DAYS), base_end);
        let mut day = TrendDay::default();
        if recent.len() >= SHORT_MIN {
            day.ln7 = mean(&recent);
            day.cv7_pct = day.ln7.filter(|m| *m != 0.0).zip(sd(&recent)).map(|(m, s)| 100.0 * s / m);
        }
        if base.len() >= BASE_MIN {
            day.base_mean = mean(&base);
            day.base_sd = sd(&base);
        }
        if let (Some(now), Some(mean), Some(sd)) = (day.ln7, day.base_mean, day.base_sd) {
            let change = SWC_SHARE * sd;
            day.flag = Some(i8::from(now > mean + change) - i8::from(now < mean - change));
            let before = out.iter().rev().take(SUSTAINED_DAYS - 1);
            day.sustained = day.flag != Some(0)
                && before.clone().count() == SUSTAINED_DAYS - 1
                && before.clone().all(|d| d.flag == day.flag);
        }
        out.push(day);
    }
    out
}

fn between(values: &[Option<f64>], from: usize, to: usize) -> Vec<f64> {
    values.get(from..to).unwrap_or_default().iter().copied().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_below_the_worthwhile_change_is_flagged_and_then_sustained() {
        // ln RMSSD alternates 4.1 and 3.9 for 35 days (mean 4, SD ≈ 0.1), then stays at 3.8
        let mut days: Vec<Option<f64>> =
            (0..35).map(|i| Some(if i % 2 == 0 { 4.1_f64 } else { 3.9 }.exp())).collect();
        days.extend([Some(3.8_f64.exp()); 7]);
        let trend = trend(&days);
        assert_eq!(trend[34].flag, Some(0));
        let last = trend[41];
        assert!((last.ln7.unwrap() - 3.8).abs() < 1e-9);
        assert_eq!((last.flag, last.sustained), (Some(-1), true));
        let first = trend.iter().position(|d| d.flag == Some(-1)).unwrap();
        assert!(!trend[first].sustained && !trend[first + 1].sustained && trend[first + 2].sustained);
    }

    #[test]
    fn missing_and_impossible_readings_count_as_none() {
        let days = trend(&[Some(50.0), None, Some(0.0), Some(f64::NAN), Some(50.0)]);
        assert!(days.iter().all(|d| d.ln7.is_none() && d.flag.is_none()));
        assert!(trend(&[]).is_empty());
    }
}
