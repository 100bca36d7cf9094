/// The CRC-16 of the FIT protocol.
///
/// ```
/// // The check value of CRC-16/ARC.
/// assert_eq!(twin_testkit::fit_crc(b"123456789"), 0xBB3D);
/// ```
#[must_use]
pub fn fit_crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |mut crc, byte| {
        crc ^= u16::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 };
        }
        crc
    })
}

/// A value with its FIT base type.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Enum(u8),
    U8(u8),
    S8(i8),
    U16(u16),
    S32(i32),
    U32(u32),
    U32z(u32),
    U16s(Vec<u16>),
    Bytes(Vec<u8>),
    Text(&'static str),
}

impl Value {
    fn base_type(&self) -> u8 {
        match self {
            Self::Enum(_) => 0x00,
            Self::S8(_) => 0x01,
            Self::U8(_) => 0x02,
            Self::Text(_) => 0x07,
            Self::Bytes(_) => 0x0D,
            Self::U16(_) | Self::U16s(_) => 0x84,
            Self::S32(_) => 0x85,
            Self::U32(_) => 0x86,
            Self::U32z(_) => 0x8C,
        }
    }

    fn size(&self) -> u8 {
        match self {
            Self::Enum(_) | Self::U8(_) | Self::S8(_) => 1,
            Self::U16(_) => 2,
            Self::S32(_) | Self::U32(_) | Self::U32z(_) => 4,
            Self::U16s(values) => (values.len() * 2) as u8,
            Self::Bytes(bytes) => bytes.len() as u8,
            Self::Text(text) => text.len() as u8 + 1,
        }
    }

    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Enum(v) | Self::U8(v) => out.push(*v),
            Self::S8(v) => out.extend(v.to_le_bytes()),
            Self::U16(v) => out.extend(v.to_le_bytes()),
            Self::S32(v) => out.extend(v.to_le_bytes()),
            Self::U32(v) | Self::U32z(v) => out.extend(v.to_le_bytes()),
            Self::U16s(values) => out.extend(values.iter().flat_map(|v| v.to_le_bytes())),
            Self::Bytes(bytes) => out.extend(bytes),
            Self::Text(text) => {
                out.extend(text.as_bytes());
                out.push(0);
            }
        }
    }
}

/// A field: its number in the profile, and its value.
pub(crate) type Field = (u8, Value);
type Layout = (u16, Vec<[u8; 3]>, Vec<[u8; 3]>);

/// Builds a FIT file: writes a definition whenever a message's layout is new to its local type.
#[derive(Default)]
pub(crate) struct Encoder {
    data: Vec<u8>,
    layouts: [Option<Layout>; 16],
}

impl Encoder {
    /// Adds a message of profile number `global`, under local type `local` (0..16).
    pub(crate) fn message(&mut self, local: u8, global: u16, fields: &[Field]) {
        self.developer_message(local, global, fields, &[]);
    }

    /// The same with developer fields of developer 0.
    pub(crate) fn developer_message(
        &mut self,
        local: u8,
        global: u16,
        fields: &[Field],
        developer: &[Field],
    ) {
        let layout: Layout = (
            global,
            fields.iter().map(|(number, v)| [*number, v.size(), v.base_type()]).collect(),
            developer.iter().map(|(number, v)| [*number, v.size(), 0]).collect(),
        );
        let known = self.layouts.get_mut(usize::from(local & 15));
        if let Some(known) = known.filter(|known| known.as_ref() != Some(&layout)) {
            let with_developer = if developer.is_empty() { 0 } else { 0x20 };
            self.data.extend([0x40 | with_developer | (local & 15), 0, 0]);
            self.data.extend(global.to_le_bytes());
            self.data.push(layout.1.len() as u8);
            self.data.extend(layout.1.iter().flatten());
            if !developer.is_empty() {
                self.data.push(layout.2.len() as u8);
                self.data.extend(layout.2.iter().flatten());
            }
            *known = Some(layout);
        }
        self.data.push(local & 15);
        fields.iter().chain(developer).for_each(|(_, value)| value.put(&mut self.data));
    }

    /// The file: header of 14 bytes with its CRC, the messages, and the CRC of all.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut out = vec![14, 0x20];
        out.extend(21_218_u16.to_le_bytes());
        out.extend((self.data.len() as u32).to_le_bytes());
        out.extend(b".FIT");
        out.extend(fit_crc(&out).to_le_bytes());
        out.extend(self.data);
        out.extend(fit_crc(&out).to_le_bytes());
        out
    }
}
