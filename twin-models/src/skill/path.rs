//! In which order to learn what, in the hours there are: from gaps and courses to a path.

use crate::health::answer::Answer;
use crate::plan::Budget;
use crate::plan::learning_path::{Item, LeftOut, PathError, learning_path};
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::Gather as _;

/// Id of the model.
pub const ID: &str = "learning_path";
/// Its version.
pub const VERSION: &str = "1";

const POINTS: Answer = Answer { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Quantity };

/// A gap that is to be closed.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenGap {
    /// The skill.
    pub skill: String,
    /// Points that are missing, at least 0.
    pub gap: f64,
    /// How much it matters, at least 0.
    pub importance: f64,
}

/// Something that can be learnt: a course, a book, a project.
#[derive(Clone, Debug, PartialEq)]
pub struct LearningItem {
    /// Its name; each name once.
    pub name: String,
    /// The skill it is for.
    pub skill: String,
    /// Points it brings when it is completed, at least 0; all of the gap where unknown.
    pub points: Option<f64>,
    /// Probability that it is completed once begun, 0..=1; 1 where unknown.
    pub p_complete: Option<f64>,
    /// Hours it takes, at least 0.
    pub hours: f64,
    /// Names of items that come before.
    pub needs: Vec<String>,
    /// Days from now by which it should be done.
    pub due_in_days: Option<f64>,
}

/// A step of the path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep {
    /// The item.
    pub name: String,
    /// Its skill.
    pub skill: String,
    /// Hours it takes.
    pub hours: f64,
    /// Importance times points that it is expected to bring.
    pub value: f64,
    /// Days from now at which it is done.
    pub done_in_days: f64,
    /// Whether that is after it is due.
    pub late: bool,
}

/// An item that is not in the path.
#[derive(Clone, Debug, PartialEq)]
pub struct NotTaken {
    /// The item.
    pub name: String,
    /// Why, in plain words.
    pub reason: String,
}

/// What to learn, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillPath {
    /// Steps in order.
    pub steps: Vec<PathStep>,
    /// Importance times points that the path is expected to bring; contributions are the steps.
    pub value: Estimate,
    /// No path is worth more.
    pub bound: f64,
    /// What is left out, and why.
    pub left_out: Vec<NotTaken>,
}

/// Why there is no path.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SkillPathError {
    /// Numbers of an item that cannot be.
    #[error("`{0}` needs hours and points of 0 or more and a probability of 0..=1")]
    Item(String),
    /// A gap with numbers that cannot be.
    #[error("the gap of `{0}` needs points and an importance of 0 or more")]
    Gap(String),
    /// Hours there are that cannot be.
    #[error("hours in all must be 0 or more and hours a week above 0")]
    Hours,
    /// Two items of one name.
    #[error("`{0}` is there twice")]
    Twice(String),
    /// A prerequisite that is not there.
    #[error("`{item}` needs `{needs}`, which is not there")]
    NoSuchItem {
        /// The item.
        item: String,
        /// What it needs.
        needs: String,
    },
    /// Items that need each other.
    #[error("these need each other in a circle: {}", .0.join(", "))]
    Cycle(Vec<String>),
}

/// The worthiest items for the hours there are, in an order that keeps prerequisites and, where it can, due dates.
///
/// An item is worth importance × points × probability of completing it, its points at most the gap. Among items
/// whose prerequisites are done the one comes next that, or something after it, is due first; then the densest.
/// Late steps are marked, not dropped. `hours`: in all; `hours_per_week`: at most so many a week.
///
/// ```
/// # use twin_models::plan::Budget;
/// # use twin_models::skill::path::{LearningItem, OpenGap, skill_path};
/// let gaps = [OpenGap { skill: "sql".into(), gap: 20.0, importance: 2.0 }];
/// let item = |name: &str, points, needs: &[&str]| LearningItem {
///     name: name.into(),
///     skill: "sql".into(),
///     points: Some(points),
///     p_complete: None,
///     hours: 5.0,
///     needs: needs.iter().map(|n| (*n).into()).collect(),
///     due_in_days: None,
/// };
/// let items = [item("joins", 8.0, &["basics"]), item("basics", 4.0, &[]), item("tuning", 1.0, &[])];
/// let path = skill_path(&items, &gaps, 10.0, 5.0, Budget::steps(1000, 1)).unwrap();
/// let names: Vec<&str> = path.steps.iter().map(|s| s.name.as_str()).collect();
/// assert_eq!((names, path.value.value), (vec!["basics", "joins"], Some(24.0)));
/// assert_eq!(path.steps[1].done_in_days, 14.0);
/// ```
///
/// # Errors
/// On numbers that cannot be, names that are missing or there twice, and circles, which are named.
pub fn skill_path(
    items: &[LearningItem],
    gaps: &[OpenGap],
    hours: f64,
    hours_per_week: f64,
    budget: Budget<'_>,
) -> Result<SkillPath, SkillPathError> {
    if !(hours.is_finite() && hours >= 0.0 && hours_per_week.is_finite() && hours_per_week > 0.0) {
        return Err(SkillPathError::Hours);
    }
    let plain = plain(items, gaps)?;
    let name = |i: usize| items.get(i).map_or_else(String::new, |item| item.name.clone());
    let found = learning_path(&plain, hours, budget).map_err(|error| match error {
        PathError::Hours => SkillPathError::Hours,
        PathError::Item { item } => SkillPathError::Item(name(item)),
        PathError::NoSuchItem { item, needs } => {
            SkillPathError::NoSuchItem { item: name(item), needs: name(needs) }
        }
        PathError::Cycle { items } => SkillPathError::Cycle(items.into_iter().map(name).collect()),
    })?;
    let mut used = 0.0;
    let mut steps = Vec::new();
    for i in in_time(&found.items, items, &plain) {
        let (Some(item), Some(worth)) = (items.get(i), plain.get(i)) else { continue };
        used += item.hours;
        let done_in_days = 7.0 * used / hours_per_week;
        steps.push(PathStep {
            name: item.name.clone(),
            skill: item.skill.clone(),
            hours: item.hours,
            value: worth.value,
            done_in_days,
            late: item.due_in_days.is_some_and(|due| done_in_days > due + 1e-9),
        });
    }
    let left_out = found.left_out.iter().map(|(i, why)| NotTaken { name: name(*i), reason: reason(why) });
    Ok(SkillPath {
        value: worth(&steps, items, found.value),
        left_out: left_out.collect(),
        bound: found.bound,
        steps,
    })
}

/// Items as the search wants them.
fn plain(items: &[LearningItem], gaps: &[OpenGap]) -> Result<Vec<Item>, SkillPathError> {
    let good = |x: f64| x.is_finite() && x >= 0.0;
    if let Some(bad) = gaps.iter().find(|g| !(good(g.gap) && good(g.importance))) {
        return Err(SkillPathError::Gap(bad.skill.clone()));
    }
    let mut at = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        if at.insert(item.name.as_str(), i).is_some() {
            return Err(SkillPathError::Twice(item.name.clone()));
        }
    }
    let of = |item: &LearningItem| {
        let p = item.p_complete.unwrap_or(1.0);
        let sound = good(item.hours)
            && item.points.is_none_or(good)
            && (0.0..=1.0).contains(&p)
            && item.due_in_days.is_none_or(f64::is_finite);
        if !sound {
            return Err(SkillPathError::Item(item.name.clone()));
        }
        let value = gaps.iter().find(|g| g.skill == item.skill).map_or(0.0, |gap| {
            let points = item.points.map_or(gap.gap, |p| p.min(gap.gap));
            gap.importance * points * p
        });
        let missing =
            |needs: &String| SkillPathError::NoSuchItem { item: item.name.clone(), needs: needs.clone() };
        let needs = item.needs.iter().map(|n| at.get(n.as_str()).copied().ok_or_else(|| missing(n)));
        Ok(Item { value, hours: item.hours, needs: needs.collect::<Result<_, _>>()? })
    };
    items.iter().map(of).collect()
}

/// The chosen items so that what is due first, or is needed for it, comes first, prerequisites kept.
fn in_time(chosen: &[usize], items: &[LearningItem], plain: &[Item]) -> Vec<usize> {
    let mut due: BTreeMap<usize, f64> = chosen
        .iter()
        .map(|&i| (i, items.get(i).and_then(|item| item.due_in_days).unwrap_or(f64::INFINITY)))
        .gather();
    // the search hands them out with prerequisites first: going back, what is needed is due with what needs it
    for &i in chosen.iter().rev() {
        let own = due.get(&i).copied().unwrap_or(f64::INFINITY);
        for p in plain.get(i).map_or(&[][..], |item| &item.needs) {
            if let Some(before) = due.get_mut(p) {
                *before = before.min(own);
            }
        }
    }
    let density = |i: usize| plain.get(i).map_or(0.0, |item| item.value / item.hours.max(1e-9));
    let mut open: Vec<usize> = chosen.to_vec();
    let mut order = Vec::with_capacity(open.len());
    while !open.is_empty() {
        let ready = |i: usize| plain.get(i).is_some_and(|item| !item.needs.iter().any(|p| open.contains(p)));
        let soonest = |a: &usize, b: &usize| {
            let of = |i: &usize| due.get(i).copied().unwrap_or(f64::INFINITY);
            of(a).total_cmp(&of(b)).then_with(|| density(*b).total_cmp(&density(*a))).then(a.cmp(b))
        };
        let Some(next) = open.iter().copied().filter(|&i| ready(i)).min_by(soonest) else { break };
        open.retain(|&i| i != next);
        order.push(next);
    }
    order
}

fn reason(why: &LeftOut) -> String {
    match why {
        LeftOut::TooLong { hours } => format!("with what it needs it takes {hours} h, more than there are"),
        LeftOut::LessWorth { value, .. } if *value <= 0.0 => "it closes no gap".into(),
        LeftOut::LessWorth { hours, value } => {
            format!("{hours} more hours would bring {value:.1}, less than what is in the path")
        }
    }
}

/// What the path brings if steps are completed apart from each other.
fn worth(steps: &[PathStep], items: &[LearningItem], value: f64) -> Estimate {
    let p = |step: &PathStep| {
        items.iter().find(|i| i.name == step.name).and_then(|i| i.p_complete).unwrap_or(1.0)
    };
    // a step brings value / p with probability p
    let variance: f64 =
        steps.iter().filter(|s| p(s) > 0.0).map(|s| s.value * s.value * (1.0 - p(s)) / p(s)).sum();
    let most: f64 = steps.iter().filter(|s| p(s) > 0.0).map(|s| s.value / p(s)).sum();
    let reach = crate::stats::Z80 * variance.sqrt();
    let late = steps.iter().filter(|s| s.late);
    let parts = steps.iter().map(|step| Contribution {
        feature: step.name.clone(),
        amount: step.value,
        baseline: None,
        now: Some(step.hours),
        unit: "h".into(),
    });
    if steps.is_empty() {
        return POINTS.absent(EstimateStatus::Abstained, "nothing that closes a gap fits into the hours");
    }
    Estimate {
        contributions: parts.collect(),
        gaps: late.map(|s| format!("{} is done after it is due", s.name)).collect(),
        ..POINTS.between(
            value,
            ((value - reach).max(0.0), (value + reach).min(most)),
            if most > 0.0 { value / most } else { 0.0 },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, hours: f64, needs: &[&str]) -> LearningItem {
        LearningItem {
            name: name.into(),
            skill: "sql".into(),
            points: Some(hours),
            p_complete: None,
            hours,
            needs: needs.iter().map(|n| (*n).into()).collect(),
            due_in_days: None,
        }
    }

    fn gaps() -> Vec<OpenGap> {
        vec![OpenGap { skill: "sql".into(), gap: 30.0, importance: 1.0 }]
    }

    fn of(items: &[LearningItem]) -> Result<SkillPath, SkillPathError> {
        skill_path(items, &gaps(), 40.0, 10.0, Budget::steps(1000, 1))
    }

    #[test]
    fn circles_are_named() {
        let items = [item("a", 1.0, &["b"]), item("b", 1.0, &["c"]), item("c", 1.0, &["a"])];
        let error = of(&items).unwrap_err();
        assert_eq!(error.to_string(), "these need each other in a circle: a, b, c");
        assert_eq!(of(&[item("a", 1.0, &["a"])]), Err(SkillPathError::Cycle(vec!["a".into()])));
    }

    #[test]
    fn what_is_due_pulls_its_prerequisites_forward() {
        let mut items = [item("long", 9.0, &[]), item("base", 2.0, &[]), item("exam", 3.0, &["base"])];
        items[0].points = Some(30.0);
        let names = |path: SkillPath| path.steps.into_iter().map(|s| s.name).collect::<Vec<_>>();
        assert_eq!(names(of(&items).unwrap()), ["long", "base", "exam"]);
        items[2].due_in_days = Some(4.0);
        let path = of(&items).unwrap();
        assert!(!path.steps[1].late && path.steps[1].done_in_days == 3.5);
        assert_eq!(names(path), ["base", "exam", "long"]);
        items[2].due_in_days = Some(3.0);
        let path = of(&items).unwrap();
        assert!(path.steps[1].late && path.value.gaps[0] == "exam is done after it is due");
    }

    #[test]
    fn chances_widen_and_gaps_limit() {
        let mut items = [item("a", 10.0, &[]), item("b", 10.0, &[])];
        items[0].p_complete = Some(0.5);
        items[1].points = Some(500.0);
        let path = of(&items).unwrap();
        assert_eq!(path.value.value, Some(35.0));
        let parts: f64 = path.value.contributions.iter().map(|c| c.amount).sum();
        assert!((parts - 35.0).abs() < 1e-9);
        assert!(path.value.low < Some(35.0) && path.value.high > Some(35.0));
    }

    #[test]
    fn bad_input_is_named() {
        assert_eq!(of(&[item("a", f64::NAN, &[])]), Err(SkillPathError::Item("a".into())));
        assert_eq!(of(&[item("a", 1.0, &[]), item("a", 2.0, &[])]), Err(SkillPathError::Twice("a".into())));
        let missing = SkillPathError::NoSuchItem { item: "a".into(), needs: "x".into() };
        assert_eq!(of(&[item("a", 1.0, &["x"])]), Err(missing));
        let budget = || Budget::steps(10, 1);
        assert_eq!(skill_path(&[], &gaps(), 1.0, 0.0, budget()), Err(SkillPathError::Hours));
        assert_eq!(skill_path(&[], &gaps(), f64::NAN, 1.0, budget()), Err(SkillPathError::Hours));
        let odd = [OpenGap { skill: "sql".into(), gap: -1.0, importance: 1.0 }];
        assert_eq!(skill_path(&[], &odd, 1.0, 1.0, budget()), Err(SkillPathError::Gap("sql".into())));
        assert_eq!(of(&[]).unwrap().value.status, EstimateStatus::Abstained);
    }
}
