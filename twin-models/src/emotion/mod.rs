//! Emotion and mood: where a person says or seems to be, and for how long that holds.
//!
//! * [`questionnaires`]: scores of WHO-5, PHQ-2, GAD-2, PANAS, CBI and effort–reward imbalance
//! * [`space`]: valence and arousal, and the words for regions of that plane
//! * [`mood`]: valence and arousal now, from several sources of unequal worth
//! * [`opinion_pool`]: several opinions on one set of words
//! * [`trend`]: the level, variability and inertia of repeated answers
//!
//! Nothing here is a diagnosis. The texts of questionnaires are not part of the crate.

pub mod mood;
pub mod opinion_pool;
pub mod questionnaires;
pub mod space;
pub mod trend;
