//! A task of a tracker, and what may happen to it.

use super::facts::{Facts, When, revision};
use twin_core::event::{
    HandedOff, TaskAbout, TaskCompleted, TaskDelayed, TaskPlanned, TaskReopened, TaskStarted,
};
use twin_core::{Result, Timestamp};

/// A task as a tracker tells it.
pub(super) struct Task {
    /// The tracker's id: `owner/repo#7`, `KEY-7`.
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) due: Option<Timestamp>,
    pub(super) about: TaskAbout,
    /// When it last changed: the revision of what is told of it.
    pub(super) changed: Option<Timestamp>,
}

impl Task {
    /// It is to be done, or what is known of it changed.
    pub(super) fn planned(&self, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
        let body = TaskPlanned {
            title: self.title.clone(),
            due: self.due,
            about: Some(self.about.clone()),
            ..TaskPlanned::of(&self.id)
        };
        facts.fact(When::at(at), &self.plan(), revision(self.changed), body)
    }

    /// The record of its plan.
    pub(super) fn plan(&self) -> String {
        format!("plan/{}", self.id)
    }

    /// Work on it began.
    pub(super) fn started(&self, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
        let body = TaskStarted {
            title: self.title.clone(),
            due: self.due,
            estimate_s: self.about.estimate_s,
            about: Some(self.about.clone()),
            ..TaskStarted::of(&self.id)
        };
        facts.fact(When::at(at), &self.record("started", at), revision(self.changed), body)
    }

    /// It was finished, in so many seconds of work where that is known.
    pub(super) fn completed(
        &self,
        at: Timestamp,
        duration_s: Option<f64>,
        with: Vec<String>,
        facts: &mut Facts<'_>,
    ) -> Result<()> {
        let body = TaskCompleted {
            title: self.title.clone(),
            duration_s,
            with,
            about: Some(self.about.clone()),
            ..TaskCompleted::of(&self.id)
        };
        facts.fact(When::at(at), &self.record("done", at), revision(self.changed), body)
    }

    /// It came back.
    pub(super) fn reopened(&self, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
        let body = TaskReopened { task: self.id.clone(), reason: None };
        facts.fact(When::at(at), &self.record("reopened", at), revision(self.changed), body)
    }

    /// It was put off to its date of now.
    pub(super) fn delayed(&self, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
        let body = TaskDelayed { task: self.id.clone(), due: self.due, reason: None };
        facts.fact(When::at(at), &self.record("delayed", at), revision(self.changed), body)
    }

    /// It went from one to another.
    pub(super) fn handed(
        &self,
        at: Timestamp,
        (from, to): (Option<String>, Option<String>),
        facts: &mut Facts<'_>,
    ) -> Result<()> {
        let record = format!("{}/{}", self.record("hand", at), to.as_deref().unwrap_or_default());
        let (ready_at, returned, rework_s) = Default::default();
        let body = HandedOff { task: self.id.clone(), from, to, ready_at, returned, rework_s };
        facts.fact(When::at(at), &record, revision(self.changed), body)
    }

    fn record(&self, what: &str, at: Timestamp) -> String {
        format!("{what}/{}/{}", self.id, at.secs())
    }
}

/// Words of trackers for kinds of work, and ours.
const KINDS: &[(&str, &[&str])] = &[
    ("bug", &["bug", "defect", "fix", "regression", "crash"]),
    ("feature", &["feature", "enhancement", "improvement", "story", "user story", "new feature"]),
    ("documentation", &["documentation", "docs", "doc"]),
    ("support", &["support", "question", "help wanted", "service request"]),
    ("test", &["test", "tests", "testing", "qa"]),
    ("maintenance", &["maintenance", "chore", "refactor", "refactoring", "dependencies", "tech debt"]),
    ("incident", &["incident", "outage"]),
    ("research", &["research", "spike", "investigation"]),
];

/// The part of a label that says something: `kind/bug`, `type: bug` and `Bug` are one.
fn bare(label: &str) -> (String, String) {
    let lower = label.trim().to_lowercase();
    match lower.split_once([':', '/']) {
        Some((scope, word)) => {
            (scope.trim_matches([' ', ':']).to_owned(), word.trim_matches([' ', ':']).to_owned())
        }
        None => (String::new(), lower),
    }
}

/// The kind of work that the first telling label means.
pub(super) fn kind_of<'a>(labels: impl IntoIterator<Item = &'a str>) -> Option<String> {
    labels.into_iter().find_map(|label| {
        let (_, word) = bare(label);
        KINDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| (*kind).to_owned())
    })
}

/// The kind of a tracker's own type: ours where we have the word, else its word.
pub(super) fn kind_of_type(name: &str) -> String {
    kind_of([name]).unwrap_or_else(|| name.trim().to_lowercase())
}

/// The priority that a label states: `priority: high`, `P1`.
pub(super) fn priority_of<'a>(labels: impl IntoIterator<Item = &'a str>) -> Option<String> {
    labels.into_iter().find_map(|label| {
        let (scope, word) = bare(label);
        let numbered = word
            .strip_prefix('p')
            .is_some_and(|n| n.len() == 1 && n.as_bytes().iter().all(u8::is_ascii_digit));
        (numbered || matches!(scope.as_str(), "priority" | "prio" | "severity")).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_kind_and_priority() {
        assert_eq!(kind_of(["good first issue", "Kind/Bug"]).as_deref(), Some("bug"));
        assert_eq!(kind_of(["type: enhancement"]).as_deref(), Some("feature"));
        assert_eq!(kind_of(["type::maintenance"]).as_deref(), Some("maintenance"));
        assert_eq!(kind_of(["api", ""]), None);
        assert_eq!(kind_of_type("Epic"), "epic");
        assert_eq!(priority_of(["bug", "Priority: High"]).as_deref(), Some("high"));
        assert_eq!(priority_of(["p1"]).as_deref(), Some("p1"));
        assert_eq!(priority_of(["people"]), None);
    }
}
