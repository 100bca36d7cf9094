use super::encoder::{Encoder, Field, Value};
use crate::session::{Session, Sport};
use crate::world::World;

/// 1989-12-31T00:00:00Z, where FIT time starts.
const EPOCH: i64 = 631_065_600;

/// How a FIT file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FitOptions {
    /// Adds a developer field (`vertical_stiffness`, kN/m) to each record.
    pub developer_field: bool,
    /// Seconds by which the device's clock is wrong.
    pub clock_error_s: i64,
}

struct Sums {
    records: u32,
    hr_sum: u64,
    hr_count: u64,
    hr_max: u8,
    speed_max: f64,
    power_sum: f64,
    power_max: f64,
    cadence_sum: f64,
    distance: f64,
}

impl World {
    /// The FIT activity file of a session as the device with the strap wrote it: `file_id`,
    /// `device_info`, `event`, one `record` a second, `hrv` where the beats are kept, `lap`,
    /// `session`, `activity` with the local time of the zone lived in.
    #[must_use]
    pub fn write_fit(&self, session: &Session, options: FitOptions) -> Vec<u8> {
        let mut fit = Encoder::default();
        let time = |secs: i64| Value::U32((secs + options.clock_error_s - EPOCH) as u32);
        let ride = session.sport == Sport::Ride;
        let product = if ride { 3122 } else { 3113 };
        fit.message(
            0,
            0,
            &[
                (0, Value::Enum(4)),
                (1, Value::U16(255)),
                (2, Value::U16(product)),
                (3, Value::U32z(1_000_000 + self.seed as u32 % 9_000_000)),
                (4, time(session.start)),
            ],
        );
        if options.developer_field {
            fit.message(
                1,
                207,
                &[(1, Value::Bytes((0x10..0x20).collect())), (3, Value::U8(0)), (4, Value::U32(102))],
            );
            fit.message(
                2,
                206,
                &[
                    (0, Value::U8(0)),
                    (1, Value::U8(0)),
                    (2, Value::U8(0x84)),
                    (3, Value::Text("vertical_stiffness")),
                    (8, Value::Text("kN/m")),
                ],
            );
        }
        // The computer itself, then the strap (ANT+ type 120, heart rate) over Bluetooth.
        fit.message(
            3,
            23,
            &[
                (253, time(session.start)),
                (0, Value::U8(0)),
                (2, Value::U16(255)),
                (4, Value::U16(product)),
                (25, Value::Enum(5)),
            ],
        );
        fit.message(
            4,
            23,
            &[
                (253, time(session.start)),
                (0, Value::U8(1)),
                (1, Value::U8(120)),
                (2, Value::U16(123)),
                (25, Value::Enum(3)),
            ],
        );
        fit.message(5, 21, &[(253, time(session.start)), (0, Value::Enum(0)), (1, Value::Enum(0))]);
        let sums = self.records(&mut fit, session, options, &time);
        fit.message(5, 21, &[(253, time(session.end())), (0, Value::Enum(0)), (1, Value::Enum(4))]);
        self.close(&mut fit, session, &sums, &time);
        fit.finish()
    }

    fn records(
        &self,
        fit: &mut Encoder,
        session: &Session,
        options: FitOptions,
        time: &dyn Fn(i64) -> Value,
    ) -> Sums {
        let mut sums = Sums {
            records: 0,
            hr_sum: 0,
            hr_count: 0,
            hr_max: 0,
            speed_max: 0.0,
            power_sum: 0.0,
            power_max: 0.0,
            cadence_sum: 0.0,
            distance: 0.0,
        };
        let ride = session.sport == Sport::Ride;
        let mut beats =
            session.beats.then(|| session.beat_intervals(&self.person)).into_iter().flatten().peekable();
        for (second, s) in (0_u32..).zip(session.seconds(&self.person)) {
            let hr = session.strap_hr(second, s.hr);
            let (lat, lon) = s.position();
            let semicircles = |degrees: f64| Value::S32((degrees * 2_147_483_648.0 / 180.0).round() as i32);
            // Running cadence counts strides of two steps.
            let cadence = if ride { s.cadence } else { s.cadence / 2.0 };
            let mut fields: Vec<Field> = vec![
                (253, time(session.start + i64::from(second))),
                (0, semicircles(lat)),
                (1, semicircles(lon)),
                (5, Value::U32((s.distance * 100.0).round() as u32)),
                (73, Value::U32((s.speed * 1000.0).round() as u32)),
                (78, Value::U32(((s.altitude + 500.0) * 5.0).round() as u32)),
                (3, Value::U8(hr.unwrap_or(0xFF))),
                (4, Value::U8(cadence.round() as u8)),
                (13, Value::S8(17)),
            ];
            if ride {
                fields.push((7, Value::U16(s.power.round() as u16)));
            }
            let developer: &[Field] = &[(0, Value::U16((8.0 + s.speed * 0.4).round() as u16))];
            fit.developer_message(6, 20, &fields, if options.developer_field { developer } else { &[] });
            let mut row = Vec::new();
            while let Some((_, rr)) = beats.next_if(|(end, _)| *end <= f64::from(second) + 1.0) {
                row.push(rr);
            }
            if !row.is_empty() {
                row.resize(5, u16::MAX);
                fit.message(7, 78, &[(0, Value::U16s(row))]);
            }
            sums.records += 1;
            if let Some(hr) = hr {
                sums.hr_sum += u64::from(hr);
                sums.hr_count += 1;
                sums.hr_max = sums.hr_max.max(hr);
            }
            sums.speed_max = sums.speed_max.max(s.speed);
            sums.power_sum += s.power;
            sums.power_max = sums.power_max.max(s.power);
            sums.cadence_sum += cadence;
            sums.distance = s.distance;
        }
        sums
    }

    fn close(&self, fit: &mut Encoder, session: &Session, sums: &Sums, time: &dyn Fn(i64) -> Value) {
        let ride = session.sport == Sport::Ride;
        let ms = session.length_s * 1000;
        let sport = Value::Enum(if ride { 2 } else { 1 });
        let mean = |sum: f64| sum / f64::from(sums.records.max(1));
        let hr_mean = (sums.hr_sum / sums.hr_count.max(1)) as u8;
        let common: Vec<Field> = vec![
            (253, time(session.end())),
            (2, time(session.start)),
            (7, Value::U32(ms)),
            (8, Value::U32(ms)),
            (9, Value::U32((sums.distance * 100.0).round() as u32)),
            (11, Value::U16(session.energy_kcal.round() as u16)),
        ];
        let mut lap = common.clone();
        lap.extend([
            (254, Value::U16(0)),
            (0, Value::Enum(9)),
            (1, Value::Enum(1)),
            (15, Value::U8(hr_mean)),
            (16, Value::U8(sums.hr_max)),
            (25, sport.clone()),
        ]);
        fit.message(8, 19, &lap);
        let mut whole = common;
        whole.extend([
            (254, Value::U16(0)),
            (0, Value::Enum(9)),
            (1, Value::Enum(1)),
            (5, sport),
            (6, Value::Enum(if ride { 7 } else { 0 })),
            (14, Value::U16((mean(sums.distance) * 1000.0).round() as u16)),
            (15, Value::U16((sums.speed_max * 1000.0).round() as u16)),
            (16, Value::U8(hr_mean)),
            (17, Value::U8(sums.hr_max)),
            (18, Value::U8(mean(sums.cadence_sum).round() as u8)),
            (25, Value::U16(0)),
            (26, Value::U16(1)),
        ]);
        if ride {
            whole.extend([
                (20, Value::U16(mean(sums.power_sum).round() as u16)),
                (21, Value::U16(sums.power_max.round() as u16)),
            ]);
        }
        fit.message(9, 18, &whole);
        let local = session.end() + i64::from(self.places.offset_at(session.end()));
        fit.message(
            10,
            34,
            &[
                (253, time(session.end())),
                (0, Value::U32(ms)),
                (1, Value::U16(1)),
                (2, Value::Enum(0)),
                (3, Value::Enum(26)),
                (4, Value::Enum(1)),
                (5, time(local)),
            ],
        );
    }
}
