//! What moves the risk, how it is standardised, and by how much it weighs.

use crate::stats::{mean, sd};

/// One day; `None` where nothing was said or measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Day {
    /// Exhaustion from a check-in, 0..=100 on the scale of the Copenhagen Burnout Inventory.
    pub exhaustion: Option<f64>,
    /// Score of a full CBI scale (personal or work), 0..=100.
    pub cbi: Option<f64>,
    /// Effort–reward ratio.
    pub effort_reward: Option<f64>,
    /// How far work did not end: share of events after hours, 0..=1, or another measure that stays the same.
    pub detachment_deficit: Option<f64>,
    /// Sleep debt, h.
    pub sleep_debt_h: Option<f64>,
    /// On Mondays: readiness of Friday less that of Monday; above 0 the weekend did not restore.
    pub recovery_failure: Option<f64>,
    /// Workload, any unit that stays the same.
    pub workload: Option<f64>,
    /// Mood, any scale, higher is better.
    pub mood: Option<f64>,
    /// Seven-day mean of ln RMSSD.
    pub lnrmssd_7d: Option<f64>,
}

impl Day {
    /// Whether the person said anything of themselves.
    pub(super) const fn self_report(&self) -> bool {
        self.exhaustion.is_some() || self.cbi.is_some() || self.effort_reward.is_some() || self.mood.is_some()
    }
}

/// A driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Exhaustion check-in.
    Exhaustion,
    /// Effort–reward imbalance.
    EffortReward,
    /// Work that does not end.
    DetachmentDeficit,
    /// Sleep debt.
    SleepDebt,
    /// Weekends that do not restore.
    RecoveryFailure,
    /// Workload.
    Workload,
    /// Mood.
    Mood,
    /// Trend of heart rate variability.
    HrvTrend,
}

/// Days that count as now.
pub const RECENT_DAYS: usize = 28;
/// Days before them that are the baseline.
pub const BASELINE_DAYS: usize = 90;
/// z are cut here, so that one driver cannot say everything. OWN.
pub const LARGEST_Z: f64 = 3.0;
/// Mean and spread of the CBI personal scale among employees [kristensen2005].
const CBI: (f64, f64) = (35.9, 16.5);
/// Usual effort–reward ratio and the spread of its logarithm. OWN, so that a ratio of 1 is z = 1.3.
const EFFORT_REWARD: (f64, f64) = (0.6, 0.4);

impl Driver {
    /// All drivers.
    pub const ALL: [Self; 8] = [
        Self::Exhaustion,
        Self::EffortReward,
        Self::DetachmentDeficit,
        Self::SleepDebt,
        Self::RecoveryFailure,
        Self::Workload,
        Self::Mood,
        Self::HrvTrend,
    ];

    /// Log-odds by which one standard deviation moves the risk (book §13).
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::Exhaustion => 0.9,
            Self::EffortReward => 0.5,
            Self::DetachmentDeficit => 0.4,
            Self::SleepDebt | Self::RecoveryFailure => 0.35,
            Self::Workload => 0.3,
            Self::Mood => -0.4,
            Self::HrvTrend => -0.15,
        }
    }

    /// Its name in reasons.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exhaustion => "exhaustion",
            Self::EffortReward => "effort_reward",
            Self::DetachmentDeficit => "detachment_deficit",
            Self::SleepDebt => "sleep_debt",
            Self::RecoveryFailure => "recovery_failure",
            Self::Workload => "workload",
            Self::Mood => "mood",
            Self::HrvTrend => "hrv_trend",
        }
    }

    /// What a person could change to bring it back to usual; nothing where it is a sign and not a cause.
    #[must_use]
    pub const fn lever(self) -> Option<&'static str> {
        match self {
            Self::EffortReward => Some("effort and reward in balance"),
            Self::DetachmentDeficit => Some("evenings and days off without work"),
            Self::SleepDebt => Some("enough sleep"),
            Self::RecoveryFailure => Some("weekends that restore"),
            Self::Workload => Some("the usual workload"),
            Self::Exhaustion | Self::Mood | Self::HrvTrend => None,
        }
    }

    const fn value(self, day: &Day) -> Option<f64> {
        match self {
            Self::Exhaustion => match day.cbi {
                Some(score) => Some(score),
                None => day.exhaustion,
            },
            Self::EffortReward => day.effort_reward,
            Self::DetachmentDeficit => day.detachment_deficit,
            Self::SleepDebt => day.sleep_debt_h,
            Self::RecoveryFailure => day.recovery_failure,
            Self::Workload => day.workload,
            Self::Mood => day.mood,
            Self::HrvTrend => day.lnrmssd_7d,
        }
    }

    /// Values that the last 28 days and the 90 before must hold.
    const fn least(self) -> (usize, usize) {
        match self {
            Self::Exhaustion | Self::EffortReward => (1, 0),
            Self::RecoveryFailure => (3, 6),
            _ => (14, 30),
        }
    }

    /// The driver as known on day `today`; `days` without holes, oldest first.
    #[must_use]
    pub fn on(self, days: &[Day], today: usize) -> Option<Standing> {
        let end = today + 1;
        let values = |from: usize, to: usize| -> Vec<f64> {
            let span = days.get(from..to).unwrap_or_default();
            span.iter().filter_map(|d| self.value(d)).filter(|x| x.is_finite()).collect()
        };
        let recent_from = end.saturating_sub(RECENT_DAYS);
        let recent = values(recent_from, end);
        let past = values(recent_from.saturating_sub(BASELINE_DAYS), recent_from);
        let (least_recent, least_past) = self.least();
        if recent.len() < least_recent || past.len() < least_past {
            return None;
        }
        let now = mean(&recent)?;
        let (usual, z) = match self {
            Self::Exhaustion => ((0.0..=100.0).contains(&now).then_some(CBI.0)?, (now - CBI.0) / CBI.1),
            Self::EffortReward => (EFFORT_REWARD.0, (now / EFFORT_REWARD.0).max(1e-3).ln() / EFFORT_REWARD.1),
            _ => {
                let usual = mean(&past)?;
                let spread = sd(&past)?.max(1e-6 * usual.abs()).max(1e-9);
                // a baseline without spread says nothing of how far is far
                (usual, if sd(&past)? > 1e-9 { (now - usual) / spread } else { 0.0 })
            }
        };
        let z = z.clamp(-LARGEST_Z, LARGEST_Z);
        z.is_finite().then(|| Standing { driver: self, now, usual, z, log_odds: self.weight() * z })
    }
}

/// Where a driver stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The driver.
    pub driver: Driver,
    /// Mean of the last 28 days.
    pub now: f64,
    /// What is usual: of the 90 days before, or of people for the questionnaires.
    pub usual: f64,
    /// Distance in spreads, −3..=3.
    pub z: f64,
    /// Weight times z.
    pub log_odds: f64,
}
