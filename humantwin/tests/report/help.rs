//! The sample, and parts of a page.

use crate::sample_data;
use humantwin::report::ReportData;

pub(crate) fn sample() -> ReportData {
    sample_data::sample().unwrap()
}

pub(crate) fn empty() -> ReportData {
    let data = sample();
    ReportData::new("Empty", data.generated_at, data.zone, data.from, data.to)
}

/// The page without the styles and scripts that are the same in every report.
pub(crate) fn own_part(page: &str) -> String {
    let mut rest = page;
    let mut out = String::new();
    for (open, close) in [
        ("<style>", "</style>"),
        ("<style>", "</style>"),
        ("<script>", "</script>"),
        ("<script>", "</script>"),
    ] {
        let (before, after) = rest.split_once(open).unwrap();
        out.push_str(before);
        rest = after.split_once(close).unwrap().1;
    }
    out + rest
}

pub(crate) fn data_block(page: &str) -> serde_json::Value {
    let after = page.split_once("<script type=application/json id=data>").unwrap().1;
    serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap()
}

pub(crate) fn series<'a>(
    block: &'a serde_json::Value,
    chart: &str,
    label: &str,
) -> &'a Vec<serde_json::Value> {
    let chart = block["charts"].as_array().unwrap().iter().find(|c| c["id"] == chart);
    let series = chart.unwrap()["series"].as_array().unwrap().iter().find(|s| s["label"] == label);
    series.unwrap()["data"].as_array().unwrap()
}

/// The page from the place where `from` stands to `to`.
pub(crate) fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).unwrap().1.split_once(to).unwrap().0
}
