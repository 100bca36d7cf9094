//! Two simulated companies of different form. They are not evidence: they show that the protocol works and how far
//! the model bends when the world is not of its own form.

use super::log::Record;
use twin_models::capacity::duration::Task;

/// Sizes that people like to say, h, and how often.
const SAID: [(f64, f64); 16] = [
    (0.25, 3.0),
    (0.5, 8.0),
    (1.0, 16.0),
    (1.5, 2.0),
    (2.0, 12.0),
    (3.0, 8.0),
    (3.5, 6.0),
    (4.0, 5.0),
    (5.0, 3.0),
    (7.0, 16.0),
    (10.5, 2.0),
    (14.0, 8.0),
    (21.0, 4.0),
    (35.0, 4.0),
    (70.0, 2.0),
    (105.0, 1.0),
];
/// Days of a year on which people work, over all days.
const YEAR: f64 = 365.0;

/// Seeded draws (SplitMix64).
pub(super) struct Draws(u64);

impl Draws {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Uniform in 0..1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    pub(super) fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    pub(super) fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// Student's t with 4 degrees of freedom.
    fn tailed(&mut self) -> f64 {
        let squares = 2.0 * (self.exponential() + self.exponential());
        self.normal() / (squares / 4.0).sqrt()
    }

    /// Gamma with a shape that is a multiple of a half, mean 1.
    fn gamma(&mut self, halves: usize) -> f64 {
        let sum: f64 = (0..halves).map(|_| 0.5 * self.normal().powi(2)).sum();
        sum / (0.5 * halves as f64)
    }

    /// One of several, the first ones more often.
    pub(super) fn favourite(&mut self, n: usize) -> usize {
        let u = self.unit();
        ((u * u * n as f64) as usize).min(n - 1)
    }

    /// One of several hours with how often they are said.
    pub(super) fn one_of(&mut self, hours: &[(f64, f64)]) -> f64 {
        let all: f64 = hours.iter().map(|(_, w)| w).sum();
        let mut at = self.unit() * all;
        for (h, weight) in hours {
            at -= weight;
            if at <= 0.0 {
                return *h;
            }
        }
        1.0
    }
}

/// Hours as people book them, on a grid, at least one step.
pub(super) fn booked(h: f64, step: f64) -> f64 {
    ((h / step).round().max(1.0) * step).min(1500.0)
}

fn levels(draws: &mut Draws, n: usize, tau: f64) -> Vec<f64> {
    (0..n).map(|_| tau * draws.normal()).collect()
}

pub(super) fn name(kind: &str, i: usize) -> String {
    format!("{kind}{i}")
}

/// A company of the model's own form: log-linear, crossed normal effects, tails of Student's t, 28 % booked exactly
/// as estimated, quarters of hours, biases that drift over ten years.
pub(super) fn company(tasks: usize, seed: u64) -> Vec<Record> {
    let mut d = Draws::new(seed);
    let (people, subtypes, projects, requesters) = (22, 20, 20, 60);
    let mut person = levels(&mut d, people, 0.20);
    let subtype = levels(&mut d, subtypes, 0.15);
    let project = levels(&mut d, projects, 0.05);
    let requester = levels(&mut d, requesters, 0.05);
    let priority = levels(&mut d, 8, 0.04);
    let exact: Vec<f64> = (0..people).map(|_| 0.1 + 0.36 * d.unit()).collect();
    let mut common = 0.05;
    let mut out = Vec::new();
    for i in 0..tasks {
        let year = 10.0 * i as f64 / tasks as f64;
        // biases wander by a tenth a year
        common += 0.05 * (10.0 / tasks as f64).sqrt() * d.normal();
        for u in &mut person {
            *u += 0.08 * (10.0 / tasks as f64).sqrt() * d.normal();
        }
        // people come over the years
        let here = 6 + (year * 1.7) as usize;
        let who = d.favourite(here.min(people));
        let (s, p, r, q) = (
            d.favourite(subtypes),
            (d.below(6) + (year * 1.5) as usize) % projects,
            d.favourite(requesters),
            d.favourite(8),
        );
        let e = d.one_of(&SAID);
        let at = |all: &[f64], i: usize| all.get(i).copied().unwrap_or(0.0);
        let mu = common + 0.93 * e.ln() + 0.14 - 0.01 * (e / 7.0).ln().powi(2)
            + at(&person, who)
            + at(&subtype, s)
            + at(&project, p)
            + at(&requester, r)
            + at(&priority, q);
        let actual =
            if d.unit() < at(&exact, who) { e } else { booked((mu + 0.42 * d.tailed()).exp(), 0.25) };
        let estimated = year * YEAR;
        let wait = 1.0 + 12.0 * d.exponential();
        out.push(Record {
            id: i.to_string(),
            task: Task {
                estimate_h: Some(e),
                person: name("p", who),
                kind: name("k", s % 5),
                subtype: name("s", s),
                project: name("j", p),
                requester: name("r", r),
                priority: name("q", q),
            },
            actual_h: actual,
            estimated: Some(estimated.floor()),
            completed: (estimated + wait + actual / 4.0).floor(),
        });
    }
    out
}

/// A company of another form: gamma noise whose width depends on size and project, hours bent in the estimate,
/// people who are good at one kind alone, newcomers who learn, leavers, a change of rules after four years, some
/// columns empty.
pub(super) fn other_company(tasks: usize, seed: u64) -> Vec<Record> {
    let mut d = Draws::new(seed);
    let people = 60;
    let joined: Vec<f64> = (0..people).map(|i| if i < 12 { -3.0 } else { 6.0 * d.unit() }).collect();
    let stays: Vec<f64> = (0..people).map(|_| 0.5 + 3.0 * d.exponential()).collect();
    let strong: Vec<usize> = (0..people).map(|_| d.below(6)).collect();
    let honest: Vec<f64> = (0..people).map(|_| 0.5 * d.unit()).collect();
    let vague: Vec<bool> = (0..200).map(|_| d.unit() < 0.15).collect();
    let mut out = Vec::new();
    while out.len() < tasks {
        let year = 6.0 * out.len() as f64 / tasks as f64;
        let is_here = |i: usize| {
            let since = year - joined.get(i).copied().unwrap_or(0.0);
            since >= 0.0 && since < stays.get(i).copied().unwrap_or(0.0) + if i < 4 { 99.0 } else { 0.0 }
        };
        let who = d.below(people);
        if !is_here(who) {
            continue;
        }
        let (kind, subtype, project, requester) = (d.favourite(6), d.below(9), d.favourite(30), d.below(200));
        let truth = (0.8 + 1.3 * d.normal()).exp();
        // what is estimated: a round number near what such work takes on average
        let guess = truth * (0.35 * d.normal()).exp();
        let e = SAID
            .iter()
            .map(|(h, _)| *h)
            .min_by(|a, b| (a / guess).ln().abs().total_cmp(&(b / guess).ln().abs()))
            .unwrap_or(1.0);
        let mut mean = truth.powf(0.55) * e.powf(0.4);
        if strong.get(who) == Some(&kind) {
            mean *= 0.7;
        }
        let since = year - joined.get(who).copied().unwrap_or(0.0);
        mean *= 1.0 + 0.6 * (-3.0 * since).exp();
        if e > 14.0 && project % 4 == 0 {
            mean *= 1.6;
        }
        if kind == 2 && subtype > 5 {
            mean *= 1.35;
        }
        if vague.get(requester) == Some(&true) {
            mean *= 1.25;
        }
        if year > 4.0 {
            mean *= 0.85;
        }
        let halves = if e < 2.0 {
            6
        } else if project % 3 == 0 {
            5
        } else {
            14
        };
        let h = mean * d.gamma(halves);
        let kept = honest.get(who).copied().unwrap_or(0.0);
        let close = (h / e).ln().abs() < 0.35;
        let actual =
            if close && d.unit() < kept + 0.2 { e } else { booked(h, if h < 4.0 { 0.25 } else { 0.5 }) };
        let estimated = year * YEAR;
        out.push(Record {
            id: out.len().to_string(),
            task: Task {
                estimate_h: Some(e),
                person: name("p", who),
                kind: name("k", kind),
                subtype: name("s", kind * 10 + subtype),
                project: name("j", project),
                requester: if d.unit() < 0.2 { String::new() } else { name("r", requester) },
                priority: String::new(),
            },
            actual_h: actual,
            estimated: Some(estimated.floor()),
            completed: (estimated + 15.0 * d.unit() * d.exponential() + actual / 5.0).floor(),
        });
    }
    out
}
