use super::texts;
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::{Session, TrainingState};
use crate::report::html::{duration, local_time, number, plural, put, words};
use crate::report::page::Page;
use crate::report::table::list;
use twin_core::sort::OrderBy;

/// Sessions shown before the rest is folded away.
const SHOWN: usize = 8;

/// Load by day, and sessions.
pub(crate) fn training(page: &mut Page<'_>) {
    let frame = &page.frame;
    let load = frame.values(|d| d.load.as_ref().map(|l| l.value));
    let mut sessions: Vec<&Session> = frame.data.sessions.iter().collect();
    sessions.order_by_key(|s| std::cmp::Reverse(s.start));
    if sessions.is_empty() && load.iter().all(Option::is_none) {
        page.say("none", "No training in this span.");
        return;
    }
    let rested = load.iter().flatten().filter(|v| **v == 0.0).count();
    let loaded: Vec<Option<f64>> = load.iter().map(|v| v.filter(|v| *v != 0.0)).collect();
    let about = format!(
        "{} {} of rest. Blank: not known.",
        describe(frame, &loaded, Format::Number(0), "", ("day", "days")),
        plural(rested, "day", "days")
    );
    let of = |pick: fn(&TrainingState) -> Option<f64>| frame.values(|d| d.training.as_ref().and_then(pick));
    let (fitness, fatigue, form) = (of(|t| t.fitness), of(|t| t.fatigue), of(|t| t.form));
    let newest = |values: &[Option<f64>]| values.iter().rev().flatten().next().map(|v| number(*v, 0));
    let state = match (newest(&fitness), newest(&fatigue), newest(&form)) {
        (Some(fitness), Some(fatigue), Some(form)) => format!(
            " Newest: fitness {fitness}, fatigue {fatigue}, form {form} (fitness less fatigue of the day before)."
        ),
        _ => String::new(),
    };
    let line = |label, color, data| Series { label, unit: "", kind: Kind::Line, color, data };
    // Form goes below nought; bars alone stand on it.
    let floor = if form.iter().flatten().any(|v| *v < 0.0) { None } else { Some(0.0) };
    let figure = Figure {
        id: "training-load".into(),
        title: "Training load",
        summary: about + &state,
        format: Format::Number(0),
        height_px: 220,
        axis: (floor, None),
        series: vec![
            Series { label: "Load", unit: "", kind: Kind::Bar, color: "train", data: load },
            line("Fitness", "work", fitness),
            line("Fatigue", "felt", fatigue),
            line("Form", "hrv", form),
        ],
        more: vec![texts("Method", frame.texts(|d| d.load.as_ref().map(|l| l.method.clone())))],
    };
    let rows: Vec<Vec<String>> = sessions
        .iter()
        .map(|s| {
            let of = |v: Option<f64>, decimals: u8| {
                v.filter(|v| v.is_finite()).map_or(String::new(), |v| number(v, decimals))
            };
            let load = match (of(s.load, 0), s.load_method.as_str()) {
                (l, m) if l.is_empty() || m.is_empty() => l,
                (l, m) => format!("{l} ({m})"),
            };
            vec![
                local_time(s.start, &frame.zone),
                words(&s.sport),
                s.duration_min.filter(|v| v.is_finite()).map_or(String::new(), duration),
                of(s.distance_km, 1),
                of(s.heart_rate_mean_bpm, 0),
                load,
                s.source.clone(),
            ]
        })
        .collect();
    let heads = ["When", "Sport", "Duration", "km", "Mean bpm", "Load", "Source"];
    page.out.push_str("<div class=figs>");
    page.figure(figure);
    let out = &mut page.out;
    put!(
        out,
        "</div><div class=\"fig whole\"><h3>Sessions</h3><p>{}, newest first.</p>",
        plural(rows.len(), "session", "sessions")
    );
    let (shown, rest) = rows.split_at_checked(SHOWN).unwrap_or((&rows, &[]));
    list(out, "Training sessions", &heads, shown);
    if !rest.is_empty() {
        put!(out, "<details class=data><summary>{} more</summary>", rest.len());
        list(out, "Earlier training sessions", &heads, rest);
        put!(out, "</details>");
    }
    put!(out, "</div>");
}
