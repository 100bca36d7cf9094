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
    let mut sums = Sums::default();
    z.iter().for_each(|z| sums.push(*z));
    sums.drift()
}

/// The two sums, value by value: the same as [`drift`] of all values so far.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    values: usize,
    up: Side,
    down: Side,
}

#[derive(Clone, Debug, Default)]
struct Side {
    sum: f64,
    /// The first value of the run that the sum is of.
    since: usize,
}

impl Side {
    fn push(&mut self, z: f64, value: usize) {
        if self.sum == 0.0 {
            self.since = value;
        }
        self.sum = (self.sum + z - ALLOWANCE).max(0.0);
    }
}

impl Sums {
    /// One value more. A missing value is stepped over: it neither adds nor allows.
    pub fn push(&mut self, z: Option<f64>) {
        if let Some(z) = z.map(|z| z.clamp(-3.0, 3.0)).filter(|z| !z.is_nan()) {
            self.up.push(z, self.values);
            self.down.push(-z, self.values);
        }
        self.values += 1;
    }

    /// The drift now.
    #[must_use]
    pub fn drift(&self) -> Option<Drift> {
        let up = self.up.sum >= self.down.sum;
        let side = if up { &self.up } else { &self.down };
        (side.sum > THRESHOLD).then_some(Drift { up, since: side.since })
    }
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

    /// By the sums of all values so far.
    #[test]
    fn value_by_value_says_what_all_values_say() {
        let shift = |i: usize| if i < 30 { 1.0 } else { -1.2 };
        let value = |i: usize| (i % 5 != 3).then(|| 0.5 * ((i * 7 % 11) as f64 - 5.0) + shift(i));
        let z: Vec<Option<f64>> = (0..60).map(value).collect();
        let (mut sums, mut seen) = (Sums::default(), 0);
        for end in 1..=z.len() {
            sums.push(z[end - 1]);
            let known: Vec<(usize, f64)> =
                (0..end).filter_map(|i| Some((i, z[i]?.clamp(-3.0, 3.0)))).collect();
            let all = cusum(&known.iter().map(|k| k.1).collect::<Vec<_>>(), ALLOWANCE);
            let (high, low) = *all.last().unwrap();
            let want = (high.max(low) > THRESHOLD).then(|| {
                let zero = |s: &(f64, f64)| (if high >= low { s.0 } else { s.1 }) == 0.0;
                let start = all.iter().rposition(zero).map_or(0, |i| i + 1);
                Drift { up: high >= low, since: known[start].0 }
            });
            assert_eq!(sums.drift(), want, "{end}");
            seen += usize::from(want.is_some());
        }
        assert!(seen > 10);
    }
}
