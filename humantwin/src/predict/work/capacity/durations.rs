//! How long tasks take.

use crate::error::Result;
use crate::predict::work::lives;
use crate::predict::work::tasks::TaskLife;
use crate::predict::{Asked, Features, Said};
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_models::capacity::duration::{self, Finished, Task, task_duration};

pub(super) const ASKED: &[Asked] = &[Asked { id: duration::ID, name: "duration", unit: "h", run: durations }];

/// The hours each open task of the person will take.
fn durations(features: &Features<'_>) -> Result<Said> {
    let lives = lives(features)?;
    let told = durations_of(features, lives)?;
    if told.is_empty() && !lives.is_empty() {
        let gaps = vec!["there is no open task: `task.planned` tells of one".to_owned()];
        let status = EstimateStatus::InsufficientData;
        let absent = Estimate::absent(duration::ID, duration::VERSION, "h", status, gaps);
        return Ok(Said::default().and("duration", absent));
    }
    Ok(told.into_iter().fold(Said::default(), |said, (id, estimate)| said.and(&id, estimate)))
}

/// The same, with the tasks' ids.
pub(in crate::predict::work) fn durations_of(
    features: &Features<'_>,
    tasks: &BTreeMap<String, TaskLife>,
) -> Result<Vec<(String, Estimate)>> {
    let done = finished(features, tasks.values());
    let open = tasks.iter().filter(|(_, task)| task.finished.is_none() && task.is_own());
    Ok(open.map(|(id, life)| (id.clone(), task_duration(&task_of(life), &done))).collect())
}

/// Finished tasks of the person with their hours.
pub(super) fn finished<'a>(
    features: &Features<'_>,
    tasks: impl Iterator<Item = &'a TaskLife>,
) -> Vec<Finished> {
    tasks
        .filter(|task| task.is_own())
        .filter_map(|life| {
            let finish = life.finished.as_ref()?;
            Some(Finished {
                task: task_of(life),
                actual_h: finish.hours?,
                age_days: features.age_days(finish.at),
            })
        })
        .collect()
}

pub(super) fn task_of(life: &TaskLife) -> Task {
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    Task {
        estimate_h: life.estimate_h(),
        person: word(&life.about.assignee),
        kind: word(&life.about.kind),
        subtype: word(&life.about.subkind),
        project: word(&life.about.project),
        requester: word(&life.about.requester),
        priority: word(&life.about.priority),
    }
}

/// The hours that a task of so many estimated hours would take.
pub(in crate::predict::work) fn duration_of(
    features: &Features<'_>,
    tasks: &BTreeMap<String, TaskLife>,
    estimate_h: f64,
) -> Estimate {
    let mut task = task_of(&TaskLife::default());
    task.estimate_h = Some(estimate_h);
    task_duration(&task, &finished(features, tasks.values()))
}
