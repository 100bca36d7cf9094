//! What the person's role asks for: gaps, and when they will be closed.

use super::levels::{Level, levels};
use super::methods;
use crate::error::Result;
use crate::predict::{Asked, Features, Said};
use std::collections::BTreeMap;
use twin_core::event::{EventBody, RoleNeed};
use twin_core::sort::Gather as _;
use twin_models::skill::gaps::{self, Held, Requirement, SkillGaps, skill_gaps};
use twin_models::skill::mastery::{self, Progress, mastery};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: gaps::ID, name: "readiness", unit: "1", run: missing },
    Asked { id: mastery::ID, name: "weeks", unit: "wk", run: when },
];

/// The level that counts as mastery where no role says otherwise.
const MASTERY: f64 = 80.0;

/// What the newest role asks for.
pub(in crate::predict::work) fn needs(features: &Features<'_>) -> Result<Vec<RoleNeed>> {
    let newest = features.facts()?.iter().rev().find_map(|fact| match &fact.body {
        EventBody::RoleStated(role) => Some(role.needs.clone()),
        _ => None,
    });
    Ok(newest.unwrap_or_default())
}

/// What the role asks for against what the person has.
pub(crate) fn gaps_of(features: &Features<'_>) -> Result<SkillGaps> {
    let required: Vec<Requirement> = needs(features)?
        .into_iter()
        .map(|need| Requirement {
            skill: need.skill,
            level: need.level,
            importance: need.importance.unwrap_or(1.0),
            must: need.must,
        })
        .collect();
    let pace = methods::points_per_hour(features)?;
    let held: Vec<Held> = levels(features, None)?
        .iter()
        .map(|l| Held {
            points_per_hour: pace.get(&l.skill).copied(),
            skill: l.skill.clone(),
            level: l.points,
            sd: l.sd,
            recall: l.recall,
        })
        .collect();
    Ok(skill_gaps(&required, &held))
}

fn missing(features: &Features<'_>) -> Result<Said> {
    if needs(features)?.is_empty() {
        return Ok(Said::default());
    }
    let said = gaps_of(features)?;
    let open = said.gaps.iter().filter(|g| g.hours > 0.0);
    let words = open
        .map(|g| {
            let must = if g.must { "must" } else { "should" };
            format!("`{}` ({must}): about {:.0} h to level {:.0}", g.skill, g.hours, g.required)
        })
        .collect();
    let first =
        Said { words, ..Said::default() }.and("readiness", said.readiness).and("coverage", said.coverage);
    Ok(said.gaps.into_iter().fold(first, |out, gap| out.and(&gap.skill, gap.gap)))
}

fn when(features: &Features<'_>) -> Result<Said> {
    let asked: BTreeMap<String, f64> = needs(features)?.into_iter().map(|n| (n.skill, n.level)).gather();
    let mut said = Said::default();
    for &Level { ref skill, points, sd, velocity, .. } in levels(features, None)? {
        let target = asked.get(skill).copied().unwrap_or(MASTERY);
        let there = mastery(&Progress {
            level: Some(points),
            level_sd: sd,
            velocity: velocity.map(|v| v.0),
            velocity_sd: velocity.map_or(0.5, |v| v.1),
            target,
            by_weeks: None,
            role_median_weeks: None,
        });
        if let Some(never) = there.not_reached.filter(|p| *p >= 0.05) {
            let never = 100.0 * never;
            said.words.push(format!("at this pace `{skill}` may not reach {target:.0}: {never:.0} %"));
        }
        said = said.and(skill, there.weeks);
    }
    Ok(said)
}
