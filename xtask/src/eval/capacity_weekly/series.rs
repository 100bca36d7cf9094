//! Series of weeks: of a log of tasks, of simulated companies, and of recordings that stand in.

use crate::eval::recovery::Random;
use crate::eval::table::columns;
use std::collections::BTreeMap;
use std::path::Path;
use twin_core::LocalDate;

/// Simulated people of each kind of company.
const PEOPLE: u64 = 30;
/// Issues that stand in for a week's.
const ISSUES: usize = 5;

/// Hours (or what stands in) of each week, oldest first.
pub(super) struct Series {
    pub(super) kind: &'static str,
    pub(super) weeks: Vec<f64>,
}

/// What a kind of series is.
pub(super) fn about(kind: &str) -> &'static str {
    match kind {
        "person" => "person: finished hours of each person by week of completion, 0 where none was finished",
        "team" => "team: the sum over all people",
        "small_tasks" => "small_tasks: simulated people with tasks of about 2.5 h; invented",
        "large_tasks" => "large_tasks: simulated people with tasks of about 6 h; invented",
        "company" => "company: sums of six simulated people; invented",
        "training" => "training: hours trained a week by people of PMData; stands in, no work",
        _ => "points: story points of five issues at a time in the order of keys; stands in, no weeks",
    }
}

/// Weeks of a log of finished tasks.
pub(super) fn from_csv(path: &Path) -> Result<Vec<Series>, String> {
    let mut people: BTreeMap<String, BTreeMap<i32, f64>> = BTreeMap::new();
    let mut team = BTreeMap::new();
    for [person, hours, completed] in columns(path, ["person", "actual_h", "completed_at"])? {
        let day = completed.get(..10).and_then(|day| day.parse::<LocalDate>().ok());
        let hours = hours.parse::<f64>().ok().filter(|h| h.is_finite() && *h >= 0.0);
        if let Some((day, hours)) = day.zip(hours) {
            // day 0 was a Thursday; weeks begin on Monday
            let week = (day.days() + 3).div_euclid(7);
            *people.entry(person).or_default().entry(week).or_insert(0.0) += hours;
            *team.entry(week).or_insert(0.0) += hours;
        }
    }
    let all = people.values().map(|weeks| ("person", weeks)).chain([("team", &team)]);
    Ok(all.map(|(kind, weeks)| Series { kind, weeks: whole(weeks) }).collect())
}

/// Every week between the first and the last, neither of which may be whole.
fn whole(weeks: &BTreeMap<i32, f64>) -> Vec<f64> {
    match (weeks.keys().next(), weeks.keys().next_back()) {
        (Some(first), Some(last)) => {
            (first + 1..*last).map(|week| weeks.get(&week).copied().unwrap_or(0.0)).collect()
        }
        _ => Vec::new(),
    }
}

/// What there is without a log of hours.
pub(super) fn stand_ins(data: &Path) -> Result<Vec<Series>, String> {
    let mut all = Vec::new();
    for (kind, middle, spread) in [("small_tasks", 2.5, 1.1), ("large_tasks", 6.0, 1.3)] {
        let people: Vec<Vec<f64>> = (0..PEOPLE).map(|seed| simulated(seed, middle, spread)).collect();
        for six in people.chunks(6) {
            let weeks = six.iter().map(Vec::len).min().unwrap_or(0);
            let sum = |week: usize| six.iter().filter_map(|p| p.get(week)).sum();
            all.push(Series { kind: "company", weeks: (0..weeks).map(sum).collect() });
        }
        all.extend(people.into_iter().map(|weeks| Series { kind, weeks }));
    }
    all.extend(training(data)?);
    all.extend(points(data)?);
    Ok(all)
}

/// A person who works on one task after the other and is counted when one is finished: hours of a week around a
/// level that shifts about once in 45 weeks, weeks of leave now and then.
fn simulated(seed: u64, middle: f64, spread: f64) -> Vec<f64> {
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
            if away > 0 { 0.0 } else { usual * f64::exp(level) * (1.0 + 0.25 * random.normal()).max(0.1) };
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

/// Hours of training by week.
fn training(data: &Path) -> Result<Vec<Series>, String> {
    let mut all = Vec::new();
    for folder in sorted(&data.join("wearable_selfreport/pmdata"))? {
        let file = folder.join("pmsys/srpe.csv");
        if !file.is_file() {
            continue;
        }
        let mut weeks = BTreeMap::new();
        for [end, minutes] in columns(&file, ["end_date_time", "duration_min"])? {
            let day = end.get(..10).and_then(|day| day.parse::<LocalDate>().ok());
            if let Some((day, minutes)) = day.zip(minutes.parse::<f64>().ok()) {
                *weeks.entry((day.days() + 3).div_euclid(7)).or_insert(0.0) += minutes / 60.0;
            }
        }
        all.push(Series { kind: "training", weeks: whole(&weeks) });
    }
    Ok(all)
}

/// Story points of issues in the order of their keys.
fn points(data: &Path) -> Result<Vec<Series>, String> {
    let files = sorted(&data.join("work_tasks/storypoints_gpt2sp"))?;
    files
        .iter()
        .map(|file| {
            let rows = columns(file, ["issuekey", "storypoint"])?;
            let mut issues: Vec<(u64, f64)> = rows
                .iter()
                .filter_map(|[key, points]| {
                    Some((key.rsplit('-').next()?.parse().ok()?, points.parse().ok()?))
                })
                .collect();
            issues.sort_by_key(|issue| issue.0);
            let weeks = issues.chunks_exact(ISSUES).map(|few| few.iter().map(|issue| issue.1).sum());
            Ok(Series { kind: "points", weeks: weeks.collect() })
        })
        .collect()
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_without_anything_are_there_and_the_ends_are_not() {
        let weeks = BTreeMap::from([(3, 1.0), (5, 4.0), (8, 2.0)]);
        assert_eq!(whole(&weeks), [0.0, 4.0, 0.0, 0.0]);
        assert!(whole(&BTreeMap::new()).is_empty());
    }

    #[test]
    fn simulated_hours_are_those_that_were_worked() {
        let weeks = simulated(1, 2.5, 1.1);
        let mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
        assert!(weeks.len() >= 60 && (6.0..45.0).contains(&mean), "{mean}");
        assert_eq!(simulated(1, 2.5, 1.1), weeks);
    }
}
