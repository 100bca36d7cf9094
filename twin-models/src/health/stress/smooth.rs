//! Two states, stress and rest, that last: a forward filter of a hidden Markov model, causal.

/// Chance to stay in a state from one window to the next (30 s). OWN: chosen with people left out; 0.95 is alike.
pub const STAY: f64 = 0.9;
/// Weight of a window's evidence: neighbouring windows share half of their data. OWN.
pub const EVIDENCE: f64 = 0.5;

/// The belief to be in the state stress, as log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filter {
    prior: f64,
    odds: f64,
}

impl Filter {
    /// Starts at the population's share of stress, log odds.
    #[must_use]
    pub const fn new(prior_log_odds: f64) -> Self {
        Self { prior: prior_log_odds, odds: prior_log_odds }
    }

    /// What was believed before a window is seen, log odds.
    #[must_use]
    pub fn expected(&self) -> f64 {
        let belief = logistic(self.odds);
        let p = belief * STAY + (1.0 - belief) * (1.0 - STAY);
        (p / (1.0 - p)).ln()
    }

    /// A window without evidence.
    pub fn skip(&mut self) {
        self.odds = self.expected();
    }

    /// A window, as log odds of the classifier; gives the log odds after it.
    pub fn push(&mut self, window: f64) -> f64 {
        self.odds = self.expected() + EVIDENCE * (window - self.prior);
        self.odds
    }
}

/// 1 / (1 + e^−x).
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_odd_window_moves_less_than_several() {
        let mut filter = Filter::new(-0.7);
        let first = filter.push(2.0);
        assert!(first < 2.0);
        let mut last = first;
        for _ in 0..5 {
            last = filter.push(2.0);
        }
        assert!(last > first);
        for _ in 0..200 {
            filter.skip();
        }
        assert!(filter.expected().abs() < 1e-9); // nothing seen, nothing known
    }
}
