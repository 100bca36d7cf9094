//! Several teams at once: the weakest as strong as can be, then all together.

use crate::cells::at;
use crate::noise::Noise;
use crate::plan::Budget;
use crate::plan::team::{TeamError, TeamProblem, team};
use twin_core::sort::OrderBy;

/// The most points of any team that keeps the rules for units, must or no must.
pub(super) fn best_single(problem: &TeamProblem, budget: Budget<'_>) -> Result<f64, TeamError> {
    Ok(team(&TeamProblem { must: Vec::new(), ..problem.clone() }, budget)?.bound)
}

fn units_kept(problem: &TeamProblem, people: &[usize]) -> bool {
    let Some(most) = problem.most_of_unit else { return true };
    let same = |p: usize| people.iter().filter(|q| at(&problem.unit, **q) == at(&problem.unit, p)).count();
    people.iter().all(|p| same(*p) <= most)
}

/// One team after the other, then exchanges between teams, and with those in none, while they help.
pub(super) fn several(
    problem: &TeamProblem,
    count: usize,
    budget: Budget<'_>,
) -> Result<Vec<Vec<usize>>, TeamError> {
    if problem.must.len() > count * problem.size {
        return Err(TeamError::Must { must: problem.must.clone(), size: count * problem.size });
    }
    // checks the lists, and that one team at least can be
    team(&TeamProblem { must: Vec::new(), ..problem.clone() }, Budget { steps: 0, ..budget })?;
    let mut teams: Vec<Vec<usize>> = vec![Vec::new(); count];
    let people = problem.load.len();
    // who must be in first; then the units with most people, so that they are spread
    let weight = |p: usize| problem.unit.iter().filter(|u| **u == at(&problem.unit, p)).count();
    let mut order: Vec<usize> = (0..people).collect();
    order.order_by_key(|p| (!problem.must.contains(p), std::cmp::Reverse(weight(*p)), at(&problem.unit, *p)));
    let mut left = Vec::new();
    for person in order {
        let fits = |t: &&mut Vec<usize>| {
            let with: Vec<usize> = t.iter().copied().chain([person]).collect();
            t.len() < problem.size && units_kept(problem, &with)
        };
        match teams.iter_mut().filter(fits).min_by_key(|t| t.len()) {
            Some(team) => team.push(person),
            None => left.push(person),
        }
    }
    if let Some(most) = problem.most_of_unit.filter(|_| teams.iter().any(|t| t.len() < problem.size)) {
        let mut units: Vec<usize> = left.iter().map(|p| at(&problem.unit, *p)).collect();
        units.order();
        units.dedup();
        let possible = teams.iter().map(Vec::len).sum();
        return Err(TeamError::Units { most, possible, size: count * problem.size, units });
    }
    if left.iter().any(|p| problem.must.contains(p)) {
        return Err(TeamError::Must { must: problem.must.clone(), size: count * problem.size });
    }
    teams.push(left);
    let worth = |teams: &[Vec<usize>]| {
        let scores = teams.iter().take(count).map(|t| problem.score(t));
        scores.fold((f64::INFINITY, 0.0), |(least, sum), s| (s.min(least), sum + s))
    };
    let better = |a: (f64, f64), b: (f64, f64)| a.0 > b.0 + 1e-9 || (a.0 > b.0 - 1e-9 && a.1 > b.1 + 1e-9);
    let mut noise = Noise::of(budget.seed, [people as u64, count as u64, 0]);
    let mut now = worth(&teams);
    let mut best = (now, teams.clone());
    for step in 0..budget.steps {
        if step % 64 == 0 && budget.should_stop.is_some_and(|stop| stop()) {
            break;
        }
        let (x, y) = (noise.below(count), noise.below(count + 1));
        let (Some(a), Some(b)) = (teams.get(x), teams.get(y)) else { continue };
        if x == y || a.is_empty() || b.is_empty() {
            continue;
        }
        let (i, j) = (noise.below(a.len()), noise.below(b.len()));
        let (p, q) = (at(a, i), at(b, j));
        if y == count && problem.must.contains(&p) {
            continue;
        }
        let mut tried = teams.clone();
        for (team, place, person) in [(x, i, q), (y, j, p)] {
            if let Some(team) = tried.get_mut(team) {
                crate::cells::put(team, place, person);
            }
        }
        let kept = tried.iter().take(count).all(|t| units_kept(problem, t));
        let next = worth(&tried);
        // now and then a step back, less and less
        let heat = 30.0 * (1.0 - step as f64 / budget.steps as f64).powi(2);
        let back = next.0 > now.0 + heat * noise.unit().ln();
        if kept && (better(next, now) || (next.0 < now.0 && back)) {
            (teams, now) = (tried, next);
            if better(now, best.0) {
                best = (now, teams.clone());
            }
        }
    }
    best.1.truncate(count);
    Ok(best.1)
}
