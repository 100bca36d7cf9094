//! Who makes a team.

use super::{Formula, Rule, numbers, table, under, whole};
use serde_json::{Value, json};
use twin_models::plan::{
    Budget,
    team::{TeamProblem, team},
};

const MODEL: &str = "team composition: choose team_size people maximising 100*sum_s min(need_s, max_p skill_ps) \
                     + sum_{a<b} chemistry_ab - sum load";

/// What answers here. All instances are small enough to be solved exactly.
pub(super) const FORMULAS: &[Formula] = &[
    under(Rule::Within(1e-6), MODEL, "objective", |c| Some(json!(score(c)?.0))),
    under(Rule::Within(1e-6), MODEL, "bound", |c| Some(json!(score(c)?.1))),
    under(Rule::Information, MODEL, "status", |_| None),
];

fn score(case: &Value) -> Option<(f64, f64)> {
    let problem = TeamProblem {
        skills: table(case, "skills")?,
        need: numbers(case, "need")?,
        chemistry: table(case, "chemistry")?,
        load: numbers(case, "load")?,
        size: whole(case, "team_size")?,
        ..TeamProblem::default()
    };
    let best = team(&problem, Budget::steps(1000, 1)).ok()?;
    (best.people.len() == problem.size).then_some((problem.score(&best.people), best.bound))
}
