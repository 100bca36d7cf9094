//! Knowledge tracing: parameters from 40,000 answers in 10 skills, and the chance of each answer under them. For a
//! comparison with pyBKT, `measures bkt --dump DIR` and `benches/bkt_peers`.

use crate::life::Draws;
use crate::timing::per_call;
use crate::{Failure, Line, Options};
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use twin_models::skill::bkt::Bkt;
use twin_models::skill::bkt_fit::{BktFit, fit};

const SKILLS: usize = 10;
const PEOPLE: usize = 200;
/// Answers of a person in a skill.
const ANSWERS: usize = 20;

/// By skill and person.
type Answers = Vec<Vec<Vec<bool>>>;

fn answers() -> Answers {
    let mut draws = Draws(42);
    let skill = |k: usize| {
        let k = k as f64;
        let truth = Bkt {
            prior: 0.2 + 0.03 * k,
            learn: 0.06 + 0.015 * k,
            guess: 0.12 + 0.01 * k,
            slip: 0.06 + 0.008 * k,
            forget: 0.0,
        };
        let mut person = || {
            let mut known = draws.unit() < truth.prior;
            let mut one = || {
                let right = draws.unit() < if known { 1.0 - truth.slip } else { truth.guess };
                known |= draws.unit() < truth.learn;
                right
            };
            (0..ANSWERS).map(|_| one()).collect()
        };
        (0..PEOPLE).map(|_| person()).collect()
    };
    (0..SKILLS).map(skill).collect()
}

fn fitted(answers: &Answers) -> Vec<BktFit> {
    answers.iter().filter_map(|series| fit(series)).collect()
}

/// Chances of all answers, added up so that none is left out.
fn predicted(fits: &[BktFit], answers: &Answers) -> f64 {
    let skills = fits.iter().zip(answers);
    let traces = skills.flat_map(|(fit, series)| series.iter().filter_map(|s| fit.parameters.trace(s)));
    traces.flatten().map(|belief| belief.p_correct).sum()
}

/// The recurrence alone: what any plain program would do.
fn plain(fits: &[BktFit], answers: &Answers) -> f64 {
    let mut sum = 0.0;
    for (fit, series) in fits.iter().zip(answers) {
        let m = fit.parameters;
        for one in series {
            let mut p = m.prior;
            for &right in one {
                let chance = p * (1.0 - m.slip) + (1.0 - p) * m.guess;
                sum += chance;
                let known = if right { p * (1.0 - m.slip) / chance } else { p * m.slip / (1.0 - chance) };
                p = known + (1.0 - known) * m.learn;
            }
        }
    }
    sum
}

fn rows() -> f64 {
    (SKILLS * PEOPLE * ANSWERS) as f64
}

/// Seconds to fit and to predict.
fn times(answers: &Answers) -> (f64, f64, Vec<BktFit>) {
    let fits = fitted(answers);
    let fitting = per_call(|| fitted(black_box(answers)));
    let predicting = per_call(|| predicted(black_box(&fits), answers));
    (fitting, predicting, fits)
}

pub(crate) fn measure(_: &Options) -> Result<Vec<Line>, Failure> {
    let answers = answers();
    let (fitting, predicting, fits) = times(&answers);
    let limit = per_call(|| plain(black_box(&fits), &answers));
    let note = "peer: `benches/bkt_peers`";
    Ok(vec![
        Line::new("BKT fitted to 40,000 answers, 10 skills", "one core", rows() / fitting, "answers/s")
            .note(note),
        Line::new("BKT predicts 40,000 answers", "one core", rows() / predicting, "answers/s")
            .against("the recurrence alone", rows() / limit)
            .ratio_at_least(0.5, 1.0)
            .note(note),
    ])
}

/// Writes the answers and what was fitted and how fast into a folder.
///
/// # Errors
/// Where a file cannot be written.
pub fn dump(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let answers = answers();
    let mut text = String::from("order_id,user_id,skill_name,correct\n");
    let mut order = 0;
    for (k, skill) in answers.iter().enumerate() {
        for (person, series) in skill.iter().enumerate() {
            for right in series {
                order += 1;
                writeln!(text, "{order},{person},s{k},{}", u8::from(*right))?;
            }
        }
    }
    std::fs::write(folder.join("answers.csv"), text)?;
    let (fitting, predicting, fits) = times(&answers);
    let skill = |(k, fit): (usize, &BktFit)| {
        let p = fit.parameters;
        json!({"skill": format!("s{k}"), "prior": p.prior, "learn": p.learn, "guess": p.guess, "slip": p.slip,
               "log_likelihood": fit.log_likelihood})
    };
    let skills: Vec<Value> = fits.iter().enumerate().map(skill).collect();
    let told = json!({"rows": rows(), "fit_s": fitting, "predict_s": predicting, "skills": skills});
    std::fs::write(folder.join("ours.json"), serde_json::to_string(&told)?)?;
    Ok(())
}
