# Every task of the house; each is one cargo command, so `just` itself is optional.

# Lists the tasks
default:
    @just --list

# The gate: everything that must hold before a change goes in
ci:
    cargo xtask ci

# Format, lints, rooms, catalogue, schemas
check:
    cargo xtask check

# All tests, doc examples included
test *ARGS:
    cargo test --workspace --profile ci {{ARGS}}

# Wire fixtures and scenarios in Rust; the other languages replay the scenarios in their own tests
conformance:
    cargo test --profile ci -p twin-core --test wire
    cargo test --profile ci -p humantwin --test scenarios

# Lines written by hand for single languages
share:
    cargo xtask share

# Reference values
vectors *ARGS:
    cargo xtask vectors {{ARGS}}

# Writes schemas/, the types and methods of every language, reference pages
schema:
    cargo xtask schema

# Writes the metric table
catalogue:
    cargo xtask catalogue

# Which room imports which
arch:
    cargo xtask arch

# The pages of the public items
docs:
    cargo doc --workspace --no-deps

# Benchmarks
bench *ARGS:
    cargo run --release -p humantwin-benches -- {{ARGS}}

# Every measure with its ratio and floor
measures *ARGS:
    cargo xtask measures {{ARGS}}

# A simulated person, in real file formats, to a report
demo *ARGS:
    cargo run --profile ci -p humantwin-cli -- demo {{ARGS}}

# Licences, 10,000 cases, 100 kills, 1 GB, five years
long:
    cargo xtask long

# Formats
fmt:
    cargo fmt --all
