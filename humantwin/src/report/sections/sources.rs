use super::Column;
use crate::report::data::Coverage;
use crate::report::frame::Frame;
use crate::report::html::{count, full_date, long_date, percent, plural, put, words};
use crate::report::page::Page;
use crate::report::strip::{Strip, add_box};
use crate::report::table::list;

const LEVELS: [(&str, f64); 5] =
    [("f-v0", 0.005), ("f-v1", 0.25), ("f-v2", 0.5), ("f-v3", 0.8), ("f-v4", f64::INFINITY)];

/// Most families drawn.
const MAX_FAMILIES: usize = 40;

/// Who gave the data, and how much of each day it covers.
pub(crate) fn sources(page: &mut Page<'_>) {
    let frame = &page.frame;
    let strip = (!frame.data.coverage.is_empty() && frame.len() > 0).then(|| coverage(frame));
    let day = |t: twin_core::Timestamp| full_date(frame.zone.date_of(t));
    let rows: Vec<Vec<String>> = frame
        .data
        .sources
        .iter()
        .map(|s| {
            vec![
                s.source.clone(),
                s.device.clone(),
                words(&s.kind),
                s.gave.join(", "),
                s.first.map_or(String::new(), day),
                s.last.map_or(String::new(), day),
                count(s.samples),
                s.coverage.filter(|c| c.is_finite()).map_or(String::new(), percent),
            ]
        })
        .collect();
    match strip {
        Some(strip) => page.strip(strip),
        None => page.say("none", "No coverage was computed for this span."),
    }
    if rows.is_empty() {
        page.say("none", "No sources in this span.");
        return;
    }
    put!(
        page.out,
        "<div class=\"fig whole\"><h3>Sources</h3><p>{}.</p>",
        plural(rows.len(), "source", "sources")
    );
    let heads = ["Source", "Device", "Kind", "Gave", "First", "Last", "Samples", "Days with data"];
    list(&mut page.out, "Sources", &heads, &rows);
    page.out.push_str("</div>");
}

fn coverage(frame: &Frame<'_>) -> Strip<'static> {
    let families: Vec<&Coverage> = frame.data.coverage.iter().take(MAX_FAMILIES).collect();
    let families = families.as_slice();
    let skip = usize::try_from(frame.left_out).unwrap_or(0);
    let share = |family: &Coverage, i: usize| {
        family.share_by_day.get(i + skip).copied().flatten().filter(|s| s.is_finite())
    };
    let mut paths: Vec<(&'static str, String)> =
        LEVELS.iter().map(|(class, _)| (*class, String::new())).collect();
    for (row, family) in families.iter().enumerate() {
        for i in 0..frame.len() {
            let Some(value) = share(family, i) else { continue };
            let level = LEVELS.iter().position(|(_, below)| value < *below).unwrap_or(LEVELS.len() - 1);
            if let Some((_, path)) = paths.get_mut(level) {
                add_box(path, i as f64 + 0.06, 0.88, row as f64 + 0.12, row as f64 + 0.88);
            }
        }
    }
    let clip = |name: &str| {
        if name.chars().count() > 16 {
            format!("{}…", name.chars().take(15).collect::<String>())
        } else {
            name.to_owned()
        }
    };
    Strip {
        id: "coverage",
        title: "Coverage by day",
        summary:
            "How much of each day each family of data covers; blank where nothing was expected or known."
                .into(),
        rows: families.len() as f64,
        height_px: u32::try_from(families.len()).unwrap_or(40) * 22,
        gutter: "wide",
        labels: families.iter().enumerate().map(|(i, f)| (i as f64 + 0.5, clip(&f.family))).collect(),
        lines: Vec::new(),
        paths,
        key: ["none", "under 25 %", "under 50 %", "under 80 %", "80 % and more"]
            .into_iter()
            .zip(["v0", "v1", "v2", "v3", "v4"])
            .map(|(label, color)| ("box", color, label.to_owned()))
            .collect(),
        tips: (0..frame.len())
            .map(|i| {
                let parts: Vec<String> = families
                    .iter()
                    .filter_map(|f| share(f, i).map(|s| format!("{} {}", clip(&f.family), percent(s))))
                    .collect();
                (!parts.is_empty()).then(|| format!("{}: {}", long_date(frame.date(i)), parts.join(", ")))
            })
            .collect(),
        table: families
            .iter()
            .map(|f| Column {
                head: f.family.clone(),
                cells: (0..frame.len()).map(|i| share(f, i).map(percent)).collect(),
            })
            .collect(),
    }
}

/// What was read, and what was refused and why.
pub(crate) fn refused(page: &mut Page<'_>) {
    let imports = &page.frame.data.imports;
    if imports.is_empty() {
        page.say("none", "Nothing was imported for this report.");
        return;
    }
    let mut reasons: Vec<Vec<String>> = Vec::new();
    let mut total = 0_u64;
    let rows: Vec<Vec<String>> = imports
        .iter()
        .map(|i| {
            let refused: u64 = i.refused.iter().map(|r| r.count).fold(0, u64::saturating_add);
            total = total.saturating_add(refused);
            reasons.extend(
                i.refused
                    .iter()
                    .map(|r| vec![i.name.clone(), words(&r.code), count(r.count), r.reason.clone()]),
            );
            vec![
                i.name.clone(),
                i.format.clone(),
                count(i.events),
                count(i.samples),
                count(i.duplicates),
                count(refused),
            ]
        })
        .collect();
    let out = &mut page.out;
    put!(
        out,
        "<div class=\"fig whole\"><h3>Imports</h3><p>What was read. Refused values are kept aside with their reason and are in no chart.</p>"
    );
    list(out, "Imports", &["Import", "Format", "Events", "Samples", "Known already", "Refused"], &rows);
    put!(out, "</div>");
    if total == 0 {
        page.say("none", "Nothing was refused.");
        return;
    }
    put!(out, "<div class=\"fig whole\"><h3>Reasons</h3><p>{} refused.</p>", count(total));
    list(out, "Reasons of refusal", &["Import", "Why", "How many", "In words"], &reasons);
    put!(out, "</div>");
}
