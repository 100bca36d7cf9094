//! Consent: grants and their revocation.

use crate::access::Purpose;
use crate::id::ActorId;
use crate::time::Timestamp;
use twin_macros::payload;

/// The person allows an actor a purpose.
#[payload]
pub struct ConsentGranted {
    /// Who may.
    pub actor: ActorId,
    /// What for.
    pub purpose: Purpose,
    /// Until when; absent means until revoked.
    pub until: Option<Timestamp>,
}

/// The person takes a grant back.
#[payload]
pub struct ConsentRevoked {
    /// Who no longer may.
    pub actor: ActorId,
    /// What for; absent means everything.
    pub purpose: Option<Purpose>,
}
