//! Garmin's FIT: activities, daily monitoring, sleep, scales, of any maker.
//!
//! What becomes of what a file says:
//! - `record`: a sample for each field. `heart_rate`, `power`, `speed`, `altitude`, `ambient_temperature`,
//!   `body_temperature`, `respiratory_rate`, `ground_contact_time`, `vertical_oscillation` (cm) and
//!   `muscle_oxygen` where the field is one of these, `enhanced_` fields before their plain twins; everything
//!   else as `fit:<field>` in the profile's unit, `fit:dev.<name>` for developer fields, `fit:unknown_<n>`
//!   for what the profile does not know, `[i]` for the elements of a list, positions in degrees. The cadence
//!   comes twice: as it stands (`fit:cadence`) and as `cadence_cycling` or as `cadence_running`, which
//!   counts steps: twice the strides with their fraction. A heart rate of 0 is a sensor that is off: missing, and
//!   counted in the warning `zero_heart_rate`.
//! - `hrv`, `beat_intervals`: `rr_interval` in ms; [where beats are placed](self#beats).
//! - `hr` (heart rates a strap stored): kept, and `heart_rate` by the method `hr_message` at times when the records have none.
//! - `session` with its laps: a workout. Fields without a place in it are statistics, or kept.
//! - `monitoring`: `steps` as what the counters grew by, `heart_rate`. `sleep_level`: a sleep with stages.
//!   Stress, breathing, SpO2, RMSSD, resting heart rate, VO2max, weight, blood pressure: their metrics.
//! - Every other message, and what of the above has no place: kept word for word, codes as numbers, times in RFC 3339;
//!   the message's own time is when it is kept at.
//!
//! # Beats
//! They carry no time of their own. The first begins at the last time the file stated before it, each further
//! one where the one before ended. Three seconds behind the file's time, beats are missing and the clock is set
//! to it. It is never set back.
//!
//! # Damage
//! A wrong checksum is the warning `file_crc` or `header_crc`. Bytes that end early, or a message that was never
//! defined, end the part: what precedes is kept, `truncated` or `damaged` is refused, and reading goes on with the
//! next header. Records without a time of their own are kept as messages; times before 1997 count from when the device was switched on
//! and are refused as `bad_time`.
//!
//! # Memory
//! A file is held whole, up to 256 MiB; larger ones are `unsupported`.

mod beats;
mod context;
mod days;
mod developer;
mod device;
mod message;
mod out;
mod part;
mod profile;
mod record;
mod value;
mod wire;
mod workout;

use super::ReadOptions;
use context::HeartTimes;
use out::Out;
use std::io::{BufRead, ErrorKind, Read};
use twin_core::observation::{Refusal, Sink, Warning};
use twin_core::{Error, Result};
use wire::Damage;

/// Largest file that is read.
const MAX_BYTES: u64 = 256 << 20;

/// Do these first bytes look like the format?
///
/// ```
/// # use twin_adapters::files::fit::matches;
/// assert!(matches(b"\x0e\x20\x54\x08\x00\x00\x00\x00.FIT\x00\x00"));
/// assert!(!matches(b"BEGIN:VCALENDAR"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    wire::header(head).is_some()
}

/// Reads a file: all its parts, and of damaged ones what precedes the damage.
///
/// # Errors
/// `malformed` when no message could be read, `unsupported` when the file is larger than 256 MiB, and what
/// the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut bytes = Vec::new();
    let cut = input.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > MAX_BYTES || cut.as_ref().is_err_and(|e| e.kind() == ErrorKind::FileTooLarge) {
        return Err(Error::Unsupported(
            "a FIT file of more than 256 MiB; split it, or read it on its own device".into(),
        ));
    }
    let mut out = Out::new(sink);
    if read_parts(&bytes, options, &mut out)? == 0 {
        return Err(Error::malformed("FIT file", "it holds no message that can be read"));
    }
    if cut.is_err() {
        out.sink.refuse(Refusal::new(
            "truncated",
            "file",
            "the input ended with an error; what came before it was read",
        ));
    }
    out.finish()
}

/// Reads part after part; gives the number of messages.
fn read_parts(bytes: &[u8], options: &ReadOptions, out: &mut Out<'_>) -> Result<u64> {
    let (mut at, mut messages) = (0, 0);
    let (mut before, mut heart) = (None, HeartTimes::default());
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(header) = wire::header(rest) else {
            match wire::find_header(rest) {
                _ if rest.iter().all(|b| *b == 0) => return Ok(messages),
                Some(skip) => {
                    out.sink.refuse(damaged(
                        at,
                        &format!("{skip} bytes are no FIT header; reading goes on after them"),
                    ));
                    at += skip;
                    continue;
                }
                None => {
                    out.sink
                        .refuse(damaged(at, &format!("{} bytes to the end are no FIT header", rest.len())));
                    return Ok(messages);
                }
            }
        };
        if !header.sound {
            out.sink.warn(Warning::new(
                "header_crc",
                "the checksum of a header is wrong; the file was read all the same",
            ));
        }
        let body = rest.get(header.size..).unwrap_or_default();
        let stated = stated_length(&header, body, out);
        let data = body.get(..stated).unwrap_or(body);
        check_sum(
            rest.get(..header.size.saturating_add(stated)),
            body.get(stated..stated.saturating_add(2)),
            out,
        );
        let start = at + header.size;
        let read = part::read(data, start, before.as_ref(), &mut heart, options, out)?;
        messages += read.messages;
        if read.messages == 0 && data.is_empty() {
            out.sink.warn(Warning::new("empty_part", "a part of the file holds no message"));
        }
        match read.damage {
            Some((Damage::Undefined, place)) => out.sink.refuse(damaged(
                (start + place).saturating_sub(1),
                "a message of a type that was never defined; the rest of this part cannot be read",
            )),
            Some((Damage::Truncated, place)) => out.sink.refuse(truncated(start + place)),
            None if data.len() < stated => out.sink.refuse(truncated(bytes.len())),
            None => {}
        }
        before = Some(read.context);
        at = at.saturating_add(header.size).saturating_add(stated).saturating_add(2);
        out.sink.progress(at.min(bytes.len()) as u64)?;
    }
    Ok(messages)
}

/// Bytes of messages. A header that says 0 was never finished: the messages last to the end of the file.
fn stated_length(header: &wire::Header, body: &[u8], out: &mut Out<'_>) -> usize {
    if header.data > 0 || body.len() <= 2 || wire::header(body.get(2..).unwrap_or_default()).is_some() {
        return header.data;
    }
    out.sink.warn(Warning::new(
        "salvaged",
        "a header was never finished; its messages were read to the end of the file",
    ));
    wire::find_header(body).unwrap_or(body.len())
}

fn check_sum(part: Option<&[u8]>, sum: Option<&[u8]>, out: &mut Out<'_>) {
    let warning = match (part, sum) {
        (Some(part), Some(&[a, b])) => {
            // header with its own checksum and data give one sum, whether it covers the header or not;
            // only where that checksum is left at zero do the two ways differ
            let stated = u16::from_le_bytes([a, b]);
            let of_data = || part.get(14..).map(|data| wire::crc(0, data));
            if wire::crc(0, part) == stated || of_data() == Some(stated) {
                return;
            }
            "the checksum of the file is wrong; it was read all the same"
        }
        (Some(_), _) => "the file ends without its checksum; it was read all the same",
        // truncated: told as such
        (None, _) => return,
    };
    out.sink.warn(Warning::new("file_crc", warning));
}

fn truncated(at: usize) -> Refusal {
    Refusal::new("truncated", "file", format!("at byte {at}: the messages end early; what precedes was read"))
}

fn damaged(at: usize, what: &str) -> Refusal {
    Refusal::new("damaged", "file", format!("at byte {at}: {what}"))
}
