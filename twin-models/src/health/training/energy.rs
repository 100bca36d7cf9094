//! Energy spent, minute by minute, each minute by one method only.

use crate::health::answer::Answer;
use twin_core::estimate::{Contribution, Estimate, EstimateStatus};

/// Id of the model.
pub const ID: &str = "energy_expenditure";
/// Its version.
pub const VERSION: &str = "1";
/// Shares of the highest heart rate for which Keytel's formula holds [keytel2005].
pub const KEYTEL_SHARE: (f64, f64) = (0.57, 0.90);
/// Ages it was made with [keytel2005].
pub const KEYTEL_AGES: (f64, f64) = (18.0, 45.0);
/// Relative error of a person's sum by heart rate, by METs, and at rest. OWN, the last after [mifflin1990].
pub const ERRORS: [f64; 3] = [0.2, 0.25, 0.1];
/// Share of minutes that must be known. OWN.
pub const MIN_COVERAGE: f64 = 0.5;
const KJ_PER_KCAL: f64 = 4.184;

/// Whose coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodySex {
    /// Men.
    Male,
    /// Women.
    Female,
    /// The mean of the two, for people who are neither or do not say.
    Mean,
}

impl BodySex {
    fn of(self, male: f64, female: f64) -> f64 {
        match self {
            Self::Male => male,
            Self::Female => female,
            Self::Mean => f64::midpoint(male, female),
        }
    }
}

/// Energy by heart rate, kcal/min, not below 0 [keytel2005]. Holds for 57–90 % of the highest heart rate and
/// ages 18–45.
///
/// ```
/// # use twin_models::health::training::energy::{BodySex, keytel};
/// assert!((keytel(98.0, 84.0, 54.0, BodySex::Male) - 8.203226577).abs() < 1e-8);
/// ```
#[must_use]
pub fn keytel(bpm: f64, weight_kg: f64, age_years: f64, sex: BodySex) -> f64 {
    let male = -55.0969 + 0.6309 * bpm + 0.1988 * weight_kg + 0.2017 * age_years;
    let female = -20.4022 + 0.4472 * bpm - 0.1263 * weight_kg + 0.074 * age_years;
    (sex.of(male, female) / KJ_PER_KCAL).max(0.0)
}

/// Energy of an activity of so many METs, kcal/min: `MET · 3.5 · kg / 200`.
///
/// ```
/// assert_eq!(twin_models::health::training::energy::met_kcal_min(8.0, 70.0) * 30.0, 294.0);
/// ```
#[must_use]
pub fn met_kcal_min(met: f64, weight_kg: f64) -> f64 {
    met * 3.5 * weight_kg / 200.0
}

/// Energy of a day at rest, kcal: `10 W + 6.25 H − 5 A + (5 | −161)` [mifflin1990].
///
/// ```
/// # use twin_models::health::training::energy::{BodySex, mifflin_kcal_day};
/// assert_eq!(mifflin_kcal_day(70.0, 175.0, 30.0, BodySex::Male), 1648.75);
/// ```
#[must_use]
pub fn mifflin_kcal_day(weight_kg: f64, height_cm: f64, age_years: f64, sex: BodySex) -> f64 {
    10.0 * weight_kg + 6.25 * height_cm - 5.0 * age_years + sex.of(5.0, -161.0)
}

/// The body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BodyProfile {
    /// Weight, kg.
    pub weight_kg: f64,
    /// Height, cm.
    pub height_cm: f64,
    /// Age, years.
    pub age_years: f64,
    /// Whose coefficients.
    pub sex: BodySex,
    /// Highest heart rate, /min; without it heart rate is not used.
    pub hr_max: Option<f64>,
}

/// What is known of one minute.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Minute {
    /// Mean heart rate, /min.
    pub bpm: Option<f64>,
    /// METs of a known activity.
    pub met: Option<f64>,
}

/// Energy spent in the minutes given, kcal, rest included.
///
/// A minute counts by heart rate where that lies in 57–90 % of the highest; else by its METs; else, with a
/// heart rate below, as rest; never by two at once. Above 90 % without METs it counts as at 90 %, too low, and
/// the answer is provisional, as it is outside ages 18–45 and where the sex is not known. A minute of which
/// nothing is known counts as rest and lowers the coverage; below half the answer is absent.
#[must_use]
pub fn energy(minutes: &[Minute], body: &BodyProfile) -> Estimate {
    let answer = Answer::quantity(ID, VERSION, "kcal");
    let BodyProfile { weight_kg, height_cm, age_years, sex, .. } = *body;
    let possible = (25.0..=300.0).contains(&weight_kg)
        && (100.0..=250.0).contains(&height_cm)
        && (10.0..=110.0).contains(&age_years);
    let hr_max = body.hr_max.filter(|m| (100.0..=230.0).contains(m));
    if !possible || hr_max.is_some() != body.hr_max.is_some() {
        return answer.absent(
            EstimateStatus::OutOfRangeInput,
            "weight, height, age or highest heart rate is not possible",
        );
    }
    let rest = mifflin_kcal_day(weight_kg, height_cm, age_years, sex).max(0.0) / 1440.0;
    let mut sums = [0.0_f64; 3];
    let (mut known, mut above) = (0_usize, 0_usize);
    for minute in minutes {
        let bpm = minute.bpm.filter(|b| (20.0..=240.0).contains(b));
        let met = minute.met.filter(|m| (0.5..=25.0).contains(m));
        let share = bpm.zip(hr_max).map(|(bpm, max)| bpm / max);
        known += usize::from(bpm.is_some() || met.is_some());
        let by_heart = |bpm: f64| keytel(bpm, weight_kg, age_years, sex);
        let (method, kcal) = match (share, met, bpm, hr_max) {
            (Some(x), _, Some(bpm), _) if (KEYTEL_SHARE.0..=KEYTEL_SHARE.1).contains(&x) => {
                (0, by_heart(bpm))
            }
            (_, Some(met), ..) => (1, met_kcal_min(met, weight_kg)),
            (Some(x), None, _, Some(max)) if x > KEYTEL_SHARE.1 => {
                above += 1;
                (0, by_heart(KEYTEL_SHARE.1 * max))
            }
            _ => (2, rest),
        };
        if let Some(sum) = sums.get_mut(method) {
            *sum += kcal;
        }
    }
    let coverage = known as f64 / minutes.len().max(1) as f64;
    if coverage < MIN_COVERAGE {
        return answer.too_little(format!("{known} of {} minutes known, half are needed", minutes.len()));
    }
    let total: f64 = sums.iter().sum();
    // The error of a method is the same in all minutes of a person, so errors add within it.
    let error = sums.iter().zip(ERRORS).map(|(kcal, error)| (kcal * error).powi(2)).sum::<f64>().sqrt();
    let mut estimate = answer.given(total, error, total / 2.0);
    estimate.coverage = coverage;
    estimate.confidence *= coverage;
    estimate.n_effective = known as f64;
    for (feature, amount) in ["by heart rate", "by activity", "at rest"].into_iter().zip(sums) {
        estimate.contributions.push(Contribution {
            feature: feature.into(),
            amount,
            baseline: Some(0.0),
            now: Some(amount),
            unit: "kcal".into(),
        });
    }
    let by_heart = sums.first().is_some_and(|kcal| *kcal > 0.0);
    let mut doubts = Vec::new();
    if by_heart && !(KEYTEL_AGES.0..=KEYTEL_AGES.1).contains(&age_years) {
        doubts.push("the formula by heart rate was made with people of 18 to 45 years".to_owned());
    }
    if above > 0 {
        doubts.push(format!("{above} minutes above 90 % of the highest heart rate count as at 90 %"));
    }
    if sex == BodySex::Mean {
        doubts.push("the mean of the formulas for men and women".to_owned());
    }
    if !doubts.is_empty() && estimate.value.is_some() {
        estimate.status = EstimateStatus::Provisional;
    }
    if known < minutes.len() {
        doubts.push(format!("{} minutes not known count as rest", minutes.len() - known));
    }
    estimate.gaps = doubts;
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: BodyProfile = BodyProfile {
        weight_kg: 70.0,
        height_cm: 175.0,
        age_years: 30.0,
        sex: BodySex::Male,
        hr_max: Some(190.0),
    };

    fn sums(e: &Estimate) -> Vec<f64> {
        e.contributions.iter().map(|c| c.amount).collect()
    }

    #[test]
    fn one_method_a_minute() {
        let both = energy(&[Minute { bpm: Some(150.0), met: Some(8.0) }; 10], &BODY);
        assert!((both.value.unwrap() - 10.0 * keytel(150.0, 70.0, 30.0, BodySex::Male)).abs() < 1e-9);
        let slow = energy(&[Minute { bpm: Some(90.0), met: Some(8.0) }; 10], &BODY);
        assert!((sums(&slow)[1] - 98.0).abs() < 1e-9 && sums(&slow)[0] + sums(&slow)[2] == 0.0);
        let still = energy(&[Minute { bpm: Some(60.0), met: None }; 1440], &BODY);
        assert!((still.value.unwrap() - 1648.75).abs() < 1e-6);
        let limit = energy(&[Minute { bpm: Some(185.0), met: None }], &BODY);
        assert!((limit.value.unwrap() - keytel(171.0, 70.0, 30.0, BodySex::Male)).abs() < 1e-9);
        assert_eq!(limit.status, EstimateStatus::Provisional);
    }

    #[test]
    fn doubts_are_named() {
        let minute = [Minute { bpm: Some(140.0), met: None }];
        assert_eq!(energy(&minute, &BODY).status, EstimateStatus::Ok);
        assert_eq!(
            energy(&minute, &BodyProfile { age_years: 60.0, ..BODY }).status,
            EstimateStatus::Provisional
        );
        assert_eq!(energy(&minute, &BodyProfile { sex: BodySex::Mean, ..BODY }).gaps.len(), 1);
        for wrong in [
            BodyProfile { age_years: 0.0, ..BODY },
            BodyProfile { weight_kg: 900.0, ..BODY },
            BodyProfile { height_cm: f64::NAN, ..BODY },
            BodyProfile { hr_max: Some(0.0), ..BODY },
        ] {
            assert_eq!(energy(&minute, &wrong).status, EstimateStatus::OutOfRangeInput);
        }
        assert_eq!(energy(&[], &BODY).value, None);
        assert_eq!(energy(&[minute[0], Minute::default(), Minute::default()], &BODY).value, None);
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(minutes in prop::collection::vec((prop::option::of(prop::num::f64::ANY), prop::option::of(prop::num::f64::ANY)), 0..20)) {
            let minutes: Vec<Minute> = minutes.into_iter().map(|(bpm, met)| Minute { bpm, met }).collect();
            let spent = energy(&minutes, &BODY);
            prop_assert!(spent.value.is_none_or(|kcal| kcal.is_finite() && kcal >= 0.0));
            let parts: f64 = spent.contributions.iter().map(|c| c.amount).sum();
            prop_assert!((parts - spent.value.unwrap_or(0.0)).abs() < 1e-6);
        }
    }
}
