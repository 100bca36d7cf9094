//! Checks of what is told of work, skills and working together.

use super::{optional, span, within};
use crate::error::{Error, Result};
use crate::event::{EventBody, MeetingQuality, MessageStyle, TaskAbout};

/// Longest that anybody spends on one thing, seconds: about 30 years.
const LONGEST_S: f64 = 1e9;

/// Checks a body of the work's kinds; others pass.
pub(super) fn check(body: &mut EventBody) -> Result<()> {
    match body {
        EventBody::MeetingAttended(m) => {
            span(m.entry.start, m.entry.end)?;
            m.quality.as_mut().map_or(Ok(()), quality)
        }
        EventBody::MeetingPlanned(m) => span(m.entry.start, m.entry.end),
        EventBody::TaskPlanned(t) => {
            optional("value", &mut t.value, 0.0, 1e9)?;
            about(&mut t.about)
        }
        EventBody::TaskStarted(t) => {
            seconds("estimate_s", &mut t.estimate_s)?;
            about(&mut t.about)
        }
        EventBody::TaskCompleted(t) => {
            seconds("duration_s", &mut t.duration_s)?;
            optional("difficulty", &mut t.difficulty, 0.0, 10.0)?;
            share("rating", &mut t.rating)?;
            about(&mut t.about)
        }
        EventBody::CheckFinished(c) => seconds("duration_s", &mut c.duration_s),
        EventBody::SkillAssessed(s) => {
            named("skill", &s.skill)?;
            optional("score", &mut s.score, 0.0, 100.0)?;
            optional("sd", &mut s.sd, 0.0, 100.0)?;
            match (s.score, s.correct) {
                (None, None) => Err(Error::invalid("score", "absent", "`score` or `correct`")),
                _ => Ok(()),
            }
        }
        EventBody::SkillImproved(s) => {
            named("skill", &s.skill)?;
            within("gain", &mut s.gain, -100.0, 100.0)
        }
        EventBody::SkillDescribed(s) => {
            named("skill", &s.skill)?;
            optional("hours", &mut s.hours, 0.0, 1e5)
        }
        EventBody::RoleStated(r) => r.needs.iter_mut().try_for_each(|need| {
            named("skill", &need.skill)?;
            within("level", &mut need.level, 0.0, 100.0)?;
            optional("importance", &mut need.importance, 0.0, 1e6)
        }),
        EventBody::LearningCompleted(l) => {
            seconds("duration_s", &mut l.duration_s)?;
            share("score", &mut l.score)
        }
        EventBody::WorkloadChanged(w) => {
            optional("planned_h", &mut w.planned_h, 0.0, 10_000.0)?;
            optional("sustainable_h", &mut w.sustainable_h, 0.0, 10_000.0)
        }
        EventBody::EnergyUpdated(e) => within("energy", &mut e.energy, 0.0, 1.0),
        EventBody::StressDetected(s) => within("level", &mut s.level, 0.0, 1.0),
        EventBody::TimeTracked(t) => {
            span(t.start, t.end)?;
            match t.end.secs_since(t.start) > 14.0 * 86_400.0 {
                true => Err(Error::invalid("end", "more than two weeks after `start`", "at most 14 days")),
                false => Ok(()),
            }
        }
        EventBody::MessageSent(m) => {
            seconds("latency_s", &mut m.latency_s)?;
            m.style.as_mut().map_or(Ok(()), style)
        }
        EventBody::FeedbackGiven(f) => share("rating", &mut f.rating),
        EventBody::MentoringSession(m) => {
            seconds("duration_s", &mut m.duration_s)?;
            share("rating", &mut m.rating)
        }
        EventBody::HandedOff(h) => seconds("rework_s", &mut h.rework_s),
        EventBody::ReviewDone(r) => seconds("waited_s", &mut r.waited_s),
        _ => Ok(()),
    }
}

fn about(about: &mut Option<TaskAbout>) -> Result<()> {
    let Some(about) = about else { return Ok(()) };
    share("complexity", &mut about.complexity)?;
    seconds("estimate_s", &mut about.estimate_s)
}

fn quality(quality: &mut MeetingQuality) -> Result<()> {
    share("speaking_gini", &mut quality.speaking_gini)?;
    share("usefulness", &mut quality.usefulness)
}

fn style(style: &mut MessageStyle) -> Result<()> {
    let rates = [
        ("personal_pronouns", &mut style.personal_pronouns),
        ("impersonal_pronouns", &mut style.impersonal_pronouns),
        ("articles", &mut style.articles),
        ("auxiliary_verbs", &mut style.auxiliary_verbs),
        ("adverbs", &mut style.adverbs),
        ("prepositions", &mut style.prepositions),
        ("conjunctions", &mut style.conjunctions),
        ("negations", &mut style.negations),
        ("quantifiers", &mut style.quantifiers),
    ];
    rates.into_iter().try_for_each(|(name, rate)| within(name, rate, 0.0, 1.0))?;
    share("formality", &mut style.formality)?;
    share("directness", &mut style.directness)?;
    optional("affect", &mut style.affect, -1.0, 1.0)
}

fn seconds(field: &str, value: &mut Option<f64>) -> Result<()> {
    optional(field, value, 0.0, LONGEST_S)
}

fn share(field: &str, value: &mut Option<f64>) -> Result<()> {
    optional(field, value, 0.0, 1.0)
}

fn named(field: &str, name: &str) -> Result<()> {
    if name.trim().is_empty() { Err(Error::invalid(field, "empty", "a name")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EnergyUpdated, RoleNeed, RoleStated, SkillAssessed, TaskCompleted, TimeTracked};

    fn refused(body: impl Into<EventBody>) -> String {
        check(&mut body.into()).unwrap_err().to_string()
    }

    #[test]
    fn impossible_values_are_refused_by_name() {
        assert_eq!(
            refused(EnergyUpdated { energy: 7.0, by: None }),
            "value of `energy` is 7, expected 0..=1"
        );
        assert!(
            refused(TaskCompleted { rating: Some(f64::NAN), ..TaskCompleted::of("T") }).contains("rating")
        );
        let t = |s: &str| s.parse().unwrap();
        let (start, end) = (t("2026-03-02T10:00:00Z"), t("2026-03-02T09:00:00Z"));
        let (task, project, activity, interruptions) = Default::default();
        assert!(refused(TimeTracked { start, end, task, project, activity, interruptions }).contains("end"));
        let need = RoleNeed { skill: "rust".into(), level: 120.0, importance: None, must: true };
        assert!(refused(RoleStated { role: "engineer".into(), needs: vec![need] }).contains("level"));
    }

    #[test]
    fn an_assessment_says_something_of_a_named_skill() {
        let (person, score, sd, correct, item, by, method) = Default::default();
        let mut told = SkillAssessed { skill: "rust".into(), person, score, sd, correct, item, by, method };
        assert!(refused(told.clone()).contains("score"));
        told.correct = Some(true);
        assert!(check(&mut told.clone().into()).is_ok());
        told.skill = " ".into();
        assert!(refused(told).contains("skill"));
    }
}
