//! The watermark.

use super::operator::KeyedWindows;
use super::plan::NEVER;
use super::spec::Watermark;
use crate::time::Timestamp;

impl KeyedWindows {
    /// Moves the watermark to what the newest time allows.
    #[cold]
    pub(super) fn move_on(&mut self) {
        if let Watermark::Bounded(bound) = self.plan.options.watermark {
            self.watermark = self.watermark.max(self.newest - bound);
            let (cut, moves) = self.plan.cut(self.watermark);
            (self.cut, self.tick) = (self.cut.max(cut), moves.saturating_add(bound));
        } else {
            self.tick = i64::MAX;
        }
    }

    /// Moves the watermark: the stream is complete up to it. It never goes back.
    pub fn set_watermark(&mut self, watermark: Timestamp) {
        self.pass(watermark.micros());
    }

    pub(super) fn pass(&mut self, watermark: i64) {
        self.watermark = self.watermark.max(watermark);
        self.cut = self.cut.max(self.plan.cut(self.watermark).0);
    }

    /// The watermark, where anything has moved it.
    #[must_use]
    pub fn watermark(&self) -> Option<Timestamp> {
        let watermark = match self.plan.options.watermark {
            Watermark::Bounded(bound) if self.newest > NEVER => self.watermark.max(self.newest - bound),
            _ => self.watermark,
        };
        (watermark > NEVER).then(|| Timestamp::from_micros(watermark))
    }
}
