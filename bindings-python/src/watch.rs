//! Watching.

use crate::handles::aside;
use humantwin::border::WatchDoor;
use humantwin::{Code, Error};
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};

/// A thing that ends once, on request or with its object. It is let go of without the interpreter: a callback
/// on another thread may wait for it.
struct Ending<T: Send>(Mutex<Option<T>>);

impl<T: Send> Ending<T> {
    fn end(&self, py: Python<'_>) {
        py.detach(|| drop(self.take()));
    }

    fn take(&self) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T: Send> Drop for Ending<T> {
    fn drop(&mut self) {
        if let Some(thing) = self.take() {
            Python::attach(|py| py.detach(|| drop(thing)));
        }
    }
}

/// A look that remembers the look before.
#[pyclass(frozen, module = "humantwin._native")]
pub(crate) struct Watch(Ending<WatchDoor>);

impl Watch {
    pub(crate) fn new(door: WatchDoor) -> Self {
        Self(Ending(Mutex::new(Some(door))))
    }
}

#[pymethods]
impl Watch {
    /// What differs since the look before, as JSON.
    fn poll(&self, py: Python<'_>) -> PyResult<String> {
        aside(py, || {
            let door = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
            door.as_ref().ok_or_else(|| Error::new(Code::NotFound, "the watch has ended"))?.poll()
        })
    }

    /// Ends it.
    fn close(&self, py: Python<'_>) {
        self.0.end(py);
    }
}

/// A watch that tells.
#[pyclass(frozen, module = "humantwin._native")]
pub(crate) struct Subscription(Ending<humantwin::Subscription>);

impl Subscription {
    pub(crate) fn new(subscription: humantwin::Subscription) -> Self {
        Self(Ending(Mutex::new(Some(subscription))))
    }
}

#[pymethods]
impl Subscription {
    /// Ends it.
    fn close(&self, py: Python<'_>) {
        self.0.end(py);
    }
}
