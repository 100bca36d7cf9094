//! The list of models: what a host can show without running any.

use crate::capacity::{
    breaks, burnout as burnout_weeks, daily, duration, forecast, load, peaks, strain, stress as stress_days,
};
use crate::collaboration::{
    compatibility, conflict_risk, hand_offs, link, meetings, mentoring, network_role, style_match, synergy,
    team_composition, ties,
};
use crate::emotion::trend;
use crate::health::{
    activity, alertness, anomaly, baseline, burnout, circadian, energy_level, hrv, readiness, recovery,
    sleep, stress, training,
};
use crate::plan::{allocation, week, workload};
use crate::simulate;
use crate::skill::{gaps, knowledge, level, mastery, memory, methods, path, tracing, trajectory, transfer};
use crate::work::calendar_load;

/// One model. Its card is `docs/models/<id>.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelInfo {
    /// Stable id; part of every estimate.
    pub id: &'static str,
    /// Version; changes whenever the same input may give another answer.
    pub version: &'static str,
    /// What it estimates, in a few words.
    pub title: &'static str,
    /// Whether it speaks of health, and is therefore no diagnosis.
    pub health: bool,
}

const fn health(id: &'static str, version: &'static str, title: &'static str) -> ModelInfo {
    ModelInfo { id, version, title, health: true }
}

const fn work(id: &'static str, version: &'static str, title: &'static str) -> ModelInfo {
    ModelInfo { id, version, title, health: false }
}

/// All models, by id.
pub const MODELS: &[ModelInfo] = &[
    health(activity::ID, activity::VERSION, "Steps, active and sedentary hours of a day"),
    health(alertness::now::ID, alertness::now::VERSION, "Sleepiness and fatigue now"),
    health(
        recovery::allostatic::ID,
        recovery::allostatic::VERSION,
        "Markers that stay in their worst quarter",
    ),
    health(baseline::person::ID, baseline::person::VERSION, "How unusual a daily value is for the person"),
    work(tracing::ID, tracing::VERSION, "Whether a skill is known, from answers and tasks"),
    work(breaks::ID, breaks::VERSION, "Whether a break would do good now"),
    health(burnout_weeks::ID, burnout_weeks::VERSION, "Where exhaustion is heading in 4, 8 and 12 weeks"),
    health(burnout::ID, burnout::VERSION, "Risk of burnout within four weeks"),
    work(calendar_load::ID, calendar_load::VERSION, "Meetings and focus time of a day"),
    work(forecast::ID, forecast::VERSION, "Focus hours and demand of the coming weeks"),
    health(circadian::cosinor::ID, circadian::cosinor::VERSION, "Daily rhythm of a series"),
    health(circadian::phase::ID, circadian::phase::VERSION, "Phase of the inner clock"),
    work(load::ID, load::VERSION, "Cognitive load of a day"),
    work(compatibility::ID, compatibility::VERSION, "How well two people work together"),
    work(
        conflict_risk::ID,
        conflict_risk::VERSION,
        "Probability of a conflict of two people, and what lowers it",
    ),
    health(training::critical_power::ID, training::critical_power::VERSION, "Critical power and W′"),
    work(daily::ID, daily::VERSION, "Focus hours that a day holds"),
    health(alertness::energy::ID, alertness::energy::VERSION, "Energy over the coming day and its peaks"),
    health(training::energy::ID, training::energy::VERSION, "Energy spent"),
    health(energy_level::ID, energy_level::VERSION, "Momentary energy"),
    work(hand_offs::ID, hand_offs::VERSION, "How well work passes from one person to another"),
    health(anomaly::ID, anomaly::VERSION, "Nights that look like the beginning of an illness"),
    health(training::heart::RECOVERY_ID, training::heart::VERSION, "Fall of heart rate after effort"),
    health(training::heart::MAX_ID, training::heart::VERSION, "Highest heart rate"),
    health(hrv::analysis::ID, hrv::analysis::VERSION, "Spectrum, entropy and all measures of one reading"),
    health(hrv::window::NIGHT_ID, hrv::window::VERSION, "RMSSD of a night"),
    health(hrv::window::SPOT_ID, hrv::window::VERSION, "RMSSD of one reading"),
    health(training::performance::ID, training::performance::VERSION, "Performance from training load"),
    work(knowledge::ID, knowledge::VERSION, "Chance of a right answer, by skill"),
    work(methods::ID, methods::VERSION, "What each way of learning brings for an hour"),
    work(path::ID, path::VERSION, "What to learn in the hours there are"),
    health(baseline::lnrmssd::ID, baseline::lnrmssd::VERSION, "Trend of ln RMSSD and its worthwhile change"),
    health(training::ratios::ID, training::ratios::VERSION, "Acute to chronic load, monotony, strain"),
    work(mastery::ID, mastery::VERSION, "When a skill reaches a target"),
    work(meetings::ID, meetings::VERSION, "How useful a meeting is, and what it costs"),
    work(mentoring::ID, mentoring::VERSION, "Who could teach whom, and who should"),
    health(trend::ID, trend::VERSION, "Level, variability and change of repeated answers"),
    work(network_role::ID, network_role::VERSION, "Where a person stands in the network"),
    work(link::ID, link::VERSION, "First contacts of the coming window"),
    work(peaks::ID, peaks::VERSION, "When the person is at their best"),
    health(readiness::ID, readiness::VERSION, "Self-rated readiness of the morning"),
    health(recovery::index::ID, recovery::index::VERSION, "How recovered a person is"),
    health(recovery::time::ID, recovery::time::VERSION, "Hours until recovered"),
    work(allocation::ID, allocation::VERSION, "Which projects fit the weeks to come"),
    health(baseline::resting_hr::ID, baseline::resting_hr::VERSION, "Resting heart rate of a night"),
    work(gaps::ID, gaps::VERSION, "What a role asks for that is not there"),
    work(level::ID, level::VERSION, "How well a skill is had, and is at hand"),
    work(memory::ID, memory::VERSION, "How well a skill is remembered, and when it is due"),
    work(trajectory::ID, trajectory::VERSION, "Level of a skill over the coming weeks, and velocity"),
    work(transfer::ID, transfer::VERSION, "Head start that known skills give with a new one"),
    health(sleep::actigraphy::ID, sleep::actigraphy::VERSION, "Sleep or wake from movement"),
    health(sleep::debt::ID, sleep::debt::VERSION, "Sleep need and debt"),
    health(sleep::night::ID, sleep::night::VERSION, "Measures of a night"),
    health(sleep::regularity::ID, sleep::regularity::VERSION, "Sleep regularity index"),
    health(sleep::score::ID, sleep::score::VERSION, "How good a night was"),
    health(sleep::timing::ID, sleep::timing::VERSION, "Chronotype and social jetlag"),
    health(strain::ID, strain::VERSION, "Time until strain has fallen"),
    health(stress::LOAD_ID, stress::VERSION, "Stress load of a day"),
    health(stress::NOW_ID, stress::VERSION, "Stress of a moment"),
    health(recovery::stress::ID, recovery::stress::VERSION, "Recovery after stress"),
    health(stress_days::ID, stress_days::VERSION, "Risk of high stress within three days"),
    work(style_match::ID, style_match::VERSION, "How alike two people communicate"),
    work(synergy::ID, synergy::VERSION, "What a team may create"),
    work(duration::ID, duration::VERSION, "Hours a task will take"),
    work(team_composition::ID, team_composition::VERSION, "The best team, or several fair ones"),
    work(ties::ID, ties::VERSION, "How strong a person's ties are now"),
    health(training::fitness_fatigue::ID, training::fitness_fatigue::VERSION, "Fitness, fatigue and form"),
    health(training::fitness::ID, training::fitness::VERSION, "Maximal oxygen uptake"),
    health(
        readiness::WELLNESS_ID,
        readiness::VERSION,
        "Fatigue, mood, stress, soreness, sleep quality of the morning",
    ),
    health(simulate::ID, simulate::VERSION, "What would happen under a changed plan"),
    work(week::ID, week::VERSION, "Plan of work days"),
    work(workload::ID, workload::VERSION, "Work shared out evenly"),
];

/// The model of that id.
///
/// ```
/// assert_eq!(twin_models::registry::model("hrv_night").unwrap().title, "RMSSD of a night");
/// assert_eq!(twin_models::registry::model("horoscope"), None);
/// ```
#[must_use]
pub fn model(id: &str) -> Option<&'static ModelInfo> {
    MODELS.iter().find(|model| model.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_model_has_a_complete_card() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/models");
        assert!(MODELS.is_sorted_by(|a, b| a.id < b.id));
        for model in MODELS {
            let card = std::fs::read_to_string(folder.join(format!("{}.md", model.id)))
                .unwrap_or_else(|_| panic!("no card for {}", model.id));
            for part in [
                "Estimates",
                "Formula",
                "Source",
                "Population",
                "Units",
                "Limits",
                "Failure modes",
                "Measured",
            ] {
                assert!(card.contains(&format!("**{part}**")), "{}: no {part}", model.id);
            }
            assert!(card.contains(&format!("Version {}", model.version)), "{}: version", model.id);
            assert!(!model.health || card.contains("Not a diagnosis"), "{}: diagnosis", model.id);
        }
    }

    #[test]
    fn every_citation_is_in_the_references() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let known = std::fs::read_to_string(root.join("docs/references.bib")).unwrap();
        let mut sources = vec![root.join("twin-models/src"), root.join("docs/models")];
        let mut cited = 0;
        while let Some(path) = sources.pop() {
            if path.is_dir() {
                sources.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split('[').skip(1) {
                let key = part.split(']').next().unwrap_or_default();
                let year = key.trim_start_matches(|c: char| c.is_ascii_lowercase());
                let is_key =
                    year.len() == 4 && year.len() < key.len() && year.bytes().all(|b| b.is_ascii_digit());
                if is_key {
                    cited += 1;
                    assert!(known.contains(&format!("{{{key},")), "{}: {key}", path.display());
                }
            }
        }
        assert!(cited > 20);
    }
}
