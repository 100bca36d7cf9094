//! The twin's handle: verbs by name, columns as bytes.

use crate::bytes::Bytes;
use crate::error::Result;
use crate::watch::{BorderSubscription, BorderWatch, Told};
use humantwin::border::{Answer, TwinDoor, columns_from_bytes, columns_to_bytes};
use humantwin::{Code, Error};
use std::sync::Arc;

/// One person's twin, bound to an access.
#[derive(uniffi::Object)]
pub struct BorderTwin(pub(crate) TwinDoor);

/// Samples on their way out.
#[derive(uniffi::Record)]
pub struct BorderColumns {
    /// UCUM unit of the values.
    pub unit: String,
    /// Starts, durations and values, as `columns_to_bytes` writes them.
    pub columns: Bytes,
}

/// Hears how far a long call is.
#[uniffi::export(callback_interface)]
pub trait Progress: Send + Sync {
    /// So many bytes are read; `false` stops the call; what was read is kept.
    fn read(&self, bytes: u64) -> bool;
}

#[uniffi::export]
impl BorderTwin {
    /// Calls a verb that answers with text, JSON or plain.
    ///
    /// # Errors
    /// As `TwinDoor::call`.
    pub fn call(
        &self,
        verb: String,
        request: String,
        bytes: Option<Bytes>,
        progress: Option<Box<dyn Progress>>,
    ) -> Result<String> {
        match self.answer(&verb, &request, bytes, progress)? {
            Answer::Json(text) | Answer::Text(text) => Ok(text),
            Answer::Bytes(_) => Err(other_lane(&verb, "bytes")),
        }
    }

    /// Calls a verb that answers with bytes.
    ///
    /// # Errors
    /// As `TwinDoor::call`.
    pub fn call_bytes(
        &self,
        verb: String,
        request: String,
        bytes: Option<Bytes>,
        progress: Option<Box<dyn Progress>>,
    ) -> Result<Bytes> {
        match self.answer(&verb, &request, bytes, progress)? {
            Answer::Bytes(bytes) => crossing(bytes),
            Answer::Json(_) | Answer::Text(_) => Err(other_lane(&verb, "text")),
        }
    }

    /// Records samples; `columns` as `columns_to_bytes` writes them. Gives the JSON of a `RecordedView`.
    ///
    /// # Errors
    /// As `TwinDoor::record_series`.
    pub fn record_series(
        &self,
        source: String,
        metric: String,
        unit: String,
        columns: Bytes,
    ) -> Result<String> {
        let c = columns_from_bytes(&columns.0)?;
        let view = self.0.record_series(&source, &metric, &unit, c.starts_us, c.durations_us, c.values)?;
        let unwritten = |_| Error::new(Code::Internal, "an answer could not be written as JSON");
        Ok(serde_json::to_string(&view).map_err(unwritten)?)
    }

    /// Reads samples; `query` is the JSON of a `SeriesQuery`.
    ///
    /// # Errors
    /// As `TwinDoor::series`.
    pub fn series(&self, query: String) -> Result<BorderColumns> {
        let found = self.0.series(&query)?;
        Ok(BorderColumns { columns: crossing(columns_to_bytes(&found))?, unit: found.unit })
    }

    /// Watches; `request` is the JSON of a `WatchRequest`.
    ///
    /// # Errors
    /// As `TwinDoor::watch`.
    pub fn watch(&self, request: String) -> Result<Arc<BorderWatch>> {
        Ok(Arc::new(BorderWatch(self.0.watch(&request)?)))
    }

    /// Watches, and tells of the differences after each verb that wrote, until the subscription is let go.
    ///
    /// # Errors
    /// As `TwinDoor::watch_with`.
    pub fn watch_with(&self, request: String, told: Box<dyn Told>) -> Result<Arc<BorderSubscription>> {
        let told = Box::new(move |view: &str| told.changed(view.to_owned()));
        Ok(Arc::new(BorderSubscription::new(self.0.watch_with(&request, told)?)))
    }

    /// The person's id.
    pub fn person(&self) -> String {
        self.0.person().into()
    }
}

impl BorderTwin {
    fn answer(
        &self,
        verb: &str,
        request: &str,
        bytes: Option<Bytes>,
        progress: Option<Box<dyn Progress>>,
    ) -> Result<Answer> {
        let bytes = bytes.as_ref().map(|bytes| bytes.0.as_slice());
        let Some(progress) = progress else { return Ok(self.0.call(verb, request, bytes, None)?) };
        let mut read = |so_far: u64| progress.read(so_far);
        Ok(self.0.call(verb, request, bytes, Some(&mut read))?)
    }
}

/// Bytes on their way out: a host's array holds no more than 2 GiB.
fn crossing(bytes: Vec<u8>) -> Result<Bytes> {
    if i32::try_from(bytes.len()).is_err() {
        return Err(
            Error::new(Code::Unsupported, "more than 2 GiB do not cross at once; ask for less").into()
        );
    }
    Ok(Bytes(bytes))
}

fn other_lane(verb: &str, lane: &str) -> crate::BorderError {
    Error::new(Code::InvalidValue, format!("`{verb}` answers with {lane}")).into()
}
