//! Samples of a state: as columns while they are worked on, compressed at rest.

use super::bytes::{Reader, Writer, damaged};
use crate::error::Result;
use crate::series::{Samples, decode_segment, encode_segment};
use crate::time::Timestamp;
use std::sync::Arc;

/// Below this many samples the compressor's own head would cost more than it saves.
const FEW: usize = 32;
/// Most samples one segment of a state may claim: a bound on memory against hostile bytes.
pub(super) const MOST: usize = 1 << 18;

/// A segment: its samples, its bytes, or both.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    count: usize,
    samples: Option<Arc<Samples>>,
    bytes: Vec<u8>,
}

impl Segment {
    pub(super) fn new(samples: Samples) -> Self {
        Self::shared(Arc::new(samples))
    }

    pub(super) fn shared(samples: Arc<Samples>) -> Self {
        Self { count: samples.len(), samples: Some(samples), bytes: Vec::new() }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    pub(super) fn samples(&self) -> Result<Arc<Samples>> {
        match &self.samples {
            Some(samples) => Ok(Arc::clone(samples)),
            None => decode(self.count, &self.bytes).map(Arc::new),
        }
    }

    /// The length of the bytes.
    pub(super) const fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(super) const fn sealed(&self) -> bool {
        !self.bytes.is_empty() || self.count == 0
    }

    /// Makes the bytes where they are not there yet.
    pub(super) fn seal(&mut self) -> Result<()> {
        if let (true, Some(samples)) = (self.bytes.is_empty(), &self.samples) {
            self.bytes = encode(samples)?;
        }
        Ok(())
    }

    /// Writes the count and the bytes; call [`Self::seal`] first.
    pub(super) fn write(&self, out: &mut Writer) {
        out.count(self.count);
        out.bytes(&self.bytes);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self> {
        let count = usize::try_from(from.u64()?).ok().filter(|n| *n <= MOST).ok_or_else(damaged)?;
        Ok(Self { count, samples: None, bytes: from.bytes()?.to_vec() })
    }
}

fn encode(samples: &Samples) -> Result<Vec<u8>> {
    if samples.len() >= FEW {
        return encode_segment(samples);
    }
    let mut out = Writer::default();
    let mut last = 0;
    for (start, duration, value) in samples.iter() {
        out.i64(start.wrapping_sub(last));
        out.i64(duration);
        out.fixed(&value.to_bits().to_le_bytes());
        last = start;
    }
    Ok(out.0)
}

fn decode(count: usize, bytes: &[u8]) -> Result<Samples> {
    let samples = decompress(count, bytes)?;
    let time = Timestamp::MIN.micros()..=Timestamp::MAX.micros();
    let ends = [samples.starts_us().first(), samples.starts_us().last()];
    let timely = ends.into_iter().flatten().all(|t| time.contains(t));
    let short = samples.durations_us().iter().all(|d| *d <= Timestamp::MAX.micros());
    if timely && short && samples.len() == count { Ok(samples) } else { Err(damaged()) }
}

fn decompress(count: usize, bytes: &[u8]) -> Result<Samples> {
    if count >= FEW {
        // The count stands behind the byte of version: it is believed before memory is taken.
        let claimed = bytes.get(1..9).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        if claimed != Some(count as u64) {
            return Err(damaged());
        }
        return decode_segment(bytes).map_err(|_| damaged());
    }
    let mut from = Reader(bytes);
    let (mut starts, mut durations, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = 0_i64;
    for _ in 0..count {
        last = last.wrapping_add(from.i64()?);
        starts.push(last);
        durations.push(from.i64()?);
        values.push(f64::from_bits(u64::from_le_bytes(from.fixed()?)));
    }
    Samples::new(starts, durations, values).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_samples_round_trip() {
        for n in [0_i64, 1, 31, 32, 500] {
            let samples = Samples::new(
                (0..n).map(|i| 1_700_000_000_000_000 + i * 1_000_123).collect(),
                (0..n).map(|i| i % 3).collect(),
                (0..n).map(|i| 60.0 + i as f64 / 7.0).collect(),
            )
            .unwrap();
            let mut segment = Segment::new(samples.clone());
            segment.seal().unwrap();
            let mut out = Writer::default();
            segment.write(&mut out);
            let back = Segment::read(&mut Reader(&out.0)).unwrap();
            assert_eq!(*back.samples().unwrap(), samples, "{n}");
        }
    }

    #[test]
    fn a_claim_of_too_many_samples_takes_no_memory() {
        let mut segment = Segment::new(Samples::new((0..100).collect(), vec![], vec![1.0; 100]).unwrap());
        segment.seal().unwrap();
        segment.bytes[1..9].copy_from_slice(&(1_u64 << 24).to_le_bytes());
        segment.samples = None;
        assert!(segment.samples().is_err());
        let mut out = Writer::default();
        out.count(MOST + 1);
        out.bytes(b"");
        assert!(Segment::read(&mut Reader(&out.0)).is_err());
    }
}
