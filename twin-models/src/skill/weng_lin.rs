//! Ratings of members from the ranks of teams in closed form: Plackett–Luce, Bradley–Terry,
//! Thurstone–Mosteller [weng2011].

use super::team::{Scale, Skill, drifted, is_sound};
use crate::special::{normal_cdf, normal_pdf};

/// Least share of its variance that a skill keeps.
pub const KAPPA: f64 = 1e-4;
/// Half-width of a draw under Thurstone–Mosteller, in units of skill. OWN, the usual one.
const DRAW: f64 = 0.1;

/// How ranks come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// One team after another is drawn from those that are left.
    PlackettLuce,
    /// Every pair of teams, logistic.
    BradleyTerry,
    /// Every pair of teams, normal.
    ThurstoneMosteller,
}

/// A team as one: sum of means, sum of variances, rank.
#[derive(Clone, Copy)]
struct Team {
    mu: f64,
    variance: f64,
    rank: f64,
}

/// Skills after one comparison. `ranks`: one a team, lower is better, equal is a draw.
///
/// `None` for fewer than two teams, an empty team, or numbers that are not sound.
///
/// ```
/// # use twin_models::skill::{team::{Scale, Skill}, weng_lin::{Ranking, weng_lin}};
/// let teams = [vec![Skill::default()], vec![Skill::default()]];
/// let after = weng_lin(Ranking::PlackettLuce, &teams, &[0.0, 1.0], Scale::default()).unwrap();
/// assert!((after[0][0].mu - 27.635).abs() < 1e-3 && (after[1][0].mu - 22.365).abs() < 1e-3);
/// ```
#[must_use]
pub fn weng_lin(
    ranking: Ranking,
    teams: &[Vec<Skill>],
    ranks: &[f64],
    scale: Scale,
) -> Option<Vec<Vec<Skill>>> {
    if !is_sound(teams, ranks, scale) {
        return None;
    }
    let teams = drifted(teams, scale.tau);
    let whole: Vec<Team> = teams.iter().zip(ranks).map(|(team, rank)| summed(team, *rank)).collect();
    let changes = match ranking {
        Ranking::PlackettLuce => plackett_luce(&whole, scale.beta),
        _ => pairwise(&whole, scale.beta, ranking),
    };
    let moved = |((team, whole), (omega, delta)): ((&Vec<Skill>, &Team), &(f64, f64))| {
        team.iter()
            .map(|s| {
                let share = s.sigma * s.sigma / whole.variance;
                let kept = (1.0 - share * delta).max(KAPPA);
                Skill { mu: s.mu + share * omega, sigma: s.sigma * kept.sqrt() }
            })
            .collect()
    };
    Some(teams.iter().zip(&whole).zip(&changes).map(moved).collect())
}

fn summed(team: &[Skill], rank: f64) -> Team {
    Team { mu: team.iter().map(|s| s.mu).sum(), variance: team.iter().map(|s| s.sigma * s.sigma).sum(), rank }
}

/// Shift of the mean and shrinkage of the variance of every team.
fn plackett_luce(teams: &[Team], beta: f64) -> Vec<(f64, f64)> {
    let c = teams.iter().map(|t| t.variance + beta * beta).sum::<f64>().sqrt();
    // only differences count, so the highest is taken away from all: nothing overflows
    let top = teams.iter().map(|t| t.mu).fold(f64::NEG_INFINITY, f64::max);
    let strength = |t: &Team| ((t.mu - top) / c).exp();
    let stages: Vec<(f64, f64, f64)> = teams
        .iter()
        .map(|q| {
            let left = teams.iter().filter(|t| t.rank >= q.rank).map(strength).sum::<f64>();
            let tied = teams.iter().filter(|t| t.rank == q.rank).count() as f64;
            (q.rank, left.max(f64::MIN_POSITIVE), tied)
        })
        .collect();
    teams
        .iter()
        .enumerate()
        .map(|(i, team)| {
            let (mut omega, mut delta) = (0.0, 0.0);
            for (q, (_, left, tied)) in stages.iter().enumerate().filter(|(_, s)| s.0 <= team.rank) {
                let p = (strength(team) / left).min(1.0);
                omega += (if q == i { 1.0 - p } else { -p }) / tied;
                delta += p * (1.0 - p) / tied;
            }
            let gamma = team.variance.sqrt() / c;
            (omega * team.variance / c, gamma * delta * team.variance / (c * c))
        })
        .collect()
}

fn pairwise(teams: &[Team], beta: f64, ranking: Ranking) -> Vec<(f64, f64)> {
    let against = |i: usize, team: &Team| {
        teams.iter().enumerate().filter(|(q, _)| *q != i).fold((0.0, 0.0), |(omega, delta), (_, other)| {
            let c = (team.variance + other.variance + 2.0 * beta * beta).sqrt();
            let lead = (team.mu - other.mu) / c;
            let (shift, shrink) = if ranking == Ranking::BradleyTerry {
                let p = 1.0 / (1.0 + (-lead).exp());
                let score = if team.rank < other.rank {
                    1.0
                } else if team.rank > other.rank {
                    0.0
                } else {
                    0.5
                };
                (score - p, p * (1.0 - p))
            } else if team.rank < other.rank {
                won(lead, DRAW / c)
            } else if team.rank > other.rank {
                let (v, w) = won(-lead, DRAW / c);
                (-v, w)
            } else {
                drawn(lead, DRAW / c)
            };
            let gamma = team.variance.sqrt() / c;
            (omega + team.variance / c * shift, delta + gamma * team.variance / (c * c) * shrink)
        })
    };
    teams.iter().enumerate().map(|(i, team)| against(i, team)).collect()
}

/// Shift and shrinkage of a difference that turned out above the margin.
fn won(lead: f64, margin: f64) -> (f64, f64) {
    let t = lead - margin;
    let p = normal_cdf(t);
    if p < f64::EPSILON {
        return (-t, if lead < 0.0 { 1.0 } else { 0.0 });
    }
    let v = normal_pdf(t) / p;
    (v, v * (v + t))
}

/// Shift and shrinkage of a difference that turned out within the margin.
fn drawn(lead: f64, margin: f64) -> (f64, f64) {
    let size = lead.abs();
    let (high, low) = (margin - size, -margin - size);
    let inside = normal_cdf(high) - normal_cdf(low);
    let v = if inside < 1e-5 {
        if lead < 0.0 { -lead - margin } else { -lead + margin }
    } else {
        let v = (normal_pdf(low) - normal_pdf(high)) / inside;
        if lead < 0.0 { -v } else { v }
    };
    if inside < f64::EPSILON {
        return (v, 1.0);
    }
    (v, (high * normal_pdf(high) - low * normal_pdf(low)) / inside + v * v)
}

/// Probability of each team to come first, from all pairs; adds up to 1. `None` as for [`weng_lin`].
#[must_use]
pub fn win_probabilities(teams: &[Vec<Skill>], beta: f64) -> Option<Vec<f64>> {
    let ranks = vec![0.0; teams.len()];
    if !is_sound(teams, &ranks, Scale { beta, tau: 0.0 }) {
        return None;
    }
    let whole: Vec<Team> = teams.iter().map(|team| summed(team, 0.0)).collect();
    let beats = |i: usize, a: &Team| -> f64 {
        let others = whole.iter().enumerate().filter(|(q, _)| *q != i);
        others
            .map(|(_, b)| normal_cdf((a.mu - b.mu) / (2.0 * beta * beta + a.variance + b.variance).sqrt()))
            .sum()
    };
    let sums: Vec<f64> = whole.iter().enumerate().map(|(i, a)| beats(i, a)).collect();
    let total: f64 = sums.iter().sum();
    Some(sums.iter().map(|s| s / total).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Ranking; 3] = [Ranking::PlackettLuce, Ranking::BradleyTerry, Ranking::ThurstoneMosteller];

    #[test]
    fn the_winner_rises_and_the_loser_falls() {
        for ranking in ALL {
            let teams = vec![vec![Skill::default(); 2], vec![Skill::default(); 2], vec![Skill::default(); 2]];
            let after = weng_lin(ranking, &teams, &[2.0, 0.0, 1.0], Scale::default()).unwrap();
            assert!(after[1][0].mu > after[2][0].mu && after[2][0].mu > after[0][0].mu, "{ranking:?}");
            assert!(after.iter().flatten().all(|s| s.sigma < Skill::default().sigma));
        }
    }

    #[test]
    fn extremes_stay_finite_and_bad_input_has_no_answer() {
        let strong = vec![Skill { mu: 1e5, sigma: 0.1 }];
        let weak = vec![Skill { mu: -1e5, sigma: 0.1 }];
        for ranking in ALL {
            let after =
                weng_lin(ranking, &[strong.clone(), weak.clone()], &[1.0, 0.0], Scale::default()).unwrap();
            assert!(after.iter().flatten().all(Skill::is_sound), "{ranking:?} {after:?}");
            assert_eq!(weng_lin(ranking, &[strong.clone(), vec![]], &[1.0, 0.0], Scale::default()), None);
        }
        assert_eq!(win_probabilities(&[strong], 4.0), None);
    }
}
