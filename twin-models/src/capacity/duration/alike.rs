//! How tasks like this one turned out: finished tasks, each weighed by how much it is like the one asked for.
//!
//! Alike is nested: all tasks, then those of a similar size, then those of the same kind among them, and so on. Each
//! narrower circle counts by the tasks it holds, beside the wider one that is worth a fixed number of tasks. What
//! people do with numbers stays as it is: hours on a grid, and hours booked exactly as estimated.

use super::effects::FACTORS;

/// A finished task, as others are compared with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// What is looked at, on the log of hours.
    pub(super) value: f64,
    pub(super) levels: [u32; FACTORS],
    /// Log of the estimate over a working day.
    pub(super) size: f64,
    /// Day it was finished.
    pub(super) day: f64,
    /// It took exactly what was estimated.
    pub(super) exact: bool,
}

/// Circles around a task, from wide to narrow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circles {
    /// Distance of sizes at which they count a quarter.
    pub(super) width: f64,
    /// The factor that must agree from each circle on.
    pub(super) factors: &'static [usize],
    /// Tasks that the wider circle is worth.
    pub(super) worth: f64,
}

/// Finished tasks in the order of their value.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    pub(super) rows: Vec<Kept>,
}

impl Alike {
    pub(super) fn add(&mut self, kept: Kept) {
        let at = self.rows.partition_point(|r| r.value < kept.value);
        self.rows.insert(at, kept);
    }

    /// Weights of age, newer ones counting more.
    pub(super) fn ages(&self, now: f64, half_life: f64) -> Vec<f64> {
        self.rows.iter().map(|r| (-(now - r.day).max(0.0) / half_life).exp2()).collect()
    }

    /// Weights of all tasks in their order, adding up to 1, from their weights of age.
    pub(super) fn weights(&self, levels: &[u32; FACTORS], size: f64, ages: &[f64], by: &Circles) -> Vec<f64> {
        let mut own = ages.to_vec();
        let mut weights = vec![0.0; own.len()];
        blend(&mut weights, &own, 0.0);
        for (w, r) in own.iter_mut().zip(&self.rows) {
            let far = (r.size - size) / by.width;
            *w /= (1.0 + far * far) * (1.0 + far * far);
        }
        blend(&mut weights, &own, by.worth);
        for factor in by.factors {
            let asked = levels.get(*factor);
            for (w, r) in own.iter_mut().zip(&self.rows) {
                if r.levels.get(*factor) != asked {
                    *w = 0.0;
                }
            }
            blend(&mut weights, &own, by.worth);
        }
        weights
    }
}

/// Puts a narrower circle beside the wider one that is `worth` tasks.
fn blend(weights: &mut [f64], own: &[f64], worth: f64) {
    let (sum, squares) = own.iter().fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
    if squares <= 1e-300 {
        return;
    }
    let n = sum * sum / squares;
    for (w, o) in weights.iter_mut().zip(own) {
        *w = (n * o / sum + worth * *w) / (n + worth);
    }
}

/// Logs of hours that are nearer than this are the same.
const SAME: f64 = 1e-9;

/// A weighed distribution: its quantiles at rising `levels`, and its shares below `at` and up to it. `weighed` rises
/// by value.
pub(super) fn distribution<const N: usize>(
    weighed: impl Iterator<Item = (f64, f64)>,
    levels: &[f64; N],
    at: f64,
) -> ([f64; N], [f64; 2]) {
    let mut out = [0.0; N];
    let mut next = levels.iter().zip(out.iter_mut()).peekable();
    let (mut below, mut shares, mut last) = (0.0_f64, [0.0_f64; 2], 0.0);
    for (value, weight) in weighed.filter(|(_, weight)| *weight > 0.0) {
        below += weight;
        last = value;
        for (share, end) in shares.iter_mut().zip([at - SAME, at + SAME]) {
            if value < end {
                *share = below.min(1.0);
            }
        }
        while let Some((_, q)) = next.next_if(|(level, _)| **level <= below) {
            *q = value;
        }
    }
    // rounding may leave the last ones over
    next.for_each(|(_, q)| *q = last);
    (out, shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(value: f64, kind: u32, size: f64) -> Kept {
        let mut levels = [0; FACTORS];
        levels[1] = kind;
        Kept { value, levels, size, day: 0.0, exact: false }
    }

    #[test]
    fn tasks_of_the_same_kind_count_more_and_all_count_a_little() {
        let mut alike = Alike::default();
        for i in 0..30 {
            alike.add(kept(f64::from(i % 3), u32::from(i % 3 == 2), 0.0));
        }
        let by = Circles { width: 1.0, factors: &[1], worth: 10.0 };
        let mut asked = [0; FACTORS];
        asked[1] = 1;
        let weights = alike.weights(&asked, 0.0, &alike.ages(0.0, 730.0), &by);
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let pairs = || alike.rows.iter().map(|r| r.value).zip(weights.clone());
        let (q, [less, share]) = distribution(pairs(), &[0.1, 0.5], 1.0);
        // 10 own tasks beside a wider circle worth 10 with a third of them
        assert!((share - 0.5 * 2.0 / 3.0).abs() < 1e-9 && (less - 0.5 / 3.0).abs() < 1e-9 && q == [0.0, 2.0]);
    }

    #[test]
    fn an_unknown_kind_falls_back_on_sizes() {
        let mut alike = Alike::default();
        (0..10).for_each(|i| alike.add(kept(f64::from(i), 0, f64::from(i))));
        let by = Circles { width: 0.5, factors: &[1], worth: 1.0 };
        let weights = alike.weights(&[9; FACTORS], 3.0, &alike.ages(5.0, 730.0), &by);
        let most = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        assert_eq!(most.map(|m| m.0), Some(3));
    }
}
