//! All ties of a group, kept up event by event: each is two fading sums.

use super::graph::Graph;
use super::interaction::{
    HALF_LIFE_DAYS, Interaction, MESSAGE_HALF_LIFE_DAYS, THREAD_MOST, bounded, strands,
};
use crate::stats::median;
use std::collections::BTreeMap;
use twin_core::sort::OrderBy;

/// Days for which the bound of a thread is remembered after a pair's newest message. OWN.
const REMEMBERED_DAYS: i64 = 28;
/// Ties weaker than this are none. OWN.
const NOTHING: f64 = 1e-6;

/// A sum that fades; only its time and value are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Fading {
    sum: f64,
    at_days: f64,
}

impl Fading {
    fn add(&mut self, weight: f64, at_days: f64, half_life: f64) {
        if self.sum == 0.0 {
            *self = Self { sum: weight, at_days };
            return;
        }
        let newest = self.at_days.max(at_days);
        let faded = |x: f64, at: f64| x * ((at - newest) / half_life).exp2();
        *self = Self { sum: faded(self.sum, self.at_days) + faded(weight, at_days), at_days: newest };
    }

    fn now(&self, now_days: f64, half_life: f64) -> f64 {
        self.sum * ((self.at_days - now_days).min(0.0) / half_life).exp2()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Edge {
    slow: Fading,
    quick: Fading,
    /// What messages of an hour and thread weigh already.
    threads: BTreeMap<i64, Vec<(String, f64)>>,
}

/// All ties of a group, kept up event by event: each costs O(log people), whatever came before. The order of
/// events does not matter.
///
/// ```
/// # use twin_models::collaboration::{interaction::{Interaction, InteractionKind}, tie_state::TieState};
/// let mut state = TieState::default();
/// let review = Interaction { from: "a".into(), to: vec!["b".into()], kind: InteractionKind::Review, age_days: 0.0 };
/// state.add(&review, 100.0);
/// assert_eq!(state.weight("a", "b", 128.0), 0.25); // half after 28 days
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TieState {
    edges: BTreeMap<String, BTreeMap<String, Edge>>,
}

impl TieState {
    /// Takes in an interaction; `now_days` counts from any fixed day. `false` where it cannot be used.
    pub fn add(&mut self, event: &Interaction, now_days: f64) -> bool {
        if !now_days.is_finite() {
            return false;
        }
        let strands = strands(event);
        for strand in &strands {
            let Some(edge) = place(&mut self.edges, strand.from).and_then(|own| place(own, strand.to)) else {
                continue;
            };
            let (mut weight, mut at) = (strand.weight, now_days - event.age_days);
            if let Some((hour, thread)) = bounded(event, now_days) {
                let of_hour = edge.threads.entry(hour).or_default();
                let used = of_hour.iter().find(|known| known.0 == thread).map_or(0.0, |known| known.1);
                weight = weight.min(THREAD_MOST - used).max(0.0);
                match of_hour.iter_mut().find(|known| known.0 == thread) {
                    Some(known) => known.1 += weight,
                    None => of_hour.push((thread.to_owned(), weight)),
                }
                // all of an hour count from its beginning, so that their order does not matter
                at = hour as f64 / 24.0;
                let newest = edge.threads.last_key_value().map_or(hour, |(hour, _)| *hour);
                while edge
                    .threads
                    .first_key_value()
                    .is_some_and(|(hour, _)| *hour < newest - 24 * REMEMBERED_DAYS)
                {
                    edge.threads.pop_first();
                }
            }
            let quick = strand.half_life < HALF_LIFE_DAYS;
            let sum = if quick { &mut edge.quick } else { &mut edge.slow };
            sum.add(weight, at, strand.half_life);
        }
        !strands.is_empty()
    }

    /// Weight of the tie from one person to another.
    #[must_use]
    pub fn weight(&self, from: &str, to: &str, now_days: f64) -> f64 {
        self.edges.get(from).and_then(|own| own.get(to)).map_or(0.0, |edge| edge.now(now_days))
    }

    /// The median weight of all pairs that are tied, both ways together; absent without any.
    #[must_use]
    pub fn usual(&self, now_days: f64) -> Option<f64> {
        let mut pairs: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for (from, own) in &self.edges {
            for (to, edge) in own {
                *pairs.entry((from.min(to), from.max(to))).or_insert(0.0) += edge.now(now_days);
            }
        }
        let mut all: Vec<f64> = pairs.into_values().filter(|w| *w > NOTHING).collect();
        median(&mut all)
    }

    /// Strength of a tie, 0..1: `1 − exp(−(W_ij + W_ji) / usual)`; 0 without a tie.
    #[must_use]
    pub fn strength(&self, a: &str, b: &str, now_days: f64) -> f64 {
        let both = self.weight(a, b, now_days) + self.weight(b, a, now_days);
        self.usual(now_days).map_or(0.0, |usual| strength(both, usual))
    }

    /// Everyone who ever had a tie, by name, and the directed graph of all ties.
    #[must_use]
    pub fn graph(&self, now_days: f64) -> Option<(Vec<String>, Graph)> {
        let mut names: Vec<&String> =
            self.edges.iter().flat_map(|(from, own)| own.keys().chain([from])).collect();
        names.order();
        names.dedup();
        let number = |name: &String| names.binary_search(&name).unwrap_or(0);
        let all =
            self.edges.iter().flat_map(|(from, own)| own.iter().map(move |(to, edge)| (from, to, edge)));
        let ties: Vec<(usize, usize, f64)> = all
            .map(|(from, to, edge)| (number(from), number(to), edge.now(now_days)))
            .filter(|tie| tie.2 > NOTHING)
            .collect();
        let graph = Graph::directed(names.len(), &ties).ok()?;
        Some((names.into_iter().cloned().collect(), graph))
    }
}

/// What a name stands for, made where there is none.
fn place<'m, V: Default>(map: &'m mut BTreeMap<String, V>, name: &str) -> Option<&'m mut V> {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), V::default());
    }
    map.get_mut(name)
}

impl Edge {
    fn now(&self, now_days: f64) -> f64 {
        let (slow, quick) = (HALF_LIFE_DAYS, MESSAGE_HALF_LIFE_DAYS);
        self.slow.now(now_days, slow) + self.quick.now(now_days, quick)
    }
}

/// `1 − exp(−both / usual)`; 0 where nothing is usual.
pub(super) fn strength(both: f64, usual: f64) -> f64 {
    if usual > 0.0 { -(-both / usual).exp_m1() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::interaction::InteractionKind;
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn lazy_fading_is_eager_fading_in_any_order(
            list in prop::collection::vec((0..3_usize, 1..3_usize, 0..5_usize, 1.0..120.0_f64, 0.0..20.0_f64), 1..60)
        ) {
            let events: Vec<Interaction> =
                list.iter().map(|&(a, d, k, size, age)| event(a, (a + d) % 3, kind(k, size), age)).collect();
            let state = |order: &mut dyn Iterator<Item = &Interaction>| {
                let mut state = TieState::default();
                order.for_each(|e| { state.add(e, 1000.25); });
                state
            };
            let (there, back) = (state(&mut events.iter()), state(&mut events.iter().rev()));
            for (a, b) in [(0, 1), (1, 0), (1, 2), (2, 0)] {
                let (a, b) = (a.to_string(), b.to_string());
                let mut eager = 0.0;
                let mut threads: BTreeMap<i64, f64> = BTreeMap::new();
                for event in &events {
                    for s in strands(event).iter().filter(|s| s.from == a && s.to == b) {
                        match bounded(event, 1000.25) {
                            Some((hour, _)) => *threads.entry(hour).or_insert(0.0) += s.weight,
                            None => eager += s.weight * (-event.age_days / s.half_life).exp2(),
                        }
                    }
                }
                for (hour, sum) in threads {
                    let age = 1000.25 - hour as f64 / 24.0;
                    eager += sum.min(THREAD_MOST) * (-age / MESSAGE_HALF_LIFE_DAYS).exp2();
                }
                for lazy in [there.weight(&a, &b, 1000.25), back.weight(&a, &b, 1000.25)] {
                    prop_assert!((lazy - eager).abs() <= 1e-12 * eager.max(1.0), "{} {}", lazy, eager);
                }
            }
        }
    }

    #[test]
    fn kinds_weigh_and_fade_as_the_book_says() {
        let weight = |kind, age| {
            let mut state = TieState::default();
            state.add(&event(1, 2, kind, age), 0.0);
            state.weight("1", "2", 0.0)
        };
        let message = |reply, thread: &str| InteractionKind::Message { reply, thread: thread.into() };
        assert_eq!(weight(InteractionKind::Meeting { minutes: 60.0, people: 2 }, 0.0), 1.0);
        assert_eq!(weight(InteractionKind::Meeting { minutes: 60.0, people: 5 }, HALF_LIFE_DAYS), 0.125);
        assert_eq!((weight(message(false, ""), 0.0), weight(message(true, ""), 14.0)), (0.1, 0.1));
        assert_eq!(weight(InteractionKind::CoEdit { hours: 5.0 }, 0.0), 0.5);
        let mut state = TieState::default();
        for _ in 0..9 {
            state.add(&event(1, 2, message(true, "plan"), 0.0), 0.0);
        }
        assert!((state.weight("1", "2", 0.0) - THREAD_MOST).abs() < 1e-12);
    }
}
