//! Writes the report of an invented person: `cargo run --example report_sample -- report.html`.
//! A second word `empty` writes a report without data.

mod sample_data;

use humantwin::report::{ReportData, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name the file to write")?;
    let mut data = sample_data::sample()?;
    if args.next().as_deref() == Some("empty") {
        data = ReportData::new("Empty twin", data.generated_at, data.zone, data.from, data.to);
    }
    std::fs::write(path, render(&data))?;
    Ok(())
}
