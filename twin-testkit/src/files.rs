use crate::fit::FitOptions;
use crate::session::Sport;
use crate::world::World;
use std::io::Cursor;

impl World {
    /// All files of this life, as name and bytes: `export.zip` (Apple Health), one `.fit` for each session with a
    /// strap (the first with a developer field), `calendar.ics`, `wellness.csv`, `srpe.csv` and the last morning's `rr-….txt`.
    /// Nothing is written to disk.
    #[must_use]
    pub fn write_files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        // A buffer in memory takes every write.
        if let Ok(zip) = self.write_apple_zip(Cursor::new(Vec::new())) {
            files.push(("export.zip".to_owned(), zip.into_inner()));
        }
        for (index, session) in self.sessions.iter().filter(|s| s.strap).enumerate() {
            let name = if session.sport == Sport::Ride { "ride" } else { "run" };
            let options = FitOptions { developer_field: index == 0, ..FitOptions::default() };
            files.push((
                format!("{}-{name}.fit", self.places.date(session.day)),
                self.write_fit(session, options),
            ));
        }
        files.push(("calendar.ics".into(), self.write_ics().into_bytes()));
        files.push(("wellness.csv".into(), self.write_wellness_csv().into_bytes()));
        files.push(("srpe.csv".into(), self.write_srpe_csv().into_bytes()));
        let last = self.options.days.saturating_sub(1);
        files.push((format!("rr-{}.txt", self.places.date(last)), self.write_rr(last).into_bytes()));
        files
    }
}
