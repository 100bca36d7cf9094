//! What is usual for one person.
//!
//! * [`lnrmssd`]: rolling ln RMSSD and its smallest worthwhile change
//! * [`resting_hr`]: the resting heart rate of a night
//! * [`robust`]: location, scale and z of any daily quantity, its season taken out
//! * [`person`]: the daily baseline of a person with eras, gaps and a prior
//!
//! Days are slices without holes: one slot per civil day, `None` where there is no value.

pub mod lnrmssd;
pub mod person;
pub mod resting_hr;
pub mod robust;

pub use person::{DailyRow, baseline_of_day};
