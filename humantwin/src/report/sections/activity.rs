use super::{numbers, texts};
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::{ActivityDay, Day};
use crate::report::frame::Frame;
use crate::report::html::{long_date, number, percent, words};
use crate::report::page::Page;
use crate::report::strip::{Strip, add_box};

const LEVELS: [(&str, f64); 5] =
    [("f-h0", 0.5), ("f-h1", 250.0), ("f-h2", 750.0), ("f-h3", 2000.0), ("f-h4", f64::INFINITY)];

/// Steps, by day and by hour.
pub(crate) fn activity(page: &mut Page<'_>) {
    let frame = &page.frame;
    if !frame.days.iter().flatten().any(|d| d.activity.is_some()) {
        page.say("none", "No activity in this span.");
        return;
    }
    let value = |of: fn(&ActivityDay) -> Option<f64>| frame.values(|d| d.activity.as_ref().and_then(of));
    let steps = value(|a| a.steps);
    let daily = Figure {
        id: "activity-steps".into(),
        title: "Steps",
        summary: describe(frame, &steps, Format::Number(0), "steps", ("day", "days")),
        format: Format::Number(0),
        height_px: 190,
        axis: (Some(0.0), None),
        series: vec![Series { label: "Steps", unit: "steps", kind: Kind::Bar, color: "move", data: steps }],
        more: vec![
            numbers("Distance, km", 1, &value(|a| a.distance_km)),
            numbers("Active energy, kcal", 0, &value(|a| a.active_energy_kcal)),
            numbers("Sedentary, min", 0, &value(|a| a.sedentary_min)),
            texts(
                "Sources",
                frame.texts(|d| {
                    let parts = d.activity.as_ref()?.pieces.iter().filter(|p| p.share.is_finite());
                    Some(
                        parts
                            .map(|p| format!("{} {}", p.source, percent(p.share)))
                            .collect::<Vec<_>>()
                            .join(", "),
                    )
                }),
            ),
        ],
    };
    let active = value(|a| a.active_min);
    let minutes = Figure {
        id: "activity-minutes".into(),
        title: "Active minutes",
        summary: describe(frame, &active, Format::Minutes, "", ("day", "days")),
        format: Format::Minutes,
        height_px: 150,
        axis: (Some(0.0), None),
        series: vec![Series { label: "Active", unit: "", kind: Kind::Bar, color: "move", data: active }],
        more: Vec::new(),
    };
    let hours: Vec<Option<Hours>> = frame.days.iter().map(|d| d.and_then(|d| by_clock(frame, d))).collect();
    let heat = hours.iter().any(Option::is_some).then(|| heat(frame, &hours));
    page.out.push_str("<div class=figs>");
    page.figure(daily);
    if let Some(heat) = heat {
        page.strip(heat);
    }
    page.figure(minutes);
    page.out.push_str("</div>");
}

type Hours = [Option<f64>; 24];

/// Steps by hour of the clock: an hour that the clock skips is a gap, one that it repeats holds both.
fn by_clock(frame: &Frame<'_>, day: &Day) -> Option<Hours> {
    let hours = &day.activity.as_ref()?.steps_by_hour;
    let zone = frame.zone_on(day);
    let (start, _) = zone.day_bounds(day.date);
    let mut out: Hours = [None; 24];
    for (k, steps) in hours.iter().enumerate() {
        let Some(steps) = steps.filter(|s| s.is_finite()) else { continue };
        let at = start.plus_secs(i64::try_from(k).ok()?.saturating_mul(3600));
        let hour = (at.secs() + i64::from(zone.offset_at(at))).rem_euclid(86_400) / 3600;
        if let Some(slot) = usize::try_from(hour).ok().and_then(|h| out.get_mut(h)) {
            *slot = Some(slot.unwrap_or(0.0) + steps);
        }
    }
    out.iter().any(Option::is_some).then_some(out)
}

fn heat(frame: &Frame<'_>, days: &[Option<Hours>]) -> Strip<'static> {
    let mut paths: Vec<(&'static str, String)> =
        LEVELS.iter().map(|(class, _)| (*class, String::new())).collect();
    for (i, hours) in days.iter().enumerate() {
        for (h, steps) in hours.iter().flatten().enumerate() {
            let Some(steps) = steps else { continue };
            let level = LEVELS.iter().position(|(_, below)| steps < below).unwrap_or(LEVELS.len() - 1);
            if let Some((_, path)) = paths.get_mut(level) {
                add_box(path, i as f64 + 0.05, 0.9, h as f64 + 0.05, h as f64 + 0.95);
            }
        }
    }
    let busiest = |hours: &Hours| {
        hours
            .iter()
            .enumerate()
            .filter_map(|(h, s)| s.map(|s| (h, s)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    };
    let mut total = [0.0; 24];
    for hours in days.iter().flatten() {
        for (sum, steps) in total.iter_mut().zip(hours) {
            *sum += steps.unwrap_or(0.0);
        }
    }
    let top = busiest(&total.map(Some)).map_or(0, |(h, _)| h);
    let known = days.iter().flatten().count();
    Strip {
        id: "activity-hours",
        title: "Steps by hour",
        summary: format!(
            "{known} of {} days, midnight at the top. Your busiest hour starts at {top:02}:00.",
            frame.len()
        ),
        rows: 24.0,
        height_px: 192,
        gutter: "near",
        labels: [3, 6, 9, 12, 15, 18, 21].map(|h| (f64::from(h), format!("{h:02}:00"))).to_vec(),
        lines: Vec::new(),
        paths,
        key: ["none", "under 250", "under 750", "under 2000", "more"]
            .into_iter()
            .zip(["h0", "h1", "h2", "h3", "h4"])
            .map(|(label, color)| ("box", color, label.to_owned()))
            .collect(),
        tips: days
            .iter()
            .enumerate()
            .map(|(i, hours)| {
                let hours = hours.as_ref()?;
                let sum: f64 = hours.iter().flatten().sum();
                let (h, most) = busiest(hours)?;
                Some(format!(
                    "{}: {} steps, most at {h:02}:00 ({})",
                    long_date(frame.date(i)),
                    number(sum, 0),
                    number(most, 0)
                ))
            })
            .collect(),
        table: (0..24)
            .map(|h| {
                let cells = days
                    .iter()
                    .map(|d| d.and_then(|d| d.get(h).copied().flatten()).map(|s| number(s, 0)))
                    .collect();
                super::Column { head: words(&format!("{h:02}")), cells }
            })
            .collect(),
    }
}
