//! Who works there, and on what.

/// The person's own unit.
pub(super) const WEB: &[&str] = &["ana", "ben", "cem", "dia", "eli", "fay", "gus", "hana"];

/// Colleagues by unit; those next to the person first.
pub(super) const UNITS: [(&str, &[&str]); 3] = [
    ("web", WEB),
    ("data", &["ivo", "jun", "kim", "lea", "max", "nia", "ola", "pia"]),
    ("ops", &["qi", "rex", "sam", "tom", "uma", "vic", "wen", "yan"]),
];

/// The person's closest colleagues.
pub(super) const CLOSE: [&str; 4] = ["ana", "ben", "cem", "ivo"];

/// Who comes to the smaller meetings.
pub(super) const ANA: &[&str] = &["ana"];
pub(super) const DATA: &[&str] = &["ivo"];

/// Projects.
const PROJECTS: [&str; 3] = ["site", "search", "billing"];

/// The project of a number.
pub(super) fn project(number: usize) -> &'static str {
    PROJECTS.get(number % PROJECTS.len()).copied().unwrap_or("site")
}

/// Kinds of tasks: the usual hours, how much longer the person takes than said, skill, complexity.
pub(super) const KINDS: [(&str, f64, f64, &str, f64); 4] = [
    ("feature", 6.0, 1.35, "rust", 0.7),
    ("bug", 2.0, 1.6, "rust", 0.5),
    ("review", 1.0, 1.0, "writing", 0.3),
    ("report", 3.0, 0.9, "writing", 0.4),
];
