//! One part of a file: its messages in order, each to where it belongs.

use super::beats::{Beats, StoredHeartRate, rolled};
use super::context::{Context, HeartTimes};
use super::days::{self, Sleep, Steps};
use super::developer::Developer;
use super::message::Message;
use super::out::Out;
use super::profile::{self, MesgNum, mesgdef};
use super::record::{Records, Sport};
use super::wire::{Damage, Definition, Raw, Walker};
use super::{ReadOptions, device, workout};
use twin_core::event::{KeptValue, Origin};
use twin_core::{Result, Timestamp};

/// How often the host hears how far the reading is.
const PROGRESS_EVERY: u64 = 16_384;

struct Part<'o, 'a> {
    context: Context,
    origin: Origin,
    options: &'o ReadOptions,
    heart: &'o HeartTimes,
    out: &'o mut Out<'a>,
    developer: Developer,
    records: Records,
    beats: Beats,
    stored: StoredHeartRate,
    steps: Steps,
    sleep: Sleep,
    /// Sessions met so far.
    sessions: usize,
    /// The last time the part stated, in FIT seconds.
    seen: Option<u32>,
}

/// How a part was read.
pub(super) struct Read {
    pub(super) context: Context,
    pub(super) messages: u64,
    /// Why it ended early, and at which byte of the part.
    pub(super) damage: Option<(Damage, usize)>,
}

/// Reads the messages of a part that begins at byte `from`.
pub(super) fn read(
    data: &[u8],
    from: usize,
    before: Option<&Context>,
    heart: &mut HeartTimes,
    options: &ReadOptions,
    out: &mut Out<'_>,
) -> Result<Read> {
    let context = Context::gather(data, before, heart);
    let origin = device::origin(&context);
    out.offset_s = context.offset_s;
    let mut part = Part {
        developer: Developer::default(),
        records: Records::new(&origin, out),
        beats: Beats::new(&origin, out),
        stored: StoredHeartRate::new(&origin, out),
        steps: Steps::default(),
        sleep: Sleep::default(),
        sessions: 0,
        seen: None,
        context,
        origin,
        options,
        heart,
        out,
    };
    if part.context.named || before.is_none() {
        part.describe_device()?;
    }
    let mut walker = Walker::new(data);
    let mut messages = 0_u64;
    let damage = loop {
        match walker.next() {
            Ok(None) => break None,
            Err(damage) => break Some((damage, walker.at())),
            Ok(Some(raw)) => {
                messages += 1;
                if let Some(definition) = walker.definition(raw.slot) {
                    part.take(definition, &raw)?;
                }
                if messages.is_multiple_of(PROGRESS_EVERY) {
                    part.out.sink.progress((from + walker.at()) as u64)?;
                }
            }
        }
    };
    let Part { mut steps, sleep, context, origin, out, .. } = part;
    steps.finish(&origin, out)?;
    sleep.finish(&context, &origin, out)?;
    Ok(Read { context, messages, damage })
}

impl Part<'_, '_> {
    fn describe_device(&mut self) -> Result<()> {
        let Some(described) = device::described(&self.context, &self.origin) else { return Ok(()) };
        match self.context.created.or(self.context.first) {
            Some(at) => self.out.fact(&self.origin, at, described),
            None => {
                self.out.refuse("bad_time", "device");
                Ok(())
            }
        }
    }

    fn take(&mut self, definition: &Definition, raw: &Raw<'_>) -> Result<()> {
        let at = raw.stamp.and_then(profile::instant);
        if at.is_some() {
            self.seen = raw.stamp;
        }
        if definition.num == MesgNum::RECORD.0
            && let Some(at) = at
        {
            let texts = self.records.take(definition, raw, at, &self.context, &self.developer, self.out)?;
            if !texts {
                return Ok(());
            }
        }
        let message = Message::read(definition, raw, &self.developer);
        self.take_message(&message, at)
    }

    fn take_message(&mut self, m: &Message, at: Option<Timestamp>) -> Result<()> {
        match MesgNum(m.num) {
            MesgNum::RECORD => {
                if at.is_some() {
                    return self.keep_texts(m);
                }
                let kept_at = self.time_of(m);
                if m.stamp.is_some() || kept_at.is_none() {
                    self.out.refuse("bad_time", "record");
                } else {
                    self.out.warn("kept_without_time");
                }
                kept_at.map_or(Ok(()), |at| self.out.fact(&self.origin, at, m.kept()))
            }
            MesgNum::HRV | MesgNum::BEAT_INTERVALS => {
                let seen = self.seen.and_then(profile::instant);
                self.beats.take(m, seen.or(self.context.created), self.out)
            }
            MesgNum::HR => {
                self.stored.take(m, self.heart, self.out)?;
                self.keep(m)
            }
            MesgNum::SESSION => self.session(m),
            MesgNum::SPORT => {
                self.records
                    .name_sport(Sport::of(m.code(mesgdef::Sport::SPORT), m.code(mesgdef::Sport::SUB_SPORT)));
                self.keep(m)
            }
            MesgNum::FIELD_DESCRIPTION => {
                self.developer.describe(m);
                self.keep(m)
            }
            MesgNum::MONITORING => self.monitoring(m),
            MesgNum::SLEEP_LEVEL => match at {
                Some(at) => {
                    self.sleep.take(m, at);
                    Ok(())
                }
                None => self.keep(m),
            },
            _ => self.metrics(m, at),
        }
    }

    /// A session is a workout; one without times is kept.
    fn session(&mut self, m: &Message) -> Result<()> {
        let Some((_, end)) = workout::span(m) else { return self.keep(m) };
        let laps = self.context.laps.get(&self.sessions).cloned().unwrap_or_default();
        self.sessions += 1;
        if let Some((workout, left)) = workout::workout(m, laps) {
            self.out.fact(&self.origin, end, workout)?;
            if let Some(left) = left {
                self.out.fact(&self.origin, end, left)?;
            }
        }
        Ok(())
    }

    fn monitoring(&mut self, m: &Message) -> Result<()> {
        if let (None, Some(low), Some(last)) = (m.stamp, m.int(mesgdef::Monitoring::TIMESTAMP_16), self.seen)
        {
            self.seen = rolled(last, low).or(self.seen);
        } else if m.at().is_none() {
            return self.keep(m);
        }
        let Some(at) = self.seen.and_then(profile::instant) else { return self.keep(m) };
        self.steps.take(m, at, &self.origin, &self.context, self.out)?;
        days::take(m, at, &self.origin, self.out)?;
        self.out.fact(&self.origin, at, m.kept())
    }

    /// Messages whose fields may be metrics, and all others.
    fn metrics(&mut self, m: &Message, at: Option<Timestamp>) -> Result<()> {
        let person = m.person().filter(|_| self.context.persons.len() > 1);
        if let (Some(person), Some(wanted)) = (person, &self.options.subject)
            && person.to_string() != *wanted
        {
            self.out.warn("other_person");
            return Ok(());
        }
        let origin =
            person.map_or_else(|| self.origin.clone(), |person| device::of_person(&self.origin, person));
        let Some(at) = at.or_else(|| self.time_of(m)) else {
            self.out.refuse("bad_time", "message");
            return Ok(());
        };
        if days::take(m, at, &origin, self.out)? {
            self.out.fact(&origin, at, m.kept())?;
        }
        Ok(())
    }

    /// When a message without a time of its own was: when the file was made, or the last time it stated.
    fn time_of(&self, m: &Message) -> Option<Timestamp> {
        m.at()
            .or(self.context.created)
            .or_else(|| self.seen.and_then(profile::instant))
            .or(self.context.first)
    }

    fn keep(&mut self, m: &Message) -> Result<()> {
        let Some(at) = self.time_of(m) else {
            self.out.refuse("bad_time", "message");
            return Ok(());
        };
        self.out.fact(&self.origin, at, m.kept())
    }

    /// The texts of a record, which no stream can hold.
    fn keep_texts(&mut self, m: &Message) -> Result<()> {
        let mut kept = m.kept();
        kept.fields.retain(|field| matches!(field.value, KeptValue::Text(_)));
        if kept.fields.is_empty() {
            return Ok(());
        }
        let Some(at) = self.time_of(m) else { return Ok(()) };
        self.out.fact(&self.origin, at, kept)
    }
}
