//! Sleep: nights, their timing and regularity, debt, and sleep from movement.
//!
//! * [`night`]: the measures of one night
//! * [`timing`]: midpoints, chronotype, social jetlag
//! * [`regularity`]: the sleep regularity index
//! * [`debt`]: need and debt
//! * [`habits`]: need, debt and chronotype as estimates
//! * [`need`]: the person's need, from nights that nothing cut short
//! * [`score`]: one number for a night
//! * [`actigraphy`]: sleep or wake from activity counts

pub mod actigraphy;
pub mod debt;
pub mod habits;
pub mod need;
pub mod night;
pub mod regularity;
pub mod score;
pub mod timing;

pub use night::{Night, NightInput, Session, SleepState, Span, nights_of_day};
