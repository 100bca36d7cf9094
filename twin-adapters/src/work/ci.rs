//! Checks by machines: builds, test runs, deployments.

use super::facts::{Facts, When};
use super::json::{id, list, text};
use serde_json::Value;
use twin_core::event::CheckFinished;
use twin_core::{Result, Timestamp};

/// A check that ran.
pub(super) struct Check {
    /// The service's id of the run, and of the attempt.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) project: Option<String>,
    pub(super) duration_s: Option<f64>,
    pub(super) author: Option<String>,
    pub(super) skills: Vec<String>,
}

/// Did it hold? `None` for words that say neither: cancelled, skipped, still running.
pub(super) fn held(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "success" | "passed" => Some(true),
        "failure" | "failed" | "error" | "timed_out" | "startup_failure" => Some(false),
        _ => None,
    }
}

/// Why a check of such a word is no fact.
pub(super) const NEITHER: &str = "it neither held nor failed";

impl Check {
    pub(super) fn finished(self, at: Timestamp, passed: bool, facts: &mut Facts<'_>) -> Result<()> {
        let body = CheckFinished {
            check: self.name,
            project: self.project,
            passed,
            duration_s: self.duration_s,
            author: self.author,
            skills: self.skills,
        };
        facts.fact(When::at(at), &format!("check/{}", self.id), 0, body)
    }
}

/// Time between two moments, where it is one.
pub(super) fn between(start: Option<Timestamp>, end: Timestamp) -> Option<f64> {
    start.map(|s| end.secs_since(s)).filter(|s| *s >= 0.0)
}

/// Lists of GitHub's API: `workflow_runs`, `jobs`, `check_runs`.
pub(super) fn runs(v: &Value, facts: &mut Facts<'_>) -> Result<()> {
    for (path, kind) in
        [("/workflow_runs", "workflow_run"), ("/jobs", "workflow_job"), ("/check_runs", "check_run")]
    {
        for run in list(v, path) {
            let project = text(run, "/repository/full_name").map(str::to_owned).or_else(|| project_of(run));
            let author = facts.who(&[text(run, "/actor/login")]);
            run_finished(kind, run, (project, author, Vec::new()), facts)?;
        }
    }
    Ok(())
}

/// The repository in the address of a run: `https://api.github.com/repos/o/r/actions/…`.
fn project_of(run: &Value) -> Option<String> {
    let mut parts = text(run, "/url")?.split("/repos/").nth(1)?.split('/');
    Some(format!("{}/{}", parts.next()?, parts.next()?))
}

/// A run, job or check run of GitHub's, by webhook or from a list.
pub(super) fn run_finished(
    kind: &str,
    run: &Value,
    (project, author, skills): (Option<String>, Option<String>, Vec<String>),
    facts: &mut Facts<'_>,
) -> Result<()> {
    let Some(passed) = text(run, "/conclusion").and_then(held) else {
        facts.ignore(&format!("{kind}.completed"), NEITHER);
        return Ok(());
    };
    let started = facts.first_time(run, &["/run_started_at", "/started_at", "/created_at"]);
    let (Some(ended), Some(number)) =
        (facts.first_time(run, &["/completed_at", "/updated_at"]), id(run, "/id"))
    else {
        facts.refuse("bad_record", kind, "a run without an id or a time that can be read");
        return Ok(());
    };
    let name = text(run, "/name").unwrap_or(kind);
    let name = match text(run, "/workflow_name") {
        Some(workflow) if kind == "workflow_job" => format!("{workflow} / {name}"),
        _ => name.to_owned(),
    };
    let attempt = id(run, "/run_attempt").unwrap_or_else(|| "1".into());
    let check = Check {
        id: format!("{kind}/{number}/{attempt}"),
        name,
        project,
        duration_s: between(started, ended),
        author,
        skills,
    };
    check.finished(ended, passed, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_outcomes() {
        assert_eq!(held("success"), Some(true));
        assert_eq!(held("Timed_Out"), Some(false));
        assert_eq!(held("cancelled"), None);
        let run = serde_json::json!({ "url": "https://api.github.com/repos/o/r/actions/runs/1" });
        assert_eq!(project_of(&run).as_deref(), Some("o/r"));
    }
}
