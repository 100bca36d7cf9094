use serde::Serialize;
use std::fmt::Write;

/// What a value is compared with, measured in the same run.
#[derive(Clone, Debug, Serialize)]
pub struct Against {
    /// What it is.
    pub name: String,
    /// Its value in the line's unit.
    pub value: f64,
    /// The line's value over it.
    pub ratio: f64,
}

/// One line of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What is measured.
    pub name: String,
    /// Where the figure holds.
    pub stage: String,
    /// The figure; absent where the part is not built or the data is not there.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// What it is compared with.
    pub against: Option<Against>,
    /// What must be reached.
    pub floor: Option<String>,
    /// What is wanted.
    pub aim: Option<String>,
    /// Is the floor reached? Absent for figures without one.
    pub ok: Option<bool>,
    /// What else should be known.
    pub note: String,
}

/// Parts of the design's table that are not built yet.
pub(crate) const ABSENT: &[&str] = &[
    "call overhead of the bindings",
    "100,000 samples in through the bindings",
    "native library for a phone",
    "wasm package",
];

impl Line {
    /// A figure without a bound.
    pub(crate) fn new(name: &str, stage: &str, value: f64, unit: &str) -> Self {
        Self {
            name: name.into(),
            stage: stage.into(),
            value: Some(value),
            unit: unit.into(),
            against: None,
            floor: None,
            aim: None,
            ok: None,
            note: String::new(),
        }
    }

    pub(crate) fn absent(name: &str) -> Self {
        let note = "not built".into();
        Self { value: None, note, ..Self::new(name, "", 0.0, "") }
    }

    pub(crate) fn against(mut self, name: &str, value: f64) -> Self {
        let ratio = self.value.unwrap_or(0.0) / value;
        self.against = Some(Against { name: name.into(), value, ratio });
        self
    }

    pub(crate) fn at_least(mut self, floor: f64, aim: f64) -> Self {
        self.ok = self.value.map(|v| v >= floor);
        (self.floor, self.aim) = (Some(format!("≥ {}", short(floor))), Some(format!("≥ {}", short(aim))));
        self
    }

    pub(crate) fn at_most(mut self, floor: f64, aim: f64) -> Self {
        self.ok = self.value.map(|v| v <= floor);
        (self.floor, self.aim) = (Some(format!("≤ {}", short(floor))), Some(format!("≤ {}", short(aim))));
        self
    }

    /// The bound is on the ratio.
    pub(crate) fn ratio_at_least(mut self, floor: f64, aim: f64) -> Self {
        self.ok = self.against.as_ref().map(|a| a.ratio >= floor);
        (self.floor, self.aim) = (Some(format!("{}×", short(floor))), Some(format!("{}×", short(aim))));
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

fn short(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if size >= 1e6 => format!("{:.2} M", value / 1e6),
        _ if size >= 1e4 => format!("{:.0} k", value / 1e3),
        _ if size >= 100.0 => format!("{value:.0}"),
        _ if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The lines as text: one row each.
#[must_use]
pub fn table(lines: &[Line]) -> String {
    let mut out = String::from(
        "| what | stage | value | against | ratio | floor | aim | ok | note |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for line in lines {
        let value = line.value.map_or("–".into(), |v| format!("{} {}", short(v), line.unit));
        let (against, ratio) = line.against.as_ref().map_or((String::new(), String::new()), |a| {
            (format!("{} {}", a.name, short(a.value)), short(a.ratio))
        });
        let ok = match line.ok {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {value} | {against} | {ratio} | {} | {} | {ok} | {} |",
            line.name,
            line.stage,
            text(&line.floor),
            text(&line.aim),
            line.note
        );
    }
    out
}
