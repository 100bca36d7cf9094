//! FIT activity files: a small encoder and what a bike computer or running watch with a chest strap writes.

mod activity;
mod encoder;

pub use activity::FitOptions;
pub use encoder::fit_crc;
