//! What the sample says beside its days.

use super::{DAYS, Numbers, stand};
use humantwin::report::{
    Card, CardFormat, Coverage, Day, EstimateRow, ImportRow, Note, NoteKind, RefusedCount, ReportData,
    SourceRow,
};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::{LocalDate, Result, Timestamp, Zone};

pub(super) fn cards(data: &ReportData, to: LocalDate) -> Vec<Card> {
    let trend = |of: fn(&Day) -> Option<f64>| -> Vec<Option<f64>> {
        (0..21).map(|k| data.days.iter().find(|d| d.date == to.plus_days(k - 20)).and_then(of)).collect()
    };
    let card = |title: &str,
                unit: &str,
                format,
                decimals,
                usual: (f64, f64),
                reason: &str,
                trend: Vec<Option<f64>>| {
        let value = trend.last().copied().flatten();
        Card {
            title: title.into(),
            value,
            unit: unit.into(),
            format,
            decimals,
            usual_low: Some(usual.0),
            usual_high: Some(usual.1),
            standing: value.map(|v| stand(v, usual)),
            reason: reason.into(),
            day: Some(to),
            trend,
        }
    };
    let number = CardFormat::Number;
    let meetings = trend(|d| d.calendar.as_ref()?.meeting_h.map(|h| h * 60.0));
    vec![
        card(
            "Last night's sleep",
            "",
            CardFormat::DurationMin,
            0,
            (400.0, 465.0),
            "You went to bed later than on most nights and got up at your usual time for a weekend.",
            trend(|d| d.sleep.as_ref()?.asleep_min),
        ),
        card(
            "Resting heart rate",
            "bpm",
            number,
            0,
            (51.0, 56.0),
            "Close to the middle of your last four weeks.",
            trend(|d| d.heart.as_ref()?.resting_bpm),
        ),
        card(
            "Heart rate variability",
            "ms",
            number,
            0,
            (46.0, 58.0),
            "The 7-day mean is what counts; one night says little.",
            trend(|d| d.hrv.as_ref()?.rmssd_ms),
        ),
        card(
            "Steps",
            "steps",
            number,
            0,
            (9000.0, 14_500.0),
            "So far today; the watch was last read at 10:12.",
            trend(|d| d.activity.as_ref()?.steps),
        ),
        card(
            "Training load, 7 days",
            "TRIMP",
            number,
            0,
            (210.0, 300.0),
            "Three sessions in the last seven days, one of them long.",
            trend(|d| d.load.as_ref().map(|l| l.value + 190.0)),
        ),
        card("Meetings", "", CardFormat::DurationMin, 0, (100.0, 260.0), "No working day today.", meetings),
    ]
}

pub(super) fn notes(from: LocalDate) -> Result<Vec<Note>> {
    let mut notes = Vec::new();
    for i in 0..DAYS {
        let at = Zone::named("Europe/Paris")?.start_of(from.plus_days(i));
        let note = |hour: i64, kind, text: &str, amount, unit: &str| Note {
            at: at.plus_secs(hour * 3600),
            kind,
            text: text.into(),
            amount,
            unit: unit.into(),
        };
        match i % 9 {
            0 => notes.push(note(8, NoteKind::Caffeine, "coffee", Some(90.0), "mg")),
            4 => notes.push(note(20, NoteKind::Alcohol, "wine with friends", Some(1.5), "drinks")),
            7 if i > 60 => notes.push(note(9, NoteKind::Symptom, "scratchy throat", Some(3.0), "of 10")),
            _ => {}
        }
    }
    Ok(notes)
}

pub(super) fn coverage(data: &ReportData) -> Vec<Coverage> {
    let mut numbers = Numbers(11);
    let mut family = |name: &str, has: fn(&Day) -> Option<bool>, usual: f64| Coverage {
        family: name.into(),
        share_by_day: (0..DAYS)
            .map(|i| {
                let noise = 0.25 * numbers.next().abs();
                match data.days.iter().find(|d| d.date == data.from.plus_days(i)).map(has) {
                    Some(Some(true)) => Some((usual - noise).clamp(0.0, 1.0)),
                    Some(None) => None,
                    Some(Some(false)) | None => Some(0.0),
                }
            })
            .collect(),
    };
    vec![
        family("Sleep", |d| Some(d.sleep.is_some()), 1.0),
        family("Heart rate", |d| Some(d.heart.is_some()), 0.96),
        family("HRV", |d| Some(d.hrv.is_some()), 0.85),
        family("Activity", |d| Some(d.activity.is_some()), 0.98),
        family("Training", |d| d.load.as_ref().filter(|l| l.value > 0.0).map(|_| true), 1.0),
        family("Calendar", |d| d.calendar.as_ref().map(|_| true), 1.0),
        family("Check-ins", |d| Some(!d.check_ins.is_empty()), 0.9),
    ]
}

pub(super) fn sources(from: LocalDate, to: LocalDate) -> Vec<SourceRow> {
    let row = |source: &str, device: &str, kind: &str, gave: &[&str], samples, coverage| SourceRow {
        source: source.into(),
        device: device.into(),
        kind: kind.into(),
        gave: gave.iter().map(|g| (*g).to_owned()).collect(),
        first: Some(Zone::utc().start_of(from)),
        last: Some(Zone::utc().start_of(to)),
        samples,
        coverage: Some(coverage),
    };
    vec![
        row(
            "watch",
            "Sample Watch 2",
            "watch",
            &["Heart rate", "Sleep", "Steps", "Training"],
            1_846_220,
            0.967,
        ),
        row("strap", "Sample Strap", "chest_strap", &["RR intervals"], 2_431_008, 0.9),
        row("phone", "Phone", "phone", &["Steps", "Distance"], 12_480, 1.0),
        row("work calendar", "", "calendar", &["Meetings"], 214, 0.7),
        row("diary", "", "diary", &["Check-ins", "Caffeine", "Alcohol", "Symptoms", "Weight"], 231, 0.74),
    ]
}

pub(super) fn estimates(to: LocalDate) -> Vec<EstimateRow> {
    let as_of: Timestamp = Zone::utc().start_of(to);
    let contribution = |feature: &str, amount: f64| Contribution {
        feature: feature.into(),
        amount,
        baseline: None,
        now: None,
        unit: "1".into(),
    };
    let ready = Estimate {
        value: Some(71.0),
        low: Some(60.0),
        high: Some(81.0),
        confidence: 0.74,
        kind: EstimateKind::Index,
        status: EstimateStatus::Ok,
        n_effective: 61.0,
        prior_share: 0.12,
        coverage: 0.93,
        as_of: Some(as_of),
        contributions: vec![contribution("Sleep, last night", -4.2), contribution("HRV, 7-day mean", 3.1)],
        ..Estimate::absent("recovery", "0.1", "of 100", EstimateStatus::Ok, Vec::new())
    };
    let gaps = vec!["fewer than 14 nights with stages".to_owned(), "no reaction-time test".to_owned()];
    vec![
        EstimateRow { title: "Readiness of the body".into(), estimate: ready },
        EstimateRow {
            title: "Alertness this afternoon".into(),
            estimate: Estimate::absent("alertness", "0.1", "1", EstimateStatus::InsufficientData, gaps),
        },
    ]
}

pub(super) fn imports() -> Vec<ImportRow> {
    let refusal =
        |code: &str, count, reason: &str| RefusedCount { code: code.into(), count, reason: reason.into() };
    vec![
        ImportRow {
            name: "watch export".into(),
            format: "fit".into(),
            events: 212,
            samples: 1_846_220,
            duplicates: 3_104,
            refused: vec![
                refusal("out_of_range", 14, "heart rate above 250 per minute"),
                refusal("truncated", 1, "the file ends inside a record; what came before was kept"),
            ],
        },
        ImportRow {
            name: "strap recordings".into(),
            format: "csv".into(),
            samples: 2_431_008,
            ..Default::default()
        },
        ImportRow {
            name: "work calendar".into(),
            format: "ics".into(),
            events: 214,
            duplicates: 20,
            ..Default::default()
        },
    ]
}
