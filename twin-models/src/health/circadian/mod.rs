//! The inner clock: its phase from light, sleep or chronotype, and daily rhythms in any series.
//!
//! * [`cosinor`](mod@cosinor): a daily wave fitted to values, with its gate
//! * [`clock`]: what the light-driven clocks share
//! * [`light`]: the clock of Forger; [`hannay`]: the clock of Hannay, the default
//! * [`surrogate`]: light where no sensor saw it
//! * [`phase`]: what may be said of a person: melatonin onset and temperature minimum

pub mod clock;
pub mod cosinor;
pub mod hannay;
pub mod light;
pub mod phase;
pub mod surrogate;

pub use cosinor::{Cosinor, CosinorRhythm, cosinor, rhythm};
pub use phase::{CircadianInput, CircadianPhase, PhaseSource, circadian_phase};
