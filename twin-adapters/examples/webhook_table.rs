//! Prints what becomes of every recorded delivery of the data folder: the table of
//! `docs/reference/work-sources.md`.
//!
//! ```text
//! cargo run -p twin-adapters --example webhook_table
//! ```

#![expect(clippy::expect_used, reason = "an example that ends where the data cannot be read")]

use std::error::Error;
use std::io::Write;

#[path = "../tests/webhook_samples/mod.rs"]
#[expect(unreachable_pub, reason = "shared with the tests")]
mod webhook_samples;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = webhook_samples::corpus().ok_or("no recordings found; set HUMANTWIN_DATA")?;
    let (rows, failed) = webhook_samples::table(&folder);
    let mut out = std::io::stdout().lock();
    write!(out, "{}", webhook_samples::shown(&rows))?;
    for line in failed {
        writeln!(out, "failed: {line}")?;
    }
    Ok(())
}
