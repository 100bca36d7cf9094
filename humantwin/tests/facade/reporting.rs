//! The report says what the models say.

use super::help::{World, t};
use humantwin::core::LocalDate;
use humantwin::report::{ReportData, TrainingState};
use humantwin::{ReportOptions, Timestamp};

/// Ten weeks of nights from eleven to half past six, a run every other day, up to the morning of 10 March.
fn world() -> World {
    let world = World::new();
    let last: LocalDate = "2026-03-10".parse().unwrap();
    for i in 0..70 {
        let date = last.plus_days(-i);
        let eve = date.plus_days(-1);
        let asleep_min = 390 + 7 * (i % 4);
        let night = format!(
            r#"{{"specversion":"1.0","id":"n{i}","source":"ring","type":"health.sleep_recorded","time":"{date}T06:30:00Z",
            "data":{{"start":"{eve}T23:00:00Z","end":"{date}T06:30:00Z","asleep_min":{asleep_min}}}}}"#
        );
        world.me.record_json(&night).unwrap();
        if i % 2 == 1 {
            let effort = 3 + i % 4;
            let run = format!(
                r#"{{"specversion":"1.0","id":"r{i}","source":"watch","type":"health.workout_recorded",
                "time":"{date}T18:00:00Z","data":{{"start":"{date}T17:00:00Z","end":"{date}T18:00:00Z",
                "sport":"running","perceived_exertion":{effort}}}}}"#
            );
            world.me.record_json(&run).unwrap();
        }
    }
    world
}

fn report(world: &World, until: Option<&str>) -> ReportData {
    let until = until.map(|date| date.parse().unwrap());
    world.me.report_data(&ReportOptions { days: 30, until, title: None }).unwrap()
}

fn asked_at(data: &ReportData) -> Timestamp {
    data.outlook.as_ref().unwrap().at
}

#[test]
fn the_models_answer_as_they_do_when_asked_alone() {
    let world = world();
    let data = report(&world, None);
    assert_eq!(asked_at(&data), t("2026-03-10T12:00:00Z"), "today: now");
    let said = data.outlook.as_ref().unwrap().said.clone();
    for model in ["energy_curve", "sleep_debt", "training_form", "circadian_phase", "vo2max"] {
        let here = said.iter().find(|s| s.model == model).unwrap();
        assert_eq!(here, &world.me.predict(model, None, None).unwrap(), "{model}");
    }
    assert!(said.iter().find(|s| s.model == "energy_curve").unwrap().curves[0].points.len() > 50);
    assert!(data.what_if.as_ref().is_none_or(|w| w.quantities.iter().all(|q| q.days.len() == 14)));
    assert!(data.what_if.is_some(), "every report compares");
    let page = humantwin::report::render(&data);
    assert!(page.contains("Energy of the coming day") && page.contains("<h3>Training form</h3>"));
}

#[test]
fn a_past_day_is_asked_about_its_own_morning() {
    let world = world();
    let data = report(&world, Some("2026-03-04"));
    assert_eq!(asked_at(&data), t("2026-03-04T07:30:00Z"), "an hour after waking");
    let past = world.me.predict("sleep_debt", Some(t("2026-03-04T07:30:00Z")), None).unwrap();
    assert!(data.outlook.unwrap().said.contains(&past));
    let empty = World::new();
    let data = report(&empty, Some("2026-03-04"));
    assert_eq!(asked_at(&data), t("2026-03-04T09:00:00Z"), "nothing of waking is known: nine o'clock");
    assert!(humantwin::report::render(&data).contains("There is not enough yet"));
    assert_eq!(asked_at(&report(&empty, Some("2026-04-01"))), t("2026-03-10T12:00:00Z"), "no later than now");
}

#[test]
fn the_lines_end_at_what_the_models_say() {
    let world = world();
    let data = report(&world, None);
    let said = &data.outlook.as_ref().unwrap().said;
    let value = |model: &str, name: &str| {
        let said = said.iter().find(|s| s.model == model).unwrap();
        said.estimates.iter().find(|e| e.name == name).unwrap().estimate.value
    };
    let newest = data.days.last().unwrap();
    let near = |a: Option<f64>, b: Option<f64>| (a.unwrap() - b.unwrap()).abs() < 1e-9;
    let TrainingState { fitness, fatigue, form } = newest.training.unwrap();
    assert!(near(fitness, value("training_form", "fitness")), "{fitness:?}");
    assert!(near(fatigue, value("training_form", "fatigue")) && near(form, value("training_form", "form")));
    assert!(near(newest.sleep_debt_h, value("sleep_debt", "sleep_debt")));
    assert!(newest.sleep_debt_h.unwrap() > 0.5);
    assert_eq!(data.days.iter().filter(|d| d.training.is_some()).count(), 30);
    let rests = data.days.iter().filter(|d| d.load.as_ref().is_some_and(|l| l.value == 0.0)).count();
    assert_eq!(rests, 15, "nights were worn and nothing was run");
    // The record starts on 31 December: 14 days of load, 4 nights come before a line.
    let early = report(&world, Some("2026-01-20"));
    let known =
        |of: fn(&humantwin::report::Day) -> bool| early.days.iter().find(|d| of(d)).unwrap().date.to_string();
    assert_eq!(known(|d| d.training.is_some()), "2026-01-13");
    assert_eq!(known(|d| d.sleep_debt_h.is_some()), "2026-01-03");
}
