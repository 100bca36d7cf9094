//! Two-sided CUSUM: small shifts that stay.

/// Allowance, in standard deviations: half of the shift that is to be found.
pub const ALLOWANCE: f64 = 0.5;
/// Threshold, in standard deviations.
pub const THRESHOLD: f64 = 5.0;

/// The sums of deviations upwards and downwards after each value of `z`, without restart; NaN counts as 0.
///
/// ```
/// # use twin_models::health::anomaly::cusum::cusum;
/// assert_eq!(cusum(&[2.0, -1.0, -1.0], 0.5), [(1.5, 0.0), (0.0, 0.5), (0.0, 1.0)]);
/// ```
#[must_use]
pub fn cusum(z: &[f64], allowance: f64) -> Vec<(f64, f64)> {
    let (mut up, mut down) = (0.0_f64, 0.0_f64);
    let step = |z: &f64| {
        let z = if z.is_nan() { 0.0 } else { *z };
        up = (up + z - allowance).max(0.0);
        down = (down - z - allowance).max(0.0);
        (up, down)
    };
    z.iter().map(step).collect()
}

/// The first value at which the upward sum is above `threshold`.
#[must_use]
pub fn first_alarm_high(sums: &[(f64, f64)], threshold: f64) -> Option<usize> {
    sums.iter().position(|(up, _)| *up > threshold)
}

/// A shift that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Whether values went up.
    pub up: bool,
    /// The first value of the run that led to the alarm.
    pub since: usize,
}

/// The drift at the end of `z`, if its sum stands above [`THRESHOLD`]; missing values leave the sums alone.
///
/// z is cut at ±3, so that one night cannot be a drift. OWN.
#[must_use]
pub fn drift(z: &[Option<f64>]) -> Option<Drift> {
    let known: Vec<f64> = z.iter().map(|z| z.map_or(f64::NAN, |z| z.clamp(-3.0, 3.0))).collect();
    // a missing value is stepped over: it neither adds nor allows
    let values: Vec<(usize, f64)> = known.iter().copied().enumerate().filter(|(_, z)| !z.is_nan()).collect();
    let sums = cusum(&values.iter().map(|v| v.1).collect::<Vec<_>>(), ALLOWANCE);
    let (high, low) = sums.last().copied()?;
    let up = high >= low;
    (high.max(low) > THRESHOLD).then(|| {
        let side = |sums: &(f64, f64)| if up { sums.0 } else { sums.1 };
        let start = sums.iter().rposition(|s| side(s) == 0.0).map_or(0, |i| i + 1);
        Drift { up, since: values.get(start).map_or(0, |v| v.0) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lasting_shift_is_a_drift_and_one_night_is_not() {
        let mut z = vec![Some(0.0); 10];
        z.push(Some(50.0));
        assert_eq!(drift(&z), None);
        z.extend([None, Some(-1.5), Some(-1.5)]);
        z.extend([Some(-1.5); 6]);
        assert_eq!(drift(&z), Some(Drift { up: false, since: 12 }));
        assert_eq!(first_alarm_high(&cusum(&[9.0], 0.5), 5.0), Some(0));
        assert_eq!(drift(&[]), None);
    }
}
