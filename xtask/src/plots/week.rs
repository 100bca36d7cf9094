//! A plan of work days: a row a day, a bar for each stretch of time with its task.

use super::draw::{HEIGHT, RIGHT, Told, WIDTH, escaped, figure, ticks};
use humantwin::core::Zone;
use humantwin::{LocalDate, PlanBlock, PlanKind, PlanRequest, Timestamp, Twin};
use std::fmt::Write as _;

const LEFT: f64 = 90.0;
const TOP: f64 = 32.0;
const BOTTOM: f64 = 30.0;
/// Width of a letter, about.
const LETTER: f64 = 7.0;

/// The open tasks of the seven days from a moment on, in the person's zone.
pub(super) fn panel(twin: &Twin, at: Timestamp, zone: &Zone) -> Result<Vec<String>, humantwin::Error> {
    let week = PlanKind::Week { days: Some(7), current: vec![] };
    let said =
        twin.plan(&PlanRequest { plan: week, steps: None, seed: None, at: Some(at), known_at: None })?;
    let placed: Vec<Placed> = said.blocks.iter().map(|block| Placed::of(block, zone)).collect();
    Ok(if placed.is_empty() { Vec::new() } else { vec![days(&placed)] })
}

/// A stretch on its day, in hours of the clock.
struct Placed {
    task: String,
    day: LocalDate,
    from: f64,
    to: f64,
}

impl Placed {
    fn of(block: &PlanBlock, zone: &Zone) -> Self {
        let day = zone.date_of(block.start);
        let hour = |t: Timestamp| t.secs_since(zone.start_of(day)) / 3600.0;
        Self { task: block.task.clone(), day, from: hour(block.start), to: hour(block.end) }
    }
}

fn days(placed: &[Placed]) -> String {
    let mut days: Vec<LocalDate> = placed.iter().map(|p| p.day).collect();
    days.sort_unstable();
    days.dedup();
    let low = placed.iter().fold(f64::INFINITY, |low, p| low.min(p.from)).floor();
    let high = placed.iter().fold(f64::NEG_INFINITY, |high, p| high.max(p.to)).ceil();
    let x = |hour: f64| LEFT + (hour - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    let (floor, step) = (HEIGHT - BOTTOM, (HEIGHT - TOP - BOTTOM) / days.len().max(1) as f64);
    let mut out = format!(
        "<text x=\"8\" y=\"16\" font-weight=\"600\">when to do which task</text>\
         <text x=\"{}\" y=\"16\" text-anchor=\"end\">time of day</text>\n",
        WIDTH - RIGHT
    );
    let (marks, apart) = ticks(low, high, Told::Clock, 10.0);
    for hour in marks {
        let (at, words) = (x(hour), figure(hour, apart, Told::Clock));
        let _ = writeln!(
            out,
            "<line class=\"g\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{floor}\"/>\
             <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{words}</text>",
            floor + 16.0
        );
    }
    for (i, day) in days.iter().enumerate() {
        let top = TOP + step * i as f64;
        let middle = top + step / 2.0 + 4.0;
        let _ =
            writeln!(out, "<text x=\"{}\" y=\"{middle:.1}\" text-anchor=\"end\">{day}</text>", LEFT - 8.0);
        for one in placed.iter().filter(|p| p.day == *day) {
            let (from, wide) = (x(one.from), x(one.to) - x(one.from));
            let _ = writeln!(
                out,
                "<rect class=\"b\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                from + 0.5,
                top + 2.0,
                wide - 1.0,
                step - 4.0
            );
            // A name that does not fit is left out.
            if one.task.chars().count() as f64 * LETTER < wide {
                let at = from + wide / 2.0;
                let name = escaped(&one.task);
                let _ = writeln!(
                    out,
                    "<text x=\"{at:.1}\" y=\"{middle:.1}\" text-anchor=\"middle\">{name}</text>"
                );
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stretch_stands_on_its_day_and_names_that_do_not_fit_are_left_out() {
        let on = |day, task: &str, from, to| Placed {
            task: task.into(),
            day: LocalDate::from_days(day),
            from,
            to,
        };
        let text = days(&[
            on(20_000, "a & b", 9.0, 10.5),
            on(20_001, "c", 9.0, 9.5),
            on(20_001, "a long name", 10.0, 10.25),
        ]);
        assert_eq!(text.matches("<rect").count(), 3);
        assert!(
            text.contains("a &amp; b") && text.contains(">c<") && !text.contains("a long name"),
            "{text}"
        );
        assert!(text.contains(">09:00<") && text.contains("2024-10-05"), "{text}");
    }
}
