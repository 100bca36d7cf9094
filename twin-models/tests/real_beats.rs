//! Whole days of recorded heartbeats, where the data folder is there.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it skipped"
)]

use flate2::read::GzDecoder;
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;
use twin_models::health::hrv::{night_rmssd, time_domain, window};

/// Times of beats (µs) and the intervals that end there (ms); the clock is taken as UTC.
fn recordings() -> Vec<(Vec<i64>, Vec<f64>)> {
    let data = std::env::var_os("HUMANTWIN_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    let Ok(entries) = std::fs::read_dir(data.join("rr_intervals/mmash_reformatted")) else {
        println!("skipped: no recorded heartbeats");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.to_string_lossy().ends_with("heartbeats.csv.gz"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let mut text = String::new();
            GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
            text.lines().filter_map(beat).unzip()
        })
        .collect()
}

/// A row `index,2022-01-01 00:00:00,0.831`; the heading is none.
fn beat(row: &str) -> Option<(i64, f64)> {
    let mut cells = row.split(',').skip(1);
    let at: twin_core::Timestamp = format!("{}Z", cells.next()?.replace(' ', "T")).parse().ok()?;
    Some((at.micros(), cells.next()?.parse::<f64>().ok()? * 1000.0))
}

#[test]
fn nights_are_plausible_and_repeatable() {
    for (t, rr) in recordings() {
        assert!(rr.len() > 10_000, "{} beats", rr.len());
        let (&first, &last) = (t.first().unwrap(), t.last().unwrap());
        let start = Instant::now();
        let night = night_rmssd(&t, &rr, &[(first, last)]);
        println!("{} beats in {} ms", rr.len(), start.elapsed().as_millis());
        let value = night.value.unwrap();
        assert!((5.0..250.0).contains(&value), "outside what adults have");
        assert!(night.low.unwrap() <= value && value <= night.high.unwrap());
        assert!(night.coverage > 0.5 && night.coverage <= 1.0 && night.confidence > 0.0);
        assert_eq!(night, night_rmssd(&t, &rr, &[(first, last)]));
    }
}

#[test]
fn a_rough_rule_agrees_on_clean_windows() {
    for (t, rr) in recordings() {
        let beats = window::clean(&t, &rr);
        let cleaned = time_domain(&beats.nn_ms).unwrap();
        let kept = beats.nn_ms.len() as f64 / rr.len() as f64;
        assert!(kept > 0.7, "{kept} of the beats are left");
        assert!(cleaned.min_nn_ms >= 300.0 && cleaned.max_nn_ms <= 2000.0);
        let raw: Vec<f64> = rr.iter().copied().filter(|x| *x > 0.0).collect();
        let raw = time_domain(&raw).unwrap();
        assert!(cleaned.rmssd_ms.unwrap() <= raw.rmssd_ms.unwrap());
    }
}
