//! Real files, where they are at hand.

use super::{NOW, all, try_read};
use std::path::PathBuf;
use twin_core::Code;

#[test]
fn real_files_are_read_or_refused() {
    let root = std::env::var_os("HUMANTWIN_DATA")
        .map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
            PathBuf::from,
        )
        .join("calendars");
    let Ok(folders) = std::fs::read_dir(&root) else {
        eprintln!("skipped: no calendars in the data folder");
        return;
    };
    let (mut files, mut read, mut occurrences, mut refused) = (0, 0, 0, 0);
    for folder in folders {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            files += 1;
            let (result, seen) = try_read(&bytes, "Europe/Paris");
            match result {
                Ok(()) => {
                    read += 1;
                    // Nothing is both read and silent: a file with an entry gives facts or says why not.
                    let text = String::from_utf8_lossy(&bytes).to_uppercase();
                    let entry = text.lines().any(|l| l.trim_end() == "BEGIN:VEVENT");
                    assert!(
                        !entry || !seen.facts.is_empty() || !seen.refused.is_empty(),
                        "{}",
                        path.display()
                    );
                }
                Err(e) => assert!(matches!(e.code(), Code::Malformed | Code::Unsupported), "{e}"),
            }
            assert!(all(&seen).iter().all(|e| e.end >= e.start));
            assert!(seen.facts.iter().all(|f| f.at <= NOW.parse().unwrap() && f.record.is_some()));
            occurrences += all(&seen).len();
            refused += seen.refused.len();
        }
    }
    eprintln!("{files} files, {read} read, {occurrences} occurrences, {refused} refusals");
    assert!(read * 10 > files * 8, "{read} of {files} read");
    assert!(occurrences > 10_000, "{occurrences} occurrences");
}
