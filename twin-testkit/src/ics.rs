//! The calendar as an iCalendar file (RFC 5545).

use crate::calendar::{Series, Single, Standing};
use crate::stamp::Stamper;
use crate::world::World;
use twin_core::{Timestamp, Zone};

const PARIS: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nX-LIC-LOCATION:Europe/Paris\r\n\
BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19700329T020000\r\n\
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19701025T030000\r\n\
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

struct Ics {
    out: String,
    stamper: Stamper,
    made: String,
}

impl Ics {
    /// A content line, folded at 75 octets.
    fn line(&mut self, text: &str) {
        let mut width = 0;
        for c in text.chars() {
            if width + c.len_utf8() > 75 {
                self.out.push_str("\r\n ");
                width = 1;
            }
            self.out.push(c);
            width += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }

    fn event(&mut self, uid: &str, summary: &str, lines: &[String]) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{uid}"));
        let made = format!("DTSTAMP:{}", self.made);
        self.line(&made);
        let escaped = summary.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.line(&format!("SUMMARY:{escaped}"));
        lines.iter().for_each(|text| self.line(text));
        self.line("END:VEVENT");
    }
}

impl World {
    /// The calendar: `VTIMEZONE` of both zones, weekly series with `EXDATE` and `RECURRENCE-ID`, single and
    /// all-day entries, called-off and free ones, and the flights (from one zone to the other, marked free).
    #[must_use]
    pub fn write_ics(&self) -> String {
        let mut ics = Ics { out: String::new(), stamper: Stamper::default(), made: String::new() };
        ics.made = format!("{}Z", ics.stamper.basic(self.bounds().1, 0));
        for text in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//humantwin//testkit//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
        ] {
            ics.line(text);
        }
        ics.line("X-WR-CALNAME:Work");
        ics.line(&format!("X-WR-TIMEZONE:{}", self.home_id()));
        self.zone(&mut ics, &self.places.home);
        if self.places.away != self.places.home {
            self.zone(&mut ics, &self.places.away);
        }
        for series in &self.calendar.series {
            self.series(&mut ics, series);
        }
        for single in &self.calendar.singles {
            self.single(&mut ics, single);
        }
        for (index, (summary, day, days)) in self.calendar.all_day.iter().enumerate() {
            let date = |day: u32| self.places.date(day).to_string().replace('-', "");
            ics.event(
                &format!("day-{index:04}@calendar.example"),
                summary,
                &[
                    format!("DTSTART;VALUE=DATE:{}", date(*day)),
                    format!("DTEND;VALUE=DATE:{}", date(day + days)),
                    "TRANSP:TRANSPARENT".into(),
                    "STATUS:CONFIRMED".into(),
                ],
            );
        }
        for (index, flight) in self.places.flights.iter().enumerate() {
            let (from, to) = if flight.outbound {
                (&self.places.home, &self.places.away)
            } else {
                (&self.places.away, &self.places.home)
            };
            let mut local = |property: &str, zone: &Zone, t: Timestamp| {
                format!(
                    "{property};TZID={}:{}",
                    zone.name().unwrap_or("UTC"),
                    ics.stamper.basic(t.secs(), zone.offset_at(t))
                )
            };
            let lines = [
                local("DTSTART", from, flight.start),
                local("DTEND", to, flight.end),
                "TRANSP:TRANSPARENT".into(),
                "STATUS:CONFIRMED".into(),
            ];
            ics.event(&format!("flight-{index:04}@calendar.example"), "Flight", &lines);
        }
        ics.line("END:VCALENDAR");
        ics.out
    }

    fn home_id(&self) -> &str {
        self.places.home.name().unwrap_or("UTC")
    }

    /// Local date and time of a day and minute, whatever the zone.
    fn local(&self, ics: &mut Ics, day: u32, minute: u32) -> String {
        ics.stamper.basic(i64::from(self.places.date(day).days()) * 86_400 + i64::from(minute) * 60, 0)
    }

    fn series(&self, ics: &mut Ics, s: &Series) {
        let tzid = self.home_id();
        let (start, end) =
            (self.local(ics, s.first, s.start_min), self.local(ics, s.first, s.start_min + s.minutes));
        let until = format!("{}Z", ics.stamper.basic(self.bounds().1 - 1, 0));
        let by_day: Vec<&str> =
            s.weekdays.iter().filter_map(|w| DAYS.get(usize::from(*w)).copied()).collect();
        let every = if s.interval > 1 { format!(";INTERVAL={}", s.interval) } else { String::new() };
        let mut lines = vec![
            format!("DTSTART;TZID={tzid}:{start}"),
            format!("DTEND;TZID={tzid}:{end}"),
            format!("RRULE:FREQ=WEEKLY{every};BYDAY={};UNTIL={until}", by_day.join(",")),
        ];
        for day in &s.exceptions {
            lines.push(format!("EXDATE;TZID={tzid}:{}", self.local(ics, *day, s.start_min)));
        }
        lines.extend(["TRANSP:OPAQUE".into(), "STATUS:CONFIRMED".into(), "SEQUENCE:0".into()]);
        lines.extend(guests(4));
        ics.event(&s.uid, &s.summary, &lines);
        for o in &s.overrides {
            let lines = [
                format!("RECURRENCE-ID;TZID={tzid}:{}", self.local(ics, o.day, s.start_min)),
                format!("DTSTART;TZID={tzid}:{}", self.local(ics, o.day, o.start_min)),
                format!("DTEND;TZID={tzid}:{}", self.local(ics, o.day, o.start_min + o.minutes)),
                format!("STATUS:{}", if o.cancelled { "CANCELLED" } else { "CONFIRMED" }),
                "TRANSP:OPAQUE".into(),
                "SEQUENCE:1".into(),
            ];
            ics.event(&s.uid, &s.summary, &lines);
        }
    }

    fn single(&self, ics: &mut Ics, s: &Single) {
        let tzid = if s.away { self.places.away.name().unwrap_or("UTC") } else { self.home_id() };
        let mut lines = vec![
            format!("DTSTART;TZID={tzid}:{}", self.local(ics, s.day, s.start_min)),
            format!("DTEND;TZID={tzid}:{}", self.local(ics, s.day, s.start_min + s.minutes)),
            format!("TRANSP:{}", if s.standing == Standing::Free { "TRANSPARENT" } else { "OPAQUE" }),
            format!("STATUS:{}", if s.standing == Standing::Cancelled { "CANCELLED" } else { "CONFIRMED" }),
        ];
        if s.guests > 3 {
            lines.push("DESCRIPTION:Agenda:\\n- open points\\, decisions\\; next steps\\n- who brings what to the next meeting of the group".into());
        }
        lines.extend(guests(s.guests));
        ics.event(&s.uid, &s.summary, &lines);
    }

    fn zone(&self, ics: &mut Ics, zone: &Zone) {
        let name = zone.name().unwrap_or("UTC");
        if name == "Europe/Paris" {
            ics.out.push_str(PARIS);
            return;
        }
        let form = |offset: i32| {
            format!(
                "{}{:02}{:02}",
                if offset < 0 { '-' } else { '+' },
                offset.abs() / 3600,
                offset.abs() / 60 % 60
            )
        };
        ics.line("BEGIN:VTIMEZONE");
        ics.line(&format!("TZID:{name}"));
        let begin = self.bounds().0 - 200 * 86_400;
        let mut last = zone.offset_at(Timestamp::from_secs(begin));
        let part = |ics: &mut Ics, t: i64, from: i32, to: i32, daylight: bool| {
            let kind = if daylight { "DAYLIGHT" } else { "STANDARD" };
            ics.line(&format!("BEGIN:{kind}"));
            let start = ics.stamper.basic(t, from);
            ics.line(&format!("DTSTART:{start}"));
            ics.line(&format!("TZOFFSETFROM:{}", form(from)));
            ics.line(&format!("TZOFFSETTO:{}", form(to)));
            ics.line(&format!("END:{kind}"));
        };
        let least = (0..4)
            .map(|q| zone.offset_at(Timestamp::from_secs(begin + q * 91 * 86_400)))
            .min()
            .unwrap_or(last);
        part(ics, begin, last, last, last > least);
        // Clocks change on whole hours of UTC nearly everywhere.
        for t in (begin / 3600 * 3600..self.bounds().1 + 86_400).step_by(3600) {
            let now = zone.offset_at(Timestamp::from_secs(t));
            if now != last {
                part(ics, t, last, now, now > last);
                last = now;
            }
        }
        ics.line("END:VTIMEZONE");
    }
}

fn guests(count: u32) -> impl Iterator<Item = String> {
    let organizer = (count > 0).then(|| "ORGANIZER;CN=Person 0:mailto:person0@team.example".to_owned());
    organizer.into_iter().chain((0..=count).filter(move |_| count > 0).map(|n| {
        format!("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Person {n}:mailto:person{n}@team.example")
    }))
}
