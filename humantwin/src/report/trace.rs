//! Lines with their bands, as paths of an inline SVG: one point a column, broken where a point is missing.

use super::html::put;
use super::strip::short;

/// A value with the ends of its interval, where known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) value: f64,
    pub(super) range: Option<(f64, f64)>,
}

impl Point {
    /// A point to draw: `None` where the value is not finite; ends that are not finite are no range.
    pub(super) fn of(value: f64, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        let range = low.zip(high).filter(|(l, h)| l.is_finite() && h.is_finite());
        value.is_finite().then(|| Self { value, range: range.map(|(l, h)| (l.min(h), l.max(h))) })
    }
}

/// Paths of a line, of its points without a neighbour, and of its band.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) line: String,
    pub(super) alone: String,
    pub(super) band: String,
}

/// Draws points in columns; `y` is the place of a value, in the drawing's own rows.
pub(super) fn trace(points: &[Option<Point>], y: impl Fn(f64) -> f64) -> Trace {
    let mut out = Trace::default();
    let x = |i: usize| short(i as f64 + 0.5);
    let at = |v: f64| short(y(v));
    let mut start = 0;
    for run in points.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let known: Vec<(usize, Point)> =
            run.iter().enumerate().filter_map(|(i, p)| p.map(|p| (start + i, p))).collect();
        start += run.len();
        match known.as_slice() {
            [(i, p)] => put!(out.alone, "M{} {}h.01", x(*i), at(p.value)),
            many => {
                for (k, (i, p)) in many.iter().enumerate() {
                    put!(out.line, "{}{} {}", if k == 0 { 'M' } else { 'L' }, x(*i), at(p.value));
                }
            }
        }
        for ranged in known.chunk_by(|a, b| a.1.range.is_some() == b.1.range.is_some()) {
            let ends: Vec<(usize, (f64, f64))> =
                ranged.iter().filter_map(|(i, p)| p.range.map(|r| (*i, r))).collect();
            band(&mut out.band, &ends, &at);
        }
    }
    out
}

/// A band from its lower ends to its upper ends and back; one column alone is a narrow box.
fn band(path: &mut String, ends: &[(usize, (f64, f64))], at: &impl Fn(f64) -> String) {
    if let [(i, (low, high))] = ends {
        put!(path, "M{}.2 {}h.6V{}h-.6z", i, at(*low), at(*high));
        return;
    }
    for (k, (i, (low, _))) in ends.iter().enumerate() {
        put!(path, "{}{} {}", if k == 0 { 'M' } else { 'L' }, short(*i as f64 + 0.5), at(*low));
    }
    for (i, (_, high)) in ends.iter().rev() {
        put!(path, "L{} {}", short(*i as f64 + 0.5), at(*high));
    }
    if !ends.is_empty() {
        path.push('z');
    }
}

/// About four round values in `low..=high`, to label an axis with.
pub(super) fn round_values(low: f64, high: f64) -> Vec<f64> {
    let raw = (high - low) / 4.0;
    if !raw.is_finite() || raw <= 0.0 {
        return Vec::new();
    }
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| *s >= raw).unwrap_or(raw);
    let first = (low / step).ceil();
    (0..8).map(|k| (first + f64::from(k)) * step).take_while(|v| *v <= high).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranged(value: f64) -> Option<Point> {
        Point::of(value, Some(value - 1.0), Some(value + 1.0))
    }

    #[test]
    fn a_gap_breaks_line_and_band() {
        let drawn = trace(&[ranged(1.0), ranged(2.0), None, ranged(3.0)], |v| 10.0 - v);
        assert_eq!(drawn.line, "M.5 9L1.5 8");
        assert_eq!(drawn.alone, "M3.5 7h.01");
        assert_eq!(drawn.band, "M.5 10L1.5 9L1.5 7L.5 8zM3.2 8h.6V6h-.6z");
    }

    #[test]
    fn what_is_not_finite_is_not_drawn() {
        assert_eq!(Point::of(f64::NAN, None, None), None);
        let point = Point::of(1.0, Some(f64::INFINITY), Some(2.0));
        assert_eq!(point, Some(Point { value: 1.0, range: None }));
        assert_eq!(trace(&[point, point], |v| v).band, "");
    }

    #[test]
    fn axes_have_round_values() {
        assert_eq!(round_values(0.0, 100.0), [0.0, 50.0, 100.0]);
        assert_eq!(round_values(-0.3, 1.3), [0.0, 0.5, 1.0]);
        assert!(round_values(1.0, 1.0).is_empty() && round_values(f64::MIN, f64::MAX).is_empty());
    }
}
