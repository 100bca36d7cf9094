//! Heart rate variability from beat-to-beat intervals.
//!
//! * [`time_domain`](mod@time_domain): the formulas, for any series of intervals
//! * [`artifacts`]: rules that say which beats to leave out
//! * [`lipponen`]: the default rule, with correction
//! * [`window`]: what may be said of a stretch of recording, and of a night

pub mod artifacts;
pub mod lipponen;
mod sorted_window;
pub mod time_domain;
pub mod window;

pub use time_domain::{TimeDomain, time_domain, time_domain_with_gaps};
pub use window::{night_rmssd, spot_rmssd};
