//! The operator as bytes, to go on elsewhere or later.

use super::held::Held;
use super::operator::{KeyedWindows, LateSample};
use super::partial::GREATEST;
use super::plan::{ALWAYS, NEVER, Plan};
use super::slot::{Pane, Slot};
use super::spec::{Watermark, WindowOptions, WindowSpec};
use crate::error::{Error, Result};
use crate::sort::OrderBy;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of the bytes that [`KeyedWindows::save`] writes.
pub const STATE_VERSION: u16 = 1;

const MAGIC: &[u8; 4] = b"HTWN";

/// Magic, version and hash.
const HEAD: usize = 4 + 2 + 16;

#[derive(Serialize, Deserialize)]
struct State<'a> {
    question: [u8; 16],
    newest: i64,
    watermark: i64,
    forgotten: i64,
    samples: u64,
    too_late: u64,
    /// By key.
    slots: Cow<'a, [Slot]>,
    late: Cow<'a, [LateSample]>,
}

impl KeyedWindows {
    /// The whole state as bytes: a version, a hash, and what is open, by key. Results that [`Self::drain`]
    /// has not fetched yet are in it.
    ///
    /// # Errors
    /// `malformed` when there is no binary form; no known input leads there.
    pub fn save(&self) -> Result<Vec<u8>> {
        let mut settled = self.clone();
        settled.put_away();
        let mut slots: Vec<Slot> = settled.slots.into_iter().filter(|slot| !slot.is_empty()).collect();
        slots.order_by_key(|slot| slot.key);
        let state = State {
            question: question(&self.plan),
            newest: self.newest,
            watermark: self.watermark,
            forgotten: self.forgotten,
            samples: self.samples,
            too_late: self.too_late,
            slots: slots.into(),
            late: Cow::Borrowed(&self.late),
        };
        let body = cbor4ii::serde::to_vec(Vec::new(), &state)
            .map_err(|_| Error::malformed("windows", "they have no binary form"))?;
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&STATE_VERSION.to_le_bytes());
        bytes.extend_from_slice(&hash(&body));
        bytes.extend_from_slice(&body);
        Ok(bytes)
    }

    /// Goes on from what [`Self::save`] wrote, with the same question.
    ///
    /// # Errors
    /// `unsupported` for bytes of another version, `corrupt` for bytes that do not match their hash or
    /// cannot be, `conflict` for another question, and as [`Self::new`].
    pub fn restore(spec: WindowSpec, options: WindowOptions, bytes: &[u8]) -> Result<Self> {
        let mut windows = Self::new(spec, options)?;
        let corrupt =
            || Error::Corrupt("the state of windows is damaged; compute it again from the log".into());
        let (head, body) = bytes.split_at_checked(HEAD).ok_or_else(corrupt)?;
        let (magic, rest) = head.split_at_checked(4).ok_or_else(corrupt)?;
        let (version, stated) = rest.split_first_chunk::<2>().ok_or_else(corrupt)?;
        if magic != MAGIC {
            return Err(corrupt());
        }
        let version = u16::from_le_bytes(*version);
        if version != STATE_VERSION {
            return Err(Error::Unsupported(format!(
                "the state of windows is of version {version}, this build knows {STATE_VERSION}; compute it again from the log"
            )));
        }
        if stated != hash(body) {
            return Err(corrupt());
        }
        let state: State<'_> = cbor4ii::serde::from_slice(body).map_err(|_| corrupt())?;
        if state.question != question(&windows.plan) {
            return Err(Error::Conflict("the state of windows is of another question".into()));
        }
        let marks = [state.newest, state.watermark, state.forgotten];
        let ordered = state.slots.is_sorted_by(|a, b| a.key < b.key);
        let counted =
            state.late.len() as u64 <= state.too_late && state.samples < MOST && state.too_late < MOST;
        if !ordered
            || !counted
            || !marks.iter().all(|mark| (NEVER..=ALWAYS).contains(mark))
            || !state.slots.iter().all(|slot| can_be(slot, &windows.plan))
            || !state.late.iter().all(|late| late.value.is_finite() && late.duration_us >= 0)
        {
            return Err(corrupt());
        }
        (windows.newest, windows.forgotten) = (state.newest, state.forgotten);
        (windows.samples, windows.too_late) = (state.samples, state.too_late);
        windows.late = state.late.into_owned();
        windows.resume(state.watermark, state.slots.into_owned());
        Ok(windows)
    }
}

/// More samples than anybody has.
const MOST: u64 = 1 << 60;

/// Could this build have written this?
fn can_be(slot: &Slot, plan: &Plan) -> bool {
    let time = |t: i64| (Timestamp::MIN.micros()..=Timestamp::MAX.micros()).contains(&t);
    let ordered = slot.panes.iter().is_sorted_by(|a, b| a.start < b.start)
        && slot.waiting.iter().is_sorted_by(|a, b| a < b)
        && slot.said.iter().is_sorted_by(|a, b| a.start < b.start);
    let bound = |t: i64| (NEVER..=ALWAYS).contains(&t);
    let pane = |pane: &Pane| {
        let p = &pane.partial;
        let empty = p.count == 0 && p.sum == 0 && p.min == f64::INFINITY && p.max == f64::NEG_INFINITY;
        let filled = p.count > 0
            && p.min >= -GREATEST
            && p.min <= p.last
            && p.last <= p.max
            && p.max <= GREATEST
            && time(p.last_at);
        let span = bound(pane.start) && bound(pane.end) && pane.start < pane.end;
        // Days of the calendar may have moved since, with the zones lived in.
        let fits = span
            && (plan.is_session()
                || matches!(plan.spec, WindowSpec::Calendar { .. })
                || plan.pane_at(pane.start) == (pane.start, pane.end));
        fits && (empty || filled)
            && p.count < MOST
            && p.sum.unsigned_abs() <= u128::from(p.count) << 63
            && pane.more.as_ref().is_none_or(|more| {
                more.held.iter().all(|h| kept(h, plan))
                    && more.held.is_sorted_by(|a, b| a.order(b).is_le())
                    && more.sketch.can_be()
                    && more.sketch.count() == if plan.options.quantiles { p.count } else { 0 }
            })
    };
    ordered
        && slot.panes.iter().all(pane)
        && slot.waiting.iter().all(|start| bound(*start))
        && slot.said.iter().all(|said| bound(said.start) && bound(said.end))
        && slot.carry.as_ref().is_none_or(|carry| kept(carry, plan))
}

fn kept(held: &Held, plan: &Plan) -> bool {
    let longest = plan.longest_us().max(plan.options.hold_us.unwrap_or(0));
    let time = (Timestamp::MIN.micros()..=Timestamp::MAX.micros()).contains(&held.at);
    time && (0..=longest).contains(&held.length) && held.value.abs() <= GREATEST
}

fn hash(body: &[u8]) -> [u8; 16] {
    blake3::hash(body).as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

/// What the windows are of, so that state is not read as the answer to something else. The zones of a
/// calendar are left out: they grow as a person travels.
fn question(plan: &Plan) -> [u8; 16] {
    let spec = match &plan.spec {
        WindowSpec::Tumbling { size_us } => ("tumbling", *size_us, 0),
        WindowSpec::Sliding { size_us, every_us } => ("sliding", *size_us, *every_us),
        WindowSpec::Session { gap_us } => ("session", *gap_us, 0),
        WindowSpec::Calendar { unit, .. } => ("calendar", *unit as i64, 0),
    };
    let options = &plan.options;
    let bound = match options.watermark {
        Watermark::Bounded(bound) => bound,
        Watermark::Host => -1,
    };
    let (lateness, hold, quantiles) =
        (options.lateness_us, options.hold_us.unwrap_or(-1), i64::from(options.quantiles));
    let mut text = spec.0.as_bytes().to_vec();
    for number in [spec.1, spec.2, bound, lateness, hold, quantiles] {
        text.extend_from_slice(&number.to_le_bytes());
    }
    hash(&text)
}
