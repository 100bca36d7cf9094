//! Working together. No event holds what was said, only who, when and how; people are named by the ids of the tool
//! or the host, and one who is absent is the person of the twin.

use crate::time::Timestamp;
use twin_macros::payload;

/// A message was sent. Its text is not kept.
#[payload]
pub struct MessageSent {
    /// Who wrote it.
    pub from: Option<String>,
    /// To whom, where that is known; a channel's readers are not.
    pub to: Vec<String>,
    /// Where: `mail`, `chat`, `issue`, `review` …
    pub channel: String,
    /// The conversation.
    pub thread: Option<String>,
    /// It answers another message.
    pub reply: Option<bool>,
    /// Time since the message it answers, seconds, ≥ 0.
    pub latency_s: Option<f64>,
    /// Characters.
    pub length: Option<u32>,
    /// It asks something.
    pub question: Option<bool>,
    /// Emoji in it.
    pub emoji: Option<u32>,
    /// How it is written; only where reading the text was granted, and made on the device.
    pub style: Option<MessageStyle>,
}

/// How a message is written, as rates 0..=1 of its words.
#[payload]
#[derive(Default)]
pub struct MessageStyle {
    /// Words.
    pub words: u32,
    /// Personal pronouns.
    pub personal_pronouns: f64,
    /// Impersonal pronouns.
    pub impersonal_pronouns: f64,
    /// Articles.
    pub articles: f64,
    /// Auxiliary verbs.
    pub auxiliary_verbs: f64,
    /// Adverbs.
    pub adverbs: f64,
    /// Prepositions.
    pub prepositions: f64,
    /// Conjunctions.
    pub conjunctions: f64,
    /// Negations.
    pub negations: f64,
    /// Quantifiers.
    pub quantifiers: f64,
    /// How formal, 0..=1.
    pub formality: Option<f64>,
    /// How direct, 0..=1.
    pub directness: Option<f64>,
    /// Affect, -1 (bad) to 1 (good).
    pub affect: Option<f64>,
}

/// Somebody told somebody how their work is.
#[payload]
pub struct FeedbackGiven {
    /// Who.
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// What kind.
    pub kind: FeedbackKind,
    /// Which skill it is about.
    pub skill: Option<String>,
    /// Which task it is about.
    pub task: Option<String>,
    /// How good the work is, 0..=1.
    pub rating: Option<f64>,
}

/// A kind of feedback.
#[payload]
pub enum FeedbackKind {
    /// Praise, thanks.
    Praise,
    /// What could be better.
    Suggestion,
    /// A worry.
    Concern,
    /// A conflict about the work.
    TaskConflict,
    /// A conflict between people.
    RelationshipConflict,
}

/// Somebody helped somebody to learn.
#[payload]
pub struct MentoringSession {
    /// Who taught.
    pub mentor: Option<String>,
    /// Who learnt.
    pub mentee: Option<String>,
    /// What.
    pub skill: Option<String>,
    /// How long, seconds, ≥ 0.
    pub duration_s: Option<f64>,
    /// How much it helped, 0..=1.
    pub rating: Option<f64>,
}

/// Work went from one to another. `at` is when it was taken up.
#[payload]
pub struct HandedOff {
    /// What.
    pub task: String,
    /// From whom.
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// Since when it was ready to be taken.
    pub ready_at: Option<Timestamp>,
    /// It was given back within a week.
    pub returned: Option<bool>,
    /// Work that had to be done again for it, seconds, ≥ 0.
    pub rework_s: Option<f64>,
}

/// Somebody's work was reviewed.
#[payload]
pub struct ReviewDone {
    /// What was reviewed.
    pub item: String,
    /// Whose work.
    pub author: Option<String>,
    /// Who reviewed.
    pub reviewer: Option<String>,
    /// What came of it.
    pub outcome: ReviewOutcome,
    /// Time it waited for the review, seconds, ≥ 0.
    pub waited_s: Option<f64>,
    /// Comments.
    pub comments: Option<u32>,
    /// Skills the work took.
    pub skills: Vec<String>,
}

/// What came of a review.
#[payload]
pub enum ReviewOutcome {
    /// It may go on.
    Approved,
    /// Something has to change.
    ChangesRequested,
    /// Only remarks.
    Commented,
    /// It was turned down.
    Rejected,
}

/// Somebody came into the team or left it.
#[payload]
pub struct TeamChanged {
    /// Who; absent: the person of the twin.
    pub person: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Came (or left).
    pub joined: bool,
}
