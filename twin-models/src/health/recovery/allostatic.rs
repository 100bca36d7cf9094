//! How many markers stay in their worst quarter: the wear of long strain [mcewen1998], [seeman1997].

use crate::health::answer::{Answer, finite, middle80};
use crate::stats::{Draws, median};
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "allostatic_index";
/// Its version.
pub const VERSION: &str = "1";
/// Days looked at.
pub const DAYS: usize = 28;
/// Days that a daily marker needs among them.
pub const MIN_DAYS: usize = 21;
/// Markers needed.
pub const MIN_MARKERS: usize = 6;
const DRAWS: usize = 200;

/// One marker: resting heart rate, ln RMSSD, regularity, debt, respiration, body mass index, blood pressure …
#[derive(Clone, Copy, Debug)]
pub struct Marker<'a> {
    /// Its name, for the reasons.
    pub name: &'a str,
    /// Values a day, today last; the last 28 are looked at.
    pub values: &'a [Option<f64>],
    /// The border of the worst quarter: of the person's own earlier days, else of the age group.
    pub worst_quarter: f64,
    /// The worst quarter lies above the border; else below.
    pub higher_is_worse: bool,
    /// Measured now and then (blood pressure, body mass index): one value in the 28 days is enough.
    pub seldom: bool,
    /// UCUM unit.
    pub unit: &'a str,
}

impl Marker<'_> {
    fn recent(&self) -> Option<Vec<f64>> {
        let values: Vec<f64> = self.values.iter().rev().take(DAYS).filter_map(|x| finite(*x)).collect();
        let need = if self.seldom { 1 } else { MIN_DAYS };
        (values.len() >= need && self.worst_quarter.is_finite()).then_some(values)
    }

    fn worst(&self, middle: f64) -> bool {
        if self.higher_is_worse { middle > self.worst_quarter } else { middle < self.worst_quarter }
    }
}

/// Share of markers whose median of 28 days lies in the worst quarter, 0..=1; higher is worse. Chance alone
/// gives about a quarter.
///
/// Needs 6 markers with 21 days each (those measured seldom: one value). The interval comes from seeded
/// resampling of the days. Contributions: what each marker adds, and those that do not with 0.
#[must_use]
pub fn allostatic_index(markers: &[Marker<'_>]) -> Estimate {
    let answer = Answer::index(ID, VERSION);
    let known: Vec<(&Marker<'_>, Vec<f64>)> =
        markers.iter().filter_map(|marker| Some((marker, marker.recent()?))).collect();
    let missing = markers.iter().filter(|m| m.recent().is_none());
    let gaps: Vec<String> = missing.map(|m| format!("fewer than {MIN_DAYS} days of {}", m.name)).collect();
    if known.len() < MIN_MARKERS {
        let mut none = answer.too_little(format!("{} of {MIN_MARKERS} markers", known.len()));
        none.gaps.extend(gaps);
        return none;
    }
    let n = known.len() as f64;
    let medians: Vec<f64> = known.iter().filter_map(|(_, values)| median(&mut values.clone())).collect();
    let count = known.iter().zip(&medians).filter(|((m, _), middle)| m.worst(**middle)).count() as f64;
    let mut random = Draws::new(0xa110);
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let worst = |(marker, values): &(&Marker<'_>, Vec<f64>)| {
                let mut again: Vec<f64> = (0..values.len())
                    .filter_map(|_| values.get(random.below(values.len())).copied())
                    .collect();
                median(&mut again).is_some_and(|middle| marker.worst(middle))
            };
            known.iter().map(worst).filter(|w| *w).count() as f64 / n
        })
        .collect();
    let value = count / n;
    let range = middle80(&mut drawn).unwrap_or((value, value));
    let range = (range.0.min(value), range.1.max(value));
    let mut estimate = answer.between(value, range, 1.0 - (range.1 - range.0) / 0.5);
    estimate.coverage = n / markers.len() as f64;
    estimate.confidence *= estimate.coverage;
    estimate.n_effective = n;
    estimate.gaps = gaps;
    if n < markers.len() as f64 && estimate.value.is_some() {
        estimate.status = EstimateStatus::Provisional;
    }
    estimate.contributions = known
        .iter()
        .zip(&medians)
        .map(|((marker, _), middle)| Contribution {
            feature: marker.name.into(),
            amount: if marker.worst(*middle) { 1.0 / n } else { 0.0 },
            baseline: Some(marker.worst_quarter),
            now: Some(*middle),
            unit: marker.unit.into(),
        })
        .collect();
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker<'a>(name: &'a str, values: &'a [Option<f64>], border: f64) -> Marker<'a> {
        Marker { name, values, worst_quarter: border, higher_is_worse: true, seldom: false, unit: "1" }
    }

    #[test]
    fn markers_beyond_the_border_are_counted() {
        let values: Vec<Option<f64>> = (0..28).map(|i| Some(f64::from(i % 7))).collect(); // median 3
        let low = marker("low", &values, 5.0);
        let high = marker("high", &values, 1.0);
        let below = Marker { higher_is_worse: false, ..low };
        let all = [low, low, low, high, high, below];
        let index = allostatic_index(&all);
        assert_eq!(index.value, Some(0.5));
        let sum: f64 = index.contributions.iter().map(|c| c.amount).sum();
        assert!((sum - 0.5).abs() < 1e-12);
        let near = marker("near", &values, 2.9);
        let unsure = allostatic_index(&[near, near, near, near, near, near]);
        assert!(unsure.low.unwrap() < 1.0 && unsure.value == Some(1.0));
    }

    #[test]
    fn six_markers_of_three_weeks() {
        let values = vec![Some(1.0); 28];
        let one = marker("one", &values, 2.0);
        assert_eq!(allostatic_index(&[one; 5]).value, None);
        let short = marker("short", &values[..20], 2.0);
        let seldom = Marker { seldom: true, ..marker("seldom", &values[..1], 0.5) };
        assert_eq!(allostatic_index(&[one, one, one, one, one, short]).gaps[0], "5 of 6 markers");
        let index = allostatic_index(&[one, one, one, one, one, seldom, short]);
        assert_eq!((index.value, index.status), (Some(1.0 / 6.0), EstimateStatus::Provisional));
        let broken = marker("broken", &values, f64::NAN);
        assert_eq!(allostatic_index(&[broken; 6]).value, None);
    }
}
