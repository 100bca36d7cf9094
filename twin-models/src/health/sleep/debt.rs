//! How much sleep a person needs and how much is owed.

/// Id of the model.
pub const ID: &str = "sleep_debt";
/// Its version.
pub const VERSION: &str = "1";
/// Need of an adult before anything is known, h [watson2015].
pub const NEED_PRIOR_H: f64 = 8.0;
/// Nights that the prior counts for.
pub const NEED_PRIOR_NIGHTS: f64 = 7.0;
/// Memory of debt, days. OWN: after a week of short nights recovery takes several [belenky2003].
pub const MEMORY_DAYS: f64 = 7.0;
/// Least debt, h: nobody sleeps far ahead.
pub const LEAST_DEBT_H: f64 = -2.0;
/// What an hour of nap pays back, h.
pub const NAP_SHARE: f64 = 0.8;

/// Personal need, h: the prior with the person's sleep on free nights, and the prior's share.
///
/// ```
/// # use twin_models::health::sleep::debt::need;
/// assert_eq!(need(&[9.0; 7]), (8.5, 0.5));
/// ```
#[must_use]
pub fn need(unconstrained_tst_h: &[f64]) -> (f64, f64) {
    let n = unconstrained_tst_h.len() as f64;
    let sum: f64 = unconstrained_tst_h.iter().sum();
    let weight = NEED_PRIOR_NIGHTS + n;
    ((NEED_PRIOR_NIGHTS * NEED_PRIOR_H + sum) / weight, NEED_PRIOR_NIGHTS / weight)
}

/// Debt after each day, h, possibly negative: report it with `max(0.0)`.
///
/// `days`: (time asleep at night, time napped), h; a night that is not known lets debt fade only.
///
/// ```
/// # use twin_models::health::sleep::debt::debt;
/// let days = debt(&[(Some(6.0), 0.0), (Some(8.0), 1.0)], 8.0);
/// assert_eq!(days[0], 2.0);
/// assert!((days[1] - (2.0 * (-1.0_f64 / 7.0).exp() - 0.8)).abs() < 1e-12);
/// ```
#[must_use]
pub fn debt(days: &[(Option<f64>, f64)], need_h: f64) -> Vec<f64> {
    let fade = (-1.0 / MEMORY_DAYS).exp();
    let mut owed = 0.0_f64;
    let step = |(tst, naps): &(Option<f64>, f64)| {
        let added = tst.map_or(0.0, |tst| need_h - tst - NAP_SHARE * naps);
        owed = (owed * fade + added).max(LEAST_DEBT_H);
        owed
    };
    days.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debt_has_a_floor_and_fades() {
        let long = debt(&[(Some(14.0), 0.0)], 8.0);
        assert_eq!(long, [-2.0]);
        let unknown = debt(&[(Some(5.0), 0.0), (None, 0.0)], 8.0);
        assert!((unknown[1] - 3.0 * (-1.0_f64 / 7.0).exp()).abs() < 1e-12);
        assert_eq!(need(&[]), (8.0, 1.0));
    }
}
