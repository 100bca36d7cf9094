//! Measures of a running window of beats: one step a beat, constant memory, the batch result.

use std::collections::VecDeque;
use std::f64::consts::SQRT_2;

/// Sums around an anchor, of beats that come and go.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    n: usize,
    x: f64,
    xx: f64,
    pairs: usize,
    d: f64,
    dd: f64,
    s: f64,
    ss: f64,
    nn50: usize,
    nn20: usize,
}

impl Sums {
    fn beat(&mut self, x: f64, sign: f64) {
        self.n = if sign > 0.0 { self.n + 1 } else { self.n.saturating_sub(1) };
        self.x += sign * x;
        self.xx += sign * x * x;
    }

    /// `before` and `now` less the anchor.
    fn pair(&mut self, before: f64, now: f64, sign: f64) {
        let (d, s) = (now - before, now + before);
        let step = |n: usize, one: bool| match (one, sign > 0.0) {
            (false, _) => n,
            (true, true) => n + 1,
            (true, false) => n.saturating_sub(1),
        };
        self.pairs = step(self.pairs, true);
        self.d += sign * d;
        self.dd += sign * d * d;
        self.s += sign * s;
        self.ss += sign * s * s;
        self.nn50 = step(self.nn50, d.abs() > 50.0);
        self.nn20 = step(self.nn20, d.abs() > 20.0);
    }

    fn measures(&self, anchor: f64) -> Option<BeatMeasures> {
        if self.n == 0 {
            return None;
        }
        let count = self.n as f64;
        let mean = anchor + self.x / count;
        let spread = |sum: f64, squares: f64, n: usize| {
            let rest = (squares - sum * sum / n as f64).max(0.0);
            (n > 1).then(|| (rest / (n as f64 - 1.0)).sqrt())
        };
        Some(BeatMeasures {
            n: self.n,
            n_pairs: self.pairs,
            mean_nn_ms: mean,
            mean_hr_bpm: 60_000.0 / mean,
            sdnn_ms: spread(self.x, self.xx, self.n),
            rmssd_ms: (self.pairs > 0).then(|| (self.dd.max(0.0) / self.pairs as f64).sqrt()),
            pnn50_pct: 100.0 * self.nn50 as f64 / count,
            pnn20_pct: 100.0 * self.nn20 as f64 / count,
            sd1_ms: spread(self.d, self.dd, self.pairs).map(|s| s / SQRT_2),
            sd2_ms: spread(self.s, self.ss, self.pairs).map(|s| s / SQRT_2),
        })
    }
}

/// What a stream of beats can say at any moment; as [`super::TimeDomain`] says of the same beats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeatMeasures {
    /// Number of intervals.
    pub n: usize,
    /// Number of differences between adjacent intervals.
    pub n_pairs: usize,
    /// Mean interval, ms.
    pub mean_nn_ms: f64,
    /// 60000 over mean interval, per minute.
    pub mean_hr_bpm: f64,
    /// Standard deviation of the intervals (n−1), ms.
    pub sdnn_ms: Option<f64>,
    /// Root mean square of successive differences, ms.
    pub rmssd_ms: Option<f64>,
    /// Differences above 50 ms, percent of the number of intervals.
    pub pnn50_pct: f64,
    /// Differences above 20 ms, percent of the number of intervals.
    pub pnn20_pct: f64,
    /// Short axis of the Poincaré plot, ms.
    pub sd1_ms: Option<f64>,
    /// Long axis of the Poincaré plot, ms.
    pub sd2_ms: Option<f64>,
}

/// The newest beats up to a number of them.
///
/// Sums are made afresh each time the window has been replaced once, so that rounding cannot add up; a step
/// costs the same on average, however long the stream.
///
/// ```
/// # use twin_models::health::hrv::streaming::BeatWindow;
/// let mut window = BeatWindow::new(3);
/// for nn in [1500.0, 800.0, 810.0, 790.0] {
///     window.push(nn, true);
/// }
/// let now = window.measures().unwrap();
/// assert_eq!((now.n, now.mean_nn_ms), (3, 800.0));
/// assert!((now.rmssd_ms.unwrap() - 250.0_f64.sqrt()).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct BeatWindow {
    capacity: usize,
    beats: VecDeque<(f64, bool)>,
    anchor: f64,
    sums: Sums,
    until_fresh: usize,
}

impl BeatWindow {
    /// A window of so many beats, at least 2.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let capacity = capacity.max(2);
        Self { capacity, beats: VecDeque::new(), anchor: 0.0, sums: Sums::default(), until_fresh: capacity }
    }

    /// The next accepted interval, ms; `adjacent` if no beat is missing between it and the one before.
    ///
    /// `false`, and nothing changes, if it is not positive and finite. The next one is then not adjacent.
    pub fn push(&mut self, nn_ms: f64, adjacent: bool) -> bool {
        if !nn_ms.is_finite() || nn_ms <= 0.0 {
            return false;
        }
        if self.beats.len() == self.capacity {
            self.forget();
        }
        match self.beats.back() {
            None => self.anchor = nn_ms,
            Some((before, _)) if adjacent => {
                self.sums.pair(before - self.anchor, nn_ms - self.anchor, 1.0);
            }
            Some(_) => {}
        }
        self.sums.beat(nn_ms - self.anchor, 1.0);
        self.beats.push_back((nn_ms, adjacent));
        self.until_fresh -= 1;
        if self.until_fresh == 0 {
            self.refresh();
        }
        true
    }

    /// Drops the oldest beat; for windows of time, while it is too old.
    pub fn forget(&mut self) {
        let Some((oldest, _)) = self.beats.pop_front() else { return };
        self.sums.beat(oldest - self.anchor, -1.0);
        if let Some((next, true)) = self.beats.front() {
            self.sums.pair(oldest - self.anchor, next - self.anchor, -1.0);
        }
        if self.beats.is_empty() {
            self.sums = Sums::default();
        }
    }

    /// Beats in the window.
    #[must_use]
    pub fn len(&self) -> usize {
        self.beats.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.beats.is_empty()
    }

    /// The measures of the window; `None` without a beat.
    #[must_use]
    pub fn measures(&self) -> Option<BeatMeasures> {
        self.sums.measures(self.anchor)
    }

    fn refresh(&mut self) {
        self.until_fresh = self.capacity;
        self.anchor = self.sums.measures(self.anchor).map_or(self.anchor, |m| m.mean_nn_ms);
        self.sums = Sums::default();
        let mut before = None;
        for &(now, adjacent) in &self.beats {
            let now = now - self.anchor;
            if let Some(before) = before.filter(|_| adjacent) {
                self.sums.pair(before, now, 1.0);
            }
            self.sums.beat(now, 1.0);
            before = Some(now);
        }
    }
}

/// All beats of a stretch as long as one likes, in the memory of a few numbers; parts can be joined.
///
/// ```
/// # use twin_models::health::hrv::streaming::BeatTotals;
/// let (mut morning, mut evening) = (BeatTotals::default(), BeatTotals::default());
/// for nn in [800.0, 810.0] { morning.push(nn, true); }
/// for nn in [790.0, 800.0] { evening.push(nn, true); }
/// morning.join(&evening);
/// let day = morning.measures().unwrap();
/// assert_eq!((day.n, day.n_pairs, day.mean_nn_ms, day.rmssd_ms), (4, 2, 800.0, Some(10.0)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BeatTotals {
    anchor: f64,
    last: Option<f64>,
    sums: Sums,
}

impl BeatTotals {
    /// The next accepted interval, as in [`BeatWindow::push`].
    pub fn push(&mut self, nn_ms: f64, adjacent: bool) -> bool {
        if !nn_ms.is_finite() || nn_ms <= 0.0 {
            return false;
        }
        match self.last {
            None => self.anchor = nn_ms,
            Some(before) if adjacent => self.sums.pair(before - self.anchor, nn_ms - self.anchor, 1.0),
            Some(_) => {}
        }
        self.sums.beat(nn_ms - self.anchor, 1.0);
        self.last = Some(nn_ms);
        true
    }

    /// Adds a later part; the first beat of it is taken as not adjacent to the last one here.
    pub fn join(&mut self, later: &Self) {
        if self.sums.n == 0 {
            *self = *later;
            return;
        }
        // the other's sums, told around the anchor of this one
        let (shift, o) = (later.anchor - self.anchor, &later.sums);
        let (n, pairs) = (o.n as f64, o.pairs as f64);
        self.sums.n += o.n;
        self.sums.xx += o.xx + 2.0 * shift * o.x + n * shift * shift;
        self.sums.x += o.x + n * shift;
        self.sums.pairs += o.pairs;
        self.sums.d += o.d;
        self.sums.dd += o.dd;
        self.sums.ss += o.ss + 4.0 * shift * o.s + 4.0 * pairs * shift * shift;
        self.sums.s += o.s + 2.0 * pairs * shift;
        self.sums.nn50 += o.nn50;
        self.sums.nn20 += o.nn20;
        self.last = later.last.or(self.last);
    }

    /// The measures so far; `None` without a beat.
    #[must_use]
    pub fn measures(&self) -> Option<BeatMeasures> {
        self.sums.measures(self.anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::super::time_domain_with_gaps;
    use super::*;
    use proptest::prelude::*;

    fn same(stream: Option<BeatMeasures>, beats: &[(f64, bool)]) -> Result<(), TestCaseError> {
        let (nn, mut adjacent): (Vec<f64>, Vec<bool>) = beats.iter().copied().unzip();
        if let Some(first) = adjacent.first_mut() {
            *first = false;
        }
        let (Some(got), Some(want)) = (stream, time_domain_with_gaps(&nn, &adjacent)) else {
            prop_assert!(stream.is_none() && nn.is_empty());
            return Ok(());
        };
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * (1.0 + b.abs()),
            (a, b) => a == b,
        };
        prop_assert_eq!((got.n, got.n_pairs), (want.n, want.n_pairs));
        prop_assert!(near(Some(got.mean_nn_ms), Some(want.mean_nn_ms)));
        prop_assert!(near(Some(got.mean_hr_bpm), Some(want.mean_hr_bpm)));
        prop_assert!(near(got.sdnn_ms, want.sdnn_ms), "{:?} {:?}", got.sdnn_ms, want.sdnn_ms);
        prop_assert!(near(got.rmssd_ms, want.rmssd_ms), "{:?} {:?}", got.rmssd_ms, want.rmssd_ms);
        prop_assert!(near(Some(got.pnn50_pct), Some(want.pnn50_pct)));
        prop_assert!(near(Some(got.pnn20_pct), Some(want.pnn20_pct)));
        prop_assert!(near(got.sd1_ms, want.sd1_ms), "{:?} {:?}", got.sd1_ms, want.sd1_ms);
        prop_assert!(near(got.sd2_ms, want.sd2_ms), "{:?} {:?}", got.sd2_ms, want.sd2_ms);
        Ok(())
    }

    proptest! {
        #[test]
        fn a_window_is_the_batch_of_its_beats(
            beats in proptest::collection::vec((300.0_f64..2000.0, proptest::bool::weighted(0.9)), 1..400),
            capacity in 2_usize..120,
        ) {
            let mut window = BeatWindow::new(capacity);
            for (i, &(nn, adjacent)) in beats.iter().enumerate() {
                window.push(nn, adjacent);
                same(window.measures(), &beats[(i + 1).saturating_sub(capacity)..=i])?;
            }
        }

        #[test]
        fn totals_joined_are_the_whole(
            beats in proptest::collection::vec((300.0_f64..2000.0, proptest::bool::weighted(0.9)), 1..300),
            cut in 0_usize..300,
        ) {
            let mut beats = beats;
            let cut = cut.min(beats.len());
            if let Some(beat) = beats.get_mut(cut) { beat.1 = false; }
            let (mut early, mut late) = (BeatTotals::default(), BeatTotals::default());
            beats[..cut].iter().for_each(|b| { early.push(b.0, b.1); });
            beats[cut..].iter().for_each(|b| { late.push(b.0, b.1); });
            early.join(&late);
            same(early.measures(), &beats)?;
        }
    }

    #[test]
    fn a_long_stream_does_not_drift() {
        let nn = |i: u64| 700.0 + ((i * i * 31 + i * 7) % 401) as f64 / 3.0;
        let mut window = BeatWindow::new(300);
        (0..500_000).for_each(|i| {
            window.push(nn(i), true);
        });
        let kept: Vec<(f64, bool)> = (499_700..500_000).map(|i| (nn(i), true)).collect();
        same(window.measures(), &kept).unwrap();
    }

    #[test]
    fn what_is_no_interval_is_refused() {
        let mut window = BeatWindow::new(0);
        assert!(!window.push(f64::NAN, true) && !window.push(0.0, true) && window.is_empty());
        assert_eq!(window.measures(), None);
        window.forget();
        assert!(window.push(800.0, true));
        window.forget();
        assert_eq!((window.len(), window.measures()), (0, None));
    }
}
