//! The book's decision rule, night after night.

use super::cause::{Cause, hard_days};
use super::channel::{Channel, SHOWN, WEIGHED};
use super::combined::{JointOnset, combined, joint_onset};
use super::cusum::Sums;
use super::night::{AnomalyNight, Evidence, Night, RED, State, YELLOW_SHARE};
use super::night_signal::{NightAlert, night_signal};
use super::onset::{LENGTHS, MIN_NIGHTS, WINDOW};
use crate::health::baseline::robust::{RobustOptions, robust_on};
use twin_core::sort::OrderBy;

/// Below this `S` of one night's robust z an open episode's night is normal. OWN.
pub const NORMAL: f64 = 1.0;
/// Normal nights in a row that close an episode.
pub const NORMAL_NIGHTS: u32 = 2;
/// Nights after an episode without a new alert.
pub const REFRACTORY_NIGHTS: usize = 7;
/// Nights after which an open episode is the new usual. OWN.
pub const LONGEST_EPISODE: usize = 21;
/// Judges every night with the nights before it; `nights`: one slot a day, oldest first.
#[must_use]
pub fn anomaly_nights(nights: &[Night]) -> Vec<AnomalyNight> {
    anomaly_nights_from(nights, RED)
}

/// The same with other strengths that make a night red: with one channel and with several.
#[must_use]
pub fn anomaly_nights_from(nights: &[Night], red: (f64, f64)) -> Vec<AnomalyNight> {
    let mut person = Person::new(nights, red);
    (0..nights.len()).map(|tonight| person.judge(tonight)).collect()
}

/// A person's series with what is known of them so far.
struct Person<'a> {
    nights: &'a [Night],
    red: (f64, f64),
    /// As measured, nights of past episodes taken out.
    raw: Vec<Vec<Option<f64>>>,
    /// The same without explained nights.
    cleared: Vec<Vec<Option<f64>>>,
    /// The same with the cycle's usual effect taken off.
    shifted: Vec<Vec<Option<f64>>>,
    causes: Vec<Vec<Cause>>,
    night_signal: Vec<NightAlert>,
    seen: usize,
    resting_drift: Sums,
    open: Option<Episode>,
    quiet_until: usize,
}

struct Episode {
    since: usize,
    opened: usize,
    normal: u32,
}

impl<'a> Person<'a> {
    fn new(nights: &'a [Night], red: (f64, f64)) -> Self {
        let causes = causes_of(nights);
        let acute =
            |night: usize| causes.get(night).is_some_and(|c| c.iter().any(|c| *c != Cause::LutealPhase));
        let luteal = |night: usize| causes.get(night).is_some_and(|c| c.contains(&Cause::LutealPhase));
        let all = WEIGHED.iter().chain(&SHOWN);
        let raw: Vec<Vec<_>> = all.clone().map(|c| nights.iter().map(|n| n.value(*c)).collect()).collect();
        let clear = |row: &Vec<Option<f64>>| {
            row.iter().enumerate().map(|(i, x)| x.filter(|_| !acute(i))).collect::<Vec<_>>()
        };
        let cleared: Vec<Vec<_>> = raw.iter().map(clear).collect();
        let shift = |(c, row): (&Channel, &Vec<Option<f64>>)| {
            let off = |i: usize| if luteal(i) { c.luteal_shift() } else { 0.0 };
            row.iter().enumerate().map(|(i, x)| x.map(|x| x - off(i))).collect::<Vec<_>>()
        };
        let shifted = all.zip(&cleared).map(shift).collect();
        let rates: Vec<Option<f64>> = nights.iter().map(|n| n.value(Channel::RestingHr)).collect();
        Self {
            nights,
            red,
            raw,
            cleared,
            shifted,
            night_signal: night_signal(&rates),
            causes,
            seen: 0,
            resting_drift: Sums::default(),
            open: None,
            quiet_until: 0,
        }
    }

    fn judge(&mut self, tonight: usize) -> AnomalyNight {
        let there: Vec<Channel> = WEIGHED.into_iter().filter(|c| self.now(*c, tonight).is_some()).collect();
        self.seen += usize::from(!there.is_empty());
        let mut out = AnomalyNight {
            // a missing night may have been filled with what came after it
            night_signal: match self.now(Channel::RestingHr, tonight) {
                Some(_) => self.night_signal.get(tonight).copied().unwrap_or_default(),
                None => NightAlert::Green,
            },
            since: self.open.as_ref().map(|e| e.since),
            ..AnomalyNight::default()
        };
        let measured = self.strengths(tonight);
        if let Some(joint) = &measured.raw {
            out.strength = Some(joint.strength);
            out.unexplained = Some(measured.unexplained());
            out.onset_nights = joint.nights;
            out.channels = joint.parts.len();
        }
        out.evidence = self.evidence(tonight, measured.raw.as_ref());
        let z_of = |c: Channel| out.evidence.iter().find(|e| e.channel == c).and_then(|e| e.z);
        self.resting_drift.push(z_of(Channel::RestingHr));
        out.drift = self.resting_drift.drift();
        out.state = if there.is_empty() {
            State::NoData
        } else if self.seen < MIN_NIGHTS {
            State::Learning
        } else {
            self.decide(tonight, &measured, &mut out)
        };
        if self.open.is_some() && out.state == State::NoData {
            out.state = State::Red; // an episode does not end because the device was not worn
        }
        out
    }

    fn decide(&mut self, tonight: usize, measured: &Strengths, out: &mut AnomalyNight) -> State {
        if let Some(state) = self.go_on(tonight, out) {
            return state;
        }
        let red = if out.channels > 1 { self.red.1 } else { self.red.0 };
        let yellow = YELLOW_SHARE * red;
        let unexplained = measured.unexplained();
        if unexplained >= red && tonight >= self.quiet_until {
            let nights = measured.cleared.as_ref().map_or(1, |joint| joint.nights);
            let since = (tonight + 1).saturating_sub(nights);
            self.open = Some(Episode { since, opened: tonight, normal: 0 });
            (out.since, out.alert) = (Some(since), true);
            return State::Red;
        }
        let raw = out.strength.unwrap_or(0.0);
        let recent = self.recent_causes(tonight);
        if raw >= yellow && unexplained < yellow && !recent.is_empty() {
            out.explained_by = recent;
            return State::Explained;
        }
        let signal = out.night_signal == NightAlert::Red && !self.explained(tonight);
        if unexplained >= yellow || signal { State::Yellow } else { State::Green }
    }

    /// The state inside an open episode; `None` where there is none, or it closed tonight.
    fn go_on(&mut self, tonight: usize, out: &AnomalyNight) -> Option<State> {
        let episode = self.open.as_mut()?;
        let z: Vec<(Channel, f64)> = out.evidence.iter().filter_map(|e| Some((e.channel, e.z?))).collect();
        if let Some(s) = combined(&z) {
            episode.normal = if s < NORMAL { episode.normal + 1 } else { 0 };
        }
        let (since, recovered) = (episode.since, episode.normal >= NORMAL_NIGHTS);
        if !recovered && tonight - episode.opened < LONGEST_EPISODE {
            return Some(State::Red);
        }
        self.open = None;
        self.quiet_until = tonight + REFRACTORY_NIGHTS;
        if recovered {
            let last = tonight.saturating_sub(NORMAL_NIGHTS as usize);
            for row in self.raw.iter_mut().chain(&mut self.cleared).chain(&mut self.shifted) {
                row.iter_mut().take(last + 1).skip(since).for_each(|x| *x = None);
            }
        }
        Some(State::Green)
    }

    fn now(&self, channel: Channel, tonight: usize) -> Option<f64> {
        self.nights.get(tonight)?.value(channel)
    }

    fn explained(&self, night: usize) -> bool {
        self.causes.get(night).is_some_and(|c| !c.is_empty())
    }

    /// Causes of the nights that an onset may have begun in.
    fn recent_causes(&self, tonight: usize) -> Vec<Cause> {
        let longest = LENGTHS.iter().copied().max().unwrap_or(0);
        let nights = self.causes.iter().take(tonight + 1).skip((tonight + 1).saturating_sub(longest));
        let mut causes: Vec<Cause> = nights.flatten().copied().collect();
        causes.order();
        causes.dedup();
        causes
    }

    fn strengths(&self, tonight: usize) -> Strengths {
        let of = |rows: &[Vec<Option<f64>>]| joint_onset(|c| channel_row(rows, c), tonight);
        let cleared = of(&self.cleared);
        let recent = self.recent_causes(tonight);
        let luteal = recent.contains(&Cause::LutealPhase);
        let shifted = if luteal { of(&self.shifted) } else { None };
        let acute = recent.iter().any(|c| *c != Cause::LutealPhase);
        let raw = if acute { of(&self.raw_of_late(tonight)) } else { cleared.clone() };
        Strengths { raw, cleared, shifted: shifted.filter(|_| luteal) }
    }

    /// Cleared nights, but the last ones as measured: what the person's watch shows.
    fn raw_of_late(&self, tonight: usize) -> Vec<Vec<Option<f64>>> {
        let longest = LENGTHS.iter().copied().max().unwrap_or(0);
        let from = (tonight + 1).saturating_sub(longest);
        let late = |(clear, raw): (&Vec<Option<f64>>, &Vec<Option<f64>>)| {
            clear.iter().take(from).chain(raw.iter().skip(from)).copied().take(tonight + 1).collect()
        };
        self.cleared.iter().zip(&self.raw).map(late).collect()
    }

    fn evidence(&self, tonight: usize, joint: Option<&JointOnset>) -> Vec<Evidence> {
        let of = |channel: Channel| {
            let now = self.now(channel, tonight)?;
            let since = self.open.as_ref().map_or(tonight, |e| e.since);
            let from = tonight.saturating_sub(WINDOW);
            // inside an episode the nights before it are what is usual
            let before = channel_row(&self.cleared, channel).iter().take(since).skip(from);
            let mut row: Vec<Option<f64>> = before.copied().collect();
            row.resize(tonight - from, None);
            row.push(Some(now));
            let (least, floor) = (MIN_NIGHTS / 2, channel.floor());
            let options =
                RobustOptions { min_location: least, min_scale: least, floor, ..RobustOptions::default() };
            let day = robust_on(&row, None, &options, tonight - from);
            let part = joint.and_then(|j| j.parts.iter().find(|p| p.0 == channel));
            Some(Evidence {
                channel,
                now,
                usual: day.location,
                z: day.z,
                onset_z: part.map(|p| p.1.z),
                adds: part.map_or(0.0, |p| p.2),
            })
        };
        WEIGHED.into_iter().chain(SHOWN).filter_map(of).collect()
    }
}

/// Joint onsets of a night: with everything, without explained nights, and with the cycle's effect taken off.
struct Strengths {
    raw: Option<JointOnset>,
    cleared: Option<JointOnset>,
    shifted: Option<JointOnset>,
}

impl Strengths {
    /// What no cause explains.
    fn unexplained(&self) -> f64 {
        let of = |joint: &Option<JointOnset>| joint.as_ref().map_or(0.0, |j| j.strength);
        let cleared = of(&self.cleared);
        if self.shifted.is_some() { cleared.min(of(&self.shifted)) } else { cleared }
    }
}

fn channel_row(rows: &[Vec<Option<f64>>], channel: Channel) -> &[Option<f64>] {
    let at = WEIGHED.iter().chain(&SHOWN).position(|c| *c == channel);
    at.and_then(|at| rows.get(at)).map_or(&[], Vec::as_slice)
}

/// The causes that reach each night.
fn causes_of(nights: &[Night]) -> Vec<Vec<Cause>> {
    let loads: Vec<Option<f64>> = nights.iter().map(|n| n.training_load).collect();
    let hard = hard_days(&loads);
    let mut causes = vec![Vec::new(); nights.len()];
    for (day, (night, hard)) in nights.iter().zip(hard).enumerate() {
        for cause in night.causes.iter().copied().chain(hard.then_some(Cause::HardTraining)) {
            let (first, last) = cause.nights();
            for reached in causes.iter_mut().take(day + last + 1).skip(day + first) {
                if !reached.contains(&cause) {
                    reached.push(cause);
                }
            }
        }
    }
    causes
}
