//! One night in, one judged night out: the types of the model.

use super::cause::Cause;
use super::channel::Channel;
use super::cusum::Drift;
use super::night_signal::NightAlert;

/// Strength of a joint onset that makes a night red, with one channel and with several.
///
/// OWN: chosen on training people and simulated ones (`cargo xtask eval anomaly`).
pub const RED: (f64, f64) = (3.4, 3.3);
/// The part of [`RED`] that makes a night yellow. OWN.
pub const YELLOW_SHARE: f64 = 0.65;
/// Strength beyond which nobody gets surer: what stands far out is as often a sensor or a journey. OWN.
pub const SUREST: f64 = 5.0;
/// Logistic of the probability that a night without an alert belongs to an illness-like episode, by what is
/// unexplained: intercept and slope, with one channel and with several. OWN: fitted to injected episodes, one in
/// 40 days (`cargo xtask eval anomaly`).
pub const PROBABILITY: [(f64, f64); 2] = [(-4.7, 1.57), (-6.9, 2.75)];
/// How likely an alert is real, with its 80 % interval over people, with one channel and with several. OWN: the
/// precision of alerts on injected episodes, drawn a little towards one half.
pub const ALERT_REAL: [(f64, f64, f64); 2] = [(0.88, 0.78, 0.98), (0.96, 0.92, 0.99)];

/// One day of a person: its night (of waking) and what happened on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Night {
    /// Resting heart rate, per minute.
    pub resting_hr: Option<f64>,
    /// ln of the night's RMSSD in ms.
    pub lnrmssd: Option<f64>,
    /// Respiratory rate, per minute.
    pub respiratory_rate: Option<f64>,
    /// Skin temperature, K above usual.
    pub temperature_deviation: Option<f64>,
    /// Time asleep, min.
    pub sleep_min: Option<f64>,
    /// Steps of the day before.
    pub steps: Option<f64>,
    /// Training load of the day, any unit that stays the same.
    pub training_load: Option<f64>,
    /// What may explain this day's or the following nights.
    pub causes: Vec<Cause>,
}

impl Night {
    pub(super) fn value(&self, channel: Channel) -> Option<f64> {
        let value = match channel {
            Channel::RestingHr => self.resting_hr,
            Channel::LnRmssd => self.lnrmssd,
            Channel::RespiratoryRate => self.respiratory_rate,
            Channel::Temperature => self.temperature_deviation,
            Channel::Sleep => self.sleep_min,
            Channel::Steps => self.steps,
        };
        let (low, high) = channel.plausible();
        value.filter(|x| (low..=high).contains(x))
    }
}

/// What a night is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was measured.
    #[default]
    NoData,
    /// Fewer than 14 nights so far.
    Learning,
    /// As usual.
    Green,
    /// Unusual, not enough for an alert.
    Yellow,
    /// Unusual on at least two nights and not explained: an alert, or the episode it opened.
    Red,
    /// Unusual, and something that happened explains it.
    Explained,
}

/// What one channel says of a night.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The channel.
    pub channel: Channel,
    /// Tonight's value.
    pub now: f64,
    /// Median of the last 28 nights outside episodes.
    pub usual: Option<f64>,
    /// Robust z of the night.
    pub z: Option<f64>,
    /// z of a rise that began [`AnomalyNight::onset_nights`] ago.
    pub onset_z: Option<f64>,
    /// What it adds to [`AnomalyNight::strength`].
    pub adds: f64,
}

/// One night, judged with what was known that morning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnomalyNight {
    /// The state.
    pub state: State,
    /// Whether an alert was raised this night; one an episode.
    pub alert: bool,
    /// Strength of the best joint onset; absent where none can be told.
    pub strength: Option<f64>,
    /// The part of it that no cause explains.
    pub unexplained: Option<f64>,
    /// Nights since that onset began.
    pub onset_nights: usize,
    /// Channels weighed.
    pub channels: usize,
    /// First night of the open episode, counted from the start of the input.
    pub since: Option<usize>,
    /// Causes that explain it.
    pub explained_by: Vec<Cause>,
    /// What each channel says.
    pub evidence: Vec<Evidence>,
    /// What NightSignal says of resting heart rate; shown, and yellow at most.
    pub night_signal: NightAlert,
    /// A lasting shift of resting heart rate, by CUSUM; shown only.
    pub drift: Option<Drift>,
}

impl AnomalyNight {
    /// 0..=100: 50 is a usual night, 90 is about where red begins. OWN: a strength is the best of four z, so its
    /// middle is 0.7 and it is spread less steeply than a z.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        self.strength.map(score)
    }

    /// How likely the night belongs to an illness-like episode, where one comes in 40 days: of a red night how
    /// likely its alert is real, of another by what is unexplained.
    #[must_use]
    pub fn probability(&self) -> Option<f64> {
        self.probability_of(0.0)
    }

    /// The same were the strength different by so much; of a red night the ends of its interval.
    pub(super) fn probability_of(&self, more: f64) -> Option<f64> {
        let at = usize::from(self.channels > 1);
        let (real, low, high) = *ALERT_REAL.get(at)?;
        let (intercept, slope) = *PROBABILITY.get(at)?;
        if self.state == State::Red {
            return Some(if more < 0.0 {
                low
            } else if more > 0.0 {
                high
            } else {
                real
            });
        }
        let strength = (self.unexplained? + more).clamp(0.0, SUREST);
        Some(1.0 / (1.0 + (-intercept - slope * strength).exp()))
    }
}

/// See [`AnomalyNight::score`].
pub(super) fn score(strength: f64) -> f64 {
    50.0 + 50.0 * ((strength - 0.7) / 3.0).tanh()
}
