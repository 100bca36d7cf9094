//! Light where no sensor saw it: guessed from sleep, the hour and steps.

/// Light of a room, lux. OWN.
pub const INDOORS_LUX: f64 = 150.0;
/// Light outdoors as it reaches the eye over an hour with much walking, lux. OWN.
pub const OUTDOORS_LUX: f64 = 1000.0;
/// Steps of an hour above which one was outdoors. OWN.
pub const OUTDOORS_STEPS: f64 = 500.0;

/// A guess of the light at the eye, lux.
///
/// Dark asleep; a room awake; daylight from 8 to 18 h of local time in an hour with more than 500 steps.
///
/// ```
/// # use twin_models::health::circadian::surrogate::surrogate_lux;
/// assert_eq!(surrogate_lux(true, 12.0, Some(900.0)), 0.0);
/// assert_eq!(surrogate_lux(false, 12.0, Some(900.0)), 1000.0);
/// assert_eq!(surrogate_lux(false, 20.0, Some(900.0)), 150.0);
/// assert_eq!(surrogate_lux(false, 12.0, None), 150.0);
/// ```
#[must_use]
pub fn surrogate_lux(asleep: bool, local_h: f64, steps_of_hour: Option<f64>) -> f64 {
    let daytime = (8.0..18.0).contains(&local_h.rem_euclid(24.0));
    if asleep {
        0.0
    } else if daytime && steps_of_hour.is_some_and(|steps| steps > OUTDOORS_STEPS) {
        OUTDOORS_LUX
    } else {
        INDOORS_LUX
    }
}
