use super::route;
use crate::world::World;
use std::io::{BufWriter, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter, result::ZipResult};

impl World {
    /// The zip that the Health app hands out: `apple_health_export/export.xml` and the routes of
    /// the newest three outdoor workouts.
    ///
    /// # Errors
    /// What `out` returns.
    pub fn write_apple_zip<W: Write + Seek>(&self, out: W) -> ZipResult<W> {
        let mut zip = ZipWriter::new(out);
        let options = SimpleFileOptions::default()
            .last_modified_time(DateTime::default())
            .compression_level(Some(2))
            .large_file(true);
        zip.start_file("apple_health_export/export.xml", options)?;
        {
            let mut buffered = BufWriter::with_capacity(1 << 18, &mut zip);
            self.write_apple_xml(&mut buffered)?;
            buffered.flush()?;
        }
        let routed = self.routed();
        for session in self.sessions.iter().filter(|s| routed.contains(&s.start)) {
            zip.start_file(
                format!("apple_health_export/workout-routes/{}", route::name(self, session)),
                options,
            )?;
            zip.write_all(&route::gpx(self, session))?;
        }
        zip.finish()
    }
}
