//! Models that answer for tasks, skills or people: what their estimates say, and how they are drawn.

use super::rows::{Row, rows};
use humantwin::{NamedEstimate, PredictionView};

/// How estimates that are named by a subject are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drawn {
    /// As they are today, under each other.
    Rows,
    /// Over the days, the first three of them.
    Days,
}

/// One figure of each subject of a model.
pub(super) struct About {
    model: &'static str,
    /// What stands behind the subject and its comma in the name of the estimate; empty: nothing does.
    part: &'static str,
    /// What it is, for a reader.
    words: &'static str,
    drawn: Drawn,
}

const fn about(model: &'static str, part: &'static str, words: &'static str, drawn: Drawn) -> About {
    About { model, part, words, drawn }
}

const ABOUT: &[About] = &[
    about("task_duration", "", "hours that each open task will take", Drawn::Rows),
    about("skill_level", "", "level, 0 to 100", Drawn::Days),
    about("skill_trajectory", "", "level, 0 to 100", Drawn::Days),
    about("skill_memory", "", "chance to recall it", Drawn::Days),
    about("mastery", "", "weeks until the level that the role asks for", Drawn::Rows),
    about("learning_methods", "", "points that an hour brings", Drawn::Rows),
    about("skill_transfer", "level", "points to begin with in skills that are new", Drawn::Rows),
    about("skill_gaps", "", "points short of what the role asks for", Drawn::Rows),
    about("bkt", "", "chance that it is known", Drawn::Days),
    about("knowledge", "", "chance that the next answer is right", Drawn::Days),
    about("ties", "", "strength of the tie", Drawn::Rows),
    about("hand_offs", "", "how well it works, 0 to 1", Drawn::Days),
    about("style_match", "", "how alike the ways of writing are, 0 to 1", Drawn::Rows),
    about("compatibility", "", "how well working together goes, 0 to 100", Drawn::Rows),
    about("conflict_risk", "", "chance of a conflict within a month", Drawn::Rows),
    about("mentoring", "", "how good each mentoring would be, 0 to 1", Drawn::Rows),
    about("new_ties", "", "chance of a first contact", Drawn::Rows),
];

/// What is said of the subjects of a model.
pub(super) fn of(model: &str) -> Option<&'static About> {
    ABOUT.iter().find(|about| about.model == model)
}

impl About {
    /// The title of a panel of one subject.
    pub(super) fn title(&self, subject: &str) -> String {
        format!("{subject}: {}", self.words)
    }

    /// Is this the figure?
    pub(super) fn names(&self, estimate: &NamedEstimate) -> bool {
        let part = estimate.name.split_once(", ").map_or("", |(_, part)| part);
        // Of the whole: neither a skill nor a person.
        part == self.part && !matches!(estimate.name.as_str(), "readiness" | "coverage" | "potential")
    }

    /// The panel of today, where it is drawn as one.
    pub(super) fn today(&self, said: &PredictionView) -> Option<String> {
        if self.drawn != Drawn::Rows {
            return None;
        }
        let figures = said.estimates.iter().filter(|e| self.names(e));
        let told: Vec<Row> = figures
            .filter_map(|named| {
                let name = named.name.split(", ").next().unwrap_or_default().replace('_', " ");
                let e = &named.estimate;
                Some(Row { name, value: e.value?, low: e.low, high: e.high })
            })
            .collect();
        // One figure, or all the same, is no picture.
        let first = told.first()?.value;
        let same = told.iter().all(|row| (row.value - first).abs() <= 1e-6 * first.abs());
        (!same).then(|| rows(self.words, &told))
    }

    /// Does it take the place of what is drawn over the days?
    pub(super) fn only_today(&self) -> bool {
        self.drawn == Drawn::Rows
    }
}
