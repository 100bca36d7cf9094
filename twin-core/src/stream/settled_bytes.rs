//! The bytes of what is settled: no field names, numbers as short as they are.

use super::bytes::{Reader, Writer, damaged};
use super::settled::{Settled, Stream};
use crate::error::Result;
use crate::event::{Origin, Recording};
use crate::fold::{HourSum, MetricDay, Resolved, SourceDay, SourcePart};

impl Settled {
    pub(super) fn write(&self, out: &mut Writer) {
        out.i64(self.upto_us);
        out.i64(self.bounds_us.0);
        out.i64(self.bounds_us.1);
        out.u64(self.cumulative.into());
        out.count(self.streams.len());
        for stream in &self.streams {
            let origin = &stream.origin;
            out.bytes(origin.source.as_str().as_bytes());
            out.option(origin.device.as_ref(), |out, d| out.bytes(d.as_str().as_bytes()));
            out.option(origin.method.as_ref(), |out, m| out.bytes(m.as_str().as_bytes()));
            out.option(origin.recording, |out, r| out.u64(r as u64));
            out.option(stream.offset_s, |out, s| out.i64(s.into()));
            out.i64(stream.used_s.into());
        }
        out.count(self.folded.sources.len());
        for s in &self.folded.sources {
            out.bytes(s.source.as_str().as_bytes());
            out.option(s.method.as_ref(), |out, m| out.bytes(m.as_str().as_bytes()));
            out.u64(s.n);
            out.u64(s.flagged);
            out.i128(s.sum);
            [s.min, s.max, s.first_us, s.last_us, s.last].into_iter().for_each(|n| out.i64(n));
        }
        let r = &self.folded.resolved;
        out.u64(r.n);
        out.i128(r.amount);
        [r.covered_us, r.min, r.max, r.last].into_iter().for_each(|n| out.i64(n));
        out.count(r.hours.len());
        for hour in &r.hours {
            out.u64(hour.hour.into());
            out.i128(hour.amount);
            out.i64(hour.covered_us);
        }
        out.count(r.parts.len());
        for part in &r.parts {
            out.bytes(part.source.as_str().as_bytes());
            out.u64(part.n);
            out.i64(part.covered_us);
            out.i128(part.amount);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self> {
        let upto_us = from.i64()?;
        let bounds_us = (from.i64()?, from.i64()?);
        let cumulative = from.u64()? != 0;
        let streams = from.list(|from| {
            let origin = Origin {
                source: from.text()?.parse()?,
                device: from.option(|from| from.text()?.parse())?,
                method: from.option(|from| from.text()?.parse())?,
                recording: from.option(|from| match from.u64()? {
                    0 => Ok(Recording::Automatic),
                    1 => Ok(Recording::Active),
                    2 => Ok(Recording::Manual),
                    _ => Err(damaged()),
                })?,
            };
            Ok(Stream { origin, offset_s: from.option(Reader::i32)?, used_s: from.i32()? })
        })?;
        let sources = from.list(|from| {
            Ok(SourceDay {
                source: from.text()?.parse()?,
                method: from.option(|from| from.text()?.parse())?,
                n: from.u64()?,
                flagged: from.u64()?,
                sum: from.i128()?,
                min: from.i64()?,
                max: from.i64()?,
                first_us: from.i64()?,
                last_us: from.i64()?,
                last: from.i64()?,
            })
        })?;
        let (n, amount) = (from.u64()?, from.i128()?);
        let (covered_us, min, max, last) = (from.i64()?, from.i64()?, from.i64()?, from.i64()?);
        let hours = from.list(|from| {
            let hour = u8::try_from(from.u64()?).map_err(|_| damaged())?;
            Ok(HourSum { hour, amount: from.i128()?, covered_us: from.i64()? })
        })?;
        let parts = from.list(|from| {
            let source = from.text()?.parse()?;
            Ok(SourcePart { source, n: from.u64()?, covered_us: from.i64()?, amount: from.i128()? })
        })?;
        let resolved = Resolved { n, covered_us, amount, min, max, last, hours, parts };
        Ok(Self { upto_us, bounds_us, cumulative, streams, folded: MetricDay { sources, resolved } })
    }
}
