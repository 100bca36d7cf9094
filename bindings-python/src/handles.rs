//! Engine and twin.

use crate::errors::{Text, invalid, raised};
use crate::watch::{Subscription, Watch};
use humantwin::border::{Answer, Door, TwinDoor};
use humantwin::{Result, SystemClock};
use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyString};
use std::sync::Arc;

/// Starts, durations and values of samples.
type Columns<'py> = (String, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<f64>>);

/// Runs a call of the core while other threads of Python go on.
pub(crate) fn aside<T: Send>(py: Python<'_>, run: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    py.detach(run).map_err(|error| raised(py, &error))
}

/// An engine.
#[pyclass(frozen, module = "humantwin._native")]
pub(crate) struct Engine(Door);

#[pymethods]
impl Engine {
    /// Opens an engine; `options` is JSON.
    #[new]
    fn new(py: Python<'_>, options: Text) -> PyResult<Self> {
        aside(py, || Door::open(&options.0, Arc::new(SystemClock))).map(Self)
    }

    /// A person's twin; `access` is JSON, empty for their own use.
    fn twin(&self, py: Python<'_>, person: Text, access: Text) -> PyResult<Twin> {
        aside(py, || self.0.twin(&person.0, &access.0)).map(Twin)
    }

    /// Closes it.
    fn close(&self, py: Python<'_>) {
        py.detach(|| self.0.close());
    }

    /// Was it closed?
    #[getter]
    fn closed(&self) -> bool {
        self.0.is_closed()
    }
}

/// A twin.
#[pyclass(frozen, module = "humantwin._native")]
pub(crate) struct Twin(TwinDoor);

#[pymethods]
impl Twin {
    /// Calls a verb by name: JSON and bytes in, JSON, text or bytes out.
    #[pyo3(signature = (verb, request, data=None, progress=None))]
    fn call<'py>(
        &self,
        py: Python<'py>,
        verb: &str,
        request: Text,
        data: Option<PyBackedBytes>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut failed = None;
        let mut tell = |bytes: u64| {
            Python::attach(|py| match told(py, progress.as_ref(), bytes) {
                Ok(go_on) => go_on,
                Err(why) => {
                    failed = Some(why);
                    false
                }
            })
        };
        let answer = aside(py, || self.0.call(verb, &request.0, data.as_deref(), Some(&mut tell)));
        if let Some(why) = failed {
            return Err(why);
        }
        Ok(match answer? {
            Answer::Json(text) | Answer::Text(text) => PyString::new(py, &text).into_any(),
            Answer::Bytes(bytes) => PyBytes::new(py, &bytes).into_any(),
        })
    }

    /// Records samples; the answer is JSON. Contiguous arrays are lent, not copied.
    #[expect(clippy::too_many_arguments, reason = "they are the columns of one request")]
    fn record_series(
        &self,
        py: Python<'_>,
        source: Text,
        metric: Text,
        unit: Text,
        starts_us: PyReadonlyArray1<'_, i64>,
        durations_us: Option<PyReadonlyArray1<'_, i64>>,
        values: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<String> {
        let gap = |_| invalid(py, "a column is not contiguous");
        let starts = starts_us.as_slice().map_err(gap)?;
        let durations = durations_us.as_ref().map_or(Ok(&[][..]), |spans| spans.as_slice()).map_err(gap)?;
        let values = values.as_slice().map_err(gap)?;
        let done =
            aside(py, || self.0.record_series(&source.0, &metric.0, &unit.0, starts, durations, values))?;
        serde_json::to_string(&done).map_err(|why| invalid(py, why.to_string()))
    }

    /// Reads samples: unit, starts, durations, values; `query` is JSON.
    fn series<'py>(&self, py: Python<'py>, query: Text) -> PyResult<Columns<'py>> {
        let columns = aside(py, || self.0.series(&query.0))?;
        Ok((
            columns.unit,
            columns.starts_us.into_pyarray(py),
            columns.durations_us.into_pyarray(py),
            columns.values.into_pyarray(py),
        ))
    }

    /// Watches, to be asked; `request` is JSON.
    fn watch(&self, py: Python<'_>, request: Text) -> PyResult<Watch> {
        aside(py, || self.0.watch(&request.0)).map(Watch::new)
    }

    /// Watches, and tells `callback` the JSON of what differs.
    fn watch_with(&self, py: Python<'_>, request: Text, callback: Py<PyAny>) -> PyResult<Subscription> {
        let told = Box::new(move |text: &str| {
            Python::attach(|py| {
                let callback = callback.bind(py);
                // The write that is told of stands, whatever the callback makes of it.
                if let Err(why) = callback.call1((text,)) {
                    why.write_unraisable(py, Some(callback));
                }
            });
        });
        aside(py, || self.0.watch_with(&request.0, told)).map(Subscription::new)
    }
}

/// Tells how far a call is; a key that interrupts stops it too.
fn told(py: Python<'_>, progress: Option<&Py<PyAny>>, bytes: u64) -> PyResult<bool> {
    py.check_signals()?;
    let Some(progress) = progress else { return Ok(true) };
    let answer = progress.call1(py, (bytes,))?;
    Ok(answer.is_none(py) || answer.is_truthy(py)?)
}
