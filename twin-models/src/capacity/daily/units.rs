//! What the focus hours of a day are worth in work, compared between people and weeks.
//!
//! One unit is what an hour of focus yields at proficiency 50 of 100 with nothing lost between people. All constants
//! are OWN priors: nobody has published such a scale.

use crate::health::answer::finite;

/// Gain of the logarithm of units an hour from proficiency 0 to 1, and its spread. OWN.
pub const ELASTICITY: (f64, f64) = (0.8, 0.3);
/// Spread of the logarithm of units an hour where the proficiency is not known, and where hand-offs are not. OWN.
const UNKNOWN: (f64, f64) = (0.16, 0.10);
/// Largest learning velocity that is believed, points a week. OWN.
pub const MAX_VELOCITY: f64 = 5.0;

/// What changes the worth of an hour; `None` where not known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UnitFactors {
    /// Proficiency in the skills that the day's tasks need, 0..=1.
    pub proficiency: Option<f64>,
    /// Share of finished work that comes back from a hand-off, 0..=1.
    pub bounce_share: Option<f64>,
    /// Share of focus time spent waiting for others, 0..=1.
    pub wait_share: Option<f64>,
    /// Learning velocity in those skills, points of 100 a week.
    pub velocity: Option<f64>,
}

/// One factor on the units of an hour.
pub(super) struct Factor {
    pub(super) name: &'static str,
    pub(super) times: f64,
    pub(super) now: Option<f64>,
    pub(super) usual: f64,
}

/// Factors one after the other, the variance of the logarithm of their product, and how many are not known.
pub(super) fn factors(given: &UnitFactors) -> (Vec<Factor>, f64, usize) {
    let share = |x: Option<f64>| finite(x).filter(|x| (0.0..=1.0).contains(x));
    let (skill, bounce, wait) =
        (share(given.proficiency), share(given.bounce_share), share(given.wait_share));
    let velocity = finite(given.velocity).map(|v| v.clamp(-MAX_VELOCITY, MAX_VELOCITY));
    let distance = skill.map_or(0.0, |p| p - 0.5);
    // by the end of the week the person knows a week more
    let growth = velocity.map_or(0.0, |v| v / 100.0);
    let each = |name, times, now, usual| Factor { name, times, now, usual };
    let list = vec![
        each("skill proficiency", (ELASTICITY.0 * distance).exp(), skill, 0.5),
        each("learning velocity", (ELASTICITY.0 * growth).exp(), velocity, 0.0),
        each("work that bounced back", 1.0 - bounce.unwrap_or(0.0), bounce, 0.0),
        each("waiting for others", 1.0 - wait.unwrap_or(0.0), wait, 0.0),
    ];
    let unknown = |x: Option<f64>, sd: f64| if x.is_none() { sd * sd } else { 0.0 };
    let variance = (ELASTICITY.1 * (distance + growth)).powi(2)
        + unknown(skill, UNKNOWN.0)
        + unknown(bounce, UNKNOWN.1)
        + unknown(wait, UNKNOWN.1);
    let missing = list.iter().filter(|f| f.now.is_none()).count();
    (list, variance, missing)
}

/// Units that an hour of focus yields; 1 where nothing is known.
///
/// ```
/// # use twin_models::capacity::daily::units::{UnitFactors, units_per_hour};
/// assert_eq!(units_per_hour(&UnitFactors::default()), 1.0);
/// let able = UnitFactors { proficiency: Some(0.75), wait_share: Some(0.1), ..UnitFactors::default() };
/// assert!((units_per_hour(&able) - 0.9 * 0.2_f64.exp()).abs() < 1e-12);
/// ```
#[must_use]
pub fn units_per_hour(given: &UnitFactors) -> f64 {
    factors(given).0.iter().map(|f| f.times).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_factor_moves_its_way_and_stays_bounded() {
        let none = UnitFactors::default();
        let per_hour = |f: UnitFactors| units_per_hour(&f);
        assert!(per_hour(UnitFactors { proficiency: Some(0.9), ..none }) > 1.0);
        assert!(per_hour(UnitFactors { velocity: Some(2.0), ..none }) > 1.0);
        assert!(per_hour(UnitFactors { velocity: Some(1e9), ..none }) < 1.05);
        assert!(per_hour(UnitFactors { bounce_share: Some(0.3), ..none }) < 1.0);
        assert!(per_hour(UnitFactors { wait_share: Some(0.3), ..none }) < 1.0);
        let bad = UnitFactors { proficiency: Some(f64::NAN), bounce_share: Some(7.0), ..none };
        assert_eq!((per_hour(bad), factors(&bad).2), (1.0, 4));
    }
}
