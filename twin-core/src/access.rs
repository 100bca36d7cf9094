//! Who asks and what for: every verb is bound to an [`Access`].

use crate::error::{Error, Result};
use crate::id::{ActorId, TwinId};
use crate::time::Timestamp;
use std::collections::BTreeMap;
use twin_macros::payload;

/// What data is used for.
#[payload]
pub enum Purpose {
    /// The person's own use.
    OwnUse,
    /// Health and fitness.
    Health,
    /// Work planning.
    Work,
    /// Emotional companionship.
    Companion,
    /// Research.
    Research,
    /// Keeping the twin itself in order.
    Upkeep,
}

impl Purpose {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnUse => "own_use",
            Self::Health => "health",
            Self::Work => "work",
            Self::Companion => "companion",
            Self::Research => "research",
            Self::Upkeep => "upkeep",
        }
    }

    /// Reads the word on the wire.
    ///
    /// # Errors
    /// `invalid_value` for any other word.
    pub fn parse(word: &str) -> Result<Self> {
        [Self::OwnUse, Self::Health, Self::Work, Self::Companion, Self::Research, Self::Upkeep]
            .into_iter()
            .find(|p| p.as_str() == word)
            .ok_or_else(|| {
                Error::invalid(
                    "purpose",
                    format_args!("`{}`", word.chars().take(30).collect::<String>()),
                    "own_use, health, work, companion, research or upkeep",
                )
            })
    }
}

/// An actor with a purpose. Handed to the engine once; every verb of the twin is held to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Who asks.
    pub actor: ActorId,
    /// What for.
    pub purpose: Purpose,
}

impl Access {
    /// The person themselves, for their own use: the default of an embedded twin.
    #[must_use]
    pub fn own(twin: &TwinId) -> Self {
        Self { actor: ActorId::lossy(twin.as_str()), purpose: Purpose::OwnUse }
    }

    /// Somebody else's access.
    #[must_use]
    pub const fn new(actor: ActorId, purpose: Purpose) -> Self {
        Self { actor, purpose }
    }

    /// Is this the person's own use?
    #[must_use]
    pub fn is_own(&self, twin: &TwinId) -> bool {
        self.purpose == Purpose::OwnUse && self.actor.as_str() == twin.as_str()
    }
}

/// The grants in force, folded from consent events.
///
/// Own use is granted from the start; it ends with a revoke of the person's own `own_use` and comes
/// back with a new grant. At one clock reading a revoke wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    rows: BTreeMap<(ActorId, Purpose), GrantRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct GrantRow {
    granted: bool,
    until: Option<Timestamp>,
}

impl Grants {
    /// Adds a grant. Call in clock order.
    pub fn grant(&mut self, actor: ActorId, purpose: Purpose, until: Option<Timestamp>) {
        self.rows.insert((actor, purpose), GrantRow { granted: true, until });
    }

    /// Takes a grant back; `None` takes all of the actor's. Call in clock order.
    pub fn revoke(&mut self, actor: &ActorId, purpose: Option<Purpose>) {
        if let Some(purpose) = purpose {
            self.rows.insert((actor.clone(), purpose), GrantRow { granted: false, until: None });
            return;
        }
        for purpose in [
            Purpose::OwnUse,
            Purpose::Health,
            Purpose::Work,
            Purpose::Companion,
            Purpose::Research,
            Purpose::Upkeep,
        ] {
            self.rows.insert((actor.clone(), purpose), GrantRow { granted: false, until: None });
        }
    }

    /// Lets an access pass, or not.
    ///
    /// # Errors
    /// `consent_required` when no grant covers the actor and purpose at `now`.
    pub fn check(&self, twin: &TwinId, access: &Access, now: Timestamp) -> Result<()> {
        let row = self.rows.get(&(access.actor.clone(), access.purpose));
        let allowed = match row {
            Some(row) => row.granted && row.until.is_none_or(|until| now < until),
            None => access.is_own(twin),
        };
        if allowed {
            return Ok(());
        }
        Err(Error::ConsentRequired {
            actor: access.actor.to_string(),
            purpose: access.purpose.as_str().into(),
        })
    }

    /// The grants in force at `now`: actor, purpose, end.
    pub fn in_force(&self, now: Timestamp) -> impl Iterator<Item = (&ActorId, Purpose, Option<Timestamp>)> {
        self.rows
            .iter()
            .filter(move |(_, row)| row.granted && row.until.is_none_or(|until| now < until))
            .map(|((actor, purpose), row)| (actor, *purpose, row.until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_use_by_default_others_by_grant() {
        let twin = TwinId::new("p1").unwrap();
        let coach = Access::new(ActorId::new("coach").unwrap(), Purpose::Health);
        let t = Timestamp::from_secs;
        let mut grants = Grants::default();
        assert!(grants.check(&twin, &Access::own(&twin), t(0)).is_ok());
        assert!(grants.check(&twin, &coach, t(0)).is_err());
        // Naming oneself the person does not widen the purpose.
        let work = Access::new(ActorId::new("p1").unwrap(), Purpose::Work);
        assert!(grants.check(&twin, &work, t(0)).is_err());
        grants.grant(coach.actor.clone(), Purpose::Health, Some(t(100)));
        assert!(grants.check(&twin, &coach, t(99)).is_ok());
        assert!(grants.check(&twin, &coach, t(100)).is_err());
        grants.grant(coach.actor.clone(), Purpose::Health, None);
        grants.revoke(&coach.actor, None);
        assert!(grants.check(&twin, &coach, t(0)).is_err());
        grants.revoke(&ActorId::new("p1").unwrap(), Some(Purpose::OwnUse));
        assert!(grants.check(&twin, &Access::own(&twin), t(0)).is_err());
    }
}
