use super::content::{ENERGY, HEART, WORKOUT_STEP};
use super::xml::{WATCH, Xml};
use crate::session::{Session, Sport};
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};

impl World {
    pub(super) fn workout(
        &self,
        xml: &mut Xml<'_, impl Write>,
        session: &Session,
        route: bool,
    ) -> Result<()> {
        let (kind, distance) = match session.sport {
            Sport::Run => ("Running", Some("HKQuantityTypeIdentifierDistanceWalkingRunning")),
            Sport::Ride => ("Cycling", Some("HKQuantityTypeIdentifierDistanceCycling")),
            Sport::Strength => ("TraditionalStrengthTraining", None),
        };
        let span = (session.start, session.end());
        let minutes = f64::from(session.length_s) / 60.0;
        xml.print(format_args!(" <Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" duration=\"{minutes}\" durationUnit=\"min\""));
        xml.source(&WATCH);
        xml.dates(&WATCH, span.0, span.1);
        let indoors = u8::from(session.sport == Sport::Strength);
        xml.print(format_args!(">\n  <MetadataEntry key=\"HKIndoorWorkout\" value=\"{indoors}\"/>\n"));
        let (mut sum, mut low, mut high, mut n) = (0.0, f64::MAX, 0.0_f64, 0.0);
        for s in session.seconds(&self.person).step_by(WORKOUT_STEP) {
            let seen = s.watch_hr.round().clamp(35.0, 230.0);
            (sum, low, high, n) = (sum + seen, low.min(seen), high.max(seen), n + 1.0);
        }
        xml.statistics(
            HEART.0,
            span,
            format_args!(
                "average=\"{:.4}\" minimum=\"{low}\" maximum=\"{high}\" unit=\"count/min\"",
                sum / n
            ),
        );
        xml.statistics(ENERGY.0, span, format_args!("sum=\"{:.3}\" unit=\"kcal\"", session.energy_kcal));
        if let Some(kind) = distance {
            xml.statistics(
                kind,
                span,
                format_args!("sum=\"{:.5}\" unit=\"km\"", session.distance_m / 1000.0),
            );
        }
        if route {
            xml.text("  <WorkoutRoute");
            xml.source(&WATCH);
            xml.dates(&WATCH, span.0, span.1);
            let name = super::route::name(self, session);
            xml.print(format_args!(
                ">\n   <FileReference path=\"/workout-routes/{name}\"/>\n  </WorkoutRoute>\n"
            ));
        }
        xml.text(" </Workout>\n");
        xml.flush_line()
    }

    pub(super) fn summaries(&self, xml: &mut Xml<'_, impl Write>, energy: &BTreeMap<i64, f64>) -> Result<()> {
        for day in 0..self.options.days {
            let (start, end) = self.places.bounds(day);
            let kcal: f64 = energy
                .range(start..end)
                .filter(|(t, _)| self.worn(**t))
                .map(|(_, kcal)| kcal)
                .fold(0.0, |a, b| a + b);
            let hours: BTreeSet<i64> = self
                .steps_between(start, end)
                .iter()
                .filter(|m| self.worn(m.start))
                .map(|m| m.start / 3600)
                .collect();
            let exercise: u32 = self
                .sessions
                .iter()
                .filter(|s| (start..end).contains(&s.start) && self.worn_between(s.start, s.end()))
                .map(|s| s.length_s / 60)
                .sum();
            xml.print(format_args!(
                " <ActivitySummary dateComponents=\"{}\" activeEnergyBurned=\"{kcal:.3}\" activeEnergyBurnedGoal=\"480\" \
                 activeEnergyBurnedUnit=\"kcal\" appleMoveTime=\"0\" appleMoveTimeGoal=\"0\" appleExerciseTime=\"{exercise}\" \
                 appleExerciseTimeGoal=\"30\" appleStandHours=\"{}\" appleStandHoursGoal=\"12\"/>\n",
                self.places.date(day), hours.len()
            ));
            xml.flush_line()?;
        }
        Ok(())
    }
}
