//! A skill followed through its evidence: level, slope, practice, and what each piece of evidence moved.

use super::evidence::{Reading, SkillEvidence, usable};
use super::trend::Trend;
use twin_core::estimate::Contribution;
use twin_core::sort::OrderBy;

/// Days of a week.
pub(crate) const WEEK: f64 = 7.0;
/// Days over which practice counts as going on.
const PRACTICE_DAYS: f64 = 28.0;
/// Age at which evidence counts half in the effective number, days. OWN.
const HALF_LIFE_DAYS: f64 = 180.0;
/// Reasons that are named; the rest is summed up.
const NAMED: usize = 6;

/// A skill as its evidence has it, at one moment.
pub(crate) struct Track {
    /// Level and slope; the slope is what practice does not explain.
    pub(crate) trend: Trend,
    /// Points that practice and mentoring brought, a week, over the last four weeks.
    pub(crate) practice_per_week: f64,
    /// By how much each piece moved today's level, with its name and age; they add up to level − 50.
    moved: Vec<(&'static str, f64, f64)>,
    /// Pieces that show the level (not mere hours).
    pub(crate) outcomes: usize,
    /// `(Σw)² / Σw²` of these.
    pub(crate) n_effective: f64,
    /// Pieces that could be used, and all.
    pub(crate) used: usize,
    pub(crate) all: usize,
    /// Days since the newest and the oldest of the outcomes.
    pub(crate) newest_days: f64,
    pub(crate) oldest_days: f64,
}

impl Track {
    /// The skill as known `back_days` ago; `None` where nothing speaks of its level.
    pub(crate) fn of(skill: &str, evidence: &[SkillEvidence], back_days: f64) -> Option<Self> {
        let (mut used, all) = usable(skill, evidence);
        used.retain(|(e, _)| e.age_days >= back_days);
        let showing = |r: &Reading| !matches!(r, Reading::Gain { .. });
        let ages: Vec<f64> = used.iter().filter(|(_, r)| showing(r)).map(|(e, _)| e.age_days).collect();
        let (oldest, newest) = (*ages.first()?, *ages.last()?);
        let mut trend = Trend::PRIOR;
        let mut before = used.first()?.0.age_days;
        let (mut moved, mut practice) = (Vec::new(), 0.0);
        for (evidence, reading) in &used {
            let age = evidence.age_days;
            let prior = trend.after((before - age) / WEEK);
            before = age;
            let mut next = prior;
            if let Reading::Gain { share } = reading {
                // the spread of what practice brings is as wide as the gain
                let gain = share * (100.0 - prior.level).clamp(0.0, 100.0);
                next.level += gain;
                next.level_variance += gain * gain;
                if age - back_days <= PRACTICE_DAYS {
                    practice += gain * WEEK / PRACTICE_DAYS;
                }
            } else if let Some((points, variance)) = reading.at(prior.level, prior.level_variance) {
                next = prior.seen(points, variance);
            }
            let weeks = (age - back_days) / WEEK;
            let amount = next.level - prior.level + weeks * (next.slope - prior.slope);
            moved.push((evidence.kind.name(), age, amount));
            trend = next;
        }
        let weights: Vec<f64> = ages.iter().map(|a| (-(a - back_days) / HALF_LIFE_DAYS).exp2()).collect();
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        Some(Self {
            trend: trend.after((before - back_days) / WEEK),
            practice_per_week: practice,
            moved,
            outcomes: ages.len(),
            n_effective: if squares > 0.0 { weights.iter().sum::<f64>().powi(2) / squares } else { 0.0 },
            used: used.len(),
            all,
            newest_days: newest,
            oldest_days: oldest,
        })
    }

    /// Points a week, with what practice brings, and the standard error.
    pub(crate) fn velocity(&self) -> (f64, f64) {
        let practice = self.practice_per_week;
        (self.trend.slope + practice, (self.trend.slope_variance + practice * practice).sqrt())
    }

    /// Expected level in so many weeks and its variance, if practice goes on as in the last four.
    pub(crate) fn ahead(&self, weeks: f64) -> (f64, f64) {
        let later = self.trend.after(weeks);
        let practised = self.practice_per_week * weeks;
        (later.level + practised, later.level_variance + practised * practised)
    }

    /// Share of the level that is still the population's.
    pub(crate) fn prior_share(&self) -> f64 {
        (self.trend.level_variance / Trend::PRIOR.level_variance).clamp(0.0, 1.0)
    }

    /// The evidence that moved the level most, best and worst, and the rest in one; they add up to `value` − 50,
    /// with what the ends of the scale cut off as a part of its own.
    pub(crate) fn reasons(&self, value: f64) -> Vec<Contribution> {
        let mut by_size = self.moved.clone();
        by_size.order_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        let rest: f64 = by_size.iter().skip(NAMED).map(|m| m.2).sum();
        let total: f64 = self.moved.iter().map(|m| m.2).sum();
        let named = by_size.iter().take(NAMED).map(|(name, age, amount)| {
            let days = age.round();
            points(&format!("{name}, {days} days ago"), *amount)
        });
        let sums = [("all other evidence", rest), ("end of the scale", value - Trend::PRIOR.level - total)];
        let sums = sums.iter().filter(|(_, amount)| amount.abs() > 1e-9).map(|(name, a)| points(name, *a));
        named.chain(sums).collect()
    }

    /// What is missing, in words.
    pub(crate) fn gaps(&self, enough: usize) -> Vec<String> {
        let mut gaps = Vec::new();
        if self.outcomes < enough {
            gaps.push(format!("{} of {enough} outcomes that show the level", self.outcomes));
        }
        if self.used < self.all {
            gaps.push(format!("{} pieces of evidence could not be used", self.all - self.used));
        }
        gaps
    }
}

/// A part of a level.
pub(crate) fn points(feature: &str, amount: f64) -> Contribution {
    Contribution { feature: feature.into(), amount, baseline: None, now: None, unit: "{score}".into() }
}
