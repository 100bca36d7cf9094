//! `plan`.

use super::{Edge, moment, open};
use crate::args::PlanArgs;
use crate::print;
use humantwin::core::Zone;
use humantwin::{Code, Error, PlanBlock, PlanKind, PlanRequest, PlanView, Timestamp};
use std::process::ExitCode;

pub(crate) fn run(args: &PlanArgs) -> Result<ExitCode, Error> {
    let twin = open(&args.twin, false)?;
    let mut request = match &args.request {
        Some(path) => {
            let shown = path.display();
            let text = std::fs::read_to_string(path)
                .map_err(|e| Error::new(Code::NotFound, format!("`{shown}` cannot be read: {}", e.kind())))?;
            serde_json::from_str::<PlanRequest>(&text).map_err(|e| {
                Error::new(Code::InvalidValue, format!("`{shown}` is no request of a plan: {e}"))
            })?
        }
        None => PlanRequest {
            plan: PlanKind::Week { days: None, current: Vec::new() },
            steps: None,
            seed: None,
            at: None,
            known_at: None,
        },
    };
    if let (Some(asked), PlanKind::Week { days, .. }) = (args.days, &mut request.plan) {
        *days = Some(asked);
    }
    if let Some(at) = &args.at {
        request.at = Some(moment(&twin, at, Edge::Start)?);
    }
    let plan = twin.plan(&request)?;
    if args.json {
        print::json(&plan)?;
        return Ok(ExitCode::SUCCESS);
    }
    let zone = twin.state(None, None)?.zone.and_then(|z| Zone::named(&z).ok()).unwrap_or_else(Zone::utc);
    tell(&plan, &zone);
    Ok(ExitCode::SUCCESS)
}

fn tell(plan: &PlanView, zone: &Zone) {
    if plan.blocks.is_empty() && plan.steps.is_empty() {
        print::line("There is nothing to plan.");
    }
    let local = |t: Timestamp| {
        let shown = t.plus_secs(i64::from(zone.offset_at(t))).to_string();
        shown.chars().take(16).collect::<String>().replace('T', " ")
    };
    let mut blocks = plan.blocks.clone();
    blocks.sort_by_key(|block| block.start);
    if !blocks.is_empty() {
        let day = |t: Timestamp| local(t).chars().take(10).collect::<String>();
        let clock = |t: Timestamp| local(t).chars().skip(11).collect::<String>();
        let row = |i: usize, b: &PlanBlock| {
            let same =
                i.checked_sub(1).and_then(|i| blocks.get(i)).is_some_and(|a| day(a.start) == day(b.start));
            let named = if same { String::new() } else { day(b.start) };
            let hours = format!("{:.2} h", b.end.secs_since(b.start) / 3600.0);
            vec![named, clock(b.start), clock(b.end), hours, b.task.clone()]
        };
        let rows = blocks.iter().enumerate().map(|(i, b)| row(i, b)).collect();
        print::table(&["day", "from", "to", "", "task"], rows);
    }
    if !plan.steps.is_empty() {
        let hours = |h: Option<f64>| h.map_or_else(String::new, |h| format!("{h:.1} h"));
        let row = |s: &humantwin::PlanStep| {
            let late = if s.late { "late" } else { "" };
            let done = s.done.map_or_else(String::new, local);
            vec![s.name.clone(), s.who.clone().unwrap_or_default(), hours(s.hours), done, late.into()]
        };
        print::table(&["what", "who", "takes", "done", ""], plan.steps.iter().map(row).collect());
    }
    for out in &plan.left_out {
        print::line(format_args!("not planned: {}: {}", out.name, out.reason));
    }
    plan.words.iter().for_each(print::line);
    if plan.objective != 0.0 && plan.bound != 0.0 {
        let (worth, most) = (plan.objective, plan.bound);
        print::line(format_args!("worth {worth:.0} points; no plan can be worth more than {most:.0}"));
    }
}
