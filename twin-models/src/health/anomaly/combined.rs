//! Several channels as one figure.

use super::channel::{Channel, WEIGHED};
use super::onset::{Background, LENGTHS, Onset};

/// `S = Σ w_k max(0, d_k z_k)`, the weights of the channels that are there made to sum to 1; `None` of none.
///
/// d is the direction in which illness moves a channel.
///
/// ```
/// # use twin_models::health::anomaly::{channel::Channel, combined::combined};
/// let z = [(Channel::RestingHr, 3.0), (Channel::LnRmssd, 2.0)]; // variability rose: not against health
/// assert!((combined(&z).unwrap() - 0.4 * 3.0 / 0.55).abs() < 1e-12);
/// ```
#[must_use]
pub fn combined(z: &[(Channel, f64)]) -> Option<f64> {
    let total: f64 = z.iter().map(|(channel, _)| channel.weight()).sum();
    let sum: f64 = z.iter().map(|(channel, z)| channel.weight() * bad(*channel, *z)).sum();
    (total > 0.0).then(|| sum / total)
}

/// How far z goes in the direction of illness.
fn bad(channel: Channel, z: f64) -> f64 {
    (channel.direction() * z).max(0.0)
}

/// Correlation of two channels' disturbances in a healthy person. OWN: heart rate and its variability move
/// together by what the heart's nerves do, the others hardly.
const fn correlation(a: Channel, b: Channel) -> f64 {
    match (a, b) {
        (Channel::RestingHr, Channel::LnRmssd) | (Channel::LnRmssd, Channel::RestingHr) => 0.5,
        _ => 0.1,
    }
}

/// The onset that all channels together speak for most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JointOnset {
    /// `Σ w_k max(0, d_k z_k) / √(wᵀ R w)`, each z at most [`LOUDEST`]: like a z, not below 0.
    pub strength: f64,
    /// Nights since it began.
    pub nights: usize,
    /// Each channel's rise and what it adds to the strength.
    pub parts: Vec<(Channel, Onset, f64)>,
}

/// Strength that a joint onset must keep without any one of its nights. OWN: an illness is not one odd night.
pub const HELD: f64 = 1.0;

/// Most that one channel's z counts for when there are several. OWN: one channel that shouts while the others
/// are silent is a sensor or a quirk sooner than an illness.
pub const LOUDEST: f64 = 3.0;

/// Joint onset at night `today`; `series` gives each weighed channel's nights. `None` where no channel answers.
///
/// With one channel the strength is that channel's z. An onset that one night alone carries (without that night
/// less than [`HELD`] is left) counts for no more than what is left.
pub fn joint_onset<'a>(series: impl Fn(Channel) -> &'a [Option<f64>], today: usize) -> Option<JointOnset> {
    let found: Vec<(Channel, Background, Vec<Onset>)> = WEIGHED
        .into_iter()
        .filter_map(|c| {
            let background = Background::of(series(c), today, None, &c.wander())?;
            let onsets = background.onsets();
            Some((c, background, onsets))
        })
        .collect();
    // Of every length a night can be left out, and costs the same work: it is done once.
    let mut rests: Vec<(usize, Vec<(Channel, Background)>)> = Vec::new();
    let of_length = |nights: usize| {
        let there =
            |(c, _, o): &(Channel, _, Vec<Onset>)| Some((*c, *o.iter().find(|o| o.nights == nights)?));
        let joint = join(nights, found.iter().filter_map(there).collect())?;
        if joint.strength < HELD {
            return Some(joint);
        }
        let mut left = f64::INFINITY;
        for night in (today + 1).saturating_sub(nights)..=today {
            if rests.iter().all(|r| r.0 != night) {
                let rest = |(c, b, _): &(Channel, Background, _)| (*c, b.without(night, &c.wander()));
                rests.push((night, found.iter().map(rest).collect()));
            }
            let rest = rests.iter().find(|r| r.0 == night).map_or(&[][..], |r| &r.1);
            let of = |c: Channel| Some((c, rest.iter().find(|r| r.0 == c)?.1.onset(nights, 1)?));
            let without = join(nights, joint.parts.iter().filter_map(|p| of(p.0)).collect());
            left = left.min(without.map_or(0.0, |j| j.strength));
        }
        if left >= HELD { Some(joint) } else { Some(joint.weakened(left)) }
    };
    LENGTHS.into_iter().filter_map(of_length).max_by(|a, b| a.strength.total_cmp(&b.strength))
}

fn join(nights: usize, there: Vec<(Channel, Onset)>) -> Option<JointOnset> {
    let spread: f64 = there
        .iter()
        .flat_map(|(a, _)| there.iter().map(move |(b, _)| (*a, *b)))
        .map(|(a, b)| a.weight() * b.weight() * if a == b { 1.0 } else { correlation(a, b) })
        .sum();
    let loudest = if there.len() > 1 { LOUDEST } else { f64::INFINITY };
    let part = |(c, o): (Channel, Onset)| (c, o, c.weight() * bad(c, o.z).min(loudest) / spread.sqrt());
    let parts: Vec<_> = there.into_iter().map(part).collect();
    (!parts.is_empty()).then(|| JointOnset { strength: parts.iter().map(|p| p.2).sum(), nights, parts })
}

impl JointOnset {
    fn weakened(mut self, strength: f64) -> Self {
        let share = strength / self.strength;
        self.parts.iter_mut().for_each(|part| part.2 *= share);
        self.strength = strength;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::onset::onsets;
    use super::*;

    #[test]
    fn one_channel_speaks_for_itself() {
        let mut nights: Vec<Option<f64>> = (0..28).map(|i| Some(55.0 + f64::from(i % 2))).collect();
        nights.extend([Some(59.0), Some(63.0)]);
        let none = vec![None; 30];
        let only = |c| if c == Channel::RestingHr { nights.as_slice() } else { none.as_slice() };
        let joint = joint_onset(only, 29).unwrap();
        let own = onsets(&nights, 29, &Channel::RestingHr.wander());
        let best = own.iter().map(|o| o.z).fold(0.0, f64::max);
        assert!((joint.strength - best).abs() < 1e-12 && joint.parts.len() == 1);
        assert_eq!(joint_onset(|_| none.as_slice(), 29), None);
        assert_eq!(combined(&[]), None);
    }
}
