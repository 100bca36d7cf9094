//! The life of every task, gathered from the events about it.

use crate::predict::Features;
use std::collections::BTreeMap;
use twin_core::Timestamp;
use twin_core::event::{EventBody, TaskAbout};
use twin_core::fold::DayFact;

/// A task, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct TaskLife {
    pub(crate) title: Option<String>,
    /// What is known of it; a later statement fills in or replaces an earlier one.
    pub(crate) about: TaskAbout,
    /// Something was told of what it is.
    described: bool,
    /// First heard of.
    pub(crate) known: Option<Timestamp>,
    pub(crate) due: Option<Timestamp>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) value: Option<f64>,
    pub(crate) finished: Option<Finish>,
    /// It came back after it had been finished.
    pub(crate) reopened: bool,
}

/// How a task was finished.
#[derive(Clone, Debug)]
pub(crate) struct Finish {
    pub(crate) at: Timestamp,
    pub(crate) hours: Option<f64>,
    pub(crate) with: Vec<String>,
    pub(crate) rework: bool,
    pub(crate) rating: Option<f64>,
}

impl TaskLife {
    /// Estimated hours.
    pub(crate) fn estimate_h(&self) -> Option<f64> {
        self.about.estimate_s.map(|s| s / 3600.0)
    }

    /// Was it known and not finished at the end of a day so many days ago?
    pub(crate) fn is_open_on(&self, features: &Features<'_>, ago: i32) -> bool {
        self.known.is_some_and(|at| features.days_ago(at) >= ago)
            && self.finished.as_ref().is_none_or(|f| features.days_ago(f.at) < ago)
    }

    /// Is it the person's own? A task without an assignee is.
    pub(crate) fn is_own(&self) -> bool {
        self.about.assignee.is_none()
    }
}

/// Tasks by the tool's id, from facts in order.
pub(crate) fn tasks(facts: &[DayFact]) -> BTreeMap<String, TaskLife> {
    let mut tasks: BTreeMap<String, TaskLife> = BTreeMap::new();
    for fact in facts {
        let mut heard = |id: &str| {
            let task = tasks.entry(id.to_owned()).or_default();
            task.known = task.known.or(Some(fact.at));
            std::mem::take(task)
        };
        let (id, task) = match &fact.body {
            EventBody::TaskPlanned(t) => {
                let mut task = heard(&t.task);
                about(&mut task, &t.title, t.about.as_ref());
                task.due = t.due.or(task.due);
                task.value = t.value.or(task.value);
                if !t.depends_on.is_empty() {
                    task.depends_on.clone_from(&t.depends_on);
                }
                (&t.task, task)
            }
            EventBody::TaskStarted(t) => {
                let mut task = heard(&t.task);
                about(&mut task, &t.title, t.about.as_ref());
                task.due = t.due.or(task.due);
                task.about.estimate_s = t.estimate_s.or(task.about.estimate_s);
                task.finished = None;
                (&t.task, task)
            }
            EventBody::TaskDelayed(t) => {
                let mut task = heard(&t.task);
                task.due = t.due.or(task.due);
                (&t.task, task)
            }
            EventBody::TaskReopened(t) => {
                let mut task = heard(&t.task);
                (task.finished, task.reopened) = (None, true);
                (&t.task, task)
            }
            EventBody::TaskCompleted(t) => {
                let mut task = heard(&t.task);
                about(&mut task, &t.title, t.about.as_ref());
                task.finished = Some(Finish {
                    at: fact.at,
                    hours: t.duration_s.map(|s| s / 3600.0),
                    with: t.with.clone(),
                    rework: t.rework == Some(true) || task.reopened,
                    rating: t.rating,
                });
                (&t.task, task)
            }
            _ => continue,
        };
        tasks.insert(id.clone(), task);
    }
    tasks
}

fn about(task: &mut TaskLife, title: &Option<String>, told: Option<&TaskAbout>) {
    task.title = title.clone().or_else(|| task.title.take());
    let Some(told) = told else { return };
    let now = &mut task.about;
    // Who says that they do not know whose it is takes nothing back.
    let told_whose = if task.described { told.assignee.as_deref() != Some("unknown") } else { true };
    task.described = true;
    let newer = |known: &mut Option<String>, told: &Option<String>| {
        if told.is_some() {
            known.clone_from(told);
        }
    };
    newer(&mut now.kind, &told.kind);
    newer(&mut now.subkind, &told.subkind);
    newer(&mut now.project, &told.project);
    newer(&mut now.requester, &told.requester);
    if told_whose {
        newer(&mut now.assignee, &told.assignee);
    }
    newer(&mut now.priority, &told.priority);
    now.complexity = told.complexity.or(now.complexity);
    now.estimate_s = told.estimate_s.or(now.estimate_s);
    if !told.skills.is_empty() {
        now.skills.clone_from(&told.skills);
    }
}
