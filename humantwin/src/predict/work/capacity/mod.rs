//! How much the person can do, and what it costs them.

mod break_advice;
mod burnout;
mod daily;
mod day;
mod durations;
mod forecast;
mod load;
mod peaks;
mod strain;
mod stress;

use crate::predict::Asked;

pub(super) const ASKED: [&[Asked]; 9] = [
    durations::ASKED,
    peaks::ASKED,
    daily::ASKED,
    load::ASKED,
    stress::ASKED,
    burnout::ASKED,
    strain::ASKED,
    forecast::ASKED,
    break_advice::ASKED,
];
