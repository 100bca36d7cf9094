//! Records, times and beats.

use super::fit_builder;
use super::fit_builder::{Fit, Part, T0};
use super::{BYTE, I8, I32, TEXT, U8, U16, U32, activity, field, kept, read, rows, session, warnings};
use twin_core::event::{KeptValue, Recording};

#[test]
fn records_become_samples() {
    let mut part = activity();
    let fields = [
        (253, 4, U32),
        (3, 1, U8),
        (4, 1, U8),
        (53, 1, U8),
        (6, 2, U16),
        (73, 4, U32),
        (7, 2, U16),
        (2, 2, U16),
        (13, 1, I8),
        (0, 4, I32),
        (5, 4, U32),
        (39, 2, U16),
        (200, 2, U16),
    ];
    part.define(1, 20, &fields);
    let full =
        |b: fit_builder::Body| b.u32(T0).u8(60).u8(80).u8(64).u16(2500).u32(2501).u16(200).u16(2600).u8(0xfe);
    part.data(1, |b| full(b).u32(1 << 29).u32(150).u16(834).u16(9));
    let empty = |b: fit_builder::Body| {
        b.u32(T0 + 1).u8(0).u8(0xff).u8(0xff).u16(2500).u32(u32::MAX).u16(0xffff).u16(0xffff)
    };
    part.data(1, |b| empty(b).u8(0x7f).u32(0x7fff_ffff).u32(u32::MAX).u16(0xffff).u16(0xffff));
    session(&mut part, 1, T0, 60);
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "heart_rate"), [(0.0, 60.0)]);
    assert_eq!(rows(&all, "fit:cadence"), [(0.0, 80.0)]);
    assert_eq!(rows(&all, "cadence_running"), [(0.0, 161.0)]); // 80.5 strides
    assert_eq!(rows(&all, "cadence_cycling"), []);
    assert_eq!(rows(&all, "speed"), [(0.0, 2.501), (1.0, 2.5)]); // the enhanced field where it is valid
    assert_eq!(rows(&all, "power"), [(0.0, 200.0)]);
    assert_eq!(rows(&all, "altitude"), [(0.0, 20.0)]);
    assert_eq!(rows(&all, "ambient_temperature"), [(0.0, -2.0)]);
    assert_eq!(rows(&all, "fit:position_lat"), [(0.0, 45.0)]);
    assert_eq!(rows(&all, "fit:distance"), [(0.0, 1.5)]);
    assert_eq!(rows(&all, "vertical_oscillation"), [(0.0, 8.34)]);
    assert_eq!(rows(&all, "fit:unknown_200"), [(0.0, 9.0)]);
    assert_eq!(warnings(&all), ["zero_heart_rate"]);
    assert!(all.refused.is_empty());
    let block = all.series.iter().find(|b| b.metric.as_str() == "fit:position_lat").unwrap();
    assert_eq!((block.unit.as_str(), block.origin.source.as_str()), ("deg", "fit/garmin-77"));
    assert_eq!(block.origin.recording, Some(Recording::Active));
}

#[test]
fn both_byte_orders_and_header_sizes_say_the_same() {
    let make = |big: bool, header: u8| {
        let mut part = Part { big, ..Part::default() };
        part.define(0, 20, &[(253, 4, U32), (7, 2, U16), (88, 4, U16)]);
        part.data(0, |b| b.u32(T0).u16(300).u16(7).u16(0xffff));
        read(&Fit { parts: vec![part], header }.bytes())
    };
    let one = make(false, 14);
    assert_eq!(rows(&one, "power"), [(0.0, 300.0)]);
    assert_eq!(rows(&one, "fit:unknown_88[0]"), [(0.0, 7.0)]);
    assert!(one.warnings.is_empty());
    for other in [make(true, 14), make(false, 12), make(true, 12)] {
        assert_eq!((&other.series, &other.facts, &other.warnings), (&one.series, &one.facts, &one.warnings));
    }
}

#[test]
fn compressed_times_roll_over_and_definitions_change() {
    let mut part = activity();
    let start = T0 - T0 % 32 + 30;
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.data(1, |b| b.u32(start).u8(60));
    part.define(2, 20, &[(3, 1, U8)]);
    part.compressed(2, 31, |b| b.u8(61));
    part.compressed(2, 1, |b| b.u8(62)); // 3 s after the first
    part.define(2, 20, &[(3, 1, U8), (7, 2, U16)]);
    part.compressed(2, 0, |b| b.u8(63).u16(250)); // 31 s on
    let all = read(&Fit::of(part).bytes());
    let at = f64::from(start) - f64::from(T0);
    assert_eq!(rows(&all, "heart_rate"), [(at, 60.0), (at + 1.0, 61.0), (at + 3.0, 62.0), (at + 34.0, 63.0)]);
    assert_eq!(rows(&all, "power"), [(at + 34.0, 250.0)]);
}

#[test]
fn compressed_speed_and_distance() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (8, 3, BYTE)]);
    let packed = |speed: u16, distance: u16| {
        [(speed & 0xff) as u8, (speed >> 8) as u8 | ((distance & 0x0f) << 4) as u8, (distance >> 4) as u8]
    };
    for (i, (speed, distance)) in [(250, 4090), (300, 10)].into_iter().enumerate() {
        part.data(1, |b| {
            packed(speed, distance).into_iter().fold(b.u32(T0 + i as u32), fit_builder::Body::u8)
        });
    }
    part.data(1, |b| b.u32(T0 + 2).u8(0xff).u8(0xff).u8(0xff));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "speed"), [(0.0, 2.5), (1.0, 3.0)]);
    assert_eq!(rows(&all, "fit:distance"), [(0.0, 255.625), (1.0, 256.625)]);
}

#[test]
fn developer_fields_with_and_without_description() {
    let mut part = activity();
    part.define(1, 206, &[(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, 11, TEXT), (8, 4, TEXT)]);
    part.data(1, |b| b.u8(0).u8(5).u8(U16).text("Form Power", 11).text("W", 4));
    part.define_with(2, 20, &[(253, 4, U32)], &[(5, 2, 0), (9, 1, 0)]);
    part.data(2, |b| b.u32(T0).u16(70).u8(3));
    part.data(2, |b| b.u32(T0 + 1).u16(0xffff).u8(4));
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "fit:dev.Form Power"), [(0.0, 70.0)]);
    assert_eq!(rows(&all, "fit:dev.unknown_0_9"), [(0.0, 3.0), (1.0, 4.0)]);
    assert_eq!(
        field(kept(&all, "field_description")[0], "field_name"),
        &KeptValue::Text("Form Power".into())
    );
}

#[test]
fn beats_follow_one_another() {
    let mut part = activity();
    part.define(1, 20, &[(253, 4, U32), (3, 1, U8)]);
    part.define(2, 78, &[(0, 6, U16)]);
    let mut second = |at: u32, beats: [u16; 3]| {
        part.data(1, |b| b.u32(T0 + at).u8(75));
        part.data(2, |b| beats.into_iter().fold(b, fit_builder::Body::u16));
    };
    second(0, [800, 810, 0xffff]);
    second(1, [790, 0xffff, 0xffff]);
    second(60, [700, 0xffff, 0xffff]); // the strap was off
    let all = read(&Fit::of(part).bytes());
    assert_eq!(rows(&all, "rr_interval"), [(0.0, 800.0), (0.8, 810.0), (1.61, 790.0), (60.0, 700.0)]);
}
