//! No bytes make it panic.

use super::{ECG, GPX, document, event, options, quantity, record, try_read, with, workout, zip};
use proptest::prelude::*;
use std::io::Cursor;
use twin_adapters::files::apple_health;
use twin_core::observation::Collected;

fn rich() -> Vec<u8> {
    let hrv = with(
        &quantity("HeartRateVariabilitySDNN", "ms", "48.5"),
        "<HeartRateVariabilityMetadataList><InstantaneousBeatsPerMinute bpm=\"63\" time=\"8:00:01.50 AM\"/></HeartRateVariabilityMetadataList>",
    );
    let rem = "HKCategoryValueSleepAnalysisAsleepREM";
    let sleep = record("HKCategoryTypeIdentifierSleepAnalysis", "", rem, "01:00:00", "06:00:00");
    let weight = quantity("BodyMass", "lb", "100");
    document(&(hrv + &sleep + &workout("", &event("Lap", "08:10:00", "5")) + &weight)).into_bytes()
}

type Changes = Vec<(prop::sample::Index, u8)>;

fn change(bytes: &mut [u8], changes: &Changes) {
    for (index, byte) in changes {
        let at = index.index(bytes.len());
        bytes[at] = *byte;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut sink = Collected::default();
        let _ = apple_health::read_xml(&mut &bytes[..], &options(), &mut sink);
        let _ = apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut sink);
    }

    #[test]
    fn changed_bytes_do_not_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = rich();
        change(&mut bytes, &changes);
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = try_read(&bytes);
    }

    #[test]
    fn changed_zips_do_not_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = zip(&[
            ("x/export.xml", &rich()),
            ("x/workout-routes/r.gpx", GPX.as_bytes()),
            ("x/electrocardiograms/e.csv", ECG.as_bytes()),
        ]);
        change(&mut bytes, &changes);
        let _ = apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut Collected::default());
    }

    #[test]
    fn any_route_or_recording_is_survived(text in "[-0-9,.:\"a-zµ \n<>/=]{0,300}") {
        let export = document(&quantity("StepCount", "count", "5"));
        let gpx = format!("<gpx>{text}");
        let bytes = zip(&[
            ("export.xml", export.as_bytes()),
            ("workout-routes/r.gpx", gpx.as_bytes()),
            ("electrocardiograms/e.csv", text.as_bytes()),
        ]);
        apple_health::read_zip(&mut Cursor::new(&bytes), &options(), &mut Collected::default()).unwrap();
    }
}
