//! The person and one other: style, compatibility, conflict.

use super::facts::{ME, met, name, own_ties, passed, rated, readers};
use crate::error::Result;
use crate::predict::work::skills::{Level, levels};
use crate::predict::work::tasks::tasks;
use crate::predict::{Asked, Features, Said};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::Timestamp;
use twin_core::estimate::Estimate;
use twin_core::event::{EventBody, FeedbackKind, MessageSent, MessageStyle, ReviewOutcome};
use twin_core::sort::Gather as _;
use twin_models::collaboration::compatibility::{self, Between, Measured, Side, compatibility};
use twin_models::collaboration::conflict_risk::{self, ConflictKind, Pair, Reported, Weights, conflict_risk};
use twin_models::collaboration::conflict_signals::PairWeek;
use twin_models::collaboration::hand_offs::{HandOff, hand_offs};
use twin_models::collaboration::meetings::meetings;
use twin_models::collaboration::style::{Channel, StyleMessage};
use twin_models::collaboration::style_match::{self, Exchange, StyleMatch, Talker, style_match};
use twin_models::stats::{Z80, median};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: style_match::ID, name: "matching", unit: "1", run: styles },
    Asked { id: compatibility::ID, name: "compatibility", unit: "{score}", run: together },
    Asked { id: conflict_risk::ID, name: "conflict", unit: "1", run: conflicts },
];

/// Others that are told of: the strongest ties.
const TOLD: usize = 6;
/// Weeks of signals.
const WEEKS: usize = 12;
/// Affect below which a message counts as negative.
const NEGATIVE: f64 = -0.25;

/// The others that the person has most to do with.
pub(super) fn closest(features: &Features<'_>) -> Result<Vec<String>> {
    Ok(own_ties(features)?.into_iter().take(TOLD).map(|tie| tie.other).collect())
}

/// Messages of everybody, without their words.
fn messages<'a>(features: &'a Features<'_>) -> Result<Vec<(Timestamp, &'a MessageSent)>> {
    let all = features.facts()?.iter().filter_map(|fact| match &fact.body {
        EventBody::MessageSent(m) => Some((fact.at, &**m)),
        _ => None,
    });
    Ok(all.collect())
}

fn rates(style: &MessageStyle) -> [f64; 9] {
    [
        style.personal_pronouns,
        style.impersonal_pronouns,
        style.articles,
        style.auxiliary_verbs,
        style.adverbs,
        style.prepositions,
        style.conjunctions,
        style.negations,
        style.quantifiers,
    ]
}

fn talkers(features: &Features<'_>) -> Result<BTreeMap<String, Talker>> {
    let mut talkers: BTreeMap<String, Talker> = BTreeMap::new();
    for (at, m) in messages(features)? {
        let channel = match m.channel.as_str() {
            "mail" => Channel::Mail,
            "issue" | "review" => Channel::Comment,
            _ => Channel::Chat,
        };
        // Words where they were counted, else five characters a word.
        let counted = m.style.as_ref().map(|s| f64::from(s.words));
        let message = StyleMessage {
            channel,
            length: counted.or(m.length.map(|n| f64::from(n) / 5.0)).unwrap_or(0.0),
            latency_h: m.latency_s.map(|s| s / 3600.0),
            hour: features.clock_h(at) as u8,
            question: m.question == Some(true),
            formality: m.style.as_ref().and_then(|s| s.formality),
            directness: m.style.as_ref().and_then(|s| s.directness),
            emoji: m.emoji.is_some_and(|n| n > 0),
            function_words: m.style.as_ref().map(rates),
        };
        let person = name(&m.from);
        let fresh = || Talker { person: person.clone(), messages: Vec::new() };
        talkers.entry(person.clone()).or_insert_with(fresh).messages.push(message);
    }
    Ok(talkers)
}

/// Messages between two and what answered them.
fn exchanges(features: &Features<'_>, other: &str) -> Result<Vec<Exchange>> {
    let mut last: BTreeMap<&str, (bool, [bool; 9])> = BTreeMap::new();
    let mut found = Vec::new();
    for (_, m) in messages(features)? {
        let from_me = m.from.is_none();
        let between = (from_me && m.to.iter().any(|t| t == other)) || m.from.as_deref() == Some(other);
        let (Some(thread), Some(style)) = (m.thread.as_deref().filter(|_| between), &m.style) else {
            continue;
        };
        let held = rates(style).map(|rate| rate > 0.0);
        if let Some((prompted_by_me, prompt)) = last.insert(thread, (from_me, held))
            && prompted_by_me != from_me
        {
            found.push(Exchange { first_replied: from_me, prompt, reply: held });
        }
    }
    Ok(found)
}

fn style_of(
    features: &Features<'_>,
    talkers: &BTreeMap<String, Talker>,
    other: &str,
) -> Result<Option<StyleMatch>> {
    let (Some(me), Some(them)) = (talkers.get(ME), talkers.get(other)) else { return Ok(None) };
    let rest: Vec<Talker> =
        talkers.values().filter(|t| t.person != ME && t.person != other).cloned().collect();
    Ok(Some(style_match(me, them, &rest, &exchanges(features, other)?)))
}

fn styles(features: &Features<'_>) -> Result<Said> {
    let talkers = talkers(features)?;
    let mut said = Said::default();
    for other in closest(features)? {
        let Some(style) = style_of(features, &talkers, &other)? else { continue };
        said = said.and(&other, style.matching).and(&format!("{other}, proximity"), style.proximity);
        for (who, adapts) in [("you adapt to", style.first_adapts), ("adapts to you:", style.second_adapts)] {
            if let Some(share) = adapts.filter(|share| *share > 0.05) {
                said.words.push(format!("{who} `{other}` (+{share:.2})"));
            }
        }
    }
    Ok(said)
}

/// An estimate as what another model measured.
fn measured(estimate: &Estimate, scale: f64) -> Option<Measured> {
    let value = estimate.value? / scale;
    let (low, high) = (estimate.low? / scale, estimate.high? / scale);
    Some(Measured { value: value.clamp(0.0, 1.0), sd: ((high - low) / (2.0 * Z80)).max(0.0) })
}

/// Compatibility with each of the closest.
pub(super) fn compatibilities(features: &Features<'_>) -> Result<Vec<(String, Estimate)>> {
    let (talkers, ties, all) = (talkers(features)?, own_ties(features)?, passed(features)?);
    let met = met(features)?;
    let rated = rated(&met);
    let lives = tasks(features.facts()?);
    let chronotype_h = crate::predict::energy::msf_sc_h(features);
    let mine = levels(features, None)?;
    let mut found = Vec::new();
    for tie in ties.into_iter().take(TOLD) {
        let other = tie.other.clone();
        let theirs = levels(features, Some(&other))?;
        let names: BTreeSet<&str> = mine.iter().chain(&theirs).map(|l| l.skill.as_str()).gather();
        let vector = |levels: &[Level]| -> Vec<f64> {
            let of = |name: &&str| levels.iter().find(|l| l.skill == **name).map_or(0.0, |l| l.points);
            if levels.is_empty() { Vec::new() } else { names.iter().map(of).collect() }
        };
        let style = style_of(features, &talkers, &other)?;
        let own = |h: &&HandOff| (h.from == ME && h.to == other) || (h.from == other && h.to == ME);
        let handed = all.iter().find(own).map(|h| hand_offs(&h.from, &h.to, &all).efficiency);
        let shared = met.values().filter_map(|list| list.last()).map(|(m, _)| m);
        let series_with = |m: &&twin_models::collaboration::meetings::Meeting| {
            features.facts().is_ok_and(|facts| {
                facts.iter().any(|f| match &f.body {
                    EventBody::MeetingAttended(a) => {
                        a.entry.title.as_ref().unwrap_or(&a.entry.uid) == &m.series
                            && a.entry.people.contains(&other)
                    }
                    _ => false,
                })
            })
        };
        let worth: Vec<Measured> = shared
            .filter(series_with)
            .filter_map(|m| {
                let worth = meetings(m, &rated).effectiveness;
                let scale = if worth.unit == "1" { 1.0 } else { 100.0 };
                measured(&worth, scale)
            })
            .collect();
        let n = worth.len() as f64;
        let meeting = (n > 0.0).then(|| Measured {
            value: worth.iter().map(|m| m.value).sum::<f64>() / n,
            sd: worth.iter().map(|m| m.sd).sum::<f64>() / n,
        });
        let past = lives
            .values()
            .filter_map(|t| t.finished.as_ref())
            .filter(|f| f.with.contains(&other))
            .map(|f| f.rating.unwrap_or(if f.rework { 0.3 } else { 0.7 }))
            .collect();
        let between = Between {
            past,
            hand_offs: handed.as_ref().and_then(|e| measured(e, 1.0)),
            meetings: meeting,
            tie: measured(&tie.strength, 1.0),
            reciprocity: Some(Measured { value: tie.reciprocity, sd: 0.1 }),
            style_matching: style.as_ref().and_then(|s| measured(&s.matching, 1.0)),
            style_proximity: style.as_ref().and_then(|s| measured(&s.proximity, 1.0)),
        };
        let me = Side { skills: vector(&mine), hours: None, chronotype_h, workload: None };
        let them = Side { skills: vector(&theirs), ..Side::default() };
        found.push((other.clone(), compatibility([ME, &other], "", [&me, &them], &between, &[])));
    }
    Ok(found)
}

fn together(features: &Features<'_>) -> Result<Said> {
    let all = compatibilities(features)?;
    Ok(all.into_iter().fold(Said::default(), |said, (other, estimate)| said.and(&other, estimate)))
}

/// What each week showed of a pair, oldest first.
fn weeks(features: &Features<'_>, other: &str) -> Result<Vec<PairWeek>> {
    let mut weeks = vec![Week::default(); WEEKS];
    let mut any = 0;
    for fact in features.facts()? {
        let Some(back) = Some(features.age_days(fact.at) / 7.0).filter(|w| *w >= 0.0) else { continue };
        let Some(week) = WEEKS.checked_sub(1 + back as usize).and_then(|i| weeks.get_mut(i)) else {
            continue;
        };
        let theirs = |who: &Option<String>| who.as_deref() == Some(other);
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
            EventBody::HandedOff(h) if theirs(&h.to) || theirs(&h.from) => {
                week.handed.push(f64::from(u8::from(h.returned == Some(true))));
                true
            }
            EventBody::ReviewDone(r) if theirs(&r.reviewer) || theirs(&r.author) => {
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
    let told = weeks.into_iter().map(Week::view).collect::<Vec<_>>();
    Ok(told.into_iter().skip(WEEKS - any.min(WEEKS)).collect())
}

#[derive(Clone, Debug, Default)]
struct Week {
    inward: f64,
    outward: f64,
    latency: Vec<f64>,
    tones: Vec<f64>,
    handed: Vec<f64>,
    reviews: Vec<f64>,
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
            decline_rate: None,
            rejection_rate: mean(&self.reviews),
            workload_gap: None,
            role_ambiguity: None,
        }
    }
}

fn conflicts(features: &Features<'_>) -> Result<Said> {
    let mut said = Said::default();
    let mut others = closest(features)?;
    let mut reported: BTreeMap<String, Vec<Reported>> = BTreeMap::new();
    for fact in features.facts()? {
        let EventBody::FeedbackGiven(f) = &fact.body else { continue };
        let kind = match f.kind {
            FeedbackKind::TaskConflict => ConflictKind::Task,
            FeedbackKind::RelationshipConflict => ConflictKind::Relationship,
            _ => continue,
        };
        let other = match (&f.from, &f.to) {
            (None, Some(other)) | (Some(other), None) => other.clone(),
            _ => continue,
        };
        if !others.contains(&other) {
            others.push(other.clone());
        }
        reported.entry(other).or_default().push(Reported { kind, age_days: features.age_days(fact.at) });
    }
    let first = features.facts()?.first().map_or(0.0, |fact| features.age_days(fact.at));
    for other in others {
        let pair = Pair {
            weeks: weeks(features, &other)?,
            reported: reported.remove(&other).unwrap_or_default(),
            observed_days: first,
        };
        let risk = conflict_risk(&pair, &Weights::default());
        for p in &risk.prevention {
            let left = 100.0 * p.probability;
            said.words.push(format!("with `{other}`: {}; the risk would be {left:.0} %", p.what));
        }
        said = said
            .and(&other, risk.any)
            .and(&format!("{other}, task"), risk.task)
            .and(&format!("{other}, relationship"), risk.relationship);
    }
    Ok(said)
}
