//! The best team, or several fair ones, from people with skills, load and ties [lappas2009].

use super::answer::{DRAWS, Form, interval, part, quantity, seed, share, status};
use super::fair_teams::{best_single, several};
use crate::cells::{at, cell};
use crate::noise::Noise;
use crate::plan::Budget;
use crate::plan::team::{Team, TeamError, TeamProblem, team};
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateKind};
use twin_core::sort::{Gather as _, OrderBy};

/// Id of the model.
pub const ID: &str = "team_composition";
/// Its version.
pub const VERSION: &str = "1";
/// Points between a pair that is as good as can be and one that is usual; as many are lost by the worst. OWN.
pub const CHEMISTRY_POINTS: f64 = 20.0;
/// Points off for a conflict that is certain within a month. OWN.
pub const CONFLICT_POINTS: f64 = 200.0;
/// Points off for someone who has no time left. OWN.
pub const LOAD_POINTS: f64 = 50.0;
const FORM: Form = Form { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };

/// Someone who may be in a team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// Who; every name once.
    pub person: String,
    /// Level in each skill, 0 or more; absent where not known, which counts as 0.
    pub skills: Vec<Option<f64>>,
    /// Standard error of these levels; 0 where they are exact.
    pub skill_sd: f64,
    /// Load over capacity, 0 or more; absent where not known, which counts as none.
    pub load: Option<f64>,
    /// Their unit; empty where none.
    pub unit: String,
    /// Whether they must be in a team.
    pub must: bool,
}

/// What is known of two candidates; pairs that are not listed are as usual.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chemistry {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Strength of their tie, 0..=1.
    pub tie: Option<f64>,
    /// Their compatibility as a share, 0..=1.
    pub compatibility: Option<f64>,
    /// How good what they created together was, 0..=1.
    pub creative: Option<f64>,
    /// Probability of a conflict within a month, 0..=1.
    pub conflict: Option<f64>,
}

impl Chemistry {
    /// Points of the pair: the mean of what is known against the middle, less the risk of conflict over 2 %.
    #[must_use]
    pub fn points(&self) -> f64 {
        let known: Vec<f64> =
            [self.tie, self.compatibility, self.creative].into_iter().filter_map(share).collect();
        let good = crate::stats::mean(&known).map_or(0.0, |x| 2.0 * CHEMISTRY_POINTS * (x - 0.5));
        good - CONFLICT_POINTS * share(self.conflict).map_or(0.0, |p| p - super::conflict_risk::BASE_RATE)
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamWish {
    /// Teams to make, 1 or more.
    pub teams: usize,
    /// People in each, 1 or more.
    pub size: usize,
    /// Level each team needs in each skill.
    pub need: Vec<f64>,
    /// Greatest share of one unit in a team, above 0 and up to 1; absent without a limit. One person is always
    /// allowed.
    pub most_of_unit: Option<f64>,
}

/// A team, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenTeam {
    /// Its people.
    pub people: Vec<String>,
    /// Its points; contributions are skills, chemistry and load.
    pub score: Estimate,
    /// The most points any single team could have.
    pub bound: f64,
    /// Skills whose need is not met, by number, and what is missing.
    pub missing: Vec<(usize, f64)>,
    /// Why these people, in plain words.
    pub reasons: Vec<String>,
}

/// The teams.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// The teams, by their first person.
    pub teams: Vec<ChosenTeam>,
    /// The least score of a team over the greatest, 0..=1, for several of them; absent for one, or where a score
    /// is not above 0.
    pub fairness: Option<f64>,
}

/// The best teams: for one the most points; for several first the most points of the weakest, then of all.
///
/// ```
/// # use twin_models::{collaboration::team_composition::{Candidate, TeamWish, team_composition}, plan::Budget};
/// let who = |person: &str, a, b| Candidate { person: person.into(), skills: vec![Some(a), Some(b)], ..Candidate::default() };
/// let people = [who("ann", 3.0, 0.0), who("bob", 0.0, 3.0), who("cid", 2.0, 0.0)];
/// let wish = TeamWish { teams: 1, size: 2, need: vec![3.0, 3.0], most_of_unit: None };
/// let best = team_composition(&people, &[], &wish, Budget::steps(200, 1)).unwrap();
/// assert_eq!(best.teams[0].people, ["ann", "bob"]);
/// assert_eq!(best.teams[0].score.value, Some(600.0));
/// ```
///
/// # Errors
/// On lists that do not fit, and where size, people who must be in, or units leave no team: which of them.
pub fn team_composition(
    candidates: &[Candidate],
    chemistry: &[Chemistry],
    wish: &TeamWish,
    budget: Budget<'_>,
) -> Result<Composition, TeamError> {
    let problem = problem(candidates, chemistry, wish)?;
    let (teams, bound) = if wish.teams == 1 {
        let best = team(&problem, budget)?;
        (vec![best.people], best.bound)
    } else {
        (several(&problem, wish.teams, budget)?, best_single(&problem, budget)?)
    };
    let scores: Vec<f64> = teams.iter().map(|t| problem.score(t)).collect();
    let (least, most) =
        (scores.iter().copied().fold(f64::INFINITY, f64::min), scores.iter().copied().fold(0.0, f64::max));
    let mut chosen: Vec<ChosenTeam> =
        teams.iter().map(|people| told(candidates, &problem, people, bound)).collect();
    chosen.order_by(|a, b| a.people.cmp(&b.people));
    Ok(Composition { teams: chosen, fairness: (wish.teams > 1 && least > 0.0).then(|| least / most) })
}

fn problem(
    candidates: &[Candidate],
    chemistry: &[Chemistry],
    wish: &TeamWish,
) -> Result<TeamProblem, TeamError> {
    let people = candidates.len();
    let number: BTreeMap<&str, usize> =
        candidates.iter().enumerate().map(|(i, c)| (c.person.as_str(), i)).gather();
    if number.len() < people {
        return Err(TeamError::Input { field: "person", people });
    }
    if wish.teams == 0 || wish.size == 0 || wish.teams.saturating_mul(wish.size) > people {
        return Err(TeamError::Size { size: wish.size.saturating_mul(wish.teams), people });
    }
    let mut pairs = vec![vec![0.0; people]; people];
    for c in chemistry {
        if let (Some(&a), Some(&b)) = (number.get(c.a.as_str()), number.get(c.b.as_str())) {
            for (i, j) in [(a, b), (b, a)] {
                if let Some(row) = pairs.get_mut(i) {
                    crate::cells::put(row, j, c.points());
                }
            }
        }
    }
    let level = |x: &Option<f64>| quantity(*x, 1e6).unwrap_or(0.0);
    let mut units: Vec<&str> = candidates.iter().map(|c| c.unit.as_str()).filter(|u| !u.is_empty()).collect();
    units.order();
    units.dedup();
    // those of no unit are each their own
    let unit = |(i, c): (usize, &Candidate)| units.binary_search(&c.unit.as_str()).unwrap_or(units.len() + i);
    let most = wish.most_of_unit.filter(|s| *s > 0.0 && *s <= 1.0);
    if wish.most_of_unit.is_some() && most.is_none() {
        return Err(TeamError::Input { field: "most_of_unit", people });
    }
    Ok(TeamProblem {
        skills: candidates.iter().map(|c| c.skills.iter().map(level).collect()).collect(),
        need: wish.need.clone(),
        chemistry: pairs,
        load: candidates.iter().map(|c| LOAD_POINTS * quantity(c.load, 10.0).unwrap_or(0.0)).collect(),
        size: wish.size,
        must: candidates.iter().enumerate().filter(|(_, c)| c.must).map(|(i, _)| i).collect(),
        unit: candidates.iter().enumerate().map(unit).collect(),
        most_of_unit: most.map(|s| ((s * wish.size as f64 + 1e-9) as usize).max(1)),
    })
}

fn told(candidates: &[Candidate], problem: &TeamProblem, people: &[usize], bound: f64) -> ChosenTeam {
    let mut people = people.to_vec();
    people.order();
    let fixed = TeamProblem { must: people.clone(), most_of_unit: None, ..problem.clone() };
    // a team that is fixed has its parts told by the formula
    let parts: Option<Team> = team(&fixed, Budget::steps(0, 0)).ok();
    let (skills, chemistry, load, missing) = parts.map_or((0.0, 0.0, 0.0, Vec::new()), |t| {
        (t.skill_points, t.chemistry_points, t.load_points, t.missing)
    });
    let of = |p: usize| candidates.get(p);
    let names: Vec<&str> = people.iter().filter_map(|p| of(*p)).map(|c| c.person.as_str()).collect();
    let draw = |i: u64| {
        let mut noise = Noise::of(seed(&[ID, &names.join("\n")]), [i, 0, 0]);
        let mut drawn = problem.clone();
        for &p in &people {
            let sd = of(p).and_then(|c| quantity(Some(c.skill_sd), 1e6)).unwrap_or(0.0);
            for level in drawn.skills.get_mut(p).into_iter().flatten() {
                *level = (*level + sd * noise.normal()).max(0.0);
            }
        }
        drawn.score(&people)
    };
    let value = problem.score(&people);
    let unknown: Vec<String> = people
        .iter()
        .filter_map(|p| of(*p))
        .filter(|c| c.skills.iter().any(|x| quantity(*x, 1e6).is_none()) || c.load.is_none())
        .map(|c| format!("{}: a skill or the load is not known", c.person))
        .collect();
    let coverage = 1.0 - unknown.len() as f64 / people.len().max(1) as f64;
    ChosenTeam {
        reasons: reasons(candidates, problem, &people),
        score: Estimate {
            contributions: vec![
                part("skills that are needed", skills, None, None),
                part("people who go well together", chemistry, None, None),
                part("load they have already", -load, None, None),
            ],
            n_effective: people.len() as f64,
            coverage,
            confidence: coverage,
            gaps: unknown,
            ..FORM.given(value, interval((0..DRAWS).map(draw).collect()), status(coverage >= 0.5))
        },
        people: names.into_iter().map(str::to_owned).collect(),
        bound: bound.max(value),
        missing,
    }
}

/// What each person is in the team for.
fn reasons(candidates: &[Candidate], problem: &TeamProblem, people: &[usize]) -> Vec<String> {
    let of = |&p: &usize| {
        let candidate = candidates.get(p)?;
        let alone = |s: usize| {
            let others =
                people.iter().filter(|q| **q != p).map(|q| cell(&problem.skills, *q, s)).fold(0.0, f64::max);
            cell(&problem.skills, p, s).min(at(&problem.need, s)) > others
        };
        let best: Vec<String> =
            (0..problem.need.len()).filter(|s| alone(*s)).map(|s| format!("skill {s}")).collect();
        let why = if candidate.must {
            "asked for".to_owned()
        } else if !best.is_empty() {
            format!("best at {}", best.join(", "))
        } else {
            let ties: f64 = people.iter().map(|q| cell(&problem.chemistry, p, *q)).sum();
            if ties > 0.0 { "goes well with the others".to_owned() } else { "has the time".to_owned() }
        };
        Some(format!("{}: {why}", candidate.person))
    };
    people.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(n: usize) -> Vec<Candidate> {
        let draw = |i: usize, j: usize| Noise::of(3, [i as u64, j as u64, 0]).unit();
        let of = |i: usize| Candidate {
            person: format!("p{i:02}"),
            skills: (0..3).map(|s| Some((draw(i, s) * 5.0).floor())).collect(),
            skill_sd: 0.5,
            load: Some(draw(i, 9)),
            unit: format!("u{}", i % 3),
            must: i == 4,
        };
        (0..n).map(of).collect()
    }

    fn wish(teams: usize, size: usize) -> TeamWish {
        TeamWish { teams, size, need: vec![4.0; 3], most_of_unit: None }
    }

    fn of(people: &[Candidate], chemistry: &[Chemistry], wish: &TeamWish) -> Result<Composition, TeamError> {
        team_composition(people, chemistry, wish, Budget::steps(3000, 1))
    }

    #[test]
    fn parts_add_up_and_rules_are_kept() {
        let units = TeamWish { most_of_unit: Some(0.5), ..wish(1, 4) };
        let best = &of(&many(12), &[], &units).unwrap().teams[0];
        let parts: f64 = best.score.contributions.iter().map(|c| c.amount).sum();
        assert!((best.score.value.unwrap() - parts).abs() < 1e-9 && best.bound >= best.score.value.unwrap());
        assert!(best.people.contains(&"p04".to_owned()) && best.people.len() == 4 && best.reasons.len() == 4);
        let unit = |name: &String| name[1..].parse::<usize>().unwrap() % 3;
        assert!((0..3).all(|u| best.people.iter().filter(|p| unit(p) == u).count() <= 2));
        assert!(best.score.low < best.score.value);
    }

    #[test]
    fn a_reason_names_each_skill_as_a_skill() {
        let able = |person: &str, skills: [f64; 3]| Candidate {
            person: person.into(),
            skills: skills.map(Some).into(),
            ..Candidate::default()
        };
        let people = [able("ann", [4.0, 1.0, 4.0]), able("bob", [1.0, 4.0, 1.0])];
        let team = &of(&people, &[], &wish(1, 2)).unwrap().teams[0];
        assert_eq!(team.reasons, ["ann: best at skill 0, skill 2", "bob: best at skill 1"]);
    }

    #[test]
    fn several_teams_are_near_the_best_weakest_one() {
        let people = many(6);
        let fair = of(&people, &[], &wish(2, 3)).unwrap();
        let least = fair.teams.iter().map(|t| t.score.value.unwrap()).fold(f64::INFINITY, f64::min);
        let problem = problem(&people, &[], &wish(2, 3)).unwrap();
        let mut best = f64::NEG_INFINITY;
        for bits in 0..64_usize {
            let (a, b): (Vec<usize>, Vec<usize>) = (0..6).partition(|p| bits >> p & 1 == 1);
            if a.len() == 3 {
                best = best.max(problem.score(&a).min(problem.score(&b)));
            }
        }
        assert!((least - best).abs() < 1e-9, "{least} {best}");
        let larger = of(&many(20), &[], &wish(4, 3)).unwrap();
        let mut all: Vec<&String> = larger.teams.iter().flat_map(|t| &t.people).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 12);
        assert!(all.contains(&&"p04".to_owned()) && larger.fairness.unwrap() > 0.85, "{:?}", larger.fairness);
    }

    #[test]
    fn chemistry_and_conflict_change_who_is_chosen() {
        let same = |i: usize| Candidate {
            person: format!("p{i}"),
            skills: vec![Some(2.0)],
            load: Some(0.2),
            ..Candidate::default()
        };
        let people: Vec<Candidate> = (0..4).map(same).collect();
        let ask = TeamWish { teams: 1, size: 2, need: vec![2.0], most_of_unit: None };
        let tie = |b: &str, tie, conflict| Chemistry {
            a: "p1".into(),
            b: b.into(),
            tie,
            conflict,
            ..Chemistry::default()
        };
        let team = |list: &[Chemistry]| of(&people, list, &ask).unwrap().teams[0].people.clone();
        assert_eq!(team(&[tie("p3", Some(0.9), None), tie("p2", Some(0.7), None)]), ["p1", "p3"]);
        assert_eq!(team(&[tie("p3", Some(0.9), Some(0.3)), tie("p2", Some(0.7), None)]), ["p1", "p2"]);
        assert_eq!(tie("x", Some(f64::NAN), Some(-1.0)).points(), 0.0);
    }

    #[test]
    fn what_leaves_no_team_is_named() {
        let people = many(6);
        assert_eq!(of(&people, &[], &wish(1, 7)), Err(TeamError::Size { size: 7, people: 6 }));
        assert_eq!(of(&people, &[], &wish(3, 3)), Err(TeamError::Size { size: 9, people: 6 }));
        assert!(matches!(of(&people, &[], &wish(0, 3)), Err(TeamError::Size { .. })));
        let one_unit: Vec<Candidate> =
            people.iter().map(|c| Candidate { unit: "u".into(), ..c.clone() }).collect();
        for teams in [1, 2] {
            let strict = TeamWish { most_of_unit: Some(0.4), ..wish(teams, 3) };
            assert!(matches!(of(&one_unit, &[], &strict), Err(TeamError::Units { most: 1, .. })));
        }
        let all: Vec<Candidate> = people.iter().map(|c| Candidate { must: true, ..c.clone() }).collect();
        assert!(matches!(of(&all, &[], &wish(1, 3)), Err(TeamError::Must { .. })));
        let twice = [people[0].clone(), people[0].clone()];
        assert_eq!(of(&twice, &[], &wish(1, 1)), Err(TeamError::Input { field: "person", people: 2 }));
        let bad = TeamWish { most_of_unit: Some(f64::NAN), ..wish(1, 2) };
        assert!(of(&people, &[], &bad).is_err() && of(&[], &[], &wish(1, 1)).is_err());
    }

    #[test]
    fn a_team_of_one_and_people_of_whom_little_is_known() {
        let mut people = many(3);
        people[1].skills = vec![None, Some(f64::NAN), Some(1.0)];
        people[1].load = None;
        people[1].must = true;
        let alone = &of(&people, &[], &wish(1, 1)).unwrap().teams[0];
        assert_eq!((alone.people.len(), alone.score.gaps.len(), alone.missing.len()), (1, 1, 3));
        assert!(alone.score.value.unwrap().is_finite());
    }
}
