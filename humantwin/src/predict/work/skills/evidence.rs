//! What speaks of a skill, from the facts.

use super::levels::Level;
use crate::error::Result;
use crate::predict::work::lives;
use crate::predict::work::tasks::TaskLife;
use crate::predict::{Features, once};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::{EventBody, LearningMethod, ReviewOutcome};
use twin_core::sort::Gather as _;
use twin_models::skill::evidence::{EvidenceKind, SkillEvidence, work_outcome};
use twin_models::stats::quantile;

/// Hours over estimate that four of five, and nineteen of twenty, tasks of people in general stay below
/// [jones2019]: ln σ is 0.48.
const USUAL_RATIOS: (f64, f64) = (1.50, 2.20);
/// Finished tasks from which the person's own ratios are taken.
const MIN_TASKS: usize = 20;
/// Weight of a course's mark beside a colleague's review.
const MARK_WEIGHT: f64 = 0.5;

/// All evidence about a person's skills, oldest first; `None` is the person of the twin.
pub(crate) fn evidence<'f>(features: &'f Features<'_>, person: Option<&str>) -> Result<&'f [SkillEvidence]> {
    Ok(held(features, person)?.map_or(&[][..], |held| held.evidence.as_slice()))
}

/// What is known of a person's skills.
pub(super) fn held<'f>(features: &'f Features<'_>, person: Option<&str>) -> Result<Option<&'f Skills>> {
    let everyone = once(&features.work.everyone, || Everyone::of(features))?;
    Ok(match person {
        None => Some(&everyone.own),
        Some(person) => everyone.others.get(person),
    })
}

/// Everybody's skills.
#[derive(Default)]
pub(in crate::predict::work) struct Everyone {
    own: Skills,
    others: BTreeMap<String, Skills>,
}

/// Somebody's skills: what speaks of them, oldest first, and the levels that follow.
#[derive(Default)]
pub(in crate::predict::work) struct Skills {
    pub(super) evidence: Vec<SkillEvidence>,
    pub(super) levels: OnceCell<Vec<Level>>,
}

impl Everyone {
    fn of(features: &Features<'_>) -> Result<Self> {
        let lives = lives(features)?;
        let (q80, q95) = ratios(lives);
        let mut everyone = Self::default();
        for fact in features.facts()? {
            let age_days = features.age_days(fact.at);
            let mut tell = |who: &Option<String>, skill: &str, kind: EvidenceKind| {
                let skills = match who {
                    None => &mut everyone.own,
                    Some(person) => everyone.others.entry(person.clone()).or_default(),
                };
                skills.evidence.push(SkillEvidence { skill: skill.to_owned(), age_days, kind });
            };
            match &fact.body {
                EventBody::SkillAssessed(s) => {
                    if let Some(score) = s.score {
                        let own = s.method.as_deref() == Some("self");
                        let told = EvidenceKind::Assessment { score, sd: s.sd };
                        let kind = if own { EvidenceKind::SelfRating { score } } else { told };
                        tell(&s.person, &s.skill, kind);
                    }
                    if let Some(correct) = s.correct {
                        tell(&s.person, &s.skill, EvidenceKind::Response { correct });
                    }
                }
                EventBody::LearningCompleted(l) => {
                    let hours = l.duration_s.map(|s| s / 3600.0 / l.skills.len().max(1) as f64);
                    for skill in &l.skills {
                        if let Some(hours) = hours.filter(|h| *h > 0.0) {
                            let mentored = l.method == LearningMethod::Mentoring;
                            let alone = EvidenceKind::Practised { hours };
                            let kind = if mentored { EvidenceKind::Mentored { hours } } else { alone };
                            tell(&l.person, skill, kind);
                        }
                        if let Some(rating) = l.score {
                            tell(&l.person, skill, EvidenceKind::Review { rating, weight: MARK_WEIGHT });
                        }
                    }
                }
                EventBody::TaskCompleted(done) => {
                    let Some(life) = lives.get(&done.task) else { continue };
                    let rework = (done.rework == Some(true) || life.reopened).then_some(true).or(done.rework);
                    let credit = work_outcome(
                        rework,
                        done.duration_s.map(|s| s / 3600.0),
                        life.estimate_h().map(|h| h * q80),
                        life.estimate_h().map(|h| h * q95),
                    );
                    let Some(credit) = credit else { continue };
                    let difficulty = life.about.complexity.or(done.difficulty.map(|d| d / 10.0));
                    for skill in &life.about.skills {
                        tell(&life.about.assignee, skill, EvidenceKind::TaskOutcome { credit, difficulty });
                    }
                }
                EventBody::CheckFinished(c) => {
                    let credit = if c.passed { 1.0 } else { 0.0 };
                    for skill in &c.skills {
                        tell(&c.author, skill, EvidenceKind::TaskOutcome { credit, difficulty: None });
                    }
                }
                EventBody::FeedbackGiven(f) => {
                    if let (Some(skill), Some(rating)) = (&f.skill, f.rating) {
                        tell(&f.to, skill, EvidenceKind::Review { rating, weight: 1.0 });
                    }
                }
                EventBody::ReviewDone(r) => {
                    let rating = match r.outcome {
                        ReviewOutcome::Approved => 0.8,
                        ReviewOutcome::ChangesRequested => 0.45,
                        ReviewOutcome::Rejected => 0.15,
                        ReviewOutcome::Commented => continue,
                    };
                    for skill in &r.skills {
                        tell(&r.author, skill, EvidenceKind::Review { rating, weight: MARK_WEIGHT });
                    }
                }
                EventBody::MentoringSession(m) => {
                    let hours = m.duration_s.unwrap_or(3600.0) / 3600.0;
                    let Some(skill) = &m.skill else { continue };
                    tell(&m.mentee, skill, EvidenceKind::Mentored { hours });
                    if m.mentor != m.mentee {
                        tell(&m.mentor, skill, EvidenceKind::Taught { hours });
                    }
                }
                _ => {}
            }
        }
        Ok(everyone)
    }
}

/// The skills that the evidence speaks of.
pub(crate) fn skills(evidence: &[SkillEvidence]) -> BTreeSet<&str> {
    evidence.iter().map(|e| e.skill.as_str()).gather()
}

/// Other people of whom skills were told.
pub(crate) fn people(features: &Features<'_>) -> Result<BTreeSet<String>> {
    let told = features.facts()?.iter().filter_map(|fact| match &fact.body {
        EventBody::SkillAssessed(s) => s.person.clone(),
        _ => None,
    });
    Ok(told.collect())
}

/// Hours over estimate that four of five, and nineteen of twenty, of the person's tasks stay below.
fn ratios(lives: &BTreeMap<String, TaskLife>) -> (f64, f64) {
    let own = lives.values().filter(|t| t.is_own());
    let mut ratios: Vec<f64> = own
        .filter_map(|t| Some(t.finished.as_ref()?.hours? / t.estimate_h()?))
        .filter(|r| r.is_finite() && *r > 0.0)
        .collect();
    if ratios.len() < MIN_TASKS {
        return USUAL_RATIOS;
    }
    (
        quantile(&mut ratios, 0.8).unwrap_or(USUAL_RATIOS.0),
        quantile(&mut ratios, 0.95).unwrap_or(USUAL_RATIOS.1),
    )
}
