//! From a folded day to what people ask about: the models of `twin-models` over the twin's features.

mod body;
mod cache;
mod facts;
mod gather;
mod usual;
mod work;
mod work_day;

pub(crate) use cache::{Span, Views, day_view, recent_days};
pub(crate) use facts::{Asking, Facts};
pub(crate) use gather::{Gathered, gather};
pub(crate) use usual::{Trend, rmssd_trend, usual, usual_specs};
