use crate::draws::Draws;
use serde::Serialize;

/// A sleep stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Awake after falling asleep.
    Awake,
    /// N1 and N2.
    Light,
    /// N3.
    Deep,
    /// Rapid eye movement.
    Rem,
}

/// One night's sleep. Instants are UTC seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Night {
    /// Lights out.
    pub bed: i64,
    /// Falling asleep.
    pub onset: i64,
    /// Final awakening.
    pub wake: i64,
    /// Out of bed.
    pub rise: i64,
    /// Stages from `onset` to `wake`, without holes.
    pub stages: Vec<(i64, i64, Stage)>,
    /// Slept in an aircraft.
    pub in_flight: bool,
}

impl Night {
    /// A night with stages in cycles of about 90 minutes: deep sleep early, REM late.
    /// `trouble` 0..=1 adds awakenings.
    pub(crate) fn drawn(d: &mut Draws, bed: i64, rise: i64, trouble: f64, in_flight: bool) -> Self {
        let round = |minutes: f64| ((minutes * 2.0).round() as i64).max(1) * 30;
        let onset = bed + round(d.normal(13.0 + 12.0 * trouble, 5.0).max(2.0));
        let wake = (rise - round(d.normal(7.0, 3.0).max(1.0))).max(onset + 3600);
        let mut stages: Vec<(i64, i64, Stage)> = Vec::new();
        let mut t = onset;
        let mut push = |stage: Stage, minutes: f64, t: &mut i64| {
            let end = (*t + round(minutes)).min(wake);
            match stages.last_mut() {
                Some(last) if last.2 == stage => last.1 = end,
                _ if end > *t => stages.push((*t, end, stage)),
                _ => {}
            }
            *t = end;
        };
        let mut cycle = 0.0;
        while t < wake {
            let deep = d.normal(36.0 - 11.0 * cycle, 5.0).max(0.0);
            let rem = d.normal(8.0 + 7.0 * cycle, 3.0).clamp(0.0, 40.0);
            let light = (d.normal(92.0, 6.0) - deep - rem).max(20.0);
            push(Stage::Light, light * 0.45, &mut t);
            if d.chance(0.25 + 0.6 * trouble) {
                push(Stage::Awake, d.between(1.0, 6.0 + 25.0 * trouble), &mut t);
                push(Stage::Light, 4.0, &mut t);
            }
            if deep > 4.0 {
                push(Stage::Deep, deep, &mut t);
            }
            push(Stage::Light, light * 0.55, &mut t);
            if rem > 3.0 {
                push(Stage::Rem, rem, &mut t);
            }
            if d.chance(0.6 + 0.35 * trouble) {
                push(Stage::Awake, d.between(0.5, 4.0 + 18.0 * trouble), &mut t);
            }
            cycle += 1.0;
        }
        // A night does not end awake: the last awakening is the final one.
        while let Some(&(start, _, Stage::Awake)) = stages.last() {
            stages.pop();
            if stages.is_empty() {
                stages.push((start, wake, Stage::Light));
            }
        }
        let wake = stages.last().map_or(wake, |s| s.1);
        Self { bed, onset, wake, rise, stages, in_flight }
    }

    fn minutes(&self, wanted: impl Fn(Stage) -> bool) -> f64 {
        self.stages.iter().filter(|s| wanted(s.2)).map(|s| (s.1 - s.0) as f64 / 60.0).fold(0.0, |a, b| a + b)
    }

    /// Minutes asleep.
    #[must_use]
    pub fn asleep_min(&self) -> f64 {
        self.minutes(|s| s != Stage::Awake)
    }

    /// Minutes awake between falling asleep and the final awakening.
    #[must_use]
    pub fn waso_min(&self) -> f64 {
        self.minutes(|s| s == Stage::Awake)
    }

    /// Minutes in one stage.
    #[must_use]
    pub fn stage_min(&self, stage: Stage) -> f64 {
        self.minutes(|s| s == stage)
    }

    /// Half way from falling asleep to the final awakening, UTC seconds.
    #[must_use]
    pub fn midpoint(&self) -> i64 {
        (self.onset + self.wake) / 2
    }

    /// The stage at an instant; `None` outside sleep.
    #[must_use]
    pub fn stage_at(&self, secs: i64) -> Option<Stage> {
        let after = self.stages.partition_point(|s| s.0 <= secs);
        self.stages.get(after.checked_sub(1)?).filter(|s| secs < s.1).map(|s| s.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Topic;

    #[test]
    fn stages_fill_the_night() {
        for index in 0..200 {
            let mut d = Draws::of(9, Topic::Night, index);
            let trouble = d.unit();
            let night = Night::drawn(&mut d, 1_000_000, 1_000_000 + 8 * 3600, trouble, false);
            assert_eq!(night.stages.first().unwrap().0, night.onset);
            assert_eq!(night.stages.last().unwrap().1, night.wake);
            assert!(night.stages.windows(2).all(|w| w[0].1 == w[1].0 && w[0].2 != w[1].2 && w[0].0 < w[0].1));
            assert_ne!(night.stages.last().unwrap().2, Stage::Awake);
            let span = (night.wake - night.onset) as f64 / 60.0;
            assert!((night.asleep_min() + night.waso_min() - span).abs() < 1e-9);
        }
    }
}
