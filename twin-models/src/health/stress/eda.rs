//! Skin conductance, second by second: what is quick in it. Its level drifts and is not used.

use super::ring::Ring;

/// Corner of the high-pass that leaves the phasic part, Hz.
pub const HIGH_PASS_HZ: f64 = 0.05;
/// Least height of a phasic peak, µS.
pub const PEAK_US: f64 = 0.02;
/// Added before a logarithm, µS. OWN.
const FLOOR_US: f64 = 0.05;
const LONGEST_S: usize = 180;

/// What the last three minutes of skin conductance hold. Memory is constant.
#[derive(Clone, Debug)]
pub struct Eda {
    level: Ring,
    rise: Ring,
    phasic: Ring,
    peaks: Ring,
    slow: Option<f64>,
    before: Option<f64>,
    last_two: (f64, f64),
}

impl Default for Eda {
    fn default() -> Self {
        let ring = || Ring::new(LONGEST_S);
        Self {
            level: ring(),
            rise: ring(),
            phasic: ring(),
            peaks: ring(),
            slow: None,
            before: None,
            last_two: (0.0, 0.0),
        }
    }
}

impl Eda {
    /// One second: mean conductance in µS; `None` or a value outside −1..=200 is missing.
    pub fn push(&mut self, microsiemens: Option<f64>) {
        let Some(x) = microsiemens.filter(|x| (-1.0..=200.0).contains(x)).map(|x| x.max(0.0)) else {
            for ring in [&mut self.level, &mut self.rise, &mut self.phasic, &mut self.peaks] {
                ring.push(None);
            }
            self.before = None;
            return;
        };
        let keep = (-std::f64::consts::TAU * HIGH_PASS_HZ).exp();
        let slow = self.slow.map_or(x, |slow| keep * slow + (1.0 - keep) * x);
        self.slow = Some(slow);
        let now = x - slow;
        let (first, middle) = self.last_two;
        let is_peak = middle > PEAK_US && middle >= first && middle > now;
        self.last_two = (middle, now);
        self.level.push(Some((x + FLOOR_US).ln()));
        self.rise.push(self.before.map(|before| (x - before).max(0.0)));
        self.phasic.push(Some(now));
        self.peaks.push(Some(if is_peak { middle } else { 0.0 }));
        self.before = Some(x);
    }

    /// ln of the mean rise per second, over `seconds`.
    #[must_use]
    pub fn rise(&self, seconds: usize) -> Option<f64> {
        Some((self.rise.mean(seconds)? + 0.0005).ln())
    }

    /// ln of the spread of the phasic part, over `seconds`.
    #[must_use]
    pub fn phasic_sd(&self, seconds: usize) -> Option<f64> {
        Some((self.phasic.sd(seconds)? + 0.002).ln())
    }

    /// ln of the summed height of phasic peaks per second, over `seconds`.
    #[must_use]
    pub fn peaks(&self, seconds: usize) -> Option<f64> {
        Some((self.peaks.mean(seconds)? + 0.0005).ln())
    }

    /// Slope of the logarithm, per second, over `seconds`.
    #[must_use]
    pub fn slope(&self, seconds: usize) -> Option<f64> {
        self.level.slope(seconds)
    }

    /// Mean of the logarithm over a minute; for use less its own running mean only.
    #[must_use]
    pub fn level(&self) -> Option<f64> {
        self.level.mean(60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_a_peak_and_a_constant_level_is_nothing() {
        let (mut flat, mut alive) = (Eda::default(), Eda::default());
        for t in 0..180 {
            flat.push(Some(4.0));
            let since = f64::from(t % 60);
            alive.push(Some(4.0 + 0.5 * (-since / 8.0).exp() * (since / 2.0).min(1.0)));
        }
        assert_eq!(flat.slope(60), Some(0.0));
        assert_eq!(flat.peaks(180), Some(0.0005_f64.ln()));
        assert!(alive.peaks(180) > flat.peaks(180) && alive.phasic_sd(60) > flat.phasic_sd(60));
        assert_eq!(Eda::default().level(), None);
    }
}
