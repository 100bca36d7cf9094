//! What the person has in hand and cannot go on with, since it waits for somebody else.

use super::day::{WORK_H, WorkDays, inside};
use crate::error::Result;
use crate::predict::Features;
use crate::predict::work::together::waits;

/// Days that are looked back on. OWN.
const DAYS: i32 = 28;

/// Of all that the person had in hand in working hours of four weeks, the share that waited for others: to be taken
/// up, or to be reviewed. Nobody works on what waits, so it is the share of focus time that would have gone there.
/// OWN. Absent where no such wait was told.
pub(super) fn wait_share(features: &Features<'_>, days: &WorkDays) -> Result<Option<f64>> {
    let (mut waited_h, mut any) = (0.0, false);
    for (from, to) in waits(features)? {
        let (first, last) = (features.days_ago(from), features.days_ago(to));
        if last >= DAYS {
            continue;
        }
        any = true;
        for ago in last.max(0)..=first.min(DAYS - 1) {
            let start = if ago == first { features.clock_h(from) } else { 0.0 };
            let end = if ago == last { features.clock_h(to) } else { 24.0 };
            if days.works(features, ago) {
                waited_h += inside(start, end);
            }
        }
    }
    let worked = (0..DAYS.min(days.first() + 1)).filter(|ago| days.works(features, *ago));
    // Whoever works has something in hand, told or not.
    let in_hand_h: f64 =
        worked.map(|ago| days.open_on(features, ago).unwrap_or(1.0).max(1.0) * (WORK_H.1 - WORK_H.0)).sum();
    let all = waited_h + in_hand_h;
    Ok((any && all > 0.0).then(|| waited_h / all))
}
