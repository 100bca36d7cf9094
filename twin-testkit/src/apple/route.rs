use crate::session::Session;
use crate::stamp::Stamper;
use crate::world::World;
use std::io::Write;

/// `route_2026-03-01_6.42pm.gpx`, in local time of the end as the real app names it.
pub(crate) fn name(world: &World, session: &Session) -> String {
    let (y, m, d, hour, minute, _) =
        Stamper::default().civil(session.end(), world.places.offset_at(session.end()));
    let (twelve, half) = (if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "am" } else { "pm" });
    format!("route_{y:04}-{m:02}-{d:02}_{twelve}.{minute:02}{half}.gpx")
}

/// The route of a session, a point a second, as the real app writes it.
pub(crate) fn gpx(world: &World, session: &Session) -> Vec<u8> {
    let mut out = Vec::new();
    let mut stamper = Stamper::default();
    let zulu = |out: &mut Vec<u8>, stamper: &mut Stamper, t: i64| {
        stamper.zulu(out, t * 1000);
        // Whole seconds: `.000Z` becomes `Z`.
        out.truncate(out.len().saturating_sub(5));
        out.push(b'Z');
    };
    out.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Apple Health Export\" \
          xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd\">\n  <metadata>\n    <time>",
    );
    zulu(&mut out, &mut stamper, session.end());
    out.extend_from_slice(b"</time>\n  </metadata>\n  <trk>\n    <name>Route</name>\n    <trkseg>\n");
    for (t, s) in (session.start..).zip(session.seconds(&world.person)) {
        let (lat, lon) = s.position();
        let _ =
            write!(out, "      <trkpt lon=\"{lon:.6}\" lat=\"{lat:.6}\"><ele>{:.6}</ele><time>", s.altitude);
        zulu(&mut out, &mut stamper, t);
        let _ = writeln!(
            out,
            "</time><extensions><speed>{:.6}</speed><course>0.000000</course><hAcc>3.2</hAcc><vAcc>2.1</vAcc></extensions></trkpt>",
            s.speed
        );
    }
    out.extend_from_slice(b"    </trkseg>\n  </trk>\n</gpx>\n");
    out
}
