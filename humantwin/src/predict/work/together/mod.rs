//! Working together: ties, hand-offs, meetings, styles, and what comes of them. For the person alone, since all of
//! it tells of others.

mod facts;
mod pairs;
mod teams;
mod ties;

use crate::predict::Asked;

pub(super) use facts::{hand_off_shares, meeting_usefulness};

pub(super) const ASKED: [&[Asked]; 3] = [ties::ASKED, pairs::ASKED, teams::ASKED];
