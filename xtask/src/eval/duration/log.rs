//! A company's log of tasks, and the forecasts made along it: each from what was finished before it was estimated.

use twin_models::capacity::duration::{DurationModel, Durations, Task};

/// A finished task.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) task: Task,
    pub(super) actual_h: f64,
    /// Day of the estimate; the day of completion stands in where it is not known.
    pub(super) estimated: Option<f64>,
    /// Day of completion, from the same day on.
    pub(super) completed: f64,
}

impl Record {
    /// What was finished before this may be known.
    pub(super) fn asked(&self) -> f64 {
        self.estimated.unwrap_or(self.completed)
    }
}

/// A task, what was said of it, and what simple predictors say of its hours, where they can.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub(super) record: Record,
    pub(super) said: Durations,
    pub(super) simple: [Option<f64>; SIMPLE.len()],
}

/// Simple predictors: the estimate; times the median ratio of all; times that of the person (from five tasks on);
/// the running median of the type.
pub(super) const SIMPLE: [&str; 4] = ["human_estimate", "global_bias", "person_bias", "type_median"];

/// Forecasts of all tasks from `warm` on, of `records` in the order of completion; and how many had none.
pub(super) fn forecasts(records: &[Record], warm: usize) -> (Vec<Scored>, usize) {
    let mut model = DurationModel::new();
    let mut simple = Simple::default();
    let mut asked: Vec<&Record> = records.iter().skip(warm).collect();
    asked.sort_by(|a, b| a.asked().total_cmp(&b.asked()));
    let mut finished = records.iter().peekable();
    let mut night = f64::NEG_INFINITY;
    let (mut out, mut without) = (Vec::new(), 0);
    for record in asked {
        while let Some(done) = finished.next_if(|f| f.completed < record.asked()) {
            if done.completed.floor() > night {
                night = done.completed.floor();
                model.refit(night);
            }
            model.update(&done.task, done.actual_h, done.completed);
            simple.update(done);
        }
        match model.predict(&record.task, record.asked()) {
            Some(said) => {
                out.push(Scored { record: record.clone(), said, simple: simple.predict(&record.task) });
            }
            None => without += 1,
        }
    }
    (out, without)
}

/// What the simple predictors know: ratios and hours in order.
#[derive(Default)]
struct Simple {
    ratios: Vec<f64>,
    of_person: std::collections::BTreeMap<String, Vec<f64>>,
    of_type: std::collections::BTreeMap<String, Vec<f64>>,
}

impl Simple {
    fn update(&mut self, done: &Record) {
        let add = |all: &mut Vec<f64>, v: f64| all.insert(all.partition_point(|x| *x < v), v);
        if let Some(e) = done.task.estimate_h {
            add(&mut self.ratios, done.actual_h / e);
            add(self.of_person.entry(done.task.person.clone()).or_default(), done.actual_h / e);
        }
        add(self.of_type.entry(done.task.kind.clone()).or_default(), done.actual_h);
    }

    fn predict(&self, task: &Task) -> [Option<f64>; SIMPLE.len()] {
        let e = task.estimate_h;
        let all = middle(&self.ratios).unwrap_or(1.0);
        let own = self.of_person.get(&task.person).filter(|r| r.len() >= 5).and_then(|r| middle(r));
        [
            e,
            e.map(|e| e * all),
            e.map(|e| e * own.unwrap_or(all)),
            self.of_type.get(&task.kind).and_then(|hours| middle(hours)),
        ]
    }
}

/// The median of values in order.
fn middle(sorted: &[f64]) -> Option<f64> {
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    Some(if sorted.len() % 2 == 1 { upper } else { 0.5 * (upper + sorted.get(half - 1)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: i32, actual_h: f64, estimated: f64, completed: f64) -> Record {
        let task = Task { estimate_h: Some(2.0), person: "a".into(), ..Task::default() };
        Record { id: id.to_string(), task, actual_h, estimated: Some(estimated), completed }
    }

    #[test]
    fn nothing_finished_on_or_after_the_day_of_the_estimate_is_known() {
        let past: Vec<Record> = (0..40).map(|i| record(i, 2.0, f64::from(i) - 1.0, f64::from(i))).collect();
        let mut told = past.clone();
        // estimated on day 40: what was finished on that day and later may be anything
        told.push(record(40, 2.0, 40.0, 50.0));
        let mut other = told.clone();
        for later in [&mut told, &mut other] {
            later.extend((0..9).map(|i| record(41 + i, 2.0, 30.0, 40.0 + f64::from(i))));
            later.sort_by(|a, b| a.completed.total_cmp(&b.completed));
        }
        for r in other.iter_mut().filter(|r| r.completed >= 40.0) {
            r.actual_h = 90.0;
        }
        let of = |all: &[Record]| {
            let (scored, without) = forecasts(all, 40);
            assert_eq!(without, 0);
            let found = scored.iter().find(|s| s.record.id == "40").unwrap();
            (found.said.clone(), found.simple)
        };
        assert_eq!(of(&told), of(&other));
    }

    #[test]
    fn simple_predictors_of_known_rows() {
        let mut simple = Simple::default();
        for (i, hours) in [2.0, 4.0, 6.0, 8.0, 1.0].into_iter().enumerate() {
            simple.update(&record(i as i32, hours, 0.0, 1.0));
        }
        let task = Task { estimate_h: Some(3.0), person: "a".into(), ..Task::default() };
        assert_eq!(simple.predict(&task), [Some(3.0), Some(6.0), Some(6.0), Some(4.0)]);
        assert_eq!(simple.predict(&Task::default()), [None, None, None, Some(4.0)]);
    }
}
