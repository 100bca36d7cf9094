//! TrueSkill: members' skills from the ranks of their teams, by expectation propagation [herbrich2006].

use super::team::{Scale, Skill, drifted, is_sound};
use crate::special::{normal_cdf, normal_pdf, normal_quantile};
use twin_core::sort::OrderBy;

/// Rounds of messages along the row of teams, at most.
const ROUNDS: usize = 100;
/// Change of a message below which they have settled.
const SETTLED: f64 = 1e-9;

/// A normal message by precision and precision-weighted mean; precision 0 says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Message {
    precision: f64,
    weighted: f64,
}

impl Message {
    fn of(mean: f64, variance: f64) -> Self {
        Self { precision: 1.0 / variance, weighted: mean / variance }
    }

    fn mean(self) -> f64 {
        if self.precision > 0.0 { self.weighted / self.precision } else { 0.0 }
    }

    fn variance(self) -> f64 {
        if self.precision > 0.0 { 1.0 / self.precision } else { f64::INFINITY }
    }

    fn times(self, other: Self) -> Self {
        Self { precision: self.precision + other.precision, weighted: self.weighted + other.weighted }
    }

    fn over(self, other: Self) -> Self {
        Self { precision: self.precision - other.precision, weighted: self.weighted - other.weighted }
    }

    fn distance(self, other: Self) -> f64 {
        (self.precision - other.precision).abs().max((self.weighted - other.weighted).abs())
    }
}

/// Skills after one comparison. `ranks`: one a team, lower is better, equal is a draw; `p_draw`: how often two
/// equal sides draw, 0..1 (1 left out).
///
/// `None` for fewer than two teams, an empty team, or numbers that are not sound.
///
/// ```
/// # use twin_models::skill::{team::{Scale, Skill}, trueskill::trueskill};
/// let teams = [vec![Skill::default()], vec![Skill::default()]];
/// let after = trueskill(&teams, &[0.0, 1.0], Scale::default(), 0.1).unwrap();
/// assert!((after[0][0].mu - 29.396).abs() < 1e-3 && (after[0][0].sigma - 7.171).abs() < 1e-3);
/// ```
#[must_use]
pub fn trueskill(teams: &[Vec<Skill>], ranks: &[f64], scale: Scale, p_draw: f64) -> Option<Vec<Vec<Skill>>> {
    if !is_sound(teams, ranks, scale) || !(0.0..1.0).contains(&p_draw) {
        return None;
    }
    let teams = drifted(teams, scale.tau);
    let mut order: Vec<(f64, usize)> = ranks.iter().copied().zip(0..).collect();
    order.order_by(|a, b| a.0.total_cmp(&b.0));
    let performance = |team: &[Skill]| {
        let variance = |s: &Skill| s.sigma * s.sigma + scale.beta * scale.beta;
        Message::of(team.iter().map(|s| s.mu).sum(), team.iter().map(variance).sum())
    };
    let row: Vec<(f64, &Vec<Skill>)> =
        order.iter().filter_map(|(rank, i)| Some((*rank, teams.get(*i)?))).collect();
    let mut links: Vec<Link> = row
        .iter()
        .zip(row.iter().skip(1))
        .map(|(better, worse)| {
            let members = (better.1.len() + worse.1.len()) as f64;
            Link {
                draw: better.0 == worse.0,
                margin: normal_quantile(0.5 * (p_draw + 1.0)) * members.sqrt() * scale.beta,
                to_better: Message::default(),
                to_worse: Message::default(),
            }
        })
        .collect();
    let priors: Vec<Message> = row.iter().map(|(_, team)| performance(team)).collect();
    settle(&mut links, &priors);
    // what each team hears from both neighbours
    let from_above = std::iter::once(Message::default()).chain(links.iter().map(|l| l.to_worse));
    let from_below = links.iter().map(|l| l.to_better).chain(std::iter::once(Message::default()));
    let mut heard: Vec<(usize, Message)> =
        order.iter().map(|(_, i)| *i).zip(from_above.zip(from_below).map(|(a, b)| a.times(b))).collect();
    heard.order_by_key(|(i, _)| *i);
    let learnt = |(team, (_, message)): (&Vec<Skill>, &(usize, Message))| {
        let prior = performance(team);
        team.iter().map(|s| member(*s, prior, *message)).collect()
    };
    Some(teams.iter().zip(&heard).map(learnt).collect())
}

/// A member's share of what is heard about the team's performance.
fn member(skill: Skill, team: Message, heard: Message) -> Skill {
    if heard.precision <= 0.0 {
        return skill;
    }
    let own = skill.sigma * skill.sigma;
    let likely =
        Message::of(heard.mean() - (team.mean() - skill.mu), heard.variance() + team.variance() - own);
    let after = Message::of(skill.mu, own).times(likely);
    Skill { mu: after.mean(), sigma: after.variance().sqrt() }
}

/// The comparison of two neighbours in the order of ranks.
struct Link {
    draw: bool,
    margin: f64,
    to_better: Message,
    to_worse: Message,
}

impl Link {
    /// New messages from what both sides are thought to be without this link; gives how far they moved.
    fn update(&mut self, better: Message, worse: Message) -> f64 {
        let mean = better.mean() - worse.mean();
        let variance = better.variance() + worse.variance();
        let c = variance.sqrt();
        let (v, w) = truncated(mean / c, self.margin / c, self.draw);
        let after = Message::of(mean + c * v, variance * (1.0 - w).max(1e-9));
        let seen = after.over(Message::of(mean, variance));
        let (to_better, to_worse) = if seen.precision > 0.0 {
            (
                Message::of(worse.mean() + seen.mean(), worse.variance() + seen.variance()),
                Message::of(better.mean() - seen.mean(), better.variance() + seen.variance()),
            )
        } else {
            (Message::default(), Message::default())
        };
        let moved = to_better.distance(self.to_better).max(to_worse.distance(self.to_worse));
        (self.to_better, self.to_worse) = (to_better, to_worse);
        moved
    }
}

/// Sends messages down and up the row until they no longer change.
fn settle(links: &mut [Link], priors: &[Message]) {
    for _ in 0..ROUNDS {
        let mut moved = 0.0_f64;
        // what the links below have said stands from the last round
        let below: Vec<Message> =
            links.iter().skip(1).map(|l| l.to_better).chain(std::iter::once(Message::default())).collect();
        let mut above = Message::default();
        for ((link, pair), below) in links.iter_mut().zip(priors.windows(2)).zip(below) {
            if let [better, worse] = pair {
                moved = moved.max(link.update(better.times(above), worse.times(below)));
            }
            above = link.to_worse;
        }
        if moved < SETTLED {
            break;
        }
    }
}

/// Shift and shrinkage of a standard normal difference `d` that is known to be above the margin, or within it.
fn truncated(d: f64, margin: f64, draw: bool) -> (f64, f64) {
    if draw {
        let size = d.abs();
        let (high, low) = (margin - size, -margin - size);
        let inside = normal_cdf(high) - normal_cdf(low);
        if inside < 1e-12 {
            return (d.signum() * high, 1.0);
        }
        let v = (normal_pdf(low) - normal_pdf(high)) / inside;
        let w = v * v + (high * normal_pdf(high) - low * normal_pdf(low)) / inside;
        return (d.signum() * v, w);
    }
    let t = d - margin;
    let above = normal_cdf(t);
    let v = if above < 1e-300 { -t } else { normal_pdf(t) / above };
    (v, (v * (v + t)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(n: usize) -> Vec<Skill> {
        vec![Skill::default(); n]
    }

    #[test]
    fn a_win_moves_mirror_like_and_a_draw_of_equals_not() {
        let scale = Scale::default();
        let after = trueskill(&[new(2), new(2)], &[1.0, 0.0], scale, 0.1).unwrap();
        assert!((after[0][0].mu + after[1][0].mu - 50.0).abs() < 1e-9 && after[1][0].mu > 25.0);
        let draw = trueskill(&[new(1), new(1)], &[0.0, 0.0], scale, 0.1).unwrap();
        assert!((draw[0][0].mu - 25.0).abs() < 1e-9 && draw[0][0].sigma < 25.0 / 3.0);
    }

    #[test]
    fn bad_input_has_no_answer() {
        let scale = Scale::default();
        assert_eq!(trueskill(&[new(1)], &[0.0], scale, 0.1), None);
        assert_eq!(trueskill(&[new(1), new(0)], &[0.0, 1.0], scale, 0.1), None);
        assert_eq!(trueskill(&[new(1), new(1)], &[0.0, f64::NAN], scale, 0.1), None);
        assert_eq!(trueskill(&[new(1), new(1)], &[0.0, 1.0], scale, 1.0), None);
    }

    #[test]
    fn a_great_surprise_stays_finite() {
        let strong = vec![Skill { mu: 900.0, sigma: 0.5 }];
        let weak = vec![Skill { mu: -900.0, sigma: 0.5 }];
        for ranks in [[1.0, 0.0], [0.0, 0.0]] {
            let after = trueskill(&[strong.clone(), weak.clone()], &ranks, Scale::default(), 0.1).unwrap();
            assert!(after.iter().flatten().all(Skill::is_sound), "{after:?}");
        }
    }
}
