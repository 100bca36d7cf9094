//! The zip the phone makes: the export, its routes and recordings.

use super::session::Session;
use super::walk::{Scale, walk};
use crate::files::{Counted, Input, ReadOptions};
use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use twin_core::observation::Sink;
use twin_core::sort::OrderBy;
use twin_core::{Error, Result};
use zip::ZipArchive;

/// Bytes an entry may expand to for each of its own, and in any case. Exports come to about 30.
const MAX_EXPANSION: u64 = 250;
const MIN_ALLOWANCE: u64 = 64 << 20;
const BUFFER: usize = 128 * 1024;
const HEAD: u64 = 64 * 1024;

struct Entry {
    index: usize,
    name: String,
    size: u64,
    packed: u64,
}

impl Entry {
    fn allowance(&self) -> u64 {
        self.packed.saturating_mul(MAX_EXPANSION).max(MIN_ALLOWANCE)
    }

    /// The path below the archive's one folder.
    fn below(&self) -> &str {
        self.name.split_once('/').map_or(&self.name, |(first, rest)| {
            if matches!(first, "workout-routes" | "electrocardiograms" | "clinical-records") {
                &self.name
            } else {
                rest
            }
        })
    }
}

type Archive<'a> = ZipArchive<&'a mut dyn Input>;

/// As [`super::read_zip`].
pub(super) fn read(input: &mut dyn Input, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut archive = ZipArchive::new(input).map_err(|e| Error::malformed("zip", kind(&e)))?;
    let entries = list(&mut archive);
    let Some(export) = find_export(&mut archive, &entries) else {
        return Err(Error::Unsupported("the zip holds no Apple Health export".into()));
    };
    let mut session = Session::new(options, sink);
    let scale = Scale { num: export.packed, den: export.size.max(1) };
    if let Ok(file) = archive.by_index(export.index) {
        walk(
            &mut BufReader::with_capacity(BUFFER, Counted::new(file, export.allowance())),
            scale,
            &mut session,
        )?;
    }
    let mut done = export.packed;
    for entry in entries.iter().filter(|e| e.index != export.index) {
        let below = entry.below();
        let folder = below.split_once('/').map_or("", |(folder, _)| folder);
        let is = |ending: &str| below.to_lowercase().ends_with(ending);
        if folder == "workout-routes" && is(".gpx") || folder == "electrocardiograms" && is(".csv") {
            match archive.by_index(entry.index) {
                Ok(file) => {
                    let mut file = BufReader::with_capacity(BUFFER, Counted::new(file, entry.allowance()));
                    if folder == "workout-routes" {
                        let origin = session.files.remove(below).unwrap_or_else(Session::own_origin);
                        session.route_file(&mut file, &origin)?;
                    } else {
                        session.ecg_file(&mut file)?;
                    }
                }
                Err(_) => {
                    session.tally.refuse("damaged", folder, "an entry of the zip that cannot be opened")
                }
            }
        } else if is("cda.xml") {
            session.tally.warn(
                "duplicate",
                "the same data once more in a clinical form (export_cda.xml), which is not read",
            );
        } else {
            let subject = if folder == "clinical-records" { folder } else { "other" };
            session.tally.refuse("not_read", subject, "files of a kind that is not read");
        }
        done = done.saturating_add(entry.packed);
        session.progress(done)?;
    }
    for _ in std::mem::take(&mut session.files) {
        session.tally.refuse(
            "not_found",
            "workout-routes",
            "a route that a workout names and the zip does not hold",
        );
    }
    session.finish()
}

/// Does a zip hold an export?
pub(super) fn holds_export(input: &mut dyn Input) -> bool {
    ZipArchive::new(input).is_ok_and(|mut archive| {
        let entries = list(&mut archive);
        find_export(&mut archive, &entries).is_some()
    })
}

/// What went wrong, without names from inside the archive.
fn kind(error: &zip::result::ZipError) -> &'static str {
    match error {
        zip::result::ZipError::UnsupportedArchive(_) => "a way of packing that is not known",
        zip::result::ZipError::Io(_) => "it cannot be read to its end",
        _ => "its directory is missing or damaged",
    }
}

fn list(archive: &mut Archive<'_>) -> Vec<Entry> {
    let mut by_name = BTreeMap::new();
    for index in 0..archive.len() {
        if let Ok(file) = archive.by_index_raw(index)
            && !file.is_dir()
            && let Ok(name) = file.name()
        {
            let name = name.replace('\\', "/");
            by_name.insert(
                name.clone(),
                Entry { index, name, size: file.size(), packed: file.compressed_size() },
            );
        }
    }
    by_name.into_values().filter(|e| !e.name.starts_with("__MACOSX/")).collect()
}

/// The largest XML near the top whose beginning is that of an export; its name depends on the language.
fn find_export<'e>(archive: &mut Archive<'_>, entries: &'e [Entry]) -> Option<&'e Entry> {
    let mut candidates: Vec<&Entry> = entries
        .iter()
        .filter(|e| e.name.to_lowercase().ends_with(".xml") && e.name.matches('/').count() <= 1)
        .collect();
    candidates.order_by_key(|e| std::cmp::Reverse(e.size));
    candidates.into_iter().take(64).find(|entry| {
        let mut head = Vec::new();
        // A damaged beginning still shows what it is.
        archive
            .by_index(entry.index)
            .is_ok_and(|file| file.take(HEAD).read_to_end(&mut head).is_ok() || !head.is_empty())
            && super::matches(&head)
    })
}
