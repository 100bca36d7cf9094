use super::outlook::moment;
use super::texts;
use crate::predict::{PredictionView, SpanView};
use crate::report::html::{clock, local_hour, number, percent, weekday_name};
use crate::report::page::Page;
use crate::report::strip::{Columns, Strip, Tick, add_box, drawing};
use crate::report::table::Rows;
use crate::report::trace::{Point, trace};
use twin_core::sort::OrderBy;
use twin_core::{Timestamp, Zone};

/// Width of a column, s.
const SLOT_S: i64 = 900;
/// Most columns: two days.
const MAX_SLOTS: usize = 192;
/// Most peak windows drawn.
const MAX_PEAKS: usize = 12;

/// The energy of the coming hours, its interval and its peaks; nothing where the model gave no curve.
pub(super) fn curve(page: &mut Page<'_>, said: &PredictionView, from: Timestamp, zone: &Zone) {
    let Some(curve) = said.curves.iter().find(|curve| curve.name == "energy") else { return };
    let slot = |t: Timestamp| {
        let slot = (t.micros().saturating_sub(from.micros())).div_euclid(SLOT_S * 1_000_000);
        usize::try_from(slot).ok().filter(|slot| *slot < MAX_SLOTS)
    };
    let mut points: Vec<Option<Point>> = Vec::new();
    for p in &curve.points {
        let (Some(i), Some(point)) = (slot(p.at), Point::of(p.value, p.low, p.high)) else { continue };
        if points.len() <= i {
            points.resize(i + 1, None);
        }
        if let Some(place) = points.get_mut(i) {
            *place = Some(point);
        }
    }
    if points.is_empty() {
        return;
    }
    // Where the coming day ends in sleep it is a day all the same.
    points.resize(points.len().max(96), None);
    let n = points.len();
    let at = |i: usize| from.plus_secs(SLOT_S * i as i64);
    // The middle of a column is its moment.
    let place = |t: Timestamp| {
        (t.micros().saturating_sub(from.micros()) as f64 / (SLOT_S as f64 * 1e6) + 0.5).clamp(0.0, n as f64)
    };
    let mut peaks: Vec<&SpanView> = said
        .spans
        .iter()
        .filter(|span| span.name == "peak_window" && place(span.end) > place(span.start))
        .take(MAX_PEAKS)
        .collect();
    peaks.order_by_key(|peak| peak.start);
    let mut shade = String::new();
    for peak in &peaks {
        add_box(&mut shade, place(peak.start), place(peak.end) - place(peak.start), 0.0, 100.0);
    }
    let drawn = trace(&points, |v| 100.0 - v.clamp(0.0, 100.0));
    let in_peak = |i: usize| peaks.iter().any(|peak| (peak.start..peak.end).contains(&at(i)));
    let tip = |(i, point): (usize, &Option<Point>)| {
        let words = point.map_or_else(|| "asleep".to_owned(), level);
        Some(format!("{}: {words}{}", moment(at(i), zone), if in_peak(i) { ", peak window" } else { "" }))
    };
    let end = |pick: fn(Point) -> Option<f64>| -> Vec<Option<String>> {
        points.iter().map(|p| p.and_then(pick).map(|v| number(v, 0))).collect()
    };
    let strip = Strip {
        id: "energy-curve",
        title: "Energy of the coming day",
        summary: summary(&points, &peaks, &at, zone),
        rows: 100.0,
        height_px: 200,
        gutter: "near",
        labels: [0, 25, 50, 75, 100].map(|v| (f64::from(100 - v), v.to_string())).into(),
        lines: vec![0.0, 25.0, 75.0, 100.0],
        paths: vec![
            ("peak", shade),
            ("usual", format!("M0 50h{n}")),
            ("range c-move", drawn.band),
            ("curve c-move", drawn.line),
            ("point c-move", drawn.alone),
        ],
        key: vec![
            ("line", "move", "Energy".into()),
            ("band", "move", "80 % interval".into()),
            ("band", "mid", "Peak window".into()),
            ("line", "quiet", "50: your usual level".into()),
        ],
        tips: points.iter().enumerate().map(tip).collect(),
        table: vec![
            texts("Energy", end(|p| Some(p.value))),
            texts("From", end(|p| p.range.map(|r| r.0))),
            texts("To", end(|p| p.range.map(|r| r.1))),
            texts("Peak window", (0..n).map(|i| in_peak(i).then(|| "yes".to_owned())).collect()),
        ],
    };
    let columns = Columns { count: n, ticks: ticks(from, n, zone), marks: Vec::new(), rest: Some(0) };
    let names = (0..n)
        .map(|i| {
            let date = zone.date_of(at(i));
            format!("{} {}", weekday_name(date), clock(local_hour(at(i), zone, date)))
        })
        .collect();
    let rows = Rows { head: "Time", words: ("quarter of an hour", "quarters of an hour"), names };
    let spec = drawing(&mut page.out, &columns, &rows, strip);
    page.add_strip(spec);
}

/// `58, 80 % interval 45–70`.
fn level(p: Point) -> String {
    let range =
        p.range.map_or(String::new(), |(l, h)| format!(", 80 % interval {}–{}", number(l, 0), number(h, 0)));
    format!("{}{range}", number(p.value, 0))
}

fn summary(
    points: &[Option<Point>],
    peaks: &[&SpanView],
    at: &impl Fn(usize) -> Timestamp,
    zone: &Zone,
) -> String {
    let mut known: Vec<(usize, f64)> =
        points.iter().enumerate().filter_map(|(i, p)| p.map(|p| (i, p.value))).collect();
    known.order_by(|a, b| a.1.total_cmp(&b.1));
    let (Some(low), Some(high)) = (known.first(), known.last()) else { return String::new() };
    let time = |t: Timestamp| clock(local_hour(t, zone, zone.date_of(t)));
    let windows: Vec<String> = peaks
        .iter()
        .map(|peak| {
            let likely = peak.probability.filter(|p| p.is_finite());
            let likely =
                likely.map_or(String::new(), |p| format!(" ({} likely)", percent(p.clamp(0.0, 1.0))));
            format!("{}–{}{likely}", time(peak.start), time(peak.end))
        })
        .collect();
    let windows = match windows.as_slice() {
        [] => "No peak window stands out.".to_owned(),
        [one] => format!("Peak window {one}."),
        many => format!("Peak windows {}.", many.join(", ")),
    };
    format!(
        "From {}. Highest {} at {}, lowest {} at {}. {windows} 50 is your usual level. Blank: asleep.",
        moment(at(0), zone),
        number(high.1, 0),
        time(at(high.0)),
        number(low.1, 0),
        time(at(low.0)),
    )
}

/// Every third hour of the local clock; where clocks change the hours are where they then are.
fn ticks(from: Timestamp, columns: usize, zone: &Zone) -> Vec<Tick> {
    let quarter = from.secs().div_euclid(SLOT_S) * SLOT_S;
    let lead = (from.secs() - quarter) as f64 / SLOT_S as f64;
    (0..=columns)
        .filter_map(|i| {
            let t = from.plus_secs(quarter - from.secs() + SLOT_S * i as i64);
            let hour = local_hour(t, zone, zone.date_of(t));
            let (at, whole) = (i as f64 - lead + 0.5, hour.round());
            // A label at the very edge would be cut off.
            let room = columns as f64 * 0.025;
            let fits = at > room && at < columns as f64 - room;
            ((hour - whole).abs() < 1e-6 && whole % 3.0 == 0.0 && fits).then(|| Tick {
                at,
                label: clock(hour),
                spare: whole % 6.0 != 0.0,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_follow_the_clock_that_changes() {
        let paris = Zone::named("Europe/Paris").unwrap();
        let ticks = ticks("2026-03-28T21:10:00Z".parse().unwrap(), 96, &paris);
        let labels: Vec<&str> = ticks.iter().map(|t| t.label.as_str()).collect();
        assert_eq!(labels, ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]);
        // 22:10 to midnight, and two hours more to 03:00 in the night without its third hour.
        let at: Vec<f64> = ticks.iter().map(|t| ((t.at - 0.5) * 15.0).round()).collect();
        assert_eq!(at[..3], [110.0, 230.0, 410.0]);
    }
}
