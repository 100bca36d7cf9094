use super::energy;
use super::estimates::{card, title};
use crate::predict::{NamedEstimate, PredictionView, SpanView};
use crate::report::html::{Esc, clock, local_hour, number, percent, put, short_date, weekday_name, words};
use crate::report::page::Page;
use crate::report::table::list;
use twin_core::estimate::Estimate;
use twin_core::sort::OrderBy;
use twin_core::{Timestamp, Zone};

/// Models that the page speaks of, in its order.
pub(crate) const SHOWN_MODELS: &[&str] = &[
    "readiness",
    "energy_curve",
    "alertness",
    "recovery_index",
    "recovery_time",
    "sleep_score",
    "sleep_debt",
    "sleep_timing",
    "sleep_regularity",
    "training_form",
    "vo2max",
    "circadian_phase",
    "health_anomaly",
    "stress_now",
    "stress_load",
    "stress_recovery",
    "burnout_risk",
    "mood_trend",
    "wellness",
];

/// Most estimates shown of one model.
const MAX_ESTIMATES: usize = 4;
/// Most stretches of time listed.
const MAX_SPANS: usize = 20;

/// What the models say now: energy of the coming day, the main estimates, what stands out.
pub(crate) fn outlook(page: &mut Page<'_>) {
    let Some(outlook) = &page.frame.data.outlook else {
        page.say("none", "No model was asked for this report.");
        return;
    };
    let zone = zone_at(page, outlook.at);
    let said: Vec<&PredictionView> =
        SHOWN_MODELS.iter().filter_map(|id| outlook.said.iter().find(|said| said.model == *id)).collect();
    page.say("fine", &format!("As of {}.", moment(outlook.at, &zone)));
    if let Some(said) = said.iter().find(|said| said.model == "energy_curve") {
        energy::curve(page, said, outlook.at, &zone);
    }
    let (mut shown, mut absent) = (false, Vec::new());
    for said in &said {
        let estimates = said.estimates.iter().filter(|e| !is_detail(&said.model, e)).take(MAX_ESTIMATES);
        let (given, not): (Vec<_>, Vec<_>) = estimates.partition(|e| is_of_person(&e.estimate));
        if given.is_empty() {
            absent.extend(not.first().map(|e| why_not(said, e)));
        }
        if !given.is_empty() && !shown {
            page.out.push_str("<ul class=\"cards said\">");
            shown = true;
        }
        for (i, e) in given.into_iter().enumerate() {
            // A model's words stand once, with the first of its figures.
            let words = if i == 0 { said.words.as_slice() } else { &[] };
            card(&mut page.out, &title(&said.model, &e.name), &e.name, &e.estimate, words);
        }
    }
    if shown {
        page.out.push_str("</ul>");
    } else {
        page.say("none", "There is not enough yet for any model to say something.");
    }
    spans(page, &said, &zone);
    if !absent.is_empty() {
        let out = &mut page.out;
        put!(out, "<details class=data><summary>Not said, and why</summary><ul class=plain>");
        for (title, why) in absent {
            put!(out, "<li><b>{}</b>: {}", Esc(&title), Esc(&why));
        }
        put!(out, "</ul></details>");
    }
}

/// Figures that only mean something next to others of their model.
fn is_detail(model: &str, e: &NamedEstimate) -> bool {
    (model == "circadian_phase" && e.name == "amplitude") || e.name.ends_with("log_odds")
}

/// It has a value, and not only the one that everybody starts with.
fn is_of_person(e: &Estimate) -> bool {
    e.value.is_some_and(f64::is_finite) && !(e.prior_share >= 1.0 && e.n_effective <= 0.0)
}

/// Why a model says nothing, in plain words.
fn why_not(said: &PredictionView, e: &NamedEstimate) -> (String, String) {
    let mut why: Vec<&str> = e.estimate.gaps.iter().map(String::as_str).collect();
    why.extend(said.words.iter().map(String::as_str));
    let why =
        if why.is_empty() { super::estimates::status(e.estimate.status).to_owned() } else { why.join("; ") };
    (if said.title.is_empty() { words(&said.model) } else { said.title.clone() }, why)
}

/// The zone lived in at a moment.
pub(super) fn zone_at(page: &Page<'_>, at: Timestamp) -> Zone {
    let date = page.frame.zone.date_of(at);
    let day = page.frame.days.iter().flatten().find(|day| day.date == date);
    day.map_or_else(|| page.frame.zone.clone(), |day| page.frame.zone_on(day))
}

/// `Tue 3 Mar 14:15`.
pub(super) fn moment(t: Timestamp, zone: &Zone) -> String {
    let date = zone.date_of(t);
    format!("{} {} {}", weekday_name(date), short_date(date), clock(local_hour(t, zone, date)))
}

/// Stretches of time that models name; the peaks of energy stand in its curve.
fn spans(page: &mut Page<'_>, said: &[&PredictionView], zone: &Zone) {
    let mut spans: Vec<&SpanView> =
        said.iter().flat_map(|said| &said.spans).filter(|span| span.name != "peak_window").collect();
    if spans.is_empty() {
        return;
    }
    spans.order_by_key(|span| std::cmp::Reverse((span.start, span.end)));
    let more = spans.len().saturating_sub(MAX_SPANS);
    let rows: Vec<Vec<String>> = spans
        .into_iter()
        .take(MAX_SPANS)
        .map(|span| {
            let unit = span.unit.as_deref().map_or("", super::estimates::unit);
            let level = span.value.filter(|v| v.is_finite());
            vec![
                words(&span.name),
                moment(span.start, zone),
                moment(span.end, zone),
                level.map_or(String::new(), |v| format!("{} {unit}", number(v, 1)).trim().to_owned()),
                span.probability
                    .filter(|p| p.is_finite())
                    .map_or(String::new(), |p| percent(p.clamp(0.0, 1.0))),
                span.note.clone().unwrap_or_default(),
            ]
        })
        .collect();
    page.out.push_str("<div class=\"fig whole\"><h3>What stands out</h3><p>Newest first.</p>");
    let heads = ["What", "From", "To", "Level", "How likely", "In words"];
    list(&mut page.out, "What stands out", &heads, &rows);
    page.out.push_str("</div>");
    if more > 0 {
        page.say("fine", &format!("{more} older ones not listed."));
    }
}
