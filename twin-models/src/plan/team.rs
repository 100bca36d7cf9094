//! Choosing a team: the skills that are needed, people who go well together, and little load [lappas2009].

use super::Budget;
use crate::cells::{at, cell, row};
use crate::noise::Noise;
use std::collections::BTreeMap;
use twin_core::sort::OrderBy;

/// Points for each level of a needed skill that the best member has. OWN.
pub const SKILL_POINTS: f64 = 100.0;
/// All teams are looked at up to this many.
pub const ALL_TEAMS: u64 = 200_000;
/// Steps for which a swapped pair stays as it is. OWN.
const TABU: u64 = 7;
/// Steps without gain after which the search starts from another team. OWN.
const PATIENCE: u64 = 60;

/// Who there is and what is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamProblem {
    /// Level of each person in each skill.
    pub skills: Vec<Vec<f64>>,
    /// Level needed in each skill; more is not counted.
    pub need: Vec<f64>,
    /// How well each pair goes together, points; the upper half is read.
    pub chemistry: Vec<Vec<f64>>,
    /// Load each person has already, points off.
    pub load: Vec<f64>,
    /// People in the team.
    pub size: usize,
    /// People who must be in it.
    pub must: Vec<usize>,
    /// Unit of each person; empty without units.
    pub unit: Vec<usize>,
    /// Most people of one unit; absent without a limit.
    pub most_of_unit: Option<usize>,
}

/// Why there is no team.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TeamError {
    /// Lists that do not fit each other, or values that are no numbers.
    #[error("`{field}` does not fit {people} people and the skills, or holds a value that is no number")]
    Input {
        /// The field.
        field: &'static str,
        /// Number of people.
        people: usize,
    },
    /// No team has this size, or there are not so many people.
    #[error("a team of {size} cannot be made of {people} people")]
    Size {
        /// The size asked for.
        size: usize,
        /// Number of people.
        people: usize,
    },
    /// More people must be in it than it has places.
    #[error("people {must:?} must be in the team of {size}")]
    Must {
        /// The people.
        must: Vec<usize>,
        /// Its size.
        size: usize,
    },
    /// The limit for units leaves too few people.
    #[error("at most {most} of a unit leave {possible} people for a team of {size}; units {units:?} bind")]
    Units {
        /// The limit.
        most: usize,
        /// People that could be taken.
        possible: usize,
        /// The size asked for.
        size: usize,
        /// Units with more people than the limit, or with too many who must be in the team.
        units: Vec<usize>,
    },
}

/// A team.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Its people, by number.
    pub people: Vec<usize>,
    /// Points: `100 Σ min(need, best level) + Σ chemistry − Σ load`.
    pub score: f64,
    /// Of these, from skills.
    pub skill_points: f64,
    /// From pairs.
    pub chemistry_points: f64,
    /// Taken off for load.
    pub load_points: f64,
    /// No team has more; equal to `score` where all were looked at.
    pub bound: f64,
    /// Skills whose need is not met, and the levels that are missing.
    pub missing: Vec<(usize, f64)>,
}

/// The best team: all are looked at up to [`ALL_TEAMS`], beyond that a greedy one is bettered by swaps that may
/// not be taken back at once, so long as the budget lasts.
///
/// ```
/// use twin_models::plan::{Budget, team::{TeamProblem, team}};
/// let problem = TeamProblem {
///     skills: vec![vec![3.0, 0.0], vec![0.0, 3.0], vec![2.0, 0.0]],
///     need: vec![3.0, 2.0],
///     chemistry: vec![vec![0.0, 5.0, 9.0], vec![5.0, 0.0, 0.0], vec![9.0, 0.0, 0.0]],
///     load: vec![10.0, 20.0, 0.0],
///     size: 2,
///     ..TeamProblem::default()
/// };
/// let best = team(&problem, Budget::steps(100, 1)).unwrap();
/// assert_eq!((best.people, best.score, best.bound), (vec![0, 1], 475.0, 475.0));
/// ```
///
/// # Errors
/// On input that does not fit, and where size, people who must be in it or units leave no team.
pub fn team(problem: &TeamProblem, budget: Budget<'_>) -> Result<Team, TeamError> {
    problem.check()?;
    let n = problem.load.len();
    let open: Vec<usize> = (0..n).filter(|p| !problem.must.contains(p)).collect();
    let mut must = problem.must.clone();
    must.order();
    must.dedup();
    let places = problem.size - must.len();
    let all = choose(open.len() as u64, places as u64) <= ALL_TEAMS;
    let (people, proven) = if all {
        let mut best = (f64::NEG_INFINITY, Vec::new());
        each(problem, &open, places, &mut must, &mut best);
        (best.1, true)
    } else {
        (swapped(problem, &open, must, budget), false)
    };
    Ok(told(problem, people, proven))
}

impl TeamProblem {
    /// Points of a team, whether it keeps the rules or not.
    #[must_use]
    pub fn score(&self, people: &[usize]) -> f64 {
        let (skills, chemistry, load) = self.points(people);
        skills + chemistry - load
    }

    fn points(&self, people: &[usize]) -> (f64, f64, f64) {
        let level = |s: usize| people.iter().map(|&p| cell(&self.skills, p, s)).fold(0.0, f64::max);
        let skills: f64 = self.need.iter().enumerate().map(|(s, &need)| level(s).min(need)).sum();
        let pairs = people.iter().flat_map(|&a| people.iter().map(move |&b| (a, b)));
        let chemistry = pairs.filter(|(a, b)| a < b).map(|(a, b)| cell(&self.chemistry, a, b)).sum();
        (SKILL_POINTS * skills, chemistry, people.iter().map(|&p| at(&self.load, p)).sum())
    }

    fn units_kept(&self, people: &[usize]) -> bool {
        let Some(most) = self.most_of_unit.filter(|_| !self.unit.is_empty()) else { return true };
        let mine = |unit| people.iter().filter(|&&p| at(&self.unit, p) == unit).count();
        people.iter().all(|&p| mine(at(&self.unit, p)) <= most)
    }

    /// The same when one leaves and another comes.
    fn unit_kept(&self, team: &[usize], leaves: usize, comes: usize) -> bool {
        let Some(most) = self.most_of_unit.filter(|_| !self.unit.is_empty()) else { return true };
        let unit = at(&self.unit, comes);
        team.iter().filter(|&&p| p != leaves && at(&self.unit, p) == unit).count() < most
    }

    fn pair(&self, a: usize, b: usize) -> f64 {
        cell(&self.chemistry, a.min(b), a.max(b))
    }

    fn check(&self) -> Result<(), TeamError> {
        let people = self.load.len();
        let finite = |list: &[f64]| list.iter().all(|x| x.is_finite());
        let table = |rows: &[Vec<f64>], wide: usize| {
            rows.len() == people && rows.iter().all(|r| r.len() == wide && finite(r))
        };
        let fields = [
            ("skills", table(&self.skills, self.need.len())),
            ("need", finite(&self.need)),
            ("chemistry", table(&self.chemistry, people)),
            ("load", finite(&self.load)),
            ("must", self.must.iter().all(|&p| p < people)),
            ("unit", self.unit.is_empty() || self.unit.len() == people),
        ];
        if let Some((field, _)) = fields.into_iter().find(|(_, good)| !good) {
            return Err(TeamError::Input { field, people });
        }
        if self.size == 0 || self.size > people {
            return Err(TeamError::Size { size: self.size, people });
        }
        let mut must = self.must.clone();
        must.order();
        must.dedup();
        if must.len() > self.size {
            return Err(TeamError::Must { must, size: self.size });
        }
        let Some(most) = self.most_of_unit.filter(|_| !self.unit.is_empty()) else { return Ok(()) };
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        self.unit.iter().for_each(|&u| *count.entry(u).or_insert(0) += 1);
        let possible = count.values().map(|c| (*c).min(most)).sum();
        if possible < self.size || !self.units_kept(&must) {
            let of_must = |u: usize| must.iter().filter(|&&p| at(&self.unit, p) == u).count();
            let over = |(&u, &c): (&usize, &usize)| {
                (if possible < self.size { c > most } else { of_must(u) > most }).then_some(u)
            };
            let units = count.iter().filter_map(over).collect();
            return Err(TeamError::Units { most, possible, size: self.size, units });
        }
        Ok(())
    }
}

/// Number of ways to choose `k` of `n`, or more than [`ALL_TEAMS`].
fn choose(n: u64, k: u64) -> u64 {
    let mut ways = 1_u64;
    for i in 0..k.min(n.saturating_sub(k)) {
        ways = ways * (n - i) / (i + 1);
        if ways > ALL_TEAMS {
            return ways;
        }
    }
    ways
}

fn each(
    problem: &TeamProblem,
    open: &[usize],
    places: usize,
    team: &mut Vec<usize>,
    best: &mut (f64, Vec<usize>),
) {
    if places == 0 {
        let score = problem.score(team);
        if score > best.0 && problem.units_kept(team) {
            *best = (score, team.clone());
        }
        return;
    }
    for (i, &person) in open.iter().enumerate().take(open.len().saturating_sub(places - 1)) {
        team.push(person);
        each(problem, open.get(i + 1..).unwrap_or(&[]), places - 1, team, best);
        team.pop();
    }
}

/// One by one who adds most, then the best swap that is not tabu; from a team of others who were hardly in one so
/// far when nothing was gained for long.
fn swapped(problem: &TeamProblem, open: &[usize], must: Vec<usize>, budget: Budget<'_>) -> Vec<usize> {
    let mut noise = Noise::of(budget.seed, [open.len() as u64, problem.size as u64, 0]);
    let fixed = must.len();
    let mut team = grown(problem, open, must, |_| 0.0);
    let mut now = problem.score(&team);
    let mut best = (now, team.clone());
    let mut until: BTreeMap<usize, u64> = BTreeMap::new();
    let (mut step, mut last) = (0, 0);
    while budget.allows(step) {
        step += 1;
        if step > last + PATIENCE {
            (last, until) = (step, BTreeMap::new());
            team.truncate(fixed);
            // each time other people seem to be worth something
            let whims: Vec<f64> = (0..problem.load.len()).map(|_| SKILL_POINTS * noise.unit()).collect();
            team = grown(problem, open, team, |p| at(&whims, p));
            now = problem.score(&team);
        }
        let swaps = Swaps::of(problem, &team);
        let mut chosen: Option<(f64, usize, usize)> = None;
        for place in fixed..team.len() {
            let leaves = at(&team, place);
            for &person in open.iter().filter(|p| !team.contains(p)) {
                let gain = swaps.gain(place, leaves, person);
                let held = [person, leaves].iter().any(|p| until.get(p).is_some_and(|t| *t > step));
                let better = chosen.is_none_or(|c| gain > c.0);
                if better && (!held || now + gain > best.0) && problem.unit_kept(&team, leaves, person) {
                    chosen = Some((gain, place, person));
                }
            }
        }
        let Some((gain, place, person)) = chosen else { continue };
        let hold = step + TABU + noise.below(TABU as usize) as u64;
        until.insert(at(&team, place), hold);
        until.insert(person, hold - TABU / 2);
        crate::cells::put(&mut team, place, person);
        now += gain;
        if now > best.0 + 1e-9 {
            best = (problem.score(&team), team.clone());
            (now, last) = (best.0, step);
        }
    }
    best.1
}

/// A team made full, one by one who adds most; `whim` is added.
fn grown(
    problem: &TeamProblem,
    open: &[usize],
    mut team: Vec<usize>,
    whim: impl Fn(usize) -> f64,
) -> Vec<usize> {
    while team.len() < problem.size {
        let with = |p: usize| team.iter().copied().chain([p]).collect::<Vec<_>>();
        let fits = open.iter().copied().filter(|p| !team.contains(p) && problem.units_kept(&with(*p)));
        let scored = fits.map(|p| (problem.score(&with(p)) + whim(p), p));
        let Some((_, next)) = scored.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
        team.push(next);
    }
    team
}

/// What a swap would gain, without counting the team anew.
struct Swaps<'a> {
    problem: &'a TeamProblem,
    /// For each place and skill the best level of the others.
    others: Vec<Vec<f64>>,
    /// Skill points of the team.
    skills: f64,
    /// Chemistry of each person with the team.
    pairs: Vec<f64>,
}

impl<'a> Swaps<'a> {
    fn of(problem: &'a TeamProblem, team: &[usize]) -> Self {
        let best = |without: usize, s: usize| {
            let rest = team.iter().enumerate().filter(|(place, _)| *place != without);
            rest.map(|(_, &p)| cell(&problem.skills, p, s)).fold(0.0, f64::max)
        };
        let others = (0..team.len()).map(|out| (0..problem.need.len()).map(|s| best(out, s)).collect());
        let pairs = |p: usize| team.iter().filter(|q| **q != p).map(|&q| problem.pair(p, q)).sum();
        Self {
            problem,
            others: others.collect(),
            skills: problem.points(team).0,
            pairs: (0..problem.load.len()).map(pairs).collect(),
        }
    }

    fn gain(&self, place: usize, leaves: usize, comes: usize) -> f64 {
        let levels = row(&self.others, place).iter().zip(row(&self.problem.skills, comes));
        let skills: f64 = levels.zip(&self.problem.need).map(|((a, b), need)| a.max(*b).min(*need)).sum();
        let load = at(&self.problem.load, leaves) - at(&self.problem.load, comes);
        let chemistry = at(&self.pairs, comes) - self.problem.pair(comes, leaves) - at(&self.pairs, leaves);
        SKILL_POINTS * skills - self.skills + chemistry + load
    }
}

fn told(problem: &TeamProblem, mut people: Vec<usize>, proven: bool) -> Team {
    people.order();
    let (skill_points, chemistry_points, load_points) = problem.points(&people);
    let score = skill_points + chemistry_points - load_points;
    let level = |s: usize| people.iter().map(|&p| cell(&problem.skills, p, s)).fold(0.0, f64::max);
    let gaps = problem.need.iter().enumerate().map(|(s, need)| (s, need - level(s)));
    let missing = gaps.filter(|gap| gap.1 > 0.0).collect();
    let bound = if proven { score } else { bound(problem).max(score) };
    Team { people, score, skill_points, chemistry_points, load_points, bound, missing }
}

/// All skills as the best of all have them, and the best people by half of their best pairs less their load.
fn bound(problem: &TeamProblem) -> f64 {
    let n = problem.load.len();
    let everyone: Vec<usize> = (0..n).collect();
    let (skills, ..) = problem.points(&everyone);
    let worth = |p: usize| {
        let mut pairs: Vec<f64> =
            (0..row(&problem.chemistry, p).len()).filter(|&q| q != p).map(|q| problem.pair(p, q)).collect();
        pairs.order_by(|a, b| b.total_cmp(a));
        pairs.iter().take(problem.size - 1).sum::<f64>() / 2.0 - at(&problem.load, p)
    };
    let mut worths: Vec<f64> = everyone.into_iter().map(worth).collect();
    worths.order_by(|a, b| b.total_cmp(a));
    skills + worths.iter().take(problem.size).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(n: usize, size: usize) -> TeamProblem {
        let draw = |a: usize, b: usize| Noise::of(9, [a as u64, b as u64, 0]).unit();
        TeamProblem {
            skills: (0..n).map(|p| (0..5).map(|s| (draw(p, s) * 6.0).floor()).collect()).collect(),
            need: vec![5.0; 5],
            chemistry: (0..n)
                .map(|a| (0..n).map(|b| draw(a.min(b) + 50, a.max(b)) * 40.0 - 10.0).collect())
                .collect(),
            load: (0..n).map(|p| draw(p, 99) * 60.0).collect(),
            size,
            unit: (0..n).map(|p| p % 3).collect(),
            ..TeamProblem::default()
        }
    }

    #[test]
    fn what_leaves_no_team_is_named() {
        let of = |change: &dyn Fn(&mut TeamProblem)| {
            let mut problem = many(6, 3);
            change(&mut problem);
            team(&problem, Budget::steps(10, 1)).unwrap_err()
        };
        assert_eq!(of(&|p| p.size = 7), TeamError::Size { size: 7, people: 6 });
        assert_eq!(of(&|p| p.size = 0), TeamError::Size { size: 0, people: 6 });
        assert_eq!(of(&|p| p.must = vec![3, 1, 2, 0]), TeamError::Must { must: vec![0, 1, 2, 3], size: 3 });
        assert_eq!(of(&|p| p.load[0] = f64::NAN), TeamError::Input { field: "load", people: 6 });
        assert_eq!(of(&|p| p.must = vec![9]), TeamError::Input { field: "must", people: 6 });
        let units = |possible, units| TeamError::Units { most: 1, possible, size: 3, units };
        assert_eq!(of(&|p| (p.most_of_unit, p.unit) = (Some(1), vec![0; 6])), units(1, vec![0]));
        assert_eq!(of(&|p| (p.most_of_unit, p.must) = (Some(1), vec![1, 4])), units(3, vec![1]));
    }

    #[test]
    fn a_team_of_one_is_the_best_person() {
        let problem = many(6, 1);
        let best = team(&problem, Budget::steps(1, 1)).unwrap();
        let scores = (0..6).map(|p| problem.score(&[p])).fold(f64::NEG_INFINITY, f64::max);
        assert_eq!((best.people.len(), best.score, best.bound), (1, scores, scores));
    }

    #[test]
    fn swaps_find_what_looking_at_all_finds_and_keep_the_rules() {
        for size in [3, 5] {
            let mut problem = many(18, size);
            problem.must = vec![4];
            problem.most_of_unit = Some(2);
            let exact = team(&problem, Budget::steps(0, 1)).unwrap();
            let open: Vec<usize> = (0..18).filter(|p| *p != 4).collect();
            let found = swapped(&problem, &open, vec![4], Budget::steps(300, 1));
            assert_eq!(found, swapped(&problem, &open, vec![4], Budget::steps(300, 1)));
            assert!(problem.score(&found) >= 0.99 * exact.score && problem.score(&found) <= exact.score);
            for steps in [0, 1, 7] {
                let hasty = swapped(&problem, &open, vec![4], Budget::steps(steps, 2));
                let unit = |u| hasty.iter().filter(|p| **p % 3 == u).count();
                assert!(hasty.len() == size && hasty.contains(&4) && (0..3).all(|u| unit(u) <= 2));
            }
            assert!(bound(&problem) >= exact.score);
        }
    }
}
