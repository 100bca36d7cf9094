//! What recorded an activity, as far as its name tells.

use twin_core::DeviceId;
use twin_core::event::{DeviceDescribed, DeviceKind};

/// Describes a device or program by the name that a file gives it.
pub(in crate::files) fn described(device: DeviceId, name: &str, software: Option<String>) -> DeviceDescribed {
    let low = name.to_lowercase();
    let garmin = low.contains("garmin") || kind(&low) != DeviceKind::Unknown && !is_program(&low);
    DeviceDescribed {
        device: Some(device),
        kind: kind(&low),
        manufacturer: (garmin && !is_program(&low)).then(|| "garmin".to_owned()),
        model: Some(name.chars().take(200).collect()),
        software,
    }
}

/// Programs and services that write files; what measured is not known then, mostly a phone.
fn is_program(low: &str) -> bool {
    ["strava", "runkeeper", "connect", "zwift", "komoot", "osmand", "openrunner"]
        .iter()
        .any(|w| low.contains(w))
}

fn kind(low: &str) -> DeviceKind {
    let has = |words: &[&str]| words.iter().any(|word| low.contains(word));
    if is_program(low) {
        DeviceKind::Phone
    } else if has(&["edge", "etrex", "elemnt", "karoo"]) {
        DeviceKind::SportComputer
    } else if has(&["forerunner", "fenix", "fēnix", "vivo", "vívo", "venu", "instinct", "epix", "swim"]) {
        DeviceKind::Watch
    } else {
        DeviceKind::Unknown
    }
}
