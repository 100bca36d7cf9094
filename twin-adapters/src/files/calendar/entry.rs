use super::moment::{Moment, Scene};
use super::series::Event;
use super::timing::Placed;
pub(super) use crate::files::rank::ranked;
use calcard::icalendar::{
    ICalendarComponent, ICalendarParameterName, ICalendarParameterValue, ICalendarProperty as Property,
    ICalendarStatus, ICalendarTransparency, ICalendarUserTypes, ICalendarValue,
};
use std::sync::LazyLock;
use twin_core::event::{Busy, CalendarEntry, Content, MeetingAttended, MeetingPlanned, Origin};
use twin_core::{EventId, RecordId, SourceId, Timestamp};

static SOURCE: LazyLock<SourceId> = LazyLock::new(|| SourceId::lossy("icalendar"));

/// The origin of all facts of calendar files. UIDs are unique over all calendars, so one source holds them all.
pub(super) fn origin() -> Origin {
    Origin::of(SOURCE.clone())
}

/// What an entry says besides its time.
#[derive(Clone, Debug)]
pub(super) struct Details {
    /// `SEQUENCE`, 0 when absent.
    pub(super) sequence: u64,
    /// See the module's documentation.
    pub(super) revision: u64,
    /// When the plan was made. Where no time of it is stated, the entry's own time once that is past, and
    /// 1970 before: the moment of reading would make every import another fact.
    pub(super) made_at: Timestamp,
    pub(super) title: Option<String>,
    busy: Busy,
    others: u32,
    cancelled: Option<bool>,
    categories: Vec<String>,
}

impl Details {
    /// Reads a component. `cancels` when the whole calendar is a cancellation.
    pub(super) fn read(component: &ICalendarComponent, cancels: bool, scene: &Scene<'_>) -> Self {
        let stamp = |name: &Property| Moment::of_property(component, name).map(|m| scene.instant(&m));
        let stamps = [Property::LastModified, Property::Dtstamp, Property::Created];
        let newest = stamps.iter().filter_map(stamp).max().map_or(0, Timestamp::secs);
        let sequence = component
            .property(&Property::Sequence)
            .and_then(|e| e.values.first()?.as_integer())
            .and_then(|n| u64::try_from(n).ok())
            .unwrap_or(0);
        let cancelled = match component.status() {
            _ if cancels => Some(true),
            Some(ICalendarStatus::Cancelled) => Some(true),
            Some(_) => Some(false),
            None => None,
        };
        Self {
            sequence,
            revision: sequence.min((1 << 12) - 1) << 34
                | u64::try_from(newest).unwrap_or(0).min((1 << 34) - 1),
            made_at: stamps
                .iter()
                .chain(&[Property::Dtstart, Property::Due, Property::Completed])
                .filter_map(stamp)
                .find(|at| *at <= scene.now)
                .unwrap_or(Timestamp::from_secs(0)),
            title: text(component, &Property::Summary),
            busy: busy(component),
            others: others(component),
            cancelled,
            categories: categories(component),
        }
    }
}

/// The first value of a property as a text, `None` when blank.
pub(super) fn text(component: &ICalendarComponent, name: &Property) -> Option<String> {
    let text = component.property(name)?.values.first()?.as_text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn busy(component: &ICalendarComponent) -> Busy {
    let outlook = component.entries.iter().find_map(|e| match &e.name {
        Property::Other(name) if name.eq_ignore_ascii_case("X-MICROSOFT-CDO-BUSYSTATUS") => {
            e.values.first()?.as_text()
        }
        _ => None,
    });
    match outlook.map(|word| word.trim().to_ascii_uppercase()).as_deref() {
        Some("FREE" | "WORKINGELSEWHERE") => return Busy::Free,
        Some("TENTATIVE") => return Busy::Tentative,
        Some("OOF") => return Busy::OutOfOffice,
        Some("BUSY") => return Busy::Busy,
        _ => {}
    }
    if component.transparency() == Some(&ICalendarTransparency::Transparent) {
        Busy::Free
    } else if component.status() == Some(&ICalendarStatus::Tentative) {
        Busy::Tentative
    } else {
        Busy::Busy
    }
}

/// People invited besides the organiser; rooms and things are none. The person is one of all of them, so this is
/// also the number of others, whoever organises.
fn others(component: &ICalendarComponent) -> u32 {
    let address =
        |e: &calcard::icalendar::ICalendarEntry| e.calendar_address().map(|a| a.trim().to_lowercase());
    let organiser = component.property(&Property::Organizer).and_then(address);
    let people = component.properties(&Property::Attendee).filter(|e| {
        let kind = e.parameter(&ICalendarParameterName::Cutype);
        let thing = matches!(
            kind,
            Some(ICalendarParameterValue::Cutype(ICalendarUserTypes::Room | ICalendarUserTypes::Resource))
        );
        let organises = organiser.is_some() && address(e) == organiser;
        !thing && !organises
    });
    u32::try_from(people.count()).unwrap_or(u32::MAX)
}

fn categories(component: &ICalendarComponent) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for value in component.properties(&Property::Categories).flat_map(|e| &e.values) {
        if let ICalendarValue::Text(word) = value {
            let word = word.trim();
            if !word.is_empty() && !words.iter().any(|w| w == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

/// A record's id, hashed when it is no valid id as it stands.
pub(super) fn record_id(prefix: &str, uid: &str, key: Option<&str>) -> RecordId {
    let plain = key.map_or_else(|| format!("{prefix}/{uid}"), |key| format!("{prefix}/{uid}/{key}"));
    RecordId::new(plain).unwrap_or_else(|_| {
        let hash = EventId::of("calendar", &[uid.as_bytes(), key.unwrap_or_default().as_bytes()]);
        RecordId::lossy(&format!("{prefix}/{hash}"))
    })
}

/// The fact of an occurrence: attended when it is over at the moment of reading, planned before.
pub(super) fn fact(
    event: &Event<'_>,
    placed: &Placed,
    key: Option<String>,
    uid: &str,
    record: &str,
    series: u64,
    scene: &Scene<'_>,
) -> Content {
    let details = &event.details;
    let timing = &event.timing;
    let entry = CalendarEntry {
        uid: uid.to_owned(),
        occurrence: key.clone(),
        start: placed.start,
        end: placed.end,
        all_day_from: placed.days.map(|(from, _)| from),
        all_day_until: placed.days.map(|(_, until)| until),
        busy: details.busy,
        title: details.title.clone(),
        others: Some(details.others),
        people: Vec::new(),
        organiser: None,
        organised_by: None,
        cancelled: details.cancelled,
        declined: None,
        declined_by: Vec::new(),
        categories: details.categories.clone(),
        zone: timing.zone.name.clone().filter(|_| placed.days.is_none()),
    };
    let mut content = met_or_planned(entry, details.made_at, record, key.as_deref(), scene);
    content.start_offset_s = Some(scene.offset_lived(&timing.start, &timing.zone, placed.start));
    content.end_offset_s = Some(scene.offset_lived(&timing.start, &timing.zone, placed.end));
    content.civil_date = placed.days.map(|(_, until)| until.plus_days(-1));
    ranked(content, details.revision.max(series))
}

/// An entry as the fact it is at the moment of reading.
pub(super) fn met_or_planned(
    entry: CalendarEntry,
    made_at: Timestamp,
    record: &str,
    key: Option<&str>,
    scene: &Scene<'_>,
) -> Content {
    if entry.end <= scene.now {
        let id = record_id("met", record, key);
        Content {
            record: Some(id),
            ..Content::new(origin(), entry.end, MeetingAttended { entry, quality: None })
        }
    } else {
        let id = record_id("plan", record, key);
        Content { record: Some(id), ..Content::new(origin(), made_at, MeetingPlanned { entry }) }
    }
}
