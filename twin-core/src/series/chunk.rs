//! Many small segments as one: their columns end to end, with the length of each.
//!
//! A chunk names none of its segments: the name of a segment is the hash of its samples, and is made
//! anew from what was read. So whatever happens to a chunk, it never gives samples under a name that is
//! not theirs.

use super::codec::{damaged, decompress, read_columns, write_columns};
use super::{MAX_BLOCK, Samples};
use crate::error::{Error, Result};
use pco::ChunkConfig;

const VERSION: u8 = 1;
/// Bytes of hash over all that follows it.
const HASH: usize = 16;

/// Segments of fewer samples are joined into chunks; larger ones are read as fast as they are.
pub(crate) const SMALL: u64 = 1024;
/// Segments a chunk holds.
pub(crate) const CHUNK_SEGMENTS: usize = 16_384;
/// Samples a chunk holds, but for those of the segment that fills it.
pub(crate) const CHUNK_SAMPLES: usize = MAX_BLOCK;

/// Writes segments end to end, in the order given.
///
/// # Errors
/// `malformed` when the compressor refuses, which it does not for valid samples.
pub(crate) fn encode_chunk<S: AsRef<Samples>>(segments: &[S]) -> Result<Vec<u8>> {
    let segments = || segments.iter().map(AsRef::as_ref);
    let counts: Vec<u32> = segments().map(|s| u32::try_from(s.len()).unwrap_or(u32::MAX)).collect();
    let instants = segments().all(|s| s.durations_us().is_empty());
    let (mut starts, mut durations, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (start, duration, value) in segments().flat_map(Samples::iter) {
        starts.push(start);
        values.push(value);
        if !instants {
            durations.push(duration);
        }
    }
    let lengths = pco::standalone::simple_compress(&counts, &ChunkConfig::default())
        .map_err(|e| Error::malformed("chunk", e))?;
    let mut body = Vec::new();
    for number in [counts.len(), lengths.len()] {
        body.extend_from_slice(&(number as u64).to_le_bytes());
    }
    body.extend_from_slice(&lengths);
    write_columns(&starts, &durations, &values, &mut body)?;
    let mut out = vec![VERSION];
    out.extend_from_slice(&hash_of(&body));
    out.append(&mut body);
    Ok(out)
}

/// Reads what [`encode_chunk`] wrote.
///
/// # Errors
/// `corrupt` for damaged bytes and for those of another version: a chunk is made anew, not migrated.
pub(crate) fn decode_chunk(bytes: &[u8]) -> Result<Vec<Samples>> {
    let body = whole(bytes)?;
    let mut numbers = body.chunks_exact(8).map(|b| b.try_into().map_or(0, u64::from_le_bytes));
    let (Some(segments), Some(length)) = (numbers.next(), numbers.next()) else {
        return Err(damaged("it is cut short"));
    };
    if segments > 2 * CHUNK_SEGMENTS as u64 {
        return Err(damaged("it claims too many segments"));
    }
    let rest = body.get(2 * 8..).unwrap_or_default();
    let (lengths, columns) = usize::try_from(length)
        .ok()
        .and_then(|length| rest.split_at_checked(length))
        .ok_or_else(|| damaged("it is cut short"))?;
    let counts = decompress::<u32>(lengths, segments)?;
    let (starts, durations, values) = read_columns(columns)?;
    let mut out = Vec::with_capacity(counts.len());
    let mut from = 0_usize;
    for count in counts {
        let to = from.saturating_add(count as usize);
        let (Some(starts), Some(values)) = (starts.get(from..to), values.get(from..to)) else {
            return Err(damaged("its columns are of unequal length"));
        };
        let durations = if durations.is_empty() { Some(&[][..]) } else { durations.get(from..to) };
        let durations = durations.ok_or_else(|| damaged("its columns are of unequal length"))?;
        let samples = Samples::new(starts.to_vec(), durations.to_vec(), values.to_vec());
        out.push(samples.map_err(|_| damaged("its columns are not samples"))?);
        from = to;
    }
    Ok(out)
}

/// Is a chunk as it was written? What follows its hash.
///
/// # Errors
/// `corrupt`.
pub(crate) fn whole(bytes: &[u8]) -> Result<&[u8]> {
    match bytes.split_first().and_then(|(version, rest)| Some((*version, rest.split_first_chunk::<HASH>()?)))
    {
        Some((VERSION, (hash, body))) if *hash == hash_of(body) => Ok(body),
        _ => Err(damaged("it does not match its hash")),
    }
}

fn hash_of(body: &[u8]) -> [u8; HASH] {
    blake3::hash(body).as_bytes().first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn segments() -> Vec<Arc<Samples>> {
        let columns = [
            Samples::new(vec![9, 11], vec![], vec![60.0, -0.0]),
            Samples::new(vec![7], vec![], vec![0.1 + 0.2]),
            Samples::new(vec![7, 7, 20], vec![0, 5, i64::MAX], vec![f64::MAX, 5e-324, 1.0]),
            Samples::new(vec![i64::MIN, i64::MAX], vec![], vec![1.0, 2.0]),
        ];
        columns.into_iter().map(|c| Arc::new(c.unwrap())).collect()
    }

    #[test]
    fn every_segment_comes_back_bit_for_bit_in_its_order() {
        for segments in [segments(), segments()[..2].to_vec(), Vec::new()] {
            let back = decode_chunk(&encode_chunk(&segments).unwrap()).unwrap();
            let hashes = |all: &[Samples]| all.iter().map(Samples::hash).collect::<Vec<_>>();
            assert_eq!(hashes(&back), segments.iter().map(|s| s.hash()).collect::<Vec<_>>());
            assert!(back.iter().zip(&segments).all(|(a, b)| a == &**b));
        }
    }

    #[test]
    fn no_damaged_byte_passes_for_a_chunk() {
        let sound = encode_chunk(&segments()).unwrap();
        for place in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[place] ^= 0x10;
            assert!(decode_chunk(&bytes).is_err(), "byte {place}");
            assert!(decode_chunk(&sound[..place]).is_err(), "cut at {place}");
        }
        // Also with a hash that fits nothing panics, and nothing is larger than it was.
        for place in 1 + HASH..sound.len() {
            let mut bytes = sound.clone();
            bytes[place] ^= 0xff;
            let hash = hash_of(&bytes[1 + HASH..]);
            bytes[1..=HASH].copy_from_slice(&hash);
            if let Ok(read) = decode_chunk(&bytes) {
                assert!(read.len() <= 4 && read.iter().map(Samples::len).sum::<usize>() <= 8);
            }
        }
    }

    #[test]
    fn a_sample_a_second_takes_few_bytes() {
        let rate = |second: i64| 60.0 + (second / 30 % 9) as f64;
        let segments: Vec<_> = (0..10_000)
            .map(|n| Arc::new(Samples::new(vec![n * 1_000_000], vec![], vec![rate(n)]).unwrap()))
            .collect();
        let bytes = encode_chunk(&segments).unwrap().len();
        assert!(bytes < 10_000, "{bytes}");
    }
}
