//! Scores made into probabilities: a rising staircase, or a logistic curve.

use twin_core::sort::OrderBy;

/// A rising map from scores to probabilities, straight between its points [zadrozny2002].
#[derive(Clone, Debug, PartialEq)]
pub struct Isotonic {
    points: Vec<(f64, f64)>,
}

impl Isotonic {
    /// The closest rising map, by least squares with weights (pool adjacent violators).
    ///
    /// `None` without data, for lengths that differ, weights not above 0, or values that are not finite.
    ///
    /// ```
    /// # use twin_models::learn::calibration::Isotonic;
    /// let map = Isotonic::fit(&[1.0, 2.0, 3.0], &[0.0, 1.0, 0.5], &[1.0, 1.0, 1.0]).unwrap();
    /// assert_eq!((map.apply(0.0), map.apply(1.5), map.apply(9.0)), (0.0, 0.375, 0.75));
    /// ```
    #[must_use]
    pub fn fit(score: &[f64], outcome: &[f64], weight: &[f64]) -> Option<Self> {
        let sound = !score.is_empty()
            && score.len() == outcome.len()
            && score.len() == weight.len()
            && score.iter().chain(outcome).chain(weight).all(|x| x.is_finite())
            && weight.iter().all(|w| *w > 0.0);
        if !sound {
            return None;
        }
        let mut rows: Vec<(f64, f64, f64)> =
            score.iter().zip(outcome).zip(weight).map(|((s, y), w)| (*s, *y, *w)).collect();
        rows.order_by(|a, b| a.0.total_cmp(&b.0));
        // equal scores are one; a pool is (mean, weight, scores in it)
        let mut pools: Vec<(f64, f64, Vec<f64>)> = Vec::new();
        for tied in rows.chunk_by(|a, b| a.0 == b.0) {
            let weight: f64 = tied.iter().map(|r| r.2).sum();
            let mean = tied.iter().map(|r| r.1 * r.2).sum::<f64>() / weight;
            let mut pool = (mean, weight, tied.iter().take(1).map(|r| r.0).collect::<Vec<_>>());
            while let Some(before) = pools.pop_if(|before| before.0 >= pool.0) {
                let weight = before.1 + pool.1;
                let mean = (before.0 * before.1 + pool.0 * pool.1) / weight;
                let mut scores = before.2;
                scores.append(&mut pool.2);
                pool = (mean, weight, scores);
            }
            pools.push(pool);
        }
        let points =
            pools.into_iter().flat_map(|(mean, _, scores)| scores.into_iter().map(move |s| (s, mean)));
        Some(Self { points: points.collect() })
    }

    /// The probability of a score; those beyond the ends count as the ends. NaN stays NaN.
    #[must_use]
    pub fn apply(&self, score: f64) -> f64 {
        if score.is_nan() {
            return score;
        }
        let at = self.points.partition_point(|p| p.0 <= score);
        match (at.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(at)) {
            (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (score - low.0) / (high.0 - low.0),
            (Some(end), None) | (None, Some(end)) => end.1,
            (None, None) => f64::NAN,
        }
    }
}

/// A logistic map `1 / (1 + exp(a s + b))` from scores to probabilities [platt1999].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Platt {
    /// Slope; below 0 where higher scores are likelier.
    pub a: f64,
    /// Offset.
    pub b: f64,
}

impl Platt {
    /// The likeliest map, towards targets a little inside 0 and 1 as Platt advised.
    ///
    /// `None` without both outcomes, for lengths that differ or values that are not finite.
    #[must_use]
    pub fn fit(score: &[f64], positive: &[bool]) -> Option<Self> {
        let hits = positive.iter().filter(|p| **p).count() as f64;
        let misses = positive.len() as f64 - hits;
        if score.len() != positive.len() || hits < 1.0 || misses < 1.0 || !score.iter().all(|s| s.is_finite())
        {
            return None;
        }
        let target = |y: bool| if y { (hits + 1.0) / (hits + 2.0) } else { 1.0 / (misses + 2.0) };
        let loss = |m: &Self| -> f64 {
            score
                .iter()
                .zip(positive)
                .map(|(s, y)| {
                    let f = m.a * s + m.b;
                    // −t ln p − (1−t) ln(1−p), without overflow
                    target(*y) * f + (-f).max(0.0) + (-f.abs()).exp().ln_1p()
                })
                .sum()
        };
        let mut map = Self { a: 0.0, b: ((misses + 1.0) / (hits + 1.0)).ln() };
        let mut now = loss(&map);
        for _ in 0..100 {
            let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12);
            for (s, y) in score.iter().zip(positive) {
                let p = map.apply(*s);
                let (g, h) = (target(*y) - p, p * (1.0 - p));
                ga += g * s;
                gb += g;
                haa += h * s * s;
                hab += h * s;
                hbb += h;
            }
            let det = haa * hbb - hab * hab;
            let step = ((hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det);
            if !(step.0 + step.1).is_finite() {
                break;
            }
            // half the step until it helps
            let tried = (0..30).map(|k| 0.5_f64.powi(k)).map(|part| {
                let map = Self { a: map.a - part * step.0, b: map.b - part * step.1 };
                (loss(&map), map)
            });
            let Some((loss, better)) = tried.into_iter().find(|(loss, _)| *loss < now) else { break };
            let settled = now - loss < 1e-13 * now.abs();
            (now, map) = (loss, better);
            if settled {
                break;
            }
        }
        Some(map)
    }

    /// The probability of a score, 0..=1.
    #[must_use]
    pub fn apply(&self, score: f64) -> f64 {
        1.0 / (1.0 + (self.a * score + self.b).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_has_no_answer() {
        assert_eq!(Isotonic::fit(&[], &[], &[]), None);
        assert_eq!(Isotonic::fit(&[1.0], &[f64::NAN], &[1.0]), None);
        assert_eq!(Isotonic::fit(&[1.0], &[1.0], &[0.0]), None);
        assert_eq!(Platt::fit(&[1.0, 2.0], &[true, true]), None);
        assert_eq!(Platt::fit(&[1.0], &[true, false]), None);
        assert_eq!(Platt::fit(&[f64::INFINITY, 1.0], &[true, false]), None);
        assert!(Isotonic::fit(&[1.0], &[1.0], &[1.0]).unwrap().apply(f64::NAN).is_nan());
    }

    #[test]
    fn scores_that_separate_perfectly_still_have_a_curve() {
        let score: Vec<f64> = (0..40).map(f64::from).collect();
        let positive: Vec<bool> = (0..40).map(|i| i >= 20).collect();
        let map = Platt::fit(&score, &positive).unwrap();
        assert!(map.a < 0.0 && map.a.is_finite() && map.apply(39.0) > 0.9 && map.apply(0.0) < 0.1, "{map:?}");
    }

    #[test]
    fn equal_scores_still_have_a_base_rate() {
        let map = Platt::fit(&[3.0; 8], &[true, true, false, false, true, false, true, false]).unwrap();
        assert!((map.apply(3.0) - 0.5).abs() < 1e-6, "{map:?}");
    }

    proptest::proptest! {
        #[test]
        fn a_staircase_never_falls(rows in proptest::collection::vec((-5_i8..5, 0_u8..2, 0.1_f64..3.0), 1..60)) {
            let score: Vec<f64> = rows.iter().map(|r| f64::from(r.0)).collect();
            let outcome: Vec<f64> = rows.iter().map(|r| f64::from(r.1)).collect();
            let weight: Vec<f64> = rows.iter().map(|r| r.2).collect();
            let map = Isotonic::fit(&score, &outcome, &weight).unwrap();
            let line: Vec<f64> = (-60..60).map(|i| map.apply(f64::from(i) * 0.1)).collect();
            proptest::prop_assert!(line.is_sorted() && line.iter().all(|p| (0.0..=1.0).contains(p)));
        }
    }
}
