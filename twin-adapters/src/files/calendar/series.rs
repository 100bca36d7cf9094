use super::Passed;
use super::entry::{self, Details};
use super::moment::{DAY_S, Form, Moment, Scene};
use super::rules::{self, MAX_OCCURRENCES, RuleError};
use super::scan::Doubts;
use super::timing::{Refused, Span, Timing};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarParameterName,
    ICalendarPeriod, ICalendarProperty as Property, ICalendarRecurrenceRule, ICalendarValue,
};
use std::collections::{BTreeMap, BTreeSet};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::{EventId, Result};

/// An entry of a calendar: a single one, a series, or a change to one occurrence of a series.
pub(super) struct Event<'a> {
    component: &'a ICalendarComponent,
    /// For messages: the how many-th of its kind in the file.
    number: usize,
    pub(super) timing: Timing,
    pub(super) details: Details,
    /// The start it replaces, and whether it replaces all from there on.
    replaces: Option<(Moment, bool)>,
}

impl Event<'_> {
    fn repeats(&self) -> bool {
        [Property::Rrule, Property::Rdate, Property::Exrule].iter().any(|p| self.component.has_property(p))
    }

    fn subject(&self) -> String {
        format!("VEVENT {}", self.number)
    }
}

/// Entries with one UID.
#[derive(Default)]
struct Group<'a> {
    uid: String,
    events: Vec<Event<'a>>,
    changes: Vec<Event<'a>>,
}

/// Hands over the occurrences of all entries.
pub(super) fn read(
    calendars: &[ICalendar],
    doubts: &Doubts,
    scene: &Scene<'_>,
    sink: &mut dyn Sink,
) -> Result<Passed> {
    let mut passed = Passed::default();
    for mut group in collect(calendars, doubts, scene, sink) {
        group.events = newest(std::mem::take(&mut group.events), &mut passed);
        group.changes = newest_changes(std::mem::take(&mut group.changes), scene, &mut passed);
        emit(&group, scene, sink)?;
    }
    Ok(passed)
}

fn collect<'a>(
    calendars: &'a [ICalendar],
    doubts: &Doubts,
    scene: &Scene<'_>,
    sink: &mut dyn Sink,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = 0;
    for (at, calendar) in calendars.iter().enumerate() {
        let cancels = calendar.components.first().is_some_and(|root| {
            let method = root.property(&Property::Method).and_then(|e| e.values.first());
            matches!(method, Some(ICalendarValue::Method(ICalendarMethod::Cancel)))
        });
        for (place, component) in calendar.components.iter().enumerate() {
            if component.component_type != ICalendarComponentType::VEvent {
                continue;
            }
            number += 1;
            let event = if doubts.truncated.contains(&(at, place)) {
                Err(Refused { code: "truncated", message: "the file breaks off in it" })
            } else if doubts.bad_rules.contains(&(at, place)) {
                Err(bad_rule(RuleError::Invalid))
            } else {
                event(component, number, cancels, scene)
            };
            match event {
                Ok(event) => {
                    let uid = uid(component, &event.timing);
                    let i = *known.entry(uid.clone()).or_insert_with(|| {
                        groups.push(Group { uid, ..Group::default() });
                        groups.len() - 1
                    });
                    if let Some(group) = groups.get_mut(i) {
                        if event.replaces.is_some() { &mut group.changes } else { &mut group.events }
                            .push(event);
                    }
                }
                Err(refused) => {
                    sink.refuse(Refusal::new(refused.code, format!("VEVENT {number}"), refused.message));
                }
            }
        }
    }
    groups
}

fn event<'a>(
    component: &'a ICalendarComponent,
    number: usize,
    cancels: bool,
    scene: &Scene<'_>,
) -> Result<Event<'a>, Refused> {
    let replaces = match component.property(&Property::RecurrenceId) {
        Some(entry) => {
            let moment = Moment::of_entry(entry)
                .ok_or(Refused { code: "bad_time", message: "the occurrence it changes cannot be read" })?;
            Some((moment, entry.has_parameter(&ICalendarParameterName::Range)))
        }
        None => None,
    };
    let timing = Timing::read(component, scene, replaces.as_ref().map(|(moment, _)| moment))?;
    for entry in &component.entries {
        if matches!(entry.name, Property::Rrule | Property::Exrule)
            && !matches!(entry.values.as_slice(), [ICalendarValue::RecurrenceRule(_)])
        {
            return Err(bad_rule(RuleError::Invalid));
        }
    }
    let details = Details::read(component, cancels, scene);
    Ok(Event { component, number, timing, details, replaces })
}

const fn bad_rule(error: RuleError) -> Refused {
    match error {
        RuleError::Invalid => Refused { code: "bad_rule", message: "its rule of repetition cannot be" },
        RuleError::Unsupported => Refused {
            code: "unsupported_rule",
            message: "its rule of repetition is of another calendar or moves invalid days",
        },
    }
}

/// The UID; an entry without one is known by its start and title.
fn uid(component: &ICalendarComponent, timing: &Timing) -> String {
    match component.uid().map(str::trim) {
        Some(uid) if !uid.is_empty() => uid.to_owned(),
        _ => {
            let title = component
                .property(&Property::Summary)
                .and_then(|e| e.values.first()?.as_text())
                .unwrap_or_default();
            format!("no-uid-{}", EventId::of("calendar", &[timing.start.text().as_bytes(), title.as_bytes()]))
        }
    }
}

/// Of the versions of one entry the newest. Entries that only share their UID stay.
fn newest<'a>(events: Vec<Event<'a>>, passed: &mut Passed) -> Vec<Event<'a>> {
    let mut kept: Vec<Event<'_>> = Vec::new();
    for event in events {
        let version = kept.iter_mut().find(|k| {
            k.details.sequence != event.details.sequence
                || (k.timing.start == event.timing.start && k.timing.span == event.timing.span)
        });
        match version {
            Some(older) => {
                passed.count("entries of which the file has a newer version or a copy");
                if event.details.revision > older.details.revision {
                    *older = event;
                }
            }
            None => kept.push(event),
        }
    }
    kept
}

fn newest_changes<'a>(changes: Vec<Event<'a>>, scene: &Scene<'_>, passed: &mut Passed) -> Vec<Event<'a>> {
    let mut kept: Vec<Event<'_>> = Vec::new();
    for change in changes {
        let of = |e: &Event<'_>| e.replaces.as_ref().map(|(m, range)| (scene.instant(m), *range));
        match kept.iter_mut().find(|k| of(k) == of(&change)) {
            Some(older) => {
                passed.count("changes of which the file has a newer version or a copy");
                if change.details.revision > older.details.revision {
                    *older = change;
                }
            }
            None => kept.push(change),
        }
    }
    kept
}

fn emit(group: &Group<'_>, scene: &Scene<'_>, sink: &mut dyn Sink) -> Result<()> {
    // Changes belong to the entry that repeats, else to the first.
    let changed = group.events.iter().position(Event::repeats).unwrap_or(0);
    for (i, event) in group.events.iter().enumerate() {
        let record =
            if i == 0 { group.uid.clone() } else { format!("{}~{}", group.uid, event.timing.start.text()) };
        let changes = if i == changed { group.changes.as_slice() } else { &[] };
        if !event.repeats() && changes.is_empty() {
            let placed = event.timing.place(event.timing.start.local_s, event.timing.span, scene);
            let fact = entry::fact(event, &placed, None, &group.uid, &record, 0, scene);
            sink.accept(Observation::Fact(fact))?;
            continue;
        }
        emit_series(event, changes, &group.uid, &record, scene, sink)?;
    }
    if group.events.is_empty() {
        for change in &group.changes {
            let key = change.replaces.as_ref().map(|(moment, _)| moment.text());
            let placed = change.timing.place(change.timing.start.local_s, change.timing.span, scene);
            let fact = entry::fact(change, &placed, key, &group.uid, &group.uid, 0, scene);
            sink.accept(Observation::Fact(fact))?;
        }
    }
    Ok(())
}

fn emit_series(
    event: &Event<'_>,
    changes: &[Event<'_>],
    uid: &str,
    record: &str,
    scene: &Scene<'_>,
    sink: &mut dyn Sink,
) -> Result<()> {
    let timing = &event.timing;
    let mut slots = match slots(event, scene, sink) {
        Ok(slots) => slots,
        Err(error) => {
            let refused = bad_rule(error);
            sink.refuse(Refusal::new(refused.code, event.subject(), refused.message));
            BTreeMap::new()
        }
    };
    let mut by_start: BTreeMap<i64, &Event<'_>> = BTreeMap::new();
    let mut onward: BTreeMap<i64, &Event<'_>> = BTreeMap::new();
    for change in changes {
        if let Some((moment, range)) = &change.replaces {
            let local = local_in(moment, timing, scene);
            by_start.insert(local, change);
            slots.entry(local).or_insert(None);
            if *range {
                onward.insert(local, change);
            }
        }
    }
    let revision = event.details.revision;
    let mut seen = BTreeSet::new();
    for (local, span) in slots {
        let key = Some(timing.start.at(local).text());
        let fact = if let Some(change) = by_start.get(&local) {
            let placed = change.timing.place(change.timing.start.local_s, change.timing.span, scene);
            entry::fact(change, &placed, key, uid, record, revision, scene)
        } else if let Some((from, change)) = onward.range(..=local).next_back() {
            let moved = change.timing.start.local_s + (local - from);
            let placed = change.timing.place(moved, change.timing.span, scene);
            entry::fact(change, &placed, key, uid, record, revision, scene)
        } else {
            let placed = timing.place(local, span.unwrap_or(timing.span), scene);
            // A rule by the hour gives one instant twice where clocks are put forward.
            if !seen.insert(placed.start) {
                continue;
            }
            entry::fact(event, &placed, key, uid, record, revision, scene)
        };
        sink.accept(Observation::Fact(fact))?;
    }
    Ok(())
}

/// The starts of a series as readings of its clock, with the span of those that have one of their own.
type Slots = BTreeMap<i64, Option<Span>>;

fn slots(event: &Event<'_>, scene: &Scene<'_>, sink: &mut dyn Sink) -> Result<Slots, RuleError> {
    let timing = &event.timing;
    let mut slots = Slots::from([(timing.start.local_s, None)]);
    if ends_before_start(event, scene) {
        // So calendars write a series that was deleted from its first occurrence on.
        slots.clear();
        sink.warn(Warning::new(
            "empty_series",
            format!("{} ends before it starts; it has no occurrence", event.subject()),
        ));
    }
    let mut unreadable = 0_u64;
    for (starts, cut) in follow(event, &Property::Rrule, scene)? {
        slots.extend(starts.into_iter().map(|s| (s, None)));
        if cut {
            sink.refuse(Refusal::new(
                "too_many_occurrences",
                event.subject(),
                format!("its rule has more than {MAX_OCCURRENCES} occurrences; later ones are not read"),
            ));
        }
    }
    for entry in event.component.properties(&Property::Rdate) {
        for value in &entry.values {
            match rdate(value, entry.tz_id(), timing, scene) {
                Some((local, span)) => drop(slots.insert(local, span)),
                None => unreadable += u64::from(!is_empty(value)),
            }
        }
    }
    for (starts, _) in follow(event, &Property::Exrule, scene)? {
        for start in starts {
            slots.remove(&start);
        }
    }
    for entry in event.component.properties(&Property::Exdate) {
        for value in &entry.values {
            let moment = match value {
                ICalendarValue::PartialDateTime(value) => Moment::of(value, entry.tz_id()),
                _ => None,
            };
            match moment {
                Some(moment) if moment.form == Form::Date => {
                    let day = moment.local_s;
                    slots.retain(|local, _| !(day..day + DAY_S).contains(local));
                }
                Some(moment) => drop(slots.remove(&local_in(&moment, timing, scene))),
                None => unreadable += u64::from(!is_empty(value)),
            }
        }
    }
    if unreadable > 0 {
        sink.refuse(Refusal::new(
            "bad_time",
            event.subject(),
            format!("{unreadable} dates of repetition cannot be read"),
        ));
    }
    Ok(slots)
}

fn is_empty(value: &ICalendarValue) -> bool {
    matches!(value, ICalendarValue::Text(text) if text.trim().is_empty())
}

fn follow(event: &Event<'_>, name: &Property, scene: &Scene<'_>) -> Result<Vec<(Vec<i64>, bool)>, RuleError> {
    let mut followed = Vec::new();
    for entry in event.component.entries.iter().filter(|e| e.name == *name) {
        if let Some(ICalendarValue::RecurrenceRule(rule)) = entry.values.first() {
            let last = last_of(rule, &event.timing, scene).ok_or(RuleError::Invalid)?;
            let expanded = rules::expand(rule, event.timing.start.local_s, last)?;
            followed.push((expanded.starts, expanded.cut));
        }
    }
    Ok(followed)
}

/// Do all rules of a series end before its start?
fn ends_before_start(event: &Event<'_>, scene: &Scene<'_>) -> bool {
    let mut ends = event.component.properties(&Property::Rrule).map(|entry| match entry.values.first() {
        Some(ICalendarValue::RecurrenceRule(rule)) => until_of(rule, &event.timing, scene),
        _ => None,
    });
    let before = |end: Option<i64>| end.is_some_and(|end| end < event.timing.start.local_s);
    ends.next().is_some_and(before) && ends.all(before)
}

/// The last reading a rule may give: its own end or the horizon.
fn last_of(rule: &ICalendarRecurrenceRule, timing: &Timing, scene: &Scene<'_>) -> Option<i64> {
    let horizon = timing.zone.local_of(scene.horizon);
    if rule.until.is_none() {
        Some(horizon)
    } else {
        until_of(rule, timing, scene).map(|last| last.min(horizon))
    }
}

/// The end of a rule as a reading of its series' clock. `UNTIL` as a day includes that day.
fn until_of(rule: &ICalendarRecurrenceRule, timing: &Timing, scene: &Scene<'_>) -> Option<i64> {
    let until = Moment::of(rule.until.as_ref()?, None)?;
    Some(match (timing.start.form, until.form) {
        (Form::Date, _) => until.local_s.div_euclid(DAY_S) * DAY_S,
        (_, Form::Date) => until.local_s + DAY_S - 1,
        (_, Form::Local) => until.local_s,
        (_, Form::Utc | Form::Offset(_)) => timing.zone.local_of(scene.instant(&until)),
    })
}

/// A moment as a reading of the clock a series goes by.
fn local_in(moment: &Moment, timing: &Timing, scene: &Scene<'_>) -> i64 {
    let start = &timing.start;
    match (start.form, moment.form) {
        (Form::Date, Form::Date | Form::Local) => moment.local_s.div_euclid(DAY_S) * DAY_S,
        (Form::Date, _) => scene.home.local_of(scene.instant(moment)).div_euclid(DAY_S) * DAY_S,
        (_, Form::Date) => moment.local_s + start.local_s.rem_euclid(DAY_S),
        _ if moment.floats() || moment.reads_like(start) => moment.local_s,
        _ => timing.zone.local_of(scene.instant(moment)),
    }
}

fn rdate(
    value: &ICalendarValue,
    tzid: Option<&str>,
    timing: &Timing,
    scene: &Scene<'_>,
) -> Option<(i64, Option<Span>)> {
    match value {
        ICalendarValue::PartialDateTime(value) => {
            Some((local_in(&Moment::of(value, tzid)?, timing, scene), None))
        }
        ICalendarValue::Period(period) => {
            let (from, until) = super::other::period(period, tzid, scene)?;
            let start = match period {
                ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. } => start,
            };
            let local = local_in(&Moment::of(start, tzid)?, timing, scene);
            let span = (timing.start.form != Form::Date).then(|| Span::Exact(until.secs() - from.secs()));
            Some((local, span))
        }
        _ => None,
    }
}
