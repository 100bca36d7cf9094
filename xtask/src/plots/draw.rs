//! Panels with a line and its band, as SVG that reads in light and dark.

/// A point with its interval.
pub(super) struct Band {
    pub(super) x: f64,
    pub(super) value: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// One quantity.
pub(super) struct Panel {
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) x_unit: &'static str,
    pub(super) points: Vec<Band>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 170.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 30.0;
/// Longest step between points that a line bridges, in shares of the width.
const GAP: f64 = 0.06;

/// The panels under each other.
pub(super) fn svg(title: &str, panels: &[Panel]) -> String {
    let height = HEIGHT * panels.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"{}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<style>text{{fill:#555}}\
         .l{{stroke:#2a6fb0;fill:none;stroke-width:1.6}}.b{{fill:#2a6fb0;opacity:.18}}.g{{stroke:#8886}}\
         @media(prefers-color-scheme:dark){{text{{fill:#bbb}}.l{{stroke:#7db8ee}}.b{{fill:#7db8ee}}}}</style>\n",
        title.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
    );
    for (i, one) in panels.iter().enumerate() {
        out += &format!("<g transform=\"translate(0 {})\">\n{}</g>\n", HEIGHT * i as f64, panel(one));
    }
    out + "</svg>\n"
}

fn panel(panel: &Panel) -> String {
    let values = panel.points.iter().flat_map(|p| [Some(p.value), p.low, p.high]).flatten();
    let (low, high) = range(values);
    let (first, last) = range(panel.points.iter().map(|p| p.x));
    let x = |v: f64| LEFT + (v - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    let y = |v: f64| HEIGHT - BOTTOM - (v - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let unit = if panel.unit == "1" { String::new() } else { format!(", {}", panel.unit) };
    let mut out = format!("<text x=\"{LEFT}\" y=\"16\" font-weight=\"600\">{}{unit}</text>\n", panel.title);
    for part in [0.0, 0.5, 1.0] {
        let (v, h) = (low + part * (high - low), first + part * (last - first));
        out += &format!(
            "<line class=\"g\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{:.1}\" y2=\"{:.1}\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\">{}</text>\n",
            WIDTH - RIGHT,
            y(v),
            y(v),
            LEFT - 6.0,
            y(v) + 4.0,
            figure(v, high - low)
        );
        let anchor = if part == 0.0 {
            "start"
        } else if part == 1.0 {
            "end"
        } else {
            "middle"
        };
        let words = if part == 1.0 {
            format!("{} {}", figure(h, last - first), panel.x_unit)
        } else {
            figure(h, last - first)
        };
        out += &format!(
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{words}</text>\n",
            x(h),
            HEIGHT - BOTTOM + 16.0
        );
    }
    for stretch in stretches(&panel.points, (last - first) * GAP) {
        let there = stretch.iter().filter_map(|p| Some((x(p.x), y(p.low?))));
        let back = stretch.iter().rev().filter_map(|p| Some((x(p.x), y(p.high?))));
        let band: Vec<String> = there.chain(back).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        if band.len() > 3 {
            out += &format!("<polygon class=\"b\" points=\"{}\"/>\n", band.join(" "));
        }
        let line: Vec<String> = stretch.iter().map(|p| format!("{:.1},{:.1}", x(p.x), y(p.value))).collect();
        out += &format!("<polyline class=\"l\" points=\"{}\"/>\n", line.join(" "));
    }
    out
}

/// Points without a longer pause between them.
fn stretches(points: &[Band], gap: f64) -> impl Iterator<Item = &[Band]> {
    points.chunk_by(move |a, b| b.x - a.x <= gap)
}

/// Least and greatest, a little apart where they are one.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    match high - low {
        d if d > 0.0 => (low, high),
        _ if low.is_finite() => (low - 0.5, low + 0.5),
        _ => (0.0, 1.0),
    }
}

/// As many digits as the range asks for.
fn figure(value: f64, range: f64) -> String {
    let digits = if range >= 20.0 { 0 } else { usize::from(range < 2.0) + 1 };
    let text = format!("{value:.digits$}");
    if text.trim_start_matches(['-', '0', '.']).is_empty() { "0".into() } else { text }
}
