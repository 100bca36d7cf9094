//! How alike two people communicate, and whether they adapt to each other. From metadata and rates counted on the
//! device; no content.

use super::answer::{DRAWS, Form, interval, part, seed};
use super::spd::{factor, quadratic};
use super::style::{FUNCTION_WORDS, Messages, PARTS, StyleMessage, TERMS};
use crate::noise::Noise;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

/// Id of the model.
pub const ID: &str = "style_match";
/// Its version.
pub const VERSION: &str = "1";
/// Messages of each person that are needed.
pub const MIN_MESSAGES: usize = 50;
/// Messages answered between the two that are needed.
pub const MIN_EXCHANGES: usize = 20;
/// Exchanges that no adaptation at all is worth. OWN.
const NO_ACCOMMODATION: f64 = 4.0;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// A person's messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Talker {
    /// Who.
    pub person: String,
    /// Their messages, to anyone.
    pub messages: Vec<StyleMessage>,
}

/// A message and its answer: which kinds of function words each held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Whether the first of the two answered the other.
    pub first_replied: bool,
    /// Kinds in the message, in the order of [`FUNCTION_WORDS`].
    pub prompt: [bool; 9],
    /// Kinds in the answer.
    pub reply: [bool; 9],
}

/// How two people match.
#[derive(Clone, Debug, PartialEq)]
pub struct StyleMatch {
    /// Mahalanobis distance of their styles, 0 or more; contributions are what each part adds to its square over
    /// the distance.
    pub distance: Estimate,
    /// `exp(−distance / √(2 · parts known))`, 0..=1: 1 the same, about 0.37 for two people at random.
    pub proximity: Estimate,
    /// Language style matching, 0..=1; contributions are the nine kinds of words.
    pub matching: Estimate,
    /// How much likelier the first uses a kind of word after the second did; shrunk towards 0.
    pub first_adapts: Option<f64>,
    /// The same of the second.
    pub second_adapts: Option<f64>,
}

/// Language style matching: the mean over nine kinds of words of `1 − |a − b| / (a + b + 0.0001)`, from the rates
/// of two people [gonzales2010].
///
/// ```
/// # use twin_models::collaboration::style_match::language_style_matching;
/// assert_eq!(language_style_matching(&[0.1; 9], &[0.1; 9]), 1.0);
/// let half = language_style_matching(&[0.1; 9], &[0.3; 9]);
/// assert!((half - (1.0 - 0.2 / 0.4001)).abs() < 1e-12);
/// ```
#[must_use]
pub fn language_style_matching(a: &[f64; 9], b: &[f64; 9]) -> f64 {
    a.iter().zip(b).map(|(a, b)| category(*a, *b)).sum::<f64>() / 9.0
}

fn category(a: f64, b: f64) -> f64 {
    1.0 - (a - b).abs() / (a + b + 0.0001)
}

/// `P(kind in reply | kind in message) − P(kind in reply)`, the mean over kinds that ever stood in a message,
/// shrunk towards 0 [danescu2011]. Absent without any.
#[must_use]
pub fn accommodation(exchanges: &[Exchange]) -> Option<f64> {
    let of = |k: usize| {
        let has = |list: &[bool; 9]| list.get(k).copied().unwrap_or(false);
        let after: Vec<bool> = exchanges.iter().filter(|e| has(&e.prompt)).map(|e| has(&e.reply)).collect();
        let rate = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        let usual = rate(exchanges.iter().filter(|e| has(&e.reply)).count(), exchanges.len());
        let n = after.len() as f64;
        let raw = rate(after.iter().filter(|x| **x).count(), after.len()) - usual;
        (n > 0.0).then(|| n / (n + NO_ACCOMMODATION) * raw)
    };
    let all: Vec<f64> = (0..9).filter_map(of).collect();
    crate::stats::mean(&all)
}

/// A person's style, and how it would be had their messages been drawn again.
#[derive(Debug)]
struct Style {
    person: String,
    messages: Messages,
    usual: Vector,
    drawn: OnceLock<Vec<Vector>>,
}

/// Numbers of a style.
type Vector = [Option<f64>; TERMS];

impl Style {
    fn of(talker: &Talker) -> Self {
        let messages = Messages::of(&talker.messages);
        let usual = messages.style();
        Self { person: talker.person.clone(), messages, usual, drawn: OnceLock::new() }
    }

    /// The draws of a person are theirs, whoever the other is.
    fn drawn(&self) -> &[Vector] {
        let n = self.messages.len();
        let draw = |i: u64| {
            let mut noise = Noise::of(seed(&[ID, &self.person]), [i, 0, 0]);
            self.messages.style_of((0..n).map(|_| noise.below(n)))
        };
        self.drawn.get_or_init(|| (0..DRAWS).map(draw).collect())
    }
}

/// A group of people, for whom what one answer has in common with another is worked out once.
#[derive(Debug)]
pub struct StyleGroup(Vec<Style>);

impl StyleGroup {
    /// Of everybody who writes.
    #[must_use]
    pub fn of(talkers: &[Talker]) -> Self {
        Self(talkers.iter().map(Style::of).collect())
    }

    /// As [`style_match`], of two of the group with all others as `others`; absent where one of them is not in it.
    #[must_use]
    pub fn matching(&self, first: &str, second: &str, exchanges: &[Exchange]) -> Option<StyleMatch> {
        let of = |person: &str| self.0.iter().find(|style| style.person == person);
        let rest = self.0.iter().filter(|style| style.person != first && style.person != second);
        Some(matching(of(first)?, of(second)?, rest, exchanges))
    }
}

/// How two people's styles match, among `others` of their group, whose styles are the measure. Below
/// [`MIN_MESSAGES`] messages of either, or [`MIN_EXCHANGES`] exchanges, everything abstains. Turning the two
/// around changes nothing but who adapts. For many pairs of one group see [`StyleGroup`].
#[must_use]
pub fn style_match(first: &Talker, second: &Talker, others: &[Talker], exchanges: &[Exchange]) -> StyleMatch {
    let others: Vec<Style> = others.iter().map(Style::of).collect();
    matching(&Style::of(first), &Style::of(second), others.iter(), exchanges)
}

fn matching<'a>(
    first: &Style,
    second: &Style,
    others: impl Iterator<Item = &'a Style>,
    exchanges: &[Exchange],
) -> StyleMatch {
    let (a, b) = (&first.messages, &second.messages);
    let gap = if a.len().min(b.len()) < MIN_MESSAGES {
        Some(format!("{} and {} messages; both need {MIN_MESSAGES}", a.len(), b.len()))
    } else if exchanges.len() < MIN_EXCHANGES {
        Some(format!("{} exchanges; {MIN_EXCHANGES} are needed", exchanges.len()))
    } else {
        None
    };
    if let Some(gap) = gap {
        let none = || FORM.absent(EstimateStatus::Abstained, vec![gap.clone()]);
        let (distance, proximity, matching) = (none(), none(), none());
        return StyleMatch { distance, proximity, matching, first_adapts: None, second_adapts: None };
    }
    let (x, y) = (first.usual, second.usual);
    let mut group: Vec<Vector> =
        others.filter(|style| style.messages.len() >= MIN_MESSAGES).map(|style| style.usual).collect();
    group.extend([x, y]);
    let mut measure = Measure::of(&group);
    let known = measure.apart(&x, &y);
    let (mut distances, mut nearness, mut matches) = (Vec::new(), Vec::new(), Vec::new());
    for (x, y) in first.drawn().iter().zip(second.drawn()) {
        let (distance, terms) = measure.distance(x, y);
        distances.push(distance);
        nearness.push(proximity(distance, terms));
        matches.extend(words(x, y).map(|w| language_style_matching(&w.0, &w.1)));
    }
    let n = a.len().min(b.len()) as f64;
    let mut gaps = Vec::new();
    if group.len() < 5 {
        gaps.push("fewer than three others to compare with".to_owned());
    }
    if known.terms < TERMS {
        gaps.push(format!("{} of {TERMS} parts of the style are not known", TERMS - known.terms));
    }
    let told = |estimate: Estimate| Estimate {
        n_effective: n,
        prior_share: measure.shrunk,
        confidence: n / (n + MIN_MESSAGES as f64),
        coverage: known.terms as f64 / TERMS as f64,
        gaps: gaps.clone(),
        ..estimate
    };
    let matching = words(&x, &y).map_or_else(
        || FORM.too_little("no rates of function words"),
        |(u, v)| {
            let parts = FUNCTION_WORDS.iter().zip(u.iter().zip(&v));
            let contributions =
                parts.map(|(name, (a, b))| part(name, category(*a, *b) / 9.0, Some(*a), Some(*b)));
            Estimate {
                contributions: contributions.collect(),
                ..told(FORM.given(language_style_matching(&u, &v), interval(matches), EstimateStatus::Ok))
            }
        },
    );
    let by = |first_replied: bool| {
        let own: Vec<Exchange> =
            exchanges.iter().filter(|e| e.first_replied == first_replied).copied().collect();
        accommodation(&own)
    };
    StyleMatch {
        distance: Estimate {
            contributions: known.parts.iter().map(|(name, amount)| part(name, *amount, None, None)).collect(),
            ..told(FORM.of("1", EstimateKind::Quantity).given(
                known.value,
                interval(distances),
                EstimateStatus::Ok,
            ))
        },
        proximity: told(FORM.given(
            proximity(known.value, known.terms),
            interval(nearness),
            EstimateStatus::Ok,
        )),
        matching,
        first_adapts: by(true),
        second_adapts: by(false),
    }
}

/// The rates of function words of both; absent where either has none.
fn words(x: &Vector, y: &Vector) -> Option<([f64; 9], [f64; 9])> {
    let of = |v: &Vector| -> Option<[f64; 9]> {
        let mut rates = [0.0; 9];
        for (rate, x) in rates.iter_mut().zip(v.iter().skip(TERMS - 9)) {
            *rate = (*x)? / super::style::WORD_SCALE;
        }
        Some(rates)
    };
    Some((of(x)?, of(y)?))
}

/// How far two styles are apart.
struct Apart {
    value: f64,
    terms: usize,
    parts: Vec<(&'static str, f64)>,
}

fn proximity(distance: f64, terms: usize) -> f64 {
    (-distance / (2.0 * terms.max(1) as f64).sqrt()).exp()
}

/// The covariance of styles in a group, shrunk towards equal spreads [ledoit2004].
struct Measure {
    covariance: Vec<Vec<f64>>,
    /// How much it was shrunk, 0..=1.
    shrunk: f64,
    /// Its factors, by the parts of a style that are known.
    factors: BTreeMap<Vec<usize>, Option<Lower>>,
}

/// A lower factor.
type Lower = Vec<Vec<f64>>;

impl Measure {
    fn of(group: &[Vector]) -> Self {
        let n = group.len() as f64;
        let mean: Vec<f64> = (0..TERMS)
            .map(|j| {
                let known: Vec<f64> = group.iter().filter_map(|v| v.get(j).copied().flatten()).collect();
                crate::stats::mean(&known).unwrap_or(0.0)
            })
            .collect();
        // what is not known of a person is taken to be as usual
        let centred: Vec<Vec<f64>> = group
            .iter()
            .map(|v| v.iter().zip(&mean).map(|(x, m)| x.map_or(0.0, |x| x - m)).collect())
            .collect();
        let (covariance, shrunk) = ledoit_wolf(&centred);
        let factors = BTreeMap::new();
        // two people alone have no group to be compared with: each part counts on its own scale
        if n < 3.0 {
            return Self { covariance: identity(), shrunk: 1.0, factors };
        }
        Self { covariance, shrunk, factors }
    }

    /// The parts known of both, how far they are apart, and the factor of their covariance.
    fn gap(&mut self, x: &Vector, y: &Vector) -> (Vec<usize>, Vec<f64>, Option<&Lower>) {
        let each = x.iter().zip(y).enumerate().filter_map(|(j, (x, y))| Some((j, (*x)? - (*y)?)));
        let (known, gap): (Vec<usize>, Vec<f64>) = each.unzip();
        let covariance = &self.covariance;
        let pick = |i: &usize| known.iter().map(|j| crate::cells::cell(covariance, *i, *j)).collect();
        if !self.factors.contains_key(&known) {
            let table: Vec<Vec<f64>> = known.iter().map(pick).collect();
            self.factors.insert(known.clone(), factor(&table));
        }
        let lower = self.factors.get(&known).and_then(Option::as_ref);
        (known, gap, lower)
    }

    /// The distance and how many parts it is of; no number where there is none.
    fn distance(&mut self, x: &Vector, y: &Vector) -> (f64, usize) {
        let (known, gap, lower) = self.gap(x, y);
        let value = lower.map_or(f64::NAN, |lower| quadratic(lower, &gap).max(0.0).sqrt());
        (value, known.len())
    }

    /// The distance with what each part adds to it.
    fn apart(&mut self, x: &Vector, y: &Vector) -> Apart {
        let (known, gap, lower) = self.gap(x, y);
        let Some(lower) = lower else {
            return Apart { value: f64::NAN, terms: known.len(), parts: Vec::new() };
        };
        let value = quadratic(lower, &gap).max(0.0).sqrt();
        // Δᵀ Σ⁻¹ Δ falls into Δ_j (Σ⁻¹ Δ)_j; by thirds of squares, so that only the factor is needed
        let alone: Vec<(&'static str, f64)> = PARTS
            .iter()
            .map(|(name, range)| {
                let kept: Vec<f64> =
                    known.iter().zip(&gap).map(|(j, d)| if range.contains(j) { *d } else { 0.0 }).collect();
                let rest: Vec<f64> = gap.iter().zip(&kept).map(|(d, k)| d - k).collect();
                // Δ_partᵀ Σ⁻¹ Δ, from the squares of sums
                let cross = 0.5 * (value * value + quadratic(lower, &kept) - quadratic(lower, &rest));
                (*name, if value > 0.0 { cross / value } else { 0.0 })
            })
            .collect();
        Apart { value, terms: known.len(), parts: alone }
    }
}

fn identity() -> Vec<Vec<f64>> {
    (0..TERMS).map(|i| (0..TERMS).map(|j| f64::from(u8::from(i == j))).collect()).collect()
}

/// The covariance of centred rows shrunk towards its mean variance, and the share of the latter.
fn ledoit_wolf(rows: &[Vec<f64>]) -> (Vec<Vec<f64>>, f64) {
    let (n, p) = (rows.len() as f64, rows.first().map_or(0, Vec::len));
    let mut sample = vec![vec![0.0; p]; p];
    for row in rows {
        for (line, a) in sample.iter_mut().zip(row) {
            for (cell, b) in line.iter_mut().zip(row) {
                *cell += a * b / n;
            }
        }
    }
    let size = p.max(1) as f64;
    let level = sample.iter().enumerate().map(|(i, line)| crate::cells::at(line, i)).sum::<f64>() / size;
    let squares: f64 = sample.iter().flatten().map(|x| x * x).sum();
    // ‖S − μI‖² and the mean of ‖x xᵀ − S‖² over n, both per dimension
    let apart = squares / size - level * level;
    let own: f64 = rows.iter().map(|r| r.iter().map(|x| x * x).sum::<f64>().powi(2)).sum();
    let noise = ((own / n - squares) / size / n).clamp(0.0, apart.max(0.0));
    let shrunk = if apart > 0.0 { noise / apart } else { 1.0 };
    for (i, line) in sample.iter_mut().enumerate() {
        for (j, cell) in line.iter_mut().enumerate() {
            // people who are all the same still differ by a little
            let target = if i == j { level.max(1e-6) } else { 0.0 };
            *cell = (1.0 - shrunk) * *cell + shrunk * target + if i == j { 1e-9 } else { 0.0 };
        }
    }
    (sample, shrunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talker(person: &str, level: f64, n: usize) -> Talker {
        let mut noise = Noise::of(seed(&[person]), [9, 0, 0]);
        let message = |_| StyleMessage {
            length: 20.0 * (level + 0.2 * noise.normal()).exp(),
            hour: (9.0 + 4.0 * level + 8.0 * noise.unit()) as u8 % 24,
            question: noise.unit() < 0.2 + 0.2 * level,
            function_words: Some([0.05; 9].map(|r| r * (1.0 + level + 0.1 * noise.normal()).abs())),
            ..StyleMessage::default()
        };
        Talker { person: person.into(), messages: (0..n).map(message).collect() }
    }

    fn exchange(first_replied: bool, prompt: bool, reply: bool) -> Exchange {
        Exchange { first_replied, prompt: [prompt; 9], reply: [reply; 9] }
    }

    #[test]
    fn the_alike_are_nearer_and_order_does_not_matter() {
        let (a, b, c) = (talker("a", 0.0, 80), talker("b", 0.05, 80), talker("c", 1.0, 80));
        let others: Vec<Talker> = (0..8).map(|i| talker(&format!("o{i}"), f64::from(i) / 8.0, 60)).collect();
        let talk = vec![exchange(true, true, true); 30];
        let of = |x: &Talker, y: &Talker| style_match(x, y, &others, &talk);
        let (near, far, back) = (of(&a, &b), of(&a, &c), of(&c, &a));
        assert!(near.distance.value < far.distance.value && near.matching.value > far.matching.value);
        assert!(near.proximity.value > far.proximity.value);
        for (there, back) in [(&far.distance, &back.distance), (&far.matching, &back.matching)] {
            assert!((there.value.unwrap() - back.value.unwrap()).abs() < 1e-9);
            assert!((there.low.unwrap() - back.low.unwrap()).abs() < 1e-9);
            assert!(there.low < there.high);
            let sum: f64 = there.contributions.iter().map(|c| c.amount).sum();
            assert!((sum - there.value.unwrap()).abs() < 1e-6, "{sum}");
        }
    }

    #[test]
    fn a_group_answers_as_each_pair_alone() {
        let mut all: Vec<Talker> =
            (0..6).map(|i| talker(&format!("o{i}"), f64::from(i) / 6.0, 48 + 10 * i as usize)).collect();
        let talk = vec![exchange(false, true, true); 25];
        let group = StyleGroup::of(&all);
        let told = [group.matching("o1", "o4", &talk), group.matching("o4", "o2", &talk)];
        assert_eq!(group.matching("o1", "nobody", &talk), None);
        for (told, [a, b]) in told.into_iter().zip([["o1", "o4"], ["o4", "o2"]]) {
            let of = |who: &str| all.iter().find(|t| t.person == who).unwrap().clone();
            let rest: Vec<Talker> = all.iter().filter(|t| t.person != a && t.person != b).cloned().collect();
            assert_eq!(told, Some(style_match(&of(a), &of(b), &rest, &talk)));
        }
        all.clear();
        assert_eq!(StyleGroup::of(&all).matching("o1", "o4", &talk), None);
    }

    #[test]
    fn too_few_messages_or_exchanges_abstain() {
        let (a, b) = (talker("a", 0.0, 50), talker("b", 0.0, 49));
        let talk = vec![exchange(true, true, true); 20];
        assert_eq!(style_match(&a, &b, &[], &talk).distance.status, EstimateStatus::Abstained);
        let b = talker("b", 0.0, 50);
        assert_eq!(style_match(&a, &b, &[], &talk[1..]).matching.status, EstimateStatus::Abstained);
        assert!(style_match(&a, &b, &[], &talk).distance.value.is_some());
        // broken messages do not count, all the same ones still have an answer
        let mut broken = b.clone();
        broken.messages[3].length = f64::NAN;
        assert!(style_match(&a, &broken, &[], &talk).distance.value.is_none());
        let constant = Talker { messages: vec![a.messages[0].clone(); 60], ..b };
        let known = style_match(&constant, &constant, &[constant.clone(), constant.clone()], &talk);
        assert_eq!((known.distance.value, known.proximity.value), (Some(0.0), Some(1.0)));
    }

    #[test]
    fn those_who_adapt_are_found_and_few_exchanges_are_shrunk() {
        let adapts: Vec<Exchange> = (0..40).map(|i| exchange(true, i % 2 == 0, i % 2 == 0)).collect();
        let steady: Vec<Exchange> = (0..40).map(|i| exchange(false, i % 2 == 0, i % 4 < 2)).collect();
        assert!((accommodation(&adapts).unwrap() - 20.0 / 24.0 * 0.5).abs() < 1e-12);
        assert!(accommodation(&steady).unwrap().abs() < 1e-12);
        assert!(accommodation(&adapts[..2]).unwrap() < 0.2);
        assert_eq!(accommodation(&[]), None);
    }

    #[test]
    fn a_covariance_is_shrunk_most_where_there_are_few_people() {
        let rows = |n: u64| -> Vec<Vec<f64>> {
            let of = |i| (0..6).map(|j| Noise::of(1, [i, j, 0]).normal() * (1.0 + j as f64)).collect();
            (0..n).map(of).collect()
        };
        let (few, many) = (ledoit_wolf(&rows(8)).1, ledoit_wolf(&rows(2000)).1);
        assert!((0.0..=1.0).contains(&few) && few > 10.0 * many, "{few} {many}");
        let known = ledoit_wolf(&rows(4000)).0;
        assert!((known[5][5] / 36.0 - 1.0).abs() < 0.1 && known[0][1].abs() < 0.3);
    }
}
