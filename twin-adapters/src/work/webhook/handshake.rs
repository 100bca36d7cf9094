//! What services ask before they deliver anything.

use super::proof::{hex_mac, same};
use super::{Delivery, Refused, Reply, header};
use crate::work::Service;
use crate::work::json::text;
use serde_json::{Value, json};

/// Longest challenge that is answered.
const MAX_CHALLENGE: usize = 4096;

/// Handshakes that no secret can prove yet.
pub(super) fn before_proof(delivery: &Delivery<'_>, secret: &[u8]) -> Option<Reply> {
    match delivery.service {
        // Answered in plain text and never as a page: what is asked for comes from anyone.
        Service::MicrosoftGraph => {
            let token = delivery.query.iter().find(|(name, _)| name == "validationToken")?;
            Some(echo(&token.1, "validation"))
        }
        Service::Asana => {
            let offered = header(delivery.headers, "X-Hook-Secret").filter(|s| !s.is_empty())?;
            // A known secret is not changed by whoever asks for it.
            if !secret.is_empty() && !same(offered.as_bytes(), secret) {
                let refused =
                    Refused::new("secret_known", "a secret is agreed already; remove it to agree on another");
                return Some(Reply::refused(401, refused));
            }
            if offered.len() > MAX_CHALLENGE {
                return Some(Reply::refused(
                    413,
                    Refused::new("too_large", "the secret offered is too long"),
                ));
            }
            Some(Reply {
                headers: vec![("X-Hook-Secret".into(), offered.into())],
                kind: "handshake".into(),
                new_secret: Some(offered.into()),
                ..Reply::of(200)
            })
        }
        _ => None,
    }
}

/// Handshakes that are signed as deliveries are.
pub(super) fn after_proof(service: Service, body: &Value, secret: &[u8]) -> Option<Reply> {
    match service {
        Service::Slack if text(body, "/type") == Some("url_verification") => {
            Some(echo(text(body, "/challenge").unwrap_or_default(), "url_verification"))
        }
        Service::Zoom if text(body, "/event") == Some("endpoint.url_validation") => {
            let plain = text(body, "/payload/plainToken").unwrap_or_default();
            if plain.len() > MAX_CHALLENGE {
                return Some(too_long());
            }
            let hashed = hex_mac(secret, plain.as_bytes()).unwrap_or_default();
            Some(Reply {
                content_type: Some("application/json"),
                body: json!({ "plainToken": plain, "encryptedToken": hashed }).to_string(),
                kind: "endpoint.url_validation".into(),
                ..Reply::of(200)
            })
        }
        _ => None,
    }
}

fn echo(challenge: &str, kind: &str) -> Reply {
    if challenge.len() > MAX_CHALLENGE {
        return too_long();
    }
    Reply {
        content_type: Some("text/plain"),
        body: challenge.to_owned(),
        kind: kind.to_owned(),
        ..Reply::of(200)
    }
}

fn too_long() -> Reply {
    Reply::refused(413, Refused::new("too_large", "the challenge is longer than 4096 bytes"))
}
