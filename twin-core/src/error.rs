//! The stable error codes and the core's own error type.

use std::fmt;

/// The stable code of an error; the same word in every language.
///
/// ```
/// assert_eq!(twin_core::Code::ConsentRequired.as_str(), "consent_required");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// A grant for this purpose and actor is missing, expired or revoked.
    ConsentRequired,
    /// A value is outside what is possible, or of the wrong unit.
    InvalidValue,
    /// Bytes are not of the format they claim to be.
    Malformed,
    /// What was asked for does not exist.
    NotFound,
    /// Two writers, or two facts that exclude each other.
    Conflict,
    /// A format, version or option that this build does not know.
    Unsupported,
    /// The store or the disk refused.
    Storage,
    /// Stored bytes do not match their hash.
    Corrupt,
    /// A key or cipher failed.
    Crypto,
    /// Too many requests.
    RateLimited,
    /// A model cannot be loaded or run here.
    ModelUnavailable,
    /// The caller stopped the work.
    Cancelled,
    /// A bug in humantwin.
    Internal,
}

impl Code {
    /// All codes, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::ConsentRequired,
        Self::InvalidValue,
        Self::Malformed,
        Self::NotFound,
        Self::Conflict,
        Self::Unsupported,
        Self::Storage,
        Self::Corrupt,
        Self::Crypto,
        Self::RateLimited,
        Self::ModelUnavailable,
        Self::Cancelled,
        Self::Internal,
    ];

    /// The code as it is written on the wire: `consent_required`, `invalid_value` …
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConsentRequired => "consent_required",
            Self::InvalidValue => "invalid_value",
            Self::Malformed => "malformed",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Unsupported => "unsupported",
            Self::Storage => "storage",
            Self::Corrupt => "corrupt",
            Self::Crypto => "crypto",
            Self::RateLimited => "rate_limited",
            Self::ModelUnavailable => "model_unavailable",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }

    /// What the code says, in a sentence for developers; the text of `schemas/errors.json`.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ConsentRequired => "a grant for this purpose and actor is missing, expired or revoked",
            Self::InvalidValue => "a value is outside what is possible, or of the wrong unit",
            Self::Malformed => "bytes are not of the format they claim to be",
            Self::NotFound => "what was asked for does not exist",
            Self::Conflict => "two writers, or two facts that exclude each other",
            Self::Unsupported => "a format, version or option that this build does not know",
            Self::Storage => "the store or the disk refused",
            Self::Corrupt => "stored bytes do not match their hash",
            Self::Crypto => "a key or cipher failed",
            Self::RateLimited => "too many requests",
            Self::ModelUnavailable => "a model cannot be loaded or run here",
            Self::Cancelled => "the caller stopped the work",
            Self::Internal => "a bug in humantwin",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What can go wrong in the core. Messages hold no personal data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value that cannot be.
    #[error("value of `{field}` is {value}, expected {expected}")]
    InvalidValue {
        /// The field, as written on the wire.
        field: String,
        /// The value met.
        value: String,
        /// What would have been accepted.
        expected: String,
    },
    /// Bytes that are not what they claim to be.
    #[error("{what} is malformed: {detail}")]
    Malformed {
        /// What was read.
        what: &'static str,
        /// Where and why, without personal data.
        detail: String,
    },
    /// A version or kind this build does not know.
    #[error("{0}")]
    Unsupported(String),
    /// Stored bytes do not match their hash.
    #[error("{0}")]
    Corrupt(String),
    /// No grant covers this actor and purpose.
    #[error("no grant for actor `{actor}` and purpose `{purpose}`; the person can add one with `grant`")]
    ConsentRequired {
        /// Who asked.
        actor: String,
        /// What for.
        purpose: String,
    },
    /// The store refused.
    #[error("{0}")]
    Storage(String),
    /// Another writer holds the twin, or two facts exclude each other.
    #[error("{0}")]
    Conflict(String),
    /// Nothing there.
    #[error("{0}")]
    NotFound(String),
    /// The caller stopped the work.
    #[error("stopped by the caller; what was acknowledged is kept")]
    Cancelled,
}

impl Error {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::InvalidValue { .. } => Code::InvalidValue,
            Self::Malformed { .. } => Code::Malformed,
            Self::Unsupported(_) => Code::Unsupported,
            Self::Corrupt(_) => Code::Corrupt,
            Self::ConsentRequired { .. } => Code::ConsentRequired,
            Self::Storage(_) => Code::Storage,
            Self::Conflict(_) => Code::Conflict,
            Self::NotFound(_) => Code::NotFound,
            Self::Cancelled => Code::Cancelled,
        }
    }

    /// Shorthand for [`Error::InvalidValue`].
    pub fn invalid(field: impl Into<String>, value: impl fmt::Display, expected: impl Into<String>) -> Self {
        Self::InvalidValue { field: field.into(), value: value.to_string(), expected: expected.into() }
    }

    /// Shorthand for [`Error::Malformed`].
    pub fn malformed(what: &'static str, detail: impl fmt::Display) -> Self {
        Self::Malformed { what, detail: detail.to_string() }
    }
}

/// The result of the core.
pub type Result<T, E = Error> = std::result::Result<T, E>;
