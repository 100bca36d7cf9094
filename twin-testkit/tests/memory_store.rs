//! The store in memory keeps what every store promises.

use twin_core::store::MemoryStore;

twin_testkit::event_store_tests!(memory, MemoryStore::new);
