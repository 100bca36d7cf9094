//! Bayesian knowledge tracing: is a skill known, from right and wrong answers [corbett1994].

/// Parameters of one skill; all are probabilities, 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bkt {
    /// Known before the first answer.
    pub prior: f64,
    /// Learnt between two answers.
    pub learn: f64,
    /// Right though unknown.
    pub guess: f64,
    /// Wrong though known.
    pub slip: f64,
    /// Forgotten between two answers.
    pub forget: f64,
}

/// Defaults of the field; within a session nothing is forgotten. OWN where no data speak.
impl Default for Bkt {
    fn default() -> Self {
        Self { prior: 0.3, learn: 0.1, guess: 0.2, slip: 0.1, forget: 0.0 }
    }
}

/// Highest guess of a model that still means something.
pub const MAX_GUESS: f64 = 0.5;
/// Highest slip of a model that still means something.
pub const MAX_SLIP: f64 = 0.4;

/// What is thought before an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// Probability that the answer will be right, 0..=1.
    pub p_correct: f64,
    /// Probability that the skill is known, 0..=1.
    pub p_known: f64,
}

impl Bkt {
    /// Whether all are probabilities and a known skill makes right answers likelier.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        [self.prior, self.learn, self.guess, self.slip, self.forget].iter().all(|p| (0.0..=1.0).contains(p))
            && self.guess + self.slip < 1.0
    }

    /// Probability of a right answer where the skill is known with probability `p_known`.
    #[must_use]
    pub fn p_correct(&self, p_known: f64) -> f64 {
        p_known * (1.0 - self.slip) + (1.0 - p_known) * self.guess
    }

    /// Probability that the skill is known after an answer, before anything is learnt from it.
    ///
    /// `credit`: 1 right, 0 wrong; between them the two answers are mixed. `p_known` stays where it is not
    /// finite, and where the answer could not have happened.
    #[must_use]
    pub fn posterior(&self, p_known: f64, credit: f64) -> f64 {
        if !credit.is_finite() {
            return p_known;
        }
        let credit = credit.clamp(0.0, 1.0);
        let given = |known: f64, unknown: f64| {
            let total = p_known * known + (1.0 - p_known) * unknown;
            if total > 0.0 { p_known * known / total } else { p_known }
        };
        let right = || given(1.0 - self.slip, self.guess);
        let wrong = || given(self.slip, 1.0 - self.guess);
        if credit >= 1.0 {
            right()
        } else if credit <= 0.0 {
            wrong()
        } else {
            credit * right() + (1.0 - credit) * wrong()
        }
    }

    /// Learning and forgetting between two answers.
    #[must_use]
    pub fn step(&self, p_known: f64) -> f64 {
        p_known * (1.0 - self.forget) + (1.0 - p_known) * self.learn
    }

    /// Probability that the skill is known after the answer and what was learnt from it.
    #[must_use]
    pub fn update(&self, p_known: f64, credit: f64) -> f64 {
        self.step(self.posterior(p_known, credit))
    }

    /// What is thought before each answer of a series, oldest first. `None` for parameters that are invalid.
    ///
    /// ```
    /// # use twin_models::skill::bkt::Bkt;
    /// let beliefs = Bkt::default().trace(&[true, true, false]).unwrap();
    /// assert!((beliefs[0].p_correct - 0.41).abs() < 1e-12);
    /// assert!((beliefs[1].p_known - (0.27 / 0.41 * 0.9 + 0.1)).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn trace(&self, answers: &[bool]) -> Option<Vec<Belief>> {
        let mut p_known = self.prior;
        self.is_valid().then(|| {
            answers
                .iter()
                .map(|right| {
                    let belief = Belief { p_correct: self.p_correct(p_known), p_known };
                    p_known = self.update(p_known, f64::from(u8::from(*right)));
                    belief
                })
                .collect()
        })
    }

    /// Log-likelihood of many series of answers, one a person. `None` for parameters that are invalid.
    #[must_use]
    pub fn log_likelihood(&self, series: &[Vec<bool>]) -> Option<f64> {
        if !self.is_valid() {
            return None;
        }
        let mut sum = 0.0;
        for answers in series {
            let (mut p_known, mut chance) = (self.prior, 1.0);
            for right in answers {
                let p = self.p_correct(p_known);
                chance *= if *right { p } else { 1.0 - p };
                // a logarithm for many answers, before the product becomes too small to be exact
                if chance < 1e-200 {
                    sum += f64::ln(chance);
                    chance = 1.0;
                }
                p_known = self.update(p_known, f64::from(u8::from(*right)));
            }
            sum += f64::ln(chance);
        }
        Some(sum)
    }
}

/// Share of what was known that is gone after `hours`, `1 − 2^(−hours / half_life_h)`; 0 for bad input.
#[must_use]
pub fn forgotten(hours: f64, half_life_h: f64) -> f64 {
    if hours > 0.0 && half_life_h > 0.0 { 1.0 - (-hours / half_life_h).exp2() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_answers_raise_and_wrong_ones_lower() {
        let skill = Bkt { learn: 0.0, ..Bkt::default() };
        assert!(skill.update(0.5, 1.0) > 0.5 && skill.update(0.5, 0.0) < 0.5);
        let half = skill.update(0.5, 0.5);
        assert!((half - 0.5 * (skill.update(0.5, 1.0) + skill.update(0.5, 0.0))).abs() < 1e-12);
    }

    #[test]
    fn bad_input_has_no_answer() {
        assert_eq!(Bkt { guess: 0.6, slip: 0.5, ..Bkt::default() }.trace(&[true]), None);
        assert_eq!(Bkt { prior: f64::NAN, ..Bkt::default() }.trace(&[true]), None);
        assert_eq!(Bkt::default().trace(&[]), Some(Vec::new()));
        assert_eq!(Bkt::default().posterior(0.3, f64::NAN), 0.3);
        assert_eq!((forgotten(-1.0, 5.0), forgotten(f64::NAN, 5.0), forgotten(5.0, 5.0)), (0.0, 0.0, 0.5));
    }

    #[test]
    fn an_impossible_answer_changes_nothing() {
        let sure = Bkt { prior: 1.0, slip: 0.0, guess: 0.0, ..Bkt::default() };
        assert_eq!(sure.posterior(1.0, 0.0), 1.0);
    }
}
