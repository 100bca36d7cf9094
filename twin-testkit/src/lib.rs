//! twin-testkit
