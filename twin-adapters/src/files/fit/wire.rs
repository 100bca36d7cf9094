//! The container: headers, definitions, message bodies, time stamps, checksums.
//!
//! Our own walk over the bytes instead of a crate's reader: `rustyfit` reads a field with the profile's
//! base type where the file declares another one, drops developer fields without a description and
//! stops at a wrong checksum; `fitparser` is several times slower. Names, scales and units of fields
//! still come from `rustyfit`'s profile.

use super::value::Base;

/// The header of one FIT part; a file may chain several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// Its own length: 12 or 14 by the protocol, longer ones are skipped over.
    pub(super) size: usize,
    /// Bytes of messages that follow it.
    pub(super) data: usize,
    /// Its checksum is right, or absent.
    pub(super) sound: bool,
}

/// The header at the start of these bytes.
pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let size = usize::from(*bytes.first()?);
    if size < 12 || bytes.get(8..12)? != b".FIT" {
        return None;
    }
    let data = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let stated = match (size, bytes.get(12..14)) {
        (14.., Some(&[a, b])) => u16::from_le_bytes([a, b]),
        _ => 0,
    };
    let sound = stated == 0 || bytes.get(..12).is_some_and(|head| crc(0, head) == stated);
    Some(Header { size, data, sound })
}

/// Where the next header begins in these bytes.
pub(super) fn find_header(bytes: &[u8]) -> Option<usize> {
    let magic = bytes.windows(4).enumerate().filter(|(_, w)| *w == b".FIT");
    magic
        .filter_map(|(at, _)| at.checked_sub(8))
        .find(|at| matches!(bytes.get(*at), Some(12 | 14)) && bytes.get(*at..).and_then(header).is_some())
}

/// One field of a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldDef {
    pub(super) num: u8,
    pub(super) base: Base,
    /// Where its bytes are in the body.
    pub(super) from: usize,
    pub(super) size: usize,
}

/// One developer field of a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct DevFieldDef {
    pub(super) num: u8,
    pub(super) index: u8,
    pub(super) from: usize,
    pub(super) size: usize,
}

/// What the bodies of a local message look like.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// Global message number.
    pub(super) num: u16,
    /// Most significant byte first.
    pub(super) big: bool,
    pub(super) fields: Vec<FieldDef>,
    pub(super) dev: Vec<DevFieldDef>,
    /// Bytes of a body.
    pub(super) size: usize,
    /// Different for every definition of a part.
    pub(super) serial: u32,
    stamp: Option<usize>,
}

/// Why a walk ended before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// The bytes end within a message.
    Truncated,
    /// A message of a local type that was never defined.
    Undefined,
}

/// One message as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'a> {
    /// Its local type, the key to its definition.
    pub(super) slot: usize,
    /// Its own time: FIT seconds, from field 253 or from a compressed header.
    pub(super) stamp: Option<u32>,
    pub(super) body: &'a [u8],
}

const TIMESTAMP: u8 = 253;

/// Walks over the messages of one part.
#[derive(Debug)]
pub(super) struct Walker<'a> {
    data: &'a [u8],
    at: usize,
    definitions: [Option<Definition>; 16],
    serial: u32,
    last_stamp: Option<u32>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, definitions: Default::default(), serial: 0, last_stamp: None }
    }

    /// Bytes passed.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn definition(&self, slot: usize) -> Option<&Definition> {
        self.definitions.get(slot).and_then(Option::as_ref)
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], Damage> {
        let bytes = self.data.get(self.at..).and_then(|rest| rest.get(..n)).ok_or(Damage::Truncated)?;
        self.at += n;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, Damage> {
        self.take(1)?.first().copied().ok_or(Damage::Truncated)
    }

    /// The next data message; `None` at the end. After damage nothing more can be read.
    pub(super) fn next(&mut self) -> Result<Option<Raw<'a>>, Damage> {
        while let Some(&head) = self.data.get(self.at) {
            self.at += 1;
            if head & 0xc0 == 0x40 {
                self.define(head)?;
                continue;
            }
            let (slot, short_time) = if head & 0x80 == 0 {
                (usize::from(head & 0x0f), None)
            } else {
                (usize::from(head >> 5 & 0x03), Some(u32::from(head & 0x1f)))
            };
            let Some(definition) = self.definitions.get(slot).and_then(Option::as_ref) else {
                return Err(Damage::Undefined);
            };
            let (size, place, big) = (definition.size, definition.stamp, definition.big);
            let body = self.take(size)?;
            let mut stamp = place.and_then(|from| stamp(body, from, big));
            if let (Some(low), None, Some(last)) = (short_time, stamp, self.last_stamp) {
                stamp = Some(last.wrapping_add(low.wrapping_sub(last) & 0x1f));
            }
            if stamp.is_some() {
                self.last_stamp = stamp;
            }
            return Ok(Some(Raw { slot, stamp, body }));
        }
        Ok(None)
    }

    fn define(&mut self, head: u8) -> Result<(), Damage> {
        let &[_, order, a, b, count] = self.take(5)? else { return Err(Damage::Truncated) };
        let big = order != 0;
        let num = if big { u16::from_be_bytes([a, b]) } else { u16::from_le_bytes([a, b]) };
        let mut from = 0;
        let mut fields = Vec::with_capacity(usize::from(count));
        let mut stamp = None;
        for triple in self.take(3 * usize::from(count))?.as_chunks::<3>().0 {
            let &[num, size, code] = triple;
            let size = usize::from(size);
            let mut base = Base::of(code);
            if size % base.size() != 0 {
                base = Base::Byte;
            }
            if num == TIMESTAMP && size == 4 {
                stamp = Some(from);
            }
            fields.push(FieldDef { num, base, from, size });
            from += size;
        }
        let mut dev = Vec::new();
        if head & 0x20 != 0 {
            let count = usize::from(self.byte()?);
            for &[num, size, index] in self.take(3 * count)?.as_chunks::<3>().0 {
                let size = usize::from(size);
                dev.push(DevFieldDef { num, index, from, size });
                from += size;
            }
        }
        self.serial = self.serial.wrapping_add(1);
        let definition = Definition { num, big, fields, dev, size: from, serial: self.serial, stamp };
        if let Some(slot) = self.definitions.get_mut(usize::from(head & 0x0f)) {
            *slot = Some(definition);
        }
        Ok(())
    }
}

fn stamp(body: &[u8], from: usize, big: bool) -> Option<u32> {
    let bytes = body.get(from..)?.first_chunk::<4>()?;
    let value = if big { u32::from_be_bytes(*bytes) } else { u32::from_le_bytes(*bytes) };
    (value != u32::MAX).then_some(value)
}

const CRC_TABLE: [[u16; 256]; 2] = crc_tables();

const fn crc_tables() -> [[u16; 256]; 2] {
    let mut tables = [[0_u16; 256]; 2];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xa001 } else { crc >> 1 };
            bit += 1;
        }
        #[expect(clippy::indexing_slicing, reason = "computed when compiling, within 0..256")]
        {
            tables[0][i] = crc;
        }
        i += 1;
    }
    i = 0;
    while i < 256 {
        #[expect(clippy::indexing_slicing, reason = "computed when compiling, within 0..256")]
        {
            let one = tables[0][i];
            tables[1][i] = one >> 8 ^ tables[0][(one & 0xff) as usize];
        }
        i += 1;
    }
    tables
}

/// The checksum of FIT (CRC-16 with the reversed polynomial 0xA001), continued from `crc`.
pub(super) fn crc(mut crc: u16, bytes: &[u8]) -> u16 {
    let [near, far] = &CRC_TABLE;
    let at =
        |table: &[u16; 256], index: u16| table.get(usize::from(index & 0xff)).copied().unwrap_or_default();
    let (pairs, rest) = bytes.as_chunks::<2>();
    for pair in pairs {
        let mixed = crc ^ u16::from_le_bytes(*pair);
        crc = at(far, mixed) ^ at(near, mixed >> 8);
    }
    for byte in rest {
        crc = crc >> 8 ^ at(near, crc ^ u16::from(*byte));
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_crc16_arc() {
        assert_eq!(crc(0, b"123456789"), 0xbb3d);
        assert_eq!(crc(crc(0, b"1234"), b"56789"), 0xbb3d);
    }

    #[test]
    fn compressed_times_roll_over() {
        // local 0: message 20 with the time and a byte; local 1: a byte alone
        let mut data = vec![0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 0x02, 0x41, 0, 0, 20, 0, 1, 3, 1, 0x02];
        data.extend([0x00, 0x1e, 0x00, 0x00, 0x40, 60]); // 0x4000001e: low five bits 30
        data.extend([0x80 | 1 << 5 | 31, 61, 0x80 | 1 << 5 | 2, 62]);
        let mut walker = Walker::new(&data);
        let stamps: Vec<_> =
            std::iter::from_fn(|| walker.next().unwrap()).map(|raw| raw.stamp.unwrap()).collect();
        assert_eq!(stamps, [0x4000_001e, 0x4000_001f, 0x4000_0022]);
    }

    #[test]
    fn damage_is_told_apart() {
        assert_eq!(Walker::new(&[0x05, 1]).next().unwrap_err(), Damage::Undefined);
        assert_eq!(Walker::new(&[0x40, 0, 0]).next().unwrap_err(), Damage::Truncated);
        assert!(Walker::new(&[]).next().unwrap().is_none());
    }
}
