//! How tasks like this one turned out: finished tasks, each weighed by how much it is like the one asked for.
//!
//! Those of a similar size count more, those of the same person, kind or subtype each so many times more again.

/// Factors that make tasks alike, the first ones: person, kind, subtype.
pub(super) const LIKE: usize = 3;

/// A finished task, as others are compared with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// What is looked at, on the log of hours.
    pub(super) value: f64,
    pub(super) levels: [u32; LIKE],
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
    pub(super) times: [f64; LIKE],
}

/// Finished tasks in the order of their value, column by column, since all of them are weighed for each forecast.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    pub(super) values: Vec<f64>,
    pub(super) exact: Vec<bool>,
    levels: [Vec<u32>; LIKE],
    sizes: Vec<f64>,
    days: Vec<f64>,
    /// What each counts by its age, newer ones more; only beside one another.
    ages: Vec<f64>,
    half_life: f64,
    /// The day on which a task counts 1.
    from: f64,
}

impl Alike {
    pub(super) fn new(half_life: f64) -> Self {
        Self {
            values: Vec::new(),
            exact: Vec::new(),
            levels: Default::default(),
            sizes: Vec::new(),
            days: Vec::new(),
            ages: Vec::new(),
            half_life,
            from: 0.0,
        }
    }

    pub(super) fn add(&mut self, kept: Kept) {
        if self.values.is_empty() {
            self.from = kept.day;
        }
        let at = self.values.partition_point(|v| *v <= kept.value);
        self.values.insert(at, kept.value);
        self.exact.insert(at, kept.exact);
        self.sizes.insert(at, kept.size);
        self.days.insert(at, kept.day);
        self.ages.insert(at, age(kept.day - self.from, self.half_life));
        for (all, level) in self.levels.iter_mut().zip(kept.levels) {
            all.insert(at, level);
        }
    }

    /// Drops what was finished before a day, and counts ages from `now`.
    pub(super) fn keep(&mut self, from: f64, now: f64) {
        let kept: Vec<bool> = self.days.iter().map(|day| *day >= from).collect();
        retain(&mut self.values, &kept);
        retain(&mut self.exact, &kept);
        retain(&mut self.sizes, &kept);
        retain(&mut self.days, &kept);
        self.levels.iter_mut().for_each(|all| retain(all, &kept));
        self.from = now;
        self.ages = self.days.iter().map(|day| age(day - now, self.half_life)).collect();
    }

    /// Weights of all tasks in their order, adding up to 1, and how many tasks they are worth.
    pub(super) fn weights(&self, levels: [u32; LIKE], size: f64, by: &Likeness) -> (Vec<f64>, f64) {
        let wide = 1.0 / by.width;
        let near = |other: &f64| 1.0 + (wide * (other - size)).powi(2);
        let mut weights: Vec<f64> =
            self.ages.iter().zip(&self.sizes).map(|(age, size)| age / near(size).powi(2)).collect();
        for ((all, level), times) in self.levels.iter().zip(levels).zip(by.times) {
            if times != 1.0 {
                weights.iter_mut().zip(all).for_each(|(w, l)| *w *= if *l == level { times } else { 1.0 });
            }
        }
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        if squares <= 0.0 {
            weights.fill(0.0);
            return (weights, 0.0);
        }
        let whole = 1.0 / sum;
        weights.iter_mut().for_each(|w| *w *= whole);
        (weights, sum * sum / squares)
    }
}

/// What a task counts so many days later, bounded, so that sums of squares stay finite whatever the days.
fn age(days: f64, half_life: f64) -> f64 {
    (days / half_life).clamp(-200.0, 200.0).exp2()
}

fn retain<T>(all: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    all.retain(|_| kept.next() == Some(&true));
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
        let mut levels = [0; LIKE];
        levels[1] = kind;
        Kept { value, levels, size, day: 0.0, exact: false }
    }

    #[test]
    fn tasks_of_the_same_kind_count_more_and_all_count_a_little() {
        let mut alike = Alike::new(730.0);
        for i in 0..30 {
            alike.add(kept(f64::from(i % 3), u32::from(i % 3 == 2), 0.0));
        }
        let mut times = [1.0; LIKE];
        times[1] = 8.0;
        let by = Likeness { width: 1.0, times };
        let mut asked = [0; LIKE];
        asked[1] = 1;
        let (weights, n) = alike.weights(asked, 0.0, &by);
        assert!(
            (weights.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (n - 100.0 * 100.0 / 660.0).abs() < 1e-9
        );
        let pairs = alike.values.iter().copied().zip(weights);
        let (q, [less, share]) = distribution(pairs, &[0.05, 0.5], 1.0);
        // 10 that agree count 80, 20 others 20
        assert!((share - 0.2).abs() < 1e-9 && (less - 0.1).abs() < 1e-9 && q == [0.0, 2.0]);
    }

    #[test]
    fn an_unknown_kind_falls_back_on_sizes() {
        let mut alike = Alike::new(730.0);
        (0..10).for_each(|i| alike.add(kept(f64::from(i), 0, f64::from(i))));
        let by = Likeness { width: 0.5, times: [2.0; LIKE] };
        let (weights, _) = alike.weights([9; LIKE], 3.0, &by);
        let most = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        assert_eq!(most.map(|m| m.0), Some(3));
    }
}
