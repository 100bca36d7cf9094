//! From a twin's days and samples to what its models say: one line a model in [`ASKED`].

mod anomaly;
mod circadian;
mod energy;
mod features;
mod hrv;
mod mind;
mod readiness;
mod recovery;
mod sleep;
mod stress;
mod today;
mod training;
mod view;
pub(crate) mod what_if;
pub(crate) mod work;

use features::once;
pub(crate) use features::{Features, Sees};
#[cfg(feature = "report")]
pub(crate) use training::{LOAD_DAYS, load_of, load_rule};
pub use view::{CurveView, NamedEstimate, PointView, PredictionView, SpanView};

use crate::error::Result;
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_models::registry::ModelInfo;

/// A model that a twin can be asked for.
pub(crate) struct Asked {
    pub(crate) id: &'static str,
    /// What it is asked for first, and the unit of it: the name of the absence where there is nothing to say.
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) run: fn(&Features<'_>) -> Result<Said>,
}

/// Models whose answers are for the person alone: others learn of them only what groups share, protected.
const PRIVATE: &[&str] = &[
    twin_models::capacity::breaks::ID,
    twin_models::capacity::burnout::ID,
    twin_models::capacity::load::ID,
    twin_models::capacity::strain::ID,
    twin_models::capacity::stress::ID,
    twin_models::collaboration::compatibility::ID,
    twin_models::collaboration::conflict_risk::ID,
    twin_models::collaboration::hand_offs::ID,
    twin_models::collaboration::link::ID,
    twin_models::collaboration::meetings::ID,
    twin_models::collaboration::mentoring::ID,
    twin_models::collaboration::network_role::ID,
    twin_models::collaboration::style_match::ID,
    twin_models::collaboration::synergy::ID,
    twin_models::collaboration::team_composition::ID,
    twin_models::collaboration::ties::ID,
    twin_models::emotion::trend::ID,
    twin_models::health::burnout::ID,
    twin_models::health::readiness::WELLNESS_ID,
    twin_models::health::recovery::stress::ID,
    twin_models::health::stress::NOW_ID,
    twin_models::health::stress::LOAD_ID,
];

/// Whether only the person may ask a model.
pub(crate) fn is_private(model: &str) -> bool {
    PRIVATE.contains(&model)
}

/// What a model said.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) estimates: Vec<NamedEstimate>,
    pub(crate) curves: Vec<CurveView>,
    pub(crate) spans: Vec<SpanView>,
    pub(crate) words: Vec<String>,
}

impl Said {
    /// One more estimate.
    pub(crate) fn and(mut self, name: &str, estimate: Estimate) -> Self {
        self.estimates.push(NamedEstimate { name: name.into(), estimate });
        self
    }
}

/// The models, by family.
pub(crate) fn asked() -> impl Iterator<Item = &'static Asked> {
    [
        today::ASKED,
        sleep::ASKED,
        recovery::ASKED,
        readiness::ASKED,
        energy::ASKED,
        training::ASKED,
        anomaly::ASKED,
        mind::ASKED,
        stress::ASKED,
        circadian::ASKED,
        hrv::ASKED,
    ]
    .into_iter()
    .chain(work::asked())
    .flatten()
}

/// Asks a model. Where it has nothing to say, the answer is an absence that says so.
pub(crate) fn ask(asked: &Asked, info: &ModelInfo, features: &Features<'_>) -> Result<PredictionView> {
    let mut said = (asked.run)(features)?;
    if said.estimates.is_empty() {
        let gaps = vec![format!("nothing was recorded that `{}` could be made of", asked.id)];
        let absent =
            Estimate::absent(asked.id, info.version, asked.unit, EstimateStatus::InsufficientData, gaps);
        said = said.and(asked.name, absent);
    }
    Ok(view(info, features.moment(), said))
}

/// What somebody else learns of a private model: that it is not for them.
pub(crate) fn masked(asked: &Asked, info: &ModelInfo, at: Timestamp) -> PredictionView {
    let gaps = vec!["only the person themselves may ask this".to_owned()];
    let masked = Estimate::absent(asked.id, info.version, asked.unit, EstimateStatus::Masked, gaps);
    view(info, at, Said::default().and(asked.name, masked))
}

fn view(info: &ModelInfo, at: Timestamp, said: Said) -> PredictionView {
    PredictionView {
        model: info.id.into(),
        version: info.version.into(),
        title: info.title.into(),
        at,
        estimates: said.estimates,
        curves: said.curves,
        spans: said.spans,
        words: said.words,
    }
}
