//! The person and one other: style, compatibility, conflict.

use super::facts::{ME, Meetings, met, name, own_ties, passed};
use super::joint::{joint, outcomes};
use super::loads::Loads;
use super::weeks::weeks;
use crate::error::Result;
use crate::predict::work::lives;
use crate::predict::work::skills::{Level, levels};
use crate::predict::work::tasks::TaskLife;
use crate::predict::{Asked, Features, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use twin_core::Timestamp;
use twin_core::estimate::Estimate;
use twin_core::event::{EventBody, FeedbackKind, MessageSent, MessageStyle};
use twin_core::sort::Gather as _;
use twin_models::collaboration::compatibility::{self, Between, Measured, Side, compatibility};
use twin_models::collaboration::conflict_risk::{self, ConflictKind, Pair, Reported, Weights, conflict_risk};
use twin_models::collaboration::hand_offs::{HandOff, hand_offs};
use twin_models::collaboration::style::{Channel, StyleMessage};
use twin_models::collaboration::style_match::{self, Exchange, StyleGroup, StyleMatch, Talker};
use twin_models::collaboration::ties::Tie;
use twin_models::stats::Z80;

pub(super) const ASKED: &[Asked] = &[
    Asked { id: style_match::ID, name: "matching", unit: "1", run: styles },
    Asked { id: compatibility::ID, name: "compatibility", unit: "{score}", run: together },
    Asked { id: conflict_risk::ID, name: "conflict", unit: "1", run: conflicts },
];

/// Others that are told of: the strongest ties.
const TOLD: usize = 6;

/// The others that the person has most to do with.
pub(super) fn closest(features: &Features<'_>) -> Result<Vec<String>> {
    Ok(own_ties(features)?.iter().take(TOLD).map(|tie| tie.other.clone()).collect())
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

fn talkers(features: &Features<'_>) -> Result<Vec<Talker>> {
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
            hour: features.local_h(at) as u8,
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
    Ok(talkers.into_values().collect())
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

/// How everybody writes, and how the person matches with those who were asked about.
#[derive(Debug)]
pub(in crate::predict::work) struct Styles {
    group: StyleGroup,
    matches: Mutex<BTreeMap<String, Option<StyleMatch>>>,
}

fn style_of(features: &Features<'_>, other: &str) -> Result<Option<StyleMatch>> {
    let learnt = &features.known()?.learnt.styles;
    let styles = match learnt.get() {
        Some(styles) => styles,
        None => {
            let group = StyleGroup::of(&talkers(features)?);
            learnt.get_or_init(|| Styles { group, matches: Mutex::default() })
        }
    };
    let mut matches = styles.matches.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = matches.get(other) {
        return Ok(known.clone());
    }
    let found = styles.group.matching(ME, other, &exchanges(features, other)?);
    matches.insert(other.to_owned(), found.clone());
    Ok(found)
}

fn styles(features: &Features<'_>) -> Result<Said> {
    let mut said = Said::default();
    for other in closest(features)? {
        let Some(style) = style_of(features, &other)? else { continue };
        said = said.and(&other, style.matching).and(&format!("{other}, proximity"), style.proximity);
        for (who, adapts) in [("you adapt to", style.first_adapts), ("adapts to you:", style.second_adapts)] {
            if let Some(share) = adapts.filter(|share| *share > 0.05) {
                said.words.push(format!("{who} `{other}` (+{share:.2})"));
            }
        }
    }
    Ok(said)
}

/// A share of 1: an index counts to 100.
pub(super) fn share(estimate: &Estimate, x: f64) -> f64 {
    if estimate.unit == "{score}" { x / 100.0 } else { x }
}

/// An estimate as what another model measured.
fn measured(estimate: &Estimate) -> Option<Measured> {
    let of = |x: f64| share(estimate, x);
    let value = of(estimate.value?);
    let (low, high) = (of(estimate.low?), of(estimate.high?));
    Some(Measured { value: value.clamp(0.0, 1.0), sd: ((high - low) / (2.0 * Z80)).max(0.0) })
}

/// What is known of the person and others at the moment of the features.
pub(super) struct Scene<'f, 'a> {
    features: &'f Features<'a>,
    ties: &'f [Tie],
    passed: Vec<HandOff>,
    met: &'f Meetings,
    pub(super) lives: &'f BTreeMap<String, TaskLife>,
    mine: &'f [Level],
    loads: Loads<'f>,
}

impl<'f, 'a> Scene<'f, 'a> {
    pub(super) fn of(features: &'f Features<'a>) -> Result<Self> {
        Ok(Self {
            features,
            ties: own_ties(features)?,
            passed: passed(features)?,
            met: met(features)?,
            lives: lives(features)?,
            mine: levels(features, None)?,
            loads: Loads::of(features)?,
        })
    }

    /// The person, somebody else, and what is between them.
    pub(super) fn pair(&self, other: &str) -> Result<([Side; 2], Between)> {
        let theirs = levels(self.features, Some(other))?;
        let names: BTreeSet<&str> = self.mine.iter().chain(theirs).map(|l| l.skill.as_str()).gather();
        let vector = |levels: &[Level]| -> Vec<f64> {
            let of = |name: &&str| levels.iter().find(|l| l.skill == **name).map_or(0.0, |l| l.points);
            if levels.is_empty() { Vec::new() } else { names.iter().map(of).collect() }
        };
        let style = style_of(self.features, other)?;
        let own = |h: &&HandOff| (h.from == ME && h.to == other) || (h.from == other && h.to == ME);
        let handed = self.passed.iter().find(own).map(|h| hand_offs(&h.from, &h.to, &self.passed).efficiency);
        let tie = self.ties.iter().find(|tie| tie.other == other);
        let past = joint(self.lives)
            .filter(|(o, _)| *o == other)
            .map(|(_, f)| f.rating.unwrap_or(if f.rework { 0.3 } else { 0.7 }));
        let between = Between {
            past: past.collect(),
            hand_offs: handed.as_ref().and_then(measured),
            meetings: self.meetings(other)?,
            tie: tie.and_then(|tie| measured(&tie.strength)),
            reciprocity: tie.map(|tie| Measured { value: tie.reciprocity, sd: 0.1 }),
            style_matching: style.as_ref().and_then(|s| measured(&s.matching)),
            style_proximity: style.as_ref().and_then(|s| measured(&s.proximity)),
        };
        let workload = |who| self.loads.stated(who, 0.0);
        let chronotype_h = crate::predict::energy::msf_sc_h(self.features);
        let me = Side { skills: vector(self.mine), hours: None, chronotype_h, workload: workload(ME) };
        let them = Side { skills: vector(theirs), workload: workload(other), ..Side::default() };
        Ok(([me, them], between))
    }

    /// Mean effectiveness of the series of meetings that somebody came to.
    fn meetings(&self, other: &str) -> Result<Option<Measured>> {
        let mut with = BTreeSet::new();
        for fact in self.features.facts()? {
            if let EventBody::MeetingAttended(m) = &fact.body
                && m.entry.people.iter().any(|p| p == other)
            {
                with.insert(m.entry.title.as_ref().unwrap_or(&m.entry.uid));
            }
        }
        let newest = self.met.series.values().filter_map(|list| list.last()).map(|(m, _)| m);
        let worth: Vec<Measured> = newest
            .filter(|m| with.contains(&m.series))
            .filter_map(|m| measured(&self.met.model.worth(m).effectiveness))
            .collect();
        let n = worth.len() as f64;
        Ok((n > 0.0).then(|| Measured {
            value: worth.iter().map(|m| m.value).sum::<f64>() / n,
            sd: worth.iter().map(|m| m.sd).sum::<f64>() / n,
        }))
    }
}

/// Compatibility with each of the closest.
pub(super) fn compatibilities(features: &Features<'_>) -> Result<Vec<(String, Estimate)>> {
    let scene = Scene::of(features)?;
    let outcomes = outcomes(features, scene.lives)?;
    let mut found = Vec::new();
    for tie in scene.ties.iter().take(TOLD) {
        let ([me, them], between) = scene.pair(&tie.other)?;
        let names = [ME, tie.other.as_str()];
        found.push((tie.other.clone(), compatibility(names, "", [&me, &them], &between, &outcomes)));
    }
    Ok(found)
}

fn together(features: &Features<'_>) -> Result<Said> {
    let all = compatibilities(features)?;
    Ok(all.into_iter().fold(Said::default(), |said, (other, estimate)| said.and(&other, estimate)))
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
