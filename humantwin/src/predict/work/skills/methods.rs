//! Which way of learning does most, and what known skills give to new ones.

use super::evidence::{evidence, skills};
use super::levels::{Level, levels};
use crate::error::Result;
use crate::predict::energy::seed;
use crate::predict::{Asked, Features, Said};
use std::collections::BTreeMap;
use twin_core::event::{EventBody, LearningMethod};
use twin_core::sort::Gather as _;
use twin_models::skill::evidence::SkillEvidence;
use twin_models::skill::level::skill_level;
use twin_models::skill::methods::{self, Episode, learning_methods};
use twin_models::skill::skill_graph::{ObservedTransfer, SkillGraph, SkillNode};
use twin_models::skill::transfer::{self, KnownSkill, Velocity, transfer_opportunities};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: methods::ID, name: "points_per_hour", unit: "{score}/h", run: ways },
    Asked { id: transfer::ID, name: "head_start", unit: "{score}", run: head_starts },
];

/// Length of an episode, days.
const EPISODE_DAYS: f64 = 28.0;
/// Points gained with the help of another skill that count as all of the way saved. OWN.
const WHOLE_WAY: f64 = 20.0;

fn ways(features: &Features<'_>) -> Result<Said> {
    let episodes = episodes(features)?;
    if episodes.is_empty() {
        return Ok(Said::default());
    }
    let said = learning_methods(&episodes, seed(features));
    let words = vec![
        format!("to try next: {}", said.suggested),
        "these are associations of what was done with what was gained, not proof".into(),
    ];
    let each = said.methods.into_iter().filter(|m| m.episodes > 0 || m.p_suggested > 0.1);
    Ok(each.fold(Said { words, ..Said::default() }, |said, m| said.and(&m.method, m.per_hour)))
}

/// Four weeks of learning a skill, by method: a method's part of the gain is its part of the hours.
fn episodes(features: &Features<'_>) -> Result<Vec<Episode>> {
    let all = evidence(features, None)?;
    let mut hours: BTreeMap<(u32, String), BTreeMap<&str, f64>> = BTreeMap::new();
    let mut learnt = |at, skills: &[String], method: &'static str, seconds: Option<f64>| {
        let block = (features.age_days(at) / EPISODE_DAYS) as u32;
        let share = seconds.unwrap_or(0.0) / 3600.0 / skills.len().max(1) as f64;
        for skill in skills {
            *hours.entry((block, skill.clone())).or_default().entry(method).or_default() += share;
        }
    };
    for fact in features.facts()? {
        match &fact.body {
            EventBody::LearningCompleted(l) if l.person.is_none() => {
                learnt(fact.at, &l.skills, word(l.method), l.duration_s);
            }
            EventBody::MentoringSession(m) if m.mentee.is_none() => {
                let skills: Vec<String> = m.skill.iter().cloned().collect();
                learnt(fact.at, &skills, "mentoring", m.duration_s.or(Some(3600.0)));
            }
            _ => {}
        }
    }
    let mut episodes = Vec::new();
    for ((block, skill), by_method) in hours {
        let (end, start) = (f64::from(block) * EPISODE_DAYS, f64::from(block + 1) * EPISODE_DAYS);
        let (Some(before), Some(after)) = (level_at(all, &skill, start), level_at(all, &skill, end)) else {
            continue;
        };
        let total: f64 = by_method.values().sum();
        for (method, hours) in by_method.into_iter().filter(|(_, h)| *h > 0.0) {
            episodes.push(Episode {
                method: method.into(),
                skill: skill.clone(),
                hours,
                gain: (after - before) * hours / total,
                prior_level: Some(before),
                velocity: None,
                own: true,
                chance: None,
            });
        }
    }
    Ok(episodes)
}

/// Points that an hour of learning brought the person, by skill.
pub(super) fn points_per_hour(features: &Features<'_>) -> Result<BTreeMap<String, f64>> {
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for episode in episodes(features)? {
        let sum = sums.entry(episode.skill).or_default();
        (sum.0, sum.1) = (sum.0 + episode.gain, sum.1 + episode.hours);
    }
    let pace = sums.into_iter().map(|(skill, (gain, hours))| (skill, gain / hours));
    Ok(pace.filter(|(_, pace)| pace.is_finite() && *pace > 0.0).gather())
}

const fn word(method: LearningMethod) -> &'static str {
    match method {
        LearningMethod::Course => "course",
        LearningMethod::Reading => "reading",
        LearningMethod::Practice => "spaced practice",
        LearningMethod::PairWork => "pair work",
        LearningMethod::Project => "project",
        LearningMethod::Mentoring => "mentoring",
        LearningMethod::Other => "other",
    }
}

/// The level as known so many days ago.
fn level_at(all: &[SkillEvidence], skill: &str, age_days: f64) -> Option<f64> {
    let then: Vec<SkillEvidence> = all
        .iter()
        .filter(|e| e.skill == skill && e.age_days >= age_days)
        .map(|e| SkillEvidence { age_days: e.age_days - age_days, ..e.clone() })
        .collect();
    skill_level(skill, &then).level.value
}

fn head_starts(features: &Features<'_>) -> Result<Said> {
    let graph = graph(features)?;
    let known = levels(features, None)?;
    let held: Vec<KnownSkill> = known
        .iter()
        .map(|l| KnownSkill { skill: l.skill.clone(), level: l.points, sd: l.sd.max(1.0) })
        .collect();
    let said = transfer_opportunities(&graph, &held, velocity(known));
    Ok(said.into_iter().fold(Said::default(), |said, new| {
        said.and(&new.skill, new.head_start)
            .and(&format!("{}, weeks saved", new.skill), new.weeks_saved)
            .and(&format!("{}, level", new.skill), new.level)
    }))
}

/// The person's mean velocity.
fn velocity(known: &[Level]) -> Option<Velocity> {
    let all: Vec<(f64, f64)> = known.iter().filter_map(|l| l.velocity).collect();
    let n = all.len() as f64;
    (n > 0.0).then(|| Velocity {
        points_per_week: all.iter().map(|v| v.0).sum::<f64>() / n,
        sd: (all.iter().map(|v| v.1 * v.1).sum::<f64>()).sqrt() / n,
    })
}

/// Skills as they were described, and what was carried over from one to another.
fn graph(features: &Features<'_>) -> Result<SkillGraph> {
    let mut nodes: BTreeMap<String, SkillNode> = BTreeMap::new();
    let mut seen = Vec::new();
    for fact in features.facts()? {
        match &fact.body {
            EventBody::SkillDescribed(s) => {
                let mut description = s.text.clone().unwrap_or_default();
                // What stands next to it is part of what it is.
                s.related.iter().for_each(|other| description.extend([" ", other]));
                let (name, roles) = (s.skill.clone(), s.roles.clone());
                nodes.insert(name.clone(), SkillNode { name, description, roles });
            }
            EventBody::SkillImproved(s) if s.person.is_none() => {
                if let Some(from) = &s.from_skill {
                    let gain = (s.gain / WHOLE_WAY).clamp(-1.0, 1.0);
                    seen.push(ObservedTransfer { from_skill: from.clone(), skill: s.skill.clone(), gain });
                }
            }
            _ => {}
        }
    }
    for skill in skills(evidence(features, None)?) {
        let bare = SkillNode { name: skill.into(), description: String::new(), roles: Vec::new() };
        nodes.entry(skill.into()).or_insert(bare);
    }
    let nodes: Vec<SkillNode> = nodes.into_values().collect();
    Ok(SkillGraph::new(&nodes, &seen))
}
