use super::xml::{HAND, Kind, PHONE, Source, WATCH, Xml};
use crate::draws::{Draws, Topic};
use crate::night::Stage;
use crate::session::{Session, Sport};
use crate::steps::StepMinute;
use crate::world::World;
use std::collections::BTreeMap;
use std::io::{Result, Write};

pub(super) const HEART: Kind = ("HKQuantityTypeIdentifierHeartRate", "count/min");
const STEPS: Kind = ("HKQuantityTypeIdentifierStepCount", "count");
const DISTANCE: Kind = ("HKQuantityTypeIdentifierDistanceWalkingRunning", "km");
pub(super) const ENERGY: Kind = ("HKQuantityTypeIdentifierActiveEnergyBurned", "kcal");
const SLEEP: Kind = ("HKCategoryTypeIdentifierSleepAnalysis", "");
/// Seconds between two heart rates in a workout.
pub(super) const WORKOUT_STEP: usize = 5;
/// Only the newest outdoor workouts keep their route: a point a second makes large files.
const ROUTES: usize = 3;

impl World {
    /// The `export.xml` of this life, with the offsets lived in. Exported a minute after the last day.
    ///
    /// # Errors
    /// What `out` returns.
    pub fn write_apple_xml(&self, out: impl Write) -> Result<()> {
        self.apple(out, &|secs| self.places.offset_at(secs))
    }

    /// The same with one offset for all times: that of the phone at the moment of export.
    ///
    /// # Errors
    /// What `out` returns.
    pub fn write_apple_xml_at(&self, out: impl Write, offset_s: i32) -> Result<()> {
        self.apple(out, &|_| offset_s)
    }

    fn apple(&self, out: impl Write, offset: &dyn Fn(i64) -> i32) -> Result<()> {
        let mut xml = Xml::new(out, offset);
        xml.open(self.bounds().1 + 60, self.person.birth_year, self.person.female)?;
        self.body_records(&mut xml)?;
        self.heart_records(&mut xml)?;
        self.step_records(&mut xml, &WATCH, |m| self.watch_steps(m))?;
        self.step_records(&mut xml, &PHONE, |m| self.phone_steps(m))?;
        let energy = self.energy();
        for (start, kcal) in energy.iter().filter(|(start, _)| self.worn(**start)) {
            xml.record(ENERGY, &WATCH, (*start, start + 900), format_args!("{kcal:.3}"))?;
        }
        self.fitness_records(&mut xml)?;
        self.variability_records(&mut xml)?;
        self.sleep_records(&mut xml)?;
        let routes: Vec<_> = self.routed();
        for session in self.sessions.iter().filter(|s| self.worn_between(s.start, s.end())) {
            self.workout(&mut xml, session, routes.contains(&session.start))?;
        }
        self.summaries(&mut xml, &energy)?;
        xml.close().map(drop)
    }

    /// Starts of the workouts that keep a route.
    pub(crate) fn routed(&self) -> Vec<i64> {
        let outdoors = |s: &&Session| s.sport != Sport::Strength && self.worn_between(s.start, s.end());
        self.sessions.iter().rev().filter(outdoors).take(ROUTES).map(|s| s.start).collect()
    }

    fn body_records(&self, xml: &mut Xml<'_, impl Write>) -> Result<()> {
        for (day, (body, night)) in self.days.iter().zip(&self.nights).enumerate() {
            let mut d = Draws::of(self.seed, Topic::Weight, day as u64);
            if d.chance(0.4) {
                let t = night.rise + 600;
                xml.record_with(
                    ("HKQuantityTypeIdentifierBodyMass", "kg"),
                    &HAND,
                    (t, t),
                    format_args!("{:.1}", body.weight_kg),
                    "HKWasUserEntered",
                    1,
                )?;
            }
            for (t, mg) in &body.coffees {
                xml.record_with(
                    ("HKQuantityTypeIdentifierDietaryCaffeine", "mg"),
                    &HAND,
                    (*t, *t),
                    mg,
                    "HKWasUserEntered",
                    1,
                )?;
            }
            if body.drinks.0 > 0 {
                let (drinks, t) = body.drinks;
                xml.record_with(
                    ("HKQuantityTypeIdentifierNumberOfAlcoholicBeverages", "count"),
                    &HAND,
                    (t, t),
                    drinks,
                    "HKWasUserEntered",
                    1,
                )?;
            }
            if !self.worn_between(night.bed, night.rise) || night.in_flight {
                continue;
            }
            let span = (night.onset, night.wake);
            xml.record(
                ("HKQuantityTypeIdentifierRestingHeartRate", "count/min"),
                &WATCH,
                (night.onset, night.rise),
                body.resting_hr.round(),
            )?;
            let warm = 35.6 + 0.9 * body.illness + d.normal(0.0, 0.12);
            xml.record(
                ("HKQuantityTypeIdentifierAppleSleepingWristTemperature", "degC"),
                &WATCH,
                span,
                format_args!("{warm:.4}"),
            )?;
            for quarter in 1..4_i64 {
                let t = night.onset + (night.wake - night.onset) * quarter / 4;
                let breath = 14.2 + 1.8 * body.illness + d.normal(0.0, 0.5);
                xml.record(
                    ("HKQuantityTypeIdentifierRespiratoryRate", "count/min"),
                    &WATCH,
                    (t, t + 60),
                    format_args!("{breath:.1}"),
                )?;
                let oxygen = (0.965 - 0.01 * body.illness + d.normal(0.0, 0.008)).clamp(0.88, 1.0);
                xml.record(
                    ("HKQuantityTypeIdentifierOxygenSaturation", "%"),
                    &WATCH,
                    (t, t + 15),
                    format_args!("{oxygen:.2}"),
                )?;
            }
        }
        Ok(())
    }

    /// Fitness as the watch guesses it after a run outdoors.
    fn fitness_records(&self, xml: &mut Xml<'_, impl Write>) -> Result<()> {
        for s in self.sessions.iter().filter(|s| s.sport == Sport::Run && self.worn_between(s.start, s.end()))
        {
            let mut d = Draws::of(self.seed, Topic::Weight, s.start as u64);
            // Threshold speed at about 85 % of the maximum; 3.5 ml/min/kg at rest, 0.2 ml/kg a metre (ACSM running equation).
            let value = (self.person.run_speed_mps * 60.0 * 0.2 + 3.5) / 0.85 + d.normal(0.0, 0.4);
            let kind = ("HKQuantityTypeIdentifierVO2Max", "mL/min\u{b7}kg");
            xml.record_with(
                kind,
                &WATCH,
                (s.end(), s.end()),
                format_args!("{value:.2}"),
                "HKVO2MaxTestType",
                2,
            )?;
        }
        Ok(())
    }

    fn heart_records(&self, xml: &mut Xml<'_, impl Write>) -> Result<()> {
        let mut sessions = self.sessions.iter().peekable();
        for (t, hr) in self.heart.iter().filter(|(t, _)| self.worn(*t)) {
            while let Some(session) = sessions.next_if(|s| s.start <= *t) {
                self.workout_heart(xml, session)?;
            }
            xml.record_with(HEART, &WATCH, (*t, *t), hr.round(), "HKMetadataKeyHeartRateMotionContext", 1)?;
        }
        sessions.try_for_each(|session| self.workout_heart(xml, session))
    }

    fn workout_heart(&self, xml: &mut Xml<'_, impl Write>, session: &Session) -> Result<()> {
        if !self.worn_between(session.start, session.end()) {
            return Ok(());
        }
        for (t, s) in (session.start..).zip(session.seconds(&self.person)).step_by(WORKOUT_STEP) {
            xml.record(HEART, &WATCH, (t, t), s.watch_hr.round().clamp(35.0, 230.0))?;
        }
        Ok(())
    }

    fn step_records(
        &self,
        xml: &mut Xml<'_, impl Write>,
        source: &Source,
        seen: impl Fn(&StepMinute) -> u16,
    ) -> Result<()> {
        let bouts = self.bouts(seen);
        for (start, end, steps, _) in &bouts {
            xml.record(STEPS, source, (*start, *end), steps)?;
        }
        for (start, end, _, metres) in &bouts {
            xml.record(DISTANCE, source, (*start, *end), format_args!("{:.5}", metres / 1000.0))?;
        }
        Ok(())
    }

    /// Minutes in a row as one record of at most ten: start, end, steps, metres.
    fn bouts(&self, seen: impl Fn(&StepMinute) -> u16) -> Vec<(i64, i64, u32, f64)> {
        let mut out: Vec<(i64, i64, u32, f64)> = Vec::new();
        for minute in &self.steps {
            let steps = seen(minute);
            if steps == 0 {
                continue;
            }
            let stride = self.person.height_cm / 100.0 * if minute.running { 0.62 } else { 0.41 };
            let metres = f64::from(steps) * stride;
            match out.last_mut() {
                Some(last) if last.1 == minute.start && minute.start - last.0 < 600 => {
                    last.1 += 60;
                    last.2 += u32::from(steps);
                    last.3 += metres;
                }
                _ => out.push((minute.start, minute.start + 60, u32::from(steps), metres)),
            }
        }
        out
    }

    /// Active energy per quarter of an hour, kcal.
    fn energy(&self) -> BTreeMap<i64, f64> {
        let mut out: BTreeMap<i64, f64> = BTreeMap::new();
        for m in self.steps.iter().filter(|m| !m.running) {
            *out.entry(m.start.div_euclid(900) * 900).or_default() +=
                f64::from(m.steps) * self.person.weight_kg * 0.00055;
        }
        for s in &self.sessions {
            let per_minute = s.energy_kcal / (f64::from(s.length_s) / 60.0).max(1.0);
            for t in (s.start..s.end()).step_by(60) {
                *out.entry(t.div_euclid(900) * 900).or_default() += per_minute;
            }
        }
        out
    }

    fn variability_records(&self, xml: &mut Xml<'_, impl Write>) -> Result<()> {
        for (night, body) in self.nights.iter().zip(&self.days) {
            let length = night.wake - night.onset;
            let at_night = [1_i64, 4, 7]
                .map(|part| (night.onset + length * part / 8, body.resting_hr + 3.0, body.rmssd_ms));
            let by_day = (night.rise + 5 * 3600, body.resting_hr + 14.0, body.rmssd_ms * 0.7);
            for (index, (t, rate, rmssd)) in at_night.into_iter().chain([by_day]).enumerate() {
                if self.worn(t) && t < self.bounds().1 {
                    let beats = self.resting_beats((t as u64) << 3 | index as u64, rate, rmssd, 58);
                    xml.variability(&WATCH, t, &beats)?;
                }
            }
        }
        Ok(())
    }

    fn sleep_records(&self, xml: &mut Xml<'_, impl Write>) -> Result<()> {
        let zone = |secs| self.places.zones.at(twin_core::Timestamp::from_secs(secs)).name().unwrap_or("UTC");
        for night in &self.nights {
            if !night.in_flight {
                xml.record_with(
                    SLEEP,
                    &PHONE,
                    (night.bed, night.rise),
                    "HKCategoryValueSleepAnalysisInBed",
                    "HKTimeZone",
                    zone(night.bed),
                )?;
            }
            if self.worn_between(night.bed, night.rise) {
                for (start, end, stage) in &night.stages {
                    let value = match stage {
                        Stage::Awake => "HKCategoryValueSleepAnalysisAwake",
                        Stage::Light => "HKCategoryValueSleepAnalysisAsleepCore",
                        Stage::Deep => "HKCategoryValueSleepAnalysisAsleepDeep",
                        Stage::Rem => "HKCategoryValueSleepAnalysisAsleepREM",
                    };
                    xml.record(SLEEP, &WATCH, (*start, *end), value)?;
                }
            }
        }
        for (start, end) in self.naps.iter().filter(|n| self.worn_between(n.0, n.1)) {
            xml.record(SLEEP, &WATCH, (*start, *end), "HKCategoryValueSleepAnalysisAsleepUnspecified")?;
        }
        Ok(())
    }
}
