//! The simulated life itself: the same for the same seed, plausible, and whole.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use twin_testkit::{DayTruth, Person, SimOptions, Truth, World};

fn world(seed: u64, days: u32) -> World {
    Person::simulate(seed, &SimOptions::with_days(days)).unwrap()
}

fn mean<'a>(days: impl Iterator<Item = &'a DayTruth>, value: impl Fn(&DayTruth) -> f64) -> f64 {
    let values: Vec<f64> = days.map(value).collect();
    assert!(!values.is_empty());
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let files = world(5, 20).write_files();
    assert_eq!(files, world(5, 20).write_files());
    assert_eq!(world(5, 20).truth().to_json().unwrap(), world(5, 20).truth().to_json().unwrap());
    let other = world(6, 20).write_files();
    for name in ["export.zip", "calendar.ics", "wellness.csv", "srpe.csv"] {
        let bytes = |files: &[(String, Vec<u8>)]| files.iter().find(|f| f.0 == name).unwrap().1.clone();
        assert_ne!(bytes(&files), bytes(&other), "{name}");
    }
}

#[test]
fn a_longer_life_begins_like_a_shorter_one() {
    let (short, long) = (world(2, 45).truth(), world(2, 90).truth());
    // The last evening of the shorter life is not yet slept; every day before is the same.
    assert_eq!(short.days[..30], long.days[..30]);
}

#[test]
fn values_are_those_of_healthy_adults() {
    for seed in 0..25 {
        let Truth { days, person, .. } = world(seed, 90).truth();
        assert_eq!(days.len(), 90);
        for day in &days {
            assert!((300..45_000).contains(&day.steps), "seed {seed} {} steps {}", day.date, day.steps);
            assert!((35.0..95.0).contains(&day.rhr_bpm), "seed {seed} rhr {}", day.rhr_bpm);
            assert!((7.0..150.0).contains(&day.rmssd_ms), "seed {seed} rmssd {}", day.rmssd_ms);
            let least = if day.sleep.in_flight { 60.0 } else { 170.0 };
            assert!(
                (least..840.0).contains(&day.sleep.tst_min),
                "seed {seed} {} tst {}",
                day.date,
                day.sleep.tst_min
            );
            assert!((0.0..200.0).contains(&day.sleep.waso_min));
            assert!((0.0..11.0).contains(&day.meeting_h));
            assert!(day.training_load < 500.0);
            assert!(day.steps_worn <= day.steps && day.steps_carried <= day.steps);
        }
        let tst = mean(days.iter(), |d| d.sleep.tst_min) / 60.0;
        assert!(
            (tst - person.sleep_need_h).abs() < 1.2,
            "seed {seed} sleeps {tst}, needs {}",
            person.sleep_need_h
        );
        assert!((3500.0..17_000.0).contains(&mean(days.iter(), |d| f64::from(d.steps))));
    }
}

#[test]
fn illness_alcohol_and_free_days_show() {
    let lives: Vec<Truth> = (0..12).map(|seed| world(seed, 90).truth()).collect();
    let days = || lives.iter().flat_map(|t| &t.days);
    let usual = || days().filter(|d| !d.ill && d.jet_lag_h == 0.0);
    let ill = || days().filter(|d| d.ill);
    assert!(mean(ill(), |d| d.rhr_bpm) > mean(usual(), |d| d.rhr_bpm) + 5.0);
    // Rest from training pulls the other way.
    let fall = mean(ill(), |d| d.rmssd_ms) / mean(usual(), |d| d.rmssd_ms);
    assert!((0.55..0.8).contains(&fall), "{fall}");
    assert!(mean(ill(), |d| d.sleep.tst_min) > mean(usual(), |d| d.sleep.tst_min) + 15.0);
    assert!(mean(ill(), |d| f64::from(d.steps)) < 0.5 * mean(usual(), |d| f64::from(d.steps)));
    assert!(ill().all(|d| d.training_min == 0.0 && d.meeting_h == 0.0));
    let ready = |d: &DayTruth| f64::from(d.check_in.as_ref().unwrap().readiness);
    let answered = |ill: bool| days().filter(move |d| d.check_in.is_some() && d.ill == ill);
    assert!(mean(answered(true), ready) < mean(answered(false), ready) - 1.5);

    let pairs = || lives.iter().flat_map(|t| t.days.windows(2)).filter(|w| !w[1].ill);
    let after_drinks = mean(pairs().filter(|w| w[0].drinks >= 2).map(|w| &w[1]), |d| {
        d.rhr_bpm - lives[0].person.resting_hr_bpm
    });
    let sober = mean(pairs().filter(|w| w[0].drinks == 0).map(|w| &w[1]), |d| {
        d.rhr_bpm - lives[0].person.resting_hr_bpm
    });
    assert!(after_drinks > sober + 1.0, "{after_drinks} {sober}");

    // Social jet lag: the middle of sleep lies later on free days.
    let local = |d: &DayTruth| d.sleep.midpoint.secs_since(d.start) / 3600.0;
    let at_home = |works: bool| usual().filter(move |d| d.works == works && d.hours == 24.0);
    let later = mean(at_home(false), local) - mean(at_home(true), local);
    assert!((0.4..2.5).contains(&later), "{later}");
}

#[test]
fn episodes_and_clock_changes_are_in_the_default_span() {
    for seed in 0..20 {
        let w = world(seed, 90);
        let truth = w.truth();
        let ill = truth.days.iter().filter(|d| d.ill).count();
        assert!((3..=5).contains(&ill), "seed {seed}: {ill} days ill");
        assert_eq!(truth.day("2026-03-29".parse().unwrap()).unwrap().hours, 23.0);
        assert_eq!(truth.flights.len(), 2);
        assert!(truth.days.iter().any(|d| d.hours > 28.0) && truth.days.iter().any(|d| d.hours < 20.0));
        assert!(truth.days.iter().any(|d| d.zone == "America/New_York"));
        let home =
            truth.days.iter().filter(|d| d.device_gaps.iter().any(|g| g.reason == "left_at_home")).count();
        assert_eq!(home, 3);
        assert!(truth.days.iter().any(|d| d.device_gaps.iter().any(|g| g.reason == "battery_empty")));
        assert!(w.sessions.iter().filter(|s| s.beats).count() == 1 && w.sessions.len() > 25);
        // Days follow each other without a hole.
        for pair in truth.days.windows(2) {
            assert_eq!(pair[0].start.plus_secs((pair[0].hours * 3600.0) as i64), pair[1].start);
        }
    }
}

#[test]
fn an_autumn_day_has_25_hours() {
    let options = SimOptions { start: "2026-10-20".parse().unwrap(), days: 10, ..SimOptions::default() };
    let truth = Person::simulate(1, &options).unwrap().truth();
    assert_eq!(truth.day("2026-10-25".parse().unwrap()).unwrap().hours, 25.0);
}

#[test]
fn time_runs_forward_for_any_start_and_zone() {
    for (seed, home, away, start, days) in [
        (1, "Europe/Paris", "America/New_York", "2025-08-01", 120),
        (2, "America/New_York", "Europe/Paris", "2025-02-09", 120),
        (3, "Asia/Tokyo", "Europe/London", "2024-02-28", 91),
        (4, "UTC", "UTC", "2026-05-15", 1),
        (5, "Australia/Lord_Howe", "Asia/Kathmandu", "2026-03-01", 200),
    ] {
        let options = SimOptions {
            start: start.parse().unwrap(),
            days,
            home_zone: home.into(),
            away_zone: away.into(),
            ..SimOptions::default()
        };
        let w = Person::simulate(seed, &options).unwrap();
        assert!(w.nights.iter().all(|n| n.bed < n.onset && n.onset < n.wake && n.wake <= n.rise), "{home}");
        for pair in w.nights.windows(2) {
            assert!(pair[0].rise + 3600 < pair[1].bed, "{home}: {} {}", pair[0].rise, pair[1].bed);
        }
        assert!(w.steps.windows(2).all(|p| p[0].start < p[1].start));
        assert!(w.heart.windows(2).all(|p| p[0].0 < p[1].0));
        assert!(w.sessions.windows(2).all(|p| p[0].end() <= p[1].start));
        let asleep = |t: i64| {
            let after = w.nights.partition_point(|n| n.onset <= t);
            after > 0 && t < w.nights[after - 1].wake
        };
        assert!(w.steps.iter().all(|s| !asleep(s.start)));
        assert_eq!(w.truth().days.len(), days as usize);
        assert!(!w.write_files().is_empty());
    }
}

#[test]
fn wrong_options_are_refused() {
    assert!(Person::simulate(1, &SimOptions::with_days(0)).is_err());
    let options = SimOptions { home_zone: "Mars/Olympus".into(), ..SimOptions::default() };
    assert!(Person::simulate(1, &options).is_err());
}

#[test]
fn resting_beats_have_the_rmssd_asked_for() {
    let w = world(3, 5);
    for (stream, target) in [(1, 12.0), (2, 45.0), (3, 110.0)] {
        let rr: Vec<f64> = w.resting_beats(stream, 58.0, target, 300).into_iter().map(f64::from).collect();
        let rmssd =
            (rr.windows(2).map(|p| (p[1] - p[0]).powi(2)).sum::<f64>() / (rr.len() - 1) as f64).sqrt();
        assert!((rmssd - target).abs() < 1.0, "{rmssd} for {target}");
    }
    let lines = w.write_rr(4);
    let n = lines.lines().filter(|l| (300..2000).contains(&l.parse::<i32>().unwrap())).count();
    assert!((200..500).contains(&n), "{n}");
    assert!(w.write_rr(5).is_empty());
}
