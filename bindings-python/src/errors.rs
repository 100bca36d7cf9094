//! Errors: the same code, message and context as everywhere, as the package's own classes.

use humantwin::{Code, Error};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// An error of the core as an exception: `humantwin._error.error_of` knows the class of each code.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let make = MAKE
        .get_or_try_init(py, || Ok::<_, PyErr>(py.import("humantwin._error")?.getattr("error_of")?.unbind()));
    let made = make.and_then(|make| {
        make.bind(py).call1((error.code.as_str(), error.message.as_str(), error.context.as_deref()))
    });
    made.map_or_else(|why| why, PyErr::from_value)
}

/// A value that is none.
pub(crate) fn invalid(py: Python<'_>, message: impl Into<String>) -> PyErr {
    raised(py, &Error::new(Code::InvalidValue, message))
}

/// A text from Python. Half a character (a lone surrogate) is refused: no other language could read it.
pub(crate) struct Text(pub(crate) String);

impl<'a, 'py> FromPyObject<'a, 'py> for Text {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let py = value.py();
        let Ok(text) = value.cast::<PyString>() else {
            return Err(invalid(py, "a value is no text where a text is expected"));
        };
        match text.to_str() {
            Ok(text) => Ok(Self(text.to_owned())),
            Err(_) => Err(invalid(py, "a text holds half a character (a lone surrogate)")),
        }
    }
}
