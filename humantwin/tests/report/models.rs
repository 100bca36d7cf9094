//! What the models say, on the page.

use super::help::{data_block, own_part, part, sample, series};
use humantwin::report::{ReportData, render};

#[test]
fn the_day_to_come_is_drawn_and_told() {
    let page = render(&sample());
    let energy = part(&page, "Energy of the coming day", "</figure>");
    let told = energy.replace('\u{a0}', " ");
    assert!(
        told.contains("From Sat 4 Apr 10:30.") && told.contains("50 is your usual level. Blank: asleep."),
        "{told}"
    );
    assert!(told.contains("Peak windows 10:30–11:00 (58 % likely), 21:00–22:45 (71 % likely)."), "{told}");
    // The night is a hole in the line and in its band.
    let curve = part(energy, "class=\"curve c-move\" d=\"", "\"");
    assert_eq!((curve.matches('M').count(), curve.matches('L').count()), (2, 63));
    assert!(curve.contains("L50.5 ") && curve.contains("M82.5 ") && !curve.contains("51.5 "));
    assert!(energy.contains("viewBox=\"0 0 96 100\"") && !energy.contains("<svg width"));
    // Local clock: the 10:30 curve has its first label an hour and a half later.
    assert!(energy.contains("<text x=\"6.77%\" y=17 text-anchor=middle>12:00</text>"));
    assert!(
        energy.contains("<th scope=row>Sat 12:00<td>")
            && energy.contains("31 quarters of an hour without data")
    );
    let tips =
        data_block(&page)["strips"].as_array().unwrap().iter().find(|s| s["id"] == "energy-curve").cloned();
    let tips = tips.unwrap();
    assert_eq!((tips["rest"].as_u64(), tips["tips"].as_array().unwrap().len()), (Some(0), 96));
    assert!(tips["tips"][0].as_str().unwrap().ends_with("peak window"));
    assert!(tips["tips"][60].as_str().unwrap().ends_with("asleep"));
}

#[test]
fn models_are_shown_by_id_and_none_is_missed() {
    let page = render(&sample());
    let today = part(&page, "<section id=outlook", "</section>");
    let at = |text: &str| today.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("<h3>Readiness</h3>") < at("<h3>Energy now</h3>") && at("<h3>Training form</h3>") > 0);
    assert!(part(today, "<h3>Evening rise of melatonin</h3>", "<li").contains("<b>21:36</b>"));
    assert!(today.contains("80 % interval 20:54 – 22:18"));
    assert!(today.contains("variability, 7 days <b>+9.40</b>"));
    assert!(today.contains("Moved most by variability, 7 days (+9.4) and sleep of last night (−3.1)."));
    assert!(
        today.contains("<b>burnout risk</b>: 12 of 28 days with an answer") && !today.contains("of_tomorrow")
    );
    assert!(today.contains("Unusual nights") && today.contains("after hard sessions"));
    let mut data = sample();
    for said in &mut data.outlook.as_mut().unwrap().said {
        said.estimates.iter_mut().for_each(|e| e.name = "probability".into());
    }
    assert!(
        render(&data).contains("<h3>Health anomaly: probability</h3>"),
        "a bare name comes with its model's"
    );
    let mut data = sample();
    data.outlook.as_mut().unwrap().said.clear();
    let today = render(&data);
    let today = part(&today, "<section id=outlook", "</section>");
    assert!(today.contains("There is not enough yet") && !today.contains("energy-curve"));
}

#[test]
fn load_comes_with_what_it_amounts_to() {
    let page = render(&sample());
    let block = data_block(&page);
    for label in ["Fitness", "Fatigue", "Form"] {
        assert_eq!(
            series(&block, "training-load", label).iter().filter(|v| !v.is_null()).count(),
            87,
            "{label}"
        );
    }
    assert!(part(&page, "<h3>Training load</h3>", "</p>").contains("Newest: fitness "));
    assert!(series(&block, "sleep-debt", "Owed").get(61).unwrap().is_null());
    let mut data = sample();
    data.days.iter_mut().for_each(|d| (d.training, d.sleep_debt_h) = (None, None));
    let page = render(&data);
    assert!(!page.contains("Newest: fitness") && !page.contains("id=\"sleep-debt\""));
}

#[test]
fn a_comparison_has_a_section_where_there_is_one() {
    let mut data = sample();
    let page = render(&data);
    let section = part(&page, "<section id=what-if", "</section>").replace('\u{a0}', " ");
    assert!(
        section.contains("In bed an hour earlier for two weeks")
            && section.contains("Work and training stay")
    );
    assert!(section.contains("In h. On 18 Apr 2026: 1.2 (") && section.contains(" without."), "{section}");
    for class in ["range c-quiet", "range c-work", "curve c-quiet", "curve c-work"] {
        assert_eq!(section.matches(&format!("class=\"{class}\" d=\"M.5 ")).count(), 2, "{class}");
    }
    assert!(page.contains("<a href=#what-if>"));
    data.what_if = None;
    let page = render(&data);
    assert!(!page.contains("what-if"));
}

#[test]
fn older_data_are_still_read() {
    let mut wire = serde_json::to_value(sample()).unwrap();
    for key in ["outlook", "what_if"] {
        assert!(wire.as_object_mut().unwrap().remove(key).is_some());
    }
    for day in wire["days"].as_array_mut().unwrap() {
        for key in ["training", "sleep_debt_h"] {
            assert!(day.as_object_mut().unwrap().remove(key).is_some());
        }
    }
    let read: ReportData = serde_json::from_value(wire).unwrap();
    assert!(read.outlook.is_none() && read.what_if.is_none() && read.days.len() == 87);
    assert!(render(&read).contains("No model was asked for this report."));
}

#[test]
fn hostile_models_cannot_break_the_page() {
    let mut data = sample();
    let outlook = data.outlook.as_mut().unwrap();
    let at = outlook.at;
    for said in &mut outlook.said {
        for e in &mut said.estimates {
            let e = &mut e.estimate;
            (e.low, e.high, e.confidence, e.coverage) = (Some(f64::NAN), Some(f64::MAX), f64::NAN, -3.0);
            let reason = e.contributions.first().cloned();
            e.contributions.extend(std::iter::repeat_n(reason, 5000).flatten());
        }
        let point = |i: i64| humantwin::PointView {
            at: at.plus_secs(i * 977 - 4_000_000),
            value: [f64::NAN, f64::INFINITY, 1e300, -1e300, 40.0][(i % 5) as usize],
            low: Some(f64::NEG_INFINITY),
            high: Some(1e308),
        };
        let mut points: Vec<_> = (0..20_000).map(point).collect();
        points.push(humantwin::PointView {
            at: twin_core::Timestamp::from_micros(i64::MAX),
            value: 1.0,
            low: None,
            high: None,
        });
        points.push(humantwin::PointView {
            at: twin_core::Timestamp::from_micros(i64::MIN),
            value: 1.0,
            low: None,
            high: None,
        });
        said.curves.iter_mut().for_each(|c| c.points = points.clone());
        let span = said.spans.first().cloned();
        said.spans.extend(std::iter::repeat_n(span, 5000).flatten());
        for span in &mut said.spans {
            (span.value, span.probability) = (Some(f64::NAN), Some(f64::NAN));
            (span.start, span.end) =
                (twin_core::Timestamp::from_micros(i64::MIN), twin_core::Timestamp::from_micros(i64::MAX));
        }
    }
    for quantity in &mut data.what_if.as_mut().unwrap().quantities {
        let day = quantity.days[0];
        quantity.days = vec![day; 5000];
        for (i, day) in quantity.days.iter_mut().enumerate() {
            let plan = day.plan.as_mut().unwrap();
            plan.p50 = [f64::NAN, f64::MAX, -1.0, 5.0][i % 4];
            day.changed.as_mut().unwrap().p10 = f64::INFINITY;
        }
    }
    let page = render(&data);
    let own = own_part(&page);
    assert!(
        !own.contains("NaN") && !own.contains("inf\"") && !own.contains("inf "),
        "not a number on the page"
    );
    assert!(own.len() < 1_000_000, "{} bytes", own.len());
    data_block(&page);
}
