//! A twin with a clock that the test sets.

use humantwin::core::event::{CaffeineConsumed, Content, EventBody, Origin};
use humantwin::core::{ActorId, SourceId};
use humantwin::{Access, Clock, Engine, EngineOptions, Purpose, Storage, Timestamp, Twin};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that goes where it is told.
pub(crate) struct Hands(AtomicI64);

impl Hands {
    pub(crate) fn set(&self, text: &str) {
        self.0.store(t(text).micros(), Ordering::Relaxed);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<Hands>,
    pub(crate) me: Twin,
}

impl World {
    pub(crate) fn with(storage: Storage) -> Self {
        let clock = Arc::new(Hands(AtomicI64::new(0)));
        clock.set("2026-03-10T12:00:00Z");
        let engine = Engine::open(EngineOptions::new(storage, Arc::clone(&clock) as Arc<dyn Clock>)).unwrap();
        let me = engine.own_twin("me").unwrap();
        Self { engine, clock, me }
    }

    pub(crate) fn new() -> Self {
        Self::with(Storage::Memory)
    }

    pub(crate) fn other(&self, actor: &str, purpose: Purpose) -> Twin {
        self.engine.twin("me", Access::new(ActorId::new(actor).unwrap(), purpose)).unwrap()
    }

    /// The state's hash; the twin must be sound.
    pub(crate) fn hash(&self) -> String {
        let view = self.me.verify().unwrap();
        assert_eq!(view.findings, Vec::<String>::new());
        assert_eq!(self.me.state(None, None).unwrap().state_hash, Some(view.state_hash.clone()));
        view.state_hash
    }

    pub(crate) fn events(&self) -> u64 {
        self.me.verify().unwrap().events
    }
}

pub(crate) fn t(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn fact(source: &str, at: &str, body: impl Into<EventBody>) -> Content {
    Content::new(Origin::of(SourceId::new(source).unwrap()), t(at), body)
}

pub(crate) fn coffee(at: &str, amount_mg: f64) -> Content {
    fact("diary", at, CaffeineConsumed { amount_mg })
}

/// Heart rates a minute apart.
pub(crate) fn pulse(twin: &Twin, source: &str, from: &str, values: &[f64]) {
    let starts = (0_i64..).zip(values).map(|(n, _)| t(from).micros() + n * 60_000_000).collect();
    twin.record_series(source, "heart_rate", "/min", starts, vec![], values.to_vec()).unwrap();
}
