//! `plan`: what to do when, what to learn, who with whom.

use crate::error::Result;
use crate::plan::{PlanRequest, PlanView, plan};
use crate::predict::Features;
use crate::twin::Twin;
use crate::verbs::predict::LOOK_BACK;

impl Twin {
    /// Makes a plan from what is asked and what the twin knows: a week of work, a learning path, teams, who takes
    /// which task, which projects fit. What found no place is told with the rule that holds it back. The same
    /// request gives the same plan.
    ///
    /// # Errors
    /// `invalid_value` for a value out of range, `conflict` where rules exclude each other (a circle of tasks, nobody
    /// who is able): the message names them; `consent_required`, `storage`, `corrupt`.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, PlanKind, PlanRequest, Storage};
    /// # let noon = FixedClock("2026-03-02T07:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// let twin = engine.own_twin("me")?;
    /// twin.record_json(r#"{"specversion":"1.0","id":"1","source":"board","type":"task.planned",
    ///     "time":"2026-03-02T06:30:00Z","data":{"task":"T-1","about":{"estimate_s":3600.0}}}"#)?;
    /// let week = PlanKind::Week { days: Some(2), current: vec![] };
    /// let request = PlanRequest { plan: week, steps: None, seed: None, at: None, known_at: None };
    /// let plan = twin.plan(&request)?;
    /// assert!(plan.blocks.iter().all(|block| block.task == "T-1") && plan.left_out.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, request: &PlanRequest) -> Result<PlanView> {
        self.sees(twin_core::Purpose::Work)?;
        let (log, gathered) = self.gathered(request.at, request.known_at, LOOK_BACK)?;
        plan(&Features::new(&log, &gathered, self.views(), self.sees_of()), request)
    }
}
