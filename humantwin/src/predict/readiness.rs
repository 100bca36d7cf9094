//! What the person will say this morning, and how much energy there is.

use super::recovery::{ln_rmssd, metric, resting_hr};
use super::sleep::clock_nights;
use super::training::loads;
use super::{Asked, Features, Said};
use crate::error::Result;
use crate::view::{CheckInView, DayView};
use twin_models::health::alertness::energy::{EnergyInput, energy_curve, spreads};
use twin_models::health::energy_level::{self, Moment, energy_level};
use twin_models::health::readiness::drivers::{Answers, Morning};
use twin_models::health::readiness::{self, Question, Scale, SelfReport, readiness, wellness};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: readiness::ID, name: "readiness", unit: "1", run: ready },
    Asked { id: readiness::WELLNESS_ID, name: "fatigue", unit: "1", run: well },
    Asked { id: energy_level::ID, name: "energy_level", unit: "1", run: energy },
];

/// The scale that most questionnaires use: for who has not answered yet.
const USUAL_SCALE: Scale = Scale { low: 0.0, high: 10.0 };
/// Days of answers that are learnt from.
const DAYS: usize = 180;

/// An answer with the high end of its scale the better one.
pub(super) struct Told {
    pub(super) value: f64,
    pub(super) scale: Scale,
}

impl Told {
    /// As a share of the scale, 0..=1.
    pub(super) fn share(&self) -> f64 {
        (self.value - self.scale.low) / (self.scale.high - self.scale.low)
    }

    fn of(told: &CheckInView) -> Option<Self> {
        let scale = Scale { low: told.min, high: told.max };
        let inside = told.max > told.min && (told.min..=told.max).contains(&told.value);
        let turned = told.higher_is_better == Some(false);
        let value = if turned { told.max + told.min - told.value } else { told.value };
        inside.then_some(Self { value, scale })
    }
}

/// The last answer of a day on a scale.
pub(super) fn answer(day: &DayView, scale: &str) -> Option<Told> {
    day.check_ins.iter().rev().filter(|a| a.scale == scale).find_map(Told::of)
}

/// What was known on each of the last mornings, today last.
fn mornings(features: &Features<'_>) -> Vec<Morning> {
    let days = DAYS.min(features.span());
    let (load, _) = loads(features, days);
    let (hr, hrv) = (resting_hr(features, days), ln_rmssd(features, days));
    let (score, clock) = (metric(features, "sleep_score", days), clock_nights(features, days));
    let active = features.daily(days, |day| day.activity.as_ref()?.active_min);
    let drinks = features.daily(days, |day| day.alcohol_drinks.map(|n| n > 0.0));
    let nights = features.daily(days, |day| {
        let night = day.sleep.as_ref()?;
        Some((night.asleep_min, night.efficiency))
    });
    let answers = features.daily(days, |day| {
        let value = |scale: &str| answer(day, scale).map(|a| a.value);
        Some(Answers {
            readiness: value("readiness"),
            fatigue: value("fatigue"),
            mood: value("mood"),
            stress: value("stress"),
            soreness: value("soreness"),
            sleep_quality: value("sleep_quality"),
        })
    });
    let first = features.date().days() + 1 - i32::try_from(days).unwrap_or(0);
    let at = |row: &[Option<f64>], i: usize| row.get(i).copied().flatten();
    (0..days)
        .map(|i| {
            let night = nights.get(i).copied().flatten();
            let before = i.checked_sub(1);
            Morning {
                day: first + i32::try_from(i).unwrap_or(0),
                sleep_min: night.and_then(|n| n.0),
                sleep_efficiency: night.and_then(|n| n.1),
                bedtime_min: clock.get(i).copied().flatten().map(|n| 60.0 * n.onset_h),
                sleep_score: at(&score, i),
                restoration: None,
                resting_hr_bpm: at(&hr, i),
                lnrmssd: at(&hrv, i),
                active_min_yesterday: before.and_then(|b| at(&active, b)),
                load_yesterday: before.and_then(|b| at(&load, b)),
                alcohol_yesterday: before.and_then(|b| drinks.get(b).copied().flatten()),
                answers: answers.get(i).copied().flatten().unwrap_or_default(),
            }
        })
        .collect()
}

/// Readiness of the day in the person's usual spreads, where it rests on their own answers or enough of the body.
pub(super) fn readiness_z(features: &Features<'_>) -> Option<f64> {
    let scale = scale(features, "readiness").unwrap_or(USUAL_SCALE);
    readiness(&mornings(features), scale).score.value.map(spreads)
}

/// The newest scale that a question was answered on.
fn scale(features: &Features<'_>, question: &str) -> Option<Scale> {
    features.days().rev().find_map(|day| answer(day, question)).map(|told| told.scale)
}

fn with(said: Said, name: &str, report: SelfReport) -> Said {
    let said = said.and(name, report.rating).and(&format!("{name}_score"), report.score);
    said.and(&format!("{name}_low_day"), report.low_day)
}

fn ready(features: &Features<'_>) -> Result<Said> {
    let scale = scale(features, "readiness").unwrap_or(USUAL_SCALE);
    let report = readiness(&mornings(features), scale);
    let said = Said::default().and("readiness", report.score).and("readiness_rating", report.rating);
    Ok(said.and("low_day", report.low_day))
}

fn well(features: &Features<'_>) -> Result<Said> {
    let mornings = mornings(features);
    let questions = Question::ALL.into_iter().filter(|q| *q != Question::Readiness);
    Ok(questions.fold(Said::default(), |said, question| match scale(features, question.name()) {
        Some(scale) => with(said, question.name(), wellness(question, &mornings, scale)),
        None => said,
    }))
}

fn energy(features: &Features<'_>) -> Result<Said> {
    let Some(scale) = scale(features, "energy") else { return Ok(Said::default()) };
    let moment = |told: &CheckInView| {
        let answer = Told::of(told).map(|a| a.value);
        Moment { hour: features.clock_h(told.at), answer, ..Moment::default() }
    };
    let told = features.days().flat_map(|day| &day.check_ins).filter(|a| a.scale == "energy");
    let mut moments: Vec<Moment> = told.filter(|a| a.at < features.moment()).map(moment).collect();
    let (slept, hour) = (super::energy::slept(features), features.clock_h(features.moment()));
    let curve = energy_curve(&EnergyInput {
        now_h: hour,
        horizon_h: 1.0,
        slept: &slept,
        msf_sc_h: super::energy::msf_sc_h(features),
        seed: super::energy::seed(features),
        ..EnergyInput::default()
    });
    let woke = features.today().sleep.as_ref().map(|s| s.wake);
    moments.push(Moment {
        hour,
        curve: curve.now.value,
        hours_awake: woke.map(|woke| features.moment().secs_since(woke) / 3600.0).filter(|h| *h >= 0.0),
        ..Moment::default()
    });
    let said = energy_level(&moments, scale);
    let words = said.drifted.then(|| "answers have drifted from what was learnt: it is learning anew".into());
    Ok(Said { words: words.into_iter().collect(), ..Said::default() }.and("energy_level", said.level))
}
