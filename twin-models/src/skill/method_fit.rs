//! Effects of learning methods from episodes that people chose themselves: a hierarchical regression with inverse
//! propensity weights [rosenbaum1983].

use super::elo::p_success;
use super::solve::Cholesky;
use crate::cells::at;
use std::collections::BTreeMap;
use twin_core::sort::Gather as _;

/// Spread of effects between methods.
const METHOD_SD: f64 = 0.3;
/// Spread of a method's effect between people.
const PERSON_SD: f64 = 0.2;
/// Spread between skills. OWN.
const SKILL_SD: f64 = 0.3;
/// Spread of everything else. OWN.
const COVARIATE_SD: f64 = 1.0;
/// Propensities are cut to this range.
const CLIP: (f64, f64) = (0.05, 0.95);
/// Episodes from which propensities are fitted and not just counted. OWN.
const MIN_EPISODES: usize = 20;
/// Episodes that a residual spread of 1 is worth. OWN.
const SPREAD_WORTH: f64 = 10.0;

/// An episode as the regression sees it.
pub(crate) struct Row {
    /// Standardised gain an hour, less what is expected of the method.
    pub(crate) y: f64,
    /// Standardised level before, velocity before, logarithm of hours.
    pub(crate) covariates: [f64; 3],
    /// The method, by number.
    pub(crate) method: usize,
    /// The skill, by number.
    pub(crate) skill: usize,
    /// Whether it is the person's own.
    pub(crate) own: bool,
    /// Probability with which the method was chosen, where that is known.
    pub(crate) chance: Option<f64>,
}

/// Effect of a method on the standardised scale.
#[derive(Clone, Copy)]
pub(crate) struct Effect {
    /// Of all, corrected for who chose what.
    pub(crate) usual: f64,
    /// Of the method.
    pub(crate) method: f64,
    /// Of the method with this person.
    pub(crate) person: f64,
    /// Standard deviation of the sum.
    pub(crate) sd: f64,
    /// The same without what is usual, to compare methods by.
    pub(crate) own_sd: f64,
}

/// Effects of `methods` methods for the person; `None` where the equations cannot be solved.
pub(crate) fn effects(rows: &[Row], methods: usize) -> Option<Vec<Effect>> {
    let skills = rows.iter().map(|r| r.skill + 1).max().unwrap_or(0);
    let size = 4 + 2 * methods + skills;
    let sd_of = |i: usize| match i {
        i if i < 4 => COVARIATE_SD,
        i if i < 4 + methods => METHOD_SD,
        i if i < 4 + 2 * methods => PERSON_SD,
        _ => SKILL_SD,
    };
    let designs: Vec<Vec<(usize, f64)>> = rows.iter().map(|row| design(row, methods)).collect();
    let weights = weights(rows, methods);
    let dot = |x: &[(usize, f64)], b: &[f64]| x.iter().map(|(i, v)| v * at(b, *i)).sum::<f64>();
    let mut sigma2 = 1.0;
    let mut solved: Option<(Cholesky, Vec<f64>)> = None;
    for _ in 0..3 {
        let mut matrix: Vec<Vec<f64>> = (0..size)
            .map(|i| (0..size).map(|j| if i == j { sd_of(i).powi(-2) } else { 0.0 }).collect())
            .collect();
        let mut right = vec![0.0; size];
        for ((row, x), w) in rows.iter().zip(&designs).zip(&weights) {
            for (i, a) in x {
                crate::cells::add(&mut right, *i, w * a * row.y / sigma2);
                for (j, b) in x {
                    if let Some(line) = matrix.get_mut(*i) {
                        crate::cells::add(line, *j, w * a * b / sigma2);
                    }
                }
            }
        }
        let root = Cholesky::of(&matrix)?;
        let found = root.solve(&right);
        let squares: f64 = rows
            .iter()
            .zip(&designs)
            .zip(&weights)
            .map(|((row, x), w)| w * (row.y - dot(x, &found)).powi(2))
            .sum();
        sigma2 = (SPREAD_WORTH + squares) / (SPREAD_WORTH + rows.len() as f64);
        solved = Some((root, found));
    }
    let (root, found) = solved?;
    let spread = |at: &[usize]| {
        let mut unit = vec![0.0; size];
        at.iter().for_each(|i| crate::cells::put(&mut unit, *i, 1.0));
        root.between(&unit, &unit).max(0.0).sqrt()
    };
    let effect = |m: usize| Effect {
        usual: at(&found, 0),
        method: at(&found, 4 + m),
        person: at(&found, 4 + methods + m),
        sd: spread(&[0, 4 + m, 4 + methods + m]),
        own_sd: spread(&[4 + m, 4 + methods + m]),
    };
    Some((0..methods).map(effect).collect())
}

/// What each episode has: 1, three covariates, its method, the method with this person, the skill.
fn design(row: &Row, methods: usize) -> Vec<(usize, f64)> {
    let mut x = vec![(0, 1.0)];
    x.extend(row.covariates.iter().enumerate().map(|(i, v)| (i + 1, *v)));
    x.push((4 + row.method, 1.0));
    if row.own {
        x.push((4 + methods + row.method, 1.0));
    }
    x.push((4 + 2 * methods + row.skill, 1.0));
    x
}

/// Stabilised inverse propensity weights of mean 1.
fn weights(rows: &[Row], methods: usize) -> Vec<f64> {
    let n = rows.len().max(1) as f64;
    let count = |m: usize| rows.iter().filter(|r| r.method == m).count();
    let fits: BTreeMap<usize, Vec<f64>> = (0..methods)
        .filter(|m| count(*m) >= 3 && rows.len() >= MIN_EPISODES)
        .filter(|m| rows.iter().any(|r| r.method == *m && r.chance.is_none()))
        .filter_map(|m| Some((m, propensity(rows, m)?)))
        .gather();
    let mut weights: Vec<f64> = rows
        .iter()
        .map(|row| {
            let share = count(row.method) as f64 / n;
            let fitted = fits.get(&row.method).map(|b| chosen(b, row));
            let p = row.chance.or(fitted).unwrap_or(share).clamp(CLIP.0, CLIP.1);
            share / p
        })
        .collect();
    let mean = weights.iter().sum::<f64>() / n;
    if mean > 0.0 {
        weights.iter_mut().for_each(|w| *w /= mean);
    }
    weights
}

fn chosen(b: &[f64], row: &Row) -> f64 {
    let x = [1.0, row.covariates[0], row.covariates[1], row.covariates[2]];
    p_success(b.iter().zip(x).map(|(b, x)| b * x).sum(), 0.0)
}

/// Coefficients of the log odds to choose a method, by Newton's steps with a little ridge.
fn propensity(rows: &[Row], method: usize) -> Option<Vec<f64>> {
    let mut b = vec![0.0; 4];
    for _ in 0..8 {
        let mut matrix: Vec<Vec<f64>> = (0..4)
            .map(|i| {
                (0..4)
                    .map(|j| {
                        if i != j {
                            0.0
                        } else if i == 0 {
                            0.1
                        } else {
                            1.0
                        }
                    })
                    .collect()
            })
            .collect();
        let mut down: Vec<f64> = b.iter().zip([0.1, 1.0, 1.0, 1.0]).map(|(b, r)| -b * r).collect();
        for row in rows {
            let p = chosen(&b, row);
            let x = [1.0, row.covariates[0], row.covariates[1], row.covariates[2]];
            let miss = f64::from(u8::from(row.method == method)) - p;
            for ((line, d), a) in matrix.iter_mut().zip(&mut down).zip(x) {
                *d += a * miss;
                for (cell, c) in line.iter_mut().zip(x) {
                    *cell += a * c * p * (1.0 - p);
                }
            }
        }
        let step = Cholesky::of(&matrix)?.solve(&down);
        b.iter_mut().zip(step).for_each(|(b, s)| *b += s);
    }
    b.iter().all(|x| x.is_finite()).then_some(b)
}
