use super::moment::{DAY_S, Form, Moment, Scene};
use super::zones::CalZone;
use calcard::icalendar::{
    ICalendarComponent, ICalendarDuration, ICalendarProperty as Property, ICalendarValue,
};
use twin_core::{LocalDate, Timestamp};

/// Ten thousand years.
const LONGEST_S: i64 = 3_652_425 * DAY_S;

/// Why an entry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

pub(super) const fn bad_time(message: &'static str) -> Refused {
    Refused { code: "bad_time", message }
}

/// When an entry starts and how long it lasts.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    pub(super) start: Moment,
    pub(super) zone: CalZone,
    pub(super) span: Span,
}

/// How long an entry lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Whole days, at least one.
    Days(i32),
    /// Seconds, the same whatever clocks do between.
    Exact(i64),
    /// Days of the calendar, then seconds.
    Nominal(i64, i64),
}

/// One occurrence's place in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    /// First day, and the day after the last, of an all-day entry.
    pub(super) days: Option<(LocalDate, LocalDate)>,
}

impl Timing {
    /// Reads start and end of a component. `standing` is the start of one that has none of its own.
    pub(super) fn read(
        component: &ICalendarComponent,
        scene: &Scene<'_>,
        standing: Option<&Moment>,
    ) -> Result<Self, Refused> {
        let start = match component.property(&Property::Dtstart) {
            Some(entry) => Moment::of_entry(entry).ok_or(bad_time("the start cannot be read"))?,
            None => standing.cloned().ok_or(bad_time("it has no start"))?,
        };
        let zone = scene.zone_of(&start);
        let span = if let Some(entry) = component.property(&Property::Dtend) {
            let end = Moment::of_entry(entry).ok_or(bad_time("the end cannot be read"))?;
            span_to(&start, &zone, &end, scene)?
        } else if let Some(entry) = component.property(&Property::Duration) {
            match entry.values.first() {
                Some(ICalendarValue::Duration(duration)) => span_of(&start, duration)?,
                _ => return Err(bad_time("the duration cannot be read")),
            }
        } else {
            span_of(&start, &ICalendarDuration::default())?
        };
        Ok(Self { start, zone, span })
    }

    /// The occurrence that starts at a wall-clock reading.
    pub(super) fn place(&self, local_s: i64, span: Span, scene: &Scene<'_>) -> Placed {
        if let Span::Days(days) = span {
            let from = self.start.at(local_s).date();
            let until = from.plus_days(days);
            return Placed {
                start: scene.home.start_of(from),
                end: scene.home.start_of(until),
                days: Some((from, until)),
            };
        }
        let start = self.zone.instant_of_local(local_s);
        let end = match span {
            Span::Exact(seconds) => start.plus_secs(seconds),
            Span::Nominal(0, seconds) => start.plus_secs(seconds),
            Span::Nominal(days, seconds) => {
                self.zone.instant_of_local(local_s.saturating_add(days * DAY_S)).plus_secs(seconds)
            }
            Span::Days(_) => start,
        };
        Placed { start, end: end.max(start), days: None }
    }
}

/// The span from a start to a written end. A day that ends on itself is one day.
fn span_to(start: &Moment, zone: &CalZone, end: &Moment, scene: &Scene<'_>) -> Result<Span, Refused> {
    const BEFORE: Refused = bad_time("it ends before it starts");
    if start.form == Form::Date {
        let days =
            (end.local_s - start.local_s).div_euclid(DAY_S) + i64::from(end.local_s.rem_euclid(DAY_S) != 0);
        return if days < 0 {
            Err(BEFORE)
        } else {
            Ok(Span::Days(i32::try_from(days).unwrap_or(i32::MAX).max(1)))
        };
    }
    let until = if end.form == Form::Date || end.floats() {
        zone.instant_of_local(end.local_s)
    } else {
        scene.instant(end)
    };
    let seconds = until.secs() - zone.instant_of_local(start.local_s).secs();
    if seconds < 0 { Err(BEFORE) } else { Ok(Span::Exact(seconds)) }
}

/// The span of a written duration; without any an all-day entry lasts its day and another no time.
fn span_of(start: &Moment, duration: &ICalendarDuration) -> Result<Span, Refused> {
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds =
        i64::from(duration.hours) * 3600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
    // The parser stops counting where a number does not fit.
    if days.saturating_mul(DAY_S).saturating_add(seconds) > LONGEST_S {
        return Err(bad_time("the duration is longer than the calendar"));
    }
    if duration.neg && (days, seconds) != (0, 0) {
        return Err(bad_time("it ends before it starts"));
    }
    Ok(if start.form == Form::Date {
        let days = days + seconds.div_euclid(DAY_S) + i64::from(seconds.rem_euclid(DAY_S) != 0);
        Span::Days(i32::try_from(days).unwrap_or(i32::MAX).max(1))
    } else {
        Span::Nominal(days, seconds)
    })
}
