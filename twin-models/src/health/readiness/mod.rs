//! Readiness and wellness: what the person will say this morning, before it is said (book §9).
//!
//! What helps most is what the person said lately; a night's restoration, sleep and yesterday's load add to it,
//! first with the population's weights, then with the person's own. Nothing here is a diagnosis.
//!
//! ```
//! use twin_models::health::readiness::{drivers::{Answers, Morning}, readiness, Scale};
//! let scale = Scale { low: 0.0, high: 10.0 };
//! let mornings: Vec<Morning> = (0..30)
//!     .map(|day| Morning {
//!         day,
//!         answers: Answers { readiness: (day < 29).then_some(if day % 2 == 0 { 7.0 } else { 6.0 }), ..Answers::default() },
//!         ..Morning::default()
//!     })
//!     .collect();
//! let today = readiness(&mornings, scale);
//! let rating = today.rating.value.unwrap();
//! assert!((6.0..=7.0).contains(&rating) && (1.0..100.0).contains(&today.score.value.unwrap()));
//! ```

pub mod drivers;
mod gate;
pub mod interval;
pub mod learner;
pub mod level;
pub mod low_day;
pub mod ordinal;
pub mod posterior;
pub mod prior;
pub mod priors;

pub use gate::{SelfReport, forecast, learn, numbers, readiness, readiness_with_morning, wellness};
pub use learner::{Learner, Scale};

use drivers::{ANSWERS, Answers};
use prior::Prior;
use serde::{Deserialize, Serialize};

/// Id of the readiness model.
pub const ID: &str = "readiness";
/// Id of the same learner on the other questions.
pub const WELLNESS_ID: &str = "wellness";
/// Version of both.
pub const VERSION: &str = "1";
/// Answers from which a forecast is no longer provisional.
pub const ANSWERS_MIN: f64 = 14.0;

/// What is asked each morning. Higher is better on all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Readiness to train or work.
    Readiness,
    /// Fatigue; high is rested.
    Fatigue,
    /// Mood.
    Mood,
    /// Stress; high is relaxed.
    Stress,
    /// Soreness; high is none.
    Soreness,
    /// Quality of the night's sleep.
    SleepQuality,
}

impl Question {
    /// All of them, in the order of [`Answers::all`].
    pub const ALL: [Self; ANSWERS] =
        [Self::Readiness, Self::Fatigue, Self::Mood, Self::Stress, Self::Soreness, Self::SleepQuality];

    /// Its name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Readiness => "readiness",
            Self::Fatigue => "fatigue",
            Self::Mood => "mood",
            Self::Stress => "stress",
            Self::Soreness => "soreness",
            Self::SleepQuality => "sleep_quality",
        }
    }

    /// The answer to it.
    #[must_use]
    pub const fn of(self, answers: &Answers) -> Option<f64> {
        match self {
            Self::Readiness => answers.readiness,
            Self::Fatigue => answers.fatigue,
            Self::Mood => answers.mood,
            Self::Stress => answers.stress,
            Self::Soreness => answers.soreness,
            Self::SleepQuality => answers.sleep_quality,
        }
    }

    /// The shipped prior.
    #[must_use]
    pub const fn prior(self) -> &'static Prior {
        match self {
            Self::Readiness => &priors::READINESS,
            Self::Fatigue => &priors::FATIGUE,
            Self::Mood => &priors::MOOD,
            Self::Stress => &priors::STRESS,
            Self::Soreness => &priors::SORENESS,
            Self::SleepQuality => &priors::SLEEP_QUALITY,
        }
    }
}

#[cfg(test)]
mod tests;
