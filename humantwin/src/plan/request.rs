//! What to plan.

use twin_core::Timestamp;
use twin_macros::payload;

/// What to plan, and how long to search. The same request gives the same plan.
#[payload]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// What to plan.
    pub plan: PlanKind,
    /// Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan.
    pub steps: Option<u32>,
    /// Seed of the search; default: 1.
    pub seed: Option<u32>,
    /// At this moment; default: now.
    pub at: Option<Timestamp>,
    /// As known at this moment; default: as known now.
    pub known_at: Option<Timestamp>,
}

/// A kind of plan.
#[payload]
pub enum PlanKind {
    /// The person's open tasks in the free working time of the coming days, where their energy is. Meetings, tasks
    /// with estimates, due dates and what they depend on are those the twin knows.
    Week {
        /// Days, today included, 1..=14; default: 5.
        days: Option<u32>,
        /// What is planned so far: the new plan moves little of it without need.
        current: Vec<PlanBlock>,
    },
    /// What to learn for the newest role that was stated, one item after the other.
    LearningPath {
        /// Hours there are in all, ≥ 0.
        hours: f64,
        /// Hours a week, > 0.
        hours_per_week: f64,
        /// What can be learnt.
        items: Vec<LearningItemRequest>,
    },
    /// Teams of the people given: the most skills and chemistry with the least load.
    Team {
        /// Teams to make; default: 1.
        teams: Option<u32>,
        /// People in each.
        size: u32,
        /// What each team needs.
        needs: Vec<TeamNeed>,
        /// Greatest share of one unit in a team, 0..=1.
        most_of_unit: Option<f64>,
        /// Who may be in a team.
        people: Vec<TeamCandidate>,
    },
    /// Each task to one person: who succeeds most likely, has the time, and learns by it.
    Assign {
        /// The tasks.
        tasks: Vec<TaskToGive>,
        /// The people.
        people: Vec<PersonToTake>,
    },
    /// Tasks shared out so that the fullest person is as little full as can be, then the next.
    Balance {
        /// The tasks.
        tasks: Vec<TaskToGive>,
        /// The people.
        people: Vec<PersonToTake>,
    },
    /// The most valuable projects that fit the weeks.
    Allocate {
        /// The projects.
        projects: Vec<ProjectRequest>,
        /// Hours there are in each week.
        capacity: Vec<WeekHours>,
        /// Probability with which every week has to fit, 0.5..1; default: 0.8.
        fits: Option<f64>,
    },
}

/// A stretch of time for a task.
#[payload]
pub struct PlanBlock {
    /// The task.
    pub task: String,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
}

/// Something that can be learnt.
#[payload]
pub struct LearningItemRequest {
    /// Its name; each name once.
    pub name: String,
    /// The skill it is for.
    pub skill: String,
    /// Hours it takes, ≥ 0.
    pub hours: f64,
    /// Points it brings; default: all that is missing.
    pub points: Option<f64>,
    /// Probability that it is completed once begun, 0..=1; default: 1.
    pub p_complete: Option<f64>,
    /// Names of items that come before.
    pub needs: Vec<String>,
    /// When it should be done.
    pub due: Option<Timestamp>,
}

/// A skill that a team needs.
#[payload]
pub struct TeamNeed {
    /// The skill.
    pub skill: String,
    /// The level, ≥ 0.
    pub level: f64,
}

/// Somebody's level in a skill.
#[payload]
pub struct PersonSkill {
    /// The skill.
    pub skill: String,
    /// The level, 0..=100.
    pub level: f64,
}

/// Somebody who may be in a team.
#[payload]
pub struct TeamCandidate {
    /// Who; each name once.
    pub person: String,
    /// What they can do.
    pub skills: Vec<PersonSkill>,
    /// Load over capacity, ≥ 0.
    pub load: Option<f64>,
    /// Their unit.
    pub unit: Option<String>,
    /// Must be in a team; default: no.
    pub must: Option<bool>,
    /// Others with whom they go well, each with a tie of 0..=1.
    pub ties: Vec<TeamTie>,
}

/// A tie.
#[payload]
pub struct TeamTie {
    /// With whom.
    pub person: String,
    /// How strong, 0..=1.
    pub tie: f64,
}

/// A task that somebody has to take.
#[payload]
pub struct TaskToGive {
    /// Its name; each name once.
    pub task: String,
    /// Hours it will take, ≥ 0.
    pub hours: f64,
    /// What it is worth, > 0; default: 1.
    pub value: Option<f64>,
    /// Skills it takes.
    pub skills: Vec<PersonSkill>,
    /// Who is able to do it; empty for everyone.
    pub able: Vec<String>,
    /// Who does it now.
    pub now: Option<String>,
}

/// Somebody who can take tasks.
#[payload]
pub struct PersonToTake {
    /// Who; each name once.
    pub person: String,
    /// Hours they have, ≥ 0.
    pub hours: f64,
    /// What they can do.
    pub skills: Vec<PersonSkill>,
}

/// A project.
#[payload]
pub struct ProjectRequest {
    /// Its name.
    pub project: String,
    /// What it is worth, ≥ 0.
    pub value: f64,
    /// Hours it needs in each week; weeks that are missing need none.
    pub demand: Vec<WeekHours>,
    /// It must be done; default: no.
    pub must: Option<bool>,
}

/// Hours of a week.
#[payload]
pub struct WeekHours {
    /// Expected, ≥ 0.
    pub hours: f64,
    /// Standard deviation, ≥ 0; default: 0.
    pub sd: Option<f64>,
}
