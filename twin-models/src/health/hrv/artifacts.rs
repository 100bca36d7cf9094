//! Simple rules for beats that are none: they mark, they do not correct.
//!
//! All take raw RR intervals in ms and return one mark per interval. Numbers that are not finite are
//! always marked.

/// Shortest interval that counts, ms.
pub const MIN_RR_MS: f64 = 300.0;
/// Longest interval that counts, ms.
pub const MAX_RR_MS: f64 = 2000.0;
/// Largest share of change in one beat (Malik, Karlsson, Acar).
pub const LARGEST_CHANGE: f64 = 0.2;

/// Whether an interval can be a normal one: 300..=2000 ms.
///
/// ```
/// # use twin_models::health::hrv::artifacts::in_range;
/// assert!(in_range(300.0) && !in_range(2000.5) && !in_range(f64::NAN));
/// ```
#[must_use]
pub fn in_range(rr_ms: f64) -> bool {
    (MIN_RR_MS..=MAX_RR_MS).contains(&rr_ms)
}

/// Marks a beat that differs from the one before it by more than 20 % of that one; the beat after a
/// marked one is let through [malik1996].
#[must_use]
pub fn malik(rr_ms: &[f64]) -> Vec<bool> {
    by_predecessor(rr_ms, |before, now| (before - now).abs() <= LARGEST_CHANGE * before)
}

/// Marks a beat that is more than 32.5 % longer or 24.5 % shorter than the one before it; the beat
/// after a marked one is let through [kamath1995].
#[must_use]
pub fn kamath(rr_ms: &[f64]) -> Vec<bool> {
    by_predecessor(rr_ms, |before, now| {
        let change = now - before;
        (0.0..=0.325 * before).contains(&change) || (0.0..=0.245 * before).contains(&-change)
    })
}

fn by_predecessor(rr: &[f64], accepts: impl Fn(f64, f64) -> bool) -> Vec<bool> {
    let mut marks = Vec::with_capacity(rr.len());
    let mut previous: Option<f64> = None;
    for &now in rr {
        let free = marks.last().copied().unwrap_or(true);
        marks.push(!now.is_finite() || (!free && previous.is_some_and(|before| !accepts(before, now))));
        previous = Some(now);
    }
    marks
}

/// Marks a beat that differs by 20 % or more from the mean of its two neighbours [karlsson2012].
///
/// The first and the last beat have one neighbour and are not judged.
///
/// ```
/// # use twin_models::health::hrv::artifacts::karlsson;
/// assert_eq!(karlsson(&[800.0, 800.0, 400.0, 800.0]), [false, true, true, false]);
/// ```
#[must_use]
pub fn karlsson(rr_ms: &[f64]) -> Vec<bool> {
    let mut marks: Vec<bool> = rr_ms.iter().map(|x| !x.is_finite()).collect();
    for (mark, three) in marks.iter_mut().skip(1).zip(rr_ms.windows(3)) {
        if let [before, now, after] = three {
            let expected = (before + after) / 2.0;
            *mark |= (expected - now).abs() >= LARGEST_CHANGE * expected;
        }
    }
    marks
}

/// From the tenth beat on, marks one that differs by 20 % or more from the mean of the accepted among
/// the nine before it [acar2000].
#[must_use]
pub fn acar(rr_ms: &[f64]) -> Vec<bool> {
    let mut marks: Vec<bool> = Vec::with_capacity(rr_ms.len());
    for (i, &now) in rr_ms.iter().enumerate() {
        let from = i.saturating_sub(9);
        let recent = rr_ms.iter().zip(&marks).skip(from).filter(|(_, marked)| !**marked);
        let (n, sum) = recent.fold((0_u32, 0.0), |(n, sum), (x, _)| (n + 1, sum + x));
        let expected = sum / f64::from(n);
        let near = n > 0 && (expected - now).abs() < LARGEST_CHANGE * expected;
        marks.push(!now.is_finite() || (i >= 9 && !near));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malik_judges_by_the_beat_before() {
        // 1100 is more than 20 % above 800; the return to 800 follows a marked beat and passes
        assert_eq!(malik(&[800.0, 1100.0, 800.0, 810.0]), [false, true, false, false]);
        assert_eq!(malik(&[800.0, 960.0]), [false, false]);
        assert_eq!(malik(&[]), Vec::<bool>::new());
    }

    #[test]
    fn kamath_allows_more_upwards() {
        assert_eq!(kamath(&[800.0, 1060.0]), [false, false]); // +32.5 %
        assert_eq!(kamath(&[800.0, 600.0]), [false, true]); // −25 %
    }

    #[test]
    fn acar_starts_at_the_tenth_beat() {
        let mut rr = vec![800.0; 12];
        rr[5] = 1600.0;
        rr[10] = 1200.0;
        let marks = acar(&rr);
        assert!(!marks[5] && marks[10]);
        // beat 9: mean of the nine before it is (8·800 + 1600) / 9 = 888.9, 10 % off
        assert!(!marks[9] && !marks[11]);
    }
}
