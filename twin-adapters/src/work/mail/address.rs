//! Addresses of header fields (RFC 5322 §3.4), in lower case. Names, comments and groups are passed over.

/// Most addresses kept of one field.
const MOST: usize = 1000;

/// The addresses of a field, each once, in their order.
pub(super) fn read(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in plain(text).split([',', ';']) {
        // What stands before a colon is the name of a group.
        let part = part.rsplit_once(':').map_or(part, |(_, rest)| rest);
        let inner =
            part.rsplit_once('<').map_or(part, |(_, rest)| rest.split('>').next().unwrap_or_default());
        let address = inner.trim().to_lowercase();
        let is_one = address
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
        if is_one
            && address.len() <= 320
            && !address.contains(char::is_whitespace)
            && !found.contains(&address)
        {
            found.push(address);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// The text without what is quoted or in brackets of comments: there any mark may stand.
fn plain(text: &str) -> String {
    let (mut out, mut quoted, mut depth, mut escaped) = (String::new(), false, 0_u32, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            c if !quoted && depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_groups_and_comments_are_passed_over() {
        assert_eq!(read("\"Doe, Ann\" <Ann@Example.org>, b@c.de (a, b)"), ["ann@example.org", "b@c.de"]);
        assert_eq!(read("Team: a@x.org, B <b@x.org>; , a@x.org"), ["a@x.org", "b@x.org"]);
        assert_eq!(read("undisclosed-recipients:;"), Vec::<String>::new());
        assert_eq!(read("\"x <no@where.org"), Vec::<String>::new());
        assert_eq!(read("@, a@, @b, a@b@c, <>"), Vec::<String>::new());
    }
}
