//! What each week showed of the person and one other.

use super::facts::{ME, readers};
use super::loads::Loads;
use crate::error::Result;
use crate::predict::Features;
use crate::predict::work::capacity::{entries, role_clarity};
use crate::view::DayView;
use twin_core::event::{CalendarEntry, EventBody, MessageSent, ReviewOutcome};
use twin_models::collaboration::conflict_signals::PairWeek;
use twin_models::stats::median;

/// Weeks of signals.
const WEEKS: usize = 12;
/// Affect below which a message counts as negative.
const NEGATIVE: f64 = -0.25;

/// What each week showed of a pair, oldest first.
pub(super) fn weeks(features: &Features<'_>, other: &str) -> Result<Vec<PairWeek>> {
    let mut weeks = vec![Week::default(); WEEKS];
    let mut any = 0;
    for fact in features.facts()? {
        let Some(back) = Some(features.age_days(fact.at) / 7.0).filter(|w| *w >= 0.0) else { continue };
        let Some(week) = WEEKS.checked_sub(1 + back as usize).and_then(|i| weeks.get_mut(i)) else {
            continue;
        };
        let theirs = |who: &Option<String>| who.as_deref() == Some(other);
        // Between the two, not between one of them and a third.
        let ours =
            |a: &Option<String>, b: &Option<String>| (theirs(a) && b.is_none()) || (a.is_none() && theirs(b));
        let touched = match &fact.body {
            EventBody::MessageSent(m) if theirs(&m.from) && readers(m).iter().any(|r| r == ME) => {
                week.inward += 1.0;
                week.latency.extend(m.latency_s.map(|s| s / 3600.0));
                week.tone(m);
                true
            }
            EventBody::MessageSent(m) if m.from.is_none() && m.to.iter().any(|t| t == other) => {
                week.outward += 1.0;
                week.tone(m);
                true
            }
            EventBody::HandedOff(h) if ours(&h.from, &h.to) => {
                week.handed.push(f64::from(u8::from(h.returned == Some(true))));
                true
            }
            EventBody::ReviewDone(r) if ours(&r.reviewer, &r.author) => {
                let bad = matches!(r.outcome, ReviewOutcome::Rejected | ReviewOutcome::ChangesRequested);
                week.reviews.push(f64::from(u8::from(bad)));
                true
            }
            _ => false,
        };
        if touched {
            any = any.max(1 + back as usize);
        }
    }
    for entry in entries(features)? {
        let back = features.age_days(entry.start) / 7.0;
        let slot = WEEKS.checked_sub(1 + back.max(0.0) as usize).filter(|_| back >= 0.0);
        let answer = declined(entry, other);
        if let (Some(week), Some(answer)) = (slot.and_then(|i| weeks.get_mut(i)), answer) {
            week.declined.push(f64::from(u8::from(answer)));
            any = any.max(1 + back as usize);
        }
    }
    let loads = Loads::of(features)?;
    let told = weeks.into_iter().enumerate().map(|(i, week)| {
        let newest = 7 * (WEEKS - 1 - i);
        PairWeek {
            workload_gap: loads.gap(other, newest as f64),
            role_ambiguity: role_clarity(&days(features, newest)).map(|clear| 1.0 - clear),
            ..week.view()
        }
    });
    Ok(told.skip(WEEKS - any.min(WEEKS)).collect())
}

/// The week whose last day is so many days ago.
fn days<'f>(features: &'f Features<'_>, newest: usize) -> Vec<&'f DayView> {
    let of_week = |day: &&DayView| {
        usize::try_from(features.date().days() - day.date.days())
            .is_ok_and(|ago| (newest..newest + 7).contains(&ago))
    };
    features.days().filter(of_week).collect()
}

/// Was an invitation between the two declined? Absent where it was of others, or the calendar tells no answers.
fn declined(entry: &CalendarEntry, other: &str) -> Option<bool> {
    if entry.organised_by.as_deref() == Some(other) {
        return entry.declined;
    }
    let no = entry.declined_by.iter().any(|p| p == other);
    let asked = entry.organiser == Some(true) && entry.people.iter().any(|p| p == other);
    (asked && (no || entry.declined.is_some())).then_some(no)
}

#[derive(Clone, Debug, Default)]
struct Week {
    inward: f64,
    outward: f64,
    latency: Vec<f64>,
    tones: Vec<f64>,
    handed: Vec<f64>,
    reviews: Vec<f64>,
    declined: Vec<f64>,
}

impl Week {
    fn tone(&mut self, m: &MessageSent) {
        let affect = m.style.as_ref().and_then(|s| s.affect);
        self.tones.extend(affect.map(|a| f64::from(u8::from(a < NEGATIVE))));
    }

    fn view(mut self) -> PairWeek {
        let mean = |list: &[f64]| (!list.is_empty()).then(|| list.iter().sum::<f64>() / list.len() as f64);
        let most = self.inward.max(self.outward);
        PairWeek {
            reciprocity: (most > 0.0).then(|| self.inward.min(self.outward) / most),
            latency_h: median(&mut self.latency),
            negative_share: mean(&self.tones),
            bounce_rate: mean(&self.handed),
            decline_rate: mean(&self.declined),
            rejection_rate: mean(&self.reviews),
            ..PairWeek::default()
        }
    }
}
