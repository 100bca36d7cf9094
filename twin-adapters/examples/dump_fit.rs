//! Prints what the FIT reader hands over, one line a sample or fact, for comparison with other decoders
//! (`conformance/corpus/decode_fit.py`); with `--time` instead how fast it and the bare crate are.
//!
//! ```text
//! cargo run --release -p twin-adapters --example dump_fit -- ride.fit
//! S <metric> <method or -> <start, µs> <duration, µs> <value>
//! F <kind> <at, µs> <body>
//! R <code> <subject> <message>      W <code> <message>
//! ```
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a command for developers")]

use rustyfit::{Decoder, StreamingIterator};
use std::time::{Duration, Instant};
use twin_adapters::files::{ReadOptions, fit};
use twin_core::event::{EventBody, MessageKept};
use twin_core::observation::{Collected, Observation, Refusal, Sink, Warning};
use twin_core::{Result, Timestamp, Zone};

/// Takes everything and keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        drop(observation);
        Ok(())
    }
    fn refuse(&mut self, _: Refusal) {}
    fn warn(&mut self, _: Warning) {}
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let timed = arguments.first().is_some_and(|a| a == "--time");
    if timed {
        arguments.remove(0);
    }
    let options = ReadOptions {
        now: Timestamp::from_secs(1_790_000_000),
        zone: Zone::utc(),
        name: String::new(),
        subject: None,
    };
    for path in arguments {
        let bytes = std::fs::read(&path).expect("the file can be read");
        if timed {
            time(&path, &bytes, &options);
        } else {
            dump(&bytes, &options);
        }
    }
}

fn dump(bytes: &[u8], options: &ReadOptions) {
    let mut all = Collected::default();
    if let Err(error) = fit::read(&mut &*bytes, options, &mut all) {
        println!("E {error}");
    }
    for block in &all.series {
        let method = block.origin.method.as_ref().map_or("-", |m| m.as_str());
        for (start, duration, value) in block.samples.iter() {
            println!("S\t{}\t{method}\t{start}\t{duration}\t{value:?}", block.metric);
        }
    }
    for fact in &all.facts {
        let kind = match &fact.body {
            EventBody::MessageKept(MessageKept { message, .. }) => message,
            other => other.kind(),
        };
        println!("F\t{kind}\t{}\t{:?}", fact.at.micros(), fact.body);
    }
    for refusal in &all.refused {
        println!("R\t{}\t{}\t{}", refusal.code, refusal.subject, refusal.message);
    }
    for warning in &all.warnings {
        println!("W\t{}\t{}", warning.code, warning.message);
    }
}

fn time(path: &str, bytes: &[u8], options: &ReadOptions) {
    let ours = best(|| {
        let _ = fit::read(&mut &*bytes, options, &mut Nowhere);
    });
    // without checksums: with them it stops where one is wrong
    let crates = best(|| {
        let mut decoder = Decoder::builder().checksum(false).build();
        let mut stream = decoder.stream(bytes);
        while let Some(Ok(event)) = stream.next() {
            std::hint::black_box(&event);
        }
    });
    let speed = |t: Duration| bytes.len() as f64 / 1e6 / t.as_secs_f64();
    println!(
        "{:7.1} MB/s to observations, {:7.1} MB/s bare crate, ratio of times {:.2}  {path}",
        speed(ours),
        speed(crates),
        ours.as_secs_f64() / crates.as_secs_f64()
    );
}

fn best(mut run: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..15).map(once).min().unwrap_or_default()
}
