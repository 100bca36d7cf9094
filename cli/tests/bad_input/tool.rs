//! Running the command and looking at what it said.

use super::words::check_words;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The code word in `error[code]: message`.
    pub(crate) fn error(&self) -> &str {
        let line = self.err.lines().find(|l| l.starts_with("error["));
        line.map_or("", |l| l["error[".len()..].split(']').next().unwrap())
    }

    /// Each line of the output, as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    /// This run must have failed with a code.
    pub(crate) fn refused(self, code: &str) -> Self {
        assert_eq!((self.code, self.error()), (1, code), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// This run must have gone well.
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, 0, "out: {}\nerr: {}", self.out, self.err);
        self
    }
}

pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_humantwin"));
    command.args(args).env("TZ", "UTC").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn start(args: &[&str]) -> Child {
    command(args).spawn().unwrap()
}

pub(crate) fn end(child: Child) -> Run {
    let done = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let run = Run { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) };
    assert!(run.code != 101 && !run.err.contains("panicked"), "a panic: {}", run.err);
    if run.code == 1 {
        check_words(&run.err, &run.out);
    }
    run
}

pub(crate) fn run(args: &[&str]) -> Run {
    end(start(args))
}

/// A folder for one test: a twin that is not there yet, and files.
pub(crate) struct Place {
    pub(crate) dir: TempDir,
    pub(crate) twin: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let twin = dir.path().join("a.twin").to_str().unwrap().to_owned();
        Self { dir, twin }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn import(&self, files: &[&str]) -> Run {
        let mut args = vec!["import", "--json", "--zone", "Europe/Paris", &self.twin];
        args.extend(files);
        run(&args)
    }

    /// The state's hash; the twin must be sound.
    pub(crate) fn hash(&self) -> String {
        let found = run(&["verify", "--json", &self.twin]).fine().json();
        assert_eq!(found[0]["ok"], true, "{}", found[0]);
        found[0]["state_hash"].as_str().unwrap().to_owned()
    }

    pub(crate) fn events(&self) -> u64 {
        let found = run(&["verify", "--json", &self.twin]).fine().json();
        assert_eq!(found[0]["ok"], true, "{}", found[0]);
        found[0]["events"].as_u64().unwrap()
    }
}

/// The simulated person's files that this test needs, by the end of their names.
pub(crate) fn simulated(place: &Place, days: u32, endings: &[&str]) -> Vec<String> {
    let world = twin_testkit::Person::simulate(7, &twin_testkit::SimOptions::with_days(days)).unwrap();
    let files = world.write_files().into_iter().filter(|(name, _)| endings.iter().any(|e| name.ends_with(e)));
    files.map(|(name, bytes)| place.write(&name, bytes)).collect()
}

/// A wrist's heart rates of many days, as a table; one every ten seconds.
pub(crate) fn heart_rates(place: &Place, rows: u32) -> String {
    use std::fmt::Write;
    let mut text = String::from("Id,Time,Value\n");
    for n in 0..rows {
        let (s, day) = (n * 10 % 86_400, n * 10 / 86_400);
        let (hour, half) = (s / 3600, if s < 43_200 { "AM" } else { "PM" });
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        let (month, date) = (3 + day / 28, 1 + day % 28);
        let bpm = 60 + n * 7 % 50;
        writeln!(text, "2022484408,{month}/{date}/2024 {hour}:{:02}:{:02} {half},{bpm}", s / 60 % 60, s % 60)
            .unwrap();
    }
    place.write("heartrate_seconds_merged.csv", text)
}

pub(crate) fn file_of(path: &str) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

pub(crate) fn is_there(path: &Path) -> bool {
    path.exists()
}
