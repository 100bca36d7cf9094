//! What is known at wake-up, as distances from what is usual for the person.

use crate::stats::{mean, median, scaled_mad, sd};

/// Days before today that make the usual value.
pub const USUAL_DAYS: usize = 28;
/// Values among them that it needs. OWN: a week; a z-score of fewer is not given.
pub const USUAL_MIN: usize = 7;
/// Largest distance that counts, in usual spreads. OWN: what lies farther is mostly a fault of the sensor.
pub const MAX_Z: f64 = 3.0;
/// Number of drivers from sensors and diary.
pub const SENSED: usize = 10;
/// Number of drivers with the other answers of the same morning.
pub const DRIVERS: usize = SENSED + ANSWERS;
/// Number of questions.
pub const ANSWERS: usize = 6;

/// The answers of one check-in, on the host's scales; higher is better on all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answers {
    /// Readiness to train or work.
    pub readiness: Option<f64>,
    /// Fatigue; high is rested.
    pub fatigue: Option<f64>,
    /// Mood.
    pub mood: Option<f64>,
    /// Stress; high is relaxed.
    pub stress: Option<f64>,
    /// Soreness; high is none.
    pub soreness: Option<f64>,
    /// Quality of the night's sleep.
    pub sleep_quality: Option<f64>,
}

impl Answers {
    /// All answers in the order of [`Question::ALL`](super::Question::ALL).
    #[must_use]
    pub const fn all(&self) -> [Option<f64>; ANSWERS] {
        [self.readiness, self.fatigue, self.mood, self.stress, self.soreness, self.sleep_quality]
    }
}

/// What is known on one morning when the question is asked. Nothing in it may be younger than that moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Morning {
    /// The local day, as a running number.
    pub day: i32,
    /// Time asleep of the night, minutes, 0..=1440.
    pub sleep_min: Option<f64>,
    /// Time asleep over time in bed, 0..=1.
    pub sleep_efficiency: Option<f64>,
    /// Start of the night in minutes after the midnight before waking; negative before it.
    pub bedtime_min: Option<f64>,
    /// The device's score of the night, any scale, higher is better.
    pub sleep_score: Option<f64>,
    /// The part of it that speaks of heart rate and restlessness in sleep (restoration), higher is better.
    pub restoration: Option<f64>,
    /// Resting heart rate of the night, 25..=150 per minute.
    pub resting_hr_bpm: Option<f64>,
    /// Natural logarithm of the night's RMSSD in ms.
    pub lnrmssd: Option<f64>,
    /// Minutes of moderate and vigorous activity yesterday.
    pub active_min_yesterday: Option<f64>,
    /// Load of yesterday's sessions in any one unit; 0 on a day of rest, absent where nothing is recorded.
    pub load_yesterday: Option<f64>,
    /// Whether alcohol was drunk yesterday, if it was told by now.
    pub alcohol_yesterday: Option<bool>,
    /// The answers of this morning. The one that is asked for is never used to predict itself.
    pub answers: Answers,
}

/// One driver of one morning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Driver {
    /// Distance from the usual in usual spreads, −3..=3; absent without value or usual value.
    pub z: Option<f64>,
    /// The usual value.
    pub usual: Option<f64>,
    /// The value now.
    pub now: Option<f64>,
}

/// What a driver is: its name, its UCUM unit, the direction that people share (0 for none).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DriverKind {
    /// Name.
    pub name: &'static str,
    /// UCUM unit of its value.
    pub unit: &'static str,
    /// +1 where more is better, −1 where more is worse, 0 where only the person's answers tell.
    pub sign: f64,
    floor: f64,
    robust: bool,
    range: (f64, f64),
}

const fn kind(
    name: &'static str,
    unit: &'static str,
    sign: f64,
    floor: f64,
    robust: bool,
    range: (f64, f64),
) -> DriverKind {
    DriverKind { name, unit, sign, floor, robust, range }
}

const ANY: (f64, f64) = (-1e6, 1e6);

/// The drivers, in the order of their weights. Floors: what the sensor resolves (book §3.3), for loads and
/// answers OWN. Loads, alcohol and answers are mostly at one value, so their spread is a standard deviation.
pub const KINDS: [DriverKind; DRIVERS] = [
    kind("restoration", "1", 1.0, 1.0, true, ANY),
    kind("sleep_score", "1", 1.0, 1.0, true, ANY),
    kind("sleep_min", "min", 1.0, 10.0, true, (0.0, 1440.0)),
    kind("sleep_efficiency", "1", 1.0, 0.01, true, (0.0, 1.0)),
    kind("bedtime_min", "min", -1.0, 10.0, true, (-1440.0, 1440.0)),
    kind("resting_hr_bpm", "/min", -1.0, 0.5, true, (25.0, 150.0)),
    kind("lnrmssd", "1", 1.0, 0.05, true, (0.0, 7.0)),
    kind("active_min_yesterday", "min", -1.0, 10.0, true, (0.0, 1440.0)),
    kind("load_yesterday", "1", -1.0, 60.0, false, (0.0, 1e5)),
    kind("alcohol_yesterday", "1", -1.0, 0.5, false, (0.0, 1.0)),
    kind("answer_readiness", "1", 1.0, 0.5, false, ANY),
    kind("answer_fatigue", "1", 1.0, 0.5, false, ANY),
    kind("answer_mood", "1", 1.0, 0.5, false, ANY),
    kind("answer_stress", "1", 1.0, 0.5, false, ANY),
    kind("answer_soreness", "1", 1.0, 0.5, false, ANY),
    kind("answer_sleep_quality", "1", 1.0, 0.5, false, ANY),
];

impl Morning {
    /// The values of all drivers, in the order of [`KINDS`]; what is not finite or outside its range is absent.
    #[must_use]
    pub fn values(&self) -> [Option<f64>; DRIVERS] {
        let [a, b, c, d, e, f] = self.answers.all();
        let mut values = [
            self.restoration,
            self.sleep_score,
            self.sleep_min,
            self.sleep_efficiency,
            self.bedtime_min,
            self.resting_hr_bpm,
            self.lnrmssd,
            self.active_min_yesterday,
            self.load_yesterday,
            self.alcohol_yesterday.map(|yes| f64::from(u8::from(yes))),
            a,
            b,
            c,
            d,
            e,
            f,
        ];
        for (value, kind) in values.iter_mut().zip(&KINDS) {
            *value = value.filter(|v| (kind.range.0..=kind.range.1).contains(v));
        }
        values
    }
}

/// The drivers of the last of `mornings` (oldest first), measured by the 28 before it, never by itself.
///
/// ```
/// # use twin_models::health::readiness::drivers::{drivers, Morning};
/// let mut mornings: Vec<Morning> = (0..9)
///     .map(|day| Morning { day, sleep_min: Some(400.0 + f64::from(day)), ..Morning::default() })
///     .collect(); // median of the first 8: 403.5, spread 1.4826 · 2 < 10
/// mornings[8].sleep_min = Some(413.5);
/// assert_eq!(drivers(&mornings)[2].z, Some(1.0));
/// assert_eq!(drivers(&mornings[..7])[2].z, None);
/// ```
#[must_use]
pub fn drivers(mornings: &[Morning]) -> [Driver; DRIVERS] {
    let mut out = [Driver::default(); DRIVERS];
    let Some((today, past)) = mornings.split_last() else { return out };
    let past = past.get(past.len().saturating_sub(USUAL_DAYS)..).unwrap_or_default();
    let mut columns: [Vec<f64>; DRIVERS] = std::array::from_fn(|_| Vec::with_capacity(past.len()));
    for morning in past {
        for (column, value) in columns.iter_mut().zip(morning.values()) {
            column.extend(value);
        }
    }
    for (((driver, column), kind), now) in out.iter_mut().zip(columns).zip(&KINDS).zip(today.values()) {
        *driver = against(column, kind, now);
    }
    out
}

fn against(mut past: Vec<f64>, kind: &DriverKind, now: Option<f64>) -> Driver {
    let missing = Driver { z: None, usual: None, now };
    if past.len() < USUAL_MIN {
        return missing;
    }
    let measured = if kind.robust {
        median(&mut past).and_then(|centre| Some((centre, scaled_mad(&mut past, centre)?)))
    } else {
        mean(&past).zip(sd(&past))
    };
    let Some((usual, spread)) = measured else { return missing };
    let z = now.map(|x| ((x - usual) / spread.max(kind.floor)).clamp(-MAX_Z, MAX_Z));
    Driver { z, usual: Some(usual), now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_values_count_as_missing() {
        let morning = Morning {
            sleep_min: Some(f64::NAN),
            sleep_efficiency: Some(1.5),
            resting_hr_bpm: Some(900.0),
            bedtime_min: Some(f64::INFINITY),
            ..Morning::default()
        };
        assert!(morning.values().iter().all(Option::is_none));
        assert!(drivers(&[]).iter().all(|d| d.z.is_none()));
    }

    #[test]
    fn today_does_not_move_its_own_usual_value() {
        let day = |day, load: f64| Morning { day, load_yesterday: Some(load), ..Morning::default() };
        let mut mornings: Vec<Morning> = (0..28).map(|i| day(i, 0.0)).collect();
        mornings.push(day(28, 120.0));
        let load = drivers(&mornings)[8];
        assert_eq!((load.z, load.usual, load.now), (Some(2.0), Some(0.0), Some(120.0)));
    }
}
