//! twin-models
