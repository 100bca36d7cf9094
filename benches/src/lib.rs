//! What humantwin holds itself to, measured: every line beside a plain loop, a decoder alone or a raw
//! insert, in the same run and on the same data.
//!
//! Words: the *floor* is what must be reached, the *aim* what is wanted, the *stage* where the figure
//! holds (a million events a second in memory says nothing of a disk).
//!
//! Rates are of CPU time of one process, medians of at least three repeats; latencies are wall time.

mod apple;
mod bkt;
mod durable;
mod events;
mod fit;
mod graph;
mod history;
mod hrv;
mod joining;
mod life;
mod line;
mod models;
mod nightly;
mod planners;
mod predict;
mod replay;
mod series;
mod stream;
mod timing;
mod windows;

pub use apple::import_child;
pub use bkt::dump as dump_answers;
pub use events::{SPACING_S, facts};
pub use graph::dump as dump_graphs;
pub use life::{Day, life};
pub use line::{Against, Line, table};
pub use nightly::{Nights, nights, plain};
pub use planners::dump as dump_plans;

use std::path::PathBuf;

/// What goes wrong in a measure.
pub type Failure = Box<dyn std::error::Error>;

/// How much is measured.
#[derive(Clone, Debug)]
pub struct Options {
    /// Less data, for a look: figures are less steady.
    pub quick: bool,
    /// An Apple Health export of 1 GB instead of 200 MB.
    pub full: bool,
    /// Only lines whose group has this word in its name.
    pub only: Option<String>,
    /// Where what takes long to make is kept between runs.
    pub cache: PathBuf,
    /// Real recordings, where there are any: `HUMANTWIN_DATA`.
    pub recordings: Option<PathBuf>,
}

impl Options {
    /// A count, a tenth of it when quick.
    #[must_use]
    pub const fn count(&self, full: usize) -> usize {
        if self.quick { full / 10 } else { full }
    }
}

type Group = fn(&Options) -> Result<Vec<Line>, Failure>;

const GROUPS: &[(&str, Group)] = &[
    ("events", events::measure),
    ("series", series::measure),
    ("windows", windows::measure),
    ("stream", stream::measure),
    ("durable", durable::measure),
    ("replay", replay::measure),
    ("history", history::measure),
    ("joining", joining::measure),
    ("models", models::measure),
    ("hrv", hrv::measure),
    ("nightly", nightly::measure),
    ("predict", predict::measure),
    ("planners", planners::measure),
    ("graph", graph::measure),
    ("bkt", bkt::measure),
    ("apple", apple::measure),
    ("fit", fit::measure),
];

/// Runs the measures, group after group; `told` hears of each line as it is there.
///
/// # Errors
/// The first group that cannot be measured.
pub fn run(options: &Options, told: &mut dyn FnMut(&Line)) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for (name, group) in GROUPS {
        if options.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        for line in group(options).map_err(|e| format!("{name}: {e}"))? {
            told(&line);
            lines.push(line);
        }
    }
    if options.only.is_none() {
        for name in line::ABSENT {
            lines.push(Line::absent(name));
        }
    }
    Ok(lines)
}
