//! Questionnaires, mood and pooled opinions.

use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::emotion::{
    mood::{Dynamics, Mood, Observation},
    opinion_pool,
    questionnaires::{self as scores, CbiScale},
    space::Affect,
};

const fn mood(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("baselines_anomaly_mood", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    mood("who5", |c| each(c, "who5", scores::who5)),
    mood("who5_low_le_50", |c| {
        Some(rows(c, "who5")?.iter().map(|a| json!(scores::who5(a).map(|s| s <= scores::WHO5_LOW))).collect())
    }),
    mood("phq2", |c| each(c, "phq2", scores::phq2)),
    mood("phq2_positive_ge_3", |c| {
        let positive = |a: &Vec<u8>| json!(scores::phq2(a).map(|s| s >= scores::TWO_ITEM_POSITIVE));
        Some(rows(c, "phq2")?.iter().map(positive).collect())
    }),
    mood("panas_pa", |c| each(c, "panas_pa", scores::panas)),
    mood("cbi_personal", |c| Some(json!(cbi(c)?))),
    mood("cbi_high_ge_50", |c| {
        Some(cbi(c)?.into_iter().map(|s| json!(s.map(|s| s >= scores::CBI_HIGH))).collect())
    }),
    mood("eri_ratio", |c| {
        let ratio = |row: &Value| {
            let side = |key: &str| row.get(key).and_then(plain);
            Some(json!(scores::effort_reward_ratio(&side("effort")?, &side("reward")?)))
        };
        c.get("input")?.get("eri")?.as_array()?.iter().map(ratio).collect()
    }),
    mood("mean_var", kalman),
    mood("pooled", |c| {
        let opinions: Vec<Vec<f64>> =
            c.get("input")?.get("p")?.as_array()?.iter().map(plain).collect::<Option<_>>()?;
        let weighed: Vec<(&[f64], f64)> =
            opinions.iter().map(Vec::as_slice).zip(numbers(c, "weights")?).collect();
        Some(json!(opinion_pool::pool(&numbers(c, "prior")?, &weighed)))
    }),
];

fn rows(case: &Value, key: &str) -> Option<Vec<Vec<u8>>> {
    let row = |row: &Value| row.as_array()?.iter().map(|a| u8::try_from(a.as_u64()?).ok()).collect();
    case.get("input")?.get(key)?.as_array()?.iter().map(row).collect()
}

fn each(case: &Value, key: &str, score: fn(&[u8]) -> Option<f64>) -> Option<Value> {
    Some(rows(case, key)?.iter().map(|answers| json!(score(answers))).collect())
}

fn cbi(case: &Value) -> Option<Vec<Option<f64>>> {
    let score = |row: &Value| {
        let answers: Vec<Option<f64>> = row.as_array()?.iter().map(Value::as_f64).collect();
        Some(scores::cbi(CbiScale::Personal, &answers))
    };
    case.get("input")?.get("cbi_personal")?.as_array()?.iter().map(score).collect()
}

fn kalman(case: &Value) -> Option<Value> {
    let [valence, arousal] = numbers(case, "mu")?[..] else { return None };
    let mut state = Mood::new(Dynamics {
        return_rate: number(case, "theta_per_min")?,
        stationary_variance: number(case, "stationary_var")?,
        usual: Affect { valence, arousal },
    });
    let variances = numbers(case, "obs_var")?;
    let seen = case.get("input")?.get("obs_va")?.as_array()?;
    let step = |((time, source), va): ((f64, f64), &Value)| {
        let [valence, arousal] = plain(va)?[..] else { return None };
        let variance = *variances.get(source as usize)?;
        let affect = Affect { valence, arousal };
        state.observe(
            time,
            Observation {
                affect,
                valence_variance: variance,
                arousal_variance: variance,
                self_report: false,
            },
        );
        let (v, a) = state.at(time);
        Some(json!([v.mean, a.mean, v.variance, a.variance]))
    };
    numbers(case, "t_min")?.into_iter().zip(numbers(case, "source")?).zip(seen).map(step).collect()
}
