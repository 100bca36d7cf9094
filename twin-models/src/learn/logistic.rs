//! Logistic regression with a ridge, fitted to all rows at once by Newton's steps [lecessie1992].

use super::online::logistic;

/// Newton's steps at most; a handful is enough.
const STEPS: usize = 25;

/// Log odds `offset + Σ weight · (x − centre) / scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// Level; log odds of a usual row.
    pub offset: f64,
    /// Weight of each column, after scaling.
    pub weights: Vec<f64>,
    /// Mean of each column.
    pub centres: Vec<f64>,
    /// Standard deviation of each column; 1 where it never varies.
    pub scales: Vec<f64>,
    /// Cholesky's factor of the curvature at the weights, the lower half.
    curve: Vec<Vec<f64>>,
}

impl Logistic {
    /// The likeliest weights where each is normal around 0 with variance `1 / ridge`; the offset is free.
    ///
    /// `None` without both outcomes, for lengths that differ, values that are not finite, or a ridge not above 0.
    ///
    /// ```
    /// # use twin_models::learn::logistic::Logistic;
    /// let rows = [vec![0.0], vec![1.0], vec![0.0], vec![1.0]];
    /// let model = Logistic::fit(&rows, &[false, true, false, true], 1.0).unwrap();
    /// assert!(model.probability(&[1.0]) > 0.7 && model.probability(&[0.0]) < 0.3);
    /// ```
    #[must_use]
    pub fn fit(rows: &[Vec<f64>], positive: &[bool], ridge: f64) -> Option<Self> {
        let (n, columns) = (rows.len() as f64, rows.first()?.len());
        let hits = positive.iter().filter(|y| **y).count() as f64;
        let sound = rows.len() == positive.len()
            && rows.iter().all(|row| row.len() == columns && row.iter().all(|x| x.is_finite()))
            && ridge.is_finite()
            && ridge > 0.0;
        if !sound || hits == 0.0 || hits == n {
            return None;
        }
        let mean = |f: &dyn Fn(&Vec<f64>) -> f64| rows.iter().map(f).sum::<f64>() / n;
        let cell = |row: &Vec<f64>, i: usize| row.get(i).copied().unwrap_or(0.0);
        let centres: Vec<f64> = (0..columns).map(|i| mean(&|row| cell(row, i))).collect();
        let scales = centres.iter().enumerate().map(|(i, centre)| {
            let sd = mean(&|row| (cell(row, i) - centre).powi(2)).sqrt();
            if sd > 1e-12 { sd } else { 1.0 }
        });
        let scales = scales.collect();
        let mut model = Self {
            offset: (hits / (n - hits)).ln(),
            weights: vec![0.0; columns],
            centres,
            scales,
            curve: Vec::new(),
        };
        let scaled: Vec<Vec<f64>> = rows.iter().map(|row| model.scaled(row)).collect();
        for _ in 0..STEPS {
            let moved = model.newton(&scaled, positive, ridge)?;
            if moved < 1e-9 {
                break;
            }
        }
        model.offset.is_finite().then_some(model)
    }

    /// A row as the weights see it, with a 1 before it for the offset.
    fn scaled(&self, row: &[f64]) -> Vec<f64> {
        let columns = row.iter().zip(&self.centres).zip(&self.scales).map(|((x, c), s)| (x - c) / s);
        std::iter::once(1.0).chain(columns).collect()
    }

    fn of_scaled(&self, row: &[f64]) -> f64 {
        self.offset + row.iter().skip(1).zip(&self.weights).map(|(x, w)| x * w).sum::<f64>()
    }

    /// One step; gives how far it went, at most 2 in each weight so that no step runs away.
    fn newton(&mut self, scaled: &[Vec<f64>], positive: &[bool], ridge: f64) -> Option<f64> {
        let size = self.weights.len() + 1;
        let mut gradient: Vec<f64> =
            std::iter::once(0.0).chain(self.weights.iter().map(|w| -ridge * w)).collect();
        let diagonal = |i: usize, j: usize| match (i == j, i) {
            (true, 0) => 1e-9,
            (true, _) => ridge,
            _ => 0.0,
        };
        let mut curve: Vec<Vec<f64>> = (0..size).map(|i| (0..=i).map(|j| diagonal(i, j)).collect()).collect();
        for (row, y) in scaled.iter().zip(positive) {
            let p = logistic(self.of_scaled(row));
            let (surprise, weight) = (f64::from(u8::from(*y)) - p, p * (1.0 - p));
            for ((x, g), line) in row.iter().zip(&mut gradient).zip(&mut curve) {
                *g += surprise * x;
                line.iter_mut().zip(row).for_each(|(c, other)| *c += weight * x * other);
            }
        }
        let curve = factor(curve)?;
        let step = solve(&curve, gradient)?;
        self.curve = curve;
        let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        let part = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        let all = std::iter::once(&mut self.offset).chain(&mut self.weights);
        all.zip(&step).for_each(|(w, s)| *w += part * s);
        Some(longest)
    }

    /// Log odds of a row.
    #[must_use]
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.of_scaled(&self.scaled(row))
    }

    /// Probability of a row, 0..=1.
    #[must_use]
    pub fn probability(&self, row: &[f64]) -> f64 {
        logistic(self.log_odds(row))
    }

    /// Variance of the log odds of a row, from the curvature around the weights [mackay1992].
    #[must_use]
    pub fn variance(&self, row: &[f64]) -> f64 {
        forward(&self.curve, self.scaled(row)).map_or(f64::INFINITY, |y| y.iter().map(|y| y * y).sum())
    }

    /// What each column adds to the log odds of a usual row.
    #[must_use]
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        self.scaled(row).iter().skip(1).zip(&self.weights).map(|(x, w)| x * w).collect()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Cholesky's factor of a matrix whose lower half is given; `None` where it is not above 0.
fn factor(mut lower: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for i in 0..lower.len() {
        let (above, rest) = lower.split_at_mut(i);
        let line = rest.first_mut()?;
        for (j, other) in above.iter().enumerate() {
            let known = dot(line.get(..j)?, other.get(..j)?);
            let cell = line.get_mut(j)?;
            *cell = (*cell - known) / other.get(j)?;
        }
        let rest = line.get(i)? - dot(line.get(..i)?, line.get(..i)?);
        if rest.is_nan() || rest <= 0.0 {
            return None;
        }
        *line.get_mut(i)? = rest.sqrt();
    }
    Some(lower)
}

/// `L⁻¹ b` of a factor.
fn forward(lower: &[Vec<f64>], mut b: Vec<f64>) -> Option<Vec<f64>> {
    for (i, line) in lower.iter().enumerate() {
        let known = dot(line.get(..i)?, b.get(..i)?);
        let cell = b.get_mut(i)?;
        *cell = (*cell - known) / line.get(i)?;
    }
    Some(b)
}

/// `A⁻¹ b` of the matrix that a factor is of.
fn solve(lower: &[Vec<f64>], b: Vec<f64>) -> Option<Vec<f64>> {
    let mut b = forward(lower, b)?;
    for (i, line) in lower.iter().enumerate().rev() {
        let x = b.get(i)? / line.get(i)?;
        *b.get_mut(i)? = x;
        b.iter_mut().zip(line.iter().take(i)).for_each(|(b, l)| *b -= l * x);
    }
    b.iter().all(|x| x.is_finite()).then_some(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn systems_are_solved_or_refused() {
        let x = solve(&factor(vec![vec![4.0], vec![2.0, 3.0]]).unwrap(), vec![8.0, 7.0]).unwrap();
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12, "{x:?}");
        assert_eq!(factor(vec![vec![1.0], vec![2.0, 1.0]]), None);
    }

    #[test]
    fn finds_the_weights_that_made_the_data_and_the_ridge_draws_them_in() {
        let mut noise = Noise::of(5, [0, 0, 0]);
        let rows: Vec<Vec<f64>> = (0..20_000).map(|_| vec![noise.normal(), 7.0, noise.normal()]).collect();
        let positive: Vec<bool> =
            rows.iter().map(|r| noise.unit() < logistic(-1.0 + 1.5 * r[0] - 0.5 * r[2])).collect();
        let model = Logistic::fit(&rows, &positive, 0.01).unwrap();
        assert!((model.weights[0] - 1.5).abs() < 0.08 && (model.weights[2] + 0.5).abs() < 0.05, "{model:?}");
        // Fisher's information of a level alone: 1 / Σ p(1−p)
        let level = Logistic::fit(&vec![vec![0.0]; 400], &(0..400).map(|i| i < 200).collect::<Vec<_>>(), 1.0);
        assert!((level.unwrap().variance(&[0.0]) - 1.0 / 100.0).abs() < 1e-6);
        assert!(model.weights[1] == 0.0 && (model.offset + 1.0).abs() < 0.08);
        let drawn = Logistic::fit(&rows, &positive, 1e5).unwrap();
        assert!(drawn.weights[0] < 0.2);
        let parts: f64 = model.contributions(&[1.0, 7.0, 2.0]).iter().sum();
        assert!((model.offset + parts - model.log_odds(&[1.0, 7.0, 2.0])).abs() < 1e-12);
    }

    #[test]
    fn bad_input_has_no_answer_and_split_classes_do() {
        assert_eq!(Logistic::fit(&[], &[], 1.0), None);
        assert_eq!(Logistic::fit(&[vec![1.0]], &[true], 1.0), None);
        assert_eq!(Logistic::fit(&[vec![1.0], vec![f64::NAN]], &[true, false], 1.0), None);
        assert_eq!(Logistic::fit(&[vec![1.0], vec![2.0]], &[true, false], 0.0), None);
        let split = Logistic::fit(&[vec![1.0], vec![2.0], vec![3.0]], &[false, false, true], 0.1).unwrap();
        assert!(split.weights[0].is_finite() && split.probability(&[3.0]) > 0.5);
    }
}
