//! Headers of e-mail (RFC 5322), of one message or a mailbox (mbox): who wrote to whom and when. Bodies are passed
//! over unread, subjects and names too.

mod address;
mod date;

use super::facts::{Facts, UNKNOWN};
use super::message::Message;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use twin_core::{Error, Result, Timestamp};

/// Most bytes of one line; a longer one is taken in pieces.
const MAX_LINE: u64 = 64 << 10;
/// Most bytes of one message's headers that are kept.
const MAX_HEADERS: usize = 1 << 20;
/// Most messages that answers are looked for among.
const MAX_KNOWN: usize = 200_000;

/// Do these first bytes begin a message or a mailbox? Its first lines are headers, and say from whom and when.
pub(super) fn matches(head: &str) -> bool {
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default();
    if first.starts_with("From ") {
        first = lines.next().unwrap_or_default();
    }
    let (mut from, mut date) = (false, false);
    for line in std::iter::once(first).chain(lines) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        from |= name.eq_ignore_ascii_case("from");
        date |= name.eq_ignore_ascii_case("date");
    }
    from && date
}

/// The headers of a message that are looked at.
#[derive(Default)]
struct Headers {
    fields: Vec<(String, String)>,
    bytes: usize,
}

impl Headers {
    fn line(&mut self, line: &str) {
        self.bytes += line.len();
        if self.bytes > MAX_HEADERS {
            return;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            return;
        }
        let Some((name, value)) = line.split_once(':') else { return };
        self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }

    /// All fields of a name, one after the other.
    fn get(&self, name: &str) -> Option<String> {
        let found: Vec<&str> =
            self.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
        Some(found.join(", ")).filter(|v| !v.is_empty())
    }
}

/// Where in the mailbox the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Headers,
    Body,
}

/// Reads the headers of every message.
pub(super) fn read(input: &mut dyn BufRead, facts: &mut Facts<'_>) -> Result<()> {
    let mut known = BTreeMap::new();
    let (mut headers, mut part) = (Headers::default(), Part::Headers);
    let (mut line, mut passed, mut number) = (Vec::new(), 0_u64, 0_u64);
    let (mut mailbox, mut after_blank, mut at_start) = (false, true, true);
    loop {
        line.clear();
        let n = (&mut *input).take(MAX_LINE).read_until(b'\n', &mut line);
        match n.map_err(|e| Error::malformed("mail", e))? {
            0 => break,
            n => passed += n as u64,
        }
        number += 1;
        if number.is_multiple_of(4096) {
            facts.out.progress(passed)?;
        }
        let begins = std::mem::replace(&mut at_start, line.ends_with(b"\n"));
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if begins && after_blank && text.starts_with("From ") && (number == 1 || mailbox) {
            mailbox = true;
            if number > 1 && part == Part::Body {
                message(&std::mem::take(&mut headers), &mut known, facts)?;
            }
            (headers, part) = (Headers::default(), Part::Headers);
        } else if part == Part::Headers && text.is_empty() && begins {
            part = Part::Body;
        } else if part == Part::Headers {
            headers.line(text);
        }
        after_blank = begins && text.is_empty();
    }
    if headers.fields.is_empty() { Ok(()) } else { message(&headers, &mut known, facts) }
}

/// One message. `known` holds when the messages before it were sent.
fn message(headers: &Headers, known: &mut BTreeMap<String, Timestamp>, facts: &mut Facts<'_>) -> Result<()> {
    let Some(at) = headers.get("date").and_then(|d| date::read(&d)) else {
        facts.refuse("bad_time", "message", "a message without a date that can be read");
        return Ok(());
    };
    let all = |name: &str| headers.get(name).map(|v| address::read(&v)).unwrap_or_default();
    let from = all("from").into_iter().next().or_else(|| all("sender").into_iter().next());
    let to: Vec<String> = ["to", "cc", "bcc"].into_iter().flat_map(all).collect();
    let own = headers.get("message-id").and_then(|v| ids(&v).into_iter().next());
    let answered = headers.get("in-reply-to").and_then(|v| ids(&v).into_iter().next());
    let root = headers.get("references").and_then(|v| ids(&v).into_iter().next());
    let parent = answered.as_ref().and_then(|id| known.get(id)).copied();
    if let Some(own) = &own
        && known.len() < MAX_KNOWN
    {
        known.insert(own.clone(), at);
    }
    let sender = from.as_deref().unwrap_or(UNKNOWN);
    let message = Message {
        id: own.clone().unwrap_or_else(|| format!("{}/{sender}", at.micros())),
        from: facts.who(&[from.as_deref()]),
        to: facts.people(to.iter().map(String::as_str)),
        channel: "mail",
        reply: Some(answered.is_some()),
        latency_s: parent.map(|p| at.secs_since(p)).filter(|s| *s >= 0.0),
        thread: root.or(answered).or(own),
        length: None,
        changed: None,
    };
    message.sent(at, facts)
}

/// Message ids: what stands between `<` and `>`.
fn ids(text: &str) -> Vec<String> {
    text.split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>').map(|(id, _)| id.trim().to_owned()))
        .filter(|id| !id.is_empty() && id.len() <= 1000)
        .collect()
}
