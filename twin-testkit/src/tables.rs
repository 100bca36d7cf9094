//! Check-ins as the CSV files of a training diary (pmsys), and beats as text.

use crate::session::Sport;
use crate::stamp::Stamper;
use crate::world::World;
use std::fmt::Write as _;

impl World {
    /// Morning answers as `wellness.csv` of pmsys: UTC times, scales of [`crate::CheckIn`], SNOMED CT codes of sore places.
    #[must_use]
    pub fn write_wellness_csv(&self) -> String {
        let mut out = String::from(
            "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n",
        );
        let mut stamper = Stamper::default();
        for c in &self.check_ins {
            let mut at = Vec::new();
            stamper.zulu(&mut at, c.at_ms);
            // Thigh and lower leg: two codes need quotes.
            let area = match c.soreness {
                0..=2 => "\"[68367000, 30021000]\"",
                3 => "[68367000]",
                _ => "[]",
            };
            let _ = writeln!(
                out,
                "{},{},{},{},{},{},{},{area},{}",
                String::from_utf8_lossy(&at),
                c.fatigue,
                c.mood,
                c.readiness,
                c.sleep_h,
                c.sleep_quality,
                c.soreness,
                c.stress
            );
        }
        out
    }

    /// Session RPE as `srpe.csv` of pmsys, half an hour after each session.
    #[must_use]
    pub fn write_srpe_csv(&self) -> String {
        let mut out = String::from("end_date_time,activity_names,perceived_exertion,duration_min\n");
        let mut stamper = Stamper::default();
        for s in &self.sessions {
            let mut at = Vec::new();
            stamper.zulu(&mut at, s.end() * 1000);
            let name = match s.sport {
                Sport::Run => "running",
                Sport::Ride => "cycling",
                Sport::Strength => "strength",
            };
            let _ = writeln!(
                out,
                "{},\"['individual', '{name}']\",{},{}",
                String::from_utf8_lossy(&at),
                s.exertion,
                s.length_s / 60
            );
        }
        out
    }

    /// A morning measurement of five minutes with a strap, lying: one beat interval in ms per line. Its RMSSD is that of the
    /// night within a millisecond. Empty when there is no such day.
    #[must_use]
    pub fn write_rr(&self, day: u32) -> String {
        let Some(body) = self.days.get(day as usize) else { return String::new() };
        let rate = body.resting_hr + 4.0;
        let beats = self.resting_beats(u64::from(day) | 1 << 40, rate, body.rmssd_ms, (rate * 5.0) as usize);
        beats.iter().fold(String::new(), |mut out, beat| {
            let _ = writeln!(out, "{beat}");
            out
        })
    }
}
