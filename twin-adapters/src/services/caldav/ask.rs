use super::wire::HttpHeader;
use quick_xml::escape::escape;

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;
const SPACES: &str = r#"xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav""#;

pub(super) fn headers(depth: &str) -> Vec<HttpHeader> {
    [
        ("Depth", depth),
        ("Content-Type", "application/xml; charset=utf-8"),
        ("Accept", "application/xml, text/xml"),
    ]
    .map(|(name, value)| HttpHeader { name: name.into(), value: value.into() })
    .into()
}

/// Where a person's calendars are, and what a collection is.
pub(super) fn find() -> String {
    propfind(
        "<D:resourcetype/><D:current-user-principal/><C:calendar-home-set/><C:supported-calendar-component-set/>",
    )
}

/// What a calendar holds, of servers without `sync-collection`.
pub(super) fn list() -> String {
    propfind("<D:resourcetype/><D:getetag/>")
}

fn propfind(props: &str) -> String {
    format!("{HEAD}<D:propfind {SPACES}><D:prop>{props}</D:prop></D:propfind>")
}

/// What changed since a token. Changes are few: their bodies are asked for at once.
pub(super) fn changes(token: Option<&str>, bodies: bool) -> String {
    let token = escape(token.unwrap_or_default());
    let data = if bodies { "<C:calendar-data/>" } else { "" };
    format!(
        "{HEAD}<D:sync-collection {SPACES}><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>\
         <D:prop><D:getetag/>{data}</D:prop></D:sync-collection>"
    )
}

/// Objects by their paths.
pub(super) fn bodies<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let hrefs: String = paths.map(|path| format!("<D:href>{}</D:href>", escape(path.as_str()))).collect();
    format!(
        "{HEAD}<C:calendar-multiget {SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop>{hrefs}</C:calendar-multiget>"
    )
}
