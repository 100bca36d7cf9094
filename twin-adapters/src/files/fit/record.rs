//! Records: one message a moment, made streams of samples.
//!
//! Each definition is made a plan once; a record then runs its plan over the bytes.

use super::context::Context;
use super::developer::Developer;
use super::out::Out;
use super::profile::{self, Info, mesgdef::Record};
use super::value::{Base, Number};
use super::wire::{Definition, Raw};
use twin_core::catalogue::Metric;
use twin_core::event::Origin;
use twin_core::series::StreamKey;
use twin_core::sort::OrderBy;
use twin_core::{Result, Timestamp};

/// What a value is besides a sample of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// The better of two fields for one quantity: the other waits for a record without it.
    Better(u8),
    Worse(u8),
    HeartRate,
    Cadence,
    FractionalCadence,
    /// 12 bits of speed, 12 bits of distance.
    SpeedAndDistance,
    Plain,
}

const SPEED: u8 = 1;
const ALTITUDE: u8 = 2;
const RESPIRATION: u8 = 4;

#[derive(Clone, Debug)]
struct Step {
    from: usize,
    base: Base,
    role: Role,
    key: StreamKey,
    scale: f64,
    offset: f64,
    /// What turns the profile's unit into the catalogue's.
    factor: f64,
    /// A field of bytes is missing when all of these are 255.
    bytes: Option<(usize, usize)>,
}

#[derive(Debug)]
struct Plan {
    serial: u32,
    epoch: u32,
    steps: Vec<Step>,
    /// Some fields are texts: the record is kept as a message too.
    texts: bool,
}

/// Streams of a moment's movement, where the sport gives them their name.
#[derive(Clone, Copy, Debug)]
struct Keys {
    cycling: Option<StreamKey>,
    running: Option<StreamKey>,
    speed: Option<StreamKey>,
    distance: Option<StreamKey>,
}

/// Reads the records of one part.
#[derive(Debug)]
pub(super) struct Records {
    plans: [Option<Plan>; 16],
    keys: Keys,
    origin: Origin,
    sport: Sport,
    sport_until: Option<(Timestamp, Timestamp)>,
    /// The sport that the last `sport` message named.
    named: Sport,
    /// Distance of compressed records, sixteenths of a metre.
    distance_16: u64,
}

/// How a cadence is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sport {
    Cycling,
    OnFoot,
    #[default]
    Other,
}

impl Sport {
    pub(super) const fn of(sport: Option<u8>, sub_sport: Option<u8>) -> Self {
        match (sport, sub_sport) {
            // treadmill, street, trail, track; indoor running, virtual running below
            (Some(1 | 11 | 17), _) | (Some(4), Some(1)) => Self::OnFoot,
            // cycling, e-biking; spinning and indoor cycling as fitness equipment
            (Some(2 | 21), _) | (Some(4), Some(5 | 6)) => Self::Cycling,
            _ => Self::Other,
        }
    }
}

impl Records {
    pub(super) fn new(origin: &Origin, out: &mut Out<'_>) -> Self {
        let mut stream = |metric: &str| out.stream(metric, catalogue_unit(metric), origin);
        let (cycling, running, speed) =
            (stream("cadence_cycling"), stream("cadence_running"), stream("speed"));
        let distance = out.stream("fit:distance", "m", origin);
        Self {
            plans: Default::default(),
            keys: Keys { cycling, running, speed, distance },
            origin: origin.clone(),
            sport: Sport::Other,
            sport_until: None,
            named: Sport::Other,
            distance_16: 0,
        }
    }

    /// A `sport` message: what follows is of this sport, where no session says otherwise.
    pub(super) fn name_sport(&mut self, sport: Sport) {
        self.named = sport;
        self.sport_until = None;
    }

    /// Takes a record. `true` when it should be kept as a message too: it holds texts.
    pub(super) fn take(
        &mut self,
        definition: &Definition,
        raw: &Raw<'_>,
        at: Timestamp,
        context: &Context,
        developer: &Developer,
        out: &mut Out<'_>,
    ) -> Result<bool> {
        let fits = |plan: &Plan| plan.serial == definition.serial && plan.epoch == developer.epoch;
        if !self.plans.get(raw.slot).and_then(Option::as_ref).is_some_and(fits) {
            let plan = Plan::of(definition, developer, &self.origin, out);
            if let Some(place) = self.plans.get_mut(raw.slot) {
                *place = Some(plan);
            }
        }
        self.follow_sport(at, context);
        let Some(Some(plan)) = self.plans.get(raw.slot) else { return Ok(false) };
        let start = at.micros();
        let (mut done, mut cadence, mut fraction) = (0_u8, None, 0.0);
        for step in &plan.steps {
            let Some(bytes) = raw.body.get(step.from..) else { continue };
            if let Some((from, size)) = step.bytes
                && raw
                    .body
                    .get(from..)
                    .and_then(|b| b.get(..size))
                    .is_none_or(|b| b.iter().all(|b| *b == u8::MAX))
            {
                continue;
            }
            if step.role == Role::SpeedAndDistance {
                let &[a, b, c, ..] = bytes else { continue };
                let speed = u16::from(a) | u16::from(b & 0x0f) << 8;
                let distance = u64::from(b >> 4) | u64::from(c) << 4;
                self.distance_16 += distance.wrapping_sub(self.distance_16) & 0xfff;
                if let Some(key) = self.keys.speed.filter(|_| done & SPEED == 0) {
                    out.sample(key, start, 0, f64::from(speed) / 100.0)?;
                }
                if let Some(key) = self.keys.distance {
                    out.sample(key, start, 0, self.distance_16 as f64 / 16.0)?;
                }
                continue;
            }
            let Some(number) = step.base.number(bytes, definition.big) else { continue };
            match step.role {
                Role::HeartRate if number == Number::Int(0) => {
                    out.warn("zero_heart_rate");
                    continue;
                }
                Role::Worse(mask) if done & mask != 0 => continue,
                Role::Better(mask) | Role::Worse(mask) => done |= mask,
                Role::Cadence => cadence = Some(number.as_f64()),
                Role::FractionalCadence => fraction = profile::scaled(number, step.scale, step.offset),
                _ => {}
            }
            let mut value = profile::scaled(number, step.scale, step.offset);
            if step.factor != 1.0 {
                value /= step.factor;
            }
            out.sample(step.key, start, 0, value)?;
        }
        match (cadence, self.sport, self.keys) {
            (Some(cadence), Sport::Cycling, Keys { cycling: Some(key), .. }) => {
                out.sample(key, start, 0, cadence)?
            }
            (Some(cadence), Sport::OnFoot, Keys { running: Some(key), .. }) => {
                out.sample(key, start, 0, 2.0 * (cadence + fraction))?;
            }
            _ => {}
        }
        Ok(plan.texts)
    }

    fn follow_sport(&mut self, at: Timestamp, context: &Context) {
        if self.sport_until.is_some_and(|(from, to)| (from..=to).contains(&at)) {
            return;
        }
        if let Some(span) = context.session_at(at) {
            self.sport = Sport::of(span.sport, span.sub_sport);
            // a session that begins within this one ends what may be remembered
            let next = context.spans.partition_point(|s| s.start <= at);
            let end = context.spans.get(next).map_or(span.end, |s| span.end.min(s.start.plus_micros(-1)));
            self.sport_until = Some((span.start.max(at), end));
        } else {
            self.sport = self.named;
        }
    }
}

impl Plan {
    fn of(definition: &Definition, developer: &Developer, origin: &Origin, out: &mut Out<'_>) -> Self {
        let mut steps = Vec::new();
        let mut texts = false;
        let has_distance = definition.fields.iter().any(|f| f.num == Record::DISTANCE);
        for field in &definition.fields {
            if field.num == super::message::TIMESTAMP {
                continue;
            }
            let info = profile::field(definition.num, field.num);
            texts |= field.base == Base::Text;
            if field.num == Record::COMPRESSED_SPEED_DISTANCE && field.size == 3 && !has_distance {
                if let Some(key) = out.stream("fit:distance", "m", origin) {
                    let bytes = Some((field.from, field.size));
                    let role = Role::SpeedAndDistance;
                    steps.push(Step {
                        from: field.from,
                        base: Base::Byte,
                        role,
                        key,
                        scale: 1.0,
                        offset: 0.0,
                        factor: 1.0,
                        bytes,
                    });
                }
                continue;
            }
            elements(&mut steps, out, origin, &info, Some(field.num), (field.base, field.from, field.size));
        }
        for field in &definition.dev {
            let described = developer.find(field.index, field.num);
            let base = described.base_for(field.size);
            texts |= base == Base::Text;
            elements(&mut steps, out, origin, &described.info, None, (base, field.from, field.size));
        }
        steps.order_by_key(|step| step.role);
        Self { serial: definition.serial, epoch: developer.epoch, steps, texts }
    }
}

/// Adds a step for each element of a field.
fn elements(
    steps: &mut Vec<Step>,
    out: &mut Out<'_>,
    origin: &Origin,
    info: &Info,
    num: Option<u8>,
    (base, from, size): (Base, usize, usize),
) {
    if base == Base::Text || size < base.size() {
        return;
    }
    let count = size / base.size();
    let known = num.filter(|_| count == 1).and_then(canonical);
    let role = num.filter(|_| count == 1).map_or(Role::Plain, role);
    for i in 0..count {
        let (metric, unit, factor) = match known {
            Some((metric, factor)) => (metric.to_owned(), catalogue_unit(metric), factor),
            None => {
                let element = if count > 1 { format!("[{i}]") } else { String::new() };
                let unit = if info.unit.is_empty() { "1" } else { info.unit.as_str() };
                let (unit, factor) =
                    if unit == "semicircles" { ("deg", SEMICIRCLES_A_DEGREE) } else { (unit, 1.0) };
                (format!("fit:{}{element}", info.name), unit, factor)
            }
        };
        let Some(key) = out.stream(&metric, unit, origin) else { return };
        steps.push(Step {
            from: from + i * base.size(),
            base,
            role,
            key,
            scale: info.scale,
            offset: info.offset,
            factor,
            bytes: (base == Base::Byte).then_some((from, size)),
        });
    }
}

const SEMICIRCLES_A_DEGREE: f64 = 2_147_483_648.0 / 180.0;

fn role(num: u8) -> Role {
    match num {
        Record::HEART_RATE => Role::HeartRate,
        Record::CADENCE => Role::Cadence,
        Record::FRACTIONAL_CADENCE => Role::FractionalCadence,
        Record::ENHANCED_SPEED => Role::Better(SPEED),
        Record::SPEED => Role::Worse(SPEED),
        Record::ENHANCED_ALTITUDE => Role::Better(ALTITUDE),
        Record::ALTITUDE => Role::Worse(ALTITUDE),
        Record::ENHANCED_RESPIRATION_RATE => Role::Better(RESPIRATION),
        Record::RESPIRATION_RATE => Role::Worse(RESPIRATION),
        _ => Role::Plain,
    }
}

/// The catalogue's metric of a record's field, and how many of the profile's unit make one of the catalogue's.
fn canonical(num: u8) -> Option<(&'static str, f64)> {
    Some(match num {
        Record::HEART_RATE => ("heart_rate", 1.0),
        Record::POWER => ("power", 1.0),
        Record::ENHANCED_SPEED | Record::SPEED => ("speed", 1.0),
        Record::ENHANCED_ALTITUDE | Record::ALTITUDE => ("altitude", 1.0),
        Record::TEMPERATURE => ("ambient_temperature", 1.0),
        Record::CORE_TEMPERATURE => ("body_temperature", 1.0),
        Record::STANCE_TIME => ("ground_contact_time", 1.0),
        Record::VERTICAL_OSCILLATION => ("vertical_oscillation", 10.0),
        Record::SATURATED_HEMOGLOBIN_PERCENT => ("muscle_oxygen", 1.0),
        Record::ENHANCED_RESPIRATION_RATE | Record::RESPIRATION_RATE => ("respiratory_rate", 1.0),
        _ => return None,
    })
}

/// The catalogue's unit of one of its metrics.
pub(super) fn catalogue_unit(metric: &str) -> &'static str {
    Metric::find(metric).map_or("1", |m| m.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_what_records_are_mapped_to() {
        for (metric, _) in (0..=u8::MAX).filter_map(canonical) {
            assert!(Metric::find(metric).is_some(), "{metric}");
        }
    }

    #[test]
    fn cadence_goes_by_sport() {
        assert_eq!(Sport::of(Some(2), None), Sport::Cycling);
        assert_eq!(Sport::of(Some(4), Some(1)), Sport::OnFoot);
        assert_eq!(Sport::of(Some(15), None), Sport::Other);
    }
}
