//! Readiness and wellness: unseen people, answer by answer, each predicted from what was known before it (book
//! §16): at least 14 own answers before a prediction counts.

use super::baselines;
use super::pmdata::{self, Person};
use super::report::{Figure, Report};
use super::score;
use crate::fit::readiness::{scale, series, without};
use std::path::Path;
use twin_models::health::readiness::drivers::DRIVERS;
use twin_models::health::readiness::prior::Prior;
use twin_models::health::readiness::{ANSWERS_MIN, Learner, Question, priors};

/// One prediction and what was said then.
#[derive(Clone)]
struct Scored {
    was: f64,
    mean: f64,
    median: f64,
    inside: bool,
    width: f64,
    low: bool,
    p_low: f64,
    /// How far the best simple level lies below the own mean, in own standard deviations.
    simple_low: f64,
    usual: f64,
    simple: [f64; baselines::NAMES.len()],
}

/// The rows of one person: before 14 answers and after.
struct Run {
    early: Vec<(f64, f64, f64)>,
    cold: Vec<(f64, f64)>,
    late: Vec<Scored>,
}

fn prior(person: &Person, name: &str, shipped: &Prior) -> Prior {
    without(&person.hash, name).unwrap_or(*shipped)
}

/// What a run may look at.
#[derive(Clone, Copy, PartialEq)]
enum Looks {
    /// Past answers, sensors and diary: the model as it is.
    Usual,
    /// The other answers of the same morning as well.
    Morning,
    /// Past answers alone.
    Answers,
}

fn run(person: &Person, question: Question, looks: Looks, prior: &Prior) -> Run {
    let scale = scale(question);
    let mut learner = Learner::new(prior, scale);
    let centre = scale.low + prior.centre * (scale.high - scale.low);
    let mut past: Vec<(i32, f64)> = Vec::new();
    let mut out = Run { early: Vec::new(), cold: Vec::new(), late: Vec::new() };
    let days = person.mornings.iter().filter(|m| question.of(&m.answers).is_some()).map(|m| m.day);
    for ((z, was), day) in series(person, question, looks == Looks::Morning).rows.iter().zip(days) {
        let z = if looks == Looks::Answers { &[0.0; DRIVERS] } else { z };
        let said = learner.forecast(z);
        out.cold.push((Learner::new(prior, scale).forecast(z).mean, *was));
        if learner.answers() >= ANSWERS_MIN {
            let simple = baselines::predict(&past, day);
            let (usual, sd) = learner.usual();
            let ewma = simple.get(3).copied().unwrap_or(usual);
            out.late.push(Scored {
                was: *was,
                mean: said.mean,
                median: said.median,
                inside: (*was - said.mean).abs() <= said.half_width,
                width: said.interval.1 - said.interval.0,
                low: *was <= said.low_threshold,
                p_low: said.low_day,
                simple_low: (usual - ewma) / sd.max(1e-9),
                usual,
                simple,
            });
        } else {
            out.early.push((said.mean, *was, centre));
        }
        learner.observe(z, *was);
        past.push((day, *was));
    }
    out
}

fn pairs(rows: &[Scored], said: impl Fn(&Scored) -> f64) -> Vec<(f64, f64)> {
    rows.iter().map(|r| (said(r), r.was)).collect()
}

type Score = fn(&[(f64, f64)]) -> f64;

fn of(rows: &[Scored], score: Score, said: impl Fn(&Scored) -> f64) -> f64 {
    score(&pairs(rows, said))
}

fn simple(rows: &[Scored], score: Score, which: usize) -> f64 {
    of(rows, score, |r| r.simple.get(which).copied().unwrap_or(f64::NAN))
}

/// Percent by which the best simple predictor is beaten.
fn gain(rows: &[Scored], score: Score, said: impl Fn(&Scored) -> f64) -> f64 {
    let best = (0..baselines::NAMES.len()).map(|i| simple(rows, score, i)).fold(f64::INFINITY, f64::min);
    100.0 * (1.0 - of(rows, score, said) / best)
}

fn low_auc(rows: &[Scored], said: impl Fn(&Scored) -> f64) -> f64 {
    score::auc(&rows.iter().map(|r| (said(r), r.low)).collect::<Vec<_>>())
}

/// Mean over people of a figure that each has.
fn within(people: &[Vec<Scored>], figure: impl Fn(&[Scored]) -> f64) -> f64 {
    let all: Vec<f64> = people.iter().map(|rows| figure(rows)).filter(|x| x.is_finite()).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// How answers and predictions move together around the running mean.
fn correlation(rows: &[Scored]) -> f64 {
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for r in rows {
        let (x, y) = (r.mean - r.usual, r.was - r.usual);
        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    xy / (xx * yy).sqrt()
}

fn figure(name: String, people: &[Vec<Scored>], score: impl Fn(&[Scored]) -> f64) -> Figure {
    let all: Vec<Scored> = people.concat();
    Figure { name, value: score(&all), interval: score::over_people(people, score) }
}

/// Adds what is known of one question to a report, every name beginning with `prefix`.
fn add(report: &mut Report, prefix: &str, question: Question, people: &[Person]) {
    let runs: Vec<Run> = people
        .iter()
        .map(|p| run(p, question, Looks::Usual, &prior(p, question.name(), question.prior())))
        .collect();
    let late: Vec<Vec<Scored>> =
        runs.iter().map(|r| r.late.clone()).filter(|rows| !rows.is_empty()).collect();
    if late.is_empty() {
        report.notes.push(format!("{}: nobody gave more than 14 answers", question.name()));
        return;
    }
    let mut metric = |name: &str, score: &dyn Fn(&[Scored]) -> f64| {
        report.metrics.push(figure(format!("{prefix}{name}"), &late, score));
    };
    metric("mae", &|r| of(r, score::mae, |r| r.median));
    metric("rmse", &|r| of(r, score::rmse, |r| r.mean));
    metric("mae_of_mean", &|r| of(r, score::mae, |r| r.mean));
    metric("mae_gain_on_best_pct", &|r| gain(r, score::mae, |r| r.median));
    metric("rmse_gain_on_best_pct", &|r| gain(r, score::rmse, |r| r.mean));
    metric("mae_gain_on_ewma_3d_pct", &|r| {
        100.0 * (1.0 - of(r, score::mae, |r| r.median) / simple(r, score::mae, 3))
    });
    metric("mae_of_mean_gain_on_ewma_3d_pct", &|r| {
        100.0 * (1.0 - of(r, score::mae, |r| r.mean) / simple(r, score::mae, 3))
    });
    metric("rmse_gain_on_ewma_3d_pct", &|r| {
        100.0 * (1.0 - of(r, score::rmse, |r| r.mean) / simple(r, score::rmse, 3))
    });
    metric("coverage_80", &|r| r.iter().filter(|r| r.inside).count() as f64 / r.len() as f64);
    metric("interval_width", &|r| r.iter().map(|r| r.width).sum::<f64>() / r.len() as f64);
    metric("low_day_auc", &|r| low_auc(r, |r| r.p_low));
    metric("low_day_rate", &|r| r.iter().filter(|r| r.low).count() as f64 / r.len() as f64);
    metric("low_day_ece", &|r| score::ece(&r.iter().map(|r| (r.p_low, r.low)).collect::<Vec<_>>()));
    let mut single = |name: &str, value: f64| {
        report.metrics.push(Figure::new(&format!("{prefix}{name}"), value));
    };
    single("within_person_low_day_auc", within(&late, |r| low_auc(r, |r| r.p_low)));
    single("within_person_correlation", within(&late, correlation));
    let low = |r: &[Scored]| of(r, score::mae, |r| r.median) < simple(r, score::mae, 3);
    single("people_better_than_ewma_3d_mae", late.iter().filter(|r| low(r)).count() as f64);
    let low = |r: &[Scored]| of(r, score::rmse, |r| r.mean) < simple(r, score::rmse, 3);
    single("people_better_than_ewma_3d_rmse", late.iter().filter(|r| low(r)).count() as f64);
    let cold: Vec<(f64, f64)> = runs.iter().flat_map(|r| r.cold.clone()).collect();
    single("cold_start_mae", score::mae(&cold));
    single("cold_start_rmse", score::rmse(&cold));
    let early: Vec<(f64, f64, f64)> = runs.iter().flat_map(|r| r.early.clone()).collect();
    let first: Vec<(f64, f64)> = early.iter().map(|(said, was, _)| (*said, *was)).collect();
    single("first_14_answers_mae", score::mae(&first));
    for (i, name) in baselines::NAMES.iter().enumerate() {
        let mut baseline = |what: &str, score: Score| {
            report.baselines.push(figure(format!("{prefix}{name}_{what}"), &late, |r| simple(r, score, i)));
        };
        baseline("mae", score::mae);
        baseline("rmse", score::rmse);
    }
    report
        .baselines
        .push(figure(format!("{prefix}ewma_3d_low_day_auc"), &late, |r| low_auc(r, |r| r.simple_low)));
    let mean: Vec<(f64, f64)> = early.iter().map(|(_, was, centre)| (*centre, *was)).collect();
    report.baselines.push(Figure::new(&format!("{prefix}population_mean_first_14_mae"), score::mae(&mean)));
    let centre = |p: &Person| prior(p, question.name(), question.prior()).centre;
    let all: Vec<(f64, f64)> = people
        .iter()
        .flat_map(|p| {
            let s = scale(question);
            let mean = s.low + centre(p) * (s.high - s.low);
            p.mornings.iter().filter_map(move |m| Some((mean, question.of(&m.answers)?)))
        })
        .collect();
    report.baselines.push(Figure::new(&format!("{prefix}population_mean_mae"), score::mae(&all)));
    report.baselines.push(Figure::new(&format!("{prefix}population_mean_rmse"), score::rmse(&all)));
    report.n += late.iter().map(Vec::len).sum::<usize>();
}

fn read(data: &Path, task: &str) -> Result<(Vec<Person>, Report), String> {
    let people = pmdata::people(data)?;
    if people.is_empty() {
        return Err("no people with check-ins in wearable_selfreport/pmdata".into());
    }
    let known = people.iter().filter(|p| priors::PEOPLE.contains(&p.hash.as_str())).count();
    let names: Vec<&str> = people.iter().map(|p| p.name.as_str()).collect();
    let notes = vec![
        format!("people: {}", names.join(", ")),
        format!("{known} of them helped to fit the shipped priors and are predicted with priors fitted without them"),
        "mae: of the middle answer; rmse: of the expected answer; coverage before the interval is cut to the scale".into(),
        "ewma_3d counts answers, ewma_3d_by_date days; all figures from 14 own answers on, but cold start and first_14"
            .into(),
    ];
    let report = Report { task: task.into(), people: people.len(), notes, ..Report::default() };
    Ok((people, report))
}

/// Readiness 0–10.
pub(super) fn readiness(data: &Path) -> Result<Report, String> {
    let (people, mut report) = read(data, "readiness")?;
    add(&mut report, "", Question::Readiness, &people);
    let usual = ("readiness", Question::Readiness.prior());
    let morning = ("readiness_with_morning", &priors::READINESS_WITH_MORNING);
    for (name, looks, (key, shipped)) in
        [("with_morning_answers", Looks::Morning, morning), ("without_wearables", Looks::Answers, usual)]
    {
        let runs = people.iter().map(|p| run(p, Question::Readiness, looks, &prior(p, key, shipped)).late);
        let late: Vec<Vec<Scored>> = runs.filter(|rows| !rows.is_empty()).collect();
        if late.is_empty() {
            continue;
        }
        let mut extra = |what: &str, score: &dyn Fn(&[Scored]) -> f64| {
            report.controls.push(figure(format!("{name}_{what}"), &late, score));
        };
        extra("mae", &|r| of(r, score::mae, |r| r.median));
        extra("rmse", &|r| of(r, score::rmse, |r| r.mean));
        extra("low_day_auc", &|r| low_auc(r, |r| r.p_low));
    }
    report.notes.push(
        "with_morning_answers: the other answers of the same check-in are known; an extra, not the headline. \
         without_wearables: past answers alone"
            .into(),
    );
    Ok(report)
}

/// Fatigue, mood, stress, soreness, sleep quality 1–5.
pub(super) fn wellness(data: &Path) -> Result<Report, String> {
    let (people, mut report) = read(data, "wellness")?;
    for question in Question::ALL.into_iter().filter(|q| *q != Question::Readiness) {
        add(&mut report, &format!("{}_", question.name()), question, &people);
    }
    report.notes.push("a few answers of 0 on these scales count as 1".into());
    Ok(report)
}
