//! Each of the six things that are known of working together changes at least one of the six answers; each test
//! goes the whole way from events, over the models between, to the answer.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use twin_models::collaboration::compatibility::{Between, Measured, Side, compatibility};
use twin_models::collaboration::conflict_risk::{ConflictKind, Pair, Reported, Weights, conflict_risk};
use twin_models::collaboration::conflict_signals::PairWeek;
use twin_models::collaboration::hand_offs::{HandOff, hand_offs};
use twin_models::collaboration::interaction::{Interaction, InteractionKind};
use twin_models::collaboration::meetings::{Meeting, meetings};
use twin_models::collaboration::mentoring::{Learner, Shared, Sharing, SkillLevel, mentoring};
use twin_models::collaboration::style::{Channel, StyleMessage};
use twin_models::collaboration::style_match::{Exchange, Talker, style_match};
use twin_models::collaboration::synergy::{JointWork, Member, PairTie, SynergyTeam, opportunities, synergy};
use twin_models::collaboration::team_composition::{Candidate, Chemistry, TeamWish, team_composition};
use twin_models::collaboration::ties::ties;
use twin_models::plan::Budget;

fn measured(value: Option<f64>) -> Option<Measured> {
    value.map(|value| Measured { value, sd: 0.05 })
}

fn pair_index(between: &Between) -> f64 {
    let side = Side { skills: vec![2.0, 1.0], hours: Some((9.0, 17.0)), ..Side::default() };
    compatibility(["ann", "bob"], "", [&side, &side], between, &[]).value.unwrap()
}

fn talker(person: &str, hour: u8, length: f64) -> Talker {
    let message = |i: usize| StyleMessage {
        channel: if i.is_multiple_of(3) { Channel::Mail } else { Channel::Chat },
        length: length + (i % 7) as f64,
        hour: hour + (i % 4) as u8,
        function_words: Some([0.02 + length / 1000.0; 9]),
        ..StyleMessage::default()
    };
    Talker { person: person.into(), messages: (0..60).map(message).collect() }
}

fn styles(hour: u8, length: f64) -> (f64, f64, f64) {
    let talk = vec![Exchange { first_replied: true, prompt: [true; 9], reply: [true; 9] }; 20];
    let others: Vec<Talker> =
        (0..6).map(|i| talker(&i.to_string(), 6 + 2 * i, 8.0 * f64::from(i + 1))).collect();
    let known = style_match(&talker("ann", 9, 12.0), &talker("bob", hour, length), &others, &talk);
    (known.distance.value.unwrap(), known.matching.value.unwrap(), known.proximity.value.unwrap())
}

#[test]
fn communication_patterns_change_style_matching_and_compatibility() {
    let (like, unlike) = (styles(9, 12.0), styles(18, 80.0));
    assert!(like.0 < unlike.0 && like.1 > unlike.1 && like.2 > unlike.2, "{like:?} {unlike:?}");
    let index = |s: (f64, f64, f64), reciprocity| {
        pair_index(&Between {
            style_matching: measured(Some(s.1)),
            style_proximity: measured(Some(s.2)),
            reciprocity: measured(Some(reciprocity)),
            ..Between::default()
        })
    };
    assert!(index(like, 0.5) > index(unlike, 0.5));
    // from messages to reciprocity to compatibility
    let reciprocity = |answered: usize| {
        let message = |from: &str, to: &str, reply, age_days| Interaction {
            from: from.into(),
            to: vec![to.into()],
            kind: InteractionKind::Message { reply, thread: String::new() },
            age_days,
        };
        let asked = (0..20).map(|i| message("ann", "bob", false, f64::from(i)));
        let replies =
            (0..answered).map(|i| message("bob", "ann", true, i as f64 - 0.1 * f64::from(u8::from(i > 0))));
        ties("ann", &asked.chain(replies).collect::<Vec<_>>())[0].reciprocity
    };
    assert!(index(like, reciprocity(10)) > index(like, reciprocity(1)));
}

#[test]
fn hand_off_efficiency_changes_compatibility() {
    let index = |bounced: bool, wait_h: f64| {
        let of = |from: &str, bounced, wait_h| HandOff {
            from: from.into(),
            to: "bob".into(),
            wait_h: Some(wait_h),
            bounced,
            rework_h: None,
        };
        let mut all = vec![of("cid", false, 4.0); 20];
        all.extend(vec![of("ann", bounced, wait_h); 20]);
        let known = hand_offs("ann", "bob", &all).efficiency;
        pair_index(&Between { hand_offs: measured(known.value), ..Between::default() })
    };
    assert!(index(false, 4.0) > index(true, 4.0) + 5.0 && index(false, 4.0) > index(false, 60.0) + 2.0);
}

#[test]
fn meeting_effectiveness_changes_compatibility() {
    let index = |agenda, people| {
        let meeting = Meeting {
            agenda: Some(agenda),
            on_time: Some(agenda),
            actions: Some(agenda),
            people,
            minutes: 30.0,
            ..Meeting::default()
        };
        pair_index(&Between { meetings: measured(meetings(&meeting, &[]).share()), ..Between::default() })
    };
    assert!(index(true, 4) > index(false, 4) && index(false, 4) > index(false, 20));
}

#[test]
fn conflict_history_changes_the_forecast_its_prevention_and_teams() {
    let calm = PairWeek { decline_rate: Some(0.1), bounce_rate: Some(0.3), ..PairWeek::default() };
    let risk = |reported: usize| {
        let reported = vec![Reported { kind: ConflictKind::Relationship, age_days: 40.0 }; reported];
        conflict_risk(&Pair { weeks: vec![calm; 16], reported, observed_days: 365.0 }, &Weights::default())
    };
    let (before, after) = (risk(0), risk(3));
    let (p, q) = (before.any.value.unwrap(), after.any.value.unwrap());
    assert!(q > 3.0 * p && after.task.value == before.task.value);
    assert!(after.prevention[0].probability > before.prevention[0].probability);
    let people: Vec<Candidate> = ["ann", "bob", "cid"]
        .map(|p| Candidate {
            person: p.into(),
            skills: vec![Some(1.0)],
            load: Some(0.0),
            ..Candidate::default()
        })
        .into();
    let chosen = |conflict| {
        let tie = |b: &str, tie, conflict| Chemistry {
            a: "ann".into(),
            b: b.into(),
            tie: Some(tie),
            conflict,
            ..Chemistry::default()
        };
        let wish = TeamWish { teams: 1, size: 2, need: vec![1.0], most_of_unit: None };
        let known = [tie("bob", 0.7, conflict), tie("cid", 0.6, None)];
        team_composition(&people, &known, &wish, Budget::steps(100, 1)).unwrap().teams[0].people.clone()
    };
    assert_eq!(
        (chosen(Some(p)), chosen(Some(q))),
        (vec!["ann".into(), "bob".into()], vec!["ann".into(), "cid".into()])
    );
}

#[test]
fn creative_output_in_teams_changes_synergy_its_opportunities_and_teams() {
    let member = |person: &str, skills: [f64; 3]| Member {
        person: person.into(),
        skills: skills.into(),
        incumbent: true,
    };
    let team = |score: Option<f64>| SynergyTeam {
        members: vec![member("ann", [3.0, 1.0, 0.0]), member("bob", [0.0, 2.0, 1.0])],
        ties: vec![PairTie { a: "ann".into(), b: "bob".into(), strength: 0.6, worked_together: true }],
        past_skills: Vec::new(),
        works: score
            .map(|score| {
                vec![JointWork { people: vec!["ann".into(), "cid".into()], score, age_days: 30.0 }; 6]
            })
            .unwrap_or_default(),
    };
    let cid = member("cid", [1.0, 0.0, 3.0]);
    let of = |score| {
        let mut whole = team(score);
        whole.members.push(cid.clone());
        synergy(&whole).score.value.unwrap()
    };
    assert!(of(Some(1.0)) > of(None) && of(None) > of(Some(0.0)));
    // bounded: many bad works take away 15 points at most
    assert!(of(None) - of(Some(0.0)) <= 15.0);
    let gain = |score| opportunities(&team(score), std::slice::from_ref(&cid))[0].gain;
    assert!(gain(Some(1.0)) > gain(Some(0.0)));
    let points = |creative| Chemistry { creative, ..Chemistry::default() }.points();
    assert!(points(Some(0.9)) > points(None) && points(None) > points(Some(0.1)));
}

#[test]
fn knowledge_sharing_changes_mentoring_potential_and_who_is_planned() {
    let level = |points, wanted| vec![SkillLevel { skill: "sql".into(), points, sd: 4.0, wanted }];
    let mentor = |person: &str, sessions: usize| Learner {
        person: person.into(),
        levels: level(76.0, false),
        spare_h: 2.0,
        shared: vec![Shared { kind: Sharing::Session, age_days: 20.0 }; sessions],
    };
    let learner = Learner { person: "dan".into(), levels: level(50.0, true), ..Learner::default() };
    let plan = |ann: usize, bob: usize| {
        let plan = mentoring(&[mentor("ann", ann), mentor("bob", bob), learner.clone()], &[]);
        let chosen = plan.pairs.iter().find(|m| m.planned).unwrap().mentor.clone();
        (plan.potential[0].1.value.unwrap(), chosen)
    };
    let (shares, silent) = (plan(8, 0), plan(0, 8));
    assert!(shares.0 > silent.0);
    assert_eq!((shares.1.as_str(), silent.1.as_str()), ("ann", "bob"));
}
