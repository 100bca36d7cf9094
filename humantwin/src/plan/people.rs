//! Teams.

use super::{PlanStep, PlanView, TeamCandidate, TeamNeed, conflict};
use crate::error::Result;
use crate::predict::NamedEstimate;
use crate::predict::work::{LEVEL_POINTS, named};
use twin_models::collaboration::team_composition::{Candidate, Chemistry, TeamWish, team_composition};
use twin_models::plan::Budget;

/// What is asked of the teams.
pub(super) struct Wish<'a> {
    pub(super) teams: Option<u32>,
    pub(super) size: u32,
    pub(super) needs: &'a [TeamNeed],
    pub(super) most_of_unit: Option<f64>,
}

pub(super) fn plan(wish: &Wish<'_>, people: &[TeamCandidate], budget: Budget<'_>) -> Result<PlanView> {
    let candidates: Vec<Candidate> = people
        .iter()
        .map(|person| Candidate {
            person: person.person.clone(),
            skills: wish
                .needs
                .iter()
                .map(|need| {
                    let own = person.skills.iter().find(|s| s.skill == need.skill);
                    own.map(|s| s.level / LEVEL_POINTS)
                })
                .collect(),
            skill_sd: 0.0,
            load: person.load,
            unit: person.unit.clone().unwrap_or_default(),
            must: person.must == Some(true),
        })
        .collect();
    let chemistry: Vec<Chemistry> = people
        .iter()
        .flat_map(|person| person.ties.iter().map(move |tie| (person, tie)))
        .map(|(person, tie)| Chemistry {
            a: person.person.clone(),
            b: tie.person.clone(),
            tie: Some(tie.tie),
            ..Chemistry::default()
        })
        .collect();
    let asked = TeamWish {
        teams: wish.teams.unwrap_or(1) as usize,
        size: wish.size as usize,
        need: wish.needs.iter().map(|need| need.level / LEVEL_POINTS).collect(),
        most_of_unit: wish.most_of_unit,
    };
    let found = team_composition(&candidates, &chemistry, &asked, budget)
        .map_err(|error| conflict(error.to_string()))?;
    let skills: Vec<&str> = wish.needs.iter().map(|need| need.skill.as_str()).collect();
    let mut view = PlanView::empty();
    for (n, team) in (1..).zip(found.teams) {
        let name = format!("team {n}");
        let steps = team.people.iter().map(|person| PlanStep::of(&name, Some(person.clone())));
        view.steps.extend(steps);
        view.words.extend(team.reasons.iter().map(|reason| format!("{name}: {}", named(reason, &skills))));
        for (skill, short) in team.missing {
            if let Some(need) = wish.needs.get(skill) {
                view.words.push(format!("{name}: `{}` is {:.0} short", need.skill, LEVEL_POINTS * short));
            }
        }
        view.objective += team.score.value.unwrap_or(0.0);
        view.bound += team.bound;
        view.estimates.push(NamedEstimate { name, estimate: team.score });
    }
    if let Some(fairness) = found.fairness {
        view.words.push(format!("the weakest team has {:.0} % of the strongest", 100.0 * fairness));
    }
    Ok(view)
}
