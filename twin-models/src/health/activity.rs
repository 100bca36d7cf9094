//! A day of activity from hourly totals.

use twin_core::estimate::{Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "activity_day";
/// Its version.
pub const VERSION: &str = "1";
/// Steps from which an hour counts as active: what several trackers ask for. OWN.
pub const ACTIVE_HOUR_STEPS: f64 = 250.0;
/// Waking hours that must be known before sedentary hours are given. OWN.
pub const MIN_WORN_HOURS: u32 = 10;

/// One hour of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hour {
    /// Steps; `None` where the device was not worn or says nothing.
    pub steps: Option<f64>,
    /// Share of the hour asleep, 0..=1.
    pub asleep: f64,
}

/// A day of activity. Hours asleep for half or more are neither active nor sedentary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActivityDay {
    /// Steps of the known hours; absent if none is known.
    pub steps: Option<f64>,
    /// Waking hours with at least 250 steps.
    pub active_hours: u32,
    /// Waking hours with fewer; absent below 10 known waking hours.
    pub sedentary_hours: Option<u32>,
    /// Waking hours with a step count.
    pub known_hours: u32,
    /// Waking hours.
    pub waking_hours: u32,
}

/// The summary of a day; `hours` are 23 to 25 of local time. Negative or infinite counts are not known.
///
/// ```
/// # use twin_models::health::activity::{Hour, activity_day};
/// let mut hours = [Hour { steps: Some(100.0), asleep: 0.0 }; 24];
/// hours[..7].fill(Hour { steps: Some(0.0), asleep: 1.0 });
/// hours[12].steps = Some(3000.0);
/// let day = activity_day(&hours);
/// assert_eq!((day.steps, day.active_hours, day.sedentary_hours), (Some(4600.0), 1, Some(16)));
/// ```
#[must_use]
pub fn activity_day(hours: &[Hour]) -> ActivityDay {
    let mut day =
        ActivityDay { steps: None, active_hours: 0, sedentary_hours: None, known_hours: 0, waking_hours: 0 };
    for hour in hours {
        let awake = hour.asleep < 0.5;
        day.waking_hours += u32::from(awake);
        if let Some(steps) = hour.steps.filter(|s| s.is_finite() && *s >= 0.0) {
            day.steps = Some(day.steps.unwrap_or(0.0) + steps);
            day.known_hours += u32::from(awake);
            day.active_hours += u32::from(awake && steps >= ACTIVE_HOUR_STEPS);
        }
    }
    day.sedentary_hours = (day.known_hours >= MIN_WORN_HOURS).then(|| day.known_hours - day.active_hours);
    day
}

impl ActivityDay {
    /// Steps as an estimate; provisional below 10 known waking hours.
    #[must_use]
    pub fn steps_estimate(&self) -> Estimate {
        let status = EstimateStatus::InsufficientData;
        let absent = |gaps| Estimate::absent(ID, VERSION, "{steps}", status, gaps);
        let Some(steps) = self.steps else { return absent(vec!["no steps recorded".into()]) };
        let worn = self.known_hours >= MIN_WORN_HOURS;
        let coverage = f64::from(self.known_hours) / f64::from(self.waking_hours.max(1));
        let gap = format!("{} of {} waking hours known", self.known_hours, self.waking_hours);
        Estimate {
            value: Some(steps),
            status: if worn { EstimateStatus::Ok } else { EstimateStatus::Provisional },
            confidence: coverage,
            n_effective: f64::from(self.known_hours),
            coverage,
            ..absent(if worn { Vec::new() } else { vec![gap] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_not_worn_are_not_sedentary() {
        let mut hours = [Hour::default(); 24];
        assert_eq!(activity_day(&hours).steps_estimate().value, None);
        hours[8].steps = Some(900.0);
        hours[9].steps = Some(f64::NAN);
        let day = activity_day(&hours);
        assert_eq!((day.steps, day.active_hours, day.sedentary_hours), (Some(900.0), 1, None));
        let steps = day.steps_estimate();
        assert_eq!((steps.status, steps.gaps.len()), (EstimateStatus::Provisional, 1));
    }
}
