//! What plans of teams and the model of teams share: the scale of skills, and skills by name.

/// Points of proficiency (0..=100) in one level of the search for teams. It counts to five, so that a level weighs
/// against ties (20 points a pair) and load (50 points) as it is meant to.
pub(crate) const LEVEL_POINTS: f64 = 20.0;

/// A reason of the search, `ana: best at skill 0, skill 2`, with the skills by name instead of their numbers.
pub(crate) fn named(reason: &str, skills: &[&str]) -> String {
    // Whatever the person is called, only what follows speaks of skills.
    let (person, mut why) = reason.rsplit_once(": ").unwrap_or(("", reason));
    let mut out = if person.is_empty() { String::new() } else { format!("{person}: ") };
    while let Some((before, after)) = why.split_once("skill ") {
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, rest) = after.split_at_checked(end).unwrap_or((after, ""));
        out.push_str(before);
        match number.parse::<usize>().ok().and_then(|n| skills.get(n)) {
            Some(skill) => out.extend(["`", *skill, "`"]),
            None => out.extend(["skill ", number]),
        }
        why = rest;
    }
    out + why
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn skills_have_their_names_and_people_keep_theirs() {
        let skills = ["rust", "skill 0", "sql"];
        assert_eq!(
            named("skill 2: best at skill 0, skill 1, skill 2", &skills),
            "skill 2: best at `rust`, `skill 0`, `sql`"
        );
        assert_eq!(named("ana: best at skill 12", &skills), "ana: best at skill 12");
        assert_eq!(named("ana: has the time", &skills), "ana: has the time");
    }
}
