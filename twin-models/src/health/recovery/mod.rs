//! Recovery of the body: how far it is, how long it takes, and whether it slows down.
//!
//! * [`index`]: how recovered a person is this morning
//! * [`time`]: hours until a person is recovered
//! * [`stress`]: how fast heart rate falls after stress, and whether that slows over weeks
//! * [`allostatic`]: how many markers stay in their worst quarter
//!
//! Recovery of mind after work is another quantity with another name.

pub mod allostatic;
pub mod index;
pub mod stress;
pub mod time;
