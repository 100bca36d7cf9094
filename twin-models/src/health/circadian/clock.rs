//! What the light-driven clocks share: steps of Runge–Kutta and the times of a marker.

use twin_core::sort::OrderBy;

/// Step of the integration, h.
pub const STEP_H: f64 = 0.1;
/// Melatonin rises so long before the temperature minimum, h.
pub const DLMO_BEFORE_CBTMIN_H: f64 = 7.0;
/// Temperature minima are no closer than this, h.
pub const APART_H: f64 = 13.0;
/// Brightest light that counts, lux.
pub const MAX_LUX: f64 = 1e5;

/// A clock driven by light.
pub trait LightClock: Copy {
    /// The state after `step_h` hours of light of one strength, lux 0..=1e5 (clamped; `NaN` is dark).
    #[must_use]
    fn step(self, lux: f64, step_h: f64) -> Self;

    /// What is lowest at the minimum of core body temperature.
    fn marker(&self) -> f64;
}

/// All states of a clock: `initial`, then one after each step, of which step `i` has the light `lux[i]`.
///
/// The first light belongs to the moment of the initial state and drives nothing, as in the reference.
pub fn run<C: LightClock>(initial: C, lux: &[f64], step_h: f64) -> Vec<C> {
    let mut state = initial;
    let later = lux.iter().skip(1).map(|lux| {
        state = state.step(*lux, step_h);
        state
    });
    std::iter::once(initial).chain(later).collect()
}

/// Times of minimal core body temperature on the grid, h: local minima of the marker, no two closer than 13 h.
///
/// Bright light at night dents the marker; of minima that are closer the deepest counts.
#[must_use]
pub fn cbtmin_h<C: LightClock>(states: &[C], start_h: f64, step_h: f64) -> Vec<f64> {
    let mut minima: Vec<(f64, f64)> = (1_u32..)
        .zip(states.windows(3))
        .filter_map(|(i, three)| {
            let [before, now, after] = three else { return None };
            let depth = now.marker();
            (depth < before.marker() && depth < after.marker()).then(|| (depth, f64::from(i) * step_h))
        })
        .collect();
    minima.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut kept: Vec<f64> = Vec::new();
    for (_, at) in minima {
        // the grid's rounding must not decide
        if kept.iter().all(|other| (other - at).abs() > APART_H - step_h / 2.0) {
            kept.push(at);
        }
    }
    kept.sort_by(f64::total_cmp);
    kept.into_iter().map(|at| start_h + at).collect()
}

/// A light that can drive a clock.
pub(super) const fn usable(lux: f64) -> f64 {
    if lux.is_nan() { 0.0 } else { lux.clamp(0.0, MAX_LUX) }
}

/// One step of the classic Runge–Kutta method.
pub(super) fn rk4(y: [f64; 3], h: f64, slope: impl Fn([f64; 3]) -> [f64; 3]) -> [f64; 3] {
    let along = |k: [f64; 3], part: f64| [y[0] + part * k[0], y[1] + part * k[1], y[2] + part * k[2]];
    let k1 = slope(y);
    let k2 = slope(along(k1, h / 2.0));
    let k3 = slope(along(k2, h / 2.0));
    let k4 = slope(along(k3, h));
    let sum = |a: f64, b: f64, c: f64, d: f64| h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
    [
        y[0] + sum(k1[0], k2[0], k3[0], k4[0]),
        y[1] + sum(k1[1], k2[1], k3[1], k4[1]),
        y[2] + sum(k1[2], k2[2], k3[2], k4[2]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_of_fourth_order() {
        let grow = |y: [f64; 3]| [y[0], -y[1], 0.0];
        let end = rk4([1.0, 1.0, 5.0], 0.1, grow);
        assert!((end[0] - 0.1_f64.exp()).abs() < 1e-7 && (end[1] - (-0.1_f64).exp()).abs() < 1e-7);
        assert_eq!(end[2], 5.0);
    }

    #[test]
    fn of_close_minima_the_deepest_counts() {
        #[derive(Clone, Copy)]
        struct Fixed(f64);
        impl LightClock for Fixed {
            fn step(self, _: f64, _: f64) -> Self {
                self
            }
            fn marker(&self) -> f64 {
                self.0
            }
        }
        let mut markers = [Fixed(0.0); 60];
        (markers[10], markers[15], markers[50]) = (Fixed(-1.0), Fixed(-2.0), Fixed(-0.5));
        assert_eq!(cbtmin_h(&markers, 100.0, 1.0), [115.0, 150.0]);
    }

    #[test]
    fn light_is_kept_in_range() {
        assert_eq!((usable(f64::NAN), usable(-3.0), usable(1e9), usable(20.0)), (0.0, 0.0, 1e5, 20.0));
    }
}
