//! How well work passes from one person to another: how long it waits, how often it comes back, what is done anew.

use super::answer::{DRAWS, Form, beta, interval, part, quantity, seed, status};
use crate::noise::Noise;
use crate::stats::Z80;
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateKind};

/// Id of the model.
pub const ID: &str = "hand_offs";
/// Its version.
pub const VERSION: &str = "1";
/// Hand-offs of a pair from which its answer is no longer provisional.
pub const MIN_HAND_OFFS: usize = 5;
/// Work that comes back later than this has not bounced, days.
pub const BOUNCE_DAYS: f64 = 7.0;
/// Bounces and others that are believed of a team before any was seen.
pub const BOUNCE_PRIOR: (f64, f64) = (1.0, 4.0);
/// Hand-offs the team's bounce rate is worth for a pair. OWN.
const TEAM_WORTH: f64 = 5.0;
/// Spread of the log of waiting times within a pair, and the hand-offs it is worth. OWN.
const SIGMA: f64 = 1.0;
const SIGMA_WORTH: f64 = 10.0;
/// Spread of that log between pairs of a team. OWN.
const TAU: f64 = 0.4;
/// Longest time that is believed, h: a working year. OWN.
const MAX_H: f64 = 2000.0;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// Work that passed from one person to another.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOff {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Hours until it was taken up, above 0.
    pub wait_h: Option<f64>,
    /// Whether it came back within [`BOUNCE_DAYS`].
    pub bounced: bool,
    /// Hours spent on doing it anew.
    pub rework_h: Option<f64>,
}

/// What is known of hand-offs from one person to another.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOffs {
    /// `(1 − P(bounce)) · exp(−max(0, ln wait − ln team's wait))`, 0..=1.
    pub efficiency: Estimate,
    /// Usual (median) waiting time, h.
    pub wait_h: Estimate,
    /// Probability that work comes back.
    pub bounce: Estimate,
    /// Mean rework of a hand-off, h; absent where none was told.
    pub rework_h: Option<f64>,
    /// Hand-offs of the pair.
    pub events: usize,
}

/// Hand-offs from one person to another among those of their team (theirs included). A pair without its own is
/// taken to be as the team; with neither there is no answer.
///
/// ```
/// # use twin_models::collaboration::hand_offs::{HandOff, hand_offs};
/// let of = |from: &str, wait_h, bounced| HandOff {
///     from: from.into(), to: "bob".into(), wait_h: Some(wait_h), bounced, rework_h: None,
/// };
/// let mut all = vec![of("ann", 2.0, false); 40];
/// all.extend(vec![of("cid", 20.0, true); 40]);
/// let (quick, slow) = (hand_offs("ann", "bob", &all), hand_offs("cid", "bob", &all));
/// assert!(quick.efficiency.value.unwrap() > 0.9 && slow.efficiency.value.unwrap() < 0.1);
/// ```
#[must_use]
pub fn hand_offs(from: &str, to: &str, team: &[HandOff]) -> HandOffs {
    let all: Vec<&HandOff> = team.iter().filter(|h| h.from != h.to).collect();
    let own: Vec<&HandOff> = all.iter().filter(|h| h.from == from && h.to == to).copied().collect();
    let wait = FORM.of("h", EstimateKind::Quantity);
    let bounce = FORM.of("1", EstimateKind::Probability);
    if all.is_empty() {
        let gap = "no hand-off in the team";
        let (efficiency, wait_h, bounce) =
            (FORM.too_little(gap), wait.too_little(gap), bounce.too_little(gap));
        return HandOffs { efficiency, wait_h, bounce, rework_h: None, events: 0 };
    }
    let team_rate = rate(&all, BOUNCE_PRIOR);
    let team_bounce = team_rate.0 / (team_rate.0 + team_rate.1);
    let own_rate = rate(&own, (TEAM_WORTH * team_bounce, TEAM_WORTH * (1.0 - team_bounce)));
    let p = own_rate.0 / (own_rate.0 + own_rate.1);
    let waits = Waits::of(&all, &own);
    // without any waiting time only what comes back counts
    let slower = waits.as_ref().map_or(0.0, |w| w.shift.max(0.0));
    let mut noise = Noise::of(seed(&[ID, from, to]), [0, 0, 0]);
    let draw = |_| {
        let late = waits.as_ref().map_or(0.0, |w| w.shift + w.doubt * noise.normal());
        (1.0 - beta(&mut noise, own_rate.0, own_rate.1)) * (-late.max(0.0)).exp()
    };
    let range = interval((0..DRAWS).map(draw).collect());
    let mut noise = Noise::of(seed(&[ID, from, to]), [1, 0, 0]);
    let bounce_range = interval((0..DRAWS).map(|_| beta(&mut noise, own_rate.0, own_rate.1)).collect());
    let n = own.len() as f64;
    let prior_share = waits.as_ref().map_or(0.0, |w| w.prior_share).max(TEAM_WORTH / (TEAM_WORTH + n));
    let mut gaps = Vec::new();
    if own.len() < MIN_HAND_OFFS {
        gaps.push("fewer than five hand-offs of the two: mostly as the team".to_owned());
    }
    if waits.is_none() {
        gaps.push("no waiting times".into());
    }
    let told = |estimate: Estimate| Estimate {
        n_effective: n,
        prior_share,
        confidence: 1.0 - prior_share,
        coverage: if waits.is_some() { 1.0 } else { 0.5 },
        gaps: gaps.clone(),
        ..estimate
    };
    let standing = status(own.len() >= MIN_HAND_OFFS);
    let value = (1.0 - p) * (-slower).exp();
    let efficiency = Estimate {
        contributions: vec![
            part("as the team, without waiting", 1.0 - team_bounce, None, None),
            part("work that comes back", team_bounce - p, Some(team_bounce), Some(p)),
            part("waiting longer than the team", (1.0 - p) * (-slower).exp_m1(), Some(0.0), Some(slower)),
        ],
        ..told(FORM.given(value, range, standing))
    };
    let reworked: Vec<f64> = own.iter().filter_map(|h| quantity(h.rework_h, MAX_H)).collect();
    HandOffs {
        efficiency,
        wait_h: waits.as_ref().map_or_else(
            || wait.too_little("no waiting times"),
            |w| {
                let ends = [-Z80, Z80].map(|z| (w.team + w.shift + z * w.doubt).exp());
                told(wait.given((w.team + w.shift).exp(), ends.into(), standing))
            },
        ),
        bounce: told(bounce.given(p, bounce_range, standing)),
        rework_h: crate::stats::mean(&reworked),
        events: own.len(),
    }
}

fn rate(list: &[&HandOff], prior: (f64, f64)) -> (f64, f64) {
    let bounced = list.iter().filter(|h| h.bounced).count() as f64;
    (prior.0 + bounced, prior.1 + list.len() as f64 - bounced)
}

/// Waiting times on the log scale: the team's mean, and how a pair differs, shrunk towards it.
struct Waits {
    team: f64,
    shift: f64,
    doubt: f64,
    prior_share: f64,
}

impl Waits {
    fn of(all: &[&HandOff], own: &[&HandOff]) -> Option<Self> {
        let log = |h: &HandOff| quantity(h.wait_h, MAX_H).filter(|w| *w > 0.0).map(f64::ln);
        let everyone: Vec<f64> = all.iter().filter_map(|h| log(h)).collect();
        let mine: Vec<f64> = own.iter().filter_map(|h| log(h)).collect();
        let team = crate::stats::mean(&everyone)?;
        let mut pairs: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
        for h in all {
            pairs.entry((&h.from, &h.to)).or_default().extend(log(h));
        }
        let within = |list: &Vec<f64>| {
            let mean = crate::stats::mean(list).unwrap_or(0.0);
            list.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
        };
        let freedom: usize = pairs.values().map(|list| list.len().saturating_sub(1)).sum();
        let squares: f64 = pairs.values().map(within).sum();
        let sigma2 = (SIGMA_WORTH * SIGMA * SIGMA + squares) / (SIGMA_WORTH + freedom as f64);
        let n = mine.len() as f64;
        let prior_share = sigma2 / (sigma2 + n * TAU * TAU);
        let shift = (1.0 - prior_share) * (crate::stats::mean(&mine).unwrap_or(team) - team);
        Some(Self { team, shift, doubt: TAU * prior_share.sqrt(), prior_share })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::estimate::EstimateStatus;

    fn of(from: &str, wait_h: f64, bounced: bool) -> HandOff {
        HandOff { from: from.into(), to: "z".into(), wait_h: Some(wait_h), bounced, rework_h: Some(1.0) }
    }

    #[test]
    fn no_own_hand_offs_are_as_the_team_and_many_are_their_own() {
        let mut all = vec![of("a", 4.0, false); 400];
        all.extend(vec![of("a", 4.0, true); 100]);
        let none = hand_offs("b", "z", &all);
        assert!((none.bounce.value.unwrap() - 101.0 / 505.0).abs() < 1e-12);
        assert!((none.wait_h.value.unwrap() - 4.0).abs() < 1e-9);
        assert_eq!((none.efficiency.prior_share, none.efficiency.status), (1.0, EstimateStatus::Provisional));
        all.extend(vec![of("b", 8.0, true); 5000]);
        let many = hand_offs("b", "z", &all);
        assert!(many.bounce.value.unwrap() > 0.999 && (many.wait_h.value.unwrap() - 8.0).abs() < 0.05);
        assert_eq!((many.rework_h, many.events), (Some(1.0), 5000));
    }

    #[test]
    fn more_bounces_and_longer_waits_never_help() {
        let team: Vec<HandOff> = (1..60).map(|i| of("t", f64::from(i % 9 + 1), i % 5 == 0)).collect();
        let efficiency = |wait: f64, bounces: usize| {
            let own = (0..10).map(|i| of("a", wait, i < bounces));
            let all: Vec<HandOff> = team.iter().cloned().chain(own).collect();
            hand_offs("a", "z", &all).efficiency
        };
        let by_wait: Vec<_> = [1.0, 8.0, 40.0, 200.0].map(|w| efficiency(w, 2).value).into();
        let by_bounce: Vec<_> = [10, 6, 3, 0].map(|b| efficiency(8.0, b).value).into();
        assert!(by_wait.windows(2).all(|w| w[0] >= w[1]) && by_wait[0] > by_wait[3]);
        assert!(by_bounce.windows(2).all(|w| w[0] < w[1]));
        let one = efficiency(40.0, 5);
        let parts: f64 = one.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - one.value.unwrap()).abs() < 1e-12);
        assert!(one.low < one.value && one.value < one.high && one.status == EstimateStatus::Ok);
    }

    #[test]
    fn bad_input_has_no_answer_or_is_left_out() {
        assert_eq!(hand_offs("a", "z", &[]).efficiency.status, EstimateStatus::InsufficientData);
        assert!(hand_offs("z", "z", &[of("z", 1.0, false)]).efficiency.value.is_none());
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 10_000.0] {
            let known = hand_offs("a", "z", &vec![of("a", bad, false); 6]);
            assert!(known.wait_h.value.is_none() && known.efficiency.value.unwrap() > 0.85, "{bad}");
            assert!(known.efficiency.gaps.contains(&"no waiting times".to_owned()));
        }
    }

    #[test]
    fn without_waiting_times_what_comes_back_still_counts() {
        let known = hand_offs("a", "z", &vec![HandOff { wait_h: None, ..of("a", 1.0, false) }; 20]);
        for estimate in [&known.efficiency, &known.bounce] {
            assert_eq!((estimate.status, estimate.prior_share), (EstimateStatus::Ok, 0.2));
            assert!(estimate.confidence > 0.5, "{estimate:?}");
        }
    }

    #[test]
    fn four_of_five_pairs_lie_in_their_interval() {
        let (mut inside, pairs) = (0, 400);
        for pair in 0..pairs {
            let mut noise = Noise::of(7, [pair, 0, 0]);
            let mut all = Vec::new();
            let mut truth = 0.0;
            for who in 0..20 {
                let (shift, p) = (TAU * noise.normal(), beta(&mut noise, 1.0, 4.0));
                for _ in 0..10 {
                    all.push(of(&who.to_string(), (1.0 + shift + noise.normal()).exp(), noise.unit() < p));
                }
                if who == 0 {
                    truth = (1.0 + shift).exp();
                }
            }
            let known = hand_offs("0", "z", &all).wait_h;
            inside += usize::from((known.low.unwrap()..=known.high.unwrap()).contains(&truth));
        }
        let share = inside as f64 / pairs as f64;
        println!("hand-off coverage {share:.3}");
        assert!((0.74..0.88).contains(&share), "{share}");
    }
}
