use serde::Serialize;
use twin_core::LocalDate;

/// What to simulate.
///
/// ```
/// let options = twin_testkit::SimOptions::default();
/// assert_eq!((options.start.to_string().as_str(), options.days), ("2026-01-12", 90));
/// assert_eq!(twin_testkit::SimOptions::five_years().days, 1826);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimOptions {
    /// The first civil day; default 2026-01-12, so that 90 days hold a daylight-saving change.
    pub start: LocalDate,
    /// How many civil days, at least 1.
    pub days: u32,
    /// IANA zone of home.
    pub home_zone: String,
    /// IANA zone of the flight's destination; flight hours suit one that lies some hours west of home.
    pub away_zone: String,
    /// Episodes of illness (3 to 5 days; the first from day 36 on).
    pub illness: bool,
    /// A flight there and back (the first from day 62 on).
    pub flight: bool,
    /// Days without the watch and hours with an empty battery.
    pub device_gaps: bool,
}

impl Default for SimOptions {
    fn default() -> Self {
        Self {
            start: LocalDate::from_days(20_465),
            days: 90,
            home_zone: "Europe/Paris".into(),
            away_zone: "America/New_York".into(),
            illness: true,
            flight: true,
            device_gaps: true,
        }
    }
}

impl SimOptions {
    /// The default with another number of days.
    #[must_use]
    pub fn with_days(days: u32) -> Self {
        Self { days, ..Self::default() }
    }

    /// Five years, 2021-01-04 to 2026-01-03: a long history.
    #[must_use]
    pub fn five_years() -> Self {
        Self { start: LocalDate::from_days(18_631), days: 1826, ..Self::default() }
    }
}
