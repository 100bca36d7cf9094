//! Standing facts: what shapes how every day is read.

use crate::access::Grants;
use crate::event::{DeviceKind, Event, EventBody, Origin, Sex};
use crate::id::{DeviceId, MethodId, MetricId, RecordKey, SourceId, ZoneId};
use crate::sort::{Gather as _, OrderBy};
use crate::time::{Hlc, LocalDate, Timestamp, Zone, ZoneTimeline};
use std::collections::{BTreeMap, BTreeSet};

/// A stream: a source with its method. Baselines keep one era for each.
pub type Stream = (SourceId, Option<MethodId>);

/// What the standing facts say together.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Where the person's clock has been.
    pub zones: ZoneTimeline,
    /// The zone changes behind it.
    pub zone_changes: Vec<(Timestamp, ZoneId)>,
    /// Grants in force.
    pub grants: Grants,
    kinds: BTreeMap<(SourceId, Option<DeviceId>), DeviceKind>,
    order: BTreeMap<Option<MetricId>, Vec<SourceId>>,
    windows: BTreeMap<SourceId, Vec<WindowCut>>,
    /// The person, as stated.
    pub person: Person,
}

/// The person, as profile events state it, each field by its latest statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Date of birth.
    pub born: Option<LocalDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Height, metres.
    pub height_m: Option<f64>,
    /// Highest heart rate, per minute.
    pub heart_rate_max: Option<f64>,
    /// Usual zone.
    pub zone: Option<ZoneId>,
    /// Days usually worked.
    pub work_days: Vec<u32>,
}

#[derive(Clone, Debug)]
struct WindowCut {
    start: Timestamp,
    end: Timestamp,
    clock: Hlc,
    scope: Vec<String>,
    seen: BTreeSet<RecordKey>,
}

impl Context {
    /// From standing events in any order. Facts count in the order (`at`, clock, id); consent in the
    /// order of clocks, where a revoke wins a tie.
    #[must_use]
    pub fn of(mut events: Vec<Event>) -> Self {
        let mut context = Self::default();
        events.order_by_key(|e| (e.clock, matches!(e.content.body, EventBody::ConsentRevoked(_)), e.id));
        for event in &events {
            match &event.content.body {
                EventBody::ConsentGranted(g) => context.grants.grant(g.actor.clone(), g.purpose, g.until),
                EventBody::ConsentRevoked(r) => context.grants.revoke(&r.actor, r.purpose),
                _ => {}
            }
        }
        events.order_by_key(|e| (e.content.at, e.clock, e.id));
        let mut changes = Vec::new();
        for event in &events {
            context.apply(event, &mut changes);
        }
        context.zone_changes = changes.clone();
        let zones = changes.into_iter().filter_map(|(at, id)| Zone::of(&id).ok().map(|zone| (at, zone)));
        context.zones = ZoneTimeline::new(zones.collect());
        context
    }

    fn apply(&mut self, event: &Event, changes: &mut Vec<(Timestamp, ZoneId)>) {
        let content = &event.content;
        match &content.body {
            EventBody::ZoneChanged(z) => changes.push((content.at, z.zone.clone())),
            EventBody::ProfileStated(p) => {
                if let Some(zone) = &p.zone {
                    // A usual zone counts as a zone change only as long as nothing else is known.
                    if changes.is_empty() {
                        changes.push((Timestamp::MIN, zone.clone()));
                    }
                    self.person.zone = Some(zone.clone());
                }
                let person = &mut self.person;
                person.born = p.born.or(person.born);
                person.sex = p.sex.or(person.sex);
                person.height_m = p.height_m.or(person.height_m);
                person.heart_rate_max = p.heart_rate_max.or(person.heart_rate_max);
                if !p.work_days.is_empty() {
                    person.work_days.clone_from(&p.work_days);
                }
            }
            EventBody::DeviceDescribed(d) => {
                let device = d.device.clone().or_else(|| content.origin.device.clone());
                self.kinds.insert((content.origin.source.clone(), device), d.kind);
                self.kinds.entry((content.origin.source.clone(), None)).or_insert(d.kind);
            }
            EventBody::SourcePrioritySet(p) => drop(self.order.insert(p.metric.clone(), p.order.clone())),
            EventBody::WindowRead(w) if w.complete => {
                let seen = w.seen.iter().map(|r| RecordKey::named(&w.source, r)).collect();
                let cut = WindowCut {
                    start: w.start,
                    end: w.end,
                    clock: event.clock,
                    scope: w.scope.clone(),
                    seen,
                };
                self.windows.entry(w.source.clone()).or_default().push(cut);
            }
            _ => {}
        }
    }

    /// The kind of an origin's device, as far as it was told.
    #[must_use]
    pub fn device_kind(&self, origin: &Origin) -> DeviceKind {
        let of_device = self.kinds.get(&(origin.source.clone(), origin.device.clone()));
        let of_source = || self.kinds.get(&(origin.source.clone(), None));
        of_device.or_else(of_source).copied().unwrap_or(DeviceKind::Unknown)
    }

    /// Sources of which a device is of another kind in the other context.
    pub(crate) fn described_otherwise(&self, other: &Self) -> BTreeSet<SourceId> {
        let beside = [(self, other), (other, self)];
        let differing = beside.into_iter().flat_map(|(one, two)| {
            one.kinds.iter().filter(|(device, kind)| two.kinds.get(device) != Some(kind))
        });
        differing.map(|((source, _), _)| source.clone()).gather()
    }

    /// Was any device of a source described?
    #[must_use]
    pub fn knows(&self, source: &SourceId) -> bool {
        self.kinds.contains_key(&(source.clone(), None))
    }

    /// Where an origin stands among others for a metric; lower is better. Sources the person named
    /// come first, then the catalogue's order of devices, then the usual one, then the name.
    #[must_use]
    pub fn rank(&self, metric: &MetricId, origin: &Origin) -> (usize, usize) {
        let named = self.order.get(&Some(metric.clone())).or_else(|| self.order.get(&None));
        let place =
            named.and_then(|order| order.iter().position(|s| *s == origin.source)).unwrap_or(usize::MAX);
        let kind = kind_word(self.device_kind(origin));
        let preferred = crate::catalogue::Metric::find(metric.as_str()).map_or(&[][..], |m| m.priority);
        let usual = if preferred.is_empty() { &USUAL[..] } else { preferred };
        (place, usual.iter().position(|k| *k == kind).unwrap_or(usize::MAX))
    }

    /// Was a record deleted by a window that was read to its end without showing it?
    #[must_use]
    pub fn cut_by_window(&self, event: &Event, key: RecordKey) -> bool {
        let content = &event.content;
        let Some(windows) = self.windows.get(&content.origin.source) else { return false };
        let (kind, metric) = match &content.body {
            EventBody::SeriesWritten(s) => ("series.written", Some(s.metric.as_str())),
            EventBody::MeasurementRecorded(m) => ("health.measurement_recorded", Some(m.metric.as_str())),
            EventBody::RecordDeleted(_) | EventBody::RecordCorrected(_) => return false,
            body => (body.kind(), None),
        };
        windows.iter().any(|w| {
            w.clock > event.clock
                && (w.start..w.end).contains(&content.at)
                && (w.scope.is_empty() || w.scope.iter().any(|s| s == kind || Some(s.as_str()) == metric))
                && !w.seen.contains(&key)
        })
    }
}

const USUAL: [&str; 9] =
    ["instrument", "strap", "watch", "ring", "sport_computer", "phone", "scale", "unknown", "manual"];

const fn kind_word(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Strap => "strap",
        DeviceKind::Watch => "watch",
        DeviceKind::Ring => "ring",
        DeviceKind::Phone => "phone",
        DeviceKind::Scale => "scale",
        DeviceKind::SportComputer => "sport_computer",
        DeviceKind::Instrument => "instrument",
        DeviceKind::Manual => "manual",
        DeviceKind::Unknown => "unknown",
    }
}
