//! Apple Health exports: what each element becomes, and what damage costs.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use proptest::prelude::*;
use std::io::{Cursor, Write};
use twin_adapters::files::{Format, ReadOptions, apple_health, detect, read_file};
use twin_core::event::{EventBody, KeptValue, MessageKept, Recording, SleepStage};
use twin_core::observation::{Collected, Observation, Refusal, Sink, Warning};
use twin_core::{Code, Error, Result, Timestamp, Zone};

const WATCH: &str = "sourceName=\"Jo&apos;s\u{a0}Watch\" sourceVersion=\"5.1\" device=\"&lt;&lt;HKDevice: 0x28@&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch4,2, software:5.1&gt;\" creationDate=\"2020-03-01 09:00:00 +0100\"";

fn options() -> ReadOptions {
    ReadOptions {
        now: Timestamp::from_secs(0),
        zone: Zone::named("UTC").unwrap(),
        name: String::new(),
        subject: None,
    }
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record*)>\n]>\n\
         <HealthData locale=\"de_DE\">\n <ExportDate value=\"2020-03-02 10:00:00 +0100\"/>\n{body}</HealthData>\n"
    )
}

fn try_read(xml: &[u8]) -> Result<Collected> {
    let mut sink = Collected::default();
    apple_health::read_xml(&mut &*xml, &options(), &mut sink)?;
    Ok(sink)
}

fn read(body: &str) -> Collected {
    try_read(document(body).as_bytes()).unwrap()
}

fn record(kind: &str, unit: &str, value: &str, start: &str, end: &str) -> String {
    format!(
        " <Record type=\"{kind}\" {WATCH} unit=\"{unit}\" startDate=\"2020-03-01 {start} +0100\" endDate=\"2020-03-01 {end} +0100\" value=\"{value}\"/>\n"
    )
}

fn quantity(name: &str, unit: &str, value: &str) -> String {
    record(&format!("HKQuantityTypeIdentifier{name}"), unit, value, "08:00:00", "08:00:30")
}

fn with(record: &str, children: &str) -> String {
    format!("{}>{children}</Record>\n", record.trim_end().strip_suffix("/>").unwrap())
}

fn entry(key: &str, value: &str) -> String {
    format!("<MetadataEntry key=\"{key}\" value=\"{value}\"/>")
}

fn at(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().micros()
}

fn values(sink: &Collected, metric: &str) -> Vec<f64> {
    sink.samples(metric).iter().map(|s| s.2).collect()
}

fn measurements(sink: &Collected) -> Vec<(String, f64, String)> {
    let one = |b: &EventBody| match b {
        EventBody::MeasurementRecorded(m) => (m.metric.to_string(), m.value, m.unit.clone()),
        other => panic!("{other:?}"),
    };
    sink.bodies("health.measurement_recorded").map(one).collect()
}

fn messages(sink: &Collected) -> Vec<&MessageKept> {
    sink.facts
        .iter()
        .filter_map(|f| if let EventBody::MessageKept(m) = &f.body { Some(m) } else { None })
        .collect()
}

fn texts(message: &MessageKept) -> Vec<(String, String)> {
    let text = |v: &KeptValue| match v {
        KeptValue::Integer(n) => n.to_string(),
        KeptValue::Number(x) => x.to_string(),
        KeptValue::Text(t) => t.clone(),
        KeptValue::Numbers(n) => format!("{n:?}"),
    };
    message.fields.iter().map(|f| (f.name.clone(), text(&f.value))).collect()
}

fn refused(sink: &Collected) -> Vec<(&str, &str, u64)> {
    sink.refused.iter().map(|r| (r.code.as_str(), r.subject.as_str(), r.count)).collect()
}

#[test]
fn the_format_is_found_from_its_beginning() {
    assert_eq!(detect(document("").as_bytes()), Some(Format::AppleHealth));
    assert_eq!(detect(b"\xef\xbb\xbf<HealthData locale=\"x\">"), Some(Format::AppleHealth));
    assert!(!apple_health::matches(b"<ClinicalDocument/>"));
}

#[test]
fn samples_are_converted_and_carry_origin_offset_and_revision() {
    let sink = read(
        &[
            quantity("HeartRate", "count/min", "61"),
            quantity("DistanceWalkingRunning", "km", "0.5"),
            quantity("ActiveEnergyBurned", "kJ", "418.4"),
            quantity("DietaryZinc", "mg", "3"),
            quantity("CyclingSpeed", "km/hr", "36"),
        ]
        .concat(),
    );
    let start = at("2020-03-01T07:00:00Z");
    assert_eq!(sink.samples("heart_rate"), [(start, 30_000_000, 61.0)]);
    assert_eq!(values(&sink, "distance_walk_run"), [500.0]);
    assert_eq!(values(&sink, "energy_active"), [100.0]);
    assert_eq!(values(&sink, "healthkit:DietaryZinc"), [3.0]);
    assert!((values(&sink, "speed")[0] - 10.0).abs() < 1e-12);
    let block = &sink.series[0];
    assert_eq!((block.unit.as_str(), block.offset_s), ("/min", Some(3600)));
    assert_eq!(block.revision, at("2020-03-02T09:00:00Z") as u64 / 1_000_000);
    assert_eq!(block.origin.source.as_str(), "apple_health/Jo's Watch");
    assert_eq!(block.origin.device.as_ref().unwrap().as_str(), "Apple Watch/Watch/Watch4,2");
    assert_eq!(sink.counts()["source.device_described"], 1);
    assert!(sink.refused.is_empty() && sink.warnings.is_empty());
}

#[test]
fn addresses_of_devices_do_not_make_streams() {
    let one = quantity("HeartRate", "count/min", "61");
    let all = one.replace("0x28@", "0x281")
        + &one.replace("0x28@", "0x282")
        + &one.replace("software:5.1", "software:6.0");
    let sink = read(&all);
    assert_eq!(sink.series.len(), 1);
    assert_eq!(sink.series[0].samples.len(), 3);
    assert_eq!(sink.counts()["source.device_described"], 1);
}

#[test]
fn single_quantities_are_facts() {
    let sink = read(
        &[
            quantity("BodyMass", "lb", "100"),
            quantity("OxygenSaturation", "%", "0.97"),
            quantity("BodyTemperature", "degF", "98.6"),
            quantity("VO2Max", "mL/min·kg", "42.5"),
            quantity("BloodGlucose", "mmol&lt;180.1558800000541&gt;/L", "5"),
        ]
        .concat(),
    );
    let found = measurements(&sink);
    for (metric, value, unit) in [
        ("body_weight", 45.359_237, "kg"),
        ("oxygen_saturation", 97.0, "%"),
        ("body_temperature", 37.0, "Cel"),
        ("vo2_max", 42.5, "mL/min/kg"),
        ("blood_glucose", 90.077_94, "mg/dL"),
    ] {
        let (_, got, u) = found.iter().find(|m| m.0 == metric).unwrap();
        assert!((got - value).abs() < 1e-9 && u == unit, "{metric}: {got} {u}");
    }
    let weight = sink.facts.iter().find(|f| matches!(&f.body, EventBody::MeasurementRecorded(_))).unwrap();
    assert_eq!(weight.at.micros(), at("2020-03-01T07:00:30Z"));
    assert_eq!((weight.start_offset_s, weight.record.clone(), weight.revision), (Some(3600), None, 0));
}

#[test]
fn two_exports_of_one_fact_are_one_fact() {
    let asleep = "HKCategoryValueSleepAnalysisAsleepCore";
    let body = quantity("BodyMass", "kg", "70")
        + &record("HKCategoryTypeIdentifierSleepAnalysis", "", asleep, "01:00:00", "06:00:00");
    let later = document(&body).replace("2020-03-02", "2020-04-02").replace("0x28@", "0x77");
    let first = read(&body);
    assert_eq!(first.facts, try_read(later.as_bytes()).unwrap().facts);
    assert_eq!(first.facts.len(), 3);
}

#[test]
fn what_cannot_be_used_is_counted() {
    let steps = |value: &str| quantity("StepCount", "count", value);
    let sink = read(
        &[
            quantity("BodyMass", "furlong", "70"),
            quantity("BodyMass", "furlong", "71"),
            steps("NaN"),
            steps(""),
            steps("5").replace("2020-03-01 08", "1820-03-01 08"),
            steps("5").replace("08:00:30", "07:00:30"),
            steps("7"),
        ]
        .concat(),
    );
    assert_eq!(
        refused(&sink),
        [("bad_time", "StepCount", 2), ("bad_value", "StepCount", 2), ("unknown_unit", "BodyMass", 2)]
    );
    assert_eq!(values(&sink, "steps"), [7.0]);
}

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

fn workout(attributes: &str, children: &str) -> String {
    format!(
        "<Workout workoutActivityType=\"HKWorkoutActivityTypeTraditionalStrengthTraining\" duration=\"30\" \
         durationUnit=\"min\" {attributes} {WATCH} startDate=\"2020-03-01 08:00:00 +0100\" \
         endDate=\"2020-03-01 08:40:00 +0100\">{children}</Workout>\n"
    )
}

fn event(kind: &str, time: &str, minutes: &str) -> String {
    format!(
        "<WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"2020-03-01 {time} +0100\" duration=\"{minutes}\" durationUnit=\"min\"/>"
    )
}

#[test]
fn workouts_of_both_forms() {
    let old = workout(
        "totalDistance=\"2\" totalDistanceUnit=\"mi\" totalEnergyBurned=\"836.8\" totalEnergyBurnedUnit=\"kJ\"",
        "",
    );
    let new = workout(
        "",
        &[
            &entry("HKIndoorWorkout", "1"),
            &entry("HKElevationAscended", "1234 cm"),
            &entry("HKWeatherCondition", "sunny spells"),
            &event("Lap", "08:10:00", "5"),
            &event("Lap", "08:00:00", "10"),
            &event("Segment", "08:00:00", "7"),
            &event("Pause", "08:20:00", ""),
            "<WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"130\" minimum=\"80\" maximum=\"160\" unit=\"count/min\"/>",
            "<WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"3.5\" unit=\"km\"/>",
            "<WorkoutActivity uuid=\"u\"><WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"99\" unit=\"count/min\"/></WorkoutActivity>",
            "<WorkoutRoute sourceName=\"x\"><MetadataEntry key=\"k\" value=\"v w\"/><FileReference path=\"/workout-routes/r.gpx\"/></WorkoutRoute>",
        ]
        .concat(),
    );
    let sink = read(&(old + &new));
    let all: Vec<_> = sink
        .facts
        .iter()
        .filter_map(|f| if let EventBody::WorkoutRecorded(w) = &f.body { Some(w) } else { None })
        .collect();
    assert_eq!((all[0].sport.as_str(), all[0].moving_s), ("strength_training", Some(1800.0)));
    assert_eq!((all[0].distance_m, all[0].energy_kcal), (Some(3218.688), Some(200.0)));
    let w = all[1];
    assert_eq!(
        (w.sub_sport.as_deref(), w.ascent_m, w.distance_m),
        (Some("indoor"), Some(12.34), Some(3500.0))
    );
    assert_eq!((w.heart_rate_mean, w.heart_rate_max), (Some(130.0), Some(160.0)));
    assert_eq!(w.laps.iter().map(|l| l.end.secs_since(l.start)).collect::<Vec<_>>(), [600.0, 300.0]);
    assert!(w.statistics.iter().any(|s| s.name == "WorkoutActivity.HeartRate.average" && s.value == 99.0));
    let kept: Vec<String> = texts(messages(&sink)[0]).into_iter().map(|f| f.0).collect();
    for name in [
        "HKWeatherCondition",
        "WorkoutEvent.Pause",
        "WorkoutEvent.Segment",
        "WorkoutRoute.k",
        "FileReference",
        "WorkoutActivity.uuid",
    ] {
        assert!(kept.iter().any(|k| k == name), "{name} in {kept:?}");
    }
    assert_eq!(refused(&sink), [("not_read", "workout-routes", 1)]);
}

#[test]
fn summaries_and_the_person() {
    let sink = read(
        "<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1980-02-29\" HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexFemale\" HKCharacteristicTypeIdentifierBloodType=\"HKBloodTypeAPositive\" HKCharacteristicTypeIdentifierFitzpatrickSkinType=\"HKFitzpatrickSkinTypeNotSet\"/>\
         <ActivitySummary dateComponents=\"2020-02-28\" activeEnergyBurned=\"418.4\" activeEnergyBurnedGoal=\"836.8\" activeEnergyBurnedUnit=\"kJ\" appleExerciseTime=\"31\" appleStandHours=\"12\"/>\
         <StateOfMind kind=\"momentary\" valence=\"0.5\" date=\"2020-03-01 08:00:00 +0100\"><Label name=\"calm\"/></StateOfMind>",
    );
    let found: Vec<_> = measurements(&sink);
    let expected = [
        ("ActiveEnergyBurned", 100.0, "kcal"),
        ("ActiveEnergyBurnedGoal", 200.0, "kcal"),
        ("AppleExerciseTime", 31.0, "min"),
        ("AppleStandHours", 12.0, "h"),
    ]
    .map(|(name, value, unit)| (format!("healthkit:ActivitySummary{name}"), value, unit.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(sink.facts[0].civil_date.unwrap().to_string(), "2020-02-28");
    assert_eq!(
        sink.facts[0].record.as_ref().unwrap().as_str(),
        "ActivitySummary/2020-02-28/activeEnergyBurned"
    );
    let EventBody::ProfileStated(me) = sink.bodies("person.profile_stated").next().unwrap() else { panic!() };
    assert_eq!(me.born.unwrap().to_string(), "1980-02-29");
    let kept = messages(&sink);
    let pairs = [
        ("kind", "momentary"),
        ("valence", "0.5"),
        ("date", "2020-03-01 08:00:00 +0100"),
        ("Label.name", "calm"),
    ];
    assert_eq!(texts(kept[0]), pairs.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(texts(kept[1]), [("BloodType".to_owned(), "HKBloodTypeAPositive".to_owned())]);
}

#[test]
fn damage_costs_only_what_is_damaged() {
    let steps = quantity("StepCount", "count", "5");
    let whole = document(&steps.repeat(20));
    let cut = try_read(&whole.as_bytes()[..whole.len() - 700]).unwrap();
    assert!((17..20).contains(&cut.samples("steps").len()));
    assert_eq!(refused(&cut)[0].0, "truncated");
    assert_eq!(try_read(b"<HealthData locale=\"x\"><Rec").unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read(b"<gpx></gpx>").unwrap_err().code(), Code::Malformed);
    // An element whose end is lost, and an end without an element.
    let lost = with(&steps, &entry("a", "b")).replace("</Record>", "");
    let sink = read(&(lost + &steps + "</Stray>" + &steps));
    assert_eq!(sink.samples("steps").len(), 3);
    assert!(sink.warnings.iter().any(|w| w.code == "salvaged" && w.message.starts_with("2 times")));
    // A byte that is no text.
    let mut bytes = document(&(steps.clone() + &steps.replace("Jo&apos;s", "J@") + &steps)).into_bytes();
    let position = bytes.windows(3).position(|w| w == b"\"J@").unwrap();
    bytes[position + 2] = 0xff;
    let sink = try_read(&bytes).unwrap();
    assert_eq!(sink.samples("steps").len(), 2);
    assert_eq!(refused(&sink), [("damaged", "element", 1)]);
}

#[test]
fn hostile_documents_stay_small() {
    let steps = quantity("StepCount", "count", "5");
    let long = read(&(steps.clone() + "<Record type=\"" + &"x".repeat(3 << 20) + "\"/>"));
    assert_eq!((long.samples("steps").len(), refused(&long)[0].0), (1, "damaged"));
    let deep = read(&(steps.clone() + &"<a>".repeat(100_000)));
    assert_eq!((deep.samples("steps").len(), refused(&deep)[0].0), (1, "damaged"));
    let plain = "<!ELEMENT HealthData (Record*)>";
    let bomb = document(&steps.replace("Jo&apos;s", "&lol;")).replace(plain, "<!ENTITY lol \"lollollol\">");
    let sink = try_read(bomb.as_bytes()).unwrap();
    assert!(sink.series[0].origin.source.as_str().contains("&lol;"));
    // The document type of some versions is broken; it is not needed.
    let broken = document(&steps).replace(plain, "<!ELEMENT <<< [[ (Record*");
    assert_eq!(try_read(broken.as_bytes()).unwrap().samples("steps").len(), 1);
}

struct Stopping(u64);

impl Sink for Stopping {
    fn accept(&mut self, _: Observation) -> Result<()> {
        Ok(())
    }
    fn refuse(&mut self, _: Refusal) {}
    fn warn(&mut self, _: Warning) {}
    fn progress(&mut self, bytes: u64) -> Result<()> {
        self.0 = bytes;
        if bytes > 100_000 { Err(Error::Cancelled) } else { Ok(()) }
    }
}

#[test]
fn the_caller_can_stop() {
    let mut sink = Stopping(0);
    let xml = document(&quantity("StepCount", "count", "5").repeat(2_000));
    let error = apple_health::read_xml(&mut xml.as_bytes(), &options(), &mut sink).unwrap_err();
    assert_eq!(error.code(), Code::Cancelled);
    assert!(sink.0 < 200_000);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const GPX: &str = "<?xml version=\"1.0\"?><gpx version=\"1.1\"><trk><trkseg>\
    <trkpt lon=\"8.5\" lat=\"47.25\"><ele>410.5</ele><time>2020-03-01T07:00:01Z</time><extensions><speed>2.5</speed><course>-1</course><hAcc>4</hAcc></extensions></trkpt>\
    <trkpt lon=\"8.6\" lat=\"47.26\"><ele>411.5</ele></trkpt></trkseg></trk></gpx>";
const ECG: &str = "Name,Jo Example\nDate of Birth,\"Jan 1, 1980\"\nRecorded Date,2020-03-01 08:00:00 +0100\nClassification,Sinus Rhythm\nSymptoms,\nSoftware Version,1.90\nDevice,\"Watch4,2\"\nSample Rate,512 hertz\n\n\nLead,Lead I\nUnit,µV\n\n-12.5\n\"13,5\"\nx\n20\n";

#[test]
fn a_zip_is_read_whole() {
    let route = workout(
        "",
        "<WorkoutRoute sourceName=\"x\"><FileReference path=\"/workout-routes/r.gpx\"/><FileReference path=\"/workout-routes/gone.gpx\"/></WorkoutRoute>",
    );
    let export = document(&(quantity("StepCount", "count", "5") + &route));
    let bytes = zip(&[
        ("apple_health_export/export_cda.xml", b"<ClinicalDocument></ClinicalDocument>"),
        ("apple_health_export/导出.xml", export.as_bytes()),
        ("apple_health_export/workout-routes/r.gpx", GPX.as_bytes()),
        ("apple_health_export/electrocardiograms/e.csv", ECG.as_bytes()),
        ("apple_health_export/clinical-records/a.json", b"{}"),
    ]);
    let mut sink = Collected::default();
    let format = read_file(&mut Cursor::new(&bytes), &options(), &mut sink).unwrap();
    assert_eq!(format, Format::AppleHealth);
    let t = at("2020-03-01T07:00:01Z");
    for (metric, value) in [
        ("healthkit:RouteLatitude", 47.25),
        ("healthkit:RouteLongitude", 8.5),
        ("altitude", 410.5),
        ("speed", 2.5),
        ("healthkit:RouteHorizontalAccuracy", 4.0),
    ] {
        assert_eq!(sink.samples(metric), [(t, 0, value)], "{metric}");
    }
    assert!(sink.samples("healthkit:RouteCourse").is_empty());
    let altitude = sink.series.iter().find(|b| b.metric.as_str() == "altitude").unwrap();
    assert_eq!(altitude.origin.source.as_str(), "apple_health/Jo's Watch");
    assert_eq!(values(&sink, "ecg_waveform"), [-12.5, 13.5, 20.0]);
    assert_eq!(sink.samples("ecg_waveform")[2].0, at("2020-03-01T07:00:00Z") + 5_859);
    let ecg = messages(&sink).into_iter().find(|m| m.message == "Electrocardiogram").unwrap();
    assert!(texts(ecg).iter().all(|(name, value)| !name.contains("Name") && !value.contains("Jan 1")));
    assert!(texts(ecg).contains(&("Classification".into(), "Sinus Rhythm".into())));
    assert_eq!(
        refused(&sink),
        [
            ("bad_time", "trkpt", 1),
            ("bad_value", "electrocardiograms", 1),
            ("not_found", "workout-routes", 1),
            ("not_read", "clinical-records", 1),
        ]
    );
    assert_eq!(sink.warnings[0].code, "duplicate");
}

#[test]
fn zips_that_are_no_export_or_expand_without_end() {
    let read = |bytes: &[u8]| {
        let mut sink = Collected::default();
        read_file(&mut Cursor::new(bytes), &options(), &mut sink).map(|_| sink)
    };
    assert_eq!(read(&zip(&[("a.xml", b"<a/>")])).unwrap_err().code(), Code::Unsupported);
    let mut bomb = document(&quantity("StepCount", "count", "5"));
    let whole = zip(&[("export.xml", bomb.as_bytes())]);
    assert_eq!(read(&whole).unwrap().samples("steps").len(), 1);
    assert_eq!(read(&whole[..whole.len() / 2]).unwrap_err().code(), Code::Malformed);
    bomb.truncate(bomb.len() - "</HealthData>\n".len());
    let filler = " ".repeat((1 << 20) - 10) + "<!-- x -->";
    bomb += &filler.repeat(80);
    let sink = read(&zip(&[("export.xml", bomb.as_bytes())])).unwrap();
    assert_eq!((sink.samples("steps").len(), refused(&sink)[0].0), (1, "too_large"));
}

#[test]
fn the_real_sample_gives_what_its_tables_say() {
    let data = std::env::var("HUMANTWIN_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").into());
    let folder = std::path::Path::new(&data).join("apple_health/tdda");
    let Ok(mut file) = std::fs::File::open(folder.join("export6s3sample.xml")) else {
        println!("skipped: no recordings at hand");
        return;
    };
    let mut sink = Collected::default();
    read_file(&mut file, &options(), &mut sink).unwrap();
    let rows = |name: &str| -> Vec<Vec<String>> {
        let table = std::fs::read_to_string(folder.join(name)).unwrap();
        table
            .lines()
            .skip(1)
            .map(|l| l.split(',').map(|c| c.trim_matches('"').to_owned()).collect())
            .collect()
    };
    for (table, metric, factor) in
        [("StepCount.csv", "steps", 1.0), ("DistanceWalkingRunning.csv", "distance_walk_run", 1000.0)]
    {
        let expected: Vec<f64> = rows(table).iter().map(|r| r[8].parse::<f64>().unwrap() * factor).collect();
        assert_eq!(values(&sink, metric), expected, "{table}");
    }
    assert_eq!(sink.counts()["health.workout_recorded"], rows("Workout.csv").len());
    assert_eq!(sink.counts()["health.measurement_recorded"], rows("ActivitySummary.csv").len() * 6);
    assert!(sink.refused.is_empty(), "{:?}", sink.refused);
}

fn rich() -> Vec<u8> {
    let hrv = with(
        &quantity("HeartRateVariabilitySDNN", "ms", "48.5"),
        "<HeartRateVariabilityMetadataList><InstantaneousBeatsPerMinute bpm=\"63\" time=\"8:00:01.50 AM\"/></HeartRateVariabilityMetadataList>",
    );
    let rem = "HKCategoryValueSleepAnalysisAsleepREM";
    let sleep = record("HKCategoryTypeIdentifierSleepAnalysis", "", rem, "01:00:00", "06:00:00");
    let weight = quantity("BodyMass", "lb", "100");
    document(&(hrv + &sleep + &workout("", &event("Lap", "08:10:00", "5")) + &weight)).into_bytes()
}

type Changes = Vec<(prop::sample::Index, u8)>;

fn change(bytes: &mut [u8], changes: &Changes) {
    for (index, byte) in changes {
        let at = index.index(bytes.len());
        bytes[at] = *byte;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut sink = Collected::default();
        let _ = apple_health::read_xml(&mut &bytes[..], &options(), &mut sink);
        let _ = apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut sink);
    }

    #[test]
    fn changed_bytes_do_not_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = rich();
        change(&mut bytes, &changes);
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = try_read(&bytes);
    }

    #[test]
    fn changed_zips_do_not_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = zip(&[
            ("x/export.xml", &rich()),
            ("x/workout-routes/r.gpx", GPX.as_bytes()),
            ("x/electrocardiograms/e.csv", ECG.as_bytes()),
        ]);
        change(&mut bytes, &changes);
        let _ = apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut Collected::default());
    }

    #[test]
    fn any_route_or_recording_is_survived(text in "[-0-9,.:\"a-zµ \n<>/=]{0,300}") {
        let export = document(&quantity("StepCount", "count", "5"));
        let gpx = format!("<gpx>{text}");
        let bytes = zip(&[
            ("export.xml", export.as_bytes()),
            ("workout-routes/r.gpx", gpx.as_bytes()),
            ("electrocardiograms/e.csv", text.as_bytes()),
        ]);
        apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut Collected::default()).unwrap();
    }
}
