//! Apple Health exports: what each element becomes, and what damage costs.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod bytes;
mod damage;
mod meaning;
mod samples;
mod workouts;
mod zips;

use std::io::{Cursor, Write};
use twin_adapters::files::{ReadOptions, apple_health};
use twin_core::event::{EventBody, KeptValue, MessageKept};
use twin_core::observation::Collected;
use twin_core::{Result, Timestamp, Zone};

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
