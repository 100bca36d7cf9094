//! Who sent a delivery.

use super::header;
use crate::work::Service;
use crate::work::json::{list, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use twin_core::Timestamp;

/// How long a signed delivery may be under way, and how far the sender's clock may be ahead: 5 minutes, as Slack
/// and Standard Webhooks have it.
const TOLERANCE_S: i64 = 300;

/// What proved who sent a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// A signature over the body.
    Signature,
    /// A token that only the sender and the host know; the body itself is not proven.
    Token,
}

/// Why a delivery is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// A stable word: `secret_missing`, `signature_missing`, `signature_malformed`, `signature_wrong`,
    /// `timestamp_missing`, `timestamp_old`, `timestamp_ahead`, `token_missing`, `token_wrong`, `too_large`,
    /// `malformed`, `unsupported`, `secret_known`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: &'static str,
}

impl Refused {
    pub(super) const fn new(code: &'static str, message: &'static str) -> Self {
        Self { code, message }
    }
}

/// Proves who sent a delivery, on its raw bytes and in constant time.
///
/// Only the notifications of Microsoft Graph have to be read for it: they carry their token in the body.
///
/// ```
/// use twin_adapters::work::{Service, Verified, verify};
/// let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
/// let headers = [("X-Hub-Signature-256".to_owned(), signature.to_owned())];
/// let now = "2026-03-01T08:00:00Z".parse()?;
/// let secret = b"It's a Secret to Everybody";
/// assert_eq!(verify(Service::GitHub, &headers, b"Hello, World!", secret, now), Ok(Verified::Signature));
/// # Ok::<(), twin_core::Error>(())
/// ```
///
/// # Errors
/// What is missing or wrong; see [`Refused::code`].
pub fn verify(
    service: Service,
    headers: &[(String, String)],
    body: &[u8],
    secret: &[u8],
    now: Timestamp,
) -> Result<Verified, Refused> {
    if secret.is_empty() {
        return Err(Refused::new("secret_missing", "no secret is agreed with the service"));
    }
    let signed = |name: &str| header(headers, name).filter(|h| !h.is_empty()).ok_or(MISSING);
    match service {
        Service::GitHub => hex_signature(signed("X-Hub-Signature-256")?, "sha256=", secret, &[body])?,
        Service::Jira => hex_signature(signed("X-Hub-Signature")?, "sha256=", secret, &[body])?,
        Service::Asana => hex_signature(signed("X-Hook-Signature")?, "", secret, &[body])?,
        Service::Slack => {
            versioned(headers, ("X-Slack-Signature", "X-Slack-Request-Timestamp"), body, secret, now)?
        }
        Service::Zoom => versioned(headers, ("x-zm-signature", "x-zm-request-timestamp"), body, secret, now)?,
        Service::GitLab => return gitlab(headers, body, secret, now),
        Service::GoogleCalendar => return token(header(headers, "X-Goog-Channel-Token"), secret),
        Service::MicrosoftGraph => return client_states(body, secret),
    }
    Ok(Verified::Signature)
}

const MISSING: Refused = Refused::new("signature_missing", "the header with the signature is missing");
const MALFORMED: Refused = Refused::new("signature_malformed", "the signature is not of the service's form");
const WRONG: Refused = Refused::new("signature_wrong", "the signature is not that of the body");

/// HMAC-SHA256 of the parts one after the other.
fn mac(secret: &[u8], parts: &[&[u8]]) -> Result<Hmac<Sha256>, Refused> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret)
        .map_err(|_| Refused::new("secret_missing", "the secret cannot be a key"))?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac)
}

/// HMAC-SHA256 in hexadecimal digits; `None` only where the secret can be no key.
pub(super) fn hex_mac(secret: &[u8], message: &[u8]) -> Option<String> {
    let bytes = mac(secret, &[message]).ok()?.finalize().into_bytes();
    Some(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

fn hex_signature(signature: &str, prefix: &str, secret: &[u8], parts: &[&[u8]]) -> Result<(), Refused> {
    let digits = signature.strip_prefix(prefix).ok_or(MALFORMED)?;
    let bytes = unhex(digits).filter(|b| b.len() == 32).ok_or(MALFORMED)?;
    mac(secret, parts)?.verify_slice(&bytes).map_err(|_| WRONG)
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// `v0=<hex>` over `v0:{timestamp}:{body}`.
fn versioned(
    headers: &[(String, String)],
    (signature, timestamp): (&str, &str),
    body: &[u8],
    secret: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    let signature = header(headers, signature).filter(|h| !h.is_empty()).ok_or(MISSING)?;
    let sent = header(headers, timestamp).filter(|h| !h.is_empty()).ok_or(NO_TIME)?;
    hex_signature(signature, "v0=", secret, &[b"v0:", sent.as_bytes(), b":", body])?;
    fresh(sent, now)
}

const NO_TIME: Refused = Refused::new("timestamp_missing", "the header with the time is missing or no time");

/// Is a time in seconds (or milliseconds) within the tolerance?
fn fresh(sent: &str, now: Timestamp) -> Result<(), Refused> {
    let sent: i64 = sent.parse().map_err(|_| NO_TIME)?;
    let sent = if sent > 100_000_000_000 { sent / 1000 } else { sent };
    let age = now.secs().saturating_sub(sent);
    if age > TOLERANCE_S {
        Err(Refused::new("timestamp_old", "it was signed more than 5 minutes ago: perhaps a replay"))
    } else if age < -TOLERANCE_S {
        Err(Refused::new("timestamp_ahead", "it is signed for a time more than 5 minutes ahead"))
    } else {
        Ok(())
    }
}

/// The token of old, or the signature of Standard Webhooks where a signing secret `whsec_<base64>` is agreed:
/// then the token alone proves nothing.
fn gitlab(
    headers: &[(String, String)],
    body: &[u8],
    secret: &[u8],
    now: Timestamp,
) -> Result<Verified, Refused> {
    let Some(coded) = secret.strip_prefix(b"whsec_") else {
        return token(header(headers, "X-Gitlab-Token"), secret);
    };
    let key = STANDARD
        .decode(coded.trim_ascii())
        .ok()
        .filter(|key| !key.is_empty())
        .ok_or(Refused::new("secret_missing", "the signing secret is no base64"))?;
    let part = |name: &str| header(headers, name).filter(|h| !h.is_empty());
    let signatures = part("webhook-signature").ok_or(MISSING)?;
    let id = part("webhook-id").ok_or(MISSING)?;
    let sent = part("webhook-timestamp").ok_or(NO_TIME)?;
    let given: Vec<Vec<u8>> = signatures
        .split_ascii_whitespace()
        .filter_map(|s| STANDARD.decode(s.strip_prefix("v1,")?).ok())
        .filter(|bytes| bytes.len() == 32)
        .collect();
    if given.is_empty() {
        return Err(MALFORMED);
    }
    // While a secret is changed a delivery carries a signature of each.
    let signed = mac(&key, &[id.as_bytes(), b".", sent.as_bytes(), b".", body])?;
    if !given.iter().any(|bytes| signed.clone().verify_slice(bytes).is_ok()) {
        return Err(WRONG);
    }
    fresh(sent, now)?;
    Ok(Verified::Signature)
}

/// Are two tokens the same? Hashes are compared, so that not even the length shows in the time it takes.
pub(super) fn same(given: &[u8], agreed: &[u8]) -> bool {
    Sha256::digest(given).as_slice().ct_eq(Sha256::digest(agreed).as_slice()).into()
}

fn token(given: Option<&str>, secret: &[u8]) -> Result<Verified, Refused> {
    let given = given
        .filter(|g| !g.is_empty())
        .ok_or(Refused::new("token_missing", "the header with the token is missing"))?;
    if same(given.as_bytes(), secret) {
        Ok(Verified::Token)
    } else {
        Err(Refused::new("token_wrong", "the token is not the one agreed"))
    }
}

/// Every notification of Microsoft Graph has to carry the client state agreed.
fn client_states(body: &[u8], secret: &[u8]) -> Result<Verified, Refused> {
    let body: Value =
        serde_json::from_slice(body).map_err(|_| Refused::new("malformed", "the body is no JSON"))?;
    let notifications = list(&body, "/value");
    if notifications.is_empty() {
        return Err(Refused::new("token_missing", "there is no notification that carries a client state"));
    }
    notifications.iter().try_for_each(|n| token(text(n, "/clientState"), secret).map(drop))?;
    Ok(Verified::Token)
}
