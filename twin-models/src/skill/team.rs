//! What the two ratings of teams share: a normal skill of each member.

/// A skill: normal with mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// Mean.
    pub mu: f64,
    /// Standard deviation, above 0.
    pub sigma: f64,
}

/// A newcomer.
impl Default for Skill {
    fn default() -> Self {
        Self { mu: 25.0, sigma: 25.0 / 3.0 }
    }
}

impl Skill {
    /// A skill that is reached with near certainty, μ − 3σ.
    #[must_use]
    pub fn conservative(&self) -> f64 {
        self.mu - 3.0 * self.sigma
    }

    pub(super) fn is_sound(&self) -> bool {
        self.mu.is_finite() && self.sigma.is_finite() && self.sigma > 0.0
    }
}

/// Constants of a comparison of teams.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Spread of one performance around the skill, above 0.
    pub beta: f64,
    /// Spread that a skill gains between comparisons, at least 0.
    pub tau: f64,
}

impl Default for Scale {
    fn default() -> Self {
        Self { beta: 25.0 / 6.0, tau: 25.0 / 300.0 }
    }
}

/// Whether ranks and teams fit each other: two teams at least, none empty, all numbers sound.
pub(super) fn is_sound(teams: &[Vec<Skill>], ranks: &[f64], scale: Scale) -> bool {
    teams.len() >= 2
        && teams.len() == ranks.len()
        && ranks.iter().all(|r| r.is_finite())
        && teams.iter().all(|team| !team.is_empty() && team.iter().all(Skill::is_sound))
        && scale.beta.is_finite()
        && scale.beta > 0.0
        && scale.tau.is_finite()
        && scale.tau >= 0.0
}

/// Every member's spread after the time between comparisons.
pub(super) fn drifted(teams: &[Vec<Skill>], tau: f64) -> Vec<Vec<Skill>> {
    let grown = |s: &Skill| Skill { mu: s.mu, sigma: s.sigma.hypot(tau) };
    teams.iter().map(|team| team.iter().map(grown).collect()).collect()
}
