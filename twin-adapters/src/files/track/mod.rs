//! What recordings of an activity have in common, whatever their format writes: a clock, columns of
//! samples, a sport, a device, and distance from positions.

#[cfg(any(feature = "gpx", feature = "tcx"))]
mod device;
#[cfg(feature = "gpx")]
mod distance;
#[cfg(any(feature = "gpx", feature = "tcx"))]
mod gather;
mod moment;
mod sport;

#[cfg(any(feature = "gpx", feature = "tcx"))]
pub(super) use device::described;
#[cfg(feature = "gpx")]
pub(super) use distance::metres;
#[cfg(any(feature = "gpx", feature = "tcx"))]
pub(super) use gather::{Gather, Out};
#[cfg(any(feature = "gpx", feature = "tcx"))]
pub(super) use moment::Moment;
pub(super) use moment::moment;
pub(super) use sport::sport;
#[cfg(any(feature = "gpx", feature = "tcx"))]
pub(super) use sport::{Gait, gait};
