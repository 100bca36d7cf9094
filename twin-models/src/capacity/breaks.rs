//! Whether a break would do good now, how long, and when to be quiet about it.
//!
//! Short breaks bring a little vigour (d = 0.36) and less fatigue (d = 0.35); a gain in output was not shown
//! (d = 0.16), and after demanding work ten minutes are too few [albulescu2022]. So well-being is promised, no output.

use crate::health::answer::finite;
use crate::noise::Noise;
use crate::special::normal_cdf;
use crate::stats::Z80;
use twin_core::estimate::{Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "break_advice";
/// Its version.
pub const VERSION: &str = "1";
/// Probability of too little energy in half an hour above which a break is suggested.
pub const MIN_PROBABILITY: f64 = 0.6;
/// Minutes of focus after which one is.
pub const MAX_FOCUS_MIN: f64 = 90.0;
/// Cognitive load above which one is.
pub const MAX_LOAD: f64 = 80.0;
/// Energy that should not be fallen below, 0..=1, where the person set none. OWN.
pub const LEAST_ENERGY: f64 = 0.35;
/// Most prompts of a day.
pub const MAX_PROMPTS: usize = 4;
/// Hours between prompts; twice as many after each two dismissals in a row. OWN.
pub const PAUSE_H: f64 = 1.0;
/// Minutes that a break after demanding work must be longer than.
const DEMANDING_MIN: f64 = 10.0;
/// What every suggestion may promise.
pub const PROMISE: &str =
    "a break can bring back some vigour and ease fatigue; it is not shown to raise output";
/// Prior of the gain of energy by a break, and the spread of one. OWN: small, as the effects above.
const GAIN: (f64, f64) = (0.04, 0.05);
const GAIN_NOISE: f64 = 0.12;
/// Share of the spread of energy by which its whole level may be off. OWN.
const LEVEL_SHARE: f64 = 0.5;

/// Sorts of breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Five minutes away from the screen.
    Short,
    /// Ten minutes to walk.
    Walk,
    /// Fifteen minutes to rest.
    Rest,
    /// Twenty minutes outside.
    Outside,
}

impl Break {
    /// All sorts.
    pub const ALL: [Self; 4] = [Self::Short, Self::Walk, Self::Rest, Self::Outside];

    /// Its length, min.
    #[must_use]
    pub const fn minutes(self) -> f64 {
        match self {
            Self::Short => 5.0,
            Self::Walk => 10.0,
            Self::Rest => 15.0,
            Self::Outside => 20.0,
        }
    }
}

/// What became of a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptOutcome {
    /// The break was taken.
    Taken,
    /// It was waved away.
    Dismissed,
    /// Nothing is known.
    Unanswered,
}

/// A former prompt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prompt {
    /// Hours since then, at least 0.
    pub age_h: f64,
    /// What was suggested.
    pub kind: Break,
    /// What became of it.
    pub outcome: PromptOutcome,
    /// Energy after the break less that before, −1..=1, where both are known.
    pub gain: Option<f64>,
}

/// What advice is made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakInput<'a> {
    /// Local time of day, h, 0..24.
    pub now_h: f64,
    /// Energy in 30 minutes, 0..=1, and its standard deviation.
    pub energy_soon: Option<(f64, f64)>,
    /// Energy that should not be fallen below, 0..=1.
    pub least_energy: Option<f64>,
    /// Minutes of focus without a break.
    pub focus_min: Option<f64>,
    /// Cognitive load, 0..=100.
    pub load: Option<f64>,
    /// Whether the work was demanding.
    pub demanding: bool,
    /// Starts and ends of quiet hours, local hours 0..=24; they may reach over midnight. Meetings belong here, too.
    pub quiet_h: &'a [(f64, f64)],
    /// Former prompts, in any order.
    pub prompts: &'a [Prompt],
    /// Seed of the choice.
    pub seed: u64,
}

/// Why a break would do good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakReason {
    /// Energy is likely to be too low in half an hour.
    EnergyFalls,
    /// Focus has lasted long.
    LongFocus,
    /// The head is full.
    HighLoad,
}

/// Why nothing is said although a break would do good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// These are quiet hours.
    QuietHours,
    /// There were four prompts today.
    EnoughToday,
    /// The last prompt is too recent, the more so after dismissals.
    TooSoon,
}

/// Whether to suggest a break.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakAdvice {
    /// What to suggest; nothing where there is no reason, or where it is withheld.
    pub suggest: Option<Break>,
    /// Why a break would do good.
    pub reasons: Vec<BreakReason>,
    /// Why nothing is said.
    pub withheld: Option<Withheld>,
    /// Probability that energy is below its least in half an hour.
    pub low_energy: Estimate,
    /// What may be promised with it.
    pub promise: &'static str,
}

/// Hours that must lie between prompts after so many dismissals in a row.
///
/// ```
/// # use twin_models::capacity::breaks::pause_after;
/// assert_eq!((pause_after(0), pause_after(1), pause_after(2), pause_after(4)), (1.0, 1.0, 2.0, 4.0));
/// ```
#[must_use]
pub fn pause_after(dismissals: usize) -> f64 {
    PAUSE_H * f64::from(1_u32 << (dismissals / 2).min(10))
}

/// Whether a break would do good now, and whether to say so.
///
/// The sort of break is drawn by what former ones did for the person's energy (Thompson's way [thompson1933]).
///
/// ```
/// # use twin_models::capacity::breaks::{Break, BreakInput, BreakReason, break_advice};
/// let input = BreakInput {
///     now_h: 11.0, energy_soon: Some((0.6, 0.1)), least_energy: None, focus_min: Some(100.0), load: None,
///     demanding: true, quiet_h: &[(12.0, 13.0)], prompts: &[], seed: 1,
/// };
/// let advice = break_advice(&input);
/// assert_eq!(advice.reasons, [BreakReason::LongFocus]);
/// assert!(advice.suggest.unwrap().minutes() > 10.0);
/// assert!(break_advice(&BreakInput { now_h: 12.5, ..input }).suggest.is_none());
/// ```
#[must_use]
pub fn break_advice(input: &BreakInput<'_>) -> BreakAdvice {
    let low_energy = low_energy(input);
    let above = |x: Option<f64>, limit: f64| finite(x).is_some_and(|x| x > limit);
    let reasons: Vec<BreakReason> = [
        (above(low_energy.value, MIN_PROBABILITY), BreakReason::EnergyFalls),
        (above(input.focus_min, MAX_FOCUS_MIN), BreakReason::LongFocus),
        (above(input.load, MAX_LOAD), BreakReason::HighLoad),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect();
    let withheld = if reasons.is_empty() { None } else { withheld(input) };
    let suggest = (!reasons.is_empty() && withheld.is_none()).then(|| choice(input));
    BreakAdvice { suggest, reasons, withheld, low_energy, promise: PROMISE }
}

fn low_energy(input: &BreakInput<'_>) -> Estimate {
    let absent = |status, gap: &str| {
        let none = Estimate::absent(ID, VERSION, "1", status, vec![gap.into()]);
        Estimate { kind: EstimateKind::Probability, ..none }
    };
    let Some((mean, sd)) = input.energy_soon else {
        return absent(EstimateStatus::InsufficientData, "energy in half an hour is not known");
    };
    let least = input.least_energy.unwrap_or(LEAST_ENERGY);
    if !(0.0..=1.0).contains(&mean) || !(0.0..=1.0).contains(&least) || !(0.0..=1.0).contains(&sd) {
        return absent(EstimateStatus::OutOfRangeInput, "energy is not within 0 to 1");
    }
    // energy that is known exactly does not exist
    let sd = sd.max(0.01);
    let z = (least - mean) / sd;
    let p = normal_cdf(z);
    Estimate {
        value: Some(p),
        low: Some(normal_cdf(z - Z80 * LEVEL_SHARE)),
        high: Some(normal_cdf(z + Z80 * LEVEL_SHARE)),
        confidence: (1.0 - sd / 0.25).clamp(0.0, 1.0),
        status: if sd < 0.25 { EstimateStatus::Ok } else { EstimateStatus::Provisional },
        n_effective: 1.0,
        coverage: 1.0,
        gaps: Vec::new(),
        ..absent(EstimateStatus::Ok, "")
    }
}

fn withheld(input: &BreakInput<'_>) -> Option<Withheld> {
    let now = input.now_h;
    let inside = |(from, to): &(f64, f64)| {
        if from <= to { *from <= now && now < *to } else { now >= *from || now < *to }
    };
    // a time that is none says nothing: better to stay quiet
    if !(0.0..24.0).contains(&now) || input.quiet_h.iter().any(inside) {
        return Some(Withheld::QuietHours);
    }
    let mut prompts: Vec<&Prompt> = input.prompts.iter().filter(|p| p.age_h >= 0.0).collect();
    prompts.order_by(|a, b| a.age_h.total_cmp(&b.age_h));
    if prompts.iter().filter(|p| p.age_h <= now).count() >= MAX_PROMPTS {
        return Some(Withheld::EnoughToday);
    }
    let in_a_row = prompts.iter().take_while(|p| p.outcome == PromptOutcome::Dismissed).count();
    let last = prompts.first().map(|p| p.age_h);
    last.is_some_and(|age| age < pause_after(in_a_row)).then_some(Withheld::TooSoon)
}

/// The sort of break with the best draw of its gain.
fn choice(input: &BreakInput<'_>) -> Break {
    let fits = |b: &Break| !input.demanding || b.minutes() > DEMANDING_MIN;
    let drawn = |place: u64, b: Break| {
        let (mut precision, mut sum) = (GAIN.1.powi(-2), GAIN.0 * GAIN.1.powi(-2));
        for gain in input.prompts.iter().filter(|p| p.kind == b).filter_map(|p| finite(p.gain)) {
            precision += GAIN_NOISE.powi(-2);
            sum += gain.clamp(-1.0, 1.0) * GAIN_NOISE.powi(-2);
        }
        let draw = Noise::of(input.seed, [place, 0, 0]).normal();
        sum / precision + draw / precision.sqrt()
    };
    let all = (0..).zip(Break::ALL).filter(|(_, b)| fits(b)).map(|(place, b)| (drawn(place, b), b));
    all.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(Break::Rest, |(_, b)| b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: BreakInput<'_> = BreakInput {
        now_h: 14.0,
        energy_soon: Some((0.6, 0.1)),
        least_energy: None,
        focus_min: Some(30.0),
        load: Some(50.0),
        demanding: false,
        quiet_h: &[],
        prompts: &[],
        seed: 3,
    };

    fn prompt(age_h: f64, outcome: PromptOutcome) -> Prompt {
        Prompt { age_h, kind: Break::Short, outcome, gain: None }
    }

    #[test]
    fn each_reason_suffices_and_none_is_none() {
        let reasons = |i: BreakInput<'_>| break_advice(&i).reasons;
        assert!(reasons(CALM).is_empty() && break_advice(&CALM).suggest.is_none());
        assert_eq!(reasons(BreakInput { energy_soon: Some((0.3, 0.1)), ..CALM }), [BreakReason::EnergyFalls]);
        assert_eq!(reasons(BreakInput { focus_min: Some(91.0), ..CALM }), [BreakReason::LongFocus]);
        assert_eq!(reasons(BreakInput { load: Some(81.0), ..CALM }), [BreakReason::HighLoad]);
        // at the limits themselves there is none
        let edge =
            BreakInput { focus_min: Some(90.0), load: Some(80.0), energy_soon: Some((0.35, 0.1)), ..CALM };
        assert!(reasons(edge).is_empty());
        let p = break_advice(&BreakInput { energy_soon: Some((0.3, 0.1)), ..CALM }).low_energy;
        assert!((p.value.unwrap() - normal_cdf(0.5)).abs() < 1e-12 && p.low < p.value && p.value < p.high);
        assert_eq!(p.status, EstimateStatus::Ok);
        let vague = break_advice(&BreakInput { energy_soon: Some((0.3, 0.3)), ..CALM }).low_energy;
        assert_eq!((vague.confidence, vague.status), (0.0, EstimateStatus::Provisional));
        assert!(PROMISE.contains("not shown to raise output"));
    }

    #[test]
    fn it_is_quiet_when_it_should_be() {
        let tired = BreakInput { load: Some(95.0), ..CALM };
        let why = |i: BreakInput<'_>| {
            let advice = break_advice(&i);
            assert_eq!(advice.suggest.is_some(), advice.withheld.is_none());
            advice.withheld
        };
        assert_eq!(why(tired), None);
        assert_eq!(why(BreakInput { quiet_h: &[(22.0, 15.0)], ..tired }), Some(Withheld::QuietHours));
        assert_eq!(why(BreakInput { now_h: f64::NAN, ..tired }), Some(Withheld::QuietHours));
        let four = [5.0, 4.0, 3.0, 2.0].map(|age| prompt(age, PromptOutcome::Taken));
        assert_eq!(why(BreakInput { prompts: &four, ..tired }), Some(Withheld::EnoughToday));
        let yesterday = [19.0, 18.0, 17.0, 16.0].map(|age| prompt(age, PromptOutcome::Taken));
        assert_eq!(why(BreakInput { prompts: &yesterday, ..tired }), None);
        let once = [prompt(1.5, PromptOutcome::Dismissed), prompt(20.0, PromptOutcome::Taken)];
        assert_eq!(why(BreakInput { prompts: &once, ..tired }), None);
        let twice = [prompt(1.5, PromptOutcome::Dismissed), prompt(20.0, PromptOutcome::Dismissed)];
        assert_eq!(why(BreakInput { prompts: &twice, ..tired }), Some(Withheld::TooSoon));
        assert_eq!(
            why(BreakInput { prompts: &[prompt(0.5, PromptOutcome::Taken)], ..tired }),
            Some(Withheld::TooSoon)
        );
        assert_eq!(why(BreakInput { prompts: &[prompt(f64::NAN, PromptOutcome::Taken)], ..tired }), None);
    }

    #[test]
    fn it_chooses_what_helped_and_still_tries_others() {
        let helped =
            |kind, gain| Prompt { age_h: 50.0, kind, outcome: PromptOutcome::Taken, gain: Some(gain) };
        let mut prompts = vec![helped(Break::Walk, 0.25); 20];
        prompts.extend(vec![helped(Break::Short, -0.05); 20]);
        let chosen = |seed| {
            break_advice(&BreakInput { load: Some(95.0), prompts: &prompts, seed, ..CALM }).suggest.unwrap()
        };
        let walks = (0..200).filter(|seed| chosen(*seed) == Break::Walk).count();
        assert!((150..200).contains(&walks) && (0..200).all(|seed| chosen(seed) != Break::Short), "{walks}");
        let long =
            |seed| break_advice(&BreakInput { load: Some(95.0), demanding: true, seed, ..CALM }).suggest;
        assert!((0..50).all(|seed| long(seed).unwrap().minutes() > 10.0));
    }

    #[test]
    fn bad_energy_has_no_probability_but_other_reasons_hold() {
        for bad in [(f64::NAN, 0.1), (2.0, 0.1), (0.5, f64::NAN), (0.5, -1.0)] {
            let advice = break_advice(&BreakInput { energy_soon: Some(bad), load: Some(95.0), ..CALM });
            assert_eq!(advice.low_energy.status, EstimateStatus::OutOfRangeInput);
            assert_eq!(advice.reasons, [BreakReason::HighLoad]);
        }
        let none =
            break_advice(&BreakInput { energy_soon: None, focus_min: Some(f64::NAN), load: None, ..CALM });
        assert!(none.reasons.is_empty() && none.low_energy.value.is_none());
    }
}
