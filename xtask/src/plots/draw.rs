//! Panels with a line and its band, as SVG that reads in light and dark.

/// A point with its interval.
pub(super) struct Band {
    pub(super) x: f64,
    pub(super) value: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// How the figures of an axis are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Plain,
    /// Hours as times of day; 24 is midnight again.
    Clock,
}

/// A thin line to hold the figures against.
#[derive(Clone, Copy)]
pub(super) enum Guide {
    Level(f64),
    /// Where x and y are the same.
    Diagonal,
}

/// One quantity.
pub(super) struct Panel {
    pub(super) title: String,
    /// What x is.
    pub(super) across: &'static str,
    pub(super) x: Told,
    pub(super) y: Told,
    /// Longest step in x that a line bridges.
    pub(super) gap: f64,
    pub(super) guide: Option<Guide>,
    pub(super) points: Vec<Band>,
}

pub(super) const WIDTH: f64 = 640.0;
pub(super) const HEIGHT: f64 = 180.0;
const LEFT: f64 = 56.0;
pub(super) const RIGHT: f64 = 20.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 30.0;

/// The panels, each drawn, under each other.
pub(super) fn svg(title: &str, panels: &[String]) -> String {
    let height = HEIGHT * panels.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"{}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<style>text{{fill:#555}}\
         .l{{stroke:#2a6fb0;fill:none;stroke-width:1.6}}.b{{fill:#2a6fb0;opacity:.18}}.p{{fill:#2a6fb0}}\
         .g{{stroke:#8886}}.h{{stroke:#b5651d;stroke-dasharray:4 3}}@media(prefers-color-scheme:dark){{\
         text{{fill:#bbb}}.l{{stroke:#7db8ee}}.b,.p{{fill:#7db8ee}}.h{{stroke:#e0a060}}}}</style>\n",
        escaped(title)
    );
    for (i, one) in panels.iter().enumerate() {
        out += &format!("<g transform=\"translate(0 {})\">\n{}</g>\n", HEIGHT * i as f64, one);
    }
    out + "</svg>\n"
}

/// A line over time with its band.
pub(super) fn panel(panel: &Panel) -> String {
    let values = panel.points.iter().flat_map(|p| [Some(p.value), p.low, p.high]).flatten();
    let held = match panel.guide {
        Some(Guide::Level(level)) => vec![level],
        Some(Guide::Diagonal) => vec![0.0],
        None => Vec::new(),
    };
    let (low, high) = range(values.chain(held));
    let (first, last) = range(panel.points.iter().map(|p| p.x));
    let x = |v: f64| LEFT + (v - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    let y = |v: f64| HEIGHT - BOTTOM - (v - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let (end, floor) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    let mut out = format!(
        "<text x=\"{LEFT}\" y=\"16\" font-weight=\"600\">{}</text>\
         <text x=\"{end}\" y=\"16\" text-anchor=\"end\">{}</text>\n",
        escaped(&panel.title),
        escaped(panel.across)
    );
    let (marks, step) = ticks(low, high, panel.y, 6.0);
    for v in marks {
        let at = y(v);
        out += &format!(
            "<line class=\"g\" x1=\"{LEFT}\" x2=\"{end}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
            LEFT - 6.0,
            at + 4.0,
            figure(v, step, panel.y)
        );
    }
    let (marks, step) = ticks(first, last, panel.x, 8.0);
    for v in marks {
        let (at, words) = (x(v), figure(v, step, panel.x));
        out += &format!("<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{words}</text>\n", floor + 16.0);
    }
    let guide = match panel.guide {
        Some(Guide::Level(level)) => Some((level, level)),
        Some(Guide::Diagonal) => Some((first, last)),
        None => None,
    };
    if let Some((from, to)) = guide {
        let (from, to) = (y(from), y(to));
        out += &format!("<line class=\"h\" x1=\"{LEFT}\" x2=\"{end}\" y1=\"{from:.1}\" y2=\"{to:.1}\"/>\n");
    }
    for stretch in panel.points.chunk_by(|a, b| b.x - a.x <= panel.gap) {
        out += &line(stretch, x, y);
    }
    out
}

/// Points without a longer pause between them; a single one is a dot with its interval.
fn line(stretch: &[Band], x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
    if let [one] = stretch {
        let (at, low, high) = (x(one.x), y(one.low.unwrap_or(one.value)), y(one.high.unwrap_or(one.value)));
        let (top, tall, middle) = (low.min(high), (low - high).abs(), y(one.value));
        return format!(
            "<rect class=\"b\" x=\"{:.1}\" y=\"{top:.1}\" width=\"4\" height=\"{tall:.1}\"/>\
             <circle class=\"p\" cx=\"{at:.1}\" cy=\"{middle:.1}\" r=\"2\"/>\n",
            at - 2.0
        );
    }
    let mut out = String::new();
    for closed in stretch.chunk_by(|a, b| bounded(a) && bounded(b)) {
        let there = closed.iter().filter_map(|p| Some((x(p.x), y(p.low?))));
        let back = closed.iter().rev().filter_map(|p| Some((x(p.x), y(p.high?))));
        let band: Vec<String> = there.chain(back).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        if band.len() > 3 {
            out += &format!("<polygon class=\"b\" points=\"{}\"/>\n", band.join(" "));
        }
    }
    let line: Vec<String> = stretch.iter().map(|p| format!("{:.1},{:.1}", x(p.x), y(p.value))).collect();
    out + &format!("<polyline class=\"l\" points=\"{}\"/>\n", line.join(" "))
}

/// Has it both ends of an interval? A band is not drawn across where one is open.
const fn bounded(point: &Band) -> bool {
    point.low.is_some() && point.high.is_some()
}

/// Least and greatest, a little apart where they are one.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    match high - low {
        d if d > 1e-9 => (low, high),
        _ if low.is_finite() => (low - 0.5, low + 0.5),
        _ => (0.0, 1.0),
    }
}

/// Round values within a range, at most `most` and one of them, and the step between them.
pub(super) fn ticks(low: f64, high: f64, told: Told, most: f64) -> (Vec<f64>, f64) {
    let least = (high - low) / most;
    let tens = 10.0_f64.powf(least.log10().floor());
    let steps = match told {
        Told::Plain => [1.0, 2.0, 5.0, 10.0].map(|n| n * tens).to_vec(),
        Told::Clock => vec![0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0],
    };
    let step = steps.iter().copied().find(|s| *s >= least).or(steps.last().copied()).unwrap_or(1.0);
    let (from, to) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    ((from..=to).map(|n| n as f64 * step).collect(), step)
}

/// As many digits as the step asks for.
pub(super) fn figure(value: f64, step: f64, told: Told) -> String {
    if told == Told::Clock {
        let minutes = (value * 60.0).round().rem_euclid(1440.0);
        return format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let digits = (-step.log10().floor()).max(0.0) as usize;
    let text = format!("{value:.digits$}");
    if text.trim_start_matches(['-', '0', '.']).is_empty() { "0".into() } else { text }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_clocks_turn() {
        let (marks, step) = ticks(-59.0, 0.0, Told::Plain, 8.0);
        assert_eq!((marks.first(), marks.last(), step), (Some(&-50.0), Some(&0.0), 10.0));
        assert_eq!(figure(0.35, 0.05, Told::Plain), "0.35");
        assert_eq!(figure(-0.0, 1.0, Told::Plain), "0");
        assert_eq!(figure(24.5, 0.5, Told::Clock), "00:30");
        assert_eq!(figure(-1.0, 1.0, Told::Clock), "23:00");
    }

    #[test]
    fn a_lonely_point_is_seen_and_a_pause_is_not_bridged() {
        let at = |x: f64| Band { x, value: x, low: Some(x - 1.0), high: Some(x + 1.0) };
        let points = vec![at(0.0), at(1.0), at(9.0)];
        let (x, y) = (Told::Plain, Told::Plain);
        let text = svg(
            "a & b",
            &[panel(&Panel { title: "t".into(), across: "", x, y, gap: 2.0, guide: None, points })],
        );
        assert_eq!((text.matches("<polyline").count(), text.matches("<circle").count()), (1, 1));
        assert!(text.contains("a &amp; b") && !text.contains("NaN"));
    }

    #[test]
    fn a_band_ends_where_an_interval_is_open() {
        let at = |x: f64, high| Band { x, value: 1.0, low: Some(0.0), high };
        let closed = Some(2.0);
        let points = [at(0.0, closed), at(1.0, closed), at(2.0, None), at(3.0, closed), at(4.0, closed)];
        let text = line(&points, |x| x, |y| y);
        assert_eq!((text.matches("<polyline").count(), text.matches("<polygon").count()), (1, 2));
        assert!(!text.contains("0.0,0.0 1.0,0.0 2.0,0.0"), "{text}");
    }
}
