use crate::plan::PlanView;
use crate::predict::PredictionView;
use serde::{Deserialize, Serialize};
use twin_core::{LocalDate, Timestamp};

/// What the models say at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The moment asked about; UTC.
    pub at: Timestamp,
    /// What each model said. Models that the page does not know are left out of it.
    #[serde(default)]
    pub said: Vec<PredictionView>,
    /// A plan of the open tasks of the coming days.
    #[serde(default)]
    pub plan: Option<PlanView>,
}

/// The course of a plan against the course of a changed plan, as simulated on the same past.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhatIf {
    /// What is changed: `In bed an hour earlier for two weeks`.
    pub title: String,
    /// In plain words: what was assumed, what it leaves out.
    pub words: Vec<String>,
    /// What was simulated.
    pub quantities: Vec<WhatIfQuantity>,
}

/// One simulated quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhatIfQuantity {
    /// Name for people: `Sleep debt`.
    pub title: String,
    /// Unit as people read it: `h`, `of 100`.
    pub unit: String,
    /// Its days, in order.
    pub days: Vec<WhatIfDay>,
}

/// One simulated day of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIfDay {
    /// The day.
    pub date: LocalDate,
    /// With the plan as it is.
    pub plan: Option<Percentiles>,
    /// With the changed plan.
    pub changed: Option<Percentiles>,
}

/// Where simulated values lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Percentiles {
    /// One in ten lies below.
    pub p10: f64,
    /// Half lie below.
    pub p50: f64,
    /// Nine in ten lie below.
    pub p90: f64,
}
