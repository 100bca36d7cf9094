//! Who had to do with whom, from the facts.

use crate::error::Result;
use crate::predict::work::lives;
use crate::predict::{Features, once};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use twin_core::Timestamp;
use twin_core::event::{CalendarEntry, EventBody, FeedbackKind, MessageSent};
use twin_core::fold::DayFact;
use twin_core::sort::Gather as _;
use twin_models::collaboration::hand_offs::HandOff;
use twin_models::collaboration::interaction::{Interaction, InteractionKind, MOST_PEOPLE};
use twin_models::collaboration::meetings::{Meeting, MeetingModel, Rated, Rating};
use twin_models::collaboration::ties::{Tie, ties};

/// The person of the twin among others.
pub(super) const ME: &str = "";

pub(super) fn name(person: &Option<String>) -> String {
    person.clone().unwrap_or_default()
}

/// Everything that people did with each other.
pub(super) fn interactions<'f>(features: &'f Features<'_>) -> Result<&'f [Interaction]> {
    once(&features.work.interactions, || found(features)).map(Vec::as_slice)
}

fn found(features: &Features<'_>) -> Result<Vec<Interaction>> {
    let lives = lives(features)?;
    let mut found = Vec::new();
    for fact in features.facts()? {
        let age_days = features.age_days(fact.at);
        let mut tell = |from: String, to: Vec<String>, kind: InteractionKind| {
            if !to.is_empty() {
                found.push(Interaction { from, to, kind, age_days });
            }
        };
        match &fact.body {
            EventBody::MeetingAttended(m) if is_met(&m.entry) => {
                // One event: of a meeting the model ties everyone with everyone.
                let minutes = m.entry.end.secs_since(m.entry.start) / 60.0;
                let everyone = came(&m.entry);
                let people = u32::try_from(everyone.len() + 1).unwrap_or(u32::MAX);
                tell(ME.into(), everyone, InteractionKind::Meeting { minutes, people });
            }
            EventBody::MessageSent(m) => {
                let thread = m.thread.clone().unwrap_or_default();
                let kind = InteractionKind::Message { reply: m.reply == Some(true), thread };
                tell(name(&m.from), readers(m), kind);
            }
            EventBody::ReviewDone(r) => {
                tell(name(&r.reviewer), vec![name(&r.author)], InteractionKind::Review);
            }
            EventBody::HandedOff(h) => tell(name(&h.from), vec![name(&h.to)], InteractionKind::HandOff),
            EventBody::FeedbackGiven(f) if f.kind == FeedbackKind::Praise => {
                tell(name(&f.from), vec![name(&f.to)], InteractionKind::Praise);
            }
            EventBody::TaskCompleted(t) => {
                let hours = t.duration_s.unwrap_or(3600.0) / 3600.0;
                // A task of somebody else was done without the person; one of nobody ties nobody.
                let whose = lives.get(&t.task).map(|life| name(&life.about.assignee)).unwrap_or_default();
                if !matches!(whose.as_str(), "unassigned" | "unknown") {
                    tell(whose, t.with.clone(), InteractionKind::CoEdit { hours: hours.min(24.0) });
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Was there a meeting of people at a time of the day?
fn is_met(entry: &CalendarEntry) -> bool {
    entry.all_day_from.is_none() && entry.cancelled != Some(true)
}

/// From whom to whom an interaction goes, each pair once: of a meeting and of work together from everyone to everyone,
/// else from who began it to each of the others.
pub(super) fn pairs(event: &Interaction) -> BTreeSet<(&str, &str)> {
    let together = matches!(event.kind, InteractionKind::Meeting { .. } | InteractionKind::CoEdit { .. });
    let all: Vec<&str> = std::iter::once(&event.from).chain(&event.to).map(String::as_str).collect();
    let begin = match together {
        true if event.to.len() >= MOST_PEOPLE => &[][..],
        true => all.as_slice(),
        false => all.get(..1).unwrap_or_default(),
    };
    begin.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b).gather()
}

/// Who of those invited did not decline.
fn came(entry: &CalendarEntry) -> Vec<String> {
    entry.people.iter().filter(|p| !entry.declined_by.contains(p)).cloned().collect()
}

/// To whom a message went; one from somebody else to nobody in particular went to the person.
pub(super) fn readers(m: &MessageSent) -> Vec<String> {
    if m.to.is_empty() && m.from.is_some() { vec![ME.into()] } else { m.to.clone() }
}

/// The ties of the person, strongest first.
pub(super) fn own_ties<'f>(features: &'f Features<'_>) -> Result<&'f [Tie]> {
    once(&features.work.ties, || Ok(ties(ME, interactions(features)?))).map(Vec::as_slice)
}

/// Work that went from one to another.
pub(super) fn passed(features: &Features<'_>) -> Result<Vec<HandOff>> {
    let told = features.facts()?.iter().filter_map(|fact| match &fact.body {
        EventBody::HandedOff(h) => Some(HandOff {
            from: name(&h.from),
            to: name(&h.to),
            wait_h: h.ready_at.map(|ready| fact.at.secs_since(ready) / 3600.0).filter(|h| *h > 0.0),
            bounced: h.returned == Some(true),
            rework_h: h.rework_s.map(|s| s / 3600.0),
        }),
        _ => None,
    });
    Ok(told.collect())
}

/// Spans in which work of the person waited for somebody else: to be taken up, or to be reviewed.
pub(in crate::predict::work) fn waits(features: &Features<'_>) -> Result<Vec<(Timestamp, Timestamp)>> {
    let told = features.facts()?.iter().filter_map(|fact| {
        let since = match &fact.body {
            EventBody::HandedOff(h) if h.from.is_none() && h.to.is_some() => h.ready_at?,
            EventBody::ReviewDone(r) if r.author.is_none() && r.reviewer.is_some() => {
                fact.at.plus_micros((-1e6 * r.waited_s?) as i64)
            }
            _ => return None,
        };
        (since <= fact.at).then_some((since, fact.at))
    });
    Ok(told.collect())
}

/// What hand-offs cost the person.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::predict::work) struct HandOffShares {
    /// Share of hand-offs that came back.
    pub(in crate::predict::work) bounced: Option<f64>,
}

/// The person's own hand-offs, given or taken; a prior of one in four such hand-offs that come back is worth five.
pub(in crate::predict::work) fn hand_off_shares(features: &Features<'_>) -> Result<HandOffShares> {
    let all = passed(features)?;
    let own: Vec<&HandOff> = all.iter().filter(|h| h.from == ME || h.to == ME).collect();
    let bounced = own.iter().filter(|h| h.bounced).count() as f64;
    // Beta(1, 4), as the model of hand-offs has it.
    let share = (1.0 + bounced) / (5.0 + own.len() as f64);
    Ok(HandOffShares { bounced: (!own.is_empty()).then_some(share) })
}

/// Meetings of each series with their ratings.
type Series = BTreeMap<String, Vec<(Meeting, Option<Rating>)>>;

/// Meetings that took place, and what their ratings teach.
#[derive(Debug)]
pub(in crate::predict::work) struct Meetings {
    pub(super) series: Series,
    pub(super) model: MeetingModel,
}

/// What is known of meetings.
pub(super) fn met<'f>(features: &'f Features<'_>) -> Result<&'f Meetings> {
    let known = features.known()?;
    Ok(known.learnt.meetings.get_or_init(|| {
        let series = held(&known.list);
        let rated: Vec<Rated> = series
            .values()
            .flatten()
            .filter_map(|(meeting, rating)| Some(Rated { meeting: meeting.clone(), rating: (*rating)? }))
            .collect();
        Meetings { series, model: MeetingModel::of(&rated) }
    }))
}

/// Meetings that took place, by series, oldest first, with what was said of them.
fn held(facts: &[Arc<DayFact>]) -> Series {
    let mut series: Series = BTreeMap::new();
    let mut people: BTreeMap<String, (Timestamp, Vec<String>)> = BTreeMap::new();
    for fact in facts {
        let EventBody::MeetingAttended(m) = &fact.body else { continue };
        let entry = &m.entry;
        if !is_met(entry) {
            continue;
        }
        let key = entry.title.clone().unwrap_or_else(|| entry.uid.clone());
        let (first, before) = people.entry(key.clone()).or_insert_with(|| (entry.start, Vec::new()));
        let there = entry.people.len();
        let again = entry.people.iter().filter(|p| before.contains(p)).count();
        let quality = m.quality.clone().unwrap_or_default();
        let named = u32::try_from(there).unwrap_or(u32::MAX);
        let meeting = Meeting {
            agenda: quality.agenda,
            on_time: quality.on_time,
            people: entry.others.unwrap_or(named).saturating_add(1),
            minutes: entry.end.secs_since(entry.start) / 60.0,
            actions: quality.decisions.map(|n| n > 0),
            speaking_gini: quality.speaking_gini,
            overlap: (!before.is_empty() && there > 0).then(|| again as f64 / there as f64),
            series_age_days: Some((entry.start.secs_since(*first) / 86_400.0).max(0.0)),
            messages_each: quality.messages_sent.map(f64::from),
            series: key.clone(),
        };
        before.clone_from(&entry.people);
        // A share of the scale as one to five stars.
        let rating = quality.usefulness.map(|u| Rating::Stars((1.0 + 4.0 * u).round().clamp(1.0, 5.0) as u8));
        series.entry(key).or_default().push((meeting, rating));
    }
    series
}

/// Mean usefulness that was told of meetings so many days ago, 0..=1.
pub(in crate::predict::work) fn meeting_usefulness(
    features: &Features<'_>,
    ages: std::ops::Range<f64>,
) -> Result<Option<f64>> {
    let (mut sum, mut n) = (0.0, 0.0);
    for fact in features.facts()? {
        if let EventBody::MeetingAttended(m) = &fact.body
            && ages.contains(&features.age_days(fact.at))
            && let Some(useful) = m.quality.as_ref().and_then(|q| q.usefulness)
        {
            (sum, n) = (sum + useful, n + 1.0);
        }
    }
    Ok((n > 0.0).then(|| sum / n))
}
