use super::header::DTD;
use crate::stamp::Stamper;
use std::fmt::{Arguments, Display};
use std::io::{Result, Write};

/// Who wrote a record.
pub(crate) struct Source {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Already escaped for an attribute.
    pub(crate) device: Option<&'static str>,
    /// Seconds from the end of a record until it was stored.
    pub(crate) delay: i64,
}

pub(crate) const WATCH: Source = Source {
    name: "Apple\u{a0}Watch",
    version: "11.2",
    device: Some(
        "&lt;&lt;HKDevice: 0x3017a1b40&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch7,1, software:11.2&gt;",
    ),
    delay: 7,
};
pub(crate) const PHONE: Source = Source {
    name: "iPhone",
    version: "18.2",
    device: Some(
        "&lt;&lt;HKDevice: 0x3017a2c80&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone15,4, software:18.2&gt;",
    ),
    delay: 95,
};
/// Entered by hand in the app.
pub(crate) const HAND: Source = Source { name: "Health", version: "18.2", device: None, delay: 0 };

/// A type of record with its unit; an empty unit is left out.
pub(crate) type Kind = (&'static str, &'static str);

/// Writes the records of an export one after another; holds at most 64 KiB and a record.
pub(crate) struct Xml<'a, W> {
    out: W,
    line: Vec<u8>,
    stamper: Stamper,
    offset: &'a dyn Fn(i64) -> i32,
    sent: u64,
}

impl<'a, W: Write> Xml<'a, W> {
    pub(crate) fn new(out: W, offset: &'a dyn Fn(i64) -> i32) -> Self {
        Self { out, line: Vec::with_capacity(80_000), stamper: Stamper::default(), offset, sent: 0 }
    }

    pub(crate) fn open(&mut self, exported: i64, birth_year: i16, female: bool) -> Result<()> {
        self.text(DTD);
        self.text("<HealthData locale=\"en_FR\">\n <ExportDate value=\"");
        self.stamp(exported);
        let sex = if female { "Female" } else { "Male" };
        self.print(format_args!(
            "\"/>\n <Me HKCharacteristicTypeIdentifierDateOfBirth=\"{birth_year}-07-01\" \
             HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSex{sex}\" \
             HKCharacteristicTypeIdentifierBloodType=\"HKBloodTypeNotSet\" \
             HKCharacteristicTypeIdentifierFitzpatrickSkinType=\"HKFitzpatrickSkinTypeNotSet\" \
             HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse=\"None\"/>\n"
        ));
        self.flush_line()
    }

    pub(crate) fn close(mut self) -> Result<W> {
        self.text("</HealthData>\n");
        self.send()?;
        self.out.flush()?;
        Ok(self.out)
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.line.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn print(&mut self, text: Arguments<'_>) {
        // Writing to a `Vec` does not fail.
        let _ = self.line.write_fmt(text);
    }

    pub(crate) fn stamp(&mut self, secs: i64) {
        let offset = (self.offset)(secs);
        self.stamper.apple(&mut self.line, secs, offset);
    }

    /// Ends a record: what has gathered goes out in pieces of about 64 KiB.
    pub(crate) fn flush_line(&mut self) -> Result<()> {
        if self.line.len() >= 1 << 16 { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<()> {
        self.out.write_all(&self.line)?;
        self.sent += self.line.len() as u64;
        self.line.clear();
        Ok(())
    }

    /// Bytes so far.
    pub(crate) fn written(&self) -> u64 {
        self.sent + self.line.len() as u64
    }

    /// ` sourceName="…" sourceVersion="…" device="…"`
    pub(crate) fn source(&mut self, source: &Source) {
        self.text(" sourceName=\"");
        self.text(source.name);
        self.text("\" sourceVersion=\"");
        self.text(source.version);
        if let Some(device) = source.device {
            self.text("\" device=\"");
            self.text(device);
        }
        self.text("\"");
    }

    /// ` creationDate="…" startDate="…" endDate="…"`
    pub(crate) fn dates(&mut self, source: &Source, start: i64, end: i64) {
        self.text(" creationDate=\"");
        self.stamp(end + source.delay);
        self.span(start, end);
    }

    fn span(&mut self, start: i64, end: i64) {
        self.text("\" startDate=\"");
        self.stamp(start);
        self.text("\" endDate=\"");
        self.stamp(end);
        self.text("\"");
    }

    fn head(&mut self, kind: Kind, source: &Source, span: (i64, i64), value: impl Display) {
        self.text(" <Record type=\"");
        self.text(kind.0);
        self.text("\"");
        self.source(source);
        if !kind.1.is_empty() {
            self.text(" unit=\"");
            self.text(kind.1);
            self.text("\"");
        }
        self.dates(source, span.0, span.1);
        self.print(format_args!(" value=\"{value}\""));
    }

    /// A record without children.
    pub(crate) fn record(
        &mut self,
        kind: Kind,
        source: &Source,
        span: (i64, i64),
        value: impl Display,
    ) -> Result<()> {
        self.head(kind, source, span, value);
        self.text("/>\n");
        self.flush_line()
    }

    /// A record with one metadata entry.
    pub(crate) fn record_with(
        &mut self,
        kind: Kind,
        source: &Source,
        span: (i64, i64),
        value: impl Display,
        key: &str,
        entry: impl Display,
    ) -> Result<()> {
        self.head(kind, source, span, value);
        self.print(format_args!(">\n  <MetadataEntry key=\"{key}\" value=\"{entry}\"/>\n </Record>\n"));
        self.flush_line()
    }

    /// An SDNN record with its list of beats, from intervals in ms; the first beat ends one interval after `start`.
    pub(crate) fn variability(&mut self, source: &Source, start: i64, beats: &[u16]) -> Result<()> {
        let n = beats.len().max(2) as f64;
        let mean = beats.iter().map(|b| f64::from(*b)).sum::<f64>() / n;
        let squares: f64 = beats.iter().map(|b| (f64::from(*b) - mean) * (f64::from(*b) - mean)).sum();
        let sdnn = (squares / (n - 1.0)).sqrt();
        let length = beats.iter().map(|b| i64::from(*b)).sum::<i64>() / 1000 + 1;
        self.head(
            ("HKQuantityTypeIdentifierHeartRateVariabilitySDNN", "ms"),
            source,
            (start, start + length),
            format_args!("{sdnn:.4}"),
        );
        self.text(">\n  <HeartRateVariabilityMetadataList>\n");
        let mut ms = start * 1000;
        for beat in beats {
            ms += i64::from(*beat);
            let secs = ms.div_euclid(1000);
            let (_, _, _, hour, minute, second) = self.stamper.civil(secs, (self.offset)(secs));
            let bpm = (60_000.0 / f64::from((*beat).max(1))).round();
            let (twelve, half) =
                (if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" });
            self.print(format_args!(
                "   <InstantaneousBeatsPerMinute bpm=\"{bpm}\" time=\"{twelve}:{minute:02}:{second:02}.{:02} {half}\"/>\n",
                ms.rem_euclid(1000) / 10
            ));
        }
        self.text("  </HeartRateVariabilityMetadataList>\n </Record>\n");
        self.flush_line()
    }

    /// `<WorkoutStatistics …/>` with `values` such as `sum="3.2" unit="km"`.
    pub(crate) fn statistics(&mut self, kind: &str, span: (i64, i64), values: Arguments<'_>) {
        self.text("  <WorkoutStatistics type=\"");
        self.text(kind);
        self.span(span.0, span.1);
        self.text(" ");
        self.print(values);
        self.text("/>\n");
    }
}
