//! Ties, the place in the network, hand-offs and meetings.

use super::facts::{ME, interactions, met, own_ties, pairs, passed};
use crate::error::Result;
use crate::predict::work::skills::evidence::people;
use crate::predict::work::skills::levels;
use crate::predict::{Asked, Features, Said};
use std::collections::BTreeSet;
use twin_core::sort::Gather as _;
use twin_models::collaboration::hand_offs::{self, hand_offs};
use twin_models::collaboration::meetings;
use twin_models::collaboration::network_role::{self, Knowledge, WeightedTie, network_role};
use twin_models::collaboration::tie_state::TieState;
use twin_models::collaboration::ties;

pub(super) const ASKED: &[Asked] = &[
    Asked { id: ties::ID, name: "tie", unit: "1", run: own },
    Asked { id: network_role::ID, name: "constraint", unit: "1", run: place },
    Asked { id: hand_offs::ID, name: "efficiency", unit: "1", run: handed },
    Asked { id: meetings::ID, name: "effectiveness", unit: "{score}", run: worth },
];

/// Ties that are told.
const TOLD: usize = 12;

fn own(features: &Features<'_>) -> Result<Said> {
    let ties = own_ties(features)?;
    Ok(ties.iter().take(TOLD).fold(Said::default(), |mut said, tie| {
        if tie.reciprocity < 0.5 && tie.events >= 10 {
            let more = if tie.weight_out > tie.weight_in { "from you" } else { "from them" };
            said.words.push(format!("with `{}` most comes {more}", tie.other));
        }
        said.and(&tie.other, tie.strength.clone())
    }))
}

fn place(features: &Features<'_>) -> Result<Said> {
    let mut state = TieState::default();
    let all = interactions(features)?;
    let mut events = std::collections::BTreeMap::new();
    for event in all {
        // Ages count back from now: a past event happened at minus its age.
        state.add(event, 0.0);
        for (a, b) in pairs(event) {
            *events.entry((a, b)).or_insert(0.0) += 1.0;
        }
    }
    let ties: Vec<WeightedTie> = events
        .into_iter()
        .filter_map(|((from, to), events)| {
            let weight = state.weight(from, to, 0.0);
            let tie = || WeightedTie { from: from.into(), to: to.into(), weight, events };
            (weight > 0.0 && from != to).then(tie)
        })
        .collect();
    let mut knowledge = Vec::new();
    for person in std::iter::once(None).chain(people(features)?.into_iter().map(Some)) {
        for level in levels(features, person.as_deref())? {
            let (person, topic) = (person.clone().unwrap_or_default(), level.skill.clone());
            knowledge.push(Knowledge { person, topic, amount: level.points });
        }
    }
    let role = network_role(ME, &ties, &knowledge);
    let mut words: Vec<String> = role
        .bus_factors
        .iter()
        .filter(|b| b.people == 1 && b.with_me)
        .map(|b| format!("`{}` rests on you alone", b.topic))
        .collect();
    if let Some(group) = &role.community {
        words.push(format!("you belong to a group of {}", group.size));
    }
    Ok(Said { words, ..Said::default() }
        .and("constraint", role.constraint)
        .and("effective_size", role.effective_size)
        .and("brokerage", role.brokerage)
        .and("betweenness", role.betweenness)
        .and("pagerank", role.pagerank)
        .and("clustering", role.clustering)
        .and("core", role.core)
        .and("silo", role.silo))
}

fn handed(features: &Features<'_>) -> Result<Said> {
    let all = passed(features)?;
    let mine = |h: &&hand_offs::HandOff| h.from == ME || h.to == ME;
    let pairs: BTreeSet<(&str, &str)> =
        all.iter().filter(mine).map(|h| (h.from.as_str(), h.to.as_str())).gather();
    Ok(pairs.into_iter().fold(Said::default(), |said, (from, to)| {
        let told = hand_offs(from, to, &all);
        let name = if from == ME { format!("to {to}") } else { format!("from {from}") };
        said.and(&name, told.efficiency)
            .and(&format!("{name}, wait"), told.wait_h)
            .and(&format!("{name}, returned"), told.bounce)
    }))
}

fn worth(features: &Features<'_>) -> Result<Said> {
    let met = met(features)?;
    let mut said = Said::default();
    for (series, held) in &met.series {
        let Some((newest, _)) = held.last() else { continue };
        let worth = met.model.worth(newest);
        if let Some(cost) = worth.cost_h {
            said.words.push(format!("`{series}` costs {cost:.1} h of all who come"));
        }
        said = said.and(series, worth.effectiveness);
    }
    Ok(said)
}
