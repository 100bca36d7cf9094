//! Levels of skills, their course, and memory.

use super::evidence::{evidence, held, skills};
use crate::error::Result;
use crate::predict::{Asked, CurveView, Features, PointView, Said};
use std::collections::BTreeSet;
use std::sync::Arc;
use twin_core::event::EventBody;
use twin_core::fold::DayFact;
use twin_core::sort::Gather as _;
use twin_models::skill::evidence::{EvidenceKind, SkillEvidence};
use twin_models::skill::knowledge::{self, Answer, knowledge};
use twin_models::skill::level::{self, skill_level};
use twin_models::skill::memory::{self, skill_memory};
use twin_models::skill::tracing::{self, Attempt, knowledge_tracing, parameters};
use twin_models::skill::trajectory::{self, skill_trajectory};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: level::ID, name: "level", unit: "{score}", run: now },
    Asked { id: trajectory::ID, name: "velocity", unit: "{score}/wk", run: course },
    Asked { id: memory::ID, name: "recall", unit: "1", run: recall },
    Asked { id: tracing::ID, name: "known", unit: "1", run: known },
    Asked { id: knowledge::ID, name: "next_right", unit: "1", run: next_right },
];

/// Weeks that a course looks ahead.
const WEEKS: u32 = 12;

/// A skill of somebody.
#[derive(Clone, Debug)]
pub(in crate::predict::work) struct Level {
    pub(in crate::predict::work) skill: String,
    /// Points, 0..=100.
    pub(in crate::predict::work) points: f64,
    pub(in crate::predict::work) sd: f64,
    /// Probability of recall today.
    pub(in crate::predict::work) recall: Option<f64>,
    /// Points a week and their standard error.
    pub(in crate::predict::work) velocity: Option<(f64, f64)>,
}

/// The known levels of somebody; `None` is the person of the twin.
pub(in crate::predict::work) fn levels<'f>(
    features: &'f Features<'_>,
    person: Option<&str>,
) -> Result<&'f [Level]> {
    let Some(known) = held(features, person)? else { return Ok(&[]) };
    Ok(known.levels.get_or_init(|| levels_of(&known.evidence)))
}

fn levels_of(all: &[SkillEvidence]) -> Vec<Level> {
    let level = |skill: &str| {
        let known = skill_level(skill, all);
        let course = skill_trajectory(skill, all, 1);
        Some(Level {
            skill: skill.to_owned(),
            points: known.level.value?,
            sd: known.sd.unwrap_or(20.0),
            recall: known.recall,
            velocity: course.velocity.value.map(|v| (v, course.velocity_sd.unwrap_or(0.5))),
        })
    };
    skills(all).into_iter().filter_map(level).collect()
}

/// One model for each skill that there is evidence of.
fn each(features: &Features<'_>, say: impl Fn(Said, &str, &[SkillEvidence]) -> Said) -> Result<Said> {
    let all = evidence(features, None)?;
    Ok(skills(all).into_iter().fold(Said::default(), |said, skill| say(said, skill, all)))
}

fn now(features: &Features<'_>) -> Result<Said> {
    each(features, |said, skill, all| {
        let known = skill_level(skill, all);
        said.and(skill, known.level).and(&format!("{skill}, at hand"), known.available)
    })
}

fn course(features: &Features<'_>) -> Result<Said> {
    each(features, |said, skill, all| {
        let course = skill_trajectory(skill, all, WEEKS);
        let mut said = said.and(skill, course.level).and(&format!("{skill}, velocity"), course.velocity);
        if course.plateau == Some(true) {
            said.words.push(format!("`{skill}` has not moved for six weeks or more"));
        }
        let week = |n: i64| features.moment().plus_secs(n * 7 * 86_400);
        let points = (1..).zip(course.weeks).filter_map(|(n, estimate)| {
            let (at, value) = (week(n), estimate.value?);
            Some(PointView { at, value, low: estimate.low, high: estimate.high })
        });
        let points: Vec<PointView> = points.collect();
        if !points.is_empty() {
            said.curves.push(CurveView { name: skill.into(), unit: "{score}".into(), points });
        }
        said
    })
}

fn recall(features: &Features<'_>) -> Result<Said> {
    each(features, |said, skill, all| {
        let kept = skill_memory(skill, all);
        said.and(skill, kept.recall).and(&format!("{skill}, due in"), kept.due_days)
    })
}

/// Answers and outcomes of each skill, told apart by knowledge tracing.
fn known(features: &Features<'_>) -> Result<Said> {
    each(features, |said, skill, all| {
        let attempts: Vec<Attempt> = all
            .iter()
            .filter(|e| e.skill == skill)
            .filter_map(|e| {
                let credit = match e.kind {
                    EvidenceKind::Response { correct } => f64::from(u8::from(correct)),
                    EvidenceKind::TaskOutcome { credit, .. } => credit,
                    _ => return None,
                };
                Some(Attempt { age_days: e.age_days, credit })
            })
            .collect();
        if attempts.is_empty() {
            return said;
        }
        let series: Vec<bool> = attempts.iter().map(|a| a.credit >= 0.5).collect();
        let known = knowledge_tracing(&attempts, &parameters(&[series]));
        said.and(skill, known.p_known).and(&format!("{skill}, next right"), known.p_correct)
    })
}

/// The chance that the next answer is right, from all answers on all skills in their order.
fn next_right(features: &Features<'_>) -> Result<Said> {
    let told = |fact: &Arc<DayFact>| match &fact.body {
        EventBody::SkillAssessed(s) => Some(Answer {
            person: s.person.clone().unwrap_or_default(),
            skill: s.skill.clone(),
            correct: s.correct?,
        }),
        _ => None,
    };
    let answers: Vec<Answer> = features.facts()?.iter().filter_map(told).collect();
    let own: BTreeSet<&str> =
        answers.iter().filter(|a| a.person.is_empty()).map(|a| a.skill.as_str()).gather();
    let each = own.into_iter().map(|skill| (skill, knowledge(&answers, "", skill)));
    Ok(each.fold(Said::default(), |said, (skill, chance)| said.and(skill, chance)))
}
