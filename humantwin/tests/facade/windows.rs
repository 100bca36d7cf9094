//! Windows over the log: figures by hand, late data, consent, the past.

use super::help::{World, fact, pulse, t};
use humantwin::core::event::{
    Busy, CalendarEntry, EventBody, MeetingAttended, MeetingPlanned, ProfileStated, SleepRecorded,
    SleepStage, SleepStageSpan, WorkoutRecorded,
};
use humantwin::core::{Code, ZoneId};
use humantwin::view::WindowsView;
use humantwin::{Purpose, WindowShape, WindowsQuery};

const MIN: i64 = 60_000_000;

fn world() -> World {
    let world = World::new();
    let profile = ProfileStated {
        born: None,
        sex: None,
        height_m: None,
        heart_rate_max: Some(200.0),
        zone: Some(ZoneId::new("Europe/Paris").unwrap()),
        work_days: vec![],
    };
    world.me.record(vec![fact("person", "2020-01-01T00:00:00Z", profile)]).unwrap();
    world
}

fn steps(world: &World, rows: &[(&str, i64, f64)]) {
    let starts = rows.iter().map(|r| t(r.0).micros()).collect();
    let lengths = rows.iter().map(|r| r.1 * MIN).collect();
    let values = rows.iter().map(|r| r.2).collect();
    world.me.record_series("phone", "steps", "{step}", starts, lengths, values).unwrap();
}

fn values(view: &WindowsView) -> Vec<(String, Option<f64>)> {
    view.windows.iter().map(|w| (w.start.to_string(), w.value)).collect()
}

fn row(start: &str, value: f64) -> (String, Option<f64>) {
    (start.to_owned(), Some(value))
}

#[test]
fn heart_rate_per_five_minutes_says_how_it_was_revised() {
    let world = world();
    // 60 held two minutes, 90 held ten: its hold ends it at 08:12.
    let starts = vec![t("2026-03-09T08:00:00Z").micros(), t("2026-03-09T08:02:00Z").micros()];
    world.me.record_series("watch", "heart_rate", "/min", starts, vec![], vec![60.0, 90.0]).unwrap();
    let view = world.me.windows(&WindowsQuery::ready("heart_rate_5min")).unwrap();
    assert_eq!((view.unit.as_str(), view.statistic.as_str()), ("/min", "mean"));
    assert_eq!(
        values(&view),
        [
            row("2026-03-09T08:00:00Z", 78.0),
            row("2026-03-09T08:05:00Z", 90.0),
            row("2026-03-09T08:10:00Z", 90.0)
        ]
    );
    let first = &view.windows[0];
    assert_eq!((first.count, first.coverage, first.revision, first.complete), (2, Some(1.0), 0, true));
    assert_eq!(first.sources, ["watch"]);
    assert_eq!(view.windows[2].coverage, Some(0.4));

    world.clock.set("2026-03-10T13:00:00Z");
    pulse(&world.me, "watch", "2026-03-09T08:01:00Z", &[120.0]);
    let later = world.me.windows(&WindowsQuery::ready("heart_rate_5min")).unwrap();
    assert_eq!((later.windows[0].value, later.windows[0].revision), (Some(90.0), 1));
    assert_eq!(later.windows[2].revision, 0, "the late sample says nothing of it");
    let then =
        WindowsQuery { known_at: Some(t("2026-03-10T12:30:00Z")), ..WindowsQuery::ready("heart_rate_5min") };
    assert_eq!(world.me.windows(&then).unwrap().windows, view.windows, "as it was known");
}

#[test]
fn amounts_are_shared_over_hours_days_and_months() {
    let world = world();
    // 100 steps over an hour and a half around local midnight, and a short walk at noon.
    steps(&world, &[("2026-02-28T22:30:00Z", 90, 100.0), ("2026-03-01T11:00:00Z", 10, 500.0)]);
    let hourly = world.me.windows(&WindowsQuery::ready("steps_hourly")).unwrap();
    let expected = [
        row("2026-02-28T22:00:00Z", 33.333_333),
        row("2026-02-28T23:00:00Z", 66.666_667),
        row("2026-03-01T11:00:00Z", 500.0),
    ];
    assert_eq!(values(&hourly), expected);
    let daily = world.me.windows(&WindowsQuery::metric("steps", WindowShape::Day)).unwrap();
    let expected = [row("2026-02-27T23:00:00Z", 33.333_333), row("2026-02-28T23:00:00Z", 566.666_667)];
    assert_eq!(values(&daily), expected);
    assert_eq!(daily.windows[1].change, Some(566.666_667 - 33.333_333));
    let goal = WindowsQuery { goal: Some(1000.0), ..WindowsQuery::ready("monthly_goal") };
    let months = world.me.windows(&goal).unwrap();
    let share: Vec<_> = months
        .windows
        .iter()
        .map(|w| (w.goal_share.unwrap() * 1e9, w.complete))
        .map(|(s, c)| (s.round(), c))
        .collect();
    assert_eq!(share, [(33_333_333.0, true), (566_666_667.0, false)]);
    let sliding = WindowShape::Sliding { size_us: 120 * MIN, every_us: 60 * MIN };
    let slid = world.me.windows(&WindowsQuery::metric("steps", sliding)).unwrap();
    assert_eq!(slid.windows.iter().map(|w| w.value.unwrap()).fold(0.0_f64, f64::max), 500.0);
    assert_eq!(slid.windows[1].value, Some(100.0));
}

fn night(date: &str, asleep_h: i64) -> humantwin::core::event::Content {
    let wake = t(&format!("{date}T06:00:00Z"));
    let (bed, onset) = (wake.plus_secs(-8 * 3600), wake.plus_secs(-asleep_h * 3600));
    let stages = vec![SleepStageSpan { start: onset, end: wake, stage: SleepStage::Light }];
    let sleep = SleepRecorded {
        start: onset,
        end: wake,
        in_bed_start: Some(bed),
        in_bed_end: Some(wake),
        stages,
        asleep_min: None,
        awake_min: None,
        nap: None,
        vendor_score: None,
    };
    fact("ring", &format!("{date}T06:00:00Z"), sleep)
}

#[test]
fn nights_have_a_trend_once_half_of_them_are_known() {
    let world = world();
    let nights = [("2026-03-03", 8), ("2026-03-04", 4), ("2026-03-06", 6), ("2026-03-09", 8)];
    world.me.record(nights.iter().map(|(date, h)| night(date, *h)).collect()).unwrap();
    let view = world.me.windows(&WindowsQuery::ready("sleep_quality_trend")).unwrap();
    let efficiency: Vec<f64> = view.windows.iter().filter_map(|w| w.value).collect();
    assert_eq!(efficiency, [1.0, 0.5, 0.75, 1.0]);
    let seven: Vec<_> = view.windows.iter().map(|w| (w.trailing[0].known, w.trailing[0].mean)).collect();
    assert_eq!(seven, [(1, None), (2, None), (3, None), (4, Some(0.8125))]);
    assert_eq!(view.windows[3].trailing[1].mean, None, "4 of 28 nights are no trend");
    assert_eq!(view.windows[1].change, Some(-0.5));
    assert_eq!(view.windows[2].change, None, "the night before is not known");
}

fn run(start: &str, minutes: i64, bpm: f64, metres: f64) -> humantwin::core::event::Content {
    let (start, end) = (t(start), t(start).plus_secs(minutes * 60));
    let workout = WorkoutRecorded {
        start,
        end,
        sport: "running".into(),
        sub_sport: None,
        title: None,
        moving_s: None,
        distance_m: Some(metres),
        energy_kcal: None,
        heart_rate_mean: Some(bpm),
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m: None,
        perceived_exertion: None,
        statistics: vec![],
        laps: vec![],
    };
    fact("watch", &end.to_string(), workout)
}

#[test]
fn sessions_close_together_are_one() {
    let world = world();
    world
        .me
        .record(vec![
            run("2026-03-09T08:00:00Z", 30, 120.0, 5000.0),
            run("2026-03-09T08:50:00Z", 10, 160.0, 2000.0),
            run("2026-03-09T18:00:00Z", 20, 100.0, 3000.0),
        ])
        .unwrap();
    let view = world.me.windows(&WindowsQuery::ready("workout_intensity")).unwrap();
    let sessions: Vec<_> =
        view.windows.iter().map(|w| (w.start.to_string(), w.end.to_string(), w.value)).collect();
    let session = |start: &str, end: &str, value| (start.to_owned(), end.to_owned(), Some(value));
    // (30 min × 60 % + 10 min × 80 %) / 40 min.
    assert_eq!(
        sessions,
        [
            session("2026-03-09T08:00:00Z", "2026-03-09T09:00:00Z", 65.0),
            session("2026-03-09T18:00:00Z", "2026-03-09T18:20:00Z", 50.0)
        ]
    );
    let trend = world.me.windows(&WindowsQuery::ready("performance_trend")).unwrap();
    // 5000 m in 3600 beats, 2000 in 1600, 3000 in 2000, weighted by 30, 10 and 20 minutes.
    let expected = (5000.0 / 3600.0 * 30.0 + 1.25 * 10.0 + 1.5 * 20.0) / 60.0;
    assert!((trend.windows[0].value.unwrap() - expected).abs() < 1e-6);

    let stranger = World::new();
    stranger.me.record(vec![run("2026-03-09T08:00:00Z", 30, 120.0, 5000.0)]).unwrap();
    let view = stranger.me.windows(&WindowsQuery::ready("workout_intensity")).unwrap();
    assert!(view.windows.is_empty() && view.gaps[0].contains("highest heart rate"), "{:?}", view.gaps);
}

fn meeting(uid: &str, start: &str, others: u32, cancelled: Option<bool>) -> CalendarEntry {
    CalendarEntry {
        uid: uid.into(),
        occurrence: None,
        start: t(start),
        end: t(start).plus_secs(1800),
        all_day_from: None,
        all_day_until: None,
        busy: Busy::Busy,
        title: None,
        others: Some(others),
        people: Vec::new(),
        organiser: None,
        organised_by: None,
        cancelled,
        declined: None,
        declined_by: Vec::new(),
        categories: vec![],
        zone: None,
    }
}

#[test]
fn meetings_are_counted_and_held_against_what_was_planned() {
    let world = world();
    let took_place = |uid: &str, start: &str, others| {
        let entry = meeting(uid, start, others, None);
        fact("calendar", &entry.end.to_string(), EventBody::from(MeetingAttended { entry, quality: None }))
    };
    let planned = |uid: &str, start: &str| {
        let entry = meeting(uid, start, 3, None);
        fact("calendar", "2026-03-01T00:00:00Z", EventBody::from(MeetingPlanned { entry }))
    };
    let declined = meeting("d", "2026-03-04T10:00:00Z", 3, Some(true));
    world
        .me
        .record(vec![
            took_place("a", "2026-03-02T10:00:00Z", 3),
            planned("a", "2026-03-02T10:00:00Z"),
            took_place("b", "2026-03-02T14:00:00Z", 1),
            took_place("alone", "2026-03-02T16:00:00Z", 0),
            took_place("c", "2026-03-04T14:00:00Z", 2),
            fact(
                "calendar",
                "2026-03-04T10:30:00Z",
                EventBody::from(MeetingAttended { entry: declined, quality: None }),
            ),
            planned("ahead", "2026-03-12T10:00:00Z"),
        ])
        .unwrap();
    let days = world.me.windows(&WindowsQuery::ready("interaction_frequency")).unwrap();
    assert_eq!(values(&days), [row("2026-03-01T23:00:00Z", 2.0), row("2026-03-03T23:00:00Z", 1.0)]);
    let weeks = world.me.windows(&WindowsQuery::ready("engagement_rate")).unwrap();
    assert_eq!(values(&weeks), [row("2026-03-01T23:00:00Z", 0.75)]);
    assert_eq!(weeks.windows[0].count, 4);

    // A work coach sees meetings and no heartbeat.
    world.me.grant("coach", Purpose::Work, None).unwrap();
    let coach = world.other("coach", Purpose::Work);
    assert_eq!(values(&coach.windows(&WindowsQuery::ready("engagement_rate")).unwrap()), values(&weeks));
    let error = coach.windows(&WindowsQuery::ready("heart_rate_5min")).unwrap_err();
    assert_eq!(error.code, Code::ConsentRequired);
}

#[test]
fn questions_that_make_no_sense_are_refused_and_nothing_known_is_said() {
    let world = world();
    let code = |query: WindowsQuery| world.me.windows(&query).unwrap_err().code;
    assert_eq!(code(WindowsQuery::ready("heart_rate_fortnightly")), Code::NotFound);
    assert_eq!(code(WindowsQuery::default()), Code::InvalidValue);
    assert_eq!(code(WindowsQuery::ready("monthly_goal")), Code::InvalidValue);
    assert_eq!(
        code(WindowsQuery { goal: Some(f64::NAN), ..WindowsQuery::ready("steps_hourly") }),
        Code::InvalidValue
    );
    assert_eq!(code(WindowsQuery::metric("steps", WindowShape::Tumbling { size_us: 0 })), Code::InvalidValue);
    for (name, _) in humantwin::Twin::ready_windows() {
        let view = world.me.windows(&WindowsQuery { goal: Some(1.0), ..WindowsQuery::ready(name) }).unwrap();
        assert!(view.windows.is_empty(), "{name}");
        assert!(view.gaps[0].contains("nothing is known"), "{name}: {:?}", view.gaps);
    }
}
