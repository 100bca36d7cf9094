//! The ready-made windows: a row each.

use super::Feed;
use crate::verbs::WindowShape;
use twin_core::Purpose;

/// What is said of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// The mean weighted by time; of instants without a hold the plain mean.
    Mean,
    /// The total.
    Sum,
    /// How many.
    Count,
}

impl Statistic {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Sum => "sum",
            Self::Count => "count",
        }
    }
}

/// A ready-made window.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) feed: Feed,
    pub(crate) shape: WindowShape,
    pub(crate) statistic: Statistic,
    /// UCUM unit of the values; that of the metric where empty.
    pub(crate) unit: &'static str,
    /// Over how many windows back means are given.
    pub(crate) trailing: &'static [u32],
    /// What each window is held against.
    pub(crate) goal: Goal,
    pub(crate) purpose: Purpose,
}

/// What a window is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// What the caller says, if anything.
    Asked,
    /// The caller must say it.
    Needed,
    /// A published one, unless the caller says another.
    Published(f64),
}

const MINUTE_US: i64 = 60_000_000;

/// A pause of this length ends a training session (OWN).
const SESSION_GAP_US: i64 = 30 * MINUTE_US;

/// Minutes of at least moderate activity a week [who2020].
const WEEKLY_ACTIVE_MIN: f64 = 150.0;

pub(crate) const READY: &[Ready] = &[
    Ready {
        name: "heart_rate_5min",
        about: "mean heart rate per 5 minutes, weighted by time",
        feed: Feed::Metric("heart_rate"),
        shape: WindowShape::Tumbling { size_us: 5 * MINUTE_US },
        statistic: Statistic::Mean,
        unit: "",
        trailing: &[],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "steps_hourly",
        about: "steps per hour, resolved over devices",
        feed: Feed::Metric("steps"),
        shape: WindowShape::Tumbling { size_us: 60 * MINUTE_US },
        statistic: Statistic::Sum,
        unit: "",
        trailing: &[],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "energy_daily",
        about: "active energy per civil day",
        feed: Feed::Metric("energy_active"),
        shape: WindowShape::Day,
        statistic: Statistic::Sum,
        unit: "",
        trailing: &[7],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "sleep_quality_trend",
        about: "sleep efficiency per night, by day of waking, with its means over 7 and 28 nights",
        feed: Feed::Nights,
        shape: WindowShape::Day,
        statistic: Statistic::Mean,
        unit: "1",
        trailing: &[7, 28],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "workout_intensity",
        about: "mean heart rate of a training session, in percent of the highest heart rate",
        feed: Feed::Intensity,
        shape: WindowShape::Session { gap_us: SESSION_GAP_US },
        statistic: Statistic::Mean,
        unit: "%",
        trailing: &[],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "weekly_progress",
        about: "active minutes per week, held against 150, with the change from the week before",
        feed: Feed::ActiveMinutes,
        shape: WindowShape::Week,
        statistic: Statistic::Sum,
        unit: "min",
        trailing: &[4],
        goal: Goal::Published(WEEKLY_ACTIVE_MIN),
        purpose: Purpose::Health,
    },
    Ready {
        name: "monthly_goal",
        about: "total of a metric per month, held against the caller's goal; steps where none is named",
        feed: Feed::Metric("steps"),
        shape: WindowShape::Month,
        statistic: Statistic::Sum,
        unit: "",
        trailing: &[],
        goal: Goal::Needed,
        purpose: Purpose::Health,
    },
    Ready {
        name: "performance_trend",
        about: "metres per heartbeat in runs, per week, with its means over 4 and 12 weeks",
        feed: Feed::MetresPerBeat,
        shape: WindowShape::Week,
        statistic: Statistic::Mean,
        unit: "m",
        trailing: &[4, 12],
        goal: Goal::Asked,
        purpose: Purpose::Health,
    },
    Ready {
        name: "interaction_frequency",
        about: "meetings with others that took place, per civil day",
        feed: Feed::Meetings,
        shape: WindowShape::Day,
        statistic: Statistic::Count,
        unit: "{meeting}",
        trailing: &[7],
        goal: Goal::Asked,
        purpose: Purpose::Work,
    },
    Ready {
        name: "interaction_frequency_weekly",
        about: "meetings with others that took place, per week",
        feed: Feed::Meetings,
        shape: WindowShape::Week,
        statistic: Statistic::Count,
        unit: "{meeting}",
        trailing: &[4],
        goal: Goal::Asked,
        purpose: Purpose::Work,
    },
    Ready {
        name: "engagement_rate",
        about: "share of past meetings with others in the calendar that took place, per week",
        feed: Feed::Invitations,
        shape: WindowShape::Week,
        statistic: Statistic::Mean,
        unit: "1",
        trailing: &[4],
        goal: Goal::Asked,
        purpose: Purpose::Work,
    },
];

impl Ready {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        READY.iter().find(|ready| ready.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::catalogue::{Aggregation, Metric};

    #[test]
    fn rows_fit_the_catalogue() {
        for ready in READY {
            assert_eq!(READY.iter().filter(|r| r.name == ready.name).count(), 1, "{}", ready.name);
            let Feed::Metric(id) = ready.feed else {
                assert!(!ready.unit.is_empty(), "{}", ready.name);
                continue;
            };
            let sums = Metric::find(id).unwrap().aggregation == Aggregation::Sum;
            assert_eq!(sums, ready.statistic == Statistic::Sum, "{}", ready.name);
        }
    }
}
