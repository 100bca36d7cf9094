//! Whether probabilities and intervals keep their word: simulated people, asked each morning before they answer.

use super::draw::{Band, Guide, Panel, Told};
use super::simulated;
use humantwin::{Error, PredictionView, Timestamp};
use twin_models::health::readiness::low_day::threshold;
use twin_models::stats::Z80;
use twin_testkit::CheckIn;

/// People no other figure is drawn from or tested on.
const SEEDS: std::ops::Range<u64> = 301..313;
const DAYS: u32 = 120;
/// Answers before a probability is told.
const LEARNING: usize = 14;
/// Bins of the probability, and the fewest answers of one that is drawn.
const BINS: usize = 10;
const LEAST: f64 = 30.0;

/// Name of the question, of its estimates, and what was answered.
type Question = (&'static str, &'static str, &'static str, fn(&CheckIn) -> u8);

const QUESTIONS: [Question; 6] = [
    ("readiness", "readiness_rating", "low_day", |c| c.readiness),
    ("wellness", "fatigue", "fatigue_low_day", |c| c.fatigue),
    ("wellness", "mood", "mood_low_day", |c| c.mood),
    ("wellness", "stress", "stress_low_day", |c| c.stress),
    ("wellness", "soreness", "soreness_low_day", |c| c.soreness),
    ("wellness", "sleep_quality", "sleep_quality_low_day", |c| c.sleep_quality),
];

/// Answers counted.
#[derive(Clone, Copy, Default)]
struct Count {
    n: f64,
    told: f64,
    seen: f64,
}

impl Count {
    fn add(&mut self, told: f64, seen: bool) {
        (self.n, self.told, self.seen) =
            (self.n + 1.0, self.told + told, self.seen + f64::from(u8::from(seen)));
    }

    /// Share seen, with the 80 % interval of that many independent answers.
    fn band(self, x: f64) -> Band {
        let share = self.seen / self.n;
        let half = Z80 * (share * (1.0 - share) / self.n).sqrt();
        Band { x, value: share, low: Some((share - half).max(0.0)), high: Some((share + half).min(1.0)) }
    }
}

/// Low days by their probability, and answers within their interval week by week.
pub(super) fn panels() -> Result<Vec<Panel>, Error> {
    let mut bins = [Count::default(); BINS];
    let mut weeks = vec![Count::default(); DAYS as usize / 7 + 1];
    for seed in SEEDS {
        person(seed, &mut bins, &mut weeks)?;
    }
    let enough = |c: &&Count| c.n >= LEAST;
    let low: Vec<Band> = bins.iter().filter(enough).map(|c| c.band(c.told / c.n)).collect();
    let inside: Vec<Band> =
        (1_u32..).zip(&weeks).filter(|(_, c)| c.n >= LEAST).map(|(w, c)| c.band(f64::from(w))).collect();
    let total = |counts: &[Count], of: fn(&Count) -> f64| counts.iter().map(of).sum::<f64>();
    let off: f64 = bins.iter().map(|c| (c.told - c.seen).abs()).sum();
    println!(
        "calibration on {} simulated people: {:.0} low-day probabilities, told {:.3}, seen {:.3}, error {:.3}; \
         {:.0} intervals hold {:.3}",
        SEEDS.end - SEEDS.start,
        total(&bins, |c| c.n),
        total(&bins, |c| c.told) / total(&bins, |c| c.n),
        total(&bins, |c| c.seen) / total(&bins, |c| c.n),
        off / total(&bins, |c| c.n),
        total(&weeks, |c| c.n),
        total(&weeks, |c| c.seen) / total(&weeks, |c| c.n),
    );
    let panel = |title: &str, across, gap, guide, points| Panel {
        title: title.into(),
        across,
        x: Told::Plain,
        y: Told::Plain,
        gap,
        guide: Some(guide),
        points,
    };
    Ok(vec![
        panel("low days, share seen", "probability told", 0.25, Guide::Diagonal, low),
        panel("answers inside the 80 % interval, share", "week of use", 1.5, Guide::Level(0.8), inside),
    ])
}

/// Asks one person's twin a second before every other check-in.
fn person(seed: u64, bins: &mut [Count], weeks: &mut [Count]) -> Result<(), Error> {
    let (twin, world, _) = simulated(seed, DAYS)?;
    let mut before: Vec<&CheckIn> = Vec::new();
    for check_in in &world.check_ins {
        if before.len() >= LEARNING && before.len().is_multiple_of(2) {
            let at = Some(Timestamp::from_micros(check_in.at_ms * 1000 - 1_000_000));
            let said = [twin.predict("readiness", at, None)?, twin.predict("wellness", at, None)?];
            for (model, rating, low_day, answer) in QUESTIONS {
                let Some(view) = said.iter().find(|s| s.model == model) else { continue };
                let told: Vec<f64> = before.iter().map(|c| f64::from(answer(c))).collect();
                let now = f64::from(answer(check_in));
                if let (Some(p), Some(border)) = (value(view, low_day), border(&told))
                    && let Some(bin) = bins.get_mut(((p * BINS as f64) as usize).min(BINS - 1))
                {
                    bin.add(p, now <= border);
                }
                if let (Some((low, high)), Some(week)) =
                    (interval(view, rating), weeks.get_mut(check_in.day as usize / 7))
                {
                    week.add(0.8, (low..=high).contains(&now));
                }
            }
        }
        before.push(check_in);
    }
    Ok(())
}

fn value(view: &PredictionView, name: &str) -> Option<f64> {
    view.estimates.iter().find(|e| e.name == name)?.estimate.value
}

fn interval(view: &PredictionView, name: &str) -> Option<(f64, f64)> {
    let estimate = &view.estimates.iter().find(|e| e.name == name)?.estimate;
    estimate.low.zip(estimate.high)
}

/// The highest answer of a low day, after what was said before.
fn border(told: &[f64]) -> Option<f64> {
    let n = told.len() as f64;
    let mean = told.iter().sum::<f64>() / n;
    let spread = (told.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    spread.is_finite().then(|| threshold(mean, spread))
}
