//! Stress of the coming days.

use super::day::{WORK_H, WorkDays};
use super::load::{answered, load_on, proficiency};
use crate::error::Result;
use crate::predict::readiness::answer;
use crate::predict::recovery::{ln_rmssd, resting_hr};
use crate::predict::sleep::need_nights;
use crate::predict::{Asked, Features, Said};
use twin_core::event::EventBody;
use twin_models::capacity::stress::features::StressDay;
use twin_models::capacity::stress::{self, stress_risk};
use twin_models::health::sleep::debt::debt;
use twin_models::health::sleep::habits::need_and_debt;

pub(super) const ASKED: &[Asked] = &[Asked { id: stress::ID, name: "stress_risk", unit: "1", run: coming }];

/// Days that are learnt from.
const DAYS: usize = 180;
/// Share of a scale, or a stress level, from which a day counts as one of high stress. OWN.
const HIGH: f64 = 0.6;

fn coming(features: &Features<'_>) -> Result<Said> {
    let days = WorkDays::of(features)?;
    let n = DAYS.min(features.span());
    let able = proficiency(features)?;
    let told = answered(features, &days, &able);
    let (hrv, hr) = (ln_rmssd(features, n), resting_hr(features, n));
    let nights = need_nights(features);
    let slept: Vec<(Option<f64>, f64)> = nights.iter().map(|n| (n.tst_h, n.naps_h)).collect();
    let owed = need_and_debt(&nights).0.value.map(|need_h| debt(&slept, need_h)).unwrap_or_default();
    let views = features.daily(n, |day| {
        let share = |scale: &str| answer(day, scale).map(|a| a.share());
        // Turned to "higher is better": stress is what is left.
        let tense = share("stress").map(|calm| 1.0 - calm);
        let high = match (tense, day.stress) {
            (None, None) => None,
            (tense, seen) => Some(tense.unwrap_or(0.0).max(seen.unwrap_or(0.0)) >= HIGH),
        };
        let pss = share("pss").map(|calm| 1.0 - calm);
        Some((share("mood").map(|m| 1.0 + 4.0 * m), pss.or(tense), high, day.stress))
    });
    let mut tones: Vec<(f64, f64)> = vec![(0.0, 0.0); n];
    for fact in features.facts()? {
        let EventBody::MessageSent(m) = &fact.body else { continue };
        let affect = m.style.as_ref().and_then(|s| s.affect).filter(|_| m.from.is_none());
        let slot = usize::try_from(features.days_ago(fact.at)).ok().and_then(|ago| n.checked_sub(ago + 1));
        if let (Some(affect), Some(sum)) = (affect, slot.and_then(|i| tones.get_mut(i))) {
            (sum.0, sum.1) = (sum.0 + affect, sum.1 + 1.0);
        }
    }
    let at = |row: &[Option<f64>], i: usize| {
        (i + row.len()).checked_sub(n).and_then(|i| row.get(i)).copied().flatten()
    };
    let rows: Vec<StressDay> = (0..n)
        .map(|i| {
            let ago = i32::try_from(n - 1 - i).unwrap_or(0);
            let day = days.days.get(&ago);
            let (mood, perceived, high, seen) = views.get(i).copied().flatten().unwrap_or_default();
            let debt_h = (i + owed.len()).checked_sub(n).and_then(|i| owed.get(i)).copied();
            let tone = tones.get(i).filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n);
            let load = load_on(features, &days, &able, ago, &told).and_then(|l| l.load.value);
            let tracked = day.map(|d| d.tracked_h()).filter(|h| *h > 0.0);
            let changes: u32 =
                (ago..ago + 14).filter_map(|a| days.days.get(&a)).map(|d| d.team_changes).sum();
            StressDay {
                lnrmssd: at(&hrv, i),
                resting_hr: at(&hr, i),
                sleep_debt_h: debt_h,
                cognitive_load: load,
                after_hours_share: tracked.and_then(|h| Some(day?.after_hours_min() / 60.0 / h)),
                mood,
                text_affect: tone,
                perceived_stress: perceived,
                deadline_pressure: pressure(features, &days, ago),
                team_changes: (days.team > 0).then(|| f64::from(changes) / days.team as f64),
                detected_stress_h: seen,
                high_stress: high,
            }
        })
        .collect();
    if rows.iter().all(|row| *row == StressDay::default()) {
        return Ok(Said::default());
    }
    Ok(Said::default().and("stress_risk", stress_risk(&rows)))
}

/// Hours of work open at a day's end that is due within three days, that day the first, by the working hours there
/// are for it.
fn pressure(features: &Features<'_>, days: &WorkDays, ago: i32) -> Option<f64> {
    if days.tasks.is_empty() {
        return None;
    }
    let due = days.tasks.values().filter(|t| t.is_own() && t.is_open_on(features, ago)).filter(|t| {
        let soon = t.due.map(|due| ago - features.days_ago(due));
        soon.is_some_and(|in_days| (0..3).contains(&in_days))
    });
    let hours: f64 = due.map(|t| t.estimate_h().unwrap_or(1.0)).sum();
    let there = (0..3).filter(|d| days.works(features, ago - d)).count() as f64 * (WORK_H.1 - WORK_H.0);
    Some(hours / there.max(WORK_H.1 - WORK_H.0))
}
