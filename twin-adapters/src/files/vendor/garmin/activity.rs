//! Activities: an entry of the list, or one activity's page.

use super::{offset, source, utc};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, object, text};
use crate::files::shared::out::Out;
use crate::files::shared::rest::rest;
use crate::files::vendor::Found;
use twin_core::event::{NamedQuantity, Recording, WorkoutRecorded};
use twin_core::{DeviceId, Result};

/// Numbers that go into the workout's statistics by their own names, and their units.
const FIGURES: &[(&str, &str)] = &[
    ("bmrCalories", "kcal"),
    ("steps", "{step}"),
    ("minHR", "/min"),
    ("maxPower", "W"),
    ("normPower", "W"),
    ("averageSpeed", "m/s"),
    ("maxSpeed", "m/s"),
    ("elevationLoss", "m"),
    ("averageRunningCadenceInStepsPerMinute", "/min"),
    ("avgVerticalOscillation", "cm"),
    ("avgGroundContactTime", "ms"),
    ("avgStrideLength", "cm"),
    ("avgRespirationRate", "/min"),
    ("avgStress", "1"),
    ("aerobicTrainingEffect", "1"),
    ("trainingEffect", "1"),
    ("anaerobicTrainingEffect", "1"),
    ("activityTrainingLoad", "1"),
    ("moderateIntensityMinutes", "min"),
    ("vigorousIntensityMinutes", "min"),
    ("differenceBodyBattery", "1"),
    ("waterEstimated", "mL"),
];
/// Fields with a place of their own, and what names or locates people.
const USED: &[&str] = &[
    "activityId",
    "activityUUID",
    "activityName",
    "startTimeLocal",
    "startTimeGMT",
    "endTimeGMT",
    "activityType",
    "activityTypeDTO",
    "distance",
    "duration",
    "elapsedDuration",
    "movingDuration",
    "elevationGain",
    "calories",
    "averageHR",
    "maxHR",
    "avgPower",
    "averagePower",
    "startLatitude",
    "startLongitude",
    "endLatitude",
    "endLongitude",
    "ownerId",
    "ownerDisplayName",
    "ownerFullName",
    "ownerProfileImageUrlSmall",
    "ownerProfileImageUrlMedium",
    "ownerProfileImageUrlLarge",
    "userRoles",
    "userProfileId",
    "locationName",
    "metadataDTO",
    "privacy",
    "accessControlRuleDTO",
    "splitSummaries",
    "beginTimestamp",
];

pub(super) fn read(o: &Object, out: &mut Out<'_>) -> Result<Found> {
    // The page of one activity holds its figures one level down.
    let figures = object(o, "summaryDTO").unwrap_or(o);
    let Some(start) = utc(figures, "startTimeGMT") else {
        out.refuse("bad_time", "activity", "no `startTimeGMT` that can be read");
        return Ok(Found::Read);
    };
    let length = |name| num(figures, name).filter(|s| (0.0..=1.2e6).contains(s));
    let Some(length_s) = length("elapsedDuration").or_else(|| length("duration")) else {
        out.refuse("bad_time", "activity", "an activity without a length");
        return Ok(Found::Read);
    };
    let end = start.plus_micros((length_s * 1e6).round() as i64);
    let offset = offset(figures, "startTimeGMT", "startTimeLocal");
    let mut origin = source();
    let manual = |o: &Object| o.get("manualActivity").and_then(serde_json::Value::as_bool);
    let page = object(o, "metadataDTO");
    origin.recording = match manual(o).or_else(|| page.and_then(manual)) {
        Some(true) => Some(Recording::Manual),
        _ => Some(Recording::Active),
    };
    let device = num(o, "deviceId")
        .or_else(|| page.and_then(|m| object(m, "deviceMetaDataDTO")).and_then(|d| num(d, "deviceId")));
    origin.device = device.map(|id| DeviceId::lossy(&format!("{id:.0}")));
    let id = num(o, "activityId").map(|id| format!("activity:{id:.0}"));
    let about = About::moment(&origin, end, id).over(start, offset);
    let sport = object(o, "activityType")
        .or_else(|| object(o, "activityTypeDTO"))
        .and_then(|t| text(t, "typeKey"))
        .unwrap_or("unknown");
    let (sport, sub_sport) = sport_of(sport);
    let positive = |name| num(figures, name).filter(|v| *v > 0.0);
    let mut statistics = Vec::new();
    for (name, unit) in FIGURES {
        if let Some(value) = num(figures, name) {
            statistics.push(NamedQuantity { name: (*name).into(), value, unit: (*unit).into() });
        }
    }
    let body = WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport,
        title: text(o, "activityName").map(|t| t.chars().take(100).collect()),
        moving_s: num(figures, "movingDuration").filter(|s| (0.0..=2e6).contains(s)),
        distance_m: num(figures, "distance").filter(|v| *v >= 0.0),
        energy_kcal: num(figures, "calories").filter(|v| *v >= 0.0),
        heart_rate_mean: positive("averageHR"),
        heart_rate_max: positive("maxHR"),
        power_mean_w: positive("avgPower").or_else(|| positive("averagePower")),
        ascent_m: num(figures, "elevationGain"),
        perceived_exertion: None,
        statistics,
        laps: Vec::new(),
    };
    about.fact(out, "", body)?;
    let used: Vec<&str> = FIGURES.iter().map(|f| f.0).chain(USED.iter().copied()).collect();
    about.fact(out, "rest", rest(figures, "garmin_connect", "activity", &used))?;
    Ok(Found::Read)
}

/// Our words for Garmin's: the broad sport, and Garmin's own word where it says more.
fn sport_of(key: &str) -> (String, Option<String>) {
    let broad = match key {
        "running" | "cycling" | "walking" | "hiking" | "swimming" | "yoga" | "strength_training" => {
            return (key.into(), None);
        }
        k if k.ends_with("running") => "running",
        k if k.ends_with("cycling") || k.ends_with("biking") => "cycling",
        k if k.ends_with("walking") => "walking",
        k if k.ends_with("swimming") => "swimming",
        other => return (other.chars().take(60).collect(), None),
    };
    (broad.into(), Some(key.chars().take(60).collect()))
}
