//! What a part says about the whole of itself, gathered before its samples are read: who wrote it,
//! which sports it holds and when, its offset from UTC, its laps.

use super::developer::Developer;
use super::message::Message;
use super::profile::{MesgNum, mesgdef};
use super::wire::Walker;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use twin_core::Timestamp;
use twin_core::event::Lap;
use twin_core::sort::OrderBy;

/// A stretch of one sport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SportSpan {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    /// Place of the session among the sessions of the part.
    pub(super) session: usize,
    pub(super) sport: Option<u8>,
    pub(super) sub_sport: Option<u8>,
}

/// What holds for a whole part. A part without a `file_id` belongs to the one before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) file_type: Option<u8>,
    pub(super) manufacturer: Option<u16>,
    pub(super) product: Option<u16>,
    pub(super) product_name: Option<String>,
    pub(super) serial: Option<u32>,
    pub(super) created: Option<Timestamp>,
    pub(super) software: Option<f64>,
    /// Seconds east of UTC.
    pub(super) offset_s: Option<i32>,
    /// Beginning of the monitoring that a part holds.
    pub(super) monitoring_start: Option<Timestamp>,
    /// Does monitoring begin at local midnight, where its counters begin?
    pub(super) from_midnight: bool,
    /// The first time that any message states.
    pub(super) first: Option<Timestamp>,
    /// Sessions by start.
    pub(super) spans: Rc<Vec<SportSpan>>,
    /// Laps by the place of their session.
    pub(super) laps: BTreeMap<usize, Vec<Lap>>,
    /// The part has a `file_id` of its own.
    pub(super) named: bool,
    /// Persons of a shared scale or blood pressure meter, by their number on it.
    pub(super) persons: Vec<i64>,
    /// Score of the night, where it is the only one.
    pub(super) sleep_scores: Vec<f64>,
}

impl Context {
    /// Reads a part for its context; `before` is that of the part before it.
    /// When its records hold a heart rate is added to `heart`.
    pub(super) fn gather(data: &[u8], before: Option<&Self>, heart: &mut HeartTimes) -> Self {
        let mut context = Self::default();
        let mut spans = Vec::new();
        let mut walker = Walker::new(data);
        let none = Developer::default();
        let mut laps = Vec::new();
        // damage ends this look ahead quietly: the reading itself meets it again and tells
        while let Ok(Some(raw)) = walker.next() {
            let Some(definition) = walker.definition(raw.slot) else { break };
            if context.first.is_none() {
                context.first = raw.stamp.and_then(super::profile::instant);
            }
            let num = MesgNum(definition.num);
            if num == MesgNum::RECORD {
                let field = definition.fields.iter().find(|field| field.num == mesgdef::Record::HEART_RATE);
                let value = field.and_then(|field| raw.body.get(field.from));
                if let (Some(1..=0xfe), Some(seconds)) = (value, raw.stamp) {
                    heart.add(seconds);
                }
                continue;
            }
            if WANTED.contains(&num) {
                let message = Message::read(definition, &raw, &none);
                context.named |= num == MesgNum::FILE_ID;
                if num == MesgNum::LAP {
                    laps.extend(super::workout::lap(&message));
                } else if num == MesgNum::SESSION {
                    spans.extend(sport_span(&message, spans.len()));
                } else {
                    context.take(num, &message);
                }
            }
        }
        spans.order();
        context.spans = Rc::new(spans);
        context.persons.order();
        context.persons.dedup();
        context.share_out(laps);
        if let (false, Some(before)) = (context.named, before) {
            context.inherit(before);
        }
        context
    }

    /// Gives each lap to the session that its middle is in; to the only session, where there is one.
    fn share_out(&mut self, laps: Vec<Lap>) {
        for lap in laps {
            let middle = lap.start.plus_micros((lap.end.micros() - lap.start.micros()) / 2);
            let session = match self.spans.as_slice() {
                [only] => Some(only.session),
                _ => self.session_at(middle).map(|span| span.session),
            };
            if let Some(session) = session {
                self.laps.entry(session).or_default().push(lap);
            }
        }
    }

    fn inherit(&mut self, before: &Self) {
        self.file_type = before.file_type;
        self.manufacturer = before.manufacturer;
        self.product = before.product;
        self.product_name.clone_from(&before.product_name);
        self.serial = before.serial;
        self.created = before.created;
        self.software = before.software;
        self.offset_s = self.offset_s.or(before.offset_s);
        if self.spans.is_empty() {
            self.spans = Rc::clone(&before.spans);
        }
    }

    fn take(&mut self, num: MesgNum, m: &Message) {
        match num {
            MesgNum::FILE_ID => self.file_id(m),
            MesgNum::DEVICE_INFO => self.creator(m),
            MesgNum::ACTIVITY => {
                self.offset_s = offset(m, mesgdef::Activity::LOCAL_TIMESTAMP).or(self.offset_s);
            }
            MesgNum::MONITORING_INFO => {
                let local = m.int(mesgdef::MonitoringInfo::LOCAL_TIMESTAMP);
                self.offset_s = offset(m, mesgdef::MonitoringInfo::LOCAL_TIMESTAMP).or(self.offset_s);
                self.from_midnight = local.is_some_and(|t| t % 86_400 == 0);
                self.monitoring_start = m.at().or(self.monitoring_start);
            }
            MesgNum::WEIGHT_SCALE | MesgNum::BLOOD_PRESSURE => self.persons.extend(m.person()),
            MesgNum::SLEEP_ASSESSMENT => {
                self.sleep_scores.extend(m.number(mesgdef::SleepAssessment::OVERALL_SLEEP_SCORE));
            }
            _ => {}
        }
    }

    fn file_id(&mut self, m: &Message) {
        use mesgdef::FileId;
        self.file_type = m.code(FileId::TYPE).or(self.file_type);
        self.manufacturer = small(m, FileId::MANUFACTURER).or(self.manufacturer);
        self.product = small(m, FileId::PRODUCT).or(self.product);
        self.product_name = m.text(FileId::PRODUCT_NAME).map(str::to_owned).or(self.product_name.take());
        self.serial = m.int(FileId::SERIAL_NUMBER).and_then(|v| u32::try_from(v).ok()).or(self.serial);
        self.created = m.time(FileId::TIME_CREATED).or(self.created);
    }

    /// Device 0 is the one that wrote the file.
    fn creator(&mut self, m: &Message) {
        use mesgdef::DeviceInfo;
        if m.int(DeviceInfo::DEVICE_INDEX) != Some(0) {
            return;
        }
        self.manufacturer = self.manufacturer.or(small(m, DeviceInfo::MANUFACTURER));
        self.product = self.product.or(small(m, DeviceInfo::PRODUCT));
        self.product_name = self.product_name.take().or(m.text(DeviceInfo::PRODUCT_NAME).map(str::to_owned));
        self.serial = self.serial.or(m.int(DeviceInfo::SERIAL_NUMBER).and_then(|v| u32::try_from(v).ok()));
        self.software = self.software.or(m.number(DeviceInfo::SOFTWARE_VERSION));
    }

    /// The last session that began at or before an instant, if it lasted until then.
    pub(super) fn session_at(&self, at: Timestamp) -> Option<&SportSpan> {
        let after = self.spans.partition_point(|span| span.start <= at);
        let span = self.spans.get(after.checked_sub(1)?)?;
        (at <= span.end).then_some(span)
    }
}

/// When the records of a file held a heart rate, to within eight seconds.
#[derive(Debug, Default)]
pub(super) struct HeartTimes {
    known: HashSet<u32>,
    last: Option<u32>,
}

impl HeartTimes {
    fn add(&mut self, seconds: u32) {
        let place = seconds / 8;
        if self.last != Some(place) {
            self.last = Some(place);
            self.known.insert(place);
        }
    }

    /// Was there a heart rate at about this instant?
    pub(super) fn near(&self, micros: i64) -> bool {
        let seconds = micros.div_euclid(1_000_000) - super::profile::FIT_EPOCH;
        let Ok(place) = u32::try_from(seconds.div_euclid(8)) else { return false };
        (place.saturating_sub(1)..=place.saturating_add(1)).any(|place| self.known.contains(&place))
    }
}

fn sport_span(m: &Message, session: usize) -> Option<SportSpan> {
    let (start, end) = super::workout::span(m)?;
    let (sport, sub_sport) = (m.code(mesgdef::Session::SPORT), m.code(mesgdef::Session::SUB_SPORT));
    Some(SportSpan { start, end, session, sport, sub_sport })
}

const WANTED: [MesgNum; 9] = [
    MesgNum::FILE_ID,
    MesgNum::DEVICE_INFO,
    MesgNum::SESSION,
    MesgNum::LAP,
    MesgNum::ACTIVITY,
    MesgNum::MONITORING_INFO,
    MesgNum::WEIGHT_SCALE,
    MesgNum::BLOOD_PRESSURE,
    MesgNum::SLEEP_ASSESSMENT,
];

fn small(m: &Message, field: u8) -> Option<u16> {
    m.int(field).and_then(|v| u16::try_from(v).ok())
}

/// Local time less UTC, where it is a whole number of quarter hours that some zone has.
fn offset(m: &Message, local: u8) -> Option<i32> {
    quarter_hours(m.int(local)?.checked_sub(i64::from(m.stamp?))?)
}

fn quarter_hours(seconds: i64) -> Option<i32> {
    let quarters = seconds.checked_add(450)?.div_euclid(900).checked_mul(900)?;
    let plausible = (-12 * 3600..=14 * 3600).contains(&quarters) && (quarters - seconds).abs() <= 60;
    i32::try_from(quarters).ok().filter(|_| plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_quarter_hours_that_some_zone_has() {
        assert_eq!(quarter_hours(7200), Some(7200));
        assert_eq!(quarter_hours(-12_601), Some(-12_600));
        assert_eq!(quarter_hours(20_700 + 59), Some(20_700));
        for none in [300, 15 * 3600, i64::from(i32::MAX), i64::MAX, i64::MIN] {
            assert_eq!(quarter_hours(none), None, "{none}");
        }
    }
}
