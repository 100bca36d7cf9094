//! Reads Stress-Predict [iqbal2022]: wrist recordings during three tasks, rest between them.
//!
//! A person's recording is cut to the seconds that the combined file labels; its seconds are counted from the
//! first of them. Who is not in the combined file has no labels by the second and is left out.

use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use twin_models::health::stress::features::{BASELINE_S, Beat, Extractor, Features, Second, WINDOW_S};

/// One second: heart rate, skin conductance, skin temperature.
type Sample = [Option<f64>; 3];

/// One person's recording.
#[derive(Clone)]
pub(crate) struct Person {
    /// Short hash of the heart rate: tells whether a person helped to fit the prior.
    pub(crate) hash: String,
    samples: Vec<Sample>,
    beats: Vec<Beat>,
    labels: Vec<Option<bool>>,
}

/// One window and what the person did in it.
pub(crate) struct Row {
    pub(crate) features: Features,
    /// Heart rate of the window less the mean so far, in standard deviations so far.
    pub(crate) hr_z: f64,
    /// End, s since the start.
    pub(crate) at_s: f64,
    pub(crate) stress: bool,
    /// Whether all seconds of the window agree.
    pub(crate) pure: bool,
}

/// Everyone in the folder, and who was left out why.
pub(crate) fn people(data: &Path) -> Result<(Vec<Person>, Vec<String>), String> {
    let below = data.join("stress_predict");
    let dir = if below.is_dir() { below } else { data.to_path_buf() };
    let labels = labels(&dir)?;
    let mut names: Vec<String> = std::fs::read_dir(&dir)
        .map_err(|e| e.to_string())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with('S') && dir.join(name).is_dir())
        .collect();
    names.sort();
    let (mut people, mut left_out) = (Vec::new(), Vec::new());
    for name in names {
        let number: Option<u32> = name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
        match number.and_then(|n| labels.get(&n)) {
            None => left_out.push(format!("{name}: no labels in the combined file")),
            Some(labels) => match person(&dir, &name, labels) {
                Ok(person) => people.push(person),
                Err(why) => left_out.push(format!("{name}: {why}")),
            },
        }
    }
    if people.is_empty() {
        return Err(format!("nobody in {}", dir.display()));
    }
    Ok((people, left_out))
}

/// Unix second and label of each participant.
fn labels(dir: &Path) -> Result<BTreeMap<u32, Vec<(i64, bool)>>, String> {
    let text = text(dir, "combined_hr_rsp_binary.csv")?;
    let mut out: BTreeMap<u32, Vec<(i64, bool)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.trim().split(',').collect();
        if let [who, _, _, second, label] = cells.as_slice()
            && let (Ok(who), Ok(second), Ok(label)) =
                (who.parse::<f64>(), second.parse::<f64>(), label.parse::<f64>())
        {
            out.entry(who as u32).or_default().push((second as i64, label > 0.5));
        }
    }
    out.values_mut().for_each(|seconds| seconds.sort_unstable());
    Ok(out)
}

fn person(dir: &Path, name: &str, labelled: &[(i64, bool)]) -> Result<Person, String> {
    let (Some((first, _)), Some((last, _))) = (labelled.first(), labelled.last()) else {
        return Err("no labels".into());
    };
    let n = (last - first + 1) as usize;
    let dir = dir.join(name);
    let (start, _, hr) = signal(&text(&dir, "HR.csv")?)?;
    let mut sums = vec![[(0.0, 0.0); 3]; n];
    let mut spread = |channel: usize, start: f64, rate: f64, values: &[f64]| {
        for (i, value) in values.iter().enumerate() {
            let at = (start - *first as f64 + i as f64 / rate).floor();
            let slot = (at >= 0.0).then(|| sums.get_mut(at as usize)).flatten();
            if let Some(slot) = slot.and_then(|s| s.get_mut(channel)) {
                slot.0 += value;
                slot.1 += 1.0;
            }
        }
    };
    spread(0, start, 1.0, &hr);
    for (channel, file) in [(1, "EDA.csv"), (2, "TEMP.csv")] {
        if let Ok((start, rate, values)) = text(&dir, file).and_then(|t| signal(&t)) {
            spread(channel, start, rate, &values);
        }
    }
    let mut labels = vec![None; n];
    for (second, label) in labelled {
        if let Some(slot) = labels.get_mut((second - first) as usize) {
            *slot = Some(*label);
        }
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for value in &hr {
        hash = (hash ^ (value * 100.0).round() as u64).wrapping_mul(0x0100_0000_01b3);
    }
    Ok(Person {
        hash: format!("{:08x}", (hash ^ (hash >> 32)) as u32),
        samples: sums.iter().map(|s| s.map(|(sum, n)| (n > 0.0).then(|| sum / n))).collect(),
        beats: text(&dir, "IBI.csv").map(|t| beats(&t, *first as f64)).unwrap_or_default(),
        labels,
    })
}

/// Start, rate and values of a file whose first two rows are start and rate.
fn signal(text: &str) -> Result<(f64, f64, Vec<f64>), String> {
    let mut numbers = text.lines().filter_map(|line| line.split(',').next()?.trim().parse::<f64>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(start), Some(rate)) if rate > 0.0 => Ok((start, rate, numbers.collect())),
        _ => Err("no start and rate".into()),
    }
}

fn beats(text: &str, first: f64) -> Vec<Beat> {
    let start = text.lines().next().and_then(|l| l.split(',').next()?.trim().parse::<f64>().ok());
    let beat = |line: &str| {
        let (at, interval) = line.split_once(',')?;
        let (at, interval): (f64, f64) = (at.trim().parse().ok()?, interval.trim().parse().ok()?);
        Some(Beat { at_s: start? - first + at, rr_ms: interval * 1000.0 })
    };
    text.lines().skip(1).filter_map(beat).collect()
}

fn text(dir: &Path, name: &str) -> Result<String, String> {
    let mut text = String::new();
    let plain = dir.join(name);
    let read = match File::open(&plain) {
        Ok(mut file) => file.read_to_string(&mut text),
        Err(_) => match File::open(dir.join(format!("{name}.gz"))) {
            Ok(file) => GzDecoder::new(file).read_to_string(&mut text),
            Err(_) => return Err(format!("no {name}")),
        },
    };
    read.map(|_| text).map_err(|e| format!("{name}: {e}"))
}

impl Person {
    /// The windows after the first three minutes, which are the baseline.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut extractor = Extractor::default();
        let (mut rows, mut beats) = (Vec::new(), self.beats.iter().peekable());
        let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for (t, [hr_bpm, eda_us, temperature_c]) in self.samples.iter().copied().enumerate() {
            let mut ended = Vec::new();
            while let Some(beat) = beats.next_if(|b| b.at_s < (t + 1) as f64) {
                ended.extend((beat.at_s >= t as f64).then_some(*beat));
            }
            if let Some(hr) = hr_bpm {
                (n, sum, squares) = (n + 1.0, sum + hr, squares + hr * hr);
            }
            let second = Second { hr_bpm, eda_us, temperature_c, beats: &ended, ..Second::default() };
            let Some(features) = extractor.push(&second) else { continue };
            if (t as u64) < BASELINE_S {
                continue;
            }
            let seconds = (t + 1).saturating_sub(WINDOW_S as usize)..t + 1;
            let labels: Vec<bool> =
                self.labels.get(seconds.clone()).unwrap_or_default().iter().copied().flatten().collect();
            if labels.is_empty() {
                continue;
            }
            let stressed = labels.iter().filter(|l| **l).count();
            let window: Vec<f64> =
                self.samples.get(seconds).unwrap_or_default().iter().filter_map(|s| s[0]).collect();
            let mean = window.iter().sum::<f64>() / window.len().max(1) as f64;
            let sd = (squares / n - (sum / n).powi(2)).max(0.0).sqrt();
            rows.push(Row {
                features,
                hr_z: if window.is_empty() || n < 2.0 { 0.0 } else { (mean - sum / n) / (sd + 0.5) },
                at_s: (t + 1) as f64,
                stress: 2 * stressed >= labels.len(),
                pure: stressed == 0 || stressed == labels.len(),
            });
        }
        rows
    }

    /// The same drift, the responses at other times: signals less their line, rotated by a part of the recording,
    /// on their line again.
    pub(crate) fn rotated(&self, part: f64) -> Self {
        let n = self.samples.len();
        let by = (part * n as f64) as usize;
        let mut out = self.clone();
        for channel in 0..3 {
            let log = channel == 1;
            let there = |s: &Sample| {
                let x = s.get(channel).copied().flatten()?;
                Some(if log { (x.max(0.0) + 0.05).ln() } else { x })
            };
            let values: Vec<Option<f64>> = self.samples.iter().map(there).collect();
            let points: Vec<(f64, f64)> =
                values.iter().enumerate().filter_map(|(t, x)| Some((t as f64, (*x)?))).collect();
            let (offset, slope) = line(&points);
            for (t, x) in values.iter().enumerate() {
                let to = (t + by) % n;
                let moved = x.map(|x| x + slope * (to as f64 - t as f64)).filter(|_| offset.is_finite());
                let moved = if log { moved.map(|x| (x.exp() - 0.05).max(0.0)) } else { moved };
                if let Some(slot) = out.samples.get_mut(to).and_then(|s| s.get_mut(channel)) {
                    *slot = moved;
                }
            }
        }
        for beat in &mut out.beats {
            beat.at_s = (beat.at_s + by as f64).rem_euclid(n as f64);
        }
        out.beats.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        out
    }
}

/// Offset and slope of the least squares line; 0 where there is none.
pub(crate) fn line(points: &[(f64, f64)]) -> (f64, f64) {
    let n = points.len().max(1) as f64;
    let (x0, y0) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let over: f64 = points.iter().map(|(x, y)| (x - x0) * (y - y0)).sum();
    let under: f64 = points.iter().map(|(x, _)| (x - x0).powi(2)).sum();
    let slope = if under > 0.0 { over / under } else { 0.0 };
    (y0 - slope * x0, slope)
}
