//! What changes between two people before a conflict is reported.

use super::answer::{quantity, share};

/// Weeks that count as now.
pub const RECENT_WEEKS: usize = 4;
/// Weeks before them that count as usual. OWN.
const BEFORE_WEEKS: usize = 12;
/// Weeks that what is usual for all pairs is worth, for the level and for the spread. OWN.
const LEVEL_WORTH: f64 = 4.0;
const SPREAD_WORTH: f64 = 8.0;
/// Greatest change that is believed, standard deviations. OWN.
const MOST_SD: f64 = 3.0;
/// Weeks of the last four in which a signal must be known. OWN.
const MIN_KNOWN: usize = 2;

/// A week of a pair; what was not measured or not consented to is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairWeek {
    /// Reciprocity of their tie, 0..=1.
    pub reciprocity: Option<f64>,
    /// Median hours until one answers the other.
    pub latency_h: Option<f64>,
    /// Share of messages with negative affect, 0..=1; from consented text, counted on the device.
    pub negative_share: Option<f64>,
    /// Share of hand-offs that came back, 0..=1.
    pub bounce_rate: Option<f64>,
    /// Share of the other's invitations that were declined, 0..=1.
    pub decline_rate: Option<f64>,
    /// Share of reviews that were rejected, 0..=1.
    pub rejection_rate: Option<f64>,
    /// How unequal their loads are, 0..=1.
    pub workload_gap: Option<f64>,
    /// How unclear they say their roles are, 0..=1.
    pub role_ambiguity: Option<f64>,
}

/// A signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// One of the two gives less than the other.
    Reciprocity,
    /// Answers take longer.
    Latency,
    /// Messages hold more negative affect.
    NegativeAffect,
    /// Work comes back.
    Bounces,
    /// Invitations are declined.
    Declines,
    /// Reviews are rejected.
    Rejections,
    /// Work is shared unequally.
    Workload,
    /// Roles are unclear.
    RoleAmbiguity,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Reciprocity,
        Self::Latency,
        Self::NegativeAffect,
        Self::Bounces,
        Self::Declines,
        Self::Rejections,
        Self::Workload,
        Self::RoleAmbiguity,
    ];

    /// Its name in reasons.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reciprocity => "less give and take",
            Self::Latency => "slower answers",
            Self::NegativeAffect => "more negative messages",
            Self::Bounces => "work that comes back",
            Self::Declines => "declined meetings",
            Self::Rejections => "rejected reviews",
            Self::Workload => "unequal load",
            Self::RoleAmbiguity => "unclear roles",
        }
    }

    /// What would lower it, in plain words.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Reciprocity => "let the one who has said less begin the next exchange",
            Self::Latency => "agree how soon each answers, and say so when it takes longer",
            Self::NegativeAffect => "talk in person about what annoys, not in writing",
            Self::Bounces => "agree what finished work looks like before it is handed over",
            Self::Declines => "find a time that suits both for what must be discussed",
            Self::Rejections => "agree what a review looks for before the work begins",
            Self::Workload => "share out the open work anew",
            Self::RoleAmbiguity => "write down who decides what",
        }
    }

    /// Its value in a week, rising with trouble; hours on the log scale.
    fn of(self, week: &PairWeek) -> Option<f64> {
        match self {
            Self::Reciprocity => share(week.reciprocity).map(|x| 1.0 - x),
            Self::Latency => quantity(week.latency_h, 1000.0).map(|h| (h + 0.1).ln()),
            Self::NegativeAffect => share(week.negative_share),
            Self::Bounces => share(week.bounce_rate),
            Self::Declines => share(week.decline_rate),
            Self::Rejections => share(week.rejection_rate),
            Self::Workload => share(week.workload_gap),
            Self::RoleAmbiguity => share(week.role_ambiguity),
        }
    }

    /// What is usual for a pair, and its spread from week to week. OWN.
    const fn usual(self) -> (f64, f64) {
        match self {
            Self::Reciprocity => (0.4, 0.15),
            Self::Latency => (0.7, 0.7),
            Self::NegativeAffect => (0.05, 0.05),
            Self::Bounces => (0.2, 0.15),
            Self::Declines => (0.1, 0.1),
            Self::Rejections | Self::Workload => (0.15, 0.15),
            Self::RoleAmbiguity => (0.3, 0.2),
        }
    }

    /// By how many standard deviations the last four weeks are worse than the twelve before; those are mixed with
    /// what is usual, so that it stands alone where there are none. Absent where too little is known.
    #[must_use]
    pub fn change(self, weeks: &[PairWeek]) -> Option<f64> {
        let split = weeks.len().saturating_sub(RECENT_WEEKS);
        let (earlier, recent) = weeks.split_at_checked(split)?;
        let recent: Vec<f64> = recent.iter().filter_map(|w| self.of(w)).collect();
        let from = earlier.len().saturating_sub(BEFORE_WEEKS);
        let before: Vec<f64> = earlier.iter().skip(from).filter_map(|w| self.of(w)).collect();
        let (level, spread) = self.usual();
        let n = before.len() as f64;
        let usual = (before.iter().sum::<f64>() + LEVEL_WORTH * level) / (n + LEVEL_WORTH);
        let own = crate::stats::mean(&before).unwrap_or(0.0);
        let squares: f64 = before.iter().map(|x| (x - own).powi(2)).sum();
        let sd = ((squares + SPREAD_WORTH * spread * spread) / (n + SPREAD_WORTH)).sqrt();
        let now = crate::stats::mean(&recent).filter(|_| recent.len() >= MIN_KNOWN)?;
        Some(((now - usual) / sd).clamp(-MOST_SD, MOST_SD))
    }
}

/// The change of every signal, in the order of [`Signal::ALL`].
#[must_use]
pub fn changes(weeks: &[PairWeek]) -> [Option<f64>; 8] {
    Signal::ALL.map(|signal| signal.change(weeks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_rises_with_trouble_and_alone() {
        let calm = PairWeek {
            reciprocity: Some(0.6),
            latency_h: Some(2.0),
            negative_share: Some(0.05),
            bounce_rate: Some(0.2),
            decline_rate: Some(0.1),
            rejection_rate: Some(0.15),
            workload_gap: Some(0.15),
            role_ambiguity: Some(0.3),
        };
        let worse = [
            PairWeek { reciprocity: Some(0.2), ..calm },
            PairWeek { latency_h: Some(12.0), ..calm },
            PairWeek { negative_share: Some(0.3), ..calm },
            PairWeek { bounce_rate: Some(0.6), ..calm },
            PairWeek { decline_rate: Some(0.5), ..calm },
            PairWeek { rejection_rate: Some(0.6), ..calm },
            PairWeek { workload_gap: Some(0.6), ..calm },
            PairWeek { role_ambiguity: Some(0.9), ..calm },
        ];
        for (i, bad) in worse.iter().enumerate() {
            let weeks: Vec<PairWeek> = [vec![calm; 12], vec![*bad; 4]].concat();
            for (j, change) in changes(&weeks).into_iter().enumerate() {
                assert_eq!(change.unwrap() > 1.0, i == j, "{i} {j} {change:?}");
            }
        }
    }

    #[test]
    fn what_is_not_known_or_no_number_is_absent() {
        let odd = PairWeek {
            bounce_rate: Some(f64::NAN),
            decline_rate: Some(2.0),
            latency_h: Some(-1.0),
            ..PairWeek::default()
        };
        assert_eq!(changes(&[odd; 8]), [None; 8]);
        assert_eq!(changes(&[]), [None; 8]);
    }
}
