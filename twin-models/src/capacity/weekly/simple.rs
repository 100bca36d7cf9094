//! The simple forecasts that are averaged: medians and means of the last weeks, of windows or fading out. Each is one
//! number, the same for every week to come.

use crate::stats::{mean, median, quantile};
use std::f64::consts::FRAC_PI_2;
use twin_core::sort::OrderBy;

/// Rolling windows, weeks.
const WINDOWS: [usize; 4] = [4, 8, 13, 26];
/// Half-lives of exponential smoothing, weeks; the last is a mean of all.
const HALF_LIVES: [f64; 5] = [1.5, 4.0, 10.0, 25.0, 1e9];
/// Medians and means of each window, means and medians of each half-life.
pub(super) const FORECASTS: usize = 2 * (WINDOWS.len() + HALF_LIVES.len());
/// Weeks above this many times the 95 % quantile count as that in means. OWN.
const ODD: f64 = 2.0;

/// What the simple forecasts lose beside each other where weeks have nothing to do with each other: a mean of n
/// errs by `√(1 + 1/n)` of their spread, a median by `√(1 + π/2n)`; a mean lies aside where weeks are lumpy.
pub(super) fn expected(hours: &[f64]) -> [f64; FORECASTS] {
    let around = |centre: f64| hours.iter().map(|h| (h - centre).abs()).sum::<f64>();
    let of_median = around(median(&mut hours.to_vec()).unwrap_or(0.0));
    let aside = if of_median > 0.0 { around(mean(hours).unwrap_or(0.0)) / of_median } else { 1.0 };
    let windows = WINDOWS.into_iter().map(|window| window as f64);
    // weights that fall by half each h weeks weigh as much as about 2.9 h equal ones
    let behind = windows.chain(HALF_LIVES.into_iter().map(|half_life| 2.9 * half_life));
    let mut each = behind.flat_map(|n| [aside * (1.0 + 1.0 / n).sqrt(), (1.0 + FRAC_PI_2 / n).sqrt()]);
    std::array::from_fn(|_| each.next().unwrap_or(1.0))
}

/// Every simple forecast from known weeks, `(age, hours)`, the newest first.
pub(super) fn simple(known: &[(f64, f64)]) -> [f64; FORECASTS] {
    let most = ODD * quantile(&mut known.iter().map(|k| k.1).collect::<Vec<_>>(), 0.95).unwrap_or(0.0);
    let mut sorted: Vec<(f64, f64)> = known.iter().map(|k| (k.0, k.1.min(most))).collect();
    sorted.order_by(|a, b| a.1.total_cmp(&b.1));
    let mut each = Vec::with_capacity(FORECASTS);
    for window in WINDOWS {
        let mut hours: Vec<f64> = known.iter().take(window).map(|k| k.1.min(most)).collect();
        each.push(hours.iter().sum::<f64>() / hours.len() as f64);
        each.push(median(&mut hours).unwrap_or(0.0));
    }
    for half_life in HALF_LIVES {
        let weight = |age: f64| (-age / half_life).exp2();
        let whole: f64 = sorted.iter().map(|k| weight(k.0)).sum();
        each.push(sorted.iter().map(|k| weight(k.0) * k.1).sum::<f64>() / whole);
        let mut sum = 0.0;
        let middle = sorted.iter().find(|k| {
            sum += weight(k.0);
            sum >= 0.5 * whole
        });
        each.push(middle.or(sorted.last()).map_or(0.0, |k| k.1));
    }
    let mut each = each.into_iter();
    std::array::from_fn(|_| each.next().unwrap_or(0.0))
}
