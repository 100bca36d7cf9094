//! Services that are asked over the network, by the host: the engines here hand out requests and take answers.

pub mod caldav;
