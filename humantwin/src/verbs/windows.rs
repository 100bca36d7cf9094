//! `windows`: figures of spans of time, ready-made or of any metric.

use crate::error::{Error, Result};
use crate::twin::Twin;
use crate::view::WindowsView;
use crate::windows::{Feed, Goal, Question, READY, Ready, Sight, Statistic, windows_of};
use twin_core::catalogue::{Aggregation, Metric};
use twin_core::log::Cutoff;
use twin_core::{Code, MetricId, Purpose, Timestamp};

/// How time is cut; lengths are microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowShape {
    /// Spans of one length, side by side, counted from 1970 in UTC.
    Tumbling {
        /// Length.
        size_us: i64,
    },
    /// Spans of one length that begin at every step.
    Sliding {
        /// Length.
        size_us: i64,
        /// Step, at most the length.
        every_us: i64,
    },
    /// As long as pauses stay shorter than the gap.
    Session {
        /// A pause of this length ends the window.
        gap_us: i64,
    },
    /// Civil days in the zone lived in.
    Day,
    /// Weeks from Monday.
    Week,
    /// Months.
    Month,
}

/// Which windows to read: ready-made ones by name, or those of a metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WindowsQuery {
    /// The name of ready-made windows: see [`Twin::ready_windows`].
    pub name: Option<String>,
    /// A metric of the catalogue or a vendor's own. With a name: the metric that `monthly_goal` is of.
    pub metric: Option<String>,
    /// How time is cut, for a metric.
    pub shape: Option<WindowShape>,
    /// From: windows that end after it.
    pub from: Option<Timestamp>,
    /// To: windows that start before it.
    pub to: Option<Timestamp>,
    /// At a past moment: without what came after it.
    pub at: Option<Timestamp>,
    /// As known at a past moment.
    pub known_at: Option<Timestamp>,
    /// What each window is held against, in the unit of its value, above zero.
    pub goal: Option<f64>,
}

impl WindowsQuery {
    /// Ready-made windows.
    #[must_use]
    pub fn ready(name: &str) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    /// Windows of a metric.
    #[must_use]
    pub fn metric(metric: &str, shape: WindowShape) -> Self {
        Self { metric: Some(metric.into()), shape: Some(shape), ..Self::default() }
    }
}

impl Twin {
    /// Figures of windows of time. Late and corrected data change them; each says by its revision how often.
    ///
    /// # Errors
    /// `not_found` for a name that is none, `invalid_value` for a length, metric or goal that cannot be,
    /// `consent_required`, `storage`, `corrupt`.
    pub fn windows(&self, query: &WindowsQuery) -> Result<WindowsView> {
        let asked = Asked::of(query)?;
        self.sees(asked.purpose)?;
        let (mut log, now) = self.enter()?;
        log.refresh()?;
        let moment = query.at.or(query.known_at).unwrap_or(now);
        let past = query.at.is_some() || query.known_at.is_some();
        let cutoff = Cutoff { at: past.then_some(moment), known_at: query.known_at };
        let context = query.known_at.map(|known_at| log.context_until(Some(known_at))).transpose()?;
        let context = context.as_ref().unwrap_or(log.context());
        let (zones, zoned) = (context.zones.clone(), !context.zone_changes.is_empty());
        let question = Question {
            feed: asked.feed,
            metric: asked.metric,
            shape: asked.shape,
            statistic: asked.statistic,
            trailing: asked.trailing,
            goal: asked.goal,
            sight: Sight {
                from: query.from.unwrap_or(Timestamp::MIN),
                to: query.to.unwrap_or(Timestamp::MAX),
                cutoff,
                moment,
            },
        };
        let (windows, mut gaps) = windows_of(&mut log, &zones, &question)?;
        let civil = matches!(asked.shape, WindowShape::Day | WindowShape::Week | WindowShape::Month);
        if civil && !zoned {
            gaps.push("no zone of the person is known: days are those of UTC".into());
        }
        Ok(WindowsView {
            name: asked.name,
            about: asked.about,
            metric: question.metric.map(|m| m.to_string()),
            unit: asked.unit,
            statistic: asked.statistic.word().into(),
            watermark: moment,
            known_at: query.known_at,
            goal: asked.goal,
            windows,
            gaps,
        })
    }

    /// The ready-made windows: names, and what each is in words.
    #[must_use]
    pub fn ready_windows() -> Vec<(&'static str, &'static str)> {
        READY.iter().map(|ready| (ready.name, ready.about)).collect()
    }
}

/// A query that makes sense.
struct Asked {
    name: String,
    about: String,
    feed: Feed,
    metric: Option<MetricId>,
    shape: WindowShape,
    statistic: Statistic,
    unit: String,
    trailing: &'static [u32],
    goal: Option<f64>,
    purpose: Purpose,
}

impl Asked {
    fn of(query: &WindowsQuery) -> Result<Self> {
        if let Some(goal) = query.goal
            && !(goal > 0.0 && goal.is_finite())
        {
            return Err(invalid(format!("value of `goal` is {goal}, expected a number above zero")));
        }
        match (&query.name, &query.metric, query.shape) {
            (Some(name), metric, None) => Self::ready(name, metric.as_deref(), query.goal),
            (None, Some(metric), Some(shape)) => Self::metric(metric, shape, query.goal),
            _ => Err(invalid("expected the name of ready-made windows, or a metric with a shape".into())),
        }
    }

    fn ready(name: &str, metric: Option<&str>, goal: Option<f64>) -> Result<Self> {
        let Some(ready) = Ready::find(name) else {
            let names: Vec<&str> = READY.iter().map(|r| r.name).collect();
            return Err(Error::new(
                Code::NotFound,
                format!("there are no ready-made windows of this name; there are {}", names.join(", ")),
            ));
        };
        let goal = match (ready.goal, goal) {
            (Goal::Needed, None) => {
                return Err(invalid(format!(
                    "value of `goal` is missing, `{name}` needs a number above zero"
                )));
            }
            (Goal::Published(published), None) => Some(published),
            (_, asked) => asked,
        };
        let id = match (ready.feed, ready.goal, metric) {
            (Feed::Metric(_), Goal::Needed, Some(metric)) => Some(MetricId::new(metric)?),
            (_, _, Some(_)) => return Err(invalid(format!("`{name}` is of no other metric"))),
            (Feed::Metric(metric), _, None) => Some(MetricId::new(metric)?),
            _ => None,
        };
        if let Some(metric) = &id
            && ready.statistic == Statistic::Sum
            && !is_sum(metric)
        {
            return Err(invalid(format!(
                "`{metric}` has no total, expected a cumulative metric like `steps`"
            )));
        }
        Ok(Self {
            name: ready.name.into(),
            about: ready.about.into(),
            feed: ready.feed,
            unit: if ready.unit.is_empty() {
                id.as_ref().map_or_else(String::new, unit)
            } else {
                ready.unit.into()
            },
            metric: id,
            shape: ready.shape,
            statistic: ready.statistic,
            trailing: ready.trailing,
            goal,
            purpose: ready.purpose,
        })
    }

    fn metric(metric: &str, shape: WindowShape, goal: Option<f64>) -> Result<Self> {
        let id = MetricId::new(metric)?;
        let statistic = if is_sum(&id) { Statistic::Sum } else { Statistic::Mean };
        Ok(Self {
            name: metric.into(),
            about: Metric::find(metric).map_or(metric, |m| m.name).into(),
            feed: Feed::Metric(""),
            unit: unit(&id),
            metric: Some(id),
            shape,
            statistic,
            trailing: &[],
            goal,
            purpose: Purpose::Health,
        })
    }
}

fn is_sum(metric: &MetricId) -> bool {
    Metric::find(metric.as_str()).is_some_and(|m| m.aggregation == Aggregation::Sum)
}

fn unit(metric: &MetricId) -> String {
    Metric::find(metric.as_str()).map_or_else(String::new, |m| m.unit.to_owned())
}

fn invalid(message: String) -> Error {
    Error::new(Code::InvalidValue, message)
}
