//! The load that a calendar puts on a day.

use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "calendar_load";
/// Its version.
pub const VERSION: &str = "1";
/// Meetings with less than this between them are back to back, µs. OWN.
pub const BACK_TO_BACK_US: i64 = 5 * 60_000_000;

/// A meeting that takes a person's time (not cancelled, declined or shown as free); µs since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// Start.
    pub start_us: i64,
    /// End, after `start_us`; others are ignored.
    pub end_us: i64,
}

/// The bounds of a day in its zone; µs since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkDay {
    /// Local midnight.
    pub start_us: i64,
    /// The next local midnight.
    pub end_us: i64,
    /// Start of working hours (usually 9:00); at or after `start_us`.
    pub work_start_us: i64,
    /// End of working hours (usually 17:00). Equal to the start on a day off.
    pub work_end_us: i64,
}

/// What a day holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalendarLoad {
    /// Time in meetings, h; what overlaps counts once.
    pub meeting_h: f64,
    /// Number of meetings that touch the day.
    pub meetings: u32,
    /// Longest stretch of working hours without a meeting, h; absent on a day off.
    pub longest_focus_h: Option<f64>,
    /// Meetings that start less than 5 minutes after all before them have ended, or earlier.
    pub back_to_back: u32,
    /// Share of meeting time outside working hours, 0..=1; absent without meetings.
    pub outside_share: Option<f64>,
}

/// The load of one day. Meetings are cut at midnight; the order does not matter.
///
/// ```
/// # use twin_models::work::calendar_load::{Busy, WorkDay, calendar_load};
/// let h = 3_600_000_000;
/// let day = WorkDay { start_us: 0, end_us: 24 * h, work_start_us: 9 * h, work_end_us: 17 * h };
/// let busy = [(9, 10), (10, 12), (11, 12), (16, 18)].map(|(a, b)| Busy { start_us: a * h, end_us: b * h });
/// let load = calendar_load(&busy, &day);
/// assert_eq!((load.meeting_h, load.meetings), (5.0, 4));
/// assert_eq!((load.longest_focus_h, load.back_to_back), (Some(4.0), 2));
/// assert_eq!(load.outside_share, Some(0.2));
/// ```
#[must_use]
pub fn calendar_load(busy: &[Busy], day: &WorkDay) -> CalendarLoad {
    let mut meetings: Vec<Busy> = busy
        .iter()
        .map(|b| Busy { start_us: b.start_us.max(day.start_us), end_us: b.end_us.min(day.end_us) })
        .filter(|b| b.end_us > b.start_us)
        .collect();
    meetings.order();
    let (mut total, mut inside, mut longest, mut back_to_back) = (0, 0, 0, 0);
    let mut reach: Option<i64> = None;
    let mut free_from = day.work_start_us;
    for meeting in &meetings {
        back_to_back += u32::from(reach.is_some_and(|end| meeting.start_us - end < BACK_TO_BACK_US));
        let start = reach.map_or(meeting.start_us, |end| end.max(meeting.start_us));
        if meeting.end_us > start {
            total += meeting.end_us - start;
            inside += (meeting.end_us.min(day.work_end_us) - start.max(day.work_start_us)).max(0);
        }
        longest = longest.max(meeting.start_us.min(day.work_end_us) - free_from);
        free_from = free_from.max(meeting.end_us);
        reach = Some(reach.map_or(meeting.end_us, |end| end.max(meeting.end_us)));
    }
    longest = longest.max(day.work_end_us - free_from);
    let hours = |us: i64| us as f64 / 3.6e9;
    CalendarLoad {
        meeting_h: hours(total),
        meetings: u32::try_from(meetings.len()).unwrap_or(u32::MAX),
        longest_focus_h: (day.work_end_us > day.work_start_us).then(|| hours(longest)),
        back_to_back,
        outside_share: (total > 0).then(|| (total - inside) as f64 / total as f64),
    }
}

impl CalendarLoad {
    /// Meeting time as an estimate, h. `connected` says whether a calendar was read for the day at all:
    /// an empty calendar is zero hours, no calendar is none.
    #[must_use]
    pub fn meeting_estimate(&self, connected: bool, as_of: Option<Timestamp>) -> Estimate {
        let absent = |gaps| Estimate::absent(ID, VERSION, "h", EstimateStatus::InsufficientData, gaps);
        if !connected {
            return absent(vec!["no calendar for this day".into()]);
        }
        Estimate {
            value: Some(self.meeting_h),
            low: Some(self.meeting_h),
            high: Some(self.meeting_h),
            confidence: 1.0,
            status: EstimateStatus::Ok,
            n_effective: f64::from(self.meetings),
            coverage: 1.0,
            as_of,
            ..absent(Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const H: i64 = 3_600_000_000;
    const DAY: WorkDay = WorkDay { start_us: 0, end_us: 24 * H, work_start_us: 9 * H, work_end_us: 17 * H };

    #[test]
    fn an_empty_day_is_free() {
        let load = calendar_load(&[], &DAY);
        assert_eq!((load.meeting_h, load.longest_focus_h, load.outside_share), (0.0, Some(8.0), None));
        assert_eq!(load.meeting_estimate(true, None).value, Some(0.0));
        assert_eq!(load.meeting_estimate(false, None).value, None);
        let off = WorkDay { work_end_us: DAY.work_start_us, ..DAY };
        assert_eq!(calendar_load(&[], &off).longest_focus_h, None);
    }

    #[test]
    fn meetings_are_cut_at_midnight() {
        let late = [Busy { start_us: 23 * H, end_us: 26 * H }, Busy { start_us: -H, end_us: H / 2 }];
        let load = calendar_load(&late, &DAY);
        assert_eq!((load.meeting_h, load.outside_share, load.longest_focus_h), (1.5, Some(1.0), Some(8.0)));
        assert_eq!(calendar_load(&[Busy { start_us: H, end_us: H }], &DAY).meetings, 0);
    }

    proptest! {
        #[test]
        fn the_union_is_never_more_than_the_sum(raw in proptest::collection::vec((0_i64..1440, 1_i64..600), 0..30)) {
            let minute = 60_000_000;
            let busy: Vec<Busy> = raw
                .iter()
                .map(|(at, long)| Busy { start_us: at * minute, end_us: (at + long) * minute })
                .collect();
            let load = calendar_load(&busy, &DAY);
            let sum: i64 = busy.iter().map(|b| b.end_us.min(DAY.end_us) - b.start_us).sum();
            prop_assert!(load.meeting_h <= sum as f64 / H as f64 + 1e-9 && load.meeting_h <= 24.0);
            prop_assert!((0.0..=8.0).contains(&load.longest_focus_h.unwrap()));
            prop_assert!(load.outside_share.is_none_or(|share| (0.0..=1.0).contains(&share)));
            prop_assert!(load.longest_focus_h.unwrap() + load.meeting_h * (1.0 - load.outside_share.unwrap_or(0.0)) <= 8.0 + 1e-9);
            let mut turned = busy.clone();
            turned.reverse();
            prop_assert_eq!(calendar_load(&turned, &DAY), load);
        }
    }
}
