//! Deliveries of services: verified on their raw bytes before anything is read, then read.
//!
//! | service | proof | over | replay guard |
//! | --- | --- | --- | --- |
//! | GitHub | `X-Hub-Signature-256: sha256=<hex>` | body | the record's own id and time |
//! | GitLab | `X-Gitlab-Token`, or with a secret `whsec_…` `webhook-signature: v1,<base64>` | `id.timestamp.body` | 5 minutes with a signature |
//! | Jira | `X-Hub-Signature: sha256=<hex>` | body | the record's own id and time |
//! | Asana | `X-Hook-Signature: <hex>` | body | the record's own id and time |
//! | Slack | `X-Slack-Signature: v0=<hex>` | `v0:timestamp:body` | 5 minutes |
//! | Zoom | `x-zm-signature: v0=<hex>` | `v0:timestamp:body` | 5 minutes |
//! | Microsoft Graph | `clientState` of every notification | – | none: a notification holds no fact |
//! | Google Calendar | `X-Goog-Channel-Token` | – | none: a notification holds no fact |
//!
//! GitHub's may be JSON or a form with the JSON in its field `payload`; the signature is over the bytes as they came.
//! The tokens of rich notifications of Microsoft Graph (`validationTokens`) are not checked, and their encrypted content
//! is not read: what they say is fetched like that of any other notice.
//!
//! All signatures are HMAC-SHA256 with the secret as key and compared in constant time, as are tokens.
//! What is delivered twice has the same record, time and content, and is one fact.

mod handshake;
mod proof;

pub use proof::{Refused, Verified, verify};

use super::facts::Facts;
use super::{Service, WorkOptions};
use crate::files::ReadOptions;
use serde_json::Value;
use twin_core::observation::{Refusal, Sink};
use twin_core::{Result, Timestamp};

/// Largest body read: the most that any of the services sends.
const MAX_BODY: usize = 25 << 20;

/// The type of a body that is a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A request that a service made, as the host received it.
#[derive(Clone, Debug)]
pub struct Delivery<'a> {
    /// Who is said to have sent it: the host knows by the path it was sent to.
    pub service: Service,
    /// Name of the event, where the host knows it otherwise than by a header.
    pub event: Option<String>,
    /// Headers as they came; names in any case.
    pub headers: &'a [(String, String)],
    /// Fields of the query, decoded; Microsoft Graph asks there for an answer.
    pub query: &'a [(String, String)],
    /// The body as it came, not one byte changed.
    pub body: &'a [u8],
}

impl<'a> Delivery<'a> {
    /// A delivery without a query.
    #[must_use]
    pub const fn new(service: Service, headers: &'a [(String, String)], body: &'a [u8]) -> Self {
        Self { service, event: None, headers, query: &[], body }
    }

    /// The sender's id of the delivery; one that is sent again keeps it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let names: &[&str] = match self.service {
            Service::GitHub => &["X-GitHub-Delivery"],
            Service::GitLab => &["webhook-id", "Idempotency-Key", "X-Gitlab-Event-UUID"],
            Service::Jira => &["X-Atlassian-Webhook-Identifier"],
            Service::GoogleCalendar => &["X-Goog-Message-Number"],
            Service::Zoom => &["x-zm-trackingid"],
            Service::Asana | Service::Slack | Service::MicrosoftGraph => &[],
        };
        names.iter().find_map(|name| header(self.headers, name))
    }

    fn event_name(&self) -> Option<&str> {
        let name = match self.service {
            Service::GitHub => "X-GitHub-Event",
            Service::GitLab => "X-Gitlab-Event",
            _ => "",
        };
        self.event.as_deref().or_else(|| header(self.headers, name)).filter(|e| !e.trim().is_empty())
    }
}

/// What the host has to answer, and what came of the delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Status of the answer.
    pub status: u16,
    /// Type of the answer's body, where it has one.
    pub content_type: Option<&'static str>,
    /// Further headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The answer's body.
    pub body: String,
    /// What was delivered: `issues.opened`, `jira:issue_updated`; empty where that is not known.
    pub kind: String,
    /// The sender's id of the delivery.
    pub delivery: Option<String>,
    /// What proved who sent it; absent where it is refused, or a handshake before there is a secret.
    pub verified: Option<Verified>,
    /// Why it is refused.
    pub refused: Option<Refused>,
    /// A secret the service hands out once; the host keeps it for the deliveries to come.
    pub new_secret: Option<String>,
    /// Facts handed over.
    pub accepted: u64,
    /// Parts that are no facts about work; the sink was told why.
    pub ignored: u64,
    /// Parts that could not be used; the sink was told why.
    pub not_usable: u64,
}

impl Reply {
    fn of(status: u16) -> Self {
        Self {
            status,
            content_type: None,
            headers: Vec::new(),
            body: String::new(),
            kind: String::new(),
            delivery: None,
            verified: None,
            refused: None,
            new_secret: None,
            accepted: 0,
            ignored: 0,
            not_usable: 0,
        }
    }

    fn refused(status: u16, refused: Refused) -> Self {
        Self { refused: Some(refused), ..Self::of(status) }
    }
}

/// Takes a delivery: verifies it, reads it, hands what it says to the sink, and says what to answer.
///
/// `secret` is what was agreed with the service: the signing secret, the token, the client state. `now` is the
/// moment of receipt.
///
/// ```
/// use twin_adapters::work::{Delivery, Service, WorkOptions, receive};
/// use twin_core::observation::Collected;
/// let headers = [("X-GitHub-Event".to_owned(), "ping".to_owned())];
/// let mut seen = Collected::default();
/// let delivery = Delivery::new(Service::GitHub, &headers, b"{}");
/// let reply = receive(&delivery, b"secret", &WorkOptions::default(), "2026-03-01T08:00:00Z".parse()?, &mut seen)?;
/// assert_eq!((reply.status, reply.refused.map(|r| r.code)), (401, Some("signature_missing")));
/// # Ok::<(), twin_core::Error>(())
/// ```
///
/// # Errors
/// Only what the sink returns to end the reading. A delivery that is refused is an answer, no error.
pub fn receive(
    delivery: &Delivery<'_>,
    secret: &[u8],
    options: &WorkOptions,
    now: Timestamp,
    sink: &mut dyn Sink,
) -> Result<Reply> {
    let mut reply = answer(delivery, secret, options, now, sink)?;
    reply.delivery = delivery.id().map(str::to_owned);
    Ok(reply)
}

fn answer(
    delivery: &Delivery<'_>,
    secret: &[u8],
    options: &WorkOptions,
    now: Timestamp,
    sink: &mut dyn Sink,
) -> Result<Reply> {
    if delivery.body.len() > MAX_BODY {
        return Ok(too_large());
    }
    if let Some(reply) = handshake::before_proof(delivery, secret) {
        return Ok(reply);
    }
    let verified = match verify(delivery.service, delivery.headers, delivery.body, secret, now) {
        Ok(verified) => Some(verified),
        // Without a secret the fault is the host's: the service may try again.
        Err(refused) if refused.code == "secret_missing" => return Ok(Reply::refused(500, refused)),
        Err(refused) => return Ok(Reply::refused(401, refused)),
    };
    let reply = match opened(delivery, sink) {
        Ok(body) => match handshake::after_proof(delivery.service, &body, secret) {
            Some(reply) => reply,
            None => told(delivery, &body, options, now, sink)?,
        },
        Err(reply) => *reply,
    };
    Ok(Reply { verified, ..reply })
}

/// Reads a delivery that [`verify`] has proven before: for hosts that answer at once and read later. The reply tells
/// what came of it; it is not to be sent to anyone.
///
/// # Errors
/// Only what the sink returns to end the reading.
pub fn read_verified(
    delivery: &Delivery<'_>,
    options: &WorkOptions,
    now: Timestamp,
    sink: &mut dyn Sink,
) -> Result<Reply> {
    let reply = if delivery.body.len() > MAX_BODY {
        too_large()
    } else {
        match opened(delivery, sink) {
            Ok(body) => told(delivery, &body, options, now, sink)?,
            Err(reply) => *reply,
        }
    };
    Ok(Reply { delivery: delivery.id().map(str::to_owned), ..reply })
}

fn too_large() -> Reply {
    Reply::refused(413, Refused::new("too_large", "the body is longer than 25 MiB"))
}

/// The body as JSON, which GitHub may send as the field `payload` of a form; notices of Google Calendar have none.
fn opened(delivery: &Delivery<'_>, sink: &mut dyn Sink) -> std::result::Result<Value, Box<Reply>> {
    if delivery.service == Service::GoogleCalendar {
        return Ok(Value::Null);
    }
    let coded = header(delivery.headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let (status, refused) = match (coded.starts_with(FORM), delivery.service) {
        (true, Service::GitHub) => {
            let mut fields = form_urlencoded::parse(delivery.body);
            match fields.find(|(name, _)| name == "payload").map(|(_, value)| serde_json::from_str(&value)) {
                Some(Ok(body)) => return Ok(body),
                Some(Err(_)) => (400, Refused::new("malformed", "the form's payload is no JSON")),
                None => (400, Refused::new("malformed", "the form has no field payload")),
            }
        }
        (true, _) => {
            (415, Refused::new("unsupported", "the body is a form; let the service send application/json"))
        }
        (false, _) => match serde_json::from_slice(delivery.body) {
            Ok(body) => return Ok(body),
            Err(_) => (400, Refused::new("malformed", "the body is no JSON")),
        },
    };
    sink.refuse(Refusal::new(refused.code, "delivery", refused.message));
    Err(Box::new(Reply { not_usable: 1, ..Reply::refused(status, refused) }))
}

/// Reads the body of a delivery whose sender is known.
fn told(
    delivery: &Delivery<'_>,
    body: &Value,
    options: &WorkOptions,
    now: Timestamp,
    sink: &mut dyn Sink,
) -> Result<Reply> {
    let read = ReadOptions { now, zone: options.zone.clone(), name: String::new(), subject: None };
    let mut facts = Facts::new(delivery.service.as_str(), &read, options, sink);
    facts.delivery = delivery.id().map(str::to_owned);
    let kind = if delivery.service == Service::GoogleCalendar {
        facts.ignore("calendar_changed", "a notice that a calendar changed; read its events");
        format!("calendar.{}", header(delivery.headers, "X-Goog-Resource-State").unwrap_or("changed"))
    } else {
        super::delivered(delivery.service, delivery.event_name(), body, &mut facts)?
    };
    let (accepted, ignored, not_usable) = (facts.accepted, facts.ignored, facts.refused);
    Ok(Reply { kind, accepted, ignored, not_usable, ..Reply::of(200) })
}

/// A header by its name, in any case.
fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}
