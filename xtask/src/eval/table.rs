//! Reads tables of text, packed or not.

use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;

/// The text of a file, unpacked where its name ends in `.gz`.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(fail)?;
    let mut text = String::new();
    match path.extension().is_some_and(|e| e == "gz") {
        true => GzDecoder::new(bytes.as_slice()).read_to_string(&mut text),
        false => bytes.as_slice().read_to_string(&mut text),
    }
    .map_err(fail)?;
    Ok(text)
}

/// The named columns of every row of a CSV file with a header, in the order of the names.
pub(super) fn columns<const N: usize>(path: &Path, names: [&str; N]) -> Result<Vec<[String; N]>, String> {
    let text = text(path)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = header
            .iter()
            .position(|column| column.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("{}: no column `{name}`", path.display()))?;
    }
    let rows = reader.records().map(|row| {
        let row = row.map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(places.map(|i| row.get(i).unwrap_or_default().to_owned()))
    });
    rows.collect()
}

/// Numbers for names, as they come.
#[derive(Default)]
pub(super) struct Numbers(std::collections::BTreeMap<String, usize>);

impl Numbers {
    pub(super) fn of(&mut self, name: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    /// The number of a name that came before.
    pub(super) fn known(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
