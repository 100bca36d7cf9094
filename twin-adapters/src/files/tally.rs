//! What was refused and what was odd, counted by reason: an export can hold millions of records.

use std::collections::BTreeMap;
use twin_core::observation::{Refusal, Sink, Warning};

/// Most different (reason, subject) pairs; more are counted under `other`.
const MAX_SUBJECTS: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Tally {
    refused: BTreeMap<(&'static str, String), (u64, &'static str)>,
    odd: BTreeMap<&'static str, (u64, &'static str)>,
}

impl Tally {
    /// One more of this kind was refused. `message` holds for all of the kind.
    pub(super) fn refuse(&mut self, code: &'static str, subject: &str, message: &'static str) {
        let subject: String = subject.chars().take(80).collect();
        let room = self.refused.len() < MAX_SUBJECTS;
        let key = (code, subject);
        let key = if room || self.refused.contains_key(&key) { key } else { (code, "other".to_owned()) };
        self.refused.entry(key).or_insert((0, message)).0 += 1;
    }

    #[cfg(any(feature = "apple-health", feature = "gpx", feature = "tcx"))]
    /// One more thing was odd.
    pub(super) fn warn(&mut self, code: &'static str, message: &'static str) {
        self.odd.entry(code).or_insert((0, message)).0 += 1;
    }

    /// Hands over the counts, ordered.
    pub(super) fn report(&mut self, sink: &mut dyn Sink) {
        for ((code, subject), (count, message)) in std::mem::take(&mut self.refused) {
            sink.refuse(Refusal::new(code, subject, message).times(count));
        }
        for (code, (count, message)) in std::mem::take(&mut self.odd) {
            sink.warn(Warning::new(code, format!("{count} times: {message}")));
        }
    }
}
