//! The simple forecasts that are averaged: the median of a quarter first, which all others have to beat.

use super::MAX_HORIZON;
use crate::stats::{mean, median, quantile};
use twin_core::sort::OrderBy as _;

/// Weeks of the median that is the one to beat.
const QUARTER: usize = 13;
/// Half-lives of medians that fade out, weeks.
const HALF_LIVES: [f64; 4] = [1.5, 4.0, 10.0, 25.0];
/// What is left a week later of what sets the newest weeks apart from half a year. OWN.
const STAYS: [f64; 2] = [0.7, 0.9];
/// Weeks that the newest ones are set apart from.
const HALF_YEAR: usize = 26;
/// Half-life of the mean of the newest weeks. OWN.
const NEWEST: f64 = 1.5;
/// Shares of an error that may move a level. OWN.
const SHARES: [f64; 7] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7];
/// Weeks whose mean is the first level.
const FIRST: usize = 4;
/// Weeks that what followed weeks like the last one is drawn to the median by. OWN.
const FOLLOW_WORTH: f64 = 8.0;
/// Weeks from which last year's are a forecast.
const YEAR_FROM: usize = 60;
const YEAR: usize = 52;
/// Weeks above this many times the 95 % quantile count as that. OWN.
const ODD: f64 = 2.0;

/// How many they are.
pub(super) const EXPERTS: usize = 12;
/// The place of last year's week.
pub(super) const SEASON: usize = 11;
/// What each is expected to lose beside the others before anything is known, in their order: a head start for the
/// median of a quarter. Chosen like the constants of the average. OWN.
pub(super) const EXPECTED: [f64; EXPERTS] = [0.72, 1.03, 1.0, 0.99, 1.0, 1.0, 1.02, 1.0, 1.02, 1.0, 1.0, 1.1];

/// What each expert says of each week to come.
pub(super) type Sayings = [[f64; EXPERTS]; MAX_HORIZON];

/// Every forecast from known weeks, `(age, hours)`, the newest first; 0 of nothing.
pub(super) fn experts(known: &[(usize, f64)]) -> Sayings {
    let most = ODD * quantile(&mut known.iter().map(|k| k.1).collect::<Vec<_>>(), 0.95).unwrap_or(0.0);
    let known: Vec<(usize, f64)> = known.iter().map(|k| (k.0, k.1.min(most))).collect();
    let of_last =
        |weeks: usize| median(&mut known.iter().take(weeks).map(|k| k.1).collect::<Vec<_>>()).unwrap_or(0.0);
    let (quarter, half_year) = (of_last(QUARTER), of_last(HALF_YEAR));
    let mut sorted = known.clone();
    sorted.order_by(|a, b| a.1.total_cmp(&b.1));
    let [a, b, c, d] = HALF_LIVES.map(|half_life| fading(&sorted, half_life));
    let (year, all) = (of_last(YEAR), of_last(known.len()));
    let weight: f64 = known.iter().map(|k| faded(k.0, NEWEST)).sum();
    let newest = match known.iter().map(|k| faded(k.0, NEWEST) * k.1).sum::<f64>() / weight {
        hours if hours.is_finite() => hours,
        _ => half_year,
    };
    let level = smoothed(&known);
    // hours by age
    let mut ages = vec![None; known.first().zip(known.last()).map_or(0, |(_, oldest)| oldest.0 + 1)];
    for (age, hours) in &known {
        if let Some(place) = ages.get_mut(*age) {
            *place = Some(*hours);
        }
    }
    let thirds = [1.0 / 3.0, 2.0 / 3.0]
        .map(|q| quantile(&mut known.iter().map(|k| k.1).collect::<Vec<_>>(), q).unwrap_or(0.0));
    std::array::from_fn(|i| {
        let [fast, slow] = STAYS.map(|stays| half_year + stays.powi(i as i32 + 1) * (newest - half_year));
        let follows = following(&ages, thirds, i + 1, half_year);
        [
            quarter,
            a,
            b,
            c,
            d,
            year,
            all,
            fast,
            slow,
            follows,
            level,
            last_year(&ages, i + 1).unwrap_or(quarter),
        ]
    })
}

fn faded(age: usize, half_life: f64) -> f64 {
    (-(age as f64) / half_life).exp2()
}

/// The median of weeks in the order of hours, of which older ones weigh less.
fn fading(sorted: &[(usize, f64)], half_life: f64) -> f64 {
    let half = 0.5 * sorted.iter().map(|k| faded(k.0, half_life)).sum::<f64>();
    let mut sum = 0.0;
    let middle = sorted.iter().find(|k| {
        sum += faded(k.0, half_life);
        sum >= half
    });
    middle.or(sorted.last()).map_or(0.0, |k| k.1)
}

/// The level of exponential smoothing with the share that would have erred least: in the long run that of a local
/// level whose drift is fitted [hyndman2008].
fn smoothed(known: &[(usize, f64)]) -> f64 {
    let oldest_first = || known.iter().rev().map(|k| k.1);
    let first = mean(&oldest_first().take(FIRST).collect::<Vec<_>>()).unwrap_or(0.0);
    let tried = SHARES.map(|share| {
        oldest_first().fold((0.0, first), |(squares, level), hours| {
            let error = hours - level;
            (squares + error * error, level + share * error)
        })
    });
    tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.0, |best| best.1)
}

/// What came so many weeks after weeks of the same third as the last one: the median, drawn to the usual.
fn following(ages: &[Option<f64>], thirds: [f64; 2], ahead: usize, usual: f64) -> f64 {
    let third = |hours: &f64| thirds.iter().filter(|end| hours > *end).count();
    let Some(Some(last)) = ages.first() else { return usual };
    let pairs = ages.iter().zip(ages.iter().skip(ahead));
    let mut after: Vec<f64> = pairs
        .filter_map(|(later, week)| (*later).filter(|_| week.as_ref().map(third) == Some(third(last))))
        .collect();
    let n = after.len() as f64;
    (n * median(&mut after).unwrap_or(0.0) + FOLLOW_WORTH * usual) / (n + FOLLOW_WORTH)
}

/// The mean of the same week of the last one or two years, as far as they are known.
fn last_year(ages: &[Option<f64>], ahead: usize) -> Option<f64> {
    if ages.len() < YEAR_FROM {
        return None;
    }
    let years = [1, 2].map(|years| *ages.get(years * YEAR - ahead)?);
    let n = years.iter().flatten().count();
    (n > 0).then(|| years.iter().flatten().sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(newest_first: &[f64]) -> Sayings {
        experts(&newest_first.iter().copied().enumerate().collect::<Vec<_>>())
    }

    #[test]
    fn each_says_what_it_is_there_for() {
        // twelve weeks of 30 h after many of 10 h
        let mut weeks = vec![30.0; 12];
        weeks.extend(vec![10.0; 90]);
        let said = of(&weeks);
        assert_eq!(said[0][..7], [30.0, 30.0, 30.0, 30.0, 10.0, 10.0, 10.0]);
        // a level that came back to 10 h far ahead
        assert!(said[0][7] > 20.0 && said[7][7] < 13.0 && said[7][8] > said[7][7]);
        assert_eq!(said[0][SEASON], 10.0);
        // the level has moved with the weeks
        assert!(said[0][10] > 25.0);
        // weeks that take turns
        let turns: Vec<f64> = (0..40).map(|i| if i % 2 == 0 { 0.0 } else { 20.0 }).collect();
        let said = of(&turns);
        assert!(said[0][9] > 15.0 && said[1][9] < 5.0);
    }

    #[test]
    fn the_same_week_of_last_year() {
        let weeks: Vec<f64> = (0..120).map(|age| if age % 52 == 50 { 90.0 } else { 20.0 }).collect();
        let said = of(&weeks);
        assert_eq!((said[0][SEASON], said[1][SEASON], said[2][SEASON]), (20.0, 40.0, 20.0));
        assert_eq!(of(&weeks[..59])[1][SEASON], 20.0);
    }

    #[test]
    fn nothing_and_one_week_have_numbers() {
        assert_eq!(experts(&[])[0], [0.0; EXPERTS]);
        assert!(experts(&[(3, 7.0)]).iter().flatten().all(|x| (0.0..=14.0).contains(x)));
    }
}
