//! Nights that are unusual for the person, and what may explain them.

use super::recovery::{ln_rmssd, metric, resting_hr};
use super::training::loads;
use super::{Asked, Features, Said, SpanView};
use crate::error::Result;
use crate::view::DayView;
use twin_models::health::anomaly::cause::Cause;
use twin_models::health::anomaly::night::{AnomalyNight, Night, State};
use twin_models::health::anomaly::{self, health_anomaly};

pub(super) const ASKED: &[Asked] = &[Asked { id: anomaly::ID, name: "anomaly", unit: "1", run: nights }];

/// Nights looked at.
const DAYS: usize = 120;
/// Seconds that the clock must jump by for a change of zone.
const ZONE_S: i32 = 3600;

fn nights(features: &Features<'_>) -> Result<Said> {
    let days = DAYS.min(features.span());
    let (hr, hrv) = (resting_hr(features, days), ln_rmssd(features, days));
    let breath = metric(features, "respiratory_rate", days);
    let warmth = metric(features, "skin_temperature_deviation", days);
    let (load, _) = loads(features, days);
    let slept = features.daily(days, |day| day.sleep.as_ref()?.asleep_min);
    let steps = features.daily(days, |day| day.activity.as_ref()?.steps);
    let causes = features.daily(days, |day| Some(causes(day)));
    let offsets = features.daily(days, |day| day.lived_offset_s);
    let at = |row: &[Option<f64>], i: usize| row.get(i).copied().flatten();
    let nights: Vec<Night> = (0..days)
        .map(|i| {
            let mut causes = causes.get(i).cloned().flatten().unwrap_or_default();
            let offset = |i: usize| offsets.get(i).copied().flatten();
            let before = i.checked_sub(1);
            if let Some((now, then)) = offset(i).zip(before.and_then(offset))
                && (now - then).abs() > ZONE_S
            {
                causes.push(Cause::TimeZone);
            }
            Night {
                resting_hr: at(&hr, i),
                lnrmssd: at(&hrv, i),
                respiratory_rate: at(&breath, i),
                temperature_deviation: at(&warmth, i),
                sleep_min: at(&slept, i),
                steps: before.and_then(|b| at(&steps, b)),
                training_load: at(&load, i),
                causes,
            }
        })
        .collect();
    let said = health_anomaly(&nights);
    let spans = spans(features, &said.nights);
    let all = Said { spans, words: vec![said.words], ..Said::default() };
    Ok(all.and("anomaly", said.today).and("probability", said.probability))
}

/// What the day itself says that may explain its nights.
fn causes(day: &DayView) -> Vec<Cause> {
    let mut found = Vec::new();
    if day.alcohol_drinks.is_some_and(|n| n > 0.0) {
        found.push(Cause::Alcohol);
    }
    for note in &day.notes {
        let words = note.text.to_lowercase();
        match note.kind.as_str() {
            "medication" if words.contains("vaccin") => found.push(Cause::Vaccine),
            "medication" => found.push(Cause::Medication),
            _ => {}
        }
    }
    found
}

/// The episodes that an alert was raised in.
fn spans(features: &Features<'_>, nights: &[AnomalyNight]) -> Vec<SpanView> {
    let newest = nights.len();
    let day = |i: usize| {
        let back = i32::try_from(newest - 1 - i).unwrap_or(0);
        features.date().plus_days(-back)
    };
    let bounds = |i: usize| features.days().find(|d| d.date == day(i)).map(|d| (d.start, d.end));
    let alerts = nights.iter().enumerate().filter(|(_, night)| night.alert);
    let span = |(i, night): (usize, &AnomalyNight)| {
        let last = nights.iter().enumerate().skip(i).take_while(|(_, n)| n.state == State::Red).last();
        let (start, _) = bounds(night.since.unwrap_or(i)).or_else(|| bounds(i))?;
        let (_, end) = bounds(last.map_or(i, |(last, _)| last))?;
        let channels: Vec<&str> = night.evidence.iter().map(|e| e.channel.name()).collect();
        Some(SpanView {
            name: "unusual_nights".into(),
            start,
            end: end.min(features.moment()),
            value: night.score(),
            unit: Some("1".into()),
            probability: night.probability(),
            note: Some(format!("by {}", channels.join(", "))),
        })
    };
    alerts.filter_map(span).collect()
}
