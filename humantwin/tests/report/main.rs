//! The report page: what is in it, and what can never be.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod help;
mod models;
#[path = "../../examples/sample_data/mod.rs"]
mod sample_data;

use help::{data_block, empty, own_part, sample, series};
use humantwin::report::{CheckIn, Day, ReportData, Session, SourceRow, render};

const HEADINGS: [&str; 12] = [
    "Now",
    "Today",
    "Sleep",
    "Heart rate and variability",
    "Activity",
    "Training",
    "Work",
    "How you felt",
    "Estimates",
    "Sources and coverage",
    "What was refused",
    "How to read this",
];

#[test]
fn every_section_is_there_with_and_without_data() {
    for data in [sample(), empty()] {
        let page = render(&data);
        for heading in HEADINGS {
            assert!(page.contains(&format!(">{heading}</h2>")), "{heading}");
        }
        assert!(page.contains("This is not a diagnosis."));
    }
}

#[test]
fn empty_sections_say_so() {
    let page = render(&empty());
    for sentence in [
        "No figures for now.",
        "No model was asked for this report.",
        "No sleep in this span.",
        "No heart rate in this span.",
        "No activity in this span.",
        "No training in this span.",
        "No calendar in this span.",
        "No check-ins, notes or weight in this span.",
        "No estimates in this report.",
        "No sources in this span.",
        "Nothing was imported for this report.",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert!(data_block(&page)["charts"].as_array().unwrap().is_empty());
}

#[test]
fn foreign_text_stays_text() {
    let bad = "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\"'&\u{202e}";
    let mut data = sample();
    data.title = bad.into();
    for card in &mut data.today {
        (card.title, card.unit, card.reason) = (bad.into(), bad.into(), bad.into());
    }
    for day in &mut data.days {
        if let Some(s) = &mut day.sleep {
            s.source = bad.into();
        }
        if let Some(h) = &mut day.hrv {
            h.method = bad.into();
        }
        if let Some(a) = &mut day.activity {
            a.pieces.iter_mut().for_each(|p| p.source = bad.into());
        }
        if let Some(l) = &mut day.load {
            l.method = bad.into();
        }
        day.check_ins.push(CheckIn { scale: bad.into(), value: 1.0, max: 5.0, ..Default::default() });
    }
    data.sessions.push(Session {
        sport: bad.into(),
        source: bad.into(),
        load_method: bad.into(),
        load: Some(1.0),
        ..Default::default()
    });
    data.notes.iter_mut().for_each(|n| (n.text, n.unit) = (bad.into(), bad.into()));
    data.sources.push(SourceRow {
        source: bad.into(),
        device: bad.into(),
        kind: bad.into(),
        gave: vec![bad.into()],
        ..Default::default()
    });
    data.coverage.iter_mut().for_each(|c| c.family = bad.into());
    for row in &mut data.estimates {
        row.title = bad.into();
        let e = &mut row.estimate;
        (e.unit, e.model, e.version) = (bad.into(), bad.into(), bad.into());
        e.gaps.push(bad.into());
        e.contributions.iter_mut().for_each(|c| c.feature = bad.into());
    }
    let outlook = data.outlook.as_mut().unwrap();
    for said in &mut outlook.said {
        (said.title, said.words) = (bad.into(), vec![bad.into()]);
        said.estimates.iter_mut().for_each(|e| (e.name, e.estimate.unit) = (bad.into(), bad.into()));
        for span in said.spans.iter_mut().filter(|s| s.name != "peak_window") {
            (span.name, span.note, span.unit) = (bad.into(), Some(bad.into()), Some(bad.into()));
        }
    }
    let what_if = data.what_if.as_mut().unwrap();
    (what_if.title, what_if.words) = (bad.into(), vec![bad.into()]);
    what_if.quantities.iter_mut().for_each(|q| (q.title, q.unit) = (bad.into(), bad.into()));
    for import in &mut data.imports {
        (import.name, import.format) = (bad.into(), bad.into());
        import.refused.iter_mut().for_each(|r| (r.code, r.reason) = (bad.into(), bad.into()));
    }
    let page = render(&data);
    assert!(page.to_lowercase().matches("alert(1)").count() > 100, "the texts are on the page");
    let own = own_part(&page);
    assert!(!own.to_lowercase().contains("<img") && !own.contains("<script>") && !own.contains('\u{202e}'));
    // The data block's end is the only end of a script in what the data made.
    assert_eq!(own.matches("</script>").count(), 1);
    data_block(&page);
}

#[test]
fn a_missing_day_is_a_gap_and_a_zero_is_a_zero() {
    let data = sample();
    let page = render(&data);
    let block = data_block(&page);
    let steps = series(&block, "activity-steps", "Steps");
    let load = series(&block, "training-load", "Load");
    let asleep = series(&block, "sleep-amount", "Asleep");
    assert_eq!(steps.len(), 90);
    for i in 61..64 {
        assert!(steps.get(i).unwrap().is_null() && load.get(i).unwrap().is_null());
    }
    assert!(steps.get(60).unwrap().as_f64().unwrap() > 1000.0);
    assert_eq!(load.first().unwrap().as_f64(), Some(0.0));
    assert!(asleep.get(11).unwrap().is_null() && !asleep.get(12).unwrap().is_null());
    assert!(page.contains("87 of 90 days") && page.contains("3 days without data, not listed."));
    let table = page.split_once(">Steps, by day</caption>").unwrap().1.split_once("</table>").unwrap().0;
    assert!(
        table.contains("2026-03-06<td>") && !table.contains("2026-03-07"),
        "a day without data has no row"
    );
}

#[test]
fn values_that_are_not_finite_are_missing() {
    let mut data = sample();
    for day in &mut data.days {
        day.weight_kg = Some(f64::NAN);
        if let Some(h) = &mut day.heart {
            h.resting_bpm = Some(f64::INFINITY);
        }
    }
    data.today.iter_mut().for_each(|c| c.value = Some(f64::NAN));
    let page = own_part(&render(&data));
    assert!(!page.contains("NaN") && !page.contains("inf "));
    assert!(!page.contains("felt-weight") && page.contains("no data"));
}

#[test]
fn days_of_another_length_and_journeys_are_marked() {
    let page = render(&sample());
    let page = page.replace('\u{a0}', " ");
    assert!(page.contains("29 Mar: 23 h long"));
    assert!(page.contains("14 Feb: clock of America/New York; 20 Feb: clock of Europe/Paris"));
    // The hour that the clock skips, 02:00 on 29 March, is blank; the hours round it are not.
    let hours = page.split_once("Steps by hour, by day").unwrap().1;
    let row: Vec<&str> = hours.split_once("2026-03-29").unwrap().1.split("<td>").skip(1).take(5).collect();
    assert_eq!(row, ["0", "0", "–", "0", "0"]);
}

#[test]
fn a_repeated_hour_holds_both() {
    let mut data = ReportData::new(
        "t",
        "2026-10-26T00:00:00Z".parse().unwrap(),
        twin_core::ZoneId::new("Europe/Paris").unwrap(),
        "2026-10-25".parse().unwrap(),
        "2026-10-25".parse().unwrap(),
    );
    let mut day = Day::new(data.from);
    day.length_h = 25.0;
    let steps_by_hour = (0..25).map(|h| Some(f64::from(h))).collect();
    day.activity = Some(humantwin::report::ActivityDay { steps_by_hour, ..Default::default() });
    data.days.push(day);
    let page = render(&data);
    let row: Vec<&str> =
        page.split_once("scope=row>2026-10-25").unwrap().1.split("<td>").skip(1).take(5).collect();
    assert_eq!(row, ["0", "1", "5", "4", "5"]);
    assert!(page.contains("25\u{a0}Oct: 25 h long"));
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let data = sample();
    assert_eq!(render(&data), render(&data.clone()));
    let wire = serde_json::to_string(&data).unwrap();
    let read: ReportData = serde_json::from_str(&wire).unwrap();
    assert_eq!(render(&read), render(&data));
}

#[test]
fn ninety_days_stay_small() {
    let page = render(&sample());
    assert!(page.len() < 400_000, "{} bytes", page.len());
    assert!(page.len() > 150_000, "{} bytes", page.len());
}

#[test]
fn nothing_points_out_of_the_page() {
    let page = render(&sample());
    let own = own_part(&page);
    assert!(!own.contains("http:") && !own.contains("https:") && !own.contains("//"));
    assert!(
        !own.contains(" src=") && !own.contains("<link") && !own.contains("url(") && !own.contains(" style=")
    );
    assert!(own.split("href=").skip(1).all(|h| h.starts_with('#')));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert!(!page.contains("unsafe-"));
    // The chart library's own banner is the only address.
    assert_eq!(page.matches("://").count(), 1);
    assert!(!page.contains("@import") && !page.contains("fetch(") && !page.contains("XMLHttpRequest"));
}

#[test]
fn nothing_is_named_as_an_illness() {
    let page = own_part(&render(&sample())).to_lowercase();
    assert!(page.contains("unusual for you"));
    for word in ["fever", "infection", "disease", "sick", "abnormal", "warning"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn ids_are_used_once_and_every_label_has_its_place() {
    let page = own_part(&render(&sample()));
    let mut ids: Vec<&str> = page
        .split(" id=")
        .skip(1)
        .map(|rest| rest.trim_start_matches('"').split(['"', ' ', '>']).next().unwrap())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for wanted in page.split("aria-labelledby=").skip(1).map(|r| r.split('>').next().unwrap()) {
        assert!(ids.contains(&wanted), "{wanted}");
    }
    let plots = page.matches("role=img").count();
    assert!(plots > 12 && page.matches("Data table</summary>").count() == plots);
}

#[test]
fn hostile_spans_do_not_hang() {
    for (from, to) in
        [("2026-01-02", "2026-01-01"), ("0001-01-01", "9999-01-01"), ("2026-01-01", "2026-01-01")]
    {
        let mut data = sample();
        (data.from, data.to) = (from.parse().unwrap(), to.parse().unwrap());
        let page = render(&data);
        assert!(page.ends_with("</html>\n") && page.len() < 2_000_000);
    }
}
