//! Working together: ties, hand-offs, meetings, styles, and what comes of them. For the person alone, since all of
//! it tells of others.

mod facts;
mod new_ties;
mod pairs;
mod teams;
mod ties;
mod wording;

use crate::predict::Asked;

pub(super) use facts::{hand_off_shares, meeting_usefulness};
pub(crate) use wording::{LEVEL_POINTS, named};

pub(super) const ASKED: [&[Asked]; 4] = [ties::ASKED, pairs::ASKED, teams::ASKED, new_ties::ASKED];
