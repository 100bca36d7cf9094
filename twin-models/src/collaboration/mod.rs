//! Who works with whom: the graph of interactions and its measures. Metadata only, never content.
//!
//! People are numbered 0..n by the caller; a graph holds no names. The measures are formulas: they answer for
//! any graph, and the caller decides from how many people on they are shown.
//!
//! Above them stand the gated models, each an answer with its interval, reasons and gaps, or why there is none:
//! * [`ties`], [`network_role`]: how strong ties are, and where a person stands
//! * [`hand_offs`], [`meetings`], [`style_match`]: how work, talk and messages pass between two people
//! * [`compatibility`], [`conflict_risk`]: how two people go together, and what would keep a conflict away
//! * [`synergy`], [`mentoring`], [`team_composition`]: what a group may create, who could teach whom, whom to choose

mod answer;
pub mod centrality;
pub mod cohesion;
pub mod communities;
pub mod compatibility;
mod compatibility_learnt;
pub mod conflict_risk;
pub mod conflict_signals;
mod fair_teams;
mod gather;
pub mod graph;
pub mod hand_offs;
pub mod holes;
pub mod interaction;
pub mod link;
pub mod links;
mod logistic;
pub mod meetings;
pub mod mentoring;
pub mod network_role;
pub mod partition;
pub mod paths;
mod spd;
pub mod style;
pub mod style_match;
pub mod synergy;
pub mod team_composition;
pub mod tie_state;
pub mod ties;
pub mod triads;
