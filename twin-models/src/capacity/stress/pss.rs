//! Scores of the Perceived Stress Scale. Scoring only: the texts belong to others and come from the host.

/// PSS-10, 0..=40, from ten answers 0..=4 in the order of the scale; items 4, 5, 7 and 8 are reversed [cohen1983].
///
/// ```
/// # use twin_models::capacity::stress::pss::pss10;
/// assert_eq!(pss10(&[4, 4, 4, 0, 0, 4, 0, 0, 4, 4]), Some(40.0));
/// assert_eq!(pss10(&[0; 10]), Some(16.0));
/// ```
#[must_use]
pub fn pss10(answers: &[u8]) -> Option<f64> {
    score(answers, 10, &[3, 4, 6, 7])
}

/// PSS-4, 0..=16, from four answers 0..=4; items 2 and 3 are reversed [cohen1983].
///
/// ```
/// # use twin_models::capacity::stress::pss::pss4;
/// assert_eq!(pss4(&[4, 0, 0, 4]), Some(16.0));
/// assert_eq!(pss4(&[4, 0, 0, 5]), None);
/// ```
#[must_use]
pub fn pss4(answers: &[u8]) -> Option<f64> {
    score(answers, 4, &[1, 2])
}

fn score(answers: &[u8], items: usize, reversed: &[usize]) -> Option<f64> {
    let turned = |(i, a): (usize, &u8)| f64::from(if reversed.contains(&i) { 4 - a } else { *a });
    let sound = answers.len() == items && answers.iter().all(|a| *a <= 4);
    sound.then(|| answers.iter().enumerate().map(turned).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_answers_give_nothing_and_wrong_ones_no_score() {
        assert_eq!(pss10(&[0, 0, 0, 4, 4, 0, 4, 4, 0, 0]), Some(0.0));
        assert_eq!(pss4(&[0, 4, 4, 0]), Some(0.0));
        assert_eq!((pss10(&[0; 9]), pss10(&[5; 10]), pss4(&[])), (None, None, None));
    }
}
