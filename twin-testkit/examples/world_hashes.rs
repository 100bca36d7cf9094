//! Lives the worlds of seeds in memory and prints the hash of each one's state: `world_hashes [COUNT] [FIRST]`.
//! The output is the same on every platform.
#![expect(clippy::print_stdout, reason = "a command that reports to a person")]

use twin_testkit::simulation::{World, in_memory, run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let count = numbers.next().transpose()?.unwrap_or(256);
    let first = numbers.next().transpose()?.unwrap_or(1);
    for seed in first..first.saturating_add(count) {
        let world = World::of(seed);
        let lived = run(&world, &in_memory())
            .map_err(|difference| format!("seed {seed}, {world:?}: {difference}"))?;
        println!("{seed} {} {}", lived.events, lived.hash);
    }
    Ok(())
}
