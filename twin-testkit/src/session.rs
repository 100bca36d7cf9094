use crate::draws::{Draws, Topic};
use crate::person::Person;
use serde::Serialize;

/// The sport of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running outdoors.
    Run,
    /// Road cycling with a power meter.
    Ride,
    /// Strength training indoors.
    Strength,
}

/// How a session is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Even and easy.
    Easy,
    /// A long block below threshold.
    Tempo,
    /// Repeats above threshold.
    Intervals,
}

/// One training session; its seconds are made on demand by [`Session::seconds`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// Day from the start.
    pub day: u32,
    /// The sport.
    pub sport: Sport,
    /// How it is built.
    pub shape: Shape,
    /// Start, UTC seconds.
    pub start: i64,
    /// Length, seconds.
    pub length_s: u32,
    /// A chest strap and a bike or running computer record it (a FIT file).
    pub strap: bool,
    /// The strap's beat intervals are kept.
    pub beats: bool,
    /// Mean heart rate, 1/min.
    pub mean_hr: f64,
    /// Highest heart rate, 1/min.
    pub top_hr: f64,
    /// Distance, m; 0 for strength.
    pub distance_m: f64,
    /// Energy, kcal.
    pub energy_kcal: f64,
    /// Banister's TRIMP (1991): minutes × ΔHR ratio × 0.64 e^(1.92 x) for men, 0.86 e^(1.67 x) for women.
    pub load: f64,
    /// Session RPE, 0..=10.
    pub exertion: u8,
    seed: u64,
}

/// One second of a session, without the sensors' errors unless named so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Second {
    /// Heart rate, 1/min.
    pub hr: f64,
    /// What the watch on the wrist shows: late, noisy, sometimes locked to the cadence.
    pub watch_hr: f64,
    /// Speed, m/s.
    pub speed: f64,
    /// Power, W; 0 unless cycling.
    pub power: f64,
    /// Steps per minute (running) or turns per minute (cycling).
    pub cadence: f64,
    /// Height above the sea, m.
    pub altitude: f64,
    /// Distance so far, m.
    pub distance: f64,
}

impl Second {
    /// Latitude and longitude in degrees: a loop on the open Atlantic at the equator, far from any home.
    #[must_use]
    pub fn position(&self) -> (f64, f64) {
        let angle = self.distance / 900.0;
        let wobble = 1.0 + 0.25 * libm::sin(3.0 * angle + 0.4);
        let metres = 111_195.0;
        (
            0.31 + 900.0 * wobble * libm::sin(angle) / metres,
            -30.62 + 900.0 * wobble * libm::cos(angle) / metres,
        )
    }
}

impl Session {
    #[expect(clippy::too_many_arguments, reason = "one private constructor of a plain record")]
    pub(crate) fn new(
        person: &Person,
        seed: u64,
        day: u32,
        sport: Sport,
        shape: Shape,
        start: i64,
        length_s: u32,
        strap: bool,
        beats: bool,
    ) -> Self {
        let mut session = Self {
            day,
            sport,
            shape,
            start,
            length_s,
            strap,
            beats,
            seed,
            mean_hr: 0.0,
            top_hr: 0.0,
            distance_m: 0.0,
            energy_kcal: 0.0,
            load: 0.0,
            exertion: 0,
        };
        let (rest, reserve) = (person.resting_hr_bpm, person.max_hr_bpm - person.resting_hr_bpm);
        let (a, b) = if person.female { (0.86, 1.67) } else { (0.64, 1.92) };
        let mut work_j = 0.0;
        let plain = session.clone();
        for s in plain.seconds(person) {
            session.mean_hr += s.hr / f64::from(length_s.max(1));
            session.top_hr = session.top_hr.max(s.hr);
            session.distance_m = s.distance;
            let share = ((s.hr - rest) / reserve).clamp(0.0, 1.0);
            session.load += share * a * libm::exp(b * share) / 60.0;
            work_j += match sport {
                Sport::Run => person.weight_kg * s.speed * 4.35,
                Sport::Ride => s.power / 0.235,
                Sport::Strength => person.weight_kg * 5.0,
            };
        }
        session.energy_kcal = work_j / 4184.0;
        let hardness = (session.mean_hr - rest) / reserve;
        session.exertion =
            (hardness * 8.0 + f64::from(length_s) / 3600.0 + if shape == Shape::Easy { 0.0 } else { 1.0 })
                .round()
                .clamp(1.0, 10.0) as u8;
        session
    }

    /// End, UTC seconds.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.start + i64::from(self.length_s)
    }

    /// Intensity wanted at a second, 1 = threshold.
    fn target(&self, t: u32) -> f64 {
        let (minute, whole) = (f64::from(t) / 60.0, f64::from(self.length_s) / 60.0);
        let warm_up = 10.0_f64.min(whole / 4.0);
        if self.sport == Sport::Strength {
            return if t % 150 < 45 { 0.8 } else { 0.25 };
        }
        if minute < warm_up {
            return 0.55 + 0.15 * minute / warm_up;
        }
        if minute > whole - 6.0 {
            return 0.55;
        }
        match self.shape {
            Shape::Easy => 0.74,
            Shape::Tempo => 0.9,
            Shape::Intervals if (minute - warm_up) % 6.0 < 3.0 => 1.08,
            Shape::Intervals => 0.55,
        }
    }

    /// The session second by second, always the same.
    pub fn seconds(&self, person: &Person) -> impl Iterator<Item = Second> {
        let mut d = Draws::of(self.seed, Topic::Session, self.start as u64);
        let (rest, reserve) = (person.resting_hr_bpm, person.max_hr_bpm - person.resting_hr_bpm);
        let (mut hr, mut felt, mut drift) = (rest + 0.3 * reserve, rest + 0.3 * reserve, 0.0);
        let (mut effort, mut wobble, mut speed, mut distance, mut locked) = (0.55, 0.0, 0.0_f64, 0.0, 0_u32);
        (0..self.length_s).map(move |t| {
            wobble = 0.97 * wobble + d.normal(0.0, 0.012);
            effort += (self.target(t) - effort) / 6.0;
            let now = (effort + wobble).max(0.1);
            drift += 0.04 / 60.0;
            let steady = rest + reserve * (0.12 + 0.74 * now).min(0.97) + drift;
            hr += (steady - hr) / if steady > hr { 32.0 } else { 48.0 } + d.normal(0.0, 0.12);
            let hill = libm::sin(distance / 700.0) * 8.0 + libm::sin(distance / 230.0) * 2.0;
            let slope = libm::cos(distance / 700.0) * 8.0 / 700.0;
            let (mut power, mut cadence) = (0.0, 0.0);
            match self.sport {
                Sport::Run => {
                    speed = person.run_speed_mps * now * (1.0 - 3.0 * slope);
                    cadence = 150.0 + 8.0 * speed + d.normal(0.0, 1.0);
                }
                Sport::Ride => {
                    let coasting = libm::sin(distance / 410.0) < -0.97;
                    power = if coasting { 0.0 } else { (person.ftp_w * now + d.normal(0.0, 14.0)).max(0.0) };
                    cadence = if coasting { 0.0 } else { 78.0 + 12.0 * now + d.normal(0.0, 1.5) };
                    let level = libm::cbrt(person.ftp_w * now / 0.26) * (1.0 - 6.0 * slope);
                    speed += (level - speed) / 12.0;
                }
                Sport::Strength => {}
            }
            distance += speed;
            if locked == 0 && self.sport == Sport::Run && d.chance(1.0 / 1500.0) {
                locked = d.whole(20, 60);
            }
            felt += (hr - felt) / 9.0;
            locked = locked.saturating_sub(1);
            let watch_hr = if locked > 0 { cadence } else { felt + d.normal(0.0, 2.2) };
            Second { hr, watch_hr, speed, power, cadence, altitude: 24.0 + hill, distance }
        })
    }

    /// Beat intervals of the strap in ms, with their end as seconds from the start.
    pub fn beat_intervals(&self, person: &Person) -> impl Iterator<Item = (f64, u16)> {
        let mut d = Draws::of(self.seed, Topic::Rr, self.start as u64);
        let (mut clock, mut due, mut second) = (0.0, 0.0, 0.0);
        self.seconds(person).flat_map(move |s| {
            second += 1.0;
            let mut beats = Vec::new();
            while due < second {
                let breath = libm::sin(clock * 2.0 * core::f64::consts::PI * 0.6) * 4.0;
                let rr = (60_000.0 / s.hr + breath + d.normal(0.0, 3.0)).round().clamp(250.0, 2000.0);
                clock += rr / 1000.0;
                due = clock;
                beats.push((clock, rr as u16));
            }
            beats
        })
    }

    /// What a chest strap shows for a true heart rate: whole beats, `None` in its rare dropouts.
    #[must_use]
    pub fn strap_hr(&self, second: u32, hr: f64) -> Option<u8> {
        let dropout = (second.wrapping_mul(2_654_435_761) ^ self.seed as u32) % 997 < 2;
        (!dropout).then_some(hr.round().clamp(30.0, 240.0) as u8)
    }
}

/// The sessions planned for a day of the week, 0 = Monday, in week `week`: sport, shape, minutes, local hour.
pub(crate) fn planned(d: &mut Draws, week: u32, weekday: u8) -> Option<(Sport, Shape, f64, f64)> {
    let volume = match week % 4 {
        3 => 0.65,
        w => 0.9 + 0.1 * f64::from(w),
    };
    let (sport, shape, minutes, hour, likely) = match weekday {
        1 => (Sport::Run, Shape::Intervals, 48.0, 18.4, 0.85),
        2 => (Sport::Strength, Shape::Easy, 45.0, 18.6, 0.75),
        3 => (Sport::Run, Shape::Easy, 42.0, 6.9, 0.8),
        5 if week.is_multiple_of(2) => (Sport::Ride, Shape::Easy, 115.0, 10.2, 0.9),
        5 => (Sport::Ride, Shape::Tempo, 85.0, 10.4, 0.9),
        6 => (Sport::Run, Shape::Tempo, 55.0, 10.8, 0.7),
        _ => return None,
    };
    let wanted = d.chance(likely);
    let (minutes, hour) = (minutes * volume * d.between(0.9, 1.1), hour + d.normal(0.0, 0.2));
    wanted.then_some((sport, shape, minutes, hour))
}
