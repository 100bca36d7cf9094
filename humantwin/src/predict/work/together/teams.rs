//! Teams: what they may create, who may teach whom, and whom to put together.

use super::facts::{ME, name, own_ties};
use super::loads::Loads;
use super::pairs::{closest, compatibilities, share};
use super::wording::{LEVEL_POINTS, named};
use crate::error::Result;
use crate::predict::energy::seed;
use crate::predict::work::lives;
use crate::predict::work::skills::evidence::people;
use crate::predict::work::skills::{Level, levels, needs};
use crate::predict::{Asked, Features, Said};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::EventBody;
use twin_core::sort::Gather as _;
use twin_models::collaboration::mentoring::{
    self, Acquaintance, Learner, Shared, Sharing, SkillLevel, mentoring,
};
use twin_models::collaboration::synergy::{
    self, JointWork, Member, PairTie, SynergyTeam, opportunities, synergy,
};
use twin_models::collaboration::team_composition::{self, Candidate, Chemistry, TeamWish, team_composition};
use twin_models::plan::Budget;

pub(super) const ASKED: &[Asked] = &[
    Asked { id: synergy::ID, name: "synergy", unit: "{score}", run: create },
    Asked { id: mentoring::ID, name: "mentoring", unit: "1", run: teach },
    Asked { id: team_composition::ID, name: "team", unit: "{score}", run: compose },
];

/// People beside the person in the team that is asked about.
const TEAM: usize = 3;
/// Hours a week that people without a calendar here have for others.
const SPARE_H: f64 = 1.0;
/// How the person is called among others.
const YOU: &str = "you";
/// Steps of the search for a team.
const STEPS: u64 = 20_000;

/// Everybody with known skills: the person first.
struct Everybody<'f> {
    names: Vec<String>,
    levels: Vec<&'f [Level]>,
    /// All skills, in order.
    skills: Vec<String>,
}

impl<'f> Everybody<'f> {
    fn of(features: &'f Features<'_>) -> Result<Self> {
        let mut names = vec![ME.to_owned()];
        names.extend(people(features)?);
        let who = |name: &String| if name.is_empty() { None } else { Some(name.clone()) };
        let levels = names.iter().map(|n| levels(features, who(n).as_deref())).collect::<Result<Vec<_>>>()?;
        let skills: BTreeSet<&str> = levels.iter().copied().flatten().map(|l| l.skill.as_str()).gather();
        let skills = skills.into_iter().map(str::to_owned).collect();
        Ok(Self { names, levels, skills })
    }

    fn vector(&self, person: &str) -> Vec<f64> {
        let own = self.names.iter().position(|n| n == person).and_then(|i| self.levels.get(i));
        let level =
            |skill: &String| own.and_then(|l| l.iter().find(|l| l.skill == *skill)).map_or(0.0, |l| l.points);
        self.skills.iter().map(level).collect()
    }
}

/// What people created together, with how good it was.
fn works(features: &Features<'_>) -> Result<Vec<JointWork>> {
    let mut works = Vec::new();
    for life in lives(features)?.values() {
        let Some(finish) = life.finished.as_ref().filter(|f| !f.with.is_empty()) else { continue };
        let Some(score) = finish.rating else { continue };
        let mut people = finish.with.clone();
        people.push(name(&life.about.assignee));
        works.push(JointWork { people, score, age_days: features.age_days(finish.at) });
    }
    Ok(works)
}

fn create(features: &Features<'_>) -> Result<Said> {
    let everybody = Everybody::of(features)?;
    let works = works(features)?;
    let ties = own_ties(features)?;
    let partners: BTreeSet<String> = works.iter().flat_map(|w| w.people.clone()).gather();
    let member = |person: &str| Member {
        person: person.into(),
        skills: everybody.vector(person),
        incumbent: partners.contains(person),
    };
    let near: Vec<String> = closest(features)?.into_iter().filter(|p| everybody.names.contains(p)).collect();
    if near.len() + 1 < TEAM {
        return Ok(Said::default());
    }
    let pair_ties = ties.iter().filter_map(|tie| {
        Some(PairTie {
            a: ME.into(),
            b: tie.other.clone(),
            strength: tie.strength.value?,
            worked_together: partners.contains(&tie.other),
        })
    });
    let past: Vec<Vec<usize>> = lives(features)?
        .values()
        .map(|life| {
            let number = |skill: &String| everybody.skills.iter().position(|s| s == skill);
            life.about.skills.iter().filter_map(number).collect()
        })
        .filter(|skills: &Vec<usize>| !skills.is_empty())
        .collect();
    let (chosen, rest) = near.split_at(near.len().min(TEAM - 1));
    let members = std::iter::once(ME).chain(chosen.iter().map(String::as_str)).map(member).collect();
    let team = SynergyTeam { members, ties: pair_ties.collect(), past_skills: past, works };
    let said = synergy(&team);
    let mut words = vec![format!("the team: you, {}", chosen.join(", "))];
    let candidates: Vec<Member> = rest
        .iter()
        .chain(everybody.names.iter().filter(|n| !n.is_empty() && !near.contains(n)))
        .map(|p| member(p))
        .collect();
    for found in opportunities(&team, &candidates).into_iter().filter(|o| o.gain > 0.0).take(3) {
        words.push(format!("with `{}` it would gain {:.0} points", found.person, found.gain));
    }
    Ok(Said { words, ..Said::default() }.and("synergy", said.score))
}

fn teach(features: &Features<'_>) -> Result<Said> {
    let everybody = Everybody::of(features)?;
    let wanted: BTreeSet<String> = needs(features)?.into_iter().map(|n| n.skill).gather();
    let mut shared: BTreeMap<String, Vec<Shared>> = BTreeMap::new();
    for fact in features.facts()? {
        let age_days = features.age_days(fact.at);
        let mut tell = |who: String, kind: Sharing| {
            shared.entry(who).or_default().push(Shared { kind, age_days });
        };
        match &fact.body {
            EventBody::MentoringSession(m) => tell(name(&m.mentor), Sharing::Session),
            EventBody::ReviewDone(r) => tell(name(&r.reviewer), Sharing::Review),
            EventBody::MessageSent(m) if m.reply == Some(true) => tell(name(&m.from), Sharing::Answer),
            _ => {}
        }
    }
    let learners: Vec<Learner> = everybody
        .names
        .iter()
        .zip(&everybody.levels)
        .map(|(person, levels)| Learner {
            person: person.clone(),
            levels: levels
                .iter()
                .map(|l| SkillLevel {
                    skill: l.skill.clone(),
                    points: l.points,
                    sd: l.sd,
                    wanted: wanted.is_empty() || wanted.contains(&l.skill),
                })
                .collect(),
            spare_h: SPARE_H,
            shared: shared.remove(person).unwrap_or_default(),
        })
        .collect();
    let known: Vec<Acquaintance> = own_ties(features)?
        .iter()
        .filter_map(|tie| {
            let (a, b) = (ME.to_owned(), tie.other.clone());
            Some(Acquaintance { a, b, tie: tie.strength.value?, overlap: 1.0 })
        })
        .collect();
    let plan = mentoring(&learners, &known);
    let own = plan.pairs.into_iter().filter(|p| p.mentor == ME || p.mentee == ME).take(8);
    let mut said = own.fold(Said::default(), |mut said, pair| {
        let name = if pair.mentor == ME {
            format!("teach {} {}", pair.mentee, pair.skill)
        } else {
            format!("learn {} from {}", pair.skill, pair.mentor)
        };
        if pair.planned {
            said.words.push(format!("best for all: {name}"));
        }
        said.and(&name, pair.score)
    });
    if let Some((_, potential)) = plan.potential.into_iter().find(|(person, _)| person == ME) {
        said = said.and("potential", potential);
    }
    Ok(said)
}

fn shown(person: &str) -> String {
    if person == ME { YOU.into() } else { person.into() }
}

fn compose(features: &Features<'_>) -> Result<Said> {
    let everybody = Everybody::of(features)?;
    let asked = needs(features)?;
    if asked.is_empty() || everybody.names.len() < 2 {
        return Ok(Said::default());
    }
    let mut units: BTreeMap<String, String> = BTreeMap::new();
    for fact in features.facts()? {
        if let EventBody::TeamChanged(t) = &fact.body {
            let unit = t.unit.clone().filter(|_| t.joined).unwrap_or_default();
            units.insert(name(&t.person), unit);
        }
    }
    let need: Vec<f64> = asked.iter().map(|n| n.level / LEVEL_POINTS).collect();
    let names: Vec<&str> = asked.iter().map(|n| n.skill.as_str()).collect();
    let loads = Loads::of(features)?;
    let candidates: Vec<Candidate> = everybody
        .names
        .iter()
        .zip(&everybody.levels)
        .map(|(person, levels)| Candidate {
            person: shown(person),
            skills: asked
                .iter()
                .map(|n| levels.iter().find(|l| l.skill == n.skill).map(|l| l.points / LEVEL_POINTS))
                .collect(),
            skill_sd: 5.0 / LEVEL_POINTS,
            load: loads.stated(person, 0.0),
            unit: units.get(person).cloned().unwrap_or_default(),
            must: person == ME,
        })
        .collect();
    let mut creative: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for work in works(features)? {
        for person in work.people.iter().filter(|p| !p.is_empty()) {
            let sum = creative.entry(person.clone()).or_default();
            (sum.0, sum.1) = (sum.0 + work.score, sum.1 + 1.0);
        }
    }
    let fits: BTreeMap<String, f64> = compatibilities(features)?
        .into_iter()
        .filter_map(|(other, e)| Some((other, share(&e, e.value?))))
        .collect();
    let chemistry: Vec<Chemistry> = own_ties(features)?
        .iter()
        .map(|tie| Chemistry {
            compatibility: fits.get(&tie.other).copied(),
            creative: creative.get(&tie.other).map(|(sum, n)| sum / n),
            a: YOU.into(),
            b: tie.other.clone(),
            tie: tie.strength.value,
            conflict: None,
        })
        .filter(|c| everybody.names.contains(&c.b))
        .collect();
    let size = TEAM.min(everybody.names.len());
    let wish = TeamWish { teams: 1, size, need, most_of_unit: None };
    let Ok(found) = team_composition(&candidates, &chemistry, &wish, Budget::steps(STEPS, seed(features)))
    else {
        return Ok(Said::default());
    };
    let mut said = Said::default();
    for team in found.teams {
        let others: Vec<&str> = team.people.iter().map(String::as_str).filter(|p| *p != YOU).collect();
        said.words.push(format!("you with {}", others.join(", ")));
        said.words.extend(team.reasons.iter().map(|reason| named(reason, &names)));
        for (skill, short) in team.missing {
            if let Some(need) = asked.get(skill) {
                let points = LEVEL_POINTS * short;
                said.words.push(format!("`{}` is {points:.0} points short", need.skill));
            }
        }
        said = said.and("team", team.score);
    }
    Ok(said)
}
