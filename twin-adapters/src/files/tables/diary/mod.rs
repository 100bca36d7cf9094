//! Diaries of the PMData study: the pmSys app (`wellness.csv`, `srpe.csv`, `injury.csv`) and a daily
//! form (`reporting.csv`).

mod form;
mod pmsys;

pub(super) use form::read as read_form;
pub(super) use pmsys::{read_injury, read_session, read_wellness};
