//! JSON Schemas of the answers, as they are written, and of what callers write.

use crate::view::{DayView, StateView, WindowsView};
use crate::{HistoryView, RecordedView, VerifyView};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use twin_core::estimate::Estimate;

/// Every answer's name and schema, in order of name.
#[must_use]
pub fn views() -> Vec<(&'static str, Schema)> {
    vec![
        ("DayView", of::<DayView>()),
        ("Estimate", of::<Estimate>()),
        ("HistoryView", of::<HistoryView>()),
        ("ImportView", of::<crate::ImportView>()),
        ("MaintainView", of::<crate::MaintainView>()),
        ("MergeReport", of::<crate::MergeReport>()),
        ("RecordedView", of::<RecordedView>()),
        ("StateView", of::<StateView>()),
        ("VerifyView", of::<VerifyView>()),
        ("WatchView", of::<crate::WatchView>()),
        ("WhyView", of::<crate::WhyView>()),
        ("WindowsView", of::<WindowsView>()),
    ]
}

/// What callers write, by name: the mapping of a table, how engines and twins are opened, which samples to read.
#[must_use]
pub fn inputs() -> Vec<(&'static str, Schema)> {
    vec![
        ("access_options", input::<crate::border::AccessOptions>()),
        ("csv_mapping", input::<twin_adapters::files::mapped_csv::CsvMapping>()),
        ("open_options", input::<crate::border::OpenOptions>()),
        ("series_query", input::<crate::border::SeriesQuery>()),
        ("watch_request", input::<crate::border::WatchRequest>()),
    ]
}

fn input<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>()
}

fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
