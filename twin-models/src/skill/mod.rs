//! Models of skill: what is known, how well, for how long, and when a target is reached.

pub mod bkt;
pub mod bkt_fit;
pub mod elo;
pub mod first_passage;
pub mod fsrs;
pub mod glicko2;
pub mod knowledge;
pub mod pfa;
pub mod review_plan;
pub mod team;
pub mod trueskill;
pub mod weng_lin;
