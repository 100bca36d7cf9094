//! The WebAssembly half of the npm package `humantwin-wasm`: the door's handles as classes of JavaScript.
//!
//! An error is an exception that is JSON: `code`, `message`, `context`; `twin.mjs` makes the error class of it.

#![cfg(target_arch = "wasm32")]

use humantwin::border::{Answer, Door, SeriesColumns, TwinDoor, WatchDoor};
use humantwin::{Clock, Error, Result, Subscription, Timestamp};
use js_sys::{Function, Uint8Array};
use std::sync::Arc;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// The clock of the page.
struct HostClock;

impl Clock for HostClock {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates; milliseconds since 1970 fit")]
    fn now(&self) -> Timestamp {
        Timestamp::from_micros((js_sys::Date::now() * 1000.0) as i64)
    }
}

/// An error as an exception with its JSON.
fn told(error: Error) -> JsError {
    let Error { code, message, context } = error;
    JsError::new(
        &serde_json::json!({ "code": code.as_str(), "message": message, "context": context }).to_string(),
    )
}

/// An open engine.
#[wasm_bindgen(js_name = Engine)]
pub struct WasmEngine(Door);

/// Opens an engine: `options` is the JSON of `OpenOptions`.
#[wasm_bindgen]
pub fn open(options: &str) -> Result<WasmEngine, JsError> {
    Door::open(options, Arc::new(HostClock)).map(WasmEngine).map_err(told)
}

#[wasm_bindgen(js_class = Engine)]
impl WasmEngine {
    /// The twin of a person; `access` is JSON, or empty.
    pub fn twin(&self, person: &str, access: &str) -> Result<WasmTwin, JsError> {
        self.0.twin(person, access).map(WasmTwin).map_err(told)
    }

    /// Closes the engine and lets go of its memory.
    pub fn close(&self) {
        self.0.close();
    }

    /// Was it closed?
    #[wasm_bindgen(getter)]
    pub fn closed(&self) -> bool {
        self.0.is_closed()
    }
}

/// A twin.
#[wasm_bindgen(js_name = Twin)]
pub struct WasmTwin(TwinDoor);

/// Columns.
#[wasm_bindgen(getter_with_clone)]
pub struct Columns {
    /// UCUM unit.
    pub unit: String,
    /// UTC microseconds.
    pub starts: Vec<i64>,
    /// Microseconds.
    pub durations: Vec<i64>,
    /// Values.
    pub values: Vec<f64>,
}

#[wasm_bindgen(js_class = Twin)]
impl WasmTwin {
    /// Calls a verb; gives text or bytes.
    pub fn call(&self, verb: &str, request: &str, bytes: Option<Vec<u8>>) -> Result<JsValue, JsError> {
        Ok(match self.0.call(verb, request, bytes.as_deref(), None).map_err(told)? {
            Answer::Json(text) | Answer::Text(text) => text.into(),
            Answer::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        })
    }

    /// Records columns; gives the JSON of a `RecordedView`.
    #[wasm_bindgen(js_name = recordSeries)]
    pub fn record_series(
        &self,
        source: &str,
        metric: &str,
        unit: &str,
        starts: &[i64],
        durations: &[i64],
        values: &[f64],
    ) -> Result<String, JsError> {
        let view = self.0.record_series(source, metric, unit, starts, durations, values).map_err(told)?;
        Ok(serde_json::to_string(&view)?)
    }

    /// Reads columns; `query` is the JSON of a `SeriesQuery`.
    pub fn series(&self, query: &str) -> Result<Columns, JsError> {
        let SeriesColumns { unit, starts_us, durations_us, values } = self.0.series(query).map_err(told)?;
        Ok(Columns { unit, starts: starts_us, durations: durations_us, values })
    }

    /// Looks at days or windows; `request` is the JSON of a `WatchRequest`.
    pub fn watch(&self, request: &str) -> Result<WasmWatch, JsError> {
        self.0.watch(request).map(WasmWatch).map_err(told)
    }

    /// As `watch`, and tells `told` the JSON of a `WatchView` after each verb that wrote. `told` must not throw.
    #[wasm_bindgen(js_name = watchWith)]
    pub fn watch_with(&self, request: &str, told: Function) -> Result<WasmSubscription, JsError> {
        // The wrapper in `twin.mjs` only queues: there is nothing to hear back.
        let tell = Box::new(move |view: &str| drop(told.call1(&JsValue::UNDEFINED, &view.into())));
        self.0.watch_with(request, tell).map(|ends| WasmSubscription { _ends: ends }).map_err(self::told)
    }
}

/// A look that remembers the look before.
#[wasm_bindgen(js_name = Watch)]
pub struct WasmWatch(WatchDoor);

#[wasm_bindgen(js_class = Watch)]
impl WasmWatch {
    /// What differs since the look before, as the JSON of a `WatchView`.
    pub fn poll(&self) -> Result<String, JsError> {
        self.0.poll().map_err(told)
    }
}

/// A standing wish to hear of changes; freeing it ends it.
#[wasm_bindgen(js_name = Subscription)]
pub struct WasmSubscription {
    _ends: Subscription,
}
