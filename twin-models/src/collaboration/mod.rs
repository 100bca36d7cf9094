//! Who works with whom: the graph of interactions and its measures. Metadata only, never content.
//!
//! People are numbered 0..n by the caller; a graph holds no names. The measures are formulas: they answer for
//! any graph, and the caller decides from how many people on they are shown.

pub mod centrality;
pub mod cohesion;
pub mod communities;
mod gather;
pub mod graph;
pub mod holes;
pub mod links;
pub mod partition;
pub mod triads;
