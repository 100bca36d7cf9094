//! The specification of the log: slow, obvious, and without a line of the engine's code.
//!
//! It keeps a list of all that was told and searches it from end to end for every question. Times are
//! integers, sums are wide integers, zones are a table of rules. It sees plain data only; what
//! translates between it and the engine stands in [`crate::simulation`].
//!
//! ```
//! use twin_testkit::spec::{DAY_US, Fact, Log, Says, Until, admit};
//!
//! let at = 20_000 * DAY_US;
//! let coffee = Fact {
//!     at, source: "diary".into(), device: None, method: None, record: None, revision: 0,
//!     offset_s: Some(3600), civil_day: None, says: Says::Caffeine(80_000),
//! };
//! let mut log = Log::of(1);
//! let (Some(fact), 0) = admit(&coffee, at) else { panic!("refused") };
//! log.take(fact, [[0; 16]; 3], at);
//! assert_eq!(log.days(Until::default())[&20_000].facts.len(), 1);
//! ```

mod checks;
mod day;
mod log;
mod plain;
mod series;
mod standing;
mod zones;

pub use checks::{Metric, admit, metric};
pub use day::{Carry, Day, DayFact};
pub use log::{Entry, Log, Record, Taken};
pub use plain::{Clock, DAY_US, Fact, Sample, Says, Series, Target, Until, Window};
pub use series::{Held, MetricDay, Part, SourceDay, Stream};
