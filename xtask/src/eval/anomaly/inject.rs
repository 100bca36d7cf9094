//! Episodes and events put into recordings and into simulated nights.
//!
//! Sizes: heart rate +4, 6 or 8 /min for 2 to 5 days (model book §16). With +6 go +1.5 breaths/min (a third of
//! the ill reach +3 [natarajan2021]), −0.25 in ln RMSSD and +0.6 K, each scattered by half: directions after
//! [natarajan2020], [smarr2020], these two sizes ours (OWN). Alcohol by dose after [pietila2018]: +1.4, 4.0 or
//! 8.7 /min, and less variability; on breathing and skin, and hard training, OWN.

use super::people::Person;
use twin_models::health::anomaly::{cause::Cause, night::Night};

/// Days from one episode to the next.
const BLOCK: usize = 40;
/// Days of a simulated person.
const SIMULATED_DAYS: usize = 180;

/// A recording with what was put into it.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) nights: Vec<Night>,
    /// First and last day of each episode.
    pub(super) episodes: Vec<(usize, usize)>,
    /// The nights before episodes and events were put in.
    pub(super) background: Vec<Night>,
}

/// Episodes in a person's own heart rate, drawn `draws` times; `slow`: rising over all their days to a height
/// that then holds as long, instead of being half there on the first day.
pub(super) fn into_heart_rate(person: &Person, slow: bool, draws: u64) -> Vec<Case> {
    let background: Vec<Night> =
        person.rates.iter().map(|bpm| Night { resting_hr: *bpm, ..Night::default() }).collect();
    let case = |draw: u64| {
        let mut random = Random(person.seed.wrapping_add(draw.wrapping_mul(0x9e37)));
        let mut nights = background.clone();
        let episodes = episodes(nights.len(), slow, &mut random);
        for episode in &episodes {
            for (night, share) in nights.iter_mut().skip(episode.first).zip(&episode.shape) {
                night.resting_hr = night.resting_hr.map(|bpm| bpm + episode.height * share);
            }
        }
        let spans = episodes.iter().map(Episode::span).collect();
        Case { nights, episodes: spans, background: background.clone() }
    };
    (0..draws).map(case).collect()
}

/// Nights of four channels with episodes and logged events; heart rate is the person's, or simulated.
pub(super) fn several_channels(person: Option<&Person>, seed: u64, draws: u64) -> Vec<Case> {
    let case = |draw: u64| {
        let mut random =
            Random(seed.wrapping_add(draw.wrapping_mul(0x51_7cc1)).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let background = background(person, &mut random);
        let mut nights = background.clone();
        events(&mut nights, &mut random);
        let episodes = episodes(nights.len(), false, &mut random);
        for episode in &episodes {
            let mut size = |typical: f64| typical * episode.height / 6.0 * (0.5 + random.unit());
            let (ln, breaths, kelvin) = (size(-0.25), size(1.5), size(0.6));
            for (night, share) in nights.iter_mut().skip(episode.first).zip(&episode.shape) {
                add(night, share * episode.height, share * ln, share * breaths, share * kelvin);
            }
        }
        Case { nights, episodes: episodes.iter().map(Episode::span).collect(), background }
    };
    (0..draws).map(case).collect()
}

fn add(night: &mut Night, bpm: f64, ln: f64, breaths: f64, kelvin: f64) {
    night.resting_hr = night.resting_hr.map(|x| x + bpm);
    night.lnrmssd = night.lnrmssd.map(|x| x + ln);
    night.respiratory_rate = night.respiratory_rate.map(|x| x + breaths);
    night.temperature_deviation = night.temperature_deviation.map(|x| x + kelvin);
}

struct Episode {
    first: usize,
    height: f64,
    shape: Vec<f64>,
}

impl Episode {
    fn span(&self) -> (usize, usize) {
        (self.first, self.first + self.shape.len() - 1)
    }
}

/// One episode in each 40 days after the first 28.
fn episodes(days: usize, slow: bool, random: &mut Random) -> Vec<Episode> {
    let mut out = Vec::new();
    let mut start = super::FIRST_DAY;
    while start + 15 <= days {
        let end = (start + BLOCK).min(days);
        let height = [4.0, 6.0, 8.0].get(random.below(3)).copied().unwrap_or(6.0);
        let length = 2 + random.below(4);
        let share = |i: usize| (i as f64 + 1.0) / if slow { length as f64 } else { 2.0 };
        let shape: Vec<f64> =
            (0..if slow { 2 * length } else { length }).map(|i| share(i).min(1.0)).collect();
        let room = (end - start).saturating_sub(shape.len() + 2);
        if room > 0 {
            out.push(Episode { first: start + random.below(room), height, shape });
        }
        start = end;
    }
    out
}

/// Alcohol about every tenth evening, sometimes on two in a row, and hard training about every twentieth day.
fn events(nights: &mut [Night], random: &mut Random) {
    for day in 0..nights.len() {
        if random.unit() < 0.075 {
            let evenings = if random.unit() < 0.35 { 2 } else { 1 };
            for evening in day..day + evenings {
                let dose = random.unit();
                let (bpm, ln, more) = match dose {
                    d if d < 0.4 => (1.4, -0.05, 0.2),
                    d if d < 0.8 => (4.0, -0.15, 0.5),
                    _ => (8.7, -0.39, 1.0),
                };
                log(nights, evening, Cause::Alcohol);
                if let Some(night) = nights.get_mut(evening + 1) {
                    add(night, bpm, ln, more, 0.2 * more);
                }
            }
        }
        if random.unit() < 0.05 {
            log(nights, day, Cause::HardTraining);
            for (night, share) in nights.iter_mut().skip(day + 1).zip([1.0, 0.5]) {
                add(night, 3.0 * share, -0.2 * share, 0.3 * share, 0.1 * share);
            }
        }
    }
}

fn log(nights: &mut [Night], day: usize, cause: Cause) {
    if let Some(night) = nights.get_mut(day) {
        night.causes.push(cause);
    }
}

/// Slow wander, a week and noise of the night; each person's own size; one night in twenty is missing. Breathing
/// varies by 3.5 % from night to night, inside the 2.3–9.2 % of [natarajan2021]; the other spreads are OWN, heart
/// rate's like that of the recordings.
fn background(person: Option<&Person>, random: &mut Random) -> Vec<Night> {
    let days = person.map_or(SIMULATED_DAYS, |p| p.rates.len());
    let mut channel = |level: f64, slow: f64, night: f64, week: f64| -> Vec<f64> {
        let size = (0.25 * random.normal()).exp();
        let phase = random.unit() * std::f64::consts::TAU;
        let kept = (-1.0_f64 / 7.0).exp();
        let mut wander = slow * random.normal();
        (0..days)
            .map(|day| {
                wander = kept * wander + slow * (1.0 - kept * kept).sqrt() * random.normal();
                let weekly = week * (std::f64::consts::TAU * day as f64 / 7.0 + phase).cos();
                level + size * (wander + night * random.normal() + weekly)
            })
            .collect()
    };
    let heart = channel(58.0, 1.8, 0.5, 0.4);
    let ln = channel(3.8, 0.1, 0.15, 0.03);
    let breaths = channel(15.4, 0.35, 0.4, 0.1);
    let kelvin = channel(0.0, 0.13, 0.2, 0.05);
    let own = |day: usize| person.map(|p| p.rates.get(day).copied().flatten());
    let mut nights = Vec::with_capacity(days);
    for (day, (((bpm, ln), breaths), kelvin)) in heart.iter().zip(&ln).zip(&breaths).zip(&kelvin).enumerate()
    {
        let worn = random.unit() > 0.05;
        let rate = own(day).unwrap_or(Some(*bpm));
        // variability falls when heart rate wanders up
        let lift = -0.04 * (rate.unwrap_or(58.0) - mean_rate(person));
        let there = |x: f64| worn.then_some(x);
        nights.push(Night {
            resting_hr: rate.filter(|_| worn),
            lnrmssd: there(ln + lift),
            respiratory_rate: there(*breaths),
            temperature_deviation: there(*kelvin),
            ..Night::default()
        });
    }
    nights
}

fn mean_rate(person: Option<&Person>) -> f64 {
    let Some(person) = person else { return 58.0 };
    let known: Vec<f64> = person.rates.iter().flatten().copied().collect();
    known.iter().sum::<f64>() / known.len().max(1) as f64
}

/// Seeded draws.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}
