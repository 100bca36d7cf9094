//! Signed deliveries, and the table of what becomes of recorded ones.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use twin_adapters::work::{Delivery, Reply, Service, WorkOptions, receive};
use twin_core::Timestamp;
use twin_core::observation::Collected;

/// The secret of all samples.
pub const SECRET: &[u8] = b"It's a Secret to Everybody";

/// HMAC-SHA256 in hexadecimal digits.
pub fn hex_mac(secret: &[u8], message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
}

/// The headers with which a service would send this body.
pub fn signed(service: Service, event: &str, body: &[u8], now: Timestamp) -> Vec<(String, String)> {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let sent = now.secs().to_string();
    let versioned = [b"v0:", sent.as_bytes(), b":", body].concat();
    let token = || String::from_utf8(SECRET.to_vec()).expect("a text");
    match service {
        Service::GitHub => vec![
            pair("X-GitHub-Event", event.into()),
            pair("X-Hub-Signature-256", format!("sha256={}", hex_mac(SECRET, body))),
        ],
        Service::GitLab => vec![pair("X-Gitlab-Token", token())],
        Service::Jira => vec![pair("X-Hub-Signature", format!("sha256={}", hex_mac(SECRET, body)))],
        Service::Asana => vec![pair("X-Hook-Signature", hex_mac(SECRET, body))],
        Service::Slack => vec![
            pair("X-Slack-Request-Timestamp", sent),
            pair("X-Slack-Signature", format!("v0={}", hex_mac(SECRET, &versioned))),
        ],
        Service::Zoom => vec![
            pair("x-zm-request-timestamp", sent),
            pair("x-zm-signature", format!("v0={}", hex_mac(SECRET, &versioned))),
        ],
        Service::GoogleCalendar => vec![pair("X-Goog-Channel-Token", token())],
        _ => Vec::new(),
    }
}

/// Delivers a body as the service would.
pub fn deliver(service: Service, event: &str, body: &[u8], options: &WorkOptions) -> (Reply, Collected) {
    let now = now();
    let headers = signed(service, event, body, now);
    let mut seen = Collected::default();
    let reply = receive(&Delivery::new(service, &headers, body), SECRET, options, now, &mut seen);
    (reply.expect("a sink in memory takes all"), seen)
}

/// The moment of all deliveries.
pub fn now() -> Timestamp {
    "2026-11-01T12:00:00Z".parse().expect("a time")
}

/// The folder of recorded deliveries, where there is one.
pub fn corpus() -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let data = std::env::var("HUMANTWIN_DATA").unwrap_or_else(|_| format!("{root}/../shared/data"));
    Some(Path::new(&data).join("webhooks")).filter(|folder| folder.is_dir())
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let inside = std::fs::read_dir(folder).expect("a folder");
    let mut inside: Vec<PathBuf> = inside.map(|e| e.expect("an entry").path()).collect();
    inside.sort();
    for path in inside {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Of one kind of delivery: how many, what they became, why some or parts of them are no facts.
#[derive(Default)]
pub struct Row {
    pub files: u64,
    pub mapped: u64,
    pub facts: BTreeSet<String>,
    pub reasons: BTreeSet<String>,
}

/// Every recorded delivery, by service and kind; and those that became nothing without a reason.
pub fn table(folder: &Path) -> (BTreeMap<(&'static str, String), Row>, Vec<String>) {
    let mut rows: BTreeMap<(&'static str, String), Row> = BTreeMap::new();
    let mut failed = Vec::new();
    for (name, service) in [
        ("github", Service::GitHub),
        ("gitlab", Service::GitLab),
        ("jira", Service::Jira),
        ("slack_events", Service::Slack),
    ] {
        let mut paths = Vec::new();
        files(&folder.join(name), &mut paths);
        for path in paths {
            let bytes = std::fs::read(&path).expect("a file");
            // GitHub names the event in a header: the folder does here.
            let event = path.parent().and_then(Path::file_name).and_then(|n| n.to_str()).unwrap_or_default();
            let (reply, seen) = deliver(service, event, &bytes, &WorkOptions::default());
            let silent = seen.facts.is_empty() && seen.refused.is_empty();
            if reply.status != 200 || reply.kind.is_empty() || silent {
                failed.push(format!("{}: {:?}", path.display(), reply.refused));
            }
            let row = rows.entry((service.as_str(), reply.kind)).or_default();
            row.files += 1;
            row.mapped += u64::from(!seen.facts.is_empty());
            row.facts.extend(seen.counts().into_keys());
            row.reasons.extend(seen.refused.iter().map(|r| match r.code.as_str() {
                "ignored" => r.message.clone(),
                code => format!("`{code}`: {}", r.message),
            }));
        }
    }
    (rows, failed)
}

/// The table as it stands in the documentation.
pub fn shown(rows: &BTreeMap<(&'static str, String), Row>) -> String {
    let mut text = String::from("| service | kind | files | read | becomes | not read, because |\n");
    text += "| --- | --- | ---: | ---: | --- | --- |\n";
    for ((service, kind), row) in rows {
        let facts: Vec<String> = row.facts.iter().map(|f| format!("`{f}`")).collect();
        let reasons: Vec<&str> = row.reasons.iter().map(String::as_str).collect();
        text += &format!(
            "| {service} | `{kind}` | {} | {} | {} | {} |\n",
            row.files,
            row.mapped,
            facts.join(", "),
            reasons.join("; ")
        );
    }
    text
}
