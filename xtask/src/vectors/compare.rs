//! Compares an output with its vector.

use super::formulas::{Formula, Rule};
use serde_json::{Value, json};

/// By the rule of the formula; what is not told by its room is told by the vector, as in [`check`].
pub(super) fn by(formula: &Formula, got: &Value, rule: &Value, rle: bool) -> Result<(), String> {
    let want = rule.get("value").unwrap_or(rule);
    let (x, v) = (got.as_f64().unwrap_or(f64::NAN), want.as_f64().unwrap_or(f64::NAN));
    // values come with about 12 digits
    let rounding = 1e-9 * v.abs();
    match formula.rule {
        Rule::Same | Rule::File(..) => check(got, rule, rle, formula.skip),
        Rule::Within(atol) => check(got, &json!({ "value": want, "atol": atol }), rle, formula.skip),
        Rule::AtLeast(share, less) if x >= share * v - less - rounding => Ok(()),
        Rule::AtLeast(share, less) => Err(format!("{x} is below {share} times {v} less {less}")),
        Rule::AtMost(share) if x <= share * v + rounding => Ok(()),
        Rule::AtMost(share) => Err(format!("{x} is above {v} times {share}")),
        Rule::Information => Ok(()),
    }
}

/// `|x − v| ≤ atol + rtol·|v|` element by element; `null` must be absent. With `rle` the vector is expanded
/// first; `skip` leaves out so many elements at the start and the end. With `max_ratio` `x ≤ v·max_ratio`; with
/// `at_least` `x ≥ v − at_least`.
pub(super) fn check(got: &Value, rule: &Value, rle: bool, skip: (usize, usize)) -> Result<(), String> {
    let want = rule.get("value").unwrap_or(rule);
    let number = |key: &str| rule.get(key).and_then(Value::as_f64);
    if let Some(ratio) = number("max_ratio") {
        let (x, v) = (got.as_f64().unwrap_or(f64::NAN), want.as_f64().unwrap_or(f64::NAN));
        return if x <= v * ratio { Ok(()) } else { Err(format!("{x} is above {v} times {ratio}")) };
    }
    if let Some(slack) = number("at_least") {
        let (x, v) = (got.as_f64().unwrap_or(f64::NAN), want.as_f64().unwrap_or(f64::NAN));
        return if x >= v - slack { Ok(()) } else { Err(format!("{x} is below {v} by more than {slack}")) };
    }
    let tolerance = (number("rtol").unwrap_or(0.0), number("atol").unwrap_or(0.0));
    let expanded = if rle { expand(want) } else { None };
    let (mut got, mut want) = (got.clone(), expanded.unwrap_or_else(|| want.clone()));
    if skip != (0, 0) {
        trim(&mut got, skip);
        trim(&mut want, skip);
    }
    same(&got, &want, tolerance, "")
}

fn same(got: &Value, want: &Value, (rtol, atol): (f64, f64), at: &str) -> Result<(), String> {
    let differs = || {
        Err(format!(
            "{at}{}got {}, expected {}",
            if at.is_empty() { "" } else { " " },
            short(got),
            short(want)
        ))
    };
    match (got, want) {
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                return Err(format!("{at} {} elements, expected {}", a.len(), b.len()));
            }
            a.iter()
                .zip(b)
                .enumerate()
                .try_for_each(|(i, (a, b))| same(a, b, (rtol, atol), &format!("{at}[{i}]")))
        }
        (Value::Object(a), Value::Object(b)) => b.iter().try_for_each(|(key, want)| {
            same(a.get(key).unwrap_or(&Value::Null), want, (rtol, atol), &format!("{at}.{key}"))
        }),
        (Value::Number(a), Value::Number(b)) => {
            let (x, v) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            if (x - v).abs() <= atol + rtol * v.abs() { Ok(()) } else { differs() }
        }
        _ if got == want => Ok(()),
        _ => differs(),
    }
}

/// `[[value, count], …]` as a plain array.
pub(super) fn expand(runs: &Value) -> Option<Value> {
    let mut out = Vec::new();
    for run in runs.as_array()? {
        let [value, count] = run.as_array()?.as_slice() else { return None };
        out.extend(std::iter::repeat_n(value.clone(), usize::try_from(count.as_u64()?).ok()?));
    }
    Some(Value::Array(out))
}

fn trim(value: &mut Value, (head, tail): (usize, usize)) {
    if let Value::Array(items) = value {
        items.truncate(items.len().saturating_sub(tail));
        items.drain(..head.min(items.len()));
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 { text.chars().take(57).collect::<String>() + "…" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tolerance_is_absolute_plus_relative() {
        let rule = json!({ "value": [10.0, null], "rtol": 0.01, "atol": 0.1 });
        assert!(check(&json!([10.2, null]), &rule, false, (0, 0)).is_ok());
        assert!(check(&json!([10.21, null]), &rule, false, (0, 0)).is_err());
        assert!(check(&json!([10.0, 0.0]), &rule, false, (0, 0)).is_err());
        assert!(check(&json!([10.0]), &rule, false, (0, 0)).is_err());
        assert!(check(&Value::Null, &rule, false, (0, 0)).is_err());
    }

    #[test]
    fn run_lengths_are_expanded_and_ends_left_out() {
        let rule = json!({ "value": [[0, 2], [1, 3]], "rtol": 0, "atol": 0 });
        assert!(check(&json!([0, 0, 1, 1, 1]), &rule, true, (0, 0)).is_ok());
        assert!(check(&json!([null, 0, 1, 1, null]), &rule, true, (1, 1)).is_ok());
        assert!(check(&json!([0, 1, 1, 1, 1]), &rule, true, (0, 0)).is_err());
    }

    #[test]
    fn a_ratio_bounds_from_above() {
        let rule = json!({ "value": 100.0, "max_ratio": 1.05 });
        assert!(check(&json!(104.0), &rule, false, (0, 0)).is_ok());
        assert!(check(&json!(106.0), &rule, false, (0, 0)).is_err());
        assert!(check(&Value::Null, &rule, false, (0, 0)).is_err());
    }
}
