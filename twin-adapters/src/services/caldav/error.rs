use super::wire::HttpResponse;
use twin_core::{Code, LocalDate, Timestamp};

/// Why a sync cannot go on. The machine stays where it is: where asking again can help, its next step is the same
/// request. Messages hold no path and no name.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CaldavError {
    /// 401: renew the token once and ask again, then ask the person to sign in. 403: tell the person, do not repeat.
    #[error(
        "the server refuses access ({status}); the person has to sign in or to allow access to the calendar"
    )]
    Refused {
        /// 401 or 403.
        status: u16,
    },
    /// 404, or nothing that holds events.
    #[error("the server has no such calendar; start with the address of the server or of a calendar")]
    NotFound,
    /// 410: the service is no more; do not ask again.
    #[error("the server says that the service is gone for good (410)")]
    Gone,
    /// 408, 425, 429, 5xx: ask the same again, later.
    #[error("the server answers {status}: ask again later")]
    Later {
        /// The status.
        status: u16,
        /// Seconds to wait, where the server says so; else wait longer each time, by chance (full jitter).
        retry_after_s: Option<u64>,
    },
    /// An address on another host, which is never followed: start there, if it is to be trusted.
    #[error("the server points to another host, `{origin}`; start with that address if it is to be trusted")]
    OtherHost {
        /// Scheme, host and port.
        origin: String,
        /// The whole address.
        url: String,
    },
    /// What the server cannot do, or answers that cannot be used.
    #[error("{0}")]
    Unsupported(String),
    /// The answer is not what it claims to be.
    #[error("the answer is malformed: {0}")]
    Malformed(&'static str),
    /// From the options, the state, or the host's side.
    #[error(transparent)]
    Core(#[from] twin_core::Error),
}

impl CaldavError {
    /// The stable code. `rate_limited` is every answer that asks for patience.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused { .. } => Code::ConsentRequired,
            Self::NotFound => Code::NotFound,
            Self::Later { .. } => Code::RateLimited,
            Self::Gone | Self::OtherHost { .. } | Self::Unsupported(_) => Code::Unsupported,
            Self::Malformed(_) => Code::Malformed,
            Self::Core(error) => error.code(),
        }
    }

    /// The error of an answer that is no success.
    pub(super) fn of(response: &HttpResponse, now: Timestamp) -> Self {
        match response.status {
            status @ (401 | 403) => Self::Refused { status },
            404 => Self::NotFound,
            410 => Self::Gone,
            501 | 505 | 507 => Self::unexpected(response.status),
            status @ (408 | 425 | 429 | 500..=599) => Self::Later {
                status,
                retry_after_s: response.header("Retry-After").and_then(|v| seconds(v, now)),
            },
            status => Self::unexpected(status),
        }
    }

    fn unexpected(status: u16) -> Self {
        Self::Unsupported(format!("the server answers {status} where a calendar server answers 207"))
    }
}

/// The seconds of `Retry-After`: a number, or a date as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn seconds(value: &str, now: Timestamp) -> Option<u64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if let Ok(seconds) = value.parse() {
        return Some(seconds);
    }
    let mut words = value.split_once(", ")?.1.split(' ');
    let day = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = i8::try_from(MONTHS.iter().position(|m| *m == month)? + 1).ok()?;
    let date = LocalDate::new(words.next()?.parse().ok()?, month, day).ok()?;
    let clock = words.next()?.split(':').map(|n| n.parse::<i64>().ok().filter(|n| (0..61).contains(n)));
    let of_day = clock.collect::<Option<Vec<_>>>()?.into_iter().fold(0, |sum, n| sum * 60 + n);
    u64::try_from(i64::from(date.days()) * 86_400 + of_day - now.secs()).ok().or(Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::caldav::HttpHeader;

    fn answer(status: u16, retry: Option<&str>) -> CaldavError {
        let headers = retry.map(|v| HttpHeader { name: "retry-after".into(), value: v.into() });
        let now = "2026-11-01T00:00:00Z".parse().unwrap();
        CaldavError::of(
            &HttpResponse { status, headers: headers.into_iter().collect(), body: String::new() },
            now,
        )
    }

    #[test]
    fn codes_of_answers() {
        for (status, code) in [
            (401, Code::ConsentRequired),
            (403, Code::ConsentRequired),
            (404, Code::NotFound),
            (410, Code::Unsupported),
            (418, Code::Unsupported),
            (429, Code::RateLimited),
            (500, Code::RateLimited),
            (501, Code::Unsupported),
            (503, Code::RateLimited),
        ] {
            assert_eq!(answer(status, None).code(), code, "{status}");
        }
    }

    #[test]
    fn how_long_to_wait() {
        let later = |retry| match answer(429, Some(retry)) {
            CaldavError::Later { retry_after_s, .. } => retry_after_s,
            other => panic!("{other}"),
        };
        assert_eq!(later("120"), Some(120));
        assert_eq!(later("Sun, 01 Nov 2026 00:01:30 GMT"), Some(90));
        assert_eq!(later("Sat, 31 Oct 2026 23:59:00 GMT"), Some(0));
        for odd in ["", "-1", "soon", "Sun, 31 Feb 2026 00:00:00 GMT", "Sun, 01 Nov 2026 99:00:00 GMT"] {
            assert_eq!(later(odd), None, "{odd}");
        }
    }
}
