//! The native half of the npm package `humantwin`: the door's handles as classes of Node.
//!
//! Every call that may take time runs on a thread of libuv's pool and gives a promise. An error is an exception
//! whose message is JSON: `code`, `message`, `context`; `twin.mjs` makes the error class of it.

use humantwin::border::{self, Door, TwinDoor, WatchDoor};
use humantwin::{Error, Result, Subscription, SystemClock};
use napi::bindgen_prelude::{
    AsyncTask, BigInt64Array, Either, Float64Array, Function, ToNapiValue, TypeName, Uint8Array,
};
use napi::threadsafe_function::ThreadsafeFunctionCallMode::NonBlocking;
use napi::{Env, Task};
use napi_derive::napi;
use std::sync::{Arc, Mutex, PoisonError};

/// Work for another thread.
pub struct Work<T>(Option<Box<dyn FnOnce() -> Result<T> + Send>>);

impl<T: Send + ToNapiValue + TypeName + 'static> Work<T> {
    fn promise(run: impl FnOnce() -> Result<T> + Send + 'static) -> AsyncTask<Self> {
        AsyncTask::new(Self(Some(Box::new(run))))
    }
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Work<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let run = self.0.take().ok_or_else(|| napi::Error::from_reason("this work was done"))?;
        run().map_err(told)
    }

    fn resolve(&mut self, _: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}

/// An error as an exception with its JSON.
fn told(error: Error) -> napi::Error {
    let Error { code, message, context } = error;
    let json = serde_json::json!({ "code": code.as_str(), "message": message, "context": context });
    napi::Error::from_reason(json.to_string())
}

/// An open engine.
#[napi(js_name = "Engine")]
pub struct NativeEngine(Door);

/// Opens an engine: `options` is the JSON of `OpenOptions`.
#[napi]
pub fn open(options: String) -> AsyncTask<Work<NativeEngine>> {
    Work::promise(move || Door::open(&options, Arc::new(SystemClock)).map(NativeEngine))
}

#[napi]
impl NativeEngine {
    /// The twin of a person; `access` is JSON, or empty.
    #[napi]
    pub fn twin(&self, person: String, access: String) -> AsyncTask<Work<NativeTwin>> {
        let door = self.0.clone();
        Work::promise(move || door.twin(&person, &access).map(NativeTwin))
    }

    /// Closes the engine; the file is free when the promise settles and no call is under way.
    #[napi]
    pub fn close(&self) -> AsyncTask<Work<()>> {
        let door = self.0.clone();
        Work::promise(move || {
            door.close();
            Ok(())
        })
    }

    /// Was it closed?
    #[napi(getter)]
    pub fn closed(&self) -> bool {
        self.0.is_closed()
    }
}

/// A twin.
#[napi(js_name = "Twin")]
pub struct NativeTwin(TwinDoor);

/// Columns.
#[napi(object)]
pub struct Columns {
    /// UCUM unit.
    pub unit: String,
    /// UTC microseconds.
    pub starts: BigInt64Array,
    /// Microseconds.
    pub durations: BigInt64Array,
    /// Values.
    pub values: Float64Array,
}

#[napi]
impl NativeTwin {
    /// Calls a verb; gives text or bytes.
    #[napi]
    pub fn call(
        &self,
        verb: String,
        request: String,
        bytes: Option<Uint8Array>,
    ) -> AsyncTask<Work<Either<String, Uint8Array>>> {
        // A copy: what the caller does to the array meanwhile must not reach the other thread.
        let (twin, bytes) = (self.0.clone(), bytes.map(|b| b.to_vec()));
        Work::promise(move || {
            Ok(match twin.call(&verb, &request, bytes.as_deref(), None)? {
                border::Answer::Json(text) | border::Answer::Text(text) => Either::A(text),
                border::Answer::Bytes(bytes) => Either::B(bytes.into()),
            })
        })
    }

    /// Records columns; gives the JSON of a `RecordedView`.
    #[napi]
    pub fn record_series(
        &self,
        source: String,
        metric: String,
        unit: String,
        starts: BigInt64Array,
        durations: BigInt64Array,
        values: Float64Array,
    ) -> AsyncTask<Work<String>> {
        let twin = self.0.clone();
        let (starts, durations, values) = (starts.to_vec(), durations.to_vec(), values.to_vec());
        Work::promise(move || {
            let view = twin.record_series(&source, &metric, &unit, starts, durations, values)?;
            serde_json::to_string(&view).map_err(|e| Error::new(humantwin::Code::Internal, e.to_string()))
        })
    }

    /// Reads columns; `query` is the JSON of a `SeriesQuery`.
    #[napi]
    pub fn series(&self, query: String) -> AsyncTask<Work<Columns>> {
        let twin = self.0.clone();
        Work::promise(move || {
            let border::SeriesColumns { unit, starts_us, durations_us, values } = twin.series(&query)?;
            let (starts, durations) = (starts_us.into(), durations_us.into());
            Ok(Columns { unit, starts, durations, values: values.into() })
        })
    }

    /// Looks at days or windows; `request` is the JSON of a `WatchRequest`.
    #[napi]
    pub fn watch(&self, request: String) -> AsyncTask<Work<NativeWatch>> {
        let twin = self.0.clone();
        Work::promise(move || Ok(NativeWatch::new(Watching::Polled(twin.watch(&request)?))))
    }

    /// As `watch`, and tells `told` the JSON of a `WatchView` after each verb that wrote. `told` must not throw.
    #[napi]
    pub fn watch_with(
        &self,
        request: String,
        told: Function<'_, String, ()>,
    ) -> napi::Result<AsyncTask<Work<NativeWatch>>> {
        // Weak: a watch alone does not keep the process alive.
        let queue = told.build_threadsafe_function().callee_handled::<false>().weak::<true>().build()?;
        let twin = self.0.clone();
        Ok(Work::promise(move || {
            let told = Box::new(move |view: &str| {
                queue.call(view.to_owned(), NonBlocking);
            });
            Ok(NativeWatch::new(Watching::Pushed { _ends: twin.watch_with(&request, told)? }))
        }))
    }
}

/// How it is watched.
enum Watching {
    Polled(WatchDoor),
    Pushed { _ends: Subscription },
}

/// A watch; closing it ends it.
#[napi(js_name = "Watch")]
pub struct NativeWatch(Arc<Mutex<Option<Watching>>>);

impl NativeWatch {
    fn new(watching: Watching) -> Self {
        Self(Arc::new(Mutex::new(Some(watching))))
    }
}

#[napi]
impl NativeWatch {
    /// What differs since the look before, as the JSON of a `WatchView`.
    #[napi]
    pub fn poll(&self) -> AsyncTask<Work<String>> {
        let watching = Arc::clone(&self.0);
        Work::promise(move || match &*watching.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Watching::Polled(watch)) => watch.poll(),
            _ => Err(Error::new(humantwin::Code::NotFound, "the watch has ended")),
        })
    }

    /// Ends it.
    #[napi]
    pub fn close(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
