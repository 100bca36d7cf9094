//! Parts of a file, whose they are, and what damage costs.

use super::fit_builder::{Fit, Part, T0, U0};
use super::{BYTE, U8, U16, U32, activity, kept, options, read, refusals, rows, warnings};
use twin_adapters::files::{Format, ReadOptions, detect, fit, read_file};
use twin_core::Code;
use twin_core::event::EventBody;
use twin_core::observation::Collected;

#[test]
fn only_the_person_asked_for() {
    let mut part = activity();
    part.define(4, 30, &[(253, 4, U32), (0, 2, U16), (12, 2, U16)]);
    part.data(4, |b| b.u32(T0).u16(7580).u16(0));
    part.data(4, |b| b.u32(T0).u16(5820).u16(1));
    let mut all = Collected::default();
    let options = ReadOptions { subject: Some("1".into()), ..options() };
    fit::read(&mut &*Fit::of(part).bytes(), &options, &mut all).unwrap();
    let Some(EventBody::MeasurementRecorded(weight)) = all.bodies("health.measurement_recorded").next()
    else {
        panic!()
    };
    assert_eq!((weight.value, all.counts()["health.measurement_recorded"]), (58.2, 1));
    assert_eq!(warnings(&all), ["other_person"]);
}

#[test]
fn chained_parts_belong_together() {
    let mut first = activity();
    first.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    first.data(1, |b| b.u32(T0 + 100).u8(99));
    let mut second = Part::default();
    second.define(1, 132, &[(253, 4, U32), (6, 1, U8), (9, 4, U32)]);
    second.data(1, |b| b.u32(T0).u8(120).u32(1024));
    second.define(2, 132, &[(6, 3, U8), (10, 5, BYTE)]);
    // 0x800 and 0xc00: 1 and 2 s on; a third that lacks half a byte is none
    second.data(2, |b| b.u8(121).u8(122).u8(123).u8(0x00).u8(0x08).u8(0xc0).u8(0).u8(0));
    let all = read(&Fit { parts: vec![first, second], header: 14 }.bytes());
    let (records, stored): (Vec<_>, Vec<_>) = all
        .series
        .iter()
        .filter(|b| b.metric.as_str() == "heart_rate")
        .partition(|b| b.origin.method.is_none());
    assert_eq!(records[0].samples.values(), [99.0]);
    assert_eq!(stored[0].samples.values(), [120.0, 121.0, 122.0]);
    assert_eq!(stored[0].samples.starts_us(), [U0, U0 + 1, U0 + 2].map(|s| s * 1_000_000));
    assert!(all.series.iter().all(|b| b.origin.source.as_str() == "fit/garmin-77"));
    assert_eq!(kept(&all, "hr").len(), 2);
}

#[test]
fn a_damaged_tail_does_not_cost_the_head() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    for i in 0..10 {
        part.data(1, |b| b.u32(T0 + i).u8(60));
    }
    let whole = Fit::of(part.clone()).bytes();
    let told = |bytes: &[u8]| {
        let all = read(bytes);
        let words = |words: Vec<&str>| words.join(" ");
        (rows(&all, "heart_rate").len(), words(refusals(&all)), words(warnings(&all)))
    };
    let told_as = |count: usize, refused: &str, warned: &str| (count, refused.to_owned(), warned.to_owned());
    // ten records of six bytes, then the checksum: cut within a record, between two, before the checksum
    assert_eq!(told(&whole[..whole.len() - 2 - 9]), told_as(8, "truncated", ""));
    assert_eq!(told(&whole[..whole.len() - 2 - 6]), told_as(9, "truncated", ""));
    assert_eq!(told(&whole[..whole.len() - 2]), told_as(10, "", "file_crc"));
    // wrong checksums, of the header and of the file
    let mut wrong = whole.clone();
    *wrong.last_mut().unwrap() ^= 1;
    wrong[12] ^= 1;
    assert_eq!(told(&wrong), told_as(10, "", "header_crc file_crc"));
    // never finished: the header says 0
    let mut unfinished = whole[..whole.len() - 2].to_vec();
    unfinished[4..8].fill(0);
    unfinished[12..14].fill(0);
    assert_eq!(told(&unfinished), told_as(10, "", "salvaged file_crc"));
    // dirt between two parts
    let dirty = [&whole[..], &[9; 5], &whole].concat();
    assert_eq!(told(&dirty), told_as(20, "damaged", ""));
    // a message that nothing defined, then a sound part
    part.raw(&[0x05, 1, 2, 3]);
    let chained = Fit { parts: vec![part, activity()], header: 14 }.bytes();
    assert_eq!(told(&chained), told_as(10, "damaged", ""));
    assert_eq!(kept(&read(&chained), "file_id").len(), 2);
}

#[test]
fn records_without_a_usable_time_are_told() {
    let mut part = activity();
    part.define(2, 20, &[(3, 1, U8)]);
    part.data(2, |b| b.u8(61));
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.data(1, |b| b.u32(5000).u8(60)); // since it was switched on
    part.data(1, |b| b.u32(5001).u8(60));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "heart_rate"), []);
    assert_eq!((refusals(&all), warnings(&all)), (vec!["bad_time", "bad_time"], vec!["kept_without_time"]));
    assert_eq!(kept(&all, "record").len(), 3);
}

#[test]
fn nothing_usable_is_malformed() {
    for bytes in [&b"\x0e\x20\x54\x08\x00\x00\x00\x00.FIT\x00\x00\x00\x00"[..], b"", b"BEGIN:VCALENDAR"] {
        let error = fit::read(&mut &*bytes, &options(), &mut Collected::default()).unwrap_err();
        assert_eq!(error.code(), Code::Malformed);
    }
    let bytes = Fit::of(activity()).bytes();
    assert_eq!(detect(&bytes), Some(Format::Fit));
    let format = read_file(&mut std::io::Cursor::new(bytes), &options(), &mut Collected::default()).unwrap();
    assert_eq!(format, Format::Fit);
}
