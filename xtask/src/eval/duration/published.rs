//! Two more simulated companies, made of what is published of a real one [jones2019], with a look at the first
//! hundred rows of its public log, and not of the model's form:
//! hours are made by how people book them. They are no evidence of real companies either.

use super::log::Record;
use super::simulate::{Draws, booked, name};
use twin_models::capacity::duration::Task;

/// Hours of a working day.
const DAY_H: f64 = 7.0;
/// Sizes said in hours and in tenths, halves and wholes of a day, and how often.
const SAID: [(f64, f64); 24] = [
    (0.25, 2.0),
    (0.5, 9.0),
    (0.7, 4.0),
    (1.0, 17.0),
    (1.4, 4.0),
    (1.5, 2.0),
    (1.75, 2.0),
    (2.0, 12.0),
    (2.1, 1.0),
    (3.0, 7.0),
    (3.5, 9.0),
    (4.0, 4.0),
    (5.0, 4.0),
    (6.0, 1.0),
    (7.0, 15.0),
    (10.0, 2.0),
    (10.5, 2.0),
    (14.0, 7.0),
    (21.0, 4.0),
    (28.0, 1.5),
    (35.0, 4.0),
    (70.0, 2.0),
    (105.0, 0.7),
    (140.0, 0.5),
];
const KINDS: [&str; 3] = ["Development", "Operational", "Management"];

/// When somebody is there, and how they book.
struct Person {
    from: f64,
    to: f64,
    /// Log odds of booking what was estimated, and how they change in a year.
    exact: f64,
    exact_drift: f64,
    /// Log of what free hours are over the estimate, and its change in a year.
    bias: f64,
    bias_drift: f64,
    /// Steps that hours are booked in.
    step: f64,
    /// How much larger tasks end sooner.
    bend: f64,
}

/// Ten years of people who come and go: four stay throughout.
fn people(d: &mut Draws, n: usize) -> Vec<Person> {
    let mut all = Vec::new();
    for i in 0..n {
        let from = if i < 6 { -1.0 } else { 9.0 * d.unit() };
        all.push(Person {
            from,
            to: if i < 4 { 99.0 } else { from + 1.0 + 3.0 * d.exponential() },
            exact: -1.3 + 0.5 * d.normal(),
            exact_drift: 0.15 * d.normal(),
            bias: 0.2 * d.normal(),
            bias_drift: 0.05 * d.normal(),
            step: if d.unit() < 0.5 { 0.1 * DAY_H } else { 0.25 },
            bend: 0.05 + 0.05 * d.normal(),
        });
    }
    all
}

fn one_here<'a>(d: &mut Draws, all: &'a [Person], year: f64) -> Option<(usize, &'a Person)> {
    let here: Vec<(usize, &Person)> =
        all.iter().enumerate().filter(|(_, p)| p.from <= year && year < p.to).collect();
    here.get(d.favourite(here.len().max(1))).copied()
}

fn at(all: &[f64], i: usize) -> f64 {
    all.get(i).copied().unwrap_or(0.0)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A company where an outcome is first of a sort: booked as estimated (by person, size and year), done at once,
/// usual, or out of hand by a Pareto tail. Tasks of several people stand once for each.
pub(super) fn published_company(tasks: usize, seed: u64) -> Vec<Record> {
    let mut d = Draws::new(seed);
    let all = people(&mut d, 22);
    let subtype: Vec<f64> = (0..24).map(|_| 0.15 * d.normal()).collect();
    let risky: Vec<f64> = (0..24).map(|_| 0.5 * d.normal()).collect();
    let project: Vec<f64> = (0..20).map(|_| 0.05 * d.normal()).collect();
    let mut out = Vec::new();
    let mut id = 0;
    while out.len() < tasks {
        let year = 10.0 * out.len() as f64 / tasks as f64;
        let Some((who, p)) = one_here(&mut d, &all, year) else { continue };
        let (s, j) = (d.favourite(24), (d.favourite(9) + (1.2 * year) as usize) % 20);
        let (requester, priority) = (d.favourite(60), 1 + d.favourite(10));
        let e = d.one_of(&SAID);
        let size = (e / DAY_H).ln();
        let here = year - p.from.max(0.0);
        let odds = p.exact + p.exact_drift * here - 0.15 * size + if e <= 1.0 { 0.3 } else { 0.0 };
        let usual = p.bias + p.bias_drift * here - p.bend * size + at(&subtype, s) + at(&project, j);
        let actual = if d.unit() < logistic(odds) {
            e
        } else {
            let (sort, hand) = (d.unit(), logistic(-3.0 + at(&risky, s)));
            let ratio = if e >= 3.0 && sort < 0.2 {
                // said to be a day, done in an hour or two
                0.1 + 0.4 * d.unit()
            } else if sort > 1.0 - hand {
                (1.8 * d.unit().powf(-0.8)).min(20.0)
            } else {
                (usual + 0.42 * d.normal()).exp()
            };
            let h = e * ratio;
            if h < 1.0 { booked(h, 0.1) } else { booked(h, p.step) }
        };
        let estimated = (365.0 * year).floor();
        // most are done within weeks, some after years
        let wait = if d.unit() < 0.02 { 500.0 } else { 12.0 } * d.exponential();
        let with = if d.unit() < 0.12 { one_here(&mut d, &all, year).map(|o| o.0) } else { None };
        for person in [Some(who), with.filter(|o| *o != who)].into_iter().flatten() {
            out.push(Record {
                id: id.to_string(),
                task: Task {
                    estimate_h: Some(e),
                    person: name("p", person),
                    kind: KINDS.get((s * 7 % 11) / 4).copied().unwrap_or_default().into(),
                    subtype: name("s", s),
                    project: name("j", j),
                    requester: name("r", requester),
                    priority: priority.to_string(),
                },
                actual_h: actual,
                estimated: Some(estimated),
                completed: (estimated + wait + actual / 4.0).floor(),
            });
        }
        id += 1;
    }
    out
}

/// A company of time sheets: hidden work is guessed and said in a round number; who comes near it books the estimate,
/// sooner done is sometimes filled up, and the rest is booked in parts of days. Some projects fall into bad months,
/// people who change to a new subtype are slow at first, and after six years the estimate is asked for less.
pub(super) fn booking_company(tasks: usize, seed: u64) -> Vec<Record> {
    let mut d = Draws::new(seed);
    let all = people(&mut d, 26);
    let work: Vec<f64> = (0..24).map(|_| 0.6 * d.normal()).collect();
    let missed: Vec<f64> = (0..24).map(|_| 0.12 * d.normal()).collect();
    let vague: Vec<f64> = (0..60).map(|_| 0.15 * d.normal().abs()).collect();
    let mut bad = [0.0_f64; 20];
    let mut done = std::collections::BTreeMap::<(usize, usize), f64>::new();
    let mut out = Vec::new();
    while out.len() < tasks {
        let year = 10.0 * out.len() as f64 / tasks as f64;
        let Some((who, p)) = one_here(&mut d, &all, year) else { continue };
        let (s, j, requester) = (d.favourite(24), d.favourite(20), d.favourite(60));
        if let Some(until) = bad.get_mut(j).filter(|_| d.unit() < 0.002) {
            *until = year + 0.25 + 0.5 * d.unit();
        }
        let known = done.entry((who, s)).or_default();
        *known += 1.0;
        let new = 0.3 * (-*known / 6.0).exp();
        // hidden hours: many small tasks, few of weeks
        let hidden = 0.3 + at(&work, s) + 1.25 * d.normal();
        let noise = 0.3 + at(&vague, requester) + 0.1 * d.unit();
        let guess = hidden + noise * d.normal();
        let e = SAID
            .iter()
            .map(|(h, _)| *h)
            .min_by(|a, b| (a.ln() - guess).abs().total_cmp(&(b.ln() - guess).abs()))
            .unwrap_or(1.0);
        let size = (e / DAY_H).ln();
        let in_bad = bad.get(j).is_some_and(|until| year < *until);
        let mut h = hidden + p.bias + p.bias_drift * year - p.bend * size + at(&missed, s) + new;
        if in_bad {
            h += 0.4 + 0.8 * d.exponential();
        }
        if d.unit() < 0.02 {
            h += 1.0 + 0.6 * d.exponential();
        }
        let off = h - e.ln();
        let urge = logistic(p.exact + p.exact_drift * year + 1.6 - if year > 6.0 { 0.7 } else { 0.0 });
        let near = (-0.45..0.3).contains(&off);
        let filled = off <= -0.45 && e <= 4.0 && d.unit() < 0.3;
        let actual = if (near || filled) && d.unit() < urge {
            e
        } else if h.exp() < 2.0 {
            booked(h.exp(), 0.25)
        } else {
            booked(h.exp(), p.step)
        };
        let estimated = (365.0 * year).floor();
        let wait = if d.unit() < 0.03 { 400.0 } else { 4.0 + 10.0 * d.unit() } * d.exponential();
        out.push(Record {
            id: out.len().to_string(),
            task: Task {
                estimate_h: Some(e),
                person: name("p", who),
                kind: KINDS.get(s % 3).copied().unwrap_or_default().into(),
                subtype: name("s", s),
                project: name("j", j),
                requester: if d.unit() < 0.1 { String::new() } else { name("r", requester) },
                priority: (1 + d.favourite(10)).to_string(),
            },
            actual_h: actual,
            estimated: Some(estimated),
            completed: (estimated + wait + actual / 5.0).floor(),
        });
    }
    out
}
