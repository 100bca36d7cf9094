/// A value in millionths of its unit.
pub type Micro = i64;

/// A value in millionths, rounded to the nearest; what is out of range is cut to it. Not a number is 0.
///
/// ```
/// assert_eq!(twin_core::fold::to_micro(61.5), 61_500_000);
/// assert_eq!(twin_core::fold::to_micro(-0.0), 0);
/// ```
#[must_use]
pub fn to_micro(value: f64) -> Micro {
    (value * 1e6).round() as i64
}

/// A value from millionths.
#[must_use]
pub fn from_micro(micro: Micro) -> f64 {
    micro as f64 / 1e6
}
