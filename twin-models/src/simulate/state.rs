//! Where a person stands today and how they usually vary: all that a simulation starts from.

use super::returning::{Effects, ON_LN_RMSSD, ON_RESTING_HR, Returning};
use crate::health::alertness::schedule::Habit;
use crate::health::alertness::unified::Pressure;
use crate::health::alertness::{unified, walk};
use crate::health::sleep::debt;
use crate::stats::{mean, median, sd};
use serde::{Deserialize, Serialize};
use twin_core::sort::OrderBy;

/// Days of history that are looked at.
pub const HISTORY_DAYS: usize = 56;
/// Days of training that are looked at: as far as fitness remembers.
pub const TRAINING_DAYS: usize = 84;
/// Least nights before sleep is simulated.
pub const MIN_NIGHTS: usize = 7;
/// Least days before heart rate, RMSSD and training are simulated.
pub const MIN_DAYS: usize = 14;
/// Time constants of fitness and fatigue, days [banister1991].
pub const FITNESS_DAYS: f64 = 42.0;
/// See [`FITNESS_DAYS`].
pub const FATIGUE_DAYS: f64 = 7.0;
/// Half-life of what training does to heart rate and RMSSD, h, and its spread between people.
pub const REBOUND_H: (f64, f64) = (36.0, 12.0);
/// How much of a week's level of sleep is left in the next; none for loads, which are planned in waves. OWN.
const SLEEP_PERSISTENCE: f64 = 0.2;

/// What is known of one day that is over; the night is the one that ended on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayRecord {
    /// The night.
    pub night: Option<NightRecord>,
    /// Naps, h.
    pub nap_h: f64,
    /// Training load; 0 on a day of rest, absent if it is not known.
    pub load: Option<f64>,
    /// Resting heart rate, 1/min.
    pub resting_hr: Option<f64>,
    /// ln of the night's RMSSD in ms.
    pub ln_rmssd: Option<f64>,
    /// Drinks in the evening, 10 g of alcohol each.
    pub drinks: f64,
    /// Nobody had to get up.
    pub free: bool,
}

/// A night on the clock; h from the midnight of the day of waking.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NightRecord {
    /// Falling asleep, negative before midnight.
    pub onset_h: f64,
    /// Waking.
    pub wake_h: f64,
    /// Time asleep.
    pub asleep_h: f64,
}

impl NightRecord {
    fn is_possible(&self) -> bool {
        (-14.0..24.0).contains(&self.onset_h)
            && (0.5..=16.0).contains(&(self.wake_h - self.onset_h))
            && self.asleep_h > 0.0
            && self.asleep_h <= self.wake_h - self.onset_h + 1e-6
    }
}

/// Where a person stands at the end of today's waking day, as far as it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulationState {
    /// Today, 0 is Monday.
    pub weekday: u8,
    /// Sleep need, h.
    pub need_h: f64,
    /// Sleep debt this morning, h, possibly negative.
    pub debt_h: f64,
    /// The usual night.
    pub habit: Option<Habit>,
    /// Past nights before days of work.
    pub work_nights: Vec<NightRecord>,
    /// Past nights before free days.
    pub free_nights: Vec<NightRecord>,
    /// Waking today, h, with S and L of the unified model then.
    pub woke: (f64, f64, f64),
    /// Fitness (CTL) and fatigue (ATL), where loads are known.
    pub fitness_fatigue: Option<(f64, f64)>,
    /// Form (TSB) today: fitness minus fatigue of yesterday.
    pub form: Option<f64>,
    /// Time asleep last night, h.
    pub asleep_h: Option<f64>,
    /// Acute strain of training, in usual days of load.
    pub strain: f64,
    /// Sleep of the coming week beside that of all nights, h.
    pub sleep_level: Level,
    /// Load of the coming week beside that of all weeks, as a share.
    pub load_level: Level,
    /// Drinks of this evening.
    pub drinks_today: f64,
    /// Past drinks by weekday, Monday first.
    pub drinks: [Vec<f64>; 7],
    /// Past naps by weekday, h, Monday first.
    pub naps: [Vec<f64>; 7],
    /// Past loads by weekday, Monday first.
    pub loads: [Vec<f64>; 7],
    /// Resting heart rate, 1/min.
    pub resting_hr: Option<Returning>,
    /// ln RMSSD.
    pub ln_rmssd: Option<Returning>,
    /// By how many hours the body's clock is late.
    pub later_h: f64,
    /// What could not be found out, and why.
    pub gaps: Vec<String>,
}

/// How the coming week may differ from all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Expected difference.
    pub shift: f64,
    /// Its spread.
    pub spread: f64,
}

impl Level {
    /// From the differences of past days, newest last: weeks that scatter more than their days explain have a
    /// level, of which `persistence` is left in the week after.
    fn of(differences: &[Option<f64>], persistence: f64) -> Self {
        let weeks: Vec<Vec<f64>> =
            differences.rchunks(7).map(|w| w.iter().copied().flatten().collect()).collect();
        let means: Vec<f64> = weeks.iter().filter(|w| w.len() >= 3).filter_map(|w| mean(w)).collect();
        let all: Vec<f64> = differences.iter().copied().flatten().collect();
        let (Some(between), Some(days), Some(newest)) = (sd(&means), sd(&all), means.first()) else {
            return Self::default();
        };
        let within = days * days / 7.0;
        let level = (between * between - within).max(0.1 * within);
        let known = level / (level + within);
        Self {
            shift: persistence * known * newest,
            spread: (level * (1.0 - persistence.powi(2) * known) + within / means.len() as f64).sqrt(),
        }
    }
}

fn sleep_level(days: &[DayRecord]) -> Level {
    let of = |free: bool| {
        mean(
            &days
                .iter()
                .filter(|d| d.free == free)
                .filter_map(|d| Some(d.night?.asleep_h))
                .collect::<Vec<_>>(),
        )
    };
    let (work, free) = (of(false), of(true));
    let differs = |d: &DayRecord| Some(d.night?.asleep_h - if d.free { free? } else { work? });
    Level::of(&days.iter().map(differs).collect::<Vec<_>>(), SLEEP_PERSISTENCE)
}

fn load_level(days: &[DayRecord]) -> Level {
    let usual = mean(&days.iter().filter_map(|d| d.load).collect::<Vec<_>>()).filter(|m| *m > 0.0);
    let weekday = |place: usize| {
        mean(&days.iter().rev().skip(place).step_by(7).filter_map(|d| d.load).collect::<Vec<_>>())
    };
    let places: Vec<Option<f64>> = (0..7).map(weekday).collect();
    let differs =
        |(place, d): (usize, &DayRecord)| Some((d.load? - places.get(place % 7).copied()??) / usual?);
    let mut differences: Vec<Option<f64>> = days.iter().rev().enumerate().map(differs).collect();
    differences.reverse();
    Level::of(&differences, 0.0)
}

/// The share of a quantity with that time constant that a day renews.
pub(super) fn gain(days: f64) -> f64 {
    1.0 - (-1.0 / days).exp()
}

/// Acute strain after another day: what is left of it and how the day's load compares with fitness.
pub(super) fn next_strain(strain: f64, load: f64, fitness: f64, half_life_h: f64) -> f64 {
    strain * 0.5_f64.powf(24.0 / half_life_h) + ((load - fitness) / fitness.max(10.0)).clamp(-2.0, 6.0)
}

impl SimulationState {
    /// The state after a history of days, oldest first, today last. `need_h` absent: need is estimated from
    /// free nights. Values that nobody has (not finite, impossible nights, heart rates outside 20..=150) count
    /// as missing. What is too short to be simulated is absent and named in `gaps`.
    #[must_use]
    pub fn of(history: &[DayRecord], weekday: u8, need_h: Option<f64>, later_h: f64) -> Self {
        let days: Vec<DayRecord> = history.iter().map(cleaned).collect();
        let recent = days.get(days.len().saturating_sub(HISTORY_DAYS)..).unwrap_or_default();
        let seasons = days.get(days.len().saturating_sub(TRAINING_DAYS)..).unwrap_or_default();
        let nights = |free: bool| -> Vec<NightRecord> {
            recent.iter().filter(|d| d.free == free).filter_map(|d| d.night).collect()
        };
        let (work_nights, free_nights) = (nights(false), nights(true));
        let unconstrained: Vec<f64> = free_nights.iter().map(|n| n.asleep_h).collect();
        let need_h =
            need_h.filter(|n| (4.0..=12.0).contains(n)).unwrap_or_else(|| debt::need(&unconstrained).0);
        let slept: Vec<_> = days.iter().map(|d| (d.night.map(|n| n.asleep_h), d.nap_h)).collect();
        let debt_h = debt::debt(&slept, need_h).last().copied().unwrap_or(0.0);
        let mut gaps = Vec::new();
        let habit = usual_night(&work_nights, &free_nights);
        if habit.is_none() {
            gaps.push(format!("fewer than {MIN_NIGHTS} nights known: sleep is not simulated"));
        }
        let training = Training::of(&days);
        if training.is_none() {
            gaps.push(format!("fewer than {MIN_DAYS} days of training load known: fitness is not simulated"));
        }
        let strains = training.as_ref().map(|t| t.strains.clone()).unwrap_or_default();
        let mut measure = |name: &str, of: fn(&DayRecord) -> Option<f64>, effects: Effects, floor: f64| {
            let found = Returning::of(&days, &strains, need_h, of, effects, floor);
            if found.is_none() {
                gaps.push(format!("fewer than {MIN_DAYS} days of {name} known: it is not simulated"));
            }
            found
        };
        Self {
            weekday: weekday % 7,
            need_h,
            debt_h,
            woke: pressure_on_waking(&days, habit.unwrap_or(Habit::POPULATION)),
            habit,
            resting_hr: measure("resting heart rate", |d| d.resting_hr, ON_RESTING_HR, 0.5),
            ln_rmssd: measure("RMSSD", |d| d.ln_rmssd, ON_LN_RMSSD, 0.05),
            form: training.as_ref().map(|t| t.form),
            asleep_h: days.last().and_then(|d| d.night).map(|n| n.asleep_h),
            fitness_fatigue: training.as_ref().map(|t| (t.fitness, t.fatigue)),
            strain: strains.last().copied().unwrap_or(0.0),
            sleep_level: sleep_level(recent),
            load_level: load_level(seasons),
            drinks_today: days.last().map_or(0.0, |d| d.drinks),
            drinks: by_weekday(recent, weekday % 7, |d| Some(d.drinks)),
            naps: by_weekday(recent, weekday % 7, |d| Some(d.nap_h)),
            loads: by_weekday(seasons, weekday % 7, |d| d.load),
            work_nights,
            free_nights,
            later_h: if later_h.is_finite() { later_h.clamp(-3.0, 3.0) } else { 0.0 },
            gaps,
        }
    }
}

fn cleaned(day: &DayRecord) -> DayRecord {
    let real = |x: Option<f64>, range: std::ops::RangeInclusive<f64>| x.filter(|x| range.contains(x));
    DayRecord {
        night: day.night.filter(NightRecord::is_possible),
        nap_h: real(Some(day.nap_h), 0.0..=12.0).unwrap_or(0.0),
        load: real(day.load, 0.0..=5000.0),
        resting_hr: real(day.resting_hr, 20.0..=150.0),
        ln_rmssd: real(day.ln_rmssd, 0.0..=6.5),
        drinks: real(Some(day.drinks), 0.0..=30.0).unwrap_or(0.0),
        free: day.free,
    }
}

/// Medians over all nights.
fn usual_night(work: &[NightRecord], free: &[NightRecord]) -> Option<Habit> {
    let of = |what: fn(&NightRecord) -> f64| {
        let mut values: Vec<f64> = work.iter().chain(free).map(what).collect();
        median(&mut values).filter(|_| values.len() >= MIN_NIGHTS)
    };
    let habit = Habit { onset_h: of(|n| n.onset_h)?, wake_h: of(|n| n.wake_h)? };
    Some(habit).filter(Habit::is_possible)
}

/// When the person woke today and in which state, after two settled weeks of the habit and what is known.
fn pressure_on_waking(days: &[DayRecord], habit: Habit) -> (f64, f64, f64) {
    let night = |day: i32, record: Option<&DayRecord>| {
        let midnight = 24.0 * f64::from(day);
        record
            .and_then(|d| d.night)
            .map_or_else(|| habit.night(day), |n| (midnight + n.onset_h, midnight + n.wake_h))
    };
    let mut sleeps: Vec<_> =
        days.iter().rev().take(28).zip(0..).map(|(record, back)| night(-back, Some(record))).collect();
    let known = i32::try_from(sleeps.len()).unwrap_or(0);
    sleeps.extend((known.max(1)..42).map(|back| night(-back, None)));
    if days.is_empty() {
        sleeps.push(habit.night(0));
    }
    sleeps.order_by(|a, b| a.0.total_cmp(&b.0));
    let woke = sleeps.last().map_or(habit.wake_h, |s| s.1);
    let start = habit.night(-42).1;
    let path = walk(Pressure::default(), start, &sleeps, &[woke], unified::awake, unified::asleep);
    path.first().map_or((woke, 0.0, 0.0), |p| (woke, p.state.s, p.state.l))
}

fn by_weekday(days: &[DayRecord], today: u8, what: fn(&DayRecord) -> Option<f64>) -> [Vec<f64>; 7] {
    let mut out: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    for (back, value) in days.iter().rev().enumerate().filter_map(|(back, d)| Some((back, what(d)?))) {
        if let Some(of_day) = out.get_mut((usize::from(today) + 7 * (back / 7 + 1) - back) % 7) {
            of_day.push(value);
        }
    }
    out
}

/// Fitness, fatigue and strain along the history; a day that is not known counts as usual.
struct Training {
    fitness: f64,
    fatigue: f64,
    form: f64,
    strains: Vec<f64>,
}

impl Training {
    fn of(days: &[DayRecord]) -> Option<Self> {
        let known: Vec<f64> = days.iter().filter_map(|d| d.load).collect();
        if known.len() < MIN_DAYS {
            return None;
        }
        let start = mean(known.get(..28).unwrap_or(&known))?;
        let mut t =
            Self { fitness: start, fatigue: start, form: 0.0, strains: Vec::with_capacity(days.len()) };
        let mut strain = 0.0;
        for day in days {
            let load = day.load.unwrap_or(t.fitness);
            strain = next_strain(strain, load, t.fitness, REBOUND_H.0);
            t.strains.push(strain);
            t.form = t.fitness - t.fatigue;
            t.fitness += gain(FITNESS_DAYS) * (load - t.fitness);
            t.fatigue += gain(FATIGUE_DAYS) * (load - t.fatigue);
        }
        Some(t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_count_back_from_today() {
        let day = |load: f64| DayRecord { load: Some(load), ..DayRecord::default() };
        // today is a Wednesday (2): the days before are Monday and Tuesday
        let loads = by_weekday(&[day(0.0), day(1.0), day(2.0)], 2, |d| d.load);
        assert_eq!((&loads[0], &loads[1], &loads[2]), (&vec![0.0], &vec![1.0], &vec![2.0]));
    }

    #[test]
    fn nothing_and_nonsense_are_gaps() {
        let odd = DayRecord {
            night: Some(NightRecord { onset_h: f64::NAN, wake_h: 7.0, asleep_h: 8.0 }),
            resting_hr: Some(900.0),
            load: Some(f64::INFINITY),
            nap_h: f64::NAN,
            ..DayRecord::default()
        };
        for history in [&[][..], &[odd; 60][..]] {
            let state = SimulationState::of(history, 3, Some(f64::NAN), f64::NAN);
            assert!(state.habit.is_none() && state.resting_hr.is_none() && state.fitness_fatigue.is_none());
            assert_eq!((state.gaps.len(), state.need_h, state.debt_h), (4, 8.0, 0.0));
        }
    }
}
