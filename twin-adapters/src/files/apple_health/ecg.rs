//! Electrocardiograms: a head of `name,value` lines in the person's language, then a voltage a line.

use super::session::{Session, field};
use super::time::{Moment, moment};
use super::units::Conversion;
use std::io::{BufRead, Read};
use twin_core::event::{KeptField, Origin};
use twin_core::{MethodId, MetricId, Result, SourceId, Timestamp};

const MAX_LINE: u64 = 4_096;
const MAX_HEAD: usize = 64;
/// Ten minutes at 1 kHz; a recording lasts 30 seconds.
const MAX_SAMPLES: usize = 600_000;

/// A line of a bounded length; `None` at the end or when it is no text.
fn line(input: &mut dyn BufRead, buffer: &mut Vec<u8>) -> Option<String> {
    buffer.clear();
    let read = input.take(MAX_LINE).read_until(b'\n', buffer).ok()?;
    (read > 0).then(|| String::from_utf8_lossy(buffer).trim_start_matches('\u{feff}').trim().to_owned())
}

/// A voltage, also with a decimal comma.
fn number(text: &str) -> Option<f64> {
    let plain = text.trim_matches(['"', ' ']).trim_end_matches(',');
    plain.parse().ok().or_else(|| plain.replacen(',', ".", 1).parse().ok()).filter(|v: &f64| v.is_finite())
}

#[derive(Default)]
struct Head {
    at: Option<Moment>,
    rate_hz: Option<f64>,
    unit: Option<Conversion>,
    lead: Option<String>,
    fields: Vec<KeptField>,
}

impl Head {
    fn take(&mut self, line: &str) {
        let (name, value) = line.split_once([',', ';']).unwrap_or((line, ""));
        let (name, value) = (name.trim_matches('"'), value.trim_matches(['"', ' ']));
        if let Some(at) = moment(value) {
            self.at = Some(at);
        } else if self.at.is_none() {
            return; // name and date of birth stand before the date: who the person is, the twin knows
        }
        if value.is_empty() {
            return;
        }
        let first = value.split(' ').next().unwrap_or_default();
        if let Some(rate) = number(first).filter(|r| (10.0..=2_000.0).contains(r) && value.contains(' ')) {
            self.rate_hz = Some(rate);
        } else if let Some(unit) = Conversion::between(value, "uV") {
            self.unit = Some(unit);
        } else if self.rate_hz.is_some() && self.lead.is_none() {
            self.lead = Some(value.to_owned());
        }
        self.fields.push(field(name, value, None));
    }
}

impl Session<'_> {
    /// Reads one recording.
    pub(super) fn ecg_file(&mut self, input: &mut dyn BufRead) -> Result<()> {
        let mut head = Head::default();
        let mut buffer = Vec::new();
        let mut next = None;
        for _ in 0..MAX_HEAD {
            let Some(text) = line(input, &mut buffer) else { break };
            if head.unit.is_some() && number(&text).is_some() {
                next = Some(text);
                break;
            }
            if !text.is_empty() {
                head.take(&text);
            }
        }
        let (Some(at), Some(rate), Some(unit), Some(_)) = (head.at, head.rate_hz, head.unit, &next) else {
            self.tally.refuse(
                "not_read",
                "electrocardiograms",
                "a recording whose date, rate or unit is not found",
            );
            return Ok(());
        };
        let mut origin = Origin::of(SourceId::lossy("apple_health/electrocardiogram"));
        self.message(
            origin.clone(),
            Timestamp::from_micros(at.us),
            Some(at.offset_s),
            "Electrocardiogram",
            head.fields,
        )?;
        origin.method = Some(MethodId::lossy(&head.lead.unwrap_or_else(|| "ecg".to_owned())));
        let key = self.builder.stream(&MetricId::lossy("ecg_waveform"), "uV", &origin);
        let mut index = 0_usize;
        while let Some(text) = next {
            match number(&text) {
                Some(value) if index < MAX_SAMPLES => {
                    let us = at.us + (index as f64 * 1e6 / rate).round() as i64;
                    self.builder.push(key, us, 0, unit.of(value), Some(at.offset_s), self.sink)?;
                }
                None if text.is_empty() => {
                    next = line(input, &mut buffer);
                    continue;
                }
                Some(_) => {
                    self.tally.refuse(
                        "too_large",
                        "electrocardiograms",
                        "a recording longer than ten minutes",
                    );
                    break;
                }
                // The instant of a value that cannot be read still passes.
                None => self.tally.refuse("bad_value", "electrocardiograms", "a voltage that is no number"),
            }
            index += 1;
            next = line(input, &mut buffer);
        }
        Ok(())
    }
}
