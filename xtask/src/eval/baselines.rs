//! Simple predictors that a forecast of daily answers must beat.

/// Names, in the order of [`predict`].
pub(super) const NAMES: [&str; 7] =
    ["running_mean", "running_median", "median_14", "ewma_3d", "ewma_3d_by_date", "ewma_7d", "last"];

/// What they say after `answers` (day and answer, oldest first, not empty) for `today`.
pub(super) fn predict(answers: &[(i32, f64)], today: i32) -> [f64; NAMES.len()] {
    let values: Vec<f64> = answers.iter().map(|(_, y)| *y).collect();
    let weighted = |weight: &dyn Fn(usize, i32) -> f64| {
        let (mut sum, mut all) = (0.0, 0.0);
        for (back, (day, y)) in answers.iter().rev().enumerate() {
            let w = weight(back, today - day);
            sum += w * y;
            all += w;
        }
        sum / all
    };
    let recent = values.get(values.len().saturating_sub(14)..).unwrap_or_default();
    [
        weighted(&|_, _| 1.0),
        median(&values),
        median(recent),
        weighted(&|back, _| 0.5_f64.powf(back as f64 / 3.0)),
        weighted(&|_, days| 0.5_f64.powf(f64::from(days) / 3.0)),
        weighted(&|back, _| 0.5_f64.powf(back as f64 / 7.0)),
        values.last().copied().unwrap_or(f64::NAN),
    ]
}

fn median(values: &[f64]) -> f64 {
    twin_models::stats::median(&mut values.to_vec()).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        let [mean, median, _, ewma, dated, _, last] = predict(&[(0, 2.0), (3, 4.0), (6, 8.0)], 9);
        assert_eq!((mean, median, last), (14.0 / 3.0, 4.0, 8.0));
        assert!(ewma > mean && (dated - (0.25 * 2.0 + 0.5 * 4.0 + 8.0) / 1.75).abs() < 1e-9);
    }
}
