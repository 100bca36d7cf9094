//! Where exhaustion is heading: the probability that it reaches a threshold in 4, 8 and 12 weeks.
//!
//! Earlier exhaustion says most, work factors little [guthier2020] [shoman2022], so intervals stay wide.
//!
//! * [`week`]: demands, resources, recovery
//!
//! Not a diagnosis. For the person alone.

mod filter;
pub mod week;

use super::gated::part;
use crate::health::answer::finite;
use crate::special::normal_cdf;
use crate::stats::{Z80, mean};
use filter::{Ahead, PEOPLE, State};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use week::{Aspect, Block, WorkWeek};

/// Id of the model.
pub const ID: &str = "burnout_forecast";
/// Its version.
pub const VERSION: &str = "1";
/// Check-ins that the model asks for.
pub const MIN_CHECK_INS: usize = 3;
/// Weeks ahead that it speaks of.
pub const HORIZONS: [usize; 3] = [4, 8, 12];
/// Threshold where the instrument has no own one, points of 100. OWN.
pub const THRESHOLD: f64 = 65.0;
/// Weeks whose demands, resources and recovery are taken to go on. OWN.
pub const RECENT_WEEKS: usize = 4;
/// Weeks without a check-in after which the answer is stale. OWN.
pub const STALE_WEEKS: usize = 8;

/// Where a person's exhaustion is heading.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnoutForecast {
    /// Exhaustion now, 0..=100.
    pub exhaustion: Estimate,
    /// Probability to be at or above the threshold in 4, 8 and 12 weeks; contributions add up to value − the
    /// probability of a person at the mean of people with the same doubt.
    pub reaching: Vec<Estimate>,
    /// Expected change over the next 4 weeks, points a week; contributions add up to it.
    pub trend: Estimate,
    /// The demand that is highest above usual, of the last 4 weeks.
    pub top_demand: Option<Aspect>,
    /// The resource, or recovery, that is furthest below usual.
    pub missing_resource: Option<Aspect>,
    /// The latest effort–reward ratio, as context; above 1 there is an imbalance [siegrist1996].
    pub effort_reward: Option<f64>,
}

/// Effort–reward ratio `(E/n_E) / (R/n_R)` from sums of answers and numbers of items [siegrist1996]; `None` without
/// items or reward.
///
/// ```
/// # use twin_models::capacity::burnout::effort_reward_ratio;
/// assert_eq!(effort_reward_ratio(9.0, 3, 14.0, 7), Some(1.5));
/// assert_eq!(effort_reward_ratio(9.0, 3, 0.0, 7), None);
/// ```
#[must_use]
pub fn effort_reward_ratio(effort: f64, effort_items: u32, reward: f64, reward_items: u32) -> Option<f64> {
    let ratio = (effort / f64::from(effort_items)) / (reward / f64::from(reward_items));
    (effort >= 0.0 && reward > 0.0 && ratio.is_finite()).then_some(ratio)
}

/// Where exhaustion is heading after the last of `weeks`; one slot a week without holes, oldest first.
///
/// `threshold`: the instrument's own cut-off, 0..=100; 65 where there is none. All is absent below 3 check-ins.
///
/// ```
/// # use twin_models::capacity::burnout::{burnout_forecast, week::{ExhaustionCheckIn, WorkWeek}};
/// let said = |value| Some(ExhaustionCheckIn { value, scale: true });
/// let tired = WorkWeek { exhaustion: said(70.0), after_hours_share: Some(0.3), ..WorkWeek::default() };
/// let forecast = burnout_forecast(&[tired; 8], None);
/// assert!(forecast.reaching[0].value.unwrap() > 0.5);
/// assert_eq!(forecast.top_demand.unwrap().name, "work after hours");
/// assert!(burnout_forecast(&[tired; 2], None).exhaustion.value.is_none());
/// ```
#[must_use]
pub fn burnout_forecast(weeks: &[WorkWeek], threshold: Option<f64>) -> BurnoutForecast {
    let threshold = threshold.unwrap_or(THRESHOLD);
    let check_ins = weeks.iter().filter_map(WorkWeek::check_in).count();
    if check_ins < MIN_CHECK_INS {
        return nothing(EstimateStatus::InsufficientData, "fewer than three check-ins of exhaustion");
    }
    if !(threshold > 0.0 && threshold <= 100.0) {
        return nothing(EstimateStatus::OutOfRangeInput, "the threshold is not within 0 to 100");
    }
    let mut state = State::prior();
    for (i, week) in weeks.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|i| weeks.get(i)) {
            state.step(&before.blocks());
        }
        if let Some(said) = week.check_in() {
            state.observe(said.value, said.scale);
        }
    }
    let recent = weeks.get(weeks.len().saturating_sub(RECENT_WEEKS)..).unwrap_or_default();
    let aspects = lately(recent);
    let blocks = [0, 1, 2].map(|block| {
        let each: Vec<f64> = recent.iter().filter_map(|w| w.blocks().get(block).copied().flatten()).collect();
        mean(&each)
    });
    let silent = weeks.iter().rev().take_while(|w| w.check_in().is_none()).count();
    let told = Told { state, blocks, threshold, check_ins, silent };
    let lowest =
        |of: &dyn Fn(&&Aspect) -> bool| aspects.iter().filter(of).min_by(|a, b| a.z.total_cmp(&b.z)).copied();
    BurnoutForecast {
        exhaustion: told.exhaustion(),
        reaching: HORIZONS.iter().map(|k| told.reaching(*k)).collect(),
        trend: told.trend(),
        top_demand: aspects
            .iter()
            .filter(|a| a.block == Block::Demand && a.z > 0.0)
            .max_by(|a, b| a.z.total_cmp(&b.z))
            .copied(),
        missing_resource: lowest(&|a| a.block == Block::Resource && a.z < 0.0)
            .or_else(|| lowest(&|a| a.block == Block::Recovery && a.z < 0.0)),
        effort_reward: weeks.iter().rev().find_map(|w| finite(w.effort_reward)).filter(|r| *r >= 0.0),
    }
}

/// Every aspect of the last weeks, at its mean.
fn lately(weeks: &[WorkWeek]) -> Vec<Aspect> {
    let all: Vec<Aspect> = weeks.iter().flat_map(WorkWeek::aspects).collect();
    let mut out: Vec<Aspect> = Vec::new();
    for aspect in &all {
        if out.iter().any(|a| a.name == aspect.name) {
            continue;
        }
        let same: Vec<&Aspect> = all.iter().filter(|a| a.name == aspect.name).collect();
        let n = same.len() as f64;
        let (now, z) =
            (same.iter().map(|a| a.now).sum::<f64>() / n, same.iter().map(|a| a.z).sum::<f64>() / n);
        out.push(Aspect { now, z, ..*aspect });
    }
    out
}

/// What the filter says, to be told.
struct Told {
    state: State,
    blocks: [Option<f64>; 3],
    threshold: f64,
    check_ins: usize,
    silent: usize,
}

impl Told {
    fn estimate(&self, unit: &str, kind: EstimateKind) -> Estimate {
        let names = ["demands", "resources", "recovery"];
        let missing = names.iter().zip(&self.blocks).filter(|(_, b)| b.is_none());
        let mut gaps: Vec<String> =
            missing.map(|(name, _)| format!("nothing of {name} in the last weeks")).collect();
        let coverage = 1.0 - 0.25 * gaps.len() as f64;
        if self.silent > STALE_WEEKS {
            gaps.push(format!("no check-in for {} weeks", self.silent));
        }
        let prior_share = (self.state.doubt() / (PEOPLE.1 * PEOPLE.1)).clamp(0.0, 1.0);
        Estimate {
            confidence: coverage * (1.0 - prior_share),
            kind,
            status: if self.silent > STALE_WEEKS { EstimateStatus::Stale } else { EstimateStatus::Ok },
            n_effective: self.check_ins as f64,
            prior_share,
            coverage,
            ..Estimate::absent(ID, VERSION, unit, EstimateStatus::Ok, gaps)
        }
    }

    fn exhaustion(&self) -> Estimate {
        let (value, reach) = (self.state.exhaustion().clamp(0.0, 100.0), Z80 * self.state.doubt().sqrt());
        Estimate {
            value: Some(value),
            low: Some((value - reach).max(0.0)),
            high: Some((value + reach).min(100.0)),
            contributions: vec![part("check-ins", value - PEOPLE.0, Some(PEOPLE.0), Some(value), "{score}")],
            ..self.estimate("{score}", EstimateKind::Index)
        }
    }

    /// What moves exhaustion some weeks on away from the mean of people, in points.
    fn parts(&self, ahead: &Ahead) -> Vec<(&'static str, f64)> {
        let [x, mu, d, r, c, s] = ahead.weights;
        let [x_now, mu_now, d_now, r_now, c_now, s_now] = self.state.mean;
        vec![
            ("earlier exhaustion", x * (x_now - PEOPLE.0)),
            ("own mean", mu * (mu_now - PEOPLE.0)),
            ("demands", d * d_now),
            ("resources", r * r_now),
            ("demands with few resources", c * c_now),
            ("recovery", s * s_now),
        ]
    }

    fn reaching(&self, weeks: usize) -> Estimate {
        let ahead = self.state.ahead(&self.blocks, weeks);
        let whole = (ahead.doubt + ahead.chance).sqrt();
        let above = |mean: f64, sd: f64| normal_cdf((mean - self.threshold) / sd);
        let (value, base) = (above(ahead.mean, whole), above(PEOPLE.0, whole));
        // the interval is for not knowing the person; what weeks bring is in the probability itself
        let reach = Z80 * ahead.doubt.sqrt();
        let end = |mean: f64| above(mean, ahead.chance.sqrt());
        let parts = self.parts(&ahead);
        let moved: f64 = parts.iter().map(|p| p.1).sum();
        let rate = if moved.abs() > 1e-9 { (value - base) / moved } else { 0.0 };
        Estimate {
            value: Some(value),
            low: Some(end(ahead.mean - reach).min(value)),
            high: Some(end(ahead.mean + reach).max(value)),
            contributions: told(&parts, rate),
            ..self.estimate("1", EstimateKind::Probability)
        }
    }

    fn trend(&self) -> Estimate {
        const WEEKS: f64 = 4.0;
        let ahead = self.state.ahead(&self.blocks, 4);
        let mut change = ahead.weights;
        if let Some(x) = change.first_mut() {
            *x -= 1.0;
        }
        let sd = (self.state.variance(&change) + ahead.chance).sqrt() / WEEKS;
        let value = (ahead.mean - self.state.exhaustion()) / WEEKS;
        let change = Ahead { weights: change, ..ahead };
        Estimate {
            value: Some(value),
            low: Some(value - Z80 * sd),
            high: Some(value + Z80 * sd),
            contributions: told(&self.parts(&change), 1.0 / WEEKS),
            ..self.estimate("{score}/wk", EstimateKind::Quantity)
        }
    }
}

fn told(parts: &[(&str, f64)], rate: f64) -> Vec<Contribution> {
    parts
        .iter()
        .filter(|p| p.1 != 0.0)
        .map(|(name, amount)| part(name, rate * amount, None, None, "1"))
        .collect()
}

fn nothing(status: EstimateStatus, gap: &str) -> BurnoutForecast {
    let absent = |unit, kind| {
        let none = Estimate::absent(ID, VERSION, unit, status, vec![gap.into()]);
        Estimate { kind, ..none }
    };
    BurnoutForecast {
        exhaustion: absent("{score}", EstimateKind::Index),
        reaching: HORIZONS.iter().map(|_| absent("1", EstimateKind::Probability)).collect(),
        trend: absent("{score}/wk", EstimateKind::Quantity),
        top_demand: None,
        missing_resource: None,
        effort_reward: None,
    }
}

#[cfg(test)]
mod tests;
