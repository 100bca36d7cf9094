//! Whole exports: routes, electrocardiograms, zips that are none.

use super::{ECG, GPX, at, document, messages, options, quantity, refused, texts, values, workout, zip};
use std::io::Cursor;
use twin_adapters::files::{Format, read_file};
use twin_core::Code;
use twin_core::observation::Collected;

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
