//! Ratings from the results of teams.

use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::skill::team::{Scale, Skill};
use twin_models::skill::trueskill::trueskill;
use twin_models::skill::weng_lin::{Ranking, weng_lin, win_probabilities};

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    of("TrueSkill (EP, teams, draws)", "all", |c| {
        let draw = number(c, "draw_probability")?;
        Some(told(trueskill(&teams(c)?, &numbers(c, "ranks")?, scale(c)?, draw)))
    }),
    of("Weng-Lin ratings", "post", |c| {
        let ranking = match c.get("input")?.get("model")?.as_str()? {
            "PlackettLuce" => Ranking::PlackettLuce,
            "BradleyTerryFull" => Ranking::BradleyTerry,
            "ThurstoneMostellerFull" => Ranking::ThurstoneMosteller,
            _ => return None,
        };
        Some(told(weng_lin(ranking, &teams(c)?, &numbers(c, "ranks")?, scale(c)?)))
    }),
    of("Weng-Lin ratings", "predict_win", |c| Some(json!(win_probabilities(&teams(c)?, number(c, "beta")?)))),
];

fn scale(case: &Value) -> Option<Scale> {
    Some(Scale { beta: number(case, "beta")?, tau: number(case, "tau")? })
}

fn teams(case: &Value) -> Option<Vec<Vec<Skill>>> {
    let member = |m: &Value| {
        let [mu, sigma] = plain(m)?.try_into().ok()?;
        Some(Skill { mu, sigma })
    };
    let team = |t: &Value| t.as_array()?.iter().map(member).collect();
    case.get("input")?.get("teams")?.as_array()?.iter().map(team).collect()
}

fn told(teams: Option<Vec<Vec<Skill>>>) -> Value {
    let team = |team: Vec<Skill>| team.iter().map(|s| [s.mu, s.sigma]).collect::<Vec<_>>();
    json!(teams.map(|teams| teams.into_iter().map(team).collect::<Vec<_>>()))
}
