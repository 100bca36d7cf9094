//! What the skills are, and how they are found and learnt.

use super::{Out, digits};
use crate::draws::Draws;
use serde_json::json;

/// Level at the start and points a week, by skill.
const COURSE: [(&str, f64, f64); 3] = [("rust", 52.0, 1.4), ("writing", 66.0, 0.3), ("sql", 41.0, 0.9)];

/// The true level of a skill on a day.
pub(super) fn level(skill: &str, day: u32) -> f64 {
    let known = COURSE.iter().find(|(name, ..)| *name == skill);
    known.map_or(40.0, |(_, start, weekly)| (start + weekly * f64::from(day) / 7.0).min(95.0))
}

/// What skills have to do with each other, what the role asks for, and what is known of colleagues.
pub(super) fn told_at_the_start(out: &mut Out<'_>) {
    let described = [
        ("programming", "The craft of programming", vec!["rust", "go"], vec![], 60.0),
        (
            "rust",
            "The Rust programming language for systems",
            vec!["go", "programming"],
            vec!["programming"],
            60.0,
        ),
        ("go", "The Go programming language for services", vec!["rust"], vec!["programming"], 40.0),
        ("sql", "Query data in a relational database", vec!["data modelling"], vec![], 30.0),
        ("data modelling", "Model data for a relational database", vec!["sql"], vec!["sql"], 30.0),
        ("writing", "Write clear documents", vec![], vec![], 30.0),
    ];
    for (minute, (skill, text, related, requires, hours)) in (0..).zip(described) {
        let data = json!({ "skill": skill, "text": text, "related": related, "requires": requires,
            "roles": if skill == "writing" { vec!["engineer", "analyst"] } else { vec!["engineer"] }, "hours": hours });
        out.tell(0, 360 + minute, "skills", "skill.described", data);
    }
    let needs = [
        ("rust", 75.0, 2.0, true),
        ("sql", 60.0, 1.0, true),
        ("writing", 60.0, 1.0, false),
        ("go", 40.0, 0.5, false),
    ];
    let needs: Vec<_> = needs
        .map(|(skill, level, importance, must)| json!({ "skill": skill, "level": level, "importance": importance, "must": must }))
        .into();
    out.tell(0, 370, "skills", "skill.role_stated", json!({ "role": "engineer", "needs": needs }));
    let known = [
        ("ana", "rust", 86.0),
        ("ana", "sql", 45.0),
        ("ben", "sql", 78.0),
        ("ben", "rust", 40.0),
        ("cem", "writing", 84.0),
        ("cem", "design", 80.0),
        ("ivo", "data modelling", 82.0),
        ("ivo", "sql", 88.0),
    ];
    for (minute, (person, skill, score)) in (0..).zip(known) {
        let data =
            json!({ "skill": skill, "person": person, "score": score, "sd": 4.0, "method": "manager" });
        out.tell(0, 380 + minute, "skills", "skill.assessed", data);
    }
}

/// Tests, answers and learning of a day.
pub(super) fn day(out: &mut Out<'_>, day: u32, draws: &mut Draws) {
    let week = day / 7;
    for (place, (skill, ..)) in (0_u32..).zip(COURSE) {
        let now = level(skill, day);
        // A test every other week, each skill on a day of its own.
        if week.is_multiple_of(2) && out.weekday(day) == 1 + place {
            let score = digits((now + draws.normal(0.0, 4.0)).clamp(0.0, 100.0), 0);
            out.tell(
                day,
                700,
                "skills",
                "skill.assessed",
                json!({ "skill": skill, "score": score, "sd": 5.0, "method": "test" }),
            );
        }
        if out.weekday(day) % 3 == place {
            let right = draws.chance(0.25 + 0.7 * now / 100.0);
            let data = json!({ "skill": skill, "correct": right, "item": format!("q{}", draws.whole(1, 40)), "method": "practice" });
            out.tell(day, 720 + place, "tutor", "skill.assessed", data);
        }
    }
    let learnt = match out.weekday(day) {
        1 => Some(("rust", "practice", 1800.0)),
        2 if week.is_multiple_of(2) => Some(("sql", "course", 5400.0)),
        3 => Some(("writing", "reading", 2700.0)),
        _ => None,
    };
    if let Some((skill, method, seconds)) = learnt {
        let score = digits(draws.between(0.6, 0.95), 2);
        let data = json!({ "title": format!("{skill} {}", week + 1), "skills": [skill], "method": method, "duration_s": seconds, "score": score });
        out.tell(day, 1010, "tutor", "learning.completed", data);
    }
    if out.weekday(day) == 4 && week % 2 == 1 {
        let gain = digits(draws.between(1.0, 3.0), 1);
        out.tell(
            day,
            1015,
            "me",
            "skill.improved",
            json!({ "skill": "go", "gain": gain, "from_skill": "rust", "cause": "practice" }),
        );
    }
}
