//! One warm prediction of every registered model, on 180 days of an invented person.

use crate::life::{Day, Draws, beats, column, life};
use crate::planners;
use crate::timing::per_call;
use crate::{Failure, Line, Options};
use std::f64::consts::TAU;
use std::hint::black_box;
use twin_core::{LocalDate, Timestamp};
use twin_models::capacity::duration;
use twin_models::emotion::trend::{self, Answer, Item, mood_trend};
use twin_models::health::alertness::energy::{self as energy_curve, EnergyAnswer, EnergyInput};
use twin_models::health::alertness::now::{self as alertness, AlertnessInput};
use twin_models::health::anomaly::night::Night;
use twin_models::health::baseline::person::{self as baseline, BaselineSpec, DailyRow, baseline_of_day};
use twin_models::health::baseline::robust::{RobustOptions, robust};
use twin_models::health::circadian::{CircadianInput, circadian_phase, cosinor, phase};
use twin_models::health::hrv::analysis::{self, analyse_with};
use twin_models::health::hrv::{Workspace, night_rmssd, spot_rmssd, window};
use twin_models::health::readiness::drivers::{Answers, Morning};
use twin_models::health::readiness::{self, Question, Scale};
use twin_models::health::recovery::{allostatic, index, stress as after_stress, time};
use twin_models::health::sleep::habits::{chronotype, need_and_debt};
use twin_models::health::sleep::need::NeedNight;
use twin_models::health::sleep::score::ScoreNight;
use twin_models::health::sleep::timing::ClockNight;
use twin_models::health::sleep::{NightInput, SleepState, Span, nights_of_day};
use twin_models::health::sleep::{actigraphy, debt, night, regularity, score, timing};
use twin_models::health::stress::episodes::{Moment, daily_load};
use twin_models::health::stress::features::Second;
use twin_models::health::stress::{self, Monitor};
use twin_models::health::training::{
    critical_power, energy, fitness, fitness_fatigue, heart, performance, ratios,
};
use twin_models::health::{
    activity, anomaly, baseline::lnrmssd, baseline::resting_hr, burnout, energy_level,
};
use twin_models::plan::{Budget, week};
use twin_models::registry::{MODELS, ModelInfo};
use twin_models::simulate::{self, DayRecord, NightRecord, Plan, SimulationState};
use twin_models::work::calendar_load::{self, Busy, WorkDay, calendar_load};

const MINUTE: i64 = 60_000_000;
const DAYS: usize = 180;
/// Days that the facade hands to models which look at less than all.
const WINDOW: usize = 120;
const SCALE: Scale = Scale { low: 0.0, high: 10.0 };

/// One model's time.
struct Timed {
    id: &'static str,
    seconds: f64,
    note: String,
}

#[derive(Default)]
struct Times(Vec<Timed>);

impl Times {
    fn of<T>(&mut self, id: &'static str, note: &str, call: impl FnMut() -> T) {
        self.0.push(Timed { id, seconds: per_call(call), note: note.into() });
    }
}

/// Models of strain by work.
const OF_FACTS: [&str; 3] = ["burnout_forecast", "strain_recovery", "stress_risk"];

pub(crate) fn measure(_: &Options) -> Result<Vec<Line>, Failure> {
    let days = life(3, DAYS);
    let mut times = Times::default();
    of_the_heart(&mut times)?;
    of_the_night(&mut times, &days)?;
    of_training(&mut times, &days);
    of_the_day(&mut times, &days)?;
    of_the_mind(&mut times, &days)?;
    of_work(&mut times);
    let Times(mut timed) = times;
    // Models of work are made of facts: they are measured through a twin, in the group `predict`.
    let of_facts = |model: &ModelInfo| !model.health || OF_FACTS.contains(&model.id);
    let left_out = |model: &&ModelInfo| !of_facts(model) && !timed.iter().any(|t| t.id == model.id);
    if let Some(left_out) = MODELS.iter().find(left_out) {
        return Err(format!("`{}` is not measured", left_out.id).into());
    }
    timed.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    let slowest: Vec<String> =
        timed.iter().take(5).map(|t| format!("{} {:.0} µs", t.id, 1e6 * t.seconds)).collect();
    let within = timed.iter().filter(|t| t.seconds <= 1e-3).count() as f64;
    let aimed = timed.iter().filter(|t| t.seconds <= 1e-4).count();
    let summary = Line::new("models within 1 ms", "one core", within, "models")
        .against("all models", timed.len() as f64)
        .ratio_at_least(1.0, 1.0)
        .note(format!("{aimed} within 100 µs; slowest: {}", slowest.join(", ")));
    let line = |t: &Timed| {
        Line::new(&format!("prediction, warm: {}", t.id), "one core", t.seconds * 1e6, "µs")
            .at_most(1000.0, 100.0)
            .note(format!("{}; floor / time {:.1}", t.note, 1e-3 / t.seconds))
    };
    Ok(timed.iter().map(line).chain([summary]).collect())
}

fn of_the_heart(times: &mut Times) -> Result<(), Failure> {
    let (at, intervals) = beats(8.0);
    let asleep = [(0, 8 * 60 * MINUTE)];
    let (spot_at, spot) =
        (at.get(..300).ok_or("too few beats")?, intervals.get(..300).ok_or("too few beats")?);
    let mut workspace = Workspace::new();
    times.of(window::NIGHT_ID, &format!("{} beats, cleaned", at.len()), || {
        night_rmssd(black_box(&at), black_box(&intervals), &asleep)
    });
    times.of(window::SPOT_ID, "300 beats, cleaned", || spot_rmssd(black_box(spot_at), spot));
    times.of(analysis::ID, "300 beats, all measures, with errors", || {
        analyse_with(&mut workspace, black_box(spot_at), spot)
    });
    let mut draws = Draws(5);
    let t_us: Vec<i64> = (0..8 * 720).map(|i| i * 5_000_000).collect();
    let bpm: Vec<f64> = t_us.iter().map(|_| draws.around(55.0, 3.0).round()).collect();
    times.of(resting_hr::ID, "8 h, one value in 5 s", || {
        resting_hr::night_resting_hr(black_box(&t_us), &bpm, &asleep)
    });
    let t_s: Vec<f64> = (0..3_720).map(f64::from).collect();
    let effort_bpm: Vec<f64> = t_s.iter().map(|t| if *t < 3600.0 { 165.0 } else { 120.0 }).collect();
    let effort = heart::Effort { t_s: &t_s, bpm: &effort_bpm, end_s: 3600.0, hr_rest: 52.0, hr_max: 188.0 };
    times.of(heart::RECOVERY_ID, "an hour of effort", || {
        heart::heart_rate_recovery(black_box(&effort), &[30.0; 20])
    });
    let training: Vec<(f64, f64)> =
        (0..40 * 2700).map(|_| (1.0, draws.around(140.0, 15.0).round())).collect();
    times.of(heart::MAX_ID, "40 sessions of 45 min, each second", || {
        heart::hr_max(black_box(&training), Some(41.0))
    });
    let hours: Vec<f64> = (0..168).map(f64::from).collect();
    let rates: Vec<Option<f64>> =
        hours.iter().map(|h| Some(65.0 - 8.0 * (h / 24.0 * TAU).cos() + draws.unit())).collect();
    times.of(cosinor::ID, "a week of hours", || cosinor::rhythm(black_box(&hours), &rates, "/min"));
    Ok(())
}

pub(crate) fn need_night(day: &Day) -> NeedNight {
    NeedNight { tst_h: day.asleep_min.map(|m| m / 60.0), free: day.free, ..NeedNight::default() }
}

pub(crate) fn night_of(day: &Day) -> Night {
    Night {
        resting_hr: day.resting_hr,
        lnrmssd: day.rmssd_ms.map(f64::ln),
        respiratory_rate: day.breaths,
        temperature_deviation: day.warmth,
        sleep_min: day.asleep_min,
        steps: day.steps,
        training_load: day.load,
        causes: Vec::new(),
    }
}

pub(crate) fn morning_of(day: &Day, before: Option<&Day>) -> Morning {
    Morning {
        day: day.date,
        sleep_min: day.asleep_min,
        sleep_efficiency: day.asleep_min.map(|_| 0.92),
        bedtime_min: Some(60.0 * day.onset_h),
        resting_hr_bpm: day.resting_hr,
        lnrmssd: day.rmssd_ms.map(f64::ln),
        active_min_yesterday: before.and_then(|b| b.steps).map(|s| s / 100.0),
        load_yesterday: before.and_then(|b| b.load),
        answers: Answers { readiness: day.answer, fatigue: day.answer, ..Answers::default() },
        ..Morning::default()
    }
}

/// What was known on each morning.
pub(crate) fn mornings(days: &[Day]) -> Vec<Morning> {
    let before = std::iter::once(None).chain(days.iter().map(Some));
    days.iter().zip(before).map(|(day, before)| morning_of(day, before)).collect()
}

fn clock_night(day: &Day) -> ClockNight {
    ClockNight { onset_h: day.onset_h, wake_h: day.wake_h, free: day.free }
}

fn of_the_night(times: &mut Times, days: &[Day]) -> Result<(), Failure> {
    let late = |n: usize| days.get(DAYS - n..).ok_or("too few days");
    let need: Vec<NeedNight> = late(90)?.iter().map(need_night).collect();
    times.of(debt::ID, "90 nights", || need_and_debt(black_box(&need)));
    let clock: Vec<ClockNight> = late(28)?.iter().map(clock_night).collect();
    times.of(timing::ID, "28 nights", || chronotype(black_box(&clock)));
    let epochs: Vec<Option<bool>> = (0..28 * 144).map(|i| Some(i % 144 < 46 || i % 631 == 0)).collect();
    times.of(regularity::ID, "28 days in steps of 10 min", || {
        regularity::sri_estimate(black_box(&epochs), 144)
    });
    let nights: Vec<ScoreNight> = late(90)?
        .iter()
        .map(|d| ScoreNight {
            tst_h: d.asleep_min.map(|m| m / 60.0),
            efficiency: Some(0.92),
            midpoint_h: Some(f64::midpoint(d.onset_h, d.wake_h)),
            awakenings: Some(f64::from(d.date % 5)),
            deep_rem_share: Some(0.4),
        })
        .collect();
    let felt = column(late(90)?, |d| d.answer);
    times.of(score::ID, "90 nights with answers", || score::sleep_score(black_box(&nights), 8.0, &felt));
    let counts: Vec<f64> = (0..1440).map(|i| f64::from(i * 37 % 211)).collect();
    times.of(actigraphy::ID, "a day of minutes", || actigraphy::cole_kripke(black_box(&counts), 1.0));
    let states = [SleepState::Light, SleepState::Deep, SleepState::Rem, SleepState::Awake];
    let spans: Vec<Span> = (0..40)
        .zip(states.iter().cycle())
        .map(|(i, state)| Span { start_us: i * 12 * MINUTE, end_us: (i + 1) * 12 * MINUTE, state: *state })
        .collect();
    times.of(night::ID, "40 spans", || {
        nights_of_day(&NightInput { spans: black_box(&spans), sessions: &[] }, 0, 1440 * MINUTE)
    });
    let rates = column(days, |d| d.resting_hr);
    let row =
        |d: &Day| d.resting_hr.map(|value| DailyRow { date: LocalDate::from_days(d.date), value, era: 0 });
    let rows: Vec<DailyRow> = days.iter().filter_map(row).collect();
    let today = rows.last().map_or(LocalDate::from_days(0), |row| row.date);
    let spec = BaselineSpec {
        metric: "resting_heart_rate",
        unit: "/min",
        options: RobustOptions::default(),
        prior: None,
        by_weekday: true,
    };
    times.of(baseline::ID, "180 days, by weekday", || baseline_of_day(black_box(&rows), today, &spec));
    let rmssd = column(days, |d| d.rmssd_ms);
    times.of(lnrmssd::ID, "180 nights, each judged", || lnrmssd::trend(black_box(&rmssd)));
    let nights: Vec<Night> = late(WINDOW)?.iter().map(night_of).collect();
    times.of(anomaly::ID, "120 nights, each judged", || anomaly::health_anomaly(black_box(&nights)));
    let z: Vec<Option<f64>> =
        robust(&rates, None, &RobustOptions::default()).into_iter().map(|d| d.z).collect();
    let load = column(days, |d| d.load);
    times.of(time::ID, "180 days", || {
        time::recovery_time(&time::RecoveryNow {
            fitness: Some((60.0, 2.0)),
            fatigue: Some((85.0, 3.0)),
            w_prime: None,
            hrv_z: z.get(DAYS - 7..).unwrap_or_default(),
            rebounds_h: &time::past_rebounds(black_box(&load), &z),
        })
    });
    let input = index::RecoveryInput {
        ln_rmssd_z: Some(-0.4),
        ln_rmssd_week_z: Some(0.2),
        resting_hr_z: Some(0.8),
        sleep_z: Some(-1.0),
        respiration_z: Some(0.1),
        ..index::RecoveryInput::default()
    };
    times.of(index::ID, "z values of one morning", || index::recovery_index(black_box(&input)));
    let values: Vec<Vec<Option<f64>>> = vec![
        rates,
        column(days, |d| d.rmssd_ms),
        column(days, |d| d.breaths),
        column(days, |d| d.asleep_min),
        column(days, |d| d.steps),
        column(days, |d| d.warmth),
        column(days, |d| d.answer),
    ];
    let markers: Vec<allostatic::Marker<'_>> = values
        .iter()
        .map(|values| allostatic::Marker {
            name: "marker",
            values: values.get(DAYS - 28..).unwrap_or_default(),
            worst_quarter: values.iter().flatten().sum::<f64>() / values.iter().flatten().count() as f64,
            higher_is_worse: true,
            seldom: false,
            unit: "1",
        })
        .collect();
    times.of(allostatic::ID, "7 markers, 28 days", || allostatic::allostatic_index(black_box(&markers)));
    Ok(())
}

fn of_training(times: &mut Times, days: &[Day]) {
    let load = column(days, |d| d.load);
    times.of(fitness_fatigue::ID, "180 days", || fitness_fatigue::training_form(black_box(&load), 2));
    times.of(ratios::ID, "180 days", || ratios::load_ratios(black_box(&load), 2));
    let performances: Vec<(usize, f64)> =
        (0..30).map(|i| (20 + 5 * i, 250.0 + 10.0 * (i as f64 / 6.0).sin() + (i * 7 % 5) as f64)).collect();
    times.of(performance::ID, "180 days, 30 performances", || {
        performance::performance_model(black_box(&load), 2, &performances, "W", 7)
    });
    let efforts = [(180.0, 340.0), (300.0, 310.0), (720.0, 275.0), (1200.0, 262.0)];
    times
        .of(critical_power::ID, "4 efforts", || critical_power::critical_power_estimate(black_box(&efforts)));
    let segments: Vec<fitness::Steady> = (0..40)
        .map(|i| fitness::Steady {
            seconds: 240.0,
            speed_m_min: 150.0 + 2.0 * f64::from(i),
            grade: 0.0,
            bpm: 120.0 + 1.3 * f64::from(i),
        })
        .collect();
    let input = fitness::FitnessInput {
        hr_max: Some((188.0, 3.0)),
        hr_rest: Some(52.0),
        segments: &segments,
        ..fitness::FitnessInput::default()
    };
    times.of(fitness::ID, "40 segments", || fitness::vo2max(black_box(&input)));
    let minutes: Vec<energy::Minute> =
        (0..1440).map(|i| energy::Minute { bpm: Some(60.0 + f64::from(i % 90)), met: None }).collect();
    let body = energy::BodyProfile {
        weight_kg: 70.0,
        height_cm: 175.0,
        age_years: 41.0,
        sex: energy::BodySex::Mean,
        hr_max: Some(185.0),
    };
    times.of(energy::ID, "a day of minutes", || energy::energy(black_box(&minutes), &body));
}

fn of_the_day(times: &mut Times, days: &[Day]) -> Result<(), Failure> {
    let late = |n: usize| days.get(DAYS - n..).ok_or("too few days");
    let hours: Vec<activity::Hour> = (0..24)
        .map(|h| activity::Hour { steps: Some(f64::from(h * 61 % 900)), asleep: f64::from(u8::from(h < 7)) })
        .collect();
    times.of(activity::ID, "24 hours", || activity::activity_day(black_box(&hours)));
    let busy: Vec<Busy> =
        (0..8).map(|i| Busy { start_us: (540 + 55 * i) * MINUTE, end_us: (570 + 55 * i) * MINUTE }).collect();
    let day = WorkDay {
        start_us: 0,
        end_us: 1440 * MINUTE,
        work_start_us: 540 * MINUTE,
        work_end_us: 1020 * MINUTE,
    };
    times.of(calendar_load::ID, "8 meetings", || calendar_load(black_box(&busy), &day));
    let midnights = (0..14).map(|i| -24.0 * f64::from(13 - i));
    let slept: Vec<(f64, f64)> =
        late(14)?.iter().zip(midnights).map(|(d, m)| (m + d.onset_h, m + d.wake_h)).collect();
    let now =
        AlertnessInput { now_h: 14.0, slept: &slept, msf_sc_h: Some(4.1), seed: 9, ..Default::default() };
    times.of(alertness::ID, "14 nights", || alertness::alertness(black_box(&now)));
    let answers: Vec<EnergyAnswer> = (0..150)
        .map(|i| EnergyAnswer {
            at_h: -24.0 * f64::from(i / 3) + f64::from(9 + i % 3 * 4),
            level: 45.0 + f64::from(i % 11),
        })
        .rev()
        .collect();
    let input = EnergyInput {
        now_h: 14.0,
        horizon_h: 24.0,
        slept: &slept,
        msf_sc_h: Some(4.1),
        answers: &answers,
        readiness_z: Some(0.3),
        load_z: Some(-0.2),
        caffeine: &[(8.0, 80.0), (12.5, 80.0)],
        seed: 9,
        ..EnergyInput::default()
    };
    times.of(energy_curve::ID, "24 h ahead, 150 answers", || energy_curve::energy_curve(black_box(&input)));
    let moments: Vec<energy_level::Moment> = (0..2 * DAYS)
        .map(|i| energy_level::Moment {
            hour: 9.0 + 7.0 * (i % 2) as f64,
            curve: Some(40.0 + (i * 13 % 20) as f64),
            hours_awake: Some(2.0 + 7.0 * (i % 2) as f64),
            answer: (i + 1 < 2 * DAYS).then_some((i * 7 % 11) as f64),
            ..Default::default()
        })
        .collect();
    times.of(energy_level::ID, "360 answers", || energy_level::energy_level(black_box(&moments), SCALE));
    let sleep_h: Vec<(f64, f64)> = late(28)?
        .iter()
        .zip(0..)
        .map(|(d, i)| (24.0 * f64::from(i) + d.onset_h, 24.0 * f64::from(i) + d.wake_h))
        .collect();
    let steps: Vec<Option<f64>> =
        (0..28 * 24).map(|h| Some(if h % 24 < 7 { 0.0 } else { f64::from(h * 61 % 900) })).collect();
    let circadian = CircadianInput {
        now_h: 27.0 * 24.0 + 14.0,
        sleep_h: &sleep_h,
        steps: &steps,
        msf_sc_h: Some(4.1),
        ..CircadianInput::default()
    };
    times.of(phase::ID, "28 days of sleep and steps", || circadian_phase(black_box(&circadian)));
    let first = SimulationState::of(&records(late(simulate::HISTORY_DAYS)?), 2, Some(8.0), 0.0);
    times.of(simulate::ID, "14 days, 200 draws", || {
        simulate::simulate(black_box(&first), &Plan::default(), &[], &simulate::Options::days(14))
    });
    Ok(())
}

/// Days as what-if runs begin from them.
pub(crate) fn records(days: &[Day]) -> Vec<DayRecord> {
    let night = |d: &Day| {
        d.asleep_min.map(|m| NightRecord { onset_h: d.onset_h, wake_h: d.wake_h, asleep_h: m / 60.0 })
    };
    days.iter()
        .map(|d| DayRecord {
            night: night(d),
            load: d.load,
            resting_hr: d.resting_hr,
            ln_rmssd: d.rmssd_ms.map(f64::ln),
            free: d.free,
            ..DayRecord::default()
        })
        .collect()
}

fn of_work(times: &mut Times) {
    let mut draws = Draws(11);
    let task = duration::Task {
        estimate_h: Some(4.0),
        kind: "bug".into(),
        project: "a".into(),
        ..duration::Task::default()
    };
    let finished: Vec<duration::Finished> = (0..100)
        .map(|i| duration::Finished {
            task: duration::Task { estimate_h: Some(1.0 + 8.0 * draws.unit()), ..task.clone() },
            actual_h: 1.0 + 10.0 * draws.unit(),
            age_days: f64::from(i),
        })
        .collect();
    times.of(duration::ID, "100 finished tasks", || duration::task_duration(black_box(&task), &finished));
    let problem = planners::week(30);
    times.of(week::ID, "30 tasks over 5 days, first plan", || {
        week::work_plan(black_box(&problem), Budget::steps(0, 1))
    });
}

fn of_the_mind(times: &mut Times, days: &[Day]) -> Result<(), Failure> {
    let mornings = mornings(days);
    times
        .of(readiness::ID, "180 mornings, learnt anew", || readiness::readiness(black_box(&mornings), SCALE));
    times.of(readiness::WELLNESS_ID, "180 mornings, one question", || {
        readiness::wellness(Question::Fatigue, black_box(&mornings), SCALE)
    });
    let answers: Vec<Answer> =
        days.iter().filter_map(|d| Some(Answer { day: f64::from(d.date) + 0.4, value: d.answer? })).collect();
    let now = days.last().map_or(0.0, |d| f64::from(d.date) + 0.5);
    let item = Item { name: "mood", low: 0.0, high: 10.0 };
    times.of(trend::ID, "180 days of answers", || mood_trend(black_box(&answers), now, &item));
    let rows: Vec<burnout::drivers::Day> = days
        .iter()
        .skip(DAYS - WINDOW)
        .map(|d| burnout::drivers::Day {
            exhaustion: d.answer.map(|a| 10.0 * (10.0 - a)),
            sleep_debt_h: Some(d.answer.unwrap_or(4.0)),
            workload: Some(3.0 + f64::from(d.date % 4)),
            mood: d.answer.map(|a| a / 10.0),
            lnrmssd_7d: d.rmssd_ms.map(f64::ln),
            ..Default::default()
        })
        .collect();
    times.of(burnout::ID, "120 days", || burnout::burnout_risk(black_box(&rows)));
    let course: Vec<(f64, f64)> =
        (0..120).map(|i| (f64::from(i) * 0.5, 2.5 * (-f64::from(i) / 30.0).exp())).collect();
    times.of(after_stress::ID, "an hour after an episode", || {
        after_stress::recovery_after(black_box(&course))
    });
    let at = |second: i64| Timestamp::from_secs(1_760_000_000 + second);
    let moments: Vec<Moment> =
        (0..5_760).map(|i| Moment { at: at(10 * i), p: Some((i * 37 % 101) as f64 / 101.0) }).collect();
    times.of(stress::LOAD_ID, "16 h, one moment in 10 s", || daily_load(black_box(&moments)));
    let mut monitor = Monitor::shipped().ok_or("no shipped model")?;
    let mut draws = Draws(8);
    let mut second = 0_i64;
    let mut push = || {
        second += 1;
        let here = Second {
            hr_bpm: Some(draws.around(72.0, 4.0)),
            eda_us: Some(draws.around(2.0, 0.2)),
            steps: Some(0.0),
            ..Second::default()
        };
        monitor.push(at(second), &here)
    };
    for _ in 0..3_600 {
        push();
    }
    times.of(stress::NOW_ID, "one second more, an hour in", push);
    Ok(())
}
