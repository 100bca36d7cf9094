//! Chats and mail: who wrote to whom, never what.

use super::{MAILBOX, file, ignored, json_file, only, told};
use serde_json::json;
use twin_adapters::work::{Format, Service};
use twin_core::event::{EventBody, MessageSent};

#[test]
fn a_message_of_slack_is_its_circumstances() {
    let message = json!({"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "user": "U2",
        "channel": "C1", "ts": "1772440000.000100", "thread_ts": "1772430000.000200", "parent_user_id": "ann",
        "text": "secret <@U3> words"}});
    let seen = told(Service::Slack, "", &message);
    let sent = only!(seen, MessageSent);
    assert_eq!(
        (sent.from.as_deref(), sent.to.as_slice()),
        (Some("U2"), &[][..]),
        "it answers the person: who else it names is left out"
    );
    assert_eq!((sent.channel.as_str(), sent.thread.as_deref()), ("chat", Some("C1/1772430000.000200")));
    assert_eq!((sent.reply, sent.length), (Some(true), Some(18)));
    assert!(!format!("{:?}", seen.facts).contains("secret"));
    let changed = json!({"type": "event_callback", "event": {"type": "message", "subtype": "message_changed",
        "channel": "C1", "ts": "1772440100.000100", "message": {"user": "U2", "ts": "1772440000.000100", "text": "x",
            "edited": {"ts": "1772440099.000000"}}}});
    let edited = told(Service::Slack, "", &changed);
    assert_eq!(edited.facts[0].record, seen.facts[0].record);
    assert!(edited.facts[0].revision > seen.facts[0].revision);
}

#[test]
fn notices_of_graph_are_told_and_messages_of_teams_are_read() {
    let notice = json!({"value": [{"clientState": "It's a Secret to Everybody", "changeType": "created",
        "resourceData": {"@odata.type": "#Microsoft.Graph.chatMessage", "id": "1"}}]});
    assert_eq!(
        ignored(&told(Service::MicrosoftGraph, "", &notice)),
        ["a notice that something changed; fetch it and read that"]
    );
    let messages = json!({"value": [{"id": "5", "messageType": "message", "replyToId": "4", "chatId": "c",
        "createdDateTime": "2026-03-02T09:00:00.5Z", "from": {"user": {"id": "u1"}},
        "body": {"contentType": "html", "content": "<p>four</p>"}, "mentions": [{"mentioned": {"user": {"id": "u2"}}}]}]});
    let sent = only!(json_file(Format::TeamsMessages, &messages), MessageSent);
    assert_eq!(
        (sent.length, sent.thread.as_deref(), sent.to.as_slice()),
        (Some(4), Some("c/4"), &["u2".to_owned()][..])
    );
}

#[test]
fn headers_of_mail_tell_who_wrote_to_whom() {
    let seen = file(Format::Mail, MAILBOX);
    let messages: Vec<&MessageSent> = seen
        .facts
        .iter()
        .map(|f| match &f.body {
            EventBody::MessageSent(m) => &**m,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(messages.len(), 2);
    assert_eq!((messages[0].from.as_deref(), messages[0].reply), (None, Some(false)));
    assert_eq!(messages[0].to, ["bob@example.org", "cat@example.org"]);
    assert_eq!(messages[1].from.as_deref(), Some("bob@example.org"));
    assert_eq!((messages[1].latency_s, messages[1].thread.as_deref()), (Some(5400.0), Some("a@x")));
    assert!(!format!("{:?}", seen.facts).contains("SECRET"), "neither subject nor body");
    let one = file(
        Format::Mail,
        "Date: 2 Mar 2026 10:00 +0000\nFrom: a@b.org\n\nFrom me\n\nFrom x\nFrom: c@d.org\n",
    );
    assert_eq!(one.facts.len(), 1, "what follows the headers of one message is its body");
}
