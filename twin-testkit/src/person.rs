use crate::draws::{Draws, Topic};
use crate::options::SimOptions;
use crate::world::World;
use serde::Serialize;
use twin_core::Result;

/// A simulated person: the constants behind everything the devices see.
///
/// Invented, not fitted to anyone: ranges are those of healthy adults who train for pleasure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// Year of birth.
    pub birth_year: i16,
    /// Female; else male.
    pub female: bool,
    /// Height, cm.
    pub height_cm: f64,
    /// Weight at the start, kg.
    pub weight_kg: f64,
    /// Baseline of the resting heart rate, 1/min.
    pub resting_hr_bpm: f64,
    /// Highest heart rate, 1/min.
    pub max_hr_bpm: f64,
    /// Baseline of the nightly RMSSD, ms.
    pub rmssd_ms: f64,
    /// Cycling power held for an hour, W.
    pub ftp_w: f64,
    /// Running speed held for an hour, m/s.
    pub run_speed_mps: f64,
    /// Sleep need, hours.
    pub sleep_need_h: f64,
    /// Usual bedtime before a work day, local hours (23.2 = 23:12).
    pub bed_h: f64,
    /// Usual alarm on a work day, local hours.
    pub wake_h: f64,
    /// How much later the body would go to bed on free days, hours.
    pub free_shift_h: f64,
    /// Usual steps of a day without training.
    pub steps: f64,
    /// Cups of coffee a day.
    pub coffees: f64,
    /// Chance of drinks on a Friday or Saturday evening, 0..1.
    pub drinks: f64,
}

impl Person {
    /// The person of a seed.
    #[must_use]
    pub fn drawn(seed: u64) -> Self {
        let mut d = Draws::of(seed, Topic::Person, 0);
        let female = d.chance(0.5);
        let birth_year = 1966 + d.whole(0, 34) as i16;
        let age = f64::from(2026 - birth_year);
        let height_cm = d.normal(if female { 166.0 } else { 179.0 }, 5.0).round();
        let body_mass_index = d.between(20.5, 26.5);
        let weight_kg = body_mass_index * height_cm * height_cm / 10_000.0;
        let fitness = d.between(-1.0, 1.0);
        Self {
            birth_year,
            female,
            height_cm,
            weight_kg,
            resting_hr_bpm: 55.0 - 4.5 * fitness + d.normal(0.0, 1.5),
            max_hr_bpm: 208.0 - 0.7 * age + d.normal(0.0, 3.0),
            rmssd_ms: libm::exp(4.35 - 0.012 * age + 0.12 * fitness + d.normal(0.0, 0.06)),
            ftp_w: weight_kg * (3.0 + 0.6 * fitness - if female { 0.35 } else { 0.0 }),
            run_speed_mps: 3.45 + 0.45 * fitness - if female { 0.25 } else { 0.0 },
            sleep_need_h: d.between(7.2, 8.3),
            bed_h: d.between(22.6, 23.6),
            wake_h: d.between(6.4, 7.2),
            free_shift_h: d.between(0.6, 1.7),
            steps: d.between(5200.0, 8200.0),
            coffees: d.between(1.0, 3.5),
            drinks: d.between(0.2, 0.7),
        }
    }

    /// Lives the days of `options` as the person of `seed`.
    ///
    /// The same seed and options give the same world, bit for bit.
    ///
    /// # Errors
    /// `invalid_value` when a zone is unknown or `days` is 0 or above 36,525.
    /// # Example
    /// ```
    /// use twin_testkit::{Person, SimOptions};
    /// let world = Person::simulate(7, &SimOptions::default())?;
    /// let truth = world.truth();
    /// assert_eq!(truth.days.len(), 90);
    /// // Clocks go forward in Paris on 2026-03-29.
    /// let short = truth.days.iter().find(|d| d.date.to_string() == "2026-03-29");
    /// assert_eq!(short.map(|d| d.hours), Some(23.0));
    /// # Ok::<(), twin_core::Error>(())
    /// ```
    pub fn simulate(seed: u64, options: &SimOptions) -> Result<World> {
        World::build(seed, options)
    }
}
