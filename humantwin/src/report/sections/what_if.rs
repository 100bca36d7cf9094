use super::texts;
use crate::report::data::{Percentiles, WhatIfDay, WhatIfQuantity};
use crate::report::html::{Esc, full_date, long_date, number, put, short_date};
use crate::report::page::Page;
use crate::report::strip::{Columns, Strip, Tick, drawing};
use crate::report::table::Rows;
use crate::report::trace::{Point, round_values, trace};

/// Most quantities drawn.
const MAX_QUANTITIES: usize = 8;
/// Most days drawn of each.
const MAX_DAYS: usize = 400;
/// What is further from nought is no value of anything here.
const MOST: f64 = 1e9;

/// A plan against a changed plan: two lines with their bands for each quantity.
pub(crate) fn what_if(page: &mut Page<'_>) {
    let Some(what_if) = &page.frame.data.what_if else { return };
    let out = &mut page.out;
    put!(out, "<p class=lead>{}</p>", Esc(&what_if.title));
    put!(
        out,
        "<p class=fine>The same models on the same past, once with your plan and once with the change. It shows what \
         the models expect, not what will happen.</p>"
    );
    for words in &what_if.words {
        put!(out, "<p class=fine>{}</p>", Esc(words));
    }
    page.out.push_str("<div class=figs>");
    let mut drawn = 0;
    for (i, quantity) in what_if.quantities.iter().take(MAX_QUANTITIES).enumerate() {
        drawn += usize::from(compare(page, quantity, &format!("what-if-{i}")));
    }
    page.out.push_str("</div>");
    if drawn == 0 {
        page.say("none", "The comparison holds no values.");
    }
    if let Some(more @ 1..) = what_if.quantities.len().checked_sub(MAX_QUANTITIES) {
        page.say("fine", &format!("{more} more not drawn."));
    }
}

/// A triple in its order; `None` where a part is not a usable number.
fn ordered(p: Option<Percentiles>) -> Option<[f64; 3]> {
    let mut all = p.map(|p| [p.p10, p.p50, p.p90]).filter(|all| all.iter().all(|v| v.abs() <= MOST))?;
    all.sort_by(f64::total_cmp);
    Some(all)
}

/// Draws one quantity; false where it has no value.
fn compare(page: &mut Page<'_>, quantity: &WhatIfQuantity, id: &str) -> bool {
    let days = quantity.days.get(..MAX_DAYS).unwrap_or(&quantity.days);
    let of = |pick: fn(&WhatIfDay) -> Option<Percentiles>| -> Vec<Option<[f64; 3]>> {
        days.iter().map(|day| ordered(pick(day))).collect()
    };
    let (plan, changed) = (of(|d| d.plan), of(|d| d.changed));
    let all = || plan.iter().chain(&changed).flatten().flatten().copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    if !(low.is_finite() && high.is_finite()) {
        return false;
    }
    let room = ((high - low) * 0.08).max(high.abs() * 0.02).max(0.01);
    let (low, high) = (low - room, high + room);
    let y = |v: f64| (high - v) / (high - low) * 100.0;
    let decimals = if high - low >= 20.0 {
        0
    } else if high - low >= 2.0 {
        1
    } else {
        2
    };
    let write = |[p10, p50, p90]: [f64; 3]| {
        format!("{} ({} – {})", number(p50, decimals), number(p10, decimals), number(p90, decimals))
    };
    let point = |all: &Option<[f64; 3]>| all.and_then(|[p10, p50, p90]| Point::of(p50, Some(p10), Some(p90)));
    let line = |side: &[Option<[f64; 3]>]| trace(&side.iter().map(point).collect::<Vec<_>>(), y);
    let (old, new) = (line(&plan), line(&changed));
    let values = round_values(low, high);
    let tips = days.iter().zip(plan.iter().zip(&changed)).map(|(day, (plan, changed))| {
        let said = |name: &str, side: &Option<[f64; 3]>| side.map(|all| format!("{name} {}", write(all)));
        let parts: Vec<String> =
            [said("plan", plan), said("changed", changed)].into_iter().flatten().collect();
        let words = if parts.is_empty() { "no data".to_owned() } else { parts.join(", ") };
        Some(format!("{}: {words}", long_date(day.date)))
    });
    let column =
        |name: &str, side: &[Option<[f64; 3]>]| texts(name, side.iter().map(|all| all.map(write)).collect());
    let last = days.iter().zip(plan.iter().zip(&changed)).rev();
    let summary = last
        .filter_map(|(day, (plan, changed))| Some((day.date, (*plan)?, (*changed)?)))
        .map(|(date, plan, changed)| {
            let unit =
                if quantity.unit.is_empty() { String::new() } else { format!("In {}. ", quantity.unit) };
            format!(
                "{unit}On {}: {} with the change, {} without. In brackets: where eight in ten fall.",
                full_date(date),
                write(changed),
                write(plan)
            )
        })
        .next()
        .unwrap_or_default();
    let strip = Strip {
        id,
        title: &quantity.title,
        summary,
        rows: 100.0,
        height_px: 170,
        gutter: "near",
        labels: values.iter().map(|v| (y(*v), number(*v, decimals))).collect(),
        lines: values.iter().map(|v| y(*v)).collect(),
        paths: vec![
            ("range c-quiet", old.band),
            ("range c-work", new.band),
            ("curve c-quiet", old.line),
            ("point c-quiet", old.alone),
            ("curve c-work", new.line),
            ("point c-work", new.alone),
        ],
        key: vec![
            ("line", "quiet", "Plan".into()),
            ("line", "work", "Changed plan".into()),
            ("band", "work", "Eight in ten".into()),
        ],
        tips: tips.collect(),
        table: vec![column("Plan", &plan), column("Changed plan", &changed)],
    };
    let step = days.len().div_ceil(5).max(1);
    let tick = |(i, day): (usize, &WhatIfDay)| Tick {
        at: i as f64 + 0.5,
        label: short_date(day.date),
        spare: (i / step) % 2 == 1,
    };
    let columns = Columns {
        count: days.len(),
        ticks: days.iter().enumerate().step_by(step).map(tick).collect(),
        marks: Vec::new(),
        rest: None,
    };
    let names = days.iter().map(|day| day.date.to_string()).collect();
    let rows = Rows { head: "Day", words: ("day", "days"), names };
    let spec = drawing(&mut page.out, &columns, &rows, strip);
    page.add_strip(spec);
    true
}
