//! twin-store
