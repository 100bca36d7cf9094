//! Models of skill: what is known, how well, for how long, and when a target is reached.

pub mod bkt;
pub mod bkt_fit;
pub mod elo;
pub mod evidence;
pub mod first_passage;
pub mod fsrs;
pub mod gaps;
pub mod glicko2;
pub mod learning_curve;
pub mod level;
pub mod mastery;
pub mod memory;
mod method_fit;
pub mod methods;
pub mod path;
pub mod review_plan;
pub mod skill_graph;
mod solve;
pub mod team;
pub mod tracing;
mod track;
pub mod trajectory;
pub mod transfer;
pub mod trend;
pub mod trueskill;
pub mod weng_lin;
