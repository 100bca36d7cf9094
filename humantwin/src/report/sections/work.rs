use super::{numbers, texts};
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::CalendarDay;
use crate::report::html::percent;
use crate::report::page::Page;

/// Meetings and the longest time without one.
pub(crate) fn work(page: &mut Page<'_>) {
    let frame = &page.frame;
    if !frame.days.iter().flatten().any(|d| d.calendar.is_some()) {
        page.say("none", "No calendar in this span.");
        return;
    }
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
