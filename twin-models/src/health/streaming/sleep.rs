//! A night from its epochs, as they come.

use crate::health::sleep::night::{AWAKENING_US, DAY_WAKE_US, MERGE_US, Night, SleepState};

/// Counts of one block of sleep; times are numbers of epochs since the start of the stream.
#[derive(Clone, Copy, Debug, Default)]
pub struct SleepTotals {
    start: i64,
    end: i64,
    onset: i64,
    offset: i64,
    recorded: i64,
    asleep: i64,
    light: i64,
    deep: i64,
    rem: i64,
    awakenings: u32,
    bed_known: bool,
    not_awake: bool,
}

impl SleepTotals {
    /// A block that begins with an epoch of that state.
    fn begin(at: i64, state: SleepState) -> Self {
        Self { start: at, bed_known: !state.is_asleep(), ..Self::default() }
    }

    fn add(&mut self, at: i64, state: SleepState, epoch_us: i64) {
        self.end = at + 1;
        self.recorded += 1;
        self.bed_known |= state == SleepState::InBed;
        self.not_awake |= state != SleepState::Awake;
        match state {
            SleepState::Light => self.light += 1,
            SleepState::Deep => self.deep += 1,
            SleepState::Rem => self.rem += 1,
            _ => {}
        }
        if state.is_asleep() {
            if self.asleep == 0 {
                self.onset = at;
            } else {
                self.awakenings += u32::from((at - self.offset).saturating_mul(epoch_us) >= AWAKENING_US);
            }
            self.asleep += 1;
            self.offset = at + 1;
        }
    }

    fn night(&self, start_us: i64, epoch_us: i64) -> Option<Night> {
        if !self.not_awake {
            return None;
        }
        let at = |epoch: i64| start_us.saturating_add(epoch.saturating_mul(epoch_us));
        let seconds = |epochs: i64| epochs.saturating_mul(epoch_us) as f64 / 1e6;
        let slept = self.asleep > 0;
        let (onset, offset) = if slept { (self.onset, self.offset) } else { (self.start, self.end) };
        let (tib_s, tst_s) = (seconds(self.end - self.start), seconds(self.asleep));
        let staged = self.light + self.deep + self.rem > 0;
        let stage = |epochs: i64| staged.then(|| seconds(epochs));
        Some(Night {
            start_us: at(self.start),
            end_us: at(self.end),
            onset_us: at(onset),
            offset_us: at(offset),
            tib_s,
            bed_known: self.bed_known,
            sol_s: (slept && self.bed_known).then(|| seconds(onset - self.start)),
            tst_s: slept.then_some(tst_s),
            waso_s: slept.then(|| seconds(offset - onset - self.asleep)),
            end_wake_s: slept.then(|| seconds(self.end - offset)),
            efficiency: slept.then(|| tst_s / tib_s),
            awakenings: slept.then_some(self.awakenings),
            midpoint_us: at(onset) + (at(offset) - at(onset)) / 2,
            light_s: stage(self.light),
            deep_s: stage(self.deep),
            rem_s: stage(self.rem),
            coverage: seconds(self.recorded) / tib_s,
        })
    }
}

/// Blocks of sleep from a stream of epochs of one length: the nights that
/// [`nights_of_day`](crate::health::sleep::nights_of_day) finds in the same epochs.
///
/// A block ends with more than 60 minutes without a record or more than 180 minutes awake.
///
/// ```
/// # use twin_models::health::sleep::SleepState;
/// # use twin_models::health::streaming::SleepEpochs;
/// let mut night = SleepEpochs::new(0, 60_000_000);
/// for minute in 0..480 {
///     let state = if (10..470).contains(&minute) { SleepState::Light } else { SleepState::Awake };
///     assert!(night.push(Some(state)).is_none());
/// }
/// let night = night.night().unwrap();
/// assert_eq!((night.sol_s, night.tst_s, night.awakenings), (Some(600.0), Some(27_600.0), Some(0)));
/// ```
#[derive(Clone, Debug)]
pub struct SleepEpochs {
    start_us: i64,
    epoch_us: i64,
    next: i64,
    block: Option<SleepTotals>,
    /// The block as it was when the person woke: what stays of it if they do not go back to sleep.
    before_wake: Option<SleepTotals>,
    awake: i64,
    missing: i64,
}

impl SleepEpochs {
    /// A stream whose first epoch starts at `start_us`; epochs last `epoch_us`, at least 1 µs.
    #[must_use]
    pub fn new(start_us: i64, epoch_us: i64) -> Self {
        let epoch_us = epoch_us.max(1);
        Self { start_us, epoch_us, next: 0, block: None, before_wake: None, awake: 0, missing: 0 }
    }

    /// The next epoch, `None` where nothing was recorded; gives the night that has just turned out to be over.
    pub fn push(&mut self, state: Option<SleepState>) -> Option<Night> {
        let at = self.next;
        self.next = self.next.saturating_add(1);
        let Some(state) = state else {
            self.awake = 0;
            self.missing = self.missing.saturating_add(1);
            let over = self.missing.saturating_mul(self.epoch_us) > MERGE_US;
            return if over { self.close() } else { None };
        };
        self.missing = 0;
        if state == SleepState::Awake {
            if self.awake == 0 {
                self.before_wake = self.block;
            }
            self.awake = self.awake.saturating_add(1);
            if self.awake.saturating_mul(self.epoch_us) > DAY_WAKE_US {
                self.block = self.before_wake.take();
                return self.close();
            }
        } else {
            self.awake = 0;
        }
        let block = self.block.get_or_insert_with(|| SleepTotals::begin(at, state));
        block.add(at, state, self.epoch_us);
        None
    }

    /// The night so far, as if the stream ended here.
    #[must_use]
    pub fn night(&self) -> Option<Night> {
        self.block?.night(self.start_us, self.epoch_us)
    }

    fn close(&mut self) -> Option<Night> {
        self.block.take()?.night(self.start_us, self.epoch_us)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::sleep::night::{NightInput, Span, nights_of_day};
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000_000;

    fn batch(epochs: &[Option<SleepState>]) -> Vec<Night> {
        let spans: Vec<Span> = (0..)
            .zip(epochs)
            .filter_map(|(i, state)| {
                let start_us = 7 * MINUTE + i * MINUTE;
                state.map(|state| Span { start_us, end_us: start_us + MINUTE, state })
            })
            .collect();
        let (main, naps) = nights_of_day(&NightInput { spans: &spans, sessions: &[] }, 0, i64::MAX);
        let mut all: Vec<Night> = main.into_iter().chain(naps).collect();
        all.sort_by_key(|n| n.start_us);
        all
    }

    fn any_state() -> impl Strategy<Value = Option<SleepState>> {
        use SleepState::{Asleep, Awake, Deep, InBed, Light, Rem};
        proptest::sample::select(vec![
            None,
            Some(InBed),
            Some(Asleep),
            Some(Light),
            Some(Deep),
            Some(Rem),
            Some(Awake),
            Some(Awake),
        ])
    }

    proptest! {
        #[test]
        fn a_stream_finds_the_nights_of_the_batch(
            runs in proptest::collection::vec((any_state(), prop_oneof![1_usize..40, 55_usize..65, 170_usize..200]), 0..30),
        ) {
            let epochs: Vec<_> = runs.iter().flat_map(|(s, n)| std::iter::repeat_n(*s, *n)).collect();
            let mut stream = SleepEpochs::new(7 * MINUTE, MINUTE);
            let mut nights: Vec<Night> = epochs.iter().filter_map(|e| stream.push(*e)).collect();
            nights.extend(stream.night());
            prop_assert_eq!(nights, batch(&epochs));
        }
    }

    #[test]
    fn nothing_is_no_night() {
        let mut stream = SleepEpochs::new(i64::MAX, 0);
        assert!(stream.night().is_none());
        assert!(stream.push(None).is_none() && stream.push(Some(SleepState::Awake)).is_none());
        assert!(stream.night().is_none());
    }
}
