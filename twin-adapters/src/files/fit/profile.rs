//! Names, scales and units, from the profile that `rustyfit` carries.

use super::value::{Number, Value};
use rustyfit::profile::ProfileType;
use rustyfit::profile::lookup::field_reference;
use rustyfit::profile::typedef;
use std::fmt::Display;
use twin_core::Timestamp;

pub(super) use rustyfit::profile::mesgdef;
pub(super) use rustyfit::profile::typedef::MesgNum;

/// FIT seconds begin at 1989-12-31T00:00:00Z.
pub(super) const FIT_EPOCH: i64 = 631_065_600;
/// Below this, a time counts seconds since the device was switched on.
const LEAST_TIME: u32 = 0x1000_0000;

/// The instant of FIT seconds; `None` for seconds since the device was switched on.
pub(super) fn instant(seconds: u32) -> Option<Timestamp> {
    (LEAST_TIME..u32::MAX).contains(&seconds).then(|| Timestamp::from_secs(FIT_EPOCH + i64::from(seconds)))
}

/// What the profile says of a field.
#[derive(Clone, Debug)]
pub(super) struct Info {
    pub(super) name: String,
    pub(super) scale: f64,
    pub(super) offset: f64,
    /// The profile's word; empty where it has none.
    pub(super) unit: String,
    pub(super) is_time: bool,
}

impl Info {
    /// A field without scale and unit.
    pub(super) fn plain(name: String) -> Self {
        Self { name, scale: 1.0, offset: 0.0, unit: String::new(), is_time: false }
    }

    /// The number in the field's unit.
    #[inline]
    pub(super) fn scaled(&self, number: Number) -> f64 {
        scaled(number, self.scale, self.offset)
    }

    pub(super) fn is_scaled(&self) -> bool {
        self.scale != 1.0 || self.offset != 0.0
    }
}

/// `raw / scale - offset`, as FIT defines it.
#[inline]
pub(super) fn scaled(number: Number, scale: f64, offset: f64) -> f64 {
    if scale == 1.0 && offset == 0.0 { number.as_f64() } else { number.as_f64() / scale - offset }
}

/// The name of a message: `record`, or `unknown_<number>`.
pub(super) fn message_name(num: u16) -> String {
    let makers_own = num >= 0xff00;
    let known = if makers_own { None } else { word(MesgNum(num)) };
    known.unwrap_or_else(|| format!("unknown_{num}"))
}

/// A field of a message by its number.
pub(super) fn field(message: u16, num: u8) -> Info {
    field_among(message, num, &[])
}

/// A field whose meaning another field of the same message may decide (`event.data`, `device_info.product`).
pub(super) fn field_among(message: u16, num: u8, others: &[(u8, Value)]) -> Info {
    let Some(known) = field_reference(MesgNum(message), num) else { return Info::plain(unknown(num)) };
    let decides = |(by, value): (u8, i64)| others.iter().any(|(n, v)| *n == by && v.int() == Some(value));
    let sub = known
        .sub_fields()
        .iter()
        .find(|sub| sub.maps().iter().any(|map| decides((map.ref_field_num(), map.ref_field_value()))));
    match sub {
        Some(sub) => Info {
            name: sub.name().to_owned(),
            scale: decimal(sub.scale()),
            offset: decimal(sub.offset()),
            unit: sub.units().to_owned(),
            is_time: sub.profile_type() == ProfileType::DateTime,
        },
        None => Info {
            name: known.name().to_owned(),
            scale: decimal(known.scale()),
            offset: decimal(known.offset()),
            unit: known.units().to_owned(),
            is_time: known.profile_type() == ProfileType::DateTime,
        },
    }
}

/// `unknown_<number>`, without the machinery of formatting: some makers write little else.
fn unknown(num: u8) -> String {
    let mut name = String::with_capacity(11);
    name.push_str("unknown_");
    for (place, above) in [(100, 100), (10, 10), (1, 0)] {
        if num >= above {
            name.push(char::from(b'0' + num / place % 10));
        }
    }
    name
}

/// The number a single-precision constant was written as: 0.7111111, not 0.7111110687255859.
fn decimal(constant: f64) -> f64 {
    if constant.fract() == 0.0 { constant } else { (constant as f32).to_string().parse().unwrap_or(constant) }
}

/// The word of a coded value; `None` where the profile has none (it then prints the type and number).
fn word(coded: impl Display) -> Option<String> {
    Some(coded.to_string()).filter(|text| !text.contains('('))
}

/// The name of a sport; its number where the profile has none.
pub(super) fn sport(code: u8) -> String {
    word(typedef::Sport(code)).unwrap_or_else(|| format!("sport_{code}"))
}

/// The name of a sub-sport.
pub(super) fn sub_sport(code: u8) -> String {
    word(typedef::SubSport(code)).unwrap_or_else(|| format!("sub_sport_{code}"))
}

/// The maker's name, `manufacturer_<number>` where the profile has none.
pub(super) fn manufacturer(code: u16) -> String {
    word(typedef::Manufacturer(code)).unwrap_or_else(|| format!("manufacturer_{code}"))
}

/// The name of a product of a maker, where the profile has one.
pub(super) fn product(manufacturer: u16, code: u16) -> Option<String> {
    matches!(manufacturer, 1 | 13 | 15 | 89).then(|| word(typedef::GarminProduct(code))).flatten()
}

/// The UCUM unit of a unit word of the profile; the word itself where it is none.
pub(super) fn ucum(word: &str) -> &str {
    match word {
        "" | "counts" => "1",
        "bpm" | "rpm" | "Breaths/min" | "breaths/min" | "cycles/min" => "/min",
        "strides/min" => "{stride}/min",
        "strokes/min" => "{stroke}/min",
        "watts" => "W",
        "C" => "Cel",
        "percent" => "%",
        "minutes" => "min",
        "degrees" => "deg",
        "years" => "a",
        "mmHg" => "mm[Hg]",
        "kcal/day" | "kcal / day" => "kcal/d",
        "kg/m^2" => "kg/m2",
        "m/s^2" => "m/s2",
        "mL/kg/min" => "mL/min/kg",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_as_this_reader_takes_it() {
        let speed = field(20, mesgdef::Record::ENHANCED_SPEED);
        assert_eq!(
            (speed.name.as_str(), speed.scale, speed.offset, speed.unit.as_str()),
            ("enhanced_speed", 1000.0, 0.0, "m/s")
        );
        let altitude = field(20, 2);
        assert_eq!(altitude.scaled(Number::Int(2600)), 20.0);
        assert_eq!(field(20, 69).scale, 0.711_111_1);
        for num in 0..=u8::MAX {
            assert_eq!(field(0xff01, num).name, format!("unknown_{num}"));
        }
        assert_eq!(message_name(20), "record");
        assert_eq!(message_name(65_280), "unknown_65280");
        assert_eq!((sport(2), manufacturer(1)), ("cycling".to_owned(), "garmin".to_owned()));
        assert_eq!(product(1, 60_000), None);
    }

    #[test]
    fn other_fields_decide_the_meaning() {
        let others = [(0, Value::One(Number::Int(0))), (3, Value::One(Number::Int(1)))];
        assert_eq!(field_among(21, 3, &others).name, "timer_trigger");
        assert_eq!(field_among(21, 3, &[]).name, "data");
    }

    #[test]
    fn times_count_from_1989() {
        assert_eq!(instant(1_000_000_000).unwrap().to_string(), "2021-09-08T01:46:40Z");
        assert_eq!(instant(0x0fff_ffff), None);
        assert_eq!(instant(u32::MAX), None);
    }
}
