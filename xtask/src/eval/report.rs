//! What an evaluation says, as text and as JSON.

use serde_json::{Map, Value, json};

/// One figure with its 90 % interval over people, where it was bootstrapped.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) interval: Option<(f64, f64)>,
}

/// The result of one task.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub(super) task: String,
    /// Predictions that were scored.
    pub(super) n: usize,
    pub(super) people: usize,
    /// What the model reached.
    pub(super) metrics: Vec<Figure>,
    /// What simple predictors reach on the same rows.
    pub(super) baselines: Vec<Figure>,
    /// What should not work, and how well it does.
    pub(super) controls: Vec<Figure>,
    /// What one must know to read the figures.
    pub(super) notes: Vec<String>,
}

impl Figure {
    pub(super) fn new(name: &str, value: f64) -> Self {
        Self { name: name.into(), value, interval: None }
    }
}

impl Report {
    pub(super) fn json(&self) -> Value {
        let all = || self.metrics.iter().chain(&self.baselines).chain(&self.controls);
        let intervals: Map<String, Value> = all()
            .filter_map(|f| f.interval.map(|(low, high)| (f.name.clone(), json!([low, high]))))
            .collect();
        json!({
            "task": self.task, "n": self.n, "people": self.people,
            "metrics": object(&self.metrics), "baselines": object(&self.baselines),
            "controls": object(&self.controls), "intervals": intervals, "notes": self.notes,
        })
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{}: {} predictions, {} people\n", self.task, self.n, self.people);
        for (title, figures) in
            [("metrics", &self.metrics), ("baselines", &self.baselines), ("controls", &self.controls)]
        {
            if figures.is_empty() {
                continue;
            }
            text.push_str(&format!("{title}\n"));
            for figure in figures {
                let interval =
                    figure.interval.map_or_else(String::new, |(l, h)| format!("  [{l:.4}, {h:.4}]"));
                text.push_str(&format!("  {:<44} {:>9.4}{interval}\n", figure.name, figure.value));
            }
        }
        for note in &self.notes {
            text.push_str(&format!("note: {note}\n"));
        }
        text
    }
}

fn object(figures: &[Figure]) -> Value {
    figures.iter().map(|f| (f.name.clone(), json!(f.value))).collect::<Map<_, _>>().into()
}
