//! What people do with each other, and what it weighs. Metadata only, never content.

use super::answer::quantity;
use std::collections::BTreeMap;
use twin_core::sort::OrderBy as _;

/// Days after which a meeting, a review, a hand-off, praise or shared work counts half.
pub const HALF_LIFE_DAYS: f64 = 28.0;
/// Days after which a message counts half.
pub const MESSAGE_HALF_LIFE_DAYS: f64 = 14.0;
/// Most that the messages of one thread weigh in one hour.
pub const THREAD_MOST: f64 = 0.3;
/// Larger meetings tie nobody. OWN: what they would add is below 0.04 an hour.
pub const MOST_PEOPLE: usize = 50;
/// Longest meeting, minutes, and oldest interaction, days, that are believed. OWN.
const MAX_MINUTES: f64 = 1440.0;
const MAX_DAYS: f64 = 36_525.0;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractionKind {
    /// A meeting; `people` counts all who were there, the named ones included.
    Meeting {
        /// Minutes, up to a day.
        minutes: f64,
        /// People who were there.
        people: u32,
    },
    /// A message.
    Message {
        /// Whether it answers one.
        reply: bool,
        /// Its thread; empty without one.
        thread: String,
    },
    /// A review of work.
    Review,
    /// Work handed over.
    HandOff,
    /// Praise or thanks.
    Praise,
    /// Work on the same thing at the same time.
    CoEdit {
        /// Hours, up to a day.
        hours: f64,
    },
}

impl InteractionKind {
    /// Its name in reasons.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Meeting { .. } => "meetings",
            Self::Message { .. } => "messages",
            Self::Review => "reviews",
            Self::HandOff => "hand-offs",
            Self::Praise => "praise",
            Self::CoEdit { .. } => "work together",
        }
    }
}

/// One interaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// Who began it; the empty string may stand for the person themselves.
    pub from: String,
    /// With whom.
    pub to: Vec<String>,
    /// What happened.
    pub kind: InteractionKind,
    /// Days since then, 0 or more.
    pub age_days: f64,
}

/// What an interaction adds to the tie from one person to another.
#[derive(Clone, Copy)]
pub(super) struct Strand<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    /// When new.
    pub(super) weight: f64,
    pub(super) half_life: f64,
}

/// The strands of an interaction; empty where it cannot be used. Meetings and shared work tie all who took part,
/// half each way; a message to many is shared out among them, as the time of a meeting is. OWN.
pub(super) fn strands(event: &Interaction) -> Vec<Strand<'_>> {
    if quantity(Some(event.age_days), MAX_DAYS).is_none() {
        return Vec::new();
    }
    let mut to: Vec<&str> = event.to.iter().map(String::as_str).filter(|to| *to != event.from).collect();
    to.order();
    to.dedup();
    let from = event.from.as_str();
    let (weight, half_life, together) = match event.kind {
        InteractionKind::Meeting { minutes, people } => {
            let others = (people as usize).saturating_sub(1).max(to.len());
            let minutes = quantity(Some(minutes), MAX_MINUTES).unwrap_or(0.0);
            (minutes / 30.0 / others.max(1) as f64, HALF_LIFE_DAYS, true)
        }
        InteractionKind::CoEdit { hours } => {
            let hours = quantity(Some(hours), MAX_MINUTES / 60.0).unwrap_or(0.0);
            (0.2 * hours / to.len().max(1) as f64, HALF_LIFE_DAYS, true)
        }
        InteractionKind::Message { reply, .. } => {
            let weight = if reply { 0.2 } else { 0.1 };
            (weight / to.len().max(1) as f64, MESSAGE_HALF_LIFE_DAYS, false)
        }
        InteractionKind::Review | InteractionKind::HandOff | InteractionKind::Praise => {
            (0.5, HALF_LIFE_DAYS, false)
        }
    };
    if weight <= 0.0 || (together && to.len() >= MOST_PEOPLE) {
        return Vec::new();
    }
    let strand = |from, to, weight| Strand { from, to, weight, half_life };
    if !together {
        return to.into_iter().map(|to| strand(from, to, weight)).collect();
    }
    let all: Vec<&str> = std::iter::once(from).chain(to).collect();
    let pairs = all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b)));
    pairs.filter(|(a, b)| a != b).map(|(a, b)| strand(a, b, 0.5 * weight)).collect()
}

/// The thread and hour in which messages share a bound; the hour counts from the caller's now.
pub(super) fn bounded(event: &Interaction, now_days: f64) -> Option<(i64, &str)> {
    match &event.kind {
        InteractionKind::Message { thread, .. } if !thread.is_empty() => {
            Some((((now_days - event.age_days) * 24.0).floor() as i64, thread))
        }
        _ => None,
    }
}

/// Hours until a message was answered, each with who asked and who answered: a reply answers the last message
/// the other way in the same thread within 7 days. OWN. In order of time.
pub(super) fn latencies(events: &[Interaction]) -> BTreeMap<(String, String), Vec<f64>> {
    let message = |e: &&Interaction| matches!(e.kind, InteractionKind::Message { .. });
    let mut order: Vec<&Interaction> =
        events.iter().filter(message).filter(|e| !strands(e).is_empty()).collect();
    order.order_by(|a, b| b.age_days.total_cmp(&a.age_days));
    let mut asked: BTreeMap<(&str, &str, &str), f64> = BTreeMap::new();
    let mut found: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for event in order {
        let InteractionKind::Message { reply, thread } = &event.kind else { continue };
        for to in &event.to {
            let waited = asked.remove(&(to.as_str(), event.from.as_str(), thread.as_str()));
            if let Some(since) = waited.filter(|_| *reply) {
                let hours = (since - event.age_days) * 24.0;
                if hours <= 168.0 {
                    found.entry((to.clone(), event.from.clone())).or_default().push(hours);
                }
            }
            asked.insert((event.from.as_str(), to.as_str(), thread.as_str()), event.age_days);
        }
    }
    found
}
