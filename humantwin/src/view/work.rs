//! What is known of a day's work.

use twin_macros::payload;

/// Work, learning and working together on a day, beside meetings and tasks. Counts of the person's own part.
#[payload(full)]
#[derive(Default)]
pub struct WorkView {
    /// Tasks planned.
    pub planned: u32,
    /// Finished tasks that came back.
    pub reopened: u32,
    /// Machine checks of what was made.
    pub checks: u32,
    /// Of these, failed.
    pub checks_failed: u32,
    /// Skills assessed.
    pub assessments: u32,
    /// Skills said to have grown.
    pub improvements: u32,
    /// Hours of learning.
    pub learning_h: Option<f64>,
    /// Hours planned for the coming week, as last told.
    pub planned_week_h: Option<f64>,
    /// Hours tracked.
    pub tracked_h: Option<f64>,
    /// Changes from one project to another, in what was tracked.
    pub switches: Option<u32>,
    /// Interruptions, in what was tracked.
    pub interruptions: Option<u32>,
    /// Messages sent.
    pub messages_sent: u32,
    /// Messages received.
    pub messages_received: u32,
    /// Feedback given.
    pub feedback_given: u32,
    /// Feedback received.
    pub feedback_received: u32,
    /// Hours of mentoring, given or received.
    pub mentoring_h: Option<f64>,
    /// Hand-offs, given or taken.
    pub hand_offs: u32,
    /// Reviews given.
    pub reviews_given: u32,
    /// Reviews received.
    pub reviews_received: u32,
}
