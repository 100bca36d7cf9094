//! One message with its fields read, for everything that is not a stream of records.

use super::developer::Developer;
use super::profile::{self, Info, MesgNum, mesgdef};
use super::value::Value;
use super::wire::{Definition, Raw};
use twin_core::Timestamp;
use twin_core::event::{KeptField, KeptValue, MessageKept};

/// A message with what it states; missing fields are left out.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) num: u16,
    pub(super) stamp: Option<u32>,
    fields: Vec<(u8, Value)>,
    dev: Vec<(Info, Value)>,
}

pub(super) const TIMESTAMP: u8 = 253;

impl Message {
    pub(super) fn read(definition: &Definition, raw: &Raw<'_>, developer: &Developer) -> Self {
        let slice =
            |from: usize, size: usize| raw.body.get(from..).and_then(|b| b.get(..size)).unwrap_or_default();
        let mut fields = Vec::with_capacity(definition.fields.len());
        for field in &definition.fields {
            let value = field.base.value(slice(field.from, field.size), definition.big);
            if value != Value::Missing {
                fields.push((field.num, value));
            }
        }
        let mut dev = Vec::new();
        for field in &definition.dev {
            let described = developer.find(field.index, field.num);
            let base = described.base_for(field.size);
            let value = base.value(slice(field.from, field.size), definition.big);
            if value != Value::Missing {
                dev.push((described.info.clone(), value));
            }
        }
        Self { num: definition.num, stamp: raw.stamp, fields, dev }
    }

    /// The instant of the message, where it states a real one.
    pub(super) fn at(&self) -> Option<Timestamp> {
        self.stamp.and_then(profile::instant)
    }

    pub(super) fn value(&self, num: u8) -> Option<&Value> {
        self.fields.iter().find(|(n, _)| *n == num).map(|(_, value)| value)
    }

    /// A single whole number, as it stands in the file.
    pub(super) fn int(&self, num: u8) -> Option<i64> {
        self.value(num).and_then(Value::int)
    }

    /// A single number in the profile's unit.
    pub(super) fn number(&self, num: u8) -> Option<f64> {
        match self.value(num)? {
            Value::One(number) => Some(profile::field(self.num, num).scaled(*number)),
            _ => None,
        }
    }

    pub(super) fn text(&self, num: u8) -> Option<&str> {
        match self.value(num)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A field that holds a time.
    pub(super) fn time(&self, num: u8) -> Option<Timestamp> {
        self.int(num).and_then(|seconds| u32::try_from(seconds).ok()).and_then(profile::instant)
    }

    /// A field that holds a small code.
    pub(super) fn code(&self, num: u8) -> Option<u8> {
        self.int(num).and_then(|code| u8::try_from(code).ok())
    }

    /// The person on a shared device that a message is about, by their number there.
    pub(super) fn person(&self) -> Option<i64> {
        let field = match MesgNum(self.num) {
            MesgNum::WEIGHT_SCALE => mesgdef::WeightScale::USER_PROFILE_INDEX,
            MesgNum::BLOOD_PRESSURE => mesgdef::BloodPressure::USER_PROFILE_INDEX,
            MesgNum::USER_PROFILE => mesgdef::UserProfile::MESSAGE_INDEX,
            _ => return None,
        };
        // the upper bits are flags
        self.int(field).map(|index| index & 0x0fff)
    }

    /// Numbers of the fields in order, the message's own time left out.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u8> {
        self.fields.iter().map(|(num, _)| *num).filter(|num| *num != TIMESTAMP)
    }

    /// All fields, word for word: scaled where the profile scales, times in RFC 3339. The message's own time is
    /// left out where it is a real one: it is when the message is kept at.
    pub(super) fn kept(&self) -> MessageKept {
        self.kept_but(&[])
    }

    /// All fields but some.
    pub(super) fn kept_but(&self, but: &[u8]) -> MessageKept {
        let timed = self.at().is_some();
        let mut fields = Vec::with_capacity(self.fields.len() + self.dev.len());
        for (num, value) in &self.fields {
            if !(but.contains(num) || timed && *num == TIMESTAMP) {
                fields.push(kept_field(profile::field_among(self.num, *num, &self.fields), value));
            }
        }
        fields.extend(self.dev.iter().map(|(info, value)| kept_field(info.clone(), value)));
        MessageKept { format: "fit".into(), message: profile::message_name(self.num), fields }
    }
}

fn kept_field(info: Info, value: &Value) -> KeptField {
    let (scale, offset) = (info.scale, info.offset);
    let number = |n| profile::scaled(n, scale, offset);
    let time = || Some(value.int()?).and_then(|v| u32::try_from(v).ok()).and_then(profile::instant);
    let mut unit = Some(info.unit.clone()).filter(|unit| !unit.is_empty());
    let value = match (value, info.is_time.then(time).flatten()) {
        (_, Some(time)) => {
            unit = None;
            KeptValue::Text(time.to_string())
        }
        (Value::One(super::value::Number::Int(v)), _) if !info.is_scaled() => KeptValue::Integer(*v),
        (Value::One(n), _) if number(*n).is_finite() => KeptValue::Number(number(*n)),
        (Value::One(n), _) => KeptValue::Text(n.as_f64().to_string()),
        (Value::Text(text), _) => KeptValue::Text(text.clone()),
        (Value::Many(elements), _) if elements.iter().all(|e| e.is_some_and(|n| number(n).is_finite())) => {
            KeptValue::Numbers(elements.iter().flatten().map(|n| number(*n)).collect())
        }
        (Value::Many(elements), _) => {
            // a missing element keeps its place: `12,,14`
            let words = elements.iter().map(|e| e.map(|n| number(n).to_string()).unwrap_or_default());
            KeptValue::Text(words.collect::<Vec<_>>().join(","))
        }
        (Value::Missing, _) => KeptValue::Text(String::new()),
    };
    KeptField { name: info.name, value, unit }
}
