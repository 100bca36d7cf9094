use crate::report::html::{Esc, clock, number, percent, put, words};
use crate::report::page::Page;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Most reasons listed of one estimate.
const MAX_REASONS: usize = 40;

/// Estimates of models: value, interval, confidence, gaps.
pub(crate) fn estimates(page: &mut Page<'_>) {
    let rows = &page.frame.data.estimates;
    if rows.is_empty() {
        page.say("none", "No estimates in this report.");
        return;
    }
    let out = &mut page.out;
    put!(out, "<ul class=cards>");
    for row in rows {
        card(out, &row.title, "", &row.estimate, &[]);
    }
    put!(out, "</ul>");
}

/// The card of one estimate. `name` is what the model calls it, and `said` what it adds in words.
pub(super) fn card(out: &mut String, title: &str, name: &str, e: &Estimate, said: &[String]) {
    put!(out, "<li class=card><h3>{}</h3><p class=value>{}</p>", Esc(title), value(e, name));
    put!(
        out,
        "<p class=usual><span class=\"chip {}\">{}</span> <span class=nb>{}</span></p>",
        if e.status == EstimateStatus::Ok { "ok" } else { "low" },
        status(e.status),
        interval(e, name)
    );
    for words in said.iter().filter(|words| !words.is_empty()) {
        put!(out, "<p class=why>{}</p>", Esc(&sentence(words)));
    }
    put!(out, "<p class=why>");
    if e.value.is_some() {
        put!(out, "Confidence {}, {} of the input was there. ", share(e.confidence), share(e.coverage));
    }
    if !e.gaps.is_empty() {
        put!(out, "Missing: {}. ", Esc(&e.gaps.join(", ")));
    }
    let moved: Vec<_> = e.contributions.iter().filter(|c| c.amount.is_finite()).take(MAX_REASONS).collect();
    put!(out, "{}", Esc(&most(&moved)));
    put!(out, "</p>");
    if !moved.is_empty() {
        put!(out, "<details class=data><summary>What moved it</summary><ul class=plain>");
        for c in moved {
            put!(out, "<li>{} <b>{}</b>", Esc(&c.feature.replace('_', " ")), signed(c.amount, 2));
        }
        put!(out, "</ul></details>");
    }
    put!(out, "<p class=fine>{} {}</p>", Esc(&e.model), Esc(&e.version));
}

/// The two reasons that moved it most, where there are more.
fn most(moved: &[&Contribution]) -> String {
    let mut by_size: Vec<&&Contribution> = moved.iter().filter(|c| c.amount != 0.0).collect();
    by_size.order_by(|a, b| b.amount.abs().total_cmp(&a.amount.abs()));
    let told: Vec<String> = by_size
        .iter()
        .take(2)
        .map(|c| format!("{} ({})", c.feature.replace('_', " "), signed(c.amount, decimals(c.amount))))
        .collect();
    if by_size.len() < 3 { String::new() } else { format!("Moved most by {}.", told.join(" and ")) }
}

fn signed(amount: f64, decimals: u8) -> String {
    format!("{}{}", if amount > 0.0 { "+" } else { "" }, number(amount, decimals))
}

/// What a model calls its estimate, for people.
pub(super) fn title(model: &str, name: &str) -> String {
    match (model, name) {
        ("energy_curve", "energy") => "Energy now".into(),
        ("alertness", _) => format!("{} now", words(name)),
        ("training_form", _) => format!("Training {}", name.replace('_', " ")),
        // Names that say nothing without their model's.
        (_, "today" | "index" | "score" | "value") => words(model),
        (_, "probability" | "trend" | "level" | "risk") => format!("{}: {name}", words(model)),
        (_, "dlmo") => "Evening rise of melatonin".into(),
        (_, "cbtmin") => "Lowest body temperature".into(),
        (_, "vo2max") => "VO₂max".into(),
        (_, "chronotype") => "Mid-sleep on free days".into(),
        _ => words(name),
    }
}

/// Estimates that are hours of the local clock.
fn is_clock(name: &str) -> bool {
    matches!(name, "dlmo" | "cbtmin" | "chronotype" | "acrophase")
}

/// Words of a model as a sentence.
fn sentence(said: &str) -> String {
    let mut chars = said.chars();
    let text: String = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
    let text = text.replace('_', " ");
    if text.ends_with(['.', '!', '?', ':']) { text } else { text + "." }
}

fn value(e: &Estimate, name: &str) -> String {
    let Some(v) = e.value.filter(|v| v.is_finite()) else {
        return "<span class=no>not given</span>".to_owned();
    };
    match e.kind {
        EstimateKind::Probability => format!("<b>{}</b>", percent(v)),
        _ if is_clock(name) => format!("<b>{}</b>", clock(v)),
        EstimateKind::Quantity | EstimateKind::Index => {
            format!("<b>{}</b> <span class=unit>{}</span>", number(v, decimals(v)), Esc(unit(&e.unit)))
        }
    }
}

fn interval(e: &Estimate, name: &str) -> String {
    // Both ends with the digits of the larger one.
    let widest = [e.low, e.high].into_iter().flatten().fold(0.0_f64, |most, v| most.max(v.abs()));
    let write = |v: f64| match e.kind {
        EstimateKind::Probability => percent(v),
        _ if is_clock(name) => clock(v),
        EstimateKind::Quantity | EstimateKind::Index => number(v, decimals(widest)),
    };
    match (e.low.filter(|v| v.is_finite()), e.high.filter(|v| v.is_finite())) {
        (Some(low), Some(high)) => format!("80 % interval {} – {}", write(low), write(high)),
        _ if e.value.is_some() => "no interval".to_owned(),
        _ => String::new(),
    }
}

fn share(v: f64) -> String {
    if v.is_finite() { percent(v.clamp(0.0, 1.0)) } else { "unknown".to_owned() }
}

/// UCUM's units of plain numbers and of scores are not for people.
pub(super) fn unit(ucum: &str) -> &str {
    match ucum {
        "1" => "",
        "mL/kg/min" => "mL/kg per min",
        // What UCUM writes in braces is no unit: `{score}`.
        annotation if annotation.starts_with('{') => "",
        other => other,
    }
}

fn decimals(v: f64) -> u8 {
    match v.abs() {
        a if a >= 20.0 => 0,
        a if a >= 1.0 => 1,
        _ => 2,
    }
}

pub(super) const fn status(status: EstimateStatus) -> &'static str {
    match status {
        EstimateStatus::Ok => "enough data",
        EstimateStatus::Provisional => "provisional, little data",
        EstimateStatus::InsufficientData => "too little data",
        EstimateStatus::Stale => "newest data too old",
        EstimateStatus::Masked => "not shown to this reader",
        EstimateStatus::OutOfRangeInput => "an input is out of the model's range",
        EstimateStatus::Abstained => "the model declines",
    }
}
