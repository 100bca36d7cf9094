//! How much each has to do.

use super::facts::{ME, name};
use crate::error::Result;
use crate::predict::Features;
use crate::predict::work::capacity::WORK_H;
use crate::predict::work::lives;
use crate::predict::work::tasks::TaskLife;
use std::collections::BTreeMap;
use twin_core::event::EventBody;

/// Days that a statement of the coming week's work holds. OWN.
const HOLDS_DAYS: f64 = 14.0;
/// Working days of a week where nobody says how much is sustainable.
const WORK_DAYS: f64 = 5.0;

/// What is known of the loads of the person and others.
pub(super) struct Loads<'f> {
    /// Days ago and hours planned over hours sustainable, by person, oldest first.
    stated: BTreeMap<String, Vec<(f64, f64)>>,
    /// Tasks with the days ago that they were first heard of and finished.
    tasks: Vec<(&'f TaskLife, f64, Option<f64>)>,
}

impl<'f> Loads<'f> {
    pub(super) fn of(features: &'f Features<'_>) -> Result<Self> {
        let mut stated: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        let mut sustainable: BTreeMap<String, f64> = BTreeMap::new();
        for fact in features.facts()? {
            let EventBody::WorkloadChanged(w) = &fact.body else { continue };
            let who = name(&w.person);
            if let Some(hours) = w.sustainable_h {
                sustainable.insert(who.clone(), hours);
            }
            let can = sustainable.get(&who).copied().unwrap_or(WORK_DAYS * (WORK_H.1 - WORK_H.0));
            if let Some(planned) = w.planned_h.filter(|_| can > 0.0) {
                stated.entry(who).or_default().push((features.age_days(fact.at), planned / can));
            }
        }
        let lives = lives(features)?.values().filter_map(|life| {
            let finished = life.finished.as_ref().map(|f| features.age_days(f.at));
            Some((features.age_days(life.known?), finished, life))
        });
        Ok(Self { stated, tasks: lives.map(|(known, finished, life)| (life, known, finished)).collect() })
    }

    /// Hours planned over hours sustainable, as last said up to so many days ago.
    pub(super) fn stated(&self, who: &str, days_ago: f64) -> Option<f64> {
        let said = self.stated.get(who)?.iter().rev().find(|(age, _)| *age >= days_ago)?;
        (said.0 < days_ago + HOLDS_DAYS).then_some(said.1)
    }

    /// Estimated hours of the tasks that somebody had in hand so many days ago; absent where none is known.
    fn in_hand_h(&self, who: &str, days_ago: f64) -> Option<f64> {
        let open = self.tasks.iter().filter(|(life, known, finished)| {
            let theirs = name(&life.about.assignee) == who;
            theirs && *known >= days_ago && finished.is_none_or(|f| f < days_ago)
        });
        let hours: f64 = open.map(|(life, ..)| life.estimate_h().unwrap_or(1.0)).sum();
        (hours > 0.0).then_some(hours)
    }

    /// How unequal the loads of the person and somebody else were so many days ago, 0 (alike) to 1: of what they
    /// say, or else of the tasks in their hands.
    pub(super) fn gap(&self, other: &str, days_ago: f64) -> Option<f64> {
        let said = self.stated.contains_key(ME) && self.stated.contains_key(other);
        let load = |who| if said { self.stated(who, days_ago) } else { self.in_hand_h(who, days_ago) };
        let (mine, theirs) = (load(ME)?, load(other)?);
        let most = mine.max(theirs);
        (most > 0.0).then(|| (mine - theirs).abs() / most)
    }
}
