//! Workouts, summaries, the person.

use super::{entry, event, measurements, messages, read, refused, texts, workout};
use twin_core::event::EventBody;

#[test]
fn workouts_of_both_forms() {
    let old = workout(
        "totalDistance=\"2\" totalDistanceUnit=\"mi\" totalEnergyBurned=\"836.8\" totalEnergyBurnedUnit=\"kJ\"",
        "",
    );
    let new = workout(
        "",
        &[
            &entry("HKIndoorWorkout", "1"),
            &entry("HKElevationAscended", "1234 cm"),
            &entry("HKWeatherCondition", "sunny spells"),
            &event("Lap", "08:10:00", "5"),
            &event("Lap", "08:00:00", "10"),
            &event("Segment", "08:00:00", "7"),
            &event("Pause", "08:20:00", ""),
            "<WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"130\" minimum=\"80\" maximum=\"160\" unit=\"count/min\"/>",
            "<WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"3.5\" unit=\"km\"/>",
            "<WorkoutActivity uuid=\"u\"><WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"99\" unit=\"count/min\"/></WorkoutActivity>",
            "<WorkoutRoute sourceName=\"x\"><MetadataEntry key=\"k\" value=\"v w\"/><FileReference path=\"/workout-routes/r.gpx\"/></WorkoutRoute>",
        ]
        .concat(),
    );
    let sink = read(&(old + &new));
    let all: Vec<_> = sink
        .facts
        .iter()
        .filter_map(|f| if let EventBody::WorkoutRecorded(w) = &f.body { Some(w) } else { None })
        .collect();
    assert_eq!((all[0].sport.as_str(), all[0].moving_s), ("strength_training", Some(1800.0)));
    assert_eq!((all[0].distance_m, all[0].energy_kcal), (Some(3218.688), Some(200.0)));
    let w = all[1];
    assert_eq!(
        (w.sub_sport.as_deref(), w.ascent_m, w.distance_m),
        (Some("indoor"), Some(12.34), Some(3500.0))
    );
    assert_eq!((w.heart_rate_mean, w.heart_rate_max), (Some(130.0), Some(160.0)));
    assert_eq!(w.laps.iter().map(|l| l.end.secs_since(l.start)).collect::<Vec<_>>(), [600.0, 300.0]);
    assert!(w.statistics.iter().any(|s| s.name == "WorkoutActivity.HeartRate.average" && s.value == 99.0));
    let kept: Vec<String> = texts(messages(&sink)[0]).into_iter().map(|f| f.0).collect();
    for name in [
        "HKWeatherCondition",
        "WorkoutEvent.Pause",
        "WorkoutEvent.Segment",
        "WorkoutRoute.k",
        "FileReference",
        "WorkoutActivity.uuid",
    ] {
        assert!(kept.iter().any(|k| k == name), "{name} in {kept:?}");
    }
    assert_eq!(refused(&sink), [("not_read", "workout-routes", 1)]);
}

#[test]
fn summaries_and_the_person() {
    let sink = read(
        "<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1980-02-29\" HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexFemale\" HKCharacteristicTypeIdentifierBloodType=\"HKBloodTypeAPositive\" HKCharacteristicTypeIdentifierFitzpatrickSkinType=\"HKFitzpatrickSkinTypeNotSet\"/>\
         <ActivitySummary dateComponents=\"2020-02-28\" activeEnergyBurned=\"418.4\" activeEnergyBurnedGoal=\"836.8\" activeEnergyBurnedUnit=\"kJ\" appleExerciseTime=\"31\" appleStandHours=\"12\"/>\
         <StateOfMind kind=\"momentary\" valence=\"0.5\" date=\"2020-03-01 08:00:00 +0100\"><Label name=\"calm\"/></StateOfMind>",
    );
    let found: Vec<_> = measurements(&sink);
    let expected = [
        ("ActiveEnergyBurned", 100.0, "kcal"),
        ("ActiveEnergyBurnedGoal", 200.0, "kcal"),
        ("AppleExerciseTime", 31.0, "min"),
        ("AppleStandHours", 12.0, "h"),
    ]
    .map(|(name, value, unit)| (format!("healthkit:ActivitySummary{name}"), value, unit.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(sink.facts[0].civil_date.unwrap().to_string(), "2020-02-28");
    assert_eq!(
        sink.facts[0].record.as_ref().unwrap().as_str(),
        "ActivitySummary/2020-02-28/activeEnergyBurned"
    );
    let EventBody::ProfileStated(me) = sink.bodies("person.profile_stated").next().unwrap() else { panic!() };
    assert_eq!(me.born.unwrap().to_string(), "1980-02-29");
    let kept = messages(&sink);
    let pairs = [
        ("kind", "momentary"),
        ("valence", "0.5"),
        ("date", "2020-03-01 08:00:00 +0100"),
        ("Label.name", "calm"),
    ];
    assert_eq!(texts(kept[0]), pairs.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(texts(kept[1]), [("BloodType".to_owned(), "HKBloodTypeAPositive".to_owned())]);
}
