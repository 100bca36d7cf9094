//! The measures of a night from spans of sleep stages.

use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "sleep_night";
/// Its version.
pub const VERSION: &str = "1";
/// Blocks no further apart than this are one, µs.
pub const MERGE_US: i64 = 60 * 60_000_000;
/// An awakening lasts at least this, µs.
pub const AWAKENING_US: i64 = 5 * 60_000_000;
/// Time awake beyond this ends a block even if it was recorded, µs. OWN: some sources record the day, too.
pub const DAY_WAKE_US: i64 = 180 * 60_000_000;

/// What a person does during a span. Where spans overlap the later in this list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SleepState {
    /// In bed, asleep or not.
    InBed,
    /// Asleep, stage not known.
    Asleep,
    /// Light sleep.
    Light,
    /// Deep sleep.
    Deep,
    /// Rapid eye movement.
    Rem,
    /// Awake.
    Awake,
}

impl SleepState {
    const ALL: [Self; 6] = [Self::InBed, Self::Asleep, Self::Light, Self::Deep, Self::Rem, Self::Awake];

    /// Whether this is sleep.
    #[must_use]
    pub const fn is_asleep(self) -> bool {
        matches!(self, Self::Asleep | Self::Light | Self::Deep | Self::Rem)
    }
}

/// One span of one state; µs since 1970, `end_us` after `start_us` (others are ignored).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Start.
    pub start_us: i64,
    /// End.
    pub end_us: i64,
    /// The state.
    pub state: SleepState,
}

/// A sleep of a source without stages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// Start, µs since 1970.
    pub start_us: i64,
    /// End, µs since 1970.
    pub end_us: i64,
    /// Time asleep as the source states it, s.
    pub asleep_s: Option<f64>,
}

/// What was recorded around a day, from one resolved source.
#[derive(Clone, Copy, Debug, Default)]
pub struct NightInput<'a> {
    /// Stages and times in bed, any order, overlapping or not.
    pub spans: &'a [Span],
    /// Sleeps without stages.
    pub sessions: &'a [Session],
}

/// One block of sleep. Durations in seconds; `sol_s + tst_s + waso_s + end_wake_s = tib_s` where all are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Night {
    /// Start of the block, µs since 1970.
    pub start_us: i64,
    /// End of the block, µs since 1970.
    pub end_us: i64,
    /// Falling asleep, µs since 1970; the start where only time in bed is known.
    pub onset_us: i64,
    /// Last awakening, µs since 1970; the end where only time in bed is known.
    pub offset_us: i64,
    /// Time in bed; from falling asleep to waking where `bed_known` is false.
    pub tib_s: f64,
    /// Whether going to bed was recorded.
    pub bed_known: bool,
    /// Time to fall asleep; absent where going to bed was not recorded.
    pub sol_s: Option<f64>,
    /// Time asleep; absent where only time in bed was recorded.
    pub tst_s: Option<f64>,
    /// Time awake between falling asleep and the last awakening; time not recorded in between counts.
    pub waso_s: Option<f64>,
    /// Time in bed after the last awakening.
    pub end_wake_s: Option<f64>,
    /// Time asleep over time in bed, 0..=1.
    pub efficiency: Option<f64>,
    /// Times awake of 5 minutes or more between falling asleep and the last awakening.
    pub awakenings: Option<u32>,
    /// Middle between falling asleep and the last awakening, µs since 1970.
    pub midpoint_us: i64,
    /// Light sleep; stages are absent where the source gives none.
    pub light_s: Option<f64>,
    /// Deep sleep.
    pub deep_s: Option<f64>,
    /// Rapid eye movement sleep.
    pub rem_s: Option<f64>,
    /// Share of time in bed that was recorded, 0..=1.
    pub coverage: f64,
}

impl Night {
    /// Time asleep in minutes as an estimate; provisional where the source gave no stages or bedtime.
    #[must_use]
    pub fn tst_estimate(&self) -> Estimate {
        let absent = |gaps| Estimate::absent(ID, VERSION, "min", EstimateStatus::InsufficientData, gaps);
        let Some(tst) = self.tst_s else { return absent(vec!["only time in bed was recorded".into()]) };
        let staged = self.awakenings.is_some();
        let mut gaps = Vec::new();
        if !staged {
            gaps.push("no stages: time asleep as the source states it".into());
        }
        Estimate {
            value: Some(tst / 60.0),
            status: if staged { EstimateStatus::Ok } else { EstimateStatus::Provisional },
            confidence: if staged { self.coverage } else { 0.5 * self.coverage },
            n_effective: 1.0,
            coverage: self.coverage,
            as_of: Some(Timestamp::from_micros(self.end_us)),
            ..absent(gaps)
        }
    }
}

/// The main sleep and the naps that end in `day_start_us..day_end_us`.
///
/// Spans are merged into blocks no more than 60 minutes apart; the block with most sleep (of equals: most time
/// in bed, then the earlier) is the main sleep, the rest are naps in time order. Awake spans alone are none.
///
/// # Source
/// Definitions of `docs/models/sleep_night.md` after [berry2020] and [reed2016].
/// # Example
/// ```
/// # use twin_models::health::sleep::*;
/// let minute = 60_000_000;
/// let span = |from: i64, to: i64, state| Span { start_us: from * minute, end_us: to * minute, state };
/// let spans = [span(0, 480, SleepState::InBed), span(15, 200, SleepState::Light), span(210, 470, SleepState::Rem)];
/// let (main, naps) = nights_of_day(&NightInput { spans: &spans, sessions: &[] }, 0, 1440 * minute);
/// let main = main.unwrap();
/// assert_eq!((main.sol_s, main.tst_s, main.waso_s), (Some(900.0), Some(26_700.0), Some(600.0)));
/// assert_eq!((main.awakenings, naps.len()), (Some(1), 0));
/// ```
#[must_use]
pub fn nights_of_day(
    input: &NightInput<'_>,
    day_start_us: i64,
    day_end_us: i64,
) -> (Option<Night>, Vec<Night>) {
    let beds = input.sessions.iter().map(|s| Span {
        start_us: s.start_us,
        end_us: s.end_us,
        state: SleepState::InBed,
    });
    let pieces = resolve(input.spans.iter().copied().chain(beds));
    let mut nights: Vec<Night> = blocks(&pieces)
        .into_iter()
        .filter_map(|block| measure(block, input.sessions))
        .filter(|night| (day_start_us..day_end_us).contains(&night.end_us))
        .collect();
    let size = |n: &Night| (n.tst_s.unwrap_or(0.0), n.tib_s);
    let main = (0..nights.len()).reduce(|best, i| match (nights.get(best), nights.get(i)) {
        (Some(a), Some(b)) if size(b) > size(a) => i,
        _ => best,
    });
    let main = main.map(|i| nights.remove(i));
    (main, nights)
}

/// Disjoint pieces in time order, each with the state that holds; pieces that touch with one state are joined.
fn resolve(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut edges: Vec<(i64, usize, i32)> = Vec::new();
    for span in spans.filter(|s| s.end_us > s.start_us) {
        edges.push((span.start_us, span.state as usize, 1));
        edges.push((span.end_us, span.state as usize, -1));
    }
    edges.order();
    let mut open = [0_i32; SleepState::ALL.len()];
    let mut pieces: Vec<Span> = Vec::new();
    let mut at = i64::MIN;
    for (t, state, change) in edges {
        let holds = SleepState::ALL.iter().zip(&open).rev().find(|(_, n)| **n > 0).map(|(s, _)| *s);
        if let Some(state) = holds.filter(|_| t > at) {
            match pieces.last_mut().filter(|p| p.end_us == at && p.state == state) {
                Some(last) => last.end_us = t,
                None => pieces.push(Span { start_us: at, end_us: t, state }),
            }
        }
        if let Some(n) = open.get_mut(state) {
            *n += change;
        }
        at = t;
    }
    pieces
}

/// Runs of pieces no more than [`MERGE_US`] apart; long wakes are cut out.
fn blocks(pieces: &[Span]) -> Vec<&[Span]> {
    let mut out = Vec::new();
    let day_wake = |p: &Span| p.state == SleepState::Awake && p.end_us - p.start_us > DAY_WAKE_US;
    for run in pieces.split(day_wake) {
        out.extend(run.chunk_by(|a, b| b.start_us - a.end_us <= MERGE_US));
    }
    out
}

fn measure(block: &[Span], sessions: &[Session]) -> Option<Night> {
    let (first, last) = (block.first()?, block.last()?);
    let (start, end) = (first.start_us, last.end_us);
    let seconds = |us: i64| us as f64 / 1e6;
    let asleep: Vec<&Span> = block.iter().filter(|p| p.state.is_asleep()).collect();
    let total = |state: SleepState| {
        seconds(block.iter().filter(|p| p.state == state).map(|p| p.end_us - p.start_us).sum())
    };
    let tib_s = seconds(end - start);
    let recorded = seconds(block.iter().map(|p| p.end_us - p.start_us).sum());
    let mut night = Night {
        start_us: start,
        end_us: end,
        onset_us: start,
        offset_us: end,
        tib_s,
        bed_known: block.iter().any(|p| p.state == SleepState::InBed) || !first.state.is_asleep(),
        sol_s: None,
        tst_s: None,
        waso_s: None,
        end_wake_s: None,
        efficiency: None,
        awakenings: None,
        midpoint_us: start + (end - start) / 2,
        light_s: None,
        deep_s: None,
        rem_s: None,
        coverage: recorded / tib_s,
    };
    if let (Some(onset), Some(offset)) = (asleep.first().map(|p| p.start_us), asleep.last().map(|p| p.end_us))
    {
        let tst = seconds(asleep.iter().map(|p| p.end_us - p.start_us).sum());
        let wakes = asleep.iter().zip(asleep.iter().skip(1)).map(|(a, b)| b.start_us - a.end_us);
        (night.onset_us, night.offset_us) = (onset, offset);
        night.midpoint_us = onset + (offset - onset) / 2;
        night.sol_s = night.bed_known.then(|| seconds(onset - start));
        night.tst_s = Some(tst);
        night.waso_s = Some((seconds(offset - onset) - tst).max(0.0));
        night.end_wake_s = Some(seconds(end - offset));
        night.awakenings =
            Some(u32::try_from(wakes.filter(|us| *us >= AWAKENING_US).count()).unwrap_or(u32::MAX));
        if asleep.iter().any(|p| p.state != SleepState::Asleep) {
            night.light_s = Some(total(SleepState::Light));
            night.deep_s = Some(total(SleepState::Deep));
            night.rem_s = Some(total(SleepState::Rem));
        }
    } else if block.iter().all(|p| p.state == SleepState::Awake) {
        return None;
    } else {
        let inside =
            sessions.iter().filter(|s| s.start_us >= start && s.end_us <= end && s.end_us > s.start_us);
        let stated: Vec<f64> =
            inside.filter_map(|s| s.asleep_s.filter(|x| x.is_finite() && *x >= 0.0)).collect();
        night.tst_s = (!stated.is_empty()).then(|| stated.iter().sum::<f64>().min(tib_s));
    }
    night.efficiency = night.tst_s.map(|tst| (tst / tib_s).clamp(0.0, 1.0));
    Some(night)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIN: i64 = 60_000_000;

    fn span(from: i64, to: i64, state: SleepState) -> Span {
        Span { start_us: from * MIN, end_us: to * MIN, state }
    }

    fn of(spans: &[Span]) -> (Option<Night>, Vec<Night>) {
        nights_of_day(&NightInput { spans, sessions: &[] }, 0, 2000 * MIN)
    }

    #[test]
    fn a_night_in_two_parts_and_a_nap() {
        use SleepState::{Asleep, InBed};
        let spans = [
            span(0, 200, Asleep),
            span(260, 460, Asleep), // 60 minutes later: the same night
            span(900, 930, InBed),
            span(905, 925, Asleep),
        ];
        let (main, naps) = of(&spans);
        let main = main.unwrap();
        assert_eq!((main.tib_s, main.tst_s, main.waso_s), (27_600.0, Some(24_000.0), Some(3600.0)));
        assert_eq!((main.awakenings, main.sol_s, main.bed_known), (Some(1), None, false));
        assert_eq!(main.midpoint_us, 230 * MIN);
        assert_eq!(main.light_s, None);
        assert!((main.coverage - 400.0 / 460.0).abs() < 1e-12);
        assert_eq!(naps.len(), 1);
        assert_eq!((naps[0].sol_s, naps[0].end_wake_s), (Some(300.0), Some(300.0)));
    }

    #[test]
    fn overlaps_count_once() {
        use SleepState::{Asleep, Awake, Deep, Light};
        let (main, _) =
            of(&[span(0, 100, Asleep), span(20, 60, Light), span(50, 80, Deep), span(70, 75, Awake)]);
        let main = main.unwrap();
        assert_eq!(main.tst_s, Some(95.0 * 60.0));
        assert_eq!((main.light_s, main.deep_s), (Some(1800.0), Some(25.0 * 60.0)));
        assert_eq!(main.awakenings, Some(1));
    }

    #[test]
    fn sources_without_stages() {
        let sessions = [Session { start_us: 0, end_us: 480 * MIN, asleep_s: Some(25_200.0) }];
        let (main, _) = nights_of_day(&NightInput { spans: &[], sessions: &sessions }, 0, 1000 * MIN);
        let main = main.unwrap();
        assert_eq!((main.tst_s, main.efficiency, main.waso_s), (Some(25_200.0), Some(0.875), None));
        assert_eq!(main.tst_estimate().status, EstimateStatus::Provisional);
        let (bed, _) = of(&[span(0, 480, SleepState::InBed)]);
        assert_eq!(bed.unwrap().tst_estimate().value, None);
    }

    #[test]
    fn a_day_awake_is_no_sleep() {
        use SleepState::{Asleep, Awake};
        assert_eq!(of(&[]), (None, vec![]));
        assert_eq!(of(&[span(0, 30, Awake)]), (None, vec![]));
        assert_eq!(of(&[span(30, 30, Asleep), span(50, 40, Asleep)]), (None, vec![]));
        let (main, naps) = of(&[span(0, 400, Asleep), span(400, 1300, Awake), span(1300, 1330, Asleep)]);
        assert_eq!((main.unwrap().tib_s, naps.len()), (24_000.0, 1));
        let late = nights_of_day(
            &NightInput { spans: &[span(0, 400, Asleep)], sessions: &[] },
            500 * MIN,
            600 * MIN,
        );
        assert_eq!(late, (None, vec![]));
    }

    proptest! {
        #[test]
        fn parts_of_a_night_add_up(raw in proptest::collection::vec((0_i64..1500, 1_i64..300, 0_usize..6), 0..40)) {
            let spans: Vec<Span> = raw.iter().map(|&(at, long, s)| span(at, at + long, SleepState::ALL[s])).collect();
            let (main, naps) = of(&spans);
            for night in main.iter().chain(&naps) {
                prop_assert!(night.coverage > 0.0 && night.coverage <= 1.0 + 1e-12);
                if let Some(tst) = night.tst_s {
                    prop_assert!(tst <= night.tib_s + 1e-9);
                    let efficiency = night.efficiency.unwrap();
                    prop_assert!((0.0..=1.0).contains(&efficiency));
                    let parts = (night.onset_us - night.start_us) as f64 / 1e6 + tst + night.waso_s.unwrap()
                        + night.end_wake_s.unwrap();
                    prop_assert!((parts - night.tib_s).abs() < 1e-6);
                }
                prop_assert!(main.as_ref().unwrap().tst_s.unwrap_or(0.0) >= night.tst_s.unwrap_or(0.0));
            }
        }
    }
}
