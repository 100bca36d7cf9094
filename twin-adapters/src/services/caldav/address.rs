use super::error::CaldavError;
use serde::{Deserialize, Serialize};
use twin_core::Error;

/// Longest address.
const MAX_BYTES: usize = 8 * 1024;

/// Scheme, host and port; requests never leave them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin(String);

impl Origin {
    /// The origin of an absolute address, and its path in one spelling.
    pub(super) fn of(url: &str) -> Result<(Self, String), CaldavError> {
        let wrong =
            || Error::invalid("url", "no such address", "`https://host[:port]/path` without credentials");
        let (origin, rest) =
            url.trim().split_once("://").and_then(|(s, r)| absolute(s, r)).ok_or_else(wrong)?;
        let path = spelled(rest).ok_or_else(wrong)?;
        Ok((origin, path))
    }

    /// `https://example.org`, the usual port left out.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The absolute address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The path that a reference in an answer to `base` means (RFC 3986 §5.2).
    ///
    /// # Errors
    /// `OtherHost` where it leaves the origin, `Malformed` where it is none.
    pub(super) fn resolve(&self, base: &str, reference: &str) -> Result<String, CaldavError> {
        const WRONG: CaldavError = CaldavError::Malformed("a reference that is no address");
        let reference = reference.trim();
        let (before, _) = reference.split_once(['/', '?', '#']).unwrap_or((reference, ""));
        let target = if let Some((scheme, _)) = before.split_once(':') {
            Some((scheme, reference.split_once("://").ok_or(WRONG)?.1))
        } else {
            let own = self.0.split_once("://").map_or("", |(scheme, _)| scheme);
            reference.strip_prefix("//").map(|rest| (own, rest))
        };
        if let Some((scheme, rest)) = target {
            let (origin, rest) = absolute(scheme, rest).ok_or(WRONG)?;
            let path = spelled(rest).ok_or(WRONG)?;
            if origin != *self {
                let url = origin.url(&path);
                return Err(CaldavError::OtherHost { origin: origin.0, url });
            }
            return Ok(path);
        }
        let base = base.split('?').next().unwrap_or_default();
        let joined = if reference.starts_with('/') {
            reference.to_owned()
        } else if reference.is_empty() || reference.starts_with(['?', '#']) {
            format!("{base}{reference}")
        } else {
            format!("{}/{reference}", base.rsplit_once('/').map_or("", |(folder, _)| folder))
        };
        spelled(&joined).ok_or(WRONG)
    }
}

/// The origin of what follows `scheme://`, and what follows the origin.
fn absolute<'a>(scheme: &str, rest: &'a str) -> Option<(Origin, &'a str)> {
    let scheme = scheme.to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let authority = authority.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority.as_str(), ""),
    };
    let bare = !host.contains(':') || (host.starts_with('[') && host.ends_with(']'));
    if host.is_empty()
        || !bare
        || !authority.chars().all(plain)
        || (!port.is_empty() && port.parse::<u16>().is_err())
    {
        return None;
    }
    let authority = authority.strip_suffix(usual).unwrap_or(&authority).trim_end_matches(':');
    Some((Origin(format!("{scheme}://{authority}")), path))
}

/// A path in the one spelling in which all are compared and asked for: what need not be encoded is not, all else is,
/// `.` and `..` are gone. `None` where it holds what no address may.
fn spelled(path: &str) -> Option<String> {
    let path = path.split('#').next().unwrap_or_default();
    if path.len() > MAX_BYTES || path.chars().any(|c| c == '\\' || c.is_control()) {
        return None;
    }
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let mut segments: Vec<String> = Vec::new();
    let mut pieces = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match encoded(&decoded(piece), false).as_str() {
            ".." => drop(segments.pop()),
            "." => {}
            whole => {
                segments.push(whole.to_owned());
                continue;
            }
        }
        if last {
            segments.push(String::new());
        }
    }
    let path = format!("/{}", segments.join("/"));
    Some(query.map_or(path.clone(), |query| format!("{path}?{}", encoded(query.as_bytes(), true))))
}

fn decoded(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some((byte, after)) = rest.split_first() {
        let pair = after.first_chunk().filter(|_| *byte == b'%').and_then(|digits| hex(*digits));
        out.push(pair.unwrap_or(*byte));
        rest = if pair.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    out
}

fn hex(digits: [u8; 2]) -> Option<u8> {
    let value = |d: u8| char::from(d).to_digit(16);
    let [high, low] = digits;
    u8::try_from(value(high)? * 16 + value(low)?).ok()
}

/// A query keeps what it may hold, a segment only what never needs encoding.
fn encoded(bytes: &[u8], query: bool) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        let c = char::from(*byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || (query && c.is_ascii_graphic()) {
            out.push(c);
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin::of("https://Example.org:443/dav").unwrap().0
    }

    #[test]
    fn addresses_to_begin_with() {
        for (url, whole) in [
            ("https://Example.org", "https://example.org/"),
            ("HTTPS://example.org:443/a b", "https://example.org/a%20b"),
            ("http://127.0.0.1:5232/x/", "http://127.0.0.1:5232/x/"),
            ("http://[::1]:80/x", "http://[::1]/x"),
            ("https://example.org/c?x=1#part", "https://example.org/c?x=1"),
        ] {
            let (origin, path) = Origin::of(url).unwrap();
            assert_eq!(origin.url(&path), whole, "{url}");
        }
        for url in [
            "",
            "example.org",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://",
            "https:///x",
            "https://me:secret@example.org/",
            "https://a b/",
            "https://example.org:99999/",
            "https://a\\b/",
            "https://exämple.org/",
            "https://a:b:c/",
        ] {
            assert!(Origin::of(url).is_err(), "{url}");
        }
    }

    #[test]
    fn references_stay_on_the_host() {
        for (reference, path) in [
            ("/cal/a.ics", "/cal/a.ics"),
            ("a.ics", "/dav/me/a.ics"),
            ("./a.ics", "/dav/me/a.ics"),
            ("../b/", "/dav/b/"),
            ("../../../../x", "/x"),
            ("https://example.org/y", "/y"),
            ("//example.org:443/z", "/z"),
            ("", "/dav/me/"),
            ("?page=2", "/dav/me/?page=2"),
            ("/a%7eb/%c3%A9.ics", "/a~b/%C3%A9.ics"),
            ("/a~b/é.ics", "/a~b/%C3%A9.ics"),
            ("/me@x/100%/a+b", "/me%40x/100%25/a%2Bb"),
            ("/me%40x/100%25/a%2bb", "/me%40x/100%25/a%2Bb"),
            ("/a/%2e%2e/b", "/b"),
            ("/a%2Fb/", "/a%2Fb/"),
        ] {
            assert_eq!(origin().resolve("/dav/me/", reference).as_deref(), Ok(path), "{reference}");
        }
        for reference in [
            "http://example.org/x",
            "https://example.com/x",
            "//example.com/x",
            "https://example.org:8443/x",
            "https://example.org.evil.com/x",
            "//169.254.169.254/latest/meta-data",
        ] {
            let error = origin().resolve("/dav/", reference).unwrap_err();
            assert!(matches!(error, CaldavError::OtherHost { .. }), "{reference}: {error}");
        }
        for reference in
            ["https://example.org@evil.com/", "javascript:alert(1)", "file:///etc/passwd", "/a\\b", "/a\nb"]
        {
            assert!(
                matches!(origin().resolve("/dav/", reference), Err(CaldavError::Malformed(_))),
                "{reference}"
            );
        }
    }
}
