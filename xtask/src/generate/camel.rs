//! Names as Swift and Kotlin write them.

/// `known_at` and `health.sleep_recorded` as `knownAt`, `healthSleepRecorded`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split(['_', '.', '-']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capital(word))
}

/// `known_at` as `KnownAt`.
pub(super) fn pascal(name: &str) -> String {
    capital(&camel(name))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_languages_do() {
        assert_eq!(camel("known_at"), "knownAt");
        assert_eq!(camel("health.sleep_recorded"), "healthSleepRecorded");
        assert_eq!(pascal("out_of_office"), "OutOfOffice");
        assert_eq!(camel("state"), "state");
    }
}
