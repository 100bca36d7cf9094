//! A judged night in plain words.

use super::night::{AnomalyNight, State};
use super::night_signal::NightAlert;
use twin_core::sort::OrderBy;

/// Isolation score from which the second opinion agrees. OWN.
const AGREES: f64 = 0.6;

/// One to three sentences; never a diagnosis.
pub(super) fn words(night: &AnomalyNight, second_opinion: Option<f64>) -> String {
    let mut text = match night.state {
        State::NoData => "Nothing was measured last night.".to_owned(),
        State::Learning => "Still learning what is usual for you.".to_owned(),
        State::Green => "Last night was as usual for you.".to_owned(),
        State::Yellow => format!("Last night was somewhat unusual for you{}.", reasons(night)),
        State::Red => format!("Your nights have been unusual for you{}. Take it easy.", reasons(night)),
        State::Explained => {
            let causes: Vec<&str> = night.explained_by.iter().map(|c| c.words()).collect();
            format!(
                "Last night was unusual for you{}; {} may explain it.",
                reasons(night),
                causes.join(" or ")
            )
        }
    };
    if matches!(night.state, State::Yellow | State::Red) {
        if second_opinion.is_some_and(|s| s >= AGREES) {
            text.push_str(" A second way of looking at it agrees.");
        } else if night.night_signal == NightAlert::Red {
            text.push_str(" Your heart rate was well above its median on two nights.");
        }
    }
    text
}

/// The channels that speak for it, strongest first.
fn reasons(night: &AnomalyNight) -> String {
    let mut found: Vec<_> = night.evidence.iter().filter(|e| e.adds > 0.0).collect();
    found.order_by(|a, b| b.adds.total_cmp(&a.adds));
    let say = |e: &&super::night::Evidence| {
        let way = if e.channel.direction() > 0.0 { "higher" } else { "lower" };
        format!("{way} {}", e.channel.words())
    };
    let parts: Vec<String> = found.iter().take(2).map(say).collect();
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}
