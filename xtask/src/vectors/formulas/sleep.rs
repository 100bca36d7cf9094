//! Sleep.

use super::super::compare::expand;
use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::health::sleep::{actigraphy, debt, regularity, timing};

const fn sleep(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("sleep", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    Formula { skip: (4, 4), ..sleep("cole_kripke_sleep_rle", |c| states(&cole_kripke(c)?)) },
    sleep("sadeh_sleep_rle", |c| states(&actigraphy::sadeh(&numbers(c, "counts")?))),
    sleep("sadeh_sleep_rle_peer_next_epoch_log", |c| {
        let asleep = actigraphy::sadeh_next_minute(&numbers(c, "counts")?);
        Some(asleep.into_iter().map(|s| json!(u8::from(s))).collect())
    }),
    sleep("sri", |c| sri(&slept(c.get("input")?.get("sleep_rle")?)?)),
    sleep("sri_vendor", |c| sri(&slept(c.get("expected")?.get("vendor_sleep_rle")?.get("value")?)?)),
    sleep("sri_cole_kripke", |c| {
        // the vector takes the epochs at both ends, which are not scored, as wake
        let asleep: Vec<_> = cole_kripke(c)?.into_iter().map(|s| Some(s == Some(true))).collect();
        sri(&asleep)
    }),
    sleep("circular_midpoint_min", |c| {
        Some(json!(regularity::circular_midpoint(&slept(c.get("input")?.get("sleep_rle")?)?, 1440)))
    }),
    sleep("tst_h", |c| Some(json!(episodes(c)?.iter().map(|(_, tst)| *tst).collect::<Vec<_>>()))),
    sleep("msw_h", |c| clock(c, |t| t.msw_h)),
    sleep("msf_h", |c| clock(c, |t| t.msf_h)),
    sleep("msf_sc_h", |c| clock(c, |t| t.msf_sc_h)),
    sleep("social_jetlag_h", |c| clock(c, |t| t.social_jetlag_h)),
    sleep("sleep_debt_ewma_h", |c| {
        let days: Vec<_> = episodes(c)?.iter().map(|(_, tst)| (Some(*tst), 0.0)).collect();
        Some(json!(debt::debt(&days, number(c, "sleep_need_h")?).last()))
    }),
];

fn cole_kripke(case: &Value) -> Option<Vec<Option<bool>>> {
    Some(actigraphy::cole_kripke(&numbers(case, "counts")?, 1.0))
}

fn states(asleep: &[Option<bool>]) -> Option<Value> {
    Some(asleep.iter().map(|s| json!(s.map(u8::from))).collect())
}

fn slept(runs: &Value) -> Option<Vec<Option<bool>>> {
    Some(expand(runs)?.as_array()?.iter().map(|s| s.as_f64().map(|s| s > 0.5)).collect())
}

fn sri(asleep: &[Option<bool>]) -> Option<Value> {
    Some(json!(regularity::sri(asleep, 1440).map(|(index, _)| index)))
}

/// Nights on the clock with their time asleep; the last two of seven are free.
fn episodes(case: &Value) -> Option<Vec<(timing::ClockNight, f64)>> {
    let rows = case.get("input")?.get("episodes")?.as_array()?;
    rows.iter()
        .enumerate()
        .map(|(i, row)| {
            let [onset_h, wake_h, efficiency] = plain(row)?.try_into().ok()?;
            Some((timing::ClockNight { onset_h, wake_h, free: i >= 5 }, (wake_h - onset_h) * efficiency))
        })
        .collect()
}

fn clock(case: &Value, what: fn(&timing::SleepTiming) -> f64) -> Option<Value> {
    let nights: Vec<_> = episodes(case)?.into_iter().map(|(night, _)| night).collect();
    Some(json!(timing::timing(&nights).as_ref().map(what)))
}
