use std::fmt;
use twin_core::Code;

/// What every verb of humantwin fails with: a stable code, a sentence, and where it happened.
///
/// Messages hold no personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The stable code, the same in every language.
    pub code: Code,
    /// A sentence for people.
    pub message: String,
    /// The verb or the file family, where that helps.
    pub context: Option<String>,
}

impl Error {
    /// An error of a code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), context: None }
    }

    /// Says where it happened.
    #[must_use]
    pub fn within(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.context {
            Some(context) => write!(f, "{context}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

impl From<twin_core::Error> for Error {
    fn from(error: twin_core::Error) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

/// The result of every verb.
pub type Result<T, E = Error> = std::result::Result<T, E>;
