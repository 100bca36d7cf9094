use super::estimates::{card, title};
use super::outlook::moment;
use super::{numbers, texts};
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::CalendarDay;
use crate::report::html::percent;
use crate::report::page::Page;
use crate::report::table::list;
use twin_core::sort::OrderBy;

/// Models of work that the page speaks of, in its order.
pub(crate) const WORK_MODELS: &[&str] = &[
    "daily_capacity",
    "cognitive_load",
    "capacity_forecast",
    "task_duration",
    "strain_recovery",
    "skill_level",
    "skill_gaps",
    "ties",
];

/// Most estimates shown of one model.
const MAX_ESTIMATES: usize = 4;

/// Meetings, what the models say of work, and a plan for today and tomorrow.
pub(crate) fn work(page: &mut Page<'_>) {
    if page.frame.days.iter().flatten().any(|d| d.calendar.is_some()) {
        meetings(page);
    } else {
        page.say("none", "No calendar in this span.");
    }
    said(page);
    plan(page);
}

/// What the models say of work now.
fn said(page: &mut Page<'_>) {
    let Some(outlook) = &page.frame.data.outlook else { return };
    let mut shown = false;
    for model in WORK_MODELS {
        let Some(said) = outlook.said.iter().find(|said| said.model == *model) else { continue };
        let given = said.estimates.iter().filter(|e| e.estimate.value.is_some_and(f64::is_finite));
        // Details of a figure carry its name and a comma.
        let main = given.filter(|e| !e.name.contains(", ") || *model == "capacity_forecast");
        // A day off holds nothing, and that is no news.
        let main = main.filter(|e| *model != "daily_capacity" || e.estimate.value.is_some_and(|v| v > 0.0));
        for (i, e) in main.take(MAX_ESTIMATES).enumerate() {
            if !shown {
                page.out.push_str("<ul class=\"cards said\">");
                shown = true;
            }
            let words = if i == 0 { said.words.as_slice() } else { &[] };
            card(&mut page.out, &heading(model, &e.name), &e.name, &e.estimate, words);
        }
    }
    if shown {
        page.out.push_str("</ul>");
    }
}

/// What a figure is about: the names of these models are those of tasks, skills and people.
fn heading(model: &str, name: &str) -> String {
    match (model, name) {
        ("task_duration", task) => format!("Task {task}"),
        ("skill_level", skill) => format!("Skill: {skill}"),
        ("skill_gaps", "readiness" | "coverage") => format!("Your role: {name}"),
        ("skill_gaps", skill) => format!("Gap: {skill}"),
        ("ties", person) => format!("Tie with {person}"),
        ("strain_recovery", "recovery") => "Until the strain of work is gone".into(),
        ("daily_capacity", "focus_hours") => "Focus hours of today".into(),
        _ => title(model, name),
    }
}

/// The plan of the coming days, and what found no place.
fn plan(page: &mut Page<'_>) {
    let Some((plan, at)) = page.frame.data.outlook.as_ref().and_then(|o| Some((o.plan.as_ref()?, o.at)))
    else {
        return;
    };
    let zone = super::outlook::zone_at(page, at);
    let mut blocks: Vec<&crate::plan::PlanBlock> = plan.blocks.iter().collect();
    blocks.order_by_key(|b| b.start);
    let mut rows: Vec<Vec<String>> = blocks
        .into_iter()
        .map(|b| vec![moment(b.start, &zone), moment(b.end, &zone), b.task.clone(), String::new()])
        .collect();
    rows.extend(
        plan.left_out
            .iter()
            .map(|out| vec!["not planned".into(), String::new(), out.name.clone(), out.reason.clone()]),
    );
    page.out.push_str("<div class=\"fig whole\"><h3>A plan for the coming days</h3>");
    page.out.push_str("<p>Open tasks where your energy is, within what the days hold.</p>");
    list(&mut page.out, "A plan for the coming days", &["From", "To", "Task", "Why not"], &rows);
    page.out.push_str("</div>");
}

/// Meetings and the longest time without one.
fn meetings(page: &mut Page<'_>) {
    let frame = &page.frame;
    let value = |of: fn(&CalendarDay) -> Option<f64>| frame.values(|d| d.calendar.as_ref().and_then(of));
    let minutes = |values: Vec<Option<f64>>| -> Vec<Option<f64>> {
        values.into_iter().map(|v| v.map(|h| h * 60.0)).collect()
    };
    let meetings = minutes(value(|c| c.meeting_h));
    let focus = minutes(value(|c| c.longest_focus_h));
    let days = ("day", "days");
    let meetings = Figure {
        id: "work-meetings".into(),
        title: "Time in meetings",
        summary: describe(frame, &meetings, Format::Minutes, "", days),
        format: Format::Minutes,
        height_px: 170,
        axis: (Some(0.0), None),
        series: vec![Series {
            label: "In meetings",
            unit: "",
            kind: Kind::Bar,
            color: "work",
            data: meetings,
        }],
        more: vec![
            numbers("Meetings", 0, &value(|c| c.meetings.map(f64::from))),
            texts(
                "Outside working hours",
                frame.texts(|d| d.calendar.as_ref()?.outside_hours.filter(|v| v.is_finite()).map(percent)),
            ),
        ],
    };
    let focus = Figure {
        id: "work-focus".into(),
        title: "Longest time without a meeting",
        summary: format!("In working hours. {}", describe(frame, &focus, Format::Minutes, "", days)),
        format: Format::Minutes,
        height_px: 170,
        axis: (Some(0.0), None),
        series: vec![Series { label: "Longest gap", unit: "", kind: Kind::Bar, color: "focus", data: focus }],
        more: Vec::new(),
    };
    page.out.push_str("<div class=figs>");
    page.figure(meetings);
    page.figure(focus);
    page.out.push_str("</div>");
}
