use super::error::CaldavError;
use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// Longest answer.
pub(super) const MAX_BYTES: usize = 64 << 20;
/// Deepest nesting; answers need about ten.
const MAX_DEPTH: usize = 64;

/// Longest `ETag` that is kept; without one an object is always read anew.
const MAX_ETAG: usize = 1024;

const WRONG: CaldavError = CaldavError::Malformed("it is no whole `multistatus` of WebDAV");

/// A `DAV:multistatus`, as far as it matters here.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Multistatus {
    pub(super) members: Vec<Member>,
    pub(super) sync_token: Option<String>,
}

/// One `response` of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Member {
    /// As written; several share a status (RFC 4918 §14.24).
    pub(super) hrefs: Vec<String>,
    /// Of the member as a whole.
    pub(super) status: Option<u16>,
    /// The properties found.
    pub(super) props: Props,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Props {
    pub(super) etag: Option<String>,
    pub(super) data: Option<String>,
    /// It is a collection.
    pub(super) collection: bool,
    /// It is a calendar.
    pub(super) calendar: bool,
    /// The components a calendar takes; absent takes all.
    pub(super) components: Option<Vec<String>>,
    pub(super) principal: Option<String>,
    pub(super) homes: Vec<String>,
    /// The server does not know who asks.
    pub(super) unauthenticated: bool,
}

macro_rules! tags {
    ($($tag:ident = $space:literal, $name:literal;)*) => {
        /// Elements that matter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Tag { $($tag,)* Other }

        impl Tag {
            fn of(space: &str, name: &str) -> Self {
                match (space, name) {
                    $(($space, $name) => Self::$tag,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    Multistatus = "DAV:", "multistatus";
    Response = "DAV:", "response";
    Href = "DAV:", "href";
    Status = "DAV:", "status";
    Propstat = "DAV:", "propstat";
    Prop = "DAV:", "prop";
    SyncToken = "DAV:", "sync-token";
    GetEtag = "DAV:", "getetag";
    ResourceType = "DAV:", "resourcetype";
    Collection = "DAV:", "collection";
    Principal = "DAV:", "current-user-principal";
    Unauthenticated = "DAV:", "unauthenticated";
    Calendar = "urn:ietf:params:xml:ns:caldav", "calendar";
    CalendarData = "urn:ietf:params:xml:ns:caldav", "calendar-data";
    HomeSet = "urn:ietf:params:xml:ns:caldav", "calendar-home-set";
    ComponentSet = "urn:ietf:params:xml:ns:caldav", "supported-calendar-component-set";
    Component = "urn:ietf:params:xml:ns:caldav", "comp";
}

/// Reads an answer. Document types are refused, and with them entities of its own.
pub(super) fn parse(text: &str) -> Result<Multistatus, CaldavError> {
    if text.len() > MAX_BYTES {
        return Err(CaldavError::Unsupported("an answer of more than 64 MiB".into()));
    }
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::default();
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| WRONG)?;
        match event {
            Event::Start(e) => {
                let space = match space {
                    ResolveResult::Bound(Namespace(space)) => space,
                    _ => "",
                };
                walk.open(Tag::of(space.trim(), e.local_name().into_inner()), &e)?;
            }
            Event::End(_) => walk.close(),
            Event::Text(t) => walk.text.push_str(&t),
            Event::CData(t) => walk.text.push_str(&t),
            Event::GeneralRef(r) => match r.resolve_char_ref().map_err(|_| WRONG)? {
                Some(c) => walk.text.push(c),
                None => walk.text.push_str(resolve_predefined_entity(&r).ok_or(WRONG)?),
            },
            Event::DocType(_) => return Err(CaldavError::Malformed("it has a document type")),
            Event::Eof => break,
            _ => {}
        }
    }
    if walk.whole && walk.path.is_empty() { Ok(walk.answer) } else { Err(WRONG) }
}

#[derive(Default)]
struct Walk {
    path: Vec<Tag>,
    /// What was said since the last mark.
    text: String,
    answer: Multistatus,
    member: Member,
    /// Of a `propstat` whose status is not yet known.
    props: Props,
    /// Its status; without one the properties count as found.
    status: Option<u16>,
    whole: bool,
}

impl Walk {
    fn open(&mut self, tag: Tag, e: &BytesStart<'_>) -> Result<(), CaldavError> {
        if self.path.len() >= MAX_DEPTH || (self.path.is_empty() && (tag != Tag::Multistatus || self.whole)) {
            return Err(WRONG);
        }
        self.text.clear();
        self.path.push(tag);
        match self.inside() {
            [Tag::Response] => self.member = Member::default(),
            [Tag::Response, Tag::Propstat] => (self.props, self.status) = (Props::default(), None),
            [Tag::Response, Tag::Propstat, Tag::Prop, rest @ ..] => match rest {
                [Tag::ResourceType, Tag::Calendar] => self.props.calendar = true,
                [Tag::ResourceType, Tag::Collection] => self.props.collection = true,
                [Tag::ComponentSet] => self.props.components = Some(Vec::new()),
                [Tag::ComponentSet, Tag::Component] => {
                    let name = e.attributes().flatten().find(|a| a.key.0 == "name");
                    if let (Some(name), Some(components)) = (name, &mut self.props.components) {
                        components.push(name.value.to_ascii_uppercase());
                    }
                }
                [Tag::Principal, Tag::Unauthenticated] => self.props.unauthenticated = true,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// The path below the root.
    fn inside(&self) -> &[Tag] {
        self.path.get(1..).unwrap_or_default()
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let said = || text.trim().to_owned();
        let some = || Some(said()).filter(|s| !s.is_empty());
        match self.path.get(1..).unwrap_or_default() {
            [] => self.whole = true,
            [Tag::SyncToken] => self.answer.sync_token = some(),
            [Tag::Response] => self.answer.members.push(std::mem::take(&mut self.member)),
            [Tag::Response, Tag::Href] => self.member.hrefs.extend(some()),
            [Tag::Response, Tag::Status] => self.member.status = code(&text),
            [Tag::Response, Tag::Propstat] => {
                let found = self.status.is_none_or(|s| (200..300).contains(&s));
                self.member.props.add(if found { std::mem::take(&mut self.props) } else { Props::default() });
            }
            [Tag::Response, Tag::Propstat, Tag::Status] => self.status = code(&text),
            [Tag::Response, Tag::Propstat, Tag::Prop, rest @ ..] => match rest {
                [Tag::GetEtag] => self.props.etag = some().filter(|e| e.len() <= MAX_ETAG),
                [Tag::CalendarData] => self.props.data = Some(text).filter(|t| !t.trim().is_empty()),
                [Tag::Principal, Tag::Href] => self.props.principal = some(),
                [Tag::HomeSet, Tag::Href] => self.props.homes.extend(some()),
                _ => {}
            },
            _ => {}
        }
        self.path.pop();
    }
}

impl Props {
    fn add(&mut self, other: Self) {
        self.etag = other.etag.or(self.etag.take());
        self.data = other.data.or(self.data.take());
        self.components = other.components.or(self.components.take());
        self.principal = other.principal.or(self.principal.take());
        self.homes.extend(other.homes);
        self.collection |= other.collection;
        self.calendar |= other.calendar;
        self.unauthenticated |= other.unauthenticated;
    }
}

/// The code of `HTTP/1.1 404 Not Found`.
fn code(line: &str) -> Option<u16> {
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_statuses() {
        let text = r#"<?xml version="1.0"?>
<x:multistatus xmlns:x="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns="http://other.example/">
 <x:response><x:href> /c/1.ics </x:href>
  <x:propstat><x:prop><x:getetag>"a&amp;b"</x:getetag><getetag>other</getetag></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>
  <x:propstat><x:prop><cal:calendar-data/></x:prop><x:status>HTTP/1.1 404 Not Found</x:status></x:propstat>
 </x:response>
 <x:response><x:href>/c/2.ics</x:href><x:href>/c/3.ics</x:href><x:status>HTTP/1.1 404 Not Found</x:status></x:response>
 <response><x:href>/c/4.ics</x:href></response>
 <x:sync-token>t&#x31;</x:sync-token>
</x:multistatus>"#;
        let answer = parse(text).unwrap();
        let first = Props { etag: Some(r#""a&b""#.into()), ..Props::default() };
        assert_eq!(
            answer.members,
            [
                Member { hrefs: vec!["/c/1.ics".into()], status: None, props: first },
                Member {
                    hrefs: vec!["/c/2.ics".into(), "/c/3.ics".into()],
                    status: Some(404),
                    props: Props::default()
                },
            ]
        );
        assert_eq!(answer.sync_token.as_deref(), Some("t1"));
    }

    #[test]
    fn what_a_collection_is() {
        let text = r#"<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/c/</href>
<propstat><prop><resourcetype><collection/><C:calendar/></resourcetype>
<C:supported-calendar-component-set><C:comp name="vevent"/><C:comp name='VTODO'/></C:supported-calendar-component-set>
<current-user-principal><href>/p/</href></current-user-principal>
<C:calendar-home-set><href>/h1/</href><href>/h2/</href></C:calendar-home-set></prop></propstat></response></multistatus>"#;
        let props = &parse(text).unwrap().members[0].props;
        assert!(props.calendar && props.collection && !props.unauthenticated);
        assert_eq!(props.components.as_deref(), Some(&["VEVENT".to_owned(), "VTODO".to_owned()][..]));
        assert_eq!(
            (props.principal.as_deref(), props.homes.as_slice()),
            (Some("/p/"), &["/h1/".into(), "/h2/".into()][..])
        );
    }

    #[test]
    fn bodies_keep_their_lines() {
        let text = |data: &str| {
            let text = format!(
                "<multistatus xmlns='DAV:'><response><href>/a</href><propstat><prop>\
                 <calendar-data xmlns='urn:ietf:params:xml:ns:caldav'>{data}</calendar-data></prop></propstat></response></multistatus>"
            );
            parse(&text).unwrap().members[0].props.data.clone()
        };
        assert_eq!(text("A:1&#13;\nB:&lt;2&gt;&#xD;\n").as_deref(), Some("A:1\r\nB:<2>\r\n"));
        assert_eq!(text("<![CDATA[A:1 & 2\n]]>").as_deref(), Some("A:1 & 2\n"));
        assert_eq!(text(" "), None);
    }

    #[test]
    fn hostile_and_broken_answers_are_refused() {
        let bomb = "<!DOCTYPE m [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><multistatus xmlns='DAV:'>&b;</multistatus>";
        let outside = "<!DOCTYPE m SYSTEM 'file:///etc/passwd'><multistatus xmlns='DAV:'/>";
        for text in [bomb, outside] {
            assert_eq!(parse(text), Err(CaldavError::Malformed("it has a document type")));
        }
        let deep = format!("<multistatus xmlns='DAV:'>{}", "<a>".repeat(100_000));
        for text in [
            "",
            "<html><body>Sign in</body></html>",
            "<multistatus xmlns='urn:other'/>",
            "<multistatus/>",
            "<multistatus xmlns='DAV:'>",
            "<multistatus xmlns='DAV:'><response></multistatus>",
            "<multistatus xmlns='DAV:'>&unknown;</multistatus>",
            "<multistatus xmlns='DAV:'/><multistatus xmlns='DAV:'/>",
            deep.as_str(),
        ] {
            assert_eq!(parse(text), Err(WRONG), "{}", text.get(..60).unwrap_or(text));
        }
        assert_eq!(parse("\u{feff} <multistatus xmlns='DAV:'/>"), Ok(Multistatus::default()));
    }
}
