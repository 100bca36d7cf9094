//! What metadata, beats, spans of sleep and categories mean.

use super::{WATCH, at, entry, measurements, messages, quantity, read, record, refused, texts, values, with};
use twin_core::event::{EventBody, Recording, SleepStage};

#[test]
fn metadata_changes_meaning_or_is_kept() {
    let hr = quantity("HeartRate", "count/min", "61");
    let typed = entry("HKWasUserEntered", "1");
    let of_weight = typed.clone() + &entry("Mood &amp; co", "3.5") + &entry("HKTimeZone", "Asia/Tokyo");
    let of_resting = entry("HKMetadataKeySyncIdentifier", "abc") + &entry("HKMetadataKeySyncVersion", "7");
    let sink = read(
        &[
            with(&hr, &entry("HKMetadataKeyHeartRateMotionContext", "1")),
            with(&hr, &(typed + &entry("Custom", "x"))),
            with(&quantity("BodyMass", "kg", "70"), &of_weight),
            with(&quantity("RestingHeartRate", "count/min", "50"), &of_resting),
        ]
        .concat(),
    );
    assert_eq!(values(&sink, "healthkit:HeartRateMotionContext"), [1.0]);
    let manual: Vec<_> = sink
        .series
        .iter()
        .filter(|b| b.metric.as_str() == "heart_rate")
        .map(|b| b.origin.recording)
        .collect();
    assert!(manual.contains(&None) && manual.contains(&Some(Recording::Manual)));
    let warned: Vec<_> = sink.warnings.iter().map(|w| (w.code.as_str(), &w.message[..7])).collect();
    assert_eq!(warned, [("metadata_not_kept", "1 times")]);
    let facts: Vec<_> =
        sink.facts.iter().filter(|f| matches!(&f.body, EventBody::MeasurementRecorded(_))).collect();
    assert_eq!((facts[0].origin.recording, facts[0].end_offset_s), (Some(Recording::Manual), Some(32_400)));
    assert!(texts(messages(&sink)[0]).contains(&("Mood & co".into(), "3.5".into())));
    assert_eq!((facts[1].record.as_ref().unwrap().as_str(), facts[1].revision), ("RestingHeartRate/abc", 7));
}

#[test]
fn beats_are_samples_and_their_distances_intervals() {
    let beats = "<HeartRateVariabilityMetadataList>\
        <InstantaneousBeatsPerMinute bpm=\"63\" time=\"8:00:01.50 AM\"/>\
        <InstantaneousBeatsPerMinute bpm=\"60\" time=\"08:00:02,50\"/>\
        <InstantaneousBeatsPerMinute bpm=\"60\" time=\"11:00:02\"/>\
        <InstantaneousBeatsPerMinute bpm=\"61\" time=\"8:00:06.50 AM\"/>\
        </HeartRateVariabilityMetadataList>";
    let sink = read(&with(&quantity("HeartRateVariabilitySDNN", "ms", "48.5"), beats));
    let start = at("2020-03-01T07:00:00Z");
    assert_eq!(
        sink.samples("healthkit:InstantaneousBeatsPerMinute"),
        [(start + 1_500_000, 0, 63.0), (start + 2_500_000, 0, 60.0), (start + 6_500_000, 0, 61.0)]
    );
    // Two beats whose distance agrees with the rate are an interval; a gap is none.
    assert_eq!(sink.samples("rr_interval"), [(start + 1_500_000, 0, 1000.0)]);
    assert!(sink.samples("heart_rate").is_empty());
    assert_eq!(measurements(&sink), [("hrv_sdnn".to_owned(), 48.5, "ms".to_owned())]);
    assert_eq!(refused(&sink), [("bad_time", "InstantaneousBeatsPerMinute", 1)]);
}

#[test]
fn sleep_spans_become_episodes_of_their_source() {
    let span = |value: &str, from: &str, to: &str| {
        let value = format!("HKCategoryValueSleepAnalysis{value}");
        record("HKCategoryTypeIdentifierSleepAnalysis", "", &value, from, to)
    };
    let sink = read(
        &[
            span("AsleepDeep", "02:00:00", "03:00:00"),
            span("InBed", "00:30:00", "07:30:00").replace("Watch", "Phone"),
            span("AsleepCore", "01:00:00", "02:00:00"),
            span("Awake", "03:00:00", "03:10:00"),
            span("AsleepREM", "03:10:00", "04:00:00"),
            span("AsleepUnspecified", "14:00:00", "14:30:00"),
            span("Dreaming", "15:00:00", "15:30:00"),
        ]
        .concat(),
    );
    let sleeps: Vec<_> = sink
        .facts
        .iter()
        .filter_map(|f| if let EventBody::SleepRecorded(s) = &f.body { Some((f, s)) } else { None })
        .collect();
    assert_eq!(sleeps.len(), 3);
    let night = sleeps.iter().find(|(_, s)| s.stages.len() == 4).unwrap().1;
    let stages: Vec<_> = night.stages.iter().map(|s| s.stage).collect();
    assert_eq!(stages, [SleepStage::Light, SleepStage::Deep, SleepStage::Awake, SleepStage::Rem]);
    assert_eq!(night.start.micros(), at("2020-03-01T00:00:00Z"));
    assert_eq!(night.end.micros(), at("2020-03-01T03:00:00Z"));
    let in_bed = sleeps.iter().find(|(f, _)| f.origin.source.as_str().ends_with("Phone")).unwrap().1;
    assert_eq!(in_bed.stages[0].stage, SleepStage::InBed);
    assert_eq!(in_bed.in_bed_end.unwrap().micros(), at("2020-03-01T06:30:00Z"));
    let kept = texts(messages(&sink)[0]);
    assert_eq!(kept[0], ("value".into(), "HKCategoryValueSleepAnalysisDreaming".into()));
}

#[test]
fn categories_are_minutes_numbers_or_words() {
    let category = |name: &str, value: &str| {
        record(&format!("HKCategoryTypeIdentifier{name}"), "", value, "08:00:00", "08:10:00")
    };
    let sink = read(
        &[
            category("MindfulSession", "HKCategoryValueNotApplicable"),
            category("AppleStandHour", "HKCategoryValueAppleStandHourStood"),
            category("AppleStandHour", "HKCategoryValueAppleStandHourIdle").replace("08:", "09:"),
            category("MenstrualFlow", "HKCategoryValueMenstrualFlowMedium"),
            category("Headache", "HKCategoryValueSeverityMild"),
            category("Fatigue", "HKCategoryValueSeverityNotPresent"),
            category("HandwashingEvent", "0"),
        ]
        .concat(),
    );
    assert_eq!(values(&sink, "mindful_time"), [10.0]);
    assert_eq!(values(&sink, "healthkit:AppleStandHour"), [1.0, 0.0]);
    assert_eq!(values(&sink, "healthkit:HandwashingEvent"), [0.0]);
    let symptoms: Vec<_> = sink.bodies("health.symptom_noted").collect();
    assert!(
        matches!(symptoms[..], [EventBody::SymptomNoted(s)] if s.symptom == "headache" && s.severity.is_none())
    );
    let words: Vec<_> = messages(&sink).iter().map(|m| m.message.clone()).collect();
    assert_eq!(words, ["MenstrualFlow", "Headache", "Fatigue"]);
}

#[test]
fn children_of_correlations_are_read_once() {
    let child =
        quantity("BloodPressureSystolic", "mmHg", "120") + &quantity("BloodPressureDiastolic", "mmHg", "80");
    let correlation = format!(
        "<Correlation type=\"HKCorrelationTypeIdentifierBloodPressure\" {WATCH} startDate=\"2020-03-01 08:00:00 +0100\" \
         endDate=\"2020-03-01 08:00:30 +0100\">{}{child}</Correlation>\n",
        entry("HKWasUserEntered", "1")
    );
    let sink = read(&(child.clone() + &correlation));
    assert_eq!(measurements(&sink).len(), 2);
    assert_eq!(messages(&sink)[0].message, "Correlation:BloodPressure");
    assert!(texts(messages(&sink)[0]).contains(&("Record.value".into(), "80".into())));
    assert_eq!((sink.warnings[0].code.as_str(), &sink.warnings[0].message[..7]), ("duplicate", "2 times"));
}
