//! The next answer of a person on a skill, each predicted from those before it and then learnt from, in one pass:
//! ours beside PFA [pavlik2009], Best-LR [gervet2020] and Elo [pelanek2016] run the same way.
//!
//! The baselines are tried with several variances and steps, and the best of each by the figure itself is taken:
//! they are tuned on the answers they are judged by, ours is not tuned at all here.

use super::report::{Figure, Report};
use super::table::{Numbers, columns};
use super::{Asked, score};
use std::path::Path;
use twin_models::skill::elo::{Rating, Uncertainty, update};
use twin_models::skill::knowledge::Tracer;
use twin_models::skill::pfa::{Pfa, Priors};

/// A person, a skill, and whether the answer was right.
type Answer = (u32, u32, bool);

/// Groups of people over which a gain is averaged.
const GROUPS: u32 = 20;

pub(super) fn run(asked: &Asked) -> Result<Report, String> {
    let mut report = Report { task: "knowledge".into(), ..Report::default() };
    let answers = match &asked.csv {
        Some(file) => {
            report.notes.push("the order of the rows is taken as time".into());
            from_csv(file)?
        }
        None => {
            report.notes.push(
                "ASSISTments 2015 has no common clock: people come one after another, in the order of the file; \
                 `interleaved` takes the first answer of everyone, then the second, and so on"
                    .into(),
            );
            assistments(asked.folder()?)?
        }
    };
    if answers.is_empty() {
        return Err("no answers".into());
    }
    report.n = answers.len();
    report.people = answers.iter().map(|a| a.0).collect::<std::collections::BTreeSet<_>>().len();
    let ours = online(&answers, tracer());
    let (name, best) = add(&mut report, "", &answers, &ours);
    report.notes.push(format!("best baseline: {name}"));
    report.metrics.push(gain(&answers, &ours, &best));
    controls(&mut report, &answers, &ours, asked.csv.is_none());
    report.notes.push(
        "each answer is predicted before it is learnt from, in one pass; of every baseline the best of several \
         settings by AUC on these answers is taken. pfa has a level of the person, which the first had not; \
         pfa_recency is our formula of it with a term of recent answers"
            .into(),
    );
    Ok(report)
}

/// Judges ours and the baselines; gives the best baseline of PFA, Best-LR and Elo, and what it said.
fn add(report: &mut Report, prefix: &str, answers: &[Answer], ours: &[f64]) -> (String, Vec<f64>) {
    let judged =
        |said: &[f64]| -> Vec<(f64, bool)> { said.iter().zip(answers).map(|(p, a)| (*p, a.2)).collect() };
    let rows = judged(ours);
    report.metrics.push(Figure::new(&format!("{prefix}auc"), score::auc(&rows)));
    report.metrics.push(Figure::new(&format!("{prefix}ece"), score::ece(&rows)));
    let brier =
        rows.iter().map(|(p, y)| (p - f64::from(u8::from(*y))).powi(2)).sum::<f64>() / rows.len() as f64;
    report.metrics.push(Figure::new(&format!("{prefix}brier"), brier));
    let mut best: Option<(f64, String, Vec<f64>)> = None;
    for (name, settings) in baselines() {
        let tried = settings.into_iter().map(|setting| online(answers, setting));
        let tried = tried.map(|said| (score::auc(&judged(&said)), said));
        let Some((auc, said)) = tried.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        report.baselines.push(Figure::new(&format!("{prefix}{name}_auc"), auc));
        report.baselines.push(Figure::new(&format!("{prefix}{name}_ece"), score::ece(&judged(&said))));
        if name != "pfa_recency" && best.as_ref().is_none_or(|b| auc > b.0) {
            best = Some((auc, name.into(), said));
        }
    }
    best.map(|(_, name, said)| (name, said)).unwrap_or_default()
}

/// A model that gives the chance of an answer and then learns from it.
type Online = Box<dyn FnMut(Answer) -> f64>;

fn online(answers: &[Answer], mut model: Online) -> Vec<f64> {
    answers.iter().map(|answer| model(*answer)).collect()
}

fn tracer() -> Online {
    let mut tracer = Tracer::default();
    Box::new(move |(person, skill, correct)| tracer.observe(person, skill, correct))
}

fn pfa(priors: Priors) -> Online {
    let mut model = Pfa::new(priors);
    Box::new(move |(person, skill, correct)| model.observe(person, skill, correct).probability())
}

fn elo(speed: Uncertainty) -> Online {
    let mut ratings: [Vec<Rating>; 2] = Default::default();
    Box::new(move |(person, skill, correct)| {
        for (of, i) in ratings.iter_mut().zip([person, skill]) {
            let needed = of.len().max(i as usize + 1);
            of.resize(needed, Rating::default());
        }
        let [people, skills] = &mut ratings;
        match (people.get_mut(person as usize), skills.get_mut(skill as usize)) {
            (Some(person), Some(skill)) => update(person, skill, f64::from(u8::from(correct)), speed),
            _ => f64::NAN,
        }
    })
}

/// The baselines, each in several settings.
fn baselines() -> [(&'static str, Vec<Online>); 4] {
    let people = [0.1, 0.3, 1.0];
    let none = Priors { recency: 0.0, ..Priors::default() };
    let of = |make: fn(f64, Priors) -> Priors| people.map(|v| pfa(make(v, none))).into_iter();
    let best_lr = of(|person, p| Priors { person, totals: 0.5, ..p })
        .chain(of(|person, p| Priors { person, totals: 0.5, skill_counts: 0.5, ..p }))
        .chain(of(|person, p| Priors { person, totals: 0.5, skill_counts: 0.0, ..p }));
    let own = of(|person, p| Priors { person, ..p })
        .chain(of(|person, p| Priors { person, skill_counts: 0.5, ..p }))
        .chain([pfa(Priors { person: 0.0, ..none })]);
    let recent = of(|person, p| Priors { person, recency: 0.5, ..p });
    let steps = [(1.8, 0.05), (0.8, 0.05), (0.5, 0.02), (1.0, 0.2), (0.4, 0.01)];
    [
        ("pfa", own.collect()),
        ("best_lr", best_lr.collect()),
        ("elo", steps.map(|(a, b)| elo(Uncertainty { a, b })).into()),
        ("pfa_recency", recent.collect()),
    ]
}

/// By how much ours is above the best baseline, with 90 % of what groups of people differ in.
fn gain(answers: &[Answer], ours: &[f64], best: &[f64]) -> Figure {
    let auc = |said: &[f64], group: Option<u32>| {
        let rows = said.iter().zip(answers).filter(|(_, a)| group.is_none_or(|g| a.0 % GROUPS == g));
        score::auc(&rows.map(|(p, a)| (*p, a.2)).collect::<Vec<_>>())
    };
    let gains: Vec<f64> = (0..GROUPS)
        .map(|g| auc(ours, Some(g)) - auc(best, Some(g)))
        .filter(|gain| gain.is_finite())
        .collect();
    let value = auc(ours, None) - auc(best, None);
    let spread = twin_models::stats::sd(&gains).map(|sd| 1.645 * sd / (gains.len() as f64).sqrt());
    let interval = spread.map(|reach| (value - reach, value + reach));
    Figure { name: "auc_gain_on_best".into(), value, interval }
}

fn controls(report: &mut Report, answers: &[Answer], ours: &[f64], one_after_another: bool) {
    let mut control = |name: &str, value: f64| report.controls.push(Figure::new(name, value));
    // with others' answers alone: the person is never known
    let mut tracer = Tracer::default();
    let strangers: Vec<(f64, bool)> = answers
        .iter()
        .map(|&(person, skill, correct)| {
            let p = tracer.probability(u32::MAX, skill);
            tracer.observe(person, skill, correct);
            (p, correct)
        })
        .collect();
    control("without_own_answers_auc", score::auc(&strangers));
    let mut seen = std::collections::BTreeSet::new();
    let first: Vec<(f64, bool)> =
        ours.iter().zip(answers).filter(|(_, a)| seen.insert((a.0, a.1))).map(|(p, a)| (*p, a.2)).collect();
    control("first_answer_on_a_skill_auc", score::auc(&first));
    // answers dealt out again by a fixed order, so that nothing can be known
    let step = ((answers.len() as f64 * 0.618) as usize + 1..)
        .find(|step| gcd(*step, answers.len()) == 1)
        .unwrap_or(1);
    let dealt: Vec<Answer> = (0..answers.len())
        .zip(answers)
        .filter_map(|(i, a)| Some((a.0, a.1, answers.get(i * step % answers.len())?.2)))
        .collect();
    let rows: Vec<_> = online(&dealt, self::tracer()).into_iter().zip(dealt.iter().map(|a| a.2)).collect();
    control("answers_of_others_auc", score::auc(&rows));
    if one_after_another {
        let people = answers.iter().map(|a| a.0).max().unwrap_or(0);
        let late = |a: &Answer| a.0 > people / 2;
        let rows: Vec<_> =
            ours.iter().zip(answers).filter(|(_, a)| late(a)).map(|(p, a)| (*p, a.2)).collect();
        control("second_half_of_people_auc", score::auc(&rows));
        control("second_half_of_people_ece", score::ece(&rows));
        let mixed = interleaved(answers);
        let mut inner = Report::default();
        add(&mut inner, "interleaved_", &mixed, &online(&mixed, self::tracer()));
        report.controls.extend(inner.metrics.into_iter().chain(inner.baselines));
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The first answer of everyone, then the second, and so on.
fn interleaved(answers: &[Answer]) -> Vec<Answer> {
    let mut count = std::collections::BTreeMap::new();
    let mut turns: Vec<(u32, Answer)> = answers
        .iter()
        .map(|answer| {
            let turn = count.entry(answer.0).or_insert(0);
            *turn += 1;
            (*turn, *answer)
        })
        .collect();
    turns.sort_by_key(|turn| turn.0);
    turns.into_iter().map(|turn| turn.1).collect()
}

fn from_csv(path: &Path) -> Result<Vec<Answer>, String> {
    let (mut people, mut skills) = (Numbers::default(), Numbers::default());
    let rows = columns(path, ["person", "skill", "correct"])?;
    let rows = rows.iter().enumerate().map(|(i, [person, skill, correct])| {
        let correct = match correct.to_ascii_lowercase().as_str() {
            "1" | "true" | "1.0" => true,
            "0" | "false" | "0.0" => false,
            other => return Err(format!("row {}: `{other}` is neither 0 nor 1", i + 2)),
        };
        Ok((people.of(person) as u32, skills.of(skill) as u32, correct))
    });
    rows.collect()
}

/// Rows of a person each: skills and answers as lists, −1 where there is none.
fn assistments(data: &Path) -> Result<Vec<Answer>, String> {
    let rows = columns(&data.join("skill/assist2015/train_valid.csv.gz"), ["concepts", "responses"])?;
    let mut answers = Vec::new();
    for (person, [skills, right]) in rows.iter().enumerate() {
        for (skill, right) in skills.split(',').zip(right.split(',')) {
            if let (Ok(skill), Ok(right @ 0..=1)) = (skill.parse(), right.parse::<u8>()) {
                answers.push((person as u32, skill, right == 1));
            }
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken() {
        let rows = [(0, 1, true), (0, 2, true), (0, 3, false), (1, 4, true), (1, 5, false)];
        let skills: Vec<u32> = interleaved(&rows).iter().map(|a| a.1).collect();
        assert_eq!(skills, [1, 4, 2, 5, 3]);
        assert_eq!(gcd(12, 18), 6);
    }
}
