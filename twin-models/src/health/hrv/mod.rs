//! Heart rate variability from beat-to-beat intervals.
//!
//! Formulas, for any series of intervals:
//! * [`time_domain`](mod@time_domain): time, Poincaré plot, geometric and stress index
//! * [`spectrum`]: Welch; [`lomb`]: Lomb–Scargle; [`bands`]: what both give
//! * [`sampen`]: sample entropy; [`dfa`](mod@dfa): fractal slopes
//! * [`workspace`]: all of them for many windows, with memory kept
//!
//! Beats and what may be said of them:
//! * [`artifacts`]: rules that say which beats to leave out
//! * [`lipponen`]: the default rule, with correction
//! * [`window`]: what may be said of a stretch of recording, and of a night
//! * [`gates`]: the least data of each measure
//! * [`analysis`]: all measures of one reading, each with its gate

pub mod analysis;
pub mod artifacts;
pub mod bands;
mod bootstrap;
pub mod dfa;
pub mod gates;
pub mod lipponen;
pub mod lomb;
pub mod sampen;
mod sorted_window;
pub mod spectrum;
pub mod streaming;
pub mod time_domain;
mod transform;
pub mod window;
pub mod workspace;

pub use analysis::{HrvAnalysis, analyse};
pub use bands::BandPowers;
pub use time_domain::{TimeDomain, time_domain, time_domain_with_gaps};
pub use window::{night_rmssd, spot_rmssd};
pub use workspace::{Measures, Workspace};
