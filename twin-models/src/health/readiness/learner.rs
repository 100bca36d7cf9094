//! One person's learner for one question: exportable, forgettable, updated answer by answer.

use super::drivers::DRIVERS;
use super::interval::Errors;
use super::level::Level;
use super::low_day;
use super::ordinal::Habits;
use super::posterior::{Posterior, dot};
use super::prior::{Prior, WIDTH};
use serde::{Deserialize, Serialize};

/// Version of the learned state; another version is dropped and learned again from the answers.
pub const STATE_VERSION: u32 = 1;
/// Answers that the population's spread counts for. OWN.
pub const SPREAD_ANSWERS: f64 = 6.0;
/// Answers before the drivers' weights are learned; with fewer the level itself is not known. OWN.
pub const WEIGHTS_FROM: f64 = 7.0;
/// Answers before own errors count. OWN.
pub const ERRORS_FROM: f64 = 3.0;
/// Largest surprise that teaches, in spreads. OWN: one odd morning must not turn the weights. Of 2 and 3 chosen for
/// the expected readiness; the middle answers of other items are slightly better with 3.
pub const MAX_SURPRISE: f64 = 2.0;

/// The host's scale of answers, whole steps from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Lowest answer.
    pub low: f64,
    /// Highest answer, 1..=100 above the lowest.
    pub high: f64,
}

impl Scale {
    /// Whether it is one.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.low.is_finite() && (1.0..=100.0).contains(&(self.high - self.low))
    }

    fn at(&self, share: f64) -> f64 {
        self.low + share * (self.high - self.low)
    }
}

/// All that was learned of one person on one question. No answer is kept, only sums, habits and 60 errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learner {
    version: u32,
    scale: Scale,
    centre: f64,
    population_spread: f64,
    platt: [f64; 2],
    answers: f64,
    sum: f64,
    squares: f64,
    last: f64,
    level: Level,
    habits: Habits,
    posterior: Posterior,
    errors: Errors,
}

/// Drivers and residual frame of one morning.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Drivers, then history.
    pub x: Vec<f64>,
    /// Local level.
    pub level: f64,
    /// The person's spread, drawn towards the population's.
    pub spread: f64,
}

/// What the learner says about one morning.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Expected answer: least squared error.
    pub mean: f64,
    /// Middle answer, a step of the scale: least absolute error.
    pub median: f64,
    /// Ends of the 80 % interval, within the scale.
    pub interval: (f64, f64),
    /// Probability of a low day.
    pub low_day: f64,
    /// The same before it was straightened.
    pub low_day_raw: f64,
    /// The answer that still makes a low day.
    pub low_threshold: f64,
    /// Mean of all answers so far.
    pub usual: f64,
    /// The person's spread.
    pub spread: f64,
    /// Half-width of the interval before it met the ends of the scale.
    pub half_width: f64,
    /// What each driver adds, in the order of [`KINDS`](super::drivers::KINDS).
    pub driver_amounts: Vec<f64>,
    /// What recent answers add: with the drivers' amounts this makes `mean − usual`.
    pub recent_amount: f64,
}

impl Learner {
    /// Before any answer.
    #[must_use]
    pub fn new(prior: &Prior, scale: Scale) -> Self {
        let centre = scale.at(prior.centre);
        Self {
            version: STATE_VERSION,
            scale,
            centre,
            population_spread: prior.spread * (scale.high - scale.low),
            platt: prior.platt,
            answers: 0.0,
            sum: 0.0,
            squares: 0.0,
            last: centre,
            level: Level::new(centre),
            habits: Habits::new(scale.low, scale.high),
            posterior: Posterior::new(&prior.weights, prior.tau, prior.noise),
            errors: Errors::new(&prior.errors),
        }
    }

    /// Answers taken in.
    #[must_use]
    pub const fn answers(&self) -> f64 {
        self.answers
    }

    /// Effective number of them: older ones fade.
    #[must_use]
    pub fn n_effective(&self) -> f64 {
        self.level.n_effective()
    }

    /// The scale of the answers.
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// Whether this version can go on with it.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.version == STATE_VERSION
    }

    /// Mean and standard deviation (n−1) of all answers so far; the population's before there are any.
    #[must_use]
    pub fn usual(&self) -> (f64, f64) {
        if self.answers < 1.0 {
            return (self.centre, self.population_spread);
        }
        let mean = self.sum / self.answers;
        (mean, (self.squares / (self.answers - 1.0).max(1.0)).sqrt())
    }

    /// Drivers (0 where missing) and history of a morning.
    #[must_use]
    pub fn row(&self, z: &[f64; DRIVERS]) -> Row {
        let level = self.level.value();
        let (mean, _) = self.usual();
        let population = SPREAD_ANSWERS * self.population_spread.powi(2);
        let spread = ((self.squares + population) / (self.answers + SPREAD_ANSWERS)).sqrt();
        let mut x = Vec::with_capacity(WIDTH);
        x.extend_from_slice(z);
        x.extend([self.last, self.level.of(14.0), mean].map(|value| (value - level) / spread));
        Row { x, level, spread }
    }

    /// What it expects of a morning with these drivers.
    #[must_use]
    pub fn forecast(&self, z: &[f64; DRIVERS]) -> Forecast {
        // for a person who never answered, wearables do worse than the population's mean
        let z = if self.answers < 1.0 { &[0.0; DRIVERS] } else { z };
        let row = self.row(z);
        let weights = self.posterior.weights();
        let (usual, sd) = self.usual();
        let free = row.level + row.spread * dot(&weights, &row.x);
        let mean = free.clamp(self.scale.low, self.scale.high);
        // what the end of the scale cuts off is taken from all drivers alike
        let kept = if free == usual { 1.0 } else { (mean - usual) / (free - usual) };
        let amounts = weights.iter().zip(&row.x).map(|(w, x)| kept * row.spread * w * x);
        let driver_amounts: Vec<f64> = amounts.take(DRIVERS).collect();
        let half_width = row.spread * self.errors.half_width();
        let steps = self.habits.with_mean(mean);
        let low_threshold = low_day::threshold(usual, sd);
        Forecast {
            mean,
            median: steps.median(),
            interval: ((mean - half_width).max(self.scale.low), (mean + half_width).min(self.scale.high)),
            low_day: low_day::probability(&steps, low_threshold, self.platt),
            low_day_raw: steps.at_most(low_threshold),
            low_threshold,
            usual,
            spread: row.spread,
            half_width,
            recent_amount: mean - usual - driver_amounts.iter().sum::<f64>(),
            driver_amounts,
        }
    }

    /// Takes in the answer of a morning with these drivers. An answer outside the scale is not taken.
    pub fn observe(&mut self, z: &[f64; DRIVERS], answer: f64) {
        if !(self.scale.low..=self.scale.high).contains(&answer) {
            return;
        }
        let row = self.row(z);
        let solved =
            if self.answers >= ERRORS_FROM.min(WEIGHTS_FROM) { self.posterior.solved() } else { Vec::new() };
        if self.answers >= ERRORS_FROM {
            let said = row.level + row.spread * dot(&self.posterior.trusted(&solved), &row.x);
            self.errors.observe((answer - said).abs() / row.spread);
        }
        if self.answers >= WEIGHTS_FROM {
            let surprise = (answer - row.level) / row.spread;
            let surprise = surprise.clamp(-MAX_SURPRISE, MAX_SURPRISE);
            self.posterior.observe_solved(&row.x, surprise, &solved);
        }
        self.level.observe(answer);
        self.habits.observe(answer);
        let before = if self.answers > 0.0 { self.sum / self.answers } else { answer };
        self.answers += 1.0;
        self.sum += answer;
        self.squares += (answer - before) * (answer - self.sum / self.answers);
        self.last = answer;
    }
}
