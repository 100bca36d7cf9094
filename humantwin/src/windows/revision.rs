//! How often what is known of a window was added to or changed.

use crate::error::Result;
use std::collections::BTreeSet;
use twin_core::event::{Event, EventBody};
use twin_core::log::Log;
use twin_core::{Hlc, MetricId, RecordKey, Timestamp};

use super::feed::{Feed, Sight};

/// A span of time that a write said something about, and when it was written.
pub(super) struct Touch {
    start: Timestamp,
    end: Timestamp,
    written: Timestamp,
}

/// Every write, also of what was replaced or deleted later, that the windows may rest on.
pub(super) fn touches(log: &Log, feed: Feed, metric: Option<&MetricId>, sight: Sight) -> Result<Vec<Touch>> {
    let day = |t: Timestamp| i32::try_from(t.secs().div_euclid(86_400)).unwrap_or(0);
    let buckets = day(sight.from).saturating_sub(1).max(i32::MIN + 1)..=day(sight.to).saturating_add(1);
    let until = sight.cutoff.known_at.map(Hlc::end_of);
    let (mut touches, mut changes) = (Vec::new(), Vec::<(RecordKey, Timestamp)>::new());
    log.store().scan(buckets, &mut |event| {
        if until.is_some_and(|until| event.clock > until) {
            return Ok(());
        }
        match &event.content.body {
            EventBody::RecordCorrected(_) | EventBody::RecordDeleted(_) => {
                changes.push((event.key(), event.clock.wall));
            }
            _ => touches.extend(span(event, feed, metric).map(|(start, end)| Touch {
                start,
                end,
                written: event.clock.wall,
            })),
        }
        Ok(())
    })?;
    for (key, written) in changes {
        log.store().versions(key, &mut |event| {
            touches.extend(span(event, feed, metric).map(|(start, end)| Touch { start, end, written }));
            Ok(())
        })?;
    }
    Ok(touches)
}

/// The span an event speaks of, where it is of the windows' kind.
fn span(event: &Event, feed: Feed, metric: Option<&MetricId>) -> Option<(Timestamp, Timestamp)> {
    let at = event.content.at;
    match (&event.content.body, feed) {
        (EventBody::SeriesWritten(s), _) if metric == Some(&s.metric) => Some((s.start, s.end)),
        (EventBody::MeasurementRecorded(m), _) if metric == Some(&m.metric) => {
            Some((m.start.unwrap_or(at), at))
        }
        (EventBody::SleepRecorded(s), Feed::Nights) => Some((s.end, s.end)),
        (EventBody::WorkoutRecorded(w), Feed::Intensity | Feed::MetresPerBeat) => Some((w.start, w.end)),
        (EventBody::SeriesWritten(s), Feed::ActiveMinutes) => Some((s.start, s.end)),
        (EventBody::MeetingAttended(m), Feed::Meetings | Feed::Invitations) => {
            Some((m.entry.start, m.entry.start))
        }
        (EventBody::MeetingPlanned(m), Feed::Invitations) => Some((m.entry.start, m.entry.start)),
        _ => None,
    }
}

/// The revision of each window, given in order: how many writes after the first spoke of it. Writes of one
/// call are one.
pub(super) fn revisions(touches: &[Touch], windows: &[(Timestamp, Timestamp)]) -> Vec<u32> {
    let mut written: Vec<BTreeSet<Timestamp>> = vec![BTreeSet::new(); windows.len()];
    for touch in touches {
        let first = windows.partition_point(|(_, end)| *end <= touch.start);
        let after = windows.partition_point(|(start, _)| *start <= touch.end);
        for set in written.get_mut(first..after.max(first)).into_iter().flatten() {
            set.insert(touch.written);
        }
    }
    written.iter().map(|set| u32::try_from(set.len().saturating_sub(1)).unwrap_or(u32::MAX)).collect()
}
