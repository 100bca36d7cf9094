//! Beat by beat: RR intervals, and heart rates that a strap stored and sent later.

use super::context::HeartTimes;
use super::message::Message;
use super::out::Out;
use super::profile::mesgdef::{BeatIntervals, Hr, Hrv};
use super::profile::{self, MesgNum};
use super::value::{Number, Value};
use twin_core::event::Origin;
use twin_core::series::StreamKey;
use twin_core::{MethodId, Result, Timestamp};

/// The beats' clock may fall behind the records by this much before it is set anew: a gap in the beats.
const MAX_LAG_US: i64 = 3_000_000;

/// Places RR intervals in time.
///
/// Beats carry no time of their own. The first begins at the last time the file stated before it; each
/// further one begins where the one before ended. Where that clock falls more than three seconds behind
/// the file's, beats are missing, and it is set to the file's. It is never set back: beats keep their order.
#[derive(Debug)]
pub(super) struct Beats {
    key: Option<StreamKey>,
    clock_us: Option<i64>,
}

impl Beats {
    pub(super) fn new(origin: &Origin, out: &mut Out<'_>) -> Self {
        Self { key: out.stream("rr_interval", "ms", origin), clock_us: None }
    }

    /// Takes an `hrv` or `beat_intervals` message; `seen` is the last time the file stated.
    pub(super) fn take(&mut self, m: &Message, seen: Option<Timestamp>, out: &mut Out<'_>) -> Result<()> {
        let (field, own) = if MesgNum(m.num) == MesgNum::BEAT_INTERVALS {
            let millis = m.int(BeatIntervals::TIMESTAMP_MS).unwrap_or_default();
            (BeatIntervals::TIME, m.at().map(|at| at.plus_micros(millis.saturating_mul(1000))))
        } else {
            (Hrv::TIME, None)
        };
        let one;
        let intervals = match m.value(field) {
            Some(Value::Many(elements)) => elements.as_slice(),
            Some(Value::One(number)) => {
                one = [Some(*number)];
                one.as_slice()
            }
            _ => return Ok(()),
        };
        let Some(anchor) = own.or(seen).map(Timestamp::micros) else {
            intervals.iter().flatten().for_each(|_| out.refuse("bad_time", "hrv"));
            return Ok(());
        };
        let mut clock = self.clock_us.filter(|clock| *clock >= anchor - MAX_LAG_US).unwrap_or(anchor);
        for milliseconds in intervals.iter().flatten().map(|n| n.as_f64()) {
            if let Some(key) = self.key {
                out.sample(key, clock, 0, milliseconds)?;
            }
            clock = clock.saturating_add((milliseconds.max(0.0) * 1000.0) as i64);
        }
        self.clock_us = Some(clock);
        Ok(())
    }
}

/// Heart rates of `hr` messages, which carry the strap's own clock in 1/1024 s, later ones its low 12 bits.
#[derive(Debug)]
pub(super) struct StoredHeartRate {
    key: Option<StreamKey>,
    /// An instant and the strap's clock at it.
    reference: Option<(i64, u64)>,
    last: u64,
}

impl StoredHeartRate {
    pub(super) fn new(origin: &Origin, out: &mut Out<'_>) -> Self {
        let origin = Origin { method: Some(MethodId::lossy("hr_message")), ..origin.clone() };
        Self { key: out.stream("heart_rate", "/min", &origin), reference: None, last: 0 }
    }

    /// Takes an `hr` message; where the records hold heart rates themselves, these are left out.
    pub(super) fn take(&mut self, m: &Message, heart: &HeartTimes, out: &mut Out<'_>) -> Result<()> {
        let rates = whole(m.value(Hr::FILTERED_BPM));
        let mut ticks: Vec<u64> = Vec::new();
        for full in whole(m.value(Hr::EVENT_TIMESTAMP)).into_iter().flatten() {
            self.last = full.unsigned_abs();
            ticks.push(self.last);
        }
        if let (Some(at), Some(first)) = (m.at(), ticks.first()) {
            let fraction = m.number(Hr::FRACTIONAL_TIMESTAMP).unwrap_or_default();
            self.reference = Some((at.micros().saturating_add((fraction * 1e6) as i64), *first));
        }
        let packed = whole(m.value(Hr::EVENT_TIMESTAMP_12));
        for three in packed.as_chunks::<3>().0 {
            let [a, b, c] = three.map(|byte| byte.unwrap_or_default().unsigned_abs());
            for low in [a | (b & 0x0f) << 8, b >> 4 | c << 4] {
                self.last += low.wrapping_sub(self.last) & 0xfff;
                ticks.push(self.last);
            }
        }
        let (Some(key), Some((at, first))) = (self.key, self.reference) else { return Ok(()) };
        for (ticks, rate) in ticks.iter().zip(rates) {
            let Some(rate) = rate else { continue };
            if rate == 0 {
                out.warn("zero_heart_rate");
                continue;
            }
            let since = (ticks.saturating_sub(first) as i64).saturating_mul(15_625) / 16; // 1/1024 s in µs
            let at = at.saturating_add(since);
            if !heart.near(at) {
                out.sample(key, at, 0, rate as f64)?;
            }
        }
        Ok(())
    }
}

/// The elements of a field of whole numbers.
fn whole(value: Option<&Value>) -> Vec<Option<i64>> {
    let int = |n: &Number| match n {
        Number::Int(v) => Some(*v),
        Number::Float(_) => None,
    };
    match value {
        Some(Value::One(number)) => vec![int(number)],
        Some(Value::Many(elements)) => elements.iter().map(|e| e.as_ref().and_then(int)).collect(),
        _ => Vec::new(),
    }
}

/// Seconds of the last 16 bits of a time, after the last full one.
pub(super) fn rolled(last: u32, low: i64) -> Option<u32> {
    let low = u32::try_from(low).ok()?;
    let full = last.wrapping_add(low.wrapping_sub(last) & 0xffff);
    profile::instant(full).map(|_| full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bit_times_roll_over() {
        assert_eq!(rolled(0x3000_fff0, 0xfff8), Some(0x3000_fff8));
        assert_eq!(rolled(0x3000_fff0, 0x0004), Some(0x3001_0004));
        assert_eq!(rolled(0, 5), None);
    }
}
