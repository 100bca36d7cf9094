//! Single answers: the ways to a calendar, what a server refuses, what is broken.

use super::fake::{Fake, URL, answer, found, gone, ics, meeting, multistatus, redirect};
use super::{at, line, options, run};
use proptest::prelude::*;
use twin_adapters::services::caldav::{
    Caldav, CaldavError, CaldavOptions, HttpHeader, HttpRequest, HttpResponse, Step,
};
use twin_core::observation::{Collected, Observation, Refusal, Sink, Warning};
use twin_core::{Code, Error, Result};

const NOW: &str = "2026-11-01T00:00:00Z";
const STAMP: &str = "20261001T080000Z";
pub(super) const CALENDAR: &str = "<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>";

/// A machine for one calendar, `/c/`.
pub(super) fn one() -> Caldav {
    Caldav::new(CaldavOptions { collections: vec!["/c/".into()], ..options(URL, NOW) }).unwrap()
}

pub(super) fn asked(caldav: &Caldav) -> HttpRequest {
    match caldav.next() {
        Step::Request(request) => request,
        Step::Done(report) => panic!("{report:?}"),
    }
}

pub(super) fn place(caldav: &Caldav) -> String {
    let request = asked(caldav);
    format!("{} {}", request.method, request.url.strip_prefix(URL).unwrap())
}

pub(super) fn accept(caldav: &mut Caldav, response: &HttpResponse) -> Result<Collected, CaldavError> {
    let mut seen = Collected::default();
    caldav.accept(response, &mut seen).map(|()| seen)
}

pub(super) fn etag(n: u32) -> String {
    format!("<d:getetag>\"{n}\"</d:getetag>")
}

pub(super) fn body(n: u32, lines: &str) -> String {
    format!("{}<cal:calendar-data>{}</cal:calendar-data>", etag(n), ics(lines))
}

pub(super) fn token(token: &str) -> String {
    format!("<d:sync-token>{token}</d:sync-token>")
}

#[test]
fn requests_say_what_they_must() {
    let request = asked(&one());
    assert_eq!((request.method.as_str(), request.url.as_str()), ("REPORT", "https://cal.example.org/c/"));
    let headers: Vec<String> = request.headers.iter().map(|h| format!("{}: {}", h.name, h.value)).collect();
    assert_eq!(headers[..2], ["Depth: 0", "Content-Type: application/xml; charset=utf-8"]);
    assert_eq!(
        request.body,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><D:sync-collection xmlns:D=\"DAV:\" \
         xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:sync-token></D:sync-token><D:sync-level>1</D:sync-level>\
         <D:prop><D:getetag/></D:prop></D:sync-collection>"
    );
}

#[test]
fn from_an_address_to_its_calendars() {
    let mut caldav = Caldav::new(options(URL, NOW)).unwrap();
    let principal = found("/", "<d:current-user-principal><d:href>p/me/</d:href></d:current-user-principal>");
    let homes = "<cal:calendar-home-set><d:href>/h1/</d:href><d:href>/h2/</d:href></cal:calendar-home-set>";
    for (wanted, response) in [
        ("PROPFIND /.well-known/caldav", answer(404, "")),
        ("PROPFIND /", redirect("/dav")),
        ("PROPFIND /dav", redirect("https://cal.example.org/dav/")),
        ("PROPFIND /dav/", multistatus(&principal)),
        ("PROPFIND /dav/p/me/", multistatus(&found("/dav/p/me/", homes))),
        ("PROPFIND /h1/", multistatus(&(found("/h1/", "") + &found("b%2d1/", CALENDAR)))),
        ("PROPFIND /h2/", multistatus(&found("/h2/a", CALENDAR))),
        ("REPORT /h1/b-1/", multistatus(&token("1"))),
    ] {
        assert_eq!(place(&caldav), wanted);
        accept(&mut caldav, &response).unwrap();
    }
    assert_eq!(place(&caldav), "REPORT /h2/a");
    accept(&mut caldav, &multistatus(&token("1"))).unwrap();
    let Step::Done(report) = caldav.next() else { panic!() };
    assert_eq!((report.calendars, report.full), (2, true));
}

#[test]
fn an_address_of_a_calendar_is_enough() {
    let mut caldav = Caldav::new(options("https://cal.example.org/me/work", NOW)).unwrap();
    accept(&mut caldav, &redirect("/me/work/")).unwrap();
    accept(&mut caldav, &multistatus(&found("/me/work/", CALENDAR))).unwrap();
    assert_eq!(place(&caldav), "REPORT /me/work/");
}

#[test]
fn where_there_is_no_calendar() {
    let mut caldav = Caldav::new(options("https://cal.example.org/x/", NOW)).unwrap();
    for wanted in ["PROPFIND /x/", "PROPFIND /.well-known/caldav"] {
        assert_eq!(place(&caldav), wanted);
        accept(&mut caldav, &answer(200, "<html>hello</html>")).unwrap();
    }
    assert_eq!(accept(&mut caldav, &answer(405, "")).unwrap_err().code(), Code::Unsupported);
    assert_eq!(accept(&mut caldav, &answer(404, "")).unwrap_err(), CaldavError::NotFound);
    let unknown = found("/", "<d:current-user-principal><d:unauthenticated/></d:current-user-principal>");
    assert_eq!(accept(&mut caldav, &multistatus(&unknown)).unwrap_err().code(), Code::ConsentRequired);
    let empty = found("/", "<cal:calendar-home-set><d:href>/h/</d:href></cal:calendar-home-set>");
    accept(&mut caldav, &multistatus(&empty)).unwrap();
    assert_eq!(accept(&mut caldav, &multistatus("")).unwrap_err(), CaldavError::NotFound);
}

#[test]
fn options_that_cannot_be() {
    let new = |change: &dyn Fn(&mut CaldavOptions)| {
        let mut options = options(URL, NOW);
        change(&mut options);
        Caldav::new(options).map(|_| ()).unwrap_err().code()
    };
    assert_eq!(new(&|o| o.url = "https://me:secret@cal.example.org/".into()), Code::InvalidValue);
    assert_eq!(new(&|o| o.zone = twin_core::ZoneId::new("Europe/Nowhere").unwrap()), Code::InvalidValue);
    assert_eq!(new(&|o| (o.from, o.to) = (Some(at(NOW)), Some(at(NOW)))), Code::InvalidValue);
    assert_eq!(new(&|o| (o.from, o.only_source) = (Some(at(NOW)), true)), Code::InvalidValue);
    assert_eq!(new(&|o| o.collections = vec!["https://other.example/c/".into()]), Code::Unsupported);
    assert_eq!(new(&|o| o.state = Some("{}".into())), Code::Malformed);
    let mut done = one();
    accept(&mut done, &multistatus(&token("1"))).unwrap();
    let Step::Done(report) = done.next() else { panic!() };
    let state = report.state.clone();
    assert_eq!(
        new(&|o| (o.url, o.state) = ("https://b.example".into(), Some(state.clone()))),
        Code::InvalidValue
    );
    let newer = state.replace("\"version\":1", "\"version\":2");
    assert_eq!(new(&|o| o.state = Some(newer.clone())), Code::Unsupported);
    assert_eq!(accept(&mut done, &multistatus("")).unwrap_err().code(), Code::InvalidValue);
}

#[test]
fn after_an_error_the_same_is_asked() {
    let mut caldav = one();
    let request = asked(&caldav);
    for (status, code) in [
        (401, Code::ConsentRequired),
        (404, Code::NotFound),
        (410, Code::Unsupported),
        (429, Code::RateLimited),
        (503, Code::RateLimited),
        (200, Code::Unsupported),
    ] {
        assert_eq!(accept(&mut caldav, &answer(status, "")).unwrap_err().code(), code, "{status}");
        assert_eq!(asked(&caldav), request);
    }
    let headers = vec![HttpHeader { name: "RETRY-AFTER".into(), value: " 30 ".into() }];
    let later = accept(&mut caldav, &HttpResponse { headers, ..answer(429, "") }).unwrap_err();
    assert_eq!(later, CaldavError::Later { status: 429, retry_after_s: Some(30) });
    // The access to this calendar is refused in each of the ways to ask for it.
    accept(&mut caldav, &answer(403, "")).unwrap();
    assert_eq!(place(&caldav), "PROPFIND /c/");
    assert_eq!(accept(&mut caldav, &answer(403, "")).unwrap_err(), CaldavError::Refused { status: 403 });
}

#[test]
fn nothing_leaves_the_host() {
    for to in [
        "https://evil.example/c/",
        "http://cal.example.org/c/",
        "//169.254.169.254/",
        "https://cal.example.org:8443/",
    ] {
        let error = accept(&mut one(), &redirect(to)).unwrap_err();
        assert!(matches!(&error, CaldavError::OtherHost { .. }), "{to}: {error}");
        assert_eq!(error.code(), Code::Unsupported);
    }
    let mut caldav = Caldav::new(options(URL, NOW)).unwrap();
    let home = "<cal:calendar-home-set><d:href>https://p42.example.org/h/</d:href></cal:calendar-home-set>";
    let error = accept(&mut caldav, &multistatus(&found("/", home))).unwrap_err();
    assert!(error.to_string().contains("https://p42.example.org"), "{error}");
    // An object elsewhere is left out, the others are read.
    let mut caldav = one();
    let members = found("https://evil.example/c/1.ics", &etag(1))
        + &found("/c/2.ics", &etag(2))
        + &found("/c/\\3.ics", &etag(3));
    let seen = accept(&mut caldav, &multistatus(&(members + &token("1")))).unwrap();
    assert_eq!(
        seen.refused.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(),
        ["other_host", "bad_address"]
    );
    assert!(asked(&caldav).body.contains("<D:href>/c/2.ics</D:href></C:calendar-multiget>"));
    let mut caldav = one();
    for _ in 0..5 {
        accept(&mut caldav, &redirect("/c/")).unwrap();
    }
    assert_eq!(accept(&mut caldav, &redirect("/c/")).unwrap_err().code(), Code::Malformed);
}

#[test]
fn the_same_object_in_other_spellings() {
    let mut caldav = one();
    let text = meeting("m", STAMP, "20261020T080000Z", "");
    let member = found("https://CAL.example.org:443/c/%e9v%C3%A9n%65ment 1@x.ics", &body(1, &text));
    accept(&mut caldav, &multistatus(&(member + &token("1")))).unwrap();
    let Step::Done(report) = caldav.next() else { panic!() };
    let again =
        CaldavOptions { collections: vec!["/c".into()], state: Some(report.state), ..options(URL, NOW) };
    let mut caldav = Caldav::new(again).unwrap();
    assert_eq!(place(&caldav), "REPORT /c/");
    let seen = accept(&mut caldav, &multistatus(&(gone("%E9vén%65ment%201%40x.ics") + &token("2")))).unwrap();
    assert_eq!(seen.facts.len(), 1);
    assert_eq!(line(&seen.facts[0]), "- record.deleted");
}

#[test]
fn what_the_server_does_not_give_is_asked_for_again() {
    let mut caldav = one();
    let members = found("/c/1.ics", &etag(1)) + &found("/c/2.ics", &etag(2)) + &found("/c/3.ics", &etag(3));
    accept(&mut caldav, &multistatus(&(members + &token("1")))).unwrap();
    let failed = "<d:response><d:href>/c/2.ics</d:href><d:status>HTTP/1.1 500 Oops</d:status></d:response>";
    let given = found("/c/1.ics", &body(1, &meeting("1", STAMP, "20261020T080000Z", "")));
    // One answers with an error, one not at all, one that nobody asked for comes along.
    let more = found("/c/9.ics", &body(9, &meeting("9", STAMP, "20261020T080000Z", "")));
    let seen = accept(&mut caldav, &multistatus(&(given + failed + &more))).unwrap();
    assert_eq!(seen.facts.iter().map(line).collect::<Vec<_>>(), ["met/1 2026-10-20T08:00:00Z -"]);
    assert_eq!(
        seen.refused.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(),
        ["not_answered", "not_answered"]
    );
    let Step::Done(report) = caldav.next() else { panic!() };
    assert_eq!((report.upserts, report.ignored), (1, 2));
    let again =
        CaldavOptions { collections: vec!["/c/".into()], state: Some(report.state), ..options(URL, NOW) };
    let mut caldav = Caldav::new(again).unwrap();
    assert!(asked(&caldav).body.contains("<D:sync-token>1</D:sync-token>"));
    accept(&mut caldav, &multistatus(&token("1"))).unwrap();
    let request = asked(&caldav).body;
    assert!(request.contains("<D:href>/c/2.ics</D:href><D:href>/c/3.ics</D:href>"), "{request}");
}

#[test]
fn a_body_that_breaks_deletes_nothing() {
    let mut caldav = one();
    let series = meeting("s", STAMP, "20261020T080000Z", "RRULE:FREQ=DAILY;COUNT=3");
    let seen =
        accept(&mut caldav, &multistatus(&(found("/c/1.ics", &body(1, &series)) + &token("1")))).unwrap();
    assert_eq!(seen.facts.len(), 3);
    let Step::Done(report) = caldav.next() else { panic!() };
    let again =
        CaldavOptions { collections: vec!["/c/".into()], state: Some(report.state), ..options(URL, NOW) };
    for broken in [
        body(2, &series.replace("COUNT=3", "COUNT=0")),
        format!("{}<cal:calendar-data>hello</cal:calendar-data>", etag(3)),
    ] {
        let mut caldav = Caldav::new(again.clone()).unwrap();
        let seen = accept(&mut caldav, &multistatus(&(found("/c/1.ics", &broken) + &token("2")))).unwrap();
        assert_eq!(seen.refused.len(), 1, "{seen:?}");
        assert!(!seen.facts.iter().any(|f| line(f).contains("deleted")), "{seen:?}");
    }
}

#[test]
fn answers_that_are_cut_short_stop_the_sync() {
    let stuck =
        "<d:response><d:href>/c/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>";
    let mut caldav = one();
    accept(&mut caldav, &multistatus(&(stuck.to_owned() + &token("1")))).unwrap();
    assert!(asked(&caldav).body.contains("<D:sync-token>1</D:sync-token>"));
    assert_eq!(
        accept(&mut caldav, &multistatus(&(stuck.to_owned() + &token("1")))).unwrap_err().code(),
        Code::Malformed
    );
    // The token of a later page is refused: from the beginning would be without end.
    assert_eq!(accept(&mut caldav, &answer(403, "")).unwrap_err(), CaldavError::Refused { status: 403 });
    let whole = multistatus(&(found("/c/1.ics", &etag(1)) + &token("1")));
    for cut in 1..whole.body.len() {
        let body = whole.body.get(..cut).unwrap();
        assert_eq!(accept(&mut one(), &answer(207, body)).unwrap_err().code(), Code::Malformed, "{body}");
    }
}

#[test]
fn an_answer_that_says_nothing_deletes_nothing() {
    let mut caldav = one();
    let text = meeting("m", STAMP, "20261020T080000Z", "");
    accept(&mut caldav, &multistatus(&(found("/c/1.ics", &body(1, &text)) + &token("1")))).unwrap();
    let Step::Done(report) = caldav.next() else { panic!() };
    let again =
        CaldavOptions { collections: vec!["/c/".into()], state: Some(report.state), ..options(URL, NOW) };
    let mut caldav = Caldav::new(again).unwrap();
    // Without a token it is no answer to what was asked; a listing always has the calendar itself.
    accept(&mut caldav, &multistatus("")).unwrap();
    assert_eq!(place(&caldav), "PROPFIND /c/");
    assert_eq!(accept(&mut caldav, &multistatus("")).unwrap_err().code(), Code::Malformed);
    let seen = accept(&mut caldav, &multistatus(&found("/c/", CALENDAR))).unwrap();
    assert_eq!(seen.facts.iter().map(line).collect::<Vec<_>>(), ["- record.deleted"]);
}

#[test]
fn a_token_is_escaped() {
    let mut caldav = one();
    accept(&mut caldav, &multistatus(&token("data:,1&amp;2&lt;3"))).unwrap();
    let Step::Done(report) = caldav.next() else { panic!() };
    let again =
        CaldavOptions { collections: vec!["/c/".into()], state: Some(report.state), ..options(URL, NOW) };
    let request = asked(&Caldav::new(again).unwrap());
    assert!(request.body.contains("<D:sync-token>data:,1&amp;2&lt;3</D:sync-token>"), "{}", request.body);
    assert!(request.body.contains("<C:calendar-data/>"));
}

/// A host whose disk is full after so many facts.
struct Full(usize, Vec<String>);

impl Sink for Full {
    fn accept(&mut self, observation: Observation) -> Result<()> {
        if self.0 == 0 {
            return Err(Error::Storage("the disk is full".into()));
        }
        self.0 -= 1;
        if let Observation::Fact(fact) = observation {
            self.1.push(line(&fact));
        }
        Ok(())
    }
    fn refuse(&mut self, refusal: Refusal) {
        panic!("{refusal:?}");
    }
    fn warn(&mut self, _: Warning) {}
}

#[test]
fn a_host_that_fails_can_go_on() {
    let series = meeting("s", STAMP, "20261020T080000Z", "RRULE:FREQ=DAILY;COUNT=3");
    let response = multistatus(&(found("/c/1.ics", &body(1, &series)) + &token("1")));
    let mut caldav = one();
    let request = asked(&caldav);
    let mut full = Full(2, Vec::new());
    assert_eq!(caldav.accept(&response, &mut full).unwrap_err().code(), Code::Storage);
    assert_eq!(asked(&caldav), request);
    let mut roomy = Full(100, Vec::new());
    caldav.accept(&response, &mut roomy).unwrap();
    assert_eq!(roomy.1.len(), 3);
    let Step::Done(report) = caldav.next() else { panic!() };
    assert_eq!(report.upserts, 3);
    // The same where deletions are told.
    let again =
        CaldavOptions { collections: vec!["/c/".into()], state: Some(report.state), ..options(URL, NOW) };
    let mut caldav = Caldav::new(again).unwrap();
    let response = multistatus(&(gone("/c/1.ics") + &token("2")));
    assert_eq!(caldav.accept(&response, &mut Full(1, Vec::new())).unwrap_err().code(), Code::Storage);
    let mut roomy = Full(100, Vec::new());
    caldav.accept(&response, &mut roomy).unwrap();
    assert_eq!(roomy.1, ["- record.deleted"; 3]);
}

/// Pieces of which answers are made.
const PIECES: [&str; 24] = [
    "<d:multistatus xmlns:d='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'>",
    "</d:multistatus>",
    "<d:response>",
    "</d:response>",
    "<d:href>",
    "</d:href>",
    "/c/",
    "/c/1.ics",
    "//x/",
    "<d:status>HTTP/1.1 404 No</d:status>",
    "<d:status>HTTP/1.1 507 No</d:status>",
    "<d:propstat>",
    "</d:propstat>",
    "<d:prop>",
    "</d:prop>",
    "<d:getetag>1</d:getetag>",
    "<c:calendar-data>",
    "</c:calendar-data>",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261020T080000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\nEND:VCALENDAR\n",
    "<d:sync-token>2</d:sync-token>",
    "&amp;",
    "&#0;",
    "<!DOCTYPE x>",
    "<d:resourcetype><c:calendar/></d:resourcetype><c:calendar-home-set><d:href>/h/</d:href></c:calendar-home-set>",
];

fn any_answer() -> impl Strategy<Value = HttpResponse> {
    let status = prop_oneof![8 => Just(207_u16), 2 => 100_u16..600, 1 => Just(301)];
    let pieces = prop::collection::vec(0..PIECES.len(), 0..30);
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    let tidy = prop::collection::vec(0..PIECES.len(), 0..6);
    let body = prop_oneof![
        pieces.prop_map(|p| p.into_iter().map(|i| PIECES[i]).collect::<String>()),
        bytes.prop_map(|b| String::from_utf8_lossy(&b).into_owned()),
        tidy.prop_map(|p| {
            let inside: String = p.into_iter().map(|i| found("/c/1.ics", PIECES[i])).collect();
            multistatus(&(inside + "<d:sync-token>3</d:sync-token>")).body
        }),
    ];
    let header = (prop_oneof![Just("Location"), Just("Retry-After")], ".{0,20}");
    (status, prop::collection::vec(header, 0..2), body).prop_map(|(status, headers, body)| HttpResponse {
        status,
        headers: headers.into_iter().map(|(name, value)| HttpHeader { name: name.into(), value }).collect(),
        body,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// No answer makes the machine panic or leave its host.
    #[test]
    fn any_answer_is_survived(answers in prop::collection::vec(any_answer(), 1..8), named in any::<bool>()) {
        let mut caldav = if named { one() } else { Caldav::new(options(URL, NOW)).unwrap() };
        for response in answers {
            if let Step::Request(request) = caldav.next() {
                prop_assert!(request.url.starts_with("https://cal.example.org/"), "{}", request.url);
            }
            let _ = accept(&mut caldav, &response);
        }
    }

    /// No state makes it panic.
    #[test]
    fn any_state_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..100), cut in 0_usize..400) {
        let mut server = Fake::default();
        server.put("/cal/a/1.ics", &meeting("m", STAMP, "20261120T080000Z", ""));
        let state = run(options(URL, NOW), &mut Collected::default(), &mut |r| server.serve(r)).unwrap().state;
        let cut = cut.min(state.len());
        let odd = format!("{}{}", &state[..cut], String::from_utf8_lossy(&bytes));
        for state in [String::from_utf8_lossy(&bytes).into_owned(), odd] {
            let options = CaldavOptions { state: Some(state), ..options(URL, NOW) };
            if let Err(error) = Caldav::new(options) {
                prop_assert!(matches!(error.code(), Code::Malformed | Code::Unsupported | Code::InvalidValue));
            }
        }
    }
}
