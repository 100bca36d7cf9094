//! Work, learning and working together on one day.

use crate::view::WorkView;
use twin_core::event::EventBody;
use twin_core::fold::DayState;

/// What the day's facts say of work; absent where they say nothing.
pub(super) fn work(day: &DayState) -> Option<WorkView> {
    let mut view = WorkView::default();
    let mut told = false;
    let mut project: Option<&str> = None;
    for (_, body) in day.bodies() {
        told |= count(&mut view, body);
        if let EventBody::TimeTracked(t) = body {
            let now = t.project.as_deref();
            if project.is_some() && now.is_some() && project != now {
                *view.switches.get_or_insert(0) += 1;
            }
            project = now.or(project);
        }
    }
    told.then_some(view)
}

/// Adds one fact; false where it is of another kind.
fn count(view: &mut WorkView, body: &EventBody) -> bool {
    let hours = |seconds: Option<f64>| seconds.unwrap_or(0.0) / 3600.0;
    // A person that is absent is the person of the twin.
    let own = |person: &Option<String>| person.is_none();
    match body {
        EventBody::TaskPlanned(_) => view.planned += 1,
        EventBody::TaskReopened(_) => view.reopened += 1,
        EventBody::CheckFinished(c) => {
            view.checks += 1;
            view.checks_failed += u32::from(!c.passed);
        }
        EventBody::SkillAssessed(s) if own(&s.person) => view.assessments += 1,
        EventBody::SkillImproved(s) if own(&s.person) => view.improvements += 1,
        EventBody::LearningCompleted(l) if own(&l.person) => {
            *view.learning_h.get_or_insert(0.0) += hours(l.duration_s);
        }
        EventBody::WorkloadChanged(w) if own(&w.person) => {
            view.planned_week_h = w.planned_h.or(view.planned_week_h);
        }
        EventBody::TimeTracked(t) => {
            *view.tracked_h.get_or_insert(0.0) += t.end.secs_since(t.start) / 3600.0;
            if let Some(n) = t.interruptions {
                *view.interruptions.get_or_insert(0) += n;
            }
        }
        EventBody::MessageSent(m) if own(&m.from) => view.messages_sent += 1,
        EventBody::MessageSent(_) => view.messages_received += 1,
        EventBody::FeedbackGiven(f) if own(&f.from) => view.feedback_given += 1,
        EventBody::FeedbackGiven(f) if own(&f.to) => view.feedback_received += 1,
        EventBody::MentoringSession(m) if own(&m.mentor) || own(&m.mentee) => {
            *view.mentoring_h.get_or_insert(0.0) += hours(m.duration_s);
        }
        EventBody::HandedOff(h) if own(&h.from) || own(&h.to) => view.hand_offs += 1,
        EventBody::ReviewDone(r) if own(&r.reviewer) => view.reviews_given += 1,
        EventBody::ReviewDone(r) if own(&r.author) => view.reviews_received += 1,
        _ => return false,
    }
    true
}

/// Mean energy and highest stress of the day, 0..=1.
pub(super) fn energy_and_stress(day: &DayState) -> (Option<f64>, Option<f64>) {
    let (mut sum, mut n, mut stress) = (0.0, 0.0, None::<f64>);
    for (_, body) in day.bodies() {
        match body {
            EventBody::EnergyUpdated(e) => (sum, n) = (sum + e.energy, n + 1.0),
            EventBody::StressDetected(s) => stress = Some(stress.map_or(s.level, |most| most.max(s.level))),
            _ => {}
        }
    }
    ((n > 0.0).then(|| sum / n), stress)
}
