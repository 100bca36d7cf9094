//! One member after the other: to its family, and what is said of it with its name.

use super::budget::Budget;
use crate::files::{ReadOptions, open};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, ErrorKind, Read};
use twin_core::observation::{Observation, Refusal, Sink, Warning, is_host_error};
use twin_core::{Error, Result};

const HEAD: u64 = 64 * 1024;
/// Most different warnings told.
const MAX_WARNINGS: usize = 100;

/// The members of a zip and of the zips in it.
pub(super) struct Members<'s> {
    options: &'s ReadOptions,
    sink: &'s mut dyn Sink,
    pub(super) budget: &'s Budget,
    /// Packed bytes of the members that are done.
    done: u64,
    /// Members by format.
    read: BTreeMap<&'static str, u64>,
    warned: BTreeMap<String, (u64, String)>,
}

impl<'s> Members<'s> {
    pub(super) fn new(options: &'s ReadOptions, sink: &'s mut dyn Sink, budget: &'s Budget) -> Self {
        Self { options, sink, budget, done: 0, read: BTreeMap::new(), warned: BTreeMap::new() }
    }

    pub(super) fn refuse(&mut self, code: &str, path: &str, why: &str) {
        self.sink.refuse(Refusal::new(code, "member", format!("`{}`: {why}", shown(path))));
    }

    /// A member that cannot be unpacked from its beginning.
    pub(super) fn unpack_failed(&mut self, error: &std::io::Error, path: &str) {
        if error.kind() == ErrorKind::FileTooLarge {
            self.refuse("too_large", path, "the zip expands to more than it may; this member is not read");
        } else {
            self.refuse("damaged", path, "a member that cannot be unpacked");
        }
    }

    /// A member of the zip itself is done.
    pub(super) fn passed(&mut self, packed: u64) -> Result<()> {
        self.done = self.done.saturating_add(packed);
        self.sink.progress(self.done)
    }

    /// Reads a member that is no zip, also inside gzip.
    pub(super) fn read(&mut self, bytes: &mut dyn Read, path: &str) -> Result<()> {
        let Some(start) = self.head(bytes, path) else { return Ok(()) };
        if !start.starts_with(&[0x1f, 0x8b]) {
            return self.read_plain(start, bytes, path);
        }
        let gunzip = flate2::read::MultiGzDecoder::new(Cursor::new(start).chain(bytes));
        let mut bytes = self.budget.spend(gunzip);
        let Some(start) = self.head(&mut bytes, path) else { return Ok(()) };
        let path = if path.to_lowercase().ends_with(".gz") { path.get(..path.len() - 3) } else { None }
            .unwrap_or(path);
        self.read_plain(start, &mut bytes, path)
    }

    /// The first bytes; what can be read of them where the member is damaged.
    fn head(&mut self, bytes: &mut dyn Read, path: &str) -> Option<Vec<u8>> {
        let mut start = Vec::new();
        match bytes.take(HEAD).read_to_end(&mut start) {
            Err(e) if start.is_empty() => {
                self.unpack_failed(&e, path);
                None
            }
            _ => Some(start),
        }
    }

    fn read_plain(&mut self, start: Vec<u8>, bytes: &mut dyn Read, path: &str) -> Result<()> {
        let Some(format) = open::detect(&start) else {
            self.not_read(path);
            return Ok(());
        };
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let options = ReadOptions { name, ..self.options.clone() };
        let mut reader = BufReader::with_capacity(1 << 16, Cursor::new(&start).chain(bytes));
        let mut sink =
            Named { sink: self.sink, warned: &mut self.warned, name: shown(path), done: self.done };
        match open::read_plain(&start, &mut reader, &options, &mut sink) {
            Ok(_) => *self.read.entry(format.as_str()).or_default() += 1,
            Err(e) if is_host_error(&e) => return Err(e),
            Err(e) => sink.refuse(Refusal::new(e.code().as_str(), "member", e.to_string())),
        }
        Ok(())
    }

    /// A member of no known format: told by the ending of its name.
    fn not_read(&mut self, path: &str) {
        let ending = path.rsplit(['/', '.']).next().filter(|_| path.contains('.')).unwrap_or_default();
        let ending: String =
            ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>().to_lowercase();
        let subject = if ending.is_empty() { "member".to_owned() } else { format!(".{ending}") };
        let why = format!("`{}`: a member of no known format", shown(path));
        self.sink.refuse(Refusal::new("not_read", subject, why));
    }

    /// Tells warnings and how many members were read.
    pub(super) fn finish(self) -> Result<()> {
        for (code, (count, message)) in self.warned {
            self.sink.warn(Warning::new(&code, format!("{count} times, first in {message}")));
        }
        if self.read.is_empty() {
            return Err(Error::Unsupported("no member of the zip is of a known format".into()));
        }
        let told: Vec<String> = self.read.iter().map(|(format, count)| format!("{count} {format}")).collect();
        self.sink.warn(Warning::new("members_read", format!("members read: {}", told.join(", "))));
        Ok(())
    }
}

/// The sink as a member sees it.
struct Named<'a> {
    sink: &'a mut dyn Sink,
    warned: &'a mut BTreeMap<String, (u64, String)>,
    name: String,
    done: u64,
}

impl Sink for Named<'_> {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        self.sink.accept(observation)
    }

    fn refuse(&mut self, mut refusal: Refusal) {
        refusal.message = format!("`{}`: {}", self.name, refusal.message);
        self.sink.refuse(refusal);
    }

    fn warn(&mut self, warning: Warning) {
        let room = self.warned.len() < MAX_WARNINGS;
        let code =
            if room || self.warned.contains_key(&warning.code) { warning.code } else { "other".into() };
        let first = || (0, format!("`{}`: {}", self.name, warning.message));
        self.warned.entry(code).or_insert_with(first).0 += 1;
    }

    fn progress(&mut self, _bytes: u64) -> Result<()> {
        // How far a member is in bytes of the zip is not known before its end; the caller may stop all the same.
        self.sink.progress(self.done)
    }
}

/// A path as it may be told: services name files after the address of mail of the account.
fn shown(path: &str) -> String {
    let part = |part: &str| match part.split_once('@') {
        Some((_, host)) => format!("…{}", host.find('_').and_then(|at| host.get(at..)).unwrap_or_default()),
        None => part.to_owned(),
    };
    let masked = path.split('/').map(part).collect::<Vec<_>>().join("/");
    let plain: String = masked.chars().filter(|c| !c.is_control() && *c != '`').collect();
    match plain.char_indices().rev().nth(119) {
        Some((at, _)) => plain.get(at..).unwrap_or_default().to_owned(),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn names_without_addresses() {
        assert_eq!(shown("a/b.gpx"), "a/b.gpx");
        assert_eq!(shown("F/jo.doe@mail.example_0_sum.json"), "F/…_0_sum.json");
        assert_eq!(shown("jo@mail.example/x.fit"), "…/x.fit");
        assert_eq!(shown(&"x".repeat(500)).len(), 120);
    }
}
