use crate::report::html::{Esc, number, percent, put};
use crate::report::page::Page;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};

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
        let e = &row.estimate;
        put!(out, "<li class=card><h3>{}</h3><p class=value>{}</p>", Esc(&row.title), value(e));
        put!(
            out,
            "<p class=usual><span class=\"chip {}\">{}</span> {}</p>",
            if e.status == EstimateStatus::Ok { "ok" } else { "low" },
            status(e.status),
            interval(e)
        );
        put!(out, "<p class=why>");
        if e.value.is_some() {
            put!(out, "Confidence {}, {} of the input was there. ", share(e.confidence), share(e.coverage));
        }
        if !e.gaps.is_empty() {
            put!(out, "Missing: {}.", Esc(&e.gaps.join(", ")));
        }
        put!(out, "</p>");
        if !e.contributions.is_empty() {
            put!(out, "<details class=data><summary>What moved it</summary><ul class=plain>");
            for c in e.contributions.iter().filter(|c| c.amount.is_finite()) {
                let sign = if c.amount > 0.0 { "+" } else { "" };
                put!(out, "<li>{} <b>{sign}{}</b>", Esc(&c.feature), number(c.amount, 2));
            }
            put!(out, "</ul></details>");
        }
        put!(out, "<p class=fine>{} {}</p>", Esc(&e.model), Esc(&e.version));
    }
    put!(out, "</ul>");
}

fn value(e: &Estimate) -> String {
    let Some(v) = e.value.filter(|v| v.is_finite()) else {
        return "<span class=no>not given</span>".to_owned();
    };
    match e.kind {
        EstimateKind::Probability => format!("<b>{}</b>", percent(v)),
        EstimateKind::Quantity | EstimateKind::Index => {
            format!("<b>{}</b> <span class=unit>{}</span>", number(v, decimals(v)), Esc(unit(e)))
        }
    }
}

fn interval(e: &Estimate) -> String {
    match (e.low.filter(|v| v.is_finite()), e.high.filter(|v| v.is_finite())) {
        (Some(low), Some(high)) if e.kind == EstimateKind::Probability => {
            format!("80 % interval {} – {}", percent(low), percent(high))
        }
        (Some(low), Some(high)) => {
            format!("80 % interval {} – {}", number(low, decimals(low)), number(high, decimals(high)))
        }
        _ if e.value.is_some() => "no interval".to_owned(),
        _ => String::new(),
    }
}

fn share(v: f64) -> String {
    if v.is_finite() { percent(v.clamp(0.0, 1.0)) } else { "unknown".to_owned() }
}

/// UCUM's unit of plain numbers is not for people.
fn unit(e: &Estimate) -> &str {
    if e.unit == "1" { "" } else { &e.unit }
}

fn decimals(v: f64) -> u8 {
    match v.abs() {
        a if a >= 20.0 => 0,
        a if a >= 1.0 => 1,
        _ => 2,
    }
}

const fn status(status: EstimateStatus) -> &'static str {
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
