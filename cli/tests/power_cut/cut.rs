//! The kill, and the loss of what was not synced.

use humantwin::{Engine, EngineOptions, Storage, SystemClock};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a disk writes whole.
const SECTOR: usize = 512;

/// A small generator (xorshift64*): the same choices in every run.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % end.max(1)
    }
}

/// The library that notes writes, built with the C compiler that the store needs anyway.
pub(crate) fn shim() -> PathBuf {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("power-{}.so", std::process::id()));
    if !out.exists() {
        let partial = out.with_extension(format!("{:?}", std::thread::current().id()));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/power_cut/power.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&partial).arg(source);
        assert!(cc.args(["-ldl", "-lpthread"]).status().unwrap().success(), "cc");
        std::fs::rename(partial, &out).unwrap();
    }
    out
}

fn journal(dir: &Path) -> PathBuf {
    dir.with_extension("journal")
}

/// Runs a program whose writes below `dir` are noted, kills it after `wait`; what it printed.
pub(crate) fn kill_after(mut program: Command, library: &Path, dir: &Path, wait: Duration) -> String {
    program.env("LD_PRELOAD", library).env("POWER_DIR", dir).env("POWER_JOURNAL", journal(dir));
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    // It may have ended by itself.
    drop(child.kill());
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// How long a program takes until it says something.
pub(crate) fn first_word(program: &mut Command) -> Duration {
    let started = Instant::now();
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let took = started.elapsed();
    drop(child.kill());
    child.wait().unwrap();
    took
}

struct Note {
    kind: u8,
    offset: usize,
    size: usize,
    path: PathBuf,
    old: Vec<u8>,
}

fn notes(path: &Path) -> Vec<Note> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let (mut rest, mut notes) = (&bytes[..], Vec::new());
    let number = |b: &[u8]| usize::try_from(i64::from_ne_bytes(b.try_into().unwrap())).unwrap();
    while rest.len() >= 29 {
        let named = u32::from_ne_bytes(rest[1..5].try_into().unwrap()) as usize;
        let length = number(&rest[13..21]);
        if rest.len() < 29 + named + length {
            break;
        }
        notes.push(Note {
            kind: rest[0],
            offset: number(&rest[5..13]),
            size: number(&rest[21..29]),
            path: PathBuf::from(std::str::from_utf8(&rest[29..29 + named]).unwrap()),
            old: rest[29 + named..29 + named + length].to_vec(),
        });
        rest = &rest[29 + named + length..];
    }
    notes
}

/// The power goes: of each file every sector written since its last sync is as before or as after. Returns
/// the sectors that went back.
pub(crate) fn power(dir: &Path, rng: &mut Rng) -> u64 {
    let mut unsynced: BTreeMap<PathBuf, Vec<Note>> = BTreeMap::new();
    for note in notes(&journal(dir)) {
        let of_file = unsynced.entry(note.path.clone()).or_default();
        if note.kind == b's' { of_file.clear() } else { of_file.push(note) }
    }
    let mut lost = 0;
    for (path, notes) in unsynced.into_iter().filter(|(_, notes)| !notes.is_empty()) {
        // A file that was removed since was synced elsewhere before.
        let Ok(after) = std::fs::read(&path) else { continue };
        let mut before = after.clone();
        for note in notes.iter().rev() {
            before.resize(note.size.max(note.offset + note.old.len()), 0);
            before[note.offset..note.offset + note.old.len()].copy_from_slice(&note.old);
            before.truncate(note.size);
        }
        let mut left = if rng.below(2) == 0 { after.clone() } else { before.clone() };
        let all_gone = rng.below(3) == 0;
        for start in (0..left.len()).step_by(SECTOR) {
            let end = (start + SECTOR).min(left.len());
            let of = |bytes: &[u8]| -> Vec<u8> {
                let mut sector = bytes.get(start..end.min(bytes.len())).unwrap_or_default().to_vec();
                sector.resize(end - start, 0);
                sector
            };
            let (old, new) = (of(&before), of(&after));
            let back = old != new && (all_gone || rng.below(2) == 0);
            lost += u64::from(back);
            left[start..end].copy_from_slice(if back { &old } else { &new });
        }
        std::fs::write(&path, left).unwrap();
    }
    // Memory shared between processes does not outlive them all.
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.path().to_string_lossy().ends_with("-shm") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    drop(std::fs::remove_file(journal(dir)));
    lost
}

/// The state's hash.
pub(crate) fn hash(path: &Path) -> String {
    let options = EngineOptions::new(Storage::File(path.to_path_buf()), Arc::new(SystemClock));
    Engine::open(options).unwrap().own_twin("me").unwrap().verify().unwrap().state_hash
}

/// A simulated person's files.
pub(crate) fn twin_files(dir: &Path) -> Vec<PathBuf> {
    let world = twin_testkit::Person::simulate(5, &twin_testkit::SimOptions::with_days(30)).unwrap();
    let files = world.write_files().into_iter().map(|(name, bytes)| {
        let path = dir.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    });
    files.collect()
}
