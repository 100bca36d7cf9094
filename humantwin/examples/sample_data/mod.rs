//! An invented person for the sample report: numbers from a small formula, nobody's data.

mod lists;
mod outlook;

use humantwin::report::{
    ActivityDay, CalendarDay, CheckIn, Day, DayLoad, HeartDay, HrvDay, ReportData, Session, SleepNight,
    SourcePiece, Standing,
};
use lists::{cards, coverage, estimates, imports, notes, sources};
use twin_core::{LocalDate, Result, Zone, ZoneId};

/// Numbers that look random and are the same every time (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    /// The next number, -1..1, bell-shaped.
    fn next(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..4 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sum += (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        }
        sum / 2.0 - 1.0
    }
}

const DAYS: i32 = 90;

/// Ninety days of an invented person, with gaps, a clock change, a journey and refusals.
///
/// # Errors
/// None in practice: the texts inside are valid.
pub(crate) fn sample() -> Result<ReportData> {
    let to: LocalDate = "2026-04-04".parse()?;
    let from = to.plus_days(1 - DAYS);
    let paris = Zone::named("Europe/Paris")?;
    let mut data = ReportData::new(
        "Sample twin",
        "2026-04-04T08:30:00Z".parse()?,
        ZoneId::new("Europe/Paris")?,
        from,
        to,
    );
    let mut numbers = Numbers(7);
    for i in 0..DAYS {
        let date = from.plus_days(i);
        let away = (40..46).contains(&i);
        let zone = if away { Zone::named("America/New_York")? } else { paris.clone() };
        let mut day = day(i, date, &zone, &mut numbers, &mut data.sessions);
        if away {
            day.zone = Some(ZoneId::new("America/New_York")?);
        }
        // Nothing was worn for a few days.
        if !(61..64).contains(&i) {
            data.days.push(day);
        }
    }
    data.today = cards(&data, to);
    data.notes = notes(from)?;
    data.coverage = coverage(&data);
    data.sources = sources(from, to);
    data.estimates = estimates(to);
    data.imports = imports();
    outlook::trends(&mut data);
    data.outlook = Some(outlook::outlook(data.generated_at));
    data.what_if = Some(outlook::what_if(to));
    Ok(data)
}

fn day(i: i32, date: LocalDate, zone: &Zone, numbers: &mut Numbers, sessions: &mut Vec<Session>) -> Day {
    let weekend = date.weekday() > 4;
    let wave = (f64::from(i) / 14.0).sin();
    let (start, end) = zone.day_bounds(date);
    let at = |hours: f64| start.plus_secs((hours * 3600.0) as i64);
    let mut day = Day::new(date);
    day.length_h = end.secs_since(start) / 3600.0;
    let asleep_at = -0.6 + if weekend { 0.8 } else { 0.0 } + 0.7 * numbers.next();
    let awake_at = 6.7 + if weekend { 1.3 } else { 0.0 } + 0.5 * numbers.next();
    if i % 23 != 11 {
        let in_bed = (awake_at - asleep_at) * 60.0 + 20.0;
        let waso = 18.0 + 12.0 * numbers.next().abs() * 3.0;
        let asleep = in_bed - 20.0 - waso;
        let deep = asleep * (0.18 + 0.04 * numbers.next());
        let rem = asleep * (0.22 + 0.05 * numbers.next());
        let mut night = SleepNight::new(at(asleep_at), at(awake_at), "watch");
        night.in_bed_start = Some(at(asleep_at - 0.25));
        night.in_bed_end = Some(at(awake_at + 0.1));
        night.asleep_min = Some(asleep);
        night.waso_min = Some(waso);
        night.efficiency = Some(asleep / in_bed);
        night.midpoint_h = Some(f64::midpoint(asleep_at, awake_at));
        if i % 17 != 5 {
            night.deep_min = Some(deep);
            night.rem_min = Some(rem);
            night.light_min = Some(asleep - deep - rem);
            night.awake_min = Some(waso);
        }
        if weekend && i % 3 == 0 {
            night.nap_min = Some(25.0);
        }
        day.sleep = Some(night);
    }
    let train = matches!(i % 7, 1 | 3 | 5);
    let strain = if (70..74).contains(&i) { 7.0 } else { 0.0 };
    let resting = 53.0 - 1.5 * wave + strain + 1.6 * numbers.next();
    let band = (i >= 14).then_some((51.0 - wave, 56.5 - wave));
    day.heart = (i % 23 != 11).then(|| HeartDay {
        resting_bpm: Some(resting),
        mean_bpm: Some(resting + 17.0 + 3.0 * numbers.next()),
        min_bpm: Some(resting - 5.0),
        max_bpm: Some(if train { 162.0 } else { 118.0 } + 10.0 * numbers.next()),
        baseline_bpm: band.map(|(low, high)| f64::midpoint(low, high)),
        band_low_bpm: band.map(|b| b.0),
        band_high_bpm: band.map(|b| b.1),
        standing: band.map(|b| stand(resting, b)),
    });
    let mean = 3.95 + 0.07 * wave - strain * 0.03;
    let band = (i >= 14).then_some((3.84, 4.06));
    day.hrv = (i % 19 != 4 && day.sleep.is_some()).then(|| HrvDay {
        rmssd_ms: Some((mean + 0.22 * numbers.next()).exp()),
        ln_rmssd_7d: (i >= 6).then_some(mean),
        band_low_ln: band.map(|b| b.0),
        band_high_ln: band.map(|b| b.1),
        standing: band.map(|b| stand(mean, b)),
        method: "night, chest strap".into(),
    });
    let hours = (day.length_h.round() as usize).max(1);
    let by_hour: Vec<Option<f64>> = (0..hours)
        .map(|h| {
            let x = h as f64;
            let bump = |mid: f64, wide: f64, high: f64| high * (-((x - mid) / wide).powi(2)).exp();
            let steps = bump(8.2, 0.9, 1500.0)
                + bump(12.6, 1.0, 1100.0)
                + bump(18.0, 1.6, if train { 3600.0 } else { 1300.0 });
            Some(if (7..23).contains(&h) {
                (steps * (1.0 + 0.5 * numbers.next()) + 60.0).max(0.0).round()
            } else {
                0.0
            })
        })
        .collect();
    let steps: f64 = by_hour.iter().flatten().sum();
    day.activity = Some(ActivityDay {
        steps: Some(steps),
        steps_by_hour: by_hour,
        distance_km: Some(steps * 0.00074),
        active_energy_kcal: Some(steps * 0.045),
        active_min: Some(steps / 110.0),
        sedentary_min: Some(640.0 - steps / 60.0),
        pieces: vec![
            SourcePiece { source: "watch".into(), share: 0.9 },
            SourcePiece { source: "phone".into(), share: 0.1 },
        ],
    });
    if train {
        let ride = i % 7 == 3;
        let minutes = 52.0 + 18.0 * numbers.next() + if i % 7 == 5 { 40.0 } else { 0.0 };
        let load = minutes * (1.3 + 0.3 * numbers.next());
        sessions.push(Session {
            start: at(17.5),
            sport: if ride { "cycling".into() } else { "running".into() },
            duration_min: Some(minutes),
            distance_km: Some(minutes * if ride { 0.45 } else { 0.18 }),
            heart_rate_mean_bpm: (i % 9 != 0).then_some(143.0 + 9.0 * numbers.next()),
            load: Some(load),
            load_method: "TRIMP".into(),
            source: "watch".into(),
        });
        day.load = Some(DayLoad { value: load, method: "TRIMP".into() });
    } else {
        day.load = Some(DayLoad { value: 0.0, method: "TRIMP".into() });
    }
    if !weekend {
        let meetings = (3.2 + 1.3 * wave + 2.0 * numbers.next()).max(0.0);
        day.calendar = Some(CalendarDay {
            meeting_h: Some(meetings),
            meetings: Some((meetings * 1.5).ceil() as u32),
            longest_focus_h: Some((5.0 - meetings * 0.7 + 0.8 * numbers.next()).max(0.5)),
            outside_hours: Some((0.08 * numbers.next()).max(0.0)),
        });
    }
    if i % 4 != 2 {
        for (scale, shift, better) in
            [("mood", 0.4, true), ("fatigue", -0.3, false), ("soreness", -0.6, false)]
        {
            let value = (3.0 + shift + wave * 0.5 + 1.2 * numbers.next()).round().clamp(1.0, 5.0);
            day.check_ins.push(CheckIn {
                scale: scale.into(),
                value,
                min: 1.0,
                max: 5.0,
                higher_is_better: Some(better),
            });
        }
    }
    day.weight_kg = (i % 5 == 0).then_some(71.5 - f64::from(i) * 0.01 + 0.4 * numbers.next());
    day
}

fn stand(value: f64, (low, high): (f64, f64)) -> Standing {
    match value {
        v if v < low => Standing::Below,
        v if v > high => Standing::Above,
        _ => Standing::Usual,
    }
}
