//! Skills: what somebody can do, how that was found, and how it was learnt. Skills are named by the host's taxonomy;
//! a person that is absent is the person of the twin.

use twin_macros::payload;

/// How well somebody masters a skill, as a test, an assessor or a single answer shows.
#[payload]
pub struct SkillAssessed {
    /// The skill.
    pub skill: String,
    /// Whose.
    pub person: Option<String>,
    /// Level, 0 (nothing) to 100 (mastery).
    pub score: Option<f64>,
    /// How sure that is: standard deviation in points.
    pub sd: Option<f64>,
    /// Was one answer right? For tests that are told answer by answer.
    pub correct: Option<bool>,
    /// Which question was answered.
    pub item: Option<String>,
    /// Who assessed; absent: unknown.
    pub by: Option<String>,
    /// How: `test`, `self`, `manager`, `peer` …
    pub method: Option<String>,
}

/// A skill grew, as the person or a tool states it.
#[payload]
pub struct SkillImproved {
    /// The skill.
    pub skill: String,
    /// Whose.
    pub person: Option<String>,
    /// Points gained, -100..=100.
    pub gain: f64,
    /// The skill it was carried over from, where knowledge of another one helped.
    pub from_skill: Option<String>,
    /// What did it: `practice`, `course` …
    pub cause: Option<String>,
}

/// What a skill is and what it has to do with others.
#[payload]
pub struct SkillDescribed {
    /// The skill.
    pub skill: String,
    /// In words.
    pub text: Option<String>,
    /// Skills next to it.
    pub related: Vec<String>,
    /// Skills that have to be there before.
    pub requires: Vec<String>,
    /// Roles and occupations that use it.
    pub roles: Vec<String>,
    /// Hours it usually takes to close a gap in it, > 0.
    pub hours: Option<f64>,
}

/// What a role asks for. The newest statement of a role holds.
#[payload]
pub struct RoleStated {
    /// The role.
    pub role: String,
    /// What it asks for.
    pub needs: Vec<RoleNeed>,
}

/// One skill that a role asks for.
#[payload]
pub struct RoleNeed {
    /// The skill.
    pub skill: String,
    /// The level, 0..=100.
    pub level: f64,
    /// How much it matters, > 0; 1 is usual.
    pub importance: Option<f64>,
    /// It must be met.
    pub must: bool,
}

/// Something was learnt: a course, a book, a session of practice.
#[payload]
pub struct LearningCompleted {
    /// What it is called.
    pub title: Option<String>,
    /// What was learnt.
    pub skills: Vec<String>,
    /// Who.
    pub person: Option<String>,
    /// How.
    pub method: LearningMethod,
    /// Time spent, seconds, ≥ 0.
    pub duration_s: Option<f64>,
    /// What came of it, 0..=1: share of right answers, mark.
    pub score: Option<f64>,
}

/// A way of learning.
#[payload]
pub enum LearningMethod {
    /// A course or lecture.
    Course,
    /// Reading, watching.
    Reading,
    /// Practice spread over time, with recall.
    Practice,
    /// Working in a pair.
    PairWork,
    /// A project.
    Project,
    /// Being mentored.
    Mentoring,
    /// Any other.
    Other,
}
