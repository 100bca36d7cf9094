use super::xml::{Kind, PHONE, WATCH, Xml};
use crate::draws::{Draws, Topic};
use std::io::{Result, Write};

const QUANTITIES: [(Kind, bool); 3] = [
    (("HKQuantityTypeIdentifierHeartRate", "count/min"), false),
    (("HKQuantityTypeIdentifierStepCount", "count"), true),
    (("HKQuantityTypeIdentifierActiveEnergyBurned", "kcal"), false),
];
/// Records of each quantity in a block, as one day would have.
const ROWS: i64 = 192;
/// A little less than the bytes a block takes, so that the last block still lies before the day of export.
const BLOCK: u64 = 240_000;
/// 2016-01-01T00:00:00Z
const START: i64 = 1_451_606_400;
const YEARS: u64 = 3650;

/// A well-formed `export.xml` of at least `bytes_wanted` bytes (and at most a block of 0.4 MB more), written as a stream:
/// memory does not grow with the size.
///
/// The mix for each block of 0.25 MB: 192 records each of heart rate, steps and active energy, 6 of heart
/// rate variability with 60 beats, 18 of sleep, a workout with statistics. Blocks fill the ten years
/// from 2016 on, several to a day where needed. Returns the bytes written.
///
/// # Errors
/// What `out` returns.
/// # Example
/// ```
/// let mut bytes = Vec::new();
/// let written = twin_testkit::write_apple_export(&mut bytes, 1_000_000, 1)?;
/// assert!(written == bytes.len() as u64 && (1_000_000..1_400_000).contains(&written));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_apple_export(out: &mut impl Write, bytes_wanted: u64, seed: u64) -> Result<u64> {
    write_apple_export_from(out, bytes_wanted, seed, START)
}

/// [`write_apple_export`] with another first instant, in UTC seconds; all times have the offset +0100.
///
/// # Errors
/// What `out` returns.
pub fn write_apple_export_from(
    out: &mut impl Write,
    bytes_wanted: u64,
    seed: u64,
    start: i64,
) -> Result<u64> {
    let offset = |_: i64| 3600;
    let mut xml = Xml::new(out, &offset);
    let per_day = (bytes_wanted / BLOCK).div_ceil(YEARS).max(1);
    let length = 86_400 / per_day as i64;
    xml.open(start + YEARS as i64 * 86_400, 1980, false)?;
    let mut index = 0_u64;
    while xml.written() + 15 < bytes_wanted {
        block(&mut xml, &mut Draws::of(seed, Topic::Bulk, index), start + index as i64 * length, length)?;
        index += 1;
    }
    let written = xml.written() + "</HealthData>\n".len() as u64;
    xml.close()?;
    Ok(written)
}

fn block(xml: &mut Xml<'_, impl Write>, d: &mut Draws, start: i64, length: i64) -> Result<()> {
    let step = (length / ROWS).max(1);
    for (kind, steps) in QUANTITIES {
        let (mut level, mut t) = (d.between(55.0, 75.0), start);
        for row in 0..ROWS {
            level = (level + d.normal(0.0, 2.0)).clamp(45.0, 160.0);
            let end = if steps { t + step / 2 } else { t };
            let source = if steps && row % 3 == 0 { &PHONE } else { &WATCH };
            if kind.1 == "kcal" {
                xml.record(kind, source, (t, t + step), format_args!("{:.3}", level / 12.0))?;
            } else {
                xml.record(kind, source, (t, end), level.round())?;
            }
            t += step;
        }
    }
    for part in 0..6 {
        let beats: Vec<u16> = (0..60).map(|_| d.normal(980.0, 45.0).round() as u16).collect();
        xml.variability(&WATCH, start + part * length / 6, &beats)?;
    }
    let stages = ["Core", "Deep", "Core", "REM"];
    let (mut t, part) = (start, (length / 3 / 18).max(1));
    for stage in stages.iter().cycle().take(18) {
        xml.record(
            ("HKCategoryTypeIdentifierSleepAnalysis", ""),
            &WATCH,
            (t, t + part),
            format_args!("HKCategoryValueSleepAnalysisAsleep{stage}"),
        )?;
        t += part;
    }
    let span = (start + length / 2, start + length / 2 + (length / 24).max(1));
    let minutes = (span.1 - span.0) as f64 / 60.0;
    xml.print(format_args!(" <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"{minutes}\" durationUnit=\"min\""));
    xml.source(&WATCH);
    xml.dates(&WATCH, span.0, span.1);
    xml.text(">\n  <MetadataEntry key=\"HKIndoorWorkout\" value=\"0\"/>\n");
    let mean = d.between(125.0, 160.0);
    xml.statistics(
        "HKQuantityTypeIdentifierHeartRate",
        span,
        format_args!("average=\"{mean:.3}\" minimum=\"92\" maximum=\"181\" unit=\"count/min\""),
    );
    xml.statistics(
        "HKQuantityTypeIdentifierActiveEnergyBurned",
        span,
        format_args!("sum=\"{:.3}\" unit=\"kcal\"", minutes * 9.0),
    );
    xml.statistics(
        "HKQuantityTypeIdentifierDistanceWalkingRunning",
        span,
        format_args!("sum=\"{:.4}\" unit=\"km\"", minutes / 6.0),
    );
    xml.text(" </Workout>\n");
    xml.flush_line()
}
