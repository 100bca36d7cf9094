//! The document around the sections.

use super::chart::{Spec, StripSpec};
use super::data::ReportData;
use super::frame::{Frame, MAX_DAYS};
use super::html::{Esc, json_block, local_time, long_date, put};
use super::sections;
use base64::Engine as _;
use serde::Serialize;
use sha2::Digest as _;

const CHART_CSS: &str = include_str!("../../assets/uplot/uPlot.min.css");
const CHART_JS: &str = include_str!("../../assets/uplot/uPlot.iife.min.js");
const PAGE_CSS: &str = include_str!("../../assets/report/report.css");
const PAGE_JS: &str = include_str!("../../assets/report/report.js");

/// Sections in order: id, heading, short name for the way to it.
const SECTIONS: [(&str, &str, &str); 11] = [
    ("outlook", "Today", "Today"),
    ("what-if", "What if", "What if"),
    ("sleep", "Sleep", "Sleep"),
    ("heart", "Heart rate and variability", "Heart"),
    ("activity", "Activity", "Activity"),
    ("training", "Training", "Training"),
    ("work", "Work", "Work"),
    ("felt", "How you felt", "Felt"),
    ("estimates", "Estimates", "Estimates"),
    ("sources", "Sources and coverage", "Sources"),
    ("refused", "What was refused", "Refused"),
];

/// The page while it is written: what is there, and what its script will need.
pub(super) struct Page<'a> {
    pub(super) out: String,
    pub(super) frame: Frame<'a>,
    charts: Vec<Spec>,
    strips: Vec<StripSpec>,
}

/// The data block.
#[derive(Serialize)]
struct Block {
    /// First day, days since 1970-01-01.
    first: i32,
    days: usize,
    ticks: Vec<usize>,
    marks: Vec<(usize, String)>,
    charts: Vec<Spec>,
    strips: Vec<StripSpec>,
}

impl Page<'_> {
    pub(super) fn figure(&mut self, figure: super::chart::Figure<'_>) {
        if figure.series.iter().any(super::chart::Series::known) {
            let spec = super::chart::figure(&mut self.out, &self.frame, figure);
            self.charts.push(spec);
        }
    }

    pub(super) fn strip(&mut self, strip: super::strip::Strip<'_>) {
        let spec = super::strip::strip(&mut self.out, &self.frame, strip);
        self.strips.push(spec);
    }

    /// What the script needs of a drawing that is written already.
    pub(super) fn add_strip(&mut self, spec: StripSpec) {
        self.strips.push(spec);
    }

    /// A plain sentence; escaped here.
    pub(super) fn say(&mut self, class: &str, text: &str) {
        put!(self.out, "<p class={class}>{}</p>", Esc(text));
    }
}

pub(super) fn render(data: &ReportData) -> String {
    let frame = Frame::of(data);
    let mut page =
        Page { out: String::with_capacity(256 << 10), frame, charts: Vec::new(), strips: Vec::new() };
    head(&mut page.out, data);
    banner(&mut page);
    for (id, heading, _) in sections_of(data) {
        put!(page.out, "<section id={id} aria-labelledby={id}-h><h2 id={id}-h>{heading}</h2>");
        match id {
            "outlook" => sections::outlook(&mut page),
            "what-if" => sections::what_if(&mut page),
            "sleep" => sections::sleep(&mut page),
            "heart" => sections::heart(&mut page),
            "activity" => sections::activity(&mut page),
            "training" => sections::training(&mut page),
            "work" => sections::work(&mut page),
            "felt" => sections::felt(&mut page),
            "estimates" => sections::estimates(&mut page),
            "sources" => sections::sources(&mut page),
            _ => sections::refused(&mut page),
        }
        page.out.push_str("</section>");
    }
    page.out.push_str("</main>");
    sections::footer(&mut page);
    finish(page)
}

/// A comparison has a section only where there is one.
fn sections_of(data: &ReportData) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let compared = data.what_if.is_some();
    SECTIONS.into_iter().filter(move |(id, ..)| compared || *id != "what-if")
}

fn head(out: &mut String, data: &ReportData) {
    let hash = |text: &str| {
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text)))
    };
    put!(
        out,
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src {} {}; style-src {} {}; \
         base-uri 'none'; form-action 'none'\">\
         <meta name=viewport content=\"width=device-width,initial-scale=1\"><meta name=referrer content=no-referrer>\
         <meta name=robots content=noindex><meta name=color-scheme content=\"light dark\">\
         <title>{} · {} to {}</title><style>{CHART_CSS}</style><style>{PAGE_CSS}</style></head>",
        hash(CHART_JS),
        hash(PAGE_JS),
        hash(CHART_CSS),
        hash(PAGE_CSS),
        Esc(&data.title),
        data.from,
        data.to,
    );
}

fn banner(page: &mut Page<'_>) {
    let data = page.frame.data;
    let out = &mut page.out;
    put!(
        out,
        "<body><a class=skip href=#main>Skip to the figures</a><header class=top><div><h1>{}</h1>\
         <p>{} to {}</p><p class=fine>Made {}, clock times of {}{}</p></div>\
         <button id=theme type=button hidden>Dark</button></header>",
        Esc(&data.title),
        long_date(data.from),
        long_date(data.to),
        local_time(data.generated_at, &page.frame.zone),
        Esc(&data.zone.as_str().replace('_', " ")),
        if page.frame.zone_known { "" } else { ", a zone not known here: shown in UTC" },
    );
    put!(out, "<nav aria-label=Sections><ul>");
    for (id, _, short) in sections_of(data) {
        put!(out, "<li><a href=#{id}>{short}</a>");
    }
    put!(out, "</ul></nav><main id=main>");
    sections::cards(page);
    if page.frame.left_out > 0 {
        let text = format!(
            "Charts show the last {MAX_DAYS} days; {} earlier days are left out.",
            page.frame.left_out
        );
        page.say("note", &text);
    }
    let marks: Vec<String> = page.frame.marks().into_iter().map(|(_, text)| text).collect();
    if !marks.is_empty() {
        let text = format!("Unlike other days (dotted lines in the charts): {}.", marks.join("; "));
        page.say("note", &text);
    }
    page.out.push_str(
        "<noscript><p class=note>Scripts are off: the line and bar charts are not drawn; every number is in the \
         data tables.</p></noscript>",
    );
}

fn finish(page: Page<'_>) -> String {
    let block = Block {
        first: page.frame.first.days(),
        days: page.frame.len(),
        ticks: page.frame.ticks(),
        marks: page.frame.marks(),
        charts: page.charts,
        strips: page.strips,
    };
    let mut out = page.out;
    put!(
        out,
        "<script type=application/json id=data>{}</script><script>{CHART_JS}</script><script>{PAGE_JS}</script>\
         </body></html>\n",
        json_block(&block)
    );
    out
}
