//! `predict`: what one model says of the person.

use crate::error::{Error, Result};
use crate::insight::{Gathered, gather};
use crate::predict::{Features, PredictionView, Sees, ask, asked, is_private, masked};
use crate::twin::Twin;
use std::sync::MutexGuard;
use twin_core::fold::Person;
use twin_core::log::Log;
use twin_core::{Code, Purpose, Timestamp};
use twin_models::registry::{self, ModelInfo};

/// Days looked back on: four times the longest memory of a model, 42 days.
pub(super) const LOOK_BACK: i32 = 180;

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
        let found = asked().find(|asked| asked.id == model);
        let (asked, info) = found
            .and_then(|asked| Some((asked, registry::model(asked.id)?)))
            .ok_or_else(|| Error::new(Code::NotFound, "there is no such model; `models` lists them"))?;
        let (log, gathered) = self.gathered(at, known_at, LOOK_BACK)?;
        if is_private(asked.id) && !self.access().is_own(log.twin()) {
            return Ok(masked(asked, info, gathered.moment));
        }
        ask(asked, info, &Features::new(&log, &gathered, self.views(), self.sees_of()))
    }

    /// The days up to a moment, as far as the asker may see them, with the log they come from.
    pub(crate) fn gathered(
        &self,
        at: Option<Timestamp>,
        known_at: Option<Timestamp>,
        look_back: i32,
    ) -> Result<(MutexGuard<'_, Log>, Gathered)> {
        let (mut log, now) = self.enter()?;
        log.refresh()?;
        let moment = at.or(known_at).unwrap_or(now);
        let mut gathered = gather(&mut log, self.views(), moment, at, known_at, look_back)?;
        self.mask_day(&mut gathered.today);
        gathered.past.iter_mut().for_each(|day| self.mask_day(day));
        if self.sees(Purpose::Health).is_err() {
            // Age and sex are the body's; which days are worked is not.
            let work_days = std::mem::take(&mut gathered.person.work_days);
            gathered.person = Person { work_days, ..Person::default() };
        }
        Ok((log, gathered))
    }

    /// What the asker may see.
    pub(crate) fn sees_of(&self) -> Sees {
        let sees = |about| self.sees(about).is_ok();
        Sees {
            health: sees(Purpose::Health),
            work: sees(Purpose::Work),
            companion: sees(Purpose::Companion),
            own: sees(Purpose::OwnUse),
        }
    }

    /// The models a twin can be asked for.
    #[must_use]
    pub fn models() -> Vec<&'static ModelInfo> {
        asked().filter_map(|asked| registry::model(asked.id)).collect()
    }
}
