//! How tasks like this one turned out: finished tasks, each weighed by how much it is like the one asked for.
//!
//! Those of a similar size count more, those of the same person, kind or subtype each so many times more again.

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

/// What makes tasks alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// Distance of sizes at which they count a quarter.
    pub(super) width: f64,
    /// How many times as much a task counts that agrees in a factor.
    pub(super) times: [f64; FACTORS],
}

/// Finished tasks in the order of their value.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    pub(super) rows: Vec<Kept>,
    /// What each counts by its age, newer ones more; only beside one another.
    ages: Vec<f64>,
    half_life: f64,
    /// The day on which a task counts 1.
    from: f64,
}

impl Alike {
    pub(super) const fn new(half_life: f64) -> Self {
        Self { rows: Vec::new(), ages: Vec::new(), half_life, from: 0.0 }
    }

    pub(super) fn add(&mut self, kept: Kept) {
        if self.rows.is_empty() {
            self.from = kept.day;
        }
        let at = self.rows.partition_point(|r| r.value <= kept.value);
        self.ages.insert(at, self.age(&kept));
        self.rows.insert(at, kept);
    }

    /// Drops what was finished before a day, and counts ages from `now`.
    pub(super) fn keep(&mut self, from: f64, now: f64) {
        self.rows.retain(|r| r.day >= from);
        self.from = now;
        self.ages = self.rows.iter().map(|r| self.age(r)).collect();
    }

    fn age(&self, kept: &Kept) -> f64 {
        // bounded, so that sums of squares stay finite whatever the days
        ((kept.day - self.from) / self.half_life).clamp(-200.0, 200.0).exp2()
    }

    /// Weights of all tasks in their order, adding up to 1, and how many tasks they are worth.
    pub(super) fn weights(&self, levels: &[u32; FACTORS], size: f64, by: &Likeness) -> (Vec<f64>, f64) {
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut weights = Vec::with_capacity(self.rows.len());
        for (r, age) in self.rows.iter().zip(&self.ages) {
            let far = (r.size - size) / by.width;
            let near = 1.0 / ((1.0 + far * far) * (1.0 + far * far));
            let factors = r.levels.iter().zip(levels).zip(&by.times);
            let w = factors.fold(age * near, |w, ((a, b), times)| if a == b { w * times } else { w });
            sum += w;
            squares += w * w;
            weights.push(w);
        }
        if squares <= 0.0 {
            return (vec![0.0; self.rows.len()], 0.0);
        }
        weights.iter_mut().for_each(|w| *w /= sum);
        (weights, sum * sum / squares)
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
        let mut alike = Alike::new(730.0);
        for i in 0..30 {
            alike.add(kept(f64::from(i % 3), u32::from(i % 3 == 2), 0.0));
        }
        let mut times = [1.0; FACTORS];
        times[1] = 8.0;
        let by = Likeness { width: 1.0, times };
        let mut asked = [0; FACTORS];
        asked[1] = 1;
        let (weights, n) = alike.weights(&asked, 0.0, &by);
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (n - 100.0 * 100.0 / 660.0).abs() < 1e-9);
        let pairs = alike.rows.iter().map(|r| r.value).zip(weights);
        let (q, [less, share]) = distribution(pairs, &[0.05, 0.5], 1.0);
        // 10 that agree count 80, 20 others 20
        assert!((share - 0.2).abs() < 1e-9 && (less - 0.1).abs() < 1e-9 && q == [0.0, 2.0]);
    }

    #[test]
    fn an_unknown_kind_falls_back_on_sizes() {
        let mut alike = Alike::new(730.0);
        (0..10).for_each(|i| alike.add(kept(f64::from(i), 0, f64::from(i))));
        let by = Likeness { width: 0.5, times: [2.0; FACTORS] };
        let (weights, _) = alike.weights(&[9; FACTORS], 3.0, &by);
        let most = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        assert_eq!(most.map(|m| m.0), Some(3));
    }
}
