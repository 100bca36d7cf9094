use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::{CheckIn, NoteKind};
use crate::report::html::{local_time, number, plural, put, words};
use crate::report::page::Page;
use crate::report::table::list;
use std::collections::BTreeMap;
use twin_core::sort::OrderBy;

/// Most scales drawn.
const MAX_SCALES: usize = 12;
/// Notes shown before the rest is folded away.
const SHOWN: usize = 8;

/// Answers on scales, weight, notes.
pub(crate) fn felt(page: &mut Page<'_>) {
    let mut scales: BTreeMap<&str, &CheckIn> = BTreeMap::new();
    for day in page.frame.days.iter().flatten() {
        for answer in &day.check_ins {
            scales.entry(&answer.scale).or_insert(answer);
        }
    }
    let weight = page.frame.values(|d| d.weight_kg);
    if scales.is_empty() && page.frame.data.notes.is_empty() && weight.iter().all(Option::is_none) {
        page.say("none", "No check-ins, notes or weight in this span.");
        return;
    }
    page.out.push_str("<div class=\"figs small\">");
    let left_out = scales.len().saturating_sub(MAX_SCALES);
    for (i, (scale, sample)) in scales.into_iter().take(MAX_SCALES).enumerate() {
        let data = page.frame.values(|d| d.check_ins.iter().find(|c| c.scale == scale).map(|c| c.value));
        let whole = data.iter().flatten().all(|v| v.fract() == 0.0);
        let format = Format::Number(u8::from(!whole));
        let better = match sample.higher_is_better {
            Some(true) => ", high is better",
            Some(false) => ", low is better",
            None => "",
        };
        let scale_words = if sample.max > sample.min && sample.min.is_finite() && sample.max.is_finite() {
            format!("Scale {}–{}{better}. ", number(sample.min, 0), number(sample.max, 0))
        } else {
            String::new()
        };
        let summary = scale_words + &describe(&page.frame, &data, format, "", ("day", "days"));
        let axis = (Some(sample.min).filter(|v| v.is_finite()), Some(sample.max).filter(|v| v.is_finite()));
        page.figure(Figure {
            id: format!("felt-{i}"),
            title: &words(scale),
            summary,
            format,
            height_px: 110,
            axis: if sample.max > sample.min { axis } else { (None, None) },
            series: vec![Series { label: "Answer", unit: "", kind: Kind::Dots, color: "felt", data }],
            more: Vec::new(),
        });
    }
    let about = describe(&page.frame, &weight, Format::Number(1), "kg", ("day", "days"));
    page.figure(Figure {
        id: "felt-weight".into(),
        title: "Weight",
        summary: about,
        format: Format::Number(1),
        height_px: 110,
        axis: (None, None),
        series: vec![Series { label: "Weight", unit: "kg", kind: Kind::Dots, color: "work", data: weight }],
        more: Vec::new(),
    });
    page.out.push_str("</div>");
    if left_out > 0 {
        page.say("fine", &format!("{} not drawn.", plural(left_out, "more scale", "more scales")));
    }
    notes(page);
}

fn notes(page: &mut Page<'_>) {
    let mut notes: Vec<_> = page.frame.data.notes.iter().collect();
    notes.order_by_key(|n| std::cmp::Reverse(n.at));
    let rows: Vec<Vec<String>> = notes
        .iter()
        .map(|n| {
            let kind = match n.kind {
                NoteKind::Symptom => "Symptom, as you put it",
                NoteKind::Caffeine => "Caffeine",
                NoteKind::Alcohol => "Alcohol",
                NoteKind::Other => "Note",
            };
            let amount = n.amount.filter(|a| a.is_finite()).map_or(String::new(), |a| {
                format!("{} {}", number(a, u8::from(a.fract() != 0.0)), n.unit).trim().to_owned()
            });
            vec![local_time(n.at, &page.frame.zone), kind.to_owned(), n.text.clone(), amount]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let out = &mut page.out;
    let heads = ["When", "What", "Words", "Amount"];
    put!(
        out,
        "<div class=\"fig whole\"><h3>Notes</h3><p>{}, newest first.</p>",
        plural(rows.len(), "note", "notes")
    );
    let (shown, rest) = rows.split_at_checked(SHOWN).unwrap_or((&rows, &[]));
    list(out, "Notes", &heads, shown);
    if !rest.is_empty() {
        put!(out, "<details class=data><summary>{} more</summary>", rest.len());
        list(out, "Earlier notes", &heads, rest);
        put!(out, "</details>");
    }
    put!(out, "</div>");
}
