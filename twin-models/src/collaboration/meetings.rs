//! How useful a meeting is, and what it costs [rogelberg2006] [leach2009] [mroz2018].

use super::answer::{Form, part, quantity, share, status};
use super::logistic::{Fit, Prior, Row, logistic};
use crate::stats::Z80;
use std::collections::BTreeMap;
use twin_core::estimate::{Contribution, Estimate, EstimateKind};

/// Id of the model.
pub const ID: &str = "meetings";
/// Its version.
pub const VERSION: &str = "1";
/// Ratings from which the answer is a probability.
pub const MIN_RATINGS: usize = 30;
/// Most people, and most minutes, of a meeting that counts as small and short.
pub const SMALL: f64 = 8.0;
/// See [`SMALL`].
pub const SHORT_MINUTES: f64 = 45.0;
/// Minutes until one is back at work after it.
pub const RESUMPTION_MINUTES: f64 = 15.0;
/// Parts of the index of six that must be known. OWN.
const MIN_PARTS: usize = 3;
/// Log-odds of a useful meeting where nothing stands out. OWN.
const USUAL: f64 = 0.5;
/// Spread of a series' own level. OWN.
const SERIES_SD: f64 = 0.5;
const INDEX: Form = Form { id: ID, version: VERSION, unit: "{score}", kind: EstimateKind::Index };

/// A meeting, from metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meeting {
    /// Whether it had an agenda.
    pub agenda: Option<bool>,
    /// Whether it began on time.
    pub on_time: Option<bool>,
    /// People invited, 1 or more.
    pub people: u32,
    /// Minutes, above 0 and at most a day.
    pub minutes: f64,
    /// Whether decisions or actions were written down.
    pub actions: Option<bool>,
    /// Gini coefficient of speaking times, 0..=1, 0 being even.
    pub speaking_gini: Option<f64>,
    /// Share of people who were at the one before, 0..=1.
    pub overlap: Option<f64>,
    /// Days since its series began.
    pub series_age_days: Option<f64>,
    /// Messages each person sent meanwhile.
    pub messages_each: Option<f64>,
    /// Its series; empty without one.
    pub series: String,
}

/// What someone who was there said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rating {
    /// 1 (useless) to 5 (very useful): from 4 on it was useful, 3 is half.
    Stars(u8),
    /// Whether it was useful.
    Useful(bool),
}

/// A meeting and its rating.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// The meeting.
    pub meeting: Meeting,
    /// Its rating.
    pub rating: Rating,
}

/// What a meeting is worth and costs.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingWorth {
    /// An index 0..=100 below [`MIN_RATINGS`] ratings, then the probability that it is useful, 0..=1.
    pub effectiveness: Estimate,
    /// Hours of all people, with the time to come back to work; absent for impossible minutes or nobody.
    pub cost_h: Option<f64>,
}

impl MeetingWorth {
    /// The effectiveness as a share 0..=1, be it index or probability.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let scale = if self.effectiveness.kind == EstimateKind::Index { 100.0 } else { 1.0 };
        self.effectiveness.value.map(|value| value / scale)
    }
}

/// How useful a meeting is, from its features and earlier ratings. No agenda, more people or more minutes never
/// raise the answer, whatever the ratings.
///
/// ```
/// # use twin_models::collaboration::meetings::{Meeting, meetings};
/// let good = Meeting { agenda: Some(true), on_time: Some(true), actions: Some(true), people: 5, minutes: 30.0,
///     ..Meeting::default() };
/// let long = Meeting { agenda: Some(false), people: 12, minutes: 60.0, ..good.clone() };
/// assert_eq!(meetings(&good, &[]).effectiveness.value, Some(100.0));
/// assert_eq!(meetings(&long, &[]).effectiveness.value, Some(40.0));
/// assert_eq!(meetings(&good, &[]).cost_h, Some(3.75));
/// ```
#[must_use]
pub fn meetings(meeting: &Meeting, rated: &[Rated]) -> MeetingWorth {
    let possible = |m: &Meeting| m.people > 0 && quantity(Some(m.minutes), 1440.0).is_some_and(|x| x > 0.0);
    if !possible(meeting) {
        let effectiveness = INDEX.too_little("a meeting needs people and minutes up to a day");
        return MeetingWorth { effectiveness, cost_h: None };
    }
    let cost_h = Some(f64::from(meeting.people) * (meeting.minutes + RESUMPTION_MINUTES) / 60.0);
    let useful = |r: &Rated| match r.rating {
        Rating::Useful(yes) => Some(f64::from(u8::from(yes))),
        Rating::Stars(n @ 1..=5) => Some(((f64::from(n) - 2.0) / 2.0).clamp(0.0, 1.0)),
        Rating::Stars(_) => None,
    };
    let known: Vec<(&Meeting, f64)> = rated
        .iter()
        .filter(|r| possible(&r.meeting))
        .filter_map(|r| Some((&r.meeting, useful(r)?)))
        .collect();
    let unused = rated.len() - known.len();
    let effectiveness =
        if known.len() < MIN_RATINGS { index(meeting, known.len()) } else { learnt(meeting, &known, unused) };
    MeetingWorth { effectiveness, cost_h }
}

/// `100 · mean` of what is known of six parts; the ends of the interval are the unknown ones at 0 and at 1.
fn index(meeting: &Meeting, ratings: usize) -> Estimate {
    let yes = |b: Option<bool>| b.map(|b| f64::from(u8::from(b)));
    let parts = [
        ("agenda", yes(meeting.agenda)),
        ("on time", yes(meeting.on_time)),
        ("at most 8 people", yes(Some(f64::from(meeting.people) <= SMALL))),
        ("at most 45 min", yes(Some(meeting.minutes <= SHORT_MINUTES))),
        ("actions written down", yes(meeting.actions)),
        ("all speak", share(meeting.speaking_gini).map(|g| 1.0 - g)),
    ];
    let known: Vec<(&str, f64)> = parts.iter().filter_map(|(name, x)| Some((*name, (*x)?))).collect();
    if known.len() < MIN_PARTS {
        return INDEX.too_little("too little is known of the meeting");
    }
    let (n, all) = (known.len() as f64, parts.len() as f64);
    let sum: f64 = known.iter().map(|p| p.1).sum();
    let range = (100.0 * sum / all, 100.0 * (sum + all - n) / all);
    let missing = parts.iter().filter(|p| p.1.is_none()).map(|p| format!("{} is not known", p.0));
    let gaps = std::iter::once(format!("{ratings} ratings of {MIN_RATINGS}: an index, not a probability"));
    Estimate {
        contributions: known.iter().map(|(name, x)| part(name, 100.0 * x / n, None, Some(*x))).collect(),
        gaps: gaps.chain(missing).collect(),
        n_effective: ratings as f64,
        prior_share: 1.0,
        coverage: n / all,
        confidence: 0.5 * n / all,
        ..INDEX.given(100.0 * sum / n, range, status(false))
    }
}

/// Features around what is usual, with the weights believed before any rating. OWN, signs after the sources.
fn features(m: &Meeting) -> [(&'static str, f64, Prior); 9] {
    let yes = |b: Option<bool>| b.map_or(0.0, |b| if b { 0.5 } else { -0.5 });
    let held = |mean: f64| Prior { mean, sd: 0.5, sign: if mean > 0.0 { 1 } else { -1 } };
    [
        ("agenda", yes(m.agenda), held(0.6)),
        ("on time", yes(m.on_time), held(0.4)),
        ("people", (f64::from(m.people) / 6.0).ln(), held(-0.4)),
        ("minutes", (m.minutes / 45.0).ln(), held(-0.3)),
        ("actions written down", yes(m.actions), held(0.6)),
        ("speaking shared", share(m.speaking_gini).map_or(0.0, |g| 0.4 - g), held(1.0)),
        ("same people as before", share(m.overlap).map_or(0.0, |x| x - 0.7), Prior::free(0.0, 0.5)),
        (
            "age of the series",
            quantity(m.series_age_days, 36_525.0).map_or(0.0, |d| (d / 90.0).ln_1p() - 0.7),
            Prior::free(-0.1, 0.3),
        ),
        (
            "messages sent meanwhile",
            quantity(m.messages_each, 1e4).map_or(0.0, |x| 0.7 - x.ln_1p()),
            held(0.3),
        ),
    ]
}

/// The probability from a logistic regression whose series have their own level.
fn learnt(meeting: &Meeting, known: &[(&Meeting, f64)], unused: usize) -> Estimate {
    let asked = features(meeting);
    let mut priors: Vec<Prior> =
        std::iter::once(Prior::free(USUAL, 1.0)).chain(asked.iter().map(|f| f.2)).collect();
    let mut series: BTreeMap<&str, usize> = BTreeMap::new();
    for name in known.iter().map(|k| k.0.series.as_str()).filter(|name| !name.is_empty()) {
        series.entry(name).or_insert_with(|| {
            priors.push(Prior::free(0.0, SERIES_SD));
            priors.len() - 1
        });
    }
    let design = |m: &Meeting| -> Vec<(usize, f64)> {
        let own = series.get(m.series.as_str()).map(|at| (*at, 1.0));
        let all = features(m);
        let terms = all.iter().enumerate().map(|(i, f)| (i + 1, f.1));
        std::iter::once((0, 1.0)).chain(terms).chain(own).collect()
    };
    let rows: Vec<Row> = known.iter().map(|(m, y)| Row { x: design(m), y: *y, weight: 1.0 }).collect();
    let fit = Fit::of(&rows, &priors);
    let x = design(meeting);
    let (score, doubt) = (fit.score(&x), fit.doubt(&x));
    let mut at = fit.mean.first().copied().unwrap_or(0.0);
    let base = logistic(at);
    let mut contributions: Vec<Contribution> = Vec::new();
    let names = asked.iter().map(|f| f.0).chain(["its series"]);
    for ((i, amount), name) in x.iter().skip(1).zip(names) {
        let before = logistic(at);
        at += amount * fit.mean.get(*i).copied().unwrap_or(0.0);
        contributions.push(part(name, logistic(at) - before, Some(before), Some(logistic(at))));
    }
    let known_parts =
        [meeting.agenda, meeting.on_time, meeting.actions].iter().filter(|x| x.is_some()).count() as f64;
    let n = known.len() as f64;
    let prior_share = MIN_RATINGS as f64 / (MIN_RATINGS as f64 + n);
    let gaps = (unused > 0).then(|| format!("{unused} ratings could not be used"));
    contributions.insert(0, part("a usual meeting", base, None, None));
    Estimate {
        contributions,
        gaps: gaps.into_iter().collect(),
        n_effective: n,
        prior_share,
        confidence: 1.0 - prior_share,
        coverage: (known_parts + f64::from(u8::from(share(meeting.speaking_gini).is_some()))) / 4.0,
        ..INDEX.of("1", EstimateKind::Probability).given(
            logistic(score),
            (logistic(score - Z80 * doubt), logistic(score + Z80 * doubt)),
            status(true),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::metrics::{auc, calibration_error};
    use crate::noise::Noise;
    use proptest::prelude::*;
    use twin_core::estimate::EstimateStatus;

    fn random(noise: &mut Noise) -> Meeting {
        let mut flag = || Some(noise.unit() < 0.5);
        let (agenda, on_time, actions) = (flag(), flag(), flag());
        Meeting {
            agenda,
            on_time,
            actions,
            people: 2 + noise.below(14) as u32,
            minutes: 15.0 + 15.0 * noise.below(6) as f64,
            speaking_gini: Some(noise.unit() * 0.8),
            overlap: Some(noise.unit()),
            series_age_days: None,
            messages_each: Some(4.0 * noise.unit()),
            series: noise.below(6).to_string(),
        }
    }

    fn truth(m: &Meeting) -> f64 {
        let weights = [1.2, 0.3, -0.8, -0.2, 0.8, 1.5, 0.0, 0.0, 0.6];
        let series = f64::from(m.series.as_bytes()[0]) % 3.0 * 0.5 - 0.5;
        logistic(0.2 + series + features(m).iter().zip(weights).map(|(f, w)| f.1 * w).sum::<f64>())
    }

    fn ratings(n: usize, noise: &mut Noise) -> Vec<Rated> {
        let mut of = || {
            let meeting = random(noise);
            Rated { rating: Rating::Useful(noise.unit() < truth(&meeting)), meeting }
        };
        (0..n).map(|_| of()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_agenda_never_raises_the_score(seed in 0..1000_u64, n in prop::sample::select(vec![0_usize, 29, 30, 80]), spite in any::<bool>()) {
            let mut noise = Noise::of(seed, [0, 0, 0]);
            let mut rated = ratings(n, &mut noise);
            if spite {
                // ratings that say the opposite
                for r in &mut rated { r.rating = Rating::Useful(r.meeting.agenda == Some(false)); }
            }
            for _ in 0..5 {
                let with = random(&mut noise);
                let value = |agenda, people, minutes| {
                    let changed = Meeting { agenda, people, minutes, ..with.clone() };
                    meetings(&changed, &rated).effectiveness.value.unwrap()
                };
                let (n, t) = (with.people, with.minutes);
                let (no, unknown, yes) = (value(Some(false), n, t), value(None, n, t), value(Some(true), n, t));
                prop_assert!(no <= unknown + 1e-12 && unknown <= yes + 1e-12, "{} {} {}", no, unknown, yes);
                prop_assert!(value(Some(true), n + 9, t) <= yes + 1e-12 && value(Some(true), n, t + 60.0) <= yes + 1e-12);
            }
        }
    }

    #[test]
    fn ratings_teach_what_is_useful() {
        let mut noise = Noise::of(8, [0, 0, 0]);
        let rated = ratings(200, &mut noise);
        let (mut p, mut q, mut y) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..1500 {
            let meeting = random(&mut noise);
            y.push(noise.unit() < truth(&meeting));
            p.push(meetings(&meeting, &rated).effectiveness.value.unwrap());
            q.push(meetings(&meeting, &[]).effectiveness.value.unwrap());
        }
        let (learnt, index) = (auc(&p, &y).unwrap(), auc(&q, &y).unwrap());
        let error = calibration_error(&p, &y).unwrap();
        println!("meetings: AUC learnt {learnt:.3} index {index:.3}, calibration error {error:.3}");
        assert!(learnt > index && learnt > 0.7 && error < 0.09);
    }

    #[test]
    fn parts_add_up_and_the_kind_tells_what_it_is() {
        let mut noise = Noise::of(2, [0, 0, 0]);
        let (rated, meeting) = (ratings(60, &mut noise), random(&mut noise));
        for list in [&rated[..10], &rated[..]] {
            let known = meetings(&meeting, list);
            let sum: f64 = known.effectiveness.contributions.iter().map(|c| c.amount).sum();
            assert!((sum - known.effectiveness.value.unwrap()).abs() < 1e-9);
            assert!((0.0..=1.0).contains(&known.share().unwrap()));
        }
        assert_eq!(meetings(&meeting, &rated).effectiveness.kind, EstimateKind::Probability);
        let few = meetings(&meeting, &rated[..10]).effectiveness;
        assert_eq!((few.kind, few.status), (EstimateKind::Index, EstimateStatus::Provisional));
    }

    #[test]
    fn bad_input_has_no_answer_or_is_left_out() {
        for (people, minutes) in [(0, 30.0), (3, 0.0), (3, f64::NAN), (3, 600_000.0), (3, -1.0)] {
            let worth = meetings(&Meeting { people, minutes, ..Meeting::default() }, &[]);
            assert!(worth.effectiveness.value.is_none() && worth.cost_h.is_none() && worth.share().is_none());
        }
        let bare = Meeting { people: 1, minutes: 30.0, speaking_gini: Some(f64::NAN), ..Meeting::default() };
        assert_eq!(meetings(&bare, &[]).effectiveness.status, EstimateStatus::InsufficientData);
        let mut noise = Noise::of(3, [0, 0, 0]);
        let mut rated = ratings(30, &mut noise);
        rated.push(Rated { meeting: random(&mut noise), rating: Rating::Stars(9) });
        let known = meetings(&random(&mut noise), &rated).effectiveness;
        assert_eq!((known.n_effective, known.gaps.len()), (30.0, 1));
        let same = vec![Rated { meeting: bare.clone(), rating: Rating::Stars(5) }; 40];
        assert!(meetings(&bare, &same).effectiveness.value.unwrap() > 0.8);
    }
}
