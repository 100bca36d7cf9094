//! Zips of many files: bulk exports of Strava, Garmin and others, or a folder that somebody packed.
//!
//! Each member is read by the family that its bytes match, also inside gzip, and inside a zip in the zip
//! (`UploadedFiles_*.zip` of Garmin). What a member is refused for is told with its name; members of no known
//! format are counted in `not_read` refusals by the ending of their name. Warnings of members are told once each.
//!
//! - **Bounds.** All members together expand to at most 200 times the size of the zip, or 1 GiB where that is more;
//!   at most 200,000 members, zips three deep; a zip in a zip is held in memory, up to 1 GiB of it.
//! - **Names** are shown without what may be an address of mail in them.

mod budget;
mod member;

use super::{Input, ReadOptions};
use budget::Budget;
use member::Members;
use std::io::{Cursor, Read, SeekFrom};
use twin_core::observation::Sink;
use twin_core::sort::OrderBy;
use twin_core::{Error, Result};
use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes that members may expand to for each byte of the zip, and in any case.
const MAX_EXPANSION: u64 = 200;
const MIN_ALLOWANCE: u64 = 1 << 30;
const MAX_MEMBERS: usize = 200_000;
/// A zip in a zip in a zip.
const MAX_DEPTH: usize = 3;

/// Do these first bytes look like a zip?
///
/// ```
/// # use twin_adapters::files::archive::matches;
/// assert!(matches(b"PK\x03\x04\x14\x00"));
/// assert!(!matches(b"<gpx>"));
/// ```
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Reads all members that are of a known format.
///
/// # Errors
/// `malformed` when it is no zip, `unsupported` when no member is of a known format, and what the sink
/// returns to end the reading.
pub fn read(input: &mut dyn Input, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let size = input.seek(SeekFrom::End(0)).map_err(|e| Error::malformed("zip", e))?;
    let budget = Budget::new(size.saturating_mul(MAX_EXPANSION).max(MIN_ALLOWANCE));
    let mut members = Members::new(options, sink, &budget);
    walk(input, "", 1, &mut members)?;
    members.finish()
}

/// Reads the members of one zip, whose own name and depth are given.
fn walk(input: &mut dyn Input, within: &str, depth: usize, members: &mut Members<'_>) -> Result<()> {
    let mut archive = ZipArchive::new(input).map_err(|e| Error::malformed("zip", kind(&e)))?;
    let mut listed = Vec::new();
    for index in 0..archive.len().min(MAX_MEMBERS) {
        if let Ok(file) = archive.by_index_raw(index)
            && !file.is_dir()
        {
            let name = file.name().map_or_else(|_| "unnamed".into(), |name| name.replace('\\', "/"));
            if !name.starts_with("__MACOSX/") && !name.ends_with(".DS_Store") {
                listed.push((name, index));
            }
        }
    }
    if archive.len() > MAX_MEMBERS {
        members.refuse("too_many_members", within, "members beyond the most that a zip may have");
    }
    listed.order();
    for (name, index) in listed {
        let path = format!("{within}{name}");
        match archive.by_index(index) {
            Ok(mut file) => {
                let packed = file.compressed_size();
                member(&mut file, &path, depth, members)?;
                if depth == 1 {
                    members.passed(packed)?;
                }
            }
            Err(e) => members.refuse("damaged", &path, kind(&e)),
        }
    }
    Ok(())
}

/// Reads one member: a zip in the zip, or what some family knows.
fn member(file: &mut dyn Read, path: &str, depth: usize, members: &mut Members<'_>) -> Result<()> {
    let mut file = members.budget.spend(file);
    let mut start = Vec::new();
    if let Err(e) = (&mut file).take(4).read_to_end(&mut start) {
        members.unpack_failed(&e, path);
        return Ok(());
    }
    if !matches(&start) {
        return members.read(&mut Cursor::new(start).chain(file), path);
    }
    if depth >= MAX_DEPTH {
        members.refuse("too_deep", path, "a zip in a zip in a zip; unpack it and import it by itself");
        return Ok(());
    }
    let most = MIN_ALLOWANCE;
    if (&mut file).take(most).read_to_end(&mut start).is_err() || start.len() as u64 >= most {
        members.refuse("too_large", path, "a zip in a zip that is larger than 1 GiB, or cannot be unpacked");
        return Ok(());
    }
    match walk(&mut Cursor::new(start), &format!("{path}/"), depth + 1, members) {
        Err(Error::Malformed { .. }) => {
            members.refuse("damaged", path, "a zip whose directory is missing or damaged");
            Ok(())
        }
        other => other,
    }
}

/// What went wrong, without names from inside the zip.
fn kind(error: &ZipError) -> &'static str {
    match error {
        ZipError::UnsupportedArchive(_) => "a way of packing that is not known, or a password",
        ZipError::Io(_) => "it cannot be read to its end",
        _ => "its directory is missing or damaged",
    }
}

#[cfg(all(test, feature = "gpx"))]
mod tests {
    use super::*;
    use std::io::Write;
    use twin_core::observation::Collected;
    use twin_core::{Timestamp, Zone};
    use zip::write::SimpleFileOptions;

    #[test]
    fn all_members_share_one_budget() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, points) in [("a.gpx", 1), ("b.gpx", 2_000), ("c.gpx", 1)] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            let point = b"<trkpt lat='1' lon='2'><time>2024-05-01T10:00:00Z</time></trkpt>";
            zip.write_all(b"<gpx><trk><trkseg>").unwrap();
            (0..points).for_each(|_| zip.write_all(point).unwrap());
            zip.write_all(b"</trkseg></trk></gpx>").unwrap();
        }
        let mut bytes = zip.finish().unwrap();
        let zone = Zone::utc();
        let options = ReadOptions { now: Timestamp::from_secs(0), zone, name: String::new(), subject: None };
        let mut all = Collected::default();
        let budget = Budget::new(90_000);
        let mut members = Members::new(&options, &mut all, &budget);
        walk(&mut bytes, "", 1, &mut members).unwrap();
        members.finish().unwrap();
        let refused: Vec<_> = all.refused.iter().map(|r| (r.code.as_str(), r.message.get(..7))).collect();
        assert_eq!(refused, [("too_large", Some("`b.gpx`")), ("too_large", Some("`c.gpx`"))]);
        assert_eq!(all.series.iter().filter(|b| b.metric.as_str() == "gpx:lat").count(), 2);
    }
}
