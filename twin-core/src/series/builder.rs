use super::Samples;
use crate::error::Result;
use crate::event::Origin;
use crate::id::MetricId;
use crate::observation::{Observation, SeriesBlock, Sink};
use std::collections::HashMap;

/// Most samples in one block: what a day at 1 Hz fits in, and a bound on memory.
pub(super) const MAX_BLOCK: usize = 131_072;
const DAY_US: i64 = 86_400_000_000;

/// Names a stream of a [`SeriesBuilder`]; cheap to keep and to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamKey(u32);

/// Gathers samples into blocks that are cut at UTC midnight, so that two files that overlap give the
/// same blocks for the days they share. Memory is bounded by a day of samples for each stream.
#[derive(Debug, Default)]
pub struct SeriesBuilder {
    names: HashMap<(MetricId, Origin, String), u32>,
    streams: Vec<Stream>,
    revision: u64,
}

#[derive(Debug)]
struct Stream {
    metric: MetricId,
    unit: String,
    origin: Origin,
    day: i64,
    offset_s: Option<i32>,
    samples: Samples,
}

impl SeriesBuilder {
    /// A builder whose blocks carry a revision: the export date of a file, or 0.
    #[must_use]
    pub fn new(revision: u64) -> Self {
        Self { revision, ..Self::default() }
    }

    /// Changes the revision of the blocks still to come.
    pub fn set_revision(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// The stream of a metric and origin. Ask once and keep the key.
    pub fn stream(&mut self, metric: &MetricId, unit: &str, origin: &Origin) -> StreamKey {
        let name = (metric.clone(), origin.clone(), unit.to_owned());
        let next = self.streams.len() as u32;
        let index = *self.names.entry(name).or_insert(next);
        if index == next {
            self.streams.push(Stream {
                metric: metric.clone(),
                unit: unit.to_owned(),
                origin: origin.clone(),
                day: i64::MIN,
                offset_s: None,
                samples: Samples::empty(),
            });
        }
        StreamKey(index)
    }

    /// Adds a sample; hands a full block to the sink when a new day begins.
    ///
    /// `offset_s`: seconds east of UTC, as lived, where known.
    ///
    /// # Errors
    /// Only what the sink returns.
    pub fn push(
        &mut self,
        key: StreamKey,
        start_us: i64,
        duration_us: i64,
        value: f64,
        offset_s: Option<i32>,
        sink: &mut dyn Sink,
    ) -> Result<()> {
        let revision = self.revision;
        let Some(stream) = self.streams.get_mut(key.0 as usize) else { return Ok(()) };
        let day = start_us.div_euclid(DAY_US);
        if day != stream.day || offset_s != stream.offset_s || stream.samples.len() >= MAX_BLOCK {
            stream.flush(revision, sink)?;
            stream.day = day;
            stream.offset_s = offset_s;
        }
        stream.samples.push(start_us, duration_us, value);
        Ok(())
    }

    /// Hands over what is left.
    ///
    /// # Errors
    /// Only what the sink returns.
    pub fn finish(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let revision = self.revision;
        self.streams.iter_mut().try_for_each(|stream| stream.flush(revision, sink))
    }
}

impl Stream {
    fn flush(&mut self, revision: u64, sink: &mut dyn Sink) -> Result<()> {
        if self.samples.is_empty() {
            return Ok(());
        }
        let mut samples = std::mem::take(&mut self.samples);
        samples.sort();
        sink.accept(Observation::Series(SeriesBlock {
            metric: self.metric.clone(),
            unit: self.unit.clone(),
            origin: self.origin.clone(),
            offset_s: self.offset_s,
            revision,
            replaces: false,
            samples,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SourceId;
    use crate::observation::Collected;

    #[test]
    fn blocks_are_cut_at_midnight_and_by_offset() {
        let mut builder = SeriesBuilder::default();
        let mut sink = Collected::default();
        let hr = MetricId::new("heart_rate").unwrap();
        let origin = Origin::of(SourceId::new("watch").unwrap());
        let key = builder.stream(&hr, "/min", &origin);
        assert_eq!(builder.stream(&hr, "/min", &origin), key);
        for (t, offset) in [(0, Some(0)), (1, Some(0)), (DAY_US, Some(0)), (DAY_US + 1, Some(3600))] {
            builder.push(key, t, 0, 60.0, offset, &mut sink).unwrap();
        }
        builder.finish(&mut sink).unwrap();
        assert_eq!(sink.series.iter().map(|b| b.samples.len()).collect::<Vec<_>>(), vec![2, 1, 1]);
    }
}
