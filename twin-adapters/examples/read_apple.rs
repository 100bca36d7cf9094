//! Reads an Apple Health export and prints what it gave, the speed, and the peak memory (Linux).
//!
//! `cargo run --release --example read_apple -- export.xml`

use std::collections::BTreeMap;
use std::io::{self, Write};
use twin_adapters::files::{ReadOptions, read_file};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::{Timestamp, Zone};

#[derive(Default)]
struct Counting {
    facts: BTreeMap<String, u64>,
    samples: BTreeMap<String, usize>,
    notes: Vec<String>,
}

impl Sink for Counting {
    fn accept(&mut self, observation: Observation) -> twin_core::Result<()> {
        match observation {
            Observation::Fact(fact) => *self.facts.entry(fact.body.kind().to_owned()).or_default() += 1,
            Observation::Series(block) => {
                *self.samples.entry(block.metric.to_string()).or_default() += block.samples.len();
            }
        }
        Ok(())
    }
    fn refuse(&mut self, refusal: Refusal) {
        self.notes.push(format!("refused {} {}: {}", refusal.code, refusal.subject, refusal.message));
    }
    fn warn(&mut self, warning: Warning) {
        self.notes.push(format!("warning {}: {}", warning.code, warning.message));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let mut file = std::fs::File::open(&path)?;
    let megabytes = file.metadata()?.len() as f64 / 1e6;
    let options = ReadOptions {
        now: Timestamp::from_secs(0),
        zone: Zone::named("UTC")?,
        name: String::new(),
        subject: None,
    };
    let mut sink = Counting::default();
    let started = std::time::Instant::now();
    let format = read_file(&mut file, &options, &mut sink)?;
    let seconds = started.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}: {megabytes:.1} MB in {seconds:.2} s, {:.0} MB/s",
        format.as_str(),
        megabytes / seconds
    )?;
    sink.facts.iter().try_for_each(|(kind, count)| writeln!(out, "  {count:>9} {kind}"))?;
    sink.samples.iter().try_for_each(|(metric, count)| writeln!(out, "  {count:>9} samples of {metric}"))?;
    sink.notes.iter().try_for_each(|note| writeln!(out, "  {note}"))?;
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status.lines().filter(|l| l.starts_with("VmHWM")).try_for_each(|l| writeln!(out, "  {l}"))?;
    }
    Ok(())
}
