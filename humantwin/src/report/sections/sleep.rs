use super::{numbers, texts};
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::{Day, SleepNight};
use crate::report::frame::Frame;
use crate::report::html::{clock, duration, local_hour, long_date, percent};
use crate::report::page::Page;
use crate::report::strip::{Strip, add_box};
use twin_core::Timestamp;

const NIGHTS: (&str, &str) = ("night", "nights");

/// Sleep: when, how long, which stages, how efficient.
pub(crate) fn sleep(page: &mut Page<'_>) {
    let frame = &page.frame;
    if !frame.days.iter().flatten().any(|d| d.sleep.is_some()) {
        page.say("none", "No sleep in this span.");
        return;
    }
    let value = |of: fn(&SleepNight) -> Option<f64>| frame.values(|d| d.sleep.as_ref().and_then(of));
    let asleep = value(|s| s.asleep_min);
    let naps = value(|s| s.nap_min);
    let efficiency = value(|s| s.efficiency);
    let stages: Vec<Series> = [
        ("Deep", "deep", value(|s| s.deep_min)),
        ("REM", "rem", value(|s| s.rem_min)),
        ("Light", "light", value(|s| s.light_min)),
        ("Awake", "awake", value(|s| s.awake_min)),
    ]
    .into_iter()
    .map(|(label, color, data)| Series { label, unit: "", kind: Kind::Stack, color, data })
    .collect();
    let source = texts("Source", frame.texts(|d| d.sleep.as_ref().map(|s| s.source.clone())));
    let amount = Figure {
        id: "sleep-amount".into(),
        title: "Time asleep",
        summary: describe(frame, &asleep, Format::Minutes, "", NIGHTS),
        format: Format::Minutes,
        height_px: 190,
        axis: (Some(0.0), None),
        series: vec![
            Series { label: "Asleep", unit: "", kind: Kind::Bar, color: "sleep", data: asleep },
            Series { label: "Naps", unit: "", kind: Kind::Dots, color: "awake", data: naps },
        ],
        more: vec![numbers("Awake after falling asleep, min", 0, &value(|s| s.waso_min)), source],
    };
    let staged = (0..frame.len())
        .filter(|i| stages.iter().any(|s| s.data.get(*i).copied().flatten().is_some()))
        .count();
    let stages = Figure {
        id: "sleep-stages".into(),
        title: "Stages",
        summary: format!(
            "Stages as the source names them, on {staged} of {} nights. Devices guess stages from movement and pulse.",
            frame.len()
        ),
        format: Format::Minutes,
        height_px: 190,
        axis: (Some(0.0), None),
        series: stages,
        more: Vec::new(),
    };
    let efficiency = Figure {
        id: "sleep-efficiency".into(),
        title: "Efficiency",
        summary: format!(
            "Share of the time in bed spent asleep. {}",
            describe(frame, &efficiency, Format::Share, "", NIGHTS)
        ),
        format: Format::Share,
        height_px: 190,
        axis: (None, Some(1.0)),
        series: vec![Series {
            label: "Efficiency",
            unit: "",
            kind: Kind::Line,
            color: "sleep",
            data: efficiency,
        }],
        more: Vec::new(),
    };
    let owed = frame.values(|d| d.sleep_debt_h);
    let debt = Figure {
        id: "sleep-debt".into(),
        title: "Sleep debt",
        summary: format!(
            "What the last nights fell short of your need; the last week counts most. {}",
            describe(frame, &owed, Format::Number(1), "h", ("day", "days"))
        ),
        format: Format::Number(1),
        height_px: 190,
        axis: (Some(0.0), None),
        series: vec![Series { label: "Owed", unit: "h", kind: Kind::Line, color: "awake", data: owed }],
        more: Vec::new(),
    };
    let timing = timing(frame);
    page.out.push_str("<div class=figs>");
    page.strip(timing);
    page.figure(amount);
    page.figure(stages);
    page.figure(efficiency);
    page.figure(debt);
    page.out.push_str("</div>");
}

/// When each night began and ended, from evening down to noon.
fn timing(frame: &Frame<'_>) -> Strip<'static> {
    let hour = |day: &Day, t: Timestamp| local_hour(t, &frame.zone_on(day), day.date);
    let (mut first, mut last) = (-4.0_f64, 10.0_f64);
    for day in frame.days.iter().flatten() {
        if let Some(s) = &day.sleep {
            first = first.min(hour(day, s.in_bed_start.unwrap_or(s.start)).floor());
            last = last.max(hour(day, s.in_bed_end.unwrap_or(s.end)).ceil());
        }
    }
    (first, last) = (first.max(-18.0), last.min(24.0));
    let (mut bed, mut asleep, mut middle) = (String::new(), String::new(), String::new());
    let mut mid = Vec::new();
    for (i, day) in frame.days.iter().enumerate() {
        let Some((day, s)) = day.and_then(|d| d.sleep.as_ref().map(|s| (d, s))) else { continue };
        let row = |t: Timestamp| hour(day, t).clamp(first, last) - first;
        let x = i as f64;
        if s.in_bed_start.is_some() || s.in_bed_end.is_some() {
            let (from, to) = (s.in_bed_start.unwrap_or(s.start), s.in_bed_end.unwrap_or(s.end));
            add_box(&mut bed, x + 0.12, 0.76, row(from), row(to));
        }
        add_box(&mut asleep, x + 0.12, 0.76, row(s.start), row(s.end));
        if let Some(m) = s.midpoint_h.filter(|m| m.is_finite() && (first..=last).contains(m)) {
            add_box(&mut middle, x + 0.12, 0.76, m - first - 0.06, m - first + 0.06);
            mid.push(Some(m));
        }
    }
    let nights = frame.days.iter().flatten().filter(|d| d.sleep.is_some()).count();
    let middle_words = crate::report::frame::spread(&mid)
        .map_or(String::new(), |s| format!(" The middle of your sleep is around {}.", clock(s.median)));
    let every = if last - first > 16.0 { 4 } else { 2 };
    let hours: Vec<f64> =
        (first as i32..=last as i32).filter(|h| h.rem_euclid(every) == 0).map(f64::from).collect();
    Strip {
        id: "sleep-timing",
        title: "When you slept",
        summary: format!("{nights} of {} nights, evening at the top.{middle_words}", frame.len()),
        rows: last - first,
        height_px: 190,
        gutter: "near",
        labels: hours.iter().filter(|h| **h > first && **h < last).map(|h| (h - first, clock(*h))).collect(),
        lines: hours.iter().map(|h| h - first).collect(),
        paths: vec![("f-bed", bed), ("f-sleep", asleep), ("f-mid", middle)],
        key: vec![
            ("box", "sleep", "Asleep".into()),
            ("box", "bed", "In bed".into()),
            ("line", "mid", "Middle".into()),
        ],
        tips: frame.texts(|d| {
            let s = d.sleep.as_ref()?;
            let mut text =
                format!("{}: {}–{}", long_date(d.date), clock(hour(d, s.start)), clock(hour(d, s.end)));
            if let Some(m) = s.asleep_min.filter(|m| m.is_finite()) {
                text = format!("{text}, {} asleep", duration(m));
            }
            if let Some(e) = s.efficiency.filter(|e| e.is_finite()) {
                text = format!("{text}, {} efficient", percent(e));
            }
            Some(text)
        }),
        table: vec![
            texts("To bed", frame.texts(|d| d.sleep.as_ref()?.in_bed_start.map(|t| clock(hour(d, t))))),
            texts("Asleep", frame.texts(|d| d.sleep.as_ref().map(|s| clock(hour(d, s.start))))),
            texts(
                "Middle",
                frame.texts(|d| d.sleep.as_ref()?.midpoint_h.filter(|m| m.is_finite()).map(clock)),
            ),
            texts("Awake", frame.texts(|d| d.sleep.as_ref().map(|s| clock(hour(d, s.end))))),
            texts("Out of bed", frame.texts(|d| d.sleep.as_ref()?.in_bed_end.map(|t| clock(hour(d, t))))),
        ],
    }
}
