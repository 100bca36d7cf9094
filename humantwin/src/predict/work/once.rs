//! What several models are made of, worked out once: for one question, or for as long as the facts are the same.

use super::capacity::WorkDays;
use super::skills::evidence::Everyone;
use super::tasks::{TaskLife, tasks};
use super::together::{Meetings, Styles};
use crate::error::Result;
use crate::predict::{Features, once};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use twin_models::capacity::daily::pace::Throughput;
use twin_models::capacity::load::LoadDay;
use twin_models::capacity::peaks::Peaks;
use twin_models::collaboration::interaction::Interaction;
use twin_models::collaboration::ties::Tie;

/// For one question: all that has an age.
#[derive(Default)]
pub(crate) struct Once {
    days: OnceCell<WorkDays>,
    pub(super) peaks: OnceCell<Peaks>,
    pub(super) pace: OnceCell<Vec<Throughput>>,
    pub(super) load_days: OnceCell<BTreeMap<i32, LoadDay>>,
    pub(super) everyone: OnceCell<Everyone>,
    pub(super) interactions: OnceCell<Vec<Interaction>>,
    pub(super) ties: OnceCell<Vec<Tie>>,
}

/// For as long as the facts are the same: what does not depend on the moment.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    tasks: OnceLock<Arc<BTreeMap<String, TaskLife>>>,
    pub(super) styles: OnceLock<Styles>,
    pub(super) meetings: OnceLock<Meetings>,
}

/// The days of work.
pub(super) fn work_days<'f>(features: &'f Features<'_>) -> Result<&'f WorkDays> {
    once(&features.work.days, || WorkDays::of(features))
}

/// Tasks by the tool's id.
pub(super) fn lives<'f>(features: &'f Features<'_>) -> Result<&'f Arc<BTreeMap<String, TaskLife>>> {
    let known = features.known()?;
    Ok(known.learnt.tasks.get_or_init(|| Arc::new(tasks(&known.list))))
}
