//! What devices write about the day: monitoring, stress, sleep, scales.

use super::context::Context;
use super::message::Message;
use super::out::Out;
use super::profile::{MesgNum, mesgdef};
use super::record::catalogue_unit;
use std::collections::BTreeMap;
use twin_core::event::{Origin, SleepRecorded, SleepStage, SleepStageSpan};
use twin_core::sort::OrderBy;
use twin_core::{MethodId, Result, Timestamp};

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Series,
    Measurement,
}

struct Row {
    message: MesgNum,
    field: u8,
    metric: &'static str,
    to: To,
    method: Option<&'static str>,
}

const fn row(message: MesgNum, field: u8, metric: &'static str, to: To) -> Row {
    Row { message, field, metric, to, method: None }
}

const fn by(method: &'static str, row: Row) -> Row {
    Row { method: Some(method), ..row }
}

use mesgdef as f;
/// Fields whose values are one metric of the catalogue, in its unit.
const ROWS: &[Row] = &[
    row(MesgNum::STRESS_LEVEL, f::StressLevel::STRESS_LEVEL_VALUE, "stress_level", To::Series),
    row(MesgNum::RESPIRATION_RATE, f::RespirationRate::RESPIRATION_RATE, "respiratory_rate", To::Series),
    row(MesgNum::SPO2_DATA, f::Spo2Data::READING_SPO2, "oxygen_saturation", To::Series),
    by("rmssd_5min", row(MesgNum::HRV_VALUE, f::HrvValue::VALUE, "hrv_rmssd", To::Series)),
    by(
        "rmssd_night",
        row(
            MesgNum::HRV_STATUS_SUMMARY,
            f::HrvStatusSummary::LAST_NIGHT_AVERAGE,
            "hrv_rmssd",
            To::Measurement,
        ),
    ),
    row(MesgNum::MONITORING, f::Monitoring::HEART_RATE, "heart_rate", To::Series),
    row(
        MesgNum::MONITORING_HR_DATA,
        f::MonitoringHrData::CURRENT_DAY_RESTING_HEART_RATE,
        "heart_rate_resting",
        To::Measurement,
    ),
    row(MesgNum::MAX_MET_DATA, f::MaxMetData::VO2_MAX, "vo2_max", To::Measurement),
    row(
        MesgNum::MONITORING_INFO,
        f::MonitoringInfo::RESTING_METABOLIC_RATE,
        "basal_metabolic_rate",
        To::Measurement,
    ),
    row(
        MesgNum::SKIN_TEMP_OVERNIGHT,
        f::SkinTempOvernight::NIGHTLY_VALUE,
        "skin_temperature",
        To::Measurement,
    ),
    row(
        MesgNum::SKIN_TEMP_OVERNIGHT,
        f::SkinTempOvernight::AVERAGE_DEVIATION,
        "skin_temperature_deviation",
        To::Measurement,
    ),
    row(
        MesgNum::SKIN_TEMP_OVERNIGHT,
        f::SkinTempOvernight::AVERAGE_7_DAY_DEVIATION,
        "skin_temperature_trend",
        To::Measurement,
    ),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::WEIGHT, "body_weight", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::PERCENT_FAT, "body_fat_percentage", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::PERCENT_HYDRATION, "body_water_percentage", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::BONE_MASS, "bone_mass", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::MUSCLE_MASS, "muscle_mass", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::BASAL_MET, "basal_metabolic_rate", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::VISCERAL_FAT_RATING, "visceral_fat_rating", To::Measurement),
    row(MesgNum::WEIGHT_SCALE, f::WeightScale::BMI, "body_mass_index", To::Measurement),
    row(
        MesgNum::BLOOD_PRESSURE,
        f::BloodPressure::SYSTOLIC_PRESSURE,
        "blood_pressure_systolic",
        To::Measurement,
    ),
    row(
        MesgNum::BLOOD_PRESSURE,
        f::BloodPressure::DIASTOLIC_PRESSURE,
        "blood_pressure_diastolic",
        To::Measurement,
    ),
    row(
        MesgNum::BLOOD_PRESSURE,
        f::BloodPressure::MEAN_ARTERIAL_PRESSURE,
        "mean_arterial_pressure",
        To::Measurement,
    ),
    row(MesgNum::BLOOD_PRESSURE, f::BloodPressure::HEART_RATE, "heart_rate", To::Measurement),
];

/// A scale that is still weighing.
const CALCULATING: i64 = 0xfffe;

/// Takes the fields that are metrics. `true` when the message holds more, and should be kept too.
pub(super) fn take(m: &Message, at: Timestamp, origin: &Origin, out: &mut Out<'_>) -> Result<bool> {
    let num = MesgNum(m.num);
    let at = match num {
        MesgNum::STRESS_LEVEL => m.time(f::StressLevel::STRESS_LEVEL_TIME).unwrap_or(at),
        MesgNum::MAX_MET_DATA => m.time(f::MaxMetData::UPDATE_TIME).unwrap_or(at),
        _ => at,
    };
    if !ROWS.iter().any(|row| row.message == num) {
        return Ok(true);
    }
    let mut placed = Vec::new();
    if num == MesgNum::STRESS_LEVEL {
        placed.push(f::StressLevel::STRESS_LEVEL_TIME);
    }
    for row in ROWS.iter().filter(|row| row.message == num) {
        let (Some(raw), Some(value)) = (m.value(row.field), m.number(row.field)) else { continue };
        placed.push(row.field);
        if is_missing(num, row.field, raw.int(), value) {
            if row.metric == "heart_rate" {
                out.warn("zero_heart_rate");
            }
            continue;
        }
        let origin = Origin { method: row.method.map(MethodId::lossy), ..origin.clone() };
        let unit = catalogue_unit(row.metric);
        match row.to {
            To::Measurement => out.measurement(&origin, at, row.metric, value, unit)?,
            To::Series => {
                if let Some(key) = out.stream(row.metric, unit, &origin) {
                    out.sample(key, at.micros(), 0, value)?;
                }
            }
        }
    }
    let all_placed = !placed.is_empty() && m.numbers().all(|n| placed.contains(&n));
    Ok(!all_placed || num == MesgNum::MONITORING)
}

/// Values that say that there is none.
fn is_missing(message: MesgNum, field: u8, raw: Option<i64>, value: f64) -> bool {
    match message {
        MesgNum::STRESS_LEVEL | MesgNum::RESPIRATION_RATE => value < 0.0,
        MesgNum::WEIGHT_SCALE => field == f::WeightScale::WEIGHT && raw == Some(CALCULATING),
        MesgNum::MONITORING | MesgNum::BLOOD_PRESSURE | MesgNum::MONITORING_HR_DATA | MesgNum::SPO2_DATA => {
            value == 0.0
        }
        _ => false,
    }
}

const RUNNING: u8 = 1;
const WALKING: u8 = 6;

/// Steps from counters that only grow, one for each activity, and begin anew at local midnight.
///
/// A sample is what the counters grew by since the reading before, so that samples do not overlap. The first reading of a file counts from
/// the start of its monitoring where that is local midnight, or where the file begins with the state of
/// its counters and this one was not among them; else only from that reading on.
#[derive(Debug, Default)]
pub(super) struct Steps {
    last: BTreeMap<u8, i64>,
    states_its_start: bool,
    /// The last reading of any counter.
    read: Option<Timestamp>,
    /// What grew since the reading before it.
    grown: Option<(Timestamp, Timestamp, i64)>,
}

impl Steps {
    pub(super) fn take(
        &mut self,
        m: &Message,
        at: Timestamp,
        origin: &Origin,
        context: &Context,
        out: &mut Out<'_>,
    ) -> Result<()> {
        let packed = m.code(f::Monitoring::CURRENT_ACTIVITY_TYPE_INTENSITY).map(|byte| byte & 0x1f);
        let Some(kind) = m.code(f::Monitoring::ACTIVITY_TYPE).or(packed) else { return Ok(()) };
        let count = m.int(f::Monitoring::CYCLES).or(m.int(f::Monitoring::CYCLES_16));
        let Some(count) = count.filter(|count| *count >= 0 && matches!(kind, RUNNING | WALKING)) else {
            return Ok(());
        };
        let start = context.monitoring_start;
        self.states_its_start |= start == Some(at);
        let from_start =
            start.filter(|start| at > *start && (context.from_midnight || self.states_its_start));
        let before = self.last.insert(kind, count);
        let steps = match before {
            Some(before) if count >= before => count - before,
            Some(_) => count,
            None if from_start.is_some() => count,
            None => {
                if count > 0 {
                    out.warn("steps_without_start");
                }
                0
            }
        };
        if let Some(since) = self.read.filter(|read| *read <= at).or(from_start)
            && steps > 0
        {
            match &mut self.grown {
                Some((_, until, sum)) if *until == at => *sum = sum.saturating_add(steps),
                _ => {
                    self.finish(origin, out)?;
                    self.grown = Some((since, at, steps));
                }
            }
        }
        self.read = Some(at);
        Ok(())
    }

    /// Hands over what was gathered last.
    pub(super) fn finish(&mut self, origin: &Origin, out: &mut Out<'_>) -> Result<()> {
        let Some((since, until, steps)) = self.grown.take() else { return Ok(()) };
        let Some(key) = out.stream("steps", catalogue_unit("steps"), origin) else { return Ok(()) };
        out.sample(key, since.micros(), until.micros() - since.micros(), steps as f64)
    }
}

/// Sleep from its stages.
#[derive(Debug, Default)]
pub(super) struct Sleep {
    levels: Vec<(Timestamp, SleepStage)>,
}

/// Stages further apart than this belong to two sleeps.
const APART_S: i64 = 3 * 3600;
/// How long the last stage lasts, where nothing says it.
const LAST_S: i64 = 60;

impl Sleep {
    pub(super) fn take(&mut self, m: &Message, at: Timestamp) {
        let stage = match m.code(f::SleepLevel::SLEEP_LEVEL) {
            Some(1) => SleepStage::Awake,
            Some(2) => SleepStage::Light,
            Some(3) => SleepStage::Deep,
            Some(4) => SleepStage::Rem,
            _ => SleepStage::Unknown,
        };
        self.levels.push((at, stage));
    }

    /// Hands over the sleeps. A stage lasts until the next; the last as long as the one before it did.
    /// Sleep begins with the first stage asleep and ends with the last.
    pub(super) fn finish(mut self, context: &Context, origin: &Origin, out: &mut Out<'_>) -> Result<()> {
        self.levels.order_by_key(|(at, _)| *at);
        let nights: Vec<_> = self.levels.chunk_by(|a, b| b.0.secs() - a.0.secs() <= APART_S).collect();
        for night in &nights {
            let mut stages: Vec<SleepStageSpan> = Vec::new();
            let mut last_s = LAST_S;
            for (i, (start, stage)) in night.iter().enumerate() {
                let end = night.get(i + 1).map_or_else(|| start.plus_secs(last_s), |next| next.0);
                last_s = end.secs() - start.secs();
                match stages.last_mut() {
                    Some(before) if before.stage == *stage && before.end == *start => before.end = end,
                    _ if end > *start => stages.push(SleepStageSpan { start: *start, end, stage: *stage }),
                    _ => {}
                }
            }
            let asleep = |span: &&SleepStageSpan| {
                matches!(span.stage, SleepStage::Light | SleepStage::Deep | SleepStage::Rem)
            };
            let (Some(first), Some(last)) = (stages.iter().find(asleep), stages.iter().rfind(asleep)) else {
                night.iter().for_each(|_| out.refuse("no_sleep", "sleep_level"));
                continue;
            };
            let (start, end) = (first.start, last.end);
            let score = match context.sleep_scores.as_slice() {
                [only] if nights.len() == 1 => Some(*only),
                _ => None,
            };
            let sleep = SleepRecorded {
                start,
                end,
                in_bed_start: stages.first().map(|s| s.start),
                in_bed_end: stages.last().map(|s| s.end),
                stages,
                asleep_min: None,
                awake_min: None,
                nap: None,
                vendor_score: score,
            };
            out.fact(origin, end, sleep)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twin_core::catalogue::Metric;

    #[test]
    fn rows_name_metrics_of_the_catalogue() {
        for row in ROWS {
            assert!(Metric::find(row.metric).is_some(), "{}", row.metric);
        }
    }
}
