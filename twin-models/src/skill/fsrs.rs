//! How long something learnt is remembered: stability and difficulty of a memory, FSRS-6 [ye2022].

/// Weights of FSRS-6.
pub type Weights = [f64; 21];

/// The default weights of the FSRS project, version 6.
pub const DEFAULT_WEIGHTS: Weights = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
/// Least stability, days.
pub const MIN_STABILITY: f64 = 0.001;

/// How well something was recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Not at all.
    Again,
    /// With effort.
    Hard,
    /// Well.
    Good,
    /// At once.
    Easy,
}

impl Grade {
    const fn number(self) -> f64 {
        match self {
            Self::Again => 1.0,
            Self::Hard => 2.0,
            Self::Good => 3.0,
            Self::Easy => 4.0,
        }
    }
}

/// The state of one memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which recall has fallen to 90 %, at least [`MIN_STABILITY`].
    pub stability: f64,
    /// Difficulty, 1..=10.
    pub difficulty: f64,
}

/// The formulas under given weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fsrs {
    w: Weights,
}

impl Default for Fsrs {
    fn default() -> Self {
        Self { w: DEFAULT_WEIGHTS }
    }
}

impl Fsrs {
    /// Formulas with these weights; `None` where one is not finite, or the weights of first stability or of decay
    /// (the first four and the last) are not above 0.
    #[must_use]
    pub fn new(w: Weights) -> Option<Self> {
        let [s1, s2, s3, s4, .., decay] = w;
        let finite = w.iter().all(|x| x.is_finite());
        (finite && [s1, s2, s3, s4, decay].iter().all(|x| *x > 0.0)).then_some(Self { w })
    }

    /// Exponent and factor of the curve of forgetting.
    fn curve(&self) -> (f64, f64) {
        let [.., w20] = self.w;
        (-w20, 0.9_f64.powf(-1.0 / w20) - 1.0)
    }

    /// Probability of recall `days` after the last review, 0..=1; FSRS counts whole days. Negative days are 0.
    ///
    /// ```
    /// # use twin_models::skill::fsrs::Fsrs;
    /// let fsrs = Fsrs::default();
    /// assert!((fsrs.recall(2.3065, 2.3065) - 0.9).abs() < 1e-12);
    /// assert_eq!(fsrs.recall(5.0, 0.0), 1.0);
    /// ```
    #[must_use]
    pub fn recall(&self, stability: f64, days: f64) -> f64 {
        let (decay, factor) = self.curve();
        (1.0 + factor * days.max(0.0) / stability.max(MIN_STABILITY)).powf(decay)
    }

    /// Whole days until recall has fallen to `retention` (0..1, both left out), 1..=`most_days`. `None` otherwise.
    #[must_use]
    pub fn interval_days(&self, stability: f64, retention: f64, most_days: f64) -> Option<f64> {
        let (decay, factor) = self.curve();
        let sound = retention > 0.0 && retention < 1.0 && stability.is_finite() && most_days >= 1.0;
        let days = stability / factor * (retention.powf(1.0 / decay) - 1.0);
        sound.then(|| days.round_ties_even().clamp(1.0, most_days))
    }

    /// The memory after the first review.
    #[must_use]
    pub fn first(&self, grade: Grade) -> Memory {
        let [again, hard, good, easy, ..] = self.w;
        let stability = match grade {
            Grade::Again => again,
            Grade::Hard => hard,
            Grade::Good => good,
            Grade::Easy => easy,
        };
        Memory {
            stability: stability.max(MIN_STABILITY),
            difficulty: self.first_difficulty(grade).clamp(1.0, 10.0),
        }
    }

    fn first_difficulty(&self, grade: Grade) -> f64 {
        let [_, _, _, _, w4, w5, ..] = self.w;
        w4 - (w5 * (grade.number() - 1.0)).exp() + 1.0
    }

    /// The memory after another review, so many days after the last one. Within a day only little is gained.
    #[must_use]
    pub fn review(&self, memory: Memory, days: f64, grade: Grade) -> Memory {
        let stability = if days < 1.0 {
            self.same_day(memory, grade)
        } else {
            let recall = self.recall(memory.stability, days.floor());
            if grade == Grade::Again {
                self.lapse(memory, recall)
            } else {
                self.recalled(memory, recall, grade)
            }
        };
        Memory { stability: stability.max(MIN_STABILITY), difficulty: self.next_difficulty(memory, grade) }
    }

    fn next_difficulty(&self, memory: Memory, grade: Grade) -> f64 {
        let [_, _, _, _, _, _, w6, w7, ..] = self.w;
        let moved = memory.difficulty - (10.0 - memory.difficulty) / 9.0 * w6 * (grade.number() - 3.0);
        (w7 * self.first_difficulty(Grade::Easy) + (1.0 - w7) * moved).clamp(1.0, 10.0)
    }

    fn recalled(&self, Memory { stability: s, difficulty: d }: Memory, recall: f64, grade: Grade) -> f64 {
        let [_, _, _, _, _, _, _, _, w8, w9, w10, _, _, _, _, w15, w16, ..] = self.w;
        let by_grade = match grade {
            Grade::Hard => w15,
            Grade::Easy => w16,
            Grade::Again | Grade::Good => 1.0,
        };
        let gain = w8.exp() * (11.0 - d) * s.powf(-w9) * (w10 * (1.0 - recall)).exp_m1();
        s * (1.0 + gain * by_grade)
    }

    fn lapse(&self, Memory { stability: s, difficulty: d }: Memory, recall: f64) -> f64 {
        let [_, _, _, _, _, _, _, _, _, _, _, w11, w12, w13, w14, _, _, w17, w18, ..] = self.w;
        let long = w11 * d.powf(-w12) * ((s + 1.0).powf(w13) - 1.0) * (w14 * (1.0 - recall)).exp();
        long.min(s / (w17 * w18).exp())
    }

    fn same_day(&self, Memory { stability: s, .. }: Memory, grade: Grade) -> f64 {
        let [.., w17, w18, w19, _] = self.w;
        let gain = (w17 * (grade.number() - 3.0 + w18)).exp() * s.powf(-w19);
        s * if grade == Grade::Again { gain } else { gain.max(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_grades_last_longer() {
        let fsrs = Fsrs::default();
        let memory = fsrs.first(Grade::Good);
        let after =
            [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy].map(|g| fsrs.review(memory, 3.0, g));
        assert!(
            after.is_sorted_by(|a, b| a.stability < b.stability && a.difficulty >= b.difficulty),
            "{after:?}"
        );
    }

    #[test]
    fn a_wait_to_the_wanted_recall_has_that_recall() {
        let fsrs = Fsrs::default();
        let days = fsrs.interval_days(300.0, 0.85, 36_500.0).unwrap();
        assert!((fsrs.recall(300.0, days) - 0.85).abs() < 1e-3);
        assert_eq!(fsrs.interval_days(300.0, 0.9, 10.0), Some(10.0));
    }

    #[test]
    fn bad_input_has_no_answer() {
        let mut w = DEFAULT_WEIGHTS;
        w[20] = 0.0;
        assert_eq!(Fsrs::new(w), None);
        w[20] = f64::NAN;
        assert_eq!(Fsrs::new(w), None);
        let fsrs = Fsrs::default();
        assert_eq!(fsrs.interval_days(3.0, 1.0, 100.0), None);
        assert_eq!(fsrs.interval_days(f64::NAN, 0.9, 100.0), None);
        assert_eq!(fsrs.recall(0.0, -3.0), 1.0);
    }

    proptest::proptest! {
        #[test]
        fn states_stay_in_range(reviews in proptest::collection::vec((0_u8..4, 0.0_f64..4000.0), 1..40)) {
            let fsrs = Fsrs::default();
            let grade = |g| [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy][usize::from(g)];
            let mut memory = fsrs.first(grade(reviews[0].0));
            for (g, days) in reviews {
                memory = fsrs.review(memory, days, grade(g));
                proptest::prop_assert!(memory.stability >= MIN_STABILITY && memory.stability.is_finite());
                proptest::prop_assert!((1.0..=10.0).contains(&memory.difficulty));
            }
        }
    }
}
