//! When a target level is reached: first passage over all velocities and levels that are believed [chhikara1988].

use super::bkt::Bkt;
use super::first_passage::FirstPassage;
use super::trend::LEVEL_SD;
use crate::health::answer::Answer;
use crate::special::{normal_cdf, normal_quantile};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "mastery";
/// Its version.
pub const VERSION: &str = "1";
/// Weeks beyond which no date is told: ten years. OWN.
pub const MAX_WEEKS: f64 = 520.0;
/// Probability of knowing at which knowledge tracing calls a skill mastered.
pub const KNOWN: f64 = 0.95;
/// Answers that are looked ahead.
const MAX_ANSWERS: u32 = 1000;
/// Levels and velocities over which is integrated.
const LEVELS: u32 = 5;
const VELOCITIES: u32 = 32;
/// Spread of the logarithm of weeks between people of a role. OWN.
const ROLE_SD: f64 = 0.7;

const WEEKS: Answer = Answer::quantity(ID, VERSION, "wk");
const REACHED: Answer = Answer { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Probability };

/// Where a person stands and what is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Level today, points 0..=100.
    pub level: Option<f64>,
    /// Its standard deviation, at least 0; 0 where unknown.
    pub level_sd: f64,
    /// Points a week.
    pub velocity: Option<f64>,
    /// Its standard error, at least 0.
    pub velocity_sd: f64,
    /// Level wanted, points 0..=100.
    pub target: f64,
    /// Weeks until a date that is asked for.
    pub by_weeks: Option<f64>,
    /// Median weeks that people of the role took; used where level or velocity is unknown.
    pub role_median_weeks: Option<f64>,
}

/// When a target is reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Mastery {
    /// Median of the weeks, with the times by which 10 and 90 % are there. Each is absent where the skill may
    /// never get there, or later than in ten years.
    pub weeks: Estimate,
    /// Probability that it is never reached at this velocity, 0..=1.
    pub not_reached: Option<f64>,
    /// Probability to be there by the date asked for, with that of slow and fast velocities (10 and 90 %).
    pub by_date: Option<Estimate>,
}

/// Weeks until a target, the probability to be there by a date, and that it is never reached.
///
/// ```
/// # use twin_models::skill::mastery::{Progress, mastery};
/// let progress = Progress {
///     level: Some(60.0),
///     level_sd: 0.0,
///     velocity: Some(1.0),
///     velocity_sd: 0.0,
///     target: 70.0,
///     by_weeks: Some(12.0),
///     role_median_weeks: None,
/// };
/// let when = mastery(&progress);
/// assert!((when.weeks.value.unwrap() - 9.96).abs() < 0.01);
/// assert!(when.by_date.unwrap().value.unwrap() > 0.95);
/// assert_eq!(when.not_reached, Some(0.0));
/// ```
#[must_use]
pub fn mastery(progress: &Progress) -> Mastery {
    let none = |weeks: Estimate| Mastery { weeks, not_reached: None, by_date: None };
    let points = |x: f64| (0.0..=100.0).contains(&x);
    let spread = |x: f64| x.is_finite() && x >= 0.0;
    let sound = points(progress.target)
        && progress.level.is_none_or(points)
        && progress.velocity.is_none_or(f64::is_finite)
        && spread(progress.level_sd)
        && spread(progress.velocity_sd)
        && progress.by_weeks.is_none_or(spread);
    if !sound {
        let gap = "level, velocity, target or date cannot be";
        return none(WEEKS.absent(EstimateStatus::OutOfRangeInput, gap));
    }
    let (Some(level), Some(velocity)) = (progress.level, progress.velocity) else {
        return none(by_role(progress.role_median_weeks));
    };
    let ahead = Ahead::new(progress.target - level, progress.level_sd, velocity, progress.velocity_sd);
    let [early, median, late] = [0.1, 0.5, 0.9].map(|p| ahead.quantile(p));
    let missed = ahead.missed();
    let mut gaps = Vec::new();
    if missed > 0.1 {
        gaps.push(format!("with probability {missed:.2} the level does not rise at all"));
    }
    if late.is_none() && missed <= 0.1 {
        gaps.push("the slowest tenth takes longer than ten years".into());
    }
    let share = if progress.velocity_sd > 0.0 { (velocity / progress.velocity_sd).abs() } else { f64::MAX };
    let weeks = Estimate {
        value: median,
        low: early,
        high: late,
        confidence: (share / (1.0 + share)).clamp(0.0, 1.0) * (1.0 - missed),
        status: match median {
            Some(_) if share > 0.0 => EstimateStatus::Ok,
            Some(_) => EstimateStatus::Provisional,
            None => EstimateStatus::Abstained,
        },
        coverage: 1.0,
        contributions: median.map_or_else(Vec::new, |m| reasons(progress.target - level, velocity, m)),
        gaps,
        ..WEEKS.too_little("")
    };
    let by_date = progress.by_weeks.map(|t| {
        let z = crate::stats::Z80 * progress.velocity_sd;
        let at = |v: f64| Ahead::new(progress.target - level, progress.level_sd, v, 0.0).reached(t);
        let whole = ahead.reached(t);
        let (slow, fast) = (at(velocity - z).min(whole), at(velocity + z).max(whole));
        REACHED.between(whole, (slow, fast), 1.0 - (fast - slow))
    });
    Mastery { weeks, not_reached: Some(missed), by_date }
}

/// The way to go at the expected velocity, and what doubt adds to it.
fn reasons(gap: f64, velocity: f64, median: f64) -> Vec<Contribution> {
    let straight = if gap > 0.0 && velocity > 0.0 { (gap / velocity).min(MAX_WEEKS) } else { 0.0 };
    let part = |feature: &str, amount| Contribution {
        feature: feature.into(),
        amount,
        baseline: None,
        now: None,
        unit: "wk".into(),
    };
    vec![part("gap at the expected velocity", straight), part("doubt about both", median - straight)]
}

/// What people of the role took, where nothing is known of the person.
fn by_role(median: Option<f64>) -> Estimate {
    let Some(median) = median.filter(|m| m.is_finite() && *m > 0.0) else {
        return WEEKS.too_little("level or velocity is unknown, and there is no role to go by");
    };
    let reach = (crate::stats::Z80 * ROLE_SD).exp();
    Estimate {
        status: EstimateStatus::Provisional,
        prior_share: 1.0,
        coverage: 0.0,
        gaps: vec!["level or velocity is unknown: the median of the role".into()],
        ..WEEKS.between(median, (median / reach, median * reach), 0.1)
    }
}

/// Mixture over what is believed of gap and velocity.
struct Ahead {
    /// Share that is there already.
    there: f64,
    /// Probability of no velocity above 0.
    still: f64,
    /// Weight and time of each pair.
    ways: Vec<(f64, FirstPassage)>,
}

impl Ahead {
    fn new(gap: f64, gap_sd: f64, velocity: f64, velocity_sd: f64) -> Self {
        let gaps = if gap_sd > 0.0 { LEVELS } else { 1 };
        let (still, speeds) = if velocity_sd > 0.0 {
            (normal_cdf(-velocity / velocity_sd), VELOCITIES)
        } else {
            (f64::from(u8::from(velocity <= 0.0)), 1)
        };
        let middle = |i: u32, n: u32| (f64::from(i) + 0.5) / f64::from(n);
        // exactly, however coarse the levels are
        let there = if gap_sd > 0.0 { normal_cdf(-gap / gap_sd) } else { f64::from(u8::from(gap <= 0.0)) };
        let mut ways = Vec::new();
        for (i, j) in (0..gaps).flat_map(|i| (0..speeds).map(move |j| (i, j))) {
            let above = |mean: f64, sd: f64, below: f64, u: f64| {
                if sd > 0.0 { mean + sd * normal_quantile(below + (1.0 - below) * u) } else { mean }
            };
            let distance = above(gap, gap_sd, there, middle(i, gaps));
            let drift = above(velocity, velocity_sd, still, middle(j, speeds));
            if let Some(way) = FirstPassage::new(distance, drift, LEVEL_SD) {
                ways.push(((1.0 - there) * (1.0 - still) / f64::from(gaps * speeds), way));
            }
        }
        Self { there, still, ways }
    }

    fn missed(&self) -> f64 {
        (1.0 - self.there) * self.still
    }

    fn reached(&self, weeks: f64) -> f64 {
        let later: f64 = self.ways.iter().map(|(w, way)| w * way.cdf(weeks)).sum();
        (self.there + later).clamp(0.0, 1.0)
    }

    /// Weeks by which one is there with probability `p`, to five digits; `None` where never or after ten years.
    fn quantile(&self, p: f64) -> Option<f64> {
        if self.there >= p {
            return Some(0.0);
        }
        if self.reached(MAX_WEEKS) < p {
            return None;
        }
        let (mut low, mut high) = (1e-3_f64.ln(), MAX_WEEKS.ln());
        for _ in 0..24 {
            let middle = 0.5 * (low + high);
            if self.reached(middle.exp()) < p { low = middle } else { high = middle }
        }
        Some(high.exp())
    }
}

/// Fewest further answers after which a skill is known with a probability of [`KNOWN`], as knowledge tracing expects
/// it; 0 where it is now. `None` where that is never so (guessing, forgetting), or for bad parameters.
///
/// ```
/// # use twin_models::skill::{bkt::Bkt, mastery::answers_until_known};
/// // 1 − 0.7 · 0.9ⁿ ≥ 0.95
/// assert_eq!(answers_until_known(&Bkt::default(), 0.3), Some(26));
/// ```
#[must_use]
pub fn answers_until_known(bkt: &Bkt, p_known: f64) -> Option<u32> {
    let sound = bkt.is_valid() && (0.0..=1.0).contains(&p_known);
    let mut p = p_known;
    (0..=MAX_ANSWERS).find(|n| {
        if *n > 0 {
            p = bkt.step(p);
        }
        sound && p >= KNOWN
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Draws;

    const PROGRESS: Progress = Progress {
        level: Some(50.0),
        level_sd: 4.0,
        velocity: Some(0.8),
        velocity_sd: 0.5,
        target: 70.0,
        by_weeks: Some(26.0),
        role_median_weeks: None,
    };

    /// A draw of the inverse Gaussian (Michael, Schucany and Haas).
    fn inverse_gaussian(draws: &mut Draws, mean: f64, shape: f64) -> f64 {
        let y = draws.normal().powi(2);
        let root = (4.0 * mean * shape * y + (mean * y).powi(2)).sqrt();
        let x = mean + 0.5 * mean * mean * y / shape - 0.5 * mean / shape * root;
        if draws.unit() <= mean / (mean + x) { x } else { mean * mean / x }
    }

    #[test]
    fn the_mixture_is_that_of_drawn_people() {
        let when = mastery(&PROGRESS);
        let mut draws = Draws::new(17);
        let mut times: Vec<f64> = (0..40_000)
            .map(|_| {
                let (gap, v) = (20.0 + 4.0 * draws.normal(), 0.8 + 0.5 * draws.normal());
                if gap <= 0.0 {
                    0.0
                } else if v <= 0.0 {
                    f64::MAX
                } else {
                    inverse_gaussian(&mut draws, gap / v, (gap / LEVEL_SD).powi(2))
                }
            })
            .collect();
        let share = |hit: fn(f64) -> bool| times.iter().filter(|t| hit(**t)).count() as f64 / 40_000.0;
        let (by, never) = (share(|t| t <= 26.0), share(|t| t == f64::MAX));
        assert!((when.by_date.as_ref().unwrap().value.unwrap() - by).abs() < 0.01, "{by}");
        assert!((when.not_reached.unwrap() - never).abs() < 0.005);
        for (q, found) in [(0.1, when.weeks.low), (0.5, when.weeks.value), (0.9, when.weeks.high)] {
            let drawn = crate::stats::quantile(&mut times, q).unwrap();
            assert!((found.unwrap() / drawn - 1.0).abs() < 0.05, "{q}: {found:?} {drawn}");
        }
        let parts: f64 = when.weeks.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - when.weeks.value.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn sure_velocity_is_the_formula() {
        let sure = Progress { level_sd: 0.0, velocity_sd: 0.0, ..PROGRESS };
        let way = FirstPassage::new(20.0, 0.8, LEVEL_SD).unwrap();
        let when = mastery(&sure).weeks;
        for (p, found) in [(0.1, when.low), (0.5, when.value), (0.9, when.high)] {
            assert!((found.unwrap() / way.quantile(p).unwrap() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn no_progress_is_never_and_a_reached_target_is_now() {
        let back = mastery(&Progress { velocity: Some(-2.0), velocity_sd: 0.1, ..PROGRESS });
        assert_eq!((back.weeks.value, back.weeks.status), (None, EstimateStatus::Abstained));
        assert!(back.not_reached.unwrap() > 0.99 && back.by_date.unwrap().value.unwrap() < 0.01);
        let there = mastery(&Progress { level: Some(90.0), level_sd: 1.0, ..PROGRESS });
        assert_eq!((there.weeks.value, there.weeks.high), (Some(0.0), Some(0.0)));
        let slow = mastery(&Progress { velocity: Some(0.01), velocity_sd: 0.0, ..PROGRESS });
        assert_eq!((slow.weeks.value, slow.not_reached), (None, Some(0.0)));
    }

    #[test]
    fn bad_or_missing_input_says_so() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(
                mastery(&Progress { target: bad, ..PROGRESS }).weeks.status,
                EstimateStatus::OutOfRangeInput
            );
            assert_eq!(mastery(&Progress { velocity_sd: bad, ..PROGRESS }).weeks.value, None);
            assert_eq!(mastery(&Progress { by_weeks: Some(bad), ..PROGRESS }).weeks.value, None);
            assert_eq!(answers_until_known(&Bkt::default(), bad), None);
        }
        let unknown = Progress { velocity: None, ..PROGRESS };
        assert_eq!(mastery(&unknown).weeks.status, EstimateStatus::InsufficientData);
        let role = mastery(&Progress { role_median_weeks: Some(30.0), ..unknown }).weeks;
        assert_eq!(
            (role.value, role.status, role.prior_share),
            (Some(30.0), EstimateStatus::Provisional, 1.0)
        );
        assert_eq!(answers_until_known(&Bkt { forget: 0.2, ..Bkt::default() }, 0.3), None);
        assert_eq!(answers_until_known(&Bkt::default(), 0.99), Some(0));
    }
}
