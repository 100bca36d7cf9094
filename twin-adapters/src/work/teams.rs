//! Microsoft Teams, through Graph: notices that something changed, and messages as its API gives them.

use super::facts::Facts;
use super::json::{id, list, text};
use super::message::Message;
use serde_json::Value;
use twin_core::Result;

/// Reads notices; gives their kind. They hold ids only: what they are about has to be fetched. Of rich ones, whose
/// content is encrypted for the host and whose tokens only keys of Microsoft's can prove, no more is read.
pub(super) fn notified(v: &Value, facts: &mut Facts<'_>) -> String {
    let mut kind = String::from("notification");
    if !list(v, "/validationTokens").is_empty() {
        facts.ignore("validation_tokens", "the tokens of rich notifications are not checked here");
    }
    for notice in list(v, "/value") {
        let change =
            text(notice, "/changeType").or_else(|| text(notice, "/lifecycleEvent")).unwrap_or("changed");
        let what = text(notice, "/resourceData/@odata.type").unwrap_or("resource");
        let what = what.rsplit('.').next().unwrap_or("resource");
        kind = format!("{what}.{change}");
        let why = match notice.pointer("/encryptedContent") {
            Some(_) => "its content is encrypted for the host and not read; fetch what changed and read that",
            None => "a notice that something changed; fetch it and read that",
        };
        facts.ignore(&kind, why);
    }
    kind
}

/// Messages of chats and channels: one, or a list under `value`.
pub(super) fn messages(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let one = Some(v).filter(|v| v.pointer("/createdDateTime").is_some());
    for m in list(v, "/value").iter().chain(one) {
        message(m, facts)?;
    }
    Ok(())
}

fn message(m: &Value, facts: &mut Facts<'_>) -> Result<()> {
    let kind = text(m, "/messageType").unwrap_or("message").to_owned();
    if kind != "message" {
        facts.ignore(&kind, "Teams wrote it by itself");
        return Ok(());
    }
    let (Some(number), Some(at)) = (id(m, "/id"), facts.time(m, "/createdDateTime")) else {
        facts.refuse("bad_record", "message", "a message without an id or a time that can be read");
        return Ok(());
    };
    let place = text(m, "/chatId").or_else(|| text(m, "/channelIdentity/channelId")).unwrap_or("chat");
    let parent = text(m, "/replyToId");
    let own = format!("{place}/{number}");
    let changed = facts.first_time(m, &["/lastModifiedDateTime", "/createdDateTime"]);
    if let Some(gone) = facts.time(m, "/deletedDateTime") {
        let revision = super::facts::revision(Some(gone.max(changed.unwrap_or(gone)))).saturating_add(1);
        return facts.delete(gone, &super::message::record(&own), revision);
    }
    let mentioned = list(m, "/mentions").iter().filter_map(|n| text(n, "/mentioned/user/id"));
    let message = Message {
        from: facts.who(&[
            text(m, "/from/user/id"),
            text(m, "/from/user/userPrincipalName"),
            text(m, "/from/application/id"),
        ]),
        to: facts.people(mentioned),
        channel: "chat",
        thread: Some(parent.map_or_else(|| own.clone(), |p| format!("{place}/{p}"))),
        reply: Some(parent.is_some()),
        latency_s: None,
        length: text(m, "/body/content").map(shown),
        changed,
        id: own,
    };
    message.sent(at, facts)
}

/// Characters of a text in HTML that are shown, roughly: those outside of tags.
fn shown(html: &str) -> u32 {
    let (mut within, mut count) = (false, 0_u32);
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' if within => within = false,
            _ if !within => count = count.saturating_add(1),
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_not_counted() {
        assert_eq!(super::shown("<p>one <b>two</b></p>"), 7);
        assert_eq!(super::shown("plain"), 5);
    }
}
