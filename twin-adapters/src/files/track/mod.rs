//! What recordings of an activity have in common, whatever their format writes: a clock, columns of
//! samples, a sport, a device, and distance from positions.

mod device;
mod distance;
mod gather;
mod moment;
mod sport;

pub(super) use device::described;
pub(super) use distance::metres;
pub(super) use gather::{Gather, Out};
pub(super) use moment::{Moment, moment};
pub(super) use sport::{Gait, gait, sport};
