//! Makes small FIT files, byte by byte.

/// A FIT time, and the same instant in unix seconds: 2021-09-08T01:46:40Z.
pub(crate) const T0: u32 = 1_000_000_000;
pub(crate) const U0: i64 = 1_631_065_600;

/// A file of one or more parts.
pub(crate) struct Fit {
    pub(crate) parts: Vec<Part>,
    /// Length of the headers: 12 or 14.
    pub(crate) header: u8,
}

/// Definitions and messages of one part.
#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) big: bool,
    pub(crate) data: Vec<u8>,
}

/// The body of a message.
pub(crate) struct Body {
    big: bool,
    pub(crate) data: Vec<u8>,
}

impl Fit {
    pub(crate) fn of(part: Part) -> Self {
        Self { parts: vec![part], header: 14 }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut file = Vec::new();
        for part in &self.parts {
            let mut bytes = vec![self.header, 0x20, 0x54, 0x08];
            bytes.extend((part.data.len() as u32).to_le_bytes());
            bytes.extend(b".FIT");
            if self.header == 14 {
                bytes.extend(crc(&bytes).to_le_bytes());
            }
            bytes.extend(&part.data);
            bytes.extend(crc(&bytes).to_le_bytes());
            file.extend(bytes);
        }
        file
    }
}

impl Part {
    /// Defines a local message: fields as (number, size, base type).
    pub(crate) fn define(&mut self, local: u8, message: u16, fields: &[(u8, u8, u8)]) {
        self.head(0x40 | local, message, fields);
    }

    /// With developer fields as (number, size, index).
    pub(crate) fn define_with(
        &mut self,
        local: u8,
        message: u16,
        fields: &[(u8, u8, u8)],
        developer: &[(u8, u8, u8)],
    ) {
        self.head(0x60 | local, message, fields);
        self.data.push(developer.len() as u8);
        self.data.extend(developer.iter().flat_map(|(num, size, index)| [*num, *size, *index]));
    }

    fn head(&mut self, head: u8, message: u16, fields: &[(u8, u8, u8)]) {
        self.data.extend([head, 0, u8::from(self.big)]);
        self.data.extend(if self.big { message.to_be_bytes() } else { message.to_le_bytes() });
        self.data.push(fields.len() as u8);
        self.data.extend(fields.iter().flat_map(|(num, size, base)| [*num, *size, *base]));
    }

    pub(crate) fn data(&mut self, local: u8, fill: impl FnOnce(Body) -> Body) {
        self.raw(&[local]);
        let body = fill(Body { big: self.big, data: Vec::new() });
        self.data.extend(body.data);
    }

    /// A message with the low five bits of its time in its header.
    pub(crate) fn compressed(&mut self, local: u8, time: u8, fill: impl FnOnce(Body) -> Body) {
        self.data(0x80 | local << 5 | time & 0x1f, fill);
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.data.extend(bytes);
    }
}

impl Body {
    pub(crate) fn u8(mut self, v: u8) -> Self {
        self.data.push(v);
        self
    }
    pub(crate) fn u16(mut self, v: u16) -> Self {
        self.data.extend(if self.big { v.to_be_bytes() } else { v.to_le_bytes() });
        self
    }
    pub(crate) fn u32(mut self, v: u32) -> Self {
        self.data.extend(if self.big { v.to_be_bytes() } else { v.to_le_bytes() });
        self
    }
    pub(crate) fn text(mut self, text: &str, size: usize) -> Self {
        let end = self.data.len() + size;
        self.data.extend(text.as_bytes());
        self.data.resize(end, 0);
        self
    }
}

/// The checksum bit by bit, unlike the reader's table.
fn crc(bytes: &[u8]) -> u16 {
    let mut crc = 0_u16;
    for byte in bytes {
        crc ^= u16::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xa001 } else { crc >> 1 };
        }
    }
    crc
}
