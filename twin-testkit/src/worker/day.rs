//! One working day.

use super::tasks::Open;
use super::{Out, digits, people, skills, tasks};
use crate::draws::Draws;
use serde_json::{Value, json};

/// Work between the meetings, and how it feels.
pub(super) fn lived(out: &mut Out<'_>, day: u32, draws: &mut Draws, open: &mut Open) {
    let slots = [(590, 655), (725, 760), (790, 835), (950, 1015)];
    tasks::day(out, day, draws, open, &slots);
    people::day(out, day, draws);
    skills::day(out, day, draws);
    feelings(out, day, draws);
    if out.weekday(day) == 0 {
        let data = json!({ "planned_h": digits(34.0 + f64::from(day % 5) + draws.normal(0.0, 2.0), 1), "sustainable_h": 36.0, "open_tasks": 6 });
        out.tell(day, 535, "tracker", "capacity.workload_changed", data);
    }
}

/// Energy through the day, stress, and the answers of the evening.
fn feelings(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    // Best before noon, lowest after lunch.
    for (minute, usual) in [(560, 0.6), (660, 0.8), (810, 0.45), (960, 0.6)] {
        if draws.chance(0.6) {
            let energy = digits((usual + draws.normal(0.0, 0.1)).clamp(0.0, 1.0), 2);
            out.tell(day, minute, "me", "capacity.energy_updated", json!({ "energy": energy, "by": "self" }));
        }
    }
    let tense = draws.normal(0.35 + 0.1 * f64::from(u8::from(day % 14 > 9)), 0.15).clamp(0.0, 1.0);
    if tense > 0.45 {
        out.tell(
            day,
            970,
            "me",
            "capacity.stress_detected",
            json!({ "level": digits(tense, 2), "cause": "deadline", "by": "self" }),
        );
    }
    let scale = |name: &str, value: f64, worse: bool| json!({ "scale": name, "value": digits(value.clamp(0.0, 100.0), 0), "min": 0.0, "max": 100.0, "higher_is_better": !worse });
    let mut asked: Vec<Value> = Vec::new();
    // Beside another diary the same question is not asked twice.
    if out.options.alone {
        asked.push(scale("stress", 100.0 * tense, true));
    }
    if out.weekday(day) == 4 {
        asked.push(scale("exhaustion", 35.0 + 30.0 * tense + draws.normal(0.0, 5.0), true));
        asked.push(scale("detachment", draws.between(40.0, 80.0), false));
        asked.push(scale("support", draws.between(50.0, 90.0), false));
        asked.push(scale("control", draws.between(40.0, 80.0), false));
        asked.push(scale("role_clarity", 80.0 - 15.0 * f64::from(day / 7 % 4), false));
    }
    if day.is_multiple_of(4) {
        for part in ["mental", "physical", "temporal", "performance", "effort", "frustration"] {
            asked.push(scale(&format!("tlx_{part}"), 40.0 + 40.0 * tense + draws.normal(0.0, 8.0), true));
        }
    }
    if asked.is_empty() {
        return;
    }
    out.tell(
        day,
        1025,
        "diary",
        "wellbeing.check_in_answered",
        json!({ "instrument": "work_diary", "scales": asked }),
    );
}
