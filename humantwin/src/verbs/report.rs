//! `report`: one self-contained HTML page of the twin.

mod fill;
mod outlook;
mod trends;
mod what_if;

use crate::error::Result;
use crate::insight::recent_days;
use crate::report::ReportData;
use crate::twin::Twin;
use twin_core::{LocalDate, ZoneId};

/// What a report shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    /// Days back from the last one, 1..=3650.
    pub days: u32,
    /// The last day; default: today where something is known of it, else the newest day with anything in it.
    pub until: Option<LocalDate>,
    /// What the page calls the person; default: their id.
    pub title: Option<String>,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self { days: 90, until: None, title: None }
    }
}

/// Days read before the first one shown, so that it can be compared with something.
const LOOK_BACK: i32 = 100;

impl Twin {
    /// One HTML page: what the models say now (of a past day: an hour after waking), and charts of sleep,
    /// heart, movement, training, calendar, answers, sources and what was refused. It needs no network.
    /// Only for the person's own use.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn report(&self, options: &ReportOptions) -> Result<String> {
        Ok(crate::report::render(&self.report_data(options)?))
    }

    /// What [`Twin::report`] shows, as data.
    ///
    /// # Errors
    /// As [`Twin::report`].
    pub fn report_data(&self, options: &ReportOptions) -> Result<ReportData> {
        let imports = self.imports_if_any()?;
        let (mut log, now) = self.enter_as_owner()?;
        log.refresh()?;
        let today = log.date_at(now);
        let newest = log.extent()?.map_or(today, |(_, newest)| newest);
        let until = options.until.unwrap_or_else(|| newest.min(today));
        let from = until.plus_days(1 - i32::try_from(options.days.clamp(1, 3650)).unwrap_or(90));
        let days = recent_days(&mut log, from.plus_days(-LOOK_BACK), until)?;
        let zone = log.context().zones.at(now).name().unwrap_or("UTC").to_owned();
        let title = options.title.clone().unwrap_or_else(|| log.twin().to_string());
        let mut data = ReportData::new(title, now, ZoneId::new(zone)?, from, until);
        let home = log.context().person.zone.clone();
        fill::fill(&mut data, &log, &days, home.as_ref())?;
        (data.outlook, data.what_if) = outlook::outlook(&mut log, &days, until, now)?;
        trends::trends(&mut data, &days);
        data.imports = imports;
        Ok(data)
    }

    fn imports_if_any(&self) -> Result<Vec<crate::report::ImportRow>> {
        #[cfg(feature = "files")]
        return Ok(self.imports()?.into_iter().map(|(_, view)| fill::import_row(view)).collect());
        #[cfg(not(feature = "files"))]
        Ok(Vec::new())
    }
}
