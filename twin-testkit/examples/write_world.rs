//! Writes the files of a simulated life: `write_world [--days 90] [--seed 1] DIR`, or a large export with
//! `write_world --bytes 1000000000 FILE`. Prints sizes and times.
#![expect(clippy::print_stdout, reason = "a command that reports to a person")]

use std::time::Instant;
use twin_testkit::{Person, SimOptions, write_apple_export};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut days, mut seed, mut bytes, mut target) = (90, 1, None, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().unwrap_or_default().parse::<u64>();
        match word.as_str() {
            "--days" => days = u32::try_from(number()?)?,
            "--seed" => seed = number()?,
            "--bytes" => bytes = Some(number()?),
            _ => target = Some(std::path::PathBuf::from(word)),
        }
    }
    let target = target.ok_or("usage: write_world [--days N] [--seed N] DIR | --bytes N FILE")?;
    let started = Instant::now();
    if let Some(bytes) = bytes {
        let written = write_apple_export(&mut std::fs::File::create(&target)?, bytes, seed)?;
        println!("{written} bytes in {:.2} s", started.elapsed().as_secs_f64());
        return Ok(());
    }
    let options = if days == 1826 { SimOptions::five_years() } else { SimOptions::with_days(days) };
    let world = Person::simulate(seed, &options)?;
    println!("simulated {days} days in {:.2} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    let files = world.write_files();
    println!("written in {:.2} s", started.elapsed().as_secs_f64());
    let mut xml = Vec::new();
    world.write_apple_xml(&mut xml)?;
    println!("export.xml: {} bytes before zip", xml.len());
    std::fs::create_dir_all(&target)?;
    for (name, bytes) in files {
        println!("{name}: {} bytes", bytes.len());
        std::fs::write(target.join(name), bytes)?;
    }
    std::fs::write(target.join("truth.json"), world.truth().to_json()?)?;
    Ok(())
}
