//! Scores of short questionnaires. Scoring only: the texts belong to others and come from the host.
//!
//! A screen is a reason to offer help, never a diagnosis. An answer outside its scale gives no score.

/// WHO-5 well-being index, 0..=100, from five answers 0..=5 [topp2015].
///
/// ```
/// # use twin_models::emotion::questionnaires::who5;
/// assert_eq!(who5(&[3, 4, 2, 3, 4]), Some(64.0));
/// assert_eq!(who5(&[3, 4, 2, 3, 6]), None);
/// ```
#[must_use]
pub fn who5(answers: &[u8]) -> Option<f64> {
    sum(answers, 5, 0..=5).map(|sum| 4.0 * sum)
}

/// At or below this WHO-5 score well-being is low.
pub const WHO5_LOW: f64 = 50.0;
/// At or below this WHO-5 score a screen for depression is advised.
pub const WHO5_SCREEN: f64 = 28.0;

/// PHQ-2, 0..=6, from two answers 0..=3 [kroenke2003].
#[must_use]
pub fn phq2(answers: &[u8]) -> Option<f64> {
    sum(answers, 2, 0..=3)
}

/// GAD-2, 0..=6, from two answers 0..=3 [kroenke2007].
#[must_use]
pub fn gad2(answers: &[u8]) -> Option<f64> {
    sum(answers, 2, 0..=3)
}

/// PHQ-2 and GAD-2: a positive screen from here.
pub const TWO_ITEM_POSITIVE: f64 = 3.0;

/// Positive or negative affect of PANAS, 10..=50, from ten answers 1..=5 [watson1988].
#[must_use]
pub fn panas(answers: &[u8]) -> Option<f64> {
    sum(answers, 10, 1..=5)
}

fn sum(answers: &[u8], n: usize, range: std::ops::RangeInclusive<u8>) -> Option<f64> {
    let valid = answers.len() == n && answers.iter().all(|a| range.contains(a));
    valid.then(|| answers.iter().map(|a| f64::from(*a)).sum())
}

/// The scales of the Copenhagen Burnout Inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CbiScale {
    /// Six items.
    Personal,
    /// Seven items, the seventh of them reversed.
    Work,
    /// Six items.
    Client,
}

/// From this CBI score on one speaks of symptoms of burnout.
pub const CBI_HIGH: f64 = 50.0;

/// Copenhagen Burnout Inventory, 0..=100: the mean of the answers 0, 25, 50, 75, 100 [kristensen2005].
///
/// `answers`: in the order of the scale, `None` where not answered; absent when fewer than half are.
///
/// ```
/// # use twin_models::emotion::questionnaires::{CbiScale, cbi};
/// let answers = [100.0, 75.0, 50.0, 25.0, 0.0, 50.0].map(Some);
/// assert_eq!(cbi(CbiScale::Personal, &answers), Some(50.0));
/// ```
#[must_use]
pub fn cbi(scale: CbiScale, answers: &[Option<f64>]) -> Option<f64> {
    let items = if scale == CbiScale::Work { 7 } else { 6 };
    if answers.len() != items || answers.iter().flatten().any(|a| !(0.0..=100.0).contains(a)) {
        return None;
    }
    let turned = |(i, answer): (usize, &Option<f64>)| {
        answer.map(|a| if scale == CbiScale::Work && i == 6 { 100.0 - a } else { a })
    };
    let given: Vec<f64> = answers.iter().enumerate().filter_map(turned).collect();
    (2 * given.len() >= items).then(|| given.iter().sum::<f64>() / given.len() as f64)
}

/// Effort–reward imbalance: effort over reward, corrected for the numbers of items; above 1 is at risk
/// [siegrist2004].
///
/// ```
/// # use twin_models::emotion::questionnaires::effort_reward_ratio;
/// assert_eq!(effort_reward_ratio(&[3.0, 4.0, 2.0], &[2.0, 2.0, 3.0, 2.0, 2.0, 3.0, 1.0]), Some(1.4));
/// ```
#[must_use]
pub fn effort_reward_ratio(effort: &[f64], reward: &[f64]) -> Option<f64> {
    let (efforts, rewards) = (effort.iter().sum::<f64>(), reward.iter().sum::<f64>());
    let ratio = efforts * reward.len() as f64 / (rewards * effort.len() as f64);
    let positive = effort.iter().chain(reward).all(|x| *x > 0.0);
    (positive && !effort.is_empty() && ratio.is_finite()).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seventh_item_of_work_is_reversed() {
        let mut answers = [Some(0.0); 7];
        assert_eq!(cbi(CbiScale::Work, &answers), Some(100.0 / 7.0));
        answers[6] = Some(100.0);
        assert_eq!(cbi(CbiScale::Work, &answers), Some(0.0));
    }

    #[test]
    fn half_of_the_items_make_a_score() {
        let mut answers = [None; 6];
        answers[0] = Some(100.0);
        answers[1] = Some(50.0);
        assert_eq!(cbi(CbiScale::Personal, &answers), None);
        answers[5] = Some(0.0);
        assert_eq!(cbi(CbiScale::Personal, &answers), Some(50.0));
        assert_eq!(cbi(CbiScale::Work, &answers), None);
        assert_eq!(cbi(CbiScale::Client, &[Some(f64::NAN); 6]), None);
    }

    #[test]
    fn answers_off_the_scale_give_no_score() {
        assert_eq!((phq2(&[3, 4]), gad2(&[3]), panas(&[0; 10])), (None, None, None));
        assert_eq!((phq2(&[3, 3]), gad2(&[0, 2]), panas(&[5; 10])), (Some(6.0), Some(2.0), Some(50.0)));
        assert_eq!((effort_reward_ratio(&[], &[1.0]), effort_reward_ratio(&[1.0], &[0.0])), (None, None));
    }
}
