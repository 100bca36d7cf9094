//! The log as a list, searched from end to end for every question.

use super::plain::{Clock, Fact, Says, Target, Until};

/// A fact in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Hash of what it says, samples apart: only compared.
    pub id: [u8; 16],
    /// Hash of its samples: only compared.
    pub segment: [u8; 16],
    /// Hash of its record's name: orders the facts of one instant.
    pub order: [u8; 16],
    /// When it was learned.
    pub clock: Clock,
    /// What it says.
    pub fact: Fact,
}

/// The record that an entry is a version of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A record with a name, of a source.
    Named(String, String),
    /// A fact without a name.
    Own([u8; 16]),
}

impl Record {
    /// The record of a source with a name; `event:<hash>` names a fact without a name.
    #[must_use]
    pub fn named(source: &str, record: &str) -> Self {
        let own = record.strip_prefix("event:").and_then(|hex| u128::from_str_radix(hex, 16).ok());
        own.map_or_else(|| Self::Named(source.into(), record.into()), |own| Self::Own(own.to_be_bytes()))
    }
}

impl Entry {
    fn target(&self) -> Option<&Target> {
        match &self.fact.says {
            Says::Corrected(target, _) | Says::Deleted(target) => Some(target),
            _ => None,
        }
    }

    /// The record it is a version of.
    #[must_use]
    pub fn record(&self) -> Record {
        match (self.target(), &self.fact.record) {
            (Some(target), _) => Record::named(&target.source, &target.record),
            (None, Some(name)) => Record::named(&self.fact.source, name),
            (None, None) => Record::Own(self.id),
        }
    }

    /// The revision it gives its record.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.target().map_or(self.fact.revision, |target| target.revision)
    }

    fn deletes(&self) -> bool {
        matches!(self.fact.says, Says::Deleted(_))
    }

    /// What it puts in place: a correction its replacement.
    #[must_use]
    pub fn holds(&self) -> &Says {
        match &self.fact.says {
            Says::Corrected(_, instead) => instead,
            says => says,
        }
    }
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in the log now.
    New,
    /// It was there.
    Duplicate,
}

/// One device's log.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// All that was learned.
    pub entries: Vec<Entry>,
    /// The newest reading of the device's clock, handed out or seen.
    pub clock: Clock,
}

impl Log {
    /// An empty log of a node.
    #[must_use]
    pub fn of(node: u64) -> Self {
        Self { entries: Vec::new(), clock: Clock { wall: i64::MIN, counter: 0, node } }
    }

    /// Takes a fact that [`admit`](super::admit) let in, with its hashes.
    pub fn take(&mut self, fact: Fact, [id, segment, order]: [[u8; 16]; 3], now: i64) -> Taken {
        if now > self.clock.wall {
            (self.clock.wall, self.clock.counter) = (now, 0);
        } else {
            self.clock.counter += 1;
        }
        self.add(Entry { id, segment, order, clock: self.clock, fact })
    }

    /// Of two equal facts one is kept, with the smaller clock.
    fn add(&mut self, entry: Entry) -> Taken {
        match self.entries.iter_mut().find(|there| there.id == entry.id) {
            Some(there) => {
                there.clock = there.clock.min(entry.clock);
                Taken::Duplicate
            }
            None => {
                self.entries.push(entry);
                Taken::New
            }
        }
    }

    /// Merging is set union.
    pub fn merge(&mut self, other: &Self) {
        for entry in &other.entries {
            let seen = entry.clock;
            if (seen.wall, seen.counter) > (self.clock.wall, self.clock.counter) {
                (self.clock.wall, self.clock.counter) = (seen.wall, seen.counter);
            }
            self.add(entry.clone());
        }
    }

    /// The version of each record that holds: the greatest of (revision, deleted, clock, hash) that was
    /// known, unless it is a deletion.
    #[must_use]
    pub fn winners(&self, until: Until) -> Vec<&Entry> {
        let known = |e: &&Entry| until.known_at.is_none_or(|known_at| e.clock.wall <= known_at);
        let rank = |e: &Entry| (e.revision(), e.deletes(), e.clock, e.id);
        let beaten = |e: &Entry| {
            self.entries
                .iter()
                .filter(known)
                .any(|other| other.record() == e.record() && rank(other) > rank(e))
        };
        self.entries.iter().filter(known).filter(|e| !e.deletes() && !beaten(e)).collect()
    }
}
