//! Files of this family: which one it is, and the way to its reader.

use super::facts::Facts;
use super::{
    WorkOptions, asana, ci, google_calendar, google_meet, graph_calendar, jira, mail, tasks_csv, teams,
    time_csv, wakatime, zoom,
};
use crate::files::ReadOptions;
use crate::files::shared::rows::delimiter;
use crate::files::shared::text::head_text;
use serde_json::Value;
use std::io::{BufRead, Read};
use twin_core::observation::Sink;
use twin_core::{Error, Result, Timestamp};

/// Longest file of JSON read: it is held in memory as a whole.
const MAX_BYTES: u64 = 64 << 20;

/// A file format of this family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Events of Google Calendar's API.
    GoogleCalendar,
    /// Events of Outlook's calendar, from Microsoft Graph.
    GraphCalendar,
    /// Messages of Teams, from Microsoft Graph.
    TeamsMessages,
    /// Issues of Jira's API.
    JiraIssues,
    /// Tasks of Asana's API.
    AsanaTasks,
    /// Runs of GitHub's API.
    GitHubRuns,
    /// A meeting of Zoom's API with its participants.
    ZoomReport,
    /// Participants of conferences of Google Meet's API.
    GoogleMeet,
    /// Heartbeats and durations of WakaTime.
    WakaTime,
    /// A table of tasks.
    TasksCsv,
    /// A time sheet.
    TimeCsv,
    /// Headers of e-mail, one message or a mailbox.
    Mail,
}

impl Format {
    /// The stable word for it, also the source of its records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GoogleCalendar => "google_calendar",
            Self::GraphCalendar => "graph_calendar",
            Self::TeamsMessages => "teams",
            Self::JiraIssues => "jira",
            Self::AsanaTasks => "asana",
            Self::GitHubRuns => "github",
            Self::ZoomReport => "zoom",
            Self::GoogleMeet => "google_meet",
            Self::WakaTime => "wakatime",
            Self::TasksCsv => "tasks_csv",
            Self::TimeCsv => "time_csv",
            Self::Mail => "mail",
        }
    }
}

/// Fields that tell a format: all of a line must be among the first bytes.
const MARKS: &[(&[&str], Format)] = &[
    (&["\"calendar#events\""], Format::GoogleCalendar),
    (&["\"calendar#event\""], Format::GoogleCalendar),
    (&["\"isAllDay\"", "\"dateTime\"", "\"showAs\""], Format::GraphCalendar),
    (&["\"messageType\"", "\"createdDateTime\"", "\"replyToId\""], Format::TeamsMessages),
    (&["\"issues\"", "\"fields\"", "\"issuetype\""], Format::JiraIssues),
    (&["\"gid\"", "\"resource_type\"", "\"created_at\""], Format::AsanaTasks),
    (&["\"workflow_runs\"", "\"total_count\""], Format::GitHubRuns),
    (&["\"check_runs\"", "\"total_count\""], Format::GitHubRuns),
    (&["\"jobs\"", "\"total_count\"", "\"workflow_name\""], Format::GitHubRuns),
    (&["\"participants\"", "\"join_time\""], Format::ZoomReport),
    (&["\"participants\"", "\"earliestStartTime\""], Format::GoogleMeet),
    (&["\"time\"", "\"entity\"", "\"category\""], Format::WakaTime),
    (&["\"time\"", "\"entity\"", "\"project\""], Format::WakaTime),
    (&["\"time\"", "\"duration\"", "\"project\"", "\"data\""], Format::WakaTime),
];

/// The format that these first bytes begin, if known.
///
/// ```
/// use twin_adapters::work::{Format, matches};
/// assert_eq!(matches(b"task_id,person,completed_at\n"), Some(Format::TasksCsv));
/// assert_eq!(matches(b"From: a@b.org\nDate: 1 Jan 2026 10:00 +0000\n\nbody"), Some(Format::Mail));
/// assert_eq!(matches(b"hello"), None);
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> Option<Format> {
    let text = head_text(head);
    let text = text.trim_start();
    if text.starts_with(['{', '[']) {
        return MARKS
            .iter()
            .find(|(marks, _)| marks.iter().all(|m| text.contains(m)))
            .map(|(_, format)| *format);
    }
    let line = text.lines().next().unwrap_or_default();
    let split = char::from(delimiter(line));
    let cells: Vec<String> = line.split(split).map(|c| c.trim().trim_matches('"').to_owned()).collect();
    if tasks_csv::matches(&cells) {
        Some(Format::TasksCsv)
    } else if time_csv::matches(&cells) {
        Some(Format::TimeCsv)
    } else {
        mail::matches(text).then_some(Format::Mail)
    }
}

/// Reads a file, and hands what it says to the sink. `now` is the moment of reading.
///
/// ```
/// use twin_adapters::work::{Format, WorkOptions, read};
/// use twin_core::observation::Collected;
/// let table = "task_id,person,estimate_h,actual_h,completed_at\nT-1,ann,2,3,2026-03-02T10:00:00Z\n";
/// let options = WorkOptions { me: vec!["Ann".into()], ..WorkOptions::default() };
/// let (mut seen, now) = (Collected::default(), "2026-03-03T00:00:00Z".parse()?);
/// read(Format::TasksCsv, &mut table.as_bytes(), &options, now, &mut seen)?;
/// assert_eq!(seen.counts(), [("task.completed".to_owned(), 1)].into());
/// # Ok::<(), twin_core::Error>(())
/// ```
///
/// # Errors
/// `malformed` when nothing could be used, `unsupported` for JSON of more than 64 MiB, and what the sink returns.
pub fn read(
    format: Format,
    input: &mut dyn BufRead,
    options: &WorkOptions,
    now: Timestamp,
    sink: &mut dyn Sink,
) -> Result<()> {
    let read = ReadOptions { now, zone: options.zone.clone(), name: String::new(), subject: None };
    let mut facts = Facts::new(format.as_str(), &read, options, sink);
    let v = match format {
        Format::TasksCsv => return tasks_csv::read(input, &mut facts).and_then(|()| whole(&facts, format)),
        Format::TimeCsv => return time_csv::read(input, &mut facts).and_then(|()| whole(&facts, format)),
        Format::Mail => return mail::read(input, &mut facts).and_then(|()| whole(&facts, format)),
        _ => json(input)?,
    };
    match format {
        Format::GoogleCalendar => google_calendar::read(&v, &mut facts)?,
        Format::GraphCalendar => graph_calendar::read(&v, &mut facts)?,
        Format::TeamsMessages => teams::messages(&v, &mut facts)?,
        Format::JiraIssues => jira::issues(&v, &mut facts)?,
        Format::AsanaTasks => asana::tasks(&v, &mut facts)?,
        Format::GitHubRuns => ci::runs(&v, &mut facts)?,
        Format::ZoomReport => zoom::report(&v, &mut facts)?,
        Format::GoogleMeet => google_meet::read(&v, &mut facts)?,
        Format::WakaTime => wakatime::read(&v, &mut facts)?,
        Format::TasksCsv | Format::TimeCsv | Format::Mail => {}
    }
    whole(&facts, format)
}

/// Nothing usable at all is an error.
fn whole(facts: &Facts<'_>, format: Format) -> Result<()> {
    if facts.accepted == 0 && facts.ignored == 0 && facts.refused > 0 {
        return Err(Error::malformed(format.as_str(), "no record could be used; see the refusals"));
    }
    Ok(())
}

fn json(input: &mut dyn BufRead) -> Result<Value> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Error::malformed("json", e))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::Unsupported("JSON of more than 64 MiB; ask for fewer records at once".into()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    // The parser's own message may quote the text.
    serde_json::from_slice(bytes).map_err(|e| {
        Error::malformed("json", format_args!("no JSON from line {} column {} on", e.line(), e.column()))
    })
}
