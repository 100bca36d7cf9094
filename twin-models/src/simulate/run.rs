//! One possible future: the state run forward day by day with noise.

use super::day::{Running, in_body, recovered};
use super::plan::{Plan, PlanDay};
use super::returning::{ON_LN_RMSSD, ON_RESTING_HR};
use super::state::{Level, NightRecord, REBOUND_H, SimulationState};
use crate::health::alertness::now::AMPLITUDE_SD;
use crate::health::alertness::phase::PRIOR_SD_H;
use crate::health::alertness::schedule::{Habit, UsualDay};
use crate::health::alertness::unified::{self, Personal};
use crate::noise::Noise;

/// What is simulated, with its unit.
pub(super) const QUANTITIES: [(&str, &str); 10] = [
    ("energy", "{score}"),
    ("fatigue_9h", "{fatigue}"),
    ("fatigue_15h", "{fatigue}"),
    ("sleep_debt", "h"),
    ("fitness", "{load}"),
    ("fatigue_load", "{load}"),
    ("form", "{load}"),
    ("resting_hr_deviation", "/min"),
    ("ln_rmssd_deviation", "1"),
    ("recovery", "{score}"),
];

/// The quantities of one day; absent where they cannot be simulated.
pub(super) type Day = [Option<f64>; QUANTITIES.len()];

/// Sleep that 100 mg of caffeine in the body at bedtime takes, h, and the most that it does: 400 mg taken six
/// hours before bed take about an hour [drake2013].
const CAFFEINE_SLEEP_H: (f64, f64) = (0.35, 1.5);
/// How much of the usual scatter of nights is left when a time is planned. OWN.
const PLANNED_SCATTER: f64 = 0.5;
/// Sleep that a drink takes, h. OWN.
const DRINK_SLEEP_H: f64 = 0.1;
/// Least spread of sleep for its z, h.
const SLEEP_FLOOR_H: f64 = 1.0 / 6.0;

/// What all draws of one state share.
pub(super) struct Common<'a> {
    state: &'a SimulationState,
    usual: Option<(Habit, UsualDay)>,
    sleep_sd_h: f64,
    seed: u64,
}

/// Places of noise within a day.
#[derive(Clone, Copy)]
enum Topic {
    Person,
    Night,
    Drinks,
    Nap,
    Week,
    RestingHr,
    LnRmssd,
}

impl<'a> Common<'a> {
    pub(super) fn new(state: &'a SimulationState, seed: u64) -> Self {
        let asleep: Vec<f64> =
            state.work_nights.iter().chain(&state.free_nights).map(|n| n.asleep_h).collect();
        Self {
            state,
            usual: state.habit.filter(Habit::is_possible).map(|habit| (habit, UsualDay::of(&habit))),
            sleep_sd_h: crate::stats::sd(&asleep).unwrap_or(1.0).max(SLEEP_FLOOR_H),
            seed,
        }
    }

    /// Days 1 to `horizon` of one draw under a plan. The same draw has the same noise under every plan.
    pub(super) fn run(&self, plan: &Plan, draw: u64, horizon: u32) -> Vec<Day> {
        let state = self.state;
        let mut person = Noise::of(self.seed, [draw, 0, Topic::Person as u64]);
        let half_life_h = (REBOUND_H.0 + REBOUND_H.1 * person.normal()).clamp(12.0, 96.0);
        let clock = Personal {
            later_h: state.later_h + PRIOR_SD_H * person.normal(),
            amplitude: unified::AMPLITUDE * (1.0 + AMPLITUDE_SD * person.normal()).max(0.1),
        };
        let habit = self.usual.as_ref().map(|(habit, usual)| (habit, usual.scale(&clock)));
        let mut now = Running::new(state);
        now.rest_of_today(plan.days.first().unwrap_or(&PlanDay::default()), half_life_h);
        let beyond = PlanDay::default();
        let mut yesterday = plan.days.first().unwrap_or(&beyond);
        let mut drinks = yesterday.drinks.unwrap_or(state.drinks_today);
        (1..=horizon)
            .map(|day| {
                let of_day = plan.days.get(day as usize).unwrap_or(&beyond);
                let weekday = (u32::from(state.weekday) + day) % 7;
                let noise = |topic: Topic| Noise::of(self.seed, [draw, u64::from(day), topic as u64]);
                let mut week = Noise::of(self.seed, [draw, u64::from((day - 1) / 7), Topic::Week as u64]);
                let level = |of: &Level, noise: &mut Noise| of.shift + of.spread * noise.normal();
                let (more_sleep, more_load) =
                    (level(&state.sleep_level, &mut week), level(&state.load_level, &mut week));
                // loads of one past week: weeks are hard or easy as a whole
                let which_week = week.unit();
                let mut out: Day = [None; QUANTITIES.len()];
                let mut short_h = 0.0;
                let mut sleep_z = None;
                if let Some((habit, scale)) = habit {
                    let free = of_day.free.unwrap_or(weekday >= 5);
                    let evening = Evening { day: yesterday, drinks };
                    let mut night = self.night(of_day, evening, free, habit, &mut noise(Topic::Night));
                    night.more(more_sleep, of_day);
                    let midnight = 24.0 * f64::from(day);
                    let nap_h =
                        state.naps.get(weekday as usize).and_then(|n| pick(n, noise(Topic::Nap).unit()));
                    now.sleep(midnight, &night, nap_h.unwrap_or(0.0), state.need_h);
                    short_h = state.need_h - night.asleep_h;
                    sleep_z = Some(-short_h / self.sleep_sd_h);
                    let until = self.usual_bed(plan, day, habit);
                    now.awake(&mut out, midnight, until, of_day, &clock, scale);
                    let [_, _, _, debt, ..] = &mut out;
                    *debt = Some(now.debt_h.max(0.0));
                }
                let strain = now.strain;
                let heart = now.resting_hr.step(
                    &ON_RESTING_HR,
                    short_h,
                    drinks,
                    strain,
                    &mut noise(Topic::RestingHr),
                );
                let hrv =
                    now.ln_rmssd.step(&ON_LN_RMSSD, short_h, drinks, strain, &mut noise(Topic::LnRmssd));
                let load = self.load(of_day, weekday, which_week, 1.0 + more_load);
                let training = now.train(load, half_life_h);
                let [_, _, _, _, fitness, fatigue, form, resting, ln_rmssd, recovery] = &mut out;
                (*resting, *ln_rmssd) = (heart, hrv);
                if let Some((ctl, atl, tsb)) = training {
                    (*fitness, *fatigue, *form) = (Some(ctl), Some(atl), Some(tsb));
                }
                *recovery = recovered(now.ln_rmssd.z_of_week(), now.resting_hr.z(), sleep_z);
                yesterday = of_day;
                drinks = of_day.drinks.unwrap_or_else(|| {
                    let past = state.drinks.get(weekday as usize);
                    past.and_then(|d| pick(d, noise(Topic::Drinks).unit())).unwrap_or(0.0)
                });
                out
            })
            .collect()
    }

    /// The quantities of today as far as they are known, without noise.
    pub(super) fn today(&self) -> Day {
        let mut out: Day = [None; QUANTITIES.len()];
        let state = self.state;
        let now = Running::new(state);
        let clock = Personal { later_h: state.later_h, ..Personal::default() };
        let mut sleep_z = None;
        if let Some((habit, usual)) = &self.usual {
            now.awake(&mut out, 0.0, 24.0 + habit.onset_h, &PlanDay::default(), &clock, usual.scale(&clock));
            sleep_z = state.asleep_h.map(|h| (h - state.need_h) / self.sleep_sd_h);
            let [_, _, _, debt, ..] = &mut out;
            *debt = Some(state.debt_h.max(0.0));
        }
        let [_, _, _, _, fitness, fatigue, form, resting, ln_rmssd, recovery] = &mut out;
        (*fitness, *fatigue) = state.fitness_fatigue.unzip();
        *form = state.form;
        (*resting, *ln_rmssd) = (now.resting_hr.today(), now.ln_rmssd.today());
        *recovery = recovered(now.ln_rmssd.z_of_week(), now.resting_hr.z(), sleep_z);
        out
    }

    /// A past night of the same kind, moved to what is planned.
    fn night(
        &self,
        day: &PlanDay,
        evening: Evening<'_>,
        free: bool,
        habit: &Habit,
        noise: &mut Noise,
    ) -> NightRecord {
        let (same, other) = if free {
            (&self.state.free_nights, &self.state.work_nights)
        } else {
            (&self.state.work_nights, &self.state.free_nights)
        };
        let of = if same.len() >= 3 { same } else { other };
        let usual = NightRecord {
            onset_h: habit.onset_h,
            wake_h: habit.wake_h,
            asleep_h: 0.9 * (habit.wake_h - habit.onset_h),
        };
        let pick = (noise.unit() * of.len() as f64) as usize;
        let past = of.get(pick).copied().unwrap_or(usual);
        let share = past.asleep_h / (past.wake_h - past.onset_h);
        let scatter = |drawn: f64, usual: f64| PLANNED_SCATTER * (drawn - usual).clamp(-2.0, 2.0);
        let mut night = past;
        if let Some(bed) = day.bed {
            // after noon is the evening before
            let bed_h = if bed.hours() >= 12.0 { bed.hours() - 24.0 } else { bed.hours() };
            night.onset_h = bed_h + scatter(past.onset_h, habit.onset_h).max(0.0) + 0.2;
        }
        if let Some(wake) = day.wake {
            night.wake_h = wake.hours() + scatter(past.wake_h, habit.wake_h).min(0.0);
        }
        if night.wake_h < night.onset_h + 0.5 {
            night.wake_h = night.onset_h + 0.5;
        }
        let caffeine =
            (CAFFEINE_SLEEP_H.0 * in_body(evening.day, 24.0 + night.onset_h) / 100.0).min(CAFFEINE_SLEEP_H.1);
        let length = night.wake_h - night.onset_h;
        let lost = (caffeine + DRINK_SLEEP_H * evening.drinks).min(0.6 * length);
        night.onset_h += 0.5 * lost;
        night.asleep_h = (share * length - lost).max(0.1);
        night
    }

    /// When the day ends: at the usual time, or when the next night is planned.
    fn usual_bed(&self, plan: &Plan, day: u32, habit: &Habit) -> f64 {
        let planned = plan.days.get(day as usize + 1).and_then(|d| d.bed).map(|bed| bed.hours());
        let bed_h = planned.map_or(habit.onset_h, |h| if h >= 12.0 { h - 24.0 } else { h });
        24.0 * f64::from(day + 1) + bed_h
    }

    /// The planned load, or that of this weekday in a past week.
    fn load(&self, day: &PlanDay, weekday: u32, week: f64, share: f64) -> Option<f64> {
        let past = self.state.loads.get(weekday as usize).and_then(|l| pick(l, week));
        Some(day.load.or(past.map(|l| l * share.max(0.0)))? + day.extra_load)
    }
}

fn pick(values: &[f64], unit: f64) -> Option<f64> {
    values.get((unit * values.len() as f64) as usize).copied()
}

/// The evening before a night.
#[derive(Clone, Copy)]
struct Evening<'a> {
    day: &'a PlanDay,
    drinks: f64,
}

impl NightRecord {
    /// Longer or shorter than usual at both ends, unless times are planned.
    fn more(&mut self, hours: f64, plan: &PlanDay) {
        let hours = hours.clamp(-2.0, 2.0).max(0.5 - self.asleep_h);
        let (early, late) = (plan.bed.is_none(), plan.wake.is_none());
        let (before, after) = if early && late { (0.5, 0.5) } else { (f64::from(early), f64::from(late)) };
        self.onset_h -= before * hours;
        self.wake_h += after * hours;
        self.asleep_h += (before + after) * hours;
    }
}
