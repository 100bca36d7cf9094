//! How strong a person's ties are now: interactions weighed by kind, fading with time [granovetter1973]
//! [onnela2007] [gilbert2009].

use super::answer::{DRAWS, Form, interval, part, seed, status, times};
use super::interaction::{Interaction, THREAD_MOST, bounded, latencies, strands};
use super::tie_state::{TieState, strength};
use crate::noise::Noise;
use crate::stats::median;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "ties";
/// Its version.
pub const VERSION: &str = "1";
/// Interactions of a pair from which its tie is no longer provisional.
pub const MIN_EVENTS: usize = 5;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// A tie of the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// With whom.
    pub other: String,
    /// How strong, 0..1; contributions are what each kind of interaction adds.
    pub strength: Estimate,
    /// Weight from the person to the other.
    pub weight_out: f64,
    /// Weight from the other to the person.
    pub weight_in: f64,
    /// Whether both give as much, 0..=1: the lesser weight over the greater.
    pub reciprocity: f64,
    /// Median hours until the person answers the other; absent without an answer.
    pub own_latency_h: Option<f64>,
    /// Median hours until the other answers.
    pub their_latency_h: Option<f64>,
    /// Interactions of the two.
    pub events: usize,
}

/// The ties of `me`, strongest first, among all `interactions` of the group, whose median tie is the measure.
/// Interactions that cannot be used (with oneself, of no length, of no time) are left out.
///
/// ```
/// # use twin_models::collaboration::{interaction::{Interaction, InteractionKind}, ties::ties};
/// let meeting = |age_days| Interaction {
///     from: String::new(),
///     to: vec!["ann".into()],
///     kind: InteractionKind::Meeting { minutes: 30.0, people: 2 },
///     age_days,
/// };
/// let known = ties("", &[meeting(0.0), meeting(28.0)]);
/// // one pair is its own measure: 1 − 1/e
/// assert!((known[0].strength.value.unwrap() - 0.632_120_558_828_557_7).abs() < 1e-12);
/// assert_eq!((known[0].weight_out, known[0].reciprocity), (0.75, 1.0));
/// ```
#[must_use]
pub fn ties(me: &str, interactions: &[Interaction]) -> Vec<Tie> {
    let mut state = TieState::default();
    for event in interactions {
        state.add(event, 0.0);
    }
    let usual = state.usual(0.0).unwrap_or(0.0);
    let mut answered = latencies(interactions);
    let mut latency = |asked: &str, by: &str| {
        answered.get_mut(&(asked.to_owned(), by.to_owned())).and_then(|hours| median(hours))
    };
    let mut ties: Vec<Tie> = own_events(me, interactions)
        .into_iter()
        .map(|(other, events)| {
            let (out, into) = (state.weight(me, other, 0.0), state.weight(other, me, 0.0));
            let most = out.max(into);
            Tie {
                other: other.to_owned(),
                strength: estimate(me, other, out + into, usual, &events),
                weight_out: out,
                weight_in: into,
                reciprocity: if most > 0.0 { out.min(into) / most } else { 0.0 },
                own_latency_h: latency(other, me),
                their_latency_h: latency(me, other),
                events: events.len(),
            }
        })
        .collect();
    ties.order_by(|a, b| b.strength.value.unwrap_or(0.0).total_cmp(&a.strength.value.unwrap_or(0.0)));
    ties
}

/// What each interaction with each other person weighs now, both ways together, and its kind.
fn own_events<'a>(me: &str, interactions: &'a [Interaction]) -> BTreeMap<&'a str, Vec<(&'static str, f64)>> {
    let own: Vec<_> = interactions
        .iter()
        .filter(|event| event.from == me || event.to.iter().any(|to| to == me))
        .flat_map(|event| strands(event).into_iter().map(move |strand| (event, strand)))
        .filter(|(_, s)| s.from == me || s.to == me)
        .collect();
    // by the hour first: it tells most apart
    let mut hours: BTreeMap<(i64, &str, &str, &str), f64> = BTreeMap::new();
    for (event, s) in &own {
        if let Some((hour, thread)) = bounded(event, 0.0) {
            *hours.entry((hour, thread, s.from, s.to)).or_insert(0.0) += s.weight;
        }
    }
    let mut found: BTreeMap<&str, Vec<(&'static str, f64)>> = BTreeMap::new();
    let mut last: Option<(*const Interaction, &str)> = None;
    for (event, s) in &own {
        let hour = bounded(event, 0.0);
        let sum = hour.and_then(|(hour, thread)| hours.get(&(hour, thread, s.from, s.to)));
        let sum = sum.copied().unwrap_or(0.0);
        let age = hour.map_or(event.age_days, |(hour, _)| -(hour as f64) / 24.0);
        let weight = s.weight * (THREAD_MOST / sum.max(THREAD_MOST)) * (-age.max(0.0) / s.half_life).exp2();
        let other = if s.from == me { s.to } else { s.from };
        let list = found.entry(other).or_default();
        // a meeting has a strand each way, but is one event
        let same = (std::ptr::from_ref(*event), other);
        match list.last_mut().filter(|_| last == Some(same)) {
            Some(known) => known.1 += weight,
            None => list.push((event.kind.name(), weight)),
        }
        last = Some(same);
    }
    found
}

fn estimate(me: &str, other: &str, both: f64, usual: f64, events: &[(&'static str, f64)]) -> Estimate {
    let mut noise = Noise::of(seed(&[ID, me.min(other), me.max(other)]), [0, 0, 0]);
    let draw = |_| strength(events.iter().map(|e| e.1 * times(&mut noise)).sum(), usual);
    let range = interval((0..DRAWS).map(draw).collect());
    let value = strength(both, usual);
    let mut kinds: BTreeMap<&str, f64> = BTreeMap::new();
    for (kind, weight) in events {
        *kinds.entry(kind).or_insert(0.0) += weight;
    }
    let sum: f64 = kinds.values().sum();
    let squares: f64 = events.iter().map(|e| e.1 * e.1).sum();
    let contributions: Vec<Contribution> = kinds
        .into_iter()
        .filter(|_| sum > 0.0)
        .map(|(kind, w)| part(kind, value * w / sum, None, Some(w)))
        .collect();
    let n_effective = if squares > 0.0 { sum * sum / squares } else { 0.0 };
    let prior_share = MIN_EVENTS as f64 / (MIN_EVENTS as f64 + n_effective);
    let enough = events.len() >= MIN_EVENTS;
    Estimate {
        contributions,
        n_effective,
        prior_share,
        confidence: 1.0 - prior_share,
        coverage: 1.0,
        gaps: if enough { Vec::new() } else { vec!["fewer than five interactions".into()] },
        ..FORM.given(value, range, status(enough))
    }
}

#[cfg(test)]
mod tests {
    use super::super::interaction::InteractionKind;
    use super::*;
    use crate::learn::metrics::auc;
    use twin_core::estimate::EstimateStatus;

    fn event(from: usize, to: usize, kind: InteractionKind, age_days: f64) -> Interaction {
        Interaction { from: from.to_string(), to: vec![to.to_string()], kind, age_days }
    }

    fn kind(i: usize, size: f64) -> InteractionKind {
        match i {
            0 => InteractionKind::Meeting { minutes: size, people: 2 },
            1 => InteractionKind::Message { reply: size > 30.0, thread: String::new() },
            2 => InteractionKind::Message { reply: size > 30.0, thread: "t".into() },
            3 => InteractionKind::CoEdit { hours: size / 60.0 },
            _ => InteractionKind::Review,
        }
    }

    #[test]
    fn answers_have_a_latency_each_way_and_parts_add_up() {
        let message = |from, to, reply, age| {
            event(from, to, InteractionKind::Message { reply, thread: "t".into() }, age)
        };
        let mut all = Vec::new();
        for day in 1..9 {
            let day = f64::from(day);
            all.push(message(1, 2, false, day));
            all.push(message(2, 1, true, day - 2.0 / 24.0));
            all.push(message(1, 2, true, day - 5.0 / 24.0));
            all.push(event(2, 1, InteractionKind::Review, day));
        }
        let tie = &ties("1", &all)[0];
        assert!((tie.their_latency_h.unwrap() - 2.0).abs() < 1e-9);
        assert!((tie.own_latency_h.unwrap() - 3.0).abs() < 1e-9);
        assert!((0.0..1.0).contains(&tie.reciprocity) && tie.strength.status == EstimateStatus::Ok);
        let parts: f64 = tie.strength.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - tie.strength.value.unwrap()).abs() < 1e-12);
        assert!(tie.strength.low < tie.strength.value && tie.strength.value < tie.strength.high);
    }

    #[test]
    fn bad_interactions_are_left_out() {
        let mut all: Vec<Interaction> = [f64::NAN, f64::INFINITY, 0.0, -5.0, 10_000.0 * 60.0]
            .iter()
            .map(|&minutes| event(1, 2, InteractionKind::Meeting { minutes, people: 2 }, 1.0))
            .collect();
        all.push(event(1, 1, InteractionKind::Review, 1.0));
        all.extend([f64::NAN, -1.0].map(|age| event(1, 2, InteractionKind::Review, age)));
        assert!(ties("1", &all).is_empty() && ties("1", &[]).is_empty());
        let mut state = TieState::default();
        assert!(all.iter().all(|e| !state.add(e, 0.0)) && state.usual(0.0).is_none());
        let crowd: Vec<String> = (2..200).map(|i| i.to_string()).collect();
        let everyone = InteractionKind::Meeting { minutes: 60.0, people: 199 };
        let all_hands = Interaction { from: "1".into(), to: crowd, kind: everyone, age_days: 0.0 };
        assert!(ties("1", &[all_hands]).is_empty());
        let once = ties("1", &[event(1, 2, InteractionKind::Praise, 400.0)]);
        assert_eq!(once[0].strength.status, EstimateStatus::Provisional);
    }

    /// People change projects every six weeks; who interacts in the next two weeks?
    #[test]
    fn what_fades_tells_the_next_weeks_better_than_a_count() {
        let (people, mut faded, mut counted) = (40_usize, 0.0, 0.0);
        let networks = 10;
        for network in 0..networks {
            let mut noise = Noise::of(network, [0, 0, 0]);
            let mut project: Vec<usize> = (0..people).map(|_| noise.below(8)).collect();
            let (mut events, mut count) = (Vec::new(), BTreeMap::new());
            let mut next = std::collections::BTreeSet::new();
            for day in 0..196 {
                if day % 42 == 0 {
                    for p in &mut project {
                        *p = if noise.unit() < 0.5 { noise.below(8) } else { *p };
                    }
                }
                for a in 0..people {
                    for b in a + 1..people {
                        let rate = if project[a] == project[b] { 0.12 } else { 0.004 };
                        if noise.unit() < rate {
                            if day < 182 {
                                events.push(event(a, b, kind(noise.below(5), 30.0), f64::from(182 - day)));
                                *count.entry((a, b)).or_insert(0.0) += 1.0;
                            } else {
                                next.insert((a, b));
                            }
                        }
                    }
                }
            }
            let mut state = TieState::default();
            events.iter().for_each(|e| {
                state.add(e, 0.0);
            });
            let pairs: Vec<(usize, usize)> =
                (0..people).flat_map(|a| (a + 1..people).map(move |b| (a, b))).collect();
            let happened: Vec<bool> = pairs.iter().map(|p| next.contains(p)).collect();
            let both = |a: &usize, b: &usize| {
                let (a, b) = (a.to_string(), b.to_string());
                state.weight(&a, &b, 0.0) + state.weight(&b, &a, 0.0)
            };
            let weights: Vec<f64> = pairs.iter().map(|(a, b)| both(a, b)).collect();
            let counts: Vec<f64> = pairs.iter().map(|p| count.get(p).copied().unwrap_or(0.0)).collect();
            faded += auc(&weights, &happened).unwrap() / networks as f64;
            counted += auc(&counts, &happened).unwrap() / networks as f64;
        }
        println!("AUC faded {faded:.3} counted {counted:.3}");
        assert!(faded > counted + 0.02, "{faded} {counted}");
    }
}
