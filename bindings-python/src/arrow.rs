//! Frames: samples in and out through the Arrow PyCapsule interface, whoever's frame it is.

use crate::errors::{Text, invalid};
use arrow_array::types::{DurationMicrosecondType, Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, DurationMicrosecondArray, Float64Array, PrimitiveArray, RecordBatch,
    RecordBatchReader, StructArray, TimestampMicrosecondArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;
use std::sync::Arc;

/// Starts, durations, values.
type Columns<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<f64>>);

/// The columns of a frame: `start`, `value`, and `duration` where it has one.
#[pyfunction]
pub(crate) fn frame_columns<'py>(py: Python<'py>, frame: &Bound<'py, PyAny>) -> PyResult<Columns<'py>> {
    let no_frame = |_| invalid(py, "this is no frame: it has no Arrow interface");
    let reader = frame.extract::<AnyRecordBatch>().map_err(no_frame)?.into_reader()?;
    let read = py.detach(|| read(reader));
    let (starts, durations, values) = read.map_err(|why| invalid(py, why))?;
    Ok((starts.into_pyarray(py), durations.into_pyarray(py), values.into_pyarray(py)))
}

type Read = (Vec<i64>, Vec<i64>, Vec<f64>);

fn read(reader: Box<dyn RecordBatchReader + Send>) -> Result<Read, String> {
    let (mut starts, mut durations, mut values) = Read::default();
    for batch in reader {
        let batch = batch.map_err(|why| format!("the frame cannot be read: {why}"))?;
        let column =
            |name: &str| batch.column_by_name(name).ok_or(format!("the frame has no column `{name}`"));
        starts.extend_from_slice(times(column("start")?)?.values());
        values.extend_from_slice(numbers(column("value")?)?.values());
        if let Ok(found) = column("duration") {
            durations.extend_from_slice(spans(found)?.values());
        }
    }
    Ok((starts, durations, values))
}

fn times(column: &ArrayRef) -> Result<PrimitiveArray<Int64Type>, String> {
    match column.data_type() {
        DataType::Timestamp(_, Some(_)) => {
            let utc = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
            let times = typed::<TimestampMicrosecondType>(column, "start", &utc)?;
            Ok(times.reinterpret_cast())
        }
        DataType::Timestamp(_, None) => Err("`start` has no zone: nobody knows when it was".into()),
        DataType::Int64 => typed(column, "start", &DataType::Int64),
        _ => Err("`start` is neither a time with a zone nor int64 microseconds".into()),
    }
}

fn spans(column: &ArrayRef) -> Result<PrimitiveArray<Int64Type>, String> {
    match column.data_type() {
        DataType::Duration(_) => {
            let micros = DataType::Duration(TimeUnit::Microsecond);
            Ok(typed::<DurationMicrosecondType>(column, "duration", &micros)?.reinterpret_cast())
        }
        DataType::Int64 => typed(column, "duration", &DataType::Int64),
        _ => Err("`duration` is neither a duration nor int64 microseconds".into()),
    }
}

fn numbers(column: &ArrayRef) -> Result<PrimitiveArray<Float64Type>, String> {
    let kind = column.data_type();
    if !kind.is_floating() && !kind.is_integer() {
        return Err("`value` is no number".into());
    }
    let numbers = typed::<Float64Type>(column, "value", &DataType::Float64)?;
    let exact = 2_f64.powi(53);
    if kind.is_integer() && numbers.values().iter().any(|value| value.abs() > exact) {
        return Err("a value is beyond 2^53, where not every whole number is exact".into());
    }
    Ok(numbers)
}

/// A column as a type, without gaps.
fn typed<T: ArrowPrimitiveType>(
    column: &ArrayRef,
    name: &str,
    kind: &DataType,
) -> Result<PrimitiveArray<T>, String> {
    if column.null_count() > 0 {
        return Err(format!("`{name}` has {} missing, leave these rows out", column.null_count()));
    }
    let column = cast(column, kind).map_err(|why| format!("`{name}` cannot be read: {why}"))?;
    if column.null_count() > 0 {
        return Err(format!("`{name}` has a value out of range"));
    }
    let found = column.as_any().downcast_ref::<PrimitiveArray<T>>();
    found.cloned().ok_or_else(|| format!("`{name}` cannot be read"))
}

/// Samples as a frame: an Arrow stream with the columns `start`, `duration`, `value`.
#[pyclass(frozen, module = "humantwin._native")]
pub(crate) struct Frame {
    unit: String,
    batch: RecordBatch,
}

#[pymethods]
impl Frame {
    /// From columns.
    #[new]
    fn new(
        py: Python<'_>,
        unit: Text,
        starts_us: PyReadonlyArray1<'_, i64>,
        durations_us: PyReadonlyArray1<'_, i64>,
        values: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<Self> {
        let starts = TimestampMicrosecondArray::from_iter_values(starts_us.as_array().iter().copied());
        let columns: Vec<ArrayRef> = vec![
            Arc::new(starts.with_timezone("UTC")),
            Arc::new(DurationMicrosecondArray::from_iter_values(durations_us.as_array().iter().copied())),
            Arc::new(Float64Array::from_iter_values(values.as_array().iter().copied())),
        ];
        let batch = RecordBatch::try_new(schema(&unit.0), columns);
        let batch = batch.map_err(|why| invalid(py, why.to_string()))?;
        Ok(Self { unit: unit.0, batch })
    }

    /// The Arrow stream.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: ArrayRef = Arc::new(StructArray::from(self.batch.clone()));
        let field = Arc::new(Field::new_struct("", self.batch.schema().fields().clone(), false));
        let stream = Box::new(ArrayIterator::new([Ok(rows)], field));
        Ok(to_stream_pycapsule(py, stream, requested_schema)?)
    }

    /// UCUM unit of the values.
    #[getter]
    fn unit(&self) -> &str {
        &self.unit
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<humantwin.Frame of {} samples in `{}`>", self.batch.num_rows(), self.unit)
    }
}

fn schema(unit: &str) -> SchemaRef {
    let utc = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    let value = Field::new("value", DataType::Float64, false);
    Arc::new(Schema::new(vec![
        Field::new("start", utc, false),
        Field::new("duration", DataType::Duration(TimeUnit::Microsecond), false),
        value.with_metadata([("unit".to_owned(), unit.to_owned())].into()),
    ]))
}
