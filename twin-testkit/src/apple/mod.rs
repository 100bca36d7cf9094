//! Apple Health exports: `export.xml` as HealthKit export version 13 writes it, and the zip around it.
//!
//! Times carry the offset *lived in*. The real app is said to write the offset of the phone at the
//! moment of export instead; [`write_apple_export_from`] and [`crate::World::write_apple_xml`] keep the truth,
//! and [`crate::World::write_apple_xml_at`] writes one offset throughout.

mod bulk;
mod content;
mod header;
mod route;
mod workouts;
mod xml;
mod zipped;

pub use bulk::{write_apple_export, write_apple_export_from};
