//! Pull requests and their reviews.

use super::Scene;
use super::issues::{task, with};
use crate::work::facts::{Facts, When, revision};
use crate::work::json::{flag, id, text};
use serde_json::Value;
use twin_core::Result;
use twin_core::event::{ReviewDone, ReviewOutcome};

pub(super) fn read(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v.pointer("/pull_request").unwrap_or(&Value::Null);
    let Some(task) = task(scene, "/pull_request", facts) else {
        facts.refuse("bad_record", scene.kind, "a pull request without a number");
        return Ok(());
    };
    let (Some(made), Some(changed)) = (facts.first_time(v, &["/created_at", "/updated_at"]), task.changed)
    else {
        facts.refuse("bad_time", scene.kind, "a pull request without a time that can be read");
        return Ok(());
    };
    match scene.action {
        "opened" => task.started(made, facts),
        // What is known of it changed.
        "edited" | "labeled" | "unlabeled" | "assigned" | "unassigned" if text(v, "/closed_at").is_none() => {
            task.started(made, facts)
        }
        "reopened" => task.reopened(changed, facts),
        "closed" if flag(v, "/merged") == Some(true) || text(v, "/merged_at").is_some() => {
            let at = facts.first_time(v, &["/merged_at", "/closed_at"]).unwrap_or(changed);
            let others = with(v, facts, text(v, "/user/login"));
            task.completed(at, None, others, facts)
        }
        "closed" => {
            facts.ignore(scene.kind, "it was closed without being merged");
            Ok(())
        }
        "review_requested" | "review_request_removed" => {
            facts.ignore(scene.kind, "a review that is asked for is not done yet");
            Ok(())
        }
        _ => {
            facts.ignore(scene.kind, "the pull request goes on as it was");
            Ok(())
        }
    }
}

/// How long a review was waited for is not told: when it was asked for stands in another delivery.
pub(super) fn reviewed(scene: &Scene<'_>, facts: &mut Facts<'_>) -> Result<()> {
    let v = scene.v.pointer("/review").unwrap_or(&Value::Null);
    let item = scene.item(id(scene.v, "/pull_request/number"));
    let at = facts.time(v, "/submitted_at");
    let (Some(item), Some(at), Some(number)) = (item, at, id(v, "/id")) else {
        facts.refuse("bad_record", scene.kind, "a review without an id or a time that can be read");
        return Ok(());
    };
    let outcome = match text(v, "/state").unwrap_or_default().to_ascii_lowercase().as_str() {
        "approved" => ReviewOutcome::Approved,
        "changes_requested" => ReviewOutcome::ChangesRequested,
        "commented" => ReviewOutcome::Commented,
        _ => {
            facts.ignore(scene.kind, "the review has no outcome");
            return Ok(());
        }
    };
    let author = text(scene.v, "/pull_request/user/login");
    let reviewer = text(v, "/user/login");
    if author.is_some() && author == reviewer {
        facts.ignore(scene.kind, "remarks on one's own work are no review");
        return Ok(());
    }
    let body = ReviewDone {
        item,
        author: facts.who(&[author]),
        reviewer: facts.who(&[reviewer]),
        outcome,
        waited_s: None,
        comments: None,
        skills: scene.skills(),
    };
    facts.fact(When::at(at), &format!("review/{number}"), revision(Some(at)), body)
}
