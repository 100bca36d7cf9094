//! Sensor streams as columns: samples, segments, compression, merging, and who wins where sources overlap.

mod builder;
mod codec;
mod merge;
mod samples;

pub use builder::{SeriesBuilder, StreamKey};
pub use codec::{decode_segment, encode_segment};
pub use merge::{Merged, SegmentVersion, merge_segments};
pub use samples::Samples;
