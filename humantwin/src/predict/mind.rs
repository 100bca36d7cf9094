//! Mood over weeks, and the risk of burnout. For the person alone.

use super::readiness::answer;
use super::recovery::ln_rmssd;
use super::sleep::need_nights;
use super::{Asked, Features, Said};
use crate::error::Result;
use crate::view::DayView;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_models::emotion::trend::{self, Answer, Item, mood_trend};
use twin_models::health::baseline::lnrmssd;
use twin_models::health::burnout::band::Band;
use twin_models::health::burnout::drivers::Day;
use twin_models::health::burnout::{self, burnout_risk};
use twin_models::health::sleep::debt::debt;
use twin_models::health::sleep::habits::need_and_debt;

pub(super) const ASKED: &[Asked] = &[
    Asked { id: trend::ID, name: "mood", unit: "1", run: mood },
    Asked { id: burnout::ID, name: "burnout_risk", unit: "1", run: risk },
];

/// Days of the risk's baseline.
const DAYS: usize = 120;
/// Chronic debt is not told before so many nights.
const MIN_NIGHTS: usize = 14;

fn mood(features: &Features<'_>) -> Result<Said> {
    let day_of =
        |t: twin_core::Timestamp| (t.micros() + i64::from(features.offset_s()) * 1_000_000) as f64 / 86_400e6;
    let told = features.days().flat_map(|day| &day.check_ins).filter(|a| a.scale == "mood" && a.max > a.min);
    let told: Vec<_> = told.filter(|a| a.at <= features.moment()).collect();
    let Some(newest) = told.last() else { return Ok(Said::default()) };
    let same = told.iter().filter(|a| (a.min, a.max) == (newest.min, newest.max));
    let answers: Vec<Answer> = same.map(|a| Answer { day: day_of(a.at), value: a.value }).collect();
    let item = Item { name: "mood", low: newest.min, high: newest.max };
    let said = mood_trend(&answers, day_of(features.moment()), &item);
    let mut words = Vec::new();
    if said.changed {
        words.push("the mean of this week differs from the week before by more than chance".into());
    }
    if let Some(variability) = said.variability {
        words.push(format!("from one answer to the next it moves by {variability:.2}"));
    }
    if let Some(inertia) = said.inertia {
        words.push(format!("{inertia:.2} of a mood carries over to the next answer"));
    }
    Ok(Said { words, ..Said::default() }.and("mood", said.level).and("weekly_change", said.weekly_change))
}

fn risk(features: &Features<'_>) -> Result<Said> {
    let days = DAYS.min(features.span());
    let nights = need_nights(features);
    let need_h = need_and_debt(&nights).0.value;
    let slept: Vec<(Option<f64>, f64)> = nights.iter().map(|n| (n.tst_h, n.naps_h)).collect();
    let known = nights.iter().filter(|n| n.tst_h.is_some()).count();
    let owed = need_h.filter(|_| known >= MIN_NIGHTS).map(|need_h| debt(&slept, need_h)).unwrap_or_default();
    // Debt is told for fewer days than the rest; both end today.
    let debt_on = |i: usize| (i + owed.len()).checked_sub(days).and_then(|i| owed.get(i)).copied();
    let rmssd: Vec<Option<f64>> = ln_rmssd(features, days).iter().map(|v| v.map(f64::exp)).collect();
    let weekly = lnrmssd::trend(&rmssd);
    let ready = features.daily(days, |day| answer(day, "readiness").map(|a| 10.0 * a.share()));
    let told = features.daily(days, |day| Some(of_day(day)));
    let rows: Vec<Day> = (0..days)
        .map(|i| {
            let mut day = told.get(i).copied().flatten().unwrap_or_default();
            day.sleep_debt_h = debt_on(i).map(|d| d.max(0.0));
            day.lnrmssd_7d = weekly.get(i).and_then(|w| w.ln7);
            let weekday = (features.date().days() - (days - 1 - i) as i32 + 3).rem_euclid(7);
            let at = |back: usize| i.checked_sub(back).and_then(|i| ready.get(i)).copied().flatten();
            if weekday == 0 {
                day.recovery_failure = at(3).zip(at(0)).map(|(friday, monday)| friday - monday);
            }
            day
        })
        .collect();
    let said = burnout_risk(&rows);
    let mut words: Vec<String> = said
        .band
        .map(|band| match band {
            Band::Low => "low",
            Band::Elevated => "elevated",
            Band::High => "high",
        })
        .map(|band| format!("the risk is {band}; this is no diagnosis"))
        .into_iter()
        .collect();
    words.extend(
        said.levers.iter().map(|l| format!("{}: the risk would be {:.0} %", l.what, 100.0 * l.probability)),
    );
    let mut out = Said { words, ..Said::default() }.and("burnout_risk", said.probability);
    if let Some(trend) = said.trend {
        let mut estimate =
            Estimate::absent(burnout::ID, burnout::VERSION, "1", EstimateStatus::Provisional, Vec::new());
        (estimate.value, estimate.confidence) = (Some(trend), 0.2);
        out = out.and("trend", estimate);
    }
    Ok(out.and("log_odds", said.log_odds))
}

/// What one day says, but for what takes several days.
fn of_day(day: &DayView) -> Day {
    let share = |scale: &str| answer(day, scale).map(|a| a.share());
    // These scales are higher where it is worse; an answer is turned round where the source says otherwise.
    let bad = |scale: &str| {
        let told = day.check_ins.iter().rev().find(|a| a.scale == scale && a.max > a.min)?;
        let part = (told.value - told.min) / (told.max - told.min);
        Some(100.0 * if told.higher_is_better == Some(true) { 1.0 - part } else { part })
    };
    Day {
        exhaustion: bad("exhaustion"),
        cbi: bad("cbi_personal").or_else(|| bad("cbi_work")),
        effort_reward: day.check_ins.iter().rev().find(|a| a.scale == "effort_reward").map(|a| a.value),
        detachment_deficit: day.calendar.as_ref().and_then(|c| c.outside_share),
        workload: day.calendar.as_ref().map(|c| c.meeting_h),
        mood: share("mood"),
        ..Day::default()
    }
}
