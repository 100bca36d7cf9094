//! The band a person is shown: slow and with hysteresis, so that it does not flicker.

/// A band of risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below [`ELEVATED`].
    #[default]
    Low,
    /// From [`ELEVATED`].
    Elevated,
    /// From [`HIGH`].
    High,
}

/// Probability from which risk is elevated. OWN: about twice the base rate.
pub const ELEVATED: f64 = 0.30;
/// Probability from which risk is high. OWN: more likely than not.
pub const HIGH: f64 = 0.50;
/// How far beyond a border the probability must be for the band to change.
pub const HYSTERESIS: f64 = 0.05;
/// Days between changes.
pub const DAYS_BETWEEN_CHANGES: usize = 7;

/// The band after a series of daily probabilities, oldest first; `capped` days allow no more than elevated.
///
/// The first known probability sets the band by its borders; later ones move it only 5 points beyond a border
/// and a week after the last change. A missing probability changes nothing. `None` if all are missing.
///
/// ```
/// # use twin_models::health::burnout::band::{Band, band};
/// let p = |p: f64| (Some(p), false);
/// assert_eq!(band(&[p(0.28); 20]), Some(Band::Low));
/// assert_eq!(band(&[&[p(0.28)][..], &[p(0.33); 20]].concat()), Some(Band::Low)); // within 5 points
/// assert_eq!(band(&[&[p(0.28)][..], &[p(0.36); 20]].concat()), Some(Band::Elevated));
/// ```
#[must_use]
pub fn band(days: &[(Option<f64>, bool)]) -> Option<Band> {
    let mut now: Option<Band> = None;
    let mut since = 0_usize;
    for (probability, capped) in days {
        since += 1;
        let Some(p) = probability else { continue };
        let most = if *capped { Band::Elevated } else { Band::High };
        let next = match now {
            None => plain(*p).min(most),
            Some(band) if since >= DAYS_BETWEEN_CHANGES => moved(band, *p).min(most),
            Some(band) => band,
        };
        if now != Some(next) {
            (now, since) = (Some(next), 0);
        }
    }
    now
}

fn plain(p: f64) -> Band {
    if p >= HIGH {
        Band::High
    } else if p >= ELEVATED {
        Band::Elevated
    } else {
        Band::Low
    }
}

/// The band for `p` coming from `band`: borders lie 5 points further on.
fn moved(band: Band, p: f64) -> Band {
    let (up, down) = (plain(p - HYSTERESIS), plain(p + HYSTERESIS));
    if up > band {
        up
    } else if down < band {
        down
    } else {
        band
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(p: &[f64]) -> Vec<(Option<f64>, bool)> {
        p.iter().map(|p| (Some(*p), false)).collect()
    }

    #[test]
    fn it_changes_at_most_weekly() {
        let mut p = vec![0.1; 8];
        p.extend([0.9; 3]);
        assert_eq!(band(&days(&p)), Some(Band::High));
        p.extend([0.1; 4]);
        assert_eq!(band(&days(&p)), Some(Band::High));
        p.push(0.1);
        assert_eq!(band(&days(&p)), Some(Band::Low));
    }

    #[test]
    fn coming_down_needs_five_points_too() {
        assert_eq!(band(&days(&[&[0.6][..], &[0.46; 20]].concat())), Some(Band::High));
        assert_eq!(band(&days(&[&[0.6][..], &[0.44; 20]].concat())), Some(Band::Elevated));
        assert_eq!((band(&[]), band(&[(None, false)])), (None, None));
    }

    #[test]
    fn without_self_report_it_is_capped() {
        assert_eq!(band(&[(Some(0.9), true); 9]), Some(Band::Elevated));
        let mut mixed = days(&[0.9; 10]);
        mixed.extend([(Some(0.9), true); 7]);
        assert_eq!(band(&mixed), Some(Band::Elevated));
    }
}
