//! All measures of one reading of beats.

use super::{Asked, Features, Said};
use crate::error::Result;
use twin_models::health::hrv::analysis;

pub(super) const ASKED: &[Asked] = &[Asked { id: analysis::ID, name: "rmssd", unit: "ms", run: newest }];

/// The newest five minutes with beats, of the last day.
const READING_S: i64 = 300;

fn newest(features: &Features<'_>) -> Result<Said> {
    let from = features.moment().plus_secs(-86_400);
    let found = features.samples("rr_interval", from, features.moment())?;
    let Some(last) = found.t_us.last() else { return Ok(Said::default()) };
    let first = found.t_us.partition_point(|t| *t < last - READING_S * 1_000_000);
    let reading = analysis::analyse(
        found.t_us.get(first..).unwrap_or_default(),
        found.values.get(first..).unwrap_or_default(),
    );
    let words = vec![format!(
        "{} beats over {:.0} s, {:.1} % of them artefacts",
        reading.beats,
        reading.span_s,
        100.0 * reading.artifact_fraction
    )];
    let said = Said { words, ..Said::default() };
    Ok(reading.measures.into_iter().fold(said, |said, m| said.and(m.name, m.estimate)))
}
