//! Critical power, the work above it (W′), and what of W′ is left [skiba2012], [skiba2015].

use crate::health::answer::Answer;
use crate::health::line::Line;
use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "critical_power";
/// Its version.
pub const VERSION: &str = "1";
/// Efforts that a fit needs.
pub const MIN_EFFORTS: usize = 3;
/// Shortest and longest effort, s.
pub const EFFORT_S: (f64, f64) = (120.0, 1200.0);

/// Critical power, W, and W′, J, from best efforts (duration in s, mean power in W): least squares of
/// `P = CP + W′/t` on 1/t. `None` below two different durations or where one of the two is not above 0.
///
/// ```
/// # use twin_models::health::training::critical_power::critical_power;
/// let (cp, w) = critical_power(&[(120.0, 450.0), (300.0, 330.0), (1200.0, 270.0)]).unwrap();
/// assert!((cp - 250.0).abs() < 1.0 && (w - 24_000.0).abs() < 100.0);
/// ```
#[must_use]
pub fn critical_power(efforts: &[(f64, f64)]) -> Option<(f64, f64)> {
    let line = line(efforts)?;
    (line.intercept > 0.0 && line.slope > 0.0).then_some((line.intercept, line.slope))
}

fn line(efforts: &[(f64, f64)]) -> Option<Line> {
    Line::fit(&efforts.iter().map(|(t, p)| (1.0 / t, *p)).collect::<Vec<_>>())
}

/// How slowly W′ comes back, s: `546·e^{−0.01·(CP − mean power below CP)} + 316` [skiba2012]. `None` without
/// a sample below critical power.
#[must_use]
pub fn recovery_tau_s(power_w: &[f64], cp_w: f64) -> Option<f64> {
    let below: Vec<f64> = power_w.iter().copied().filter(|p| *p < cp_w).collect();
    Some(546.0 * (-0.01 * (cp_w - crate::stats::mean(&below)?)).exp() + 316.0)
}

/// W′ left at each second of `power_w` by the integral form [skiba2012]: what was spent fades with `tau_s`.
#[must_use]
pub fn balance_integral(power_w: &[f64], cp_w: f64, w_prime_j: f64, tau_s: f64) -> Vec<f64> {
    let fade = (-1.0 / tau_s).exp();
    let mut spent = 0.0;
    let step = |p: &f64| {
        spent = spent * fade + (p - cp_w).max(0.0);
        w_prime_j - spent
    };
    power_w.iter().map(step).collect()
}

/// W′ left at each second of `power_w` by the differential form [skiba2015]; needs nothing of the future.
///
/// ```
/// # use twin_models::health::training::critical_power::balance;
/// let left = balance(&[350.0, 350.0, 150.0], 250.0, 20_000.0);
/// assert_eq!(left[1], 19_800.0);
/// assert_eq!(left[2], 19_801.0); // 100 · 200 / 20,000 J come back
/// ```
#[must_use]
pub fn balance(power_w: &[f64], cp_w: f64, w_prime_j: f64) -> Vec<f64> {
    let mut left = w_prime_j;
    let step = |p: &f64| {
        let back = if *p < cp_w { (w_prime_j - left) / w_prime_j } else { 1.0 };
        left += (cp_w - p) * back;
        left
    };
    power_w.iter().map(step).collect()
}

/// Critical power and W′ of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalPower {
    /// Critical power, W.
    pub cp: Estimate,
    /// W′, J.
    pub w_prime: Estimate,
}

/// Critical power and W′ from best efforts (duration in s, mean power in W), with intervals of Student's t.
///
/// Efforts outside 2–20 min or without a finite power above 0 are left out and named. Absent below 3 efforts,
/// and where the fit gives no critical power or W′ above 0; provisional at 3, or when the longest effort is
/// not twice as long as the shortest (OWN).
///
/// ```
/// # use twin_models::health::training::critical_power::critical_power_estimate;
/// let person = critical_power_estimate(&[(120.0, 450.0), (300.0, 331.0), (600.0, 290.0), (1200.0, 270.0)]);
/// assert!((person.cp.value.unwrap() - 250.0).abs() < 2.0);
/// assert_eq!(critical_power_estimate(&[(60.0, 500.0)]).cp.value, None);
/// ```
#[must_use]
pub fn critical_power_estimate(efforts: &[(f64, f64)]) -> CriticalPower {
    let (cp, w) = (Answer::quantity(ID, VERSION, "W"), Answer::quantity(ID, VERSION, "J"));
    let both = |status: EstimateStatus, why: &str| CriticalPower {
        cp: cp.absent(status, why),
        w_prime: w.absent(status, why),
    };
    let fits = |e: &&(f64, f64)| (EFFORT_S.0..=EFFORT_S.1).contains(&e.0) && e.1 > 0.0 && e.1 < 3000.0;
    let used: Vec<(f64, f64)> = efforts.iter().filter(fits).copied().collect();
    let n = used.len();
    if n < MIN_EFFORTS {
        let why = format!("{n} of {MIN_EFFORTS} efforts of 2 to 20 min");
        return both(EstimateStatus::InsufficientData, &why);
    }
    let Some(line) = line(&used) else {
        return both(EstimateStatus::InsufficientData, "all efforts are of one duration");
    };
    if line.intercept <= 0.0 || line.slope <= 0.0 {
        return both(
            EstimateStatus::Abstained,
            "longer efforts are not weaker ones: not all were best efforts",
        );
    }
    let wide = line.widening();
    let at_zero = line.error_at(0.0).unwrap_or(f64::INFINITY) * wide;
    let slope = line.slope_error().unwrap_or(f64::INFINITY) * wide;
    // People differ by about a quarter of their mean in both; that is what knowing nothing costs. OWN
    let mut out = CriticalPower {
        cp: cp.given(line.intercept, at_zero, 0.25 * line.intercept),
        w_prime: w.given(line.slope, slope, 0.25 * line.slope),
    };
    let longest = used.iter().map(|e| e.0).fold(0.0, f64::max);
    let shortest = used.iter().map(|e| e.0).fold(f64::INFINITY, f64::min);
    for e in [&mut out.cp, &mut out.w_prime] {
        e.n_effective = n as f64;
        e.coverage = n as f64 / efforts.len() as f64;
        if n < efforts.len() {
            e.gaps
                .push(format!("{} efforts outside 2 to 20 min or without power left out", efforts.len() - n));
        }
        let close = longest < 2.0 * shortest;
        if e.value.is_some() && (n == MIN_EFFORTS || close) {
            e.status = EstimateStatus::Provisional;
            e.gaps.push(if close { "durations are close together" } else { "three efforts only" }.into());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_interval_holds_the_truth_and_narrows() {
        let wobble = [3.0, -4.0, 2.0, -1.0, 4.0, -3.0];
        let times = [120.0, 180.0, 300.0, 480.0, 720.0, 1200.0];
        let all: Vec<(f64, f64)> =
            times.iter().zip(wobble).map(|(t, e)| (*t, 250.0 + 20_000.0 / t + e)).collect();
        let (few, many) = (critical_power_estimate(&all[..3]), critical_power_estimate(&all));
        let width = |e: &Estimate| e.high.unwrap() - e.low.unwrap();
        assert!(width(&many.cp) < width(&few.cp));
        assert!(many.cp.low.unwrap() < 250.0 && many.cp.high.unwrap() > 250.0);
        assert_eq!((few.cp.status, many.cp.status), (EstimateStatus::Provisional, EstimateStatus::Ok));
    }

    #[test]
    fn impossible_efforts_are_refused() {
        let rising = [(120.0, 200.0), (300.0, 250.0), (900.0, 300.0)];
        assert_eq!(critical_power_estimate(&rising).cp.status, EstimateStatus::Abstained);
        assert_eq!(
            critical_power_estimate(&[(300.0, 250.0); 4]).cp.gaps,
            ["all efforts are of one duration"]
        );
        assert_eq!(recovery_tau_s(&[300.0], 250.0), None);
    }

    #[test]
    fn what_was_spent_comes_back_at_rest() {
        let mut power = vec![450.0; 60];
        power.extend(vec![0.0; 1800]);
        let left = balance(&power, 250.0, 20_000.0);
        assert_eq!(left[59], 8_000.0);
        assert!(left[1859] > 19_990.0 && left.windows(2).skip(59).all(|w| w[1] >= w[0]));
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(efforts in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..8)) {
            let person = critical_power_estimate(&efforts);
            prop_assert!(person.cp.value.is_none_or(f64::is_finite));
            prop_assert!(person.cp.value.is_some() || !person.cp.gaps.is_empty());
        }
    }
}
