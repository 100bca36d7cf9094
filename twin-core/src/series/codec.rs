//! Segments as bytes: each column compressed by pco, behind one byte of version.

use super::Samples;
use crate::error::{Error, Result};
use pco::{ChunkConfig, DeltaSpec, ModeSpec};

const VERSION: u8 = 1;
/// Most samples a stored segment may claim: a bound on memory against damaged or hostile bytes.
const MAX_SAMPLES: u64 = 1 << 24;

/// Fewer samples than this are compressed in haste.
const FEW: usize = 4096;

/// Compresses samples: one byte of version, the count, then the three columns with their lengths.
///
/// # Errors
/// `malformed` when the compressor refuses, which it does not for valid samples.
pub fn encode_segment(samples: &Samples) -> Result<Vec<u8>> {
    let mut out = vec![VERSION];
    write_columns(samples.starts_us(), samples.durations_us(), samples.values(), &mut out)?;
    Ok(out)
}

/// The count, the lengths of the three columns, then the columns.
pub(super) fn write_columns(
    starts_us: &[i64],
    durations_us: &[i64],
    values: &[f64],
    out: &mut Vec<u8>,
) -> Result<()> {
    let fail = |e: pco::errors::PcoError| Error::malformed("segment", e);
    let level = if values.len() < FEW { 3 } else { 6 };
    let config = ChunkConfig::default().with_compression_level(level);
    let columns = [
        pco::standalone::simple_compress(starts_us, &in_steps(starts_us, &config, 1)).map_err(fail)?,
        pco::standalone::simple_compress(durations_us, &in_steps(durations_us, &config, 0)).map_err(fail)?,
        pco::standalone::simple_compress(values, &of_values(values, &config)).map_err(fail)?,
    ];
    out.extend_from_slice(&(values.len() as u64).to_le_bytes());
    for column in &columns {
        out.extend_from_slice(&(column.len() as u64).to_le_bytes());
    }
    columns.iter().for_each(|column| out.extend_from_slice(column));
    Ok(())
}

/// Times in whole seconds or milliseconds are the rule: said outright, the compressor need not search.
fn in_steps(times_us: &[i64], config: &ChunkConfig, order: usize) -> ChunkConfig {
    let delta = if order == 0 { DeltaSpec::NoOp } else { DeltaSpec::TryConsecutive(order) };
    match [1_000_000, 1_000].into_iter().find(|step| times_us.iter().all(|t| t % step == 0)) {
        Some(step) => {
            config.clone().with_mode_spec(ModeSpec::TryIntMult(step.unsigned_abs())).with_delta_spec(delta)
        }
        None => config.clone(),
    }
}

/// For a few samples the search for the best form costs more than it saves: whole numbers, the rule, are
/// stored as their differences.
fn of_values(values: &[f64], config: &ChunkConfig) -> ChunkConfig {
    if values.len() < FEW && values.iter().all(|v| v.fract() == 0.0) {
        let delta = DeltaSpec::TryConsecutive(1);
        return config.clone().with_mode_spec(ModeSpec::TryFloatMult(1.0)).with_delta_spec(delta);
    }
    config.clone()
}

/// Reads what [`encode_segment`] wrote.
///
/// # Errors
/// `unsupported` for a newer version; `corrupt` for damaged bytes; never panics, never takes more
/// memory than 16 million samples need.
pub fn decode_segment(bytes: &[u8]) -> Result<Samples> {
    let (&version, rest) = bytes.split_first().ok_or_else(|| damaged("it is empty"))?;
    if version != VERSION {
        return Err(Error::Unsupported(format!(
            "a stored segment has version {version}, this build reads {VERSION}"
        )));
    }
    let (starts, durations, values) = read_columns(rest)?;
    Samples::new(starts, durations, values).map_err(|_| damaged("its columns are not samples"))
}

/// Starts, durations and values.
type Columns = (Vec<i64>, Vec<i64>, Vec<f64>);

/// Reads what [`write_columns`] wrote: starts, durations and values; durations may be absent.
pub(super) fn read_columns(bytes: &[u8]) -> Result<Columns> {
    let (head, mut rest) = bytes.split_at_checked(32).ok_or_else(|| damaged("it is cut short"))?;
    let mut numbers = head.chunks_exact(8).map(|b| b.try_into().map_or(0, u64::from_le_bytes));
    let mut next = || numbers.next().unwrap_or(0);
    let (count, lengths) = (next(), [next(), next(), next()]);
    if count > MAX_SAMPLES {
        return Err(damaged("it claims too many samples"));
    }
    let mut take = |length: u64| {
        let length = usize::try_from(length).map_err(|_| damaged("it is cut short"))?;
        let (column, tail) = rest.split_at_checked(length).ok_or_else(|| damaged("it is cut short"))?;
        rest = tail;
        Ok::<_, Error>(column)
    };
    let starts = decompress::<i64>(take(lengths[0])?, count)?;
    let durations = decompress::<i64>(take(lengths[1])?, count)?;
    let values = decompress::<f64>(take(lengths[2])?, count)?;
    if starts.len() as u64 != count {
        return Err(damaged("its columns are of unequal length"));
    }
    Ok((starts, durations, values))
}

pub(super) fn damaged(why: &str) -> Error {
    Error::Corrupt(format!("a stored segment is damaged: {why}"))
}

pub(super) fn decompress<T: pco::data_types::Number + Default>(bytes: &[u8], count: u64) -> Result<Vec<T>> {
    let mut out = vec![T::default(); count as usize];
    let progress = pco::standalone::simple_decompress_into(bytes, &mut out)
        .map_err(|_| Error::Corrupt("a stored segment is damaged: a column does not decompress".into()))?;
    out.truncate(progress.n_processed);
    Ok(out)
}
