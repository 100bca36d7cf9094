//! Simulation testing: a seeded world of devices, clocks, late data, corrections, deletions and merges
//! runs the engine beside its [specification](crate::spec) and compares every answer.
//!
//! ```
//! use twin_testkit::simulation::{World, in_memory, run};
//!
//! let lived = run(&World::of(1), &in_memory()).expect("the engine does as specified");
//! assert!(lived.events > 0 && lived.hash.starts_with("fold"));
//! ```

mod compare;
mod edge;
mod facts;
mod run;
mod script;
mod stores;
mod world;

pub use run::{Lived, run};
pub use script::{Step, script};
pub use stores::{OpenStore, in_memory};
pub use world::World;
