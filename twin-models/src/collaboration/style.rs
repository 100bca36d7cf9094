//! A person's way of communicating as numbers.

use super::answer::{quantity, share};
use crate::cells::add;
use std::ops::Range;

/// Kinds of function words [gonzales2010].
pub const FUNCTION_WORDS: [&str; 9] = [
    "personal pronouns",
    "impersonal pronouns",
    "articles",
    "auxiliary verbs",
    "adverbs",
    "prepositions",
    "conjunctions",
    "negations",
    "quantifiers",
];
/// Ways a message may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// Chat.
    #[default]
    Chat,
    /// Mail.
    Mail,
    /// A comment on a document, task or review.
    Comment,
    /// Voice or video.
    Call,
}

/// A message, without its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleMessage {
    /// How it went.
    pub channel: Channel,
    /// Words, 0 or more.
    pub length: f64,
    /// Hours until it answered another one.
    pub latency_h: Option<f64>,
    /// Local hour, 0..=23.
    pub hour: u8,
    /// Whether it asks something.
    pub question: bool,
    /// How formal, 0..=1.
    pub formality: Option<f64>,
    /// How direct, 0..=1.
    pub directness: Option<f64>,
    /// Whether it holds an emoji.
    pub emoji: bool,
    /// Share of its words that are of each kind of [`FUNCTION_WORDS`], 0..=1.
    pub function_words: Option<[f64; 9]>,
}

impl StyleMessage {
    /// Whether its numbers can be used.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let words = self.function_words.is_none_or(|rates| rates.iter().all(|r| (0.0..=1.0).contains(r)));
        let rest = [self.formality, self.directness].iter().all(|x| x.is_none() || share(*x).is_some());
        let latency = self.latency_h.is_none() || quantity(self.latency_h, 10_000.0).is_some();
        quantity(Some(self.length), 1e6).is_some() && self.hour < 24 && words && rest && latency
    }
}

/// Numbers of a style.
pub(super) const TERMS: usize = 43;
/// What they are, and where they stand.
pub(super) const PARTS: [(&str, Range<usize>); 9] = [
    ("channels", 0..4),
    ("length", 4..5),
    ("time to answer", 5..6),
    ("hours of the day", 6..30),
    ("questions", 30..31),
    ("formality", 31..32),
    ("directness", 32..33),
    ("emoji", 33..34),
    ("function words", 34..43),
];
/// Scales on which people differ by about 1, for where no group is known. OWN.
const CHANNEL_SCALE: f64 = 4.0;
const LATENCY_SCALE: f64 = 0.7;
const HOUR_SCALE: f64 = 20.0;
const RATE_SCALE: f64 = 7.0;
/// The same of rates of function words. OWN.
pub(super) const WORD_SCALE: f64 = 50.0;

/// The sound messages of a person, ready for the styles of draws from them: nothing is copied or sorted again.
#[derive(Clone, Debug)]
pub(super) struct Messages {
    rows: Vec<Row>,
    /// Lengths and times to answer, ascending; a row holds places in them.
    lengths: Vec<f64>,
    latencies: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    channel: usize,
    hour: usize,
    length: usize,
    latency: Option<usize>,
    question: bool,
    emoji: bool,
    formality: Option<f64>,
    directness: Option<f64>,
    words: Option<[f64; 9]>,
}

/// A sum and how many it is of.
#[derive(Clone, Copy, Default)]
struct Sum(f64, f64);

impl Sum {
    fn add(&mut self, x: Option<f64>) {
        if let Some(x) = x {
            *self = Self(self.0 + x, self.1 + 1.0);
        }
    }

    fn mean(self) -> Option<f64> {
        (self.1 > 0.0).then(|| self.0 / self.1)
    }
}

impl Messages {
    pub(super) fn of(messages: &[StyleMessage]) -> Self {
        let sound: Vec<&StyleMessage> = messages.iter().filter(|m| m.is_sound()).collect();
        let sorted = |mut list: Vec<f64>| {
            list.sort_by(f64::total_cmp);
            list
        };
        let lengths = sorted(sound.iter().map(|m| m.length).collect());
        let latencies = sorted(sound.iter().filter_map(|m| m.latency_h).collect());
        let place = |list: &[f64], x: f64| list.partition_point(|y| y.total_cmp(&x).is_lt());
        let row = |m: &&StyleMessage| Row {
            channel: m.channel as usize,
            hour: usize::from(m.hour),
            length: place(&lengths, m.length),
            latency: m.latency_h.map(|h| place(&latencies, h)),
            question: m.question,
            emoji: m.emoji,
            formality: m.formality,
            directness: m.directness,
            words: m.function_words,
        };
        let rows = sound.iter().map(row).collect();
        Self { rows, lengths, latencies }
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The style of all of them.
    pub(super) fn style(&self) -> [Option<f64>; TERMS] {
        self.style_of(0..self.rows.len())
    }

    /// The style of some of them, by their places; what is not known is absent.
    pub(super) fn style_of(&self, chosen: impl Iterator<Item = usize>) -> [Option<f64>; TERMS] {
        let (mut n, mut channels, mut hours) = (0.0, [0.0; 4], [0.0; 24]);
        let (mut questions, mut emoji) = (0.0, 0.0);
        let (mut formality, mut directness) = (Sum::default(), Sum::default());
        let (mut words, mut worded) = ([0.0; 9], 0.0);
        let (mut lengths, mut latencies) = (vec![0; self.lengths.len()], vec![0; self.latencies.len()]);
        for row in chosen.filter_map(|i| self.rows.get(i)) {
            n += 1.0;
            add(&mut channels, row.channel, 1.0);
            add(&mut hours, row.hour, 1.0);
            count(&mut lengths, row.length);
            if let Some(place) = row.latency {
                count(&mut latencies, place);
            }
            questions += f64::from(u8::from(row.question));
            emoji += f64::from(u8::from(row.emoji));
            formality.add(row.formality);
            directness.add(row.directness);
            if let Some(rates) = &row.words {
                worded += 1.0;
                words.iter_mut().zip(rates).for_each(|(sum, rate)| *sum += rate);
            }
        }
        let n = f64::max(n, 1.0);
        let length = middle(&lengths, &self.lengths).map(f64::ln_1p);
        let latency = middle(&latencies, &self.latencies).map(|h| LATENCY_SCALE * (h + 0.02).ln());
        let scaled = |x: Option<f64>| x.map(|x| RATE_SCALE * x);
        let rest = [
            Some(RATE_SCALE * (questions / n)),
            scaled(formality.mean()),
            scaled(directness.mean()),
            Some(RATE_SCALE * (emoji / n)),
        ];
        let mut vector = [None; TERMS];
        let all = channels.map(|c| Some(CHANNEL_SCALE * (c / n))).into_iter();
        let all = all.chain([length, latency]).chain(hours.map(|c| Some(HOUR_SCALE * (c / n)))).chain(rest);
        let all = all.chain(words.map(|sum| Sum(sum, worded).mean().map(|r| WORD_SCALE * r)));
        for (slot, value) in vector.iter_mut().zip(all) {
            *slot = value;
        }
        vector
    }
}

fn count(counts: &mut [u32], place: usize) {
    if let Some(n) = counts.get_mut(place) {
        *n += 1;
    }
}

/// The median of values that come so many times, ascending.
fn middle(counts: &[u32], values: &[f64]) -> Option<f64> {
    let all: u32 = counts.iter().sum();
    let low = all.checked_sub(1)? / 2;
    let mut before = 0;
    let mut each = counts.iter().zip(values).filter(|(n, _)| **n > 0);
    let (_, at) = each.find(|(n, _)| {
        before += **n;
        before > low
    })?;
    // Between two different ones in the middle of an even number.
    if all.is_multiple_of(2) && before == low + 1 {
        let next = each.next().map_or(*at, |(_, next)| *next);
        return Some(at + 0.5 * (next - at));
    }
    Some(*at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_place() {
        assert_eq!(PARTS.iter().map(|p| p.1.len()).sum::<usize>(), TERMS);
        assert!(PARTS.windows(2).all(|p| p[0].1.end == p[1].1.start));
        let one =
            StyleMessage { hour: 5, emoji: true, function_words: Some([0.1; 9]), ..StyleMessage::default() };
        let vector = Messages::of(std::slice::from_ref(&one)).style();
        assert_eq!(
            (vector[0], vector[6 + 5], vector[33]),
            (Some(CHANNEL_SCALE), Some(HOUR_SCALE), Some(RATE_SCALE))
        );
        assert_eq!((vector[5], vector[31], vector[42]), (None, None, Some(5.0)));
        assert!(Messages::of(&[]).style().iter().skip(34).all(Option::is_none));
        assert!(one.is_sound() && !StyleMessage { hour: 24, ..one }.is_sound());
    }

    #[test]
    fn the_style_of_a_draw_is_the_style_of_its_messages() {
        let mut noise = crate::noise::Noise::of(5, [0, 0, 0]);
        let all: Vec<StyleMessage> = (0..40)
            .map(|i| StyleMessage {
                channel: if noise.unit() < 0.3 { Channel::Mail } else { Channel::Chat },
                // many of the same length, some of no known time to answer
                length: f64::from(i % 7),
                latency_h: (i % 3 > 0).then(|| noise.unit()),
                hour: (24.0 * noise.unit()) as u8,
                question: noise.unit() < 0.5,
                formality: (i % 4 == 0).then(|| noise.unit()),
                function_words: (i % 5 > 0).then(|| [0.1; 9].map(|r| r * noise.unit())),
                ..StyleMessage::default()
            })
            .collect();
        let messages = Messages::of(&all);
        for size in 1..30 {
            let chosen: Vec<usize> = (0..size).map(|_| noise.below(all.len())).collect();
            let drawn: Vec<StyleMessage> = chosen.iter().map(|i| all[*i].clone()).collect();
            let style = messages.style_of(chosen.into_iter());
            assert_eq!(style, Messages::of(&drawn).style());
            let mut lengths: Vec<f64> = drawn.iter().map(|m| m.length).collect();
            assert_eq!(style[4], crate::stats::median(&mut lengths).map(f64::ln_1p));
            let mut latencies: Vec<f64> = drawn.iter().filter_map(|m| m.latency_h).collect();
            let latency = crate::stats::median(&mut latencies);
            assert_eq!(style[5], latency.map(|h| LATENCY_SCALE * (h + 0.02).ln()));
            let rates: Vec<f64> = drawn.iter().filter_map(|m| Some(m.function_words?[3])).collect();
            assert_eq!(style[37], crate::stats::mean(&rates).map(|r| WORD_SCALE * r));
        }
    }
}
