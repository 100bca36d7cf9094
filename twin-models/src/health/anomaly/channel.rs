//! What is measured each night, how illness moves it and how it moves without illness.

use super::onset::Wander;

/// A nightly quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Resting heart rate, per minute.
    RestingHr,
    /// ln of the night's RMSSD in ms.
    LnRmssd,
    /// Respiratory rate, per minute.
    RespiratoryRate,
    /// Skin temperature, K above the person's usual.
    Temperature,
    /// Time asleep, min. Shown, not weighed.
    Sleep,
    /// Steps of the day before. Shown, not weighed.
    Steps,
}

/// The quantities that are weighed.
pub const WEIGHED: [Channel; 4] =
    [Channel::RestingHr, Channel::LnRmssd, Channel::RespiratoryRate, Channel::Temperature];
/// The quantities that are only shown.
pub const SHOWN: [Channel; 2] = [Channel::Sleep, Channel::Steps];

impl Channel {
    /// Its name in reasons.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RestingHr => "resting_heart_rate",
            Self::LnRmssd => "ln_rmssd",
            Self::RespiratoryRate => "respiratory_rate",
            Self::Temperature => "temperature_deviation",
            Self::Sleep => "sleep",
            Self::Steps => "steps",
        }
    }

    /// In plain words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::RestingHr => "resting heart rate",
            Self::LnRmssd => "heart rate variability",
            Self::RespiratoryRate => "breathing rate",
            Self::Temperature => "skin temperature",
            Self::Sleep => "time asleep",
            Self::Steps => "steps",
        }
    }

    /// Its UCUM unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::RestingHr | Self::RespiratoryRate => "/min",
            Self::LnRmssd => "1",
            Self::Temperature => "K",
            Self::Sleep => "min",
            Self::Steps => "{step}",
        }
    }

    /// 1 where illness raises it, −1 where illness lowers it.
    #[must_use]
    pub const fn direction(self) -> f64 {
        match self {
            Self::LnRmssd | Self::Steps => -1.0,
            _ => 1.0,
        }
    }

    /// Its weight; 0 where it is only shown.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::RestingHr => 0.4,
            Self::Temperature => 0.25,
            Self::RespiratoryRate => 0.2,
            Self::LnRmssd => 0.15,
            Self::Sleep | Self::Steps => 0.0,
        }
    }

    /// Least scale of a robust z: what a sensor resolves (book §3.3; temperature and breathing OWN).
    #[must_use]
    pub const fn floor(self) -> f64 {
        match self {
            Self::RestingHr => 0.5,
            Self::LnRmssd => 0.05,
            Self::RespiratoryRate => 0.2,
            Self::Temperature => 0.1,
            Self::Sleep => 10.0,
            Self::Steps => 300.0,
        }
    }

    /// How far values may lie to be taken for values at all; others count as missing.
    pub(super) const fn plausible(self) -> (f64, f64) {
        match self {
            Self::RestingHr => (25.0, 160.0),
            Self::LnRmssd => (0.5, 6.5),
            Self::RespiratoryRate => (4.0, 45.0),
            Self::Temperature => (-8.0, 8.0),
            Self::Sleep => (0.0, 1440.0),
            Self::Steps => (0.0, 150_000.0),
        }
    }

    /// What the second half of a menstrual cycle adds: heart rate [shilaih2017], temperature [maijala2019];
    /// variability and breathing OWN.
    pub(super) const fn luteal_shift(self) -> f64 {
        match self {
            Self::RestingHr => 3.0,
            Self::LnRmssd => -0.1,
            Self::RespiratoryRate | Self::Temperature => 0.3,
            Self::Sleep | Self::Steps => 0.0,
        }
    }

    /// How it wanders in a healthy person.
    ///
    /// Heart rate: OWN, fitted to ten people who wore one device (`cargo xtask eval anomaly`). Breathing varies
    /// inside the range of [natarajan2021]; variability and temperature OWN, with more noise of the single night.
    #[must_use]
    pub const fn wander(self) -> Wander {
        let (memory_days, night_noise, typical_step, least_step) = match self {
            Self::RestingHr => (8.0, 0.08, 1.2, 0.7),
            Self::LnRmssd => (8.0, 2.0, 0.23, 0.08),
            Self::RespiratoryRate => (8.0, 1.0, 0.5, 0.2),
            Self::Temperature => (8.0, 2.0, 0.3, 0.1),
            Self::Sleep => (8.0, 4.0, 80.0, 20.0),
            Self::Steps => (8.0, 4.0, 4000.0, 500.0),
        };
        Wander { memory_days, night_noise, typical_step, least_step }
    }
}
