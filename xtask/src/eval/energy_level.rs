//! Momentary energy, with the fatigue item of the check-in standing in: no recordings of momentary energy are at
//! hand. Each answer is predicted from its time of day, the readiness forecast of that morning and earlier answers.

use super::report::{Figure, Report};
use super::{baselines, pmdata, score};
use crate::fit::readiness::{series, without};
use std::path::Path;
use twin_models::health::energy_level::{Moment, energy_level};
use twin_models::health::readiness::{ANSWERS_MIN, Learner, Question};

#[derive(Clone)]
struct Row {
    was: f64,
    said: f64,
    inside: bool,
    simple: [f64; baselines::NAMES.len()],
}

pub(super) fn run(data: &Path) -> Result<Report, String> {
    let people = pmdata::people(data)?;
    let rows: Vec<Vec<Row>> = people.iter().map(person).filter(|rows| !rows.is_empty()).collect();
    if rows.is_empty() {
        return Err("nobody gave more than 14 answers".into());
    }
    let mut report = Report {
        task: "energy_level".into(),
        n: rows.iter().map(Vec::len).sum(),
        people: people.len(),
        ..Report::default()
    };
    let figure = |name: String, score: &dyn Fn(&[Row]) -> f64| Figure {
        name,
        value: score(&rows.concat()),
        interval: score::over_people(&rows, score),
    };
    let said = |r: &[Row]| r.iter().map(|r| (r.said, r.was)).collect::<Vec<_>>();
    report.metrics.push(figure("rmse".into(), &|r| score::rmse(&said(r))));
    report.metrics.push(figure("mae_of_mean".into(), &|r| score::mae(&said(r))));
    let inside = |r: &[Row]| r.iter().filter(|r| r.inside).count() as f64 / r.len() as f64;
    report.metrics.push(figure("coverage_80".into(), &inside));
    for (i, name) in baselines::NAMES.iter().enumerate() {
        let simple = |r: &[Row]| {
            r.iter().map(|r| (r.simple.get(i).copied().unwrap_or(f64::NAN), r.was)).collect::<Vec<_>>()
        };
        report.baselines.push(figure(format!("{name}_rmse"), &|r| score::rmse(&simple(r))));
        report.baselines.push(figure(format!("{name}_mae"), &|r| score::mae(&simple(r))));
    }
    report
        .notes
        .push("the fatigue item stands in for momentary energy; one answer a day, mostly mornings".into());
    Ok(report)
}

fn person(person: &pmdata::Person) -> Vec<Row> {
    let prior = without(&person.hash, "readiness").unwrap_or(*Question::Readiness.prior());
    let mut readiness = Learner::new(&prior, pmdata::READINESS);
    let asked = person.mornings.iter().zip(&person.hours).filter(|(m, _)| m.answers.readiness.is_some());
    let mut moments: Vec<Moment> = Vec::new();
    let mut past: Vec<(i32, f64)> = Vec::new();
    let mut rows = Vec::new();
    for ((morning, hour), (z, rated)) in asked.zip(series(person, Question::Readiness, false).rows) {
        let forecast = readiness.forecast(&z);
        let score = 50.0 + 50.0 * ((forecast.mean - forecast.usual) / forecast.spread / 1.5).tanh();
        readiness.observe(&z, rated);
        let now = Moment { hour: hour.unwrap_or(12.0), readiness: Some(score), ..Moment::default() };
        let Some(was) = morning.answers.fatigue else { continue };
        moments.push(now);
        let level = energy_level(&moments, pmdata::ITEM).level;
        if let (Some(said), Some(low), Some(high)) = (level.value, level.low, level.high)
            && past.len() as f64 >= ANSWERS_MIN
        {
            let simple = baselines::predict(&past, morning.day);
            rows.push(Row { was, said, inside: (low..=high).contains(&was), simple });
        }
        if let Some(last) = moments.last_mut() {
            last.answer = Some(was);
        }
        past.push((morning.day, was));
    }
    rows
}
