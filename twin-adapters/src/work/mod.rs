//! Work: what trackers, code hosts, chats, calendars and timers tell, by webhook ([`receive`]) or as a file
//! ([`read`]).
//!
//! Pure: bytes in, observations out. Who listens, who fetches, with which token, is the host's affair.
//!
//! * People are named as the service names them. Those of [`WorkOptions::me`] are the person of the twin and
//!   absent from the facts; a task that nobody has is `unassigned`'s, and who is not told is `unknown`.
//! * Of messages stays who, when, where and how long, never the text.
//! * What is no fact about work is told to the sink as a refusal of code `ignored`, with its kind and why.
//! * Record ids come from the service's own ids, revisions from its times of change: what comes twice, by
//!   webhook or in a file, is one fact.
//!
//! The table of all kinds is in `docs/reference/work-sources.md`.

mod asana;
mod ci;
mod entry;
mod facts;
mod github;
mod gitlab;
mod google_calendar;
mod google_meet;
mod graph_calendar;
mod jira;
mod json;
mod mail;
mod message;
mod open;
mod slack;
mod task;
mod tasks_csv;
mod teams;
mod time_csv;
mod wakatime;
mod webhook;
mod zoom;

pub use open::{Format, matches, read};
pub use webhook::{Delivery, Refused, Reply, Verified, read_verified, receive, verify};

use crate::files::ReadOptions;
use facts::Facts;
use serde_json::Value;
use twin_core::{Result, Zone};

/// What a reader of this family is told besides the bytes.
#[derive(Clone, Debug)]
pub struct WorkOptions {
    /// Names of the twin's person in the services: logins, ids, addresses; case does not matter.
    pub me: Vec<String>,
    /// The zone of times that are written without one.
    pub zone: Zone,
}

impl Default for WorkOptions {
    /// Nobody is the person of the twin; times without a zone are UTC.
    fn default() -> Self {
        Self { me: Vec::new(), zone: Zone::utc() }
    }
}

impl WorkOptions {
    /// The same of a reader of files: its `subject` names the person of the twin, several names with commas between.
    #[must_use]
    pub fn of(options: &ReadOptions) -> Self {
        let names = options.subject.as_deref().unwrap_or_default().split(',');
        let me = names.map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
        Self { me, zone: options.zone.clone() }
    }
}

/// A service that delivers by webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Service {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Jira, in the cloud and on own servers.
    Jira,
    /// Asana.
    Asana,
    /// Slack.
    Slack,
    /// Microsoft Graph: Teams and Outlook.
    MicrosoftGraph,
    /// Zoom.
    Zoom,
    /// Google Calendar.
    GoogleCalendar,
}

impl Service {
    /// All services.
    pub const ALL: [Self; 8] = [
        Self::GitHub,
        Self::GitLab,
        Self::Jira,
        Self::Asana,
        Self::Slack,
        Self::MicrosoftGraph,
        Self::Zoom,
        Self::GoogleCalendar,
    ];

    /// The stable word for it, also the source of its records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Jira => "jira",
            Self::Asana => "asana",
            Self::Slack => "slack",
            Self::MicrosoftGraph => "microsoft_graph",
            Self::Zoom => "zoom",
            Self::GoogleCalendar => "google_calendar",
        }
    }

    /// The service of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// Reads the body of a verified delivery; gives its kind.
fn delivered(service: Service, event: Option<&str>, body: &Value, facts: &mut Facts<'_>) -> Result<String> {
    match service {
        Service::GitHub => github::read(event, body, facts),
        Service::GitLab => gitlab::read(event, body, facts),
        Service::Jira => jira::read(body, facts),
        Service::Asana => asana::delivered(body, facts),
        Service::Slack => slack::read(body, facts),
        Service::MicrosoftGraph => Ok(teams::notified(body, facts)),
        Service::Zoom => zoom::read(body, facts),
        // Its notices have no body.
        Service::GoogleCalendar => Ok(String::new()),
    }
}
