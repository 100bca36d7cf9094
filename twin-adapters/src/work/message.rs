//! A message: who wrote to whom, where and how long. Its text is counted and searched for names of people, and
//! then forgotten.

use super::facts::{Facts, When, revision};
use twin_core::event::MessageSent;
use twin_core::{Result, Timestamp};

/// A message as a service tells it.
pub(super) struct Message<'a> {
    /// The record's id within the source, without its prefix.
    pub(super) id: String,
    pub(super) from: Option<String>,
    pub(super) to: Vec<String>,
    /// Where: `mail`, `chat`, `issue`, `review` …
    pub(super) channel: &'a str,
    pub(super) thread: Option<String>,
    pub(super) reply: Option<bool>,
    pub(super) latency_s: Option<f64>,
    pub(super) length: Option<u32>,
    pub(super) changed: Option<Timestamp>,
}

impl Message<'_> {
    pub(super) fn sent(self, at: Timestamp, facts: &mut Facts<'_>) -> Result<()> {
        let (question, emoji, style) = Default::default();
        // The person is absent from the facts: what names them is to them, and to nobody in particular beside them.
        let is_me = |name: &String| facts.is_me([name.as_str()]);
        let to = match &self.from {
            Some(_) if self.to.iter().any(is_me) => Vec::new(),
            _ => self.to.into_iter().filter(|name| !is_me(name)).collect(),
        };
        let body = MessageSent {
            from: self.from,
            to,
            channel: self.channel.to_owned(),
            thread: self.thread,
            reply: self.reply,
            latency_s: self.latency_s,
            length: self.length,
            question,
            emoji,
            style,
        };
        facts.fact(When::at(at), &record(&self.id), revision(self.changed), body)
    }
}

/// The record of a message.
pub(super) fn record(id: &str) -> String {
    format!("message/{id}")
}

/// Characters of a text.
pub(super) fn length(text: Option<&str>) -> Option<u32> {
    text.map(|t| u32::try_from(t.chars().count()).unwrap_or(u32::MAX))
}

/// Names after an `@`, as code hosts and trackers write them; an address is no such name.
pub(super) fn mentions(text: Option<&str>) -> Vec<&str> {
    let text = text.unwrap_or_default();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let within = text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(|c| part(c) || c == '/');
        let rest = text.get(at + 1..).unwrap_or_default();
        let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-']);
        if !within && !name.is_empty() && name.len() <= 64 && !found.contains(&name) {
            found.push(name);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Names in brackets with marks before and after: `<@U123>` of Slack, `[~name]` of Jira.
pub(super) fn bracketed<'a>(text: Option<&'a str>, open: &str, close: char) -> Vec<&'a str> {
    let text = text.unwrap_or_default();
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices(open) {
        let rest = text.get(at + open.len()..).unwrap_or_default();
        let Some(end) = rest.find(close) else { continue };
        let name = rest.get(..end).unwrap_or_default();
        let name = name.split('|').next().unwrap_or_default().trim_start_matches("accountid:").trim();
        if !name.is_empty() && name.len() <= 128 && !found.contains(&name) {
            found.push(name);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Most people kept of one message.
const MOST: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_addresses_are_not() {
        assert_eq!(mentions(Some("@ann, see b@c.org and @bo-b. @ann!")), ["ann", "bo-b"]);
        assert_eq!(mentions(Some("@@ @")), Vec::<&str>::new());
        assert_eq!(bracketed(Some("hi <@U1> <@U2|bob> <#C1>"), "<@", '>'), ["U1", "U2"]);
        assert_eq!(bracketed(Some("[~ann] [~accountid:55:a] [~"), "[~", ']'), ["ann", "55:a"]);
        assert_eq!(length(Some("né")), Some(2));
    }
}
