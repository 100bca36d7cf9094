//! `predict`: what one model says of the person.

use crate::error::{Error, Result};
use crate::twin::Twin;
use crate::view::StateView;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_core::{Code, Timestamp};
use twin_macros::payload;
use twin_models::health::{baseline, hrv, sleep};
use twin_models::registry::{self, ModelInfo};

/// What a model says of the person. Nothing here is a diagnosis.
#[payload(full)]
pub struct PredictionView {
    /// The model's id.
    pub model: String,
    /// Its version.
    pub version: String,
    /// What it estimates.
    pub title: String,
    /// At which moment.
    pub at: Timestamp,
    /// What it says. An estimate without a value says by its status and `gaps` why.
    pub estimates: Vec<NamedEstimate>,
}

/// An estimate with the name of what is estimated.
#[payload(full)]
pub struct NamedEstimate {
    /// What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what is usual, and
    /// with `_z` the distance from it.
    pub name: String,
    /// The estimate.
    pub estimate: Estimate,
}

/// The models a twin can be asked for, with what they estimate.
const ASKED: &[(&str, &str, &str)] = &[
    (baseline::person::ID, "usual", "1"),
    (hrv::window::NIGHT_ID, "rmssd", "ms"),
    (hrv::window::SPOT_ID, "rmssd", "ms"),
    (baseline::lnrmssd::ID, "ln_rmssd_7_days", "1"),
    (baseline::resting_hr::ID, "resting_heart_rate", "/min"),
    (sleep::night::ID, "sleep_duration", "min"),
];

impl Twin {
    /// What a model says of the person at a moment, from what was known then. Where there is not enough to say
    /// anything the estimate has no value, and says why.
    ///
    /// # Errors
    /// `not_found` for a model that a twin cannot be asked for; `consent_required`, `storage`, `corrupt`.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, Storage};
    /// # let noon = FixedClock("2026-03-01T12:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// let twin = engine.own_twin("me")?;
    /// twin.record_json(r#"{"specversion":"1.0","id":"1","source":"ring","type":"health.sleep_recorded",
    ///     "time":"2026-03-01T06:30:00Z","data":{"start":"2026-02-28T22:30:00Z","end":"2026-03-01T06:30:00Z",
    ///     "asleep_min":450}}"#)?;
    /// let said = twin.predict("sleep_night", None, None)?;
    /// assert_eq!((said.estimates[0].name.as_str(), said.estimates[0].estimate.value), ("sleep_duration", Some(450.0)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn predict(
        &self,
        model: &str,
        at: Option<Timestamp>,
        known_at: Option<Timestamp>,
    ) -> Result<PredictionView> {
        let asked = ASKED.iter().find(|(id, ..)| *id == model);
        let ((id, name, unit), info) = asked
            .and_then(|asked| Some((*asked, registry::model(asked.0)?)))
            .ok_or_else(|| Error::new(Code::NotFound, "there is no such model; `models` lists them"))?;
        let state = self.state(at, known_at)?;
        let mut estimates: Vec<NamedEstimate> =
            estimates(&state).into_iter().filter(|e| e.estimate.model == id).collect();
        if estimates.is_empty() {
            let gaps = vec![format!("nothing was recorded that `{id}` could be made of")];
            let estimate = Estimate::absent(id, info.version, unit, EstimateStatus::InsufficientData, gaps);
            estimates.push(NamedEstimate { name: name.into(), estimate });
        }
        Ok(PredictionView {
            model: id.into(),
            version: info.version.into(),
            title: info.title.into(),
            at: state.at,
            estimates,
        })
    }

    /// The models a twin can be asked for.
    #[must_use]
    pub fn models() -> Vec<&'static ModelInfo> {
        ASKED.iter().filter_map(|(id, ..)| registry::model(id)).collect()
    }
}

/// Every estimate of a state, by name.
fn estimates(state: &StateView) -> Vec<NamedEstimate> {
    let day = &state.day;
    let named =
        |name: &str, estimate: &Estimate| NamedEstimate { name: name.into(), estimate: estimate.clone() };
    let mut found: Vec<NamedEstimate> =
        day.sleep.iter().map(|night| named("sleep_duration", &night.estimate)).collect();
    found.extend(day.heart.iter().filter_map(|h| h.resting.as_ref()).map(|e| named("resting_heart_rate", e)));
    found.extend(day.hrv.iter().filter_map(|h| h.rmssd.as_ref()).map(|e| named("rmssd", e)));
    for usual in &state.usual {
        found.push(named(&usual.name, &usual.usual));
        found.push(named(&format!("{}_z", usual.name), &usual.z));
    }
    found
}
