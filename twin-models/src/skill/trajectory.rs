//! Where a skill is going: the level of the coming weeks, learning velocity and plateaus [durbin2012].

use super::evidence::SkillEvidence;
use super::track::{Track, WEEK, points};
use crate::health::answer::Answer;
use crate::stats::{Z80, interval80};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "skill_trajectory";
/// Its version.
pub const VERSION: &str = "1";
/// Outcomes from which the velocity is the person's own.
pub const MIN_OUTCOMES: usize = 8;
/// Weeks between the first and the last of them.
pub const MIN_WEEKS: f64 = 4.0;
/// Weeks that are forecast at most.
pub const MAX_WEEKS: u32 = 26;
/// Weeks without a visible slope that make a plateau.
const PLATEAU_WEEKS: u32 = 6;
/// Days after the newest outcome from which there is no velocity. OWN.
const STALE_DAYS: f64 = 182.0;

const LEVEL: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };
const VELOCITY: Answer =
    Answer { id: ID, version: VERSION, unit: "{score}/wk", kind: EstimateKind::Quantity };

/// Course of a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillTrajectory {
    /// The skill.
    pub skill: String,
    /// Level today, 0..=100.
    pub level: Estimate,
    /// Points a week: the trend and what practice of the last four weeks brings; contributions are these two.
    pub velocity: Estimate,
    /// Standard error of the velocity.
    pub velocity_sd: Option<f64>,
    /// Level after 1, 2, … weeks; contributions are today's level and the weeks' velocity.
    pub weeks: Vec<Estimate>,
    /// Whether no slope could be seen for six weeks; absent where the evidence is too short to say.
    pub plateau: Option<bool>,
}

/// Level, velocity and the coming weeks (1..=26, others are cut to that) of a skill, if practice goes on as in the
/// last four weeks.
///
/// From [`MIN_OUTCOMES`] outcomes over [`MIN_WEEKS`] weeks the velocity is the person's own; before it is
/// provisional, around 0 ± 0.5 points a week. All is absent where nothing shows the level.
///
/// ```
/// # use twin_models::skill::{evidence::{EvidenceKind, SkillEvidence}, trajectory::skill_trajectory};
/// let test = |week: i32| SkillEvidence {
///     skill: "sql".into(),
///     age_days: 7.0 * f64::from(20 - week),
///     kind: EvidenceKind::Assessment { score: f64::from(40 + week), sd: None },
/// };
/// let course = skill_trajectory("sql", &(0..=20).map(test).collect::<Vec<_>>(), 8);
/// assert!((course.velocity.value.unwrap() - 0.9).abs() < 0.1);
/// assert_eq!((course.weeks.len(), course.plateau), (8, Some(false)));
/// ```
#[must_use]
pub fn skill_trajectory(skill: &str, evidence: &[SkillEvidence], weeks: u32) -> SkillTrajectory {
    let Some(track) = Track::of(skill, evidence, 0.0) else {
        let gap = "nothing shows the level of the skill";
        return SkillTrajectory {
            skill: skill.into(),
            level: LEVEL.too_little(gap),
            velocity: VELOCITY.too_little(gap),
            velocity_sd: None,
            weeks: Vec::new(),
            plateau: None,
        };
    };
    let span = (track.oldest_days - track.newest_days) / WEEK;
    let enough = track.outcomes >= MIN_OUTCOMES && span >= MIN_WEEKS;
    let status = if track.newest_days > STALE_DAYS {
        EstimateStatus::Stale
    } else if enough {
        EstimateStatus::Ok
    } else {
        EstimateStatus::Provisional
    };
    let mut gaps = track.gaps(MIN_OUTCOMES);
    if span < MIN_WEEKS {
        gaps.push("outcomes cover less than four weeks".into());
    }
    let filled = |estimate: Estimate, prior_share: f64, contributions| Estimate {
        // far ahead nothing of the person is left
        status: match status {
            EstimateStatus::Ok if estimate.confidence <= 0.0 => EstimateStatus::Provisional,
            other => other,
        },
        n_effective: track.n_effective,
        prior_share,
        coverage: track.used as f64 / track.all.max(1) as f64,
        contributions,
        gaps: gaps.clone(),
        ..estimate
    };
    let level = |weeks: u32| {
        let (mean, variance) = track.ahead(f64::from(weeks));
        let sd = variance.sqrt();
        let within = |x: f64| x.clamp(0.0, 100.0);
        let given = (within(mean - Z80 * sd), within(mean + Z80 * sd));
        LEVEL.between(within(mean), given, 1.0 - sd / super::trend::Trend::PRIOR.level_variance.sqrt())
    };
    let now = level(0);
    let today = now.value.unwrap_or_default();
    let ahead = (1..=weeks.clamp(1, MAX_WEEKS)).map(|week| {
        let then = level(week);
        let gained = then.value.map_or(0.0, |v| v - today);
        let parts = vec![points("level today", today), points("velocity", gained)];
        filled(then, track.prior_share(), parts)
    });
    let (velocity, sd) = track.velocity();
    let part = |feature: &str, amount| Contribution {
        feature: feature.into(),
        amount,
        baseline: None,
        now: None,
        unit: "{score}/wk".into(),
    };
    let parts = vec![
        part("trend of the outcomes", track.trend.slope),
        part("practice of the last four weeks", track.practice_per_week),
    ];
    // variance that the prior of the slope would have on its own by now
    let weeks_known = track.oldest_days / WEEK;
    let alone = super::trend::Trend::PRIOR.after(weeks_known).slope_variance;
    let share = (track.trend.slope_variance / alone).clamp(0.0, 1.0);
    let velocity = VELOCITY.between(velocity, interval80(velocity, sd), 1.0 - share.sqrt());
    SkillTrajectory {
        skill: skill.into(),
        weeks: ahead.collect(),
        level: filled(now, track.prior_share(), track.reasons(today)),
        velocity: filled(velocity, share, parts),
        velocity_sd: Some(sd),
        plateau: (status == EstimateStatus::Ok).then(|| plateau(skill, evidence)).flatten(),
    }
}

/// Whether the velocity stayed within one standard error of 0 at the ends of the last six weeks. `None` where the
/// oldest of them cannot be told.
fn plateau(skill: &str, evidence: &[SkillEvidence]) -> Option<bool> {
    let mut flat = true;
    for week in 0..=PLATEAU_WEEKS {
        let track = Track::of(skill, evidence, f64::from(week) * WEEK)?;
        if week == PLATEAU_WEEKS && (track.outcomes < MIN_OUTCOMES / 2) {
            return None;
        }
        let (velocity, sd) = track.velocity();
        flat &= velocity.abs() < sd;
    }
    Some(flat)
}

#[cfg(test)]
mod tests {
    use super::super::evidence::EvidenceKind::{self, Assessment, Practised, Response};
    use super::super::trend::{LEVEL_SD, SLOPE_SD};
    use super::*;
    use crate::stats::Draws;

    fn piece(age_days: f64, kind: EvidenceKind) -> SkillEvidence {
        SkillEvidence { skill: "sql".into(), age_days, kind }
    }

    /// A person whose level and slope wander, seen weekly; with the true slope today and level eight weeks on.
    fn person(draws: &mut Draws) -> (Vec<SkillEvidence>, f64, f64) {
        let (mut level, mut slope) = (50.0 + 10.0 * draws.normal(), 0.5 * draws.normal());
        let mut step = |draws: &mut Draws| {
            level += slope + LEVEL_SD * draws.normal();
            slope += SLOPE_SD * draws.normal();
            (level, slope)
        };
        let mut all = Vec::new();
        let mut now = (0.0, 0.0);
        for week in (0..26).rev() {
            now = step(draws);
            let score = (now.0 + 5.0 * draws.normal()).clamp(0.0, 100.0);
            all.push(piece(7.0 * f64::from(week), Assessment { score, sd: None }));
        }
        let mut later = now;
        for _ in 0..8 {
            later = step(draws);
        }
        (all, now.1, later.0)
    }

    #[test]
    fn slopes_are_found_and_four_of_five_levels_fall_into_the_band() {
        let mut draws = Draws::new(3);
        let (people, mut levels, mut slopes, mut error, mut spread) = (500, 0, 0, 0.0, 0.0);
        for _ in 0..people {
            let (all, slope, later) = person(&mut draws);
            let course = skill_trajectory("sql", &all, 8);
            let inside = |e: &Estimate, x: f64| usize::from((e.low.unwrap()..=e.high.unwrap()).contains(&x));
            levels += inside(course.weeks.last().unwrap(), later.clamp(0.0, 100.0));
            slopes += inside(&course.velocity, slope);
            error += (course.velocity.value.unwrap() - slope).powi(2);
            spread += slope * slope;
        }
        let of = |n: usize| n as f64 / f64::from(people);
        println!("levels {} slopes {} error {}", of(levels), of(slopes), (error / spread).sqrt());
        assert!((0.77..0.84).contains(&of(levels)), "{}", of(levels));
        assert!((0.77..0.84).contains(&of(slopes)), "{}", of(slopes));
        assert!(error < 0.35 * spread, "{}", error / spread);
    }

    #[test]
    fn a_level_that_stays_is_a_plateau_and_one_that_rises_is_none() {
        let of = |slope: f64| {
            let all: Vec<SkillEvidence> = (0..40)
                .map(|w| {
                    let odd = if w % 2 == 0 { 1.0 } else { -1.0 };
                    piece(
                        7.0 * f64::from(39 - w),
                        Assessment { score: 50.0 + odd + slope * f64::from(w), sd: Some(2.0) },
                    )
                })
                .collect();
            skill_trajectory("sql", &all, 4).plateau
        };
        assert_eq!((of(0.0), of(0.8)), (Some(true), Some(false)));
    }

    #[test]
    fn practice_speeds_up_and_parts_add_up() {
        let mut all: Vec<SkillEvidence> =
            (0..12).map(|w| piece(7.0 * f64::from(12 - w), Response { correct: w % 2 == 0 })).collect();
        let before = skill_trajectory("sql", &all, 8);
        all.push(piece(3.0, Practised { hours: 20.0 }));
        let after = skill_trajectory("sql", &all, 8);
        assert!(after.velocity.value > before.velocity.value && after.level.value > before.level.value);
        assert!(after.weeks[7].value > before.weeks[7].value);
        for (estimate, baseline) in [(&after.velocity, 0.0), (&after.level, 50.0), (&after.weeks[7], 0.0)] {
            let parts: f64 = estimate.contributions.iter().map(|c| c.amount).sum();
            assert!((estimate.value.unwrap() - baseline - parts).abs() < 1e-9);
        }
        let widths: Vec<f64> = after.weeks.iter().map(|e| e.high.unwrap() - e.low.unwrap()).collect();
        assert!(widths.is_sorted());
    }

    #[test]
    fn bad_or_little_input_says_so() {
        assert_eq!(skill_trajectory("sql", &[], 8).velocity.status, EstimateStatus::InsufficientData);
        let one = skill_trajectory("sql", &[piece(0.0, Response { correct: true })], 4000);
        assert_eq!((one.velocity.status, one.weeks.len()), (EstimateStatus::Provisional, 26));
        assert_eq!((one.plateau, one.velocity.prior_share), (None, 1.0));
        let odd = skill_trajectory("sql", &[piece(30_000.0, Response { correct: true })], 0);
        assert_eq!((odd.level.status, odd.weeks.len()), (EstimateStatus::Stale, 1));
        assert!(odd.weeks[0].low >= Some(0.0) && odd.weeks[0].high <= Some(100.0));
    }
}
