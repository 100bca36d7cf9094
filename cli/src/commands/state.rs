//! `state`.

use super::asked;
use crate::args::MomentArgs;
use crate::print;
use humantwin::Error;
use humantwin::core::Zone;
use humantwin::view::{DayView, StateView, UsualView};
use std::process::ExitCode;

pub(crate) fn run(args: &MomentArgs) -> Result<ExitCode, Error> {
    let (twin, at, known_at) = asked(args)?;
    let view = twin.state(at, known_at)?;
    if args.json {
        print::json(&view)?;
    } else {
        tell(&view);
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn tell(view: &StateView) {
    print::line(format_args!("{} at {}, {} days known", view.twin, view.at, view.days));
    let rows = day_rows(&view.day, view.zone.as_deref());
    if rows.is_empty() {
        print::line(format_args!("nothing is known of {} yet", view.day.date));
        if let Some(newest) = view.newest {
            print::line(format_args!("the newest day with anything in it is {newest}: try --at {newest}"));
        }
    } else {
        print::table(&[&view.day.date.to_string(), ""], rows);
    }
    let usual: Vec<Vec<String>> = view.usual.iter().filter_map(usual_row).collect();
    if !usual.is_empty() {
        print::table(&["against your own past", "value", "usual", "z", ""], usual);
    }
    print::line("Unusual means unusual for you; nothing here is a diagnosis.");
}

fn day_rows(day: &DayView, zone: Option<&str>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = |name: &str, text: String| rows.push(vec![name.to_owned(), text]);
    let zone = zone.and_then(|z| Zone::named(z).ok()).unwrap_or_else(Zone::utc);
    let clock = |t: humantwin::Timestamp| {
        let s = (t.secs() + i64::from(zone.offset_at(t))).rem_euclid(86_400);
        format!("{:02}:{:02}", s / 3600, s / 60 % 60)
    };
    if let Some(s) = &day.sleep {
        let asleep = s
            .asleep_min
            .map_or_else(|| "time asleep not known".into(), |m| format!("{} asleep", duration(m)));
        let efficiency =
            s.efficiency.map_or_else(String::new, |e| format!(", {:.0} % of the time in bed", e * 100.0));
        row("sleep", format!("{} to {}, {asleep}{efficiency}", clock(s.start), clock(s.end)));
    }
    if let Some(h) = &day.heart {
        let resting = h
            .resting
            .as_ref()
            .and_then(|e| e.value)
            .map_or_else(String::new, |v| format!(", resting {v:.0}"));
        let mean = h.mean_bpm.map_or_else(|| "not recorded".into(), |v| format!("mean {v:.0} /min"));
        row("heart rate", format!("{mean}{resting}"));
    }
    if let Some(h) = &day.hrv {
        let rmssd = h.rmssd.as_ref().and_then(|e| e.value).map(|v| format!("RMSSD {v:.0} ms"));
        let sdnn = h.sdnn_ms.map(|v| format!("SDNN {v:.0} ms"));
        row("variability", [rmssd, sdnn].into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    if let Some((activity, steps)) = day.activity.as_ref().and_then(|a| Some((a, a.steps?))) {
        let parts: Vec<String> =
            activity.step_sources.iter().map(|s| format!("{} {:.0} %", s.source, s.share * 100.0)).collect();
        row("steps", format!("{steps:.0} ({})", parts.join(", ")));
    }
    for s in &day.sessions {
        let load = s.load.map_or_else(String::new, |l| {
            format!(", load {l:.0} ({})", s.load_method.as_deref().unwrap_or(""))
        });
        row("training", format!("{} {}, {}{load}", clock(s.start), s.sport, duration(s.duration_min)));
    }
    if let Some(c) = &day.calendar {
        let focus = c
            .longest_focus_h
            .map_or_else(String::new, |h| format!(", longest free stretch {}", duration(h * 60.0)));
        row("meetings", format!("{} in {}{focus}", c.meetings, duration(c.meeting_h * 60.0)));
    }
    for c in &day.check_ins {
        row("answer", format!("{} {} of {}..{}", c.scale, c.value, c.min, c.max));
    }
    rows
}

fn usual_row(view: &UsualView) -> Option<Vec<String>> {
    let value = view.value?;
    let range = match (view.range_low, view.range_high) {
        (Some(low), Some(high)) => format!("{low:.1} to {high:.1}"),
        _ => "not known yet".into(),
    };
    let word = match view.flag {
        Some(1) => "above",
        Some(-1) => "below",
        Some(_) => "as usual",
        None => view.z.gaps.first().map_or("too little data", String::as_str),
    };
    let z = view.z.value.map_or_else(String::new, |z| format!("{z:+.1}"));
    Some(vec![view.name.replace('_', " "), format!("{value:.1} {}", view.unit), range, z, word.to_owned()])
}

fn duration(minutes: f64) -> String {
    let minutes = minutes.round() as i64;
    if minutes >= 60 {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    } else {
        format!("{minutes} min")
    }
}
