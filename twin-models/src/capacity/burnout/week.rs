//! A week of work: what it asked, what it gave, how one recovered.

use crate::health::answer::finite;

/// z are cut here, so that one answer cannot say everything. OWN.
const LARGEST_Z: f64 = 3.0;

/// A check-in of exhaustion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExhaustionCheckIn {
    /// Exhaustion, 0..=100.
    pub value: f64,
    /// Whether it is the score of a whole scale; else of one question.
    pub scale: bool,
}

/// One week; `None` where nothing was said or measured. Answers are shares 0..=1 of their scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WorkWeek {
    /// Exhaustion; the mean of the week's check-ins.
    pub exhaustion: Option<ExhaustionCheckIn>,
    /// Planned hours of work.
    pub planned_h: Option<f64>,
    /// Hours that there were for it.
    pub capacity_h: Option<f64>,
    /// Demand: mean cognitive load, 0..=100.
    pub cognitive_load: Option<f64>,
    /// Demand: share of work after hours, 0..=1.
    pub after_hours_share: Option<f64>,
    /// Demand: emotional demands, answer.
    pub emotional_demands: Option<f64>,
    /// Resource: control over one's work, answer.
    pub control: Option<f64>,
    /// Resource: support, answer.
    pub support: Option<f64>,
    /// Resource: feedback, answer, or the share of own work that got any.
    pub feedback: Option<f64>,
    /// Resource: clearness of the role, answer.
    pub role_clarity: Option<f64>,
    /// Resource: usefulness of meetings, answer or mean rating.
    pub meeting_usefulness: Option<f64>,
    /// Recovery: detachment from work in the evening, answer.
    pub detachment: Option<f64>,
    /// Recovery: mean sleep, h.
    pub sleep_h: Option<f64>,
    /// Recovery: days without work.
    pub days_off: Option<f64>,
    /// Effort over reward, from [`super::effort_reward_ratio`]; told as context, it moves nothing.
    pub effort_reward: Option<f64>,
}

/// Which block of the model something belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// What work asks.
    Demand,
    /// What work gives.
    Resource,
    /// What happens after work.
    Recovery,
}

/// One thing of a week against people in general.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aspect {
    /// Its block.
    pub block: Block,
    /// Its name.
    pub name: &'static str,
    /// Its amount.
    pub now: f64,
    /// The usual amount in people in general.
    pub usual: f64,
    /// Distance from it in usual spreads, −3..=3.
    pub z: f64,
}

impl WorkWeek {
    /// What is known of the week. Usual amounts and spreads are OWN.
    #[must_use]
    pub fn aspects(&self) -> Vec<Aspect> {
        let hours =
            finite(self.planned_h).zip(finite(self.capacity_h)).filter(|(p, c)| *p >= 0.0 && *c > 0.0);
        let overload = hours.map(|(planned, capacity)| (planned / capacity - 1.0).max(0.0));
        let (demand, resource, recovery) = (Block::Demand, Block::Resource, Block::Recovery);
        let table = [
            (demand, "overload", overload, 0.05, 0.15),
            (demand, "cognitive load", self.cognitive_load, 50.0, 15.0),
            (demand, "work after hours", self.after_hours_share, 0.1, 0.1),
            (demand, "emotional demands", self.emotional_demands, 0.45, 0.2),
            (resource, "control", self.control, 0.6, 0.2),
            (resource, "support", self.support, 0.6, 0.2),
            (resource, "feedback", self.feedback, 0.5, 0.2),
            (resource, "clearness of the role", self.role_clarity, 0.7, 0.2),
            (resource, "useful meetings", self.meeting_usefulness, 0.5, 0.2),
            (recovery, "detachment", self.detachment, 0.5, 0.2),
            (recovery, "sleep", self.sleep_h, 7.0, 0.9),
            (recovery, "days off", self.days_off, 2.0, 0.7),
        ];
        let aspect = |(block, name, now, usual, spread): (Block, &'static str, Option<f64>, f64, f64)| {
            let now = finite(now).filter(|x| *x >= 0.0)?;
            Some(Aspect { block, name, now, usual, z: ((now - usual) / spread).clamp(-LARGEST_Z, LARGEST_Z) })
        };
        table.into_iter().filter_map(aspect).collect()
    }

    /// Demands, resources and recovery, each the mean of what is known of it.
    pub(super) fn blocks(&self) -> [Option<f64>; 3] {
        let aspects = self.aspects();
        [Block::Demand, Block::Resource, Block::Recovery].map(|block| {
            let (n, sum) =
                aspects.iter().filter(|a| a.block == block).fold((0.0, 0.0), |(n, s), a| (n + 1.0, s + a.z));
            (n > 0.0).then(|| sum / n)
        })
    }

    /// The check-in, if it is on its scale.
    pub(super) fn check_in(&self) -> Option<ExhaustionCheckIn> {
        self.exhaustion.filter(|e| (0.0..=100.0).contains(&e.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_means_of_what_is_known() {
        let week = WorkWeek {
            planned_h: Some(44.0),
            capacity_h: Some(40.0),
            control: Some(0.6),
            ..WorkWeek::default()
        };
        let [demand, resource, recovery] = week.blocks();
        assert!((demand.unwrap() - 1.0 / 3.0).abs() < 1e-9 && recovery.is_none());
        assert_eq!(resource, Some(0.0));
        let bad =
            WorkWeek { planned_h: Some(10_000.0), capacity_h: Some(0.0), sleep_h: Some(f64::NAN), ..week };
        assert_eq!(bad.blocks(), [None, Some(0.0), None]);
        let huge = WorkWeek { planned_h: Some(10_000.0), ..week };
        assert_eq!(huge.blocks()[0], Some(3.0));
    }
}
