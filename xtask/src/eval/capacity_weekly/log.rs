//! Weeks of a log of finished tasks.

use super::series::{Series, week_of, whole};
use crate::eval::table::columns;
use std::collections::BTreeMap;
use std::path::Path;
use twin_core::LocalDate;

/// Most hours of a task that are believed, as in the evaluation of durations.
const MAX_H: f64 = 2000.0;

/// The hours of each person by week of completion, the sum of all people, and what was left out.
pub(super) fn from_csv(path: &Path) -> Result<(Vec<Series>, Vec<String>), String> {
    let mut people: BTreeMap<String, BTreeMap<i32, f64>> = BTreeMap::new();
    let mut team = BTreeMap::new();
    let [mut nobody, mut no_hours, mut no_day] = [0_usize; 3];
    let rows = columns(path, ["person", "actual_h", "completed_at"])?;
    for [person, hours, completed] in &rows {
        match (person_of(person), hours_of(hours), day_of(completed)) {
            (Some(person), Some(hours), Some(day)) => {
                let week = week_of(day.days());
                *people.entry(person).or_default().entry(week).or_insert(0.0) += hours;
                *team.entry(week).or_insert(0.0) += hours;
            }
            (None, ..) => nobody += 1,
            (_, None, _) => no_hours += 1,
            (.., None) => no_day += 1,
        }
    }
    let mut notes = vec![format!("{} rows", rows.len())];
    for (n, why) in [
        (nobody, "without a person"),
        (no_hours, "without hours between 0 and 2000"),
        (no_day, "without a day of completion"),
    ] {
        if n > 0 {
            notes.push(format!("{n} rows left out: {why}"));
        }
    }
    let all = people.values().map(|weeks| ("person", weeks)).chain([("team", &team)]);
    Ok((all.map(|(kind, weeks)| Series::new(kind, whole(weeks))).collect(), notes))
}

fn told(text: &str) -> Option<&str> {
    let none = ["", "na", "n/a", "nan", "null", "none"];
    (!none.iter().any(|word| text.trim().eq_ignore_ascii_case(word))).then(|| text.trim())
}

fn person_of(text: &str) -> Option<String> {
    told(text).map(str::to_owned)
}

fn hours_of(text: &str) -> Option<f64> {
    told(text)?.parse().ok().filter(|hours| (0.0..=MAX_H).contains(hours))
}

/// A date, with or without a time after it.
fn day_of(text: &str) -> Option<LocalDate> {
    told(text)?.get(..10)?.replace('/', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_of_people_and_of_all_with_what_was_left_out() {
        let file = std::env::temp_dir().join(format!("humantwin-weeks-{}.csv", std::process::id()));
        let mut text = "task_id,person,type,subtype,project,requester,priority,estimate_h,actual_h,\
                        estimated_at,completed_at\n"
            .to_owned();
        for row in [
            "1,a,x,,p,,1,2,9,2024-01-01,2024-01-02",
            "2,a,x,,p,,1,2,3,2024-01-01,2024-01-08",
            "3,a,x,NA,p,,1,NA,1.5,,2024-01-14T23:00:00+02:00",
            "4,b,x,,p,,1,2,4,2024-01-01,2024/01/10 08:00",
            "5,a,x,,p,,1,2,8,2024-01-01,2024-01-30",
            "6,NA,x,,p,,1,2,8,2024-01-01,2024-01-30",
            "7,a,x,,p,,1,2,NA,2024-01-01,2024-01-30",
            "8,a,x,,p,,1,2,1e9,2024-01-01,2024-01-30",
            "9,a,x,,p,,1,2,1,2024-01-01,soon",
            "10,a,x",
        ] {
            text.push_str(row);
            text.push('\n');
        }
        std::fs::write(&file, text).unwrap();
        let found = from_csv(&file);
        std::fs::remove_file(&file).unwrap();
        let (series, notes) = found.unwrap();
        assert_eq!((series[0].kind, &series[0].weeks), ("person", &vec![Some(4.5), Some(0.0), Some(0.0)]));
        let team = series.last().unwrap();
        assert_eq!((team.kind, team.weeks[0]), ("team", Some(8.5)));
        let left_out =
            ["1 rows left out: without a person", "3 rows left out: without hours between 0 and 2000"];
        assert_eq!(notes[..3], ["10 rows", left_out[0], left_out[1]]);
        assert_eq!(notes[3], "1 rows left out: without a day of completion");
    }
}
