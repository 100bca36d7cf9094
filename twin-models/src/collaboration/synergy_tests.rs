use super::*;
use proptest::prelude::*;

fn member(i: usize, skills: Vec<f64>) -> Member {
    Member { person: format!("m{i}"), skills, incumbent: i.is_multiple_of(2) }
}

fn tie(a: usize, b: usize, strength: f64, worked_together: bool) -> PairTie {
    PairTie { a: format!("m{a}"), b: format!("m{b}"), strength, worked_together }
}

fn trio() -> SynergyTeam {
    SynergyTeam {
        members: vec![
            member(0, vec![3.0, 1.0, 0.0]),
            member(1, vec![0.0, 2.0, 1.0]),
            member(2, vec![1.0, 0.0, 4.0]),
        ],
        ties: vec![tie(0, 1, 0.8, true), tie(1, 2, 0.4, false)],
        past_skills: vec![vec![0, 1], vec![0, 1], vec![1, 2], vec![0, 2], vec![0, 1]],
        works: Vec::new(),
    }
}

proptest! {
    #[test]
    fn scores_stay_within_bounds(
        skills in prop::collection::vec(prop::collection::vec(0.0..5.0_f64, 4), 3..7),
        ties in prop::collection::vec((0..7_usize, 0..7_usize, -0.5..1.5_f64, any::<bool>()), 0..12),
        works in prop::collection::vec((0..7_usize, 0..7_usize, -0.5..1.5_f64), 0..30),
    ) {
        let team = SynergyTeam {
            members: skills.into_iter().enumerate().map(|(i, s)| member(i, s)).collect(),
            ties: ties.into_iter().map(|(a, b, s, w)| tie(a, b, s, w)).collect(),
            past_skills: vec![vec![0, 1], vec![2, 3], vec![0, 3]],
            works: works.into_iter().map(|(a, b, score)| JointWork {
                people: vec![format!("m{a}"), format!("m{b}")], score, age_days: 10.0 }).collect(),
        };
        let known = synergy(&team);
        if let Some(value) = known.score.value {
            let shares = [known.diversity, known.cohesion, known.incumbents, known.repeated, known.novelty];
            prop_assert!((0.0..=100.0).contains(&value));
            prop_assert!(shares.iter().flatten().all(|x| (0.0..=1.0).contains(x)), "{:?}", shares);
            let parts: f64 = known.score.contributions.iter().map(|c| c.amount).sum();
            prop_assert!((value - 50.0 - parts).abs() < 1e-9);
            prop_assert!(known.score.low.unwrap() >= 0.0 && known.score.high.unwrap() <= 100.0);
        }
    }
}

#[test]
fn identical_members_have_no_diversity() {
    let team = SynergyTeam {
        members: (0..4).map(|i| member(i, vec![0.1, 0.7, 0.3])).collect(),
        ties: vec![tie(0, 1, 0.9, true)],
        ..trio()
    };
    let known = synergy(&team);
    assert_eq!((known.diversity, known.score.value), (Some(0.0), Some(0.0)));
}

#[test]
fn old_ties_are_best_in_the_middle() {
    let with = |old: usize| {
        let pairs = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)];
        let ties = pairs.iter().enumerate().map(|(i, &(a, b))| tie(a, b, 0.5, i < old)).collect();
        let mut team = SynergyTeam { ties, ..trio() };
        team.members.push(member(3, vec![0.0, 3.0, 0.0]));
        synergy(&team).cohesion.unwrap()
    };
    assert!(with(3) > with(0) && with(3) > with(6) && with(2) > with(1));
}

#[test]
fn unusual_pairs_are_few_in_the_best_teams() {
    let held = BTreeSet::from([0, 1, 2]);
    let past = vec![vec![0, 1], vec![0, 1], vec![0, 1, 2], vec![2], vec![2]];
    // 0 and 1 always together; 2 with either less often than 3 · 3 / 5
    assert_eq!(novelty(&held, &past), Some(2.0 / 3.0));
    assert_eq!(novelty(&held, &[]), None);
    let couple = [Couple { apart: 0.8, tie: 0.5, again: false }; 3];
    let d = |x| measured(&couple, Some(x)).0;
    assert!(d(0.15) > d(0.0) && d(0.15) > d(0.6) && d(0.1) == d(0.2));
}

#[test]
fn too_few_or_broken_members_have_no_answer() {
    let mut team = trio();
    team.members.truncate(2);
    assert_eq!(synergy(&team).score.status, EstimateStatus::InsufficientData);
    team.members.push(member(1, vec![1.0, 1.0, 1.0]));
    assert!(synergy(&team).score.value.is_none(), "the same person twice");
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        team.members[2] = member(2, vec![bad, 1.0, 1.0]);
        assert!(synergy(&team).score.value.is_none());
    }
    team.members[2] = member(2, vec![0.0; 3]);
    assert!(synergy(&team).score.value.is_none() && synergy(&SynergyTeam::default()).score.value.is_none());
}

#[test]
fn who_brings_what_is_missing_gains_most() {
    let mut team = trio();
    team.members.pop();
    team.ties.push(tie(0, 3, 0.6, true));
    let found = opportunities(
        &team,
        &[member(3, vec![0.0, 0.0, 4.0]), member(4, vec![3.0, 1.0, 0.0]), member(0, vec![1.0; 3])],
    );
    let names: Vec<&str> = found.iter().map(|o| o.person.as_str()).collect();
    assert_eq!(names, ["m3", "m4"]);
    assert!(found[0].gain > found[1].gain);
}
