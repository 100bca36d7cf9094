//! Tasks: planned, worked on, finished, sometimes come back.

use super::company::{CLOSE, KINDS, project};
use super::skills::level;
use super::{Out, digits};
use crate::draws::Draws;
use serde_json::json;

/// Tasks planned and not finished: id, kind, hours left, hours spent, estimate.
#[derive(Default)]
pub(super) struct Open {
    list: Vec<(String, usize, f64, f64, f64)>,
    next: u32,
}

/// Plans what is missing, and works from `from` to `to` minutes of the day.
pub(super) fn day(out: &mut Out<'_>, day: u32, draws: &mut Draws, open: &mut Open, slots: &[(u32, u32)]) {
    while open.list.len() < 6 {
        plan(out, day, draws, open);
    }
    for (from, to) in slots {
        let mut minute = *from;
        while minute + 15 <= *to {
            let Some((id, kind, left, spent, estimate)) = open.list.first_mut() else { return };
            let Some((name, .., skill, complexity)) = KINDS.get(*kind) else { return };
            let share = (*left).min(f64::from(to - minute) / 60.0);
            let end = (minute + libm::ceil(share * 60.0) as u32).min(*to).max(minute + 1);
            let project = project(*kind);
            let tracked = json!({ "start": out.at(day, minute).to_string(), "end": out.at(day, end).to_string(), "task": id,
                "project": project, "activity": name, "interruptions": draws.count(0.7) });
            out.tell(day, end, "timer", "capacity.time_tracked", tracked);
            (*left, *spent) = (*left - share, *spent + share);
            minute = end;
            if *left < 0.02 {
                let about = json!({ "kind": name, "project": project, "requester": "pm", "priority": "normal",
                    "skills": [skill], "complexity": complexity, "estimate_s": *estimate * 3600.0 });
                let with: Vec<&str> = if draws.chance(0.35) {
                    draws.pick(&CLOSE).copied().into_iter().collect()
                } else {
                    Vec::new()
                };
                let done = json!({ "task": id, "duration_s": digits(*spent * 3600.0, 0), "about": about, "with": with,
                    "rework": draws.chance(0.12), "rating": digits(draws.normal(0.7, 0.15).clamp(0.0, 1.0), 2) });
                out.tell(day, end, "tracker", "task.completed", done);
                let passed = draws.chance(0.85);
                let check = json!({ "check": "tests", "project": project, "passed": passed, "duration_s": 260.0, "skills": [skill] });
                out.tell(day, (end + 5).min(1439), "ci", "task.check_finished", check);
                open.list.remove(0);
                plan(out, day, draws, open);
            }
        }
    }
}

fn plan(out: &mut Out<'_>, day: u32, draws: &mut Draws, open: &mut Open) {
    let kind = draws.whole(0, KINDS.len() as u32 - 1) as usize;
    let Some((name, usual, bias, skill, complexity)) = KINDS.get(kind) else { return };
    let estimate = libm::round(usual * libm::exp(draws.normal(0.0, 0.4)) * 2.0).max(1.0) / 2.0;
    // Who masters it better is faster.
    let skilled = libm::exp(0.006 * (60.0 - level(skill, day)));
    let hours = estimate * bias * skilled * libm::exp(draws.normal(0.0, 0.3));
    open.next += 1;
    let id = format!("T-{}", open.next);
    let due = out.at(day + 3 + draws.whole(0, 6), 1020).to_string();
    let about = json!({ "kind": name, "project": project(kind), "requester": "pm", "priority": "normal",
        "skills": [skill], "complexity": complexity, "estimate_s": estimate * 3600.0 });
    let data = json!({ "task": id, "title": format!("{name} {}", open.next), "due": due, "value": f64::from(draws.whole(1, 3)), "about": about });
    out.tell(day, 530, "tracker", "task.planned", data);
    open.list.push((id, kind, hours, 0.0, estimate));
}
