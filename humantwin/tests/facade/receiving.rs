//! What a host has to answer a service that asks before it delivers, with the examples the services publish.

use super::help::{World, t};
use humantwin::{ReceiveRequest, ReceivedView};
use serde_json::{Value, json};

/// Signatures of the bodies below, computed by another program.
const SLACK: &str = "v0=393ae122a0b62fb69e48f17360273f4ab55734b1b89a5f7710b2436492fe2d7c";
const ZOOM: &str = "v0=2cebfbb4aab3d8f5a3c78d3612041499f4f52d87d574bdd1b1a7811f19ff6657";
const GITHUB: &str = "sha256=f9b8e8702333029a9e956c17e150e96b7af8e84ce9a60759700eaa6576b8103b";

fn received(world: &World, request: Value, body: &[u8]) -> ReceivedView {
    let request: ReceiveRequest = serde_json::from_value(request).unwrap();
    world.me.receive(&request, body).unwrap()
}

fn headers(list: &[(&str, &str)]) -> Value {
    list.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

#[test]
fn slack_is_sent_its_challenge() {
    // docs.slack.dev: url_verification; the signature is that of the body under the secret `secret`.
    let body = br#"{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkR7FXYDNrUOuR9","type":"url_verification"}"#;
    let world = World::new();
    let told = received(
        &world,
        json!({ "service": "slack", "secret": "secret", "headers": headers(&[
            ("X-Slack-Request-Timestamp", "1773144000"), ("X-Slack-Signature", SLACK)]) }),
        body,
    );
    assert_eq!(t("2026-03-10T12:00:00Z").secs(), 1_773_144_000);
    assert_eq!((told.status, told.content_type.as_deref()), (200, Some("text/plain")), "{told:?}");
    assert_eq!(told.body, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkR7FXYDNrUOuR9");
    assert_eq!((told.kind.as_str(), told.verified.as_deref()), ("url_verification", Some("signature")));
}

#[test]
fn zoom_is_sent_the_hash_of_its_token() {
    // developers.zoom.us: validate your webhook endpoint; the token is the message of RFC 4231, test case 2, whose
    // hash under the key `Jefe` is published.
    let body = br#"{"payload":{"plainToken":"what do ya want for nothing?"},"event_ts":1654503849680,"event":"endpoint.url_validation"}"#;
    let world = World::new();
    let told = received(
        &world,
        json!({ "service": "zoom", "secret": "Jefe", "headers": headers(&[
            ("x-zm-request-timestamp", "1773144000"), ("x-zm-signature", ZOOM)]) }),
        body,
    );
    assert_eq!((told.status, told.content_type.as_deref()), (200, Some("application/json")), "{told:?}");
    let answer: Value = serde_json::from_str(&told.body).unwrap();
    let hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(answer, json!({ "plainToken": "what do ya want for nothing?", "encryptedToken": hash }));
    // Who cannot sign gets no hashes under the secret.
    let unsigned = received(&world, json!({ "service": "zoom", "secret": "Jefe" }), body);
    assert_eq!((unsigned.status, unsigned.body.as_str()), (401, ""));
}

#[test]
fn asana_is_sent_its_secret_which_is_to_be_kept() {
    // developers.asana.com: the webhook handshake.
    let secret = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";
    let offer = headers(&[("X-Hook-Secret", secret)]);
    let world = World::new();
    let told = received(&world, json!({ "service": "asana", "secret": "", "headers": offer }), b"{}");
    let sent: Vec<_> = told.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!((told.status, sent), (200, vec![("X-Hook-Secret", secret)]));
    assert_eq!(told.new_secret.as_deref(), Some(secret));
    let late = received(&world, json!({ "service": "asana", "secret": "agreed", "headers": offer }), b"{}");
    assert_eq!((late.status, late.new_secret, late.headers.len()), (401, None, 0));
}

#[test]
fn graph_is_sent_its_token_in_plain_text() {
    // learn.microsoft.com: endpoint validation; the query as the host has decoded it.
    let token = "Validation: Testing client application reachability for subscription Request-Id: 522a8e7e";
    let query = headers(&[("validationToken", token)]);
    let world = World::new();
    let told =
        received(&world, json!({ "service": "microsoft_graph", "secret": "state", "query": query }), b"");
    assert_eq!((told.status, told.content_type.as_deref()), (200, Some("text/plain")));
    assert_eq!((told.body.as_str(), told.events), (token, 0));
    // Notices carry the state agreed, or are turned away.
    let notice =
        |state: &str| json!({ "value": [{ "changeType": "updated", "clientState": state }] }).to_string();
    let ask = json!({ "service": "microsoft_graph", "secret": "state" });
    assert_eq!(received(&world, ask.clone(), notice("state").as_bytes()).status, 200);
    let wrong = received(&world, ask, notice("other").as_bytes());
    assert_eq!((wrong.status, wrong.refused.as_deref()), (401, Some("token_wrong")));
}

#[test]
fn a_form_of_github_is_recorded() {
    // docs.github.com: with the type `application/x-www-form-urlencoded` the JSON is the field `payload`.
    let body = b"payload=%7B%22action%22%3A%22opened%22%2C%22issue%22%3A%7B%22number%22%3A7%2C%22title%22%3A%22a+b%22%2C%22created_at%22%3A%222026-03-01T08%3A00%3A00Z%22%2C%22updated_at%22%3A%222026-03-01T08%3A00%3A00Z%22%2C%22user%22%3A%7B%22login%22%3A%22bob%22%7D%7D%2C%22repository%22%3A%7B%22full_name%22%3A%22o%2Fr%22%7D%7D";
    let world = World::new();
    let told = received(
        &world,
        json!({ "service": "github", "secret": "secret", "headers": headers(&[
            ("X-GitHub-Event", "issues"), ("X-Hub-Signature-256", GITHUB),
            ("Content-Type", "application/x-www-form-urlencoded")]) }),
        body,
    );
    assert_eq!((told.status, told.events, told.kind.as_str()), (200, 1, "issues.opened"), "{told:?}");
}
