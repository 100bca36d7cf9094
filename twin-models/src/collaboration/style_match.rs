//! How alike two people communicate, and whether they adapt to each other. From metadata and rates counted on the
//! device; no content.

use super::answer::{DRAWS, Form, interval, part, seed};
use super::spd::{factor, quadratic};
use super::style::{FUNCTION_WORDS, PARTS, StyleMessage, TERMS, style_vector};
use crate::noise::Noise;
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

/// How two people's styles match, among `others` of their group, whose styles are the measure. Below
/// [`MIN_MESSAGES`] messages of either, or [`MIN_EXCHANGES`] exchanges, everything abstains. Turning the two
/// around changes nothing but who adapts.
#[must_use]
pub fn style_match(first: &Talker, second: &Talker, others: &[Talker], exchanges: &[Exchange]) -> StyleMatch {
    let sound =
        |t: &Talker| -> Vec<StyleMessage> { t.messages.iter().filter(|m| m.is_sound()).cloned().collect() };
    let (a, b) = (sound(first), sound(second));
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
    let (x, y) = (style_vector(&a), style_vector(&b));
    let mut group: Vec<[Option<f64>; TERMS]> =
        others.iter().map(sound).filter(|m| m.len() >= MIN_MESSAGES).map(|m| style_vector(&m)).collect();
    group.extend([x, y]);
    let measure = Measure::of(&group);
    let known = measure.distance(&x, &y);
    // the draws of a person are theirs, whoever comes first
    let draw = |messages: &[StyleMessage], name: &str, i: u64| {
        let mut noise = Noise::of(seed(&[ID, name]), [i, 0, 0]);
        let again: Vec<StyleMessage> =
            (0..messages.len()).filter_map(|_| messages.get(noise.below(messages.len())).cloned()).collect();
        style_vector(&again)
    };
    let (mut distances, mut nearness, mut matches) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..DRAWS {
        let (x, y) = (draw(&a, &first.person, i), draw(&b, &second.person, i));
        let drawn = measure.distance(&x, &y);
        distances.push(drawn.value);
        nearness.push(drawn.proximity());
        matches.extend(words(&x, &y).map(|w| language_style_matching(&w.0, &w.1)));
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
        proximity: told(FORM.given(known.proximity(), interval(nearness), EstimateStatus::Ok)),
        matching,
        first_adapts: by(true),
        second_adapts: by(false),
    }
}

/// The rates of function words of both; absent where either has none.
fn words(x: &[Option<f64>; TERMS], y: &[Option<f64>; TERMS]) -> Option<([f64; 9], [f64; 9])> {
    let of = |v: &[Option<f64>; TERMS]| -> Option<[f64; 9]> {
        let tail: Option<Vec<f64>> =
            v.iter().skip(TERMS - 9).map(|x| x.map(|x| x / super::style::WORD_SCALE)).collect();
        tail?.try_into().ok()
    };
    Some((of(x)?, of(y)?))
}

/// How far two styles are apart.
struct Apart {
    value: f64,
    terms: usize,
    parts: Vec<(&'static str, f64)>,
}

impl Apart {
    fn proximity(&self) -> f64 {
        (-self.value / (2.0 * self.terms.max(1) as f64).sqrt()).exp()
    }
}

/// The covariance of styles in a group, shrunk towards equal spreads [ledoit2004].
pub(super) struct Measure {
    covariance: Vec<Vec<f64>>,
    /// How much it was shrunk, 0..=1.
    pub(super) shrunk: f64,
}

impl Measure {
    pub(super) fn of(group: &[[Option<f64>; TERMS]]) -> Self {
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
        // two people alone have no group to be compared with: each part counts on its own scale
        if n < 3.0 { Self { covariance: identity(), shrunk: 1.0 } } else { Self { covariance, shrunk } }
    }

    fn distance(&self, x: &[Option<f64>; TERMS], y: &[Option<f64>; TERMS]) -> Apart {
        let known: Vec<(usize, f64)> =
            x.iter().zip(y).enumerate().filter_map(|(j, (x, y))| Some((j, (*x)? - (*y)?))).collect();
        let pick =
            |i: usize| known.iter().map(|(j, _)| crate::cells::cell(&self.covariance, i, *j)).collect();
        let table: Vec<Vec<f64>> = known.iter().map(|(i, _)| pick(*i)).collect();
        let gap: Vec<f64> = known.iter().map(|k| k.1).collect();
        let Some(lower) = factor(&table) else {
            return Apart { value: f64::NAN, terms: known.len(), parts: Vec::new() };
        };
        let value = quadratic(&lower, &gap).max(0.0).sqrt();
        // Δᵀ Σ⁻¹ Δ falls into Δ_j (Σ⁻¹ Δ)_j; by thirds of squares, so that only the factor is needed
        let alone: Vec<(&'static str, f64)> = PARTS
            .iter()
            .map(|(name, range)| {
                let kept: Vec<f64> =
                    known.iter().map(|(j, d)| if range.contains(j) { *d } else { 0.0 }).collect();
                let rest: Vec<f64> = gap.iter().zip(&kept).map(|(d, k)| d - k).collect();
                // Δ_partᵀ Σ⁻¹ Δ, from the squares of sums
                let cross = 0.5 * (value * value + quadratic(&lower, &kept) - quadratic(&lower, &rest));
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
pub(super) fn ledoit_wolf(rows: &[Vec<f64>]) -> (Vec<Vec<f64>>, f64) {
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
