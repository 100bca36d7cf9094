//! Who recorded: apps and devices of an export, as origins.

use super::xml::text;
use std::collections::HashSet;
use twin_core::event::{Content, DeviceDescribed, DeviceKind, Origin};
use twin_core::observation::{Observation, Sink};
use twin_core::{DeviceId, Result, SourceId, Timestamp};

/// Most devices described; more are still read.
const MAX_DESCRIBED: usize = 4_096;

/// The part of a device text that says something: without the address in memory, which differs
/// each time it is written.
pub(super) fn device_tail(raw: &str) -> &str {
    raw.split_once(',').map_or("", |(_, tail)| tail.trim_start())
}

/// What a device text tells.
#[derive(Debug, Default, PartialEq)]
struct Device {
    name: String,
    manufacturer: String,
    model: String,
    hardware: String,
    software: String,
}

impl Device {
    /// Parses `name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch4,2, software:5.1>`.
    fn parse(tail: &str) -> Self {
        const OTHERS: [&str; 5] =
            ["firmware", "localIdentifier", "UDIDeviceIdentifier", "FDA UDI", "creation date"];
        let mut device = Self::default();
        let mut field = "";
        for piece in tail.trim_end_matches('>').split(", ") {
            let named = piece.split_once(':').filter(|(key, _)| {
                ["name", "manufacturer", "model", "hardware", "software"].contains(key)
                    || OTHERS.contains(key)
            });
            let value = match named {
                Some((key, value)) => {
                    field = key;
                    value
                }
                None => piece,
            };
            let slot = match field {
                "name" => &mut device.name,
                "manufacturer" => &mut device.manufacturer,
                "model" => &mut device.model,
                "hardware" => &mut device.hardware,
                "software" => &mut device.software,
                _ => continue,
            };
            if !slot.is_empty() {
                slot.push_str(", ");
            }
            slot.push_str(value.trim());
        }
        device
    }

    fn id(&self) -> Option<DeviceId> {
        let parts: Vec<&str> = [&self.name, &self.model, &self.hardware]
            .into_iter()
            .map(String::as_str)
            .filter(|p| !p.is_empty())
            .collect();
        (!parts.is_empty()).then(|| DeviceId::lossy(&plain(&parts.join("/"))))
    }
}

/// The kind of a thing from its names, where they leave no doubt.
fn kind_of(names: &[&str]) -> DeviceKind {
    const WORDS: &[(&str, DeviceKind)] = &[
        ("watch", DeviceKind::Watch),
        ("iphone", DeviceKind::Phone),
        ("ipad", DeviceKind::Phone),
        ("polar h", DeviceKind::Strap),
        ("tickr", DeviceKind::Strap),
        ("hrm-", DeviceKind::Strap),
        ("chest strap", DeviceKind::Strap),
        ("oura", DeviceKind::Ring),
        ("ringconn", DeviceKind::Ring),
        ("scale", DeviceKind::Scale),
        ("body cardio", DeviceKind::Scale),
        ("body+", DeviceKind::Scale),
        ("whoop", DeviceKind::Watch),
        ("blood pressure", DeviceKind::Instrument),
        ("omron", DeviceKind::Instrument),
        ("dexcom", DeviceKind::Instrument),
        ("libre", DeviceKind::Instrument),
        ("wahoo elemnt", DeviceKind::SportComputer),
        ("edge ", DeviceKind::SportComputer),
    ];
    let names: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
    WORDS
        .iter()
        .find(|(word, _)| names.iter().any(|n| n.contains(word)))
        .map_or(DeviceKind::Unknown, |(_, kind)| *kind)
}

/// Apple writes some names with spaces that do not break.
fn plain(name: &str) -> String {
    name.replace('\u{a0}', " ")
}

/// Makes origins, and describes each device once.
#[derive(Debug, Default)]
pub(super) struct Sources {
    described: HashSet<(SourceId, Option<DeviceId>)>,
}

impl Sources {
    /// The origin of a raw source name and device text; says what the device is at its first record.
    pub(super) fn origin(
        &mut self,
        name: &str,
        device: &str,
        first: Timestamp,
        sink: &mut dyn Sink,
    ) -> Result<Origin> {
        let name = plain(&text(name));
        let device = Device::parse(device_tail(&text(device)));
        let mut origin = Origin::of(SourceId::lossy(&format!("apple_health/{}", name.trim())));
        origin.device = device.id();
        let kind = if origin.device.is_some() {
            kind_of(&[&device.model, &device.name, &device.hardware])
        } else {
            kind_of(&[&name])
        };
        let known = origin.device.is_some() || kind != DeviceKind::Unknown;
        if known
            && self.described.len() < MAX_DESCRIBED
            && self.described.insert((origin.source.clone(), origin.device.clone()))
        {
            let some = |t: &str| (!t.is_empty()).then(|| plain(t));
            let described = DeviceDescribed {
                device: origin.device.clone(),
                kind,
                manufacturer: some(&device.manufacturer),
                model: some(&device.model),
                software: some(&device.software),
            };
            let mut by = Origin::of(origin.source.clone());
            by.device.clone_from(&origin.device);
            sink.accept(Observation::Fact(Content::new(by, first, described)))?;
        }
        Ok(origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::observation::Collected;

    const WATCH: &str = "&lt;&lt;HKDevice: 0x28123&gt;, name:Apple\u{a0}Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch4,2, software:5.1&gt;";

    #[test]
    fn devices_are_parsed() {
        let text = text(WATCH);
        let device = Device::parse(device_tail(&text));
        assert_eq!((device.hardware.as_str(), device.software.as_str()), ("Watch4,2", "5.1"));
        assert_eq!(device.id().unwrap().as_str(), "Apple Watch/Watch/Watch4,2");
        assert_eq!(
            Device::parse("name:Polar H10, 4F, localIdentifier:ab, c").id().unwrap().as_str(),
            "Polar H10, 4F"
        );
        assert_eq!(Device::parse("").id(), None);
    }

    #[test]
    fn the_pointer_is_no_part_of_a_device() {
        assert_eq!(device_tail(WATCH), device_tail(&WATCH.replace("0x28123", "0x99")));
    }

    #[test]
    fn each_device_is_described_once() {
        let (mut sources, mut sink) = (Sources::default(), Collected::default());
        let t = Timestamp::from_secs(1);
        for software in ["5.1", "5.2"] {
            sources.origin("Jo&apos;s\u{a0}Watch", &WATCH.replace("5.1", software), t, &mut sink).unwrap();
        }
        let none = sources.origin("Some App", "", t, &mut sink).unwrap();
        assert_eq!(none.device, None);
        sources.origin("Jo\u{a0}iPhone", "", t, &mut sink).unwrap();
        assert_eq!(sink.facts.len(), 2);
        assert_eq!(sink.facts[0].origin.source.as_str(), "apple_health/Jo's Watch");
        let kinds: Vec<_> = sink
            .facts
            .iter()
            .map(|f| match &f.body {
                twin_core::event::EventBody::DeviceDescribed(d) => d.kind,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(kinds, [DeviceKind::Watch, DeviceKind::Phone]);
    }
}
