//! Who may deliver, and what becomes of recorded deliveries.
#![cfg(feature = "work")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[expect(unreachable_pub, reason = "shared with an example")]
mod webhook_samples;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use proptest::prelude::*;
use sha2::Sha256;
use twin_adapters::work::{Delivery, Reply, Service, Verified, WorkOptions, receive, verify};
use twin_core::Timestamp;
use twin_core::observation::Collected;
use webhook_samples::{SECRET, corpus, deliver, hex_mac, now, shown, signed, table};

type Headers = Vec<(String, String)>;

fn code(service: Service, headers: &Headers, body: &[u8], secret: &[u8]) -> &'static str {
    match verify(service, headers, body, secret, now()) {
        Ok(Verified::Signature) => "signature",
        Ok(Verified::Token) => "token",
        Err(refused) => refused.code,
    }
}

fn sent(
    service: Service,
    headers: &Headers,
    query: &[(String, String)],
    body: &[u8],
    secret: &[u8],
) -> Reply {
    let mut seen = Collected::default();
    let delivery = Delivery { query, ..Delivery::new(service, headers, body) };
    receive(&delivery, secret, &WorkOptions::default(), now(), &mut seen).unwrap()
}

const BODY: &[u8] = br#"{"events": [], "event": "meeting.started", "type": "event_callback"}"#;
const SIGNED: [Service; 5] = [Service::GitHub, Service::Jira, Service::Asana, Service::Slack, Service::Zoom];

// --- signatures ------------------------------------------------------------------------------------

#[test]
fn every_signature_is_right_wrong_missing_or_cut() {
    for service in SIGNED {
        let headers = signed(service, "issues", BODY, now());
        let word = service.as_str();
        assert_eq!(code(service, &headers, BODY, SECRET), "signature", "{word}");
        assert_eq!(code(service, &headers, b"{}", SECRET), "signature_wrong", "{word}: another body");
        assert_eq!(code(service, &headers, BODY, b"another"), "signature_wrong", "{word}: another secret");
        assert_eq!(code(service, &headers, BODY, b""), "secret_missing", "{word}: no secret");
        assert_eq!(code(service, &Vec::new(), BODY, SECRET), "signature_missing", "{word}: no header");
        let changed = |f: &dyn Fn(&str) -> String| -> Headers {
            let is_signature = |n: &str| n.to_lowercase().contains("signature");
            headers.iter().map(|(n, v)| (n.clone(), if is_signature(n) { f(v) } else { v.clone() })).collect()
        };
        let cut = changed(&|v| v[..v.len() - 2].to_owned());
        assert_eq!(code(service, &cut, BODY, SECRET), "signature_malformed", "{word}: cut");
        let odd = changed(&|v| format!("{}zz", &v[..v.len() - 2]));
        assert_eq!(code(service, &odd, BODY, SECRET), "signature_malformed", "{word}: no digits");
        let other = changed(&|v| {
            let last = if v.ends_with('0') { '1' } else { '0' };
            format!("{}{last}", &v[..v.len() - 1])
        });
        assert_eq!(code(service, &other, BODY, SECRET), "signature_wrong", "{word}: one digit");
        let none = changed(&|_| String::new());
        assert_eq!(code(service, &none, BODY, SECRET), "signature_missing", "{word}: empty");
        // Names of headers and digits come in any case.
        let shouted: Headers = headers.iter().map(|(n, v)| (n.to_uppercase(), v.clone())).collect();
        assert_eq!(code(service, &shouted, BODY, SECRET), "signature", "{word}: upper case");
    }
}

#[test]
fn old_deliveries_are_refused_where_the_time_is_signed() {
    for service in [Service::Slack, Service::Zoom] {
        for (shift, expected) in
            [(-300, "signature"), (-301, "timestamp_old"), (300, "signature"), (301, "timestamp_ahead")]
        {
            let headers = signed(service, "", BODY, now().plus_secs(shift));
            assert_eq!(code(service, &headers, BODY, SECRET), expected, "{} {shift}", service.as_str());
        }
        // A new time under an old signature is no way out.
        let mut headers = signed(service, "", BODY, now().plus_secs(-900));
        for (name, value) in &mut headers {
            if name.to_lowercase().ends_with("timestamp") {
                *value = now().secs().to_string();
            }
        }
        assert_eq!(code(service, &headers, BODY, SECRET), "signature_wrong");
        headers.retain(|(name, _)| !name.to_lowercase().ends_with("timestamp"));
        assert_eq!(code(service, &headers, BODY, SECRET), "timestamp_missing");
    }
}

#[test]
fn published_examples() {
    // docs.github.com: validating webhook deliveries.
    let github = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let headers = vec![("X-Hub-Signature-256".to_owned(), github.to_owned())];
    assert_eq!(code(Service::GitHub, &headers, b"Hello, World!", SECRET), "signature");
    // developer.atlassian.com: secure a webhook.
    let jira = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
    let headers = vec![("X-Hub-Signature".to_owned(), jira.to_owned())];
    assert_eq!(code(Service::Jira, &headers, b"Hello World!", SECRET), "signature");
    // docs.slack.dev: verifying requests from Slack.
    let body = b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let headers = vec![
        ("X-Slack-Request-Timestamp".to_owned(), "1531420618".to_owned()),
        (
            "X-Slack-Signature".to_owned(),
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503".to_owned(),
        ),
    ];
    let secret = b"8f742231b10e8888abcd99yyyzzz85a5";
    let then = Timestamp::from_secs(1_531_420_618);
    assert_eq!(verify(Service::Slack, &headers, body, secret, then), Ok(Verified::Signature));
    assert_eq!(code(Service::Slack, &headers, body, secret), "timestamp_old");
}

#[test]
fn gitlab_has_a_token_or_a_signature_and_the_one_does_not_stand_for_the_other() {
    let token = |t: &str| vec![("X-Gitlab-Token".to_owned(), t.to_owned())];
    let agreed = std::str::from_utf8(SECRET).unwrap();
    assert_eq!(code(Service::GitLab, &token(agreed), BODY, SECRET), "token");
    assert_eq!(code(Service::GitLab, &token("wrong"), BODY, SECRET), "token_wrong");
    assert_eq!(code(Service::GitLab, &Vec::new(), BODY, SECRET), "token_missing");
    let secret = format!("whsec_{}", STANDARD.encode(b"0123456789abcdef0123456789abcdef"));
    let standard = |id: &str, at: Timestamp, body: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"0123456789abcdef0123456789abcdef").unwrap();
        mac.update(format!("{id}.{}.", at.secs()).as_bytes());
        mac.update(body);
        vec![
            ("webhook-id".to_owned(), id.to_owned()),
            ("webhook-timestamp".to_owned(), at.secs().to_string()),
            // During a change of secrets there are two.
            (
                "webhook-signature".to_owned(),
                format!(
                    "v1,{} v1,{}",
                    STANDARD.encode([7; 32]),
                    STANDARD.encode(mac.finalize().into_bytes())
                ),
            ),
        ]
    };
    let check = |h: &Headers, body: &[u8]| code(Service::GitLab, h, body, secret.as_bytes());
    assert_eq!(check(&standard("d1", now(), BODY), BODY), "signature");
    assert_eq!(check(&standard("d1", now(), BODY), b"{}"), "signature_wrong");
    assert_eq!(check(&standard("d1", now().plus_secs(-400), BODY), BODY), "timestamp_old");
    assert_eq!(check(&token(&secret), BODY), "signature_missing");
    let mut odd = standard("d1", now(), BODY);
    odd[2].1 = "v2,abc v1,???".into();
    assert_eq!(check(&odd, BODY), "signature_malformed");
}

#[test]
fn notices_carry_a_token() {
    let token = |t: &str| vec![("X-Goog-Channel-Token".to_owned(), t.to_owned())];
    assert_eq!(code(Service::GoogleCalendar, &token("t"), b"", b"t"), "token");
    assert_eq!(code(Service::GoogleCalendar, &token("x"), b"", b"t"), "token_wrong");
    assert_eq!(code(Service::GoogleCalendar, &Vec::new(), b"", b"t"), "token_missing");
    let graph = |body: &str| code(Service::MicrosoftGraph, &Vec::new(), body.as_bytes(), b"t");
    assert_eq!(graph(r#"{"value": [{"clientState": "t"}, {"clientState": "t"}]}"#), "token");
    assert_eq!(graph(r#"{"value": [{"clientState": "t"}, {"clientState": "x"}]}"#), "token_wrong");
    assert_eq!(graph(r#"{"value": [{"clientState": "t"}, {}]}"#), "token_missing");
    assert_eq!(graph(r#"{"value": []}"#), "token_missing");
    assert_eq!(graph("{"), "malformed");
}

// --- handshakes ------------------------------------------------------------------------------------

#[test]
fn challenges_are_answered() {
    let slack = br#"{"type": "url_verification", "challenge": "3eZbrw1a"}"#;
    let reply = sent(Service::Slack, &signed(Service::Slack, "", slack, now()), &[], slack, SECRET);
    assert_eq!(
        (reply.status, reply.body.as_str(), reply.content_type),
        (200, "3eZbrw1a", Some("text/plain"))
    );
    assert_eq!(sent(Service::Slack, &Vec::new(), &[], slack, SECRET).status, 401);

    let zoom =
        br#"{"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}}"#;
    let reply = sent(Service::Zoom, &signed(Service::Zoom, "", zoom, now()), &[], zoom, SECRET);
    let answer: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(answer["plainToken"], "qgg8vlvZRS6UYooatFL8Aw");
    assert_eq!(answer["encryptedToken"], hex_mac(SECRET, b"qgg8vlvZRS6UYooatFL8Aw"));

    let query = [("validationToken".to_owned(), "Validation: <b>1</b>".to_owned())];
    let reply = sent(Service::MicrosoftGraph, &Vec::new(), &query, b"", SECRET);
    assert_eq!((reply.status, reply.content_type), (200, Some("text/plain")));
    assert_eq!(reply.body, "Validation: <b>1</b>");

    let offer = vec![("X-Hook-Secret".to_owned(), "b537207f".to_owned())];
    let reply = sent(Service::Asana, &offer, &[], b"", b"");
    assert_eq!((reply.status, reply.new_secret.as_deref()), (200, Some("b537207f")));
    assert_eq!(reply.headers, offer);
    let late = sent(Service::Asana, &offer, &[], b"", SECRET);
    assert_eq!((late.status, late.refused.unwrap().code), (401, "secret_known"));
    assert_eq!(late.new_secret, None, "a known secret is not changed by whoever asks");
    assert_eq!(sent(Service::Asana, &offer, &[], b"", b"b537207f").status, 200, "the same again");
}

#[test]
fn answers_to_what_cannot_be_read() {
    let reply =
        |service, body: &[u8]| sent(service, &signed(service, "issues", body, now()), &[], body, SECRET);
    let broken = reply(Service::GitHub, b"{\"action\":");
    assert_eq!((broken.status, broken.refused.unwrap().code), (400, "malformed"));
    let deep = "[".repeat(100_000);
    assert_eq!(reply(Service::Jira, deep.as_bytes()).status, 400);
    assert_eq!(sent(Service::GitHub, &Vec::new(), &[], b"{}", b"").status, 500, "the host has no secret");
    let form = |service, body: &[u8]| {
        let mut headers = signed(service, "issues", body, now());
        headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        let reply = sent(service, &headers, &[], body, SECRET);
        (reply.status, reply.refused.map(|r| r.code))
    };
    assert_eq!(form(Service::Slack, b"payload=%7B%7D"), (415, Some("unsupported")));
    for none in [&b""[..], b"payload", b"other=%7B%7D", b"payload=%7B", b"payload=%ff%fe", b"%"] {
        assert_eq!(form(Service::GitHub, none), (400, Some("malformed")), "{none:?}");
    }
    let large = vec![b' '; (25 << 20) + 1];
    assert_eq!(sent(Service::GitHub, &Vec::new(), &[], &large, SECRET).status, 413);
    let changed = vec![
        ("X-Goog-Channel-Token".to_owned(), "t".to_owned()),
        ("X-Goog-Resource-State".to_owned(), "exists".to_owned()),
        ("X-Goog-Message-Number".to_owned(), "7".to_owned()),
    ];
    let reply = sent(Service::GoogleCalendar, &changed, &[], b"", b"t");
    assert_eq!((reply.status, reply.kind.as_str(), reply.ignored), (200, "calendar.exists", 1));
    assert_eq!(reply.delivery.as_deref(), Some("7"));
}

#[test]
fn a_form_of_github_is_the_same_facts_and_signed_as_it_came() {
    let json = issue();
    let coded: String = json.iter().map(|b| format!("%{b:02X}")).collect();
    let body = format!("payload={coded}").into_bytes();
    let mut headers = signed(Service::GitHub, "issues", &body, now());
    headers.push(("Content-Type".into(), "application/x-www-form-urlencoded; charset=utf-8".into()));
    let take = |headers: &Headers, body: &[u8]| {
        let mut seen = Collected::default();
        let delivery = Delivery::new(Service::GitHub, headers, body);
        let reply = receive(&delivery, SECRET, &WorkOptions::default(), now(), &mut seen).unwrap();
        (reply, seen.facts)
    };
    let (reply, facts) = take(&headers, &body);
    assert_eq!(
        (reply.status, reply.verified, reply.kind.as_str()),
        (200, Some(Verified::Signature), "issues.closed")
    );
    let (_, plain) = take(&signed(Service::GitHub, "issues", &json, now()), &json);
    assert!(!facts.is_empty() && facts == plain, "{facts:?}");
    // A plus is a space, and bytes that say the same are still other bytes.
    let spaced = b"payload=%7B%22zen%22:+%22a+b%22%7D";
    let mut signed_so = signed(Service::GitHub, "ping", spaced, now());
    signed_so.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
    assert_eq!(take(&signed_so, spaced).0.status, 200);
    assert_eq!(
        take(&signed_so, b"payload=%7B%22zen%22:%20%22a+b%22%7D").0.refused.unwrap().code,
        "signature_wrong"
    );
}

#[test]
fn rich_notifications_of_graph_are_notices_and_say_what_is_not_checked() {
    // learn.microsoft.com: change notifications with resource data.
    let body = br##"{"value": [{"subscriptionId": "76222963-cc7b-42d2-882d-8aaa69cb2ba3", "changeType": "created",
        "clientState": "t", "resource": "teams('d29828b8')/channels('19')/messages('1565045325517')",
        "resourceData": {"id": "1565293727947", "@odata.type": "#Microsoft.Graph.ChatMessage"},
        "encryptedContent": {"data": "<<EncryptedContent>>", "dataKey": "<<EncryptedDataKeyUsedForEncryption>>",
        "encryptionCertificateId": "<<IdOfTheCertificateUsedForEncryption>>"}}],
        "validationTokens": ["<<--ValidationToken-->>", "<<--ValidationToken-->>"]}"##;
    let mut seen = Collected::default();
    let delivery = Delivery::new(Service::MicrosoftGraph, &[], body);
    let reply = receive(&delivery, b"t", &WorkOptions::default(), now(), &mut seen).unwrap();
    assert_eq!((reply.status, reply.verified, reply.accepted), (200, Some(Verified::Token), 0));
    assert_eq!(reply.kind, "ChatMessage.created");
    let why: Vec<&str> = seen.refused.iter().map(|r| r.message.as_str()).collect();
    assert_eq!(why.len(), 2, "{why:?}");
    assert!(why[0].contains("not checked") && why[1].contains("encrypted"), "{why:?}");
    // A token of Microsoft's is no client state.
    let forged = br#"{"value": [{"changeType": "created"}], "validationTokens": ["x.y.z"]}"#;
    assert_eq!(code(Service::MicrosoftGraph, &Vec::new(), forged, b"t"), "token_missing");
}

// --- recorded deliveries ---------------------------------------------------------------------------

#[test]
fn every_recorded_delivery_is_a_fact_or_says_why_not_and_the_table_is_up_to_date() {
    let Some(folder) = corpus() else {
        println!("skipped: no recorded deliveries");
        return;
    };
    let (rows, failed) = table(&folder);
    assert_eq!(failed, Vec::<String>::new());
    assert_eq!(rows.values().map(|r| r.files).sum::<u64>(), 328);
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/work-sources.md"));
    assert!(
        page.expect("the page of sources").contains(&shown(&rows)),
        "the table is not up to date: cargo run -p twin-adapters --example webhook_table"
    );
}

// --- no bytes make it panic ------------------------------------------------------------------------

fn issue() -> Vec<u8> {
    br#"{"action": "closed", "issue": {"number": 7, "title": "T", "created_at": "2026-03-01T08:00:00Z",
      "updated_at": "2026-03-02T08:00:00Z", "closed_at": "2026-03-02T08:00:00Z", "labels": [{"name": "bug"}],
      "assignee": {"login": "ann"}, "user": {"login": "bob"}}, "repository": {"full_name": "o/r"},
      "webhookEvent": "jira:issue_updated", "timestamp": 1550286014000, "object_kind": "issue",
      "object_attributes": {"iid": 1, "action": "close", "created_at": "2026-03-01 08:00:00 UTC"},
      "event": {"type": "message", "channel": "C", "ts": "1355517523.000005", "text": "<@U1> hi"},
      "events": [{"action": "changed", "resource": {"gid": "1", "resource_type": "task"}}],
      "value": [{"clientState": "It's a Secret to Everybody"}]}"#
        .to_vec()
}

proptest! {
    #[test]
    fn changed_bodies_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        which in 0..Service::ALL.len(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = issue();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let event = ["issues", "pull_request", "issue_comment", "check_run"][cut.index(4)];
        bytes.truncate(cut.index(bytes.len() * 4).max(1));
        let (reply, seen) = deliver(Service::ALL[which], event, &bytes, &WorkOptions::default());
        prop_assert_eq!(reply.accepted as usize, seen.facts.len());
        prop_assert_eq!((reply.ignored + reply.not_usable) as usize, seen.refused.len());
    }

    #[test]
    fn any_headers_never_panic(
        which in 0..Service::ALL.len(),
        headers in prop::collection::vec(("[ -~]{0,24}", "\\PC{0,80}"), 0..6),
        body in prop::collection::vec(any::<u8>(), 0..64),
        secret in prop::collection::vec(any::<u8>(), 0..48),
    ) {
        let service = Service::ALL[which];
        let names = ["X-Hub-Signature-256", "webhook-signature", "X-Slack-Signature", "x-zm-signature", "X-Hook-Signature"];
        let named = headers.into_iter().zip(names.iter().cycle());
        let headers: Headers = named.flat_map(|((n, v), name)| [(n, v.clone()), ((*name).to_owned(), v)]).collect();
        prop_assert!(verify(service, &headers, &body, &secret, now()).is_err());
    }
}
