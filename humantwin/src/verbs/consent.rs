//! `grant` and `revoke`: who may, what for, until when. Only the person can.

use super::record::write;
use crate::error::Result;
use crate::twin::Twin;
use twin_core::event::{ConsentGranted, ConsentRevoked, Content, Origin};
use twin_core::{ActorId, Purpose, SourceId, Timestamp};

impl Twin {
    /// Lets an actor use the twin for a purpose, until a moment or until revoked.
    ///
    /// # Errors
    /// `consent_required` when somebody else than the person asks; `invalid_value`, `storage`.
    pub fn grant(&self, actor: &str, purpose: Purpose, until: Option<Timestamp>) -> Result<()> {
        let (mut log, now) = self.enter_as_person()?;
        let body = ConsentGranted { actor: ActorId::new(actor)?, purpose, until };
        let fact = Content::new(Origin::of(SourceId::new("person")?), now, body);
        write(&mut log, now, |intake| intake.fact(fact)).map(drop)
    }

    /// Takes a grant back; without a purpose all of the actor's. Revoking one's own use closes the
    /// twin until it is granted again.
    ///
    /// # Errors
    /// As [`Twin::grant`].
    pub fn revoke(&self, actor: &str, purpose: Option<Purpose>) -> Result<()> {
        let (mut log, now) = self.enter_as_person()?;
        let body = ConsentRevoked { actor: ActorId::new(actor)?, purpose };
        let fact = Content::new(Origin::of(SourceId::new("person")?), now, body);
        write(&mut log, now, |intake| intake.fact(fact)).map(drop)
    }
}
