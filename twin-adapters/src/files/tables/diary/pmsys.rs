//! pmSys: wellness, session load, injuries. Times are UTC.

use super::super::out::{Out, number, origin};
use super::super::rows::{Header, Row, Rows};
use super::super::times::iso;
use std::io::BufRead;
use twin_core::event::{CheckInAnswered, Recording, ScaleAnswer, SymptomNoted, WorkoutRecorded};
use twin_core::event::{EventBody, Origin};
use twin_core::{Result, Timestamp};

const INSTRUMENT: &str = "pmsys";
/// Scale, lowest and highest answer, high is better. On all scales of the app high is better.
const SCALES: &[(&str, f64, f64, Option<bool>)] = &[
    ("fatigue", 1.0, 5.0, Some(true)),
    ("mood", 1.0, 5.0, Some(true)),
    ("readiness", 0.0, 10.0, Some(true)),
    ("sleep_duration_h", 0.0, 24.0, None),
    ("sleep_quality", 1.0, 5.0, Some(true)),
    ("soreness", 1.0, 5.0, Some(true)),
    ("stress", 1.0, 5.0, Some(true)),
];
/// Most places one row of injuries names.
const MAX_PLACES: usize = 50;

fn source() -> Origin {
    let mut source = origin(INSTRUMENT);
    source.recording = Some(Recording::Manual);
    source
}

fn note(out: &mut Out<'_>, at: (Timestamp, i32), body: impl Into<EventBody>) -> Result<()> {
    // The app writes UTC: the offset lived in is the zone's.
    let offset = out.options.zone.offset_at(at.0);
    let content = out.content(&source(), at.0, Some(offset), body);
    out.fact(content)
}

fn time(out: &mut Out<'_>, row: &Row, column: usize) -> Option<(Timestamp, i32)> {
    let time = iso(row.get(column));
    if time.is_none() {
        out.refuse_line("bad_time", row.line, "the time cannot be read");
    }
    time.map(|t| out.instant(t))
}

/// Reads `wellness.csv`. A 0 on a scale that begins at 1 is no answer; a row with no other answers
/// states nothing.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_wellness(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let when = header.require("effective_time_frame")?;
    let area = header.find(&["soreness_area"]);
    let columns: Vec<_> = SCALES.iter().filter_map(|s| header.find(&[s.0]).map(|c| (c, *s))).collect();
    while let Some(row) = rows.next(out)? {
        let Some(at) = time(out, &row, when) else { continue };
        let mut scales = Vec::new();
        let mut answered = false;
        for (column, (scale, min, max, higher_is_better)) in &columns {
            let value = match number(row.get(*column)) {
                Ok(Some(0.0)) if *min > 0.0 => {
                    out.missing();
                    continue;
                }
                Ok(Some(value)) => value,
                Ok(None) => {
                    out.missing();
                    continue;
                }
                Err(()) => {
                    out.refuse("bad_number", format!("line {} {scale}", row.line), "the answer is no number");
                    continue;
                }
            };
            if value < *min || value > *max {
                let message = format!("an answer outside {min}..={max}");
                out.refuse("out_of_range", format!("line {} {scale}", row.line), message);
                continue;
            }
            answered |= value != 0.0;
            let scale = (*scale).to_owned();
            scales.push(ScaleAnswer {
                scale,
                value,
                min: *min,
                max: *max,
                higher_is_better: *higher_is_better,
            });
        }
        let places = area.map(|c| row.get(c)).filter(|a| !a.is_empty() && *a != "[]");
        let note_text = places.map(|a| format!("soreness_area {}", a.chars().take(1000).collect::<String>()));
        if !answered && note_text.is_none() {
            scales.iter().for_each(|_| out.missing());
            continue;
        }
        let body = CheckInAnswered { instrument: INSTRUMENT.into(), scales, about: None, note: note_text };
        note(out, at, body)?;
    }
    Ok(())
}

/// The words of `['individual', 'running']` or `{'left_foot': 'minor'}`.
fn words(cell: &str) -> Vec<&str> {
    cell.split(['[', ']', '{', '}', ',', ':'])
        .map(|w| w.trim().trim_matches(['\'', '"']))
        .filter(|w| !w.is_empty())
        .collect()
}

/// Reads `srpe.csv`: sessions with their perceived exertion. A row without words or figures states
/// that there was no session.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_session(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let when = header.require("end_date_time")?;
    let names = header.require("activity_names")?;
    let (exertion, length) = (header.require("perceived_exertion")?, header.require("duration_min")?);
    while let Some(row) = rows.next(out)? {
        let Some(at) = time(out, &row, when) else { continue };
        let words = words(row.get(names));
        let (Ok(exertion), Ok(minutes)) = (number(row.get(exertion)), number(row.get(length))) else {
            out.refuse_line("bad_number", row.line, "exertion or duration is no number");
            continue;
        };
        if words.is_empty() && exertion.is_none() && minutes.is_none() {
            out.missing();
            continue;
        }
        if exertion.is_some_and(|e| !(0.0..=10.0).contains(&e))
            || minutes.is_some_and(|m| !(0.0..=2880.0).contains(&m))
        {
            out.refuse_line(
                "out_of_range",
                row.line,
                "exertion outside 0..=10 or duration outside 0..=2880 min",
            );
            continue;
        }
        let (who, what): (Vec<&str>, Vec<&str>) =
            words.iter().copied().partition(|w| matches!(*w, "individual" | "team"));
        let sports: Vec<String> =
            what.iter()
                .map(|w| {
                    if *w == "strength" {
                        "strength_training".to_owned()
                    } else {
                        w.chars().take(40).collect()
                    }
                })
                .collect();
        // The sport that says most comes last in the list: `endurance`, `running`.
        let sport = sports.last().cloned().unwrap_or_else(|| "training".into());
        let end = at.0;
        let body = WorkoutRecorded {
            start: end.plus_micros(-((minutes.unwrap_or(0.0) * 60e6) as i64)),
            end,
            sport,
            sub_sport: Some(who.join("_")).filter(|w| !w.is_empty()),
            title: (sports.len() > 1).then(|| sports.join(", ")),
            moving_s: None,
            distance_m: None,
            energy_kcal: None,
            heart_rate_mean: None,
            heart_rate_max: None,
            power_mean_w: None,
            ascent_m: None,
            perceived_exertion: exertion,
            statistics: Vec::new(),
            laps: Vec::new(),
        };
        note(out, at, body)?;
    }
    Ok(())
}

/// Reads `injury.csv`: each place is a symptom, and each row a check-in with the number of places,
/// so that the statement "no injury" is kept too.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read_injury(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let (when, injuries) = (header.require("effective_time_frame")?, header.require("injuries")?);
    while let Some(row) = rows.next(out)? {
        let Some(at) = time(out, &row, when) else { continue };
        let cell = row.get(injuries);
        if !(cell.starts_with('{') && cell.ends_with('}')) {
            out.refuse_line("bad_record", row.line, "the injuries are no `{place: severity}`");
            continue;
        }
        let inner = cell.trim_matches(['{', '}']);
        let places: Vec<Vec<&str>> =
            inner.split(',').map(words).filter(|w| !w.is_empty()).take(MAX_PLACES).collect();
        let count = ScaleAnswer {
            scale: "injuries".into(),
            value: places.len() as f64,
            min: 0.0,
            max: MAX_PLACES as f64,
            higher_is_better: Some(false),
        };
        let body =
            CheckInAnswered { instrument: INSTRUMENT.into(), scales: vec![count], about: None, note: None };
        note(out, at, body)?;
        for place in places {
            let symptom = format!("injury {}", place.join(" ").chars().take(150).collect::<String>());
            note(out, at, SymptomNoted { symptom, severity: None, start: None })?;
        }
    }
    Ok(())
}
