use super::super::moment::{DAY_S, date_of};
use super::*;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty, ICalendarValue,
};
use calcard::{Entry, Parser};
use proptest::prelude::*;
use twin_core::LocalDate;

fn rule(text: &str) -> ICalendarRecurrenceRule {
    let text = format!("BEGIN:VEVENT\r\nRRULE:{text}\r\nEND:VEVENT\r\n");
    let Entry::ICalendar(calendar) = Parser::new(&text).entry() else { panic!("{text}") };
    let values = &calendar.components[0].property(&ICalendarProperty::Rrule).unwrap().values;
    let [ICalendarValue::RecurrenceRule(rule)] = values.as_slice() else { panic!("{values:?}") };
    rule.as_ref().clone()
}

fn reading(year: i16, month: i8, day: i8, hour: i64) -> i64 {
    i64::from(LocalDate::new(year, month, day).unwrap().days()) * DAY_S + hour * 3600
}

/// Days of the occurrences of a rule that starts on 2 September 1997 at 9, as the standard's examples do.
fn days(text: &str, most: usize) -> Vec<String> {
    let found = expand(&rule(text), reading(1997, 9, 2, 9), reading(2010, 1, 1, 0)).unwrap();
    found.starts.iter().take(most).map(|s| date_of(*s).to_string()).collect()
}

#[test]
fn examples_of_the_standard() {
    assert_eq!(days("FREQ=DAILY;COUNT=3", 9), ["1997-09-02", "1997-09-03", "1997-09-04"]);
    assert_eq!(days("FREQ=WEEKLY;INTERVAL=2;WKST=SU", 3), ["1997-09-02", "1997-09-16", "1997-09-30"]);
    assert_eq!(days("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", 9), ["1997-09-05", "1997-10-03", "1997-11-07"]);
    assert_eq!(days("FREQ=MONTHLY;BYMONTHDAY=-3", 3), ["1997-09-28", "1997-10-29", "1997-11-28"]);
    assert_eq!(days("FREQ=YEARLY;BYDAY=20MO", 3), ["1998-05-18", "1999-05-17", "2000-05-15"]);
    assert_eq!(days("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 3), ["1998-05-11", "1999-05-17", "2000-05-15"]);
    assert_eq!(days("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 3), ["1998-02-13", "1998-03-13", "1998-11-13"]);
    // The last week of a year reaches into the next; the library took the next year's length for it.
    assert_eq!(days("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", 3), ["1999-01-01", "2004-12-31"]);
    assert_eq!(days("FREQ=YEARLY;BYWEEKNO=52;BYDAY=SU", 3), ["1997-12-28", "1998-12-27", "2000-01-02"]);
    let second_last = days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", 3);
    assert_eq!(second_last, ["1997-09-29", "1997-10-30", "1997-11-27"]);
    let election = days("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 3);
    assert_eq!(election, ["1997-11-04", "2001-11-06", "2005-11-08"]);
    assert_eq!(days("FREQ=HOURLY;INTERVAL=3;COUNT=6", 9)[5], "1997-09-03");
    assert_eq!(days("FREQ=MINUTELY;INTERVAL=90;COUNT=4", 9).len(), 4);
    assert_eq!(days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 9), Vec::<String>::new());
}

#[test]
fn a_walk_of_hours_keeps_its_step() {
    // Every seven minutes from 9:00, heard from 10 to 11: the library's walk lost the step at the full hour.
    let start = reading(2026, 3, 1, 9);
    let found = expand(&rule("FREQ=MINUTELY;INTERVAL=7;BYHOUR=10"), start, start + 2 * 3600).unwrap();
    assert_eq!(
        found.starts.iter().map(|s| (s - start) / 60).collect::<Vec<_>>(),
        [63, 70, 77, 84, 91, 98, 105, 112, 119]
    );
}

#[test]
fn what_cannot_be_followed_says_so() {
    let fails = |text: &str| expand(&rule(text), reading(2026, 1, 1, 0), reading(2027, 1, 1, 0)).unwrap_err();
    for text in [
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=DAILY;BYYEARDAY=3",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=SECONDLY;BYSETPOS=1",
    ] {
        assert_eq!(fails(text), RuleError::Invalid, "{text}");
    }
    let all = expand(&rule("FREQ=SECONDLY"), 0, i64::from(u32::MAX)).unwrap();
    assert!(all.cut && all.starts.len() == MAX_OCCURRENCES);
}

/// The walk of the library, one rule without a zone.
fn library(rule: &ICalendarRecurrenceRule, start: i64, last: i64) -> Result<Vec<i64>, RuleError> {
    let rule = ICalendarRecurrenceRule { until: to_partial(last), ..rule.clone() };
    let entries = vec![
        ICalendarEntry::new(ICalendarProperty::Dtstart).with_value(to_partial(start).unwrap()),
        ICalendarEntry::new(ICalendarProperty::Rrule)
            .with_value(ICalendarValue::RecurrenceRule(Box::new(rule))),
    ];
    let component_type = ICalendarComponentType::VEvent;
    let event = ICalendarComponent { component_type, entries, component_ids: Vec::new() };
    let expanded = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, MAX_OCCURRENCES);
    if !expanded.errors.is_empty() {
        return Err(RuleError::Invalid);
    }
    Ok(expanded.events.iter().map(|e| e.start.naive_local().and_utc().timestamp()).collect())
}

/// A part of a rule, or none.
fn part(name: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    let some = proptest::sample::subsequence(values, 1..=2);
    let some = some.prop_map(move |values| format!(";{name}={}", values.join(",")));
    prop_oneof![3 => Just(String::new()), 1 => some]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn as_the_library_walks(
        freq in proptest::sample::select(vec!["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
        interval in 1_u16..5,
        parts in (
            part("BYMONTH", &["1", "2", "6", "12"]),
            part("BYMONTHDAY", &["1", "13", "29", "31", "-1", "-31"]),
            part("BYYEARDAY", &["1", "60", "366", "-1", "-100"]),
            part("BYWEEKNO", &["1", "20", "52", "53", "-1"]),
            part("BYDAY", &["MO", "WE", "SU", "1FR", "-1TU", "4SA", "5MO"]),
            part("BYHOUR", &["0", "9", "23"]),
            part("BYMINUTE", &["0", "30"]),
            part("BYSETPOS", &["1", "2", "-1", "-3"]),
            part("WKST", &["SU", "MO", "WE"]),
        ),
        count in proptest::option::of(1_u32..40),
        start in 0_i64..1_800_000_000,
        days in 0_i64..3000,
    ) {
        let (a, b, c, d, e, f, g, h, i) = parts;
        let i = i.split(',').next().unwrap_or_default();
        let count = count.map_or(String::new(), |count| format!(";COUNT={count}"));
        let text = format!("FREQ={freq};INTERVAL={interval}{a}{b}{c}{d}{e}{f}{g}{h}{i}{count}");
        let (rule, last) = (rule(&text), start + days * DAY_S);
        // The library takes the length of another year for that of the week's year.
        prop_assume!(rule.byweekno.is_empty() || !rule.byweekno.iter().any(|n| *n > 51));
        prop_assert_eq!(expand(&rule, start, last).map(|e| e.starts), library(&rule, start, last), "{}", text);
    }
}
