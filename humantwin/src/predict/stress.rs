//! Stress of the moment and the load of the day, from the samples of the day. For the person alone.

use super::features::Samples;
use super::{Asked, CurveView, Features, PointView, Said, SpanView};
use crate::error::Result;
use twin_core::Timestamp;
use twin_core::estimate::{Estimate, EstimateStatus};
use twin_models::health::recovery::stress as recovery;
use twin_models::health::stress::episodes::{self, Moment, daily_load};
use twin_models::health::stress::features::{Beat, Second};
use twin_models::health::stress::{self, Monitor};
use twin_models::stats::{mean, sd};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: stress::NOW_ID, name: "stress", unit: "1", run: now },
    Asked { id: stress::LOAD_ID, name: "stress_load", unit: "min", run: load },
    Asked { id: recovery::ID, name: "stress_recovery", unit: "min", run: after },
];

/// An answer older than this is none of the moment, s.
const FRESH_S: i64 = 600;

/// So long after its last sample a device counts as worn, s. OWN.
const WORN_S: i64 = 120;

/// Second by second over the day so far: the newest estimate, and every moment's probability.
struct Watched {
    newest: Option<(Timestamp, Estimate)>,
    moments: Vec<Moment>,
}

fn watch(features: &Features<'_>) -> Result<Watched> {
    let (from, to) = (features.today().start, features.moment());
    let column = |metric: &str| features.samples(metric, from, to);
    let (hr, rr) = (column("heart_rate")?, column("rr_interval")?);
    let (eda, steps) = (column("electrodermal_activity")?, column("steps")?);
    let mut watched = Watched { newest: None, moments: Vec::new() };
    let (Some(mut monitor), true) = (Monitor::shipped(), !hr.t_us.is_empty() || !rr.t_us.is_empty()) else {
        return Ok(watched);
    };
    let first = [&hr, &rr].into_iter().filter_map(|c| c.t_us.first()).min().copied().unwrap_or(to.micros());
    let workouts: Vec<(i64, i64)> =
        features.today().sessions.iter().map(|s| (s.start.micros(), s.end.micros())).collect();
    let asleep = features.today().sleep.as_ref().map(|n| (n.start.micros(), n.end.micros()));
    // The axis begins with the first second that is pushed.
    let seconds = (first / 1_000_000)..(to.micros() / 1_000_000);
    let first = first / 1_000_000 * 1_000_000;
    let mut heard = first;
    let (mut hr, mut rr, mut eda, mut steps) =
        (Walk::of(&hr), Walk::of(&rr), Walk::of(&eda), Walk::of(&steps));
    for second in seconds {
        let (start, end) = (second * 1_000_000, (second + 1) * 1_000_000);
        let beats: Vec<Beat> =
            rr.until(end).map(|(t, rr_ms)| Beat { at_s: (t - first) as f64 / 1e6, rr_ms }).collect();
        let here = Second {
            hr_bpm: hr.until(end).last().map(|(_, v)| v),
            beats: &beats,
            eda_us: eda.until(end).last().map(|(_, v)| v),
            temperature_c: None,
            steps: Some(steps.until(end).map(|(_, v)| v).sum::<f64>()).filter(|_| !steps.is_empty()),
            acceleration_sd_g: None,
            exercising: workouts.iter().any(|(s, e)| (*s..*e).contains(&start)),
        };
        if here.hr_bpm.is_some() || !beats.is_empty() {
            heard = end;
        }
        let Some(said) = monitor.push(Timestamp::from_micros(end), &here) else { continue };
        let awake = asleep.is_none_or(|(s, e)| !(s..e).contains(&end));
        let at = Timestamp::from_micros(end);
        if end - heard <= WORN_S * 1_000_000 {
            watched.moments.push(Moment { at, p: said.value.filter(|_| awake && said.coverage > 0.0) });
        }
        // A window in which nothing was heard says nothing of the moment.
        if said.coverage > 0.0 || said.value.is_none() {
            watched.newest = Some((at, said));
        }
    }
    Ok(watched)
}

/// Samples in time order, read once.
struct Walk<'a> {
    t_us: &'a [i64],
    values: &'a [f64],
}

impl<'a> Walk<'a> {
    fn of(samples: &'a Samples) -> Self {
        Self { t_us: &samples.t_us, values: &samples.values }
    }

    fn is_empty(&self) -> bool {
        self.t_us.is_empty()
    }

    /// What comes before `end` and was not read yet.
    fn until(&mut self, end: i64) -> impl Iterator<Item = (i64, f64)> + use<'a> {
        let n = self.t_us.iter().take_while(|t| **t < end).count();
        let (t_us, later_t) = self.t_us.split_at_checked(n).unwrap_or_default();
        let (values, later) = self.values.split_at_checked(n).unwrap_or_default();
        (self.t_us, self.values) = (later_t, later);
        t_us.iter().copied().zip(values.iter().copied())
    }
}

fn now(features: &Features<'_>) -> Result<Said> {
    let watched = watch(features)?;
    let Some((_, estimate)) =
        watched.newest.filter(|(at, _)| features.moment().micros() - at.micros() <= FRESH_S * 1_000_000)
    else {
        return Ok(Said::default());
    };
    let known = watched.moments.iter().filter_map(|m| Some((m.at, m.p?)));
    let points = known.map(|(at, value)| PointView { at, value, low: None, high: None }).collect();
    let curves = vec![CurveView { name: "stress".into(), unit: "1".into(), points }];
    Ok(Said { curves, spans: spans(&watched.moments), ..Said::default() }.and("stress", estimate))
}

fn load(features: &Features<'_>) -> Result<Said> {
    let watched = watch(features)?;
    if watched.moments.is_empty() {
        return Ok(Said::default());
    }
    let said = Said { spans: spans(&watched.moments), ..Said::default() };
    Ok(said.and("stress_load", daily_load(&watched.moments)))
}

/// Minutes after an episode in which heart rate is watched.
const AFTER_MIN: i64 = 90;

/// How fast heart rate came down after the newest episode of the day.
fn after(features: &Features<'_>) -> Result<Said> {
    let watched = watch(features)?;
    let episodes = episodes::episodes(&watched.moments);
    let Some(episode) = episodes.last() else {
        let gaps = vec!["no episode of stress on this day so far".to_owned()];
        let status = EstimateStatus::InsufficientData;
        let absent = Estimate::absent(recovery::ID, recovery::VERSION, "min", status, gaps);
        return Ok(Said::default().and("stress_recovery", absent));
    };
    let day = features.samples("heart_rate", features.today().start, features.moment())?;
    let (Some(usual), Some(spread)) = (mean(&day.values), sd(&day.values).filter(|s| *s > 0.0)) else {
        return Ok(Said::default());
    };
    let until = episode.end.plus_secs(60 * AFTER_MIN).min(features.moment());
    let found = features.samples("heart_rate", episode.end, until)?;
    let course: Vec<(f64, f64)> = found
        .t_us
        .iter()
        .zip(&found.values)
        .map(|(t, bpm)| ((t - episode.end.micros()) as f64 / 60e6, (bpm - usual) / spread))
        .collect();
    Ok(Said::default().and("stress_recovery", recovery::recovery_after(&course)))
}

fn spans(moments: &[Moment]) -> Vec<SpanView> {
    let span = |episode: episodes::Episode| SpanView {
        name: "stress_episode".into(),
        start: episode.start,
        end: episode.end,
        value: None,
        unit: None,
        probability: Some(episode.peak),
        note: None,
    };
    episodes::episodes(moments).into_iter().map(span).collect()
}
