//! A person's way of communicating as numbers.

use super::answer::{quantity, share};
use crate::stats::{mean, median};
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

/// A style from sound messages; what is not known is absent.
pub(super) fn style_vector(messages: &[StyleMessage]) -> [Option<f64>; TERMS] {
    let n = messages.len().max(1) as f64;
    let rate = |is: &dyn Fn(&StyleMessage) -> bool| messages.iter().filter(|m| is(m)).count() as f64 / n;
    let of = |get: &dyn Fn(&StyleMessage) -> Option<f64>| messages.iter().filter_map(get).collect::<Vec<_>>();
    let channels = [Channel::Chat, Channel::Mail, Channel::Comment, Channel::Call]
        .map(|channel| Some(CHANNEL_SCALE * rate(&|m| m.channel == channel)));
    let length = median(&mut of(&|m| Some(m.length))).map(f64::ln_1p);
    let latency = median(&mut of(&|m| m.latency_h)).map(|h| LATENCY_SCALE * (h + 0.02).ln());
    let hours = (0..24_u8).map(|hour| Some(HOUR_SCALE * rate(&|m| m.hour == hour)));
    let scaled = |x: Option<f64>| x.map(|x| RATE_SCALE * x);
    let words = (0..9).map(|k| {
        let rates = of(&|m| m.function_words.and_then(|rates| rates.get(k).copied()));
        mean(&rates).map(|r| WORD_SCALE * r)
    });
    let rest = [
        Some(RATE_SCALE * rate(&|m| m.question)),
        scaled(mean(&of(&|m| m.formality))),
        scaled(mean(&of(&|m| m.directness))),
        Some(RATE_SCALE * rate(&|m| m.emoji)),
    ];
    let mut vector = [None; TERMS];
    let all = channels.into_iter().chain([length, latency]).chain(hours).chain(rest).chain(words);
    for (slot, value) in vector.iter_mut().zip(all) {
        *slot = value;
    }
    vector
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
        let vector = style_vector(std::slice::from_ref(&one));
        assert_eq!(
            (vector[0], vector[6 + 5], vector[33]),
            (Some(CHANNEL_SCALE), Some(HOUR_SCALE), Some(RATE_SCALE))
        );
        assert_eq!((vector[5], vector[31], vector[42]), (None, None, Some(5.0)));
        assert!(style_vector(&[]).iter().skip(34).all(Option::is_none));
        assert!(one.is_sound() && !StyleMessage { hour: 24, ..one }.is_sound());
    }
}
