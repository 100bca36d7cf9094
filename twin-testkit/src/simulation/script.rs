//! What the rows of a world mean.

use super::facts::{Told, fact};
use super::world::World;
use crate::spec::{DAY_US, Fact, Until};
use twin_core::Result;

/// One step of a world. Devices are counted from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A device is told facts in one go, at a time of its clock.
    Tell(usize, i64, Vec<Fact>),
    /// A device folds what is dirty.
    Refresh(usize),
    /// A device does so many steps of upkeep.
    Maintain(usize, u32),
    /// A device's log is closed and opened again.
    Reopen(usize),
    /// A device is asked for all days up to a cut-off.
    Read(usize, Until),
    /// The first device takes in the log of the second, at a time of its clock.
    Merge(usize, usize, i64),
}

/// Where worlds begin, days since 1970: before clocks change in Europe, America and the south, and quiet days.
const BEGINNINGS: [i64; 6] = [20_520, 20_541, 20_547, 20_749, 20_756, 20_600];
/// How far a device's clock is off, minutes.
const SKEWS: [i64; 7] = [0, 0, 90, 0, -4000, 1200, 1];
/// 2000-01-20: what a device shows whose clock was never set.
const NEVER_SET: i64 = 10_976 * DAY_US;

/// A device while a script is read.
struct Device {
    now: i64,
    first_day: i64,
    pending: Vec<Fact>,
}

/// The steps of a world, and how many devices there are.
///
/// # Errors
/// Does not fail on worlds of this crate.
pub fn script(world: &World) -> Result<(usize, Vec<Step>)> {
    let [count, beginning, skews, never_set] = world.head.map(usize::from);
    let count = 1 + count % 3;
    let first = BEGINNINGS.get(beginning % BEGINNINGS.len()).copied().unwrap_or(0);
    let mut devices: Vec<Device> = (0..count)
        .map(|n| {
            let off = SKEWS.get((skews / 5_usize.pow(n as u32)) % SKEWS.len()).copied().unwrap_or(0);
            // One world in eight has a last device whose clock stands in the year 2000.
            let real =
                if never_set % 8 == 0 && n > 0 && n + 1 == count { NEVER_SET } else { (first + 8) * DAY_US };
            let now = real + off * 60_000_000;
            Device { now, first_day: now.div_euclid(DAY_US) - 8, pending: Vec::new() }
        })
        .collect();
    let mut told = Told::default();
    let mut steps = Vec::new();
    let mut readings = Vec::new();
    for row in &world.rows {
        let [kind, who, day, slot, a, _, _, d] = *row;
        let n = usize::from(who) % count;
        let Some(device) = devices.get_mut(n) else { continue };
        // A few minutes pass; once in a while a clock is set forward or back by hours.
        device.now += 180_000_000 + if who >= 250 { (i64::from(a) - 128) * 600_000_000 } else { 0 };
        let moment = device.first_day * DAY_US + time_of(day, slot);
        if let Some(fact) = fact(*row, device.now, device.first_day, moment, &told)? {
            told.note(&fact, device.now)?;
            device.pending.push(fact);
            if d % 2 == 0 {
                steps.push(Step::Tell(n, device.now, std::mem::take(&mut device.pending)));
            }
            readings.push(device.now);
            continue;
        }
        if !device.pending.is_empty() {
            steps.push(Step::Tell(n, device.now, std::mem::take(&mut device.pending)));
        }
        let known_at =
            (!readings.is_empty()).then(|| readings.get(usize::from(a) % readings.len()).copied()).flatten();
        match kind % 8 {
            0 => steps.push(Step::Refresh(n)),
            1 => steps.push(Step::Maintain(n, 1 + u32::from(a % 4))),
            2 => steps.push(Step::Reopen(n)),
            3 => steps.push(Step::Read(n, Until::default())),
            4 => steps.push(Step::Read(n, Until { at: Some(moment), known_at: None })),
            5 => steps.push(Step::Read(n, Until { at: None, known_at })),
            6 => steps.push(Step::Read(n, Until { at: Some(moment), known_at })),
            _ => {
                let other = usize::from(a) % count;
                if other != n {
                    steps.push(Step::Merge(n, other, device.now));
                }
            }
        }
    }
    for (n, device) in devices.into_iter().enumerate() {
        if !device.pending.is_empty() {
            steps.push(Step::Tell(n, device.now, device.pending));
        }
    }
    Ok((count, steps))
}

/// A moment of the first eight days, mostly on a quarter of an hour, often just beside midnight.
fn time_of(day: u8, slot: u8) -> i64 {
    let within = match slot {
        240..=246 => 0,
        247..=251 => DAY_US - 1,
        252..=255 => 1,
        slot => (i64::from(slot) % 96) * 900_000_000,
    };
    i64::from(day % 8) * DAY_US + within
}
