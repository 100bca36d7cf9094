//! Parameters of knowledge tracing from many people's answers, by expectation and maximisation [corbett1994].

use super::bkt::{Bkt, MAX_GUESS, MAX_SLIP};

/// Answers of a skill, over all people, from which its parameters are fitted.
pub const MIN_ANSWERS: usize = 200;
/// Rounds at most.
const ROUNDS: usize = 400;
/// Gain in log-likelihood below which a fit has settled.
const SETTLED: f64 = 1e-6;
/// No probability is fitted closer to 0 or 1 than this.
const EDGE: f64 = 1e-4;
/// Where searches start: the hollow of the likelihood is not the only one.
const STARTS: [Bkt; 4] = [
    Bkt { prior: 0.3, learn: 0.1, guess: 0.2, slip: 0.1, forget: 0.0 },
    Bkt { prior: 0.6, learn: 0.3, guess: 0.1, slip: 0.2, forget: 0.0 },
    Bkt { prior: 0.1, learn: 0.03, guess: 0.3, slip: 0.05, forget: 0.0 },
    Bkt { prior: 0.4, learn: 0.2, guess: 0.4, slip: 0.3, forget: 0.0 },
];

/// A fit and how well it explains the answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BktFit {
    /// The parameters; guess at most [`MAX_GUESS`], slip at most [`MAX_SLIP`], nothing forgotten.
    pub parameters: Bkt,
    /// Log-likelihood of all answers.
    pub log_likelihood: f64,
}

/// The likeliest parameters for series of answers, one a person, oldest first. It fits any number of answers;
/// whether there are [`MIN_ANSWERS`] is the caller's question. `None` without any.
#[must_use]
pub fn fit(series: &[Vec<bool>]) -> Option<BktFit> {
    if series.iter().all(Vec::is_empty) {
        return None;
    }
    STARTS
        .iter()
        .filter_map(|start| climb(*start, series))
        .max_by(|a, b| a.log_likelihood.total_cmp(&b.log_likelihood))
}

fn climb(start: Bkt, series: &[Vec<bool>]) -> Option<BktFit> {
    let mut best = BktFit { parameters: start, log_likelihood: start.log_likelihood(series)? };
    for _ in 0..ROUNDS {
        let mut counts = Counts::default();
        series.iter().filter(|s| !s.is_empty()).for_each(|s| counts.add(&best.parameters, s));
        let parameters = counts.maximised(&best.parameters);
        let log_likelihood = parameters.log_likelihood(series)?;
        let gain = log_likelihood - best.log_likelihood;
        if gain > 0.0 {
            best = BktFit { parameters, log_likelihood };
        }
        if gain.is_nan() || gain < SETTLED {
            break;
        }
    }
    Some(best)
}

/// Expected numbers of what happened.
#[derive(Default)]
struct Counts {
    people: f64,
    known_at_start: f64,
    chances_to_learn: f64,
    learnt: f64,
    unknown: f64,
    guessed: f64,
    known: f64,
    slipped: f64,
}

impl Counts {
    /// Forward and backward through one person's answers.
    fn add(&mut self, m: &Bkt, answers: &[bool]) {
        let likelihood = |right: bool| if right { (1.0 - m.slip, m.guess) } else { (m.slip, 1.0 - m.guess) };
        let mut filtered = Vec::with_capacity(answers.len());
        let mut p = m.prior;
        for right in answers {
            let posterior = m.posterior(p, f64::from(u8::from(*right)));
            filtered.push(posterior);
            p = m.step(posterior);
        }
        // how well what comes later is explained if the skill is known now, and if not
        let mut later = (1.0, 1.0);
        let mut next: Option<bool> = None;
        let mut first = m.prior;
        for (right, p) in answers.iter().zip(&filtered).rev() {
            let mut learning = None;
            if let Some(next) = next {
                let (if_known, if_unknown) = likelihood(next);
                let (known, unknown) = (if_known * later.0, if_unknown * later.1);
                later = (
                    (1.0 - m.forget) * known + m.forget * unknown,
                    m.learn * known + (1.0 - m.learn) * unknown,
                );
                learning = (later.1 > 0.0).then(|| m.learn * known / later.1);
                let scale = later.0 + later.1;
                later = (later.0 / scale, later.1 / scale);
            }
            let total = p * later.0 + (1.0 - p) * later.1;
            let known = if total > 0.0 { p * later.0 / total } else { *p };
            if let Some(learning) = learning {
                self.chances_to_learn += 1.0 - known;
                self.learnt += (1.0 - known) * learning;
            }
            self.known += known;
            self.unknown += 1.0 - known;
            if *right {
                self.guessed += 1.0 - known;
            } else {
                self.slipped += known;
            }
            next = Some(*right);
            first = known;
        }
        self.people += 1.0;
        self.known_at_start += first;
    }

    /// The likeliest parameters for these counts; a parameter that nothing speaks of stays.
    fn maximised(&self, now: &Bkt) -> Bkt {
        let share = |part: f64, whole: f64, now: f64, most: f64| {
            if whole > 1e-9 { (part / whole).clamp(EDGE, most) } else { now }
        };
        Bkt {
            prior: share(self.known_at_start, self.people, now.prior, 1.0 - EDGE),
            learn: share(self.learnt, self.chances_to_learn, now.learn, 1.0 - EDGE),
            guess: share(self.guessed, self.unknown, now.guess, MAX_GUESS),
            slip: share(self.slipped, self.known, now.slip, MAX_SLIP),
            forget: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sudden_insight_is_found() {
        // half the people know from the start, the others learn after two answers; nobody guesses or slips
        let series: Vec<Vec<bool>> =
            (0..60).map(|i| (0..8).map(|t| i % 2 == 0 || t >= 2).collect()).collect();
        let fit = fit(&series).unwrap();
        let p = fit.parameters;
        assert!((p.prior - 0.5).abs() < 0.05 && p.guess < 0.05 && p.slip < 0.02, "{p:?}");
        assert!((p.learn - 0.5).abs() < 0.1, "{p:?}");
    }

    #[test]
    fn one_sided_answers_stay_within_bounds() {
        for right in [true, false] {
            let fit = fit(&vec![vec![right; 20]; 10]).unwrap();
            assert!(fit.parameters.is_valid() && fit.log_likelihood.is_finite(), "{fit:?}");
            assert!(fit.parameters.guess <= MAX_GUESS && fit.parameters.slip <= MAX_SLIP);
        }
        assert_eq!(super::fit(&[vec![], vec![]]), None);
        assert_eq!(super::fit(&[]), None);
    }
}
