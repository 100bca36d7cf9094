//! Developer fields: what the apps on a device say about fields of their own.

use super::message::Message;
use super::profile::{Info, mesgdef::FieldDescription as Described};
use super::value::Base;
use std::collections::HashMap;

/// What is known of a developer field.
#[derive(Clone, Debug)]
pub(super) struct DevField {
    pub(super) info: Info,
    base: Base,
}

impl DevField {
    /// The base type for a field of this many bytes: bytes where the stated type does not fit.
    pub(super) const fn base_for(&self, size: usize) -> Base {
        if size.is_multiple_of(self.base.size()) { self.base } else { Base::Byte }
    }
}

/// The descriptions a file gave so far.
#[derive(Debug, Default)]
pub(super) struct Developer {
    known: HashMap<(u8, u8), DevField>,
    /// The first field of each name.
    names: HashMap<String, (u8, u8)>,
    /// Grows with every description: what was made from older ones is stale.
    pub(super) epoch: u32,
}

impl Developer {
    /// Takes a `field_description` message.
    pub(super) fn describe(&mut self, message: &Message) {
        let (Some(index), Some(num)) =
            (message.code(Described::DEVELOPER_DATA_INDEX), message.code(Described::FIELD_DEFINITION_NUMBER))
        else {
            return;
        };
        let base = message.code(Described::FIT_BASE_TYPE_ID).map_or(Base::Byte, Base::of);
        let name = match message.text(Described::FIELD_NAME) {
            Some(name) if *self.names.entry(name.to_owned()).or_insert((index, num)) == (index, num) => {
                format!("dev.{name}")
            }
            // two apps gave their fields one name
            Some(name) => format!("dev.{name}.{index}_{num}"),
            None => unknown(index, num),
        };
        let info = Info {
            name,
            scale: message.int(Described::SCALE).filter(|s| *s != 0).map_or(1.0, |s| s as f64),
            offset: message.int(Described::OFFSET).map_or(0.0, |o| o as f64),
            unit: message.text(Described::UNITS).unwrap_or_default().to_owned(),
            is_time: false,
        };
        self.known.insert((index, num), DevField { info, base });
        self.epoch = self.epoch.wrapping_add(1);
    }

    /// A field; one that was never described is read as bytes and named by its numbers.
    pub(super) fn find(&self, index: u8, num: u8) -> DevField {
        let undescribed = || DevField { info: Info::plain(unknown(index, num)), base: Base::Byte };
        self.known.get(&(index, num)).cloned().unwrap_or_else(undescribed)
    }
}

fn unknown(index: u8, num: u8) -> String {
    format!("dev.unknown_{index}_{num}")
}
