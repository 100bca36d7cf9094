//! The person: profile and zone.

use crate::id::ZoneId;
use crate::time::LocalDate;
use twin_macros::payload;

/// Facts about the person; absent fields leave what is known as it is.
#[payload]
pub struct ProfileStated {
    /// Date of birth.
    pub born: Option<LocalDate>,
    /// Sex, where a published formula asks for it.
    pub sex: Option<Sex>,
    /// Height, metres, 0..=3.
    pub height_m: Option<f64>,
    /// Measured highest heart rate, per minute.
    pub heart_rate_max: Option<f64>,
    /// Usual zone.
    pub zone: Option<ZoneId>,
    /// Days of the week usually worked, Monday = 0 … Sunday = 6.
    pub work_days: Vec<u32>,
}

/// Sex as published formulas use it.
#[payload]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither, or not told.
    Other,
}

/// The person's clock is in another zone from `at` on.
#[payload]
pub struct ZoneChanged {
    /// The new zone.
    pub zone: ZoneId,
}
