//! Where a person stands in the network of their organisation: their own position only [burt2004].

use super::answer::{DRAWS, Form, interval, part, poisson, quantity, seed, status};
use super::centrality::{Length, betweenness, betweenness_of_pivots, pagerank};
use super::cohesion::{clustering_of, core};
use super::communities::{Communities, Quality, STABLE, communities};
use super::graph::Graph;
use super::holes::{Ties, constraint, effective_size_of};
use crate::cells::at;
use crate::noise::Noise;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "network_role";
/// Its version.
pub const VERSION: &str = "1";
/// People from whom on a position is told; with fewer it says who is who.
pub const MIN_PEOPLE: usize = 20;
/// People above whom only the paths of some of them are counted. OWN.
pub const MOST_FOR_PATHS: usize = 5000;
/// What these paths may cost, in people and ties seen, and how many people they are of at least and at most. OWN.
const PIVOT_WORK: usize = 20_000_000;
const PIVOTS: (usize, usize) = (50, 500);
/// Work a bootstrap may do, in people times ties. OWN: about 0.2 s.
const BOOTSTRAP_WORK: usize = 2_000_000;
/// Draws below which there is no interval. OWN.
const FEWEST_DRAWS: u64 = 20;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// A tie, one way.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTie {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Its weight now, above 0.
    pub weight: f64,
    /// Interactions behind it, at least 1.
    pub events: f64,
}

/// What a person knows of a topic, in any one unit: commits, answers, hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Who.
    pub person: String,
    /// The topic, skill or repository.
    pub topic: String,
    /// How much, 0 or more.
    pub amount: f64,
}

/// On how few people a topic rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusFactor {
    /// The topic.
    pub topic: String,
    /// The fewest people who hold more than half of it.
    pub people: usize,
    /// Whether the person is one of them.
    pub with_me: bool,
}

/// The group a person belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// People in it.
    pub size: usize,
    /// Of these, the ones tied with the person.
    pub own_contacts: Vec<String>,
    /// How alike the groups of ten seeds are, 0.8..=1.
    pub stability: f64,
    /// Share of the weight of the person's ties that stays within it, 0..=1.
    pub own_share: f64,
}

/// A person's position.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkRole {
    /// People in the network.
    pub people: usize,
    /// Burt's constraint; contributions are the person's ties.
    pub constraint: Estimate,
    /// Contacts less what they know of each other.
    pub effective_size: Estimate,
    /// `1 − constraint / greatest constraint`, 0..=1.
    pub brokerage: Estimate,
    /// Share of shortest paths between others that lead over the person.
    pub betweenness: Estimate,
    /// `PageRank`.
    pub pagerank: Estimate,
    /// Share of pairs of contacts who know each other.
    pub clustering: Estimate,
    /// Depth of the core the person belongs to.
    pub core: Estimate,
    /// The group; absent where groups are not stable.
    pub community: Option<Community>,
    /// How much more of all weight stays within groups than chance would give: 0 as by chance, 1 all of it.
    /// Absent where groups are not stable.
    pub silo: Estimate,
    /// On how few people each topic rests.
    pub bus_factors: Vec<BusFactor>,
}

/// The fewest people who hold more than half of each topic.
///
/// ```
/// # use twin_models::collaboration::network_role::{Knowledge, bus_factors};
/// let of = |person: &str, amount| Knowledge { person: person.into(), topic: "billing".into(), amount };
/// let known = bus_factors("ann", &[of("ann", 6.0), of("bob", 3.0), of("cid", 2.0)]);
/// assert_eq!((known[0].people, known[0].with_me), (1, true));
/// ```
#[must_use]
pub fn bus_factors(me: &str, knowledge: &[Knowledge]) -> Vec<BusFactor> {
    let mut topics: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for k in knowledge {
        if let Some(amount) = quantity(Some(k.amount), f64::MAX).filter(|a| *a > 0.0) {
            *topics.entry(&k.topic).or_default().entry(&k.person).or_insert(0.0) += amount;
        }
    }
    let of = |(topic, people): (&str, BTreeMap<&str, f64>)| {
        let mut most: Vec<(&str, f64)> = people.into_iter().collect();
        most.order_by(|a, b| b.1.total_cmp(&a.1));
        let whole: f64 = most.iter().map(|p| p.1).sum();
        let (mut held, mut taken) = (0.0, Vec::new());
        for (person, amount) in most {
            if held <= 0.5 * whole {
                held += amount;
                taken.push(person);
            }
        }
        BusFactor { topic: topic.to_owned(), people: taken.len(), with_me: taken.contains(&me) }
    };
    topics.into_iter().map(of).collect()
}

/// The position of `me`. Ties with oneself and weights that are no number above 0 are left out. Below
/// [`MIN_PEOPLE`] people, or without a tie of `me`, everything is absent but the bus factors.
#[must_use]
pub fn network_role(me: &str, ties: &[WeightedTie], knowledge: &[Knowledge]) -> NetworkRole {
    let sound = |t: &&WeightedTie| t.from != t.to && t.weight.is_finite() && t.weight > 0.0;
    let used: Vec<&WeightedTie> = ties.iter().filter(sound).collect();
    let mut names: Vec<&str> = used.iter().flat_map(|t| [t.from.as_str(), t.to.as_str()]).collect();
    names.order();
    names.dedup();
    let number = |name: &str| names.binary_search(&name).unwrap_or(0);
    let edges: Vec<(usize, usize, f64, f64)> =
        used.iter().map(|t| (number(&t.from), number(&t.to), t.weight, t.events)).collect();
    let people = names.len();
    let bus_factors = bus_factors(me, knowledge);
    let nothing = |gap: &str| FORM.too_little(gap);
    let none = |gap: &str| NetworkRole {
        people,
        constraint: nothing(gap),
        effective_size: nothing(gap),
        brokerage: nothing(gap),
        betweenness: nothing(gap),
        pagerank: nothing(gap),
        clustering: nothing(gap),
        core: nothing(gap),
        community: None,
        silo: nothing(gap),
        bus_factors: bus_factors.clone(),
    };
    if people < MIN_PEOPLE {
        return none("fewer than twenty people in the network");
    }
    let (Ok(own), Some(graphs)) = (names.binary_search(&me), Graphs::of(people, &edges, &mut |w, _| w))
    else {
        return none("no tie of the person");
    };
    let values = graphs.measures(own);
    let ranges = ranges(me, own, people, &edges);
    let estimate = |i: usize| {
        let Some(value) = values.get(i).copied().flatten() else {
            return nothing("the inputs give no number");
        };
        let range = ranges.get(i).copied().unwrap_or((f64::NAN, f64::NAN));
        let unsure = !range.0.is_finite();
        let n: f64 = graphs.both.degree(own) as f64;
        let known = FORM.given(value, range, status(!unsure));
        let (low, high) = if unsure { (None, None) } else { (known.low, known.high) };
        let gaps = if unsure { vec!["the network is too large for an interval".into()] } else { Vec::new() };
        Estimate { low, high, n_effective: n, confidence: n / (n + 5.0), coverage: 1.0, gaps, ..known }
    };
    let groups = communities(&graphs.both, Quality::Modularity(1.0), seed(&[ID]));
    let (community, silo) = grouped(own, &names, &graphs.both, &groups);
    NetworkRole {
        constraint: Estimate { contributions: constraint_parts(own, &names, &graphs.both), ..estimate(0) },
        effective_size: estimate(1),
        brokerage: estimate(2),
        betweenness: graphs.between_some(own).unwrap_or_else(|| estimate(3)),
        pagerank: estimate(4),
        clustering: estimate(5),
        core: estimate(6),
        community,
        silo,
        people,
        bus_factors,
    }
}

/// The network with and without directions.
struct Graphs {
    both: Graph,
    directed: Graph,
}

impl Graphs {
    /// With each weight as `weigh` makes it of weight and events; those of 0 are no tie.
    fn of(
        people: usize,
        edges: &[(usize, usize, f64, f64)],
        weigh: &mut dyn FnMut(f64, f64) -> f64,
    ) -> Option<Self> {
        let all = edges.iter().map(|&(a, b, w, n)| (a, b, weigh(w, n)));
        let ties: Vec<(usize, usize, f64)> = all.filter(|tie| tie.2 > 0.0).collect();
        let (both, directed) = (Graph::undirected(people, &ties).ok()?, Graph::directed(people, &ties).ok()?);
        Some(Self { both, directed })
    }

    /// Betweenness from the paths of people drawn at random, where there are too many to count those of all.
    fn between_some(&self, own: usize) -> Option<Estimate> {
        let people = self.both.nodes();
        if people <= MOST_FOR_PATHS {
            return None;
        }
        let pivots = (PIVOT_WORK / (people + self.both.edges().count())).clamp(PIVOTS.0, PIVOTS.1);
        let some = betweenness_of_pivots(&self.both, Length::Inverse, pivots, seed(&[ID, "pivots"]));
        let (value, sd) = (at(&some.nodes, own), at(&some.sd, own));
        let (low, high) = crate::stats::interval80(value, sd);
        let n = self.both.degree(own) as f64;
        // a value as large as its error is worth half
        let sure = if value > 0.0 { value / (value + sd) } else { 0.5 };
        let known = FORM.given(value, (low.max(0.0), high.min(1.0)), EstimateStatus::Provisional);
        let gap = format!(
            "estimated from the paths of {} of {people} people, drawn at random; the interval holds this draw, not the \
             chance in the interactions",
            some.pivots
        );
        let confidence = n / (n + 5.0) * sure;
        Some(Estimate { n_effective: n, confidence, coverage: 1.0, gaps: vec![gap], ..known })
    }

    fn measures(&self, own: usize) -> [Option<f64>; 7] {
        let constraints = constraint(&self.both, Ties::Weighted);
        let most = constraints.iter().flatten().copied().fold(0.0, f64::max);
        let constraint = at(&constraints, own);
        let paths = self.both.nodes() <= MOST_FOR_PATHS;
        [
            constraint,
            effective_size_of(&self.both, own),
            constraint.map(|c| if most > 0.0 { 1.0 - c / most } else { 0.0 }),
            paths.then(|| at(&betweenness(&self.both, Length::Inverse).nodes, own)),
            Some(at(&pagerank(&self.directed), own)),
            Some(clustering_of(&self.both, own)),
            Some(at(&core(&self.both), own) as f64),
        ]
    }
}

/// Intervals by a bootstrap of interactions: each tie's weight by how often its interactions are drawn.
fn ranges(me: &str, own: usize, people: usize, edges: &[(usize, usize, f64, f64)]) -> Vec<(f64, f64)> {
    let draws = ((BOOTSTRAP_WORK / (people * edges.len()).max(1)) as u64).min(DRAWS);
    if draws < FEWEST_DRAWS {
        return Vec::new();
    }
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); 7];
    for draw in 0..draws {
        let mut noise = Noise::of(seed(&[ID, me]), [draw, 0, 0]);
        let mut weigh = |w: f64, n: f64| {
            let events = if n.is_finite() { n.max(1.0) } else { 1.0 };
            w * poisson(&mut noise, events) / events
        };
        let Some(graphs) = Graphs::of(people, edges, &mut weigh) else { continue };
        for (list, value) in found.iter_mut().zip(graphs.measures(own)) {
            list.extend(value);
        }
    }
    found.into_iter().map(interval).collect()
}

/// `(p_ij + Σ_q p_iq p_qj)²` of each tie of the person; they add up to the constraint.
fn constraint_parts(own: usize, names: &[&str], graph: &Graph) -> Vec<Contribution> {
    let shares = |i: usize| {
        let ties = graph.out(i);
        let sum: f64 = ties.iter().map(|t| t.1).sum();
        ties.iter().map(move |t| (t.0, t.1 / sum)).collect::<Vec<_>>()
    };
    let mut reach: BTreeMap<usize, f64> = BTreeMap::new();
    for (q, p) in shares(own) {
        *reach.entry(q).or_insert(0.0) += p;
        for (j, onward) in shares(q) {
            *reach.entry(j).or_insert(0.0) += p * onward;
        }
    }
    let ties = graph.out(own).iter().filter_map(|&(j, weight)| Some((j, weight, *reach.get(&j)?)));
    let mut parts: Vec<Contribution> =
        ties.map(|(j, weight, r)| part(names.get(j).unwrap_or(&""), r * r, None, Some(weight))).collect();
    parts.order_by(|a, b| b.amount.total_cmp(&a.amount));
    parts
}

fn grouped(own: usize, names: &[&str], graph: &Graph, groups: &Communities) -> (Option<Community>, Estimate) {
    if groups.stability < STABLE {
        let gap = vec!["groups differ from seed to seed".into()];
        return (None, FORM.absent(EstimateStatus::Abstained, gap));
    }
    let mine = at(&groups.group, own);
    let inside = |&&(j, _): &&(usize, f64)| at(&groups.group, j) == mine;
    let ties = graph.out(own);
    let (within, all): (f64, f64) =
        (ties.iter().filter(inside).map(|t| t.1).sum(), ties.iter().map(|t| t.1).sum());
    let community = Community {
        size: groups.group.iter().filter(|g| **g == mine).count(),
        own_contacts: ties
            .iter()
            .filter(inside)
            .filter_map(|t| names.get(t.0))
            .map(|n| (*n).to_owned())
            .collect(),
        stability: groups.stability,
        own_share: if all > 0.0 { within / all } else { 0.0 },
    };
    let (mut within, mut all) = (0.0, 0.0);
    let mut strength: BTreeMap<usize, f64> = BTreeMap::new();
    for (a, b, w) in graph.edges() {
        all += w;
        within += if at(&groups.group, a) == at(&groups.group, b) { w } else { 0.0 };
        for node in [a, b] {
            *strength.entry(at(&groups.group, node)).or_insert(0.0) += w;
        }
    }
    let chance: f64 = strength.values().map(|s| (s / (2.0 * all)).powi(2)).sum();
    let value = (within / all - chance) / (1.0 - chance);
    if !value.is_finite() {
        return (Some(community), FORM.too_little("one group holds everyone"));
    }
    // ties within as a share of so many ties
    let doubt =
        ((within / all) * (1.0 - within / all) / graph.edges().count() as f64).sqrt() / (1.0 - chance);
    let range = crate::stats::interval80(value, doubt);
    let known = FORM.given(value, (range.0, range.1.min(1.0)), EstimateStatus::Ok);
    (Some(community), Estimate { coverage: 1.0, confidence: groups.stability, ..known })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(a: usize, b: usize, weight: f64) -> WeightedTie {
        WeightedTie { from: format!("p{a:02}"), to: format!("p{b:02}"), weight, events: 12.0 }
    }

    /// Two circles of twelve; person 0 alone knows someone in the other one.
    fn two_circles() -> Vec<WeightedTie> {
        let circle = |start: usize| {
            (0..12).flat_map(move |i| (1..4).map(move |d| tie(start + i, start + (i + d) % 12, 1.0)))
        };
        circle(0).chain(circle(12)).chain([tie(0, 12, 1.0), tie(0, 15, 1.0)]).collect()
    }

    #[test]
    fn the_bridge_is_less_bound_and_between_all() {
        let ties = two_circles();
        let (bridge, other) = (network_role("p00", &ties, &[]), network_role("p06", &ties, &[]));
        assert!(bridge.constraint.value < other.constraint.value);
        assert!(bridge.brokerage.value > other.brokerage.value);
        assert!(bridge.betweenness.value > other.betweenness.value);
        let group = bridge.community.unwrap();
        assert_eq!((group.size, group.own_contacts.len(), bridge.people), (12, 6, 24));
        assert!(group.stability >= STABLE && group.own_share > 0.7 && bridge.silo.value.unwrap() > 0.8);
        let parts: f64 = bridge.constraint.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - bridge.constraint.value.unwrap()).abs() < 1e-12);
        for e in [&bridge.constraint, &bridge.betweenness, &bridge.pagerank] {
            assert!(e.low < e.value && e.value < e.high, "{e:?}");
        }
    }

    #[test]
    fn in_a_large_network_the_paths_of_some_are_counted() {
        // A thousand circles of five; each is tied with the next, and person 0 with every hundredth.
        let name = |i: usize| format!("p{i:05}");
        let of = |a: usize, b: usize| WeightedTie { from: name(a), to: name(b), weight: 1.0, events: 3.0 };
        let mut ties: Vec<WeightedTie> = (0..5005).map(|i| of(i, i / 5 * 5 + (i + 1) % 5)).collect();
        ties.extend((0..1000).map(|c| of(5 * c, 5 * c + 5)));
        ties.extend((1..10).map(|c| of(0, 500 * c)));
        let (hub, other) = (network_role("p00000", &ties, &[]), network_role("p00003", &ties, &[]));
        let known = &hub.betweenness;
        assert!(hub.people > MOST_FOR_PATHS && known.value > other.betweenness.value, "{known:?}");
        assert!(known.low < known.value && known.value < known.high);
        assert_eq!(known.status, EstimateStatus::Provisional);
        assert!(known.gaps[0].contains("500 of 5005 people"), "{:?}", known.gaps);
        assert!(known.confidence < hub.pagerank.confidence);
        assert_eq!(*known, network_role("p00000", &ties, &[]).betweenness);
    }

    #[test]
    fn small_networks_and_strangers_have_no_position() {
        let few: Vec<WeightedTie> = (0..18).map(|i| tie(i, i + 1, 1.0)).collect();
        let role = network_role("p03", &few, &[]);
        assert_eq!((role.people, role.constraint.status), (19, EstimateStatus::InsufficientData));
        let role = network_role("nobody", &two_circles(), &[]);
        assert!(role.pagerank.value.is_none() && role.community.is_none());
        let mut bad = vec![tie(1, 1, 1.0), tie(0, 1, f64::NAN), tie(0, 1, -1.0), tie(0, 1, f64::INFINITY)];
        assert_eq!(network_role("p00", &bad, &[]).people, 0);
        bad.extend(two_circles());
        assert_eq!(network_role("p00", &bad, &[]), network_role("p00", &two_circles(), &[]));
    }

    #[test]
    fn groups_that_are_not_stable_are_not_shown() {
        // a random network without groups
        let mut noise = Noise::of(4, [0, 0, 0]);
        let ties: Vec<WeightedTie> = (0..220)
            .map(|_| (noise.below(60), noise.below(60)))
            .filter(|(a, b)| a != b)
            .map(|(a, b)| tie(a, b, 1.0))
            .collect();
        let role = network_role("p03", &ties, &[]);
        assert!(role.community.is_none() && role.silo.status == EstimateStatus::Abstained);
        assert!(role.constraint.value.is_some());
    }

    #[test]
    fn half_of_a_topic_is_held_by_few() {
        let of = |person: &str, amount| Knowledge { person: person.into(), topic: "t".into(), amount };
        let four = bus_factors("d", &[of("a", 1.0), of("b", 1.0), of("c", 1.0), of("d", 1.0)]);
        assert_eq!((four[0].people, four[0].with_me), (3, false));
        assert!(bus_factors("a", &[of("a", f64::NAN), of("a", -1.0), of("a", 0.0)]).is_empty());
    }
}
