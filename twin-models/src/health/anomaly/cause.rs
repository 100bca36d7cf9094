//! Events that explain an unusual night without illness.

/// What happened, noted on the civil day on which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Alcohol: raises heart rate and lowers its variability in the night that follows [pietila2018].
    Alcohol,
    /// A day far harder than usual.
    HardTraining,
    /// A long journey.
    Travel,
    /// Another time zone.
    TimeZone,
    /// Sleeping much higher than usual.
    Altitude,
    /// Heat.
    Heat,
    /// A medicine begun, stopped or changed.
    Medication,
    /// A vaccination: back to usual after some four days [quer2022].
    Vaccine,
    /// A day in the second half of a menstrual cycle: its usual effect is taken off, the nights still count.
    LutealPhase,
}

impl Cause {
    /// First and last night it explains, in days after its own; a night belongs to the day of waking.
    /// Alcohol and vaccine after their sources, the others OWN.
    #[must_use]
    pub const fn nights(self) -> (usize, usize) {
        match self {
            Self::Alcohol => (1, 1),
            Self::HardTraining => (1, 2),
            Self::Travel | Self::TimeZone => (0, 3),
            Self::Altitude => (0, 5),
            Self::Heat => (0, 1),
            Self::Medication => (0, 2),
            Self::Vaccine => (1, 4),
            Self::LutealPhase => (0, 0),
        }
    }

    /// In plain words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Alcohol => "alcohol",
            Self::HardTraining => "hard training",
            Self::Travel => "travel",
            Self::TimeZone => "another time zone",
            Self::Altitude => "altitude",
            Self::Heat => "heat",
            Self::Medication => "a change of medicine",
            Self::Vaccine => "a vaccination",
            Self::LutealPhase => "the phase of the cycle",
        }
    }
}

/// Days of the mean of training load (CTL) that a hard day is compared with.
const CTL_DAYS: f64 = 42.0;
/// Spreads above that mean that make a day hard.
const HARD_SPREADS: f64 = 2.0;
/// Days with a known load that the comparison needs. OWN.
const MIN_LOADS: usize = 14;

/// Which days were hard: load above the mean of the past plus two standard deviations, both exponentially
/// weighted over 42 days; a missing load is not a rest day and is left out.
pub(super) fn hard_days(loads: &[Option<f64>]) -> Vec<bool> {
    let rate = 1.0 / CTL_DAYS;
    let (mut mean, mut square, mut weight, mut n) = (0.0, 0.0, 0.0, 0_usize);
    let judge = |load: &Option<f64>| {
        let Some(load) = load.filter(|x| x.is_finite() && *x >= 0.0) else { return false };
        let (usual, spread) = if weight > 0.0 {
            let usual: f64 = mean / weight;
            (usual, (square / weight - usual * usual).max(0.0).sqrt())
        } else {
            (0.0, 0.0)
        };
        let hard = n >= MIN_LOADS && load > usual + HARD_SPREADS * spread;
        mean += rate * (load - mean);
        square += rate * (load * load - square);
        weight += rate * (1.0 - weight);
        n += 1;
        hard
    };
    loads.iter().map(judge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hard_day_is_far_above_the_persons_own() {
        let mut loads: Vec<Option<f64>> = (0..28).map(|i| Some(f64::from(40 + 20 * (i % 2)))).collect();
        loads.extend([Some(60.0), None, Some(200.0)]);
        let hard = hard_days(&loads);
        assert_eq!((hard[28], hard[29], hard[30]), (false, false, true));
        assert!(!hard_days(&[Some(1.0), Some(100.0)])[1]);
    }
}
