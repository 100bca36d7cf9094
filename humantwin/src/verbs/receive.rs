//! `receive`: what a service delivers by webhook.

use crate::error::{Error, Result};
use crate::twin::Twin;
use twin_adapters::work::{Delivery, Service, Verified, WorkOptions, receive};
use twin_core::log::Intake;
use twin_core::{Code, Zone};
use twin_macros::payload;

/// A line of a header, or a field of a query.
#[payload]
pub struct HeaderField {
    /// Its name, in any case.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A delivery as the host received it; its body comes beside, not one byte changed.
#[payload]
#[serde(deny_unknown_fields)]
pub struct ReceiveRequest {
    /// Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`,
    /// `google_calendar`. The host knows by the path it was sent to.
    pub service: String,
    /// What was agreed with the service: the signing secret, the token, the client state.
    pub secret: String,
    /// Headers as they came.
    pub headers: Vec<HeaderField>,
    /// Fields of the query, decoded.
    pub query: Vec<HeaderField>,
    /// Name of the event, where the host knows it otherwise than by a header.
    pub event: Option<String>,
    /// Names of the twin's person in the service: logins, ids, addresses.
    pub me: Vec<String>,
    /// IANA zone of times that are written without one; default: the person's, else UTC.
    pub zone: Option<String>,
}

/// What the host has to answer, and what came of the delivery.
#[payload(full)]
pub struct ReceivedView {
    /// Status of the answer.
    pub status: u32,
    /// Type of the answer's body, where it has one.
    pub content_type: Option<String>,
    /// Further headers of the answer.
    pub headers: Vec<HeaderField>,
    /// The answer's body.
    pub body: String,
    /// What was delivered: `issues.opened` …; empty where that is not known.
    pub kind: String,
    /// The sender's id of the delivery.
    pub delivery: Option<String>,
    /// What proved who sent it: `signature` or `token`.
    pub verified: Option<String>,
    /// Why it is refused: `signature_wrong`, `timestamp_old` …
    pub refused: Option<String>,
    /// A secret that the service hands out once: keep it for the deliveries to come.
    pub new_secret: Option<String>,
    /// Events written.
    pub events: u64,
    /// Facts that were there already: a delivery sent again.
    pub duplicates: u64,
    /// Parts that are no facts about work, or could not be used, with why.
    pub ignored: Vec<String>,
}

impl Twin {
    /// Takes what a service delivers: proves who sent it on the raw bytes, reads it, records the facts, and says what
    /// to answer. Of messages only who, when and how long is kept. A delivery that is sent again changes nothing; one
    /// that is refused is an answer, no error.
    ///
    /// # Errors
    /// `not_found` for a service that is not known; `consent_required`, `storage`.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, ReceiveRequest, Storage};
    /// # let noon = FixedClock("2026-03-02T07:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// # let twin = engine.own_twin("me")?;
    /// let request: ReceiveRequest = serde_json::from_str(r#"{"service":"github","secret":"s",
    ///     "headers":[{"name":"X-GitHub-Event","value":"ping"}]}"#)?;
    /// let answer = twin.receive(&request, b"{}")?;
    /// assert_eq!((answer.status, answer.refused.as_deref()), (401, Some("signature_missing")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn receive(&self, request: &ReceiveRequest, body: &[u8]) -> Result<ReceivedView> {
        let service = Service::named(&request.service).ok_or_else(|| {
            let known = Service::ALL.map(Service::as_str).join(", ");
            Error::new(Code::NotFound, format!("there is no such service; there are {known}"))
        })?;
        let (mut log, now) = self.enter_to_write()?;
        let stated = request.zone.as_deref().map(Zone::named).transpose()?;
        let zone = stated.unwrap_or_else(|| log.context().zones.at(now).clone());
        let pairs = |fields: &[HeaderField]| -> Vec<(String, String)> {
            fields.iter().map(|f| (f.name.clone(), f.value.clone())).collect()
        };
        let (headers, query) = (pairs(&request.headers), pairs(&request.query));
        let delivery =
            Delivery { service, event: request.event.clone(), headers: &headers, query: &query, body };
        let options = WorkOptions { me: request.me.clone(), zone };
        let mut intake = Intake::new(&mut log, now);
        let reply = receive(&delivery, request.secret.as_bytes(), &options, now, &mut intake)?;
        let (report, _) = intake.finish()?;
        let told = report.refused.iter().map(|r| format!("{}: {}", r.code, r.example));
        Ok(ReceivedView {
            status: u32::from(reply.status),
            content_type: reply.content_type.map(str::to_owned),
            headers: reply.headers.into_iter().map(|(name, value)| HeaderField { name, value }).collect(),
            body: reply.body,
            kind: reply.kind,
            delivery: reply.delivery,
            verified: reply.verified.map(|v| match v {
                Verified::Signature => "signature".into(),
                Verified::Token => "token".into(),
            }),
            refused: reply.refused.map(|r| r.code.to_owned()),
            new_secret: reply.new_secret,
            events: report.events,
            duplicates: report.duplicates,
            ignored: told
                .chain(report.warnings.into_iter().map(|w| format!("{}: {}", w.code, w.message)))
                .collect(),
        })
    }
}
