//! Log odds of stress from the features of one window: linear, every weight with the sign that physiology gives.
//!
//! Signs are fixed before fitting (a faster heart, less variability, fewer clean beats and rising conductance
//! speak for stress): a free fit learns the order of a laboratory protocol from the history of the signals.

use super::features::{FEATURES, FORMS, Features, MEASURES, name};

/// Scaled features are cut here.
const CUT: f64 = 4.0;

/// The prior that is shipped.
pub const SHIPPED: &str = include_str!("../../../priors/stress.tsv");

/// Which sensors a model reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// Heart and skin conductance.
    All,
    /// Heart rate and beats only: arousal, not stress.
    Heart,
}

/// A fitted linear model.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// Log odds of a usual window.
    pub bias: f64,
    /// Weight of each feature.
    pub weights: Vec<f64>,
    /// Slope and offset that make the smoothed log odds a probability, and the spread between people left then.
    pub calibration: [f64; 3],
}

/// What was learnt from other people.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// Short hashes of the people's data it was fitted on.
    pub people: Vec<String>,
    /// Share of stress among the windows it was fitted on, log odds.
    pub log_odds: f64,
    /// Centre and spread of each feature.
    pub scale: Vec<(f64, f64)>,
    /// With all channels.
    pub all: Linear,
    /// With heart data only.
    pub heart: Linear,
}

/// The sign that a measure may have: 1, −1, or 0 where it is not used.
#[must_use]
pub fn sign(feature: usize, channels: Channels) -> f64 {
    let measure = MEASURES.get(feature / FORMS.len()).copied().unwrap_or_default();
    let form = FORMS.get(feature % FORMS.len()).copied().unwrap_or_default();
    match (measure, channels) {
        _ if form == "raw" => 0.0, // what is usual for others says little of a person
        ("hr180" | "hrmax60" | "hrmin60" | "hrjump180", _) => 1.0,
        ("beats300" | "rmssd300" | "sdnn300" | "pnn20300", _) => -1.0,
        ("temp60", _) | (_, Channels::Heart) => 0.0,
        ("edalevel60", _) => f64::from(u8::from(form == "d120" || form == "d300")),
        _ => 1.0,
    }
}

/// A feature without unit: 0 where it is missing or usual.
#[must_use]
pub fn scaled(value: Option<f64>, (centre, spread): (f64, f64)) -> f64 {
    value.filter(|x| x.is_finite()).map_or(0.0, |x| ((x - centre) / spread).clamp(-CUT, CUT))
}

impl Prior {
    /// The prior that is shipped; `None` only if the file were broken, which a test excludes.
    #[must_use]
    pub fn shipped() -> Option<Self> {
        Self::read(SHIPPED)
    }

    /// Reads the text of a prior: lines of tab-separated fields, `#` starts a remark.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let empty = Linear { bias: 0.0, weights: vec![0.0; FEATURES], calibration: [1.0, 0.0, 0.0] };
        let mut prior = Self {
            people: Vec::new(),
            log_odds: 0.0,
            scale: vec![(0.0, 1.0); FEATURES],
            all: empty.clone(),
            heart: empty,
        };
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (key, rest) = line.split_once('\t')?;
            if key == "people" {
                prior.people = rest.split_whitespace().map(str::to_owned).collect();
                continue;
            }
            let numbers = rest.split('\t').map(|x| x.parse().ok().filter(|x: &f64| x.is_finite()));
            let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
            match (key, numbers.as_slice()) {
                ("log_odds", [x]) => prior.log_odds = *x,
                ("bias", [all, heart]) => (prior.all.bias, prior.heart.bias) = (*all, *heart),
                ("calibration_all", [a, b, s]) => prior.all.calibration = [*a, *b, *s],
                ("calibration_heart", [a, b, s]) => prior.heart.calibration = [*a, *b, *s],
                (feature, [centre, spread, all, heart]) => {
                    let index = (0..FEATURES).find(|i| name(*i).as_deref() == Some(feature))?;
                    *prior.scale.get_mut(index)? = (*centre, *spread);
                    *prior.all.weights.get_mut(index)? = *all;
                    *prior.heart.weights.get_mut(index)? = *heart;
                }
                _ => return None,
            }
        }
        Some(prior)
    }

    /// The text that [`Prior::read`] reads, without remarks.
    #[must_use]
    pub fn text(&self) -> String {
        let [a, h] = [self.all.calibration, self.heart.calibration];
        let mut text = format!(
            "people\t{}\nlog_odds\t{:.5}\nbias\t{:.5}\t{:.5}\ncalibration_all\t{:.4}\t{:.4}\t{:.4}\n\
             calibration_heart\t{:.4}\t{:.4}\t{:.4}\n",
            self.people.join(" "),
            self.log_odds,
            self.all.bias,
            self.heart.bias,
            a[0],
            a[1],
            a[2],
            h[0],
            h[1],
            h[2]
        );
        let weights = self.all.weights.iter().zip(&self.heart.weights);
        for (index, ((all, heart), (centre, spread))) in weights.zip(&self.scale).enumerate() {
            if all.abs() + heart.abs() > 1e-4 {
                let name = name(index).unwrap_or_default();
                text.push_str(&format!("{name}\t{centre:.6}\t{spread:.6}\t{all:.5}\t{heart:.5}\n"));
            }
        }
        text
    }

    /// The model of the channels.
    #[must_use]
    pub const fn linear(&self, channels: Channels) -> &Linear {
        match channels {
            Channels::All => &self.all,
            Channels::Heart => &self.heart,
        }
    }

    /// What each feature adds to the log odds of a window; the bias comes on top.
    #[must_use]
    pub fn contributions(&self, features: &Features, channels: Channels) -> Vec<f64> {
        let weights = self.linear(channels).weights.iter().zip(&self.scale);
        features.iter().zip(weights).map(|(x, (w, scale))| w * scaled(*x, *scale)).collect()
    }

    /// Log odds of a window.
    #[must_use]
    pub fn score(&self, features: &Features, channels: Channels) -> f64 {
        self.linear(channels).bias + self.contributions(features, channels).iter().sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_prior_reads_back_and_keeps_its_signs() {
        let prior = Prior::shipped().unwrap();
        assert_eq!(Prior::read(&prior.text()).unwrap(), prior);
        assert!(prior.people.len() >= 20 && prior.people.iter().all(|hash| hash.len() == 8));
        for channels in [Channels::All, Channels::Heart] {
            let weights = &prior.linear(channels).weights;
            assert!(weights.iter().enumerate().all(|(i, w)| w * sign(i, channels) >= 0.0));
            assert!(weights.iter().enumerate().all(|(i, w)| *w == 0.0 || sign(i, channels) != 0.0));
            assert!(weights.iter().filter(|w| **w != 0.0).count() > 5);
        }
        assert_eq!(Prior::read("hr180.raw\tx"), None);
    }

    #[test]
    fn nothing_measured_is_the_bias() {
        let prior = Prior::shipped().unwrap();
        assert_eq!(prior.score(&[None; FEATURES], Channels::All), prior.all.bias);
    }
}
