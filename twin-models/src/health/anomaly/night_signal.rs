//! NightSignal: a resting heart rate well above the person's own median on two nights.

/// What a night says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum NightAlert {
    /// Nothing unusual.
    #[default]
    Green,
    /// At least 3 per minute above the median on two nights.
    Yellow,
    /// At least 4 per minute above the median on two nights.
    Red,
}

/// Rise above the median on two nights that gives yellow, per minute.
pub const YELLOW_RISE: f64 = 3.0;
/// Rise above the median on two nights that gives red, per minute.
pub const RED_RISE: f64 = 4.0;

/// The alert of each night, from nightly mean heart rates per minute, oldest first.
///
/// Rates are cut to whole numbers. A single missing night between two known ones is their mean. The baseline
/// of a night is the median of all nights up to and with it, cut to a whole number; of two nights in a row
/// each is compared with its own. A missing night is green and breaks the row. After [alavi2022] and its
/// published script.
///
/// ```
/// # use twin_models::health::anomaly::night_signal::{NightAlert, night_signal};
/// let mut nights = vec![Some(55.0); 10];
/// nights.extend([Some(59.9), Some(60.0)]);
/// let alerts = night_signal(&nights);
/// assert_eq!((alerts[10], alerts[11]), (NightAlert::Green, NightAlert::Red));
/// ```
#[must_use]
pub fn night_signal(nights: &[Option<f64>]) -> Vec<NightAlert> {
    let mut seen: Vec<f64> = Vec::new();
    let mut last_rise = None;
    let mut alert = |night: Option<f64>| {
        let rise = night.and_then(|rate| {
            // kept in order, so that a night costs no selection among all before it
            seen.insert(seen.partition_point(|x| x.total_cmp(&rate).is_le()), rate);
            Some(rate - middle(&seen)?.trunc())
        });
        let both = rise.zip(last_rise).map(|(a, b): (f64, f64)| a.min(b));
        last_rise = rise;
        match both {
            Some(rise) if rise >= RED_RISE => NightAlert::Red,
            Some(rise) if rise >= YELLOW_RISE => NightAlert::Yellow,
            _ => NightAlert::Green,
        }
    };
    filled(nights).into_iter().map(&mut alert).collect()
}

/// The median of values in order.
fn middle(sorted: &[f64]) -> Option<f64> {
    let low = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let high = *sorted.get(sorted.len() / 2)?;
    Some(low + 0.5 * (high - low))
}

/// Whole numbers, a single missing night the mean of its neighbours.
fn filled(nights: &[Option<f64>]) -> Vec<Option<f64>> {
    let whole: Vec<Option<f64>> =
        nights.iter().map(|n| n.filter(|x| x.is_finite()).map(f64::trunc)).collect();
    let neighbour = |i: Option<usize>| whole.get(i?).copied().flatten();
    let fill = |(i, night): (usize, &Option<f64>)| {
        night.or_else(|| Some(((neighbour(i.checked_sub(1))? + neighbour(i.checked_add(1))?) / 2.0).trunc()))
    };
    whole.iter().enumerate().map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NightAlert::{Green, Red, Yellow};

    #[test]
    fn one_high_night_is_no_alert() {
        let mut nights = vec![Some(50.0); 9];
        nights.extend([Some(60.0), Some(50.0), Some(53.0), Some(53.9), None, None, Some(60.0)]);
        assert_eq!(night_signal(&nights)[9..], [Green, Green, Green, Yellow, Green, Green, Green]);
    }

    #[test]
    fn a_single_missing_night_is_bridged() {
        let mut nights = vec![Some(50.0); 9];
        nights.extend([Some(58.0), None, Some(55.0)]);
        assert_eq!(night_signal(&nights)[9..], [Green, Red, Red]);
        assert_eq!(night_signal(&[None, Some(f64::NAN)]), [Green, Green]);
    }
}
