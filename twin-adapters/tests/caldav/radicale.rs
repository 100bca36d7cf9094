//! Against Radicale, started by `run.sh`, which names it in `HUMANTWIN_CALDAV`.

use super::fake::{ics, meeting};
use super::{at, holds, http, log, options, run, store};
use std::io::Write;
use twin_adapters::services::caldav::{CaldavError, CaldavOptions, CaldavReport, HttpRequest, HttpResponse};
use twin_core::Code;
use twin_core::event::EventBody;
use twin_core::log::Log;
use twin_core::observation::Collected;

/// `me:secret`, as `run.sh` makes it.
const AUTHORIZATION: &str = "Basic bWU6c2VjcmV0";
const NOW: &str = "2026-11-01T00:00:00Z";
const STAMP: &str = "20261001T080000Z";
const CALENDAR: &str = r#"<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:set><D:prop><D:displayname>Work</D:displayname>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>"#;

struct Person {
    url: String,
    log: Log,
    state: Option<String>,
}

impl Person {
    fn call(&self, method: &str, path: &str, body: &str) -> HttpResponse {
        let url = format!("{}{path}", self.url);
        let request = HttpRequest { method: method.into(), url, headers: Vec::new(), body: body.into() };
        http::ask(&request, Some(AUTHORIZATION)).unwrap()
    }

    fn put(&self, path: &str, lines: &str) {
        let status = self.call("PUT", path, &ics(lines)).status;
        assert!(status == 201 || status == 204, "{status}");
    }

    fn sync_with(&mut self, options: CaldavOptions) -> (CaldavReport, Collected) {
        let mut seen = Collected::default();
        let report =
            run(options, &mut seen, &mut |request| http::ask(request, Some(AUTHORIZATION)).unwrap()).unwrap();
        assert!(seen.refused.is_empty(), "{:?}", seen.refused);
        store(&mut self.log, seen.facts.clone(), at(NOW));
        self.state = Some(report.state.clone());
        (report, seen)
    }

    fn sync(&mut self) -> CaldavReport {
        let options = CaldavOptions { state: self.state.clone(), ..options(&self.url, NOW) };
        self.sync_with(options).0
    }
}

#[test]
fn radicale() {
    let Ok(url) = std::env::var("HUMANTWIN_CALDAV") else {
        let note = b"HUMANTWIN_CALDAV names no server: skipped; run twin-adapters/tests/caldav/run.sh\n";
        std::io::stderr().write_all(note).unwrap();
        return;
    };
    let mut me = Person { url: url.trim_end_matches('/').to_owned(), log: log(), state: None };
    // Without credentials: the machine stays, and the host can add them.
    let error = run(options(&me.url, NOW), &mut Collected::default(), &mut |r| http::ask(r, None).unwrap());
    assert!(matches!(&error, Err(CaldavError::Refused { status: 401 })), "{error:?}");
    for calendar in ["/me/work/", "/me/home/"] {
        assert_eq!(me.call("MKCALENDAR", calendar, CALENDAR).status, 201);
    }
    let zoned = meeting("zoned", STAMP, "20261020T090000", "SUMMARY:Paris")
        .replace("DTSTART:", "DTSTART;TZID=Europe/Paris:");
    let rule = "SUMMARY:Daily\nRRULE:FREQ=DAILY;COUNT=3";
    me.put("/me/work/daily.ics", &meeting("daily", STAMP, "20261026T080000Z", rule));
    me.put("/me/work/zoned%20%C3%A9.ics", &zoned);
    let day = "BEGIN:VEVENT\nUID:day\nDTSTAMP:20261001T080000Z\nDTSTART;VALUE=DATE:20261224\nSUMMARY:Eve\nEND:VEVENT";
    me.put("/me/home/day.ics", day);

    // From nothing: discovery, whole listing, bodies by multiget.
    let first = me.sync();
    assert_eq!((first.calendars, first.upserts, first.deleted, first.full), (2, 5, 0, true));
    let daily = |n: u32, hour: u32, title: &str| {
        format!("met/daily/202610{n}T080000Z 2026-10-{n}T{hour:02}:00:00Z {title}")
    };
    assert_eq!(
        holds(&me.log),
        [
            daily(26, 8, "Daily"),
            daily(27, 8, "Daily"),
            daily(28, 8, "Daily"),
            "met/zoned 2026-10-20T07:00:00Z Paris".into(),
            "plan/day 2026-12-23T23:00:00Z Eve".into(),
        ]
    );
    let again = me.sync();
    assert_eq!((again.upserts, again.deleted, again.full), (0, 0, false));

    // One changes, one goes; the change is an occurrence of its own in the series.
    let moved = meeting(
        "daily",
        "20261002T080000Z",
        "20261027T150000Z",
        "SUMMARY:Moved\nRECURRENCE-ID:20261027T080000Z",
    );
    me.put(
        "/me/work/daily.ics",
        &format!("{}\n{moved}", meeting("daily", "20261002T080000Z", "20261026T080000Z", rule)),
    );
    assert_eq!(me.call("DELETE", "/me/work/zoned%20%C3%A9.ics", "").status, 200);
    let second = me.sync();
    assert_eq!((second.upserts, second.deleted, second.full), (3, 1, false));
    let after = vec![
        daily(26, 8, "Daily"),
        daily(27, 15, "Moved"),
        daily(28, 8, "Daily"),
        "plan/day 2026-12-23T23:00:00Z Eve".to_owned(),
    ];
    assert_eq!(holds(&me.log), after);

    // A token the server does not take: everything is listed, nothing is told twice.
    let mangled = me.state.clone().unwrap().replace("radicale.org/ns/sync/", "radicale.org/ns/sync/0");
    assert_ne!(Some(&mangled), me.state.as_ref());
    me.state = Some(mangled);
    me.put("/me/home/new.ics", &meeting("new", STAMP, "20261030T080000Z", "SUMMARY:New"));
    assert_eq!(me.call("DELETE", "/me/home/day.ics", "").status, 200);
    let third = me.sync();
    assert_eq!((third.upserts, third.deleted, third.full), (1, 1, true));
    assert_eq!(holds(&me.log), [&after[..3], &["met/new 2026-10-30T08:00:00Z New".to_owned()]].concat());

    // The state is lost: a complete window.
    let only = CaldavOptions { only_source: true, ..options(&me.url, NOW) };
    let (fourth, seen) = me.sync_with(only);
    assert!(fourth.full);
    let window = seen.facts.iter().find_map(|f| match &f.body {
        EventBody::WindowRead(window) => Some(window),
        _ => None,
    });
    assert_eq!(window.map(|w| (w.complete, w.seen.len())), Some((true, 8)));

    // A calendar that moves house, and one that goes.
    let destination = format!("{}/me/work/new.ics", me.url);
    let headers = [("Destination", destination.as_str()), ("Overwrite", "T")];
    let headers =
        headers.map(|(n, v)| twin_adapters::services::caldav::HttpHeader { name: n.into(), value: v.into() });
    let request = HttpRequest {
        method: "MOVE".into(),
        url: format!("{}/me/home/new.ics", me.url),
        headers: headers.into(),
        body: String::new(),
    };
    assert_eq!(http::ask(&request, Some(AUTHORIZATION)).unwrap().status, 201);
    assert_eq!(me.sync().deleted, 0);
    assert_eq!(holds(&me.log).len(), 4);
    assert_eq!(me.call("DELETE", "/me/work/", "").status, 200);
    let last = me.sync();
    assert_eq!((last.calendars, last.deleted), (1, 4));
    assert_eq!(holds(&me.log), Vec::<String>::new());

    let none = CaldavOptions { collections: vec!["/me/none/".into()], ..options(&me.url, NOW) };
    let error = run(none, &mut Collected::default(), &mut |r| http::ask(r, Some(AUTHORIZATION)).unwrap());
    assert_eq!(error.unwrap_err().code(), Code::NotFound);
}

#[test]
fn answers_in_chunks_and_by_length() {
    let chunked = b"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\n\r\n";
    let response = http::read(&mut &chunked[..]).unwrap();
    assert_eq!((response.status, response.body.as_str()), (207, "abcdef"));
    let sized = b"HTTP/1.0 404 Not Found\r\ncontent-length: 3\r\n\r\nabcdef";
    assert_eq!(http::read(&mut &sized[..]).unwrap().body, "abc");
}
