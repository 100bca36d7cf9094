//! From day views to the report's data.

use crate::error::Result;
use crate::insight::{Trend, usual, usual_specs};
use crate::report::{
    ActivityDay, CalendarDay, Card, CardFormat, CheckIn, Coverage, Day, DayLoad, EstimateRow, HeartDay,
    HrvDay, Note, NoteKind, ReportData, Session, SleepNight, SourcePiece, SourceRow, Standing,
};
use crate::view::{DayView, UsualView};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::event::Origin;
use twin_core::log::Log;
use twin_core::sort::Gather as _;
use twin_core::{LocalDate, SourceId, Timestamp, ZoneId};

pub(super) fn fill(data: &mut ReportData, log: &Log, views: &[DayView], home: Option<&ZoneId>) -> Result<()> {
    let (from, to) = (data.from, data.to);
    let specs = usual_specs();
    let by_date: BTreeMap<LocalDate, &DayView> = views.iter().map(|v| (v.date, v)).gather();
    for date in (from.days()..=to.days()).map(LocalDate::from_days) {
        let (start, end) = log.context().zones.day_bounds(date);
        let mut day = Day::new(date);
        day.length_h = end.secs_since(start) / 3600.0;
        let zone = log.context().zones.at(end.plus_micros(-1)).name().map(str::to_owned);
        day.zone = zone.filter(|z| home.is_some_and(|h| h.as_str() != z)).and_then(|z| ZoneId::new(z).ok());
        if let Some(view) = by_date.get(&date) {
            let past: Vec<UsualView> = specs.iter().map(|spec| usual(spec, views, date)).collect();
            fill_day(&mut day, view, &past, views);
            let noon = view.start.plus_secs(43_200);
            if let Some(lived) =
                view.lived_offset_s.filter(|lived| *lived != log.context().zones.at(noon).offset_at(noon))
            {
                let (sign, minutes) = (if lived < 0 { '-' } else { '+' }, lived.abs() / 60);
                day.zone =
                    day.zone
                        .or(ZoneId::new(format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)).ok());
            }
            data.sessions.extend(view.sessions.iter().map(session));
            data.notes.extend(view.notes.iter().map(note));
        }
        data.days.push(day);
    }
    data.today = cards(views, from, to, &specs.each_ref().map(|spec| usual(spec, views, to)));
    data.sources = sources(log, views, from, to);
    data.coverage = coverage(&by_date, from, to);
    if let Some(newest) = views.last() {
        data.estimates = estimates(newest, &specs.each_ref().map(|spec| usual(spec, views, to)));
    }
    Ok(())
}

const fn standing(flag: Option<i32>) -> Option<Standing> {
    match flag {
        Some(f) if f > 0 => Some(Standing::Above),
        Some(f) if f < 0 => Some(Standing::Below),
        Some(_) => Some(Standing::Usual),
        None => None,
    }
}

fn of<'a>(past: &'a [UsualView], name: &str, date: LocalDate) -> Option<&'a UsualView> {
    past.iter().find(|u| u.name == name && u.date == date)
}

fn fill_day(day: &mut Day, view: &DayView, past: &[UsualView], views: &[DayView]) {
    day.sleep = view.sleep.as_ref().map(|s| SleepNight {
        in_bed_start: s.bed_known.then_some(s.start),
        in_bed_end: s.bed_known.then_some(s.end),
        asleep_min: s.asleep_min,
        waso_min: s.waso_min,
        efficiency: s.efficiency,
        deep_min: s.deep_min,
        rem_min: s.rem_min,
        light_min: s.light_min,
        awake_min: s.waso_min,
        midpoint_h: Some(s.midpoint_h),
        nap_min: view.nap_min,
        ..SleepNight::new(s.onset, s.wake, s.source.clone())
    });
    day.heart = view.heart.as_ref().map(|h| {
        let usual = of(past, "resting_heart_rate", day.date);
        HeartDay {
            resting_bpm: h.resting.as_ref().and_then(|e| e.value),
            mean_bpm: h.mean_bpm,
            min_bpm: h.min_bpm,
            max_bpm: h.max_bpm,
            baseline_bpm: usual.and_then(|u| u.usual.value),
            band_low_bpm: usual.and_then(|u| u.range_low),
            band_high_bpm: usual.and_then(|u| u.range_high),
            standing: usual.and_then(|u| standing(u.flag)),
        }
    });
    day.hrv = view.hrv.as_ref().map(|h| {
        let trend = Trend::of(views, day.date)
            .on(day.date)
            .filter(|_| h.rmssd.as_ref().is_some_and(|e| e.value.is_some()));
        let swc = trend.and_then(|t| Some((t.base_mean?, 0.5 * t.base_sd?)));
        HrvDay {
            rmssd_ms: h.rmssd.as_ref().and_then(|e| e.value),
            ln_rmssd_7d: trend.and_then(|t| t.ln7),
            band_low_ln: swc.map(|(mean, half)| mean - half),
            band_high_ln: swc.map(|(mean, half)| mean + half),
            standing: trend.and_then(|t| standing(t.flag.map(i32::from))),
            method: format!("{}, {}", h.source, h.method),
        }
    });
    day.activity = view.activity.as_ref().map(|a| ActivityDay {
        steps: a.steps,
        steps_by_hour: (0..24)
            .map(|hour| {
                let known = a.steps_by_hour.iter().find(|h| h.hour == hour).map(|h| h.value);
                known.or(a.steps.map(|_| 0.0).filter(|_| a.steps_by_hour.len() > 1))
            })
            .collect(),
        distance_km: a.distance_m.map(|m| m / 1000.0),
        active_energy_kcal: a.active_energy_kcal,
        active_min: a.active_min,
        sedentary_min: a.sedentary_min,
        pieces: a
            .step_sources
            .iter()
            .map(|s| SourcePiece { source: s.source.clone(), share: s.share })
            .collect(),
    });
    // One rule a day: the one that most of its sessions could be given.
    day.load = view.loads.first().map(|l| DayLoad { value: l.load, method: l.method.clone() });
    day.calendar = view.calendar.as_ref().map(|c| CalendarDay {
        meeting_h: Some(c.meeting_h),
        meetings: Some(c.meetings),
        longest_focus_h: c.longest_focus_h,
        outside_hours: c.outside_share,
    });
    day.check_ins = view
        .check_ins
        .iter()
        .map(|c| CheckIn {
            scale: c.scale.clone(),
            value: c.value,
            min: c.min,
            max: c.max,
            higher_is_better: c.higher_is_better,
        })
        .collect();
    day.weight_kg = view.measurements.iter().rev().find(|m| m.metric == "body_weight").map(|m| m.value);
}

fn session(s: &crate::view::SessionView) -> Session {
    Session {
        start: s.start,
        sport: s.sport.clone(),
        duration_min: Some(s.duration_min),
        distance_km: s.distance_m.map(|m| m / 1000.0),
        heart_rate_mean_bpm: s.heart_rate_mean,
        load: s.load,
        load_method: s.load_method.clone().unwrap_or_default(),
        source: s.source.clone(),
    }
}

fn note(n: &crate::view::NoteView) -> Note {
    let kind = match n.kind.as_str() {
        "symptom" => NoteKind::Symptom,
        "caffeine" => NoteKind::Caffeine,
        "alcohol" => NoteKind::Alcohol,
        _ => NoteKind::Other,
    };
    Note { at: n.at, kind, text: n.text.clone(), amount: n.amount, unit: n.unit.clone().unwrap_or_default() }
}

/// The newest value of each family, with the days before it as a small line.
fn cards(views: &[DayView], from: LocalDate, to: LocalDate, past: &[UsualView]) -> Vec<Card> {
    type Read = fn(&DayView) -> Option<f64>;
    let shown = |d: &&DayView| d.date >= from && d.date <= to;
    // Where no beats give an RMSSD the source's own SDNN is shown, by its name.
    let rmssd: Read = |d| d.hrv.as_ref()?.rmssd.as_ref()?.value;
    let beats = views.iter().filter(shown).any(|d| rmssd(d).is_some());
    let variability: (&str, &str, &str, CardFormat, u8, Read) = if beats {
        ("Heart rate variability (RMSSD)", "ln_rmssd", "ms", CardFormat::Number, 0, rmssd)
    } else {
        ("Heart rate variability (SDNN)", "hrv_sdnn", "ms", CardFormat::Number, 0, |d| {
            d.hrv.as_ref()?.sdnn_ms
        })
    };
    let rows: [(&str, &str, &str, CardFormat, u8, Read); 6] = [
        ("Sleep", "sleep_duration", "", CardFormat::DurationMin, 0, |d| d.sleep.as_ref()?.asleep_min),
        ("Resting heart rate", "resting_heart_rate", "/min", CardFormat::Number, 0, |d| {
            d.heart.as_ref()?.resting.as_ref()?.value
        }),
        variability,
        ("Steps", "steps", "", CardFormat::Number, 0, |d| d.activity.as_ref()?.steps),
        ("Training load", "", "", CardFormat::Number, 0, |d| d.loads.first().map(|l| l.load)),
        ("Meetings", "", "", CardFormat::DurationMin, 0, |d| d.calendar.as_ref().map(|c| c.meeting_h * 60.0)),
    ];
    rows.into_iter()
        .map(|(title, name, unit, format, decimals, read)| {
            let newest = views.iter().filter(shown).rev().find_map(|d| read(d).map(|v| (d.date, v)));
            let usual =
                past.iter().find(|u| u.name == name && newest.is_some_and(|(date, _)| date == u.date));
            // Variability is compared on its logarithm and shown in milliseconds.
            let back = |v: f64| if name == "ln_rmssd" { v.exp() } else { v };
            Card {
                title: title.into(),
                value: newest.map(|(_, v)| v),
                unit: unit.into(),
                format,
                decimals,
                usual_low: usual.and_then(|u| u.range_low).map(back),
                usual_high: usual.and_then(|u| u.range_high).map(back),
                standing: usual.and_then(|u| standing(u.flag)),
                reason: reason(title, newest.is_some(), usual),
                day: newest.map(|(date, _)| date),
                trend: (to.days() - 27..=to.days())
                    .map(|d| views.iter().find(|v| v.date.days() == d).and_then(read))
                    .collect(),
            }
        })
        .collect()
}

fn reason(title: &str, known: bool, usual: Option<&UsualView>) -> String {
    if !known {
        return "Nothing recorded in this span.".into();
    }
    match usual {
        Some(UsualView { flag: Some(0), .. }) => "About as usual for you.".into(),
        Some(UsualView { flag: Some(f), .. }) => {
            let word = if *f > 0 { "Above" } else { "Below" };
            format!("{word} your usual range of the last four weeks.")
        }
        Some(u) => match u.usual.gaps.first().or_else(|| u.z.gaps.first()) {
            Some(gap) => format!("Not compared yet: {gap}."),
            None => "Not compared yet: too few days.".into(),
        },
        None if title == "Training load" => "The newest day with a session.".into(),
        None if title == "Meetings" => "What overlaps counts once.".into(),
        None => String::new(),
    }
}

fn sources(log: &Log, views: &[DayView], from: LocalDate, to: LocalDate) -> Vec<SourceRow> {
    struct Row {
        gave: BTreeSet<String>,
        own: BTreeSet<String>,
        days: BTreeSet<LocalDate>,
        first: Timestamp,
        last: Timestamp,
        samples: u64,
    }
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut add = |source: &str, what: &str, view: &DayView, samples: u64| {
        let row = rows.entry(source.to_owned()).or_insert_with(|| Row {
            gave: BTreeSet::new(),
            own: BTreeSet::new(),
            days: BTreeSet::new(),
            first: view.start,
            last: view.end,
            samples: 0,
        });
        // A vendor's own metrics are many and say little to a reader: they are counted.
        match what.contains(':') {
            true => drop(row.own.insert(what.to_owned())),
            false => drop(row.gave.insert(what.replace('_', " "))),
        }
        row.days.insert(view.date);
        row.first = row.first.min(view.start);
        row.last = row.last.max(view.end);
        row.samples += samples;
    };
    for view in views.iter().filter(|v| v.date >= from && v.date <= to) {
        for metric in &view.metrics {
            for (i, source) in metric.sources.iter().enumerate() {
                add(&source.source, &metric.metric, view, if i == 0 { metric.samples } else { 0 });
            }
        }
        view.sleep.iter().for_each(|s| add(&s.source, "sleep", view, 0));
        view.sessions.iter().for_each(|s| add(&s.source, "training", view, 0));
        view.measurements.iter().for_each(|m| add(&m.source, &m.metric, view, 0));
        view.check_ins.iter().for_each(|c| add(&c.instrument, "answers", view, 0));
    }
    let span = f64::from(to.days() - from.days() + 1);
    rows.into_iter()
        .map(|(source, row)| {
            let kind = SourceId::new(&source).map(|s| log.context().device_kind(&Origin::of(s)));
            SourceRow {
                kind: kind.map_or_else(|_| String::new(), |k| format!("{k:?}").to_lowercase()),
                device: String::new(),
                gave: row
                    .gave
                    .into_iter()
                    .chain((!row.own.is_empty()).then(|| format!("{} of its own", row.own.len())))
                    .collect(),
                first: Some(row.first),
                last: Some(row.last),
                samples: row.samples,
                coverage: Some(row.days.len() as f64 / span),
                source,
            }
        })
        .collect()
}

/// Share of each day that a family covers.
fn coverage(by_date: &BTreeMap<LocalDate, &DayView>, from: LocalDate, to: LocalDate) -> Vec<Coverage> {
    type Share = fn(&DayView) -> f64;
    let families: [(&str, Share); 6] = [
        ("Sleep", |d| f64::from(u8::from(d.sleep.is_some()))),
        ("Heart rate", |d| d.heart.as_ref().map_or(0.0, |h| (h.covered_h / 24.0).min(1.0))),
        ("Variability", |d| f64::from(u8::from(d.hrv.is_some()))),
        ("Steps", |d| d.activity.as_ref().map_or(0.0, |a| (a.steps_by_hour.len() as f64 / 16.0).min(1.0))),
        ("Calendar", |d| f64::from(u8::from(d.calendar.is_some()))),
        ("Answers", |d| f64::from(u8::from(!d.check_ins.is_empty()))),
    ];
    families
        .into_iter()
        .map(|(family, share)| Coverage {
            family: family.into(),
            share_by_day: (from.days()..=to.days())
                .map(|d| Some(by_date.get(&LocalDate::from_days(d)).map_or(0.0, |v| share(v))))
                .collect(),
        })
        .collect()
}

fn estimates(newest: &DayView, past: &[UsualView]) -> Vec<EstimateRow> {
    let mut rows = Vec::new();
    let mut row = |title: &str, estimate: &twin_core::estimate::Estimate| {
        rows.push(EstimateRow { title: title.into(), estimate: estimate.clone() });
    };
    if let Some(sleep) = &newest.sleep {
        row("Total sleep time", &sleep.estimate);
    }
    if let Some(resting) = newest.heart.as_ref().and_then(|h| h.resting.as_ref()) {
        row("Resting heart rate of the night", resting);
    }
    if let Some(rmssd) = newest.hrv.as_ref().and_then(|h| h.rmssd.as_ref()) {
        row("RMSSD", rmssd);
    }
    for usual in past {
        row(&format!("Usual {}", usual.name.replace('_', " ")), &usual.usual);
    }
    rows
}

#[cfg(feature = "files")]
pub(super) fn import_row(view: crate::verbs::ImportView) -> crate::report::ImportRow {
    let refused = |r: crate::verbs::RefusedView| crate::report::RefusedCount {
        code: r.code,
        count: r.count,
        reason: if r.subject.is_empty() { r.example } else { format!("{}: {}", r.subject, r.example) },
    };
    let name = view.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    crate::report::ImportRow {
        name,
        format: view.format.unwrap_or_default(),
        events: view.events,
        samples: view.samples,
        duplicates: view.duplicates,
        refused: view.refused.into_iter().map(refused).collect(),
    }
}
