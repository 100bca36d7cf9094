//! A comparison that every report makes: the person's usual days against an hour more in bed.

use crate::predict::{Features, what_if};
use crate::report::{Percentiles, WhatIf, WhatIfDay, WhatIfQuantity};
use twin_models::health::alertness::Habit;
use twin_models::simulate::{Band, Change, ClockTime, Options, Plan, QuantityPath, simulate};

/// Days ahead.
const DAYS: u32 = 14;
/// What an hour more in bed moves: name, title, unit for people.
const SHOWN: [(&str, &str, &str); 3] = [
    ("sleep_debt", "Sleep debt", "h"),
    ("energy", "Energy of the waking day", "of 100"),
    ("recovery", "Recovery", "of 100"),
];

/// The comparison; `None` where the usual night is not known, or nothing can be simulated.
pub(super) fn earlier_to_bed(features: &Features<'_>) -> Option<WhatIf> {
    let habit = Habit::of(&what_if::nights(features))?;
    let (bed, wake) = (clock(habit.onset_h - 1.0)?, clock(habit.wake_h)?);
    let change = Change::SleepAt { days: (1..=DAYS).collect(), bed, wake };
    let said = simulate(&what_if::state(features), &Plan::default(), &[change], &Options::days(DAYS));
    let quantity = |(name, title, unit): (&str, &str, &str)| {
        let path = said.quantities.iter().find(|q| q.name == name)?;
        Some(WhatIfQuantity { title: title.into(), unit: unit.into(), days: days(features, path) })
    };
    let quantities: Vec<WhatIfQuantity> = SHOWN.into_iter().filter_map(quantity).collect();
    let mut words = said.reasons;
    words.push(format!("asleep from {bed} to {wake} every night, everything else as usual for you"));
    words.extend(said.gaps);
    let title = "In bed an hour earlier for two weeks".to_owned();
    (!quantities.is_empty()).then_some(WhatIf { title, words, quantities })
}

fn days(features: &Features<'_>, path: &QuantityPath) -> Vec<WhatIfDay> {
    let percentiles = |b: &Band| Percentiles { p10: b.p10, p50: b.p50, p90: b.p90 };
    (1..)
        .zip(path.baseline.iter().zip(&path.changed))
        .map(|(ahead, (plan, changed))| WhatIfDay {
            date: features.date().plus_days(ahead),
            plan: Some(percentiles(plan)),
            changed: Some(percentiles(changed)),
        })
        .collect()
}

/// The time of the clock nearest to an hour, to five minutes.
fn clock(hour: f64) -> Option<ClockTime> {
    let minutes = (hour.rem_euclid(24.0) * 12.0).round() as u32 % 288 * 5;
    ClockTime::new(minutes / 60, minutes % 60)
}
