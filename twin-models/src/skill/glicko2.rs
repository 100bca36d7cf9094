//! Glicko-2: a rating with deviation and volatility, one rating period at a time [glickman2013].

use std::f64::consts::PI;

/// Points of the Glicko scale per unit of the inner one.
const SCALE: f64 = 173.7178;
/// Change of log variance below which the volatility has been found.
const SETTLED: f64 = 1e-12;
/// Default of how freely volatility moves.
pub const TAU: f64 = 0.5;

/// A rating on the Glicko scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    /// The rating, 1500 for a newcomer.
    pub rating: f64,
    /// Its deviation (standard error), 350 for a newcomer.
    pub deviation: f64,
    /// Volatility, 0.06 for a newcomer.
    pub volatility: f64,
}

impl Default for Rating {
    fn default() -> Self {
        Self { rating: 1500.0, deviation: 350.0, volatility: 0.06 }
    }
}

/// One game of the period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Game {
    /// Rating of the other side before the period.
    pub rating: f64,
    /// Its deviation.
    pub deviation: f64,
    /// 1 won, 0.5 drawn, 0 lost.
    pub score: f64,
}

impl Rating {
    /// The rating after one period with these games; without any only the deviation grows.
    ///
    /// `tau` (0.3..=1.2) bounds how freely volatility moves. `None` for numbers that are not finite, deviations
    /// or volatility not above 0, scores outside 0..=1.
    ///
    /// ```
    /// # use twin_models::skill::glicko2::{Game, Rating};
    /// let me = Rating { rating: 1500.0, deviation: 200.0, volatility: 0.06 };
    /// let game = |rating, deviation, score| Game { rating, deviation, score };
    /// let games = [game(1400.0, 30.0, 1.0), game(1550.0, 100.0, 0.0), game(1700.0, 300.0, 0.0)];
    /// let after = me.after_period(&games, 0.5).unwrap();
    /// assert!((after.rating - 1464.06).abs() < 0.01 && (after.deviation - 151.52).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn after_period(&self, games: &[Game], tau: f64) -> Option<Self> {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        let sound = self.rating.is_finite()
            && [self.deviation, self.volatility, tau].into_iter().all(positive)
            && games
                .iter()
                .all(|g| g.rating.is_finite() && positive(g.deviation) && (0.0..=1.0).contains(&g.score));
        if !sound {
            return None;
        }
        let phi = self.deviation / SCALE;
        let (mut information, mut surprise) = (0.0, 0.0);
        for game in games {
            let other = game.deviation / SCALE;
            let g = 1.0 / (1.0 + 3.0 * other * other / (PI * PI)).sqrt();
            let expected = 1.0 / (1.0 + (g * (game.rating - self.rating) / SCALE).exp());
            information += g * g * expected * (1.0 - expected);
            surprise += g * (game.score - expected);
        }
        if information <= 0.0 {
            let deviation = SCALE * phi.hypot(self.volatility);
            return Some(Self { deviation, ..*self });
        }
        let volatility = volatility(phi, self.volatility, 1.0 / information, surprise / information, tau);
        let grown = phi * phi + volatility * volatility;
        let variance = 1.0 / (1.0 / grown + information);
        Some(Self {
            rating: self.rating + SCALE * variance * surprise,
            deviation: SCALE * variance.sqrt(),
            volatility,
        })
    }
}

/// The new volatility: the Illinois way of the paper, on the logarithm of the variance.
fn volatility(phi: f64, sigma: f64, v: f64, delta: f64, tau: f64) -> f64 {
    let start = (sigma * sigma).ln();
    let f = |x: f64| {
        let (e, spread) = (x.exp(), phi * phi + v + x.exp());
        e * (delta * delta - spread) / (2.0 * spread * spread) - (x - start) / (tau * tau)
    };
    let mut a = start;
    let mut b = if delta * delta > phi * phi + v {
        (delta * delta - phi * phi - v).ln()
    } else {
        (1..100).map(|k| start - f64::from(k) * tau).find(|x| f(*x) >= 0.0).unwrap_or(start)
    };
    let (mut fa, mut fb) = (f(a), f(b));
    for _ in 0..200 {
        if (b - a).abs() <= SETTLED || fa == fb {
            break;
        }
        let c = a + (a - b) * fa / (fb - fa);
        let fc = f(c);
        if fc * fb <= 0.0 {
            (a, fa) = (b, fb);
        } else {
            fa /= 2.0;
        }
        (b, fb) = (c, fc);
    }
    (a / 2.0).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_games_only_doubt_grows() {
        let me = Rating { rating: 1600.0, deviation: 50.0, volatility: 0.06 };
        let after = me.after_period(&[], TAU).unwrap();
        assert_eq!((after.rating, after.volatility), (1600.0, 0.06));
        assert!((after.deviation - (50.0_f64.powi(2) + (0.06 * SCALE).powi(2)).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn bad_input_has_no_answer() {
        let game = Game { rating: 1500.0, deviation: 50.0, score: 1.0 };
        assert_eq!(Rating { deviation: 0.0, ..Rating::default() }.after_period(&[game], TAU), None);
        assert_eq!(Rating::default().after_period(&[Game { score: 1.5, ..game }], TAU), None);
        assert_eq!(Rating::default().after_period(&[Game { rating: f64::NAN, ..game }], TAU), None);
        assert_eq!(Rating::default().after_period(&[game], 0.0), None);
    }

    #[test]
    fn a_great_surprise_stays_finite() {
        let weak = Game { rating: -5000.0, deviation: 30.0, score: 0.0 };
        let after = Rating::default().after_period(&[weak; 5], TAU).unwrap();
        assert!(after.rating.is_finite() && after.deviation > 0.0 && after.volatility > 0.0, "{after:?}");
    }
}
