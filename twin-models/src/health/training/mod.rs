//! Training: what it costs, what it builds, and how fit a person is.
//!
//! * [`session`]: the load of a session and of a day
//! * [`fitness_fatigue`]: slow and fast mean of load and their difference
//! * [`ratios`]: acute to chronic load, monotony, strain
//! * [`impulse_response`]: performance from load, its constants and their fit
//! * [`performance`]: the same for a person, with what may be said of it
//! * [`critical_power`]: critical power, W′ and what is left of it
//! * [`fitness`]: maximal oxygen uptake
//! * [`heart`]: the highest heart rate, and its fall after effort
//! * [`energy`]: energy spent
//!
//! Loads are one number per civil day, oldest first, today last: `Some(0.0)` is a day of rest, `None` a day
//! of which nothing is known.

pub mod critical_power;
pub mod energy;
pub mod fitness;
pub mod fitness_fatigue;
pub mod heart;
pub mod impulse_response;
pub mod performance;
pub mod ratios;
pub mod session;

pub use session::{
    HrSample, ID, LoadMethod, SessionInput, SessionLoad, TrimpWeight, VERSION, daily_load, held,
    hr_max_by_age, hr_tss, session_load, session_rpe, trimp_banister, trimp_edwards, trimp_lucia,
};
