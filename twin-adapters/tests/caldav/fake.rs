//! A calendar server in memory: two calendars, sync tokens, pages, the ways servers differ.

use std::collections::{BTreeMap, BTreeSet};
use twin_adapters::services::caldav::{HttpHeader, HttpRequest, HttpResponse};

pub(crate) const URL: &str = "https://cal.example.org";

#[derive(Default)]
pub(crate) struct Fake {
    /// By path: the number of the change, the body.
    pub(crate) objects: BTreeMap<String, (usize, String)>,
    /// The path of each change, in order.
    pub(crate) changes: Vec<String>,
    /// Tokens given; others are refused.
    pub(crate) tokens: BTreeSet<usize>,
    /// It shows one calendar only.
    pub(crate) alone: bool,
    /// It does not know `sync-collection`.
    pub(crate) plain: bool,
    /// It puts bodies into changes.
    pub(crate) inline: bool,
    /// Members of one answer.
    pub(crate) page: Option<usize>,
    /// Requests that came.
    pub(crate) asked: Vec<HttpRequest>,
}

pub(crate) fn answer(status: u16, body: impl Into<String>) -> HttpResponse {
    HttpResponse { status, headers: Vec::new(), body: body.into() }
}

pub(crate) fn redirect(to: &str) -> HttpResponse {
    HttpResponse {
        headers: vec![HttpHeader { name: "location".into(), value: to.into() }],
        ..answer(301, "")
    }
}

pub(crate) fn multistatus(inside: &str) -> HttpResponse {
    answer(
        207,
        format!(
            "<?xml version='1.0' encoding='utf-8'?>\n<d:multistatus xmlns:d='DAV:' \
             xmlns:cal='urn:ietf:params:xml:ns:caldav' xmlns:cs='http://calendarserver.org/ns/'>{inside}</d:multistatus>"
        ),
    )
}

pub(crate) fn found(href: &str, props: &str) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop><d:status>HTTP/1.1 200 OK</d:status>\
         </d:propstat><d:propstat><d:prop><cs:getctag/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status>\
         </d:propstat></d:response>"
    )
}

pub(crate) fn gone(href: &str) -> String {
    format!("<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>")
}

pub(crate) fn ics(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{}\r\nEND:VCALENDAR\r\n",
        lines.trim().replace('\n', "\r\n")
    )
}

/// A meeting of one hour.
pub(crate) fn meeting(uid: &str, stamp: &str, start: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:{stamp}\nDTSTART:{start}\nDURATION:PT1H\n{}\nEND:VEVENT",
        more.trim()
    )
}

impl Fake {
    pub(crate) fn put(&mut self, path: &str, lines: &str) {
        self.changes.push(path.to_owned());
        self.objects.insert(path.to_owned(), (self.changes.len(), ics(lines)));
    }

    pub(crate) fn delete(&mut self, path: &str) {
        if self.objects.remove(path).is_some() {
            self.changes.push(path.to_owned());
        }
    }

    /// One file of all calendars, as an export gives it.
    pub(crate) fn export(&self) -> String {
        self.objects.values().map(|(_, body)| body.as_str()).collect()
    }

    /// Paths whose bodies were asked for since the last look.
    pub(crate) fn fetched(&mut self) -> Vec<String> {
        let asked = std::mem::take(&mut self.asked);
        asked.iter().filter(|r| r.body.contains("calendar-multiget")).flat_map(|r| hrefs(&r.body)).collect()
    }

    pub(crate) fn serve(&mut self, request: &HttpRequest) -> HttpResponse {
        self.asked.push(request.clone());
        let path = request.url.strip_prefix(URL).unwrap();
        assert!(request.headers.iter().all(|h| h.name != "Authorization"));
        match (request.method.as_str(), path) {
            ("PROPFIND", "/.well-known/caldav") => redirect("/dav/"),
            ("PROPFIND", "/dav/") => multistatus(&found(
                "/dav/",
                "<d:current-user-principal><d:href>/dav/p/me/</d:href></d:current-user-principal>",
            )),
            ("PROPFIND", "/dav/p/me/") => multistatus(&found(
                "/dav/p/me/",
                "<cal:calendar-home-set><d:href>https://cal.example.org:443/cal</d:href></cal:calendar-home-set>",
            )),
            ("PROPFIND", "/cal") => multistatus(
                &[
                    found("/cal/", "<d:resourcetype><d:collection/></d:resourcetype>"),
                    found("/cal/a/", CALENDAR),
                    if self.alone { String::new() } else { found("/cal/b/", CALENDAR) },
                    found("/cal/in/", "<d:resourcetype><d:collection/><cal:schedule-inbox/></d:resourcetype>"),
                    found(
                        "/cal/tasks/",
                        "<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>\
                         <cal:supported-calendar-component-set><cal:comp name='VTODO'/></cal:supported-calendar-component-set>",
                    ),
                ]
                .concat(),
            ),
            ("PROPFIND", "/cal/a/" | "/cal/b/") if request.body.contains("getetag") => {
                let own = found(path, "<d:resourcetype><d:collection/></d:resourcetype><d:getetag>\"c\"</d:getetag>");
                let of = self.objects.iter().filter(|(p, _)| p.starts_with(path));
                multistatus(&(own + &of.map(|(p, (n, _))| found(p, &etag(*n))).collect::<String>()))
            }
            ("REPORT", "/cal/a/" | "/cal/b/") if request.body.contains("calendar-multiget") => {
                let asked = hrefs(&request.body).into_iter();
                let member = |href: String| {
                    self.objects.get(&href).map_or_else(|| gone(&href), |(n, body)| found(&href, &(etag(*n) + &data(body))))
                };
                multistatus(&asked.map(member).collect::<String>())
            }
            ("REPORT", "/cal/a/" | "/cal/b/") => self.changes_of(path, &request.body),
            other => panic!("{other:?} is no request of ours"),
        }
    }

    fn changes_of(&mut self, calendar: &str, body: &str) -> HttpResponse {
        if self.plain {
            return answer(403, "<d:error xmlns:d='DAV:'><d:supported-report/></d:error>");
        }
        let token = between(body, "<D:sync-token>", "</D:sync-token>").unwrap();
        let since: usize = match token.strip_prefix("https://cal.example.org/sync/") {
            Some(n) => n.parse().unwrap(),
            None => {
                assert_eq!(token, "");
                0
            }
        };
        if !token.is_empty() && !self.tokens.contains(&since) {
            return answer(403, "<d:error xmlns:d='DAV:'><d:valid-sync-token/></d:error>");
        }
        let mut changed: BTreeMap<&String, usize> = BTreeMap::new();
        for (i, path) in self.changes.iter().enumerate().skip(since).filter(|(_, p)| p.starts_with(calendar))
        {
            changed.insert(path, i + 1);
        }
        let mut last: Vec<(usize, &String)> = changed.into_iter().map(|(path, n)| (n, path)).collect();
        last.sort_unstable();
        let cut = self.page.filter(|page| last.len() > *page);
        let upto = cut.map_or(self.changes.len(), |page| last[page - 1].0);
        let mut inside = String::new();
        for (_, path) in last.into_iter().filter(|(n, _)| *n <= upto) {
            inside += &match self.objects.get(path) {
                Some((n, body)) if self.inline => found(path, &(etag(*n) + &data(body))),
                Some((n, _)) => found(path, &etag(*n)),
                None => gone(path),
            };
        }
        if cut.is_some() {
            inside += &format!(
                "<d:response><d:href>{calendar}</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status>\
                 <d:error><d:number-of-matches-within-limits/></d:error></d:response>"
            );
        }
        self.tokens.insert(upto);
        multistatus(&format!("{inside}<d:sync-token>https://cal.example.org/sync/{upto}</d:sync-token>"))
    }
}

const CALENDAR: &str = "<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>\
    <cal:supported-calendar-component-set><cal:comp name='VEVENT'/></cal:supported-calendar-component-set>";

fn etag(n: usize) -> String {
    format!("<d:getetag>\"{n}\"</d:getetag>")
}

fn data(body: &str) -> String {
    let body = body.replace('&', "&amp;").replace('<', "&lt;").replace('\r', "&#13;");
    format!("<cal:calendar-data>{body}</cal:calendar-data>")
}

fn hrefs(body: &str) -> Vec<String> {
    body.split("<D:href>").skip(1).map(|rest| rest.split("</D:href>").next().unwrap().to_owned()).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}
