//! `reporting.csv`: weight, drinks, alcohol and meals, asked once a day by an online form. Days are
//! written day first, times without a zone.

use super::super::dates::{Around, Candidates, Column, Order, resolve};
use super::super::out::{Out, number, origin};
use super::super::rows::{Header, Row, Rows};
use super::super::times::{Time, clock_us, split};
use std::io::BufRead;
use twin_core::event::{
    AlcoholConsumed, EventBody, KeptField, KeptValue, MeasurementRecorded, MessageKept, Recording,
};
use twin_core::{LocalDate, MetricId, Result};

/// Rows looked at before the first is used, to learn the order of the dates.
const AHEAD: usize = 20_000;

struct Columns {
    date: usize,
    timestamp: usize,
    meals: Option<usize>,
    weight: Option<usize>,
    glasses: Option<usize>,
    alcohol: Option<usize>,
    order: Column,
}

/// Reads the form's answers.
///
/// # Errors
/// As `read_file`.
pub(in super::super) fn read(input: &mut dyn BufRead, out: &mut Out<'_>) -> Result<()> {
    let mut rows = Rows::open(input)?;
    let header = Header::read(&mut rows, out)?;
    let mut columns = Columns {
        date: header.require("date")?,
        timestamp: header.require("timestamp")?,
        meals: header.find(&["meals"]),
        weight: header.find(&["weight"]),
        glasses: header.find(&["glasses_of_fluid"]),
        alcohol: header.find(&["alcohol_consumed"]),
        order: Column::default(),
    };
    let mut ahead = Vec::new();
    while ahead.len() < AHEAD {
        let Some(row) = rows.next(out)? else { break };
        columns.order.see(row.get(columns.date));
        columns.order.see(split(row.get(columns.timestamp)).0);
        ahead.push(row);
    }
    for row in ahead {
        one(out, &row, &columns)?;
    }
    while let Some(row) = rows.next(out)? {
        one(out, &row, &columns)?;
    }
    Ok(())
}

fn day(text: &str, columns: &Columns) -> Option<LocalDate> {
    let around =
        Around { column: columns.order, native: Order::DayFirst, clean: None, before: None, after: None };
    resolve(Candidates::of(text), &around)
}

fn one(out: &mut Out<'_>, row: &Row, columns: &Columns) -> Result<()> {
    let about = day(row.get(columns.date), columns);
    let (date, clock) = split(row.get(columns.timestamp));
    let time = day(date, columns).zip(clock_us(clock)).map(|(day, us)| Time::Wall(day, us));
    let (Some(about), Some(time)) = (about, time) else {
        let open = Candidates::of(date).certain().is_none() && columns.order.is_mixed();
        let code = if open { "ambiguous_date" } else { "bad_time" };
        out.refuse_line(code, row.line, "the date or the time of answering cannot be read");
        return Ok(());
    };
    if (time.day().days() - about.days()).abs() > 7 {
        out.warn_once(
            "late_answer",
            "some answers were given more than a week away from the day they are about; both are kept",
        );
    }
    let (at, offset) = out.instant(time);
    let mut source = origin("googledocs");
    source.recording = Some(Recording::Manual);
    let tell = |out: &mut Out<'_>, body: EventBody| {
        let mut content = out.content(&source, at, Some(offset), body);
        content.civil_date = Some(about);
        out.fact(content)
    };
    for (column, metric, unit) in
        [(columns.weight, "body_weight", "kg"), (columns.glasses, "googledocs:glasses_of_fluid", "{glass}")]
    {
        match column.map(|c| number(row.get(c))) {
            Some(Ok(Some(value))) => {
                let metric = MetricId::lossy(metric);
                tell(out, MeasurementRecorded { metric, value, unit: unit.into(), start: None }.into())?;
            }
            Some(Ok(None)) => out.missing(),
            Some(Err(())) => {
                out.refuse("bad_number", format!("line {} {metric}", row.line), "the answer is no number")
            }
            None => {}
        }
    }
    let mut fields = Vec::new();
    let mut keep = |name: &str, text: &str| {
        let value = KeptValue::Text(text.chars().take(1000).collect());
        fields.push(KeptField { name: name.into(), value, unit: None });
    };
    match columns.alcohol.map(|c| row.get(c)) {
        Some("Yes") => tell(out, AlcoholConsumed { drinks: None, consumed: true }.into())?,
        Some("No") => tell(out, AlcoholConsumed { drinks: None, consumed: false }.into())?,
        Some("") => out.missing(),
        // "Maybe" and "Do not want to provide this information" are neither.
        Some(other) => keep("alcohol_consumed", other),
        None => {}
    }
    match columns.meals.map(|c| row.get(c)) {
        Some("") => out.missing(),
        Some(meals) => keep("meals", meals),
        None => {}
    }
    if fields.is_empty() {
        return Ok(());
    }
    tell(out, MessageKept { format: "googledocs".into(), message: "reporting".into(), fields }.into())
}
