//! Who wrote the file.

use super::context::Context;
use super::profile;
use twin_core::event::{DeviceDescribed, DeviceKind, Origin, Recording};
use twin_core::{DeviceId, SourceId};

const ACTIVITY: u8 = 4;
const WEIGHT: u8 = 9;
const BLOOD_PRESSURE: u8 = 14;
/// `monitoring_a`, `monitoring_daily`, `monitoring_b`, and what watches write beside them.
const MONITORING: [u8; 3] = [15, 28, 32];

/// The origin of a part: source and device are `fit/<maker>-<serial number or product>`.
pub(super) fn origin(context: &Context) -> Origin {
    let maker = context.manufacturer.map_or_else(|| "unknown".to_owned(), profile::manufacturer);
    let which = match (context.serial, &context.product_name) {
        (Some(serial), _) => Some(serial.to_string()),
        (None, Some(name)) => Some(name.clone()),
        (None, None) => context.product.map(|product| product_word(context, product)),
    };
    let name = which.map_or_else(|| format!("fit/{maker}"), |which| format!("fit/{maker}-{which}"));
    let recording = match context.file_type {
        Some(ACTIVITY) => Some(Recording::Active),
        Some(kind) if MONITORING.contains(&kind) => Some(Recording::Automatic),
        _ => None,
    };
    Origin { source: SourceId::lossy(&name), device: Some(DeviceId::lossy(&name)), method: None, recording }
}

/// The same origin for one of several persons of a shared device.
pub(super) fn of_person(origin: &Origin, person: i64) -> Origin {
    Origin { source: SourceId::lossy(&format!("{}/user-{person}", origin.source)), ..origin.clone() }
}

/// What is known of the device; `None` when the file says nothing of it.
pub(super) fn described(context: &Context, origin: &Origin) -> Option<DeviceDescribed> {
    let maker = profile::manufacturer(context.manufacturer?);
    let model =
        context.product_name.clone().or(context.product.map(|product| product_word(context, product)));
    Some(DeviceDescribed {
        device: origin.device.clone(),
        kind: kind(context.file_type, &maker, model.as_deref().unwrap_or_default()),
        manufacturer: Some(maker),
        model,
        software: context.software.map(|version| version.to_string()),
    })
}

fn product_word(context: &Context, product: u16) -> String {
    let named = context.manufacturer.and_then(|maker| profile::product(maker, product));
    named.unwrap_or_else(|| product.to_string())
}

/// A guess from the kind of file and the names of maker and product.
fn kind(file_type: Option<u8>, maker: &str, model: &str) -> DeviceKind {
    let model = model.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| model.contains(word));
    match (file_type, maker) {
        (Some(WEIGHT), _) => DeviceKind::Scale,
        (Some(BLOOD_PRESSURE), _) => DeviceKind::Instrument,
        _ if has(&["scale"]) => DeviceKind::Scale,
        _ if has(&["hrm", "heart rate"]) => DeviceKind::Strap,
        _ if has(&["edge", "elemnt", "karoo", "rox", "rider", "dash"]) => DeviceKind::SportComputer,
        (_, "strava" | "zwift" | "wahoo_fitness_app" | "garmin_connect") => DeviceKind::Phone,
        (
            _,
            "wahoo_fitness" | "bryton" | "hammerhead" | "sigmasport" | "lezyne" | "srm" | "stages_cycling",
        ) => DeviceKind::SportComputer,
        (_, "suunto" | "coros" | "polar_electro" | "amazfit" | "zepp") => DeviceKind::Watch,
        (_, "garmin") if has(WATCHES) => DeviceKind::Watch,
        (_, _) if MONITORING.iter().any(|kind| Some(*kind) == file_type) => DeviceKind::Watch,
        _ => DeviceKind::Unknown,
    }
}

const WATCHES: &[&str] = &[
    "fr",
    "fenix",
    "forerunner",
    "vivo",
    "venu",
    "instinct",
    "epix",
    "enduro",
    "marq",
    "descent",
    "tactix",
    "quatix",
    "approach_s",
    "lily",
    "swim",
    "d2",
    "bounce",
    "legacy",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds() {
        let mut context = Context {
            manufacturer: Some(1),
            serial: Some(77),
            file_type: Some(ACTIVITY),
            ..Context::default()
        };
        let from = origin(&context);
        assert_eq!((from.source.as_str(), from.recording), ("fit/garmin-77", Some(Recording::Active)));
        context.serial = None;
        context.product = Some(2067); // edge 520
        assert_eq!(origin(&context).source.as_str(), "fit/garmin-edge520");
        assert_eq!(described(&context, &from).unwrap().kind, DeviceKind::SportComputer);
        assert_eq!(origin(&Context::default()).source.as_str(), "fit/unknown");
        assert_eq!(kind(Some(WEIGHT), "garmin", ""), DeviceKind::Scale);
        assert_eq!(kind(Some(ACTIVITY), "garmin", "fr935"), DeviceKind::Watch);
        assert_eq!(kind(Some(ACTIVITY), "development", "0"), DeviceKind::Unknown);
    }
}
