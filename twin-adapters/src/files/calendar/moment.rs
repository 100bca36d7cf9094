use super::super::ReadOptions;
use super::zones::{CalZone, Zones};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarProperty as Property, ICalendarValue,
};
use std::cell::Cell;
use twin_core::observation::Sink;
use twin_core::{LocalDate, Timestamp, Zone};

pub(super) const DAY_S: i64 = 86_400;
/// How far ahead rules are followed, from `options.now`.
const HORIZON_DAYS: i64 = 366;

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A day.
    Date,
    /// With `Z`.
    Utc,
    /// With an offset, which the standard does not have but files do; seconds east of UTC.
    Offset(i32),
    /// A wall-clock reading, in a zone that is named or in none.
    Local,
}

/// A time as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    /// The reading: seconds since 1970 as if it were UTC.
    pub(super) local_s: i64,
    /// How it is written.
    pub(super) form: Form,
    tzid: Option<String>,
}

impl Moment {
    /// The moment of a parsed value; `None` when it is no day of the calendar or no time of a day.
    pub(super) fn of(value: &PartialDateTime, tzid: Option<&str>) -> Option<Self> {
        let day = LocalDate::new(
            i16::try_from(value.year?).ok()?,
            i8::try_from(value.month?).ok()?,
            i8::try_from(value.day?).ok()?,
        )
        .ok()?;
        let mut local_s = i64::from(day.days()) * DAY_S;
        let Some(hour) = value.hour else {
            return Some(Self { local_s, form: Form::Date, tzid: None });
        };
        let (minute, second) = (value.minute.unwrap_or(0), value.second.unwrap_or(0));
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        // A leap second is the second before it (RFC 5545 §3.3.12).
        local_s += i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second.min(59));
        let form = match offset_of(value) {
            Some(0) => Form::Utc,
            Some(offset) => Form::Offset(offset),
            None => Form::Local,
        };
        let tzid = tzid.filter(|_| form == Form::Local).map(str::to_owned);
        Some(Self { local_s, form, tzid })
    }

    /// The moment of a property's first value.
    pub(super) fn of_entry(entry: &ICalendarEntry) -> Option<Self> {
        match entry.values.first()? {
            ICalendarValue::PartialDateTime(value) => Self::of(value, entry.tz_id()),
            _ => None,
        }
    }

    /// The moment of a component's property.
    pub(super) fn of_property(component: &ICalendarComponent, name: &Property) -> Option<Self> {
        component.property(name).and_then(Self::of_entry)
    }

    /// The same kind of time at another reading.
    pub(super) fn at(&self, local_s: i64) -> Self {
        Self { local_s, ..self.clone() }
    }

    /// A wall-clock reading without a zone of its own.
    pub(super) fn floats(&self) -> bool {
        self.form == Form::Local && self.tzid.is_none()
    }

    /// Is the other written in the same way, so that readings compare?
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        self.form == other.form && self.tzid == other.tzid
    }

    pub(super) fn date(&self) -> LocalDate {
        date_of(self.local_s)
    }

    /// As the calendar writes it: `20260301`, `20260301T090000`, `20260301T080000Z`.
    pub(super) fn text(&self) -> String {
        let date = self.date();
        let (year, month, day) = date.ymd();
        let s = self.local_s.rem_euclid(DAY_S);
        let clock = format!("T{:02}{:02}{:02}", s / 3600, s / 60 % 60, s % 60);
        match self.form {
            Form::Date => format!("{year:04}{month:02}{day:02}"),
            Form::Utc => format!("{year:04}{month:02}{day:02}{clock}Z"),
            Form::Local | Form::Offset(_) => format!("{year:04}{month:02}{day:02}{clock}"),
        }
    }
}

pub(super) fn date_of(local_s: i64) -> LocalDate {
    LocalDate::from_days(i32::try_from(local_s.div_euclid(DAY_S)).unwrap_or(i32::MAX))
}

/// The offset of a value, seconds east of UTC.
pub(super) fn offset_of(value: &PartialDateTime) -> Option<i32> {
    let hours = i32::from(value.tz_hour?);
    let seconds = hours * 3600 + i32::from(value.tz_minute.unwrap_or(0)) * 60;
    Some(if value.tz_minus { -seconds } else { seconds })
}

/// A wall-clock reading as a parsed value; `None` outside of the years 1 to 9999.
pub(super) fn to_partial(local_s: i64) -> Option<PartialDateTime> {
    let (year, month, day) = date_of(local_s).ymd();
    let s = local_s.rem_euclid(DAY_S);
    Some(PartialDateTime {
        year: Some(u16::try_from(year).ok().filter(|y| *y > 0)?),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
        hour: u8::try_from(s / 3600).ok(),
        minute: u8::try_from(s / 60 % 60).ok(),
        second: u8::try_from(s % 60).ok(),
        ..PartialDateTime::default()
    })
}

/// What times are read against.
pub(super) struct Scene<'a> {
    pub(super) now: Timestamp,
    /// Rules are followed to here.
    pub(super) horizon: Timestamp,
    /// The zone of days and of times without a zone.
    pub(super) home: CalZone,
    /// The zone times in UTC were lived in: the calendar's own if it names one, else the reader's.
    lived: Zone,
    zones: Zones<'a>,
    unknown: Cell<u64>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(calendars: &'a [ICalendar], options: &ReadOptions, sink: &mut dyn Sink) -> Self {
        let horizon = options.now.plus_secs(HORIZON_DAYS * DAY_S);
        let zones = Zones::new(calendars, horizon.secs() + HORIZON_DAYS * DAY_S, sink);
        let named =
            calendars.iter().flat_map(|c| c.components.first()).flat_map(|c| &c.entries).find_map(|e| {
                matches!(&e.name, Property::Other(name) if name.eq_ignore_ascii_case("X-WR-TIMEZONE"))
                    .then(|| e.values.first().and_then(|v| v.as_text()))?
            });
        let lived = named.and_then(|n| Zone::named(n.trim()).ok()).unwrap_or_else(|| options.zone.clone());
        Self {
            now: options.now,
            horizon,
            home: CalZone::floating(options.zone.clone()),
            lived,
            zones,
            unknown: Cell::new(0),
        }
    }

    /// The zone a moment is written in.
    pub(super) fn zone_of(&self, moment: &Moment) -> CalZone {
        match (moment.form, moment.tzid.as_deref()) {
            (Form::Utc, _) => CalZone::floating(Zone::utc()),
            (Form::Offset(offset), _) => CalZone::floating(Zone::fixed(offset)),
            (Form::Local, Some(tzid)) => self.zones.find(tzid).unwrap_or_else(|| {
                self.unknown.set(self.unknown.get() + 1);
                self.home.clone()
            }),
            (Form::Local | Form::Date, _) => self.home.clone(),
        }
    }

    /// The instant of a moment; of a day its first instant.
    pub(super) fn instant(&self, moment: &Moment) -> Timestamp {
        match moment.form {
            Form::Date => self.home.start_of(moment.date()),
            _ => self.zone_of(moment).instant_of_local(moment.local_s),
        }
    }

    /// Seconds east of UTC as lived at an instant of an entry written like `moment`.
    pub(super) fn offset_lived(&self, moment: &Moment, zone: &CalZone, at: Timestamp) -> i32 {
        match moment.form {
            Form::Utc => self.lived.offset_at(at),
            _ => zone.offset_at(at),
        }
    }

    /// Times met whose zone is not known.
    pub(super) fn unknown_zones(&self) -> u64 {
        self.unknown.get()
    }
}
