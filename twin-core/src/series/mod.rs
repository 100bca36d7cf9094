//! Sensor streams as columns: samples, segments, compression, merging, and who wins where sources overlap.

mod builder;
mod chunk;
mod codec;
mod merge;
mod samples;

use builder::MAX_BLOCK;
pub use builder::{SeriesBuilder, StreamKey};
pub(crate) use chunk::{CHUNK_SAMPLES, CHUNK_SEGMENTS, SMALL, decode_chunk, encode_chunk, whole};
pub use codec::{decode_segment, encode_segment};
pub use merge::{Merged, SegmentVersion, merge_segments};
pub use samples::Samples;
