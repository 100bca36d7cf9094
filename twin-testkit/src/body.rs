//! Day by day: sleep, training, substances, and what they do to the resting heart.

use crate::calendar::Calendar;
use crate::draws::{Draws, Topic};
use crate::episodes::Episodes;
use crate::night::Night;
use crate::options::SimOptions;
use crate::person::Person;
use crate::places::Places;
use crate::session::{Session, Sport, planned};
use serde::Serialize;

/// The state of a body on one day, and what was taken in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BodyDay {
    /// Resting heart rate of the night that ended, 1/min.
    pub resting_hr: f64,
    /// RMSSD of that night, ms.
    pub rmssd_ms: f64,
    /// Strain of work and life, about -2..=4; 0 is usual.
    pub stress: f64,
    /// How ill, 0..=1.
    pub illness: f64,
    /// Hours by which the body's clock runs ahead of the wall clock.
    pub jet_lag_h: f64,
    /// Fatigue minus fitness of training (load per day).
    pub strain: f64,
    /// Hours of sleep missing, fading over days.
    pub debt_h: f64,
    /// Drinks of this evening (10 g of alcohol each) and when, UTC seconds.
    pub drinks: (u32, i64),
    /// Coffees: when, UTC seconds, and caffeine in mg.
    pub coffees: Vec<(i64, f64)>,
    /// Body weight on waking, kg.
    pub weight_kg: f64,
}

pub(crate) struct Body {
    pub(crate) nights: Vec<Night>,
    pub(crate) naps: Vec<(i64, i64)>,
    pub(crate) days: Vec<BodyDay>,
    pub(crate) sessions: Vec<Session>,
}

#[derive(Default)]
struct Running {
    resting: f64,
    ln_rmssd: f64,
    stress: f64,
    weight: f64,
    fitness: f64,
    fatigue: f64,
    debt: f64,
    jet_lag: f64,
    drinks: u32,
    late: f64,
}

pub(crate) fn live(
    seed: u64,
    person: &Person,
    options: &SimOptions,
    episodes: &Episodes,
    places: &Places,
    calendar: &Calendar,
) -> Body {
    let mut body = Body { nights: Vec::new(), naps: Vec::new(), days: Vec::new(), sessions: Vec::new() };
    let mut now = Running { fitness: 38.0, fatigue: 38.0, ..Running::default() };
    for day in 0..=options.days {
        let mut d = Draws::of(seed, Topic::Body, u64::from(day));
        let night = sleep(seed, day, person, episodes, places, calendar, &now);
        let slept = night.asleep_min() / 60.0;
        now.debt = (now.debt * 0.867 + person.sleep_need_h - slept).max(-1.5);
        body.nights.push(night.clone());
        if day == options.days {
            break;
        }
        let mut today = feel(&mut d, day, person, episodes, calendar, &mut now, slept);
        train(seed, day, person, options, episodes, places, &night, now.stress, &mut body.sessions);
        let load: f64 = body.sessions.iter().rev().take_while(|s| s.day == day).map(|s| s.load).sum();
        now.fitness += (load - now.fitness) / 42.0;
        now.fatigue += (load - now.fatigue) / 7.0;
        take_in(seed, day, person, episodes, places, &night, &mut today);
        now.drinks = today.drinks.0;
        now.late = if episodes.crunch(day) { 0.7 } else { 0.0 };
        let tired = if episodes.ill(day) {
            0.6
        } else if now.debt > 2.0 {
            0.3
        } else {
            0.05
        };
        if !calendar.works(day) && !episodes.away(day) && d.chance(tired) {
            let start = night.rise + (6.3 * 3600.0) as i64 + d.whole(0, 40) as i64 * 60;
            if !body.sessions.iter().rev().take(2).any(|s| s.start < start + 5400 && s.end() + 1800 > start) {
                body.naps.push((start, start + i64::from(d.whole(25, 80)) * 60));
            }
        }
        if episodes.flies_out(day) {
            now.jet_lag += hours_between(places, day);
        } else if episodes.lands_home(day) {
            now.jet_lag -= hours_between(places, day);
        }
        let step = if now.jet_lag > 0.0 { 1.3 } else { 0.95 };
        now.jet_lag -= now.jet_lag.clamp(-step, step);
        body.days.push(today);
    }
    body
}

/// Hours by which home's clock is ahead of the destination's on a day.
fn hours_between(places: &Places, day: u32) -> f64 {
    let noon = twin_core::Timestamp::from_secs(i64::from(places.date(day).days()) * 86_400 + 43_200);
    f64::from(places.home.offset_at(noon) - places.away.offset_at(noon)) / 3600.0
}

fn sleep(
    seed: u64,
    day: u32,
    person: &Person,
    episodes: &Episodes,
    places: &Places,
    calendar: &Calendar,
    now: &Running,
) -> Night {
    let mut d = Draws::of(seed, Topic::Night, u64::from(day));
    let date = places.date(day);
    let zone = places.evening_zone(date.plus_days(-1));
    let at = |hour: f64| {
        zone.instant_of_local(i64::from(date.days()) * 86_400 + (hour * 3600.0).round() as i64 / 60 * 60)
            .secs()
    };
    let landing = places.flights.iter().find(|f| !f.outbound && places.zones.date_of(f.end) == date);
    if let Some(flight) = landing.filter(|_| episodes.lands_home(day)) {
        let (start, end) = (flight.start.secs(), flight.end.secs());
        return Night::drawn(&mut d, start + 2 * 3600, end - 5400, 0.8, true);
    }
    let ill = episodes.severity(day.saturating_sub(1));
    let (works, free_evening) = (calendar.works(day), !calendar.works(day));
    let mut bed = person.bed_h - 24.0 + now.late + d.normal(0.0, 0.35) - 0.3 * now.debt.clamp(0.0, 2.5);
    if free_evening {
        bed += person.free_shift_h * 0.7 + d.normal(0.0, 0.3) + 0.2 * f64::from(now.drinks.min(3));
    }
    bed -= 0.45 * now.jet_lag + 1.2 * ill;
    let natural = bed + person.sleep_need_h + 0.7 + 0.25 * now.debt.clamp(0.0, 3.0) + d.normal(0.0, 0.5);
    let mut rise = if works { natural.min(person.wake_h + d.normal(0.1, 0.15)) } else { natural };
    if ill > 0.3 {
        rise = natural + 0.8 * ill;
    }
    rise -= 0.4 * now.jet_lag;
    let trouble =
        (0.12 + 0.12 * now.jet_lag.abs() + 0.25 * ill + 0.08 * f64::from(now.drinks) + 0.1 * now.stress)
            .clamp(0.0, 1.0);
    let (bed, rise) = (at(bed), at(rise));
    Night::drawn(&mut d, bed, rise.max(bed + 3 * 3600), trouble, false)
}

fn feel(
    d: &mut Draws,
    day: u32,
    person: &Person,
    episodes: &Episodes,
    calendar: &Calendar,
    now: &mut Running,
    slept: f64,
) -> BodyDay {
    now.resting = 0.6 * now.resting + d.normal(0.0, 0.9);
    now.ln_rmssd = 0.5 * now.ln_rmssd + d.normal(0.0, 0.075);
    now.weight = 0.85 * now.weight + d.normal(0.0, 0.25);
    let meetings = calendar.busy_hours(day);
    let burden = (meetings - 2.2) * 0.25 + if episodes.crunch(day) { 0.9 } else { 0.0 }
        - if calendar.works(day) { 0.0 } else { 0.4 };
    now.stress = (0.55 * now.stress + 0.45 * burden + d.normal(0.0, 0.3)).clamp(-2.0, 4.0);
    let (illness, strain) = (episodes.severity(day), now.fatigue - now.fitness);
    let short = (person.sleep_need_h - slept).clamp(0.0, 4.0);
    let drinks = f64::from(now.drinks);
    BodyDay {
        resting_hr: person.resting_hr_bpm
            + now.resting
            + 0.05 * strain
            + 9.0 * illness
            + 1.4 * drinks
            + 0.8 * short
            + 0.4 * now.stress.max(0.0),
        rmssd_ms: person.rmssd_ms
            * libm::exp(
                now.ln_rmssd
                    - 0.004 * strain
                    - 0.6 * illness
                    - 0.07 * drinks
                    - 0.05 * short
                    - 0.03 * now.stress.max(0.0),
            ),
        stress: now.stress,
        illness,
        jet_lag_h: now.jet_lag,
        strain,
        debt_h: now.debt,
        weight_kg: person.weight_kg * (1.0 - 0.00012 * f64::from(day.min(180))) + now.weight - 0.5 * illness,
        ..BodyDay::default()
    }
}

#[expect(clippy::too_many_arguments, reason = "one step of the day loop above, split off to be read alone")]
fn train(
    seed: u64,
    day: u32,
    person: &Person,
    options: &SimOptions,
    episodes: &Episodes,
    places: &Places,
    night: &Night,
    stress: f64,
    sessions: &mut Vec<Session>,
) {
    let mut d = Draws::of(seed, Topic::Training, u64::from(day));
    let date = places.date(day);
    let monday_start = u32::from(options.start.weekday());
    let plan = planned(&mut d, (day + monday_start) / 7, date.weekday());
    let skipped = d.chance((0.12 * stress).clamp(0.0, 0.5));
    let Some((sport, shape, minutes, hour)) = plan else { return };
    if skipped || episodes.severity(day) > 0.2 || episodes.flies_out(day) || episodes.lands_home(day) {
        return;
    }
    // Away from home there is no bicycle.
    let (sport, minutes) =
        if episodes.away(day) && sport == Sport::Ride { (Sport::Run, 50.0) } else { (sport, minutes) };
    let zone = places.evening_zone(date);
    let local = i64::from(date.days()) * 86_400 + (hour * 60.0).round() as i64 * 60;
    let start = zone.instant_of_local(local).secs().max(night.rise + 1500);
    let strap = sport == Sport::Ride || (sport == Sport::Run && date.weekday() == 3);
    let beats = strap && sport == Sport::Run && !sessions.iter().any(|s| s.beats);
    let length = (minutes * 60.0) as u32;
    sessions.push(Session::new(person, seed, day, sport, shape, start, length, strap, beats));
}

fn take_in(
    seed: u64,
    day: u32,
    person: &Person,
    episodes: &Episodes,
    places: &Places,
    night: &Night,
    today: &mut BodyDay,
) {
    let mut d = Draws::of(seed, Topic::Notes, u64::from(day));
    let cups =
        (person.coffees + 0.4 * today.debt_h.clamp(0.0, 2.0) + d.normal(0.0, 0.6)).round().max(0.0) as u32;
    let mut t = night.rise + 2400;
    for _ in 0..cups.min(5) {
        today.coffees.push((t, 80.0 + 5.0 * f64::from(d.whole(0, 6))));
        t += i64::from(d.whole(110, 200)) * 60;
    }
    let weekday = places.date(day).weekday();
    let likely = if weekday == 4 || weekday == 5 { person.drinks } else { 0.06 };
    let drinks = if d.chance(likely) { 1 + d.count(0.9) } else { 0 };
    let flying = episodes.flies_out(day) || episodes.away(day) && episodes.lands_home(day + 1);
    if today.illness < 0.1 && !flying {
        today.drinks = (drinks.min(5), night.rise + 13 * 3600 + i64::from(d.whole(0, 60)) * 60);
    }
}
