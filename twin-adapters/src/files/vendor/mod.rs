//! Answers of vendors' services, as they come over the wire: one body a file, or a recorded list of
//! exchanges `{"method", "path", "status", "body"}`.
//!
//! Pure: who fetches them, with which token, is the host's affair. A body is told by its fields; where
//! fields alone cannot tell (`[{"calendarDate", "value"}]`), the path of the exchange does, and without
//! one the body is refused.
//!
//! | service | what is read |
//! | --- | --- |
//! | Garmin Connect | sleep, HRV, stress and body battery, heart rate, days, weight, hydration, intensity, readiness, scores, training status, activities |
//! | Withings | measures, days, sleep stages, sleep summaries, workouts |
//! | iHealth | blood pressure, glucose, oxygen, weight, activity, sleep, sport |
//! | Jawbone, Misfit, Moves, Runkeeper | days, sleep, workouts, body: services that are gone, for their archives |
//!
//! * Metrics of the catalogue take its unit. What it does not know keeps the vendor's name:
//!   `garmin:recovery_time`, `withings:type_168`.
//! * Negative stress levels, null and documented sentinels are missing, never zero.
//! * A body that holds no measurement (goals, devices, profiles, notifications) is `unsupported`.

mod garmin;
mod older;
mod withings;

use super::ReadOptions;
use super::shared::elements::Object;
use super::shared::lists::each_listed;
use super::shared::out::Out;
use super::shared::text::head_text;
use serde_json::Value;
use std::io::BufRead;
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// A service whose answers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Service {
    /// Garmin Connect.
    GarminConnect,
    /// Withings.
    Withings,
    /// iHealth.
    IHealth,
    /// Jawbone UP.
    Jawbone,
    /// Misfit.
    Misfit,
    /// Moves.
    Moves,
    /// Runkeeper.
    Runkeeper,
}

impl Service {
    /// The stable word for it, also the source of its records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GarminConnect => "garmin_connect",
            Self::Withings => "withings",
            Self::IHealth => "ihealth",
            Self::Jawbone => "jawbone",
            Self::Misfit => "misfit",
            Self::Moves => "moves",
            Self::Runkeeper => "runkeeper",
        }
    }
}

/// Fields that tell a service: all of a line must be among the first bytes.
const MARKS: &[(&[&str], Service)] = &[
    (&["\"path\"", "\"body\"", "-service/"], Service::GarminConnect),
    (&["\"path\"", "\"body\"", "/mobile-gateway/"], Service::GarminConnect),
    (&["\"dailySleepDTO\""], Service::GarminConnect),
    (&["\"hrvSummaries\""], Service::GarminConnect),
    (&["\"stressValuesArray\""], Service::GarminConnect),
    (&["\"heartRateValues\""], Service::GarminConnect),
    (&["\"dateWeightList\""], Service::GarminConnect),
    (&["\"dailyWeightSummaries\""], Service::GarminConnect),
    (&["\"activityId\"", "\"startTimeGMT\""], Service::GarminConnect),
    (&["\"calendarDate\""], Service::GarminConnect),
    (&["\"startDateOfWeek\""], Service::GarminConnect),
    (&["\"grpid\"", "\"measures\""], Service::Withings),
    (&["\"CurrentRecordCount\"", "\"PageNumber\""], Service::IHealth),
    (&["\"user_xid\"", "\"meta\""], Service::Jawbone),
    (&["\"sleepDetails\"", "\"sleeps\""], Service::Misfit),
    (&["\"summary\"", "\"points\"", "\"activityCalories\""], Service::Misfit),
    (&["\"segments\"", "\"caloriesIdle\""], Service::Moves),
    (&["\"storyline\""], Service::Moves),
    (&["\"items\"", "\"total_distance\"", "\"entry_mode\""], Service::Runkeeper),
];

/// The service whose answer these first bytes begin, if known.
#[must_use]
pub fn matches(head: &[u8]) -> Option<Service> {
    let text = head_text(head);
    let text = text.trim_start();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let has = |mark: &str| text.contains(mark);
    let marked = MARKS.iter().find(|(marks, _)| marks.iter().all(|m| has(m))).map(|(_, service)| *service);
    // Withings' answers have these two fields and no other.
    let key = text.trim_start_matches('{').trim_start();
    let answer = (key.starts_with("\"status\"") && has("\"body\""))
        || (key.starts_with("\"body\"")
            && (has("\"status\"") || has("\"measuregrps\"") || has("\"series\"")));
    marked.or_else(|| answer.then_some(Service::Withings))
}

/// What reading a body came to, beside what was handed over.
enum Found {
    /// Its measurements were handed over, or it has none to give.
    Read,
    /// It holds no measurement, or what it means cannot be told: why.
    Nothing(&'static str),
}

/// Reads an answer, or a list of recorded exchanges.
///
/// # Errors
/// `unsupported` when nothing in it is a measurement that can be read, with the reason; `malformed`
/// when nothing could be used; what the sink returns to end the reading.
pub fn read(
    service: Service,
    input: &mut dyn BufRead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<()> {
    let mut out = Out::new(options, sink);
    let (mut reasons, mut good): (Vec<&'static str>, u64) = (Vec::new(), 0);
    each_listed(input, &mut out, &[], |out, _, _, n, value| {
        let Value::Object(object) = value else {
            out.refuse("not_a_record", format!("record {n}"), "the element is no object");
            return Ok(());
        };
        match body(service, object, out)? {
            Found::Read => good += 1,
            Found::Nothing(why) => {
                if !reasons.contains(&why) {
                    reasons.push(why);
                }
                out.refuse("unsupported", format!("record {n}"), why);
            }
        }
        Ok(())
    })?;
    let only_reasons = good == 0 && out.read_so_far() == 0 && !reasons.is_empty();
    let finished = out.finish(service.as_str());
    if only_reasons { Err(Error::Unsupported(reasons.join("; "))) } else { finished }
}

/// One body, or an exchange that carries one.
fn body(service: Service, object: Object, out: &mut Out<'_>) -> Result<Found> {
    match service {
        Service::GarminConnect => garmin::exchange(object, out),
        Service::Withings => withings::answer(&object, out),
        Service::IHealth => older::ihealth::read(&object, out),
        Service::Jawbone => older::jawbone::read(&object, out),
        Service::Misfit => older::misfit::read(&object, out),
        Service::Moves => older::moves::read(&object, out),
        Service::Runkeeper => older::runkeeper::read(&object, out),
    }
}
