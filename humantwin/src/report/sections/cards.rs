use super::standing;
use crate::report::data::{Card, CardFormat, Standing};
use crate::report::html::{Esc, clock, duration, number, put, short_date};
use crate::report::page::Page;
use crate::report::strip::spark;

/// The newest figures.
pub(crate) fn cards(page: &mut Page<'_>) {
    let cards = &page.frame.data.today;
    let out = &mut page.out;
    put!(out, "<section id=today aria-labelledby=today-h><h2 id=today-h>Now</h2>");
    if cards.is_empty() {
        put!(out, "<p class=none>No figures for now.</p></section>");
        return;
    }
    put!(out, "<ul class=cards>");
    for card in cards {
        put!(out, "<li class=card><h3>{}", Esc(&card.title));
        if let Some(day) = card.day {
            put!(out, " <small>{}</small>", short_date(day));
        }
        put!(
            out,
            "</h3><div class=row><p class=value>{}</p>{}</div>",
            value(card),
            spark(&card.trend, usual(card))
        );
        put!(out, "<p class=usual>{}</p>", usual_words(card));
        if !card.reason.is_empty() {
            put!(out, "<p class=why>{}</p>", Esc(&card.reason));
        }
    }
    put!(out, "</ul></section>");
}

fn value(card: &Card) -> String {
    let Some(v) = card.value.filter(|v| v.is_finite()) else {
        return "<span class=no>no data</span>".to_owned();
    };
    match card.format {
        CardFormat::Number => {
            format!("<b>{}</b> <span class=unit>{}</span>", number(v, card.decimals), Esc(&card.unit))
        }
        CardFormat::ClockHour => format!("<b>{}</b>", clock(v)),
        CardFormat::DurationMin => {
            let parts: Vec<String> = duration(v)
                .split('\u{a0}')
                .map(|w| {
                    if w.starts_with(|c: char| c.is_ascii_digit()) {
                        format!("<b>{w}</b>")
                    } else {
                        format!("<span class=unit>{w}</span>")
                    }
                })
                .collect();
            parts.join(" ")
        }
    }
}

fn usual(card: &Card) -> Option<(f64, f64)> {
    let (low, high) = (card.usual_low?, card.usual_high?);
    (low.is_finite() && high.is_finite() && low <= high).then_some((low, high))
}

fn usual_words(card: &Card) -> String {
    let write = |v: f64| match card.format {
        CardFormat::Number => number(v, card.decimals),
        CardFormat::DurationMin => duration(v),
        CardFormat::ClockHour => clock(v),
    };
    let chip = card.standing.map_or(String::new(), |s| {
        let (class, sign) = match s {
            Standing::Below => ("low", "▼ "),
            Standing::Usual => ("ok", ""),
            Standing::Above => ("high", "▲ "),
        };
        format!("<span class=\"chip {class}\">{sign}{}</span> ", standing(s))
    });
    match usual(card) {
        Some((low, high)) => format!("{chip}<span class=nb>usual {} – {}</span>", write(low), write(high)),
        None if chip.is_empty() => "no usual range yet".to_owned(),
        None => chip,
    }
}
