//! The native module of the Python package: a thin shell around the door of `humantwin`.
//!
//! The package around it (`python/humantwin`) gives it types, one method per verb and Python's manners. What is
//! here knows no verb, event or model by name. Every call lets other threads of Python run meanwhile.

#[cfg(feature = "arrow")]
mod arrow;
mod errors;
mod handles;
mod watch;

use pyo3::prelude::*;
use std::io::Write;
use std::process::ExitCode;

/// The native part of humantwin.
#[pymodule]
mod _native {
    #[cfg(feature = "arrow")]
    #[pymodule_export]
    use super::arrow::{Frame, frame_columns};
    #[pymodule_export]
    use super::handles::{Engine, Twin};
    #[pymodule_export]
    use super::run_command;
    #[pymodule_export]
    use super::watch::{Subscription, Watch};
}

/// Runs the `humantwin` command and gives its exit code.
#[pyfunction]
fn run_command(py: Python<'_>, args: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| {
        let code = humantwin_cli::run(args);
        // A library has no end at which this would happen by itself.
        drop(std::io::stdout().flush());
        (0..=u8::MAX).find(|number| ExitCode::from(*number) == code).unwrap_or(1)
    })
}
