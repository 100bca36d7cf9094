//! Who could teach whom what, and who should.

use super::answer::{DRAWS, Form, interval, part, quantity, seed, share, status};
use crate::noise::Noise;
use crate::plan::assignment::assign_with_capacity;
use crate::special::normal_cdf;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind};
use twin_core::sort::{Gather as _, OrderBy};

/// Id of the model.
pub const ID: &str = "mentoring";
/// Its version.
pub const VERSION: &str = "1";
/// Points a mentor must be ahead.
pub const MIN_GAP: f64 = 15.0;
/// Points ahead that teach best.
pub const BEST_GAP: f64 = 25.0;
/// Points beyond which the distance is too great.
pub const MOST_GAP: f64 = 40.0;
/// Standard errors of ratings from which an answer is provisional.
pub const MOST_SD: f64 = 15.0;
/// Hours a week of one mentoring.
pub const HOURS: f64 = 2.0;
/// Most people one mentors.
pub const MOST_MENTEES: usize = 2;
/// What is left of the score where the gap is allowed but not the best. OWN.
const GAP_FLOOR: f64 = 0.5;
/// The same for someone who never shared knowledge, and how much sharing fills most of the rest. OWN.
const SHARING_FLOOR: f64 = 0.85;
const SHARING_SCALE: f64 = 5.0;
/// Days after which what was shared counts half. OWN.
const HALF_LIFE_DAYS: f64 = 180.0;
/// Scores below this are no pair. OWN.
const MIN_SCORE: f64 = 0.05;
const FORM: Form = Form { id: ID, version: VERSION, unit: "1", kind: EstimateKind::Index };

/// How good a person is at a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillLevel {
    /// The skill.
    pub skill: String,
    /// 0..=100.
    pub points: f64,
    /// Its standard error, 0 or more.
    pub sd: f64,
    /// Whether the person wants to learn it.
    pub wanted: bool,
}

/// Ways to share knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// An answer to a question.
    Answer,
    /// A review that explains.
    Review,
    /// A mentoring session.
    Session,
}

/// Knowledge that was shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// How.
    pub kind: Sharing,
    /// Days since then, 0 or more.
    pub age_days: f64,
}

/// A person who may teach or learn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learner {
    /// Who.
    pub person: String,
    /// Their skills.
    pub levels: Vec<SkillLevel>,
    /// Hours a week they have to spare for others; 0 for none.
    pub spare_h: f64,
    /// Knowledge they shared.
    pub shared: Vec<Shared>,
}

/// What is between two people; pairs that are not listed are strangers who share all hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Acquaintance {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Strength of their tie, 0..=1.
    pub tie: f64,
    /// Share of the hours of a mentoring that both have free, 0..=1.
    pub overlap: f64,
}

/// A mentoring that could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentoring {
    /// Who teaches.
    pub mentor: String,
    /// Who learns.
    pub mentee: String,
    /// What.
    pub skill: String,
    /// Points between them.
    pub gap: f64,
    /// How good it would be, 0..=1; contributions add up to value − 1.
    pub score: Estimate,
    /// Whether it is part of the best plan for all.
    pub planned: bool,
}

/// All that could be, and what is best.
#[derive(Clone, Debug, PartialEq)]
pub struct MentoringPlan {
    /// Mentorings by score, the best first.
    pub pairs: Vec<Mentoring>,
    /// The mentoring potential of each person: their best score; absent for those who could teach nobody.
    pub potential: Vec<(String, Estimate)>,
    /// The sum of scores planned; no other plan within the capacities has more.
    pub total: f64,
}

/// How well a gap teaches, 0..=1: 0 up to 15 points, 1 at 25, 0 from 40 on.
///
/// ```
/// # use twin_models::collaboration::mentoring::gap_fit;
/// assert_eq!([10.0, 20.0, 25.0, 32.5, 50.0].map(gap_fit), [0.0, 0.5, 1.0, 0.5, 0.0]);
/// ```
#[must_use]
pub fn gap_fit(points: f64) -> f64 {
    let side = if points < BEST_GAP {
        (points - MIN_GAP) / (BEST_GAP - MIN_GAP)
    } else {
        (MOST_GAP - points) / (MOST_GAP - BEST_GAP)
    };
    side.clamp(0.0, 1.0)
}

/// How much a history of sharing says for a mentor, 0.85..1. OWN: a session counts 1, a review 0.2, an answer 0.1.
#[must_use]
pub fn sharing(shared: &[Shared]) -> f64 {
    let worth = |s: &Shared| {
        let weight = match s.kind {
            Sharing::Answer => 0.1,
            Sharing::Review => 0.2,
            Sharing::Session => 1.0,
        };
        quantity(Some(s.age_days), 36_525.0).map_or(0.0, |age| weight * (-age / HALF_LIFE_DAYS).exp2())
    };
    let sum: f64 = shared.iter().map(worth).sum();
    SHARING_FLOOR - (1.0 - SHARING_FLOOR) * (-sum / SHARING_SCALE).exp_m1()
}

/// Mentees that a person has hours for; one where it is less than a whole mentoring.
fn capacity(spare_h: f64) -> usize {
    match quantity(Some(spare_h), 168.0) {
        Some(h) if h >= 2.0 * HOURS => MOST_MENTEES,
        Some(h) if h > 0.0 => 1,
        _ => 0,
    }
}

/// Every mentoring that could be among `people`, and the plan of the greatest sum in which nobody teaches more
/// than they have hours for (two at most) and nobody has two mentors.
///
/// ```
/// # use twin_models::collaboration::mentoring::{Learner, SkillLevel, mentoring};
/// let level = |points, wanted| vec![SkillLevel { skill: "rust".into(), points, sd: 4.0, wanted }];
/// let people = [
///     Learner { person: "ann".into(), levels: level(75.0, false), spare_h: 2.0, ..Learner::default() },
///     Learner { person: "bob".into(), levels: level(50.0, true), ..Learner::default() },
/// ];
/// let plan = mentoring(&people, &[]);
/// assert_eq!((plan.pairs[0].mentor.as_str(), plan.pairs[0].planned), ("ann", true));
/// ```
#[must_use]
pub fn mentoring(people: &[Learner], known: &[Acquaintance]) -> MentoringPlan {
    let mut pairs: Vec<Mentoring> = Vec::new();
    for mentee in people {
        for wanted in mentee.levels.iter().filter(|l| l.wanted) {
            let others = people.iter().filter(|p| p.person != mentee.person && capacity(p.spare_h) > 0);
            for mentor in others {
                let own = mentor.levels.iter().find(|l| l.skill == wanted.skill);
                let between = known.iter().find(|k| {
                    (k.a == mentor.person && k.b == mentee.person)
                        || (k.b == mentor.person && k.a == mentee.person)
                });
                if let Some(own) = own
                    && let Some(score) = score(mentor, &mentee.person, own, wanted, between)
                {
                    pairs.push(Mentoring {
                        mentor: mentor.person.clone(),
                        mentee: mentee.person.clone(),
                        skill: wanted.skill.clone(),
                        gap: own.points - wanted.points,
                        score,
                        planned: false,
                    });
                }
            }
        }
    }
    pairs.order_by(|a, b| b.score.value.unwrap_or(0.0).total_cmp(&a.score.value.unwrap_or(0.0)));
    let total = plan(people, &mut pairs);
    let best = |p: &Learner| {
        let own = pairs.iter().find(|m| m.mentor == p.person).map(|m| m.score.clone());
        let score = own.unwrap_or_else(|| FORM.too_little("nobody to teach, or no hours to spare"));
        (p.person.clone(), score)
    };
    MentoringPlan { potential: people.iter().map(best).collect(), pairs, total }
}

/// Marks the best plan and gives its sum: mentees are rows, mentors columns with their capacity, and one more
/// column for those who get none.
fn plan(people: &[Learner], pairs: &mut [Mentoring]) -> f64 {
    let number: BTreeMap<&str, usize> =
        people.iter().enumerate().map(|(i, p)| (p.person.as_str(), i)).gather();
    let place = |name: &str| number.get(name).copied().unwrap_or(0);
    let n = people.len();
    let mut cost = vec![vec![f64::INFINITY; n + 1]; n];
    let mut best: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in &mut cost {
        crate::cells::put(row, n, 0.0);
    }
    // the best skill of two people comes first
    for (i, m) in pairs.iter().enumerate() {
        let (mentee, mentor) = (place(&m.mentee), place(&m.mentor));
        best.entry((mentee, mentor)).or_insert_with(|| {
            if let Some(row) = cost.get_mut(mentee) {
                crate::cells::put(row, mentor, -m.score.value.unwrap_or(0.0));
            }
            i
        });
    }
    let capacities: Vec<usize> = people.iter().map(|p| capacity(p.spare_h)).chain([n]).collect();
    let Ok(found) = assign_with_capacity(&cost, &capacities) else { return 0.0 };
    for (mentee, mentor) in found.column.iter().enumerate() {
        let chosen = mentor.and_then(|mentor| best.get(&(mentee, mentor)));
        if let Some(pair) = chosen.and_then(|i| pairs.get_mut(*i)) {
            pair.planned = true;
        }
    }
    -found.total
}

fn score(
    mentor: &Learner,
    mentee: &str,
    own: &SkillLevel,
    wanted: &SkillLevel,
    between: Option<&Acquaintance>,
) -> Option<Estimate> {
    let points = |l: &SkillLevel| quantity(Some(l.points), 100.0);
    let gap = points(own)? - points(wanted)?;
    let sds = [quantity(Some(own.sd), 100.0)?, quantity(Some(wanted.sd), 100.0)?];
    let sd = sds.iter().map(|s| s * s).sum::<f64>().sqrt();
    let ahead = if sd > 0.0 { normal_cdf((gap - MIN_GAP) / sd) } else { f64::from(u8::from(gap >= MIN_GAP)) };
    let tie = share(between.map(|b| b.tie)).unwrap_or(0.0);
    let overlap = between.map_or(Some(1.0), |b| share(Some(b.overlap)))?;
    let rest = [
        ("tie", 0.5 + 0.5 * tie, Some(tie)),
        ("hours to spare", (mentor.spare_h / HOURS).min(1.0), Some(mentor.spare_h)),
        ("shared hours", overlap, Some(overlap)),
        ("knowledge shared before", sharing(&mentor.shared), Some(mentor.shared.len() as f64)),
    ];
    let fit = |gap: f64| GAP_FLOOR + (1.0 - GAP_FLOOR) * gap_fit(gap);
    let factors = [("far enough ahead", ahead, Some(gap)), ("best distance", fit(gap), Some(gap))];
    let mut at = 1.0;
    let mut contributions: Vec<Contribution> = Vec::new();
    for (name, factor, now) in factors.into_iter().chain(rest) {
        contributions.push(part(name, at * (factor - 1.0), Some(1.0), now));
        at *= factor;
    }
    if at < MIN_SCORE {
        return None;
    }
    let others: f64 = rest.iter().map(|r| r.1).product();
    let mut noise = Noise::of(seed(&[ID, &mentor.person, mentee, &own.skill]), [0, 0, 0]);
    let draw = |_| {
        let true_gap = gap + sd * noise.normal();
        if true_gap >= MIN_GAP { fit(true_gap) * others } else { 0.0 }
    };
    let sure = sds.iter().all(|s| *s < MOST_SD);
    Some(Estimate {
        contributions,
        n_effective: 0.0,
        prior_share: (sd / (2.0 * MOST_SD)).min(1.0),
        confidence: (1.0 - sd / (2.0 * MOST_SD)).max(0.0),
        coverage: if between.is_some() { 1.0 } else { 0.8 },
        gaps: if sure { Vec::new() } else { vec!["a rating is too unsure".into()] },
        ..FORM.given(at, interval((0..DRAWS).map(draw).collect()), status(sure))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use twin_core::estimate::EstimateStatus;

    fn person(i: usize, points: f64, spare_h: f64, wanted: bool) -> Learner {
        let levels = vec![SkillLevel { skill: "s".into(), points, sd: 3.0, wanted }];
        Learner { person: format!("p{i}"), levels, spare_h, shared: Vec::new() }
    }

    proptest! {
        #[test]
        fn no_mentor_is_over_capacity_and_nobody_has_two(
            list in prop::collection::vec((0.0..100.0_f64, 0.0..6.0_f64, any::<bool>()), 0..9)
        ) {
            let people: Vec<Learner> =
                list.iter().enumerate().map(|(i, &(points, h, wanted))| person(i, points, h, wanted)).collect();
            let plan = mentoring(&people, &[]);
            let planned: Vec<&Mentoring> = plan.pairs.iter().filter(|m| m.planned).collect();
            for p in &people {
                prop_assert!(planned.iter().filter(|m| m.mentor == p.person).count() <= capacity(p.spare_h));
                prop_assert!(planned.iter().filter(|m| m.mentee == p.person).count() <= 1);
            }
            let sum: f64 = planned.iter().map(|m| m.score.value.unwrap()).sum();
            prop_assert!((sum - plan.total).abs() < 1e-9);
            // a greedy plan is never better
            let (mut greedy, mut taught, mut left) = (0.0, Vec::new(), BTreeMap::new());
            for m in &plan.pairs {
                let spare = people.iter().find(|p| p.person == m.mentor).unwrap().spare_h;
                let left = left.entry(&m.mentor).or_insert_with(|| capacity(spare));
                if *left > 0 && !taught.contains(&&m.mentee) {
                    *left -= 1;
                    taught.push(&m.mentee);
                    greedy += m.score.value.unwrap();
                }
            }
            prop_assert!(plan.total >= greedy - 1e-9);
            for m in &plan.pairs {
                let parts: f64 = m.score.contributions.iter().map(|c| c.amount).sum();
                prop_assert!((m.score.value.unwrap() - 1.0 - parts).abs() < 1e-12);
                prop_assert!((0.0..=1.0).contains(&m.score.value.unwrap()));
            }
        }
    }

    #[test]
    fn the_plan_serves_two_rather_than_one_best() {
        // p0 could teach both, p1 only p2
        let people = [
            person(0, 75.0, 1.0, false),
            person(1, 60.0, 2.0, false),
            person(2, 40.0, 0.0, true),
            person(3, 52.0, 0.0, true),
        ];
        let plan = mentoring(&people, &[]);
        let planned: Vec<(&str, &str)> =
            plan.pairs.iter().filter(|m| m.planned).map(|m| (m.mentor.as_str(), m.mentee.as_str())).collect();
        assert!(planned.contains(&("p0", "p3")) && planned.contains(&("p1", "p2")), "{planned:?}");
    }

    #[test]
    fn ties_hours_and_sharing_help() {
        let best = |mentor: &Learner, known: &[Acquaintance]| {
            mentoring(&[mentor.clone(), person(1, 50.0, 0.0, true)], known).potential[0].1.value.unwrap()
        };
        let plain = person(0, 75.0, 2.0, false);
        let between = |tie, overlap| [Acquaintance { a: "p1".into(), b: "p0".into(), tie, overlap }];
        assert!(best(&plain, &between(0.9, 1.0)) > best(&plain, &between(0.1, 1.0)));
        assert!(best(&plain, &between(0.9, 1.0)) > best(&plain, &between(0.9, 0.4)));
        assert!(best(&plain, &[]) > best(&Learner { spare_h: 1.0, ..plain.clone() }, &[]));
        let share = |n| vec![Shared { kind: Sharing::Session, age_days: 10.0 }; n];
        let with = |n| best(&Learner { shared: share(n), ..plain.clone() }, &[]);
        assert!(with(2) > with(0) && with(50) > with(2) && sharing(&share(5000)) <= 1.0);
        let odd = [Shared { kind: Sharing::Answer, age_days: f64::NAN }];
        assert_eq!(sharing(&odd), SHARING_FLOOR);
    }

    #[test]
    fn bad_input_makes_no_pair() {
        for bad in [f64::NAN, f64::INFINITY, -5.0, 500.0] {
            let mentee = person(1, 50.0, 0.0, true);
            assert!(mentoring(&[person(0, bad, 2.0, false), mentee.clone()], &[]).pairs.is_empty());
            assert!(mentoring(&[person(0, 75.0, bad, false), mentee.clone()], &[]).pairs.is_empty());
        }
        assert!(mentoring(&[], &[]).potential.is_empty());
        let alone = mentoring(&[person(0, 50.0, 9.0, true)], &[]);
        assert!(alone.pairs.is_empty() && alone.potential[0].1.status == EstimateStatus::InsufficientData);
        let mut unsure = [person(0, 90.0, 2.0, false), person(1, 40.0, 0.0, true)];
        unsure[0].levels[0].sd = 20.0;
        assert_eq!(mentoring(&unsure, &[]).pairs[0].score.status, EstimateStatus::Provisional);
    }
}
