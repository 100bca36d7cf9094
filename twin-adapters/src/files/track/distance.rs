//! Distance between two positions.

/// The WGS 84 ellipsoid: equatorial radius in metres, flattening.
const EQUATORIAL_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Metres along the WGS 84 ellipsoid between two positions in degrees (latitude, longitude).
///
/// Lambert's formula: good to about 10 m over thousands of kilometres, and to a millionth for the short
/// steps of a track, where a sphere is wrong by up to 0.5 %. Antipodes are taken as on a sphere.
///
/// Source: Lambert (1942), *Journal of the Washington Academy of Sciences* 32:125.
pub(in crate::files) fn metres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let reduced = |latitude: f64| ((1.0 - FLATTENING) * latitude.to_radians().tan()).atan();
    let (b1, b2) = (reduced(from.0), reduced(to.0));
    let (mean, half) = ((b1 + b2) / 2.0, (b2 - b1) / 2.0);
    let half_longitude = (to.1 - from.1).to_radians() / 2.0;
    let haversine = half.sin().powi(2) + b1.cos() * b2.cos() * half_longitude.sin().powi(2);
    let angle = 2.0 * haversine.clamp(0.0, 1.0).sqrt().asin();
    if angle == 0.0 {
        return 0.0;
    }
    let x = (angle - angle.sin()) * (mean.sin() * half.cos() / (angle / 2.0).cos()).powi(2);
    let y = (angle + angle.sin()) * (mean.cos() * half.sin() / (angle / 2.0).sin()).powi(2);
    let correction = FLATTENING / 2.0 * (x + y);
    EQUATORIAL_M * if correction.is_finite() && correction < angle { angle - correction } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lengths of a degree on WGS 84 at the equator and at 45°, and two geodesics after Vincenty.
    #[test]
    fn published_lengths() {
        let degree_of_latitude = |at: f64| metres((at - 0.5, 10.0), (at + 0.5, 10.0));
        for (found, expected) in [
            (degree_of_latitude(0.0), 110_574.39),
            (degree_of_latitude(45.0), 111_131.78),
            (metres((0.0, 10.0), (0.0, 11.0)), 111_319.49),
            (metres((60.0, 10.0), (60.0, 11.0)), 55_799.0),
        ] {
            assert!((found / expected - 1.0).abs() < 2e-5, "{found} {expected}");
        }
        assert_eq!(metres((50.0, 5.0), (50.0, 5.0)), 0.0);
        let antipode = metres((0.0, 0.0), (0.0, 180.0));
        assert!(antipode.is_finite() && antipode > 1.9e7, "{antipode}");
        let over_the_date_line = metres((10.0, 179.999), (10.0, -179.999));
        assert!((over_the_date_line - 219.3).abs() < 0.5, "{over_the_date_line}");
    }
}
