//! Each of the six things that a host can tell of learning moves what is predicted of it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use twin_models::skill::evidence::{EvidenceKind, SkillEvidence, work_outcome};
use twin_models::skill::gaps::{Held, Requirement, skill_gaps};
use twin_models::skill::level::skill_level;
use twin_models::skill::mastery::{Progress, mastery};
use twin_models::skill::memory::skill_memory;
use twin_models::skill::methods::{Episode, learning_methods};
use twin_models::skill::skill_graph::{ObservedTransfer, SkillGraph, SkillNode};
use twin_models::skill::tracing::{Attempt, knowledge_tracing, parameters};
use twin_models::skill::trajectory::skill_trajectory;
use twin_models::skill::transfer::{KnownSkill, Velocity, skill_transfer};

#[derive(Clone, Default)]
struct Inputs {
    evidence: Vec<SkillEvidence>,
    episodes: Vec<Episode>,
    transfers: Vec<ObservedTransfer>,
}

/// The six predictions, one figure each.
#[derive(Debug, PartialEq)]
struct Predictions {
    in_eight_weeks: f64,
    velocity: f64,
    best_method: (String, f64),
    head_start: f64,
    weeks_to_mastery: Option<f64>,
    gap: f64,
}

fn predict(inputs: &Inputs) -> Predictions {
    let now = skill_level("sql", &inputs.evidence);
    let course = skill_trajectory("sql", &inputs.evidence, 8);
    let (level, sd) = (now.level.value.unwrap(), now.sd.unwrap());
    let (velocity, velocity_sd) = (course.velocity.value.unwrap(), course.velocity_sd.unwrap());
    let methods = learning_methods(&inputs.episodes, 1);
    let node = |name: &str| SkillNode {
        name: name.into(),
        description: String::new(),
        roles: vec!["analyst".into()],
    };
    let graph = SkillGraph::new(&[node("sql"), node("statistics")], &inputs.transfers);
    let known = [KnownSkill { skill: "sql".into(), level, sd }];
    let speed = Some(Velocity { points_per_week: velocity, sd: velocity_sd });
    let when = mastery(&Progress {
        level: Some(level),
        level_sd: sd,
        velocity: Some(velocity),
        velocity_sd,
        target: 80.0,
        by_weeks: None,
        role_median_weeks: None,
    });
    let role = [Requirement { skill: "sql".into(), level: 80.0, importance: 1.0, must: true }];
    let held = [Held { skill: "sql".into(), level, sd, recall: now.recall, points_per_hour: None }];
    Predictions {
        in_eight_weeks: course.weeks[7].value.unwrap(),
        velocity,
        best_method: (methods.methods[0].method.clone(), methods.methods[0].p_best),
        head_start: skill_transfer(&graph, "statistics", &known, speed).head_start.value.unwrap(),
        weeks_to_mastery: when.weeks.low,
        gap: skill_gaps(&role, &held).gaps[0].gap.value.unwrap(),
    }
}

fn piece(age_days: f64, kind: EvidenceKind) -> SkillEvidence {
    SkillEvidence { skill: "sql".into(), age_days, kind }
}

/// Somebody about whom a little is known.
fn someone() -> Inputs {
    let answer = |i: i32| piece(7.0 * f64::from(12 - i), EvidenceKind::Response { correct: i % 3 != 0 });
    Inputs { evidence: (0..12).map(answer).collect(), ..Inputs::default() }
}

fn with(kind: EvidenceKind) -> Inputs {
    let mut inputs = someone();
    inputs.evidence.push(piece(1.0, kind));
    inputs
}

#[test]
fn an_assessment_moves_level_timeline_and_gap() {
    let before = predict(&someone());
    let after = predict(&with(EvidenceKind::Assessment { score: 75.0, sd: None }));
    assert!(after.in_eight_weeks > before.in_eight_weeks && after.velocity > before.velocity);
    assert!(after.weeks_to_mastery < before.weeks_to_mastery && after.gap < before.gap);
    assert!(after.head_start > before.head_start);
}

#[test]
fn learning_moves_velocity_and_the_choice_of_methods() {
    let before = predict(&someone());
    let mut inputs = with(EvidenceKind::Practised { hours: 12.0 });
    let episode = |method: &str, gain| Episode {
        method: method.into(),
        skill: "sql".into(),
        hours: 6.0,
        gain,
        prior_level: None,
        velocity: None,
        own: true,
        chance: None,
    };
    for gain in [5.0, 6.0, 7.0, 6.0, 5.0, 7.0] {
        inputs.episodes.extend([episode("project", gain), episode("course", 0.3 * gain)]);
    }
    let after = predict(&inputs);
    assert!(after.velocity > before.velocity && after.in_eight_weeks > before.in_eight_weeks);
    assert_ne!(before.best_method.0, "project");
    assert_eq!(after.best_method.0, "project");
}

#[test]
fn finished_tasks_move_level_and_knowledge() {
    let before = predict(&someone());
    let credit = |reworked, hours| work_outcome(Some(reworked), Some(hours), Some(4.0), Some(9.0)).unwrap();
    let task = |credit| EvidenceKind::TaskOutcome { credit, difficulty: Some(0.8) };
    let (done, failed) = (predict(&with(task(credit(false, 3.0)))), predict(&with(task(credit(true, 3.0)))));
    assert!(done.gap < before.gap && before.gap < failed.gap);
    let known = |credit| {
        let all = [Attempt { age_days: 8.0, credit: 1.0 }, Attempt { age_days: 1.0, credit }];
        knowledge_tracing(&all, &parameters(&[])).p_known.value.unwrap()
    };
    assert!(known(credit(false, 3.0)) > known(credit(false, 20.0)));
}

#[test]
fn feedback_moves_level_and_timeline() {
    let of = |rating| predict(&with(EvidenceKind::Review { rating, weight: 1.0 }));
    let (good, bad) = (of(0.9), of(0.3));
    assert!(good.weeks_to_mastery < bad.weeks_to_mastery && good.gap < bad.gap);
    let heavy = predict(&with(EvidenceKind::Review { rating: 0.9, weight: 4.0 }));
    assert!(heavy.gap < good.gap);
}

#[test]
fn mentoring_moves_both_who_gets_and_who_gives_it() {
    let before = predict(&someone());
    let got = predict(&with(EvidenceKind::Mentored { hours: 4.0 }));
    assert!(got.velocity > before.velocity && got.gap < before.gap);
    let gave = predict(&with(EvidenceKind::Taught { hours: 2.0 }));
    assert!(gave.gap < before.gap);
    let recall = |inputs: &Inputs| skill_memory("sql", &inputs.evidence).recall.value.unwrap();
    assert!(recall(&with(EvidenceKind::Taught { hours: 2.0 })) > recall(&someone()));
}

#[test]
fn seen_transfers_move_the_head_start() {
    let before = predict(&someone());
    let mut inputs = someone();
    let seen = ObservedTransfer { from_skill: "sql".into(), skill: "statistics".into(), gain: 0.7 };
    inputs.transfers = vec![seen; 5];
    assert!(predict(&inputs).head_start > before.head_start);
}

#[test]
fn the_same_inputs_give_the_same_answers() {
    assert_eq!(predict(&someone()), predict(&someone()));
}
