//! Plans of the coming days, and changes to them.

use serde::{Deserialize, Serialize};

/// A time on the clock, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime {
    minutes: u32,
}

impl ClockTime {
    /// The time of an hour and a minute; `None` outside 00:00 to 23:59.
    #[must_use]
    pub fn new(hour: u32, minute: u32) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { minutes: 60 * hour + minute })
    }

    /// Hours after midnight.
    #[must_use]
    pub fn hours(self) -> f64 {
        f64::from(self.minutes) / 60.0
    }
}

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        text.split_once(':')
            .filter(|(h, m)| digits(h) && digits(m))
            .and_then(|(h, m)| Self::new(h.parse().ok()?, m.parse().ok()?))
            .ok_or_else(|| format!("a time is `HH:MM`, not `{text}`"))
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// Caffeine taken at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caffeine {
    /// When.
    pub at: ClockTime,
    /// How much, mg.
    pub amount_mg: f64,
}

/// One day of a plan. What is left out goes as usual for this person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDay {
    /// Nobody has to get up; absent: Saturdays and Sundays.
    pub free: Option<bool>,
    /// Going to sleep in the night that ends on this day; after noon is the evening before.
    pub bed: Option<ClockTime>,
    /// Waking on this day.
    pub wake: Option<ClockTime>,
    /// Training load of the day; absent: as on this weekday before.
    pub load: Option<f64>,
    /// Load on top of it.
    pub extra_load: f64,
    /// Caffeine.
    pub caffeine: Vec<Caffeine>,
    /// Drinks in the evening, 10 g of alcohol each, felt on the day after; absent: as on this weekday before.
    pub drinks: Option<f64>,
}

/// The coming days: the rest of today (day 0, whose night is over), tomorrow (day 1) and so on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// The days; what lies beyond goes as usual.
    pub days: Vec<PlanDay>,
}

/// One change of a plan. Days count from 0, today; a night belongs to the day of waking.
///
/// ```
/// use twin_models::simulate::Change;
/// let text = r#"{"kind": "sleep_at", "days": [1, 2], "bed": "22:30", "wake": "06:30"}"#;
/// let change: Change = serde_json::from_str(text).unwrap();
/// assert_eq!(change.to_string(), "sleeping from 22:30 to 06:30 on days 1 and 2");
/// assert!(serde_json::from_str::<Change>(r#"{"kind": "skip_training", "day": 1}"#).is_ok());
/// assert!(serde_json::from_str::<Change>(r#"{"kind": "sleep_at", "days": [1], "bed": "25:00", "wake": "06:30"}"#).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// Sleep at these times in the nights that end on these days (of 1 and later).
    SleepAt {
        /// The days.
        days: Vec<u32>,
        /// Going to sleep.
        bed: ClockTime,
        /// Waking.
        wake: ClockTime,
    },
    /// A training session more.
    Train {
        /// The day.
        day: u32,
        /// Its load, in the unit of the person's other loads.
        load: f64,
    },
    /// The day's training is left out.
    SkipTraining {
        /// The day.
        day: u32,
    },
    /// A day without any training.
    RestDay {
        /// The day.
        day: u32,
    },
    /// Caffeine.
    Caffeine {
        /// The day.
        day: u32,
        /// When.
        at: ClockTime,
        /// How much, mg.
        amount_mg: f64,
    },
    /// Alcohol in the evening.
    Alcohol {
        /// The day.
        day: u32,
        /// Drinks of 10 g.
        drinks: f64,
    },
    /// A day off: nobody has to get up.
    DayOff {
        /// The day.
        day: u32,
    },
}

impl Change {
    /// Makes the change; later changes of the same thing win. Amounts that are no amounts (negative, not
    /// finite) and days beyond `last` do nothing.
    pub(super) fn apply(&self, plan: &mut Plan, last: u32) {
        let amount = |x: &f64| Some(*x).filter(|x| x.is_finite() && *x >= 0.0);
        match self {
            Self::SleepAt { days, bed, wake } => {
                for day in days.iter().filter(|day| **day > 0) {
                    plan.change(*day, last, |d| (d.bed, d.wake) = (Some(*bed), Some(*wake)));
                }
            }
            Self::Train { day, load } => {
                if let Some(load) = amount(load) {
                    plan.change(*day, last, |d| d.extra_load += load);
                }
            }
            Self::SkipTraining { day } => plan.change(*day, last, |d| d.load = Some(0.0)),
            Self::RestDay { day } => {
                plan.change(*day, last, |d| (d.load, d.extra_load) = (Some(0.0), 0.0));
            }
            Self::Caffeine { day, at, amount_mg } => {
                if let Some(amount_mg) = amount(amount_mg) {
                    plan.change(*day, last, |d| d.caffeine.push(Caffeine { at: *at, amount_mg }));
                }
            }
            Self::Alcohol { day, drinks } => {
                if let Some(drinks) = amount(drinks) {
                    plan.change(*day, last, |d| d.drinks = Some(drinks));
                }
            }
            Self::DayOff { day } => plan.change(*day, last, |d| d.free = Some(true)),
        }
    }
}

impl Plan {
    fn change(&mut self, day: u32, last: u32, how: impl FnOnce(&mut PlanDay)) {
        let at = day as usize;
        if day <= last && self.days.len() <= at {
            self.days.resize(at + 1, PlanDay::default());
        }
        if let Some(day) = self.days.get_mut(at) {
            how(day);
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SleepAt { days, bed, wake } => {
                let names: Vec<String> = days.iter().map(u32::to_string).collect();
                let (s, list) = match names.split_last() {
                    Some((only, [])) => ("", only.clone()),
                    Some((end, start)) => ("s", format!("{} and {end}", start.join(", "))),
                    None => ("", "none".into()),
                };
                write!(f, "sleeping from {bed} to {wake} on day{s} {list}")
            }
            Self::Train { day, load } => write!(f, "training with a load of {load:.0} on day {day}"),
            Self::SkipTraining { day } => write!(f, "skipping the training of day {day}"),
            Self::RestDay { day } => write!(f, "resting on day {day}"),
            Self::Caffeine { day, at, amount_mg } => {
                write!(f, "{amount_mg:.0} mg of caffeine at {at} on day {day}")
            }
            Self::Alcohol { day, drinks } => {
                write!(
                    f,
                    "{drinks:.0} drink{} on the evening of day {day}",
                    if *drinks == 1.0 { "" } else { "s" }
                )
            }
            Self::DayOff { day } => write!(f, "a day off on day {day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_touch_their_day_only() {
        let mut plan = Plan::default();
        for change in [
            Change::Train { day: 2, load: 80.0 },
            Change::Train { day: 2, load: f64::NAN },
            Change::Train { day: 900, load: 80.0 },
            Change::SleepAt {
                days: vec![0, 1],
                bed: ClockTime { minutes: 1350 },
                wake: ClockTime { minutes: 390 },
            },
            Change::DayOff { day: 1 },
        ] {
            change.apply(&mut plan, 7);
        }
        assert_eq!(plan.days.len(), 3);
        assert_eq!((plan.days[0].bed, plan.days[1].bed.map(ClockTime::hours)), (None, Some(22.5)));
        assert_eq!((plan.days[2].extra_load, plan.days[1].free), (80.0, Some(true)));
        Change::RestDay { day: 2 }.apply(&mut plan, 7);
        assert_eq!((plan.days[2].extra_load, plan.days[2].load), (0.0, Some(0.0)));
    }
}
