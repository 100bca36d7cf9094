//! All measures of one reading of beats.

use super::features::Samples;
use super::{Asked, Features, Said};
use crate::error::Result;
use twin_models::health::hrv::analysis;

pub(super) const ASKED: &[Asked] = &[Asked { id: analysis::ID, name: "rmssd", unit: "ms", run: newest }];

/// Length of a reading, µs.
const READING_US: i64 = 300_000_000;
/// Beats that fill a reading, ms of intervals: four fifths of it.
const FULL_MS: f64 = 240_000.0;

/// The newest five minutes full of beats of the last day; where none is full, the newest with any.
fn newest(features: &Features<'_>) -> Result<Said> {
    let from = features.moment().plus_secs(-86_400);
    let found = features.samples("rr_interval", from, features.moment())?;
    let Some((t_us, rr_ms)) = reading(&found) else { return Ok(Said::default()) };
    let reading = analysis::analyse(t_us, rr_ms);
    let words = vec![format!(
        "{} beats over {:.0} s, {:.1} % of them artefacts",
        reading.beats,
        reading.span_s,
        100.0 * reading.artifact_fraction
    )];
    let said = Said { words, ..Said::default() };
    Ok(reading.measures.into_iter().fold(said, |said, m| said.and(m.name, m.estimate)))
}

fn reading(found: &Samples) -> Option<(&[i64], &[f64])> {
    let newest = *found.t_us.last()?;
    let cut = |end: i64| {
        let to = found.t_us.partition_point(|t| *t <= end);
        let from = found.t_us.partition_point(|t| *t <= end - READING_US);
        Some((found.t_us.get(from..to)?, found.values.get(from..to)?))
    };
    let first = *found.t_us.first()?;
    let mut ends = (0..).map(|minutes| newest - minutes * 60_000_000).take_while(|end| *end > first);
    let full = ends.find_map(|end| cut(end).filter(|(_, rr_ms)| rr_ms.iter().sum::<f64>() >= FULL_MS));
    full.or_else(|| cut(newest))
}
