//! Alertness and energy over the day: sleep pressure, the body's clock, the minutes after waking.
//!
//! Times are hours on one running clock whose 0 is a local midnight, so that `t mod 24` is the time of day;
//! days before are negative. A sleep is (falling asleep, waking).
//!
//! ```
//! use twin_models::health::alertness::{unified, walk};
//! // After an 8-hour night, at noon, and again after a night without sleep.
//! let at = |sleeps: &[(f64, f64)], hour: f64| {
//!     let path = walk(unified::Pressure::default(), 7.0, sleeps, &[hour], unified::awake, unified::asleep);
//!     unified::fatigue(path[0].state, hour, &unified::Personal::default())
//! };
//! assert!(at(&[], 36.0) > at(&[(23.0, 31.0)], 36.0) + 5.0);
//! ```

pub mod corrections;
pub mod energy;
pub mod now;
pub mod peaks;
pub mod phase;
pub mod schedule;
pub mod three_process;
pub mod two_process;
pub mod unified;

pub use schedule::Habit;

/// A sleep: falling asleep and waking, h.
pub type Sleep = (f64, f64);

/// The state of a process at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point<S> {
    /// The state.
    pub state: S,
    /// Hours since waking; absent asleep.
    pub awake_h: Option<f64>,
}

/// The state of a two-mode process at each of `times`.
///
/// The person is awake at `start_h` in state `start`. `sleeps` and `times` are in time order; sleeps that end
/// before the start are left out, one that overlaps the one before begins at its end. `awake` and `asleep`
/// give the state so many hours later. A sleep holds its first moment and not its last.
///
/// ```
/// # use twin_models::health::alertness::walk;
/// let up = |s: f64, h: f64| s + h;
/// let down = |s: f64, h: f64| s - 2.0 * h;
/// let path = walk(0.0, 8.0, &[(23.0, 31.0)], &[22.0, 24.0, 31.0], up, down);
/// assert_eq!(path.iter().map(|p| p.state).collect::<Vec<_>>(), [14.0, 13.0, -1.0]);
/// assert_eq!(path.iter().map(|p| p.awake_h).collect::<Vec<_>>(), [Some(14.0), None, Some(0.0)]);
/// ```
pub fn walk<S: Copy>(
    start: S,
    start_h: f64,
    sleeps: &[Sleep],
    times: &[f64],
    awake: impl Fn(S, f64) -> S,
    asleep: impl Fn(S, f64) -> S,
) -> Vec<Point<S>> {
    let (mut state, mut woke) = (start, start_h);
    let mut ahead = sleeps.iter().copied().filter(|(onset, wake)| wake > onset && *wake > start_h).peekable();
    let mut out = Vec::with_capacity(times.len());
    for &t in times {
        while let Some((onset, wake)) = ahead.next_if(|(_, wake)| *wake <= t) {
            let onset = onset.max(woke);
            if wake > onset {
                state = asleep(awake(state, onset - woke), wake - onset);
                woke = wake;
            }
        }
        let sleeping = ahead.peek().map(|(onset, _)| onset.max(woke)).filter(|onset| *onset <= t);
        out.push(match sleeping {
            Some(onset) => Point { state: asleep(awake(state, onset - woke), t - onset), awake_h: None },
            None => Point { state: awake(state, t - woke), awake_h: Some(t - woke) },
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_and_empty_sleeps_are_joined_or_left_out() {
        let up = |s: f64, h: f64| s + h;
        let down = |s: f64, h: f64| s - h;
        let path = walk(0.0, 0.0, &[(-9.0, -1.0), (5.0, 5.0), (10.0, 14.0), (12.0, 16.0)], &[20.0], up, down);
        assert_eq!((path[0].state, path[0].awake_h), (10.0 - 6.0 + 4.0, Some(4.0)));
    }
}
