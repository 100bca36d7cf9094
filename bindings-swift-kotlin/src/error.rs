//! Errors on their way out.

/// What every call fails with. Each language makes its own error of the code's name from it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum BorderError {
    /// The only case: which code it is, is data.
    Failed {
        /// The stable code, snake_case.
        code: String,
        /// A sentence for people, without personal data.
        said: String,
        /// The verb or the file family, where that helps.
        context: Option<String>,
    },
}

impl std::fmt::Display for BorderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::Failed { code, said, .. } = self;
        write!(f, "{code}: {said}")
    }
}

impl std::error::Error for BorderError {}

impl From<humantwin::Error> for BorderError {
    fn from(error: humantwin::Error) -> Self {
        let humantwin::Error { code, message, context } = error;
        Self::Failed { code: code.as_str().into(), said: message, context }
    }
}

/// The result of every call.
pub(crate) type Result<T> = std::result::Result<T, BorderError>;
