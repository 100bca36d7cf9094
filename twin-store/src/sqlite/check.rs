//! Is everything as it was written?

use super::row::{bucket_of_row, parts};
use super::schema::storage;
use super::{NO_BUCKET, SqliteStore};
use twin_core::Result;
use twin_core::event::Event;
use twin_core::series::decode_segment;
use twin_core::store::bucket_of;

/// A row of the log: blind id, blind record, sealed body.
type Cells = ([u8; 16], [u8; 16], Vec<u8>);

impl SqliteStore {
    /// What does not match its hash, in words.
    pub(super) fn findings(&self) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        let verdict: String =
            self.db.query_row("PRAGMA integrity_check(5)", [], |r| r.get(0)).map_err(storage)?;
        if verdict != "ok" {
            findings.push("the database file is damaged".to_owned());
        }
        let mut rows = self.db.prepare("SELECT seq, id, record, body FROM event").map_err(storage)?;
        let mut rows = rows.query([]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let seq: i64 = row.get(0).map_err(storage)?;
            // A cell of another type or length is damage like any other.
            let cells = || Ok::<Cells, rusqlite::Error>((row.get(1)?, row.get(2)?, row.get(3)?));
            let Ok((blind, record, body)) = cells() else {
                findings.push(format!("event {seq} does not have the form of an event"));
                continue;
            };
            let bucket = bucket_of_row(seq);
            let sound = || {
                let event = self.decode(bucket, &body)?;
                let plain = self.codec.open(bucket, &body)?;
                let (_, id, content) = parts(&plain)?;
                Ok::<_, twin_core::Error>(
                    Event::id_of(content) == id
                        && self.blinded_pair(&event) == (record, blind)
                        && bucket_of(&event.content) == bucket,
                )
            };
            match sound() {
                Ok(false) => findings.push(format!("event {seq} does not match its hash")),
                Ok(true) => {}
                Err(error) => findings.push(format!("event {seq}: {error}")),
            }
        }
        let mut rows = self.db.prepare("SELECT hash, body FROM segment").map_err(storage)?;
        let mut rows = rows.query([]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let cells = || Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?));
            let Ok((hash, body)): Result<([u8; 16], Vec<u8>), _> = cells() else {
                findings.push("a segment does not have the form of a segment".to_owned());
                continue;
            };
            let samples = self.codec.open(NO_BUCKET, &body).and_then(|plain| decode_segment(&plain));
            match samples {
                Ok(samples) if self.blinded(&samples.hash().0) == hash => {}
                Ok(_) => findings.push("a segment does not match its hash".to_owned()),
                Err(error) => findings.push(error.to_string()),
            }
        }
        Ok(findings)
    }
}
