use super::{standing, texts, unusual};
use crate::report::chart::{Figure, Format, Kind, Series, describe};
use crate::report::data::{HeartDay, HrvDay};
use crate::report::page::Page;

const DAYS: (&str, &str) = ("day", "days");

/// Resting heart rate and variability, each against the person's usual range.
pub(crate) fn heart(page: &mut Page<'_>) {
    let frame = &page.frame;
    let heart = |of: fn(&HeartDay) -> Option<f64>| frame.values(|d| d.heart.as_ref().and_then(of));
    let hrv = |of: fn(&HrvDay) -> Option<f64>| frame.values(|d| d.hrv.as_ref().and_then(of));
    if !frame.days.iter().flatten().any(|d| d.heart.is_some() || d.hrv.is_some()) {
        page.say("none", "No heart rate in this span.");
        return;
    }
    let series = |label, unit, kind, color, data| Series { label, unit, kind, color, data };
    let resting = heart(|h| h.resting_bpm);
    let about_resting = format!(
        "{}{}",
        describe(frame, &resting, Format::Number(0), "bpm", DAYS),
        unusual(frame.days.iter().flatten().filter_map(|d| d.heart.as_ref()?.standing))
    );
    let resting = Figure {
        id: "heart-resting".into(),
        title: "Resting heart rate",
        summary: about_resting,
        format: Format::Number(1),
        height_px: 190,
        axis: (None, None),
        series: vec![
            series("Usual range", "bpm", Kind::Low, "heart", heart(|h| h.band_low_bpm)),
            series("Usual range", "bpm", Kind::High, "heart", heart(|h| h.band_high_bpm)),
            series("Baseline", "bpm", Kind::Line, "quiet", heart(|h| h.baseline_bpm)),
            series("Resting", "bpm", Kind::Dots, "heart", resting),
        ],
        more: vec![texts(
            "Against usual",
            frame.texts(|d| d.heart.as_ref()?.standing.map(|s| standing(s).to_owned())),
        )],
    };
    let rmssd = hrv(|h| h.rmssd_ms);
    let about_hrv = format!(
        "RMSSD of the night. {}{}",
        describe(frame, &rmssd, Format::Number(0), "ms", ("night", "nights")),
        unusual(frame.days.iter().flatten().filter_map(|d| d.hrv.as_ref()?.standing))
    );
    let ms = |values: Vec<Option<f64>>| {
        values.into_iter().map(|v| v.map(f64::exp).filter(|v| v.is_finite())).collect()
    };
    let variability = Figure {
        id: "heart-variability".into(),
        title: "Heart rate variability",
        summary: about_hrv,
        format: Format::Number(1),
        height_px: 190,
        axis: (None, None),
        series: vec![
            series("Usual range", "ms", Kind::Low, "hrv", ms(hrv(|h| h.band_low_ln))),
            series("Usual range", "ms", Kind::High, "hrv", ms(hrv(|h| h.band_high_ln))),
            series("Night", "ms", Kind::Dots, "hrv", rmssd),
            series("7-day mean", "ms", Kind::Line, "hrv", ms(hrv(|h| h.ln_rmssd_7d))),
        ],
        more: vec![
            texts(
                "7-day mean against usual",
                frame.texts(|d| d.hrv.as_ref()?.standing.map(|s| standing(s).to_owned())),
            ),
            texts("Method", frame.texts(|d| d.hrv.as_ref().map(|h| h.method.clone()))),
        ],
    };
    let mean = heart(|h| h.mean_bpm);
    let all_day = Figure {
        id: "heart-day".into(),
        title: "Heart rate through the day",
        summary: format!(
            "Mean, with the lowest and highest of the day. {}",
            describe(frame, &mean, Format::Number(0), "bpm", DAYS)
        ),
        format: Format::Number(0),
        height_px: 170,
        axis: (None, None),
        series: vec![
            series("Lowest to highest", "bpm", Kind::Low, "heart", heart(|h| h.min_bpm)),
            series("Lowest to highest", "bpm", Kind::High, "heart", heart(|h| h.max_bpm)),
            series("Mean", "bpm", Kind::Line, "heart", mean),
        ],
        more: Vec::new(),
    };
    page.out.push_str("<div class=figs>");
    page.figure(resting);
    page.figure(variability);
    page.figure(all_day);
    page.out.push_str("</div>");
}
