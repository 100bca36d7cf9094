//! Simulated weeks of several forms; all invented.

use super::series::Series;
use crate::eval::recovery::Random;

/// Simulated people of each kind.
const PEOPLE: u64 = 30;
/// Hours around a level.
const SPREAD: f64 = 0.25;

/// The forms beside finished tasks, and what they are.
pub(super) const FORMS: [(&str, &str); 6] = [
    ("steady", "hours around a level that stays"),
    ("shifts", "a level that shifts about once in 30 weeks"),
    ("drift", "a level that wanders"),
    ("projects", "projects of about 10 weeks, about 6 quiet weeks between"),
    ("zeros", "nothing finished in 55 % of weeks"),
    ("holidays", "the same weeks off every year, which nobody tells of"),
];

/// Every simulated series.
pub(super) fn simulated() -> Vec<Series> {
    let mut all = Vec::new();
    for (kind, middle, spread) in [("small_tasks", 2.5, 1.1), ("large_tasks", 6.0, 1.3)] {
        let people: Vec<Vec<f64>> = (0..PEOPLE).map(|seed| tasks(seed, middle, spread)).collect();
        for six in people.chunks(6) {
            let weeks = six.iter().map(Vec::len).min().unwrap_or(0);
            let sum = |week: usize| six.iter().filter_map(|p| p.get(week)).sum();
            all.push(Series::new("company", (0..weeks).map(|week| Some(sum(week))).collect()));
        }
        all.extend(people.into_iter().map(|weeks| Series::new(kind, weeks.into_iter().map(Some).collect())));
    }
    for (kind, _) in FORMS {
        all.extend(
            (0..PEOPLE).map(|seed| Series::new(kind, form(kind, seed).into_iter().map(Some).collect())),
        );
    }
    all.extend((0..PEOPLE).map(leave));
    all
}

/// A person who works on one task after the other and is counted when one is finished: hours of a week around a
/// level that shifts about once in 45 weeks, weeks of leave now and then.
fn tasks(seed: u64, middle: f64, spread: f64) -> Vec<f64> {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9) ^ middle.to_bits());
    let usual = 12.0 + 20.0 * random.unit();
    let weeks = 60 + (140.0 * random.unit()) as usize;
    let (mut level, mut away, mut size, mut left) = (0.0, 0_u32, 0.0, 0.0);
    let mut finished = Vec::with_capacity(weeks);
    for _ in 0..weeks {
        if random.unit() < 1.0 / 45.0 {
            level = 0.35 * random.normal();
        }
        if away == 0 && random.unit() < 0.06 {
            away = 1 + (2.5 * random.unit()) as u32;
        }
        let mut hours =
            if away > 0 { 0.0 } else { usual * f64::exp(level) * (1.0 + SPREAD * random.normal()).max(0.1) };
        away = away.saturating_sub(1);
        let mut sum = 0.0;
        while hours > 0.0 {
            if left <= 0.0 {
                size = (middle * (spread * random.normal()).exp()).min(200.0);
                left = size;
            }
            let used = f64::min(hours, left);
            hours -= used;
            left -= used;
            if left <= 0.0 {
                sum += size;
            }
        }
        finished.push(sum);
    }
    finished
}

/// Hours of 40 to 200 weeks of one of [`FORMS`].
fn form(kind: &str, seed: u64) -> Vec<f64> {
    let letters = kind.bytes().fold(0_u64, |sum, byte| 31 * sum + u64::from(byte));
    let mut random = Random(seed.wrapping_mul(0x1234_5677) ^ letters);
    let weeks = 40 + (160.0 * random.unit()) as usize;
    let usual = 12.0 + 20.0 * random.unit();
    let phase = 52.0 * random.unit();
    let (mut level, mut slope, mut on) = (0.0_f64, 0.0, true);
    let week = |week: usize| {
        let mut spread = SPREAD;
        let share = match kind {
            "shifts" => {
                if random.unit() < 1.0 / 30.0 {
                    level = 0.5 * random.normal();
                }
                level.exp()
            }
            "drift" => {
                slope = 0.95 * slope + 0.01 * random.normal();
                level = 0.99 * (level + slope);
                level.exp()
            }
            "projects" => {
                if random.unit() < if on { 0.1 } else { 0.17 } {
                    on = !on;
                }
                if on { 1.0 } else { 0.15 }
            }
            "zeros" => {
                spread = 0.0;
                if random.unit() < 0.55 { 0.0 } else { (0.8 * random.normal()).exp() }
            }
            "holidays" => match (week as f64 + phase) % 52.0 {
                week if week < 2.0 => 0.1,
                week if (28.0..33.0).contains(&week) => 0.4,
                week if (14.0..15.0).contains(&week) => 0.6,
                _ => 1.0,
            },
            _ => 1.0,
        };
        (share * usual * (1.0 + spread * random.normal())).max(0.0)
    };
    (0..weeks).map(week).collect()
}

/// Steady weeks with leave of one to five days that the calendar knows.
fn leave(seed: u64) -> Series {
    let mut random = Random(seed ^ 0x001e_a7e0);
    let full = form("steady", seed + 1000);
    let open: Vec<f64> = full
        .iter()
        .map(|_| if random.unit() < 0.25 { 1.0 - 0.2 * (1.0 + 5.0 * random.unit()).floor() } else { 1.0 })
        .collect();
    let weeks = full.iter().zip(&open).map(|(hours, open)| Some(hours * open)).collect();
    Series { open: Some(open), ..Series::new("leave", weeks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simulated_hours_are_those_that_were_worked() {
        let weeks = tasks(1, 2.5, 1.1);
        let mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
        assert!(weeks.len() >= 60 && (6.0..45.0).contains(&mean), "{mean}");
        assert_eq!(tasks(1, 2.5, 1.1), weeks);
    }

    #[test]
    fn forms_are_what_they_say() {
        let share = |weeks: &[f64], of: fn(f64) -> bool| {
            weeks.iter().filter(|hours| of(**hours)).count() as f64 / weeks.len() as f64
        };
        assert!((0.4..0.7).contains(&share(&form("zeros", 3), |hours| hours == 0.0)));
        assert!(share(&form("steady", 3), |hours| hours < 3.0) < 0.05);
        assert_ne!(form("steady", 3), form("steady", 4));
        let away = leave(1);
        assert!(
            away.open.unwrap().iter().zip(&away.weeks).any(|(open, week)| *open < 0.1 && *week < Some(2.0))
        );
    }
}
