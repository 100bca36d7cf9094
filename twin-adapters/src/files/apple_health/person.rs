//! The person's own lines: characteristics, and the summary of each day.

use super::session::{Session, field};
use super::time::civil_days;
use super::units::Conversion;
use quick_xml::events::BytesStart;
use twin_core::event::{Content, KeptField, MeasurementRecorded, ProfileStated, Sex};
use twin_core::{LocalDate, MetricId, RecordId, Result};

/// Date of birth and sex; other characteristics that are set, as fields.
pub(super) fn profile(e: &BytesStart<'_>) -> (ProfileStated, Vec<KeptField>) {
    let mut profile = ProfileStated {
        born: None,
        sex: None,
        height_m: None,
        heart_rate_max: None,
        zone: None,
        work_days: Vec::new(),
    };
    let mut rest = Vec::new();
    for attribute in e.attributes().with_checks(false).flatten() {
        let value: &str = &attribute.value;
        let name = attribute.key.0.strip_prefix("HKCharacteristicTypeIdentifier").unwrap_or(attribute.key.0);
        match (name, value) {
            ("DateOfBirth", date) => match civil_days(date).and_then(|d| i32::try_from(d).ok()) {
                Some(days) => profile.born = Some(LocalDate::from_days(days)),
                None if date.is_empty() => {}
                None => rest.push(field(name, value, None)),
            },
            ("BiologicalSex", "HKBiologicalSexFemale") => profile.sex = Some(Sex::Female),
            ("BiologicalSex", "HKBiologicalSexMale") => profile.sex = Some(Sex::Male),
            ("BiologicalSex", "HKBiologicalSexOther") => profile.sex = Some(Sex::Other),
            (_, value) if value.is_empty() || value.ends_with("NotSet") || value == "None" => {}
            _ => rest.push(field(name, value, None)),
        }
    }
    (profile, rest)
}

impl Session<'_> {
    /// The rings of one day: each figure a vendor's measurement that a later export replaces.
    pub(super) fn summary(&mut self, e: &BytesStart<'_>) -> Result<()> {
        let attributes: Vec<(&str, String)> =
            e.attributes().with_checks(false).flatten().map(|a| (a.key.0, a.value.into_owned())).collect();
        let find =
            |name: &str| attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        let days = find("dateComponents").and_then(civil_days).and_then(|d| i32::try_from(d).ok());
        let Some(day) = days.map(LocalDate::from_days) else {
            self.tally.refuse("bad_time", "ActivitySummary", "no day of the years 1900 to 2199");
            return Ok(());
        };
        let (start, end) = self.options.zone.day_bounds(day);
        self.usable += 1;
        for (name, text) in &attributes {
            if *name == "dateComponents" || name.ends_with("Unit") {
                continue;
            }
            let base = name.strip_suffix("Goal").unwrap_or(name);
            let raw = match find(&format!("{base}Unit")) {
                Some(unit) => unit,
                None if base.contains("Time") => "min",
                None if base.contains("Hours") => "h",
                None => "1",
            };
            let (unit, conversion) = match Conversion::between(raw, "kcal") {
                Some(conversion) => ("kcal", conversion),
                None => (raw, Conversion::SAME),
            };
            let value = text.parse::<f64>().ok().map(|v| conversion.of(v)).filter(|v| v.is_finite());
            let Some(value) = value else {
                self.tally.refuse(
                    "bad_value",
                    "ActivitySummary",
                    "no value, or one that is no finite number",
                );
                continue;
            };
            let mut letters = name.chars();
            let capital: String =
                letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
            let body = MeasurementRecorded {
                metric: MetricId::lossy(&format!("healthkit:ActivitySummary{capital}")),
                value,
                unit: unit.to_owned(),
                start: Some(start),
            };
            let mut content = Content::new(Self::own_origin(), end, body);
            content.record = Some(RecordId::lossy(&format!("ActivitySummary/{day}/{name}")));
            content.revision = self.revision();
            content.civil_date = Some(day);
            self.fact(content)?;
        }
        Ok(())
    }
}
