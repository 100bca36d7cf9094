//! The corpus against an independent decoder, where it is at hand.

use super::options;
use twin_adapters::files::{ReadOptions, read_file};
use twin_core::event::EventBody;
use twin_core::observation::Collected;
use twin_core::{Code, Timestamp, Zone};

/// Every file of the corpus against `conformance/corpus/decode_tables.py`.
#[test]
fn the_corpus_agrees_with_an_independent_decoder() {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let data = std::env::var("HUMANTWIN_DATA").unwrap_or_else(|_| format!("{workspace}/../shared/data"));
    let data = std::path::PathBuf::from(data);
    if !data.join("fitabase").is_dir() {
        println!("skipped: no corpus");
        return;
    }
    let script = format!("{workspace}/conformance/corpus/decode_tables.py");
    let Ok(run) = std::process::Command::new("python3").arg(&script).arg(&data).arg("--beats").output()
    else {
        println!("skipped: no python3");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&run.stdout).unwrap();
    assert!(expected.len() > 150, "the decoder saw {} files", expected.len());
    for (file, theirs) in &expected {
        let path = data.join(file);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let options = ReadOptions { zone: Zone::utc(), ..options(&name) };
        let mut sink = Collected::default();
        let result = read_file(&mut std::fs::File::open(&path).unwrap(), &options, &mut sink);
        if theirs.get("unsupported").is_some() {
            println!("{file}: {}", result.as_ref().unwrap_err());
            assert_eq!(result.unwrap_err().code(), Code::Unsupported, "{file}");
            continue;
        }
        let format = result.unwrap_or_else(|e| panic!("{file}: {e}")).as_str();
        let count = |key: &str, kind: &str| theirs[key][kind].as_u64().unwrap_or(0) as usize;
        let mut samples = std::collections::BTreeMap::<String, (usize, f64)>::new();
        for block in &sink.series {
            let entry = samples.entry(block.metric.to_string()).or_default();
            entry.0 += block.samples.len();
            entry.1 += block.samples.values().iter().sum::<f64>();
        }
        let names = |key: &str| theirs[key].as_object().unwrap().len();
        for (metric, (n, _)) in &samples {
            assert_eq!(*n, count("samples", metric), "{file} {metric}");
        }
        assert_eq!(samples.len(), names("samples"), "{file}: {samples:?}");
        let facts = sink.counts();
        for (kind, n) in &facts {
            assert_eq!(*n, count("facts", kind), "{file} {kind}");
        }
        assert_eq!(facts.len(), names("facts"), "{file}: {facts:?}");
        assert_eq!(
            sink.refused.len() as u64,
            theirs["refused"].as_u64().unwrap(),
            "{file}: {:?}",
            sink.refused.first()
        );
        if let Some(beats) = theirs.get("beats_ms").and_then(|b| b.as_array()) {
            let ours = sink.samples("rr_interval");
            assert!(ours.windows(2).all(|w| w[0].0 <= w[1].0), "{file}: beats out of order");
            for (i, (ours, theirs)) in ours.iter().zip(beats).enumerate() {
                assert_eq!(ours.2, theirs.as_f64().unwrap(), "{file} beat {i}");
            }
        }
        if let Some(sum) = theirs.get("sum").and_then(serde_json::Value::as_f64) {
            let ours = if format == "fitbit_exercise" {
                sink.facts
                    .iter()
                    .filter_map(|f| if let EventBody::WorkoutRecorded(w) = &f.body { Some(w) } else { None })
                    .flat_map(|w| &w.statistics)
                    .filter(|s| s.name == "steps")
                    .map(|s| s.value)
                    .sum()
            } else if let Some((_, sum)) = samples.get("steps").or_else(|| samples.values().next()) {
                *sum
            } else {
                0.0
            };
            assert!((ours - sum).abs() < 1e-6 * sum.abs().max(1.0), "{file}: sum {ours} and {sum}");
        }
        if let Some(seconds) = theirs.get("stage_seconds").and_then(serde_json::Value::as_f64) {
            let ours: f64 = sink
                .facts
                .iter()
                .filter_map(|f| if let EventBody::SleepRecorded(s) = &f.body { Some(s) } else { None })
                .flat_map(|s| &s.stages)
                .map(|s| s.end.secs_since(s.start))
                .sum();
            assert_eq!(ours, seconds, "{file}: seconds of stages");
        }
        if let Some(last) = theirs.get("last_day").and_then(|d| d.as_str()) {
            let days = sink.series.iter().flat_map(|b| b.samples.starts_us()).copied();
            let day = |t: Option<i64>| Timestamp::from_micros(t.unwrap()).to_string()[..10].to_owned();
            assert_eq!(day(days.clone().max()), last, "{file}");
            assert_eq!(day(days.min()), theirs["first_day"].as_str().unwrap(), "{file}");
        }
        let stored: usize = samples.values().map(|s| s.0).sum::<usize>() + sink.facts.len();
        println!(
            "{file}: {format}, rows {}, stored {stored}, refused {}",
            theirs["rows"],
            sink.refused.len()
        );
    }
}
