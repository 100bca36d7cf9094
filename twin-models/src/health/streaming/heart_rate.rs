//! Heart rate over a running window of time.

use std::collections::VecDeque;

/// Most samples a window keeps; older ones go first. An hour at 4 Hz is less. OWN.
pub const MOST_SAMPLES: usize = 16_384;

/// What the samples of a window say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeartRateFeatures {
    /// Number of samples.
    pub n: usize,
    /// Mean, per minute.
    pub mean_bpm: f64,
    /// Standard deviation (n−1), per minute; absent below two samples.
    pub sd_bpm: Option<f64>,
    /// Lowest, per minute.
    pub min_bpm: f64,
    /// Highest, per minute.
    pub max_bpm: f64,
    /// Slope of the least-squares line, per minute and minute; absent where all samples have one time.
    pub slope_bpm_per_min: Option<f64>,
}

/// The features of samples at hand, by the plain formulas.
///
/// `t_us`: µs since 1970; `bpm` as long. `None` of nothing, for other lengths, or where a value is not finite.
///
/// ```
/// # use twin_models::health::streaming::heart_rate::features;
/// let minute = 60_000_000;
/// let f = features(&[0, minute, 2 * minute], &[60.0, 62.0, 64.0]).unwrap();
/// assert_eq!((f.mean_bpm, f.sd_bpm, f.slope_bpm_per_min), (62.0, Some(2.0), Some(2.0)));
/// ```
#[must_use]
pub fn features(t_us: &[i64], bpm: &[f64]) -> Option<HeartRateFeatures> {
    let &first = t_us.first()?;
    if t_us.len() != bpm.len() || bpm.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let minutes: Vec<f64> = t_us.iter().map(|t| t.saturating_sub(first) as f64 / 6e7).collect();
    let (mean_t, mean) = (crate::stats::mean(&minutes)?, crate::stats::mean(bpm)?);
    let spread: f64 = minutes.iter().map(|t| (t - mean_t).powi(2)).sum();
    let along: f64 = minutes.iter().zip(bpm).map(|(t, x)| (t - mean_t) * (x - mean)).sum();
    Some(HeartRateFeatures {
        n: bpm.len(),
        mean_bpm: mean,
        sd_bpm: crate::stats::sd(bpm),
        min_bpm: bpm.iter().copied().fold(f64::INFINITY, f64::min),
        max_bpm: bpm.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        slope_bpm_per_min: (spread > 0.0).then(|| along / spread),
    })
}

/// Sums of samples around an anchor in time and value.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    t: f64,
    tt: f64,
    x: f64,
    xx: f64,
    tx: f64,
}

impl Sums {
    fn add(&mut self, t: f64, x: f64, sign: f64) {
        self.t += sign * t;
        self.tt += sign * t * t;
        self.x += sign * x;
        self.xx += sign * x * x;
        self.tx += sign * t * x;
    }
}

/// Samples of the newest stretch of time, with their features at every moment.
///
/// ```
/// # use twin_models::health::streaming::HeartRateWindow;
/// let second = 1_000_000;
/// let mut window = HeartRateWindow::new(60 * second);
/// for i in 0..600 {
///     window.push(i * second, 60.0 + i as f64 / 60.0); // one beat a minute more each minute
/// }
/// let now = window.features().unwrap();
/// assert_eq!(now.n, 60);
/// assert!((now.slope_bpm_per_min.unwrap() - 1.0).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct HeartRateWindow {
    length_us: i64,
    samples: VecDeque<(i64, f64)>,
    /// Samples that nothing later undercuts, oldest first; its head is the lowest.
    lows: VecDeque<(u64, f64)>,
    highs: VecDeque<(u64, f64)>,
    /// Number of the oldest sample since the start.
    oldest: u64,
    anchor: (i64, f64),
    sums: Sums,
    since_fresh: usize,
}

impl HeartRateWindow {
    /// A window of `length_us`: a sample that old is out of it.
    #[must_use]
    pub fn new(length_us: i64) -> Self {
        Self {
            length_us: length_us.max(1),
            samples: VecDeque::new(),
            lows: VecDeque::new(),
            highs: VecDeque::new(),
            oldest: 0,
            anchor: (0, 0.0),
            sums: Sums::default(),
            since_fresh: 0,
        }
    }

    /// The next sample; `false`, and nothing changes, if it is not positive and finite or older than the last.
    pub fn push(&mut self, t_us: i64, bpm: f64) -> bool {
        let late = self.samples.back().is_some_and(|(last, _)| t_us < *last);
        if late || !bpm.is_finite() || bpm <= 0.0 {
            return false;
        }
        self.advance(t_us);
        if self.samples.len() >= MOST_SAMPLES {
            self.forget();
        }
        if self.samples.is_empty() {
            self.anchor = (t_us, bpm);
            self.sums = Sums::default();
            self.since_fresh = 0;
        }
        let number = self.oldest + self.samples.len() as u64;
        while self.lows.pop_back_if(|(_, low)| *low >= bpm).is_some() {}
        while self.highs.pop_back_if(|(_, high)| *high <= bpm).is_some() {}
        self.lows.push_back((number, bpm));
        self.highs.push_back((number, bpm));
        self.samples.push_back((t_us, bpm));
        let (t, x) = self.around(t_us, bpm);
        self.sums.add(t, x, 1.0);
        self.since_fresh += 1;
        if self.since_fresh >= self.samples.len().max(64) {
            self.refresh();
        }
        true
    }

    /// Drops what is too old at `now_us`.
    pub fn advance(&mut self, now_us: i64) {
        let from = now_us.saturating_sub(self.length_us);
        while self.samples.front().is_some_and(|(t, _)| *t <= from) {
            self.forget();
        }
    }

    /// The features of the samples in the window; `None` without one.
    #[must_use]
    pub fn features(&self) -> Option<HeartRateFeatures> {
        let n = self.samples.len();
        let (first, last) = (self.samples.front()?.0, self.samples.back()?.0);
        let count = n as f64;
        let Sums { t, tt, x, xx, tx } = self.sums;
        let spread = (tt - t * t / count).max(0.0);
        let squares = (xx - x * x / count).max(0.0);
        Some(HeartRateFeatures {
            n,
            mean_bpm: self.anchor.1 + x / count,
            sd_bpm: (n > 1).then(|| (squares / (count - 1.0)).sqrt()),
            min_bpm: self.lows.front()?.1,
            max_bpm: self.highs.front()?.1,
            slope_bpm_per_min: (last > first && spread > 0.0).then(|| (tx - t * x / count) / spread),
        })
    }

    fn around(&self, t_us: i64, bpm: f64) -> (f64, f64) {
        (t_us.saturating_sub(self.anchor.0) as f64 / 6e7, bpm - self.anchor.1)
    }

    fn forget(&mut self) {
        let Some((t_us, bpm)) = self.samples.pop_front() else { return };
        let (t, x) = self.around(t_us, bpm);
        self.sums.add(t, x, -1.0);
        let gone = self.oldest;
        self.lows.pop_front_if(|(number, _)| *number == gone);
        self.highs.pop_front_if(|(number, _)| *number == gone);
        self.oldest += 1;
    }

    /// Sums afresh around the middle of the window, so that rounding cannot add up.
    fn refresh(&mut self) {
        let middle = self.samples.get(self.samples.len() / 2).map_or(self.anchor.0, |(t, _)| *t);
        let mean = self.features().map_or(self.anchor.1, |f| f.mean_bpm);
        self.anchor = (middle, mean);
        let mut sums = Sums::default();
        for &(t, x) in &self.samples {
            let (t, x) = self.around(t, x);
            sums.add(t, x, 1.0);
        }
        self.sums = sums;
        self.since_fresh = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_window_is_the_batch_of_its_samples(
            steps in proptest::collection::vec((0_i64..20_000_000, 35.0_f64..210.0), 1..400),
            length_s in 5_i64..600,
        ) {
            let (mut t, mut all) = (1_700_000_000_000_000, Vec::new());
            let mut window = HeartRateWindow::new(length_s * 1_000_000);
            for (step, bpm) in steps {
                t += step;
                all.push((t, bpm));
                prop_assert!(window.push(t, bpm));
                let from = t - length_s * 1_000_000;
                let (times, values): (Vec<i64>, Vec<f64>) = all.iter().copied().filter(|s| s.0 > from).unzip();
                let (got, want) = (window.features().unwrap(), features(&times, &values).unwrap());
                prop_assert_eq!((got.n, got.min_bpm, got.max_bpm), (want.n, want.min_bpm, want.max_bpm));
                let near = |a: Option<f64>, b: Option<f64>, scale: f64| match (a, b) {
                    (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * scale,
                    (a, b) => a == b,
                };
                prop_assert!(near(Some(got.mean_bpm), Some(want.mean_bpm), 100.0));
                prop_assert!(near(got.sd_bpm, want.sd_bpm, 100.0), "{:?} {:?}", got, want);
                // a slope over microseconds is as steep as it likes: compare what it makes of the window
                let span = (times[times.len() - 1] - times[0]) as f64 / 6e7;
                if span > 0.01 {
                    prop_assert!(near(got.slope_bpm_per_min, want.slope_bpm_per_min, 1e3 / span), "{:?} {:?}", got, want);
                }
            }
        }
    }

    #[test]
    fn bad_samples_are_refused() {
        let mut window = HeartRateWindow::new(60_000_000);
        assert!(!window.push(0, f64::NAN) && !window.push(0, -3.0));
        assert_eq!(window.features(), None);
        assert!(window.push(5_000_000, 60.0) && !window.push(4_000_000, 61.0));
        assert_eq!(window.features().unwrap().sd_bpm, None);
        window.advance(70_000_000);
        assert_eq!(window.features(), None);
        assert!(window.push(i64::MAX, 60.0));
        assert_eq!((features(&[], &[]), features(&[0], &[f64::NAN])), (None, None));
    }

    #[test]
    fn memory_has_an_end() {
        let mut window = HeartRateWindow::new(i64::MAX);
        (0..40_000).for_each(|i| {
            window.push(i, 60.0 + (i % 7) as f64);
        });
        assert_eq!(window.features().unwrap().n, MOST_SAMPLES);
    }
}
